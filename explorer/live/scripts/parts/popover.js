// The keyboard's way into what a button has opened, which stands at the page's end; Escape leads back.
import { targetOf } from "./dom.js";

const OPENED = "[data-testid=stPopoverButton][aria-expanded=true]";
const REACHED = "[data-testid=stPopoverBody] :is(a[href], button, input, textarea, [tabindex='0'])";

addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Tab" || event.shiftKey || !targetOf(event).closest(OPENED)) return;
    /** @type {HTMLElement | null} */
    const first = document.querySelector(REACHED);
    if (!first) return;
    event.preventDefault();
    first.focus();
  },
  true,
);
