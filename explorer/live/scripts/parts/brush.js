/** @import { Follower } from "./follower.js" */
import { formatNumber } from "./numbers.js";

/** @type {Record<string, [down: number, right: number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @typedef {{ row: number, column: number }} Cell not whole, where a pointer is within it */

/**
 * The cells on the straight way between two places: a quick hand is not reported in each.
 * @param {Cell} from
 * @param {Cell} to
 * @returns {Cell[]} each once, in order, also those of no grid
 */
export function between(from, to) {
  const steps = Math.ceil(2 * Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column))) || 1;
  const cells = Array.from({ length: steps + 1 }, (_, k) => ({
    row: Math.round(from.row + (k / steps) * (to.row - from.row)),
    column: Math.round(from.column + (k / steps) * (to.column - from.column)),
  }));
  return cells.filter(({ row, column }, k) => k === 0 || row !== cells[k - 1].row || column !== cells[k - 1].column);
}

// Lies over a heat map whose cells are inputs: a hand, or the keyboard, paints them.
export class Brush {
  /**
   * @param {import("./chart.js").LiveChart} chart
   * @param {Follower} follower
   * @param {[low: number, high: number]} colors what it paints
   */
  constructor(chart, follower, colors) {
    this.chart = chart;
    this.follower = follower;
    this.colors = colors;
    this.names = /** @type {string[]} */ (follower.trace.meta?.bind?.z);
    this.columns = follower.columns;
    this.rows = this.names.length / this.columns;
    /** @type {number | undefined} */
    this.pointer = undefined;
    /** @type {number | undefined} */
    this.color = undefined; // while something paints
    /** @type {Numbers | undefined} */
    this.moved = undefined;
    /** @type {Numbers} */
    this.before = {};
    /** @type {Cell} */
    this.at = { row: 0, column: 0 }; // where the pointer was last
    /** @type {Cell} */
    this.cursor = { row: 0, column: 0 };
    this.element = document.createElement("div");
    this.element.className = "live-brush";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "slider"); // its number is the cell's at the cursor
    this.element.setAttribute("aria-label", `${follower.trace.name}: arrow keys choose a cell, Space paints it`);
    this.frame = document.createElement("div");
    this.element.append(this.frame);
    this.element.addEventListener("pointerdown", (event) => this.press(event));
    this.element.addEventListener("pointermove", (event) => this.move(event));
    this.element.addEventListener("pointerup", (event) => this.lift(event));
    this.element.addEventListener("pointercancel", (event) => this.cancel(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("keyup", (event) => event.key === " " && this.release());
    this.element.addEventListener("blur", () => this.pointer === undefined && this.release());
    chart.root.append(this.element);
  }

  axes() {
    const { xaxis, yaxis } = this.chart.plot._fullData[this.follower.index];
    return [xaxis, yaxis].map((name) => this.chart.plot._fullLayout[name.replace(/^([xy])/, "$1axis")]);
  }

  // Put it where Plotly has drawn the cells, and its frame around the one at the cursor.
  place() {
    const [across, up] = this.axes();
    const size = [across._length / this.columns, up._length / this.rows];
    const { row, column } = this.cursor;
    Object.assign(this.element.style, {
      transform: `translate(${across._offset}px, ${up._offset}px)`,
      width: `${across._length}px`,
      height: `${up._length}px`,
    });
    Object.assign(this.frame.style, {
      transform: `translate(${column * size[0]}px, ${row * size[1]}px)`,
      width: `${size[0]}px`,
      height: `${size[1]}px`,
    });
    const name = this.nameAt(this.cursor) ?? "";
    const number = this.chart.numbers?.[name] ?? NaN;
    const [low, high] = this.chart.limits[name] ?? this.colors;
    this.element.setAttribute("aria-valuemin", String(low));
    this.element.setAttribute("aria-valuemax", String(high));
    this.element.setAttribute("aria-valuenow", String(number));
    const where = `row ${row + 1}, column ${column + 1}`;
    this.element.setAttribute("aria-valuetext", `${where}: ${formatNumber(number, 6, true)}`);
  }

  /**
   * The input that is a cell's number; none beyond the grid.
   * @param {Cell} cell
   */
  nameAt({ row, column }) {
    const there = row >= 0 && row < this.rows && column >= 0 && column < this.columns;
    return there ? this.names[row * this.columns + column] : undefined;
  }

  /**
   * Where a pointer is: a cell's middle is a whole number.
   * @param {PointerEvent} event
   */
  under({ clientX, clientY }) {
    const box = this.element.getBoundingClientRect();
    const column = ((clientX - box.left) / box.width) * this.columns - 0.5;
    return { row: ((clientY - box.top) / box.height) * this.rows - 0.5, column };
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || this.pointer !== undefined) return; // a second finger paints nothing
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.release(); // what a key has painted
    this.pointer = event.pointerId;
    this.at = this.under(event);
    this.begin(between(this.at, this.at)[0]);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId !== this.pointer) return;
    if (!(event.buttons & 1)) return this.lift(event); // it was let go of where nobody said so
    const to = this.under(event);
    this.fill(between(this.at, to));
    this.at = to;
  }

  /** @param {PointerEvent} event */
  lift(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = undefined;
    this.release();
  }

  /**
   * The browser has taken the finger for something else, such as a pinch: it has painted nothing.
   * @param {PointerEvent} event
   */
  cancel(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = this.color = this.moved = undefined;
    this.chart.drop(this.before);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = STEPS[event.key];
    if (!step && event.key !== " ") return;
    event.preventDefault();
    if (this.pointer !== undefined) return;
    if (!step) {
      if (!event.repeat) this.begin(this.cursor);
      return;
    }
    const next = { row: this.cursor.row + step[0], column: this.cursor.column + step[1] };
    if (!this.nameAt(next)) return;
    this.cursor = next;
    this.fill([next]); // while Space is down
    this.place();
  }

  /**
   * Choose what to paint, by the first cell.
   * @param {Cell} cell
   */
  begin(cell) {
    const name = this.nameAt(cell);
    if (!name) return;
    const [low, high] = this.colors;
    const number = this.chart.current()[name];
    this.color = Math.abs(number - low) < Math.abs(number - high) ? high : low;
    this.before = {};
    this.fill([cell]);
  }

  /** @param {Cell[]} cells */
  fill(cells) {
    const { color, before } = this;
    if (color === undefined) return;
    const now = this.chart.current();
    /** @type {Numbers} */
    const painted = {};
    for (const cell of cells) {
      const name = this.nameAt(cell);
      if (!name) continue;
      this.cursor = cell;
      const limits = this.chart.limits[name];
      if (!limits) continue;
      const number = Math.min(Math.max(color, limits[0]), limits[1]);
      if (now[name] === number) continue;
      before[name] ??= now[name];
      painted[name] = number;
    }
    if (!Object.keys(painted).length) return;
    this.moved = { ...this.moved, ...painted };
    this.chart.hold(painted);
  }

  release() {
    const { moved } = this;
    this.color = this.moved = undefined;
    if (moved) this.chart.commit(moved);
  }
}
