// A Plotly figure that follows numbers. Python says in each trace's meta what follows what (see figures/binding.py);
// the program's JavaScript computes it; one animation frame draws it. Nothing here knows of Streamlit.
import { move } from "./draw.js";
import { unpaint } from "./field.js";
import { Follower, set } from "./follower.js";
import { Grip } from "./grip.js";
import { writeQuantities } from "./numbers.js";
import "./paper.js";
import { leaveToThePage } from "./touch.js";

const compiled = new Map(); // source -> Promise of the module

// A module from its source, by a blob URL: no eval, so a content security policy can forbid that.
function compile(source) {
  if (!compiled.has(source)) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    compiled.set(source, import(url).finally(() => URL.revokeObjectURL(url)));
  }
  return compiled.get(source);
}

function enlarge(layout, template, scale) {
  if (layout.height) layout.height = Math.round(layout.height * scale);
  for (const part of [layout, template]) {
    const margin = Object.entries(part.margin ?? {}).map(([side, pixels]) => [side, pixels * scale]);
    if (margin.length) part.margin = Object.fromEntries(margin);
  }
  template.font = { ...template.font, size: (template.font?.size ?? 14) * scale };
}

export class LiveChart {
  // read(): name -> number where a control shows it now. hold(numbers): move those controls. commit(numbers): let go of them.
  // write(numbers): show them in what else the page has.
  // scope: within which element numbers are shown.
  // theme(): colours and font of the page. step(name): how far one key press moves.
  constructor(root, { Plotly, scope = document, read, hold, commit, write = () => {}, step, theme }) {
    Object.assign(this, { root, Plotly, scope, read, step, theme, onHold: hold, onCommit: commit, onWrite: write });
    this.plot = root.querySelector(".live-plot");
    leaveToThePage(this.plot);
    this.frame = 0;
    this.held = {};
    this.grips = [];
    this.followers = [];
    this.refresh = () => this.numbers && this.strays() && this.rewrite();
    document.addEventListener("live-text", this.refresh); // new text holds Python's numbers; a moved thumb is ahead of those
    this.saved = ({ detail }) => this.save(detail);
    root.addEventListener("live-save", this.saved); // from elsewhere on the page
    this.resized = new ResizeObserver(() => this.plot._fullLayout && this.plot.offsetParent && Plotly.Plots.resize(this.plot));
  }

