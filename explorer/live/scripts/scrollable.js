// A formula that Streamlit sets scrolls sideways where it is wide; a keyboard can scroll only what it can reach.
/** @type {WeakSet<Element>} */
const watched = new WeakSet();

/** @param {Element} container */
function letFocus(container) {
  /** @type {NodeListOf<HTMLElement>} */
  const formulas = container.querySelectorAll(".katex-display");
  for (const formula of formulas) formula.tabIndex = 0;
}

/** @param {Component<{}>} component */
export default function ({ parentElement }) {
  const container = parentElement.closest("[class*=st-key-]")?.parentElement?.closest("[class*=st-key-]"); // beyond its own
  if (!container || watched.has(container)) return;
  watched.add(container);
  new MutationObserver(() => letFocus(container)).observe(container, { childList: true, subtree: true });
  letFocus(container);
}
