/* ⌘K: type a protocol, an order or a page, and go. */
const palette = document.querySelector("[data-palette]");

if (palette) {
  const input = palette.querySelector("input");
  const items = [...palette.querySelectorAll("[data-url]")];
  let chosen = -1;

  const shown = () => items.filter((item) => !item.hidden);
  const mark = () => items.forEach((item) => item.setAttribute("aria-selected", String(shown()[chosen] === item)));

  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) return;
      input.value = "";
      chosen = -1;
      for (const item of items) item.hidden = false;
      mark();
      palette.showModal();
    }
  });
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
    chosen = wanted && shown().length ? 0 : -1;
    mark();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = shown().length;
      if (count) chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1 + (chosen < 0))) % count;
      mark();
    }
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(shown()[chosen].dataset.url);
    }
  });
  palette.addEventListener("click", (event) => {
    const item = event.target.closest("[data-url]");
    if (item) location.assign(item.dataset.url);
    else if (event.target === palette) palette.close();
  });
}
