/* One key sends and opens the next case of the list one came from. */
function begin() {
  const form = document.querySelector("[data-composer]:not([data-chat])");
  const button = form?.querySelector("[data-onward]");
  const next = document.querySelector("[data-queue] [data-next][href]");
  if (!button || !next || next.hidden) return;
  button.hidden = false;
  button.querySelector("[data-onward-place]").textContent = document.querySelector("[data-queue] [data-place]").textContent;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "warned") return; // sent anyway: where to stays as it was said before
    form.elements.then.value = event.submitter === button ? new URL(next.href).pathname : "";
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (!form.contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.requestSubmit(button);
  }, true);
}
begin();
document.addEventListener("tratativa:composer", begin);
