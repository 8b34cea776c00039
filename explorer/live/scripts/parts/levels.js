// The levels of a contour whose field is flat: Plotly's own are then so close that it finds none, and fails, or never ends.

const FLAT = 1e-9; // of the largest number; less is rounding

/** @param {any} z rows of numbers, or as plotly.py packs them */
function numbersOf(z) {
  if (!z?.bdata) return Array.from(z ?? [], (row) => Array.from(row)).flat();
  const bytes = Uint8Array.from(atob(z.bdata), (c) => c.charCodeAt(0));
  return Array.from(new (z.dtype === "f4" ? Float32Array : Float64Array)(bytes.buffer));
}

/**
 * What a contour with levels of Plotly's choice needs besides its z; nothing where it chooses well.
 * @param {Trace} trace
 * @param {any} z
 * @returns {Attribute[]}
 */
export function levels(trace, z) {
  if (trace.type !== "contour" || !("ncontours" in trace)) return [];
  const finite = numbersOf(z).filter((value) => value !== null && Number.isFinite(value));
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!finite.length || high - low > FLAT * size) return trace.autocontour === false ? [["autocontour", true]] : [];
  /** @type {Attribute[]} */
  const one = [["contours.start", low], ["contours.end", low], ["contours.size", size || 1]];
  return [["autocontour", false], ...one];
}
