// Mock: an API that answers as monitoring does, of an invented region, and the page beside it.
//
//     node tests/browser/mock.mjs SITE [PORT]      SITE is the bundled page, such as build/page/site
//
// Readers: region-token-of-sixteen sees all, hague-token-of-sixteen its own municipality, council-token-of-sixteen what
// a wide audience may see.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cards } from "./cards.mjs";
import { NEWEST_DAY, READERS, is_municipality, region, table } from "./region.mjs";

const HEADERS = JSON.parse(readFileSync(new URL("../../services/monitoring/web/page/headers.json", import.meta.url), "utf8"));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

class Refusal extends Error {
  constructor(status, title) {
    super(title);
    this.status = status;
  }
}

function reader_of(request) {
  const reader = READERS[(request.headers.authorization ?? "").replace("Bearer ", "")];
  if (!reader) throw new Refusal(401, "Show a token that is known here.");
  return reader;
}

const sees = (reader, municipality) => reader.exact === "*" || reader.exact.includes(municipality);

// A wide audience sees up to the last whole month.
function known_on_of(asked, exact) {
  const day = asked && asked < NEWEST_DAY ? asked : NEWEST_DAY;
  if (exact) return day;
  const next = new Date(Date.parse(day) + 86_400_000);
  next.setUTCDate(1);
  return new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
}

function tell_table(reader, name, query) {
  const card = cards.find((one) => one.name === name);
  if (!card) throw new Refusal(404, "There is no such table.");
  const given = (key) => query.get(key) || null;
  const municipality = given("municipality");
  if (municipality && !is_municipality(municipality)) throw new Refusal(400, "municipality is a code of this region");
  const exact = sees(reader, municipality);
  if (!exact && !card.wide) throw new Refusal(403, "This table is for the municipality's own controller.");
  const known_on = known_on_of(given("known-on"), exact);
  const question = { municipality, provider: given("provider"), profile: given("profile"), intensity: given("intensity"), year: Number(given("year") ?? known_on.slice(0, 4)), known_on };
  return { table: name, question, exact, rows: table(card, question, exact), card };
}

function csv({ card, rows }) {
  const cell = (row, { name }) => {
    if (row.hidden?.includes(name)) return ".";
    const text = String(row[name] ?? "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [card.columns.map(({ name }) => name), ...rows.map((row) => card.columns.map((column) => cell(row, column)))].map((line) => `${line.join(",")}\r\n`).join("");
}

const told = new Map();

// Each question of each reader is worked out once.
function answer(request) {
  const reader = reader_of(request);
  const key = `${reader.name} ${request.url}`;
  if (!told.has(key)) {
    const found = work_out(reader, request);
    told.set(key, typeof found === "string" ? { type: "text/csv; charset=utf-8", text: found } : { type: "application/json", text: JSON.stringify(found) });
  }
  return told.get(key);
}

function work_out(reader, request) {
  const { pathname, searchParams } = new URL(request.url, "http://x");
  const seen = cards.filter((card) => card.wide || reader.exact === "*" || reader.exact.length > 0);
  if (pathname === "/v1/region") return region(reader);
  if (pathname === "/v1/tables") return seen;
  const name = /^\/v1\/tables\/([a-z-]+)$/.exec(pathname)?.[1];
  if (!name) throw new Refusal(404, "There is nothing here.");
  const found = tell_table(reader, name, searchParams);
  if (searchParams.get("format") === "csv") return csv(found);
  const { card, ...rest } = found;
  return rest;
}

export function start(site, port = 0) {
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url, "http://x");
    if (pathname.startsWith("/v1/")) {
      try {
        const { type, text } = answer(request);
        reply.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store", "API-Version": "1.0.0" });
        reply.end(text);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        reply.writeHead(refusal.status, { "Content-Type": "application/problem+json" });
        reply.end(JSON.stringify({ status: refusal.status, title: refusal.message }));
      }
      return;
    }
    const file = path.join(site, pathname === "/" ? "index.html" : path.normalize(pathname));
    try {
      const content = readFileSync(file);
      reply.writeHead(200, { "Content-Type": TYPES[path.extname(file)], "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", ...HEADERS });
      reply.end(content);
    } catch {
      reply.writeHead(404, { "Content-Type": "text/plain" });
      reply.end("There is nothing here.\n");
    }
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site, port] = process.argv.slice(2);
  if (!site) {
    console.error("Usage: node tests/browser/mock.mjs SITE [PORT]");
    process.exit(2);
  }
  const { url } = await start(site, Number(port ?? 8089));
  console.log(`The page is at ${url}/ for ${Object.keys(READERS).join(", ")}`);
}
