/* The token every POST of a script carries, taken from a form of the page. */
export function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function post(url, body, more = {}) {
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": csrf() }, credentials: "same-origin", ...more });
}
