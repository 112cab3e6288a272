// Charts: Observable Plot in the page's own hand.
import * as Plot from "./plot.js";

export const INK = "#16232b";
export const QUIET = "#46545d";
export const LINE = "#c4ccd1";
export const ACCENT = "#0b6375";
export const MIDDLE = "#4f98a7";
export const PALE = "#c3dde2";
export const GREY = "#8a969d";
export const WARN = "#b3400e";

export const NARROW = 520;

// A chart as a picture with a text: label is what it shows, for who cannot see it.
export function draw(width, label, options) {
  const chart = Plot.plot({
    width,
    style: { fontFamily: "inherit", fontSize: "13px", background: "none", color: QUIET, overflow: "visible" },
    marginTop: 24,
    marginBottom: 32,
    ...options,
    className: "plot",
    x: { label: null, ...options.x },
    y: { label: null, nice: true, ...options.y },
  });
  // Its sheet of style stands in ours: none may come from a script.
  chart.querySelectorAll("style").forEach((sheet) => sheet.remove());
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", label);
  chart.removeAttribute("fill");
  chart.querySelectorAll("[aria-label], [aria-description]").forEach((part) => {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-description");
  });
  return chart;
}

// Shortens what is too long for its place.
export function short(text, letters) {
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
}

// Names before bars, in two lines where they need them.
export const names_axis = (room, options = {}) =>
  Plot.axisY({ tickSize: 0, fill: INK, lineWidth: (room - 6) / 12, lineHeight: 1.05, tickFormat: (text) => short(text, Math.floor((room - 14) / 6.6) * 2 - 3), ...options });

// The height of a row whose name may take two lines on a phone.
export const step = (width, usual) => (width < NARROW ? Math.max(36, usual) : usual);

// Horizontal lines and the words of an axis, without ticks.
export function money_axis(context, options = {}) {
  return [
    Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 5, ...options }),
    Plot.axisY({ anchor: "left", ticks: 5, tickSize: 0, tickFormat: (cents) => context.money_round(cents), ...options }),
  ];
}

export function count_axis(context, options = {}) {
  return [
    Plot.gridY({ stroke: LINE, strokeOpacity: 0.7, ticks: 5, ...options }),
    Plot.axisY({ anchor: "left", ticks: 5, tickSize: 0, tickFormat: (value) => context.count(value), ...options }),
  ];
}

export const month_axis = (context, width) =>
  Plot.axisX({ tickSize: 0, tickFormat: (text, i) => (width < NARROW ? context.month_short(text).slice(0, 1) : context.month_short(text)) });

// Labels at the ends of lines, moved apart so that none covers another: [{ y, text }] in pixels of the scale.
export function apart(labels, place, least = 15) {
  const sorted = labels.map((label) => ({ ...label, at: place(label.y) })).sort((a, b) => a.at - b.at);
  for (let i = 1; i < sorted.length; i++) sorted[i].at = Math.max(sorted[i].at, sorted[i - 1].at + least);
  return sorted;
}
