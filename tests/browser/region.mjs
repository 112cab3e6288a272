// Region: an invented region whose figures hang together, as rows of the API's tables.
//
// The same question has the same answer: figures come from a digest of what they are of.

const NAMES = {
  "0503": ["Delft", 0.091], "0518": ["’s-Gravenhage", 0.477], 1916: ["Leidschendam-Voorburg", 0.067], 1842: ["Midden-Delfland", 0.017],
  1926: ["Pijnacker-Nootdorp", 0.048], "0603": ["Rijswijk", 0.048], "0626": ["Voorschoten", 0.022], "0629": ["Wassenaar", 0.023],
  1783: ["Westland", 0.097], "0637": ["Zoetermeer", 0.11],
};
const CODES = Object.keys(NAMES).sort();
const THE_HAGUE = "0518";
const YEAR_CENTS = 30_000_000_000;
const PROVIDERS = Array.from({ length: 37 }, (_, i) => ({ code: String(90000001 + i), name: `Synthetische aanbieder ${String(i + 1).padStart(2, "0")}` }));
const PROFILES = ["Opgroeien en opvoeden", "Gedrag", "Angst en stemming", "Trauma en hechting", "Ontwikkeling en autisme", "Licht verstandelijke beperking", "Lichamelijke of zintuiglijke beperking", "Veiligheid in het gezin", "Zelfstandig worden"].map((name, i) => ({ code: `P${i + 1}`, name }));
const INTENSITIES = [["PERSPECTIEF", "Kort, gericht op herstel"], ["INTENSIEF", "Zwaar, gericht op herstel"], ["DUURZAAM_LICHT", "Blijvend, licht"], ["DUURZAAM_ZWAAR", "Blijvend, zwaar"]].map(([code, name]) => ({ code, name }));
const SEGMENTS = [{ code: "SPECIALIST", name: "Specialistische jeugdhulp" }, { code: "HIGHLY_SPECIALIST", name: "Hoog-specialistische jeugdhulp" }];
const BOOKS = [
  [1, "pxq-contracts-to-2019", "2014-12-31", "Contracten op prijs × hoeveelheid tot en met 2019"],
  [2, "phased-introduction", "2019-04-01", "Gefaseerde invoering resultaatgerichte bekostiging"],
  [3, "bridging-contracts-2020", "2019-12-13", "Overbruggingscontracten 2020, volgens het plan van 2019"],
  [4, "two-development-years", "2020-06-15", "Voortzetting productiebekostiging en twee ontwikkeljaren"],
  [5, "tariff-table-2020", "2020-09-15", "Tarieventafel 2020, na de uitspraak van het gerechtshof"],
].map(([number, slug, known_day, decision]) => ({ number, slug, known_day, decision }));
export const NEWEST_DAY = "2020-12-31";

export const READERS = {
  "region-token-of-sixteen": { name: "regiobureau", exact: "*" },
  "hague-token-of-sixteen": { name: "control-denhaag", exact: ["0518"] },
  "council-token-of-sixteen": { name: "raad", exact: [] },
};

export function region(reader) {
  const sees_some = reader.exact === "*" || reader.exact.length > 0;
  return {
    name: "Haaglanden", newest_day: NEWEST_DAY, years: [2019, 2020], reader,
    municipalities: CODES.map((code) => ({ code, name: NAMES[code][0] })),
    providers: sees_some ? PROVIDERS : [],
    segments: SEGMENTS, profiles: PROFILES, intensities: INTENSITIES, books: BOOKS, synthetic: true,
  };
}

// Between 0 and 1, always the same for the same words.
function chance(...words) {
  let state = 2166136261;
  for (const letter of words.join("/")) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  state ^= state >>> 15;
  state = Math.imul(state, 2246822519);
  state ^= state >>> 13;
  return (state >>> 0) / 4294967296;
}
const around = (value, spread, ...words) => Math.round(value * (1 + spread * (2 * chance(...words) - 1)));
const months = (year) => Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);
const share_of = (code) => (code ? NAMES[code][1] : 1);
const shared = (value) => Math.round(value * 10_000) / 10_000;

// Of a month of service, the part that was declared by the day on which it is asked.
function run_in(month, known_on) {
  const open = (Number(known_on.slice(0, 4)) - Number(month.slice(0, 4))) * 12 + Number(known_on.slice(5, 7)) - Number(month.slice(5, 7));
  return open < 0 ? 0 : [0.34, 0.79, 0.91, 0.955, 0.98, 0.99][open] ?? 1;
}
const growth = (month) => 1 + 0.004 * ((Number(month.slice(0, 4)) - 2019) * 12 + Number(month.slice(5)) - 1);
const worth = (code, month) => around((YEAR_CENTS / 12) * 0.965 * share_of(code) * growth(month), 0.04, "worth", code, month);

