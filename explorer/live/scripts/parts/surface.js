// A view without a server: its charts and diagram within one element, and plain sliders, which are the state.
import showDiagram from "../diagram.js";
import { LiveChart } from "./chart.js";
import { find, typeScale } from "./dom.js";

/** @typedef {{ charts: Record<string, ChartData>, diagram?: import("../diagram.js").Network }} Spec */

const LEAST = 0.8; // of the size of letters, on a chart that has less than its own height

export class Surface {
  /**
   * @param {HTMLElement} root holds what standalone.py has written
   * @param {Spec} spec
   * @param {PlotlyLibrary} Plotly
   * @param {(values: Numbers) => void} changed called when a hand has moved a slider, or a point on a chart
   */
  constructor(root, spec, Plotly, changed = () => {}) {
    this.root = root;
    this.spec = spec;
    this.chosen = spec.diagram?.chosen;
    this.key = `diagram-${Math.random().toString(36).slice(2)}`; // as a page may have several
    /** @type {NodeListOf<HTMLInputElement>} */
    const sliders = root.querySelectorAll("input[type=range]");
    /** @type {Map<string, HTMLInputElement>} */
    this.inputs = new Map(Array.from(sliders, (input) => [input.name, input]));
    /** @type {Numbers} */
    this.others = {}; // that a hand on a chart moves, and no slider has
    for (const { limits, values } of Object.values(spec.charts)) {
      for (const name of Object.keys(limits)) if (!this.inputs.has(name)) this.others[name] = values[name];
    }
    this.opened = this.values();
    for (const input of sliders) {
      input.addEventListener("input", () => {
        this.follow();
        changed(this.values());
      });
    }
    /** @type {NodeListOf<HTMLElement>} */
    const places = root.querySelectorAll("[data-chart]");
    this.charts = Array.from(places, (place) => {
      const chart = new LiveChart(place, {
        Plotly,
        scope: root,
        read: () => this.values(),
        hold: (numbers) => {
          this.set(numbers);
          changed(this.values());
        },
        commit: () => (chart.held = {}), // the sliders have those numbers
        step: (name) => Number(this.inputs.get(name)?.dataset.step) || undefined,
        theme: () => theme(root),
      });
      return { chart, data: spec.charts[place.dataset.chart ?? ""] };
    });
  }

  /** @returns {Numbers} */
  values() {
    return { ...this.others, ...Object.fromEntries([...this.inputs].map(([name, input]) => [name, input.valueAsNumber])) };
  }

  /** @param {Numbers} numbers */
  set(numbers) {
    for (const [name, value] of Object.entries(numbers)) {
      const input = this.inputs.get(name);
      if (input) input.value = String(value);
      else if (name in this.others) this.others[name] = value;
    }
    this.follow();
  }

  follow() {
    const numbers = this.values();
    this.root.toggleAttribute("data-moved", Object.keys(numbers).some((name) => numbers[name] !== this.opened[name]));
    for (const { chart } of this.charts) chart.follow();
  }

  // Draw everything, in the colours of now.
  async show() {
    if (this.chosen !== undefined) this.choose(this.chosen);
    await Promise.all(this.charts.map(({ chart, data }) => chart.show(data)));
    this.root.dataset.ready = "true";
  }

  /**
   * Draw the charts as high as there is room, at most half as high again as they are.
   * @param {Record<string, number>} rooms in pixels; a chart that has none gets its own height
   */
  async fill(rooms) {
    for (const one of this.charts) {
      const name = one.chart.root.dataset.chart ?? "";
      const whole = this.spec.charts[name];
      const figure = JSON.parse(whole.figure);
      const { height = 450 } = figure.layout; // Plotly's own
      if (name in rooms) {
        const share = Math.min(1.5, rooms[name] / typeScale() / height);
        figure.layout.height = share * height;
        const size = 14 * typeScale() * Math.max(share, LEAST); // panels that are low have little room for words
        if (share < 1) figure.layout.font = { ...figure.layout.font, size };
      } else figure.layout.height = height;
      one.data = { ...whole, figure: JSON.stringify(figure) };
    }
    await this.show();
  }

  /**
   * A unit or an edge of the diagram, and the sliders that belong to it.
   * @param {string} name
   */
  choose(name) {
    if (!this.spec.diagram) return;
    this.chosen = name;
    showDiagram({
      data: { ...this.spec.diagram, chosen: name },
      key: this.key,
      parentElement: find(this.root, "[data-diagram]"),
      setStateValue: () => {},
      setTriggerValue: (_, chosen) => this.choose(String(chosen)),
    });
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const groups = this.root.querySelectorAll("details[data-of]");
    for (const group of groups) if (group.dataset.of?.split(" ").includes(name)) group.open = true;
  }

  destroy() {
    for (const { chart } of this.charts) chart.destroy();
  }
}

/**
 * The colours that hold within an element.
 * @param {Element} root
 */
export function theme(root) {
  const css = (/** @type {string} */ name) => getComputedStyle(root).getPropertyValue(`--st-${name}`).trim();
  return {
    palette: css("chart-categorical-colors").split(","),
    text: css("text-color"),
    ground: css("background-color"),
    grid: css("border-color"),
    font: css("font"),
  };
}
