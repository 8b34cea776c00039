// Markup with live numbers. It shows Python's numbers at once; a live chart on the page keeps them moving.
import { find } from "./parts/dom.js";

/** @param {Component<{ html: string }>} component */
export default function ({ data, parentElement }) {
  find(parentElement, ".live-text").innerHTML = data.html;
  document.dispatchEvent(new Event("live-text"));
}
