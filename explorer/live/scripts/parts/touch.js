// A finger on a chart scrolls the page as one beside it does; two turn a surface. Plotly would zoom and turn with one.
import { targetOf } from "./dom.js";

/** @param {HTMLElement} plot */
export function leaveToThePage(plot) {
  /** @param {Event} event */
  const guard = (event) => {
    const { touches } = /** @type {TouchEvent} */ (event);
    if (touches.length > 1 && targetOf(event).closest(".gl-container")) event.preventDefault();
    else event.stopPropagation();
  };
  for (const type of ["touchstart", "touchmove"]) plot.addEventListener(type, guard, { capture: true, passive: false });
}
