// Kring's clock and the buttons that move it: what would take days can be seen in a minute.

import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { capital, near, relative, time, whole } from "../parts/moments.js";
import { fault, tell } from "../parts/notice.js";
import { popover } from "../parts/popover.js";

export class TimeBar {
  #busy = false;

  constructor(desk) {
    this.desk = desk;
    this.shown = el("span.clock-now");
    this.next = el("span.clock-next");
    this.node = el("div.timebar", { role: "group" });
    desk.room.clock.addEventListener("tick", () => this.#tick());
  }

  draw() {
    const { say } = this.desk;
    const focus = this.node.contains(document.activeElement) && document.activeElement.dataset.stay;
    this.node.setAttribute("aria-label", say("clock"));
    const face = el("span.clock", { title: say("clock_about") }, icon("clock"), this.shown);
    const chip = el(
      "button.clock-chip",
      { type: "button", "data-stay": "chip", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": say("clock"), onclick: () => this.#sheet(chip) },
      icon("clock"),
      el("span", {}, this.#now(true)),
    );
    this.chip = chip.lastElementChild;
    fill(this.node, face, el("div.clock-moves", {}, this.#moves()), chip);
    this.#tick();
    if (focus) this.node.querySelector(`[data-stay="${CSS.escape(focus)}"]`)?.focus();
  }

  #moves(after = () => {}) {
    const { say, room } = this.desk;
    const move = (stay, label, to, ...content) =>
      el(
        "button.clock-move",
        { type: "button", title: label, "data-stay": stay, onclick: () => (after(), this.move(to)) },
        content,
      );
    const next = move("next", say("next_due"), { next: true }, icon("next"), el("span", {}, say("next"), " "), this.next);
    next.disabled = !room.clock.next;
    this.nextButton = next;
    return [
      move("hour", say("hour_about"), { hours: 1 }, say("hour")),
      move("day", say("day_about"), { hours: 24 }, say("day")),
      next,
    ];
  }

  #sheet(chip) {
    const head = el("p.chooser-head", {}, el("strong", {}, capital(this.#now())), el("small", {}, this.desk.say("clock_about")));
    const close = popover(chip, [head, el("div.clock-sheet", {}, this.#moves(() => close()))], { label: this.desk.say("clock"), kind: "clock" });
    this.#tick();
  }

  /** Moves the clock: `{hours}`, or `{next: true}`. */
  async move(to) {
    if (this.#busy) return;
    this.#busy = true;
    this.node.setAttribute("aria-busy", "true");
    const { api, say, room } = this.desk;
    try {
      const moved = await api.clock(to);
      room.clock.set(moved.now, moved.next_due);
      const [first, ...others] = await this.desk.rail.count();
      const names = new Intl.ListFormat(say.language).format([first, ...others].filter(Boolean).map((each) => each.name));
      const words = say(moved.handled ? "moved" : "moved_quiet", { n: moved.handled, when: this.#now() });
      const act = () => this.desk.become(this.desk.active, first.id, { channel: `dm-${first.id}`, thread: null });
      tell(say, first ? `${words} ${say("moved_new", { names })}` : words, first && { label: say("act_as_one", { name: first.name.split(" ")[0] }), act });
    } catch (error) {
      fault(say, error);
    } finally {
      this.#busy = false;
      this.node.removeAttribute("aria-busy");
    }
  }

  #reader() {
    return this.desk.active.reader;
  }

  #now(short = false) {
    if (!this.desk.active) return "";
    const now = this.desk.room.clock.now();
    const reader = this.#reader();
    if (short) return time(now, reader);
    const weekday = new Intl.DateTimeFormat(reader.language === "nl" ? "nl-NL" : "en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      timeZone: reader.zone || "UTC",
    }).format(now);
    return `${weekday}, ${time(now, reader)}`;
  }

  #tick() {
    if (!this.desk.active) return;
    const { clock } = this.desk.room;
    const text = capital(this.#now());
    if (this.shown.textContent !== text) fill(this.shown, text);
    if (this.chip) this.chip.textContent = this.#now(true);
    const next = clock.next ? new Date(clock.next) : null;
    const reader = this.#reader();
    const words = next ? relative(next, clock.now(), reader) : this.desk.say("next_none");
    if (this.next.textContent !== words) fill(this.next, words);
    if (this.nextButton) {
      this.nextButton.disabled = !next;
      const when = next ? `${near(next, clock.now(), reader)} ${time(next, reader)}` : "";
      this.nextButton.title = next ? this.desk.say("next_due_at", { when }) : words;
      this.shown.parentElement.title = `${this.desk.say("clock_about")} ${whole(clock.now(), reader)}`;
    }
  }
}
