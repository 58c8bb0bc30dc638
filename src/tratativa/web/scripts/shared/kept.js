/* Words survive a session that ends while somebody types: each form's are kept on the shelf until the server has them,
   and stand in the form again when their author comes back. Passwords, sealed data and files are never kept. */
import * as shelf from "./shelf.js";

const TYPED = "textarea, input:not([type]), input[type=text], input[type=date], input[type=datetime-local], input[type=url], input[type=email]";
const ASIDE = "[type=hidden], [type=password], [type=file], [type=submit], button, [data-sealed] *";
const LEAVES = /^\/(accounts\/logout\/|my\/leave|partner\/leave)$/;
const ids = new WeakMap();
let leaving = false;

const path = (form) => new URL(form.action, location.href).pathname;
const ticks = (field) => ["checkbox", "radio"].includes(field.type);
const fields = (form) => [...form.elements].filter((one) => one.name && (one.name === "rich" || !one.matches(ASIDE)));
const watched = (form) =>
  shelf.me && form?.method === "post" && !form.querySelector("[type=password]") && form.querySelector(TYPED);

function values(form) {
  const found = {};
  for (const field of fields(form)) {
    found[field.name] ??= [];
    if (!ticks(field)) found[field.name].push(field.value);
    else if (field.checked) found[field.name].push(field.value);
  }
  return found;
}

const typed = (form) => [...form.querySelectorAll(TYPED)].filter((one) => !one.matches(ASIDE));
const says = (form) => typed(form).some((one) => one.value.trim());

/* Puts what the form says on the shelf. */
export function keep(form) {
  if (leaving || !watched(form)) return;
  if (!says(form)) {
    forget(form);
    return;
  }
  if (!ids.has(form)) ids.set(form, unique());
  const title = form.querySelector("h1, h2")?.textContent.trim() ?? "";
  const own = Boolean(form.closest("dialog")) || path(form) === location.pathname;
  shelf.put(ids.get(form), {
    form: path(form), page: location.pathname, values: values(form), title, own, draft: form.elements.draft?.value ?? "",
  });
}

// Not `randomUUID`: that one is kept from pages without HTTPS.
function unique() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/* Takes it off again: the server has it, or its author does not want it. */
export function forget(form) {
  if (ids.has(form)) shelf.take(ids.get(form));
}

function fill(form, kept) {
  const at = {};
  for (const field of fields(form)) {
    const said = kept.values[field.name];
    if (!said) continue;
    if (ticks(field)) field.checked = said.includes(field.value);
    else {
      const place = (at[field.name] = (at[field.name] ?? -1) + 1);
      if (said[place] !== undefined) field.value = said[place];
    }
  }
  for (const area of form.querySelectorAll("textarea[data-rich]")) {
    area.defaultValue = area.value; // the editor takes these words with their marks
    area.dataset.rich = kept.values.rich?.[0] ?? "";
    form.dataset.unkept = "1";
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function notice(name, form) {
  const drawn = document.querySelector(`template[data-${name}]`).content.cloneNode(true).firstElementChild;
  form?.prepend(drawn);
  return drawn;
}

function restore(form, kept) {
  ids.set(form, kept.id);
  fill(form, kept);
  const said = notice("kept-back", form);
  said.querySelector("[data-discard]").addEventListener("click", () => {
    forget(form);
    form.dispatchEvent(new CustomEvent("discarded"));
    said.remove();
    if (form.matches("[data-composer]")) location.reload();
    else form.reset();
  });
  said.scrollIntoView({ block: "nearest" });
}

/* Words whose form is not on this page: it may no longer be offered, so they are shown to be copied. */
function show(kept) {
  const said = notice("kept-alone");
  said.querySelector("[data-words]").textContent = Object.entries(kept.values)
    .filter(([name]) => name !== "rich")
    .flatMap(([, value]) => value)
    .filter((value) => /\s/.test(value) || value.length > 12)
    .join("\n\n");
  const link = said.querySelector("a");
  if (kept.own) link.href = kept.form;
  else link.remove();
  said.querySelector("[data-discard]").addEventListener("click", () => {
    shelf.take(kept.id);
    said.remove();
  });
  document.getElementById("content")?.prepend(said);
}

const forms = () => [...document.forms].filter(watched);

/* Gives back what waits for the forms in `place`; the newest where there are several. */
export function giveBack(place) {
  for (const form of forms().filter((one) => place.contains(one) && !ids.has(one))) {
    const [kept] = shelf.mine().filter((one) => one.form === path(form));
    if (!kept) continue;
    const same = JSON.stringify(values(form)) === JSON.stringify(kept.values);
    if (same) shelf.take(kept.id);
    else if (form.matches("[data-composer]") && !form.matches("[data-chat]") && clashes(form, kept)) form.keptElsewhere = kept;
    else restore(form, kept);
  }
}

/* Whether the draft says something else than it did when these words were written, which they do not contain. */
function clashes(form, kept) {
  const drawn = form.elements.text.value;
  return kept.draft !== form.elements.draft?.value && !kept.values.text?.[0]?.includes(drawn);
}

giveBack(document.body);
const here = new Set([...document.forms].map(path));
for (const kept of shelf.mine()) if (kept.page === location.pathname && !here.has(kept.form)) show(kept);

document.addEventListener("input", (event) => keep(event.target.form));
document.addEventListener("change", (event) => event.isTrusted && keep(event.target.form));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (LEAVES.test(path(form))) {
    leaving = true; // who signs out leaves nothing behind
    shelf.clear();
    return;
  }
  keep(form);
  if (event.defaultPrevented || !watched(form) || !ids.has(form)) return;
  form.elements.slip?.remove();
  const slip = document.createElement("input");
  Object.assign(slip, { type: "hidden", name: "slip", value: ids.get(form) });
  form.append(slip);
});
