// When a chart is drawn for the first time: those in view from the top down, then the others, one at a time as soon as the
// browser has nothing else to do. So a page can be used sooner, and is whole when somebody scrolls or prints.
const QUIET = 250; // milliseconds in which one that is in view may still come, while a page is put together
const LATEST = 1000; // milliseconds after that in which a busy browser draws all the same
/** @type {Set<{ root: Element, draw: () => Promise<void> }>} */
const waiting = new Set();

/**
 * Call `draw` when it is the element's turn; it must not throw, but return a promise.
 * @template Drawn
 * @param {Element} root
 * @param {() => Promise<Drawn>} draw
 * @returns {Promise<Drawn>}
 */
export function queued(root, draw) {
  if (!waiting.size) setTimeout(next); // the others of this run come first, so that their places are known
  return new Promise((resolve, reject) => waiting.add({ root, draw: () => draw().then(resolve, reject) }));
}

async function next() {
  if (!firstInView()) await new Promise((resolve) => setTimeout(resolve, QUIET));
  if (!firstInView()) await new Promise((resolve) => requestIdleCallback(resolve, { timeout: LATEST }));
  const chosen = firstInView() ?? [...waiting][0];
  await chosen.draw();
  waiting.delete(chosen);
  if (waiting.size) setTimeout(next); // what is drawn is painted in between
}

function firstInView() {
  const placed = Array.from(waiting, (one) => ({ one, ...one.root.getBoundingClientRect().toJSON() }));
  return placed.filter(({ top, bottom }) => bottom > 0 && top < innerHeight).sort((a, b) => a.top - b.top)[0]?.one;
}
