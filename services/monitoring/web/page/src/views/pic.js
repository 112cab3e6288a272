// Pic: what care by profile and intensity really costs, and what comes of it.
import * as Plot from "../plot.js";
import { ACCENT, INK, LINE, MIDDLE, NARROW, PALE, QUIET, WARN, draw, names_axis, step } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { known } from "./shared.js";

const BETWEEN = 860;

const pic_name = (context, row) => `${context.named("profile", row.profile)}, ${context.short_code(row.intensity)}`;

// Quartiles, median and tariff of each row on a line of money.
function ranges(context, width, label, rows, name) {
  const told = rows.filter(known("median_cents"));
  if (!told.length) return null;
  const room = width < NARROW ? 150 : 270;
  return draw(width, label, {
    height: told.length * step(width, 26) + 56,
    marginTop: 30,
    marginLeft: room,
    marginRight: 30,
    y: { domain: told.map(name), padding: 0.4 },
    x: { nice: true, zero: true },
    marks: [
      Plot.axisX({ anchor: "top", ticks: width < NARROW ? 3 : 6, tickSize: 0, tickFormat: (cents) => context.money(cents) }),
      Plot.gridX({ stroke: LINE, strokeOpacity: 0.6, ticks: width < NARROW ? 3 : 6 }),
      names_axis(room),
      Plot.barX(told, { y: name, x1: "first_quartile_cents", x2: "third_quartile_cents", fill: PALE }),
      Plot.tickX(told, { y: name, x: "median_cents", stroke: ACCENT, strokeWidth: 4 }),
      Plot.dot(told.filter(known("tariff_cents")), { y: name, x: "tariff_cents", r: 5, symbol: "diamond", fill: (row) => (row.mean_cents > row.tariff_cents ? WARN : "white"), stroke: (row) => (row.mean_cents > row.tariff_cents ? WARN : INK), strokeWidth: 1.5 }),
    ],
  });
}

// All PICs against their tariff: a row for each profile, a field for each intensity. The cost stands as a part of the
// tariff, so that a short trajectory and a year of heavy care can be seen side by side.
function parts_of_tariff(context, width, label, rows) {
  const told = rows.filter((row) => known("median_cents")(row) && row.tariff_cents);
  if (!told.length) return null;
  const narrow = width < NARROW;
  const name = (row) => context.named("profile", row.profile);
  const between = !narrow && width < BETWEEN; // a sheet of paper
  const field = (row) => (between ? context.short_code(row.intensity) : `${context.short_code(row.intensity)}, ${context.short_code(row.basis)}`);
  const ticks = between ? [0.6, 1, 1.4] : narrow ? 3 : 4;
  const room = narrow ? 152 : between ? 190 : 260;
  const at = (list, column) => (a, b) => list.findIndex(({ code }) => code === a[column]) - list.findIndex(({ code }) => code === b[column]);
  const fields = [...new Set([...rows].sort(at(context.region.intensities, "intensity")).map(field))];
  const names = [...new Set([...rows].sort(at(context.region.profiles, "profile")).map(name))];
  const facet = narrow ? { fy: field } : { fx: field };
  const low = (row) => row.mean_cents > row.tariff_cents;
  const of = (column) => (row) => row[column] / row.tariff_cents;
  const most = Math.max(1.2, ...told.map(of("third_quartile_cents"))), least = Math.min(0.8, ...told.map(of("first_quartile_cents")));
  return draw(width, label, {
    height: narrow ? fields.length * (names.length * 36 + 60) + 40 : names.length * 30 + 76,
    marginTop: narrow ? 34 : 52,
    marginBottom: narrow ? 30 : 10,
    marginLeft: room,
    marginRight: 12,
    y: { domain: names, padding: 0.42 },
    x: { domain: [Math.floor(least * 4) / 4, Math.ceil(most * 4) / 4], axis: null },
    fx: { domain: narrow ? undefined : fields, padding: 0.08, axis: null },
    fy: { domain: narrow ? fields : undefined, padding: 0.16, axis: null },
    marks: [
      Plot.gridX({ stroke: LINE, strokeOpacity: 0.6, ticks }),
      Plot.axisX({ anchor: narrow ? "bottom" : "top", ticks, tickSize: 0, tickFormat: (value) => context.share(value), ...(narrow ? { facetAnchor: "bottom" } : {}) }),
      names_axis(room, narrow ? {} : { facetAnchor: "left" }),
      Plot.text(fields.map((words) => ({ words })), { ...(narrow ? { fy: "words" } : { fx: "words" }), frameAnchor: "top-left", dy: narrow ? -16 : -40, text: "words", fill: INK, fontWeight: 650 }),
      Plot.barX(told, { ...facet, y: name, x1: of("first_quartile_cents"), x2: of("third_quartile_cents"), fill: PALE }),
      Plot.ruleX([1], { stroke: INK, strokeWidth: 1.5 }),
      Plot.tickX(told, { ...facet, y: name, x: of("median_cents"), stroke: ACCENT, strokeWidth: 3 }),
      Plot.dot(told, { ...facet, y: name, x: of("mean_cents"), r: 5, symbol: (row) => (low(row) ? "diamond" : "circle"), fill: (row) => (low(row) ? WARN : "white"), stroke: (row) => (low(row) ? WARN : INK), strokeWidth: 1.5 }),
    ],
  });
}

