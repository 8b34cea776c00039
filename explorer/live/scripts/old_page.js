// The live chart as a page of its own: the sliders are plain inputs, the state is in this page.
import { LiveChart } from "./parts/chart.js";

const spec = JSON.parse(document.getElementById("spec").textContent);
const inputs = new Map([...document.querySelectorAll("input[type=range]")].map((input) => [input.name, input]));
const root = document.querySelector(".live-chart");
const css = (name) => getComputedStyle(root).getPropertyValue(`--st-${name}`).trim();

const chart = new LiveChart(root, {
  Plotly: window.Plotly,
  read: () => Object.fromEntries([...inputs].map(([name, input]) => [name, input.valueAsNumber])),
  hold: (numbers) => Object.entries(numbers).forEach(([name, value]) => (inputs.get(name).value = value)),
  commit: () => chart.follow(),
  step: (name) => Number(inputs.get(name).dataset.step),
  theme: () => ({
    palette: css("chart-categorical-colors").split(","),
    text: css("text-color"), ground: css("background-color"), grid: css("border-color"), font: css("font"),
  }),
});
for (const input of inputs.values()) input.addEventListener("input", () => chart.follow());
const show = () => chart.show(spec);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
show();
