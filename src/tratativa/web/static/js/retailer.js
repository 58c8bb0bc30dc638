/* The retailer's panel renews itself; what its reader unfolded stays unfolded, and nothing moves where nothing changed. */
const last = new WeakMap();
let unfolded = [];

const folds = (panel) => panel.querySelectorAll("details[data-fold]");

document.addEventListener("htmx:beforeSwap", (event) => {
  const panel = event.detail.target;
  if (panel?.id !== "retailer") return;
  const text = event.detail.serverResponse;
  if (last.get(panel) === text) event.detail.shouldSwap = false;
  last.set(panel, text);
  unfolded = [...folds(panel)].filter((one) => one.open).map((one) => one.dataset.fold);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "retailer") return;
  for (const one of folds(event.detail.target)) one.open = unfolded.includes(one.dataset.fold);
});
