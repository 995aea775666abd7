// A person as a coloured circle with initials and a letter of the organisation; Kring as its mark.

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

/** The letter that stands for an organisation: "De Berk" → "B". */
export function badge(organisation) {
  const words = organisation.split(/\s+/).filter((word) => !/^(de|het|the|een|a)$/i.test(word));
  return [...(words[0] ?? organisation)][0]?.toUpperCase() ?? "";
}

/** `organisation` is left out where everybody is of the same one. */
export function avatar(person, organisation = "") {
  if (person.kind === "bot") return el("span.avatar.of-kring", { "aria-hidden": "true" }, mark());
  return el(
    `span.avatar.shade-${shade(person)}`,
    { "aria-hidden": "true" },
    el("span.initials", {}, initials(person.name)),
    organisation && el("span.badge", {}, badge(organisation)),
  );
}
