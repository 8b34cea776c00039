// Goes on by itself, one turn after another, each once the browser has drawn the one before; a click comes in between.
/** @param {Component<{ turn: number, pause: number }>} component */
export default function ({ data, setTriggerValue }) {
  requestAnimationFrame(() => setTimeout(() => setTriggerValue("turn", data.turn), data.pause));
}
