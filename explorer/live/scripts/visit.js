// Goes to another address of the page in the same session, as a step through the browser's history does.
import { find } from "./parts/dom.js";
import { goTo } from "./parts/history.js";

/** @param {Component<{ query: string }>} component */
export default function ({ data, parentElement }) {
  const mark = find(parentElement, ".live-visit");
  if (mark.dataset.done) return; // Streamlit calls this again when the theme changes
  mark.dataset.done = "true";
  goTo(data.query);
}
