// Where somebody is in a lesson, as text that an address holds: the step, the mode, and what was answered.

/** @typedef {{ step: number, mode: string, answers: Record<string, string> }} Progress */

export const MODES = ["", "present", "sheet"];
const LONGEST = 200; // characters of an answer

/**
 * What an address gives; what it may not give is left out.
 * @param {URLSearchParams} query
 * @param {number} steps
 * @returns {Progress}
 */
export function readProgress(query, steps) {
  const step = Number(query.get("step") ?? 1);
  const mode = query.get("mode") ?? "";
  /** @type {Record<string, string>} */
  const answers = {};
  for (const one of (query.get("answers") ?? "").split("*")) {
    const found = /^([a-z][a-z0-9]*)-(.+)$/.exec(one);
    if (found && found[2].length <= LONGEST) answers[found[1]] = found[2];
  }
  return {
    step: Number.isInteger(step) ? Math.min(Math.max(step, 1), steps) : 1,
    mode: MODES.includes(mode) ? mode : "",
    answers,
  };
}

/**
 * Write it into a query; what is as at the start is left out.
 * @param {URLSearchParams} query
 * @param {Progress} progress
 */
export function writeProgress(query, { step, mode, answers }) {
  const held = {
    step: step > 1 ? String(step) : "",
    mode,
    answers: Object.entries(answers)
      .map(([id, answer]) => `${id}-${answer}`)
      .join("*"),
  };
  for (const [name, text] of Object.entries(held)) {
    if (text) query.set(name, text);
    else query.delete(name);
  }
}

/**
 * A number as people type it: with a comma, a true minus sign, ×10⁻⁷ as e-7. NaN for anything else.
 * @param {string} text
 */
export function typedAnswer(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
