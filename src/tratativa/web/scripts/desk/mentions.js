/* Naming a colleague in a note: `@` and the first letters, completed below the field by arrows, Enter or a click. */
import { folded } from "./fuzzy.js";

const MOST = 6;
const BEGUN = /(^|[\s(])@([\p{L}\p{M}.'-]*(?: [\p{L}\p{M}.'-]*)?)$/u;
const offered = new Map(); // by address, asked for once a page
let open = null; // { field, list, from }

function colleagues(address) {
  if (!offered.has(address)) {
    const asked = fetch(address, { credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
      .then((html) => [...new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html").querySelectorAll("[data-mention]")]);
    asked.catch(() => offered.delete(address)); // the next look asks again
    offered.set(address, asked);
  }
  return offered.get(address);
}

function close() {
  open?.list.remove();
  for (const name of ["aria-controls", "aria-activedescendant", "aria-expanded"]) open?.field.removeAttribute(name);
  open = null;
}

function mark(at) {
  const items = [...open.list.children];
  items.forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  open.field.setAttribute("aria-activedescendant", items[at].id);
}

const marked = () => [...open.list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");

function take(item) {
  const { field, from } = open;
  field.setRangeText(`@${item.dataset.mention} `, from, field.selectionStart, "end");
  close();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function look(field) {
  const [all, , wanted] = BEGUN.exec(field.value.slice(0, field.selectionStart)) ?? [];
  if (all === undefined) return close();
  const people = await colleagues(field.form.dataset.mentions).catch(() => []);
  const begins = (item) => ` ${folded(item.textContent)}`.includes(` ${folded(wanted)}`);
  const found = people.filter(begins).slice(0, MOST);
  close();
  // Written out already: Enter is a new line again.
  if (!found.length || (found.length === 1 && folded(found[0].dataset.mention) === folded(wanted))) return undefined;
  const list = document.createElement("ul");
  list.className = "mentions menu__list";
  list.id = "mentions";
  list.setAttribute("role", "listbox");
  list.append(...found.map((item) => item.cloneNode(true)));
  field.after(list);
  open = { field, list, from: field.selectionStart - wanted.length - 1 };
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  mark(0);
  return undefined;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("form[data-mentions] textarea")) look(event.target);
});
document.addEventListener("click", (event) => {
  const item = event.target.closest("[data-mention]");
  if (item && open?.list.contains(item)) take(item);
  else close();
});
document.addEventListener("keydown", (event) => {
  if (!open || event.target !== open.field || event.isComposing) return;
  const count = open.list.children.length;
  if (event.key === "ArrowDown") mark((marked() + 1) % count);
  else if (event.key === "ArrowUp") mark((marked() + count - 1) % count);
  else if (event.key === "Enter" || event.key === "Tab") take(open.list.children[marked()]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
