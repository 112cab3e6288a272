// Plot: the marks of Observable Plot that the page draws with, so that the bundle holds no others.
export { axisX, axisY, barX, barY, dot, gridX, gridY, lineY, plot, rectY, ruleX, ruleY, text, tickX, tickY } from "@observablehq/plot";
