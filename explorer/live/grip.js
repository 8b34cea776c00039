import { get } from "./follower.js";
import { formatNumber } from "./numbers.js";

const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// A round grip over a trace's point: drag it, or move it with the arrow keys.
export class Grip {
  constructor(chart, follower, first) {
    this.chart = chart;
    this.follower = follower;
    this.drag = Object.entries(follower.trace.meta.drag);
    this.element = document.createElement("div");
    this.element.className = "live-grip";
    this.element.dataset.grip = this.drag.map(([, name]) => name).join(" ");
    this.element.tabIndex = first ? 0 : -1;
    this.element.setAttribute("role", "slider");
    this.element.setAttribute("aria-label", `${this.drag.map(([, name]) => name).join(" and ")}, on the curve`);
    this.element.addEventListener("pointerdown", (event) => this.hold(event));
    this.element.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel"]) this.element.addEventListener(type, (event) => this.release(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("keyup", (event) => this.release(event));
    chart.root.append(this.element);
  }

  axis(letter) {
    return this.chart.plot._fullLayout[(this.follower.trace[`${letter}axis`] ?? letter).replace(letter, `${letter}axis`)];
  }

  // Put the grip where the point is; at the edge, with an arrow, where the point lies beyond what is shown.
  place(attributes) {
    const at = Object.fromEntries(attributes);
    const place = ["x", "y"].map((letter) => {
      const axis = this.axis(letter);
      const value = (at[letter] ?? get(this.follower.trace, letter))[0];
      const far = letter === "x" ? axis._length : 0;
      let pixel = axis.d2p(value);
      if (value === Infinity) pixel = far;
      else if (value === -Infinity || (axis.type === "log" && value <= 0)) pixel = axis._length - far;
      return { pixel: clamp(pixel, 0, axis._length), beyond: !(pixel > -0.5 && pixel < axis._length + 0.5) || !Number.isFinite(value), axis };
    });
    const [x, y] = place;
    this.element.hidden = Number.isNaN(x.pixel) || Number.isNaN(y.pixel);
    this.element.classList.toggle("live-grip-beyond", y.beyond);
    this.element.dataset.edge = y.beyond ? (y.pixel > y.axis._length / 2 ? "low" : "high") : "";
    this.element.style.transform = `translate(${x.axis._offset + x.pixel}px, ${y.axis._offset + y.pixel}px)`;
    const [, name] = this.drag[0];
    const [low, high] = this.chart.limits[name];
    const value = this.chart.numbers[name];
    this.element.setAttribute("aria-valuemin", low);
    this.element.setAttribute("aria-valuemax", high);
    this.element.setAttribute("aria-valuenow", value);
    this.element.setAttribute("aria-valuetext", formatNumber(value, 6, true));
  }

  hold(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
    this.held = true;
  }

  move(event) {
    if (!this.held) return;
    const box = this.chart.plot.getBoundingClientRect();
    for (const [letter, name] of this.drag) {
      const axis = this.axis(letter);
      const pixel = (letter === "x" ? event.clientX - box.left : event.clientY - box.top) - axis._offset;
      this.set(name, axis.p2d(pixel));
    }
  }

  key(event) {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 50, PageDown: -50, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    const [, name] = this.drag.find(([letter]) => (letter === "y") === vertical) ?? this.drag[0];
    this.held = true;
    this.set(name, this.chart.numbers[name] + steps[event.key] * this.chart.step(name));
  }

  set(name, value) {
    const [low, high] = this.chart.limits[name];
    const step = this.chart.step(name);
    const snapped = Number((low + Math.round((clamp(value, low, high) - low) / step) * step).toPrecision(12));
    this.moved = { ...this.moved, [name]: clamp(snapped, low, high) };
    this.chart.hold(this.moved);
  }

  release(event) {
    if (!this.held) return;
    this.held = false;
    if (event.pointerId !== undefined) this.element.releasePointerCapture(event.pointerId);
    if (this.moved) this.chart.commit(this.moved);
    this.moved = undefined;
  }
}
