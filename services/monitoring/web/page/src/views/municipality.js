// Municipality: what a controller of one municipality opens every week.
import * as Plot from "../plot.js";
import { ACCENT, INK, MIDDLE, PALE, WARN, draw, money_axis, month_axis } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { budget_badge, clients_by_month, drivers_of_cost, known, named_bars, sum } from "./shared.js";

// From budget to payment: each step is a part of the one before.
function from_budget_to_payment(context, budgets) {
  const [year] = context.here(budgets, { month: null });
  const rows = [...context.here(budgets, { month: SOME }), ...(year ? [year] : [])];
  const steps = ["budget_cents", "granted_cents", "declared_cents", "approved_cents", "paid_cents"];
  return figure(context, {
    title: year
      ? context.of(
          ["Toegewezen is ", context.figure(budgets, year, "granted_cents"), ", gedeclareerd ", context.figure(budgets, year, "declared_cents"), " en betaald ", context.figure(budgets, year, "paid_cents")],
          [context.figure(budgets, year, "granted_cents"), " is allocated, ", context.figure(budgets, year, "declared_cents"), " declared and ", context.figure(budgets, year, "paid_cents"), " paid"])
      : context.of("Van begroting naar betaling", "From budget to payment"),
    chart: year && ((width, label) => named_bars(context, width, label,
      steps.filter((column) => known(column)(year)).map((column) => ({ name: context.heading(budgets, column), value: year[column], fill: column === "budget_cents" ? PALE : ACCENT })),
      { format: (cents) => context.money(cents), left: 118 })),
    table: budgets,
    columns: ["month", ...steps, "expected_cents", "open_corrections_cents"],
    rows,
  });
}

const KINDS = [
  { content: "NONE", funding: "PXQ", fill: PALE, swatch: "pale", words: ["zonder PIC, betaald per product (PxQ)", "without a PIC, paid by product (PxQ)"] },
  { content: "PIC", funding: "PXQ", fill: MIDDLE, swatch: "middle", words: ["met PIC, betaald per product (PxQ)", "with a PIC, paid by product (PxQ)"] },
  { content: "PIC", funding: "PIC", fill: ACCENT, swatch: "accent", words: ["met PIC, betaald per PIC", "with a PIC, paid by PIC"] },
];

function spending_by_kind(context, spending) {
  const months = context.here(spending, { segment: SOME, content: SOME, funding: SOME, month: SOME });
  const years = context.here(spending, { segment: SOME, content: SOME, funding: SOME, month: null });
  const pic = years.filter((row) => row.content === "PIC");
  const total = context.here(spending, { segment: null, content: null, funding: null });
  const rows = [...years, ...total, ...months];
  return figure(context, {
    wide: true,
    title: context.of(
      [context.figure(spending, pic, "cents", { op: "sum" }), " ging naar zorg met een PIC"],
      [context.figure(spending, pic, "cents", { op: "sum" }), " went to care with a PIC"]),
    lead: context.of("Goedgekeurde zorg per maand, naar inhoud en bekostiging.", "Approved care by month, by content and funding."),
    key: KINDS.map(({ swatch, words }) => [`bar ${swatch}`, context.say.of(words)]),
    chart: (width, label) => {
      const bars = KINDS.flatMap(({ content, funding, fill }) => {
        const of = months.filter((row) => row.content === content && row.funding === funding);
        return [...new Set(of.map((row) => row.month))].map((month) => ({ month, fill, cents: sum(of.filter((row) => row.month === month), "cents") }));
      });
      return draw(width, label, {
        height: 300,
        marginLeft: 72,
        x: { type: "band", padding: 0.28, domain: [...new Set(months.map((row) => row.month))].sort() },
        marks: [...money_axis(context), month_axis(context, width), Plot.barY(bars, { x: "month", y: "cents", fill: "fill", stroke: "white", strokeWidth: 0.5 }), Plot.ruleY([0], { stroke: INK })],
      });
    },
    table: spending,
    columns: ["segment", "content", "funding", "month", "clients", "lines", "cents"],
    rows,
  });
}

function decisions_taken(context, decisions) {
  const rows = context.here(decisions, { verdict: SOME, month: null });
  const of = (verdict) => rows.filter((row) => row.verdict === verdict);
  const granted = of("GRANTED"), refused = of("REFUSED");
  const verdicts = [...new Set(rows.map((row) => row.verdict))];
  return figure(context, {
    title: context.of(
      [context.figure(decisions, granted, "facts", { op: "sum" }), " verzoeken zijn toegekend, ", context.figure(decisions, refused, "facts", { op: "sum" }), " geweigerd"],
      [context.figure(decisions, granted, "facts", { op: "sum" }), " requests were granted, ", context.figure(decisions, refused, "facts", { op: "sum" }), " refused"]),
    chart: (width, label) => named_bars(context, width, label,
      verdicts.map((verdict) => ({ name: context.short_code(verdict), value: sum(of(verdict), "facts"), fill: verdict === "REFUSED" ? WARN : ACCENT })).sort((a, b) => b.value - a.value),
      { format: (value) => context.count(value), left: 150 }),
    table: decisions,
    columns: ["verdict", "reason", "facts", "allocations"],
    rows,
  });
}

