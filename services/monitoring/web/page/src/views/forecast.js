// Forecast: how the year ends, how sure that is, and what drives it.
import * as Plot from "../plot.js";
import { ACCENT, GREY, INK, LINE, MIDDLE, NARROW, QUIET, WARN, draw, money_axis } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { budget_badge, drivers_of_cost, known, last, months_expected, municipalities_expected } from "./shared.js";

// How declarations of a month come in: a line for each month of service.
function run_off_of_months(context, run_off) {
  const rows = context.here(run_off, { month: SOME });
  const months = [...new Set(rows.map((row) => row.month))].sort();
  const newest = months.slice(-3);
  const labelled = [months[0], ...months.slice(-1)];
  const full = rows.filter((row) => row.month === months[0]).sort((a, b) => a.delay - b.delay);
  // What is declared comes after its month: the first look is a month later.
  const first = full.find((row) => row.delay === 1) ?? full[0], end = last(full);
  return figure(context, {
    title: first
      ? context.of(
          ["Van de zorg in ", context.figure(run_off, first, "month"), " was een maand later ", context.figure(run_off, first, "cents"), " binnen; het werd ", context.figure(run_off, end, "cents")],
          ["Of the care in ", context.figure(run_off, first, "month"), ", ", context.figure(run_off, first, "cents"), " was in a month later; it became ", context.figure(run_off, end, "cents")])
      : context.of("Hoe declaraties binnenkomen", "How declarations come in"),
    lead: context.of("Elke lijn is een maand van zorg: wat er na zoveel maanden was gedeclareerd en goedgekeurd.", "Each line is a month of care: what had been declared and approved after so many months."),
    chart: (width, label) => draw(width, label, {
      height: 280,
      marginLeft: 72,
      marginRight: width < NARROW ? 64 : 90,
      x: { ticks: [...new Set(rows.map((row) => row.delay))] },
      marks: [
        ...money_axis(context),
        Plot.axisX({ ticks: width < NARROW ? 5 : 12, tickSize: 0, tickFormat: (delay) => (Number.isInteger(delay) ? `${delay}` : ""), label: context.of("maanden na de zorg", "months after care"), labelAnchor: "center", labelArrow: "none" }),
        Plot.lineY(rows, { x: "delay", y: (row) => row.cents ?? NaN, z: "month", stroke: (row) => (newest.includes(row.month) ? ACCENT : GREY), strokeOpacity: (row) => (newest.includes(row.month) ? 1 : 0.55), strokeWidth: (row) => (newest.includes(row.month) ? 2.5 : 1.25) }),
        Plot.dot(newest.map((month) => last(rows.filter((row) => row.month === month))), { x: "delay", y: "cents", r: 4, fill: ACCENT }),
        Plot.text(labelled.map((month) => last(rows.filter((row) => row.month === month))), { x: "delay", y: "cents", dx: 9, textAnchor: "start", text: (row) => context.month(row.month), fill: (row) => (newest.includes(row.month) ? ACCENT : QUIET), fontWeight: 600 }),
        Plot.ruleY([0], { stroke: INK }),
      ],
      marginBottom: 44,
    }),
    table: run_off,
    columns: ["month", "delay", "cents"],
    rows,
  });
}

function factors_of_delay(context, factors) {
  const rows = context.here(factors, { delay: SOME }).sort((a, b) => a.delay - b.delay);
  const first = rows.find((row) => row.delay > 0 && known("factor")(row));
  return figure(context, {
    title: first
      ? context.of(["Van ", context.figure(factors, first, "delay"), " op de volgende maand groeit wat bekend is naar ", context.figure(factors, first, "factor")], ["From month ", context.figure(factors, first, "delay"), " to the next, what is known grows to ", context.figure(factors, first, "factor")])
      : context.of("Groei per maand", "Growth by month"),
    lead: context.of("Ketenladder: het gewogen gemiddelde van hoe eerdere maanden groeiden.", "Chain ladder: the weighted mean of how earlier months grew."),
    chart: (width, label) => {
      const told = rows.filter(known("factor"));
      if (!told.length) return null;
      return draw(width, label, {
        height: 240,
        marginLeft: 56,
        x: { type: "band", padding: 0.3 },
        y: { domain: [1, Math.max(1.05, ...told.map((row) => row.factor))] },
        marks: [
          Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 4 }),
          Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: (value) => context.share(value) }),
          Plot.axisX({ tickSize: 0, tickFormat: (delay) => `${delay}`, label: context.of("maanden na de zorg", "months after care"), labelAnchor: "center", labelArrow: "none" }),
          Plot.barY(told, { x: "delay", y1: 1, y2: "factor", fill: ACCENT }),
          Plot.ruleY([1], { stroke: INK }),
        ],
        marginBottom: 44,
      });
    },
    table: factors,
    columns: ["delay", "factor", "months"],
    rows,
  });
}

