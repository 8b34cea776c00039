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
const MOVES = { scatter: ["x", "y"], bar: ["x", "y", "base"] }; // what draw.js can move
const ENDLESS = 1e6; // as in binding.py
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
    const { bind = {}, sweep = {}, signs = {} } = trace.meta ?? {};
    this.signs = signs;
    this.bind = Object.entries(bind);
    this.sweep = Object.fromEntries(Object.entries(sweep).map(([path, name]) => [name, decode(get(trace, path))]));
    if (GRIDS.includes(trace.type) && "x" in sweep && "y" in sweep) this.spread(sweep.x, sweep.y);
    this.moves = this.bind.every(([path]) => MOVES[trace.type]?.includes(path));
    this.last = new Map();
  }

  spread(x, y) {
    const [across, down] = [this.sweep[x], this.sweep[y]];
    this.width = across.length;
    const size = across.length * down.length;
    this.sweep = {
      [x]: Float64Array.from({ length: size }, (_, i) => across[i % across.length]),
      [y]: Float64Array.from({ length: size }, (_, i) => down[Math.floor(i / across.length)]),
    };
  }

  // The attributes that the numbers give: dotted path -> value.
  attributes(numbers, rows) {
    const results = this.kernel(numbers, this.sweep, rows);
    return this.bind.map(([path, name]) => {
      if (Array.isArray(name)) return [path, name.map((n) => this.bounded(results[n]))];
      const value = results[name];
      if (path in this.signs) return [path, this.palette[this.signs[path][value >= 0 ? 1 : 0]]];
      if (typeof value === "number") return [path, Array.isArray(get(this.trace, path)) ? [value] : value];
      if (this.width === undefined) return [path, value];
      const grid = [];
      for (let i = 0; i < value.length; i += this.width) grid.push(value.subarray(i, i + this.width));
      return [path, grid];
    });
  }

  bounded(value) {
    return this.trace.type === "bar" ? Math.min(Math.max(value, -ENDLESS), ENDLESS) : value;
  }

  // Whether what was drawn last still holds: none of the numbers that it is computed from has changed.
  holds(numbers) {
    return this.seen !== undefined && this.needs.every((name) => numbers[name] === this.seen[name]);
  }

  // Take over what an earlier follower of the same trace has drawn.
  inherit({ last, seen, confirmed }) {
    Object.assign(this, { last, seen, confirmed });
  }

  // The attributes as Python's figure holds them.
  settled() {
    return this.bind.map(([path]) => {
      const value = get(this.trace, path);
      return [path, this.moves ? decode(value) : value];
    });
  }

  // Those that differ from what was drawn last; a single value that stayed is left alone.
  changed(attributes) {
    return attributes.filter(([path, value]) => {
      const same = typeof value !== "object" && this.last.get(path) === value;
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