const COSTS = ["basis", "trajectories", "ended", "open", "seen", "first_quartile_cents", "median_cents", "third_quartile_cents", "spread_cents", "mean_cents", "tariff_cents", "needed"];

const cost_key = (context) => [
  ["bar pale", context.of("de middelste helft van de trajecten", "the middle half of the trajectories")],
  ["line accent", context.of("het middelste traject (mediaan)", "the trajectory in the middle (median)")],
  ["diamond outline", context.of("tarief, boven de gemiddelde kosten", "tariff, above the mean cost")],
  ["diamond warn", context.of("tarief, onder de gemiddelde kosten", "tariff, below the mean cost")],
];

const too_low = (row) => (row.needed ?? 0) > 1;

function costs_of_segment(context, costs, segment) {
  const rows = context.pick(costs, { segment, profile: SOME, intensity: SOME, municipality: null, provider: null });
  if (!rows.length) return null;
  const low = rows.filter(too_low), told = rows.filter(known("needed"));
  return figure(context, {
    wide: true,
    title: !told.length ? [context.named("segment", segment), context.of(": nog te weinig trajecten om kosten van te zeggen", ": too few trajectories yet to tell what they cost")] : context.of(
      [context.named("segment", segment), ": van ", context.figure(costs, low, "needed", { op: "count" }), " van de ", context.figure(costs, told, "needed", { op: "count" }), " PIC’s ligt het tarief onder de gemiddelde kosten"],
      [context.named("segment", segment), ": the tariff of ", context.figure(costs, low, "needed", { op: "count" }), " of the ", context.figure(costs, told, "needed", { op: "count" }), " PICs is below the mean cost"]),
    lead: context.of("Wat zorg met deze PIC werkelijk kostte toen zij per product werd betaald, tegen het tarief. Lopende trajecten tellen mee als nog niet af, niet als kort.",
      "What care with this PIC really cost while it was paid by product, against the tariff. Open trajectories count as unfinished, not as short."),
    key: [
      ["line ink", context.of("het tarief, 100%", "the tariff, 100%")],
      ["bar pale", context.of("de middelste helft van de trajecten", "the middle half of the trajectories")],
      ["line accent", context.of("het middelste traject (mediaan)", "the trajectory in the middle (median)")],
      ["dot outline", context.of("gemiddelde, onder het tarief", "mean, below the tariff")],
      ["diamond warn", context.of("gemiddelde, boven het tarief", "mean, above the tariff")],
    ],
    chart: (width, label) => parts_of_tariff(context, width, label, rows),
    table: costs,
    columns: ["profile", "intensity", ...COSTS],
    rows,
  });
}

// One PIC over municipalities or providers.
function costs_over(context, costs, dimension) {
  const other = dimension === "municipality" ? { provider: null } : { municipality: null };
  const rows = context.pick(costs, { [dimension]: SOME, ...other }).filter((row) => (dimension === "provider" && context.address.provider ? row.provider === context.address.provider : true));
  if (!rows.length) return null;
  const several = new Set(rows.map((row) => `${row.segment} ${row.profile} ${row.intensity}`)).size > 1;
  const name = (row) => [context.named(dimension, row[dimension]), ...(several ? [context.short_code(row.segment), pic_name(context, row)] : [])].join(", ");
  const sorted = [...rows].sort((a, b) => (b.median_cents ?? 0) - (a.median_cents ?? 0));
  return figure(context, {
    wide: true,
    title: dimension === "municipality"
      ? context.of("Zo verschillen de kosten tussen gemeenten", "How the cost differs between municipalities")
      : context.of("Zo verschillen de kosten tussen aanbieders", "How the cost differs between providers"),
    key: cost_key(context),
    chart: (width, label) => ranges(context, width, label, sorted.slice(0, 24), name),
    table: costs,
    columns: [dimension, "segment", "profile", "intensity", ...COSTS],
    rows: sorted,
  });
}

