// On paper charts and formulas have the width that there is. They are drawn for the screen's, and scaled by live.css.
const FORMULAS = ":is(.live-formula, .live-worked, .live-layers) math, .katex-display > .katex";

/** @param {Node} content */
function widthOf(content) {
  const range = document.createRange();
  range.selectNodeContents(content);
  return range.getBoundingClientRect().width;
}

addEventListener("beforeprint", () => {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".live-plot .svg-container"))) {
    const { offsetWidth: width, offsetHeight: height } = box;
    for (const drawing of box.querySelectorAll(":scope > .main-svg")) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    box.style.setProperty("--width", `${width}px`);
    box.style.setProperty("--ratio", String(width / height));
  }
  for (const formula of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(FORMULAS))) {
    const letters = widthOf(formula) / parseFloat(getComputedStyle(formula).fontSize);
    formula.style.setProperty("--letters", String(Math.ceil(letters) + 1));
  }
});

addEventListener("afterprint", () => {
  for (const drawing of document.querySelectorAll(".live-plot .main-svg")) drawing.removeAttribute("viewBox");
});
