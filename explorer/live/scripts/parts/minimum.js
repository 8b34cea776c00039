// Where a step of a program is least, over one of its inputs or over two: the same method as in minimum.py, where it is
// explained. A test holds the two against each other.

const SLACK = 1e-12;
const GRID = 200;
const [SECTIONS, ROUNDS] = [16, 8];
const NEAR = 1e-10;
const PROBES = 8;
const CUTS = 60;
const SMALL = 1e-12;
const CLOSE = 1 / 16;
const TURNS = 6;

/** @typedef {[number, number]} Pair */
/** @typedef {(x: Float64Array) => ArrayLike<number>[]} Curve values and slopes at places */
/** @typedef {(points: Pair[]) => ArrayLike<number>[]} Surface values and both slopes at places */
/** @typedef {{ at: number, value: number, start: number, end: number }} Least */
/** @typedef {{ at: Pair, value: number }} Lowest */

/** @type {(value: number) => number} */
const slack = (value) => (Number.isFinite(value) ? value + SLACK * Math.max(1, Math.abs(value)) : value);

// --- Over one input ---

/**
 * @param {Curve} curve
 * @param {number} low
 * @param {number} high
 * @param {number[]} kinks
 * @returns {Least}
 */
export function least(curve, low, high, kinks = []) {
  const inside = kinks.filter((x) => low <= x && x <= high);
  const even = Array.from({ length: GRID + 1 }, (_, i) => low + ((high - low) * i) / GRID);
  const grid = Float64Array.from(new Set([...even, ...inside])).sort();
  const values = Array.from(curve(grid)[0], (value) => (Number.isNaN(value) ? Infinity : value));
  const enough = slack(Math.min(...values));
  if (enough === Infinity) return { at: NaN, value: NaN, start: NaN, end: NaN };
  const first = values.findIndex((value) => value <= enough);
  let last = first;
  while (values[last + 1] <= enough) last++;
  const around = (/** @type {number} */ k) =>
    /** @type {Pair} */ ([grid[Math.max(k - 1, 0)], grid[Math.min(k + 1, grid.length - 1)]]);
  let [left, right] = [around(first), around(last)];
  const side = (/** @type {number} */ x, /** @type {number} */ value, /** @type {number} */ slope) => {
    if (slope < -SLACK) return -1;
    if (slope > SLACK) return 1;
    if (value > enough) return x < grid[first] ? -1 : x > grid[last] ? 1 : 0;
    return 0;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const points = Float64Array.from([...between(left), ...between(right)]);
    const [heights, slopes] = curve(points);
    const sides = Array.from(points, (x, i) => side(x, heights[i], slopes[i]));
    left = section(left, sides.slice(0, SECTIONS - 1).findIndex((s) => s >= 0));
    right = section(right, sides.slice(SECTIONS - 1).findIndex((s) => s > 0));
  }
  const reach = NEAR * (high - low);
  const exact = (/** @type {number} */ end) =>
    inside.find((x) => Math.abs(x - end) <= reach) ?? grid.find((x) => Math.abs(x - end) <= reach) ?? end;
  const [one, other] = [exact(left[1]), exact(right[0])];
  const [start, end] = [Math.min(one, other), Math.max(one, other)];
  const at = (start + end) / 2;
  return { at, value: curve(Float64Array.of(at))[0][0], start, end };
}

/**
 * @param {Pair} interval
 * @returns {number[]}
 */
function between([low, high]) {
  return Array.from({ length: SECTIONS - 1 }, (_, i) => low + ((high - low) * (i + 1)) / SECTIONS);
}

/**
 * @param {Pair} interval
 * @param {number} passed the first point at which something has come to pass, or -1
 * @returns {Pair}
 */
function section([low, high], passed) {
  const k = passed < 0 ? SECTIONS - 1 : passed;
  const points = [low, ...between([low, high]), high];
  return [points[k], points[k + 1]];
}

// --- Over two inputs ---

/**
 * @param {number[]} x
 * @param {number[]} y
 * @param {Pair} across
 * @returns {Pair[]}
 */
export function linesThrough(x, y, [start, end]) {
  /** @type {Pair[]} */
  const found = [];
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      if (x[i] === x[j]) continue;
      const steep = (y[j] - y[i]) / (x[j] - x[i]);
      found.push([y[i] + steep * (start - x[i]), y[i] + steep * (end - x[i])]);
    }
  }
  return found;
}

/**
 * @param {Surface} surface
 * @param {[Pair, Pair]} box
 * @param {Pair[]} starts
 * @returns {Lowest}
 */
