// Emoji under a message. Where the machine has no font for emoji their names are shown, so that nobody sees empty boxes.

import { el } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { popover } from "../parts/popover.js";

let drawn = null;

/** True when this machine can draw emoji: one of them looks different from a character that does not exist. */
export function hasEmoji() {
  drawn ??= look("🔖") !== look("\u{10FFFD}") && look("🔖") !== look("\u{1FAFF}\u{10FFFD}");
  return drawn;
}

function look(character) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = '20px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';
  pen.fillText(character, 0, 20);
  const pixels = pen.getImageData(0, 0, 24, 24).data;
  // an empty box is drawn in one colour; a line drawing of a font counts as an emoji too
  return pixels.join();
}

/** The emoji itself; the bookmark, which keeps know-how, is always ours. */
export function glyph(emoji, char) {
  if (emoji === "bookmark") return el("span.glyph.is-bookmark", { "aria-hidden": "true" }, icon("bookmark"));
  if (hasEmoji()) return el("span.glyph", { "aria-hidden": "true" }, char);
  return el("span.glyph.is-name", { "aria-hidden": "true" }, emoji.replaceAll("_", " "));
}

export function reactions(message, here) {
  if (!message.reactions.length) return null;
  const chips = message.reactions.map((each) => {
    const names = each.people.map((id) => (id === "kring" ? "Kring" : here.room.person(id)?.name ?? here.say("somebody")));
    const who = new Intl.ListFormat(here.reader.language).format(names);
    return el(
      "button.reaction",
      {
        type: "button",
        "aria-pressed": String(each.mine),
        "aria-label": here.say("reacted", { emoji: each.emoji.replaceAll("_", " "), n: each.people.length, who }),
        title: who,
        "data-stay": `emoji:${each.emoji}`,
        onclick: () => here.acts.react(message, each.emoji, each.mine),
      },
      glyph(each.emoji, each.char),
      el("span.count", {}, String(each.people.length)),
    );
  });
  return el("div.reactions", { role: "group", "aria-label": here.say("reactions") }, chips);
}

/** Opens the emoji beside `anchor`. */
export function pickEmoji(anchor, message, here) {
  let close = () => {};
  const mine = new Set(message.reactions.filter((each) => each.mine).map((each) => each.emoji));
  const all = here.room.emoji.map((each) =>
    el(
      `button.emoji${mine.has(each.name) ? ".is-mine" : ""}`,
      {
        type: "button",
        "aria-label": each.name.replaceAll("_", " "),
        title: each.name.replaceAll("_", " "),
        onclick: () => {
          close();
          here.acts.react(message, each.name, mine.has(each.name));
        },
      },
      glyph(each.name, each.char),
    ),
  );
  const grid = el(`div.emoji-grid${hasEmoji() ? "" : ".is-names"}`, { data: { columns: "6" } }, all);
  close = popover(anchor, grid, { label: here.say("react"), kind: "emoji" });
}
