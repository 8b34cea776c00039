// A lesson on a Streamlit page. Where somebody is stands in the page's address, which this script writes by itself: a step
// needs no word of the server.
import { find, targetOf } from "./parts/dom.js";
import { goTo } from "./parts/history.js";
import { Lesson } from "./parts/lesson.js";
import { writeProgress } from "./parts/progress.js";

/** @type {import("./parts/lesson.js").Place} */
const place = {
  read: () => new URLSearchParams(location.search),
  write: (progress, anew) => {
    const query = place.read();
    writeProgress(query, progress);
    const address = `${location.pathname}?${query}`;
    const { pushState, replaceState } = History.prototype; // it knows itself what is a step, which deeds.js finds elsewhere
    (anew ? pushState : replaceState).call(history, {}, "", address);
  },
};
/** @type {WeakMap<Element, { html: string, theme: string, lesson?: Lesson }>} */
const shown = new WeakMap();

/**
 * Links within /lessons need no new session: they go as a step through the browser's history does.
 * @param {Event} event
 */
function stay(event) {
  const link = targetOf(event).closest("a");
  const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
  if (!link || ctrlKey || metaKey || shiftKey) return;
  const there = new URL(link.href);
  if (there.pathname !== location.pathname) return;
  event.preventDefault();
  goTo(there.search.slice(1));
  scrollTo({ top: 0 });
}

/** @param {Component<{ html: string, spec?: string, plotly?: string }>} component */
export default async function ({ data, parentElement }) {
  const root = find(parentElement, ".lesson-root");
  const theme = getComputedStyle(root).getPropertyValue("--st-background-color");
  const before = shown.get(root);
  if (before?.html === data.html) {
    if (before.theme !== theme) await before.lesson?.recolor();
    before.theme = theme;
    before.lesson?.follow();
    return undefined;
  }
  before?.lesson?.destroy();
  if (!before) root.addEventListener("click", stay);
  root.innerHTML = data.html; // markup of Python's, in which what somebody typed is text
  /** @type {{ html: string, theme: string, lesson?: Lesson }} */
  const here = { html: data.html, theme };
  shown.set(root, here);
  if (!data.spec || !data.plotly) return undefined;
  await import(new URL(data.plotly, document.baseURI).href);
  if (shown.get(root) !== here) return undefined; // another lesson has come meanwhile
  here.lesson = new Lesson(find(root, ".lesson"), JSON.parse(data.spec), window.Plotly, place);
  here.lesson.show();
  return () => {
    if (!root.isConnected) here.lesson?.destroy();
  };
}