export function lowest(surface, box, starts = []) {
  const whole = cut(surface, corners(box), box);
  const tried = starts.filter((start) => box.every(([low, high], k) => low <= start[k] && start[k] <= high));
  if (!tried.length) return whole.isConvex ? whole.least : improved(surface, box, whole.least);
  const values = Array.from(surface(tried)[0], (value) => (Number.isNaN(value) ? Infinity : value));
  const enough = slack(Math.min(...values));
  const k = values.findIndex((value) => value <= enough);
  const best = { at: tried[k], value: values[k] };
  if (whole.isConvex && whole.least.value <= slack(best.value)) {
    return best.value <= slack(whole.least.value) ? best : whole.least;
  }
  const better = improved(surface, box, best);
  return better.value <= whole.least.value ? better : whole.least;
}

/**
 * @param {Surface} surface
 * @param {[Pair, Pair]} box
 * @param {Lowest} best
 * @returns {Lowest}
 */
function improved(surface, box, best) {
  for (let turn = 0; turn < TURNS; turn++) {
    const around = box.map(([low, high], k) => {
      const reach = CLOSE * (high - low);
      return [Math.max(low, best.at[k] - reach), Math.min(high, best.at[k] + reach)];
    });
    const place = cut(surface, corners(/** @type {[Pair, Pair]} */ (around)), box).least;
    if (!(place.value < best.value - SLACK * Math.max(1, Math.abs(best.value)))) return best.value < place.value ? best : place;
    best = place;
  }
  return best;
}

/**
 * @param {Surface} surface
 * @param {Pair[]} polygon
 * @param {[Pair, Pair]} box
 * @returns {{ least: Lowest, isConvex: boolean }}
 */
function cut(surface, polygon, box) {
  /** @type {Lowest} */
  let best = { at: centre(polygon), value: Infinity };
  let isConvex = true;
  for (let round = 0; round < CUTS; round++) {
    const places = probes(polygon);
    const [values, ones, others] = surface(places);
    places.forEach((at, i) => {
      if (values[i] < best.value) best = { at, value: values[i] };
    });
    for (let i = 0; i < places.length; i++) {
      const [at, value] = [places[i], values[i]];
      let [one, other] = [ones[i], others[i]];
      const ahead = one * (best.at[0] - at[0]) + other * (best.at[1] - at[1]);
      if (value + ahead > slack(best.value) + 1e-9 * Math.max(1, Math.abs(value))) isConvex = false;
      if (![value, one, other].every(Number.isFinite)) [one, other] = [at[0] - best.at[0], at[1] - best.at[1]];
      if (one === 0 && other === 0) {
        if (value <= slack(best.value)) return { least: { at, value }, isConvex };
        isConvex = false;
        continue;
      }
      polygon = clipped(polygon, at, [one, other]);
      if (polygon.length < 3) return { least: best, isConvex };
    }
    if (isSmall(polygon, box)) break;
  }
  const middle = centre(polygon);
  const value = surface([middle])[0][0];
  return { least: value <= slack(best.value) ? { at: middle, value } : best, isConvex };
}

/**
 * @param {[Pair, Pair]} box
 * @returns {Pair[]}
 */
function corners([[left, right], [low, high]]) {
  return [[left, low], [right, low], [right, high], [left, high]];
}

/**
 * @param {Pair[]} polygon
 * @returns {Pair[]}
 */
function probes(polygon) {
  const [x, y] = centre(polygon);
  const every = Math.ceil(polygon.length / PROBES);
  /** @type {Pair[]} */
  const halfway = polygon.filter((_, i) => i % every === 0).map(([u, v]) => [(x + u) / 2, (y + v) / 2]);
  return [[x, y], ...halfway];
}

/**
 * @param {Pair[]} polygon
 * @returns {Pair}
 */
function centre(polygon) {
  const [x0, y0] = polygon[0];
  let [area, x, y] = [0, 0, 0];
  for (let i = 1; i + 1 < polygon.length; i++) {
    const [[x1, y1], [x2, y2]] = [polygon[i], polygon[i + 1]];
    const part = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    area += part;
    x += part * (x1 - x0 + x2 - x0);
    y += part * (y1 - y0 + y2 - y0);
  }
  const mean = (/** @type {0 | 1} */ k) => polygon.reduce((sum, corner) => sum + corner[k], 0) / polygon.length;
  return area <= 0 ? [mean(0), mean(1)] : [x0 + x / (3 * area), y0 + y / (3 * area)];
}

