// Moves what Plotly has drawn of a scatter or bar trace. Plotly itself would lay out the whole chart anew: 10 ms, not 1.
// What is written here is what Plotly reads when it next draws, so zoom and hover find the present numbers.
import { paint } from "./field.js";
import { set } from "./follower.js";

const MARGIN = 50; // pixels drawn beyond the axes; a dashed line far outside costs a browser whole frames

/** @type {(plot: Plot, name: string) => Axis} */
const axisOf = (plot, name) => plot._fullLayout[name.replace(/^([xy])(\d*)$/, "$1axis$2")];

/** @type {(axis: Axis, values: ArrayLike<number>) => number[]} */
const pixels = (axis, values) => Array.from(values, (value) => axis.d2p(value));
const isThere = (/** @type {number} */ x, /** @type {number} */ y) => Number.isFinite(x) && Number.isFinite(y);

/**
 * The part of a segment, as [from, to] in shares of its length, that lies within the axes and their margin (Liang and Barsky).
 * @type {(x0: number, y0: number, x1: number, y1: number, width: number, height: number, margin?: number) => number[] | null}
 */
export function within(x0, y0, x1, y1, width, height, margin = MARGIN) {
  let [from, to] = [0, 1];
  for (const [start, step, low, high] of [[x0, x1 - x0, -margin, width + margin], [y0, y1 - y0, -margin, height + margin]]) {
    if (step === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [one, other] = [(low - start) / step, (high - start) / step];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to ? [from, to] : null;
}

/**
 * A path through points, cut at the margin, with a gap where there is no point.
 * @type {(x: ArrayLike<number>, y: ArrayLike<number>, width: number, height: number) => string}
 */
export function pathThrough(x, y, width, height) {
  /** @type {(i: number, share: number) => string} */
  const at = (i, share) => [x, y].map((along) => (along[i] + share * (along[i + 1] - along[i])).toFixed(2)).join();
  let path = "";
  let drawing = false;
  for (let i = 0; i + 1 < x.length; i++) {
    const visible = isThere(x[i], y[i]) && isThere(x[i + 1], y[i + 1]) && within(x[i], y[i], x[i + 1], y[i + 1], width, height);
    if (visible) path += `${drawing && visible[0] === 0 ? "" : `M${at(i, visible[0])}`}L${at(i, visible[1])}`;
    drawing = visible ? visible[1] === 1 : false;
  }
  return path || "M0,0";
}

/**
 * Put new attributes into a trace. Returns whether that could be drawn; if not, Plotly has to.
 * @param {Plot} plot
 * @param {number} index
 * @param {Attribute[]} attributes
 */
export function move(plot, index, attributes) {
  const trace = plot._fullData[index];
  const points = plot.calcdata?.[index];
  const how = trace.type === "bar" ? moveBars : trace.type === "scatter" ? movePoints : moveField;
  return how(plot, index, trace, points, Object.fromEntries(attributes));
}

/**
 * @callback Move
 * @param {Plot} plot
 * @param {number} index
 * @param {Trace} trace as Plotly completed it
 * @param {any[] | undefined} points as Plotly computed them
 * @param {Record<string, any>} given
 * @returns {boolean}
 */

/** @type {Move} */
function moveField(plot, index, trace, points, given) {
  Object.assign(plot.data[index], given);
  Object.assign(trace, given);
  return paint(points, trace, axisOf(plot, trace.xaxis), axisOf(plot, trace.yaxis));
}

/** @type {Move} */
function movePoints(plot, index, trace, points, given) {
  const x = given.x ?? trace.x;
  const y = given.y ?? trace.y;
  const color = given["line.color"];
  if (!points || points.length !== x.length) return false;
  for (const [path, value] of Object.entries(given)) for (const one of [plot.data[index], trace]) set(one, path, value);
  const [across, up] = [axisOf(plot, trace.xaxis), axisOf(plot, trace.yaxis)];
  points.forEach((point, i) => Object.assign(point, { x: across.d2c(x[i]), y: up.d2c(y[i]) }));
  if (trace.visible !== true) return true;
  const group = points[0].node3?.node();
  if (!group) return false;
  const [left, top] = [pixels(across, x), pixels(up, y)];
  if (trace.mode.includes("lines") && !moveLine(group, pathThrough(left, top, across._length, up._length), color)) return false;
  if (trace.mode === "lines") return true;
  const off = trace.cliponaxis === false; // then nothing else hides what lies outside the axes
  const inside = (/** @type {number} */ i) => within(left[i], top[i], left[i], top[i], across._length, up._length, 0);
  const places = left.map((at, i) => (isThere(at, top[i]) && (!off || inside(i)) ? [at, top[i]] : null));
  return (
    (!trace.mode.includes("markers") || moveEach(group.querySelectorAll(".point"), places, moveMark)) &&
    (!trace.mode.includes("text") || moveEach(group.querySelectorAll(".textpoint"), places, moveLabel))
  );
}

/**
 * Returns whether there is a line.
 * @type {(group: Element, d: string, color?: string) => boolean}
 */
function moveLine(group, d, color) {
  const [path, ...rest] = group.querySelectorAll(".js-line");
  if (!path) return false;
  path.setAttribute("d", d);
  if (color) /** @type {SVGElement} */ (path).style.stroke = color;
  for (const other of rest) other.setAttribute("d", "M0,0");
  return true;
}

/** @typedef {number[] | null} Place in pixels; null of what is not seen */

/**
 * Returns whether there is an element for each place.
 * @type {(elements: NodeListOf<Element>, places: Place[], to: (element: Element, place: Place) => void) => boolean}
 */
function moveEach(elements, places, to) {
  if (elements.length !== places.length) return false;
  elements.forEach((element, i) => to(element, places[i]));
  return true;
}

/** @type {(mark: Element, place: Place) => void} */
function moveMark(mark, place) {
  mark.removeAttribute("display"); // by which Plotly hides; both it writes anew when it draws
  mark.setAttribute("transform", place ? `translate(${place[0]},${place[1]})` : "scale(0)");
}

/** @type {(label: Element, place: Place) => void} */
function moveLabel(label, place) {
  label.setAttribute("visibility", place ? "visible" : "hidden"); // its own transform says where beside the point
  if (!place) return;
  label.firstElementChild?.setAttribute("x", String(place[0]));
  label.firstElementChild?.setAttribute("y", String(place[1]));
}

/** @type {Move} */
function moveBars(plot, index, trace, points, given) {
  const upright = trace.orientation !== "h";
  const letter = upright ? "y" : "x";
  const other = upright ? "x" : "y";
  const [places, widths] = [given[other] ?? trace[other], given.width]; // bars that move to the side say how wide they are
  const [lengths, bases] = [given[letter] ?? trace[letter], given.base ?? trace.base ?? []];
  if (!points || points.length !== lengths.length) return false;
  Object.assign(plot.data[index], given);
  Object.assign(trace, given);
  const [across, up] = [axisOf(plot, trace.xaxis), axisOf(plot, trace.yaxis)];
  const [along, beside] = upright ? [up, across] : [across, up];
  points.forEach((point, i) => {
    const [b, s1] = [bases[i] ?? 0, (bases[i] ?? 0) + lengths[i]];
    Object.assign(point, { s: lengths[i], b, s0: b, s1, [letter]: s1 });
    if (widths) Object.assign(point, { p: places[i], p0: places[i] - widths[i] / 2, p1: places[i] + widths[i] / 2 });
    if (widths) point[other] = places[i];
  });
  if (trace.visible !== true) return true;
  const marks = points[0].node3?.node().querySelectorAll(".point > path");
  if (marks?.length !== points.length) return false;
  points.forEach(({ b, s1, p0, p1 }, i) => {
    const [left, right] = [p0, p1].map((place) => Math.round(beside.c2p(place)));
    const [from, to] = [b, s1].map((end) => Math.min(Math.max(along.c2p(end), -MARGIN), along._length + MARGIN));
    const path = upright ? `M${left},${from}V${to}H${right}V${from}Z` : `M${from},${left}V${right}H${to}V${left}Z`;
    marks[i].setAttribute("d", isThere(from, to) ? path : "M0,0Z");
  });
  return true;
}
