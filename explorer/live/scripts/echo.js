// Before a hand changes a control, Python is told which of its numbers the browser has drawn. What comes without that may be
// from before, an echo.
import { find, targetOf } from "./parts/dom.js";

const KINDS = ["Slider", "TextInput", "TextArea", "Selectbox", "MultiSelect", "ButtonGroup", "Checkbox"];
const CONTROLS = [...KINDS.map((kind) => `[data-testid=st${kind}]`), "[role=option]", "summary"].join();
/** @type {WeakMap<Element, AbortController>} */
const listening = new WeakMap();

/** @param {Component<{ number: number }>} component */
export default function ({ data, parentElement, setStateValue }) {
  const mark = find(parentElement, ".live-echo");
  listening.get(mark)?.abort(); // Streamlit calls this again when data or theme change
  const end = new AbortController();
  listening.set(mark, end);
  /** @param {Event} event */
  const tell = (event) => {
    if (mark.isConnected && !targetOf(event).closest?.(CONTROLS)) return;
    end.abort();
    if (mark.isConnected) setStateValue("drawn", data.number);
  };
  for (const type of ["pointerdown", "keydown", "change"]) {
    addEventListener(type, tell, { capture: true, signal: end.signal }); // captured: before the control hears of it
  }
}
