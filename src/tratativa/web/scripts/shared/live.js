/* News without reloading. The stream carries no content, only «something changed»; the page fetches what it may read.
   When the stream fails, the page asks every twenty seconds. What is being typed is never touched. */
import "./arrivals.js";

const EVERY = 20000;
const MINUTE = 60000;
const token = document.body.dataset.live;
const bar = document.querySelector("[data-news]");
let polling = 0;

/* What renews itself: the open case, unless the news are of another, and lists that say so. */
const renewed = (id) =>
  [...document.querySelectorAll("#timeline, [data-renews], [data-list]")].filter((one) => {
    const here = document.querySelector("[data-case]")?.dataset.case;
    return one.id !== "timeline" || !id || !here || id === here;
  });

function fetchAgain(id) {
  for (const one of renewed(id)) window.htmx?.trigger(one, "news");
}

function news(event) {
  const told = event?.data ? JSON.parse(event.data) : {};
  if (document.hidden && !document.title.startsWith("•")) document.title = `• ${document.title}`;
  document.dispatchEvent(new CustomEvent("tratativa:change", { detail: told }));
  if (renewed().length) fetchAgain(told.id);
  else if (bar) bar.hidden = false;
}

function presence(event) {
  document.dispatchEvent(new CustomEvent("tratativa:presence", { detail: JSON.parse(event.data) }));
}

function noticed() {
  document.dispatchEvent(new CustomEvent("tratativa:notice"));
}

function poll() {
  if (polling || !renewed().length) return;
  document.body.dataset.hears = "polls";
  polling = setInterval(() => {
    if (!document.hidden) fetchAgain();
  }, EVERY);
}

function rest() {
  document.body.dataset.hears = "stream";
  clearInterval(polling);
  polling = 0;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.title = document.title.replace(/^• /, "");
  fetchAgain();
});

const strip = document.querySelector("[data-strip] [data-open-case]");

const bell = document.querySelector("[data-bell]");

if (token && (renewed().length || bar || strip || bell)) {
  let stream = null;
  const listen = () => {
    stream = new EventSource(`/events?token=${encodeURIComponent(token)}`);
    stream.addEventListener("open", rest);
    stream.addEventListener("change", news);
    stream.addEventListener("resync", news);
    stream.addEventListener("resync", noticed);
    stream.addEventListener("notice", noticed);
    stream.addEventListener("presence", presence);
    stream.addEventListener("error", poll);
  };
  listen();
  // «faltam 2 h 10» grows old even where nothing happens.
  setInterval(() => {
    if (!document.hidden && !polling) fetchAgain();
  }, MINUTE);
  // A page kept for «back» may not hold a stream open; when it returns it listens and looks again.
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      listen();
      news();
      noticed();
    }
  });
}
