// Bundles the page: node build.mjs MODULES FOLDER [FILE.c]
//
// MODULES holds what `npm ci` installed. FOLDER becomes what a browser asks for: index.html, and page/ with one
// script, one sheet of style, one font and the licences of what is in them, each named by its content. FILE.c becomes
// the same as C, for the program that serves it.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [modules, folder, source] = process.argv.slice(2);
if (!folder) {
  console.error("Usage: node build.mjs MODULES FOLDER [FILE.c]");
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const esbuild = createRequire(path.join(path.resolve(modules), "x"))("esbuild");

const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

async function bundle() {
  const made = await esbuild.build({
    absWorkingDir: here,
    entryPoints: { picq: "src/main.js", style: "style/page.css" },
    nodePaths: [path.resolve(modules)],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    charset: "utf8",
    legalComments: "none",
    loader: { ".woff2": "file" },
    outdir: "/page",
    publicPath: "/page",
    entryNames: "[name]",
    assetNames: "[name]-[hash]",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const contents = Object.fromEntries(made.outputFiles.map((file) => [path.basename(file.path), Buffer.from(file.contents)]));
  return { contents, inputs: Object.keys(made.metafile.inputs) };
}

// The theme names thousands of tokens; those that nothing uses are left out.
function without_idle_tokens(css) {
  for (let before = 0; before !== css.length; ) {
    before = css.length;
    const used = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    css = css.replace(/(--[\w-]+):((?:[^;{}"']|"[^"]*"|'[^']*')*)(;|(?=\}))/g, (all, name) => (used.has(name) ? all : ""));
  }
  return css;
}

// What is in the bundle, and under which terms.
function licences(inputs) {
  const names = new Set(["@nl-design-system-unstable/voorbeeld-design-tokens"]);
  for (const input of inputs) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) names.add(match[1]);
  }
  const texts = new Map(); // many share one
  for (const name of [...names].sort()) {
    const at = path.join(modules, name);
    const card = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
    const text = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license.md"].map((file) => {
      try {
        return readFileSync(path.join(at, file), "utf8");
      } catch {
        return "";
      }
    });
    const words = text.find((found) => found) ?? "";
    texts.set(words, [...(texts.get(words) ?? []), `${name} ${card.version}, ${card.license}`]);
  }
  const parts = [...texts].map(([words, packages]) => `${packages.join("\n")}\n\n${words}`);
  return ["This page is made with the software below.\n", ...parts].join(`\n${"-".repeat(80)}\n`);
}

function named(name, content) {
  const { name: stem, ext } = path.parse(name);
  return `/page/${stem}-${createHash("sha256").update(content).digest("hex").slice(0, 12)}${ext}`;
}

function c_source(files, headers) {
  const text = (words) => JSON.stringify(words);
  const arrays = files.map(({ content }, i) => `static const uint8_t FILE_${i}[] = {${[...content].join(",")}};\n`);
  const entries = files.map(({ address, forEver }, i) =>
    `    {${text(address)}, ${text(TYPES[forEver ? path.extname(address).slice(1) : "html"])}, ${forEver}, {FILE_${i}, sizeof FILE_${i}}},\n`);
  const lines = Object.entries(headers).map(([name, value]) => `    {${text(name)}, ${text(value)}},\n`);
  return `/* Made from the files of monitoring/web/page. */
#include "monitoring/web/page.h"

${arrays.join("")}
const PageFile page_files[] = {
${entries.join("")}};
const size_t page_file_count = ${files.length};

const HttpHeader page_headers[] = {
${lines.join("")}};
const size_t page_header_count = ${lines.length};
`;
}

const { contents, inputs } = await bundle().catch(() => process.exit(1)); // what is wrong has been said
contents["style.css"] = Buffer.from(without_idle_tokens(contents["style.css"].toString()));
contents["licences.txt"] = Buffer.from(licences(inputs));
contents["mark.svg"] = readFileSync(path.join(here, "src/mark.svg"));

const files = [];
const place = {};
for (const [name, content] of Object.entries(contents)) {
  // A font's name tells its content already, and the style names it.
  const address = name.endsWith(".woff2") ? `/page/${name}` : named(name, content);
  place[name] = address;
  files.push({ address, content, forEver: true });
}
const index = readFileSync(path.join(here, "src/index.html"), "utf8").replace(/\{\{([\w.]+)\}\}/g, (_, name) => place[name]);
files.unshift({ address: "/", content: Buffer.from(index), forEver: false });

rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, "page"), { recursive: true });
for (const { address, content } of files) writeFileSync(path.join(folder, address === "/" ? "index.html" : address), content);
if (source) writeFileSync(source, c_source(files, JSON.parse(readFileSync(path.join(here, "headers.json"), "utf8"))));
