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

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const items = [...menu.querySelectorAll("a.menu__item, button.menu__item")];
  if (!items.length) return;
  event.preventDefault();
  const here = items.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? here + 1 : here - 1;
  items[(next + items.length) % items.length].focus();
});

for (const toggle of document.querySelectorAll("[data-toggle]")) {
  const target = document.getElementById(toggle.dataset.toggle);
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    const opens = target.hasAttribute("data-folded");
    target.toggleAttribute("data-folded", !opens);
    toggle.setAttribute("aria-expanded", String(opens));
    if (opens) target.querySelector("input:not([type=hidden]), select")?.focus();
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      toggle.click();
    }
  });
}
