// A view without a server: its charts and diagram within one element, and plain sliders, which are the state.
import { LiveChart } from "./chart.js";
import showDiagram from "../diagram.js";

export class Surface {
  // root holds what standalone.py has written; spec: { charts: key -> data of a chart, diagram }. changed(values): somebody has
  // let go of a slider, or of a point on a chart.
  constructor(root, spec, Plotly, changed = () => {}) {
    Object.assign(this, { root, spec, changed });
    this.inputs = new Map([...root.querySelectorAll("input[type=range]")].map((input) => [input.name, input]));
    for (const input of this.inputs.values()) {
      input.addEventListener("input", () => this.follow());
      input.addEventListener("change", () => changed(this.values()));
    }
    this.charts = Array.from(root.querySelectorAll("[data-chart]"), (place) => {
      const chart = new LiveChart(place, {
        Plotly,
        scope: root,
        read: () => this.values(),
        hold: (numbers) => this.set(numbers),
        commit: () => changed(this.values()),
        step: (name) => Number(this.inputs.get(name)?.dataset.step ?? 0.001),
        theme: () => theme(root),
      });
      return [chart, spec.charts[place.dataset.chart]];
    });
  }

  values() {
    return Object.fromEntries([...this.inputs].map(([name, input]) => [name, input.valueAsNumber]));
  }

  set(numbers) {
    for (const [name, value] of Object.entries(numbers)) {
      const input = this.inputs.get(name);
      if (input) input.value = value;
    }
    this.follow();
  }

  follow() {
    for (const [chart] of this.charts) chart.follow();
  }

  // Draw everything, in the colours of now.
  async show() {
    this.choose(this.chosen ?? this.spec.diagram?.chosen);
    await Promise.all(this.charts.map(([chart, data]) => chart.show(data)));
    this.root.dataset.ready = "true";
  }

  // A unit or an edge of the diagram, and the sliders that belong to it.
  choose(name) {
    if (!this.spec.diagram) return;
    this.chosen = name;
    const place = this.root.querySelector("[data-diagram]");
    const setTriggerValue = (_, chosen) => this.choose(chosen);
    showDiagram({ data: { ...this.spec.diagram, chosen: name }, key: "diagram", parentElement: place, setTriggerValue });
    for (const group of this.root.querySelectorAll("details[data-of]")) {
      if (group.dataset.of.split(" ").includes(name)) group.open = true;
    }
  }

  destroy() {
    for (const [chart] of this.charts) chart.destroy();
  }
}

function theme(root) {
  const css = (name) => getComputedStyle(root).getPropertyValue(`--st-${name}`).trim();
  return {
    palette: css("chart-categorical-colors").split(","),
    text: css("text-color"),
    ground: css("background-color"),
    grid: css("border-color"),
    font: css("font"),
  };
}
