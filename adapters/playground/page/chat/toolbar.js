// What one can do with a message. There is one toolbar in each list; it goes to the row that is pointed at or has the focus.

import { ask } from "../parts/dialog.js";
import { el } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { menu } from "../parts/popover.js";
import { editor } from "./editor.js";
import { pickEmoji } from "./reactions.js";

export class Toolbar {
  #id = null;

  constructor(pane, timeline) {
    this.pane = pane;
    this.timeline = timeline;
    const { say } = pane;
    this.react = this.#button("smile", say("react"), () => pickEmoji(this.react, this.#message(), pane));
    this.reply = this.#button("reply", say("reply"), () => this.#reply());
    this.more = this.#button("more", say("more"), () => this.#menu());
    this.more.setAttribute("aria-haspopup", "menu");
    this.node = el("div.toolbar", { role: "group", "aria-label": say("message_menu") }, this.react, this.reply, this.more);
  }

  #button(drawing, label, onclick) {
    return el("button.icon-button", { type: "button", "aria-label": label, title: label, "aria-expanded": "false", onclick }, icon(drawing));
  }

  /** Follows the pointer and the focus into this row. */
  watch(row, id) {
    const come = () => this.#come(row, id);
    row.addEventListener("pointerenter", come);
    row.addEventListener("focusin", come);
    row.addEventListener("keydown", (event) => {
      if (event.target !== row) return;
      const act = { r: () => this.#reply(), e: () => this.react.click(), Enter: () => this.#menu() }[event.key];
      if (!act || this.timeline.get(id)?.private || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      come();
      act();
    });
  }

  #come(row, id) {
    const message = this.timeline.get(id);
    const used = this.node.querySelector("[aria-expanded=true]");
    if (!message || message.deleted || message.private || used || row.querySelector(".editor")) return;
    this.#id = id;
    this.reply.hidden = this.timeline.inThread;
    if (this.node.parentElement !== row) row.append(this.node);
  }

  #message() {
    return this.timeline.get(this.#id);
  }

  #reply() {
    const message = this.#message();
    if (message) this.pane.go({ channel: message.channel, thread: message.thread ?? message.id }, { type: true });
  }

  #menu() {
    const message = this.#message();
    if (!message) return;
    const { say, acts } = this.pane;
    const drawings = { keep: "bookmark" };
    const text = message.blocks ? message.text : message.text.trim();
    menu(this.more, say("message_menu"), [
      { icon: icon("smile"), label: say("react"), act: () => pickEmoji(this.more, message, this.pane) },
      !this.timeline.inThread && { icon: icon("reply"), label: say("reply"), act: () => this.#reply() },
      ...this.pane.room.shortcuts(this.pane).map((each) => ({
        icon: icon(drawings[each.name] ?? "next"),
        label: each.label,
        act: () => acts.shortcut(message, each.name),
      })),
      text && { icon: icon("copy"), label: say("copy"), act: () => navigator.clipboard?.writeText(text) },
      message.mine && "line",
      message.mine && { icon: icon("edit"), label: say("edit"), act: () => this.edit(message) },
      message.mine && { icon: icon("trash"), label: say("delete"), danger: true, act: () => this.#remove(message) },
    ]);
  }

  edit(message) {
    const row = this.timeline.list.querySelector(`article[data-id="${CSS.escape(message.id)}"]`);
    this.node.remove();
    editor(row, message, this.pane, () => this.timeline.draw());
  }

  async #remove(message) {
    const { say, acts } = this.pane;
    if (await ask({ say, question: say("delete_sure"), yes: say("delete"), danger: true })) await acts.remove(message);
  }
}
