/* ⌘K: type whatever is at hand (a name, a number, a page) and go. */
const palette = document.querySelector("[data-palette]");
const PAUSE = 120; // milliseconds without a key before what was typed is looked for

if (palette) {
  const input = palette.querySelector("input");
  const form = palette.querySelector("form");
  const list = palette.querySelector("[data-options]");
  const items = () => [...list.querySelectorAll("[data-url], [data-line]")];
  const shown = () => items().filter((item) => !item.hidden);
  let chosen = -1;
  let waiting = 0;
  let asking = null;

  const mark = () => {
    const visible = shown();
    items().forEach((item) => item.setAttribute("aria-selected", String(visible[chosen] === item)));
    visible[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const forget = () => {
    asking?.abort();
    clearTimeout(waiting);
    list.querySelectorAll("[data-found]").forEach((item) => item.remove());
  };
  const narrow = () => {
    const wanted = input.value.trim().toLowerCase();
    for (const item of items()) item.hidden = !("found" in item.dataset) && !item.textContent.toLowerCase().includes(wanted);
    chosen = wanted && shown().length ? 0 : -1;
    mark();
  };
  const ask = async (wanted) => {
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.find}?q=${encodeURIComponent(input.value)}`, {
        headers: { "HX-Request": "true" },
        signal: asking.signal,
      });
      if (!answer.ok || input.value.trim() !== wanted) return;
      list.querySelectorAll("[data-found]").forEach((item) => item.remove());
      list.insertAdjacentHTML("afterbegin", await answer.text());
      list.append(...list.querySelectorAll("[data-rest]")); // below the pages: Enter takes what was meant, if anything
      narrow();
    } catch {
      // Something else was typed meanwhile; or there is no network, and the pages are still offered.
    }
  };

  // An operator, or its value: the line goes on with it.
  const goOn = (item) => {
    input.value = item.dataset.line;
    input.focus();
    input.dispatchEvent(new Event("input"));
  };

  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) return;
      input.value = "";
      forget();
      narrow();
      palette.showModal();
    }
  });
  input.addEventListener("input", () => {
    forget();
    narrow();
    const wanted = input.value.trim();
    if (wanted.length > 1) waiting = setTimeout(() => ask(wanted), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = shown().length;
      if (count) chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1 + (chosen < 0))) % count;
      mark();
    }
    const marked = shown()[chosen];
    if (event.key === "Enter" && marked?.dataset.url) {
      event.preventDefault();
      location.assign(marked.dataset.url);
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && marked?.dataset.line) {
      event.preventDefault();
      goOn(marked);
    }
  });
  palette.addEventListener("click", (event) => {
    const item = event.target.closest("[data-url], [data-line]");
    if (item?.dataset.line) goOn(item);
    else if (item) location.assign(item.dataset.url);
    else if (event.target === palette) palette.close();
  });
}
