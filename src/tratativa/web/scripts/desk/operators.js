/* A search box that completes operators and their values while one types: arrows, Enter or Tab, or a thumb. */
const PAUSE = 120; // milliseconds without a key before it is asked

function complete(input) {
  const list = document.createElement("ul");
  list.className = "completing";
  list.id = `${input.id}-completes`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("autocomplete", "off");
  const items = () => [...list.children];
  let chosen = -1;
  let waiting = 0;
  let asking = null;

  const mark = () => {
    items().forEach((item, number) => {
      item.id = `${list.id}-${number}`;
      item.setAttribute("aria-selected", String(number === chosen));
    });
    const item = items()[chosen];
    item?.scrollIntoView({ block: "nearest" });
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (html) => {
    list.innerHTML = html;
    list.hidden = !items().length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
    mark();
  };
  const hide = () => {
    asking?.abort();
    clearTimeout(waiting);
    show("");
  };
  const ask = async () => {
    const line = input.value;
    // What stands behind the cursor would be lost: only the end of the line is completed.
    if (!line.trim() || input.selectionStart !== line.length) return hide();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.completes}?q=${encodeURIComponent(line)}`, { signal: asking.signal });
      if (answer.ok && input.value === line && document.activeElement === input) show(await answer.text());
    } catch {
      // Something else was typed meanwhile; without a network one goes on typing.
    }
  };
  const take = (item) => {
    input.value = item.dataset.line;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    show("");
    ask();
  };

  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const count = items().length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1 + (chosen < 0))) % count;
      mark();
    } else if ((event.key === "Enter" && chosen >= 0) || (event.key === "Tab" && !event.shiftKey)) {
      event.preventDefault();
      take(items()[Math.max(0, chosen)]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      hide();
    }
  });
  // Before the box loses the focus, or the click would find the list gone.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-line]");
    if (item) take(item);
  });
  input.addEventListener("blur", hide);
  input.form?.addEventListener("submit", hide);
}

for (const input of document.querySelectorAll("[data-completes]")) complete(input);
