// A view in a notebook, by anywidget. Python's half is notebook.py. Each output has its own copy of this script.
import { isDark, watchTheme } from "./parts/dark.js";
import { find } from "./parts/dom.js";
import { Edits } from "./parts/edits.js";
import { Surface } from "./parts/surface.js";

/**
 * What anywidget keeps in step with Python.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 */

const VERSION = 60; // characters of Plotly's source that say which it is

/**
 * Plotly from its source, once for all outputs of the notebook. A Plotly that the notebook has itself stays as it is.
 * @param {string} source
 * @returns {Promise<PlotlyLibrary>}
 */
function plotlyFrom(source) {
  const kept = /** @type {Record<symbol, Promise<PlotlyLibrary> | undefined>} */ (/** @type {unknown} */ (globalThis));
  const key = Symbol.for(`loss-explorer ${source.slice(0, VERSION)}`);
  return (kept[key] ??= compile(source).catch((error) => {
    kept[key] = undefined; // the next output tries again
    throw error;
  }));
}

/**
 * @param {string} source
 * @returns {Promise<PlotlyLibrary>}
 */
async function compile(source) {
  const own = Object.getOwnPropertyDescriptor(globalThis, "Plotly");
  const module = `const module = { exports: {} };\n${source}\nexport default module.exports;`;
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  try {
    return (await import(url)).default;
  } finally {
    URL.revokeObjectURL(url);
    if (own) Object.defineProperty(globalThis, "Plotly", own);
    else Reflect.deleteProperty(globalThis, "Plotly");
  }
}

/**
 * Plotly writes its style into the document, where it does not reach an output with a shadow root, as marimo's.
 * @param {HTMLElement} root
 */
function bringPlotlysStyle(root) {
  const global = document.querySelector("style[id^='plotly.js-style-global']");
  if (!(root.getRootNode() instanceof ShadowRoot) || !(global instanceof HTMLStyleElement) || !global.sheet) return;
  const style = document.createElement("style");
  style.textContent = Array.from(global.sheet.cssRules, (rule) => rule.cssText).join("\n");
  root.append(style);
}

/** @param {{ model: Model, el: HTMLElement }} output */
function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "live-notebook";
  root.innerHTML = model.get("_body"); // markup of Python's, in which what somebody typed is text
  el.append(root);

  const edits = new Edits(Math.random().toString(36).slice(2), model.get("_settled"));
  /** @type {Surface | undefined} */
  let surface;
  let gone = false;

  const send = (/** @type {Numbers} */ values) => {
    const edit = edits.add(values);
    if (!edit) return;
    model.set("_edit", edit);
    model.save_changes();
  };
  const settle = () => {
    const values = edits.settle(model.get("_settled"));
    if (values) surface?.set(values);
  };
  const failed = (/** @type {unknown} */ error) => {
    if (gone) return;
    console.error(error);
    const said = document.createElement("p");
    said.className = "live-alert live-error";
    said.setAttribute("role", "alert");
    said.textContent = `The charts cannot be drawn here: ${error}. They need scripts from blob: addresses, which the notebook's
      Content-Security-Policy may bar. view.to_html() gives the same as a page of its own.`.replace(/\s+/g, " ");
    root.prepend(said);
  };
  const color = () => {
    const dark = String(isDark());
    if (root.dataset.dark === dark) return;
    root.dataset.dark = dark;
    surface?.show().catch(failed);
  };

  async function open() {
    const Plotly = await plotlyFrom(model.get("_plotly"));
    if (gone) return;
    bringPlotlysStyle(root);
    surface = new Surface(find(root, ".live-page"), JSON.parse(model.get("_spec")), Plotly, send);
    settle();
    await surface.show();
  }

  color();
  const endWatch = watchTheme(color);
  model.on("change:_settled", settle);
  open().catch(failed);
  return () => {
    gone = true;
    endWatch();
    model.off("change:_settled", settle);
    surface?.destroy();
    root.remove();
  };
}

export default { render };
