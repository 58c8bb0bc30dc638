/* The pages as an app: where the browser offers to install them, a button asks; a worker stands by without a network. */
const { worker } = document.body.dataset;
if (worker) navigator.serviceWorker?.register(worker).catch(() => {}); // without it the pages are as they were

addEventListener("beforeinstallprompt", (offer) => {
  const button = document.querySelector("[data-install]");
  if (!button) return;
  offer.preventDefault();
  button.hidden = false;
  button.addEventListener("click", async () => {
    await offer.prompt();
    button.hidden = true;
  }, { once: true });
});
