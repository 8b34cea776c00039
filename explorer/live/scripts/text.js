// Markup with live numbers. It shows Python's numbers at once; a live chart on the page keeps them moving.
export default function ({ data, parentElement }) {
  parentElement.querySelector(".live-text").innerHTML = data.html;
  document.dispatchEvent(new Event("live-text"));
}
