// Numbers as text, and the elements of the page that show them.

/** @type {Record<string, string>} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/**
 * The same as format_number in digits.py; a test holds the two against each other. Halves are rounded away from 0, by toFixed
 * and toExponential too.
 * @param {number} value
 * @param {number} digits
 */
export function formatNumber(value, digits, trim = false) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  const fixed = exponent >= -4 && exponent < 6;
  let text = fixed ? value.toFixed(Math.max(digits - 1 - exponent, 0)) : value.toExponential(digits - 1).split("e")[0];
  if (trim && text.includes(".")) text = text.replace(/\.?0+$/, "");
  if (!fixed) text += `×10${[...String(exponent)].map((c) => SUPERSCRIPTS[c]).join("")}`;
  return text.replace("-", "−");
}

/**
 * The same as telling_digits in digits.py; a test holds the two against each other.
 * @param {number} value
 * @param {number} digits
 */
export function tellingDigits(value, digits) {
  const gap = Math.abs(Math.abs(value) - 1);
  if (!(gap > 0 && gap < 0.01)) return digits;
  const places = Math.min(2 - Number(gap.toExponential(17).split("e")[1]), 16);
  return Math.max(digits, places + Number(Math.abs(value) > 1));
}

/**
 * The same as bracketed in digits.py; a test holds the two against each other.
 * @param {string} text
 */
export const bracketed = (text) => (/^−|×/.test(text) ? `(${text})` : text);

/**
 * The same as grouped in digits.py; a test holds the two against each other.
 * @param {string} text
 */
export const grouped = (text) => text.replace(/^\d{4,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

/**
 * The same as text that reads back as a number: "-1e-7" for "−1×10⁻⁷".
 * @param {number} value
 * @param {number} digits
 */
export const typedNumber = (value, digits) => String(Number(value.toPrecision(digits)));

/**
 * An input keeps its own text (defaultValue) while that says the same number; one that somebody types in is left alone.
 * @param {HTMLInputElement} input
 * @param {number} value
 * @param {number} digits
 */
function writeInput(input, value, digits) {
  const text = typedNumber(value, digits);
  const own = input.defaultValue;
  if (input !== document.activeElement) input.value = typedNumber(Number(own), digits) === text ? own : text;
}

// Blocks of text that nobody sees now, far down the page: their numbers wait, as laying out a long formula takes milliseconds.
/** @type {WeakSet<Element>} */
const away = new WeakSet();
/** @type {WeakSet<Element>} */
const watched = new WeakSet();
/** @type {IntersectionObserver | undefined} */
let watcher;

/** @param {IntersectionObserverEntry[]} entries */
function crossed(entries) {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) away.delete(target);
    else away.add(target);
  }
  if (entries.some((entry) => entry.isIntersecting)) document.dispatchEvent(new Event("live-text")); // now they are due
}

/** @param {Element} block */
function watch(block) {
  if (watched.has(block)) return;
  watched.add(block);
  watcher ??= new IntersectionObserver(crossed, { rootMargin: "200px" });
  watcher.observe(block);
}

/**
 * Show a number in an element such as <span data-quantity="L" data-value="0.5" data-digits="6">. A shape with data-look="size"
 * takes its looks from how large the number is, text with data-look="length" from how long it is; live.css says which looks.
 * @param {HTMLElement | SVGElement} element
 * @param {number} value
 */
export function writeNumber(element, value) {
  const { dataset, style } = element;
  if (dataset.value === String(value)) return; // a text that stays costs no layout
  dataset.value = String(value);
  if (dataset.look === "size") {
    style.setProperty("--size", String(Math.min(Math.abs(value), 100) || 0)); // NaN has none
    return;
  }
  const { digits, trim, bracket, group, look } = dataset;
  const enough = bracket === "true" ? tellingDigits(value, Number(digits)) : Number(digits);
  const plain = formatNumber(value, enough, trim === "true");
  const text = group === "true" ? grouped(plain) : plain;
  if (element instanceof HTMLInputElement) writeInput(element, value, Number(digits));
  else element.textContent = bracket === "true" ? bracketed(text) : text;
  if (look === "length") style.setProperty("--length", String(text.length));
}

/**
 * The same as sign in digits.py; a test holds the two against each other.
 * @param {number} value
 * @param {number} other
 */
export function sign(value, other) {
  if (value === other || (Number.isNaN(value) && Number.isNaN(other))) return "=";
  if (!Number.isFinite(value) || !Number.isFinite(other)) return "→";
  return Math.abs(value - other) <= 1e-6 * Math.max(Math.abs(value), Math.abs(other)) ? "=" : "≈";
}

/**
 * The sign between two lines of arithmetic, each with its value.
 * @param {HTMLElement} element
 * @param {number} value
 * @param {number} other
 */
function writeSign(element, value, other) {
  element.dataset.value = String(value);
  const shown = sign(value, other);
  if (element.textContent === shown) return;
  element.textContent = shown;
  element.toggleAttribute("data-limit", shown === "→");
}

/**
 * Write numbers into every element that shows one of them. With data-row it shows that row's number, of those in `each`.
 * With `everywhere`, blocks that are away get theirs as well.
 * @param {Numbers} numbers
 * @param {Record<string, ArrayLike<number>>} [each]
 * @param {boolean} [everywhere]
 * @param {ParentNode} [scope]
 */
export function writeQuantities(numbers, each = {}, everywhere = false, scope = document) {
  scope.querySelectorAll(".live-text").forEach(watch);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (scope.querySelectorAll("[data-quantity]"))) {
    const block = element.closest(".live-text");
    if (!everywhere && block && away.has(block)) continue;
    const { quantity = "", row, against } = element.dataset;
    const number = (/** @type {string} */ name) => (row === undefined ? numbers[name] : each[name]?.[Number(row)]);
    const value = number(quantity);
    if (value === undefined) continue;
    if (against) writeSign(element, value, number(against));
    else writeNumber(element, value);
  }
}
