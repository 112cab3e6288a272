// Run: opens the page as people do, and holds what it shows to the API. See `run --help`.
//
// A check is a sentence and a walk; it fails with what it saw. Without --url the API is the mock.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { Fault, axe_finds_nothing, charts_have_words, every_number_has_a_source, expect, figures_equal_the_api, nothing_sticks_out } from "./looking.mjs";
import { start } from "./mock.mjs";

const { values: options } = parseArgs({ options: { modules: { type: "string" }, site: { type: "string" }, url: { type: "string" }, token: { type: "string" }, wide: { type: "string" }, pictures: { type: "string" }, chromium: { type: "string" } } });
const load = createRequire(path.join(path.resolve(options.modules), "x"));
const { chromium } = load("playwright-core");
const AXE = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const MOCK_TOKEN = "region-token-of-sixteen", MOCK_WIDE = "council-token-of-sixteen", MOCK_OWN = "hague-token-of-sixteen";
const WORKERS = 2;

// Each view with the charts that it has at least, where everything may be seen.
const VIEWS = { overview: 4, municipality: 5, provider: 2, pic: 4, transition: 3, forecast: 5, operations: 2 };
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };

const mock = options.url ? null : await start(options.site);
const URL_OF = (options.url ?? mock.url).replace(/\/$/, "");
const TOKEN = options.token ?? MOCK_TOKEN;
const browser = await chromium.launch({ executablePath: options.chromium ?? "/usr/bin/chromium", env: { ...process.env, LANGUAGE: "en_US" }, args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"] });
const pictures = path.resolve(options.pictures);
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });

// The API as the test asks it: each question once.
class Api {
  constructor(token) {
    this.token = token;
    this.told = new Map();
  }

  ask(at, headers = {}) {
    if (!this.told.has(at)) this.told.set(at, fetch(URL_OF + at, { headers: { Authorization: `Bearer ${this.token}`, ...headers } }).then((reply) => (expect(reply.ok, `${at} answers ${reply.status}`), at.includes("format=csv") ? reply.text() : reply.json())));
    return this.told.get(at);
  }

  table(at) {
    return this.ask(at);
  }

  async card(at) {
    const name = /^\/v1\/tables\/([^?]+)/.exec(at)[1];
    return (await this.ask("/v1/tables")).find((card) => card.name === name);
  }

  async names() {
    const region = await this.ask("/v1/region");
    const lists = ["municipalities", "providers", "segments", "profiles", "intensities"].flatMap((name) => region[name] ?? []);
    return Object.fromEntries(lists.filter(({ name }) => name).map(({ code, name }) => [code, name]));
  }
}

// A browser of one's own, which notes whatever should not be.
async function visit(size, { reduced = true } = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], locale: "nl-NL", reducedMotion: reduced ? "reduce" : "no-preference", acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !page.expects_refusal && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("request", (request) => !request.url().startsWith(`${URL_OF}/`) && !/^(blob|data):/.test(request.url()) && wrong.push(`a request leaves: ${request.url()}`));
  page.nothing_is_wrong = () => expect(wrong.length === 0, [...new Set(wrong)].join("\n"));
  return page;
}

const at_rest = (page) => page.waitForFunction(() => {
  const main = document.querySelector("main:not(.alone):not([aria-busy])");
  return main?.querySelector("h1") && [...main.querySelectorAll(".chart")].every((chart) => chart.childElementCount > 0);
});

// Signs in as somebody does who has only a keyboard.
async function sign_in(page, token, address = "/") {
  await page.goto(URL_OF + address);
  await page.waitForSelector("#code");
  for (let i = 0; i < 5 && !(await page.evaluate(() => document.activeElement?.id === "code")); i++) await page.keyboard.press("Tab");
  await page.keyboard.type(token);
  await page.keyboard.press("Enter");
  await at_rest(page);
}

