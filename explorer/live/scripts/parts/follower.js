// What one trace follows, as Python wrote it into the trace's meta (see figures/binding.py).

// plotly.py sends arrays as {dtype, bdata, shape}. Plotly reads those itself; a sweep needs the numbers.
const ARRAYS = {
  f8: Float64Array,
  f4: Float32Array,
  i4: Int32Array,
  u4: Uint32Array,
  i2: Int16Array,
  u2: Uint16Array,
  i1: Int8Array,
  u1: Uint8Array,
};

/** @param {Iterable<number | null> | { dtype: keyof typeof ARRAYS, bdata: string }} values */
function decode(values) {
  if (!("bdata" in values)) return Float64Array.from(values, (value) => value ?? NaN); // JSON has no NaN and no infinity
  const bytes = Uint8Array.from(atob(values.bdata), (c) => c.charCodeAt(0));
  return Float64Array.from(new ARRAYS[values.dtype](bytes.buffer));
}

const GRIDS = ["heatmap", "contour", "surface"];
/** @type {Record<string, string[]>} */
const MOVES = {
  scatter: ["x", "y", "line.color"],
  bar: ["x", "y", "base", "width"],
  heatmap: ["z"],
  contour: ["z"],
}; // by draw.js
const ENDLESS = 1e6; // as in binding.py
/** @type {Record<number, number>} */
const MARK = { 1: 0.88, "-1": 0.12 };
const BUDGET = 12; // milliseconds of a frame for one grid
const STRIDES = [1, 2, 5, 10];
const COARSEST = 10;
const GUESS = 2e-4; // milliseconds for one point and row, before the first was timed

/** @type {(object: any, path: string) => any} */
export const get = (object, path) => path.split(".").reduce((o, part) => o?.[part], object);

// What one trace follows: its sweep as arrays, and how to turn the kernel's results into attributes.
export class Follower {
  /**
   * @param {Trace} trace
   * @param {number} index
   * @param {Kernels} module
   * @param {string[]} palette
   */
  constructor(trace, index, module, palette) {
    this.index = index;
    this.palette = palette;
    this.kernel = module.kernels[index];
    this.needs = module.needs[index];
    this.setter = module.setters[index];
    this.trace = trace;
    const { bind = {}, sweep = {}, signs = {}, ends } = trace.meta ?? {};
    this.signs = signs;
    this.along = trace.meta?.along;
    this.ends = ends;
    this.drag = trace.meta?.drag;
    this.brush = trace.meta?.brush;
    this.pick = trace.meta?.pick;
    this.bind = Object.entries(bind);
    this.sweep = Object.fromEntries(Object.entries(sweep).map(([path, name]) => [name, decode(get(trace, path))]));
    if (GRIDS.includes(trace.type) && "x" in sweep && "y" in sweep) this.spread(sweep.x, sweep.y);
    this.area = GRIDS.includes(trace.type);
    this.columns = this.area && Array.isArray(bind.z) ? decode(trace.x).length : 0; // of cells that are bound one by one
    this.moves = !ends && this.bind.every(([path]) => MOVES[trace.type]?.includes(path));
    /** @type {Map<string, any>} */
    this.last = new Map();
    /** @type {Numbers | undefined} */
    this.seen = undefined;
    this.confirmed = false;
    this.coarse = false;
    /** @type {number | undefined} */
    this.pace = undefined;
    /** @type {{ numbers: Numbers, rows?: Rows, attributes: Attribute[] } | undefined} */
    this.given = undefined;
  }

  /**
   * A grid's sweep, thinned to every stride-th line of both axes, the last one included.
   * @param {string} x
   * @param {string} y
   */
  spread(x, y) {
    const axes = [x, y].map((name) => this.sweep[name]);
    const thinned = (/** @type {number} */ stride) => {
      const [across, down] = axes.map((axis) => axis.filter((_, i) => i % stride === 0 || i === axis.length - 1));
      const size = across.length * down.length;
      const sweep = {
        [x]: Float64Array.from({ length: size }, (_, i) => across[i % across.length]),
        [y]: Float64Array.from({ length: size }, (_, i) => down[Math.floor(i / across.length)]),
      };
      return { sweep, size, across, down };
    };
    /** @type {Map<number, ReturnType<typeof thinned>>} */
    const grids = new Map();
    this.grid = (/** @type {number} */ stride) => {
      const grid = grids.get(stride) ?? thinned(stride);
      grids.set(stride, grid);
      return grid;
    };
  }

  /**
   * The attributes that the numbers give. A frame asks twice for those of a point with a grip, and asks even if they stay.
   * @param {Numbers} numbers
   * @param {Rows} [rows]
   * @returns {Attribute[]}
   */
  attributes(numbers, rows) {
    const { given } = this;
    const same = given?.rows === rows && this.needs.every((name) => given?.numbers[name] === numbers[name]);
    if (given && same) return given.attributes;
    const attributes = this.grid ? this.field(this.grid, numbers, rows) : this.bound(numbers, rows);
    this.given = { numbers, rows, attributes };
    return attributes;
  }

