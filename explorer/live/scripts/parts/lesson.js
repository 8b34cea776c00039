// A lesson: one step a screen, questions that reveal, live views. Where somebody is stands in the address, and nowhere else.
import { elements, find, targetOf } from "./dom.js";
import { Prediction } from "./prediction.js";
import { MODES, readProgress } from "./progress.js";
import { theme } from "./surface.js";
import { Views, roomBelow } from "./views.js";

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

/** @type {[number, boolean][]} */
const FITS = [
  [1, false], [0.95, false], [0.9, false], [1, true], [0.95, true], [0.9, true], [0.82, true], [0.74, true], [0.66, true],
]; // how large letters are, and whether what has been read is left out; prettier-ignore

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
    this.screen = 0; // of a step, before a class
    this.views = new Views(root, spec, Plotly);
    this.turns = 0; // how often it has been drawn
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
    addEventListener("resize", () => this.progress.mode === "present" && this.draw(), { signal: this.end.signal });
    addEventListener("popstate", () => this.follow(), { signal: this.end.signal });
    addEventListener("hashchange", () => this.follow(), { signal: this.end.signal });
  }

  // Take the address' word for where one is.
  follow() {
    if (!this.root.isConnected) return;
    const { step } = this.progress;
    this.progress = readProgress(this.place.read(), this.spec.steps);
    if (this.progress.step !== step) this.screen = 0;
    this.show();
  }

  /**
   * Forward or back: by a step, or before a class by a screen.
   * @param {number} by 1 or -1
   */
  turn(by) {
    const { step, mode } = this.progress;
    const next = this.screen + by;
    if (mode === "present" && next >= 0 && next <= lastScreen(this.steps[step - 1])) {
      for (let id = this.waiting(); id && by > 0; id = this.waiting()) this.opened.add(id); // what comes next shows the answer
      this.screen = next;
      this.show();
    } else this.go(step + by, by < 0);
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
    this.screen = end ? lastScreen(this.steps[next - 1]) : 0;
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
    this.screen = 0;
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

  // Before a class: show the answer on this screen that is still hidden.
  reveal() {
    const waiting = this.waiting();
    if (waiting) this.opened.add(waiting);
    this.show();
  }

  waiting() {
    const shown = `[data-predict][data-screen="${this.screen}"]`;
    const asked = elements(this.steps[this.progress.step - 1], shown).map((form) => form.dataset.predict ?? "");
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
    const presents = mode === "present";
    this.root.dataset.mode = mode;
    document.documentElement.toggleAttribute("data-presenting", presents);
    const here = `[data-screen="${this.screen}"]`;
    this.steps.forEach((section, k) => {
      section.hidden = mode !== "sheet" && k !== step - 1;
      section.dataset.look = presents && section.querySelector(`[data-view]${here}`) ? "view" : "";
    });
    for (const block of elements(this.root, "[data-screen]")) {
      block.toggleAttribute("data-elsewhere", presents && !block.matches(here));
    }
    for (const [id, prediction] of this.predictions) {
      prediction.show(mode === "sheet" ? "" : (answers[id] ?? ""), this.isOpen(id));
    }
    for (const hidden of elements(this.root, "[data-reveal]")) hidden.hidden = !this.isOpen(hidden.dataset.reveal ?? "");
    find(this.root, "[data-where]").textContent = `${words.step} ${step} ${words.of} ${steps}`;
    /** @type {HTMLProgressElement} */ (find(this.root, "progress")).value = step;
    const [back, next] = /** @type {HTMLButtonElement[]} */ (elements(this.root, "[data-go]"));
    const last = step === steps && this.screen === (presents ? lastScreen(this.steps[step - 1]) : 0);
    back.disabled = step === 1 && this.screen === 0;
    next.disabled = last && presents;
    next.textContent = words[step === 1 ? "begin" : last && !presents ? "all" : "next"];
    find(this.root, "[data-reveal-all]").hidden = !presents || !this.waiting();
    this.drawn = this.draw();
  }

  // Draw what is in sight for the first time; what was drawn before follows by itself.
  async draw() {
    const seen = this.steps.filter((section) => !section.hidden);
    const forms = seen.flatMap((section) => elements(section, "[data-predict]"));
    const views = seen.flatMap((section) => elements(section, "[data-view]:not([hidden], [data-elsewhere])"));
    const turn = ++this.turns;
    this.root.dataset.ready = "false";
    await Promise.all([
      ...forms.map((form) => this.predictions.get(form.dataset.predict ?? "")?.draw()),
      ...views.map((view) => this.views.draw(view)),
    ]);
    if (turn === this.turns) await this.fit(views, turn);
    if (turn === this.turns) this.root.dataset.ready = "true";
  }

  /**
   * Before a class a screen is not scrolled. Charts take the room that is left; then letters shrink a little, then what has
   * been read gives way to its answer, and only in a window of another shape do letters shrink further.
   * @param {HTMLElement[]} views in sight
   * @param {number} turn
   */
  async fit(views, turn) {
    const presents = this.progress.mode === "present";
    for (const [scale, tight] of presents ? FITS : FITS.slice(0, 1)) {
      document.documentElement.style.setProperty("--fit", String(scale));
      this.root.toggleAttribute("data-tight", tight);
      if (presents) this.stretch();
      for (const view of views) await this.views.fill(view, presents);
      if (turn !== this.turns || !presents || this.root.scrollHeight <= this.root.clientHeight) return;
    }
  }

  // Give the axes to answer on what room the text around them leaves.
  stretch() {
    this.root.toggleAttribute("data-measuring", true); // without them
    const told = find(this.steps[this.progress.step - 1], ".lesson-told");
    const last = [...elements(told, ":scope > *")].findLast((block) => block.offsetParent && !block.matches(".lesson-notes"));
    const room = last ? roomBelow(this.root, last) : 0;
    this.root.toggleAttribute("data-measuring", false);
    this.root.style.setProperty("--canvas", `${room}px`);
  }

  // In other colours.
  async recolor() {
    await this.views.recolor();
    await this.draw();
  }

  destroy() {
    this.end.abort();
    document.documentElement.removeAttribute("data-presenting");
    document.documentElement.style.removeProperty("--fit");
    this.views.destroy();
  }
}

/**
 * The last of a step's screens before a class.
 * @param {HTMLElement} step
 */
const lastScreen = (step) => Math.max(0, ...elements(step, "[data-screen]").map((block) => Number(block.dataset.screen)));
