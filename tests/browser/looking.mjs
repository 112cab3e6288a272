// Looking: what the browser shows, and the checks that hold it to what it should be. Each check throws with what it saw.
import { contradicts, near, number } from "./reading.mjs";

export class Fault extends Error {}

export function expect(truth, words) {
  if (!truth) throw new Fault(words);
}

// Every table and every figure in a sentence, with where it says it comes from.
function collect() {
  const cells = [];
  for (const table of document.querySelectorAll("table[data-at]"))
    for (const row of table.querySelectorAll("tbody tr"))
      for (const cell of row.children) cells.push({ at: table.dataset.at, rows: [Number(row.dataset.row)], column: cell.dataset.column, op: "cell", text: cell.textContent });
  for (const figure of document.querySelectorAll(".figure[data-at]")) {
    const { at, rows, column, op, by } = figure.dataset;
    cells.push({ at, rows: rows === "" ? [] : rows.split(" ").map(Number), column, op, by, text: figure.textContent });
  }
  const headings = [...document.querySelectorAll("table[data-at] thead th")].map((heading) => ({ at: heading.closest("table").dataset.at, text: heading.textContent, column: heading.closest("table").querySelector("tbody tr")?.children[heading.cellIndex].dataset.column }));
  return JSON.stringify({ cells, headings }); // thousands of them travel best as one text
}

function wanted_of(figure, answer) {
  const rows = figure.rows.map((at) => answer.rows[at]);
  if (rows.some((row) => row === undefined)) return undefined;
  const values = rows.map((row) => row[figure.column] ?? null);
  if (figure.op === "count") return values.length;
  if (values.some((value) => value === null) || (figure.by && !rows[0][figure.by])) return null;
  if (figure.op === "ratio") return rows[0][figure.column] / rows[0][figure.by];
  return figure.op === "sum" ? values.reduce((sum, value) => sum + value, 0) : values[0];
}

// Holds every figure on the page to the API; gives how many there were.
export async function figures_equal_the_api(page, api, lang) {
  const { cells, headings } = JSON.parse(await page.evaluate(collect));
  const names = await api.names();
  const told = new Map();
  for (const at of new Set(cells.map((cell) => cell.at))) told.set(at, { answer: await api.table(at), card: await api.card(at) });
  for (const { at, text, column } of headings) {
    const card = await api.card(at);
    const wanted = card.columns.find(({ name }) => name === column)?.[lang === "en" ? "english" : "dutch"];
    expect(!column || text === wanted, `the heading of ${column} of ${at} is “${text}”, not “${wanted}”`);
  }
  for (const figure of cells) {
    const { answer, card } = told.get(figure.at);
    const { kind } = card.columns.find(({ name }) => name === figure.column) ?? {};
    const where = `${figure.op} ${figure.column} of rows ${figure.rows} of ${figure.at}`;
    const wanted = wanted_of(figure, answer);
    expect(kind && wanted !== undefined, `${where} is nothing that the API told`);
    if (figure.op === "count") {
      expect(near(number(figure.text, lang), wanted), `${where} says “${figure.text}”, not ${wanted}`);
      continue;
    }
    if (figure.rows.length === 0) {
      expect(figure.text === "–", `${where} says “${figure.text}” of no row`);
      continue;
    }
    const unknown = figure.rows.map((at) => answer.rows[at]).find((row) => (row[figure.column] ?? null) === null);
    const options = { hidden: wanted === null && (unknown?.hidden ?? []).includes(figure.column), names, total: ["text", "month"].includes(kind) };
    const fault = contradicts(figure.text, wanted, figure.op === "ratio" ? "share" : kind, lang, options);
    expect(fault === null, `${where} says “${figure.text}”, not ${fault}`);
  }
  return cells.length;
}

// No number stands in a statement or headline that does not say where it comes from; years and ranks do not count.
export async function every_number_has_a_source(page, years) {
  const loose = await page.evaluate(() => [...document.querySelectorAll(".statement, .headline .number, .headline .sentence, .panel .lead")].map((place) => {
    const copy = place.cloneNode(true);
    copy.querySelectorAll(".figure").forEach((figure) => figure.remove());
    return copy.textContent;
  }));
  for (const text of loose) {
    const rest = years.reduce((words, year) => words.replaceAll(String(year), ""), text).replace(/100%|De 1?\d grootste|The 1?\d largest|[‘’]/g, "");
    expect(!/\d/.test(rest), `“${text}” holds a number that comes from nowhere`);
  }
}

// Axe, by the rules of WCAG 2.2 A and AA and its own best practices.
export async function axe_finds_nothing(page, where) {
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
  expect(found.length === 0, `axe in ${where}: ${found.join("\n  ")}`);
}

export async function nothing_sticks_out(page, where) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const held = (element) => element.closest(".scroll, .aside, .patterns, .nl-skip-link");
    return [...document.body.querySelectorAll("*")].filter((element) => !held(element) && element.getBoundingClientRect().right > width + 1).slice(0, 3).map((element) => `${element.tagName}.${element.className?.baseVal ?? element.className} ${Math.round(element.getBoundingClientRect().right)} > ${width}: ${element.textContent.slice(0, 40)}`);
  });
  expect(wide.length === 0, `${where} is wider than the screen: ${wide.join("; ")}`);
}

// A picture tells what it shows, and a table stands with it. Where there was nothing to draw, words stand in its place.
export async function charts_have_words(page, where, least) {
  const charts = await page.evaluate(() => [...document.querySelectorAll(".chart")].filter((chart) => !chart.querySelector(":scope > p")).map((chart) => ({
    role: chart.querySelector("svg")?.getAttribute("role"), label: chart.querySelector("svg")?.getAttribute("aria-label") ?? "",
    statement: chart.closest(".panel").querySelector(".statement").textContent, rows: chart.closest(".panel").querySelectorAll("tbody tr").length,
    marks: chart.querySelectorAll("svg path, svg rect, svg line").length, broken: /NaN|undefined/.test(chart.innerHTML),
    csv: chart.closest(".panel").querySelector(".csv") !== null,
  })));
  expect(charts.length >= least, `${where} has ${charts.length} charts, not ${least}`);
  for (const chart of charts) {
    expect(chart.role === "img" && chart.label.includes(chart.statement), `a chart of ${where} has no text: “${chart.label}”`);
    expect(chart.marks > 0 && !chart.broken, `the chart “${chart.statement}” of ${where} is drawn wrong`);
    expect(chart.rows > 0 && chart.csv, `the chart “${chart.statement}” of ${where} has no table or no file`);
  }
}
