/* Links marked data-dialog open their form over the page; without this script they are pages of their own. A form marked
   data-sheet stands beside the page where there is room for both: what was asked stays to be read while it is answered. */
import { headers, post } from "../shared/csrf.js";
import { forget, giveBack } from "../shared/kept.js";
import { mayLeave, stays } from "../shared/unsaved.js";

const frame = document.querySelector("[data-dialog-frame]");
const beside = matchMedia("(min-width: 1000px)");
const FIELDS = "textarea, input:not([type=hidden]), select, button";

function show(html) {
  frame.innerHTML = html;
  const title = frame.querySelector("h1");
  if (title) frame.setAttribute("aria-label", title.textContent.trim());
  const sheet = Boolean(frame.querySelector("form[data-sheet]"));
  frame.classList.toggle("dialog--sheet", sheet);
  if (!frame.open) {
    if (sheet && beside.matches) frame.show();
    else frame.showModal();
  }
  giveBack(frame);
}

export async function openInDialog(url) {
  const answer = await fetch(url, { headers: headers({ "HX-Request": "true" }), credentials: "same-origin" });
  if (!answer.ok || answer.redirected) {
    location.assign(url);
    return;
  }
  if (frame.open && !mayLeave(frame)) return;
  show(await answer.text());
  frame.querySelector(FIELDS)?.focus();
}

function close() {
  if (mayLeave(frame)) frame.close();
}

/* Sends the form from where it stands. What is wrong is said in it; what was done is said by the page that follows. */
async function send(form, submitter) {
  let answer;
  try {
    answer = await post(form.action, new FormData(form, submitter), { headers: { "HX-Request": "true" } });
  } catch {
    stays(form);
    delete form.dataset.sent;
    const said = form.querySelector("[data-offline]");
    said.hidden = false;
    said.scrollIntoView({ block: "nearest" });
    return;
  }
  const next = answer.headers.get("HX-Redirect");
  if (next) {
    forget(form);
    goTo(next);
  } else if ([409, 422].includes(answer.status)) {
    show(await answer.text());
    const wrong = frame.querySelector("[aria-invalid=true]") ?? frame.querySelector("[role=alert]");
    wrong?.focus();
    wrong?.scrollIntoView({ block: "nearest" });
  } else {
    form.submit(); // nothing was taken: the page that says why stands for itself
  }
}

// An address that differs in its fragment alone would only scroll.
function goTo(address) {
  const url = new URL(address, location.href);
  const same = url.pathname + url.search === location.pathname + location.search;
  if (same) history.replaceState(history.state, "", url);
  if (same) location.reload();
  else location.assign(url);
}

if (frame) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
    openInDialog(link.href);
  });
  frame.addEventListener("click", (event) => {
    if (event.target === frame || event.target.closest("[data-close]")) {
      event.preventDefault();
      close();
    }
  });
  // After every other listener: whoever wanted to stop the form, or to send it later, has done so by now.
  addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-dialog-frame] form[data-sheet]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  // A sheet beside the page is no modal dialog: the browser leaves its Escape to us.
  document.addEventListener("keydown", (event) => {
    const outside = event.defaultPrevented || !frame.open || frame.matches(":modal");
    if (event.key !== "Escape" || outside || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    close();
  });
  frame.addEventListener("cancel", (event) => {
    if (event.target === frame && !mayLeave(frame)) event.preventDefault();
  });
  frame.addEventListener("close", (event) => {
    if (event.target !== frame) return;
    for (const form of frame.querySelectorAll("form")) forget(form);
    frame.replaceChildren(); // what was given up is not asked about again
  });
}
