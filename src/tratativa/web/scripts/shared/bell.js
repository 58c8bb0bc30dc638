/* The bell: its number, and the one in the page's title, follow what is told of one's notices. */
const COUNTED = /^(• )?(\(\d+\+?\) )?/;
const bell = () => document.querySelector("[data-bell]");

function title() {
  const count = bell()?.dataset.bell;
  document.title = document.title.replace(COUNTED, (_all, mark = "") => `${mark}${count ? `(${count}) ` : ""}`);
}

async function look() {
  const ours = bell();
  if (!ours) return;
  const answer = await fetch(ours.dataset.bellUrl, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-bell]");
  if (!fresh) return;
  if (!ours.hasAttribute("aria-current")) fresh.removeAttribute("aria-current"); // it came from an address of its own
  bell().replaceWith(fresh);
  title();
}

document.addEventListener("tratativa:notice", () => {
  look();
  const list = document.getElementById("notices");
  if (list && !location.search.match(/after=|before=/)) window.htmx?.trigger(list, "noticed");
});
