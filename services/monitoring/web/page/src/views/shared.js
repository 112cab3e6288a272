// Shared: figures that more than one view shows.
import * as Plot from "../plot.js";
import { ACCENT, GREY, INK, LINE, MIDDLE, NARROW, PALE, QUIET, WARN, apart, count_axis, draw, money_axis, month_axis, names_axis, step } from "../charts.js";
import { SOME } from "../context.js";
import { badge, figure } from "../figure.js";

export const sum = (rows, column) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);
export const last = (rows) => rows[rows.length - 1];
const known = (column) => (row) => (row[column] ?? null) !== null;

// Whether the year stays within its budget, in words and colour.
export function budget_badge(context, row) {
  if (row?.passes_budget === true) return badge(context.of("boven de begroting", "above the budget"), "warn");
  if (row?.may_pass_budget === true) return badge(context.of("kan boven de begroting uitkomen", "may pass the budget"), "warn");
  if (row?.passes_budget === false) return badge(context.of("binnen de begroting", "within the budget"), "good");
  return null;
}

// What is expected of each municipality, beside its budget.
export function municipalities_expected(context, forecast) {
  const rows = context.pick(forecast, { municipality: SOME, month: null });
  const told = rows.filter((row) => row.budget_cents && known("expected_cents")(row));
  const above = told.filter((row) => row.passes_budget === true);
  const of = (row, column) => row[column] / row.budget_cents;
  return figure(context, {
    title: context.of(
      [context.figure(forecast, above, "passes_budget", { op: "count" }), " van de ", context.figure(forecast, told, "expected_cents", { op: "count" }), " gemeenten komen naar verwachting boven hun begroting uit"],
      [context.figure(forecast, above, "passes_budget", { op: "count" }), " of the ", context.figure(forecast, told, "expected_cents", { op: "count" }), " municipalities are expected to pass their budget"]),
    lead: context.of("Verwachte kosten van het jaar als deel van de begroting; de streep is de marge waar het acht van de tien keer binnen ligt.", "Expected cost of the year as a share of the budget; the line is the margin within which it lies eight times in ten."),
    chart: (width, label) => {
      const sorted = [...told].sort((a, b) => of(b, "expected_cents") - of(a, "expected_cents"));
      const name = (row) => context.municipality_name(row.municipality);
      return draw(width, label, {
        height: sorted.length * step(width, 30) + 50,
        marginLeft: width < NARROW ? 112 : 160,
        marginRight: 44,
        y: { domain: sorted.map(name) },
        x: { percent: false, nice: true },
        marks: [
          names_axis(width < NARROW ? 112 : 160),
          Plot.axisX({ ticks: width < NARROW ? 4 : 6, tickSize: 0, tickFormat: (value) => context.share(value) }),
          Plot.gridX({ stroke: LINE, strokeOpacity: 0.6, ticks: width < NARROW ? 4 : 6 }),
          Plot.ruleX([1], { stroke: INK, strokeWidth: 1.5 }),
          Plot.text([1], { x: (value) => value, frameAnchor: "top", dy: -18, text: () => context.of("begroting", "budget"), fill: INK, fontWeight: 600 }),
          Plot.ruleY(sorted.filter(known("low_cents")), { y: name, x1: (row) => of(row, "low_cents"), x2: (row) => of(row, "high_cents"), stroke: (row) => (row.passes_budget ? WARN : MIDDLE), strokeWidth: 3, strokeOpacity: 0.45 }),
          Plot.dot(sorted, { y: name, x: (row) => of(row, "expected_cents"), r: 5.5, symbol: (row) => (row.passes_budget ? "diamond" : "circle"), fill: (row) => (row.passes_budget ? WARN : ACCENT) }),
          Plot.text(sorted, { y: name, x: (row) => Math.max(of(row, "expected_cents"), of(row, "high_cents") || 0), dx: 8, textAnchor: "start", text: (row) => context.share(of(row, "expected_cents")), fill: (row) => (row.passes_budget ? WARN : QUIET), fontWeight: 600 }),
        ],
      });
    },
    key: [["diamond warn", context.of("boven de begroting", "above the budget")], ["dot accent", context.of("binnen de begroting", "within the budget")]],
    table: forecast,
    columns: ["municipality", "known_cents", "expected_cents", "low_cents", "high_cents", "budget_cents", "passes_budget", "may_pass_budget"],
    rows,
  });
}

