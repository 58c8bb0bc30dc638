/* One key per move. Keys rest while somebody types, and while a dialog is open. */
import { openInDialog } from "./dialog.js";
import { unfold } from "./run.js";
import { beside, putAway } from "./strip.js";
import { typing } from "../shared/escape.js";

const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
let leading = 0;

function step(by) {
  const all = rows();
  if (!all.length) {
    const beside = document.querySelector(by > 0 ? "[data-queue] [data-next]" : "[data-queue] [data-previous]");
    if (beside?.href) beside.click();
    return;
  }
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here === -1 ? 0 : here + by))];
  next.querySelector("[data-open]").focus();
  next.scrollIntoView({ block: "nearest" });
}

const moves = {
  j: () => step(1),
  k: () => step(-1),
  x: () => document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click(),
  r: () => document.querySelector("#composer textarea")?.focus(),
  a: () => {
    const menu = document.querySelector("[data-actions]");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("a")?.focus();
  },
  d: () => {
    const form = document.querySelector("#decide form");
    const row = document.activeElement.closest("[data-row]") ?? document;
    if (form) form.querySelector(":is(input, select, textarea):not([type=hidden])")?.focus();
    else row.querySelector("[data-decide]")?.click();
  },
  l: () => {
    const sides = [...document.querySelectorAll(".sides .side")];
    sides[(sides.indexOf(document.activeElement) + 1) % sides.length]?.focus();
  },
  "[": () => beside(-1),
  "]": () => beside(1),
  w: () => putAway(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => openInDialog("/help"),
};

document.addEventListener("keydown", (event) => {
  // Somebody who dictates, or leans on a key, may have switched single keys off (WCAG 2.1.4).
  if (document.documentElement.dataset.keys === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || !document.querySelector(".desk")) return;
  if (leading && Date.now() - leading < 1500) {
    leading = 0;
    const keyed = (link) => link.querySelector("kbd")?.textContent === `g ${event.key}`;
    const place = [...document.querySelectorAll(".rail__link[href]")].find(keyed);
    if (place) {
      event.preventDefault();
      place.click();
      return;
    }
  }
  if (event.key === "g") leading = Date.now();
  const answer = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (answer && !event.repeat) {
    event.preventDefault();
    if (answer.closest("#run-sheet") && unfold()) return;
    answer.click();
    // An answer that is asked once more has its yes under the next Enter, or the reason it wants under the next word.
    answer.closest("details[open]")?.querySelector("input:not([type=hidden]), button")?.focus();
    return;
  }
  const move = moves[event.key];
  if (move) {
    event.preventDefault();
    move();
  }
});
