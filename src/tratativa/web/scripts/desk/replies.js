/* Saved replies: `/` at a word's start, the button, or ⌘K; the text comes filled and stands in the composer to be read. */
import { post } from "../shared/csrf.js";
import { folded, rank } from "./fuzzy.js";

const dialog = document.querySelector("[data-picker]");
const AT_START = /(^|\s)$/;
let listed = null; // the offered replies, asked for once a page

const form = () => document.querySelector("[data-composer]");
const button = () => form()?.querySelector("[data-replies]");

function offered() {
  listed ??= fetch(button().dataset.replies, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
    .then((html) => [...new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html").querySelectorAll("[data-reply]")]);
  listed.catch(() => (listed = null)); // the next look asks again
  return listed;
}

/* Puts the words where the cursor is, and selects the first thing they lack. */
function insert(field, { text, rich }) {
  if (field.hidden) {
    field.dispatchEvent(new CustomEvent("inserted", { detail: { text, rich } })); // the editor stands before it
    return;
  }
  const at = field.selectionStart;
  field.setRangeText(text, at, field.selectionEnd, "end");
  const blank = /⟦[^⟦⟧]*⟧/.exec(text);
  field.focus();
  if (blank) field.setSelectionRange(at + blank.index, at + blank.index + blank[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function choose(key) {
  const ours = form();
  const said = ours.querySelector("[data-replied]");
  const body = new FormData(ours);
  body.delete("files");
  const answer = await post(`${button().dataset.replies}/${key}`, body).catch(() => null);
  if (!answer?.ok) {
    said.textContent = dialog.querySelector("[data-failed]").textContent.trim();
    said.hidden = false;
    return;
  }
  const filled = await answer.json();
  const to = [...ours.querySelectorAll("input[type=radio][name=to]")].find((one) => one.value === filled.to);
  if (to) to.checked = true;
  said.insertAdjacentHTML("beforebegin", filled.attached);
  said.textContent = filled.told;
  said.hidden = !filled.told;
  ours.dataset.filledFor = filled.to;
  insert(ours.elements.text, filled);
}

if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[data-options]");
  const none = dialog.querySelector("[data-none]");
  const failed = dialog.querySelector("[data-failed]");
  let shown = [];
  let at = 0;
  let typed = false; // whether `/` opened it, and stands in the text when nothing is chosen

  const mark = () => {
    shown.forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (shown[at]) input.setAttribute("aria-activedescendant", shown[at].id);
    else input.removeAttribute("aria-activedescendant");
    shown[at]?.scrollIntoView({ block: "nearest" });
  };
  const narrow = async () => {
    try {
      const all = await offered();
      const wanted = folded(input.value).replace(/^\//, "");
      const ranked = all.map((item) => [item, rank(wanted, item.dataset)]).filter(([, found]) => found > 0);
      if (wanted) ranked.sort(([, one], [, other]) => other - one);
      shown = ranked.map(([item]) => item);
      list.replaceChildren(...shown);
      none.hidden = shown.length > 0;
      at = 0;
      mark();
    } catch {
      failed.hidden = false;
    }
  };
  const open = (bySlash) => {
    typed = bySlash;
    input.value = "";
    failed.hidden = none.hidden = true;
    dialog.showModal();
    input.focus();
    narrow();
  };
  const take = (item) => {
    typed = false;
    dialog.close();
    choose(item.dataset.reply);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-replies]")) return;
    event.preventDefault();
    open(false);
  });
  document.addEventListener(
    "beforeinput",
    (event) => {
      const field = event.target;
      if (event.inputType !== "insertText" || event.data !== "/" || event.isComposing || dialog.open) return;
      if (!form()?.contains(field) || !field.matches("textarea, [contenteditable=true]")) return;
      const chosen = getSelection();
      const before = field.matches("textarea")
        ? field.value.slice(0, field.selectionStart)
        : chosen.anchorNode?.nodeType === Node.TEXT_NODE
          ? chosen.anchorNode.data.slice(0, chosen.anchorOffset)
          : "";
      if (!AT_START.test(before)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      open(true);
    },
    true,
  );
  input.addEventListener("input", () => {
    if (input.value === "/" && typed) dialog.close(); // `//` is a slash
    else narrow();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shown.length) at = (at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
      mark();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (shown[at]) take(shown[at]);
    }
  });
  dialog.addEventListener("click", (event) => {
    const item = event.target.closest("[data-reply]");
    if (item) take(item);
    else if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (typed) insert(form().elements.text, { text: "/", rich: "" });
    else form().elements.text.focus();
    typed = false;
  });
  document.addEventListener("change", (event) => {
    const ours = form();
    if (event.target.name !== "to" || event.target.form !== ours || !ours?.dataset.filledFor) return;
    const said = ours.querySelector("[data-replied]");
    const other = event.target.value !== ours.dataset.filledFor;
    said.textContent = other ? said.dataset.other : "";
    said.hidden = !other;
  });
  document.addEventListener(
    "answered",
    ({ target }) => {
      if (target.elements.text.value) return; // it was refused, and stands there still
      target.querySelectorAll("[data-attached-reply]").forEach((one) => one.remove());
    },
    true, // it does not bubble
  );

  /* ⌘K offers them beside the pages: an address within this one says which was chosen. */
  const palette = document.querySelector("[data-palette]");
  document.addEventListener("keydown", async (event) => {
    if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "k" || !form()) return;
    const options = palette.querySelector("[data-options]");
    if (options.querySelector("[data-url^='#reply-']")) return;
    for (const item of await offered().catch(() => [])) {
      const copy = item.cloneNode(true);
      copy.id = "";
      copy.dataset.url = `#${item.id}`;
      delete copy.dataset.reply;
      copy.insertAdjacentHTML("beforeend", '<span class="unseen" aria-hidden="true"></span>');
      copy.lastElementChild.textContent = item.dataset.foundBy;
      options.append(copy);
    }
  });
  addEventListener("hashchange", () => {
    const [, key] = /^#reply-([0-9a-f-]{36})$/.exec(location.hash) ?? [];
    if (!key) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    palette.close();
    choose(key);
  });
}

/* What a procedure has an agent say is put into the message by one press. */
if (form()) document.documentElement.dataset.uses = "yes";
document.addEventListener("click", (event) => {
  const words = event.target.closest?.("[data-use]")?.previousElementSibling;
  const ours = form();
  if (!words || !ours) return;
  insert(ours.elements.text, { text: words.innerText.trim(), rich: "" });
  ours.scrollIntoView({ block: "nearest" });
});

/* The gaps of the editor in Ajustes: one press puts one where the cursor is. */
const gaps = document.querySelector("[data-gaps]");
gaps?.addEventListener("click", (event) => {
  const gap = event.target.closest("[data-gap]");
  if (!gap) return;
  const field = document.getElementById(gaps.dataset.gaps);
  field.setRangeText(gap.textContent.trim(), field.selectionStart, field.selectionEnd, "end");
  field.focus();
});
