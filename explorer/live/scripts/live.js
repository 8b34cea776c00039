// The live chart on a Streamlit page: watches the thumbs of native sliders, which stay the state.
// Streamlit calls the default export on mount, and again, without clean-up, each time data or theme change.
import { LiveChart } from "./parts/chart.js";
import "./parts/deeds.js";
import { writeExactly } from "./parts/fields.js";
import { moveThumb, thumb, thumbs } from "./parts/thumbs.js";
import { queued } from "./parts/queue.js";

const charts = new WeakMap();
const newest = new WeakMap(); // root -> what was sent for it last

// The numbers that thumbs show. A thumb stands on its steps: within half a step of the settled value, that exact value holds.
function read(settled, prefix) {
  const shown = {};
  for (const [key, input] of thumbs()) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : "";
    // A number beyond the slider leaves the thumb at its end.
    const stands = Math.min(Math.max(settled[name], Number(input.min)), Number(input.max));
    const moved = Math.abs(input.valueAsNumber - stands) > 0.5001 * Number(input.step);
    if (name in settled && moved) shown[name] = input.valueAsNumber;
  }
  return shown;
}

// Move the thumbs as a hand on the chart does.
function hold(numbers, prefix) {
  for (const [name, value] of Object.entries(numbers)) if (thumb(prefix + name)) moveThumb(thumb(prefix + name), value);
}

function theme(root) {
  const style = getComputedStyle(root);
  const css = (name) => style.getPropertyValue(`--st-${name}`).trim();
  return {
    palette: css("chart-categorical-colors").split(/,(?![^(]*\))/).map((c) => c.trim()),
    text: css("text-color"),
    ground: css("background-color"),
    grid: css("border-color"),
    font: css("font"),
  };
}

const libraries = new Map(); // address -> Promise of the Plotly that stands there
let loaded = Promise.resolve(); // one after the other, since each is found as window.Plotly

function plotly(address) {
  if (!libraries.has(address)) {
    const here = loaded.then(() => import(new URL(address, document.baseURI).href)).then(() => window.Plotly);
    libraries.set(address, here);
    loaded = here.catch(() => {});
  }
  return libraries.get(address);
}

export default async function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".live-chart");
  root.querySelector(".live-title").textContent = data.title;
  root.querySelector(".live-plot").style.minHeight = `${data.height}px`; // its place, until it is drawn
  newest.set(root, data);
  const Plotly = await plotly(data.plotly);
  if (charts.has(root)) return show(root, Plotly, component);
  return queued(root, async () => (root.isConnected && newest.get(root) === data ? show(root, Plotly, component) : undefined));
}

async function show(root, Plotly, { data, setTriggerValue }) {
  let chart = charts.get(root);
  if (!chart) {
    chart = new LiveChart(root, {
      Plotly,
      read: (settled) => read(settled, chart.prefix),
      hold: (numbers) => hold(numbers, chart.prefix),
      commit: (numbers) => chart.settle(numbers),
      write: (numbers) => writeExactly(numbers, chart.prefix),
      step: (name) => Number(thumb(chart.prefix + name)?.step ?? 0.001),
      theme: () => theme(root),
    });
    charts.set(root, chart);
    chart.watcher = new MutationObserver(() => chart.follow());
    chart.watcher.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value", "aria-valuetext"] });
  }
  chart.prefix = data.prefix;
  chart.settle = (numbers) => setTriggerValue("commit", numbers);
  await chart.show(data);
  return () => {
    if (root.isConnected) return; // Streamlit also calls this when newer data overtook `show`; the chart lives on then
    chart.watcher.disconnect();
    chart.destroy();
    charts.delete(root);
  };
}
