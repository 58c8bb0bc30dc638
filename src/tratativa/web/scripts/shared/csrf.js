/* The token every POST of a script carries, taken from a form of the page, and whose page it is. */
import { saysEnded } from "./session.js";

export function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function headers(more = {}) {
  return { "X-CSRFToken": csrf(), "X-Person": document.body.dataset.person ?? "", ...more };
}

export async function post(url, body, { headers: extra, ...more } = {}) {
  const answer = await fetch(url, { method: "POST", body, headers: headers(extra), credentials: "same-origin", ...more });
  await saysEnded(answer);
  return answer;
}
