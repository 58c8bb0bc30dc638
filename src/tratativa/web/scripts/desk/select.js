/* Shift and a click select every row between two ticks. */
let last = null;

document.addEventListener("click", (event) => {
  const tick = event.target.closest(".rows__tick input");
  if (!tick) return;
  const ticks = [...document.querySelectorAll(".rows__tick input")];
  if (event.shiftKey && last && ticks.includes(last)) {
    const [from, to] = [ticks.indexOf(last), ticks.indexOf(tick)].sort((a, b) => a - b);
    for (const one of ticks.slice(from, to + 1)) one.checked = tick.checked;
  }
  last = tick;
});
