// A Plotly figure that follows numbers. Python says in each trace's meta what follows what (see figures/binding.py);
// the program's JavaScript computes it; one animation frame draws it. Nothing here knows of Streamlit.
import { find, typeScale } from "./dom.js";
import { move } from "./draw.js";
import { unpaint } from "./field.js";
import { Follower, set } from "./follower.js";
import { Brush } from "./brush.js";
import { Grip } from "./grip.js";
import { levels } from "./levels.js";
import { Minima, columnsOf } from "./minimum.js";
import { writeQuantities } from "./numbers.js";
import "./paper.js";
import { Picker } from "./picker.js";
import { pooled } from "./pool.js";
import { leaveToThePage } from "./touch.js";

/** @type {Map<string, Promise<Kernels>>} */
const compiled = new Map();

/**
 * A module from its source, by a blob URL: no eval, so a content security policy can forbid that.
 * @param {string} source
 */
function compile(source) {
  const known = compiled.get(source);
  if (known) return known;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  /** @type {Promise<Kernels>} */
  const module = import(url).finally(() => URL.revokeObjectURL(url));
  compiled.set(source, module);
  return module;
}

/**
 * @param {any} layout
 * @param {any} template
 * @param {number} scale
 */
function enlarge(layout, template, scale) {
  if (layout.height) layout.height = Math.round(layout.height * scale);
  for (const part of [layout, template]) {
    /** @type {[string, number][]} */
    const given = Object.entries(part.margin ?? {});
    const margin = given.map(([side, pixels]) => [side, pixels * scale]);
    if (margin.length) part.margin = Object.fromEntries(margin);
  }
  template.font = { ...template.font, size: (template.font?.size ?? 14) * scale };
}

const NARROW = 520; // pixels; a chart may be laid out otherwise on a phone

/** @type {(layout: any, other: any) => void} */
function merge(layout, other) {
  for (const [name, value] of Object.entries(other)) {
    if (value && typeof value === "object" && !Array.isArray(value)) merge((layout[name] ??= {}), value);
    else layout[name] = value;
  }
}

/** @type {(one: Trace, other: Trace | undefined) => boolean} */
const sameMeta = (one, other) => one === other || JSON.stringify(one.meta) === JSON.stringify(other?.meta);

