// Another address of the same page, in the same session.

/**
 * The parameters of an address that say how it stands in a frame: Streamlit's own, of which Python sees nothing.
 * @param {string} search
 * @returns {string[]}
 */
function framing(search) {
  return search.slice(1).split("&").filter((part) => /^embed(_options)?=/.test(part));
}

/**
 * Go there as a step through the browser's history does.
 * @param {string} query
 */
export function goTo(query) {
  const whole = [...framing(location.search), ...(query ? [query] : [])].join("&");
  history.pushState({}, "", location.pathname + (whole && `?${whole}`));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
