import { get } from "./follower.js";
import { formatNumber } from "./numbers.js";

const STEP = 0.01; // of an arrow key where a place, not a number, is moved; in units of the axes
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// A round grip over a trace's point: drag it, or move it with the arrow keys.
export class Grip {
  constructor(chart, follower, first) {
    this.chart = chart;
    this.follower = follower;
    this.drag = Object.entries(follower.trace.meta.drag);
    this.sets = Object.entries(follower.trace.meta.sets ?? Object.fromEntries(this.drag.map(([, name]) => [name, name])));
    this.element = document.createElement("div");
    this.element.className = "live-grip";
    const names = this.sets.map(([name]) => name);
    this.element.dataset.grip = names.join(" ");
    this.element.tabIndex = first ? 0 : -1;
    this.element.setAttribute("role", "slider");
    this.element.setAttribute("aria-label", `${names.join(" and ")}, on the ${names.length > 1 ? "chart" : "curve"}`);
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
    this.at = { x: (at.x ?? get(this.follower.trace, "x"))[0], y: (at.y ?? get(this.follower.trace, "y"))[0] };
    const shown = this.sets.map(([name]) => formatNumber(this.chart.numbers[name], 6, true));
    const [[name]] = this.sets;
    const [low, high] = this.chart.limits[name];
    const value = this.chart.numbers[name];
    this.element.setAttribute("aria-valuemin", low);
    this.element.setAttribute("aria-valuemax", high);
    this.element.setAttribute("aria-valuenow", value);
    this.element.setAttribute("aria-valuetext", shown.join(", "));
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
    const place = this.drag.map(([letter, name]) => {
      const axis = this.axis(letter);
      return [name, axis.p2d((letter === "x" ? event.clientX - box.left : event.clientY - box.top) - axis._offset)];
    });
    this.put(Object.fromEntries(place));
  }

  key(event) {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 50, PageDown: -50, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    const [letter, name] = this.drag.find(([letter]) => (letter === "y") === vertical) ?? this.drag[0];
    this.held = true;
    const setter = this.follower.setter;
    const from = setter ? Object.fromEntries(this.drag.map(([letter, name]) => [name, this.at[letter]])) : this.chart.current();
    const step = setter ? STEP : this.chart.step(name);
    this.put({ ...(setter && from), [name]: from[name] + steps[event.key] * step });
  }

  // Set the numbers that belong to a place on the chart.
  put(place) {
    const results = this.follower.setter?.({ ...this.chart.numbers, ...place }) ?? place;
    this.moved = { ...this.moved };
    for (const [name, step] of this.sets) if (!Number.isNaN(results[step] ?? NaN)) this.moved[name] = this.snapped(name, results[step]);
    this.chart.hold(this.moved);
  }

  snapped(name, value) {
    const [low, high] = this.chart.limits[name];
    const step = this.chart.step(name);
    const onStep = Number((low + Math.round((clamp(value, low, high) - low) / step) * step).toPrecision(12));
    return clamp(onStep, low, high);
  }

  release(event) {
    if (!this.held) return;
    this.held = false;
    if (event.pointerId !== undefined) this.element.releasePointerCapture(event.pointerId);
    if (this.moved) this.chart.commit(this.moved);
    this.moved = undefined;
  }
}
