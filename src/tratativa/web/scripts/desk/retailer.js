/* The retailer's panel renews itself: what its reader unfolded stays unfolded, and whoever is in it keeps their place. */
let unfolded = [];
let place = -1;

const folds = (panel) => [...panel.querySelectorAll("details[data-fold]")];
const stops = (panel) => [...panel.querySelectorAll("summary, a, button")];

document.addEventListener("htmx:beforeSwap", (event) => {
  const panel = event.detail.target;
  if (panel?.id !== "retailer") return;
  unfolded = folds(panel).filter((one) => one.open).map((one) => one.dataset.fold);
  place = stops(panel).indexOf(document.activeElement);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.detail.target;
  if (panel?.id !== "retailer") return;
  for (const one of folds(panel)) one.open = unfolded.includes(one.dataset.fold);
  if (place >= 0) stops(panel)[place]?.focus();
});
