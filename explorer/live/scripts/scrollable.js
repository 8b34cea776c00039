// A formula that Streamlit sets scrolls sideways where it is wide; a keyboard can scroll only what it can reach.
const watched = new WeakSet();

function letFocus(container) {
  for (const formula of container.querySelectorAll(".katex-display")) formula.tabIndex = 0;
}

export default function ({ parentElement }) {
  const container = parentElement.closest("[class*=st-key-]").parentElement.closest("[class*=st-key-]");
  if (watched.has(container)) return;
  watched.add(container);
  new MutationObserver(() => letFocus(container)).observe(container, { childList: true, subtree: true });
  letFocus(container);
}
