// A short data set that is summed of a long one, slot by slot, at each of the numbers: the same as in core/pool.py.

/**
 * The columns of a chart with the pool's in their place; the same object while the numbers that they depend on stay.
 * @param {Pool | null} pool
 * @param {Kernel | undefined} kernel its steps, row by row
 * @param {(numbers: Numbers) => Rows} columns those without a pool
 * @returns {(numbers: Numbers) => Rows}
 */
export function pooled(pool, kernel, columns) {
  if (!pool || !kernel) return columns;
  const { rows, slot, size, sums, place, needs } = pool;
  const sweep = Object.fromEntries(Object.entries(rows).map(([name, column]) => [name, Float64Array.from(column, endless)]));
  /** @type {Numbers | undefined} */
  let seen;
  /** @type {Rows} */
  let latest = {};
  return (numbers) => {
    const before = seen;
    if (before && needs.every((name) => before[name] === numbers[name])) return latest;
    seen = numbers;
    const results = kernel(numbers, sweep);
    const slots = /** @type {Float64Array} */ (results[slot]);
    latest = { [place]: Array.from({ length: size }, (_, i) => i) };
    for (const [column, step] of Object.entries(sums)) {
      latest[column] = summed(slots, /** @type {Float64Array} */ (results[step]), size);
    }
    return latest;
  };
}

/**
 * @param {Float64Array} slots
 * @param {Float64Array} values
 * @param {number} count
 */
function summed(slots, values, count) {
  const sums = new Array(count).fill(0);
  for (let i = 0; i < slots.length; i++) if (slots[i] in sums) sums[slots[i]] += values[i];
  return sums;
}

/**
 * JSON has no infinity: it comes as text.
 * @param {number | string} value
 */
const endless = (value) => Number(value);
