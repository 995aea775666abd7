// One place with its name, its messages and where one types: a channel, the messages with Kring, or a thread.

import { avatar } from "../parts/avatar.js";
import { el, fill, soon } from "../parts/dom.js";
import { icon, mark } from "../parts/icons.js";
import { chooser } from "../room/chooser.js";
import { Composer } from "./composer.js";
import { Timeline } from "./timeline.js";

export class Conversation {
  place = null;
  #asked = 0;

  constructor(pane, kind) {
    this.pane = pane;
    this.kind = kind;
    const inThread = kind === "thread";
    this.timeline = new Timeline(pane, { inThread, empty: () => this.#empty() });
    this.composer = new Composer(pane, () => this.#editLast());
    this.head = el("header.place-head");
    this.fault = el("div.place-fault", { role: "alert" });
    const label = { "aria-label": pane.say(inThread ? "thread" : "channel") };
    this.node = el(
      `section.conversation.is-${kind}`,
      label,
      this.head,
      this.fault,
      el("div.timeline-frame", {}, this.timeline.node, this.timeline.down),
      this.composer.node,
    );
    this.seen = soon(() => this.#seen(), 350);
  }

  /** Shows a place. `type` puts the cursor where one types. */
  async open(place, { type = false } = {}) {
    const same = this.place && this.place.channel === place.channel && this.place.thread === place.thread;
    if (!same) {
      this.place = place;
      this.timeline.clear(el("div.loading", { role: "status" }, mark(), el("span.unseen", {}, this.pane.say("loading"))));
      this.composer.open(place, this.#prompt());
      this.drawHead();
      if (type) this.composer.focus(); // one can type while the messages come
      await this.load();
    } else if (type) {
      this.composer.focus();
    }
    this.seen();
  }

  close() {
    this.place = null;
  }

  /** Reads the messages of the place. After a break (`again`) the reader stays where they were. */
  async load({ again = false } = {}) {
    if (!this.place) return;
    const asked = ++this.#asked;
    const { channel, thread } = this.place;
    try {
      const { messages } = await this.pane.api.messages(channel, thread);
      if (asked !== this.#asked) return;
      fill(this.fault);
      if (again) this.timeline.refresh(messages);
      else this.timeline.show(messages, this.#unread(messages));
      this.drawHead();
    } catch (error) {
      if (asked !== this.#asked) return;
      this.timeline.clear();
      fill(this.fault, icon("warning"), el("div.grow", {}, el("strong", {}, error.message), el("p", {}, error.hint)), this.#retry());
    }
  }

  #retry() {
    return el("button.button.is-small", { type: "button", onclick: () => this.load() }, this.pane.say("try_again"));
  }

  #unread(messages) {
    if (this.place.thread) return messages[0]?.unread_replies ?? 0;
    return this.pane.channel(this.place.channel)?.unread ?? 0;
  }

  /** True when the message belongs here. */
  holds(channel, thread, id) {
    if (this.place?.channel !== channel) return false;
    return this.place.thread ? thread === this.place.thread || id === this.place.thread : !thread;
  }

  take(change, id, message) {
    this.timeline.take(change, id, message);
    if (id === this.place.thread) this.drawHead();
    this.seen();
  }

  async #seen() {
    const shown = this.place && !document.hidden && this.node.offsetParent !== null;
    if (!shown) return;
    const { channel, thread } = this.place;
    const known = this.pane.channel(channel);
    if (!thread && known && !known.unread) return;
    await this.pane.api.read(channel, thread).catch(() => {}); // it will be asked again at the next message
  }

  #prompt() {
    const { say } = this.pane;
    if (this.kind === "thread") return say("write_thread");
    const channel = this.pane.channel(this.place.channel);
    return channel?.kind === "dm" ? say("write_kring") : say("write_channel", { name: channel?.name ?? "" });
  }

  drawHead() {
    const { say, me, room } = this.pane;
    const channel = this.pane.channel(this.place?.channel);
    const back = el(
      "button.icon-button.place-back",
      { type: "button", "aria-label": say("back"), onclick: () => this.pane.back() },
      icon("back"),
    );
    if (this.kind === "thread") {
      const title = this.timeline.get(this.place?.thread)?.thread_title;
      const close = el("button.icon-button.place-close", { type: "button", "aria-label": say("close_thread"), title: say("close_thread"), onclick: () => this.pane.back() }, icon("close"));
      const words = el("div.grow.place-title", {}, el("h2", {}, title || say("thread")), el("p", {}, say("thread_in", { name: nameOf(channel) })));
      fill(this.head, back, words, this.#who(), close);
      return;
    }
    const dm = channel?.kind === "dm";
    fill(
      this.head,
      back,
      dm ? el("span.avatar.of-kring", {}, mark()) : el("span.hash", { "aria-hidden": "true" }, "#"),
      el("div.grow.place-title", {}, el("h2", {}, channel?.name ?? ""), el("p", {}, dm ? say("dm_about") : room.spaceName(me.space))),
      this.#who(),
    );
  }

  /** Where two narrow panes stand side by side: whose this one is. */
  #who() {
    const { me, say, desk } = this.pane;
    const who = el(
      "button.place-who",
      {
        type: "button",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "aria-label": say("act_as_now", { name: me.name }),
        onclick: () => chooser(desk, this.pane, who),
      },
      avatar(me),
      el("span", {}, me.name),
    );
    return who;
  }

  #empty() {
    const channel = this.pane.channel(this.place?.channel);
    const dm = channel?.kind === "dm";
    const { say } = this.pane;
    return [mark(), el("h3", {}, say(dm ? "empty_dm" : "empty_channel")), el("p", {}, say(dm ? "empty_dm_hint" : "empty_hint"))];
  }

  #editLast() {
    const last = this.timeline.lastOwn();
    if (last) this.timeline.toolbar.edit(last);
    return Boolean(last);
  }
}

function nameOf(channel) {
  if (!channel) return "";
  return channel.kind === "dm" ? channel.name : `#${channel.name}`;
}
