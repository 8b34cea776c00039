// A long text in a field for many lines: pasted, selected whole, and taken away, each at once.

// From so many characters on: line by line a browser takes a minute to paste 16,000 lines, and seconds to select them by a key.
const LONG = 20_000;
const setText = /** @type {(this: HTMLTextAreaElement, text: string) => void} */ (
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set
);

addEventListener("paste", (event) => {
  const { target, clipboardData } = event;
  const text = clipboardData?.getData("text/plain") ?? "";
  if (!(target instanceof HTMLTextAreaElement) || target.readOnly || text.length < LONG) return;
  event.preventDefault();
  put(target, text);
});

addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLTextAreaElement) || target.value.length < LONG || event.altKey || event.shiftKey) return;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "a") {
    event.preventDefault();
    target.select();
  } else if (["Delete", "Backspace"].includes(key) && target.selectionEnd - target.selectionStart >= LONG && !target.readOnly) {
    event.preventDefault();
    put(target, "");
  }
});

/**
 * Put a text in place of what is selected.
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 */
function put(field, text) {
  const before = field.value.slice(0, field.selectionStart) + text;
  setText.call(field, before + field.value.slice(field.selectionEnd));
  field.setSelectionRange(before.length, before.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
