// Format: figures as people write them, in Dutch or English.

const LOCALES = { nl: "nl-NL", en: "en-GB" };
const made = new Map();

function numbers(lang, options) {
  const key = lang + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(LOCALES[lang], options));
  return made.get(key);
}

function days(lang, options) {
  const key = `day ${lang}${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(LOCALES[lang], { ...options, timeZone: "UTC" }));
  return made.get(key);
}

const plain = (lang, digits = 0) => numbers(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });

const euros = (lang, text, minus) => `${minus ? "−" : ""}${lang === "nl" ? "€\u00a0" : "€"}${text}`;

// € 1.234.567
export function money(cents, lang) {
  const whole = Math.round(Math.abs(cents) / 100);
  return euros(lang, plain(lang).format(whole), cents < 0 && whole > 0);
}

// € 1,2 mln; a round one on an axis without its zero
export function moneyShort(cents, lang, round = false) {
  const size = Math.abs(cents) / 100;
  const [unit, by] = size >= 999_500 ? [lang === "nl" ? "\u00a0mln" : "m", 1e6] : size >= 9_950 ? [lang === "nl" ? "\u00a0dzd" : "k", 1e3] : ["", 1];
  const shown = size / by;
  const digits = by === 1e6 && shown < 99.95 && !(round && Number.isInteger(shown)) ? 1 : 0;
  return euros(lang, plain(lang, digits).format(shown) + unit, cents < 0);
}

export const count = (value, lang) => plain(lang).format(value).replace("-", "−");
export const share = (value, lang, digits = 1) => `${plain(lang, digits).format(value * 100)}%`.replace("-", "−");
export const mark = (value, lang) => plain(lang, 1).format(value);

const date = (text) => new Date(text.length === 7 ? `${text}-01` : text);

export const month = (text, lang) => days(lang, { month: "short", year: "numeric" }).format(date(text)).replace(".", "");
export const monthLong = (text, lang) => days(lang, { month: "long", year: "numeric" }).format(date(text));
export const monthShort = (text, lang) => days(lang, { month: "short" }).format(date(text)).replace(".", "");
export const day = (text, lang) => days(lang, { day: "numeric", month: "long", year: "numeric" }).format(date(text));

// What a cell of a table holds, by the kind of its column.
export function cell(value, kind, lang) {
  switch (kind) {
    case "month": return month(value, lang);
    case "day": return day(value, lang);
    case "cents": return money(value, lang);
    case "share": return share(value, lang);
    case "mark": return mark(value, lang);
    case "yes": return value ? (lang === "nl" ? "ja" : "yes") : lang === "nl" ? "nee" : "no";
    case "text": return String(value);
    default: return count(value, lang);
  }
}
