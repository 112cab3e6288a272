// Figure: one thing that is seen: its statement, a chart, the table under it, and the table as a file.
import { Problem, download } from "./api.js";
import { h } from "./dom.js";

const ROWS_MAX = 200;
const COLUMNS_MANY = 9; // more of them stand smaller on paper
const WIDTH_LEAST = 320; // a place that is narrower, while a page is laid out, gets a chart that is scaled
const numeric = (kind) => !["text", "month", "day", "yes"].includes(kind);

function table_head(context, table, columns) {
  const cells = columns.map((name) => {
    const end = numeric(context.column(table, name).kind) ? " utrecht-table__header-cell--numeric-column" : "";
    return h("th", { scope: "col", class: `utrecht-table__header-cell${end}` }, context.heading(table, name));
  });
  return h("thead", { class: "utrecht-table__header" }, h("tr", { class: "utrecht-table__row" }, cells));
}

const TOTALS = { municipality: "region", month: "whole_year" };

// A dimension that is missing is the total over it; it is one when the row has some other cell that tells where it stands.
function cell_words(context, table, row, name) {
  const dimension = ["text", "month"].includes(context.column(table, name).kind) && (row[name] ?? null) === null;
  return dimension && !context.hidden(row, name) && !NO_DIMENSION.has(name) ? context.say(TOTALS[name] ?? "total") : context.cell(table, row, name);
}
const NO_DIMENSION = new Set(["method", "basis", "next_due_day"]);

function table_row(context, table, columns, row) {
  const cells = columns.map((name, i) => {
    const { kind } = context.column(table, name);
    const end = numeric(kind) ? " utrecht-table__cell--numeric-column utrecht-table__cell--numeric-data" : "";
    const text = cell_words(context, table, row, name);
    return i === 0
      ? h("th", { scope: "row", class: `utrecht-table__cell${end}`, "data-column": name }, text)
      : h("td", { class: `utrecht-table__cell${end}`, "data-column": name }, text);
  });
  return h("tr", { class: "utrecht-table__row", "data-row": table.rows.indexOf(row) }, cells);
}

// Notes on the marks that stand in the table, and on rows that do not.
function notes(context, table, columns, shown, rows) {
  const { say } = context;
  const empty = (row, name) => (row[name] ?? null) === null;
  const some = (test) => shown.some((row) => columns.some((name) => empty(row, name) && test(row, name)));
  return [
    some((row, name) => context.hidden(row, name)) && say("hidden_note"),
    some((row, name) => !context.hidden(row, name) && numeric(context.column(table, name).kind)) && say("missing_note"),
    rows.length > shown.length && say("first_rows", context.count(shown.length), context.count(rows.length)),
  ].filter(Boolean);
}

export function data_table(context, table, columns, rows, name) {
  const shown = rows.slice(0, ROWS_MAX);
  return [
    h("div", { class: "utrecht-table-container scroll", role: "region", tabindex: "0", "aria-label": `${context.say("table")}: ${name}` },
      h("table", { class: columns.length > COLUMNS_MANY ? "utrecht-table many" : "utrecht-table", "data-at": table.at },
        table_head(context, table, columns),
        h("tbody", { class: "utrecht-table__body" }, shown.map((row) => table_row(context, table, columns, row))))),
    notes(context, table, columns, shown, rows).map((words) => h("p", { class: "note" }, words)),
  ];
}

function csv_link(context, table, name) {
  const message = h("span", { class: "note", role: "status" });
  const fetch_it = async (event) => {
    event.preventDefault();
    message.textContent = "";
    try {
      await download(table.at, `${table.name}.csv`);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      message.textContent = context.say(`problem_${[0, 401, 403].includes(problem.status) ? problem.status : 503}`);
    }
  };
  return [
    h("button", { type: "button", class: "plain csv", onclick: fetch_it, "aria-label": `${context.say("csv")}: ${name}` }, context.say("csv")),
    message,
  ];
}

// Draws when it has a width, and again when that changes; says so where there is nothing to draw.
function chart_place(drawn, nothing) {
  const place = h("div", { class: "chart" });
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const now = Math.round(contentRect.width);
    if (now === 0 || now === width) return;
    width = now;
    place.replaceChildren(drawn(Math.max(width, WIDTH_LEAST)) ?? h("p", { class: "nl-paragraph quiet" }, nothing));
  }).observe(place);
  return place;
}

// key: [[colour class, words], …]
const key_list = (key) => h("ul", { class: "key" }, key.map(([kind, words]) => h("li", {}, h("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), words)));

// { title, lead, chart(width, label), key, table, columns, rows, wide, open }
export function figure(context, { title, lead, chart, key, table, columns, rows, wide, open, empty, id }) {
  if (!table) return null;
  columns = columns.filter((column) => context.column(table, column)); // those that this API tells
  const heading = h("h2", { class: "nl-heading nl-heading--level-4 statement", id }, title);
  const name = heading.textContent;
  const label = `${context.say("chart")}: ${name}. ${context.say("chart_table")}`;
  const seen = rows.length === 0
    ? h("p", { class: "nl-paragraph quiet" }, empty ?? context.say("nothing"))
    : [key && key_list(key), chart && chart_place((width) => chart(width, label), context.say("nothing"))];
  const under = rows.length > 0 && h("div", { class: "under" },
    h("details", { class: "data", open },
      h("summary", {}, context.say("table"), h("span", { class: "quiet" }, ` ${context.count(rows.length)} ${context.say("rows")}`)),
      data_table(context, table, columns, rows, name)),
    h("div", { class: "file" }, csv_link(context, table, name)));
  return h("section", { class: wide ? "panel wide" : "panel", "data-figure": table.name },
    h("div", { class: "seen" }, heading, lead && h("p", { class: "nl-paragraph lead" }, lead), seen), under);
}

// The few figures that matter: [[figure, sentence, mark]]
export function headline(entries) {
  const told = entries.filter((entry) => entry && entry[0].dataset.known !== "no"); // nobody is helped by a dash in large letters
  return told.length === 0 ? null : h("ul", { class: "headline" }, told.map(([number, sentence, badge]) =>
    h("li", {}, h("p", { class: "number" }, number), h("p", { class: "sentence" }, sentence), badge)));
}

export function badge(words, kind) {
  return h("span", { class: `nl-data-badge badge ${kind}` }, words);
}
