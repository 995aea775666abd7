// One person's places: who they are, the channels of their space, and their messages with Kring.

import { avatar } from "../parts/avatar.js";
import { el, fill } from "../parts/dom.js";
import { icon, mark } from "../parts/icons.js";
import { chooser } from "../room/chooser.js";

export class Sidebar {
  constructor(pane) {
    this.pane = pane;
    this.node = el("nav.sidebar", { "aria-label": pane.say("places") });
    this.node.addEventListener("keydown", (event) => this.#walk(event));
  }

  draw() {
    const { pane } = this;
    const { me, room, say } = pane;
    const focus = document.activeElement?.dataset?.channel;
    const within = this.node.contains(document.activeElement) && focus;
    const channels = pane.channels.filter((each) => each.kind !== "dm");
    const direct = pane.channels.filter((each) => each.kind === "dm");
    this.who = el(
      "button.who",
      {
        type: "button",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "aria-label": say("act_as_now", { name: me.name }),
        title: say("act_as"),
        onclick: () => chooser(pane.desk, pane, this.who),
      },
      avatar(me),
      el("span.grow", {}, el("strong", {}, me.name), el("small", {}, me.role || room.spaceName(me.space))),
      icon("down"),
    );
    fill(
      this.node,
      el("div.sidebar-head", {}, this.who),
      el(
        "div.sidebar-places",
        {},
        el("h2", {}, room.spaceName(me.space)),
        el("ul", {}, channels.map((each) => this.#item(each))),
        el("h2", {}, say("direct")),
        el("ul", {}, direct.map((each) => this.#item(each))),
      ),
    );
    if (within) this.node.querySelector(`[data-channel="${CSS.escape(focus)}"]`)?.focus();
  }

  #item(channel) {
    const { pane } = this;
    const here = pane.place.channel === channel.id;
    const fresh = channel.unread + channel.unread_threads;
    const what = [
      channel.unread > 0 && pane.say("unread", { n: channel.unread }),
      channel.unread_threads > 0 && pane.say("unread_threads", { n: channel.unread_threads }),
    ].filter(Boolean);
    return el(
      "li",
      {},
      el(
        `a.place${fresh ? ".is-unread" : ""}`,
        {
          href: pane.desk.link(pane, { channel: channel.id, thread: null }),
          "data-channel": channel.id,
          "aria-current": here ? "page" : null,
          onclick: (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            pane.go({ channel: channel.id, thread: null });
          },
        },
        channel.kind === "dm" ? el("span.avatar.of-kring", {}, mark()) : el("span.hash", { "aria-hidden": "true" }, "#"),
        el("span.grow", {}, channel.name),
        fresh > 0 &&
          el("span.count", { title: what.join(", ") }, channel.unread > 0 ? String(Math.min(channel.unread, 99)) : el("span.dot"), el("span.unseen", {}, what.join(", "))),
      ),
    );
  }

  #walk(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...this.node.querySelectorAll("button, a")];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].focus();
  }
}
