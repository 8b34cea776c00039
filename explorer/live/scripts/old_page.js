// The live chart as a page of its own: the sliders are plain inputs, the state is in this page.
import { LiveChart } from "./parts/chart.js";
import { find } from "./parts/dom.js";

/** @type {ChartData} */
const spec = JSON.parse(find(document, "#spec").textContent ?? "");
/** @type {NodeListOf<HTMLInputElement>} */
const sliders = document.querySelectorAll("input[type=range]");
/** @type {Map<string, HTMLInputElement>} */
const inputs = new Map(Array.from(sliders, (input) => [input.name, input]));
const root = find(document, ".live-chart");
const css = (/** @type {string} */ name) => getComputedStyle(root).getPropertyValue(`--st-${name}`).trim();

const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (inputs.get(name));

const chart = new LiveChart(root, {
  Plotly: window.Plotly,
  read: () => Object.fromEntries([...inputs].map(([name, input]) => [name, input.valueAsNumber])),
  hold: (numbers) => {
    for (const [name, value] of Object.entries(numbers)) input(name).value = String(value);
  },
  commit: () => chart.follow(),
  step: (name) => Number(input(name).dataset.step),
  theme: () => ({
    palette: css("chart-categorical-colors").split(","),
    text: css("text-color"),
    ground: css("background-color"),
    grid: css("border-color"),
    font: css("font"),
  }),
});
for (const slider of sliders) slider.addEventListener("input", () => chart.follow());
const show = () => chart.show(spec);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
show();
