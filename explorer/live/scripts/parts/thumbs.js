// The thumbs of Streamlit's sliders. `.st-key-<key>` is documented, the range input inside it is not: a browser test guards it.

// React's own setter would hide a change from it.
export const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

export const thumb = (name) => document.querySelector(`.st-key-${CSS.escape(name)} input[type=range]`);

// All of them, by their keys: one walk through the page is quicker than one for each.
export function thumbs() {
  const key = (input) => input.closest("[class*=st-key-]")?.className.match(/st-key-(\S+)/)[1];
  return Array.from(document.querySelectorAll("[data-testid=stSlider] input[type=range]"), (input) => [key(input), input]);
}

// Move a thumb as assistive technology does: React draws it at once, and nothing is sent to the server.
export function moveThumb(input, value) {
  setValue.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// A hand on a thumb. React draws a dragged thumb one frame late; the value under the pointer is known at once.
class Hold {
  constructor(input, knob, event) {
    Object.assign(this, { input, x: event.clientX, from: input.valueAsNumber });
    this.width = knob.parentElement.getBoundingClientRect().width;
  }

  valueAt(x) {
    const [low, high, step] = [this.input.min, this.input.max, this.input.step].map(Number);
    const value = this.from + ((x - this.x) / this.width) * (high - low);
    return Number((low + Math.round((Math.min(high, Math.max(low, value)) - low) / step) * step).toPrecision(12));
  }

  // The first move is the slider's own. If it then shows what was expected, later moves are drawn ahead of it.
  move(x) {
    if (this.first === undefined) this.first = x;
    else {
      this.agrees ??= Math.abs(this.input.valueAsNumber - this.valueAt(this.first)) < 1.5 * Number(this.input.step);
      const value = this.valueAt(x);
      if (this.agrees && value !== this.input.valueAsNumber) moveThumb(this.input, value);
    }
  }
}

let hold;

function begin(event) {
  const input = event.target.closest?.("[data-testid=stSlider]")?.querySelector("input[type=range]");
  const knob = input?.closest("[style*=absolute]").parentElement.closest("[style*=absolute]");
  hold = knob?.contains(event.target) ? new Hold(input, knob, event) : undefined;
}

addEventListener("pointerdown", begin, true); // captured: the slider lets it go no further
addEventListener("pointermove", (event) => hold?.move(event.clientX));
for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => (hold = undefined), true);
