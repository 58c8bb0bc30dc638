/* Files dropped anywhere on a page with a composer go into the message; nowhere do they take the page away. */
const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/* The field that takes them: the open dialog's, or the message's. */
function taker() {
  const over = document.querySelector("dialog[open]");
  return (over ?? document).querySelector(over ? "input[data-files]" : "[data-composer] input[data-files]");
}

let inside = 0; // how many elements the pointer is over with files: leaving one enters another

const show = (over) => document.documentElement.toggleAttribute("data-dropping", over && Boolean(taker()));

document.addEventListener("dragenter", (event) => {
  if (!carries(event)) return;
  inside += 1;
  show(true);
});
document.addEventListener("dragleave", (event) => {
  if (!carries(event)) return;
  inside = Math.max(0, inside - 1);
  if (!inside) show(false);
});
document.addEventListener(
  "dragover",
  (event) => {
    if (!carries(event) || event.target.closest?.("input[type=file]")) return;
    event.preventDefault(); // without it the browser opens each file in a tab
    event.dataTransfer.dropEffect = taker() ? "copy" : "none";
  },
  true,
);
document.addEventListener(
  "drop",
  (event) => {
    inside = 0;
    show(false);
    if (!carries(event) || event.target.closest?.("input[type=file]")) return;
    event.preventDefault();
    event.stopPropagation(); // the editor would take what it can of it
    const field = taker();
    const files = [...event.dataTransfer.files];
    if (!field || !files.length) return;
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.form.querySelector("[data-waiting]")?.scrollIntoView({ block: "nearest" });
  },
  true,
);
