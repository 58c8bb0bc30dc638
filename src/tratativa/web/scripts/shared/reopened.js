/* A case that was opened again while its page stood there gets its composer at once, as a fresh page would have it. */
import { headers } from "./csrf.js";
import { giveBack } from "./kept.js";

let fetching = false;

async function bring() {
  fetching = true;
  try {
    const answer = await fetch(location.pathname, { headers: headers(), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const composer = page.getElementById("answer");
    if (!composer?.querySelector("#composer")) return;
    for (const one of composer.querySelectorAll("[data-presence], [id^=presence-]")) {
      if (document.querySelector("[data-presence]")) one.remove();
    }
    document.getElementById("answer").replaceWith(composer);
    giveBack(composer);
    document.dispatchEvent(new CustomEvent("tratativa:composer"));
  } finally {
    fetching = false;
  }
}

document.addEventListener("htmx:afterSettle", () => {
  const may = document.querySelector("#timeline[data-may-write=yes]");
  if (may && !fetching && document.getElementById("answer") && !document.getElementById("composer")) bring();
});
