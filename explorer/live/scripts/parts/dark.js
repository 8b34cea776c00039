// Whether a notebook is dark, and when that changes.

const ATTRIBUTES = ["class", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];

// JupyterLab says so in an attribute; VS Code, marimo and Colab in names that have "dark" in them. Some say nothing.
export function isDark() {
  const places = [document.body, document.documentElement];
  const jupyter = document.body.dataset.jpThemeLight;
  if (jupyter) return jupyter === "false";
  const names = places.flatMap((place) => ATTRIBUTES.map((name) => place.getAttribute(name) ?? "")).join(" ");
  if (/\bdark\b|vscode-high-contrast(?!-light)/.test(names)) return true;
  return !/\blight\b/.test(names) && matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * Call `changed` when it may be otherwise. Returns what ends that.
 * @param {() => void} changed
 */
export function watchTheme(changed) {
  const observer = new MutationObserver(changed);
  for (const place of [document.body, document.documentElement]) {
    observer.observe(place, { attributes: true, attributeFilter: ATTRIBUTES });
  }
  const preference = matchMedia("(prefers-color-scheme: dark)");
  preference.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    preference.removeEventListener("change", changed);
  };
}
