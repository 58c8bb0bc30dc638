/* A field that is asked under one choice alone shows only then; without this script it stands there and may stay empty. */
const settle = (form) => {
  for (const field of form.querySelectorAll("[data-only]")) {
    field.hidden = field.dataset.only.split(" ").some((pair) => {
      const [name, value] = pair.split("=");
      return form.querySelector(`[name="${CSS.escape(name)}"]:checked`)?.value !== value;
    });
  }
};

for (const form of document.forms) if (form.querySelector("[data-only]")) settle(form);
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.querySelector("[data-only]")) settle(form);
});
