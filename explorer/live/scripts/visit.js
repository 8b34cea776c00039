// Goes to another address of the page in the same session, as a step through the browser's history does.
export default function ({ data, parentElement }) {
  const mark = parentElement.querySelector(".live-visit");
  if (mark.dataset.done) return; // Streamlit calls this again when the theme changes
  mark.dataset.done = "true";
  history.pushState({}, "", location.pathname + (data.query && `?${data.query}`));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
