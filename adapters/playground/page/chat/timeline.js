// The messages of one place, oldest first. Only what changed is drawn again, and what has the focus keeps it.

import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { day } from "../parts/moments.js";
import { kept } from "../room/kept.js";
import { voices } from "./blocks.js";
import { dayLine, newLine, row } from "./row.js";
import { Toolbar } from "./toolbar.js";

const TOGETHER = 5 * 60 * 1000;
const NEAR = 80;
const MOST_DISMISSED = 300;
const HELD = 6000;

export class Timeline {
  #messages = new Map();
  #drawn = new Map();
  #fresh = new Set();
  #newAt = null;
  #day = "";
  #held = 0;

  constructor(pane, { inThread, empty }) {
    this.pane = pane;
    this.inThread = inThread;
    this.empty = empty;
    this.list = el("div.timeline-list", { role: "log", "aria-label": pane.say("messages") });
    this.down = el("button.to-newest", { type: "button", hidden: true, onclick: () => this.toEnd() }, icon("down"), pane.say("newer"));
    this.node = el("div.timeline", { tabindex: "-1" }, this.list);
    this.toolbar = new Toolbar(pane, this);
    this.node.addEventListener("scroll", () => this.#nearEnd() && (this.down.hidden = true), { passive: true });
    this.node.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** Shows these messages; `unread` of the last ones are new to the reader. */
  show(messages, unread) {
    this.#messages = new Map(messages.map((each) => [each.id, each]));
    this.#fresh.clear();
    const others = messages.filter((each) => !each.mine);
    this.#newAt = unread > 0 ? (others.at(-Math.min(unread, others.length))?.id ?? null) : null;
    if (this.#newAt === messages[0]?.id && !this.inThread && unread >= others.length) this.#newAt = null;
    this.draw();
    const line = this.list.querySelector(".is-new");
    if (line) line.scrollIntoView({ block: "center" });
    else this.toEnd();
  }

  /** The same messages read again, after a break: the place on the screen stays. */
  refresh(messages) {
    const stay = this.#nearEnd() ? () => this.toEnd() : this.#anchor();
    this.#messages = new Map(messages.map((each) => [each.id, each]));
    this.draw();
    stay();
  }

  /** A message came, changed, or (`message` null) went. */
  take(change, id, message) {
    const before = this.#messages.get(id);
    if (!message) {
      this.#messages.delete(id);
    } else {
      if (change === "added" || !before) this.#fresh.add(id);
      else if (voices(message) > 1 && voices(before) < 2) this.#fresh.add(id);
      this.#messages.set(id, message);
    }
    const stick = (this.#nearEnd() || (message?.mine && !before)) && Date.now() > this.#held;
    const stay = this.#anchor();
    this.draw();
    if (message && this.#fresh.has(id) && voices(message) > 1) this.#hold(id);
    else if (stick) this.toEnd();
    else stay();
    if (!stick && message && !before) this.down.hidden = false;
    setTimeout(() => this.#fresh.delete(id), 3000);
  }

  /** What is revealed stays in sight for a while, whatever comes after it. */
  #hold(id) {
    this.#held = Date.now() + HELD;
    this.list.querySelector(`article[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "start" });
  }

  /** Remembers what is read now; what it returns puts it back in its place when something above it came or went. */
  #anchor() {
    const top = this.node.getBoundingClientRect().top;
    const rows = [...this.list.querySelectorAll("article")];
    const seen = rows.find((each) => each.getBoundingClientRect().bottom > top + 1);
    const id = seen?.dataset.id;
    const before = seen?.getBoundingClientRect().top;
    return () => {
      const now = id && this.list.querySelector(`article[data-id="${CSS.escape(id)}"]`);
      if (now) this.node.scrollTop += now.getBoundingClientRect().top - before;
    };
  }

  get(id) {
    return this.#messages.get(id);
  }

  lastOwn() {
    return [...this.#messages.values()].reverse().find((each) => each.mine && !each.deleted);
  }

  /** Opens what one can do with a message, as if it had been pointed at. */
  menu(id) {
    const node = this.list.querySelector(`article[data-id="${CSS.escape(id)}"]`);
    node?.focus();
    node?.scrollIntoView({ block: "nearest" });
    this.toolbar.more.click();
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.down.hidden = true;
  }

  /** Brings a message into sight. */
  reveal(id) {
    const node = this.list.querySelector(`article[data-id="${CSS.escape(id)}"]`);
    node?.scrollIntoView({ block: "nearest" });
    if (this.#nearEnd()) this.toEnd();
  }

  #nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  /** Days have other names when the clock passes midnight, and in another zone. */
  turned() {
    const today = day(this.pane.clock.now(), this.pane.reader);
    if (today !== this.#day) this.draw();
  }

  draw() {
    this.#day = day(this.pane.clock.now(), this.pane.reader);
    const dismissed = new Set(kept.get(this.#dismissed(), []));
    const shown = [...this.#messages.values()].filter((each) => !dismissed.has(each.id));
    const focus = this.#focus();
    const drawn = new Map();
    const nodes = [];
    let before = null;
    for (const message of shown) {
      const today = day(new Date(message.at), this.pane.reader);
      if (!before || day(new Date(before.at), this.pane.reader) !== today) {
        nodes.push(this.#reuse(drawn, `day ${today} ${this.#day}`, today, () => dayLine(message.at, this.pane)));
        before = null;
      }
      if (message.id === this.#newAt) {
        nodes.push(this.#reuse(drawn, "new", true, () => newLine(this.pane)));
        before = null;
      }
      const compact = Boolean(before) && together(before, message);
      nodes.push(this.#reuse(drawn, `${message.id} ${compact}`, message, () => this.#row(message, compact)));
      before = message;
    }
    if (!shown.length) nodes.push(this.#reuse(drawn, "empty", this.empty, () => el("div.empty", {}, this.empty())));
    this.#drawn = drawn;
    this.#arrange(nodes);
    this.#restore(focus);
  }

  #reuse(drawn, key, version, make) {
    const old = this.#drawn.get(key);
    const stays = old && (old.version === version || old.node.querySelector(".editor")); // nobody's typing is drawn over
    const entry = stays ? old : { version, node: make() };
    drawn.set(key, entry);
    return entry.node;
  }

  #row(message, compact) {
    const look = {
      compact,
      inThread: this.inThread,
      fresh: this.#fresh.has(message.id),
      dismiss: message.private ? () => this.dismiss(message) : null,
    };
    const node = row(message, this.pane, look);
    this.toolbar.watch(node, message.id);
    return node;
  }

  /** Moves as few nodes as possible, so that nothing flickers and selections stay. */
  #arrange(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, n) => {
      if (this.list.children[n] !== node) this.list.insertBefore(node, this.list.children[n] ?? null);
    });
    const rows = nodes.filter((node) => node.matches("article"));
    const entry = rows.find((each) => each.contains(document.activeElement)) ?? rows.at(-1);
    for (const each of rows) each.tabIndex = each === entry ? 0 : -1;
  }

  #focus() {
    const active = document.activeElement;
    const within = this.list.contains(active) && active.closest("article");
    return within ? { id: within.dataset.id, stay: active.dataset.stay, row: active === within } : null;
  }

  #restore(focus) {
    if (!focus || this.list.contains(document.activeElement)) return;
    const node = this.node.querySelector(`article[data-id="${CSS.escape(focus.id)}"]`);
    const inside = focus.stay && [...(node?.querySelectorAll("[data-stay]") ?? [])].find((each) => each.dataset.stay === focus.stay);
    (inside || node)?.focus({ preventScroll: true });
  }

  /** Arrow keys go from message to message. */
  #walk(event) {
    const at = event.target.closest?.("article");
    if (event.target !== at || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    const rows = [...this.list.querySelectorAll("article")];
    const n = rows.indexOf(at);
    const to = { ArrowUp: rows[n - 1], ArrowDown: rows[n + 1], Home: rows[0], End: rows.at(-1) }[event.key];
    if (!to) return;
    event.preventDefault();
    for (const each of rows) each.tabIndex = each === to ? 0 : -1;
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  dismiss(message) {
    const all = [...kept.get(this.#dismissed(), []), message.id];
    kept.set(this.#dismissed(), all.slice(-MOST_DISMISSED));
    this.draw();
    this.list.querySelector("article[tabindex='0']")?.focus({ preventScroll: true });
  }

  #dismissed() {
    return `dismissed.${this.pane.me.id}`;
  }

  clear(...words) {
    this.#messages.clear();
    this.#drawn.clear();
    fill(this.list, words);
  }
}

/** Said by the same person within five minutes, and nothing stands in between. */
function together(before, message) {
  return (
    before.author.id === message.author.id &&
    before.private === message.private &&
    !before.deleted &&
    !message.deleted &&
    Date.parse(message.at) - Date.parse(before.at) < TOGETHER
  );
}
