/* Light or dark without leaving the page; the cookie lets the server draw the next page right at once. */
const YEAR = 31536000;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button[name=theme]");
  const theme = button.value;
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  button.value = theme === "dark" ? "light" : "dark";
  const other = button.dataset.other;
  const label = button.querySelector("[data-label]") ?? button;
  button.dataset.other = label.textContent;
  if (other) label.textContent = other;
});
