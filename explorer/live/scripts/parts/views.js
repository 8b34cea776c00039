// The live views of a lesson: drawn when they are first seen, with what is to be reached in them and the way into the explorer.
import { holds } from "./condition.js";
import { elements, find } from "./dom.js";
import { Surface } from "./surface.js";

const LEAST = 240; // pixels, of a chart before a class

export class Views {
  /**
   * @param {HTMLElement} root
   * @param {import("./lesson.js").LessonSpec} spec
   * @param {PlotlyLibrary} Plotly
   * @param {() => boolean} alone whether a view has the screen for itself
   */
  constructor(root, spec, Plotly, alone) {
    this.root = root;
    this.spec = spec;
    this.Plotly = Plotly;
    this.alone = alone;
    /** @type {Map<HTMLElement, Surface>} */
    this.surfaces = new Map();
    /** @type {Map<HTMLElement, number>} */
    this.filled = new Map(); // the height of the screen that a view has filled
    /** @type {MutationObserver[]} */
    this.watched = [];
  }

  /**
   * Draw a view that is in sight; one that was drawn before follows by itself.
   * @param {HTMLElement} element
   */
  async draw(element) {
    const known = this.surfaces.get(element);
    if (known) {
      await this.fill(element, known);
      return;
    }
    const surface = new Surface(element, this.spec.views[Number(element.dataset.view)], this.Plotly);
    this.surfaces.set(element, surface);
    await surface.show();
    surface.follow(); // a slider may have moved while the charts were drawn
    await this.fill(element, surface);
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
   * Give the charts of a view the room that there is before a class, so that all of it is on the screen.
   * @param {HTMLElement} view
   * @param {Surface} surface
   */
  async fill(view, surface) {
    const { clientHeight } = this.root;
    const before = this.filled.get(view) ?? 0;
    if (!this.alone()) {
      if (before) await surface.fill(0);
      this.filled.set(view, 0);
      return;
    }
    if (before === clientHeight) return;
    this.filled.set(view, clientHeight);
    const cells = view.querySelectorAll(":scope > .live-chart, :scope > .live-text:not(.live-sliders)").length;
    const rows = Math.ceil(cells / getComputedStyle(view).gridTemplateColumns.split(" ").length);
    let room = clientHeight / rows;
    for (let k = 0; k < 3; k++) {
      await surface.fill(room);
      const over = this.root.scrollHeight - clientHeight;
      if (over <= 0) return;
      room = Math.max(room - over / rows - 2, LEAST);
    }
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
