// Numbers as text, and the elements of the page that show them.

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// The same as format_number in markup.py; a test holds the two against each other.
export function formatNumber(value, digits, trim = false) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  const fixed = exponent >= -4 && exponent < 6;
  let text = fixed ? value.toPrecision(Math.max(digits, exponent + 1)) : value.toExponential(digits - 1).split("e")[0];
  if (trim && text.includes(".")) text = text.replace(/\.?0+$/, "");
  if (!fixed) text += `×10${[...String(exponent)].map((c) => SUPERSCRIPTS[c]).join("")}`;
  return text.replace("-", "−");
}

// Write numbers into every element that shows one of them: <span data-quantity="L" data-value="0.5" data-digits="6">.
export function writeQuantities(numbers) {
  for (const element of document.querySelectorAll("[data-quantity]")) {
    const { quantity, digits, trim, bracket } = element.dataset;
    if (!(quantity in numbers)) continue;
    const value = numbers[quantity];
    const text = formatNumber(value, Number(digits), trim === "true");
    element.textContent = bracket === "true" && text.startsWith("−") ? `(${text})` : text;
    element.dataset.value = String(value);
  }
}
