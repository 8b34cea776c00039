// Goes to another address of the page in the same session, as a step through the browser's history does.
import { find } from "./parts/dom.js";

/** @param {Component<{ query: string }>} component */
export default function ({ data, parentElement }) {
  const mark = find(parentElement, ".live-visit");
  if (mark.dataset.done) return; // Streamlit calls this again when the theme changes
  mark.dataset.done = "true";
  const query = [...framing(location.search), ...(data.query ? [data.query] : [])].join("&");
  history.pushState({}, "", location.pathname + (query && `?${query}`));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * The parameters of an address that say how it stands in a frame: Streamlit's own, of which Python sees nothing.
 *
 * @param {string} search
 * @returns {string[]}
 */
function framing(search) {
  return search.slice(1).split("&").filter((part) => /^embed(_options)?=/.test(part));
}
