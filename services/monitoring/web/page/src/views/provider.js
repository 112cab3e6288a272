// Provider: what a contract manager opens every week.
import * as Plot from "../plot.js";
import { ACCENT, INK, NARROW, MIDDLE, WARN, draw, money_axis, month_axis, names_axis } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { known, named_bars } from "./shared.js";

const LARGE = 12;

// A name and its code: names of providers repeat each other's words.
const named = (context, code) => context.named("provider", code);

function shares(context, providers, rows) {
  const large = rows.slice(0, LARGE);
  return figure(context, {
    wide: true,
    title: context.of(
      ["De ", String(large.length), " grootste aanbieders leveren ", context.figure(providers, large, "share", { op: "sum" }), " van de zorg"],
      ["The ", String(large.length), " largest providers deliver ", context.figure(providers, large, "share", { op: "sum" }), " of the care"]),
    lead: context.of("Aandeel in de goedgekeurde bedragen van het jaar.", "Share of the amounts approved in the year."),
    chart: (width, label) => named_bars(context, width, label, large.map((row) => ({ name: named(context, row.provider), value: row.share })), { format: (value) => context.share(value, 1), left: width < NARROW ? 130 : 240 }),
    table: providers,
    columns: ["provider", "clients", "lines", "cents", "rejected_lines", "share"],
    rows,
  });
}

function by_month(context, provider_months, code) {
  const rows = context.pick(provider_months, { provider: code, month: SOME });
  const best = rows.filter(known("cents")).reduce((a, b) => (!a || b.cents > a.cents ? b : a), null);
  return figure(context, {
    wide: true,
    title: best
      ? context.of(
          ["In ", context.figure(provider_months, best, "month"), " werd het meest goedgekeurd: ", context.figure(provider_months, best, "cents")],
          ["Most was approved in ", context.figure(provider_months, best, "month"), ": ", context.figure(provider_months, best, "cents")])
      : context.of("Goedgekeurd per maand", "Approved by month"),
    chart: (width, label) => draw(width, label, {
      height: 280,
      marginLeft: 72,
      x: { type: "band", padding: 0.28 },
      marks: [...money_axis(context), month_axis(context, width), Plot.barY(rows, { x: "month", y: (row) => row.cents ?? 0, fill: ACCENT }), Plot.ruleY([0], { stroke: INK })],
    }),
    table: provider_months,
    columns: ["month", "cents", "lines"],
    rows,
  });
}

// Lines that bounce: a share of what a provider declared.
function rejected(context, providers, rows) {
  const of = (row) => row.rejected_lines / (row.lines + row.rejected_lines);
  const told = rows.filter((row) => known("rejected_lines")(row) && row.lines).sort((a, b) => of(b) - of(a));
  const [worst] = told;
  return figure(context, {
    wide: true,
    title: worst
      ? context.of(
          ["Bij ", context.figure(providers, worst, "provider"), " komen de meeste regels terug: ", context.figure(providers, worst, "rejected_lines"), " afgekeurd tegen ", context.figure(providers, worst, "lines"), " goedgekeurd"],
          ["Most lines bounce at ", context.figure(providers, worst, "provider"), ": ", context.figure(providers, worst, "rejected_lines"), " rejected against ", context.figure(providers, worst, "lines"), " approved"])
      : context.of("Afgekeurde regels", "Rejected lines"),
    chart: (width, label) => named_bars(context, width, label, told.slice(0, 10).map((row) => ({ name: named(context, row.provider), value: of(row) })), { format: (value) => context.share(value, 1), fill: WARN }),
    table: providers,
    columns: ["provider", "lines", "rejected_lines"],
    rows: told,
  });
}

function uncovered_care(context, uncovered) {
  const rows = context.pick(uncovered, { municipality: SOME, provider: SOME, segment: SOME });
  return figure(context, {
    wide: true,
    title: rows.length
      ? context.of([context.figure(uncovered, rows, "allocations", { op: "sum" }), " toewijzingen hebben dagen zonder contract"], [context.figure(uncovered, rows, "allocations", { op: "sum" }), " allocations have days without a contract"])
      : context.of("Alle zorg is door een contract gedekt", "All care is covered by a contract"),
    table: uncovered,
    columns: ["provider", "municipality", "segment", "clients", "allocations", "first_day", "last_day"],
    rows,
    open: true,
    empty: context.of("Tot het einde van het jaar heeft alle toegewezen zorg een contract.", "Until the end of the year all allocated care has a contract."),
  });
}

