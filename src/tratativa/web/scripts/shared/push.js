/* Notices in this browser: asked for by a click, and asked for anew where the desk's key is another one by now. */
import { post } from "./csrf.js";

const place = document.querySelector("[data-push]");
const SCOPE = "/notices/";

const bytes = (words) =>
  Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

function say(name, instead = "") {
  const line = place.querySelector("[data-push-said]");
  line.textContent = instead || place.dataset[name];
  line.hidden = false;
}

async function keep(subscription) {
  const body = new FormData();
  body.append("key", place.dataset.push);
  body.append("endpoint", subscription.endpoint);
  for (const name of ["p256dh", "auth"]) body.append(name, words(subscription.getKey(name)));
  const answer = await post(place.dataset.keep, body);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "");
}

async function begin() {
  if ((await Notification.requestPermission()) !== "granted") return say("denied");
  const registration = await navigator.serviceWorker.register(place.dataset.worker, { scope: SCOPE });
  const former = await registration.pushManager.getSubscription();
  if (former) await former.unsubscribe();
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(place.dataset.push) };
  // It may be activating still: a subscription belongs to a worker that is there.
  await ready(registration);
  await keep(await registration.pushManager.subscribe(asked));
  location.reload();
  return undefined;
}

function ready(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return new Promise((done) => {
    if (worker.state === "activated") done();
    else worker.addEventListener("statechange", () => worker.state === "activated" && done());
  });
}

async function renew() {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager.getSubscription();
  const key = subscription?.options.applicationServerKey;
  if (!key || words(key) === place.dataset.push || Notification.permission !== "granted") return;
  if (place.querySelector("[data-current]")) await begin();
}

const button = place?.querySelector("[data-push-begin]");
if (place && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  if (Notification.permission === "denied") say("denied");
  else {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      begin()
        .catch((trouble) => say("failed", trouble.message && trouble.name === "Error" ? trouble.message : ""))
        .finally(() => (button.disabled = false));
    });
    renew().catch(() => {});
  }
} else if (place) say("lacking");
