// One person's client: their places, what is open, and everything that reaches them. Two can stand side by side.

import { el, soon } from "../parts/dom.js";
import { mark } from "../parts/icons.js";
import { fault } from "../parts/notice.js";
import { speaker } from "../parts/speaker.js";
import { Api } from "../room/api.js";
import { kept } from "../room/kept.js";
import { Live } from "../room/live.js";
import { Acts } from "./acts.js";
import { Conversation } from "./conversation.js";
import { reopenForm } from "./form.js";
import { Sidebar } from "./sidebar.js";

const NARROW = 600;

export class Pane {
  channels = [];
  commands = [];
  place = { channel: null, thread: null };
  /** Ends when the pane shows its first place. */
  started = Promise.resolve();
  #live = null;

  constructor(desk, me) {
    this.desk = desk;
    this.room = desk.room;
    this.clock = desk.room.clock;
    this.me = me;
    this.say = speaker(me.language);
    this.reader = { language: this.say.language, zone: me.timezone };
    this.api = new Api(me.id, this.say);
    this.acts = new Acts(this);
    this.sidebar = new Sidebar(this);
    this.main = new Conversation(this, "channel");
    this.side = new Conversation(this, "thread");
    this.line = el("div.offline", { role: "status", hidden: true }, mark(), el("span", {}, this.say("reconnecting")));
    this.nowhere = el("div.nowhere", {}, mark(), el("p", {}, this.say("choose_place")));
    this.node = el(
      "section.pane",
      { lang: this.say.language, "aria-label": this.say("acting", { name: me.name }), data: { person: me.id } },
      this.line,
      el("div.pane-columns", {}, this.sidebar.node, this.main.node, this.nowhere, this.side.node),
    );
    this.node.addEventListener("pointerdown", () => desk.activate(this), true);
    this.node.addEventListener("focusin", () => desk.activate(this));
    this.node.addEventListener("keydown", (event) => this.#escape(event));
    this.again = soon(() => this.reload(), 150);
    this.onTick = () => {
      if (this.main.place) this.main.timeline.turned();
      if (this.side.place) this.side.timeline.turned();
    };
    this.clock.addEventListener("tick", this.onTick);
  }

  get pane() {
    return this;
  }

  get narrow() {
    return this.node.clientWidth < NARROW;
  }

  channel(id) {
    return this.channels.find((each) => each.id === id);
  }

  /** Fills the pane and listens. Ends where the address says, or where this person was last. */
  async start(place) {
    this.#live = new Live(this.me.id, (event) => this.#heard(event), (state) => this.#online(state));
    const [state, known] = await Promise.all([this.api.state(), this.api.commands().catch(() => ({ commands: [] }))]);
    this.commands = known.commands;
    this.#read(state);
    await this.#show(this.#first(place));
    reopenForm(this);
  }

  stop() {
    this.#live?.close();
    this.clock.removeEventListener("tick", this.onTick);
    this.node.remove();
  }

  /** Reads who is here, what places there are and what stands in the open ones. */
  async reload({ messages = false } = {}) {
    try {
      this.#read(await this.api.state());
    } catch (error) {
      if (error.status === 404) this.desk.lost(this);
      return;
    }
    if (messages) await Promise.all([this.main.load({ again: true }), this.side.load({ again: true })]);
  }

  #read(state) {
    const before = this.me;
    this.room.read(state);
    this.channels = state.channels;
    this.me = this.room.person(state.me.id) ?? state.me;
    if (before.language !== this.me.language || before.timezone !== this.me.timezone) return this.desk.renew(this);
    if (this.place.channel && !this.channel(this.place.channel)) this.go({ channel: null, thread: null });
    this.sidebar.draw();
  }

  #first(place) {
    if (place.channel && this.channel(place.channel)) return place;
    const last = kept.get(`last.${this.me.id}`);
    if (place.channel === null && this.narrow && !place.first) return { channel: null, thread: null };
    const known = this.channel(last) ?? this.channels.find((each) => each.unread > 0) ?? this.channels[0];
    return { channel: known?.id ?? null, thread: null };
  }

  /** Goes to a place, in the address too. */
  async go(place, { type = false, replace = false } = {}) {
    await this.started;
    const done = this.#show(place, { type });
    this.desk.wrote(this, replace);
    await done;
  }

  /** As the address says, after going back or forward. */
  async follow(place) {
    await this.#show(this.#first(place));
  }

  back() {
    if (this.place.thread) this.go({ channel: this.place.channel, thread: null });
    else this.go({ channel: null, thread: null });
  }

  async #show(place, { type = false } = {}) {
    this.place = place;
    this.node.dataset.view = place.thread ? "thread" : place.channel ? "channel" : "places";
    if (place.channel) kept.set(`last.${this.me.id}`, place.channel);
    this.sidebar.draw();
    const opened = [];
    if (place.channel) opened.push(this.main.open({ channel: place.channel, thread: null }, { type: type && !place.thread }));
    else this.main.close();
    if (place.thread) opened.push(this.side.open(place, { type }));
    else this.side.close();
    await Promise.all(opened);
  }

  /** A message that comes as the answer to what this person did; `show` brings it into sight. */
  take(message, { show = false } = {}) {
    for (const each of [this.main, this.side]) {
      if (!each.holds(message.channel, message.thread, message.id)) continue;
      each.take("changed", message.id, message);
      if (show) each.timeline.reveal(message.id);
    }
  }

  #heard(event) {
    switch (event.type) {
      case "hello":
        this.clock.set(event.now);
        break;
      case "message":
        for (const each of [this.main, this.side]) {
          if (each.holds(event.channel, event.thread, event.id)) each.take(event.change, event.id, event.message ?? null);
        }
        this.desk.happened(this, event);
        break;
      case "unread":
        Object.assign(this.channel(event.channel) ?? {}, { unread: event.unread, unread_threads: event.unread_threads });
        this.sidebar.draw();
        break;
      case "clock":
        this.clock.set(event.now, event.next_due);
        this.desk.happened(this, event);
        break;
      case "people":
      case "channels":
        this.again();
        break;
    }
  }

  #online(state) {
    this.line.hidden = state !== "lost";
    if (state === "again") this.reload({ messages: true });
    if (state === "lost") this.again(); // perhaps only this person is gone
  }

  #escape(event) {
    if (event.key === "Escape" && this.place.thread && !event.defaultPrevented) {
      event.preventDefault();
      const root = this.place.thread;
      this.back();
      this.main.node.querySelector(`article[data-id="${CSS.escape(root)}"]`)?.focus();
    }
  }

  /** Does something as this person for them, and shows what is wrong when it fails. */
  async attempt(act) {
    try {
      return await act();
    } catch (error) {
      fault(this.say, error);
      return null;
    }
  }
}
