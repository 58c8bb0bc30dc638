/* The decision of a mediation is sent from any of its fields: Ctrl+Enter decides, with Shift goes on to the next one. */
const form = document.querySelector("#decide form");

if (form) {
  // A decision that came back with what was wrong begins where it is wrong.
  form.querySelector("[aria-invalid=true]")?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const next = event.shiftKey ? form.querySelector("[name=then][value=next]") : null;
    form.requestSubmit(next ?? form.querySelector(".button--main"));
  });
}