// Known and expected cost by month, with its margin.
export function months_expected(context, forecast, { wide = true } = {}) {
  const rows = context.here(forecast, { month: SOME });
  const [year] = context.here(forecast, { month: null });
  return figure(context, {
    wide,
    title: year
      ? context.of(
          ["Bekend is ", context.figure(forecast, year, "known_cents"), "; voor heel ", String(context.year), " verwachten we ", context.figure(forecast, year, "expected_cents")],
          [context.figure(forecast, year, "known_cents"), " is known; for the whole of ", String(context.year), " we expect ", context.figure(forecast, year, "expected_cents")])
      : context.of("Kosten per maand, bekend en verwacht", "Cost by month, known and expected"),
    key: [["bar accent", context.of("bekend", "known")], ["bar hatch", context.of("nog verwacht", "still expected")], ["line ink", context.of("marge: acht van de tien keer ligt het hierbinnen", "margin: eight times in ten it lies within")]],
    chart: (width, label) => {
      const bars = rows.flatMap((row) => [
        { month: row.month, cents: Math.min(row.known_cents ?? 0, row.expected_cents ?? row.known_cents ?? 0), fill: ACCENT },
        { month: row.month, cents: Math.max(0, (row.expected_cents ?? 0) - (row.known_cents ?? 0)), fill: "url(#hatch)" },
      ]);
      return draw(width, label, {
        height: 300,
        marginLeft: 72,
        x: { type: "band", padding: 0.28 },
        marks: [
          ...money_axis(context),
          month_axis(context, width),
          Plot.barY(bars, { x: "month", y: "cents", fill: "fill", stroke: ACCENT, strokeWidth: (bar) => (bar.fill === ACCENT ? 0 : 1) }),
          Plot.ruleX(rows.filter((row) => row.high_cents !== row.low_cents && known("low_cents")(row)), { x: "month", y1: "low_cents", y2: "high_cents", stroke: INK, strokeWidth: 1.5 }),
          Plot.tickY(rows.filter((row) => row.high_cents !== row.low_cents && known("low_cents")(row)), { x: "month", y: "high_cents", stroke: INK, inset: 6 }),
          Plot.tickY(rows.filter((row) => row.high_cents !== row.low_cents && known("low_cents")(row)), { x: "month", y: "low_cents", stroke: INK, inset: 6 }),
          Plot.ruleY([0], { stroke: INK }),
        ],
      });
    },
    table: forecast,
    columns: ["month", "known_cents", "expected_cents", "low_cents", "high_cents", "method"],
    rows: [...rows, ...(year ? [year] : [])],
  });
}

// Clients by month, a line for each segment.
export function clients_by_month(context, clients) {
  const total = context.here(clients, { segment: null, content: null, funding: null, month: SOME });
  const parts = context.here(clients, { segment: SOME, content: null, funding: null, month: SOME });
  const newest = last(total.filter((row) => row.clients > 0));
  const lines = [...parts, ...total];
  const name = (row) => (row.segment ? context.short_code(row.segment) : context.of("alle", "all"));
  return figure(context, {
    title: newest
      ? context.of(
          ["In ", context.figure(clients, newest, "month"), " hadden ", context.figure(clients, newest, "clients"), " jeugdigen een toewijzing"],
          [context.figure(clients, newest, "clients"), " young people had an allocation in ", context.figure(clients, newest, "month")])
      : context.of("Jeugdigen met een toewijzing, per maand", "Young people with an allocation, by month"),
    lead: context.of("Wie in twee segmenten zorg heeft, telt in het totaal één keer.", "Who has care in two segments counts once in the total."),
    chart: (width, label) => {
      const told = lines.filter(known("clients"));
      const ends = [...new Set(told.map(name))].map((words) => last(told.filter((row) => name(row) === words)));
      return draw(width, label, {
        height: 280,
        marginLeft: 56,
        marginRight: width < NARROW ? 24 : 134,
        x: { type: "point" },
        y: { zero: true, nice: true },
        marks: [
          ...count_axis(context),
          month_axis(context, width),
          Plot.lineY(lines, { x: "month", y: (row) => row.clients ?? NaN, z: name, stroke: (row) => (row.segment ? MIDDLE : ACCENT), strokeWidth: (row) => (row.segment ? 2 : 3) }),
          ...ends.map((row) =>
            width < NARROW
              ? Plot.text([row], { x: "month", y: "clients", dy: -12, textAnchor: "end", text: name, fill: row.segment ? QUIET : ACCENT, fontWeight: 600 })
              : Plot.text([row], { x: "month", y: "clients", dx: 8, textAnchor: "start", text: name, fill: row.segment ? QUIET : ACCENT, fontWeight: 600 })),
          Plot.ruleY([0], { stroke: INK }),
        ],
      });
    },
    table: clients,
    columns: ["month", "segment", "clients"],
    rows: [...total, ...parts],
  });
}

