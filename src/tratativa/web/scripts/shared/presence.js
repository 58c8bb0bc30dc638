/* Who is writing, or has the case open: heard on the page's stream, forgotten after seconds, never stored. */
import { post } from "./csrf.js";

const TELLS = 3000; // between two words of oneself
const LOOKS = 50000;
const AGAIN = 2200; // the server passes on one word of a person in two seconds
const LASTS = { writing: 6000, viewing: 75000 };
const place = document.querySelector("[data-presence]");

if (place) {
  const here = document.querySelector("[data-case]").dataset.case;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const parties = read("presence-parties");
  const team = read("presence-team");
  const heard = new Map();
  let told = 0;

  const sentence = ({ does, party, who }) => {
    if (!who) return does === "writing" ? parties[party] : undefined;
    const words = does === "writing" ? place.dataset.writes : place.dataset.views;
    return team[who] && words?.replace("{who}", team[who]);
  };
  const draw = () => {
    const now = Date.now();
    for (const [key, one] of heard) if (one.until < now) heard.delete(key);
    // Whoever writes is not also said to be looking.
    const writers = new Set([...heard.values()].filter((one) => one.does === "writing").map((one) => one.who));
    const said = [...heard.values()].filter((one) => one.does === "writing" || !writers.has(one.who));
    const words = [...new Set(said.map((one) => one.words))].join(" · ");
    if (place.textContent !== words) place.textContent = words;
  };

  document.addEventListener("tratativa:presence", ({ detail }) => {
    if (detail.id !== here || (detail.who && detail.who === place.dataset.me)) return;
    const words = sentence(detail);
    if (!words) return;
    const { does, party, who } = detail;
    // Who has just come cannot have heard who was here before: tell them, once the server passes it on again.
    if (does === "viewing" && place.dataset.views && !heard.has(`${does} ${party} ${who}`)) setTimeout(look, AGAIN);
    heard.set(`${does} ${party} ${who}`, { does, who, words, until: Date.now() + LASTS[does] });
    draw();
  });
  // A message that arrived says more than that somebody was writing it.
  document.addEventListener("tratativa:change", ({ detail }) => {
    if (detail.id && detail.id !== here) return;
    for (const [key, one] of heard) if (one.does === "writing") heard.delete(key);
    draw();
  });
  setInterval(draw, 1000);

  const tell = (does) => {
    const body = new FormData();
    body.append("does", does);
    for (const name of ["to", "customer_reads"]) {
      const value = new FormData(document.getElementById("composer") ?? undefined).get(name);
      if (value) body.append(name, value);
    }
    post(place.dataset.presence, body).catch(() => {});
  };
  document.addEventListener("input", (event) => {
    if (!event.target.closest("#composer")) return;
    if (event.target.name !== "text" || !event.target.value.trim() || Date.now() - told < TELLS) return;
    told = Date.now();
    tell("writing");
  });
  function look() {
    if (!document.hidden) tell("viewing");
  }
  if (place.dataset.views) {
    look();
    setInterval(look, LOOKS);
  }
}
