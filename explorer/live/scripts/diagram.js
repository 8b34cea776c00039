// A network as SVG. numbers.js writes each number, now and while the live chart moves it, and live.css says how a number looks.
// What is drawn stands while the network is the same, so focus and an open tip stay.
import { find, targetOf } from "./parts/dom.js";
import { writeNumber } from "./parts/numbers.js";

/** @typedef {{ label: string, quantity: string, row: number | null, value: string }} Shown */
/** @typedef {{ name: string, label: string, layer: number, place: number, shown: Shown[], choosable: boolean }} Unit */
/** @typedef {{ name: string, source: string, target: string, shown: Shown[] }} Edge */
/** @typedef {{ units: Unit[], edges: Edge[], chosen: string, label: string }} Network */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ x1: number, y1: number, x2: number, y2: number }} Line */
/** @typedef {Unit & Point & { r: number, pitch: number, side?: "input" | "output" }} Circle */

/**
 * What is drawn of a unit or an edge. Of an edge there is a line, of a unit its centre.
 * @typedef {object} Part
 * @property {string} name
 * @property {Shown[]} shown
 * @property {boolean} choosable
 * @property {SVGElement} element
 * @property {SVGElement[]} numbers
 * @property {number} r
 * @property {string} [target]
 * @property {Line} [line]
 * @property {Point} [centre]
 */

/** @type {WeakMap<Element, Diagram>} */
const diagrams = new WeakMap();

const [WIDTH, HEIGHT, SIDE, TOP] = [420, 300, 46, 8];
const REACH = 6; // pixels from an edge at which the pointer is still on it

/** @typedef {Record<string, string | number | undefined>} Attributes */

/**
 * @template {Element} Made
 * @param {Made} element
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {Made}
 */
function made(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value));
  element.append(...children); // a string becomes text, never markup
  return element;
}

