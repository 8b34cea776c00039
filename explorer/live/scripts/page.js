// The page without a server.
import { Surface } from "./parts/surface.js";

const spec = JSON.parse(document.getElementById("spec").textContent);
const surface = new Surface(document.querySelector("main"), spec, window.Plotly);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => surface.show());
surface.show();
