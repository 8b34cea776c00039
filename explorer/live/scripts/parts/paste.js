// A long text that is pasted into a field for many lines.

// From so many characters on a text is put into its field at once: line by line a browser takes a minute for 16,000 lines.
const LONG = 20_000;
const setText = /** @type {(this: HTMLTextAreaElement, text: string) => void} */ (
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set
);

addEventListener("paste", (event) => {
  const { target, clipboardData } = event;
  const text = clipboardData?.getData("text/plain") ?? "";
  if (!(target instanceof HTMLTextAreaElement) || target.readOnly || text.length < LONG) return;
  event.preventDefault();
  const before = target.value.slice(0, target.selectionStart) + text;
  setText.call(target, before + target.value.slice(target.selectionEnd));
  target.setSelectionRange(before.length, before.length);
  target.dispatchEvent(new Event("input", { bubbles: true }));
});
