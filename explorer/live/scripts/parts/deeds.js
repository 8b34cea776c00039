// One entry of the browser's history for each thing that a person does, so that one step Back undoes it: a click, a drag, a burst
// of keys, a typed number. Left alone, Streamlit replaces the entry when a hand changes a control, and adds one for each control
// that the script then sets; it says neither which change belongs to which deed nor when a deed is over, so both pass through here.
const PAUSE = 1000; // milliseconds that part two bursts of keys
const MOVES = /^(Arrow|Page|Home|End)/; // keys that move a thumb or a grip

let begun = false; // whether somebody has done something that the address does not show yet
let last; // the key pressed last

// A drag is done when the pointer is let go: what the script says until then belongs to what was done before.
addEventListener("pointerup", () => (begun = true), true);

addEventListener(
  "keydown",
  (event) => {
    const { key, target, timeStamp } = event;
    const goesOn = MOVES.test(key) && MOVES.test(last?.key) && target === last.target && timeStamp - last.timeStamp < PAUSE;
    last = event;
    begun ||= !goesOn;
  },
  true,
);

addEventListener(
  "popstate",
  () => {
    begun = false;
    last = undefined;
  },
  true,
);

const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
history.pushState = history.replaceState = (state, unused, url) => {
  (begun ? push : replace)(state, unused, url);
  begun = false;
};
