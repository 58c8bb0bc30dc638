/* The composer: keeps the draft on the server as it is written, and asks before the customer can read. */
import { post } from "../shared/csrf.js";
import { offer } from "./elsewhere.js";
import { forget, keep as shelve } from "../shared/kept.js";
import * as shelf from "../shared/shelf.js";

const PAUSE = 900;

function begin(form) {
  const saved = form.querySelector("[data-saved]");
  const confirming = document.querySelector("[data-confirm]");
  let waiting = 0;
  let sending = false;
  let pressed = null;
  let keeping = new AbortController();
  let line = Promise.resolve();
  let open = false; // whether its author is choosing between these words and another page's

  const body = () => {
    const data = new FormData(form);
    data.delete("files");
    return data;
  };

  const say = (name) => {
    if (saved) saved.textContent = name ? saved.dataset[name] : "";
  };

  /* What the server said of the draft; only its own word makes «guardado» true. */
  const settle = async (answer, typed) => {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.saved) {
      form.elements.draft.value = said.version;
      if (form.dataset.unkept !== typed) return; // more was typed meanwhile
      delete form.dataset.unkept;
      forget(form);
      say("text");
    } else if (said.elsewhere) {
      open = true;
      say("other");
      offer(form, "tab", said.elsewhere, chosen);
    } else {
      say(said.signed_out ? "ended" : "failed");
    }
  };
  const chosen = (version) => {
    open = false;
    form.elements.draft.value = version;
    touch();
    keep();
  };

  const save = async () => {
    if (sending || open) return;
    const typed = form.dataset.unkept;
    try {
      keeping = new AbortController();
      const answer = await post(form.dataset.draft, body(), { signal: keeping.signal });
      if (!sending) await settle(answer, typed);
    } catch {
      if (!sending) say("failed"); // the next keystroke tries again, and the words stay in the field and in the browser
    }
  };
  // One after the other: a page that overtakes itself would take its own words for another page's.
  const keep = () => {
    clearTimeout(waiting);
    line = line.then(save);
    return line;
  };
  const touch = () => {
    form.dataset.unkept = String(Number(form.dataset.unkept ?? 0) + 1);
    shelve(form);
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
    touch();
    if (!open) say("");
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      keep();
      check();
    }, PAUSE);
  });
  addEventListener("pagehide", () => {
    if (sending || open || !form.dataset.unkept || !form.elements.text.value) return;
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
    if (form.elements.text.value) {
      shelve(form);
      return;
    }
    delete form.dataset.unkept;
    forget(form);
    say("");
  });
  form.addEventListener("discarded", () => {
    delete form.dataset.unkept;
  });
  document.addEventListener("tratativa:ended", () => {
    if (form.dataset.unkept) say("ended");
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
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  const kept = form.keptElsewhere;
  if (kept) {
    const there = { text: kept.values.text[0], rich: kept.values.rich?.[0] ?? "", version: form.elements.draft.value };
    open = true;
    offer(form, "browser", there, (version, takes) => {
      shelf.take(kept.id);
      open = false;
      if (takes) chosen(version);
    });
  } else if (form.dataset.unkept) {
    keep(); // words that came back from the browser go to the server at once
  }
}

const start = () => {
  const form = document.querySelector("[data-composer]");
  if (form) begin(form);
};
start();
document.addEventListener("tratativa:composer", start);
