// Markup with live numbers. It shows Python's numbers at once; a live chart on the page keeps them moving.
import { find } from "./parts/dom.js";
import { go } from "./parts/going.js";

/** @param {Component<{ html: string }>} component */
export default function ({ data, parentElement }) {
  const text = find(parentElement, ".live-text");
  text.innerHTML = data.html;
  text.onclick = follow;
  document.dispatchEvent(new Event("live-text"));
}

/**
 * Follow a link to another page of the application in the same session, so that Back finds what was opened there.
 *
 * @param {MouseEvent} event
 */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest("a.live-go");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.pathname, link.search.slice(1));
}
