/* Says so when the session behind the page has ended, whichever of its scripts notices first. */
const bar = document.querySelector("[data-signed-out]");

export function ended() {
  if (!bar || !bar.hidden) return;
  const form = document.querySelector("dialog[open] form[method=post]");
  bar.querySelector("a").href = form?.action ?? location.pathname + location.search;
  const words = [...document.querySelectorAll("form[method=post] textarea")].some((one) => one.value.trim());
  bar.querySelector("[data-words]").hidden = !words;
  bar.querySelector("[data-no-words]").hidden = words;
  bar.hidden = false;
  // Behind an open dialog nothing can be pressed.
  const dialog = document.querySelector("dialog[open]");
  dialog?.prepend(bar);
  dialog?.addEventListener("close", () => document.body.prepend(bar), { once: true, capture: true });
  document.dispatchEvent(new CustomEvent("tratativa:ended"));
}

/* Whether an answer says that nobody is signed in, or somebody else. */
export async function saysEnded(answer) {
  if (![401, 403].includes(answer.status)) return false;
  const said = await answer.clone().json().catch(() => ({}));
  if (said.signed_out) ended();
  return Boolean(said.signed_out);
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  if ([401, 403].includes(detail.xhr.status) && detail.xhr.responseText.includes("signed_out")) ended();
});
// Whoever goes to sign in comes back to their words: nothing is lost that one would have to be asked about.
bar?.querySelector("a").addEventListener("click", () => {
  document.body.dataset.returns = "";
});
document.addEventListener("input", () => {
  if (!bar || bar.hidden) return;
  bar.querySelector("[data-words]").hidden = false;
  bar.querySelector("[data-no-words]").hidden = true;
});
