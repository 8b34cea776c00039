// A lesson that is being written: the page comes anew once its file has changed. Where somebody is stands in the address.
const shown = new URL(import.meta.url).searchParams.get("v"); // what this page shows of the file
const EVERY = 500; // ms

async function look() {
  const now = await fetch("version", { cache: "no-store" }).then(
    (answer) => answer.text(),
    () => shown, // the server is not there; it may come back
  );
  if (now !== shown) location.reload();
}

setInterval(look, EVERY);