  /**
   * @param {Numbers} numbers
   * @param {Rows} [rows]
   * @returns {Attribute[]}
   */
  bound(numbers, rows) {
    const along = this.along?.map((name) => [name, Float64Array.from(rows?.[name] ?? [])]);
    const results = this.results(numbers, along ? Object.fromEntries(along) : this.sweep, rows);
    return this.bind.map(([path, name]) => {
      if (Array.isArray(name) && along) return [path, inTurn(name.map((n) => results[n]))];
      if (Array.isArray(name)) return [path, this.inRows(name.map((n) => this.bounded(Number(results[n]))))];
      const value = results[name];
      if (path in this.signs) return [path, this.palette[this.signs[path][Number(value) >= 0 ? 1 : 0]]];
      return [path, typeof value === "number" && Array.isArray(get(this.trace, path)) ? [value] : value];
    });
  }

  /**
   * Those of a grid: as fine as can be computed within a frame, going by how long the last one took.
   * @param {NonNullable<Follower["grid"]>} grid
   * @param {Numbers} numbers
   * @param {Rows} [rows]
   * @returns {Attribute[]}
   */
  field(grid, numbers, rows) {
    const length = Object.values(rows ?? {})[0]?.length ?? 1;
    const points = grid(1).size;
    const pace = this.pace ?? GUESS * length; // milliseconds a point
    const stride = STRIDES.find((s) => (points * pace) / s ** 2 < BUDGET) ?? COARSEST;
    const { sweep, size, across, down } = grid(stride);
    const start = performance.now();
    const results = this.results(numbers, sweep, rows);
    this.pace = 0.7 * pace + (0.3 * (performance.now() - start)) / size;
    this.coarse ||= stride > 1;
    const lines = (/** @type {Float64Array} */ values) =>
      Array.from(down, (_, i) => values.subarray(i * across.length, (i + 1) * across.length));
    const fields = this.bind.map(([path, name]) => [path, lines(/** @type {Float64Array} */ (results[String(name)]))]);
    return [.../** @type {Attribute[]} */ (fields), ["x", across], ["y", down]];
  }

  /** @type {Kernel} */
  results(numbers, sweep, rows) {
    if (!this.kernel) throw new Error(`Trace ${this.index} follows nothing.`);
    return this.kernel(numbers, sweep, rows);
  }

  /** @param {(number | null)[]} values */
  inRows(values) {
    const { columns } = this;
    if (!columns) return values;
    return Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));
  }

  /** @param {number} value */
  bounded(value) {
    if (this.ends) return value === this.ends * Infinity ? MARK[this.ends] : null;
    return this.trace.type === "bar" ? Math.min(Math.max(value, -ENDLESS), ENDLESS) : value;
  }

  /**
   * Whether what was drawn last still holds: none of the numbers that it is computed from has changed.
   * @param {Numbers} numbers
   */
  holds(numbers) {
    const { seen } = this;
    return seen !== undefined && this.needs.every((name) => numbers[name] === seen[name]);
  }

  /**
   * Take over what an earlier follower of the same trace has drawn.
   * @param {Follower} earlier
   */
  inherit({ last, seen, confirmed, pace, coarse }) {
    Object.assign(this, { last, seen, confirmed, pace, coarse });
  }

  /**
   * The attributes as Python's figure holds them, in the page's colours.
   * @param {Numbers} numbers
   * @param {Rows} [rows]
   * @returns {Attribute[]}
   */
  settled(numbers, rows) {
    const paths = [...this.bind.map(([path]) => path), ...(this.coarse ? ["x", "y"] : [])];
    this.coarse = false;
    const colors = new Map(Object.keys(this.signs).length ? this.attributes(numbers, rows) : []);
    return paths.map((path) => {
      const value = get(this.trace, path);
      if (path in this.signs) return [path, colors.get(path)];
      return [path, this.moves && !this.area ? decode(value) : value];
    });
  }

  /**
   * Those that differ from what was drawn last; a single value that stayed is left alone, and marks that did.
   * @param {Attribute[]} attributes
   */
  changed(attributes) {
    return attributes.filter(([path, value]) => {
      const last = this.last.get(path);
      const marks = (/** @type {(number | null)[]} */ own) => own.every((mark, i) => mark === last?.[i]);
      const same = this.ends ? marks(value) : typeof value !== "object" && last === value;
      this.last.set(path, value);
      return !same;
    });
  }
}

/**
 * What some columns say of the first row, then of the second, and so on.
 * @param {Result[]} results
 */
function inTurn(results) {
  const columns = /** @type {Float64Array[]} */ (results);
  return Array.from(columns[0]).flatMap((_, row) => columns.map((column) => column[row]));
}

/** @type {(object: any, path: string, value: unknown) => void} */
export function set(object, path, value) {
  const parts = path.split(".");
  let parent = object;
  for (const part of parts.slice(0, -1)) parent = parent[part] ??= {};
  parent[parts[parts.length - 1]] = value;
}
