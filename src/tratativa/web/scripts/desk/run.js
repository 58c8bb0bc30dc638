/* The procedure's sheet where the page is narrow: it opens as the page of a step is come to, stays as it was through what
   arrives, and gives way where the page becomes wide. Its bar opens it without this script. */
const sheet = () => document.getElementById("run-sheet");
const isOpen = () => Boolean(sheet()?.matches(":popover-open"));
const bar = () => document.querySelector(".run__bar");
const docked = () => Boolean(sheet()?.showPopover && bar()?.getClientRects().length);
let kept = null;

/* Opens the sheet that lies folded and returns whether it did: a key answers only what can be read. */
export function unfold() {
  if (!docked() || isOpen()) return false;
  sheet().showPopover();
  sheet().focus({ preventScroll: true });
  return true;
}

function plain(panel) {
  const copy = panel.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
  for (const one of copy.querySelectorAll("details[open]")) one.open = false;
  return copy.innerHTML;
}

// A panel that says nothing new stays: whoever reads it has scrolled, or opened a fold. Asked before anybody else is.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const fresh = target.id === "run" && fragment?.querySelector?.("#run");
  if (fresh && plain(fresh) === plain(target)) event.detail.shouldSwap = false;
}, { capture: true });

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.id === "run" && event.detail.shouldSwap) kept = isOpen();
});
document.addEventListener("htmx:oobAfterSwap", () => {
  if (kept) unfold();
  kept = null;
});

// After the browser has gone to the fragment itself: it would take the focus along.
function come() {
  const said = document.querySelector(".notices");
  // The sheet lies over the page: what was refused is read where it was asked for.
  if (unfold() && said) sheet().querySelector(".card__body").prepend(said);
}
if (location.hash === "#run") addEventListener("load", come, { once: true });
matchMedia("(max-width: 640px), (max-height: 32rem)").addEventListener("change", () => {
  if (isOpen() && !docked()) sheet().hidePopover();
});
