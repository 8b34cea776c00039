// A lesson: one step a screen, questions that reveal, live views. Where somebody is stands in the address, and nowhere else.
import { elements, find, targetOf } from "./dom.js";
import { Prediction } from "./prediction.js";
import { MODES, readProgress } from "./progress.js";
import { theme } from "./surface.js";
import { Views } from "./views.js";

/**
 * What body.py says of a lesson.
 * @typedef {object} LessonSpec
 * @property {string} name
 * @property {number} steps
 * @property {Record<string, string>} words
 * @property {import("./surface.js").Spec[]} views
 * @property {Record<string, import("./prediction.js").Asked>} predictions
 * @property {Record<string, { when: import("./condition.js").Condition[], solution: Numbers }>} tries
 */
/**
 * The address, which holds where somebody is.
 * @typedef {{ read(): URLSearchParams, write(progress: import("./progress.js").Progress, anew: boolean): void }} Place
 */

export class Lesson {
  /**
   * @param {HTMLElement} root holds what body.py has written
   * @param {LessonSpec} spec
   * @param {PlotlyLibrary} Plotly
   * @param {Place} place
   */
  constructor(root, spec, Plotly, place) {
    this.root = root;
    this.spec = spec;
    this.place = place;
    this.progress = readProgress(place.read(), spec.steps);
    /** @type {Set<string>} */
    this.opened = new Set(); // revealed before a class, without an answer
    this.beside = false; // which of a step's two screens is shown before a class
    this.views = new Views(root, spec, Plotly, () => this.progress.mode === "present" && this.beside);
    this.end = new AbortController();
    this.steps = elements(root, ".lesson-step");
    const look = () => ({ Plotly, theme: theme(root) });
    /** @type {Map<string, Prediction>} */
    this.predictions = new Map();
    for (const form of /** @type {HTMLFormElement[]} */ (elements(root, "[data-predict]"))) {
      const id = form.dataset.predict ?? "";
      const answered = (/** @type {string} */ text) => this.answer(id, text);
      this.predictions.set(id, new Prediction(form, spec.predictions[id], spec.words, look, answered));
    }
    root.addEventListener("click", (event) => this.click(event), { signal: this.end.signal });
    root.addEventListener("change", (event) => this.change(event), { signal: this.end.signal });
    addEventListener("keydown", (event) => this.key(event), { signal: this.end.signal });
    addEventListener("resize", () => this.fit(), { signal: this.end.signal });
    addEventListener("popstate", () => this.follow(), { signal: this.end.signal });
    addEventListener("hashchange", () => this.follow(), { signal: this.end.signal });
  }

  // Take the address' word for where one is.
  follow() {
    if (!this.root.isConnected) return;
    this.progress = readProgress(this.place.read(), this.spec.steps);
    this.show();
  }

  /**
   * Forward or back: by a step, or before a class by a screen.
   * @param {number} by 1 or -1
   */
  turn(by) {
    const { step, mode } = this.progress;
    const beside = mode === "present" && this.hasTwo(this.steps[step - 1]);
    if (beside && this.beside !== by > 0) {
      this.beside = by > 0;
      for (let id = this.waiting(); id && this.beside; id = this.waiting()) this.opened.add(id); // views show the answers
      this.show();
    } else this.go(step + by, by < 0);
  }

  /**
   * Whether a step has questions and views, which before a class are a screen each.
   * @param {HTMLElement} step
   */
  hasTwo(step) {
    return step.querySelector("[data-predict]") !== null && step.querySelector("[data-view]") !== null;
  }

  /**
   * @param {number} step
   * @param {boolean} end whether to begin at its end
   */
  go(step, end = false) {
    if (step > this.spec.steps && this.progress.mode !== "present") find(this.root, ".lesson-home").click();
    const next = Math.min(Math.max(step, 1), this.spec.steps);
    if (next === this.progress.step) return;
    this.progress = { ...this.progress, step: next };
    this.beside = end;
    this.place.write(this.progress, true);
    this.show();
    find(this.steps[next - 1], "h1, h2").focus({ preventScroll: true });
    (this.progress.mode === "present" ? this.root : this.steps[next - 1]).scrollIntoView({ block: "start" });
    if (this.progress.mode !== "present") scrollTo({ top: 0 });
  }

