// Kring's messages: each block drawn in its own way. The set of blocks is closed (bot/chat/messages.py).

import { el } from "../parts/dom.js";
import { controls } from "./controls.js";
import { spans } from "./spans.js";

const DRAW = {
  heading: (block) => el("h3.heading", {}, block.text),
  words: (block, here) => paragraph(block, here),
  facts: (block, here) =>
    el(
      "dl.facts",
      {},
      block.rows.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, spans(value, here)))),
    ),
  note: (block, here) => el("p.note", {}, spans(block.text, here)),
  divider: () => el("hr.divider"),
  picture: (block) =>
    el("img.picture", {
      src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(block.svg)}`,
      alt: block.alt,
      title: block.alt,
      ...size(block.svg),
    }),
  controls: (block, here, message) => controls(block.controls, here, message),
};

/** How large a drawing is: so its room is kept before it is drawn, and what is below it does not move. */
function size(svg) {
  const [, width, height] = svg.match(/^<svg[^>]* width="(\d+)" height="(\d+)"/) ?? [];
  return width ? { width, height } : {};
}

function paragraph(block, here) {
  return block.quote ? el("blockquote.quote", { dir: "auto" }, spans(block.text, here)) : el("p.words", { dir: "auto" }, spans(block.text, here));
}

/** All blocks of a message, one under the other, as one card. */
export function card(message, here) {
  const drawn = message.blocks.map((block) => DRAW[block.kind]?.(block, here, message));
  return el("div.card", {}, pairs(message.blocks, drawn));
}

/** A person's name right above a quote says whose it is: the two belong together. */
function pairs(blocks, drawn) {
  const out = [];
  blocks.forEach((block, n) => {
    const before = blocks[n - 1];
    const named = before?.kind === "words" && !before.quote && before.text[0]?.kind === "person";
    if (block.kind === "words" && block.quote && named) {
      const whose = out.pop();
      whose.classList.add("whose");
      out.push(el("figure.voice", {}, whose, drawn[n]));
    } else {
      out.push(drawn[n]);
    }
  });
  return out;
}

/** How many people's words a message shows: from two on it is something revealed. */
export function voices(message) {
  return message.blocks?.filter((block) => block.kind === "words" && block.quote).length ?? 0;
}
