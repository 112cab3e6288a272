// Operations: whether the street runs, and what waits for a person.
import * as Plot from "../plot.js";
import { ACCENT, INK, NARROW, WARN, count_axis, draw } from "../charts.js";
import { h } from "../dom.js";
import { SOME } from "../context.js";
import { badge, data_table, figure, headline } from "../figure.js";
import { named_bars, sum } from "./shared.js";

function houses_of_street(context, houses) {
  if (!houses) return null;
  const rows = context.pick(houses, { house: SOME });
  const up = rows.filter((row) => row.up === true);
  const name = context.of("De huizen van de straat", "The houses of the street");
  const card = (row) =>
    h("li", { class: row.up ? "house up" : "house down" },
      h("h3", { class: "nl-heading nl-heading--level-5" }, row.house),
      badge(row.up ? context.of("✓ in bedrijf", "✓ running") : context.of("buiten bedrijf", "down"), row.up ? "good" : "warn"),
      h("p", {}, context.figure(houses, row, "waiting"), context.of(" berichten wachten", " messages waiting")),
      h("p", {}, context.figure(houses, row, "set_aside"), context.of(" apart gelegd", " set aside")));
  return h("section", { class: "panel wide", "data-figure": "houses" },
    h("h2", { class: "nl-heading nl-heading--level-4 statement" },
      context.figure(houses, up, "up", { op: "count" }), context.of(" van de ", " of the "), context.figure(houses, rows, "house", { op: "count" }), context.of(" huizen zijn in bedrijf", " houses are running")),
    h("ul", { class: "houses" }, rows.map(card)),
    data_table(context, houses, ["house", "up", "waiting", "oldest_seconds", "set_aside", "replicas", "partitions_stopped"], rows, name));
}

// One bar for each day, whatever the municipality.
function by_day(rows) {
  return [...new Set(rows.map((row) => row.due_day))].map((day) => {
    const of = rows.filter((row) => row.due_day === day);
    return { day: new Date(day), requests: sum(of, "requests"), fill: of[0].overdue ? WARN : ACCENT };
  });
}

function requests_by_day(context, requests) {
  const rows = context.pick(requests, { due_day: SOME }).sort((a, b) => (a.due_day < b.due_day ? -1 : 1));
  const late = rows.filter((row) => row.overdue === true);
  return figure(context, {
    wide: true,
    title: context.of(
      [context.figure(requests, late, "requests", { op: "sum" }), " van de ", context.figure(requests, rows, "requests", { op: "sum" }), " open verzoeken zijn over hun termijn"],
      [context.figure(requests, late, "requests", { op: "sum" }), " of the ", context.figure(requests, rows, "requests", { op: "sum" }), " open requests are overdue"]),
    lead: context.of("Verzoeken waarover een medewerker moet beslissen, naar de dag waarop dat klaar moet zijn.", "Requests that a person must judge, by the day on which that is due."),
    key: [["bar warn", context.of("te laat", "overdue")], ["bar accent", context.of("nog op tijd", "still in time")]],
    chart: (width, label) => draw(width, label, {
      height: 240,
      marginLeft: 48,
      x: { type: "utc" },
      marks: [
        ...count_axis(context),
        Plot.axisX({ ticks: width < NARROW ? 4 : 8, tickSize: 0, tickFormat: (date) => context.day(date.toISOString().slice(0, 10)).replace(/ \d{4}$/, "") }),
        Plot.rectY(by_day(rows), { x: "day", y: "requests", interval: "day", fill: "fill", inset: 2 }),
        Plot.ruleY([0], { stroke: INK }),
      ],
    }),
    table: requests,
    columns: ["municipality", "due_day", "requests", "overdue"],
    rows,
  });
}

function deadlines_of_municipalities(context, deadlines) {
  const rows = context.pick(deadlines, { municipality: SOME }).sort((a, b) => (b.overdue_requests ?? 0) - (a.overdue_requests ?? 0));
  const [most] = rows;
  return figure(context, {
    title: most
      ? context.of(["In ", context.figure(deadlines, most, "municipality"), " zijn de meeste verzoeken te laat: ", context.figure(deadlines, most, "overdue_requests")], ["Most requests are overdue in ", context.figure(deadlines, most, "municipality"), ": ", context.figure(deadlines, most, "overdue_requests")])
      : context.of("Termijnen per gemeente", "Deadlines by municipality"),
    wide: true,
    chart: (width, label) => named_bars(context, width, label, rows.map((row) => ({ name: context.municipality_name(row.municipality), value: row.open_requests ?? 0 })), { format: (value) => context.count(value), left: 150 }),
    lead: context.of("Open verzoeken per gemeente.", "Open requests by municipality."),
    table: deadlines,
    columns: ["municipality", "open_requests", "overdue_requests", "next_due_day"],
    rows,
  });
}

export async function operations(context) {
  const { houses, open_requests, deadlines } = await context.load("houses", "open-requests", "deadlines");
  const all = context.pick(houses, { house: SOME });
  const requests = context.pick(open_requests, { due_day: SOME });
  return [
    headline([
      all.length > 0 && [context.figure(houses, all, "waiting", { op: "sum" }), context.of("berichten wachten in de straat", "messages wait in the street")],
      all.length > 0 && [context.figure(houses, all, "set_aside", { op: "sum" }), context.of("berichten liggen apart voor een beheerder", "messages are set aside for an operator")],
      open_requests && [context.figure(open_requests, requests, "requests", { op: "sum" }), context.of("verzoeken wachten op een besluit", "requests wait for a decision")],
    ]),
    houses_of_street(context, houses),
    requests_by_day(context, open_requests),
    deadlines_of_municipalities(context, deadlines),
  ];
}
