/* News without reloading. The stream carries no content, only «something changed»; the page fetches what it may read.
   When the stream fails, the page asks every twenty seconds. What is being typed is never touched. */
import "./arrivals.js";

const EVERY = 20000;
const MINUTE = 60000;
const token = document.body.dataset.live;
const timeline = () => document.getElementById("timeline");
const bar = document.querySelector("[data-news]");
let polling = 0;

function fetchAgain() {
  if (timeline()) window.htmx?.trigger(timeline(), "news");
}

function news() {
  if (document.hidden && !document.title.startsWith("•")) document.title = `• ${document.title}`;
  if (timeline()) fetchAgain();
  else if (bar) bar.hidden = false;
}

function poll() {
  if (polling || !timeline()) return;
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

if (token && (timeline() || bar)) {
  let stream = null;
  const listen = () => {
    stream = new EventSource(`/events?token=${encodeURIComponent(token)}`);
    stream.addEventListener("open", rest);
    stream.addEventListener("change", news);
    stream.addEventListener("resync", news);
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
    }
  });
}
