/* Light or dark without leaving the page; the cookie lets the server draw the next page right at once. */
const YEAR = 31536000;

function flip(button) {
  button.value = button.value === "dark" ? "light" : "dark";
  const label = button.querySelector("[data-label]") ?? button;
  [label.textContent, button.dataset.other] = [button.dataset.other, label.textContent];
}

// Until somebody chooses, the system does, and only the browser knows what it chose.
if (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) {
  for (const button of document.querySelectorAll("[data-theme-form] button[name=theme]")) flip(button);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button[name=theme]");
  const theme = button.value;
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  for (const one of document.querySelectorAll("[data-theme-form] button[name=theme]")) flip(one);
});
