/** @import { Follower } from "./follower.js" */
import { targetOf } from "./dom.js";
import { formatNumber } from "./numbers.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -Infinity, End: Infinity };
const STILL = 6; // pixels by which a pointer may stray between press and release: farther is a drag, and that is Plotly's

// Lets a hand choose one of a trace's bars: by a click on it, or above or below it, or by the keyboard. What lies under the
// pointer stays Plotly's, which zooms and says what it is.
export class Picker {
  /**
   * @param {import("./chart.js").LiveChart} chart
   * @param {Follower} follower
   * @param {Record<string, string>} pick the input that is set, and the one that says how many bars there are
   */
  constructor(chart, follower, pick) {
    this.chart = chart;
    this.follower = follower;
    const [[name, size]] = Object.entries(pick);
    this.name = name;
    this.size = size;
    /** @type {Numbers | undefined} */
    this.moved = undefined; // a choice is made at once
    this.cursor = 0;
    /** @type {ArrayLike<number>} */
    this.middles = [];
    this.width = 0;
    /** @type {{ pointer: number, x: number, y: number } | undefined} */
    this.pressed = undefined;
    this.element = document.createElement("div");
    this.element.className = "live-picker";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "slider"); // its number is that of the bar at the cursor
    this.element.setAttribute("aria-label", `${follower.trace.name}: arrow keys go to one, Enter chooses it`);
    this.frame = document.createElement("div");
    this.element.append(this.frame);
    this.element.addEventListener("keydown", (event) => this.key(event));
    chart.root.append(this.element);
    chart.plot.classList.add("live-picks");
    this.end = new AbortController();
    const heard = { capture: true, signal: this.end.signal };
    document.addEventListener("pointerdown", (event) => this.press(event), heard);
    document.addEventListener("pointerup", (event) => this.lift(event), heard); // over what Plotly has laid over the page
    document.addEventListener("pointercancel", () => (this.pressed = undefined), heard);
  }

  remove() {
    this.end.abort();
    this.element.remove();
  }

  get count() {
    return Math.floor(this.chart.numbers?.[this.size] ?? 0);
  }

  /** @returns {[across: Axis, up: Axis]} */
  axes() {
    const { xaxis, yaxis } = this.chart.plot._fullData[this.follower.index];
    const [across, up] = [xaxis, yaxis].map((name) => this.chart.plot._fullLayout[name.replace(/^([xy])/, "$1axis")]);
    return [across, up];
  }

  /** @param {number} k */
  ends(k) {
    return [this.middles[k] - this.width / 2, this.middles[k] + this.width / 2];
  }

  /**
   * Put it where Plotly has drawn the bars, and its frame around the one at the cursor.
   * @param {Attribute[]} attributes
   */
  place(attributes) {
    const at = Object.fromEntries(attributes);
    const [across, up] = this.axes();
    this.middles = at.x;
    [this.width] = at.width;
    this.cursor = Math.max(Math.min(this.cursor, this.count - 1), 0);
    const ends = this.ends(this.cursor);
    const [left, right] = ends.map((end) => across.d2p(end));
    Object.assign(this.element.style, {
      transform: `translate(${across._offset}px, ${up._offset}px)`,
      width: `${across._length}px`,
      height: `${up._length}px`,
    });
    Object.assign(this.frame.style, { left: `${left}px`, width: `${right - left}px` });
    const [from, to] = ends.map((end) => formatNumber(end, 4, true));
    this.element.setAttribute("aria-valuemin", "1");
    this.element.setAttribute("aria-valuemax", String(this.count));
    this.element.setAttribute("aria-valuenow", String(this.cursor + 1));
    this.element.setAttribute("aria-valuetext", `${this.cursor + 1} of ${this.count}, from ${from} to ${to}`);
  }

  /** @param {PointerEvent} event */
  press(event) {
    const target = targetOf(event);
    const first = !this.pressed && event.button === 0; // two fingers choose nothing
    const within = this.chart.plot.contains(target) && !target.closest(".modebar");
    this.pressed = first && within ? { pointer: event.pointerId, x: event.clientX, y: event.clientY } : undefined;
  }

  /** @param {PointerEvent} event */
  lift({ pointerId, clientX, clientY }) {
    const { pressed } = this;
    if (pressed?.pointer !== pointerId) return;
    this.pressed = undefined;
    if (Math.hypot(clientX - pressed.x, clientY - pressed.y) > STILL) return;
    const [across] = this.axes();
    const box = this.chart.plot.getBoundingClientRect();
    const { t, h } = this.chart.plot._fullLayout._size; // all panels
    const x = clientX - box.left - across._offset;
    const y = clientY - box.top - t;
    if (x >= 0 && x <= across._length && y >= 0 && y <= h) this.choose(this.barAt(across.p2d(x)));
  }

  /**
   * The bar whose width a place is in, from 0; -1 where there is none.
   * @param {number} place
   */
  barAt(place) {
    return Array.from({ length: this.count }, (_, k) => this.ends(k)).findIndex(([low, high]) => low <= place && place <= high);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const chooses = event.key === "Enter" || event.key === " ";
    if (!chooses && !(event.key in STEPS)) return;
    event.preventDefault();
    if (chooses && !event.repeat) this.choose(this.cursor);
    if (chooses) return;
    this.cursor = Math.max(Math.min(this.cursor + STEPS[event.key], this.count - 1), 0);
    this.chart.place();
  }

  /** @param {number} k */
  choose(k) {
    if (k < 0 || k >= this.count) return;
    this.cursor = k;
    const chosen = { [this.name]: k + 1 };
    this.chart.hold(chosen);
    this.chart.place();
    this.chart.commit(chosen);
  }
}
