/* A form is sent once, however often its button is pressed; a page that comes back may send again. */
const REST = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < REST) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = String(Date.now());
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