function to_break_even(context, break_even) {
  const rows = context.pick(break_even, {});
  const [all] = rows.filter((row) => row.provider === null);
  const name = (row) => (row.provider === null ? context.of("Alle aanbieders samen", "All providers together") : context.named("provider", row.provider));
  const told = rows.filter(known("needed")).sort((a, b) => (a.provider === null ? -1 : b.provider === null ? 1 : b.needed - a.needed));
  return figure(context, {
    title: all && known("needed")(all)
      ? context.of(
          ["Aanbieders samen komen uit bij ", context.figure(break_even, all, "needed"), " van het PIC-tarief"],
          ["Providers together break even at ", context.figure(break_even, all, "needed"), " of the PIC tariff"])
      : context.of("Bij welk tarief aanbieders uitkomen", "At which tariff providers break even"),
    lead: context.of("Boven 100% kost de zorg meer dan het tarief opbrengt.", "Above 100% care costs more than the tariff brings in."),
    chart: (width, label) => told.length === 0 ? null : draw(width, label, {
      height: told.length * step(width, 28) + 44,
      marginTop: 28,
      marginBottom: 8,
      marginLeft: width < NARROW ? 130 : 190,
      marginRight: 60,
      y: { domain: told.map(name), padding: 0.35 },
      x: { axis: null, domain: [0, Math.max(1.05, ...told.map((row) => row.needed))] },
      marks: [
        names_axis(width < NARROW ? 130 : 190),
        Plot.barX(told, { y: name, x: "needed", fill: (row) => (row.needed > 1 ? WARN : row.provider === null ? ACCENT : MIDDLE) }),
        Plot.ruleX([1], { stroke: INK, strokeWidth: 1.5 }),
        Plot.text([1], { x: (value) => value, frameAnchor: "top", dy: -16, text: () => context.of("tarief", "tariff"), fill: INK, fontWeight: 600 }),
        Plot.text(told, { y: name, x: (row) => Math.max(row.needed, 1), dx: 6, textAnchor: "start", text: (row) => context.share(row.needed), fill: INK, fontWeight: 600 }),
      ],
    }),
    table: break_even,
    columns: ["provider", "trajectories", "ended", "seen", "cost_cents", "tariff_cents", "needed"],
    rows: told.concat(rows.filter((row) => !known("needed")(row))),
  });
}

// Goals, dropout and satisfaction: what nobody answered is shown as that.
function results_by_pic(context, results) {
  const overall = context.pick(results, { profile: SOME, intensity: SOME, municipality: null, provider: null });
  const rows = (overall.length ? overall : context.pick(results, { profile: SOME, intensity: SOME, provider: null })).sort((a, b) => (b.ended ?? 0) - (a.ended ?? 0));
  const shown = rows.filter((row) => row.ended && known("goal_reached")(row)).slice(0, 14);
  const name = (row) => `${pic_name(context, row)}${row.segment === "HIGHLY_SPECIALIST" ? " (h)" : ""}`;
  return figure(context, {
    wide: true,
    title: context.of(
      [context.figure(results, rows, "goal_reached", { op: "sum" }), " van ", context.figure(results, rows, "ended", { op: "sum" }), " beëindigde trajecten bereikten het doel; van ", context.figure(results, rows, "goal_missing", { op: "sum" }), " is het niet ingevuld"],
      [context.figure(results, rows, "goal_reached", { op: "sum" }), " of ", context.figure(results, rows, "ended", { op: "sum" }), " ended trajectories reached their goal; for ", context.figure(results, rows, "goal_missing", { op: "sum" }), " nobody answered"]),
    lead: context.of("De PIC’s met de meeste beëindigde trajecten; (h) is hoog-specialistisch.", "The PICs with most ended trajectories; (h) is highly specialist."),
    key: [["bar accent", context.of("doel bereikt", "goal reached")], ["bar middle", context.of("niet bereikt", "not reached")], ["bar hatch", context.of("niet ingevuld", "not answered")]],
    chart: (width, label) => {
      const bars = shown.flatMap((row) => [["goal_reached", ACCENT], ["goal_not_reached", MIDDLE], ["goal_missing", "url(#hatch)"]].map(([column, fill]) => ({ name: name(row), fill, value: (row[column] ?? 0) / row.ended })));
      return draw(width, label, {
        height: shown.length * step(width, 28) + 40,
        marginTop: 6,
        marginLeft: width < NARROW ? 156 : 300,
        marginRight: 20,
        y: { domain: shown.map(name), padding: 0.3 },
        x: { domain: [0, 1] },
        marks: [
          names_axis(width < NARROW ? 156 : 300),
          Plot.axisX({ ticks: 4, tickSize: 0, tickFormat: (value) => context.share(value) }),
          Plot.barX(bars, { y: "name", x: "value", fill: "fill" }),
          Plot.text(shown.filter((row) => row.goal_reached / row.ended > 0.12), { y: name, x: (row) => row.goal_reached / row.ended / 2, text: (row) => context.share(row.goal_reached / row.ended), fill: "white", fontWeight: 600 }),
        ],
      });
    },
    table: results,
    columns: ["segment", "profile", "intensity", ...(overall.length ? [] : ["municipality"]), "ended", "goal_reached", "goal_not_reached", "goal_missing", "dropped_out", "not_dropped_out", "dropout_missing", "satisfaction", "satisfaction_answers", "satisfaction_missing", "median_days", "watched", "relapsed"],
    rows,
  });
}