const KINDS = [["SPECIALIST", "NONE", "PXQ"], ["SPECIALIST", "PIC", "PXQ"], ["SPECIALIST", "PIC", "PIC"], ["HIGHLY_SPECIALIST", "NONE", "PXQ"], ["HIGHLY_SPECIALIST", "PIC", "PXQ"]];

// The part of a municipality's care that each kind is, in a month.
function kind_share(code, month, [segment, content, funding]) {
  const in_2020 = month >= "2020" ? Number(month.slice(5)) / 12 : 0;
  const pic = Math.min(0.5, in_2020 * (0.42 + 0.1 * chance("pic", code)));
  const high = segment === "HIGHLY_SPECIALIST" ? 0.27 : 0.73;
  if (content === "NONE") return high * (1 - pic);
  if (segment === "HIGHLY_SPECIALIST") return high * pic;
  const paid_so = code === THE_HAGUE ? 0 : 0.86;
  return high * pic * (funding === "PIC" ? paid_so : 1 - paid_so);
}

const add = (rows, columns) => Object.fromEntries(columns.map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]));

function* spending_of(code, { year, known_on }) {
  const cells = KINDS.flatMap((kind) => months(year).map((month) => {
    const cents = Math.round(worth(code, month) * kind_share(code, month, kind) * run_in(month, known_on));
    return { municipality: code, segment: kind[0], content: kind[1], funding: kind[2], month, clients: Math.round(cents / 118_000), lines: Math.round(cents / 96_000), cents };
  })).filter((row) => row.cents > 0);
  const figures = ["clients", "lines", "cents"];
  const year_of = (rows) => ({ month: null, ...add(rows, figures), clients: Math.round(add(rows, ["clients"]).clients * 0.149) });
  for (const [segment, content, funding] of KINDS) {
    const rows = cells.filter((row) => row.segment === segment && row.content === content && row.funding === funding);
    if (rows.length) yield* [...rows, { municipality: code, segment, content, funding, ...year_of(rows) }];
  }
  for (const month of months(year)) yield { municipality: code, segment: null, content: null, funding: null, month, ...add(cells.filter((row) => row.month === month), figures) };
  yield { municipality: code, segment: null, content: null, funding: null, ...year_of(cells) };
}

// Each municipality asked, and the region where all are.
const places = ({ municipality }) => (municipality ? [municipality] : [...CODES, null]);

const budget_of = (code, year) => (code ? Math.round((YEAR_CENTS * NAMES[code][1] * (0.99 + 0.05 * chance("budget", code, year))) / 12) : CODES.reduce((sum, one) => sum + budget_of(one, year), 0));

function budgets_of(code, { year, known_on }) {
  const budget = budget_of(code, year);
  const rows = months(year).map((month) => {
    const all = worth(code, month), part = run_in(month, known_on);
    return {
      municipality: code, month, budget_cents: budget, granted_cents: Math.round(all * 1.09), declared_cents: Math.round(all * part * 1.016),
      approved_cents: Math.round(all * part), paid_cents: Math.round(all * part * 0.93), expected_cents: all, open_corrections_cents: Math.round(all * part * 0.004),
    };
  });
  return [...rows, { municipality: code, month: null, ...add(rows, Object.keys(rows[0]).slice(2)) }];
}

function forecast_of(code, { year, known_on }) {
  const rows = months(year).map((month) => {
    const all = worth(code, month), part = run_in(month, known_on);
    const doubt = part >= 1 ? 0 : (1 - part) * 0.11;
    return { municipality: code, month, known_cents: Math.round(all * part), expected_cents: all, low_cents: Math.round(all * (1 - doubt)), high_cents: Math.round(all * (1 + doubt)), method: part > 0.5 ? "RUN_OFF" : "GRANTED", budget_cents: null, passes_budget: null, may_pass_budget: null };
  });
  const year_row = { municipality: code, month: null, ...add(rows, ["known_cents", "expected_cents", "low_cents", "high_cents"]), method: null, budget_cents: 12 * budget_of(code, year) };
  return [...rows, { ...year_row, passes_budget: year_row.expected_cents > year_row.budget_cents, may_pass_budget: year_row.high_cents > year_row.budget_cents }];
}

