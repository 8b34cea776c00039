// The text fields in which numbers are typed. An arrow key steps the number, as in a browser's own number field; a field beside
// a slider shows its thumb's number while that moves. What a field takes stands in its placeholder, as controls.py writes it.
import { typedNumber } from "./numbers.js";
import { setValue } from "./thumbs.js";

const TAKES = /^(whole, )?(\S+) to ([^\s,]+)/;
const EXACTLY = /st-key-(\S+?)-exactly(?:-\d+)?(?:\s|$)/;
const DIGITS = 10;

/** @param {string} text */
const plain = (text) => (text.trim() ? Number(text.replace(",", ".").replace("−", "-")) : NaN);

/** @type {(value: number, up: boolean) => number} */
const next = (value, up) => (up ? Math.floor(value) + 1 : Math.ceil(value) - 1);
/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(12)); // 0.3 / 0.1 is 3

/**
 * One step from a number: by 1, or by one unit of its leading digit, from 0.5 to 0.6, and from 0.1 down to 0.09.
 * @param {number} value
 * @param {boolean} up
 * @param {boolean} whole
 */
export function stepped(value, up, whole) {
  if (whole) return next(value, up);
  const exponent = Number(value.toExponential().split("e")[1]);
  const unit = Number(`1e${exponent}`);
  const finer = !up && value === unit ? Number(`1e${exponent - 1}`) : unit;
  return rounded(next(rounded(value / finer), up) * finer);
}

addEventListener("keydown", (event) => {
  const { key } = event;
  const target = /** @type {HTMLInputElement} */ (event.target);
  const [takes, whole, low, high] = target.placeholder?.match(TAKES) ?? [];
  const value = takes ? plain(target.value) : NaN;
  const steps = ["ArrowUp", "ArrowDown"].includes(key) && !event.altKey && !event.ctrlKey && !event.metaKey;
  if (!steps || Number.isNaN(value)) return;
  event.preventDefault(); // the caret stays
  if (!whole && value <= 0) return; // it has no leading digit
  const wanted = Math.min(Math.max(stepped(value, key === "ArrowUp", Boolean(whole)), Number(low)), Number(high));
  if (wanted === value) return;
  setValue.call(target, String(wanted));
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.dispatchEvent(new FocusEvent("focusout", { bubbles: true })); // Streamlit takes what was typed when a field is left
});

/**
 * Show numbers in the fields beside their sliders, and in a field for all of a vector.
 * One that somebody types in is left alone.
 * @param {Numbers} numbers
 * @param {string} prefix
 */
export function writeExactly(numbers, prefix) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll("[class*='-exactly'] input[type=text]");
  for (const field of fields) {
    const key = field.closest("[class*='-exactly']")?.className.match(EXACTLY)?.[1] ?? "";
    if (field === document.activeElement || !key.startsWith(prefix)) continue;
    const own = field.defaultValue.split(", ");
    const [all, first] = [key.slice(prefix.length), key.slice(prefix.length, -1)];
    const name = (/** @type {number} */ k) => (own.length > 1 ? `${first}${k + 1}` : all); // p1, p2 ...
    if (!own.every((_, k) => name(k) in numbers)) continue;
    const shown = own.map((text, k) => {
      const now = typedNumber(numbers[name(k)], DIGITS);
      return typedNumber(plain(text), DIGITS) === now ? text : now;
    });
    field.value = shown.join(", ");
  }
}
