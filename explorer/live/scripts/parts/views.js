// The live views of a lesson: drawn when they are first seen, with what is to be reached in them and the way into the explorer.
import { holds } from "./condition.js";
import { elements, find, typeScale } from "./dom.js";
import { Surface } from "./surface.js";

const LEAST = 150; // pixels, of a chart before a class, where letters are 16

export class Views {
  /**
   * @param {HTMLElement} root
   * @param {import("./lesson.js").LessonSpec} spec
   * @param {PlotlyLibrary} Plotly
   */
  constructor(root, spec, Plotly) {
    this.root = root;
    this.spec = spec;
    this.Plotly = Plotly;
    /** @type {Map<HTMLElement, Surface>} */
    this.surfaces = new Map();
    /** @type {Map<HTMLElement, string>} */
    this.filled = new Map(); // the heights that a view's charts were given
    /** @type {MutationObserver[]} */
    this.watched = [];
  }

  /**
   * Draw a view that is in sight; one that was drawn before follows by itself.
   * @param {HTMLElement} element
   */
  async draw(element) {
    if (this.surfaces.has(element)) return;
    const surface = new Surface(element, this.spec.views[Number(element.dataset.view)], this.Plotly);
    this.surfaces.set(element, surface);
    await surface.show();
    surface.follow(); // a slider may have moved while the charts were drawn
    const watched = new MutationObserver(() => this.attempt(element));
    watched.observe(element, { subtree: true, attributeFilter: ["data-value"] });
    this.watched.push(watched);
  }

  /**
   * Say what is reached by the numbers that a view has now.
   * @param {HTMLElement} view
   */
  attempt(view) {
    for (const one of this.triesOf(view)) {
      const { when } = this.spec.tries[one.dataset.try ?? ""];
      const reached = when.every((condition) => {
        const watched = find(view, `.lesson-watched [data-quantity="${condition.name}"]`);
        return holds(condition, Number(watched.dataset.value));
      });
      if (reached) one.dataset.state = "reached";
      find(one, ".lesson-say").hidden = one.dataset.state !== "reached";
    }
  }

  /** @param {HTMLElement} view */
  triesOf(view) {
    return elements(this.root, "[data-try]").filter((one) => one.dataset.of === view.dataset.view);
  }

  /**
   * Have a link lead to the view as its sliders stand now.
   * @param {HTMLAnchorElement} link
   */
  carry(link) {
    const address = new URL((link.dataset.opened ??= link.href));
    const inputs = link.closest("[data-view]")?.querySelectorAll("input[type=range]") ?? [];
    for (const input of /** @type {Iterable<HTMLInputElement>} */ (inputs)) {
      if (input.value === input.defaultValue) continue;
      const [low, step] = [Number(input.min), Number(input.dataset.step)];
      address.searchParams.set(input.dataset.field ?? input.name, onStep(input.valueAsNumber, low, step));
    }
    link.href = address.href;
  }

  /** @param {HTMLElement} button */
  solve(button) {
    const one = /** @type {HTMLElement} */ (button.closest("[data-try]"));
    const view = find(this.root, `[data-view="${one.dataset.of}"]`);
    this.surfaces.get(view)?.set(this.spec.tries[one.dataset.try ?? ""].solution);
  }

  /**
   * Give the charts of a view the room that there is before a class: the highest all of the left side, the others what is left
   * at the right. Elsewhere each has its own height.
   * @param {HTMLElement} view
   * @param {boolean} presents
   */
  async fill(view, presents) {
    const surface = this.surfaces.get(view);
    const { charts } = this.spec.views[Number(view.dataset.view)];
    const heights = presents ? this.heights(view, Object.keys(charts)) : {};
    const wanted = JSON.stringify(heights);
    if (wanted === (this.filled.get(view) ?? "{}")) return;
    this.filled.set(view, wanted);
    await surface?.fill(heights);
  }

  /**
   * How high the charts of a view can be on a screen of its own, in pixels.
   * @param {HTMLElement} view
   * @param {string[]} names of its charts
   * @returns {Record<string, number>}
   */
  heights(view, names) {
    const step = /** @type {HTMLElement} */ (view.closest(".lesson-step"));
    const [tall, ...low] = [...names].sort((a, b) => this.height(view, b) - this.height(view, a));
    for (const chart of elements(view, ":scope > .live-chart")) {
      chart.toggleAttribute("data-tall", chart.dataset.chart === tall);
    }
    const drawn = elements(view, ":scope > [data-tall], :scope > [data-diagram]");
    const cells = [...elements(step, ".lesson-told > *"), ...elements(view, ":scope > *")].filter(
      (cell) => cell.offsetParent && !cell.matches("h1, h2, .lesson-notes") && !drawn.includes(cell),
    );
    step.dataset.columns = drawn.length && cells.length ? "2" : "1";
    this.root.toggleAttribute("data-measuring", true); // without its charts
    const room = roomBelow(this.root, find(step, "h1, h2"));
    const rest = cells.reduce((sum, cell) => sum + outerHeight(cell), 0);
    this.root.toggleAttribute("data-measuring", false);
    view.style.setProperty("--room", `${room}px`);
    const each = Math.floor((room - rest) / low.length);
    return Object.fromEntries(names.map((name) => [name, Math.max(name === tall ? room : each, LEAST * typeScale())]));
  }

  /**
   * A chart's own height.
   * @param {HTMLElement} view
   * @param {string} name
   */
  height(view, name) {
    return JSON.parse(this.spec.views[Number(view.dataset.view)].charts[name].figure).layout.height ?? 0;
  }

  // In other colours.
  async recolor() {
    for (const surface of this.surfaces.values()) await surface.show();
  }

  destroy() {
    for (const observer of this.watched) observer.disconnect();
    for (const surface of this.surfaces.values()) surface.destroy();
  }
}

/**
 * The number of a slider's steps that is nearest, as the application's sliders have it.
 * @param {number} value
 * @param {number} low
 * @param {number} step
 */
const onStep = (value, low, step) => String(Number((low + Math.round((value - low) / step) * step).toPrecision(12)));

/**
 * How much room there is before a class between an element and the foot of the screen, in pixels.
 * @param {HTMLElement} root
 * @param {HTMLElement} element
 */
export function roomBelow(root, element) {
  const foot = find(root, ".lesson-nav");
  const bottom = foot.getBoundingClientRect().top - parseFloat(getComputedStyle(foot).marginTop);
  return Math.floor(bottom - element.getBoundingClientRect().bottom - parseFloat(getComputedStyle(element).marginBottom));
}

/** @param {HTMLElement} element */
function outerHeight(element) {
  const { marginTop, marginBottom } = getComputedStyle(element);
  return element.getBoundingClientRect().height + parseFloat(marginTop) + parseFloat(marginBottom);
}