function pics({ profile, intensity }) {
  return SEGMENTS.flatMap(({ code: segment }) => PROFILES.flatMap((one) => INTENSITIES.map((other) => ({ segment, profile: one.code, intensity: other.code }))))
    .filter((pic) => (!profile || pic.profile === profile) && (!intensity || pic.intensity === intensity));
}

function tariff(pic) {
  const base = { PERSPECTIEF: 366_000, INTENSIEF: 792_000, DUURZAAM_LICHT: 486_000, DUURZAAM_ZWAAR: 1_272_000 }[pic.intensity];
  return Math.round(around(base, 0.12, "tariff", pic.profile) * (pic.segment === "HIGHLY_SPECIALIST" ? 1.8 : 1) / 1200) * 1200;
}

function cost_row(pic, municipality, provider, size) {
  const words = [pic.segment, pic.profile, pic.intensity, municipality, provider];
  const trajectories = Math.round(size * (0.4 + chance("n", ...words)));
  const open = Math.round(trajectories * 0.3);
  const few = trajectories - open < 5;
  const median = around(tariff(pic) * 1.01, 0.16, "median", ...words);
  const first = Math.round(median * (0.72 + 0.08 * chance("q1", ...words))), third = Math.round(median * (1.2 + 0.2 * chance("q3", ...words)));
  const mean = Math.round(median * 1.03);
  return {
    ...pic, municipality, provider, basis: pic.intensity.startsWith("DUURZAAM") ? "YEAR" : "TRAJECTORY", trajectories, ended: trajectories - open, open, seen: shared(0.7 + 0.3 * chance("seen", ...words)),
    first_quartile_cents: few ? null : first, median_cents: few ? null : median, third_quartile_cents: few ? null : third, spread_cents: few ? null : third - first,
    mean_cents: few ? null : mean, tariff_cents: tariff(pic), needed: few ? null : shared(mean / tariff(pic)),
  };
}

function result_row(pic, municipality, provider, size) {
  const words = ["result", pic.segment, pic.profile, pic.intensity, municipality, provider];
  const ended = Math.round(size * (0.3 + chance(...words)));
  const goal_missing = Math.round(ended * 0.14), goal_reached = Math.round((ended - goal_missing) * (0.6 + 0.22 * chance("goal", ...words)));
  const dropout_missing = Math.round(ended * 0.08), dropped_out = Math.round((ended - dropout_missing) * (0.09 + 0.1 * chance("drop", ...words)));
  const answers = Math.round(ended * 0.58), watched = Math.round(ended * 0.6);
  return {
    ...pic, municipality, provider, ended, goal_reached, goal_not_reached: ended - goal_missing - goal_reached, goal_missing, dropped_out,
    not_dropped_out: ended - dropout_missing - dropped_out, dropout_missing, satisfaction: answers ? Math.round((6.6 + 1.6 * chance("mark", ...words)) * 10) / 10 : null,
    satisfaction_answers: answers, satisfaction_missing: ended - answers, median_days: ended ? Math.round(140 + 220 * chance("days", ...words)) : null, watched, relapsed: Math.round(watched * 0.11),
  };
}

// Overall, then by municipality, then by provider: as far as the question and the reader go.
function by_place(question, exact, make, size) {
  const rows = [];
  for (const pic of pics(question)) {
    const weight = 1 + 2 * chance("weight", pic.segment, pic.profile, pic.intensity);
    if (!question.municipality && !question.provider) rows.push(make(pic, null, null, size * weight));
    for (const code of question.municipality ? [question.municipality] : CODES) if (!question.provider) rows.push(make(pic, code, null, size * weight * share_of(code)));
    if (exact) for (const { code } of PROVIDERS.slice(0, 12)) if (!question.provider || question.provider === code) rows.push(make(pic, null, code, size * weight * 0.07));
  }
  return rows;
}

// What each provider's part of the care is: twelve make up 85 %.
const PROVIDER_SHARES = PROVIDERS.map((_, i) => (i < 12 ? 0.85 * [19, 15, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2][i] / 100 : 0.15 / 25));

function plan_of(book, code, month) {
  if (month < "2020") return 0;
  const at = Number(month.slice(5)) / 12;
  const paid = code === THE_HAGUE ? 0 : 0.86;
  return [0, 0.95 * at * paid, 0.6 * at * paid, 0.36 * at * paid, 0.36 * at * paid][book - 1];
}

