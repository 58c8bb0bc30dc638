/* Two pages of one person wrote on the same draft: neither is written over; whoever writes chooses between the two. */

/* `theirs` is `{ text, rich, version }`. `choose` is called with the version now known, and whether the other words
   are to stand here. */
export function offer(form, name, theirs, choose) {
  form.querySelector(".elsewhere")?.remove();
  const said = document.querySelector(`template[data-elsewhere=${name}]`).content.cloneNode(true).firstElementChild;
  said.querySelector("[data-words]").textContent = theirs.text;
  const done = (takes) => {
    said.remove();
    if (takes) write(form, theirs);
    choose(theirs.version, takes);
  };
  said.querySelector("[data-mine]").addEventListener("click", () => done(false));
  said.querySelector("[data-theirs]").addEventListener("click", () => done(true));
  form.prepend(said);
}

/* Puts words into the composer, where the editor has come too. */
function write(form, { text, rich }) {
  const field = form.elements.text;
  field.value = text;
  field.dispatchEvent(new CustomEvent("rewritten", { detail: { text, rich } }));
}
