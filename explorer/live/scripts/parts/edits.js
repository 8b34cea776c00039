// What one output has changed since Python last had it all. Edits are numbered: an answer to an older one undoes nothing.

/** @typedef {{ client: string, number: number, values: Numbers }} Edit */
/**
 * Python's numbers, and the last edit that it took of each client.
 * @typedef {{ values: Numbers, taken: Record<string, number> }} Settled
 */

export class Edits {
  /**
   * @param {string} client the name of this output among those of the same view
   * @param {Settled} settled
   */
  constructor(client, { values }) {
    this.client = client;
    this.number = 0;
    this.known = values;
    /** @type {Numbers} */
    this.open = {};
  }

  /**
   * Take what the sliders show. Returns the edit for Python, undefined where nothing has changed. It holds all that Python may
   * not have yet, as a later edit can take an earlier one's place on the way; and no more, as Python may have set the rest.
   * @param {Numbers} values
   * @returns {Edit | undefined}
   */
  add(values) {
    const changed = Object.entries(values).filter(([name, value]) => value !== this.known[name]);
    if (!changed.length) return undefined;
    this.known = values;
    this.open = { ...this.open, ...Object.fromEntries(changed) };
    this.number += 1;
    return { client: this.client, number: this.number, values: this.open };
  }

  /**
   * Take what Python says. Returns the numbers to show, undefined while an edit is on its way: Python will speak of that too.
   * @param {Settled} settled
   * @returns {Numbers | undefined}
   */
  settle({ values, taken }) {
    if ((taken[this.client] ?? 0) !== this.number) return undefined;
    this.open = {};
    this.known = values;
    return values;
  }
}
