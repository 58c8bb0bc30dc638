/* Previews of files that wait to be sent: each tile asks for its picture until it is drawn, and no longer than it makes
   sense. What cannot be drawn keeps the sign of its format. */
const PAUSES = [500, 1000, 2000, 4000, 8000]; // milliseconds between two looks

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function show(tile) {
  const { preview, alt } = tile.dataset;
  delete tile.dataset.preview;
  for (const ms of PAUSES) {
    await pause(ms);
    if (!tile.isConnected) return;
    const answer = await fetch(preview, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    if (answer.status === 204) continue;
    const picture = document.createElement("img");
    picture.className = "file__picture";
    picture.alt = alt;
    picture.width = picture.height = 56;
    picture.src = preview;
    tile.replaceChildren(picture);
    return;
  }
}

const look = () => {
  for (const tile of document.querySelectorAll("[data-preview]")) show(tile);
};
look();
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
