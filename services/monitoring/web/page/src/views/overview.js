// Overview: where the year stands.
import * as Plot from "../plot.js";
import { ACCENT, INK, NARROW, WARN, draw, money_axis, month_axis, names_axis } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { budget_badge, clients_by_month, known, municipalities_expected } from "./shared.js";

function approved_by_month(context, budgets) {
  const rows = context.here(budgets, { month: SOME });
  const [year] = context.here(budgets, { month: null });
  const columns = ["month", "budget_cents", "granted_cents", "declared_cents", "approved_cents", "paid_cents", "expected_cents", "open_corrections_cents"];
  return figure(context, {
    wide: true,
    title: year
      ? context.of(
          ["Van de begroting van ", context.figure(budgets, year, "budget_cents"), " is ", context.figure(budgets, year, "approved_cents", { op: "ratio", by: "budget_cents" }), " als declaratie goedgekeurd"],
          [context.figure(budgets, year, "approved_cents", { op: "ratio", by: "budget_cents" }), " of the budget of ", context.figure(budgets, year, "budget_cents"), " has been approved as declared"])
      : context.of("Begroot en goedgekeurd, per maand", "Budgeted and approved, by month"),
    lead: context.of("Per maand waarin de zorg is gegeven. Declaraties komen later binnen: de laatste maanden groeien nog.", "By the month in which care was given. Declarations arrive later: the last months still grow."),
    key: [["bar accent", context.of("goedgekeurd", "approved")], ["bar hatch", context.of("toegewezen, nog niet goedgekeurd", "allocated, not yet approved")], ["line ink", context.of("begroot", "budgeted")]],
    chart: (width, label) => {
      const bars = rows.flatMap((row) => [
        { month: row.month, cents: row.approved_cents ?? 0, fill: ACCENT },
        { month: row.month, cents: Math.max(0, (row.granted_cents ?? 0) - (row.approved_cents ?? 0)), fill: "url(#hatch)" },
      ]);
      return draw(width, label, {
        height: 300,
        marginLeft: 72,
        x: { type: "band", padding: 0.28 },
        marks: [
          ...money_axis(context),
          month_axis(context, width),
          Plot.barY(bars, { x: "month", y: "cents", fill: "fill", stroke: ACCENT, strokeWidth: (bar) => (bar.fill === ACCENT ? 0 : 1) }),
          Plot.tickY(rows.filter(known("budget_cents")), { x: "month", y: "budget_cents", stroke: INK, strokeWidth: 3, inset: -3 }),
          Plot.ruleY([0], { stroke: INK }),
        ],
      });
    },
    table: budgets,
    columns,
    rows: [...rows, ...(year ? [year] : [])],
  });
}

// The yearly plan: what was aimed at and what was reached, each on its own scale of a hundred.
function yearly_plan(context, targets) {
  const rows = context.pick(targets, {});
  const met = rows.filter((row) => row.met === true);
  return figure(context, {
    title: context.of(
      [context.figure(targets, met, "met", { op: "count" }), " van de ", context.figure(targets, rows, "code", { op: "count" }), " doelen van het jaarplan ", met.length === 1 ? "is" : "zijn", " gehaald"],
      [context.figure(targets, met, "met", { op: "count" }), " of the ", context.figure(targets, rows, "code", { op: "count" }), " targets of the yearly plan ", met.length === 1 ? "is" : "are", " met"]),
    key: [["bar accent", context.of("bereikt", "reached")], ["line ink", context.of("doel", "target")]],
    chart: (width, label) => {
      const shown = rows.filter(known("reached"));
      const name = (row) => row.name;
      return draw(width, label, {
        height: shown.length * 44 + 20,
        marginTop: 6,
        marginBottom: 10,
        marginLeft: width < NARROW ? 130 : 190,
        marginRight: width < NARROW ? 96 : 110,
        y: { domain: shown.map(name), padding: 0.4 },
        x: { axis: null, domain: [0, 100] },
        marks: [
          names_axis(width < NARROW ? 130 : 190),
          Plot.barX(shown, { y: name, x: "reached", fill: (row) => (row.met === false ? WARN : ACCENT) }),
          Plot.text(shown, { y: name, x: (row) => Math.max(row.reached, row.aim), dx: 8, textAnchor: "start", text: (row) => `${context.count(row.reached)} ${row.at_most ? "≤" : "≥"} ${context.count(row.aim)}`.replace(...(row.met === false ? [/[≤≥]/, (sign) => (sign === "≤" ? ">" : "<")] : ["", ""])), fill: INK }),
          Plot.tickX(shown, { y: name, x: "aim", stroke: INK, strokeWidth: 3, inset: -4 }),
          Plot.text(shown, { y: name, frameAnchor: "right", dx: width < NARROW ? 92 : 104, textAnchor: "end", text: (row) => (row.met === null || row.met === undefined ? "" : row.met ? context.of("✓ gehaald", "✓ met") : context.of("niet gehaald", "not met")), fill: (row) => (row.met ? ACCENT : WARN), fontWeight: 600 }),
          Plot.ruleX([0], { stroke: INK }),
        ],
      });
    },
    table: targets,
    columns: ["name", "segment", "measure", "at_most", "aim", "reached", "counted", "met"],
    rows,
  });
}

export async function overview(context) {
  const tables = await context.load("budgets", "forecast", "spending", "clients", "targets", "to-move");
  const { budgets, forecast, spending, targets, to_move } = tables;
  const [budget] = context.here(budgets, { month: null });
  const [year] = context.here(forecast, { month: null });
  const [clients] = context.here(spending, { segment: null, content: null, funding: null, month: null });
  const [move] = context.here(to_move, { segment: null });
  return [
    headline([
      year && known("expected_cents")(year) && [context.figure(forecast, year, "expected_cents"),
        context.of(["verwacht voor heel ", String(context.year), ", tussen ", context.figure(forecast, year, "low_cents"), " en ", context.figure(forecast, year, "high_cents")],
          ["expected for the whole of ", String(context.year), ", between ", context.figure(forecast, year, "low_cents"), " and ", context.figure(forecast, year, "high_cents")]),
        budget_badge(context, year)],
      budget && [context.figure(budgets, budget, "budget_cents"),
        context.of(["is begroot; ", context.figure(budgets, budget, "paid_cents"), " is al betaald"], ["is the budget; ", context.figure(budgets, budget, "paid_cents"), " has been paid"])],
      clients && [context.figure(spending, clients, "clients"), context.of("jeugdigen kregen zorg die is goedgekeurd", "young people received approved care")],
      move && [context.figure(to_move, move, "clients"),
        context.of(["jeugdigen moeten nog over naar een PIC; ", context.figure(to_move, move, "moved_clients"), " gingen al"], ["young people still have to move to a PIC; ", context.figure(to_move, move, "moved_clients"), " have moved"])],
    ]),
    approved_by_month(context, budgets),
    !context.municipality && municipalities_expected(context, forecast),
    clients_by_month(context, tables.clients),
    yearly_plan(context, targets),
  ];
}
