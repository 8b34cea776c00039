// Files that somebody chooses or drops: each goes to the server as it is read, by a route of its own, so that neither side
// holds it whole. Python hears which ones have arrived.
import { find } from "./parts/dom.js";

const MOST = 2; // predictions, and the truth
/** @type {WeakSet<Element>} */
const listening = new WeakSet();

/** @typedef {{ token: string, kinds: string, held: string, mark: string }} Asked */

/**
 * Send a file; what is said of it is why it was refused, "" if it was not.
 * @param {File} file
 * @param {string} token
 * @param {(share: number) => void} onProgress
 * @returns {Promise<string>}
 */
function send(file, token, onProgress) {
  const query = new URLSearchParams({ token, name: file.name });
  const request = new XMLHttpRequest(); // fetch does not say how far it is
  request.open("POST", new URL(`upload?${query}`, document.baseURI));
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / Math.max(total, 1)));
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve(request.status === 200 ? "" : reason(request.responseText)));
    request.addEventListener("error", () => resolve(`${file.name} did not arrive: the connection was lost.`));
    request.send(file);
  });
}

/** @param {string} answer */
function reason(answer) {
  try {
    return JSON.parse(answer).said;
  } catch {
    return "The server did not take the file.";
  }
}

/** @param {Component<Asked>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = find(parentElement, ".live-upload");
  const [input, said, remove] = ["input", "output", "button"].map((tag) => find(root, tag));
  const files = /** @type {HTMLInputElement} */ (input);
  files.accept = data.kinds;
  root.dataset.token = data.token;
  said.textContent = data.held;
  remove.hidden = !data.held;
  if (listening.has(root)) return; // Streamlit calls this again when data or theme change
  listening.add(root);
  remove.addEventListener("click", () => {
    files.value = "";
    setTriggerValue("done", []);
  });
  files.addEventListener("change", async () => {
    const chosen = Array.from(files.files ?? []);
    if (!chosen.length) return;
    if (chosen.length > MOST) {
      said.textContent = `Choose one file, or two: predictions and their truth. These are ${chosen.length}.`;
      return;
    }
    files.disabled = true;
    for (const file of chosen) {
      const refused = await send(file, root.dataset.token ?? "", (share) => {
        said.textContent = `${file.name}: ${Math.round(100 * share)} %`;
      });
      if (refused) {
        said.textContent = refused;
        files.disabled = false;
        files.value = "";
        return;
      }
    }
    files.disabled = false;
    files.value = "";
    said.textContent = "Reading …";
    setTriggerValue("done", chosen.map((file) => file.name));
  });
}
