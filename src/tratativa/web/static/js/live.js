/* News without reloading. The stream carries no content, only «something changed»; the page fetches what it may read.
   When the stream fails, the page asks every twenty seconds. What is being typed is never touched. */
const EVERY = 20000;
const token = document.body.dataset.live;
const timeline = () => document.getElementById("timeline");
const bar = document.querySelector("[data-news]");
let polling = 0;

function news() {
  if (document.hidden && !document.title.startsWith("•")) document.title = `• ${document.title}`;
  if (timeline()) window.htmx?.trigger(timeline(), "news");
  else if (bar) bar.hidden = false;
}

function poll() {
  if (polling || !timeline()) return;
  document.body.dataset.hears = "polls";
  polling = setInterval(() => {
    if (document.visibilityState === "visible") news();
  }, EVERY);
}

function rest() {
  document.body.dataset.hears = "stream";
  clearInterval(polling);
  polling = 0;
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = document.title.replace(/^• /, "");
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
  // A page kept for «back» may not hold a stream open; when it returns it listens and looks again.
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      listen();
      news();
    }
  });
}

// A long conversation begins at its end, where the last word is.
const last = document.querySelector(".case .timeline")?.lastElementChild;
if (last && !location.hash && document.documentElement.scrollHeight > innerHeight * 1.3) last.scrollIntoView({ block: "end" });
