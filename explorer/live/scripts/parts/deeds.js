// One entry of the browser's history for each thing that a person does, so that one step Back undoes it: a click, a drag, a
// burst of keys, a typed number. Left alone, Streamlit replaces the entry when a hand changes a control, and adds one for each
// control that the script then sets; it says neither which change belongs to which deed nor when a deed is over, so both pass
// through here.
const PAUSE = 1000; // milliseconds that part two bursts of keys
const TURN = 5; // milliseconds: a browser may stretch a timer without delay to 4
const MOVES = /^(Arrow|Page|Home|End)/; // keys that move a thumb or a grip

let begun = false; // whether somebody has done something that the address does not show yet
// Changes by a hand that Python may not have heard of: Streamlit sends them in a timer without delay, and a step through the
// history at once. So that none overtakes a step, the step is then made once more. It is not for what the script says, as a run
// that goes on in between would undo it.
let unsent = 0;
/** @type {KeyboardEvent | undefined} */
let last; // the key pressed last

// A drag is done when the pointer is let go: what the script says until then belongs to what was done before.
addEventListener("pointerup", () => (begun = true), true);

addEventListener(
  "keydown",
  (event) => {
    const { key, target, timeStamp } = event;
    const soon = last && target === last.target && timeStamp - last.timeStamp < PAUSE;
    const goesOn = soon && MOVES.test(key) && MOVES.test(last?.key ?? "");
    last = event;
    begun ||= !goesOn;
  },
  true,
);

// A file that is dropped from outside comes without pointer and key.
addEventListener("drop", () => (begun = true), true);

addEventListener(
  "popstate",
  () => {
    begun = false;
    last = undefined;
    if (unsent) setTimeout(() => dispatchEvent(new PopStateEvent("popstate", { state: history.state })), TURN);
  },
  true,
);

// These two are changed for the whole page, which here is Streamlit's alone: it offers no hook, its calls are what is to
// change, and the event that would do without, `navigate`, is not known to every browser in use.
const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
/** @param {Parameters<History["pushState"]>} entry */
function enter(...[state, unused, url]) {
  const same = new URL(url ?? "", location.href).href === location.href; // Python says it once more: no deed has come to it
  (begun && !same ? push : replace)(state, unused, url);
  begun &&= same;
  return !same;
}
history.pushState = (...entry) => void enter(...entry); // what the script says
history.replaceState = (...entry) => {
  if (!enter(...entry)) return;
  unsent++;
  setTimeout(() => unsent--, TURN);
};
