// The page without a server.
import { find } from "./parts/dom.js";
import { Surface } from "./parts/surface.js";

// Plotly stands in the page compressed by gzip, as base64: a third of its size. A published page finds it beside itself.
async function plotly() {
  const packed = document.querySelector("#plotly");
  if (!packed) return window.Plotly;
  const bytes = Uint8Array.from(atob(packed.textContent ?? ""), (c) => c.charCodeAt(0));
  const source = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = new Blob([await new Response(source).arrayBuffer()], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  await import(url);
  URL.revokeObjectURL(url);
  return window.Plotly;
}

const spec = JSON.parse(find(document, "#spec").textContent ?? "");
const surface = new Surface(find(document, "main"), spec, await plotly());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => surface.show());
surface.show();
