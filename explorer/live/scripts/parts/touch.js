// A finger on a chart scrolls the page as one beside it does; two turn a surface. Plotly would zoom and turn with one.
export function leaveToThePage(plot) {
  const guard = (event) => {
    if (event.touches.length > 1 && event.target.closest(".gl-container")) event.preventDefault();
    else event.stopPropagation();
  };
  for (const type of ["touchstart", "touchmove"]) plot.addEventListener(type, guard, { capture: true, passive: false });
}
