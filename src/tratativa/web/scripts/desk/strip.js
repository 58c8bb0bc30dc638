/* Several cases open at once: their news as it comes, keys between them, and closing one without losing the page. */
import { post } from "../shared/csrf.js";

const strip = () => document.querySelector("[data-strip]");
const tabs = () => [...document.querySelectorAll(".strip__tabs [data-open-case]")];
const link = (tab) => tab.querySelector("a");
const isHere = (tab) => link(tab).hasAttribute("aria-current");

document.addEventListener("tratativa:change", ({ detail }) => {
  if (!strip()) return;
  // Without a case's key: somebody put one on this desk, or news may have been missed.
  if (!detail.id) {
    window.htmx?.ajax("GET", `/open/?here=${encodeURIComponent(location.pathname)}`, { target: strip(), swap: "outerHTML" });
    return;
  }
  for (const tab of document.querySelectorAll(`[data-open-case="${CSS.escape(detail.id)}"]`)) {
    if (!isHere(tab)) tab.classList.add("strip__tab--news");
  }
});

export function beside(step) {
  const all = tabs();
  if (!all.length) return;
  const here = all.findIndex(isHere);
  const next = here === -1 ? (step > 0 ? 0 : all.length - 1) : (here + step + all.length) % all.length;
  if (next !== here) link(all[next]).click();
}

export function putAway() {
  tabs().find(isHere)?.querySelector("form").requestSubmit();
}

document.addEventListener("submit", async (event) => {
  const tab = event.target.closest("[data-open-case]");
  if (!tab || isHere(tab)) return; // from its own page one goes on to the next
  event.preventDefault();
  const answer = await post(event.target.action, new FormData(event.target), {
    headers: { Accept: "application/json", "X-CSRFToken": new FormData(event.target).get("csrfmiddlewaretoken") },
  });
  if (!answer.ok) return;
  for (const one of document.querySelectorAll(`[data-open-case="${CSS.escape(tab.dataset.openCase)}"]`)) one.remove();
  for (const count of document.querySelectorAll(".strip__sheet .tab__count")) count.textContent = tabs().length;
  if (!tabs().length) strip().replaceChildren();
});

// The tab one is at stays in view where there are more than fit.
tabs().find(isHere)?.scrollIntoView({ block: "nearest", inline: "nearest" });
