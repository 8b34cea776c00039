// A course system (LMS) that has opened a lesson, by SCORM 1.2: it offers an object API in a window around the page.

/**
 * Everything is text, in answers too: "true", "false".
 * @typedef {object} Api
 * @property {(nothing: "") => string} LMSInitialize
 * @property {(element: string) => string} LMSGetValue
 * @property {(element: string, text: string) => string} LMSSetValue
 * @property {(nothing: "") => string} LMSCommit
 * @property {(nothing: "") => string} LMSFinish
 */
/** @typedef {{ API?: unknown, parent?: Opening, opener?: Opening | null }} Opening */

const LEVELS = 20; // of windows around a page that are looked through
const MOST = 4096; // characters that it keeps for a lesson

/**
 * The course system around a page; undefined where there is none.
 * @param {unknown} page its window
 */
export function courseSystem(page) {
  const here = /** @type {Opening} */ (page);
  const api = offered(here) ?? offered(here.opener) ?? offered(opening(here));
  return api && new CourseSystem(api);
}

/**
 * What a window or one around it offers. Those from elsewhere may not be looked into.
 * @param {Opening | null | undefined} from
 */
function offered(from) {
  try {
    let level = from;
    for (let k = 0; level && k < LEVELS; k++) {
      const api = /** @type {Api | undefined} */ (level.API);
      if (typeof api?.LMSInitialize === "function") return api;
      level = level.parent === level ? undefined : level.parent;
    }
  } catch {
    // from elsewhere
  }
  return undefined;
}

/**
 * The window that has opened the outermost one around a page.
 * @param {Opening} here
 */
function opening(here) {
  try {
    let outermost = here;
    for (let k = 0; outermost.parent && outermost.parent !== outermost && k < LEVELS; k++) outermost = outermost.parent;
    return outermost.opener;
  } catch {
    return undefined; // from elsewhere
  }
}

class CourseSystem {
  /** @param {Api} api */
  constructor(api) {
    this.api = api;
    this.open = false;
  }

  // Begin, or go on: return where somebody was before, as the query that `tell` was given.
  begin() {
    this.open = this.api.LMSInitialize("") === "true";
    if (!this.open) return "";
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    if (!["completed", "passed", "failed", "incomplete"].includes(status)) this.set("cmi.core.lesson_status", "incomplete");
    this.set("cmi.core.exit", "suspend"); // so that the place is there the next time
    const location = this.api.LMSGetValue("cmi.core.lesson_location");
    return this.api.LMSGetValue("cmi.suspend_data") || (location && `step=${location}`);
  }

  /**
   * @param {string} query where somebody is, and what was answered
   * @param {number} step
   * @param {boolean} complete
   */
  tell(query, step, complete) {
    if (!this.open) return;
    this.set("cmi.core.lesson_location", String(step));
    if (query.length <= MOST) this.set("cmi.suspend_data", query);
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    if (complete && status === "incomplete") this.set("cmi.core.lesson_status", "completed");
    this.api.LMSCommit("");
  }

  /**
   * @param {string} element
   * @param {string} text
   */
  set(element, text) {
    this.api.LMSSetValue(element, text);
  }

  end() {
    if (this.open) this.api.LMSFinish("");
    this.open = false;
  }
}
