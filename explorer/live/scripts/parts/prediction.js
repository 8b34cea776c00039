// A question of a lesson: takes an answer, says whether it is right, and shows what was hidden.
import { Canvas } from "./canvas.js";
import { find } from "./dom.js";
import { typedAnswer } from "./progress.js";

/**
 * What body.py says of a question.
 * @typedef {object} Asked
 * @property {"number" | "choice" | "point" | "sketch"} kind
 * @property {number} tolerance
 * @property {number} [right] of a choice: which one
 * @property {number} [answer]
 * @property {string} [shown] the answer as it is written
 * @property {number[]} [wrong] numbers that have an explanation
 * @property {number[]} [curve] of a sketch: its heights at the handles
 * @property {import("./canvas.js").Drawing} [canvas]
 */

/** @typedef {{ right: boolean, say: string }} Verdict say names the explanation, "" where there is none */

/**
 * The numbers of an answer, as the address holds it; none where it is no answer to this question.
 * @param {Asked} asked
 * @param {string} text
 * @param {number} choices
 */
export function numbersOf(asked, text, choices = 0) {
  const numbers = text.split("_").map((part) => (part ? Number(part) : NaN));
  const fits = {
    number: numbers.length === 1,
    choice: numbers.length === 1 && Number.isInteger(numbers[0]) && numbers[0] >= 0 && numbers[0] < choices,
    point: numbers.length === 1,
    sketch: numbers.length === asked.curve?.length,
  }[asked.kind];
  return fits && numbers.every(Number.isFinite) ? numbers : [];
}

/**
 * Whether an answer is right, and which explanation it gets.
 * @param {Asked} asked
 * @param {number[]} numbers
 * @returns {Verdict}
 */
export function judge(asked, numbers) {
  const { kind, tolerance, curve = [], wrong = [] } = asked;
  if (kind === "choice") return { right: numbers[0] === asked.right, say: String(numbers[0]) };
  if (kind === "sketch") {
    const apart = curve.reduce((sum, height, k) => sum + Math.abs(height - numbers[k]), 0) / curve.length;
    return { right: apart <= tolerance, say: apart <= tolerance ? "" : "other" };
  }
  const slack = tolerance * (1 + 1e-9); // 10 % of 0.3 is not 0.03 in floats
  if (Math.abs(numbers[0] - (asked.answer ?? NaN)) <= slack) return { right: true, say: "" };
  const apart = wrong.map((value) => Math.abs(numbers[0] - value));
  const nearest = apart.indexOf(Math.min(...apart));
  const known = nearest >= 0 && apart[nearest] <= Math.max(slack, 1e-9 * Math.abs(wrong[nearest]));
  return { right: false, say: known ? String(nearest) : "other" };
}

export class Prediction {
  /**
   * @param {HTMLFormElement} form
   * @param {Asked} asked
   * @param {Record<string, string>} words
   * @param {() => { Plotly: PlotlyLibrary, theme: Theme }} look
   * @param {(text: string) => void} answered
   */
  constructor(form, asked, words, look, answered) {
    this.form = form;
    this.asked = asked;
    this.words = words;
    /** @type {HTMLInputElement[]} */
    this.inputs = [...form.querySelectorAll("input")];
    this.missing = find(form, ".lesson-missing");
    if (asked.canvas) {
      const { decimal } = words;
      this.canvas = new Canvas(find(form, ".lesson-canvas"), asked.canvas, this.inputs, look, decimal);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.given();
      if (text) answered(text);
      else this.complain();
    });
    form.addEventListener("input", () => {
      this.moved = true;
      this.missing.hidden = true;
    });
  }

  // The answer that the controls hold, as the address has it; "" where there is none yet.
  given() {
    const { kind } = this.asked;
    if (kind === "choice") return this.inputs.find((input) => input.checked)?.value ?? "";
    if (kind === "number") {
      const number = typedAnswer(this.inputs[0].value);
      return Number.isFinite(number) ? String(number) : "";
    }
    return this.moved ? this.inputs.map((input) => String(Number(input.valueAsNumber.toPrecision(6)))).join("_") : "";
  }

  /** @param {string} text */
  accepts(text) {
    return numbersOf(this.asked, text, this.inputs.length).length > 0;
  }

  complain() {
    const { kind } = this.asked;
    const word = { number: "number", choice: "choose", point: "place", sketch: "draw" }[kind];
    this.missing.textContent = this.words[word];
    this.missing.hidden = false;
    this.inputs[0].focus();
  }

  /**
   * Show an answer, "" for none; with `open` whether it is right, and what is.
   * @param {string} text
   * @param {boolean} open
   */
  show(text, open) {
    const numbers = text ? numbersOf(this.asked, text, this.inputs.length) : [];
    const answered = numbers.length > 0;
    if (answered) this.hold(numbers);
    else if (this.held) this.clear();
    this.held = answered;
    const verdict = answered ? judge(this.asked, numbers) : undefined;
    this.form.dataset.state = open && verdict ? (verdict.right ? "right" : "wrong") : answered ? "answered" : "open";
    this.inputs.forEach((input, k) => {
      const mark = this.asked.kind === "choice" && open;
      input.closest("label")?.toggleAttribute("data-right", mark && k === this.asked.right);
      input.closest("label")?.toggleAttribute("data-wrong", mark && k === numbers[0] && !verdict?.right);
    });
    const said = find(this.form, ".lesson-verdict");
    said.hidden = !open;
    said.textContent = open ? this.verdict(verdict) : "";
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-say]"))) {
      one.hidden = !(open && verdict?.say === one.dataset.say);
    }
    this.canvas?.reveal(open);
  }

  /** @param {Verdict | undefined} verdict */
  verdict(verdict) {
    const said = verdict ? [this.words[verdict.right ? "right" : "wrong"]] : [];
    if (this.asked.shown) said.push(`${this.words.answer} ${this.asked.shown}`);
    return said.join(" ");
  }

  /** @param {number[]} numbers */
  hold(numbers) {
    this.moved = true;
    if (this.asked.kind === "choice") this.inputs[numbers[0]].checked = true;
    else if (this.asked.kind === "number") {
      const text = String(numbers[0]).replace("-", "−").replace(".", this.words.decimal);
      if (typedAnswer(this.inputs[0].value) !== numbers[0]) this.inputs[0].value = text;
    } else this.inputs.forEach((input, k) => (input.valueAsNumber = numbers[k]));
    this.canvas?.follow();
  }

  clear() {
    this.moved = false;
    this.form.reset();
    this.canvas?.follow();
  }

  async draw() {
    await this.canvas?.draw();
  }
}
