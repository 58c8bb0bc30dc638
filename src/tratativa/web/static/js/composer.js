/* The composer: keeps the draft on the server as it is written, and asks before the customer can read. */
import { post } from "./csrf.js";

const form = document.querySelector("[data-composer]");
const PAUSE = 900;

if (form) {
  const saved = form.querySelector("[data-saved]");
  const confirming = document.querySelector("[data-confirm]");
  let waiting = 0;
  let sending = false;
  let pressed = null;
  let keeping = new AbortController();

  const body = () => {
    const data = new FormData(form);
    data.delete("files");
    return data;
  };

  const keep = async () => {
    if (sending) return;
    clearTimeout(waiting);
    const typed = form.dataset.unkept;
    try {
      keeping = new AbortController();
      const answer = await post(form.dataset.draft, body(), { signal: keeping.signal });
      if (!answer.ok) return;
      if (form.dataset.unkept === typed) delete form.dataset.unkept; // else more was typed meanwhile
      if (saved) saved.textContent = saved.dataset.text ?? "";
    } catch {
      /* Offline: the next keystroke tries again, and the text stays in the field. */
    }
  };

  const warning = form.querySelector("[data-warning]");
  const check = async () => {
    if (sending || !warning) return;
    try {
      const answer = await post(form.dataset.conduct, body());
      if (!answer.ok) return;
      form.querySelector("#conduct-warning")?.remove(); // it spoke of the text as it was sent
      warning.textContent = (await answer.json()).texts.join(" ");
      warning.hidden = !warning.textContent;
    } catch {
      /* Offline: the server checks again when the message is sent. */
    }
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    form.dataset.unkept = String(Number(form.dataset.unkept ?? 0) + 1);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      keep();
      check();
    }, PAUSE);
  });
  addEventListener("pagehide", () => {
    if (sending || !form.elements.text.value) return;
    clearTimeout(waiting);
    navigator.sendBeacon(form.dataset.draft, body());
  });

  // A way to another page first keeps what was typed; where that fails, the page asks before it is left.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const elsewhere = link && !link.target && !link.matches("[data-dialog], [data-close], [download]") && link.pathname !== location.pathname;
    if (!elsewhere || !form.dataset.unkept || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await keep();
    location.assign(link.href);
  });

  const asks = () => form.elements.customer_reads?.checked && form.elements.to.value === "customer";

  form.addEventListener("submit", (event) => {
    const extra = event.submitter?.name;
    if (extra === "remove" || extra === "save") return;
    if (confirming && asks() && !form.elements.confirmed.value && form.elements.text.value.trim()) {
      event.preventDefault();
      pressed = event.submitter;
      confirming.returnValue = "";
      confirming.showModal();
      return;
    }
    sending = true;
    clearTimeout(waiting);
    keeping.abort(); // a draft that arrives after the message would come back from the dead
  });
  form.addEventListener("answered", () => {
    sending = false; // a conversation goes on, on the same page
    if (!form.elements.text.value) delete form.dataset.unkept;
  });
  confirming?.addEventListener("close", () => {
    if (confirming.returnValue === "yes") {
      form.elements.confirmed.value = "yes";
      form.requestSubmit(pressed); // the button says whether a warning was read
    } else {
      keep();
      form.elements.text.focus();
    }
  });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
