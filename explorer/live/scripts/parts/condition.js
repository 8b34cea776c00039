// What a number of a view is to fulfil.

/** @typedef {{ name: string, relation: string, value: number, within: number }} Condition */

/**
 * Whether a number fulfils a condition; the same as Condition.holds in lesson.py, and a test holds the two together.
 * @param {Condition} condition
 * @param {number} number
 */
export function holds({ relation, value, within }, number) {
  if (relation === "=") return Math.abs(number - value) <= within;
  if (relation === "<") return number < value;
  if (relation === ">") return number > value;
  return relation === "<=" ? number <= value : number >= value;
}
