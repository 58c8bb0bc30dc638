/* A message on its way: the seconds left to take it back, and what became of it once the server says so. */
import { headers } from "../shared/csrf.js";

const SECOND = 1000;
const PATIENT = 10 * SECOND; // between two looks, at most, where whoever says messages is away
const started = new WeakMap();
const looks = new WeakMap();

async function look(one) {
  let state = one;
  try {
    const answer = await fetch(one.dataset.state, { headers: headers() });
    const drawn = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sending]");
    if (drawn && drawn.dataset.sending !== "waiting" && one.isConnected) {
      one.replaceWith(drawn);
      state = drawn;
    }
  } catch {
    /* Offline: it stands as «on its way» until somebody knows more. */
  }
  if (state === one) {
    const after = Math.min(PATIENT, (looks.get(one)?.after ?? SECOND / 2) * 2);
    looks.set(one, { after, at: performance.now() + after });
  }
}

function tick() {
  for (const one of document.querySelectorAll("[data-sending='waiting']")) {
    if (!started.has(one)) started.set(one, performance.now());
    const told = one.querySelector("[data-leaves]");
    const left = Math.ceil(Number(told.dataset.left) - (performance.now() - started.get(one)) / SECOND);
    const words = left > 0 ? told.dataset.in.replace("{seconds}", left) : told.dataset.over;
    if (told.textContent !== words) told.textContent = words;
    if (left > 0 || !one.dataset.state) continue;
    if (!looks.has(one)) looks.set(one, { after: SECOND / 2, at: performance.now() + SECOND });
    else if (performance.now() > looks.get(one).at) {
      looks.get(one).at = Infinity; // until this look is answered
      look(one);
    }
  }
}

if (document.querySelector("#sending, [data-sending]")) {
  tick();
  setInterval(tick, SECOND / 4);
}
// The address of the page one went on to names the message once; a page looked at again tells of it no more.
const here = new URL(location.href);
if (here.searchParams.has("sending")) {
  here.searchParams.delete("sending");
  history.replaceState(history.state, "", here);
}