function lines_rejected(context, rejections) {
  const rows = context.here(rejections, { code: SOME, month: null }).sort((a, b) => (b.lines ?? 0) - (a.lines ?? 0));
  const name = (row) => `${row.code} ${row.reason ? context.short_code(row.reason) : ""}`;
  return figure(context, {
    title: rows.length
      ? context.of(
          ["Regels worden het vaakst afgekeurd om “", context.figure(rejections, rows[0], "reason"), "”: ", context.figure(rejections, rows[0], "lines"), " keer"],
          ["Lines are most often rejected for “", context.figure(rejections, rows[0], "reason"), "”: ", context.figure(rejections, rows[0], "lines"), " times"])
      : context.of("Afgekeurde regels", "Rejected lines"),
    chart: (width, label) => named_bars(context, width, label, rows.filter(known("lines")).map((row) => ({ name: name(row), value: row.lines })), { format: (value) => context.count(value), fill: WARN, most: 8 }),
    table: rejections,
    columns: ["code", "reason", "lines"],
    rows,
  });
}

// What the national return codes of a whole declaration say.
const ANSWERS = {
  8001: ["volledig toegewezen", "approved in full"],
  "0200": ["beoordeeld, met afgekeurde regels", "judged, with lines rejected"],
  "0001": ["als geheel afgekeurd", "rejected as a whole"],
  9333: ["nummer eerder gebruikt", "number used before"],
};

function declarations_answered(context, declarations) {
  const rows = context.here(declarations, { code: SOME, month: null }).sort((a, b) => (b.declarations ?? 0) - (a.declarations ?? 0));
  const whole = rows.filter((row) => row.code === "8001");
  const name = (row) => (ANSWERS[row.code] ? `${row.code} ${context.say.of(ANSWERS[row.code])}` : row.code);
  return figure(context, {
    title: context.of(
      [context.figure(declarations, whole, "declarations", { op: "sum" }), " van ", context.figure(declarations, rows, "declarations", { op: "sum" }), " declaraties zijn volledig goedgekeurd"],
      [context.figure(declarations, whole, "declarations", { op: "sum" }), " of ", context.figure(declarations, rows, "declarations", { op: "sum" }), " declarations were approved in full"]),
    chart: (width, label) => named_bars(context, width, label, rows.filter(known("declarations")).map((row) => ({ name: name(row), value: row.declarations, fill: row.code === "8001" ? ACCENT : row.code === "0200" ? MIDDLE : WARN })), { format: (value) => context.count(value) }),
    table: declarations,
    columns: ["code", "month", "declarations"],
    rows: [...rows, ...context.here(declarations, { code: SOME, month: SOME })],
  });
}

function ledger_of_year(context, ledger) {
  const rows = context.here(ledger, { account: SOME });
  const [cost] = rows.filter((row) => row.account === "COST");
  return figure(context, {
    title: cost
      ? context.of(["In het grootboek staat ", context.figure(ledger, cost, "cents"), " aan kosten"], ["The ledger holds ", context.figure(ledger, cost, "cents"), " of cost"])
      : context.of("Grootboek", "Ledger"),
    lead: context.of("Debet is positief, credit negatief; samen is het nul.", "Debit is positive, credit negative; together they are zero."),
    table: ledger,
    columns: ["account", "cents"],
    rows,
    open: true,
  });
}

export async function municipality(context) {
  const tables = await context.load("budgets", "forecast", "spending", "clients", "decisions", "declarations", "rejections", "ledger", "drivers");
  const { budgets, forecast, spending } = tables;
  const [budget] = context.here(budgets, { month: null });
  const [year] = context.here(forecast, { month: null });
  const [clients] = context.here(spending, { segment: null, content: null, funding: null, month: null });
  return [
    headline([
      budget && [context.figure(budgets, budget, "approved_cents"),
        context.of(["goedgekeurd, ", context.figure(budgets, budget, "approved_cents", { op: "ratio", by: "budget_cents" }), " van de begroting"],
          ["approved, ", context.figure(budgets, budget, "approved_cents", { op: "ratio", by: "budget_cents" }), " of the budget"])],
      year && [context.figure(forecast, year, "expected_cents"),
        context.of(["verwacht voor heel ", String(context.year), "; begroot is ", context.figure(forecast, year, "budget_cents")],
          ["expected for the whole of ", String(context.year), "; the budget is ", context.figure(forecast, year, "budget_cents")]),
        budget_badge(context, year)],
      clients && [context.figure(spending, clients, "clients"), context.of("jeugdigen kregen zorg die is goedgekeurd", "young people received approved care")],
      budget && budget.open_corrections_cents && [context.figure(budgets, budget, "open_corrections_cents"), context.of("aan correcties staat nog open", "of corrections is still open")],
    ]),
    spending_by_kind(context, spending),
    from_budget_to_payment(context, budgets),
    clients_by_month(context, tables.clients),
    drivers_of_cost(context, tables.drivers),
    decisions_taken(context, tables.decisions),
    lines_rejected(context, tables.rejections),
    declarations_answered(context, tables.declarations),
    ledger_of_year(context, tables.ledger),
  ];
}
