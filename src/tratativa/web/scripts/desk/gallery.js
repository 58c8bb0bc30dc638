/* Pictures of a conversation one after the other; without this script each is saved from its own link. */
const dialog = document.querySelector("[data-gallery]");

if (dialog) {
  const image = dialog.querySelector("img");
  const name = dialog.querySelector("[data-name]");
  const place = dialog.querySelector("[data-place]");
  const save = dialog.querySelector("[data-save]");
  const [previous, next] = [dialog.querySelector("[data-before]"), dialog.querySelector("[data-after]")];
  const first = dialog.querySelector("[data-first-page]");
  let all = [];
  let at = 0;

  const show = () => {
    const link = all[at];
    image.src = link.querySelector("img").src;
    image.alt = link.querySelector("img").alt;
    name.textContent = link.querySelector(".file__name").textContent;
    place.textContent = `${at + 1}/${all.length}`;
    save.href = link.href;
    first.hidden = !link.hasAttribute("data-pages");
    previous.disabled = at === 0;
    next.disabled = at === all.length - 1;
  };
  const step = (by) => {
    at = Math.min(all.length - 1, Math.max(0, at + by));
    show();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.file--picture");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    all = [...document.querySelectorAll("a.file--picture")];
    at = all.indexOf(link);
    show();
    dialog.showModal();
  });
  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => all[at]?.focus());
}
