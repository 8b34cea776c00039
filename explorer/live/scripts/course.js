// A published lesson: a page that needs no server. Where somebody is stands after the # of its address, and in a course
// system (LMS) that has opened it.
import { find } from "./parts/dom.js";
import { held } from "./parts/held.js";
import { Lesson } from "./parts/lesson.js";
import { writeProgress } from "./parts/progress.js";
import { courseSystem } from "./parts/scorm.js";

const spec = JSON.parse(await held("#spec"));
const course = courseSystem(window);

/** @type {import("./parts/lesson.js").Place} */
const place = {
  read: () => new URLSearchParams(location.hash.slice(1)),
  write: (progress, anew) => {
    const query = place.read();
    writeProgress(query, progress);
    const hash = `#${query}`;
    if (anew) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
    tell();
  },
};

// Tell the course system, if there is one, where somebody is.
function tell() {
  if (!course) return;
  const { step, answers } = lesson.progress;
  const query = new URLSearchParams();
  writeProgress(query, { step, mode: "", answers });
  const asked = Object.keys(spec.predictions);
  const answered = asked.every((id) => lesson.isAnswered(id, answers[id]));
  course.tell(String(query), step, answered && (asked.length > 0 || step === spec.steps));
}

if (course) {
  if (!location.hash) history.replaceState(null, "", `#${course.begin()}`);
  else course.begin();
  find(document, ".lesson-home").hidden = true; // a course system leads from lesson to lesson by itself
  addEventListener("pagehide", () => course.end());
}
const lesson = new Lesson(find(document, ".lesson"), spec, window.Plotly, place);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => lesson.recolor());
lesson.show();
tell();
