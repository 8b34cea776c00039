// Lines to copy, and pictures of the charts to save.
import { find } from "./parts/dom.js";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children); // a string becomes text, never markup
  return element;
}

/** @param {{ label: string, text: string }} line */
function copying({ label, text }) {
  const field = make("input", { type: "text", readonly: "", value: text, "aria-label": label });
  const button = make("button", { type: "button", "aria-label": `Copy: ${label}` }, "Copy");
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.execCommand("copy"); // where a page is not served securely, there is no clipboard
    }
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  return make("div", { class: "live-share-line" }, make("span", {}, label), field, button);
}

/**
 * The chart of that key gives its picture. It is saved from here: a click elsewhere would close what this stands in.
 * @param {{ key: string, title: string }} chart
 */
function saving({ key, title }) {
  const line = make("div", { class: "live-share-line" }, make("span", {}, title));
  /** @type {Picture["take"]} */
  const take = (url, name) => {
    const link = make("a", { href: url, download: name, hidden: "" });
    line.append(link);
    link.click();
    link.remove();
  };
  const buttons = ["svg", "png"].map((format) => {
    const name = format.toUpperCase();
    const button = make("button", { type: "button", "aria-label": `${title} as ${name}` }, name);
    button.addEventListener("click", () => {
      const chart = document.querySelector(`.st-key-${CSS.escape(key)} .live-chart`);
      chart?.dispatchEvent(new CustomEvent("live-save", { detail: { format, take } }));
    });
    return button;
  });
  line.append(...buttons);
  return line;
}

/** @typedef {Parameters<typeof copying>[0]} Line */
/** @typedef {Parameters<typeof saving>[0]} Saved */

/** @param {Component<{ copies?: Line[], charts?: Saved[] }>} component */
export default function ({ data, parentElement }) {
  const lines = [...(data.copies ?? []).map(copying), ...(data.charts ?? []).map(saving)];
  find(parentElement, ".live-share").replaceChildren(...lines);
}
