/* The list a case was opened from: the way back keeps its filters, and ↑ ↓ lead through it without going back. */
const KEY = "tratativa.queue";
const LISTS = /^\/(cases|mine|queues\/[\w-]+)\/$/;
const rows = [...document.querySelectorAll("[data-rows] [data-row] [data-open]")];
const bare = (href) => new URL(href, location.href).pathname.replace(/-/g, "");

if (rows.length && LISTS.test(location.pathname)) {
  const queue = { from: location.pathname + location.search, cases: rows.map((row) => row.getAttribute("href")) };
  sessionStorage.setItem(KEY, JSON.stringify(queue));
}

const nav = document.querySelector("[data-queue]");
const kept = nav && sessionStorage.getItem(KEY);
if (kept) {
  const { from, cases } = JSON.parse(kept);
  const here = cases.findIndex((href) => bare(href) === bare(location.pathname));
  document.querySelector("[data-back]")?.setAttribute("href", from);
  if (here !== -1 && cases.length > 1) {
    nav.querySelector("[data-place]").textContent = `${here + 1}/${cases.length}`;
    for (const [name, href] of [["previous", cases[here - 1]], ["next", cases[here + 1]]]) {
      const link = nav.querySelector(`[data-${name}]`);
      if (href) link.setAttribute("href", href);
      else link.hidden = true;
    }
    nav.hidden = false;
  }
}
