/* Menus are <details>: they close on Escape, on a click elsewhere, and when another opens. Filters fold. */
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches?.("details[data-menu]") || !event.target.open) return;
    for (const menu of open()) if (menu !== event.target) menu.open = false;
  },
  true,
);

for (const toggle of document.querySelectorAll("[data-toggle]")) {
  const target = document.getElementById(toggle.dataset.toggle);
  target.hidden = target.hasAttribute("data-folded");
  toggle.setAttribute("aria-expanded", String(!target.hidden));
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    target.hidden = !target.hidden;
    toggle.setAttribute("aria-expanded", String(!target.hidden));
    if (!target.hidden) target.querySelector("input:not([type=hidden]), select")?.focus();
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      toggle.click();
    }
  });
}
