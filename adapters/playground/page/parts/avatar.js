// A person as a coloured circle with initials; Kring as its mark.

import { el } from "./dom.js";
import { mark } from "./icons.js";

const SHADES = 10;

function shade(person) {
  if (person.shade !== undefined) return person.shade % SHADES;
  return [...person.id].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % SHADES; // they have left
}

/** "Joost van den Berg" → "JB". */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0]).join("").toUpperCase() || "?";
}

/** Only a picture: the name stands beside it, or in the label of what it is in. */
export function avatar(person) {
  if (person.kind === "bot") return el("span.avatar.of-kring", { "aria-hidden": "true" }, mark());
  return el(
    `span.avatar.shade-${shade(person)}`,
    { "aria-hidden": "true" },
    initials(person.name),
  );
}
