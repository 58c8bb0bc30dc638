/* The list of cases renews its rows in place. While somebody points at it, has the focus in it or has ticked a row,
   nothing moves: rows are rewritten where they stand, those that left are struck through, those that came wait. */
const PAUSE = 400; // milliseconds in which several changes are one
const REST = 600; // how long the pointer is away before what waits is shown
const list = document.querySelector("[data-list]");
const bar = document.querySelector("[data-news]");

if (list) {
  const link = bar?.querySelector("a");
  const key = (item) => item.dataset.row ?? `section-${item.dataset.section}`;
  const items = () => [...list.children];
  const pointing = matchMedia("(hover: hover)");
  let coming = null;
  let asking = null;
  let soon = 0;
  let resting = 0;

  const busy = () =>
    (pointing.matches ? list.matches(":hover") : coming !== null) ||
    list.contains(document.activeElement) ||
    Boolean(list.querySelector(":checked, details[open]"));

  const rewritten = (old, fresh) => {
    if (old.outerHTML === fresh.outerHTML) return old;
    const held = old.contains(document.activeElement) || old.querySelector("details[open]");
    if (held) return old;
    const tick = old.querySelector("input[type=checkbox]");
    const next = fresh.cloneNode(true);
    if (tick?.checked) next.querySelector("input[type=checkbox]").checked = true;
    old.replaceWith(next);
    return next;
  };

  /* Everything as it is now: what stays keeps its place in the document, what came is lit for a moment. */
  const settle = () => {
    if (!coming) return;
    const known = new Map(items().map((item) => [key(item), item]));
    let last = null;
    for (const fresh of coming) {
      const old = known.get(key(fresh));
      const next = old ? rewritten(old, fresh) : fresh.cloneNode(true);
      next.classList.remove("listed__row--gone");
      if (!old && next.dataset.row) next.classList.add("arrived");
      const place = last ? last.nextSibling : list.firstChild;
      if (place !== next) list.insertBefore(next, place);
      last = next;
      known.delete(key(fresh));
    }
    for (const gone of known.values()) gone.remove();
    coming = null;
    if (bar) bar.hidden = true;
  };

  /* Only what moves nothing. */
  const hold = () => {
    const fresh = new Map(coming.map((item) => [key(item), item]));
    let waiting = 0;
    for (const item of items()) {
      const next = fresh.get(key(item));
      if (!item.dataset.row) continue;
      if (next) rewritten(item, next);
      else item.classList.add("listed__row--gone");
    }
    const here = new Set(items().map(key));
    for (const one of fresh.keys()) waiting += !here.has(one) && !one.startsWith("section-");
    if (bar && waiting) {
      bar.hidden = false;
      link.textContent = `${link.dataset.words} (${waiting})`;
    }
  };

  const renew = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(list.dataset.list, { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      const first = coming === null;
      coming = [...page.content.children];
      // A thumb points at nothing until it taps: what came waits for its tap, unless nothing else is shown anyway.
      if (busy() || (!pointing.matches && first && items().length)) hold();
      else settle();
    } catch {
      // Something changed again meanwhile, or there is no network: the next change asks again.
    }
  };

  const rest = () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (coming && pointing.matches && !busy()) settle();
    }, REST);
  };

  list.addEventListener("news", () => {
    clearTimeout(soon);
    soon = setTimeout(renew, PAUSE);
  });
  list.addEventListener("pointerleave", rest);
  list.addEventListener("focusout", rest);
  link?.addEventListener("click", (event) => {
    if (!coming) return;
    event.preventDefault();
    settle();
  });
}