// What makes the cost differ from the year before.
export function drivers_of_cost(context, drivers) {
  const [row] = context.here(drivers, { segment: null });
  const rows = [...(row ? [row] : []), ...context.here(drivers, { segment: SOME })];
  if (!row) return drivers && figure(context, { title: context.of("Waardoor de kosten veranderen", "What drives the cost"), table: drivers, columns: [], rows: [] });
  const causes = [["volume_cents", "meer of minder zorg", "more or less care"], ["price_cents", "hogere of lagere prijzen", "higher or lower prices"], ["mix_cents", "andere soorten zorg", "other kinds of care"]];
  const largest = causes.reduce((a, b) => (Math.abs(row[b[0]] ?? 0) > Math.abs(row[a[0]] ?? 0) ? b : a));
  return figure(context, {
    title: context.of(
      ["Tegenover vorig jaar telt vooral ", largest[1], ": ", context.figure(drivers, row, largest[0])],
      ["Compared with last year, what counts most is ", largest[2], ": ", context.figure(drivers, row, largest[0])]),
    lead: context.of(
      ["Dezelfde maanden van vorig jaar kostten ", context.figure(drivers, row, "before_cents"), ", die van dit jaar ", context.figure(drivers, row, "after_cents"), "."],
      ["The same months of last year cost ", context.figure(drivers, row, "before_cents"), ", those of this year ", context.figure(drivers, row, "after_cents"), "."]),
    chart: (width, label) => {
      const bars = causes.map(([column, dutch, english]) => ({ name: context.of(dutch, english), cents: row[column] ?? 0 }));
      return draw(width, label, {
        height: 170,
        marginLeft: width < NARROW ? 132 : 190,
        marginRight: 24,
        y: { domain: bars.map((bar) => bar.name), padding: 0.35 },
        x: { axis: null, insetLeft: 70, insetRight: 70 },
        marks: [
          names_axis(width < NARROW ? 132 : 190),
          Plot.barX(bars, { y: "name", x: "cents", fill: (bar) => (bar.cents > 0 ? ACCENT : MIDDLE) }),
          Plot.ruleX([0], { stroke: INK }),
          Plot.text(bars.filter((bar) => bar.cents >= 0), { y: "name", x: "cents", dx: 6, textAnchor: "start", text: (bar) => `+${context.money(bar.cents)}`, fill: INK, fontWeight: 600 }),
          Plot.text(bars.filter((bar) => bar.cents < 0), { y: "name", x: "cents", dx: -6, textAnchor: "end", text: (bar) => context.money(bar.cents), fill: INK, fontWeight: 600 }),
        ],
      });
    },
    table: drivers,
    columns: ["segment", "months", "before_cents", "after_cents", "volume_cents", "price_cents", "mix_cents"],
    rows,
  });
}

// Horizontal bars with a name before and a figure at the end.
export function named_bars(context, width, label, bars, { format, fill = ACCENT, left, most = 12 } = {}) {
  const shown = bars.slice(0, most);
  const room = left ?? (width < NARROW ? 130 : 220);
  return draw(width, label, {
    height: shown.length * step(width, 30) + 16,
    marginTop: 6,
    marginBottom: 6,
    marginLeft: room,
    marginRight: 76,
    y: { domain: shown.map((bar) => bar.name), padding: 0.3 },
    x: { axis: null },
    marks: [
      names_axis(room),
      Plot.barX(shown, { y: "name", x: "value", fill: (bar) => bar.fill ?? fill }),
      Plot.ruleX([0], { stroke: INK }),
      Plot.text(shown, { y: "name", x: "value", dx: 6, textAnchor: "start", text: (bar) => format(bar.value), fill: INK, fontWeight: 600 }),
    ],
  });
}

export { GREY, PALE, apart, known };
