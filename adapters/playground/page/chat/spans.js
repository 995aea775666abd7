// The pieces of a text: Kring's spans, and people's plain words with their addresses and mentions.

import { address, el } from "../parts/dom.js";
import { moment } from "../parts/moments.js";

/** `here` is what the reader's side of the page knows: `say`, `reader`, `clock`, `me`, `room`. */
export function spans(text, here) {
  return text.map((span) => DRAW[span.kind]?.(span, here) ?? span.text ?? "");
}

const DRAW = {
  plain: (span) => span.text,
  bold: (span) => el("strong", {}, span.text),
  code: (span) => el("code", {}, span.text),
  link: (span) => link(span.text, span.url),
  person: (span, here) => person(span, here),
  channel_name: (span) => el("span.chip", {}, `#${span.name || span.channel.id}`),
  moment: (span, here) => moment(span.at, span.style, here.reader, here.clock),
};

/** A link that leaves the page in a tab of its own; words only where the address is none. */
export function link(text, url) {
  const href = address(url);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text || url) : text;
}

function person(span, here) {
  const known = span.account && here.room.person(span.account.id);
  const mine = known?.id === here.me.id;
  return el(
    `span.chip.is-person${mine ? ".is-me" : ""}`,
    { title: known ? [known.role, here.room.spaceName(known.space)].filter(Boolean).join(" · ") : null },
    span.name,
  );
}

/** What a person wrote: exactly that, with addresses one can follow and names of people who are here marked. */
export function written(text, here) {
  const names = here.room.people.map((each) => each.name).sort((a, b) => b.length - a.length);
  const people = names.map((name) => `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  const pattern = new RegExp(["https?://[^\\s<>\"]*[^\\s<>\".,;:!?)]", ...people].join("|"), "gu");
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    pieces.push(text.slice(from, found.index));
    const piece = found[0];
    if (piece.startsWith("@")) {
      const mine = piece.slice(1) === here.me.name;
      pieces.push(el(`span.chip.is-person${mine ? ".is-me" : ""}`, {}, piece));
    } else {
      pieces.push(link(piece, piece));
    }
    from = found.index + piece.length;
  }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => piece !== "");
}
