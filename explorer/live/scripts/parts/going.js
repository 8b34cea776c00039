// Going to another address of the application in the same session, as a step through the browser's history does.

/**
 * @param {string} path
 * @param {string} query what stands after the question mark
 */
export function go(path, query) {
  const all = [...framing(location.search), ...(query ? [query] : [])].join("&");
  history.pushState({}, "", path + (all && `?${all}`));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/**
 * The parameters of an address that say how it stands in a frame: Streamlit's own, of which Python sees nothing.
 *
 * @param {string} search
 * @returns {string[]}
 */
function framing(search) {
  return search.slice(1).split("&").filter((part) => /^embed(_options)?=/.test(part));
}
