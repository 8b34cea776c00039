// Elements that are there for certain.

/**
 * The first element that a selector finds.
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * Every element that a selector finds.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function elements(root, selector) {
  return [...root.querySelectorAll(selector)].map((element) => /** @type {HTMLElement} */ (element));
}

// How large letters are: type and charts grow on a wide screen.
export const typeScale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/**
 * The element that something happened to.
 * @param {Event} event
 * @returns {HTMLElement}
 */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);
