// A Plotly figure that follows numbers. Python says in each trace's meta what follows what (see figures/binding.py);
// the program's JavaScript computes it; one animation frame draws it. Nothing here knows of Streamlit.

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// The same as format_number in markup.py; a test holds the two against each other.
export function formatNumber(value, digits, trim = false) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  const fixed = exponent >= -4 && exponent < 6;
  let text = fixed ? value.toPrecision(Math.max(digits, exponent + 1)) : value.toExponential(digits - 1).split("e")[0];
  if (trim && text.includes(".")) text = text.replace(/\.?0+$/, "");
  if (!fixed) text += `×10${[...String(exponent)].map((c) => SUPERSCRIPTS[c]).join("")}`;
  return text.replace("-", "−");
}

// Write numbers into every element that shows one of them: <span data-quantity="L" data-value="0.5" data-digits="6">.
export function writeQuantities(numbers) {
  for (const element of document.querySelectorAll("[data-quantity]")) {
    const { quantity, digits, trim, bracket } = element.dataset;
    if (!(quantity in numbers)) continue;
    const value = numbers[quantity];
    const text = formatNumber(value, Number(digits), trim === "true");
    element.textContent = bracket === "true" && text.startsWith("−") ? `(${text})` : text;
    element.dataset.value = String(value);
  }
}

// plotly.py sends arrays as {dtype, bdata, shape}. Plotly reads those itself; a sweep needs the numbers.
const ARRAYS = {
  f8: Float64Array, f4: Float32Array, i4: Int32Array, u4: Uint32Array, i2: Int16Array, u2: Uint16Array, i1: Int8Array, u1: Uint8Array,
};
function decode(values) {
  if (!values?.bdata) return Float64Array.from(values);
  const bytes = Uint8Array.from(atob(values.bdata), (c) => c.charCodeAt(0));
  return Float64Array.from(new ARRAYS[values.dtype](bytes.buffer));
}

const GRIDS = ["heatmap", "contour", "surface"];
const get = (object, path) => path.split(".").reduce((o, part) => o?.[part], object);
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// What one trace follows: its sweep as arrays, and how to turn the kernel's results into attributes.
class Follower {
  constructor(trace, index, kernel, palette) {
    this.index = index;
    this.palette = palette;
    this.kernel = kernel;
    this.trace = trace;
    const { bind = {}, sweep = {}, signs = {} } = trace.meta ?? {};
    this.signs = signs;
    this.bind = Object.entries(bind);
    this.sweep = Object.fromEntries(Object.entries(sweep).map(([path, name]) => [name, decode(get(trace, path))]));
    if (GRIDS.includes(trace.type) && "x" in sweep && "y" in sweep) this.spread(sweep.x, sweep.y);
    this.animates = trace.type === "scatter" && this.bind.every(([path]) => path === "x" || path === "y");
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
      if (Array.isArray(name)) return [path, name.map((n) => results[n])];
      const value = results[name];
      if (path in this.signs) return [path, this.palette[this.signs[path][value >= 0 ? 1 : 0]]];
      if (typeof value === "number") return [path, Array.isArray(get(this.trace, path)) ? [value] : value];
      if (this.width === undefined) return [path, value];
      const grid = [];
      for (let i = 0; i < value.length; i += this.width) grid.push(value.subarray(i, i + this.width));
      return [path, grid];
    });
  }

  // The attributes that differ from those drawn last; a single value that stayed is left alone.
  changes(numbers, rows) {
    const changed = this.attributes(numbers, rows).filter(([path, value]) => {
      const same = typeof value !== "object" && this.last.get(path) === value;
      this.last.set(path, value);
      return !same;
    });
    return Object.fromEntries(changed);
  }
}

// A round grip over a trace's point: drag it, or move it with the arrow keys.
class Grip {
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

const compiled = new Map(); // source -> Promise of the module

// A module from its source, by a blob URL: no eval, so a content security policy can forbid that.
function compile(source) {
  if (!compiled.has(source)) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    compiled.set(source, import(url).finally(() => URL.revokeObjectURL(url)));
  }
  return compiled.get(source);
}

export class LiveChart {
  // read(): name -> number where a control shows it now. hold(numbers): move those controls. commit(numbers): let go of them.
  // theme(): colours and font of the page. step(name): how far one key press moves.
  constructor(root, { Plotly, read, hold, commit, step, theme }) {
    Object.assign(this, { root, Plotly, read, step, theme, onHold: hold, onCommit: commit });
    this.plot = root.querySelector(".live-plot");
    this.config = this.controls(); // made once: Plotly starts anew, and forgets the zoom, when its configuration changes
    this.frame = 0;
    this.held = {};
    this.grips = [];
    this.rewrite = () => this.numbers && writeQuantities(this.program.quantities(this.numbers, {}, this.rows));
    document.addEventListener("live-text", this.rewrite);
    this.resized = new ResizeObserver(() => this.plot._fullLayout && Plotly.Plots.resize(this.plot));
  }