const people = (code, month) => Math.round(17_300 * share_of(code) * growth(month));

const MAKERS = {
  spending: (question) => places(question).flatMap((code) => [...spending_of(code, question)]),
  clients: (question) => places(question).flatMap((code) => [...spending_of(code, { ...question, known_on: "9999-12-31" })].filter(({ month }) => !month || month <= question.known_on)
    .map(({ lines, cents, ...row }) => ({ ...row, clients: Math.round(row.clients * 1.08) }))),
  decisions: (question) => places(question).flatMap((code) => [["GRANTED", "GRANTED_BY_RULE", 7100], ["GRANTED", "GRANTED_AS_BOUND", 2900], ["GRANTED", "GRANTED_BY_PERSON", 1900], ["REFUSED", "NO_CONTRACT", 310], ["REFUSED", "CEILING_REACHED", 120], ["REFUSED", "REFUSED_BY_PERSON", 260], ["REFERRED", "PERSON_MUST_JUDGE", 2350], ["CHANGED", "CHANGED_AS_ASKED", 4100], ["CONVERTED", "CONVERTED", 3600], ["TAKEN_OVER", "TAKEN_OVER", 90]].flatMap(([verdict, reason, size]) => {
    const cells = months(question.year).filter((month) => month <= question.known_on).map((month) => ({ municipality: code, verdict, reason, month, facts: around((size / 12) * share_of(code), 0.2, reason, code, month), allocations: 0 })).map((row) => ({ ...row, allocations: ["GRANTED", "CONVERTED", "TAKEN_OVER"].includes(verdict) ? Math.round(row.facts * 1.4) : 0 }));
    return [...cells, { municipality: code, verdict, reason, month: null, ...add(cells, ["facts", "allocations"]) }];
  })),
  declarations: (question) => places(question).flatMap((code) => [["8001", 1180], ["0200", 320], ["0001", 28], ["9333", 11]].flatMap(([name, size]) => {
    const cells = months(question.year).map((month) => ({ municipality: code, code: name, month, declarations: around((size / 12) * Math.sqrt(share_of(code)), 0.2, name, code, month) }));
    return [...cells, { municipality: code, code: name, month: null, ...add(cells, ["declarations"]) }];
  })),
  rejections: (question) => places(question).flatMap((code) => [["9321", "VOLUME_EXCEEDED", 4200], ["0611", "TARIFF_DIFFERS", 2600], ["9338", "LINE_WITHOUT_ALLOCATION", 1700], ["9389", "DEBET_STANDS", 900], ["9308", "LINE_ENDS_OUTSIDE", 640], ["8021", "REFERENCE_NOT_UNIQUE", 210], ["0233", "CLIENT_UNKNOWN", 95]].map(([name, reason, size]) => ({ municipality: code, code: name, reason, month: null, lines: around(size * share_of(code), 0.2, name, code) }))),
  ledger: ({ municipality, year, known_on }) => {
    const year_row = budgets_of(municipality, { year, known_on }).at(-1);
    return [["COST", year_row.approved_cents], ["PAYABLE", -(year_row.approved_cents - year_row.paid_cents)], ["PAID", -year_row.paid_cents + 1_250_000], ["ADVANCE", -1_250_000], ["EXPECTED_CORRECTION", 0]].map(([account, cents]) => ({ municipality, account, cents }));
  },
  providers: (question) => PROVIDERS.flatMap(({ code }, i) => (question.provider && question.provider !== code ? [] : (question.municipality ? [question.municipality] : [null, ...CODES]).map((municipality) => {
    const year_row = budgets_of(municipality, question).at(-1);
    const part = PROVIDER_SHARES[i];
    const cents = Math.round(year_row.approved_cents * part), lines = Math.round(cents / 96_000);
    return { provider: code, municipality, clients: Math.round(cents / 1_450_000), lines, cents, rejected_lines: Math.round(lines * (0.01 + 0.07 * chance("bounce", code))), share: shared(part) };
  }))),
  "provider-months": (question) => PROVIDERS.flatMap(({ code }, i) => (question.provider && question.provider !== code ? [] : months(question.year).map((month) => {
    const cents = Math.round(worth(question.municipality, month) * run_in(month, question.known_on) * PROVIDER_SHARES[i]);
    return { provider: code, month, cents, lines: Math.round(cents / 96_000) };
  }))),
  budgets: (question) => places(question).flatMap((code) => budgets_of(code, question)),
  forecast: (question) => places(question).flatMap((code) => forecast_of(code, question)),
  "run-off": ({ municipality, year, known_on }) => months(year).flatMap((month) => Array.from({ length: 8 }, (_, delay) => ({ delay, part: [0.34, 0.79, 0.91, 0.955, 0.98, 0.99, 1, 1][delay] })).filter(({ delay }) => {
    const open = (Number(known_on.slice(0, 4)) - year) * 12 + Number(known_on.slice(5, 7)) - Number(month.slice(5));
    return delay <= open;
  }).map(({ delay, part }) => ({ municipality, month, delay, cents: Math.round(worth(municipality, month) * part) }))),
  "run-off-factors": ({ municipality }) => [2.3235, 1.1519, 1.0495, 1.0262, 1.0102, 1.0101, 1].map((factor, i) => ({ municipality, delay: i + 1, factor, months: 23 - i })),
  "forecast-errors": () => [[1, 0.004, 0.011], [2, 0.006, 0.014], [3, 0.009, 0.019], [4, 0.012, 0.024], [5, 0.011, 0.03], [6, 0.015, 0.036], [9, 0.021, 0.052], [12, null, null]].map(([months_open, mean_error, mean_absolute_error]) => ({ months_open, months: mean_error === null ? 0 : 24 - months_open, mean_error, mean_absolute_error, within: mean_error === null ? null : 0.83 })),
  drivers: (question) => places(question).slice(-1).flatMap((municipality) => [null, "SPECIALIST", "HIGHLY_SPECIALIST"].map((segment) => {
    const part = share_of(municipality) * (segment ? (segment === "SPECIALIST" ? 0.73 : 0.27) : 1);
    const before = Math.round(YEAR_CENTS * 0.93 * part), volume = Math.round(before * 0.031), price = Math.round(before * 0.018), mix = -Math.round(before * 0.006);
    return { municipality, segment, months: 10, before_cents: before, after_cents: before + volume + price + mix, volume_cents: volume, price_cents: price, mix_cents: mix };
  })),
  "pic-costs": (question) => by_place(question, true, cost_row, 130),
  "break-even": (question) => [null, ...PROVIDERS.slice(0, 12).map(({ code }) => code)].filter((code) => !question.provider || code === question.provider).map((code) => {
    const tariff_cents = around(code ? 610_000_000 : 7_300_000_000, code ? 0.5 : 0, "even", code), needed = code ? 0.9 + 0.24 * chance("needed", code) : 1.043;
    return { provider: code, trajectories: Math.round(tariff_cents / 640_000), ended: Math.round(tariff_cents / 910_000), seen: 0.86, cost_cents: Math.round(tariff_cents * needed), tariff_cents, needed: shared(needed) };
  }),
  results: (question, exact) => by_place(question, exact, result_row, 95),
  targets: () => [
    { code: "GOAL_REACHED", name: "Doel behaald", segment: null, measure: "goal_reached", at_most: false, aim: 70, reached: 71, counted: 6480, met: true },
    { code: "DROPPED_OUT", name: "Voortijdig gestopt", segment: null, measure: "dropped_out", at_most: true, aim: 15, reached: 14, counted: 6930, met: true },
    { code: "SATISFACTION", name: "Tevredenheid", segment: null, measure: "satisfaction", at_most: false, aim: 75, reached: 74, counted: 4375, met: false },
    { code: "MOVED_TO_PIC", name: "Bestaande cliënten over naar PIC", segment: "SPECIALIST", measure: "moved_to_pic", at_most: false, aim: 60, reached: 36, counted: 5120, met: false },
    { code: "RELAPSED", name: "Terug binnen een jaar", segment: null, measure: "relapsed", at_most: true, aim: 12, reached: null, counted: 0, met: null },
  ],
  "funding-paths": (question) => places(question).flatMap((code) => [null, "SPECIALIST", "HIGHLY_SPECIALIST"].flatMap((segment) => months(question.year).filter((month) => month <= question.known_on).map((month) => {
    const part = segment ? (segment === "SPECIALIST" ? 0.73 : 0.27) : 1, clients = Math.round(people(code, month) * part);
    const at = month >= "2020" ? Number(month.slice(5)) / 12 : 0, content = at * 0.47;
    const nine = code === THE_HAGUE ? 0 : code ? 0.86 : 0.86 * (1 - NAMES[THE_HAGUE][1]);
    const paid = segment === "HIGHLY_SPECIALIST" ? 0 : nine * content * (segment ? 1 : 0.73);
    const planned = month < "2020" ? ["NONE", "PXQ"] : ["PIC", segment === "HIGHLY_SPECIALIST" || code === THE_HAGUE ? "PXQ" : "PIC"];
    return { municipality: code, segment, month, planned_content: segment ? planned[0] : null, planned_funding: segment && code ? planned[1] : null, clients, clients_pic_content: Math.round(clients * content), clients_pic_funding: Math.round(clients * paid) };
  }))),
  "to-move": (question) => places(question).flatMap((code) => [null, "SPECIALIST"].map((segment) => {
    const nine = code === THE_HAGUE ? 0 : code ? 1 : 1 - NAMES[THE_HAGUE][1];
    const clients = Math.round(8_200 * share_of(code) * nine * (0.85 + 0.3 * chance("move", code)));
    return { municipality: code, segment, clients, allocations: Math.round(clients * 1.34), moved_clients: Math.round(clients * 0.56) };
  })),
  uncovered: (question) => {
    const found = (question.known_on < "2020-02" ? [] : [["0518", "90000007", 14, 17], ["1783", "90000019", 6, 6], ["0637", "90000023", 11, 12]]).filter(([code, provider]) => (!question.municipality || code === question.municipality) && (!question.provider || provider === question.provider))
      .map(([municipality, provider, clients, allocations]) => ({ municipality, provider, segment: "SPECIALIST", clients, allocations, first_day: "2020-01-01", last_day: "2020-03-31" }));
    const days = found.length ? { first_day: "2020-01-01", last_day: "2020-03-31" } : { first_day: null, last_day: null };
    return [...found, ...found.map((row) => ({ ...row, segment: null })), { municipality: question.municipality, provider: question.provider, segment: null, ...add(found, ["clients", "allocations"]), ...days }];
  },
  plans: (question) => places(question).slice(-1).flatMap((code) => BOOKS.filter(({ known_day }) => known_day <= question.known_on).flatMap((book) => months(question.year).map((month) => {
    const real = month > question.known_on ? null : plan_of(4, code, month) * 0.97;
    return { book: book.number, slug: book.slug, known_day: book.known_day, municipality: code, segment: null, month, clients: people(code, month), planned_share: shared(plan_of(book.number, code, month)), real_share: real === null ? null : shared(real) };
  }))),
  houses: () => [["intake", true, 0, null, 1], ["allocation", true, 12, 1, 0], ["billing", true, 184, 4, 3], ["monitoring", true, 40, 2, 0]].map(([house, up, waiting, oldest_seconds, set_aside]) => ({ house, up, waiting, oldest_seconds, set_aside, replicas: 2, partitions_stopped: 0 })),
  "open-requests": (question) => (question.municipality ? [question.municipality] : CODES).flatMap((municipality) => Array.from({ length: 18 }, (_, i) => {
    const due_day = new Date(Date.parse(question.known_on) + (i - 4) * 86_400_000).toISOString().slice(0, 10);
    return { municipality, due_day, requests: Math.round(14 * share_of(municipality) * (i < 4 ? 0.5 : 2) * (0.4 + chance("open", municipality, i))), overdue: i < 4 };
  })).filter((row) => row.requests > 0),
  deadlines: (question) => {
    const open = MAKERS["open-requests"](question);
    return places(question).map((municipality) => {
      const rows = open.filter((row) => !municipality || row.municipality === municipality), late = rows.filter((row) => row.overdue);
      return { municipality, open_requests: add(rows, ["requests"]).requests, overdue_requests: add(late, ["requests"]).requests, next_due_day: rows.find((row) => !row.overdue)?.due_day ?? null };
    });
  },
};

const KEEPS = ["book", "delay", "months_open"];

// What a wide audience sees: counts rounded to five, none below ten.
function wide(rows, card) {
  const counts = card.columns.filter(({ kind }) => kind === "count").map(({ name }) => name);
  return rows.map((row) => {
    const hidden = counts.filter((name) => row[name] !== null && row[name] > 0 && row[name] < 10);
    const told = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, hidden.includes(name) ? null : counts.includes(name) && value !== null && !KEEPS.includes(name) ? Math.round(value / 5) * 5 : value]));
    return hidden.length ? { ...told, hidden } : told;
  });
}

export function table(card, question, exact) {
  const rows = MAKERS[card.name](question, exact);
  return exact ? rows : wide(rows, card);
}

export const is_municipality = (code) => code in NAMES;
