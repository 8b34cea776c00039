// A published lesson: a page that needs no server. Where somebody is stands after the # of its address.
import { find } from "./parts/dom.js";
import { Lesson } from "./parts/lesson.js";
import { writeProgress } from "./parts/progress.js";

/** @type {import("./parts/lesson.js").Place} */
const place = {
  read: () => new URLSearchParams(location.hash.slice(1)),
  write: (progress, anew) => {
    const query = place.read();
    writeProgress(query, progress);
    const hash = `#${query}`;
    if (anew) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  },
};

const spec = JSON.parse(find(document, "#spec").textContent ?? "");
const lesson = new Lesson(find(document, ".lesson"), spec, window.Plotly, place);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => lesson.recolor());
lesson.show();