  // Python's figure, settled values and program. Where a control has moved on since, it wins.
  async show({ figure, program, values, rows, limits, filename, alt }) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const module = typeof program === "string" ? await compile(program) : program;
    if (turn !== this.turn) return;
    const { data, layout } = typeof figure === "string" ? JSON.parse(figure) : structuredClone(figure);
    Object.assign(this, { program: module, values, rows, limits, filename });
    this.plot.setAttribute("aria-label", alt);
    const { palette } = this.theme();
    this.followers = data.map((trace, i) => new Follower(trace, i, module.kernels[i], palette)).filter((f) => f.kernel);
    if (!this.grips.some((grip) => grip.held)) this.held = {};
    this.numbers = this.current();
    const moved = Object.keys(values).some((name) => this.numbers[name] !== values[name]);
    this.paint(data, layout);
    for (const f of this.followers) {
      for (const [path, value] of f.attributes(this.numbers, rows)) if (moved || path in f.signs) set(data[f.index], path, value);
    }
    await this.Plotly.react(this.plot, data, layout, this.config);
    if (turn !== this.turn) return;
    this.place();
    this.rewrite();
    this.resized.observe(this.root);
    if (!this.listening) this.plot.on("plotly_relayout", () => this.place()), this.plot.on("plotly_relayouting", () => this.place());
    this.listening = true;
    this.root.dataset.ready = "true";
    this.root.dataset.settled = turn;
    this.follow(); // a control may have moved while Plotly drew
  }

  // The settled values, then what the controls show, then what a hand holds.
  current() {
    return { ...this.values, ...this.read(this.values), ...this.held };
  }

  // Draw the numbers as they are now, once a frame.
  follow() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    if (!this.numbers) return;
    const numbers = this.current();
    if (Object.keys(numbers).every((name) => numbers[name] === this.numbers[name])) return;
    this.numbers = numbers;
    const animated = [[], []];
    for (const follower of this.followers) {
      const changes = follower.changes(numbers, this.rows);
      if (!Object.keys(changes).length) continue;
      if (follower.animates) animated[0].push(changes), animated[1].push(follower.index);
      else this.Plotly.restyle(this.plot, wrapped(changes), [follower.index]);
    }
    if (animated[1].length) {
      this.Plotly.animate(this.plot, { data: animated[0], traces: animated[1] }, STILL).catch(() => {}); // overtaken by a newer frame
    }
    this.place();
    this.rewrite();
    this.drawn = (this.drawn ?? 0) + 1;
    this.root.dataset.drawn = this.drawn;
  }

  place() {
    const wanted = this.followers.filter((f) => f.trace.meta.drag);
    const same = (f, i) => JSON.stringify(f.trace.meta) === JSON.stringify(this.grips[i].follower.trace.meta);
    if (wanted.length !== this.grips.length || !wanted.every(same)) {
      for (const grip of this.grips) grip.element.remove();
      const seen = new Set();
      this.grips = wanted.map((f) => {
        const names = Object.values(f.trace.meta.drag).join(" ");
        return new Grip(this, f, !seen.has(names) && seen.add(names));
      });
    }
    wanted.forEach((follower, i) => {
      this.grips[i].follower = follower;
      this.grips[i].place(follower.attributes(this.numbers, this.rows));
    });
  }

  hold(numbers) {
    this.held = numbers;
    this.onHold(numbers);
    this.follow();
  }

  commit(numbers) {
    this.onCommit(numbers);
  }

  // The page's colours and font, in place of the figure's own.
  paint(data, layout) {
    const { palette, text, ground, grid, font } = this.theme();
    for (const trace of data) {
      const color = palette[trace.meta?.color];
      if (color && trace.line) trace.line.color = color;
      if (color && trace.marker) trace.marker.color = color;
      if (trace.marker?.line) trace.marker.line.color = ground;
    }
    const template = (layout.template ??= {}).layout ??= {};
    Object.assign(template, { paper_bgcolor: ground, plot_bgcolor: ground, colorway: palette });
    template.font = { ...template.font, color: text, family: font };
    template.hoverlabel = { bgcolor: ground, bordercolor: grid, font: { color: text, family: font } };
    for (const axis of ["xaxis", "yaxis"]) template[axis] = { ...template[axis], gridcolor: grid, zerolinecolor: grid, linecolor: grid };
    template.modebar = { bgcolor: "rgba(0,0,0,0)", color: text, activecolor: palette[0] };
  }

  controls() {
    const save = (format, icon) => ({
      name: `Download as ${format.toUpperCase()}`,
      icon: this.Plotly.Icons[icon],
      click: (plot) => {
        const size = { width: plot.clientWidth, height: plot.clientHeight, scale: format === "png" ? 2 : 1 };
        this.Plotly.downloadImage(plot, { format, filename: this.filename, ...size });
      },
    });
    return {
      displaylogo: false,
      displayModeBar: true,
      modeBarButtons: [["zoom2d", "pan2d", "resetScale2d"], [save("svg", "disk"), save("png", "camera")]],
    };
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.turn = Infinity;
    this.resized.disconnect();
    document.removeEventListener("live-text", this.rewrite);
    this.Plotly.purge(this.plot);
  }
}

const STILL = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };

// restyle spreads an outer array over traces; every value here belongs to one.
const wrapped = (changes) => Object.fromEntries(Object.entries(changes).map(([path, value]) => [path, [value]]));

function set(object, path, value) {
  const parts = path.split(".");
  const last = parts.pop();
  let parent = object;
  for (const part of parts) parent = parent[part] ??= {};
  parent[last] = value;
}
