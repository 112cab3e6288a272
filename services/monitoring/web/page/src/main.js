// Main: signs in, follows the address, and puts a view on the page.
import { readAddress, writeAddress } from "./address.js";
import { Problem, ask, keepToken, token } from "./api.js";
import { draw_patterns, filter_form, frame, problem_alert, show_filters, sign_in_form } from "./shell.js";
import { Context } from "./context.js";
import { h } from "./dom.js";
import { words } from "./words.js";
import { forecast } from "./views/forecast.js";
import { municipality } from "./views/municipality.js";
import { operations } from "./views/operations.js";
import { overview } from "./views/overview.js";
import { pic } from "./views/pic.js";
import { provider } from "./views/provider.js";
import { transition } from "./views/transition.js";

// What each view shows, the tables it is made of, and the filters that it has.
const VIEWS = {
  overview: { make: overview, tables: ["budgets", "forecast", "spending"], filters: ["municipality"] },
  municipality: { make: municipality, tables: ["budgets", "spending"], filters: ["municipality"] },
  provider: { make: provider, tables: ["providers"], filters: ["municipality", "provider"] },
  pic: { make: pic, tables: ["pic-costs", "results"], filters: ["municipality", "provider", "profile", "intensity"] },
  transition: { make: transition, tables: ["funding-paths", "to-move"], filters: ["municipality"] },
  forecast: { make: forecast, tables: ["forecast"], filters: ["municipality"] },
  operations: { make: operations, tables: ["houses", "open-requests"], filters: ["municipality"] },
};

let turn = 0; // of looking: an answer that comes after the next question is not shown
let page = null; // the frame that stands, and for whom and in which language

function stamp(context) {
  const { say } = context;
  const exact = context.exact ? say("exact") : say("rounded");
  return h("p", { class: "stamp" },
    context.known_on && [say("as_known_on"), " ", h("strong", { class: "known-on" }, context.day(context.known_on)), ". "], `${exact}.`);
}

function heading(context) {
  const view = context.say.view(context.address.view);
  const subject = context.address.view === "provider" && context.address.provider ? context.named("provider", context.address.provider) : context.subject();
  return [
    h("p", { class: "kicker" }, view),
    h("h1", { class: "nl-heading nl-heading--level-1", tabindex: "-1" }, `${subject}, ${context.year ?? context.address.year ?? ""}`.replace(/, $/, "")),
  ];
}

// What a reader of one municipality could see more of, by choosing it.
function own_municipality(context) {
  const { exact } = context.region.reader;
  if (!context.left_out || exact === "*" || exact.length === 0) return null;
  const links = exact.map((code) => h("a", { class: "nl-link", href: writeAddress(context.address, { municipality: code }) }, context.municipality_name(code)));
  return h("p", { class: "hint" }, context.say("choose_own"), " ", links.flatMap((link, i) => (i ? [", ", link] : [link])), ".");
}

function not_for_this_reader(context) {
  return h("div", { class: "utrecht-alert utrecht-alert--info" },
    h("div", { class: "utrecht-alert__content" },
      h("div", { class: "utrecht-alert__message" },
        h("h2", { class: "nl-heading nl-heading--level-4" }, context.say("not_for_you")),
        h("p", { class: "nl-paragraph" }, context.say("not_for_you_more")))));
}

function may_see(view, context) {
  return VIEWS[view].tables.some((name) => {
    const card = context.card(name);
    return card && (card.wide || context.region.reader.exact.length > 0);
  });
}

// Two stand beside each other; one that would stand alone takes the whole width.
function filled(panels) {
  let left = null;
  for (const panel of [...panels, null]) {
    const wide = !panel || panel.classList.contains("wide");
    if (wide && left) left.classList.add("wide");
    left = wide || left ? null : panel;
  }
  return panels;
}

async function contents(context) {
  const { address } = context;
  if (!may_see(address.view, context)) return [heading(context), not_for_this_reader(context)];
  const parts = (await VIEWS[address.view].make(context)).flat(Infinity).filter(Boolean);
  const distinct = [...new Map(context.problems.map((problem) => [problem.status, problem])).values()];
  return [
    heading(context),
    stamp(context),
    own_municipality(context),
    distinct.map((problem) => problem_alert(context.say, problem, look)),
    parts.filter((part) => part.classList.contains("headline")),
    h("div", { class: "panels" }, filled(parts.filter((part) => !part.classList.contains("headline")))),
    parts.length === 0 && distinct.length === 0 && context.left_out && !context.region.reader.exact.length && not_for_this_reader(context),
  ];
}

