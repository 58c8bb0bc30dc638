/* The shelf: words that were typed and not received yet, kept in this browser under whose they are and which form they
   are for. They leave it once the server has them, when their author throws them away or signs out, and by themselves
   after a week. Nobody is ever shown another person's. */
const PREFIX = "tratativa.kept.";
const WEEK = 7 * 24 * 3600 * 1000;
export const me = document.body.dataset.person ?? "";

function* all() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      yield { id: key.slice(PREFIX.length), ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      localStorage.removeItem(key);
    }
  }
}

export function put(id, record) {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify({ ...record, person: me, at: Date.now() }));
  } catch {
    /* Full, or switched off: the page still asks before it is left. */
  }
}

export function take(id) {
  localStorage.removeItem(PREFIX + id);
}

/* This person's, newest first. */
export function mine() {
  return me ? [...all()].filter((one) => one.person === me).sort((one, other) => other.at - one.at) : [];
}

export function clear() {
  for (const one of mine()) take(one.id);
}

// What the server says it received, by the slips it gave back; and what has lain here too long, whoever's it is.
for (const [, id] of document.cookie.matchAll(/\bslip-([0-9a-f-]{36})=/g)) {
  take(id);
  document.cookie = `slip-${id}=; path=/; max-age=0`;
}
for (const one of all()) if (!(one.at > Date.now() - WEEK)) take(one.id);