  /** @param {string} mode */
  switch(mode) {
    if (mode === this.progress.mode) return;
    this.progress = { ...this.progress, mode };
    this.place.write(this.progress, true);
    this.opened.clear();
    this.show();
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  answer(id, text) {
    this.progress = { ...this.progress, answers: { ...this.progress.answers, [id]: text } };
    this.place.write(this.progress, false);
    this.show();
  }

  /** @param {Event} event */
  click(event) {
    const link = targetOf(event).closest("a.lesson-open");
    if (link instanceof HTMLAnchorElement) this.views.carry(link);
    const button = targetOf(event).closest("button");
    if (!button) return;
    const { go, mode } = button.dataset;
    if (go) this.turn(Number(go));
    else if (mode !== undefined && MODES.includes(mode)) this.switch(mode);
    else if ("revealAll" in button.dataset) this.reveal();
    else if ("solve" in button.dataset) this.views.solve(button);
    else if ("print" in button.dataset) print();
  }

  /** @param {Event} event */
  change(event) {
    const box = targetOf(event);
    if (box instanceof HTMLInputElement && "solutions" in box.dataset) {
      this.solutions = box.checked;
      this.show();
    }
  }

  // Keys of a presenter; those that a control takes are its own.
  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.progress.mode !== "present" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.switch("");
    const taken = targetOf(event).closest?.("input, button, summary, a, [role=slider], [role=application]");
    if (taken && !event.key.startsWith("Page")) return undefined;
    const deeds = {
      ArrowRight: () => this.turn(1), PageDown: () => this.turn(1), " ": () => this.turn(1), ArrowLeft: () => this.turn(-1),
      PageUp: () => this.turn(-1), r: () => this.reveal(), n: () => this.notes(),
    }; // prettier-ignore
    const deed = deeds[/** @type {keyof typeof deeds} */ (event.key.length === 1 ? event.key.toLowerCase() : event.key)];
    if (!deed) return undefined;
    event.preventDefault();
    return deed();
  }

  // Before a class: show the next answer of this step that is still hidden.
  reveal() {
    const waiting = this.waiting();
    if (waiting) this.opened.add(waiting);
    this.show();
  }

  waiting() {
    const step = this.steps[this.progress.step - 1];
    const asked = elements(step, "[data-predict]").map((form) => form.dataset.predict ?? "");
    return asked.find((id) => !this.isOpen(id));
  }

  notes() {
    const notes = /** @type {HTMLDetailsElement[]} */ (elements(this.steps[this.progress.step - 1], "details.lesson-notes"));
    for (const one of notes) one.open = !one.open;
  }

  /**
   * Whether a question's answer is shown: once it is answered; before a class when it is asked for; on paper if wished.
   * @param {string} id
   */
  isOpen(id) {
    const { mode, answers } = this.progress;
    if (mode === "sheet") return Boolean(this.solutions);
    return this.opened.has(id) || (mode !== "present" && this.isAnswered(id, answers[id]));
  }

  /**
   * @param {string} id
   * @param {string | undefined} text
   */
  isAnswered(id, text) {
    const prediction = this.predictions.get(id);
    return Boolean(text && prediction?.accepts(text));
  }

  // Show the lesson as it stands.
  show() {
    const { step, mode, answers } = this.progress;
    const { words, steps } = this.spec;
    this.root.dataset.mode = mode;
    document.documentElement.toggleAttribute("data-presenting", mode === "present");
    this.steps.forEach((section, k) => {
      section.hidden = mode !== "sheet" && k !== step - 1;
      section.dataset.screen = mode === "present" && this.hasTwo(section) ? (this.beside ? "views" : "questions") : "";
    });
    for (const [id, prediction] of this.predictions) {
      prediction.show(mode === "sheet" ? "" : (answers[id] ?? ""), this.isOpen(id));
    }
    for (const hidden of elements(this.root, "[data-reveal]")) hidden.hidden = !this.isOpen(hidden.dataset.reveal ?? "");
    find(this.root, "[data-where]").textContent = `${words.step} ${step} ${words.of} ${steps}`;
    /** @type {HTMLProgressElement} */ (find(this.root, "progress")).value = step;
    const [back, next] = elements(this.root, "[data-go]");
    /** @type {HTMLButtonElement} */ (back).disabled = step === 1;
    next.textContent = words[step === 1 ? "begin" : step === steps ? "all" : "next"];
    find(this.root, "[data-reveal-all]").hidden = mode !== "present" || this.beside || !this.waiting();
    this.drawn = this.draw();
  }

  // Draw what is in sight for the first time; what was drawn before follows by itself.
  async draw() {
    const seen = this.steps.filter((section) => !section.hidden);
    const forms = seen.flatMap((section) => elements(section, "[data-predict]"));
    const views = seen.flatMap((section) => elements(section, "[data-view]")).filter((view) => view.offsetParent);
    this.root.dataset.ready = "false";
    await Promise.all([
      ...forms.map((form) => this.predictions.get(form.dataset.predict ?? "")?.draw()),
      ...views.map((view) => this.views.draw(view)),
    ]);
    this.fit();
    this.root.dataset.ready = "true";
  }

  // Before a class a screen is not scrolled: letters shrink until it fits.
  fit() {
    for (const scale of [1, 0.92, 0.84, 0.77, 0.7, 0.64, 0.58]) {
      this.root.style.setProperty("--fit", String(scale));
      if (this.progress.mode !== "present" || this.root.scrollHeight <= this.root.clientHeight) return;
    }
  }

  // In other colours.
  async recolor() {
    await this.views.recolor();
    await this.draw();
  }

  destroy() {
    this.end.abort();
    document.documentElement.removeAttribute("data-presenting");
    this.views.destroy();
  }
}