// A view of one municipality shows the reader's own when none is chosen.
function usual_municipality(address, region) {
  if (address.view !== "municipality" || address.municipality) return address;
  const { exact } = region.reader;
  const code = (exact !== "*" && exact[0]) || region.municipalities[0]?.code;
  return code ? { ...address, municipality: code } : address;
}

function sign_in(problem) {
  const address = readAddress();
  const say = words(address.lang);
  page = null;
  document.documentElement.lang = address.lang;
  document.title = `${say("sign_in")} – ${say("title")}`;
  document.body.replaceChildren(...sign_in_form(say, address, problem, async (secret) => {
    keepToken(secret);
    await ask("/v1/region");
    await look({ focus: true });
  }));
}

// Everything on the page follows from the address; what was typed or opened stays while the frame stands.
export async function look({ focus = false } = {}) {
  const mine = ++turn;
  if (!token()) return sign_in(null);
  const written = readAddress();
  const say = words(written.lang);
  document.documentElement.lang = written.lang;
  page?.main.setAttribute("aria-busy", "true");
  page?.announce(say("loading"));
  try {
    const [region, cards] = await Promise.all([ask("/v1/region"), ask("/v1/tables")]);
    if (!(written.view in VIEWS)) written.view = "overview";
    const address = usual_municipality(written, region);
    const context = new Context(address, region, cards);
    const nodes = await contents(context);
    if (mine === turn) put(context, nodes.flat(Infinity).filter(Boolean), focus);
  } catch (problem) {
    if (mine !== turn) return;
    if (!(problem instanceof Problem)) {
      fall(say, new Problem(503, ""));
      throw problem;
    }
    if (problem.status === 401) {
      keepToken(null);
      sign_in(problem);
    } else {
      fall(say, problem);
    }
  }
}

function put(context, nodes, focus) {
  const { address, say } = context;
  const views = Object.keys(VIEWS).filter((view) => may_see(view, context));
  const key = `${address.lang} ${context.region.reader.name} ${views}`;
  if (page?.key !== key) {
    page = { key, ...frame(context, views, { sign_out: () => { keepToken(null); sign_in(null); } }) };
    page.form = filter_form(context, choose);
    page.filters.replaceChildren(page.form.element);
    document.body.replaceChildren(...page.elements);
  }
  page.follow(context);
  show_filters(page.form, context, VIEWS[address.view].filters);
  page.main.replaceChildren(...nodes);
  page.main.removeAttribute("aria-busy");
  const subject = page.main.querySelector("h1").textContent;
  document.title = `${say.view(address.view)}: ${subject} – ${say("title")}`;
  page.announce(`${say("loaded")}: ${say.view(address.view)}, ${subject}`);
  if (focus) {
    scrollTo(0, 0);
    page.main.querySelector("h1").focus({ preventScroll: true });
  }
}

function fall(say, problem) {
  const alert = problem_alert(say, problem, look);
  if (page) {
    page.main.removeAttribute("aria-busy");
    page.announce("");
    page.main.replaceChildren(h("h1", { class: "nl-heading nl-heading--level-1", tabindex: "-1" }, say("title")), alert);
  } else {
    document.body.replaceChildren(h("main", { id: "content", class: "alone" }, h("h1", { class: "nl-heading nl-heading--level-1" }, say("title")), alert));
  }
}

function go(href, options) {
  history.pushState(null, "", href);
  look(options);
}

// A filter was changed; several at once are one step back.
function choose(changes) {
  const href = writeAddress(readAddress(), changes);
  if (href !== location.pathname + location.search) go(href);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/']");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.getAttribute("href").startsWith("/page/")) return;
  event.preventDefault();
  go(link.getAttribute("href"), { focus: true });
});
addEventListener("popstate", () => look({ focus: true }));

// On paper a table stands under its chart, unless it is long.
const PAPER_ROWS = 40;
const paper = matchMedia("print");
function turn_to_paper(printing) {
  for (const details of document.querySelectorAll("details.data")) {
    if (printing && !details.open && details.querySelectorAll("tbody tr").length <= PAPER_ROWS) {
      details.open = true;
      details.dataset.paper = "";
    } else if (!printing && "paper" in details.dataset) {
      details.open = false;
      delete details.dataset.paper;
    }
  }
}
paper.addEventListener("change", (event) => turn_to_paper(event.matches));
addEventListener("beforeprint", () => turn_to_paper(true));
addEventListener("afterprint", () => turn_to_paper(false));

draw_patterns();
look();