export class LiveChart {
  /**
   * @param {HTMLElement} root
   * @param {Surroundings} page
   */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.Plotly = page.Plotly;
    this.plot = /** @type {Plot} */ (find(root, ".live-plot"));
    leaveToThePage(this.plot);
    this.frame = 0;
    this.turn = 0; // how often a figure has been shown
    this.drawn = 0; // how often numbers have moved it
    this.writes = false;
    this.listening = false;
    this.filename = "";
    /** @type {ChartData | undefined} */
    this.data = undefined; // shown last
    /** @type {boolean | undefined} */
    this.narrow = undefined; // whether it is laid out so; undefined where that makes no difference
    this.skeleton = "";
    /** @type {object | undefined} */
    this.config = undefined;
    /** @type {Numbers} */
    this.values = {}; // settled
    /** @type {Numbers} */
    this.held = {}; // that a hand on the chart holds, or let go of until Python speaks of it
    /** @type {Numbers | undefined} */
    this.numbers = undefined; // that are shown
    /** @type {Record<string, [number, number]>} */
    this.limits = {};
    /** @type {Rows} */
    this.rows = {};
    this.columns = columnsOf({}, {}); // the rows at some numbers
    this.minima = new Minima([], [], {});
    /** @type {Kernels} */
    this.program = { kernels: [], needs: [], setters: [] };
    /** @type {(Grip | Brush | Picker)[]} */
    this.hands = []; // places where a hand can take hold
    /** @type {Follower[]} */
    this.followers = [];
    this.refresh = () => {
      if (this.strays()) this.rewrite();
    };
    document.addEventListener("live-text", this.refresh); // new text holds Python's numbers; a moved thumb is ahead of those
    this.saved = (/** @type {Event} */ event) => this.give(/** @type {CustomEvent<Picture>} */ (event).detail);
    root.addEventListener("live-save", this.saved); // from elsewhere on the page
    this.resized = new ResizeObserver(() => {
      if (this.narrow !== undefined && this.narrow !== this.isNarrow() && this.data) this.show(this.data);
      else if (this.plot._fullLayout && this.plot.offsetParent) this.Plotly.Plots.resize(this.plot);
    });
  }

  /**
   * Python's figure, settled values and program. Where a control has moved on since, it wins.
   * @param {ChartData} given
   */
  async show(given) {
    const { figure, program, rows, cells, pool, minima, limits, filename, alt, writes } = (this.data = given);
    /** @type {Numbers} */
    const values = Object.fromEntries(Object.entries(given.values).map(([name, value]) => [name, Number(value)])); // or texts
    const turn = ++this.turn;
    const module = await compile(program);
    if (turn !== this.turn) return;
    /** @type {{ data: Trace[], layout: any }} */
    const { data, layout } = JSON.parse(figure);
    this.narrow = layout.meta?.narrow && this.isNarrow();
    if (this.narrow) merge(layout, layout.meta.narrow);
    Object.assign(this, { program: module, values, limits, filename, writes });
    this.columns = pooled(pool, module.pool, columnsOf(rows, cells));
    this.minima = new Minima(minima, module.minima ?? [], values);
    this.plot.setAttribute("aria-label", alt);
    this.gather();
    const numbers = (this.numbers = this.current());
    const { palette } = this.paint(data, layout);
    const drawn = this.followers;
    this.followers = data.map((trace, i) => new Follower(trace, i, module, palette)).filter((f) => f.kernel);
    const moved = this.strays();
    const newest = (/** @type {Follower} */ f) => (moved ? f.attributes(numbers, this.rows) : f.settled(numbers, this.rows));
    if (this.sameBut(data, layout)) {
      this.followers.forEach((f, i) => f.inherit(drawn[i]));
      this.apply(this.followers.map((f) => (f.confirmed && f.holds(numbers) ? [] : newest(f))), !moved);
    } else {
      const attributes = this.followers.map(newest);
      this.followers.forEach((f, i) => {
        for (const [path, value] of f.changed(attributes[i])) if (moved || path in f.signs) set(data[f.index], path, value);
      });
      for (const trace of data) for (const [path, value] of levels(trace, trace.z)) set(trace, path, value);
      this.config ??= this.controls("scene" in layout); // made once: Plotly starts anew, and forgets the zoom, when it changes
      this.plot.calcdata?.forEach(unpaint);
      await this.Plotly.react(this.plot, data, layout, this.config);
      if (turn !== this.turn) return;
    }
    for (const f of this.followers) Object.assign(f, { seen: numbers, confirmed: !moved });
    this.place();
    this.rewrite(true);
    this.resized.observe(this.root);
    if (!this.listening) for (const event of ["plotly_relayout", "plotly_relayouting"]) this.plot.on(event, () => this.place());
    this.listening = true;
    this.root.dataset.ready = "true";
    this.root.dataset.settled = String(turn);
    this.follow(); // a control may have moved while Plotly drew
  }

  isNarrow() {
    return this.root.clientWidth < NARROW;
  }

  /**
   * Whether a figure is the one shown but for the attributes that follow the numbers.
   * @param {Trace[]} data
   * @param {object} layout
   */
  sameBut(data, layout) {
    const bare = data.map((trace) => {
      const copy = structuredClone(trace);
      for (const path of Object.keys(trace.meta?.bind ?? {})) set(copy, path, null);
      return copy;
    });
    const skeleton = JSON.stringify([bare, layout]);
    const same = skeleton === this.skeleton;
    this.skeleton = skeleton;
    return same;
  }

  /**
   * The settled values, then what the controls show, then what a hand holds; and what follows from those by a search.
   * @returns {Numbers}
   */
  current() {
    const given = { ...this.values, ...this.page.read(this.values), ...this.held };
    this.rows = this.columns(given);
    return this.minima.among(given, this.rows);
  }

  // Draw the numbers as they are now, once a frame.
  follow() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    const shown = this.numbers;
    if (!shown) return;
    const numbers = this.current();
    if (Object.keys(numbers).every((name) => numbers[name] === shown[name])) return;
    this.numbers = numbers;
    this.apply(this.followers.map((follower) => this.preview(follower, numbers)));
    this.place();
    this.rewrite(!this.strays()); // back at the settled numbers, what is away shows them as well: nothing writes there later
    this.root.dataset.drawn = String(++this.drawn);
  }

  /**
   * What a trace shows of the numbers as they are now: nothing new if none of them concerns it.
   * @param {Follower} follower
   * @param {Numbers} numbers
   */
  preview(follower, numbers) {
    if (follower.holds(numbers)) return [];
    Object.assign(follower, { seen: numbers, confirmed: false });
    return follower.attributes(numbers, this.rows);
  }

  rewrite(everywhere = false) {
    const { quantities, each } = this.program;
    if (!this.writes || !quantities || !this.numbers) return;
    writeQuantities(quantities(this.numbers, {}, this.rows), each?.(this.numbers, this.rows), everywhere, this.page.scope);
    this.page.write?.(this.numbers);
  }

  // Whether a control has moved on from the settled values.
  strays() {
    const { numbers, values } = this;
    return numbers !== undefined && Object.keys(values).some((name) => numbers[name] !== values[name]);
  }

  /**
   * Draw attributes, a list of [path, value] for each follower: moved in place where that can be done, else by Plotly. A field
   * is painted in place only while numbers move; what is settled Plotly draws.
   * @param {Attribute[][]} attributes
   */
  apply(attributes, settled = false) {
    this.followers.forEach((follower, i) => {
      const changed = follower.changed(attributes[i]);
      const inPlace = follower.moves && !(settled && follower.area);
      if (!changed.length || (inPlace && move(this.plot, follower.index, changed))) return;
      if (follower.area) unpaint(this.plot.calcdata?.[follower.index]);
      const field = changed.find(([path]) => path === "z");
      if (field) {
        const given = levels(follower.trace, field[1]);
        for (const [path, value] of given) set(follower.trace, path, value); // what holds from now on
        changed.push(...given);
      }
      const wrapped = changed.map(([path, value]) => [path, [value]]); // restyle spreads an outer array over traces
      this.Plotly.restyle(this.plot, Object.fromEntries(wrapped), [follower.index]);
    });
  }

  place() {
    const { numbers } = this;
    if (!numbers) return;
    const wanted = this.followers.filter((f) => f.drag || f.brush || (f.pick && this.page.picks));
    const same = wanted.map((f, i) => sameMeta(f.trace, this.hands[i]?.follower.trace));
    if (wanted.length !== this.hands.length || same.includes(false)) {
      this.release();
      const seen = new Set();
      this.hands = wanted.map((f) => {
        if (f.brush) return new Brush(this, f, f.brush);
        if (f.pick) return new Picker(this, f, f.pick);
        const names = Object.values(f.drag ?? {}).join(" ");
        const first = !seen.has(names);
        seen.add(names);
        return new Grip(this, f, first);
      });
    }
    wanted.forEach((follower, i) => {
      this.hands[i].follower = follower;
      this.hands[i].place(follower.attributes(numbers, this.rows));
    });
  }

  // Take away what hands can take hold of.
  release() {
    for (const hand of this.hands) {
      if (hand instanceof Picker) hand.remove();
      else hand.element.remove();
    }
  }

  // What hands hold now, and what they have let go of that Python has not taken yet.
  gather() {
    this.held = Object.assign({}, this.page.open?.(), ...this.hands.map((hand) => hand.moved));
  }

  /** @param {Numbers} numbers */
  hold(numbers) {
    this.held = { ...this.held, ...numbers }; // another hand may hold others
    this.page.hold(numbers);
    this.follow();
  }

  /**
   * Put back what a hand has moved, as if it had not.
   * @param {Numbers} numbers those that were there before
   */
  drop(numbers) {
    this.page.hold(numbers);
    this.gather();
    this.follow();
  }

  /** @param {Numbers} numbers */
  commit(numbers) {
    this.page.commit(numbers);
  }

  /**
   * How far one key press moves: about a hundredth of the way where no control says so.
   * @param {string} name
   * @returns {number}
   */
  step(name) {
    const [low, high] = this.limits[name];
    return this.page.step(name) ?? Number(`1e${Math.floor(Math.log10((high - low) / 100))}`);
  }

  /**
   * Put the page's colours and font in place of the figure's own; return them.
   * @param {Trace[]} data
   * @param {any} layout
   */
  paint(data, layout) {
    const theme = this.page.theme();
    const { palette, text, ground, grid, font } = theme;
    palette.forEach((color, i) => document.documentElement.style.setProperty(`--live-color-${i}`, color)); // for keys in texts
    for (const trace of data) {
      const own = trace.meta?.color;
      const toned = (/** @type {number} */ place) => (place === -1 ? ground : palette[place]);
      const color = own === undefined ? undefined : toned(own);
      const shades = trace.meta?.shades;
      if (shades) trace.colorscale = shades.map((shade, k) => [k / (shades.length - 1), toned(shade)]);
      if (color && trace.line) trace.line.color = color;
      if (color && trace.fillcolor) trace.fillcolor = color;
      if (color && trace.marker) trace.marker.color = color;
      if (color && trace.textfont) trace.textfont.color = color;
      if (trace.marker?.line) trace.marker.line.color = ground;
    }
    const template = (layout.template ??= {}).layout ??= {};
    const scale = typeScale();
    if (scale !== 1) enlarge(layout, template, scale);
    Object.assign(template, { paper_bgcolor: ground, plot_bgcolor: ground, colorway: palette });
    template.font = { ...template.font, color: text, family: font };
    template.hoverlabel = { bgcolor: ground, bordercolor: grid, font: { color: text, family: font } };
    const lines = { gridcolor: grid, zerolinecolor: grid, linecolor: grid };
    for (const axis of ["xaxis", "yaxis"]) template[axis] = { ...template[axis], ...lines };
    const wall = { ...lines, color: text, showbackground: false };
    template.scene = { xaxis: wall, yaxis: wall, zaxis: wall };
    template.modebar = { bgcolor: "rgba(0,0,0,0)", color: text, activecolor: palette[0] };
    return theme;
  }

  /** @param {string} format */
  picture(format) {
    const scale = format === "png" ? 2 : 1;
    return { format, filename: this.filename, width: this.plot.clientWidth, height: this.plot.clientHeight, scale };
  }

  /** @param {string} format */
  save(format) {
    this.Plotly.downloadImage(this.plot, this.picture(format));
  }

  /** @param {Picture} picture */
  async give({ format, take }) {
    take(await this.Plotly.toImage(this.plot, this.picture(format)), `${this.filename}.${format}`);
  }

  /** @param {boolean} solid */
  controls(solid) {
    const save = (/** @type {string} */ format, /** @type {string} */ icon) => ({
      name: `Download as ${format.toUpperCase()}`,
      icon: this.Plotly.Icons[icon],
      click: () => this.save(format),
    });
    const views = solid ? ["resetCameraDefault3d"] : ["zoom2d", "pan2d", "resetScale2d"];
    return { displaylogo: false, displayModeBar: true, modeBarButtons: [views, [save("svg", "disk"), save("png", "camera")]] };
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.turn = Infinity;
    this.resized.disconnect();
    this.root.removeEventListener("live-save", this.saved);
    document.removeEventListener("live-text", this.refresh);
    this.release();
    this.Plotly.purge(this.plot);
  }
}
