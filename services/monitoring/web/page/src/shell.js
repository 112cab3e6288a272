// Shell: what stands around a view: who one is, where one can go, what one has chosen.
import { writeAddress } from "./address.js";
import { aside, h } from "./dom.js";

const TYPING_MS = 700;
const WALKING_MS = 350; // through the options of a list, with the arrow keys

// The hatched area of what is expected or unknown.
export function draw_patterns() {
  const space = "http://www.w3.org/2000/svg";
  const make = (tag, attributes, ...children) => {
    const element = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  document.documentElement.append(
    make("svg", { width: 0, height: 0, "aria-hidden": "true", class: "patterns" },
      make("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        make("rect", { width: 6, height: 6, fill: "#fff" }),
        make("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#4f98a7", "stroke-width": 3 }))));
}

function mark() {
  return h("span", { class: "mark", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}

export function problem_alert(say, problem, again) {
  const known = [0, 400, 401, 403, 404, 503].includes(problem.status) ? problem.status : 503;
  return h("div", { class: "utrecht-alert utrecht-alert--error", role: "alert" },
    h("div", { class: "utrecht-alert__content" },
      h("div", { class: "utrecht-alert__message" },
        h("h2", { class: "nl-heading nl-heading--level-4" }, say(`problem_${known}`)),
        h("p", { class: "nl-paragraph" }, say(`problem_${known}_do`)),
        again && h("p", {}, h("button", { type: "button", class: "nl-button nl-button--secondary", onclick: () => again() }, say("again"))))));
}

export function sign_in_form(say, address, problem, enter) {
  const message = h("div", { id: "code-fault", class: "utrecht-form-field-error-message", role: "alert" });
  const field = h("input", {
    id: "code", type: "password", autocomplete: "current-password", spellcheck: "false", required: true,
    class: "utrecht-textbox utrecht-textbox--html-input", "aria-describedby": "code-help code-fault",
  });
  const button = h("button", { type: "submit", class: "nl-button nl-button--primary" }, say("show_figures"));
  const tell = (words) => {
    message.textContent = words;
    field.toggleAttribute("aria-invalid", words !== "");
    if (words) field.setAttribute("aria-invalid", "true");
    field.classList.toggle("utrecht-textbox--invalid", words !== "");
    if (words) field.focus();
  };
  const words_of = ({ status }) => `${say(`problem_${[0, 401, 403].includes(status) ? status : 503}`)}. ${say(`problem_${[0, 401, 403].includes(status) ? status : 503}_do`)}`;
  const submit = async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return tell(say("code_missing"));
    tell("");
    button.disabled = true;
    try {
      await enter(field.value.trim());
    } catch (fault) {
      if (fault.status === undefined) throw fault;
      tell(words_of(fault));
    } finally {
      button.disabled = false;
    }
  };
  const form = h("form", { class: "sign-in", novalidate: true, onsubmit: submit },
    h("div", { class: "utrecht-form-field" },
      h("label", { class: "utrecht-form-label", for: "code" }, say("code")),
      h("p", { class: "utrecht-form-field-description", id: "code-help" }, say("code_help")),
      field, message),
    button);
  if (problem) queueMicrotask(() => tell(words_of(problem)));
  return [
    h("main", { id: "content", class: "alone" },
      h("p", { class: "brand" }, mark(), h("span", {}, "picq")),
      h("h1", { class: "nl-heading nl-heading--level-1" }, say("title")),
      h("p", { class: "nl-paragraph lead" }, say("sign_in_lead")),
      form,
      h("p", { class: "elsewhere" }, language_link(say, address))),
  ];
}

function language_link(say, address) {
  const other = address.lang === "en" ? "nl" : "en";
  return h("a", { class: "nl-link", href: writeAddress(address, { lang: other }), lang: other, hreflang: other }, say("language"));
}

// The page around a view: { elements, main, filters, announce, follow }
export function frame(context, views, { sign_out }) {
  const { say, region } = context;
  const main = h("main", { id: "content", tabindex: "-1" });
  const live = h("div", { class: "aside", role: "status", "aria-live": "polite" });
  const filters = h("div", { class: "filters" });
  const links = new Map(views.map((view) => [view, h("a", { class: "utrecht-nav-bar__link" }, say.view(view))]));
  const language = h("span", {});
  const here = h("span", { class: "here" });
  const skip = h("a", { class: "nl-skip-link nl-skip-link--visible-on-focus", href: "#content" }, say("skip"));
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
    main.scrollIntoView();
  });
  const licences = document.body.dataset.licences;
  const elements = [
    skip,
    h("header", { class: "utrecht-page-header" },
      h("div", { class: "within" },
        h("p", { class: "brand" }, mark(), h("span", {}, region.name), h("span", { class: "brand-title" }, say("title"))),
        h("div", { class: "reader" },
          h("span", { class: "who" }, say("signed_in"), " ", h("strong", {}, region.reader.name)), language,
          h("button", { type: "button", class: "plain", onclick: sign_out }, say("sign_out")))),
      h("nav", { class: "utrecht-nav-bar", "aria-label": say("navigation") },
        h("ul", { class: "utrecht-nav-bar__list within" }, [...links.values()].map((link) => h("li", { class: "utrecht-nav-bar__item" }, link))))),
    region.synthetic && h("aside", { class: "synthetic", "aria-label": say("synthetic") },
      h("p", { class: "within" }, h("strong", {}, `${say("synthetic")}. `), say("synthetic_more"))),
    filters, main, live,
    h("footer", { class: "utrecht-page-footer" },
      h("div", { class: "within" },
        h("p", {}, say("footer")),
        licences && h("p", {}, h("a", { class: "nl-link", href: licences }, say("licences"))),
        h("p", { class: "on-paper" }, say("address"), ": ", here))),
  ].filter(Boolean);

  return {
    elements, main, filters,
    announce: (words) => {
      live.textContent = words;
    },
    follow: ({ address }) => {
      for (const [view, link] of links) {
        link.setAttribute("href", writeAddress(address, { view, provider: view === "provider" || view === "pic" ? address.provider : "", profile: view === "pic" ? address.profile : "", intensity: view === "pic" ? address.intensity : "" }));
        if (view === address.view) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      language.replaceChildren(language_link(say, address));
      here.textContent = location.href;
    },
  };
}

