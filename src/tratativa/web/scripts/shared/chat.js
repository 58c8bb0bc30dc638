/* A conversation: what is written goes without leaving the page; what is refused stays in the field, with the reason. */
import { headers } from "./csrf.js";
import { forget } from "./kept.js";
import { saysEnded } from "./session.js";

function begin(form) {
  const field = form.elements.text;
  const errors = form.querySelector("[data-errors]");
  const anyway = form.querySelector("[data-anyway]");
  let going = false;

  const say = (found) => {
    errors.replaceChildren(
      ...Object.entries(found).map(([name, words]) => {
        const line = document.createElement("p");
        line.className = `notice notice--${name === "conduct" ? "warning" : "error"}`;
        line.textContent = words;
        return line;
      }),
    );
    anyway.hidden = !found.conduct;
  };

  const done = ({ told, moved }) => {
    if (moved) {
      location.assign(moved);
      return;
    }
    field.value = "";
    forget(form);
    form.querySelector("[data-waiting]").replaceChildren();
    form.querySelectorAll("[data-warning]").forEach((one) => (one.hidden = true));
    say(told ? { conduct: told } : {});
    anyway.hidden = true;
    window.htmx?.trigger(document.getElementById("timeline"), "news");
  };

  const send = async (button) => {
    if (going || (!field.value.trim() && !form.querySelector("[data-file]"))) return;
    going = true;
    try {
      const asks = headers({ Accept: "application/json" });
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button), headers: asks });
      if (await saysEnded(answer)) {
        say({ "": (await answer.json()).error });
        return;
      }
      if (!answer.headers.get("content-type")?.startsWith("application/json")) {
        form.submit(); // signed out, or an answer no script can read: the browser shows what there is
        return;
      }
      const said = await answer.json();
      if (answer.ok) done(said);
      else say(said.errors);
    } catch {
      say({ "": form.dataset.offline });
    } finally {
      going = false;
    }
    form.dispatchEvent(new Event("answered"));
    field.focus();
  };

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "remove") return;
    event.preventDefault();
    send(button);
  });
  // A telephone's Enter begins a line; a keyboard's sends, and with Shift begins one.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

const start = () => {
  const form = document.querySelector("[data-chat]");
  if (form) begin(form);
};
start();
document.addEventListener("tratativa:composer", start);
