// Transition: who is paid how, who still has to move, and how each decision moved the plan.
import { h } from "../dom.js";
import * as Plot from "../plot.js";
import { ACCENT, GREY, INK, MIDDLE, NARROW, PALE, QUIET, apart, count_axis, draw, month_axis, names_axis, short, LINE } from "../charts.js";
import { SOME } from "../context.js";
import { figure, headline } from "../figure.js";
import { known, last } from "./shared.js";

const SHARES = [
  { swatch: "accent", fill: ACCENT, of: (row) => row.clients_pic_funding, words: ["met PIC, betaald per PIC", "with a PIC, paid by PIC"] },
  { swatch: "middle", fill: MIDDLE, of: (row) => row.clients_pic_content - row.clients_pic_funding, words: ["met PIC, betaald per product", "with a PIC, paid by product"] },
  { swatch: "pale", fill: PALE, of: (row) => row.clients - row.clients_pic_content, words: ["zonder PIC", "without a PIC"] },
];

// Totals over segments where there are any; otherwise each segment's own rows.
function paths_here(context, paths) {
  const total = context.here(paths, { segment: null, month: SOME });
  return total.length ? total : context.here(paths, { segment: SOME, month: SOME });
}

function who_is_paid_how(context, paths) {
  const rows = paths_here(context, paths);
  const newest = last(rows.filter((row) => row.clients > 0));
  return figure(context, {
    wide: true,
    title: newest
      ? context.of(
          ["In ", context.figure(paths, newest, "month"), " had ", context.figure(paths, newest, "clients_pic_content", { op: "ratio", by: "clients" }), " van de jeugdigen een PIC en werd ", context.figure(paths, newest, "clients_pic_funding", { op: "ratio", by: "clients" }), " zo betaald"],
          ["In ", context.figure(paths, newest, "month"), " ", context.figure(paths, newest, "clients_pic_content", { op: "ratio", by: "clients" }), " of the young people had a PIC and ", context.figure(paths, newest, "clients_pic_funding", { op: "ratio", by: "clients" }), " were paid that way"])
      : context.of("Wie wordt hoe betaald", "Who is paid how"),
    key: SHARES.map(({ swatch, words }) => [`bar ${swatch}`, context.say.of(words)]),
    chart: (width, label) => {
      const told = rows.filter((row) => known("clients_pic_funding")(row) && known("clients_pic_content")(row) && known("clients")(row));
      const bars = SHARES.flatMap(({ fill, of }) => told.map((row) => ({ month: row.month, fill, value: of(row) })));
      return draw(width, label, {
        height: 300,
        marginLeft: 56,
        x: { type: "band", padding: 0.12 },
        marks: [...count_axis(context), month_axis(context, width), Plot.barY(bars, { x: "month", y: "value", fill: "fill" }), Plot.ruleY([0], { stroke: INK })],
      });
    },
    table: paths,
    columns: ["month", "segment", "planned_content", "planned_funding", "clients", "clients_pic_content", "clients_pic_funding"],
    rows,
  });
}

// A line for each municipality: those on the same path run together.
function two_speeds(context, paths) {
  if (context.municipality) return null;
  const all = context.pick(paths, { municipality: SOME, month: SOME });
  const total = all.filter((row) => row.segment === null);
  const rows = total.length ? total : all;
  const of = (row) => row.clients_pic_funding / row.clients;
  const told = rows.filter((row) => row.clients && known("clients_pic_funding")(row));
  const ends = [...new Set(told.map((row) => row.municipality))].map((code) => last(told.filter((row) => row.municipality === code))).sort((a, b) => of(b) - of(a));
  if (!ends.length) return null;
  const [fast] = ends, slow = last(ends);
  const stands_out = new Set([slow.municipality]);
  return figure(context, {
    title: context.of(
      ["Twee snelheden: van ", context.figure(paths, fast, "clients_pic_funding", { op: "ratio", by: "clients" }), " per PIC betaald in ", context.figure(paths, fast, "municipality"), " tot ", context.figure(paths, slow, "clients_pic_funding", { op: "ratio", by: "clients" }), " in ", context.figure(paths, slow, "municipality")],
      ["Two speeds: from ", context.figure(paths, fast, "clients_pic_funding", { op: "ratio", by: "clients" }), " paid by PIC in ", context.figure(paths, fast, "municipality"), " to ", context.figure(paths, slow, "clients_pic_funding", { op: "ratio", by: "clients" }), " in ", context.figure(paths, slow, "municipality")]),
    lead: context.of("Deel van de jeugdigen dat per PIC wordt betaald, per gemeente.", "Share of young people paid by PIC, by municipality."),
    chart: (width, label) => {
      const top = Math.max(0.05, ...told.map(of));
      const height = 300, inner = height - 56;
      const place = (value) => 24 + (inner - 10) * (1 - value / top);
      const one_speed = ends.length > 1 && of(fast) === of(slow);
      const shown = one_speed ? [fast] : width < NARROW ? [fast, slow] : ends;
      const end_label = (row) => (one_speed ? context.of("alle gemeenten", "all municipalities") : short(context.municipality_name(row.municipality), width < NARROW ? 13 : 21));
      const labels = apart(shown.map((row) => ({ y: of(row), row })), place, 16);
      return draw(width, label, {
        height,
        marginLeft: 48,
        marginRight: width < NARROW ? 96 : 160,
        x: { type: "point" },
        y: { domain: [0, top], nice: false, insetBottom: 10 },
        marks: [
          Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 4 }),
          Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: (value) => context.share(value) }),
          month_axis(context, width),
          Plot.lineY(told, { x: "month", y: of, z: "municipality", stroke: (row) => (stands_out.has(row.municipality) ? ACCENT : GREY), strokeWidth: (row) => (stands_out.has(row.municipality) ? 3 : 1.5) }),
          Plot.ruleY([0], { stroke: INK }),
          ...labels.map(({ row, at }) => Plot.text([row], { x: "month", y: of, dx: 8, dy: at - place(of(row)), textAnchor: "start", stroke: "white", strokeWidth: 5, text: () => end_label(row), fill: stands_out.has(row.municipality) ? ACCENT : QUIET, fontWeight: stands_out.has(row.municipality) ? 700 : 400 })),
        ],
      });
    },
    table: paths,
    columns: ["municipality", "segment", "month", "planned_content", "planned_funding", "clients", "clients_pic_content", "clients_pic_funding"],
    rows,
  });
}