/** @type {(tag: string, attributes: Attributes, ...children: (Node | string)[]) => SVGElement} */
const svg = (tag, attributes, ...children) =>
  made(/** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", tag)), attributes, children);
/** @type {(tag: string, attributes: Attributes, ...children: (Node | string)[]) => HTMLElement} */
const html = (tag, attributes, ...children) => made(document.createElement(tag), attributes, children);

/**
 * What makes an element show a number; see numbers.js.
 * @param {Shown} number
 * @param {Attributes} options
 * @returns {Attributes}
 */
const showing = ({ quantity, row }, options) => ({ "data-quantity": quantity, "data-row": row ?? undefined, ...options });

/**
 * Where each unit is: layers from left to right, each centred. A full layer has small circles.
 * @param {Unit[]} units
 * @returns {Circle[]}
 */
export function placed(units) {
  /** @type {number[]} */
  const counts = [];
  for (const { layer } of units) counts[layer] = (counts[layer] ?? 0) + 1;
  const last = counts.length - 1;
  return units.map((unit) => {
    const [count, pitch] = [counts[unit.layer], Math.min(70, (HEIGHT - 2 * TOP) / counts[unit.layer])];
    const x = SIDE + (unit.layer / last) * (WIDTH - 2 * SIDE);
    const y = HEIGHT / 2 + (unit.place - (count - 1) / 2) * pitch;
    const side = unit.layer === last ? "output" : unit.layer === 0 ? "input" : undefined;
    return { ...unit, x, y, r: Math.min(19, 0.4 * pitch), pitch, side };
  });
}

/**
 * A unit's label: beside an input or output, above any other where there is room.
 * @param {Circle} unit
 */
function caption({ label, x, y, r, pitch, side }) {
  if (side === "input") return [svg("text", { class: "live-net-label", x: x - r - 6, y, "text-anchor": "end" }, label)];
  if (side === "output") return [svg("text", { class: "live-net-label", x: x + r + 6, y, "text-anchor": "start" }, label)];
  return pitch - 2 * r < 14 ? [] : [svg("text", { class: "live-net-label", x, y: y - r - 9 }, label)];
}

/**
 * @param {Circle} unit
 * @returns {Part}
 */
function drawUnit(unit) {
  const { name, label, x, y, r, shown, choosable } = unit;
  const ring = svg("circle", { class: "live-net-ring", cx: x, cy: y, r: r + 3.5 });
  const numbers = [svg("circle", showing(shown[0], { cx: x, cy: y, r, "data-look": "size" }))];
  const text = { x, y, "data-look": "length", "data-digits": 2, style: `--radius: ${r}px` };
  if (r >= 11) numbers.push(svg("text", showing(shown[0], text)));
  const role = { role: choosable ? "button" : "img", tabindex: 0, "aria-label": label };
  const element = svg("g", { class: "live-net-unit", "data-name": name, ...role }, ...caption(unit), ring, ...numbers);
  return { name, shown, choosable, element, numbers, r, centre: { x, y } };
}

/**
 * @param {Edge} edge
 * @param {Line} line
 * @returns {Part}
 */
function drawEdge({ name, target, shown }, line) {
  const numbers = [svg("line", showing(shown[0], { ...line, "data-look": "size" }))];
  const halo = svg("line", { ...line, class: "live-net-halo" });
  const element = svg("g", { class: "live-net-edge", "data-name": name }, halo, ...numbers);
  return { name, shown, target, choosable: true, element, numbers, line, r: 4 };
}

/**
 * The point of a line that is nearest to another, and how far it is.
 * @param {Line} line
 * @param {Point} point
 */
export function foot({ x1, y1, x2, y2 }, { x, y }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  const point = { x: x1 + along * dx, y: y1 + along * dy };
  return { ...point, distance: Math.hypot(x - point.x, y - point.y) };
}

class Diagram {
  /**
   * @param {HTMLElement} root
   * @param {string} id
   */
  constructor(root, id) {
    this.root = root;
    this.shape = "";
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    /** @type {Part[]} */
    this.edges = [];
    this.lines = svg("g", {});
    /** @type {Part | undefined} */
    this.opened = undefined;
    /** @type {Component<Network>["setTriggerValue"]} */
    this.send = () => {};
    this.picture = /** @type {SVGSVGElement} */ (svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group" }));
    this.tip = html("div", { class: "live-net-tip", id: `${id}-tip`, role: "tooltip", hidden: "" });
    root.append(this.picture, this.tip);
    const point = (/** @type {PointerEvent} */ event) => {
      const under = this.under(event);
      if (under) this.open(under.part, under.place);
      else this.open(this.focused());
    };
    this.picture.addEventListener("pointermove", point);
    this.picture.addEventListener("pointerdown", point);
    this.picture.addEventListener("pointerleave", () => this.open(this.focused()));
    this.picture.addEventListener("focusin", () => {
      if (this.focused()) this.open(this.focused());
    });
    this.picture.addEventListener("focusout", (event) => {
      if (this.opened?.element === event.target) this.open();
    });
    this.picture.addEventListener("click", (event) => this.choose(this.under(event)?.part));
    this.picture.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open();
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault(); // Space would scroll
      this.choose(this.focused());
    });
  }

  /** @param {Network} network */
  show({ units, edges, chosen, label }) {
    this.paint();
    this.picture.setAttribute("aria-label", label);
    const shape = JSON.stringify([units, edges], (key, value) => (key === "value" ? undefined : value));
    if (shape !== this.shape) this.build(units, edges);
    this.shape = shape;
    for (const { name, shown } of [...units, ...edges]) {
      const part = this.parts.get(name);
      if (part) this.settle(part, shown);
    }
    for (const part of this.parts.values()) {
      this.mark(part, "chosen", part.name === chosen);
      this.mark(part, "lit", part.target === chosen);
      if (!part.line && part.choosable) part.element.setAttribute("aria-pressed", String(part.name === chosen));
    }
    if (this.opened) this.fill(this.opened);
    document.dispatchEvent(new Event("live-text")); // a moved thumb is ahead of Python's numbers
  }

  /**
   * Make a unit or edge stand out; an edge then lies above the others.
   * @param {Part} part
   * @param {string} name
   * @param {boolean} on
   */
  mark(part, name, on) {
    part.element.classList.toggle(name, on);
    if (on && part.line) this.lines.append(part.element);
  }

  // The theme's first two colours: for numbers from 0 on, and for negative ones.
  paint() {
    const palette = getComputedStyle(this.root).getPropertyValue("--st-chart-categorical-colors").split(/,(?![^(]*\))/);
    this.root.style.setProperty("--positive", palette[0]);
    this.root.style.setProperty("--negative", palette[1]);
  }

  /**
   * @param {Unit[]} units
   * @param {Edge[]} edges
   */
  build(units, edges) {
    const focused = this.focused()?.name;
    this.open();
    const circles = placed(units);
    const at = new Map(circles.map((unit) => [unit.name, unit]));
    this.edges = edges.flatMap((edge) => {
      const [from, to] = [at.get(edge.source), at.get(edge.target)];
      return from && to ? [drawEdge(edge, { x1: from.x, y1: from.y, x2: to.x, y2: to.y })] : [];
    });
    const drawn = circles.map(drawUnit);
    this.parts = new Map([...this.edges, ...drawn].map((part) => [part.name, part]));
    this.lines = svg("g", {}, ...this.edges.map((edge) => edge.element));
    this.picture.replaceChildren(this.lines, ...drawn.map((unit) => unit.element)); // circles lie on the ends of lines
    this.parts.get(focused ?? "")?.element.focus();
  }

  /**
   * Python's numbers.
   * @param {Part} part
   * @param {Shown[]} shown
   */
  settle(part, shown) {
    part.shown = shown;
    for (const element of part.numbers) writeNumber(element, Number(shown[0].value));
  }

  // The unit that the keyboard is on.
  focused() {
    return this.named(this.picture.querySelector(":focus-visible"));
  }

  /** @param {Element | null} element */
  named(element) {
    return this.parts.get(element?.getAttribute("data-name") ?? "");
  }

  /**
   * The unit or edge under the pointer, and where on it. Of edges that lie close together, the nearest.
   * @param {MouseEvent} event
   * @returns {{ part: Part, place?: Point } | undefined}
   */
  under(event) {
    const unit = this.named(targetOf(event).closest(".live-net-unit"));
    if (unit) return { part: unit };
    const screen = this.picture.getScreenCTM();
    if (!screen) return undefined;
    const pointer = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse());
    let distance = REACH / screen.a;
    let nearest;
    for (const part of this.edges) {
      const place = part.line && foot(part.line, pointer);
      if (place && place.distance < distance) {
        nearest = { part, place };
        distance = place.distance;
      }
    }
    return nearest;
  }

  /**
   * Show the tip of a unit or edge; of none, hide it.
   * @param {Part} [part]
   * @param {Point} [place]
   */
  open(part, place = part?.centre) {
    if (part !== this.opened) {
      if (this.opened) this.mark(this.opened, "open", false);
      this.opened?.element.removeAttribute("aria-describedby");
      this.opened = part;
      this.tip.hidden = !part;
      this.picture.classList.toggle("live-net-choosable", Boolean(part?.choosable));
      if (part) {
        this.mark(part, "open", true);
        part.element.setAttribute("aria-describedby", this.tip.id);
        this.fill(part);
        document.dispatchEvent(new Event("live-text"));
      }
    }
    if (part && place) this.point(place, part.r);
  }

  /**
   * The tip's numbers, as Python settled them.
   * @param {Part} part
   */
  fill({ shown }) {
    const rows = shown.map((number) => {
      const value = html("span", showing(number, { "data-digits": 4 }));
      writeNumber(value, Number(number.value));
      return html("div", {}, html("span", {}, number.label), html("span", {}, "="), value);
    });
    this.tip.replaceChildren(...rows);
  }

  /**
   * Put the tip above or below a place, moved so far to the side that it stays within the picture.
   * @param {Point} place
   * @param {number} r
   */
  point({ x, y }, r) {
    const across = (100 * x) / WIDTH;
    const above = y > HEIGHT / 2;
    const down = above ? y - r - 6 : y + r + 6;
    this.tip.style.left = `${across}%`;
    this.tip.style.top = `${(down * this.picture.getBoundingClientRect().height) / HEIGHT}px`;
    this.tip.style.transform = `translate(${-across}%, ${above ? -100 : 0}%)`;
  }

  /** @param {Part} [part] */
  choose(part) {
    if (part?.choosable) this.send("choice", part.name);
  }
}

/** @param {Component<Network>} component */
export default function ({ data, key, parentElement, setTriggerValue }) {
  const root = find(parentElement, ".live-net");
  const diagram = diagrams.get(root) ?? new Diagram(root, key);
  diagrams.set(root, diagram);
  diagram.send = setTriggerValue;
  diagram.show(data);
}
