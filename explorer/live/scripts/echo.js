// Before a hand changes a control, Python is told which of its numbers the browser has drawn. What comes without that may be
// from before, an echo.
const CONTROLS = "[data-testid=stSlider], [data-testid=stTextInput], [data-testid=stSelectbox], [role=option]";
const listening = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const mark = parentElement.querySelector(".live-echo");
  listening.get(mark)?.abort(); // Streamlit calls this again when data or theme change
  const end = new AbortController();
  listening.set(mark, end);
  const tell = ({ target }) => {
    if (mark.isConnected && !target.closest?.(CONTROLS)) return;
    end.abort();
    if (mark.isConnected) setStateValue("drawn", data.number);
  };
  for (const type of ["pointerdown", "keydown", "change"]) {
    addEventListener(type, tell, { capture: true, signal: end.signal }); // captured: before the control hears of it
  }
}