function still_to_move(context, to_move) {
  const all = context.pick(to_move, context.municipality ? { municipality: context.municipality } : { municipality: SOME });
  const totals = all.filter((row) => row.segment === null);
  const rows = (totals.length ? totals : all).sort((a, b) => (b.clients ?? 0) - (a.clients ?? 0));
  const [region] = context.here(to_move, { segment: null });
  return figure(context, {
    title: region
      ? context.of(
          [context.figure(to_move, region, "clients"), " jeugdigen moeten nog over, ", context.figure(to_move, region, "moved_clients"), " gingen al"],
          [context.figure(to_move, region, "clients"), " young people still have to move, ", context.figure(to_move, region, "moved_clients"), " have moved"])
      : context.of("Wie nog over moet", "Who still has to move"),
    key: [["bar accent", context.of("al over", "moved")], ["bar pale", context.of("moet nog over", "still to move")]],
    chart: (width, label) => {
      const name = (row) => context.municipality_name(row.municipality ?? "");
      const told = rows.filter((row) => row.municipality);
      const moved = (row) => (known("moved_clients")(row) ? context.count(row.moved_clients) : "·");
      const left = (row) => (known("clients")(row) ? context.count(row.clients) : "·");
      const bars = told.flatMap((row) => [{ name: name(row), value: row.moved_clients ?? 0, fill: ACCENT }, { name: name(row), value: row.clients ?? 0, fill: PALE }]);
      return draw(width, label, {
        height: new Set(bars.map((bar) => bar.name)).size * 30 + 16,
        marginTop: 6,
        marginBottom: 6,
        marginLeft: width < NARROW ? 118 : 160,
        marginRight: 116,
        y: { domain: [...new Set(told.map(name))], padding: 0.3 },
        x: { axis: null },
        marks: [
          names_axis(width < NARROW ? 118 : 160),
          Plot.barX(bars, { y: "name", x: "value", fill: "fill" }),
          Plot.text(told, { y: name, x: (row) => (row.clients ?? 0) + (row.moved_clients ?? 0), dx: 6, textAnchor: "start", text: (row) => context.of(`${moved(row)} over, ${left(row)} nog`, `${moved(row)} moved, ${left(row)} to go`), fill: INK, fontWeight: 600 }),
          Plot.ruleX([0], { stroke: INK }),
        ],
      });
    },
    table: to_move,
    columns: ["municipality", "segment", "clients", "allocations", "moved_clients"],
    rows: [...rows, ...(region && !rows.includes(region) ? [region] : [])],
  });
}