// How far earlier forecasts were off, by how many months were still open.
function errors_before(context, errors) {
  const rows = context.pick(errors, {}).sort((a, b) => a.months_open - b.months_open);
  const [first] = rows.filter(known("mean_absolute_error"));
  return figure(context, {
    title: first
      ? context.of(
          ["Met ", context.figure(errors, first, "months_open"), " open maanden zat de prognose er gemiddeld ", context.figure(errors, first, "mean_absolute_error"), " naast"],
          ["With ", context.figure(errors, first, "months_open"), " months open, the forecast was ", context.figure(errors, first, "mean_absolute_error"), " off on average"])
      : context.of("Hoe ver eerdere prognoses ernaast zaten", "How far earlier forecasts were off"),
    lead: context.of("Gemeten op eerdere maanden van de hele regio, waarvan de uitkomst nu bekend is.", "Measured on earlier months of the whole region whose outcome is known by now."),
    key: [["bar middle", context.of("gemiddelde afwijking, omhoog of omlaag", "mean deviation, up or down")], ["dot warn", context.of("structureel te hoog of te laag", "structurally too high or too low")]],
    chart: (width, label) => {
      const told = rows.filter(known("mean_absolute_error"));
      if (!told.length) return null;
      return draw(width, label, {
        height: 240,
        marginLeft: 56,
        x: { type: "band", padding: 0.3 },
        y: { nice: true },
        marks: [
          Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 4 }),
          Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: (value) => context.share(value, 1) }),
          Plot.axisX({ anchor: "bottom", tickSize: 0, label: context.of("open maanden", "months open"), labelAnchor: "center", labelArrow: "none" }),
          Plot.barY(told, { x: "months_open", y: "mean_absolute_error", fill: MIDDLE }),
          Plot.dot(told.filter(known("mean_error")), { x: "months_open", y: "mean_error", r: 5, fill: WARN, stroke: "white" }),
          Plot.ruleY([0], { stroke: INK }),
        ],
        marginBottom: 44,
      });
    },
    table: errors,
    columns: ["months_open", "months", "mean_error", "mean_absolute_error", "within"],
    rows,
  });
}

export async function forecast(context) {
  const tables = await context.load("forecast", "run-off", "run-off-factors", "forecast-errors", "drivers");
  const [year] = context.here(tables.forecast, { month: null });
  const table = tables.forecast;
  return [
    year && known("expected_cents")(year) && headline([
      [context.figure(table, year, "expected_cents"),
        context.of(["verwacht voor heel ", String(context.year), ", met een marge van ", context.figure(table, year, "low_cents"), " tot ", context.figure(table, year, "high_cents")],
          ["expected for the whole of ", String(context.year), ", with a margin from ", context.figure(table, year, "low_cents"), " to ", context.figure(table, year, "high_cents")]),
        budget_badge(context, year)],
      [context.figure(table, year, "budget_cents"), context.of("is begroot", "is the budget")],
      [context.figure(table, year, "known_cents"), context.of("is nu al bekend", "is known by now")],
    ]),
    months_expected(context, table),
    !context.municipality && municipalities_expected(context, table),
    drivers_of_cost(context, tables.drivers),
    run_off_of_months(context, tables.run_off),
    factors_of_delay(context, tables.run_off_factors),
    errors_before(context, tables.forecast_errors),
  ];
}