/**
 * @param {Pair[]} polygon
 * @param {Pair} place
 * @param {Pair} normal
 * @returns {Pair[]}
 */
function clipped(polygon, place, normal) {
  const sides = polygon.map(([x, y]) => normal[0] * (x - place[0]) + normal[1] * (y - place[1]));
  /** @type {Pair[]} */
  const kept = [];
  polygon.forEach((corner, k) => {
    const from = (k || polygon.length) - 1;
    const [before, other] = [polygon[from], sides[from]];
    if (sides[k] > 0 !== other > 0) {
      const share = other / (other - sides[k]);
      kept.push([before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1])]);
    }
    if (sides[k] <= 0) kept.push(corner);
  });
  return kept;
}

/**
 * @param {Pair[]} polygon
 * @param {[Pair, Pair]} box
 */
function isSmall(polygon, box) {
  return box.every(([low, high], k) => {
    const along = polygon.map((corner) => corner[k]);
    return Math.max(...along) - Math.min(...along) <= SMALL * (high - low);
  });
}

// --- Of a program ---

// The minima that a chart's traces declare, kept up with its numbers.
export class Minima {
  /**
   * @param {Minimum[]} declared
   * @param {(Kernel | null)[]} kernels
   * @param {Numbers} settled as Python has found them
   */
  constructor(declared, kernels, settled) {
    this.settled = settled;
    this.all = declared.map((minimum, i) => ({ minimum, kernel: /** @type {Kernel} */ (kernels[i]), seen: settled }));
  }

  /**
   * The numbers with the places at which steps are least, and their values; Python's own where nothing has moved.
   * @param {Numbers} numbers
   * @param {Rows} rows
   * @returns {Numbers}
   */
  among(numbers, rows) {
    /** @type {Numbers} */
    const found = {};
    for (const each of this.all) {
      const { needs, sets } = each.minimum;
      const same = (/** @type {Numbers} */ other) => needs.every((name) => other[name] === numbers[name]);
      if (same(this.settled)) each.seen = this.settled;
      else if (!same(each.seen)) each.seen = { ...numbers, ...solve(each.minimum, each.kernel, numbers, rows) };
      for (const name of sets) found[name] = each.seen[name];
    }
    return { ...numbers, ...found };
  }
}

/**
 * The inputs that a minimum sets, by their names.
 * @param {Minimum} minimum
 * @param {Kernel} kernel
 * @param {Numbers} numbers
 * @param {Rows} rows
 * @returns {Numbers}
 */
export function solve({ of, over, slopes, at, value, ends, dots, across }, kernel, numbers, rows) {
  const names = Object.keys(over);
  const ranges = Object.values(over);
  const along = (/** @type {Float64Array[]} */ ...places) => {
    const results = kernel(numbers, Object.fromEntries(names.map((name, i) => [name, places[i]])), rows);
    return [of, ...slopes].map((name) => /** @type {Float64Array} */ (results[name]));
  };
  if (names.length === 1) {
    const found = least(along, ...ranges[0], dots.flatMap((name) => rows[name]));
    return { [at[0]]: found.at, [value]: found.value, ...(ends.length && { [ends[0]]: found.start, [ends[1]]: found.end }) };
  }
  const surface = (/** @type {Pair[]} */ points) =>
    along(...[0, 1].map((k) => Float64Array.from(points, (point) => point[k])));
  const starts = dots.length ? linesThrough(rows[dots[0]], rows[dots[1]], across) : [];
  const found = lowest(surface, /** @type {[Pair, Pair]} */ (ranges), starts);
  return { [at[0]]: found.at[0], [at[1]]: found.at[1], [value]: found.value };
}

// --- A data set whose entries are inputs ---

/**
 * The columns of a data set, of which some take their entries from inputs; the same object while those stay.
 * @param {Record<string, (number | string)[]>} rows numbers, as texts where JSON has none
 * @param {Record<string, string[]>} cells column -> the inputs that are its entries
 * @returns {(numbers: Numbers) => Rows}
 */
export function columnsOf(rows, cells) {
  /** @type {Rows} */
  const settled = Object.fromEntries(Object.entries(rows).map(([column, entries]) => [column, entries.map(Number)]));
  let latest = settled;
  return (numbers) => {
    const same = (/** @type {string} */ column) => cells[column].every((name, i) => numbers[name] === latest[column][i]);
    if (Object.keys(cells).every(same)) return latest;
    const moved = Object.entries(cells).map(([column, names]) => [column, names.map((name) => numbers[name])]);
    return (latest = { ...settled, ...Object.fromEntries(moved) });
  };
}