  // Python's figure, settled values and program. Where a control has moved on since, it wins.
  async show({ figure, program, values, rows, limits, filename, alt, writes }) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const module = typeof program === "string" ? await compile(program) : program;
    if (turn !== this.turn) return;
    const { data, layout } = JSON.parse(figure);
    Object.assign(this, { program: module, values, rows, limits, filename, writes });
    this.plot.setAttribute("aria-label", alt);
    if (!this.grips.some((grip) => grip.held)) this.held = {};
    this.numbers = this.current();
    const { palette } = this.paint(data, layout);
    const drawn = this.followers;
    this.followers = data.map((trace, i) => new Follower(trace, i, module, palette)).filter((f) => f.kernel);
    const moved = this.strays();
    const newest = (f) => (moved ? f.attributes(this.numbers, rows) : f.settled());
    if (this.sameBut(data, layout)) {
      this.followers.forEach((f, i) => f.inherit(drawn[i]));
      this.apply(this.followers.map((f) => (f.confirmed && f.holds(this.numbers) ? [] : newest(f))), !moved);
    } else {
      const attributes = this.followers.map(newest);
      this.followers.forEach((f, i) => {
        for (const [path, value] of f.changed(attributes[i])) if (moved || path in f.signs) set(data[f.index], path, value);
      });
      this.config ??= this.controls("scene" in layout); // made once: Plotly starts anew, and forgets the zoom, when it changes
      this.plot.calcdata?.forEach(unpaint);
      await this.Plotly.react(this.plot, data, layout, this.config);
      if (turn !== this.turn) return;
    }
    for (const f of this.followers) Object.assign(f, { seen: this.numbers, confirmed: !moved });
    this.place();
    this.rewrite(true);
    this.resized.observe(this.root);
    if (!this.listening) for (const event of ["plotly_relayout", "plotly_relayouting"]) this.plot.on(event, () => this.place());
    this.listening = true;
    this.root.dataset.ready = "true";
    this.root.dataset.settled = turn;
    this.follow(); // a control may have moved while Plotly drew
  }

  // Whether a figure is the one shown but for the attributes that follow the numbers.
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
    this.apply(this.followers.map((follower) => this.preview(follower)));
    this.place();
    this.rewrite();
    this.drawn = (this.drawn ?? 0) + 1;
    this.root.dataset.drawn = this.drawn;
  }

  // What a trace shows of the numbers as they are now: nothing new if none of them concerns it.
  preview(follower) {
    if (follower.holds(this.numbers)) return [];
    Object.assign(follower, { seen: this.numbers, confirmed: false });
    return follower.attributes(this.numbers, this.rows);
  }

  rewrite(everywhere = false) {
    if (!this.writes) return;
    const { quantities, each } = this.program;
    writeQuantities(quantities(this.numbers, {}, this.rows), each?.(this.numbers, this.rows), everywhere, this.scope);
    this.onWrite(this.numbers);
  }

  // Whether a control has moved on from the settled values.
  strays() {
    return Object.keys(this.values).some((name) => this.numbers[name] !== this.values[name]);
  }

  // Draw attributes, a list of [path, value] for each follower: moved in place where that can be done, else by Plotly. A field
  // is painted in place only while numbers move; what is settled Plotly draws.
  apply(attributes, settled = false) {
    this.followers.forEach((follower, i) => {
      const changed = follower.changed(attributes[i]);
      const inPlace = follower.moves && !(settled && follower.grid);
      if (!changed.length || (inPlace && move(this.plot, follower.index, changed))) return;
      if (follower.grid) unpaint(this.plot.calcdata?.[follower.index]);
      const wrapped = changed.map(([path, value]) => [path, [value]]); // restyle spreads an outer array over traces
      this.Plotly.restyle(this.plot, Object.fromEntries(wrapped), [follower.index]);
    });
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

  // Put the page's colours and font in place of the figure's own; return them.
  paint(data, layout) {
    const theme = this.theme();
    const { palette, text, ground, grid, font } = theme;
    for (const trace of data) {
      const color = trace.meta?.color === -1 ? ground : palette[trace.meta?.color];
      if (color && trace.line) trace.line.color = color;
      if (color && trace.fillcolor) trace.fillcolor = color;
      if (color && trace.marker) trace.marker.color = color;
      if (color && trace.textfont) trace.textfont.color = color;
      if (trace.marker?.line) trace.marker.line.color = ground;
    }
    const template = (layout.template ??= {}).layout ??= {};
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16; // type and charts grow on a wide screen
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

  save(format) {
    const size = { width: this.plot.clientWidth, height: this.plot.clientHeight, scale: format === "png" ? 2 : 1 };
    this.Plotly.downloadImage(this.plot, { format, filename: this.filename, ...size });
  }

  controls(solid) {
    const save = (format, icon) => ({
      name: `Download as ${format.toUpperCase()}`,
      icon: this.Plotly.Icons[icon],
      click: () => this.save(format),
    });
    return {
      displaylogo: false,
      displayModeBar: true,
      modeBarButtons: [solid ? ["resetCameraDefault3d"] : ["zoom2d", "pan2d", "resetScale2d"], [save("svg", "disk"), save("png", "camera")]],
    };
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.turn = Infinity;
    this.resized.disconnect();
    this.root.removeEventListener("live-save", this.saved);
    document.removeEventListener("live-text", this.refresh);
    this.Plotly.purge(this.plot);
  }
}
