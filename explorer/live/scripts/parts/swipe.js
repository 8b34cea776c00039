// A finger that comes down on a slider's track may be about to scroll the page. Streamlit would move the thumb there at once.
// So this waits until the finger goes sideways, which is a drag, or is lifted, which is a tap; up or down the browser scrolls,
// as live.css lets it.
import { targetOf } from "./dom.js";

const FAR = 6; // pixels
const TRACK = "[data-testid=stSlider] [role=group] > div";
/** @type {PointerEvent | undefined} */
let waiting;

/** @param {Event} event */
const isOnTrack = (event) => event.isTrusted && targetOf(event).matches(`${TRACK}, ${TRACK} > :not(:has(input))`);

function goOn() {
  const event = waiting;
  waiting = undefined;
  event?.target?.dispatchEvent(new PointerEvent(event.type, event));
}

addEventListener(
  "pointerdown",
  (event) => {
    if (event.pointerType !== "touch" || !isOnTrack(event)) return;
    event.stopPropagation();
    waiting = event;
  },
  true,
);
addEventListener("touchstart", (event) => isOnTrack(event) && event.stopPropagation(), { capture: true, passive: true });
addEventListener("pointermove", (event) => waiting && Math.abs(event.clientX - waiting.clientX) > FAR && goOn(), true);
addEventListener("pointerup", goOn, true);
addEventListener("pointercancel", () => (waiting = undefined), true);
