/* What a renewed page must not disturb, and what it should point out: new messages are marked, told to screen readers,
   and followed when the reader was at the end; menus, opened explanations and the focus stay as they were. */
import { unsent } from "./unsaved.js";

const NEAR = 240;
const entries = () => [...document.querySelectorAll("#timeline > [id]")].map((one) => one.id);
const open = (place) => [...place.querySelectorAll("details")].map((one) => one.open);
let known = entries();
let opened = [];
let refocus = "";
let following = false;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "timeline") return;
  known = entries();
  const end = document.getElementById("timeline").getBoundingClientRect().bottom;
  following = end < innerHeight + NEAR;
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (!event.detail.shouldSwap) return; // somebody else holds it
  const place = event.detail.target;
  const typing = [...place.querySelectorAll("form")].some(unsent);
  const focused = place.contains(document.activeElement);
  // A procedure that went on must be seen to have gone on, wherever the focus is: only words being typed hold it.
  const held = focused && !["seen", "run", "sending"].includes(place.id);
  if (place.matches("details[open]") || typing || held) {
    event.detail.shouldSwap = false;
  } else if (place.id === "side") {
    opened = open(place);
  } else if (place.id === "run" || place.id === "sending") {
    refocus = focused ? place.id : refocus;
  }
});
document.addEventListener("htmx:oobAfterSwap", () => {
  // The button that took a message back is gone with it: the page has the focus, and no field that would take keys.
  if (refocus) document.getElementById(refocus === "run" ? "run" : "content")?.focus({ preventScroll: true });
  refocus = "";
  const side = document.getElementById("side");
  side?.querySelectorAll("details").forEach((one, number) => {
    if (opened[number]) one.open = true;
  });
  opened = [];
});

document.addEventListener("htmx:afterSettle", () => {
  const fresh = entries().filter((id) => !known.includes(id));
  known = entries();
  if (!fresh.length) return;
  for (const id of fresh) document.getElementById(id).classList.add("arrived");
  const telling = document.querySelector("[data-announce]");
  if (telling) telling.textContent = telling.dataset.announce;
  if (following) document.getElementById(fresh.at(-1)).scrollIntoView({ block: "end", behavior: "smooth" });
});

// A long conversation begins at its end, where the last word is.
const lasting = document.querySelector(".case, [data-chat]") && document.getElementById("timeline");
const last = lasting?.lastElementChild;
if (last && !location.hash && document.documentElement.scrollHeight > innerHeight + 8) last.scrollIntoView({ block: "end" });
