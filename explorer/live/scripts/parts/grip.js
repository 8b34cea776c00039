/** @import { Follower } from "./follower.js" */
import { get } from "./follower.js";
import { formatNumber } from "./numbers.js";

/** @type {Record<string, number>} */
const STEPS = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 50,
  PageDown: -50,
  Home: -Infinity,
  End: Infinity,
};
const STEP = 0.01; // of an arrow key where a place, not a number, is moved; in units of the axes
/** @type {(x: number, low: number, high: number) => number} */
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/**
 * The number on a slider's steps that is nearest to one.
 * @param {number} value
 * @param {[low: number, high: number]} limits
 * @param {number} step
 */
export function snapped(value, [low, high], step) {
  const onStep = Number((low + Math.round((clamp(value, low, high) - low) / step) * step).toPrecision(12));
  return clamp(onStep, low, high);
}

// A round grip over a trace's point: drag it, or move it with the arrow keys.
export class Grip {
  /**
   * @param {import("./chart.js").LiveChart} chart
   * @param {Follower} follower
   * @param {boolean} first whether no other grip sets the same
   */
  constructor(chart, follower, first) {
    this.chart = chart;
    this.follower = follower;
    this.held = false;
    /** @type {number | undefined} */
    this.pointer = undefined; // of the finger or mouse that holds it, not of a key
    /** @type {Numbers | undefined} */
    this.moved = undefined; // while it is held
    /** @type {Numbers} */
    this.at = {}; // its place, by the letters of the axes
    this.drag = Object.entries(follower.drag ?? {});
    this.sets = Object.entries(follower.trace.meta?.sets ?? Object.fromEntries(this.drag.map(([, name]) => [name, name])));
    this.element = document.createElement("div");
    this.element.className = "live-grip";
    const names = this.sets.map(([name]) => name);
    this.element.dataset.grip = names.join(" ");
    this.element.tabIndex = first ? 0 : -1;
    this.element.setAttribute("role", "slider");
    const inPlane = !this.follower.setter && names.length > 1; // then it is the place itself that a hand moves
    const label = `${names.join(" and ")}, on the ${names.length > 1 ? "chart" : "curve"}`;
    this.element.setAttribute("aria-label", inPlane ? `${follower.trace.name}: ${label}` : label);
    this.element.addEventListener("pointerdown", (event) => this.hold(event));
    this.element.addEventListener("pointermove", (event) => this.move(event));
    this.element.addEventListener("pointerup", (event) => this.release(event.pointerId));
    this.element.addEventListener("pointercancel", (event) => this.release(event.pointerId));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("keyup", () => this.release());
    this.element.addEventListener("blur", () => this.release()); // its keyup goes elsewhere
    chart.root.append(this.element);
  }

  /**
   * @param {string} letter
   * @returns {Axis}
   */
  axis(letter) {
    return this.chart.plot._fullLayout[(this.follower.trace[`${letter}axis`] ?? letter).replace(letter, `${letter}axis`)];
  }

  /**
   * Put the grip where the point is; at the edge, with an arrow, where the point lies beyond what is shown.
   * @param {Attribute[]} attributes
   */
  place(attributes) {
    const at = Object.fromEntries(attributes);
    const place = ["x", "y"].map((letter) => {
      const axis = this.axis(letter);
      const value = (at[letter] ?? get(this.follower.trace, letter))[0];
      const far = letter === "x" ? axis._length : 0;
      let pixel = axis.d2p(value);
      if (value === Infinity) pixel = far;
      else if (value === -Infinity || (axis.type === "log" && value <= 0)) pixel = axis._length - far;
      const beyond = !(pixel > -0.5 && pixel < axis._length + 0.5) || !Number.isFinite(value);
      return { pixel: clamp(pixel, 0, axis._length), beyond, axis };
    });
    const [x, y] = place;
    this.element.hidden = Number.isNaN(x.pixel) || Number.isNaN(y.pixel);
    this.element.classList.toggle("live-grip-beyond", y.beyond);
    this.element.dataset.edge = y.beyond ? (y.pixel > y.axis._length / 2 ? "low" : "high") : "";
    this.element.style.transform = `translate(${x.axis._offset + x.pixel}px, ${y.axis._offset + y.pixel}px)`;
    this.at = { x: (at.x ?? get(this.follower.trace, "x"))[0], y: (at.y ?? get(this.follower.trace, "y"))[0] };
    const numbers = this.chart.numbers ?? {};
    const shown = this.sets.map(([name]) => formatNumber(numbers[name], 6, true));
    const [[name]] = this.sets;
    const [low, high] = this.chart.limits[name];
    const value = numbers[name];
    this.element.setAttribute("aria-valuemin", String(low));
    this.element.setAttribute("aria-valuemax", String(high));
    this.element.setAttribute("aria-valuenow", String(value));
    this.element.setAttribute("aria-valuetext", shown.join(", "));
  }

  /** @param {PointerEvent} event */
  hold(event) {
    if (event.button !== 0 || this.pointer !== undefined) return; // a second finger on it moves nothing
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.held = true;
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.held || event.pointerId !== this.pointer) return;
    const box = this.chart.plot.getBoundingClientRect();
    const place = this.drag.map(([letter, name]) => {
      const axis = this.axis(letter);
      return [name, axis.p2d((letter === "x" ? event.clientX - box.left : event.clientY - box.top) - axis._offset)];
    });
    this.put(Object.fromEntries(place));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    const [, name] = this.drag.find(([letter]) => (letter === "y") === vertical) ?? this.drag[0];
    this.held = true;
    const setter = this.follower.setter;
    const from = setter ? Object.fromEntries(this.drag.map(([letter, name]) => [name, this.at[letter]])) : this.chart.current();
    const step = setter ? STEP : this.chart.step(name);
    this.put({ ...(setter && from), [name]: from[name] + STEPS[event.key] * step });
  }

  /**
   * Set the numbers that belong to a place on the chart.
   * @param {Numbers} place
   */
  put(place) {
    const results = this.follower.setter?.({ ...this.chart.numbers, ...place }) ?? place;
    const moved = { ...this.moved };
    for (const [name, step] of this.sets) {
      const value = results[step] ?? NaN;
      if (!Number.isNaN(value)) moved[name] = snapped(value, this.chart.limits[name], this.chart.step(name));
    }
    this.moved = moved;
    this.chart.hold(moved);
  }

  /** @param {number} [pointer] */
  release(pointer) {
    if (!this.held || pointer !== this.pointer) return;
    this.held = false;
    if (pointer !== undefined) this.element.releasePointerCapture(pointer);
    this.pointer = undefined;
    const { moved } = this;
    this.moved = undefined;
    if (moved) this.chart.commit(moved);
  }
}
