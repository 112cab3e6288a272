// Context: what a view works with: the address, the region, the tables it asked for, and figures that say where they
// come from.
import { Problem, ask, tableAddress } from "./api.js";
import * as format from "./format.js";
import { aside, h } from "./dom.js";
import { codeWords, words } from "./words.js";

// In a question to pick(): any value, so no total.
export const SOME = Symbol("some");

function fits(row, where) {
  return Object.entries(where).every(([column, wanted]) => {
    const value = row[column] ?? null;
    if (wanted === SOME) return value !== null;
    return typeof wanted === "function" ? wanted(value) : value === wanted;
  });
}

export class Context {
  constructor(address, region, cards) {
    this.address = address;
    this.region = region;
    this.cards = cards;
    this.lang = address.lang;
    this.say = words(address.lang);
    this.municipality = address.municipality ?? null;
    this.problems = [];
    this.known_on = null; // of the answers
    this.exact = true;
    this.left_out = false; // a table that this reader may see for another municipality
  }

  // By language: of("ja", "yes"); either may be a list of words and nodes.
  of(nl, en) {
    return this.lang === "en" ? en : nl;
  }

  card(name) {
    return this.cards.find((card) => card.name === name);
  }

  sees_exactly(municipality) {
    const { exact } = this.region.reader;
    return exact === "*" || (municipality ? exact.includes(municipality) : false);
  }

  // Tables by name; null where the reader may not see it or it could not be had. { name: [table, filters] } narrows.
  async load(...names) {
    const told = await Promise.all(names.map((name) => this.table(name)));
    return Object.fromEntries(names.map((name, i) => [name.replaceAll("-", "_"), told[i]]));
  }

  async table(name, changes = {}) {
    const card = this.card(name);
    if (!card) return null;
    const takes = (filter) => card.filters.includes(filter);
    const { address } = this;
    const question = {
      municipality: takes("municipality") && address.municipality,
      provider: takes("provider") && address.provider,
      profile: takes("profile") && address.profile,
      intensity: takes("intensity") && address.intensity,
      year: address.year,
      "known-on": address["known-on"],
      ...changes,
    };
    if (!card.wide && !this.sees_exactly(question.municipality || null)) {
      this.left_out = true;
      return null;
    }
    const at = tableAddress(name, question);
    try {
      const answer = await ask(at);
      this.known_on ??= answer.question.known_on;
      this.year ??= answer.question.year;
      this.exact &&= answer.exact;
      return { name, card, at, question: answer.question, exact: answer.exact, rows: answer.rows };
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status === 401) throw problem;
      if (problem.status === 403) this.left_out = true;
      else this.problems.push(problem);
      return null;
    }
  }

  // names of codes

  municipality_name(code) {
    return this.region.municipalities.find((one) => one.code === code)?.name ?? code;
  }

  named(column, value) {
    const list = { municipality: "municipalities", provider: "providers", profile: "profiles", intensity: "intensities", segment: "segments" }[column];
    const found = list && (this.region[list] ?? []).find((one) => one.code === value);
    return found?.name ?? codeWords(value, this.lang);
  }

  short_code(value) {
    return codeWords(value, this.lang);
  }

  column(table, name) {
    return table.card.columns.find((column) => column.name === name);
  }

  heading(table, name) {
    return this.column(table, name)[this.of("dutch", "english")];
  }

  // formats

  money(cents) {
    return format.moneyShort(cents, this.lang);
  }

  money_round(cents) {
    return format.moneyShort(cents, this.lang, true);
  }

  count(value) {
    return format.count(value, this.lang);
  }

  share(value, digits = 0) {
    return format.share(value, this.lang, digits);
  }

  // A small part keeps a decimal.
  share_near(value) {
    return this.share(value, Math.abs(value) < 0.1 && value !== 0 ? 1 : 0);
  }

  month(text) {
    return format.month(text, this.lang);
  }

  month_long(text) {
    return format.monthLong(text, this.lang);
  }

  month_short(text) {
    return format.monthShort(text, this.lang);
  }

  day(text) {
    return format.day(text, this.lang);
  }

  hidden(row, column) {
    return row.hidden?.includes(column);
  }

  // What a cell says: a word, or a mark and for a screen reader what the mark means.
  cell(table, row, name) {
    const { kind } = this.column(table, name);
    const value = row[name];
    if (value === null || value === undefined)
      return this.hidden(row, name)
        ? [h("span", { "aria-hidden": "true" }, "·"), aside(this.say("hidden"))]
        : [h("span", { "aria-hidden": "true" }, "–"), aside(this.say("missing"))];
    if (kind === "text") return this.named(name, value);
    return format.cell(value, kind, this.lang);
  }

  // A figure in a sentence, which says of which table, rows and column it is: all that is shown can be held to the API.
  // op: value (of one row), sum, count (of the rows), ratio (of one row's column to another).
  figure(table, rows, column, { op = "value", by, long = false } = {}) {
    if (!table) return ""; // the figure that it would stand in is left out
    const list = Array.isArray(rows) ? rows : [rows];
    const attributes = {
      class: "figure",
      "data-at": table.at,
      "data-rows": list.map((row) => table.rows.indexOf(row)).join(" "),
      "data-column": column,
      "data-op": op,
      "data-by": by,
    };
    const words = this.figure_words(table, list, column, op, by, long);
    if (typeof words !== "string" || words === "–") attributes["data-known"] = "no";
    return h("span", attributes, words);
  }

  figure_words(table, list, column, op, by, long) {
    if (op === "count") return this.count(list.length);
    const unknown = list.find((row) => (row[column] ?? null) === null || (by && !row[by]));
    if (unknown || list.length === 0) return list.length ? this.cell(table, { ...unknown, [column]: null }, column) : "–";
    if (op === "ratio") return this.share_near(list[0][column] / list[0][by]);
    const value = op === "sum" ? list.reduce((sum, row) => sum + row[column], 0) : list[0][column];
    const { kind } = this.column(table, column);
    if (kind === "cents" && !long) return this.money(value);
    if (kind === "share") return this.share_near(value);
    if (kind === "month") return this.month_long(value);
    return kind === "text" ? this.named(column, value) : format.cell(value, kind, this.lang);
  }

  pick(table, where) {
    return table ? table.rows.filter((row) => fits(row, where)) : [];
  }

  // Rows of what is asked: the municipality's, or the region's.
  here(table, where = {}) {
    if (!table) return [];
    const found = this.pick(table, { ...where, municipality: this.municipality });
    return found.length || !this.municipality ? found : this.pick(table, { ...where, municipality: null });
  }

  // What a decision is called.
  book_name(book) {
    const said = book?.decision && !/^\d{4}-/.test(book.decision) ? book.decision : book?.slug?.replaceAll("-", " ");
    return said ?? "";
  }

  subject() {
    return this.municipality ? this.municipality_name(this.municipality) : this.region.name;
  }
}
