// Reading: a figure as it stands on the page, read back into what the API would have said. It shares no code with the
// page that wrote it.

const MONTHS = {
  nl: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
  en: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const LONG = {
  nl: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
  en: ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
};

// The number in a text and half of its last digit: "€ 1,2 mln" is 1200000, give or take 50000.
function number(text, lang) {
  const match = /^(−)?€?\s*([\d.,]+)\s*(mln|dzd|m|k)?%?$/.exec(text.replaceAll("\u00a0", " ").trim());
  if (!match) return null;
  const [, minus, digits, unit] = match;
  const [thousands, point] = lang === "nl" ? [".", ","] : [",", "."];
  const [whole, part = ""] = digits.split(point);
  if (whole.includes(thousands) && !/^\d{1,3}([.,]\d{3})+$/.test(whole)) return null;
  const by = { mln: 1e6, m: 1e6, dzd: 1e3, k: 1e3 }[unit] ?? 1;
  const value = Number(`${whole.replaceAll(thousands, "")}.${part || 0}`) * by * (minus ? -1 : 1);
  return { value, within: (0.5 * by) / 10 ** part.length };
}

const near = (told, wanted) => told !== null && Math.abs(told.value - wanted) <= told.within * 1.000001 + 1e-9;

function month_of(text, lang) {
  const [name, year] = text.toLowerCase().split(" ");
  const found = [MONTHS, LONG].map((names) => names[lang].indexOf(lang === "en" && name === "sept" ? "sep" : name)).find((i) => i >= 0);
  return found === undefined ? null : `${year}-${String(found + 1).padStart(2, "0")}`;
}

function day_of(text, lang) {
  const [day, ...rest] = text.split(" ");
  const month = month_of(rest.join(" "), lang);
  return month && `${month}-${day.padStart(2, "0")}`;
}

const MARKS = {
  nl: { hidden: "·minder dan tien: niet getoond", missing: "–onbekend" },
  en: { hidden: "·fewer than ten: not shown", missing: "–unknown" },
};
const TOTALS = { nl: ["totaal", "heel het jaar", "hele regio"], en: ["total", "the whole year", "whole region"] };

// Whether what is written says what the API said; null when it does, otherwise what it should have been.
export function contradicts(text, value, kind, lang, { hidden = false, names = {}, total = false } = {}) {
  if (value === null || value === undefined) {
    const allowed = hidden ? [MARKS[lang].hidden] : [MARKS[lang].missing, ...(total ? TOTALS[lang] : [])];
    return allowed.includes(text) ? null : allowed.join(" or ");
  }
  switch (kind) {
    case "month": return month_of(text, lang) === value ? null : value;
    case "day": return day_of(text, lang) === value ? null : value;
    case "cents": return near(number(text, lang), value / 100) ? null : `${value} cents`;
    case "share": return near(number(text, lang), value * 100) && text.endsWith("%") ? null : `${value * 100}%`;
    case "yes": return text === { nl: ["nee", "ja"], en: ["no", "yes"] }[lang][value ? 1 : 0] ? null : String(value);
    case "text": return says(text, value, names) ? null : value;
    default: return near(number(text, lang), value) ? null : String(value);
  }
}

// A code stands as itself, as its name, or in other words than capitals.
function says(text, code, names) {
  if (names[code]) return text === names[code];
  return /^([A-Z][A-Z_]+|[a-z]+(_[a-z]+)*)$/.test(code) ? text.length > 1 && !/_/.test(text) : text === code;
}

export { near, number };