function marks_by_pic(context, results) {
  const overall = context.pick(results, { profile: SOME, intensity: SOME, municipality: null, provider: null });
  const rows = (overall.length ? overall : context.pick(results, { profile: SOME, intensity: SOME, provider: null })).filter(known("satisfaction")).sort((a, b) => b.satisfaction - a.satisfaction);
  if (rows.length < 2) return null;
  const name = (row) => `${pic_name(context, row)}${row.segment === "HIGHLY_SPECIALIST" ? " (h)" : ""}`;
  const shown = rows.length > 14 ? [...rows.slice(0, 7), ...rows.slice(-7)] : rows;
  return figure(context, {
    title: context.of(
      ["De tevredenheid loopt van ", context.figure(results, rows[rows.length - 1], "satisfaction"), " tot ", context.figure(results, rows[0], "satisfaction")],
      ["Satisfaction ranges from ", context.figure(results, rows[rows.length - 1], "satisfaction"), " to ", context.figure(results, rows[0], "satisfaction")]),
    lead: context.of("Gemiddeld cijfer van wie antwoordde: de hoogste en de laagste PIC’s.", "Mean mark of those who answered: the highest and the lowest PICs."),
    chart: (width, label) => draw(width, label, {
      height: shown.length * step(width, 28) + 40,
      marginTop: 6,
      marginLeft: width < NARROW ? 156 : 230,
      marginRight: 44,
      y: { domain: shown.map(name), padding: 0.3 },
      x: { domain: [1, 10], ticks: [1, 4, 7, 10] },
      marks: [
        names_axis(width < NARROW ? 156 : 230),
        Plot.axisX([1, 4, 7, 10], { tickSize: 0 }),
        Plot.ruleY(shown, { y: name, x1: 1, x2: "satisfaction", stroke: LINE, strokeWidth: 2 }),
        Plot.dot(shown, { y: name, x: "satisfaction", r: 5, fill: ACCENT }),
        Plot.text(shown, { y: name, x: "satisfaction", dx: 10, textAnchor: "start", text: (row) => context.of(row.satisfaction.toFixed(1).replace(".", ","), row.satisfaction.toFixed(1)), fill: QUIET, fontWeight: 600 }),
      ],
    }),
    table: results,
    columns: ["segment", "profile", "intensity", "satisfaction", "satisfaction_answers", "satisfaction_missing"],
    rows,
  });
}

export async function pic(context) {
  const { pic_costs, break_even, results } = await context.load("pic-costs", "break-even", "results");
  const overall = context.pick(pic_costs, { profile: SOME, intensity: SOME, municipality: null, provider: null });
  const [all] = context.pick(break_even, { provider: null });
  const some = context.pick(results, { profile: SOME, intensity: SOME, municipality: null, provider: null });
  const narrowed = context.address.profile || context.address.intensity || context.municipality || context.address.provider;
  const segments = [...new Set(overall.map((row) => row.segment))];
  return [
    headline([
      all && [context.figure(break_even, all, "needed"), context.of("van het PIC-tarief hebben aanbieders samen nodig om uit te komen", "of the PIC tariff is what providers together need to break even")],
      overall.some(known("needed")) && [context.figure(pic_costs, overall.filter(too_low), "needed", { op: "count" }),
        context.of(["van ", context.figure(pic_costs, overall.filter(known("needed")), "needed", { op: "count" }), " tarieven liggen onder de gemiddelde kosten"], ["of ", context.figure(pic_costs, overall.filter(known("needed")), "needed", { op: "count" }), " tariffs are below the mean cost"])],
      some.length > 0 && [context.figure(results, some, "ended", { op: "sum" }), context.of("trajecten zijn beëindigd", "trajectories have ended")],
      some.length > 0 && [context.figure(results, some, "dropped_out", { op: "sum" }), context.of("daarvan stopten voortijdig", "of those dropped out")],
    ]),
    segments.map((segment) => costs_of_segment(context, pic_costs, segment)),
    narrowed && costs_over(context, pic_costs, "municipality"),
    narrowed && costs_over(context, pic_costs, "provider"),
    results_by_pic(context, results),
    to_break_even(context, break_even),
    marks_by_pic(context, results),
  ];
}

