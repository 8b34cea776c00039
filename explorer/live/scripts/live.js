// The live chart on a Streamlit page: watches the thumbs of native sliders, which stay the state.
// Streamlit calls the default export on mount, and again, without clean-up, each time data or theme change.
import { LiveChart } from "./parts/chart.js";
import "./parts/deeds.js";
import { find } from "./parts/dom.js";
import { writeExactly } from "./parts/fields.js";
import "./parts/paste.js";
import "./parts/popover.js";
import "./parts/swipe.js";
import { moveThumb, standing, thumb, thumbs } from "./parts/thumbs.js";
import { queued } from "./parts/queue.js";

/** @typedef {{ script: string, plotly: string, prefix: string, title: string, height: number }} Place */
/** @typedef {ChartData & Place & { taken: number }} Sent with the last commit that Python has taken */
/** @typedef {{ number: number, values: Numbers }} Commit */
/**
 * Of commits in quick succession Streamlit keeps the last, so each holds those before it that Python has not taken.
 * @typedef {{ chart: LiveChart, watcher: MutationObserver, prefix: string, send: (commits: Commit[]) => void, count: number,
 *   open: Commit[] }} Shown
 */

/** @type {WeakMap<Element, Shown>} */
const charts = new WeakMap();
/** @type {WeakMap<Element, Sent>} */
const newest = new WeakMap(); // what was sent for it last

/**
 * The numbers that thumbs show. A thumb stands on its steps: within half a step of the settled value, that exact value holds.
 * @param {Numbers} settled
 * @param {string} prefix
 */
function read(settled, prefix) {
  /** @type {Numbers} */
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

/**
 * Move the thumbs as a hand on the chart does.
 * @param {Numbers} numbers
 * @param {string} prefix
 */
function hold(numbers, prefix) {
  for (const [name, value] of Object.entries(numbers)) {
    const input = thumb(prefix + name);
    if (input) moveThumb(input, value);
  }
}

/** @param {Element} root */
function theme(root) {
  const style = getComputedStyle(root);
  const css = (/** @type {string} */ name) => style.getPropertyValue(`--st-${name}`).trim();
  return {
    palette: css("chart-categorical-colors").split(/,(?![^(]*\))/).map((c) => c.trim()),
    text: css("text-color"),
    ground: css("background-color"),
    grid: css("border-color"),
    font: css("font"),
  };
}

/** @type {Map<string, Promise<PlotlyLibrary>>} */
const libraries = new Map(); // by their addresses
/** @type {Promise<unknown>} */
let loaded = Promise.resolve(); // one after the other, since each is found as window.Plotly

/** @param {string} address */
function plotly(address) {
  const known = libraries.get(address);
  if (known) return known;
  const here = loaded.then(() => import(new URL(address, document.baseURI).href)).then(() => window.Plotly);
  libraries.set(address, here);
  loaded = here.catch(() => {});
  return here;
}

/** @param {Component<Sent>} component */
export default async function (component) {
  const { data, parentElement } = component;
  const root = find(parentElement, ".live-chart");
  find(root, ".live-title").textContent = data.title;
  find(root, ".live-plot").style.minHeight = `${data.height}px`; // its place, until it is drawn
  newest.set(root, data);
  const Plotly = await plotly(data.plotly);
  if (charts.has(root)) return show(root, Plotly, component);
  return queued(root, async () => {
    if (root.isConnected && newest.get(root) === data) return show(root, Plotly, component);
    return undefined;
  });
}

/**
 * @param {Element} root
 * @param {PlotlyLibrary} Plotly
 * @returns {Shown}
 */
function begin(root, Plotly) {
  const chart = new LiveChart(/** @type {HTMLElement} */ (root), {
    Plotly,
    read: (settled) => read(settled, shown.prefix),
    hold: (numbers) => hold(numbers, shown.prefix),
    commit: (values) => {
      const before = shown.open.map((commit) => ({ ...commit, values: standing(commit.values, shown.prefix) }));
      shown.open = [...before, { number: ++shown.count, values }];
      shown.send(shown.open);
    },
    open: () => {
      const numbers = Object.entries(Object.assign({}, ...shown.open.map(({ values }) => values)));
      return Object.fromEntries(numbers.filter(([name]) => !thumb(shown.prefix + name))); // a thumb holds its own
    },
    picks: true,
    write: (numbers) => writeExactly(numbers, shown.prefix),
    step: (name) => Number(thumb(shown.prefix + name)?.step) || undefined,
    theme: () => theme(root),
  });
  const watcher = new MutationObserver(() => chart.follow());
  watcher.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value", "aria-valuetext"] });
  /** @type {Shown} */
  const shown = { chart, watcher, prefix: "", send: () => {}, count: 0, open: [] };
  return shown;
}

/**
 * @param {Element} root
 * @param {PlotlyLibrary} Plotly
 * @param {Component<Sent>} component
 */
async function show(root, Plotly, { data, setTriggerValue }) {
  const shown = charts.get(root) ?? begin(root, Plotly);
  charts.set(root, shown);
  shown.prefix = data.prefix;
  shown.send = (commits) => setTriggerValue("commit", commits);
  shown.count = Math.max(shown.count, data.taken); // of an earlier chart in this session
  shown.open = shown.open.filter(({ number }) => number > data.taken);
  await shown.chart.show(data);
  return () => {
    if (root.isConnected) return; // Streamlit also calls this when newer data overtook `show`; the chart lives on then
    shown.watcher.disconnect();
    shown.chart.destroy();
    charts.delete(root);
  };
}
