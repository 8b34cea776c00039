// Whether a page of Streamlit is at rest: each message that asks for a run has been answered by one that has ended, no short
// timer and no request of a script is due, and nothing has changed for a while, in the page's own time too: it was idle several
// times, as on a busy machine it may not have had a turn. What the server sends comes `window.late` milliseconds late.
{
  // Fields of Streamlit's messages. Where another run follows, one ends early.
  const RERUN = (11 << 3) | 2;
  const [START, END, EARLY] = [4, 6, 2];
  const SHORT = 1000; // milliseconds of a timer that is waited for
  const IDLE = 4; // times
  const UNANSWERED = 5000; // milliseconds: a message to a fragment that has left the page leads to no run
  const { setTimeout, clearTimeout, fetch } = window;

  let [asked, begun, ended] = [0, 0, 0]; // the last of each, as all are numbered
  let [number, sent, stirred] = [0, 0, 0]; // the number given last; when a run was asked for, and when something changed
  const due = new Set();
  const stir = () => (stirred = performance.now());

  const resting = (quiet) => {
    const now = performance.now();
    const answered = asked < begun ? begun < ended : now - sent > UNANSWERED;
    return ended > 0 && answered && !due.size && now - stirred > quiet;
  };
  const still = (quiet) => !due.size && performance.now() - stirred > quiet;
  const until = (holds, quiet) =>
    new Promise((resolve) => {
      const end = performance.now() + 60_000;
      let idle = 0;
      const look = () => {
        idle = holds(quiet) ? idle + 1 : 0;
        if (idle === IDLE) resolve(true);
        // after a change of size a window may draw nothing for seconds, and tell nobody that it is idle
        else if (performance.now() < end) setTimeout(() => requestIdleCallback(look, { timeout: 500 }), idle ? 0 : 10);
        else resolve(JSON.stringify({ asked, begun, ended, due: due.size, quiet: performance.now() - stirred }));
      };
      look();
    });
  window.atRest = () => until(resting, 100);
  window.hasFollowed = () => until(still, 50);

  window.setTimeout = (act, wait = 0, ...rest) => {
    const id = setTimeout(() => {
      due.delete(id);
      stir();
      act(...rest);
    }, wait);
    if (wait < SHORT) due.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    due.delete(id);
    clearTimeout(id);
  };
  window.fetch = (...request) => {
    const id = Symbol("request");
    due.add(id);
    return fetch(...request).finally(() => due.delete(id));
  };

  // The field of a message and its length or value; hash and metadata come before it.
  const content = (bytes) => {
    let place = 0;
    const read = () => {
      let [found, shift] = [0, 0];
      for (; bytes[place] > 127; shift += 7) found |= (bytes[place++] & 127) << shift;
      return found | (bytes[place++] << shift);
    };
    while (place < bytes.length) {
      const [field, value] = [read() >> 3, read()];
      if (field > 2) return [field, value];
      place += value;
    }
    return [];
  };
  const { send, addEventListener } = WebSocket.prototype;
  WebSocket.prototype.send = function (message) {
    stir();
    if (message[0] === RERUN) [asked, sent] = [++number, performance.now()];
    return send.call(this, message);
  };
  WebSocket.prototype.addEventListener = function (type, hear, ...rest) {
    const note = (event) => {
      stir();
      const [field, value] = content(new Uint8Array(event.data));
      if (field === START) begun = ++number;
      if (field === END && value !== EARLY) ended = ++number;
      hear(event);
    };
    const heard = (event) => (window.late ? window.setTimeout(note, window.late, event) : note(event));
    return addEventListener.call(this, type, type === "message" ? heard : hear, ...rest);
  };
  for (const type of ["popstate", "pointerup", "keydown"]) window.addEventListener(type, stir, true);
  new MutationObserver(stir).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
