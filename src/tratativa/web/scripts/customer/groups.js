/* A folded group opens when what is chosen lies in it: words given back tick a reason nobody would see. */
const open = () => {
  for (const group of document.querySelectorAll("details.group:not([open])")) {
    if (group.querySelector(":checked")) group.open = true;
  }
};
open();
document.addEventListener("change", open);
