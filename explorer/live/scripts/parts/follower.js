// What one trace follows, as Python wrote it into the trace's meta (see figures/binding.py).

// plotly.py sends arrays as {dtype, bdata, shape}. Plotly reads those itself; a sweep needs the numbers.
const ARRAYS = {
  f8: Float64Array, f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array, u2: Uint16Array, i1: Int8Array, u1: Uint8Array,
};
function decode(values) {
  if (!values?.bdata) return Float64Array.from(values, (value) => value ?? NaN); // JSON has no NaN and no infinity
  const bytes = Uint8Array.from(atob(values.bdata), (c) => c.charCodeAt(0));
  return Float64Array.from(new ARRAYS[values.dtype](bytes.buffer));
}

const GRIDS = ["heatmap", "contour", "surface"];
const MOVES = { scatter: ["x", "y"], bar: ["x", "y", "base"], heatmap: ["z"], contour: ["z"] }; // what draw.js can move
const ENDLESS = 1e6; // as in binding.py
const MARK = { 1: 0.88, "-1": 0.12 };
const BUDGET = 12; // milliseconds of a frame for one grid
const STRIDES = [1, 2, 5, 10];
const GUESS = 2e-4; // milliseconds for one point and row, before the first was timed
export const get = (object, path) => path.split(".").reduce((o, part) => o?.[part], object);

// What one trace follows: its sweep as arrays, and how to turn the kernel's results into attributes.
export class Follower {
  constructor(trace, index, module, palette) {
    this.index = index;
    this.palette = palette;
    this.kernel = module.kernels[index];
    this.needs = module.needs[index];
    this.setter = module.setters[index];
    this.trace = trace;
    const { bind = {}, sweep = {}, signs = {}, ends } = trace.meta ?? {};
    Object.assign(this, { signs, ends });
    this.bind = Object.entries(bind);
    this.sweep = Object.fromEntries(Object.entries(sweep).map(([path, name]) => [name, decode(get(trace, path))]));
    if (GRIDS.includes(trace.type) && "x" in sweep && "y" in sweep) this.spread(sweep.x, sweep.y);
    this.moves = !ends && this.bind.every(([path]) => MOVES[trace.type]?.includes(path));
    this.last = new Map();
  }

  // A grid's sweep, thinned to every stride-th line of both axes, the last one included.
  spread(x, y) {
    const axes = [x, y].map((name) => this.sweep[name]);
    this.grids = new Map();
    this.grid = (stride) => {
      if (!this.grids.has(stride)) {
        const [across, down] = axes.map((axis) => axis.filter((_, i) => i % stride === 0 || i === axis.length - 1));
        const size = across.length * down.length;
        const sweep = {
          [x]: Float64Array.from({ length: size }, (_, i) => across[i % across.length]),
          [y]: Float64Array.from({ length: size }, (_, i) => down[Math.floor(i / across.length)]),
        };
        this.grids.set(stride, { sweep, size, across, down });
      }
      return this.grids.get(stride);
    };
  }

  // The attributes that the numbers give: dotted path -> value. A frame asks twice for those of a point with a grip.
  attributes(numbers, rows) {
    if (this.grid) return this.field(numbers, rows);
    if (this.given?.numbers !== numbers) this.given = { numbers, found: this.found(numbers, rows) };
    return this.given.found;
  }

  found(numbers, rows) {
    const results = this.kernel(numbers, this.sweep, rows);
    return this.bind.map(([path, name]) => {
      if (Array.isArray(name)) return [path, name.map((n) => this.bounded(results[n]))];
      const value = results[name];
      if (path in this.signs) return [path, this.palette[this.signs[path][value >= 0 ? 1 : 0]]];
      return [path, typeof value === "number" && Array.isArray(get(this.trace, path)) ? [value] : value];
    });
  }

  // Those of a grid: as fine as can be computed within a frame, going by how long the last one took.
  field(numbers, rows) {
    const length = Object.values(rows ?? {})[0]?.length ?? 1;
    const points = this.grid(1).size;
    this.pace ??= GUESS * length; // milliseconds a point
    const stride = STRIDES.find((s) => (points * this.pace) / s ** 2 < BUDGET) ?? STRIDES.at(-1);
    const { sweep, size, across, down } = this.grid(stride);
    const start = performance.now();
    const results = this.kernel(numbers, sweep, rows);
    this.pace = 0.7 * this.pace + (0.3 * (performance.now() - start)) / size;
    this.coarse ||= stride > 1;
    const found = this.bind.map(([path, name]) => {
      const lines = Array.from(down, (_, i) => results[name].subarray(i * across.length, (i + 1) * across.length));
      return [path, lines];
    });
    return [...found, ["x", across], ["y", down]];
  }

  bounded(value) {
    if (this.ends) return value === this.ends * Infinity ? MARK[this.ends] : null;
    return this.trace.type === "bar" ? Math.min(Math.max(value, -ENDLESS), ENDLESS) : value;
  }

  // Whether what was drawn last still holds: none of the numbers that it is computed from has changed.
  holds(numbers) {
    return this.seen !== undefined && this.needs.every((name) => numbers[name] === this.seen[name]);
  }

  // Take over what an earlier follower of the same trace has drawn.
  inherit({ last, seen, confirmed, pace, coarse }) {
    Object.assign(this, { last, seen, confirmed, pace, coarse });
  }

  // The attributes as Python's figure holds them.
  settled() {
    const paths = [...this.bind.map(([path]) => path), ...(this.coarse ? ["x", "y"] : [])];
    this.coarse = false;
    return paths.map((path) => {
      const value = get(this.trace, path);
      return [path, this.moves && !this.grid ? decode(value) : value];
    });
  }

  // Those that differ from what was drawn last; a single value that stayed is left alone, and marks that did.
  changed(attributes) {
    return attributes.filter(([path, value]) => {
      const last = this.last.get(path);
      const same = this.ends ? value.every((mark, i) => mark === last?.[i]) : typeof value !== "object" && last === value;
      this.last.set(path, value);
      return !same;
    });
  }
}

export function set(object, path, value) {
  const parts = path.split(".");
  const last = parts.pop();
  let parent = object;
  for (const part of parts) parent = parent[part] ??= {};
  parent[last] = value;
}