function field(id, label, control, help) {
  return h("div", { class: "utrecht-form-field", "data-filter": id },
    h("label", { class: "utrecht-form-label", for: `filter-${id}` }, label), control, help && h("p", { class: "aside", id: `help-${id}` }, help));
}

function choice(id, options, chosen) {
  return h("select", { id: `filter-${id}`, class: "utrecht-select utrecht-select--html-select", onchange: chosen },
    options.map(([value, words]) => h("option", { value }, words)));
}

// One form for all views: { element, controls }. What is chosen goes into the address.
export function filter_form(context, choose) {
  const { say, region } = context;
  let waiting = null;
  const changes = {};
  const later = (id, wait) => (event) => {
    changes[id] = event.target.value;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      choose({ ...changes });
      for (const name of Object.keys(changes)) delete changes[name];
    }, wait);
  };
  const list = (items, words) => [["", words], ...(items ?? []).map(({ code, name }) => [code, name ?? code])];
  const controls = {
    municipality: choice("municipality", list(region.municipalities, say("whole_region")), later("municipality", WALKING_MS)),
    provider: choice("provider", list(region.providers, say("all_providers")), later("provider", WALKING_MS)),
    profile: choice("profile", list(region.profiles, say("all_profiles")), later("profile", WALKING_MS)),
    intensity: choice("intensity", list(region.intensities, say("all_intensities")), later("intensity", WALKING_MS)),
    year: choice("year", region.years.map((year) => [String(year), String(year)]), later("year", WALKING_MS)),
    "known-on": h("input", {
      id: "filter-known-on", type: "date", max: region.newest_day, class: "utrecht-textbox utrecht-textbox--html-input", "aria-describedby": "help-known-on",
      oninput: (event) => event.target.validity.valid && later("known-on", TYPING_MS)(event),
    }),
  };
  const fields = Object.fromEntries(Object.entries(controls).map(([id, control]) => [id, field(id, say(id), control, id === "known-on" && say("known_help"))]));
  const summary = h("summary", {}, h("span", { class: "summary-words" }, say("filters")), h("span", { class: "chosen" }));
  const reset = h("a", { class: "nl-link reset" }, say("reset"));
  const details = h("details", { class: "within" }, summary, h("form", { class: "choices", onsubmit: (event) => event.preventDefault() }, Object.values(fields), reset));
  details.open = matchMedia("(min-width: 48rem)").matches;
  return { element: h("search", { "aria-label": say("filters") }, details), controls, fields, reset, chosen: summary.querySelector(".chosen") };
}

// Brings the form to what the address says, and leaves alone what is being typed.
export function show_filters({ controls, fields, reset, chosen }, context, shown) {
  const { address, region, say } = context;
  const year = address.year ?? String(context.year ?? region.newest_day?.slice(0, 4) ?? "");
  for (const [id, control] of Object.entries(controls)) {
    const useful = id === "year" || id === "known-on" || (shown.includes(id) && control.options.length > 1);
    fields[id].hidden = !useful;
    const value = id === "year" ? year : (address[id] ?? "");
    if (id === "municipality") control.options[0].hidden = address.view === "municipality";
    if (control.value !== value) control.value = value;
  }
  reset.setAttribute("href", writeAddress({ view: address.view, lang: address.lang }));
  const told = [context.subject(), year, address["known-on"] && `${say("as_known_on").toLowerCase()} ${context.day(address["known-on"])}`];
  chosen.replaceChildren(aside(": "), told.filter(Boolean).join(" · "));
}
