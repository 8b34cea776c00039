// Axes on which somebody answers: sliders over a chart, which a hand on the chart moves too.
import { find, typeScale } from "./dom.js";

/** @typedef {{ name: string, x: number[], y: number[] }} Curve */
/**
 * @typedef {object} Drawing
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {[string, string]} titles
 * @property {Curve[]} shown
 * @property {Curve[]} hidden
 */

const MARGIN = { l: 3.5, r: 1, t: 0.75, b: 3 }; // in letters' heights, as .lesson-hand has it

export class Canvas {
  /**
   * @param {HTMLElement} root
   * @param {Drawing} drawing
   * @param {HTMLInputElement[]} handles
   * @param {() => { Plotly: PlotlyLibrary, theme: Theme }} look
   * @param {string} decimal what stands before the digits of a fraction
   */
  constructor(root, drawing, handles, look, decimal) {
    this.decimal = decimal;
    this.root = root;
    this.drawing = drawing;
    this.handles = handles;
    this.look = look;
    this.open = false;
    /** @type {{ across: number, up: number } | undefined} */
    this.at = undefined; // where a hand was
    this.plot = /** @type {Plot} */ (find(root, ".lesson-plot"));
    this.hand = find(root, ".lesson-hand");
    this.line = find(root, "polyline");
    for (const handle of handles) handle.addEventListener("input", () => this.follow());
    if (root.dataset.kind === "sketch") for (const handle of handles) handle.addEventListener("keydown", arrows);
    this.hand.addEventListener("pointerdown", (event) => this.grip(event));
    this.hand.addEventListener("pointermove", (event) => {
      if (this.hand.hasPointerCapture(event.pointerId)) this.move(event);
    });
    this.resized = new ResizeObserver(() => {
      if (this.drawn && this.plot.offsetParent) this.draw();
    });
    this.resized.observe(root);
    this.follow();
  }

  /** @param {PointerEvent} event */
  grip(event) {
    if (event.button !== 0) return;
    event.preventDefault(); // it selects text
    this.hand.setPointerCapture(event.pointerId);
    this.at = undefined;
    this.move(event);
  }

  /**
   * Set the slider that is nearest to a hand, and those that it has passed on its way.
   * @param {PointerEvent} event
   */
  move({ clientX, clientY }) {
    const box = this.hand.getBoundingClientRect();
    const across = within((clientX - box.left) / box.width);
    const up = within(1 - (clientY - box.top) / box.height);
    if (this.root.dataset.kind === "sketch") {
      const last = this.handles.length - 1;
      const from = this.at ?? { across, up };
      for (const k of passed(from.across * last, across * last)) {
        const share = from.across === across ? 1 : within((k / last - from.across) / (across - from.across));
        set(this.handles[k], from.up + share * (up - from.up));
      }
      this.at = { across, up };
    } else set(this.handles[0], across);
  }

  // Draw the line through the handles, or the mark.
  follow() {
    const share = (/** @type {HTMLInputElement} */ { valueAsNumber, min, max }) =>
      (valueAsNumber - Number(min)) / (Number(max) - Number(min));
    const points =
      this.root.dataset.kind === "sketch"
        ? this.handles.map((handle, k) => `${k / (this.handles.length - 1)},${1 - share(handle)}`)
        : [0, 1].map((y) => `${share(this.handles[0])},${y}`);
    this.line.setAttribute("points", points.join(" "));
    for (const handle of this.handles) {
      const text = String(Number(handle.valueAsNumber.toPrecision(3)));
      handle.setAttribute("aria-valuetext", text.replace(".", this.decimal));
    }
  }

  /** @param {boolean} open */
  reveal(open) {
    if (open === this.open) return;
    this.open = open;
    if (this.drawn) this.draw();
  }

  async draw() {
    this.drawn = true;
    const { Plotly, theme } = this.look();
    const { x, y, titles, shown, hidden } = this.drawing;
    const curves = [...shown, ...(this.open ? hidden : [])];
    const axis = (/** @type {[number, number]} */ range, /** @type {string} */ text) => ({
      range, title: { text }, gridcolor: theme.grid, linecolor: theme.grid, zeroline: false, fixedrange: true,
    }); // prettier-ignore
    const scale = typeScale();
    const margin = Object.fromEntries(Object.entries(MARGIN).map(([side, size]) => [side, 16 * scale * size]));
    const layout = {
      margin, separators: `${this.decimal}\u2009`,
      showlegend: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: theme.text, family: theme.font, size: 12 * scale }, xaxis: axis(x, titles[0]), yaxis: axis(y, titles[1]),
      height: this.plot.clientHeight, width: this.plot.clientWidth,
    }; // prettier-ignore
    const traces = curves.map((curve, k) => ({
      type: "scatter", mode: "lines", ...curve, line: { color: theme.palette[k], width: 3 },
    })); // prettier-ignore
    await Plotly.react(this.plot, traces, layout, { staticPlot: true });
  }
}

/**
 * The whole numbers that are nearest to those between two numbers, in their order.
 * @param {number} from
 * @param {number} to
 */
export function passed(from, to) {
  const [first, last] = [Math.round(from), Math.round(to)];
  const step = Math.sign(last - first) || 1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, k) => first + k * step);
}

/**
 * @param {HTMLInputElement} handle
 * @param {number} share of its way
 */
function set(handle, share) {
  const [low, high] = [Number(handle.min), Number(handle.max)];
  handle.valueAsNumber = low + share * (high - low);
  handle.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {number} share */
const within = (share) => Math.min(Math.max(share, 0), 1);

// In a row of upright sliders left and right go from one to the next.
/** @param {KeyboardEvent} event */
function arrows(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const handle = /** @type {HTMLInputElement} */ (event.target);
  const handles = [...(handle.parentElement?.querySelectorAll("input") ?? [])];
  handles[handles.indexOf(handle) + step]?.focus();
}
