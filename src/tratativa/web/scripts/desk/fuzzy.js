/* Finding among a few hundred names as somebody types, whatever the case and the accents. */
export const folded = (said) =>
  said.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

/* Whether the letters stand in this order, however far apart. */
function scattered(wanted, said) {
  let from = 0;
  for (const letter of wanted) {
    from = said.indexOf(letter, from) + 1;
    if (!from) return false;
  }
  return true;
}

/* How well a reply answers what is wanted: its shortcut before its name before its words; 0 for not at all. */
export function rank(wanted, { shortcut = "", foundBy = "" }) {
  if (!wanted) return 1;
  if (shortcut === wanted) return 6;
  if (shortcut && shortcut.startsWith(wanted)) return 5;
  if (foundBy.startsWith(wanted)) return 4;
  const words = wanted.split(" ");
  if (words.every((word) => ` ${foundBy}`.includes(` ${word}`))) return 3;
  if (words.every((word) => foundBy.includes(word))) return 2;
  return wanted.length > 2 && scattered(wanted, foundBy.slice(0, 80)) ? 1 : 0;
}