// The plan of each decision, and what became of it.
function plans_and_reality(context, plans) {
  const total = context.here(plans, { segment: null, month: SOME });
  const rows = total.length ? total : context.here(plans, { segment: "SPECIALIST", month: SOME });
  const newest = last(rows.filter((row) => known("real_share")(row)));
  const books = [...new Set(rows.map((row) => row.book))].sort((a, b) => a - b);
  const title_of = (book) => context.book_name(context.region.books.find((one) => one.number === book));
  const planned = newest && last(rows.filter((row) => row.month === newest.month && known("planned_share")(row)));
  return figure(context, {
    wide: true,
    title: planned
      ? context.of(
          ["Het laatste plan zei ", context.figure(plans, planned, "planned_share"), " per PIC betaald in ", context.figure(plans, planned, "month"), "; het werd ", context.figure(plans, newest, "real_share")],
          ["The latest plan said ", context.figure(plans, planned, "planned_share"), " paid by PIC in ", context.figure(plans, planned, "month"), "; it became ", context.figure(plans, newest, "real_share")])
      : context.of("Plan en werkelijkheid", "Plan and reality"),
    lead: context.of("Elke stippellijn is het plan van één besluit; de dikke lijn is wat er gebeurde.", "Each dotted line is the plan of one decision; the thick line is what happened."),
    chart: (width, label) => {
      const real = [...new Map(rows.filter(known("real_share")).map((row) => [row.month, row])).values()];
      const height = 320, inner = height - 56;
      const top = Math.max(0.1, ...rows.map((row) => row.planned_share ?? 0), ...real.map((row) => row.real_share));
      const place = (value) => 24 + (inner - 10) * (1 - value / top);
      const ends = books.map((book) => last(rows.filter((row) => row.book === book && known("planned_share")(row)))).filter(Boolean);
      const labels = apart([
        ...ends.map((row) => ({ y: row.planned_share, month: row.month, text: `${row.book}: ${title_of(row.book)}`, fill: QUIET })),
        ...(real.length ? [{ y: last(real).real_share, month: last(real).month, text: context.of("werkelijkheid", "reality"), fill: ACCENT, bold: true }] : []),
      ], place, 16);
      const narrow = width < NARROW;
      return draw(width, label, {
        height,
        marginLeft: 48,
        marginRight: narrow ? 92 : 300,
        x: { type: "point" },
        y: { domain: [0, top], nice: false, insetBottom: 10 },
        marks: [
          Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 5 }),
          Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (value) => context.share(value) }),
          month_axis(context, width),
          Plot.lineY(rows, { x: "month", y: (row) => row.planned_share ?? NaN, z: "book", stroke: GREY, strokeWidth: 1.5, strokeDasharray: "4 3", curve: "step" }),
          Plot.lineY(real, { x: "month", y: "real_share", stroke: ACCENT, strokeWidth: 3.5 }),
          Plot.ruleY([0], { stroke: INK }),
          ...labels.map(({ y, at, month, text, fill, bold }) => Plot.text([{ y, month }], { x: "month", y: "y", dx: 8, dy: at - place(y), textAnchor: "start", stroke: "white", strokeWidth: 5, text: () => short(text, narrow ? 13 : 46), fill, fontWeight: bold ? 700 : 400 })),
        ],
      });
    },
    table: plans,
    columns: ["book", "slug", "known_day", "segment", "month", "clients", "planned_share", "real_share"],
    rows,
  });
}

function without_contract(context, uncovered) {
  const rows = context.pick(uncovered, { municipality: SOME, provider: SOME, segment: SOME });
  return figure(context, {
    wide: true,
    title: rows.length
      ? context.of([context.figure(uncovered, rows, "allocations", { op: "sum" }), " toewijzingen hebben dagen die geen contract dekt"], [context.figure(uncovered, rows, "allocations", { op: "sum" }), " allocations have days that no contract covers"])
      : context.of("Geen zorg zonder contract", "No care without a contract"),
    table: uncovered,
    columns: ["municipality", "provider", "segment", "clients", "allocations", "first_day", "last_day"],
    rows,
    open: true,
    empty: context.of("Tot het einde van het jaar heeft alle toegewezen zorg een contract.", "Until the end of the year all allocated care has a contract."),
  });
}

// The decisions that changed the rules, in order.
function decisions(context) {
  const { books } = context.region;
  if (!books?.length) return null;
  return h("section", { class: "panel wide" },
    h("h2", { class: "nl-heading nl-heading--level-4 statement" }, context.of("De besluiten die de regels veranderden", "The decisions that changed the rules")),
    h("ol", { class: "books" }, books.map((book) =>
      h("li", {}, h("span", { class: "when" }, context.day(book.known_day)), h("span", {}, h("strong", {}, `${book.number}. `), context.book_name(book))))));
}

export async function transition(context) {
  const { funding_paths, to_move, plans, uncovered } = await context.load("funding-paths", "to-move", "plans", "uncovered");
  const newest = last(paths_here(context, funding_paths).filter((row) => row.clients > 0));
  const [move] = context.here(to_move, { segment: null });
  const [open] = context.here(uncovered, { provider: context.address.provider ?? null, segment: null });
  return [
    headline([
      newest && [context.figure(funding_paths, newest, "clients_pic_content"), context.of("jeugdigen hebben een PIC, met resultaten die zijn afgesproken", "young people have a PIC, with results agreed")],
      newest && [context.figure(funding_paths, newest, "clients_pic_funding"), context.of("van hen worden ook per PIC betaald", "of them are also paid by PIC")],
      move && [context.figure(to_move, move, "clients"), context.of("moeten volgens de afspraken nog over", "still have to move, by the agreements")],
      open && [context.figure(uncovered, open, "clients"), context.of("krijgen zorg op dagen zonder contract", "receive care on days without a contract")],
    ]),
    who_is_paid_how(context, funding_paths),
    two_speeds(context, funding_paths),
    still_to_move(context, to_move),
    plans_and_reality(context, plans),
    without_contract(context, uncovered),
    decisions(context),
  ];
}

