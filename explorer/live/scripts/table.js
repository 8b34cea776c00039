// An editable table. Python owns the rows: each action goes there, and the answer is drawn into the elements that stand, so
// focus and half-typed text stay. An input's defaultValue is its text as Python knows it, or soon will.
import { find } from "./parts/dom.js";

/** @typedef {{ cells: string[], results: string[], note: string, choosable: boolean }} RowData */
/** @typedef {{ columns: string[], results: string[], live: (string | null)[], label: string }} Headings */
/** @typedef {Headings & { rows: RowData[], chosen: number }} Content */
/** @typedef {Content & { done: number }} Sent what Python says, and the last action that it has taken */
/** @typedef {{ number: number, kind: string, row: number, column: number, text: string }} Action */
/** @typedef {Record<string, string | number | undefined>} Attributes */

/** @type {WeakMap<Element, Table>} */
const tables = new WeakMap();

/**
 * Set attributes; those that are undefined go.
 * @template {Element} Marked
 * @param {Marked} element
 * @param {Attributes} attributes
 * @returns {Marked}
 */
function mark(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function make(tag, attributes, ...children) {
  const element = mark(document.createElement(tag), attributes);
  element.append(...children); // a string becomes text, never markup
  return element;
}

class Row {
  /**
   * @param {Table} table
   * @param {string[]} columns
   * @param {string[]} results
   */
  constructor(table, columns, results) {
    this.table = table;
    this.index = 0;
    this.radio = make("input", { type: "radio", name: table.id });
    this.number = make("span", {});
    const typed = { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" };
    this.inputs = columns.map(() => make("input", typed));
    this.results = results.map(() => make("td", { class: "live-edit-result" }));
    this.remover = make("button", { type: "button" }, "×");
    this.note = make("div", { role: "note" });
    this.below = make("tr", {}, make("td", {}), make("td", { colspan: columns.length + results.length + 1 }, this.note));
    const cells = [make("label", {}, this.radio, this.number), ...this.inputs].map((child) => make("td", {}, child));
    this.element = make("tbody", {}, make("tr", {}, ...cells, ...this.results, make("td", {}, this.remover)), this.below);
    this.radio.addEventListener("change", () => table.act("choose", this.index));
    this.remover.addEventListener("click", () => table.remove(this.index));
    this.inputs.forEach((input, column) => {
      input.addEventListener("change", () => table.edit(this.index, column, input));
      input.addEventListener("paste", (event) => table.paste(this.index, column, input, event));
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") table.focus(this.index + 1, column);
      });
    });
  }

  /**
   * @param {number} index
   * @param {RowData} row
   * @param {Content} content
   */
  draw(index, { cells, results, note, choosable }, { columns, chosen, live, rows }) {
    this.index = index;
    const [name, id] = [`row ${index + 1}`, `${this.table.id}-note-${index}`];
    this.number.textContent = String(index + 1);
    mark(this.radio, { "aria-label": `Show ${name}` });
    Object.assign(this.radio, { checked: index === chosen, disabled: !choosable });
    this.inputs.forEach((input, column) => {
      const moves = index === chosen && choosable;
      mark(input, { "data-quantity": (moves && live[column]) || undefined, "data-digits": "6", "data-trim": "true" });
      mark(input, { "aria-label": `${name}, ${columns[column]}`, "aria-invalid": note ? "true" : undefined });
      mark(input, { "aria-describedby": note ? id : undefined });
      const text = cells[column];
      if (text !== input.defaultValue || input !== document.activeElement) input.value = input.defaultValue = text;
    });
    this.results.forEach((cell, column) => (cell.innerHTML = results[column]));
    mark(this.remover, { "aria-label": `Remove ${name}` }).hidden = rows.length === 1;
    mark(this.note, { id }).textContent = note;
    this.below.hidden = !note;
  }
}

class Table {
  /**
   * @param {Element} root
   * @param {string} id
   */
  constructor(root, id) {
    this.id = id;
    this.count = 0;
    this.shape = "";
    /** @type {Content | undefined} */
    this.data = undefined;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Action[]} */
    this.pending = [];
    /** @type {Component<Sent>["setTriggerValue"]} */
    this.send = () => {};
    this.table = make("table", {});
    this.frame = make("div", { class: "live-edit-frame", tabindex: "0", role: "group" }, this.table);
    this.adder = make("button", { type: "button", class: "live-edit-add" }, "Add row");
    this.adder.addEventListener("click", () => this.act("add"));
    root.append(this.frame, this.adder);
  }

  /**
   * Python's rows. While it has not answered every action, they are from before.
   * @param {Sent} data
   */
  show(data) {
    this.count = Math.max(this.count, data.done);
    this.pending = this.pending.filter((action) => action.number > data.done);
    if (this.pending.length) return;
    const added = this.data && data.rows.length > this.rows.length;
    this.draw(structuredClone(data));
    if (added && document.activeElement === this.adder) this.focus(this.rows.length - 1, 0);
  }

  /** @param {Content} data */
  draw(data) {
    this.data = data;
    mark(this.frame, { "aria-label": data.label });
    const shape = JSON.stringify([data.columns, data.results]);
    if (shape !== this.shape) {
      const headings = [...data.columns, ...data.results].map((text) => make("th", { scope: "col" }, text));
      this.table.replaceChildren(make("thead", {}, make("tr", {}, make("td", {}), ...headings, make("td", {}))));
      Object.assign(this, { shape, rows: [] });
    }
    for (const row of this.rows.splice(data.rows.length)) row.element.remove();
    data.rows.forEach((row, index) => {
      if (!this.rows[index]) this.table.append((this.rows[index] = new Row(this, data.columns, data.results)).element);
      this.rows[index].draw(index, row, data);
    });
    document.dispatchEvent(new Event("live-text"));
  }

  /**
   * Tell Python what somebody did, and again what it has not answered: Streamlit may lose all but the last of several messages.
   * @param {string} kind
   */
  act(kind, row = 0, column = 0, text = "") {
    this.pending.push({ number: ++this.count, kind, row, column, text });
    this.send("action", this.pending);
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {HTMLInputElement} input
   */
  edit(row, column, input) {
    if (!this.data || input.value === input.defaultValue) return;
    input.defaultValue = this.data.rows[row].cells[column] = input.value;
    this.act("edit", row, column, input.value);
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {HTMLInputElement} input
   * @param {ClipboardEvent} event
   */
  paste(row, column, input, event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.split(/[\s,;]/).filter((cell) => cell.trim()).length < 2) return;
    event.preventDefault();
    input.value = input.defaultValue; // what was half typed gives way
    this.act("paste", row, column, text);
  }

  /**
   * The row goes at once, so that the next action counts rows as Python will.
   * @param {number} index
   */
  remove(index) {
    if (!this.data) return;
    this.act("remove", index);
    const { rows, chosen } = this.data;
    this.draw({ ...this.data, rows: rows.toSpliced(index, 1), chosen: index < chosen ? chosen - 1 : chosen });
    const next = this.rows[Math.min(index, this.rows.length - 1)].remover;
    (next.hidden ? this.adder : next).focus();
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  focus(row, column) {
    const input = this.rows[row]?.inputs[column];
    input?.focus();
    input?.select();
  }
}

/** @param {Component<Sent>} component */
export default function ({ data, key, parentElement, setTriggerValue }) {
  const root = find(parentElement, ".live-edit");
  const table = tables.get(root) ?? new Table(root, key);
  tables.set(root, table);
  table.send = setTriggerValue;
  table.show(data);
}
