// The page without a server.
import { find } from "./parts/dom.js";
import { held } from "./parts/held.js";
import { Surface } from "./parts/surface.js";

// Plotly stands in the page; a published page finds it beside itself.
async function plotly() {
  if (window.Plotly) return window.Plotly;
  const url = URL.createObjectURL(new Blob([await held("#plotly")], { type: "text/javascript" }));
  await import(url);
  URL.revokeObjectURL(url);
  return window.Plotly;
}

const spec = JSON.parse(await held("#spec"));
const surface = new Surface(find(document, "main"), spec, await plotly());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => surface.show());
surface.show();