async function go(page, address) {
  await page.goto(URL_OF + address);
  await at_rest(page);
}

async function picture(page, name) {
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

const parameter = (page, name) => new URL(page.url()).searchParams.get(name);
const until_parameter = (page, name, value) => page.waitForFunction(([key, wanted]) => new URLSearchParams(location.search).get(key) === wanted, [name, value]).catch(() => {
  throw new Fault(`${name} in the address is ${parameter(page, name)}, not ${value}`);
});

const CHECKS = [];
const check = (words, act, { real = true } = {}) => (!options.url || real) && CHECKS.push({ words, act });

// Some views in both languages at both widths; each is fetched once, turned, and narrowed.
function looks_right(views) {
  return async () => {
    const page = await visit("desk"), api = new Api(TOKEN);
    await sign_in(page, TOKEN);
    const { years } = await api.ask("/v1/region");
    await page.evaluate(AXE);
    for (const view of views) {
      let figures = 0;
      await page.locator(`nav a[href${view === "overview" ? "='/'" : `*='view=${view}'`}]`).click();
      await until_parameter(page, "view", view === "overview" ? null : view);
      for (const [lang, size] of [["nl", "desk"], ["nl", "phone"], ["en", "phone"], ["en", "desk"]]) {
        const where = `${view} ${lang} ${size}`;
        if (parameter(page, "lang") !== (lang === "en" ? "en" : null)) await page.locator("header a[hreflang]").click();
        await until_parameter(page, "lang", lang === "en" ? "en" : null);
        await page.setViewportSize(SIZES[size]);
        await at_rest(page);
        expect((await page.getAttribute("html", "lang")) === lang, `${where} is in another language`);
        expect((await page.textContent(".known-on")).match(/\d{4}/), `${where} does not say as known on which day`);
        await nothing_sticks_out(page, where);
        await charts_have_words(page, where, options.url ? 0 : VIEWS[view]);
        await picture(page, `${view}-${lang}-${SIZES[size].width}`);
        if (where.endsWith("nl desk") || where.endsWith("en phone")) {
          figures += await figures_equal_the_api(page, api, lang);
          await every_number_has_a_source(page, [...years, Number(years.at(-1)) + 1]);
        } else {
          await page.evaluate(() => [...document.querySelectorAll("details")].slice(0, 3).forEach((details) => { details.open = true; })); // one table is as another
          await nothing_sticks_out(page, `${where} with its tables`);
          await axe_finds_nothing(page, where);
        }
      }
      await page.locator("header a[hreflang]").click();
      await until_parameter(page, "lang", null);
      expect(figures > (options.url ? 4 : 60), `only ${figures} figures were seen in ${view}`);
    }
    page.nothing_is_wrong();
    await page.context().close();
  };
}
const names = Object.keys(VIEWS);
for (const views of [["pic", "overview"], ["municipality", "provider"], names.filter((name) => !["pic", "overview", "municipality", "provider"].includes(name))])
  check(`${views.join(", ")} equal the API in Dutch and English, at 390 and 1440 pixels, and axe finds nothing`, looks_right(views));

check("on paper there is nothing to press and nothing is cut", async () => {
  const page = await visit("desk");
  await sign_in(page, TOKEN);
  await page.setViewportSize({ width: 688, height: 1000 }); // A4 within its margins
  for (const view of Object.keys(VIEWS)) {
    await go(page, `/?view=${view}`);
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(() => document.querySelector("details.data[data-paper]"), null, { timeout: 3000 }).catch(() => {});
    const seen = await page.evaluate(() => {
      const shown = (element) => element.checkVisibility();
      return {
        pressed: [...document.querySelectorAll("nav, .filters, button, summary, .nl-skip-link")].filter(shown).map((element) => element.className || element.tagName),
        address: document.querySelector(".on-paper").checkVisibility() && document.querySelector(".on-paper").textContent,
        known: document.querySelector(".known-on")?.checkVisibility(),
        cut: [...document.querySelectorAll(".scroll")].filter((place) => shown(place) && (place.scrollWidth > place.clientWidth + 1 || place.scrollHeight > place.clientHeight + 1)).map((place) => place.getAttribute("aria-label")),
        closed: [...document.querySelectorAll("details.data:not([open])")].filter((details) => details.querySelectorAll("tbody tr").length <= 40).length,
        wide: [...document.querySelectorAll("svg[role=img]")].filter((chart) => chart.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length,
      };
    });
    expect(seen.pressed.length === 0, `${view} on paper shows ${seen.pressed}`);
    expect(seen.address && seen.address.includes(await page.evaluate(() => location.href)), `${view} on paper has no address: ${seen.address}`);
    expect(seen.known, `${view} on paper does not say as known on which day`);
    expect(seen.cut.length === 0, `${view} on paper cuts ${seen.cut}`);
    expect(seen.closed === 0 && seen.wide === 0, `${view} on paper: ${seen.closed} short tables are closed, ${seen.wide} charts too wide`);
    await picture(page, `${view}-nl-print`);
    if (view === "overview") await page.pdf({ path: path.join(pictures, "overview-nl.pdf"), preferCSSPageSize: true });
    await page.emulateMedia({ media: "screen" });
  }
  await page.waitForFunction(() => document.querySelectorAll("details.data[data-paper]").length === 0).catch(() => {
    throw new Fault("tables stay open after printing");
  });
  page.nothing_is_wrong();
  await page.context().close();
});

// To a control by the Tab key alone.
async function tab_to(page, id) {
  await page.keyboard.press("Home");
  await page.evaluate(() => { document.activeElement?.blur(); getSelection().removeAllRanges(); });
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
  }
  throw new Fault(`${id} cannot be reached with the Tab key`);
}

check("every filter works by keyboard alone, stands in the address, and the way back works", async () => {
  const page = await visit("desk"), api = new Api(TOKEN);
  await sign_in(page, TOKEN, "/?view=pic");
  const region = await api.ask("/v1/region");
  for (const [name, list] of [["municipality", "municipalities"], ["profile", "profiles"], ["intensity", "intensities"], ["provider", "providers"]]) {
    const wanted = region[list][1].code;
    await tab_to(page, `filter-${name}`);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await until_parameter(page, name, wanted);
    await at_rest(page);
    expect(await page.evaluate((id) => document.activeElement?.id === id, `filter-${name}`), `the focus leaves ${name} when it is chosen`);
    const asked = await page.evaluate(() => [...document.querySelectorAll("[data-at]")].map((place) => place.dataset.at));
    expect(asked.length > 0 && asked.some((at) => at.includes(`${name}=${wanted}`)), `${name}=${wanted} is not asked of the API: ${asked}`);
    await figures_equal_the_api(page, api, "nl");
    await page.goBack();
    await until_parameter(page, name, null);
    await at_rest(page);
    expect((await page.inputValue(`#filter-${name}`)) === "", `${name} keeps its choice on the way back`);
  }
  await tab_to(page, "filter-year");
  await page.keyboard.press("ArrowUp");
  await until_parameter(page, "year", String(region.years.at(-2)));
  await at_rest(page);
  expect((await page.textContent("h1")).includes(String(region.years.at(-2))), "the year is not in the heading");
  await page.goBack();
  await at_rest(page);

  await tab_to(page, "filter-known-on");
  await page.keyboard.type(`0630${region.years.at(-1)}`); // the browser speaks American: month first
  await until_parameter(page, "known-on", `${region.years.at(-1)}-06-30`);
  await at_rest(page);
  expect((await page.textContent(".known-on")) === `30 juni ${region.years.at(-1)}`, `as known on says ${await page.textContent(".known-on")}`);
  await figures_equal_the_api(page, api, "nl");

  // An address says all: somebody else who opens it sees the same.
  const address = page.url().slice(URL_OF.length);
  const seen = await page.textContent("main");
  await page.reload();
  await at_rest(page);
  expect((await page.textContent("main")) === seen, "the same address shows something else");
  await page.getByRole("link", { name: "English" }).focus();
  await page.keyboard.press("Enter");
  await until_parameter(page, "lang", "en");
  await at_rest(page);
  expect((await page.textContent(".known-on")) === `30 June ${region.years.at(-1)}`, "English is not spoken");
  await page.goBack();
  await at_rest(page);
  expect(page.url().endsWith(address), `the way back leads to ${page.url()}`);
  await page.getByRole("link", { name: "Alle keuzes wissen" }).focus();
  await page.keyboard.press("Enter");
  await until_parameter(page, "known-on", null);
  page.nothing_is_wrong();
  await page.context().close();
});

check("the keyboard leads past the menu, into every view, and the focus can be seen", async () => {
  const page = await visit("desk");
  await sign_in(page, TOKEN);
  await page.evaluate(() => document.activeElement?.blur());
  await page.reload();
  await at_rest(page);
  await page.keyboard.press("Tab");
  expect((await page.evaluate(() => document.activeElement.textContent)) === "Naar de inhoud", "the first stop is not the way to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement.id === "content"), "the way to the content does not lead there");
  for (const view of Object.keys(VIEWS).slice(1)) {
    await page.locator(`nav a[href*="view=${view}"]`).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
    expect(parseFloat(outline) >= 2, `the focus on ${view} cannot be seen: ${outline}`);
    await page.keyboard.press("Enter");
    await until_parameter(page, "view", view);
    await at_rest(page);
    expect(await page.evaluate(() => document.activeElement.tagName === "H1"), `the focus does not go to the heading of ${view}`);
    expect((await page.getAttribute(`nav a[href*="view=${view}"]`, "aria-current")) === "page", `the menu does not say that ${view} is here`);
    expect((await page.textContent("[aria-live]")).startsWith("Bijgewerkt"), "nothing is announced");
  }
  for (const view of Object.keys(VIEWS).slice(1, -1).reverse()) {
    await page.goBack();
    await until_parameter(page, "view", view);
  }
  await at_rest(page);
  page.nothing_is_wrong();
  await page.context().close();
});

check("a wrong token is refused in words, a right one is kept in the tab alone, and who signs out is out", async () => {
  const page = await visit("phone");
  page.expects_refusal = true;
  await page.goto(`${URL_OF}/?view=forecast`);
  await page.waitForSelector("#code");
  await page.evaluate(AXE);
  await axe_finds_nothing(page, "signing in");
  await picture(page, "sign-in-nl-390");
  await page.click("button[type=submit]");
  expect((await page.textContent("#code-fault")).includes("Vul uw toegangscode in"), "an empty code is not refused");
  await page.fill("#code", "nobody-knows-this-token");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#code-fault").textContent.includes("niet bekend"));
  expect((await page.getAttribute("#code", "aria-invalid")) === "true", "the field does not say that it is wrong");
  await axe_finds_nothing(page, "signing in wrongly");
  await picture(page, "sign-in-wrong-nl-390");
  await page.fill("#code", TOKEN);
  await page.keyboard.press("Enter");
  await at_rest(page);
  expect(parameter(page, "view") === "forecast", "signing in leads elsewhere");
  const kept = await page.evaluate(() => ({ session: Object.values(sessionStorage), local: Object.keys(localStorage), cookie: document.cookie, address: location.href, text: document.documentElement.outerHTML }));
  expect(kept.session.includes(TOKEN) && !kept.local.length && !kept.cookie && !kept.address.includes(TOKEN) && !kept.text.includes(TOKEN), "the token lies where it should not");
  page.expects_refusal = false;
  await page.getByRole("button", { name: "Uitloggen" }).click();
  await page.waitForSelector("#code");
  await page.reload();
  await page.waitForSelector("#code");
  expect((await page.evaluate(() => sessionStorage.length)) === 0, "the token stays after signing out");
  page.nothing_is_wrong();
  await page.context().close();
});

check("a table comes as a file, with as many rows as the API tells", async () => {
  const page = await visit("desk"), api = new Api(TOKEN);
  await sign_in(page, TOKEN, "/?view=overview");
  const panel = page.locator("[data-figure=budgets]");
  const at = await panel.locator("table").getAttribute("data-at");
  const [download] = await Promise.all([page.waitForEvent("download"), panel.locator(".csv").click()]);
  const text = readFileSync(await download.path(), "utf8");
  expect(download.suggestedFilename().endsWith(".csv"), `the file is called ${download.suggestedFilename()}`);
  expect(text === (await api.ask(`${at}${at.includes("?") ? "&" : "?"}format=csv`)), "the file is not what the API tells");
  expect(text.trim().split("\n").length === (await api.table(at)).rows.length + 1, "the file has another number of rows");
  page.nothing_is_wrong();
  await page.context().close();
});

check("a wide audience sees what is for it, rounded and without small cells, and the rest is left out", async () => {
  const token = options.wide ?? MOCK_WIDE;
  const page = await visit("desk"), api = new Api(token);
  await sign_in(page, token);
  const cards = await api.ask("/v1/tables");
  expect(cards.every((card) => card.wide), "a wide audience is offered a table that is not for it");
  const links = await page.locator("nav a").allTextContents();
  expect(!links.includes("Aanbieder") && !links.includes("Werking") && links.includes("Overzicht"), `the menu holds ${links}`);
  let hidden = 0;
  for (const view of ["overview", "municipality", "pic", "transition", "forecast"]) {
    await go(page, `/?view=${view}`);
    await figures_equal_the_api(page, api, "nl");
    expect((await page.textContent(".stamp")).includes("afgerond op vijf"), `${view} does not say that it is rounded`);
    hidden += await page.locator("td", { hasText: "·" }).count();
    expect((await page.locator(".utrecht-alert").count()) === 0, `${view} shows an alert`);
    await picture(page, `${view}-wide-nl-1440`);
  }
  expect(options.url || hidden > 0, "no cell was hidden");
  for (const view of ["provider", "operations"]) {
    await go(page, `/?view=${view}`);
    expect((await page.textContent("main")).includes("alleen voor wie bij een gemeente meekijkt"), `${view} does not say for whom it is`);
    expect((await page.locator("table").count()) === 0, `${view} shows a table`);
  }
  page.nothing_is_wrong();
  await page.context().close();
}, { real: Boolean(options.wide) });

check("a controller of one municipality sees it exactly, and elsewhere is led there", async () => {
  const page = await visit("desk"), api = new Api(MOCK_OWN);
  await sign_in(page, MOCK_OWN, "/?view=municipality");
  expect((await page.textContent("h1")).startsWith("’s-Gravenhage"), "it is another municipality's page");
  expect((await page.textContent(".stamp")).includes("Exacte cijfers"), "it is not exact");
  expect((await page.locator("[data-figure=ledger]").count()) === 1, "there is no ledger");
  await figures_equal_the_api(page, api, "nl");
  await go(page, "/?view=forecast");
  expect((await page.locator("[data-figure=run-off]").count()) === 0, "the region's run-off is shown");
  await page.click(".hint a");
  await until_parameter(page, "municipality", "0518");
  await at_rest(page);
  expect((await page.locator("[data-figure=run-off]").count()) === 1, "the own run-off is not shown");
  page.nothing_is_wrong();
  await page.context().close();
}, { real: false });

check("what the API refuses is told in plain words, with what to do", async () => {
  const page = await visit("phone");
  await sign_in(page, TOKEN);
  page.expects_refusal = true;
  const answer = { status: 200 };
  await page.route("**/v1/tables/**", (route) => (answer.status === 0 ? route.abort() : route.fulfill({ status: answer.status, contentType: "application/problem+json", body: JSON.stringify({ status: answer.status, title: "no" }) })));
  for (const [status, words] of [[503, "Probeer het over enkele minuten opnieuw"], [0, "Controleer uw verbinding"], [400, "Wis de keuzes"]]) {
    answer.status = status;
    await go(page, "/?view=forecast");
    expect((await page.textContent("[role=alert]")).includes(words), `${status} is told as ${await page.textContent("[role=alert]")}`);
    await page.evaluate(AXE);
    await axe_finds_nothing(page, `refusal ${status}`);
  }
  await picture(page, "refused-nl-390");
  answer.status = 403;
  await go(page, "/?view=forecast");
  expect((await page.locator("table").count()) === 0 && !(await page.textContent("main")).includes("undefined"), "what is forbidden is not left out");
  answer.status = 401;
  await page.goto(`${URL_OF}/?view=forecast`);
  await page.waitForSelector("#code");
  await page.waitForFunction(() => document.querySelector("#code-fault").textContent.includes("niet bekend"));
  await page.unroute("**/v1/tables/**");
  await page.context().close();
});

check("the page comes with a strict policy and is kept by its content", async () => {
  const index = await fetch(`${URL_OF}/`), text = await index.text();
  expect(index.status === 200 && index.headers.get("content-type").startsWith("text/html"), `/ answers ${index.status}`);
  const policy = index.headers.get("content-security-policy");
  expect(policy.startsWith("default-src 'none'") && !/unsafe|https?:|\*/.test(policy), `the policy is ${policy}`);
  expect(index.headers.get("x-content-type-options") === "nosniff" && index.headers.get("permissions-policy"), "a header lacks");
  const files = [...text.matchAll(/"(\/page\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length === 4 && files.every((file) => /-[0-9a-f]{12}\.\w+$/.test(file)), `the page is made of ${files}`);
  for (const file of files) {
    const reply = await fetch(URL_OF + file);
    expect(reply.ok && (!options.url || reply.headers.get("cache-control").includes("immutable")), `${file} answers ${reply.status}, ${reply.headers.get("cache-control")}`);
    await reply.arrayBuffer();
  }
});

if (options.url) check("every table that a view shows is there within 200 ms", async () => {
  const page = await visit("desk");
  await sign_in(page, TOKEN);
  const slow = [];
  for (const view of Object.keys(VIEWS)) {
    await go(page, `/?view=${view}`);
    const asked = new Set(await page.evaluate(() => [...document.querySelectorAll("[data-at]")].map((place) => place.dataset.at)));
    for (const at of asked) {
      const begun = performance.now();
      await fetch(URL_OF + at, { headers: { Authorization: `Bearer ${TOKEN}` } }).then((reply) => reply.text());
      const took = Math.round(performance.now() - begun);
      if (took > 200) slow.push(`${at}: ${took} ms`);
    }
  }
  expect(slow.length === 0, slow.join(", "));
  await page.context().close();
});

let failed = 0;
const waiting = [...CHECKS];
await Promise.all(Array.from({ length: WORKERS }, async () => {
  for (let next; (next = waiting.shift()); ) {
    const begun = Date.now();
    console.log(`[ RUN      ] ${next.words}`);
    try {
      await next.act();
      console.log(`[       OK ] ${next.words} (${Date.now() - begun} ms)`);
    } catch (fault) {
      failed += 1;
      console.log(`[  FAILED  ] ${next.words}: ${fault instanceof Fault ? fault.message : fault.stack}`);
    }
  }
}));
await browser.close();
mock?.server.close();
console.log(`${CHECKS.length - failed} passed, ${failed} failed; pictures in ${pictures}`);
process.exit(failed ? 1 : 0);
