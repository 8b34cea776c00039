// The thumbs of Streamlit's sliders. `.st-key-<key>` is documented, the range input inside it is not: a browser test guards it.

import { targetOf } from "./dom.js";

// React's own setter would hide a change from it.
export const setValue = /** @type {PropertyDescriptor & { set: (text: string) => void }} */ (
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")
).set;

/**
 * @param {string} name
 * @returns {HTMLInputElement | null}
 */
export const thumb = (name) => document.querySelector(`.st-key-${CSS.escape(name)} input[type=range]`);

/**
 * All of them, by their keys: one walk through the page is quicker than one for each.
 * @returns {[string, HTMLInputElement][]}
 */
export function thumbs() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll("[data-testid=stSlider] input[type=range]");
  return Array.from(inputs, (input) => [input.closest("[class*=st-key-]")?.className.match(/st-key-(\S+)/)?.[1] ?? "", input]);
}

/**
 * Move a thumb as assistive technology does: React draws it at once, and nothing is sent to the server.
 * @param {HTMLInputElement} input
 * @param {number} value
 */
export function moveThumb(input, value) {
  setValue.call(input, String(value));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Those of the numbers let go of from which no thumb has moved on since: such a thumb has sent its own.
 * @param {Numbers} numbers
 * @param {string} prefix
 */
export function standing(numbers, prefix) {
  const stands = (/** @type {[string, number]} */ [name, value]) => {
    const input = thumb(prefix + name);
    return !input || Math.abs(input.valueAsNumber - value) <= 0.5001 * Number(input.step);
  };
  return Object.fromEntries(Object.entries(numbers).filter(stands));
}

// A hand on a thumb. React draws a dragged thumb one frame late; the value under the pointer is known at once.
class Hold {
  /**
   * @param {HTMLInputElement} input
   * @param {Element} track
   * @param {PointerEvent} event
   */
  constructor(input, track, event) {
    this.input = input;
    this.x = event.clientX;
    this.from = input.valueAsNumber;
    this.width = track.getBoundingClientRect().width;
    /** @type {number | undefined} */
    this.first = undefined;
    /** @type {boolean | undefined} */
    this.agrees = undefined;
  }

  /** @param {number} x */
  valueAt(x) {
    const [low, high, step] = [this.input.min, this.input.max, this.input.step].map(Number);
    const value = this.from + ((x - this.x) / this.width) * (high - low);
    return Number((low + Math.round((Math.min(high, Math.max(low, value)) - low) / step) * step).toPrecision(12));
  }

  /**
   * The first move is the slider's own. If it then shows what was expected, later moves are drawn ahead of it.
   * @param {number} x
   */
  move(x) {
    if (this.first === undefined) this.first = x;
    else {
      this.agrees ??= Math.abs(this.input.valueAsNumber - this.valueAt(this.first)) < 1.5 * Number(this.input.step);
      const value = this.valueAt(x);
      if (this.agrees && value !== this.input.valueAsNumber) moveThumb(this.input, value);
    }
  }
}

/** @type {Hold | undefined} */
let hold;

/** @param {PointerEvent} event */
function begin(event) {
  const target = targetOf(event);
  /** @type {HTMLInputElement | null | undefined} */
  const input = target.closest?.("[data-testid=stSlider]")?.querySelector("input[type=range]");
  const knob = input?.closest("[style*=absolute]")?.parentElement?.closest("[style*=absolute]");
  hold = input && knob?.parentElement && knob.contains(target) ? new Hold(input, knob.parentElement, event) : undefined;
}

addEventListener("pointerdown", begin, true); // captured: the slider lets it go no further
addEventListener("pointermove", (event) => hold?.move(event.clientX));
for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => (hold = undefined), true);
