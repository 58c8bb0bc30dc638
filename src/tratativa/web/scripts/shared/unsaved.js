/* Words that were typed and not sent ask before they are left: by closing the page, by a link, by closing a dialog.
   The composer keeps its draft on the server, so it asks only while that has not been done. */
const FORMS = "form[data-form], form[data-composer]";
const sent = new WeakSet();

function changed(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "select-one") {
    const usual = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(usual, 0);
  }
  return ["textarea", "text", "date", "datetime-local", "url", "email", "search"].includes(field.type) && field.value !== field.defaultValue;
}

export function unsent(form) {
  if (sent.has(form)) return false;
  if (form.matches("[data-composer]")) return Boolean(form.dataset.unkept);
  // A form that came back with what was wrong holds words nobody received yet.
  return Boolean(form.querySelector(".notice--error, [aria-invalid]")) || [...form.elements].some(changed);
}

export function mayLeave(place) {
  const waiting = [...place.querySelectorAll(FORMS)].some(unsent);
  return !waiting || confirm(document.body.dataset.unsent);
}

/* It was not sent after all: its words wait as before. */
export const stays = (form) => sent.delete(form);

// At the very end: whoever wanted to stop the form, or to send it later, has done so by now.
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent.add(event.target);
});
addEventListener("beforeunload", (event) => {
  if ("returns" in document.body.dataset) return;
  if ([...document.querySelectorAll(FORMS)].some(unsent)) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll(FORMS)) sent.delete(form);
});
