/* Links marked data-dialog open their form over the page; without this script they are pages of their own. */
import { headers } from "../shared/csrf.js";
import { forget, giveBack } from "../shared/kept.js";
import { mayLeave } from "../shared/unsaved.js";

const frame = document.querySelector("[data-dialog-frame]");

export async function openInDialog(url) {
  const answer = await fetch(url, { headers: headers({ "HX-Request": "true" }), credentials: "same-origin" });
  if (!answer.ok || answer.redirected) {
    location.assign(url);
    return;
  }
  frame.innerHTML = await answer.text();
  const title = frame.querySelector("h1");
  if (title) frame.setAttribute("aria-label", title.textContent.trim());
  frame.showModal();
  giveBack(frame);
  frame.querySelector("textarea, input:not([type=hidden]), select, button")?.focus();
}

if (frame) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
    openInDialog(link.href);
  });
  frame.addEventListener("click", (event) => {
    if (event.target === frame || event.target.closest("[data-close]")) {
      event.preventDefault();
      if (mayLeave(frame)) frame.close();
    }
  });
  frame.addEventListener("cancel", (event) => {
    if (event.target === frame && !mayLeave(frame)) event.preventDefault();
  });
  frame.addEventListener("close", (event) => {
    if (event.target !== frame) return;
    for (const form of frame.querySelectorAll("form")) forget(form);
    frame.replaceChildren(); // what was given up is not asked about again
  });
}
