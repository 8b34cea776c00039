// The page without a server.
import { find } from "./parts/dom.js";
import { Surface } from "./parts/surface.js";

const spec = JSON.parse(find(document, "#spec").textContent ?? "");
const surface = new Surface(find(document, "main"), spec, window.Plotly);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => surface.show());
surface.show();