function results_of(context, results, code) {
  const rows = code ? context.pick(results, { provider: code }) : [];
  if (!code || !results) return null;
  return figure(context, {
    wide: true,
    title: context.of(
      [context.figure(results, rows, "goal_reached", { op: "sum" }), " van ", context.figure(results, rows, "ended", { op: "sum" }), " beëindigde trajecten bereikten het doel"],
      [context.figure(results, rows, "goal_reached", { op: "sum" }), " of ", context.figure(results, rows, "ended", { op: "sum" }), " ended trajectories reached their goal"]),
    chart: (width, label) => {
      const bars = rows.filter((row) => row.ended).slice(0, 14).flatMap((row) => {
        const name = `${context.named("profile", row.profile)}, ${context.short_code(row.intensity)}`;
        return [["goal_reached", ACCENT], ["goal_not_reached", MIDDLE], ["goal_missing", "url(#hatch)"]].map(([column, fill]) => ({ name, fill, value: row[column] ?? 0 }));
      });
      return draw(width, label, {
        height: new Set(bars.map((bar) => bar.name)).size * 28 + 40,
        marginLeft: width < NARROW ? 130 : 300,
        x: { ticks: 4 },
        marks: [
          names_axis(width < NARROW ? 130 : 300),
          Plot.barX(bars, { y: "name", x: "value", fill: "fill" }),
          Plot.ruleX([0], { stroke: INK }),
        ],
      });
    },
    key: [["bar accent", context.of("doel bereikt", "goal reached")], ["bar middle", context.of("niet bereikt", "not reached")], ["bar hatch", context.of("niet ingevuld", "not answered")]],
    table: results,
    columns: ["segment", "profile", "intensity", "ended", "goal_reached", "goal_not_reached", "goal_missing", "dropped_out", "satisfaction", "median_days"],
    rows,
  });
}

export async function provider(context) {
  const { providers, provider_months, uncovered, results, break_even } = await context.load("providers", "provider-months", "uncovered", "results", "break-even");
  const code = context.address.provider;
  // Over all municipalities where the region is asked, otherwise within the one.
  const all = context.pick(providers, { provider: SOME, municipality: context.municipality });
  const rows = all.sort((a, b) => (b.cents ?? 0) - (a.cents ?? 0));
  const mine = code && rows.find((row) => row.provider === code);
  const even = code && context.pick(break_even, { provider: code })[0];
  return [
    mine && headline([
      [context.figure(providers, mine, "cents"), context.of(["goedgekeurd, ", context.figure(providers, mine, "share"), " van alle zorg"], ["approved, ", context.figure(providers, mine, "share"), " of all care"])],
      [context.figure(providers, mine, "clients"), context.of("jeugdigen kregen hier zorg", "young people received care here")],
      [context.figure(providers, mine, "rejected_lines"), context.of(["regels afgekeurd, tegen ", context.figure(providers, mine, "lines"), " goedgekeurd"], ["lines rejected, against ", context.figure(providers, mine, "lines"), " approved"])],
      even && [context.figure(break_even, even, "needed"), context.of("van het PIC-tarief is nodig om uit te komen", "of the PIC tariff is needed to break even")],
    ]),
    !mine && rows.length > 0 && headline([
      [context.figure(providers, rows, "provider", { op: "count" }), context.of("aanbieders met goedgekeurde zorg", "providers with approved care")],
      [context.figure(providers, rows, "cents", { op: "sum" }), context.of("is goedgekeurd", "has been approved")],
      [context.figure(providers, rows, "rejected_lines", { op: "sum" }), context.of("regels zijn afgekeurd", "lines were rejected")],
    ]),
    code ? by_month(context, provider_months, code) : shares(context, providers, rows),
    results_of(context, results, code),
    !code && rejected(context, providers, rows),
    uncovered_care(context, uncovered),
  ];
}
