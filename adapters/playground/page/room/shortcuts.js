// Keys that do something anywhere on the page, and the list of them.

import { dialog } from "../parts/dialog.js";
import { el, isTyping } from "../parts/dom.js";
import { chooser } from "./chooser.js";
import { kept } from "./kept.js";

const KEYS = [
  [["?"], "key_help"],
  [["/"], "key_command"],
  [["m"], "key_message"],
  [["p"], "key_people"],
  [["Alt", "↑"], ["Alt", "↓"], "key_places"],
  [["↑"], ["↓"], "key_messages"],
  [["Enter"], "key_menu"],
  [["r"], "key_reply"],
  [["e"], "key_react"],
  [["Tab"], "key_tab"],
  [["Shift", "Enter"], "key_line"],
  [["Esc"], "key_escape"],
];

/** Listens for the keys. Single letters can be switched off, for people who speak to their machine. */
export function shortcuts(desk) {
  document.addEventListener("keydown", (event) => {
    const { active } = desk;
    if (event.defaultPrevented || !active || document.querySelector("dialog[open]")) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      return step(active, event.key === "ArrowDown" ? 1 : -1);
    }
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || kept.get("letters") === false) return;
    const composer = active.place.thread ? active.side.composer : active.main.composer;
    const act = {
      "?": () => showShortcuts(desk),
      "/": () => composer.begin(composer.input.value || "/kring "),
      m: () => composer.focus(),
      p: () => chooser(desk, active, visible(active)),
    }[event.key];
    if (!act || (event.key !== "?" && event.key !== "p" && !active.place.channel)) return;
    event.preventDefault();
    act();
  });
}

function visible(pane) {
  return pane.sidebar.who.offsetParent ? pane.sidebar.who : document.querySelector(".topbar-who");
}

function step(pane, by) {
  const at = pane.channels.findIndex((each) => each.id === pane.place.channel);
  const to = pane.channels[(at + by + pane.channels.length) % pane.channels.length];
  if (to) pane.go({ channel: to.id, thread: null });
}

export function showShortcuts(desk) {
  const { say } = desk;
  const rows = KEYS.map((row) => {
    const combinations = row.slice(0, -1).map((keys) => el("span", {}, keys.map((key) => el("kbd", {}, key))));
    return el("div", {}, el("dt", {}, combinations), el("dd", {}, say(row.at(-1))));
  });
  const letters = el("input", {
    type: "checkbox",
    checked: kept.get("letters") !== false,
    onchange: () => kept.set("letters", letters.checked ? null : false),
  });
  dialog({
    say,
    title: say("shortcuts"),
    kind: "shortcuts",
    content: [
      el("dl.keys", {}, rows),
      el("label.check", {}, letters, el("span.grow", {}, say("letters"), el("small", {}, say("letters_hint")))),
    ],
  });
}
