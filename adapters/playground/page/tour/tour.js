// The tour: four steps beside the room, done in the room itself. It can be left, is remembered, and opened again.

import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { fault } from "../parts/notice.js";
import { kept } from "../room/kept.js";
import { Stagehand } from "./stagehand.js";
import { STEPS, cast } from "./steps.js";

const FRESH = { shut: false, step: 0, done: {}, memory: {} };

export class Tour {
  #busy = "";
  #acting = Promise.resolve();
  #folded = false;

  constructor(desk) {
    this.desk = desk;
    this.hand = new Stagehand(desk);
    this.node = el("aside.tour", { hidden: true });
    this.state = { ...structuredClone(FRESH), ...kept.get("tour", {}) };
  }

  /** At the first visit it is there; later only where it was not left. */
  begin() {
    if (!this.state.shut && this.desk.room.people.length > 2) this.#show(true);
  }

  open() {
    const over = this.state.shut === "done";
    if (over) this.state = structuredClone(FRESH);
    this.#keep({ shut: false });
    this.#folded = false;
    this.#show(true);
    this.node.querySelector("h2")?.focus();
  }

  #shut(how) {
    this.#keep({ shut: how });
    this.#show(false);
    document.querySelector('[data-stay="tour"]')?.focus();
  }

  #show(on) {
    this.node.hidden = !on;
    this.draw();
  }

  #keep(changed) {
    Object.assign(this.state, changed);
    kept.set("tour", this.state);
  }

  // -- what happens in the room

  /** Something happened in a pane, or the visitor did something: a task may be done by it. */
  saw(pane, event) {
    if (this.node.hidden) return;
    const stage = this.#stage();
    if (!stage.cast.host) return;
    const answered = event.act === "form" && event.name === "round.answer";
    if (answered) this.#remember("answered", [...(this.state.memory.answered ?? []), pane.me.id]);
    const tasks = STEPS[this.state.step].tasks;
    const open = tasks.findIndex((_, n) => !this.#isDone(n));
    // what was done out of turn counts too, but nothing that lies behind a task that is still ahead of its time
    for (const n of [open, open + 1]) {
      if (tasks[n] && !this.#isDone(n) && tasks[n].done({ person: pane?.me.id, ...event }, stage)) return this.#tick(n);
    }
  }

  #isDone(n) {
    return Boolean(this.state.done[`${this.state.step}.${n}`]);
  }

  #tick(n) {
    const done = { ...this.state.done };
    for (let each = 0; each <= n; each += 1) done[`${this.state.step}.${each}`] = true;
    if (this.state.step === 3 && n >= 1) this.#remember("day", this.desk.room.clock.now().getTime());
    this.#keep({ done });
    this.draw();
  }

  #remember(name, value) {
    this.#keep({ memory: { ...this.state.memory, [name]: value } });
  }

  #stage() {
    const { desk, hand } = this;
    const parts = cast(desk.room);
    const practice = () => {
      const all = desk.room.channels.filter((each) => each.space === parts.host?.space);
      return (all[1] ?? all[0])?.id ?? null;
    };
    const go = async (person, place) => {
      const pane = await desk.become(desk.active, person.id, place);
      desk.activate(pane);
      return pane;
    };
    return {
      desk,
      hand,
      cast: parts,
      practice,
      go,
      say: desk.say,
      memory: this.state.memory,
      remember: (name, value) => this.#remember(name, value),
      type: async (person, channel, text) => (await go(person, { channel, thread: null })).main.composer.begin(text),
      point: (selector) => point(desk, selector),
    };
  }

  /** One thing after the other: a task may be seen to be done before its own act has ended. */
  #act(n) {
    const task = STEPS[this.state.step].tasks[n];
    if (this.#busy !== task.words) this.#acting = this.#acting.then(() => this.#play(task, n));
  }

  async #play(task, n) {
    this.#busy = task.words;
    this.draw();
    try {
      await task.act({ ...this.#stage(), did: () => this.#tick(n) });
    } catch (error) {
      fault(this.desk.say, error);
    } finally {
      this.#busy = "";
      this.draw();
    }
  }

  #turn(to) {
    if (to >= STEPS.length) return this.#shut("done");
    this.#keep({ step: Math.max(0, to) });
    this.draw();
    this.node.querySelector("h2")?.focus();
  }

  // -- how it looks

  draw() {
    if (this.node.hidden || !this.desk.active) return;
    const { say } = this.desk;
    const focus = this.node.contains(document.activeElement) && document.activeElement.dataset.stay;
    const step = STEPS[this.state.step];
    const open = step.tasks.findIndex((_, n) => !this.#isDone(n));
    const last = this.state.step === STEPS.length - 1;
    const ready = open < 0;
    this.node.setAttribute("aria-label", say("tour"));
    this.node.classList.toggle("is-folded", this.#folded);
    fill(
      this.node,
      el(
        "header.tour-head",
        {},
        this.#dots(),
        el("span.grow", {}, say("tour_at", { n: this.state.step + 1, all: STEPS.length })),
        this.#button("fold", say(this.#folded ? "tour_unfold" : "tour_fold"), "down", () => this.#fold()),
        this.#button("shut", say("tour_skip"), "close", () => this.#shut("left")),
      ),
      el(
        "div.tour-body",
        {},
        el("h2", { tabindex: "-1" }, say(`tour_${step.key}`)),
        el("p.tour-about", {}, say(`tour_${step.key}_about`)),
        el("ol", {}, step.tasks.map((task, n) => this.#task(task, n, open))),
        ready && el("p.tour-ready", { role: "status" }, say(last ? "tour_end" : "tour_ready")),
      ),
      el(
        "footer.tour-foot",
        {},
        el("button.button", { type: "button", "data-stay": "before", disabled: this.state.step === 0, onclick: () => this.#turn(this.state.step - 1) }, say("tour_before")),
        el(
          `button.button${ready ? ".is-primary" : ""}`,
          { type: "button", "data-stay": "after", onclick: () => this.#turn(this.state.step + 1) },
          say(last ? "tour_finish" : "tour_after"),
        ),
      ),
    );
    if (focus) this.node.querySelector(`[data-stay="${CSS.escape(focus)}"]`)?.focus();
  }

  #task(task, n, open) {
    const { say } = this.desk;
    const done = this.#isDone(n);
    const parts = cast(this.desk.room);
    const names = {
      host: first(parts.host),
      second: first(parts.others[0]),
      others: new Intl.ListFormat(say.language).format(parts.others.map(first)),
      newcomer: first(parts.newcomer),
      channel: this.desk.room.channels.find((each) => each.id === this.#stage().practice())?.name ?? "",
    };
    const look = done ? ".is-done" : n === open ? ".is-open" : "";
    return el(
      `li.tour-task${look}`,
      { "aria-current": n === open ? "step" : null },
      el("span.tour-check", {}, done && icon("check"), done && el("span.unseen", {}, say("tour_done"))),
      el(
        "div.grow",
        {},
        el("p", {}, say(task.words, names)),
        n === open &&
          el(
            "button.button.is-small.is-primary",
            { type: "button", "data-stay": `act ${n}`, "aria-busy": this.#busy === task.words ? "true" : null, onclick: () => this.#act(n) },
            say(task.label, { who: names[task.who] }),
          ),
      ),
    );
  }

  #dots() {
    return el("span.tour-dots", { "aria-hidden": "true" }, STEPS.map((_, n) => el(`span${n < this.state.step ? ".is-done" : n === this.state.step ? ".is-open" : ""}`)));
  }

  #button(stay, label, drawing, onclick) {
    return el("button.icon-button", { type: "button", "data-stay": stay, "aria-label": label, title: label, onclick }, icon(drawing));
  }

  #fold() {
    this.#folded = !this.#folded;
    this.draw();
  }
}

function first(person) {
  return person?.name.split(" ")[0] ?? "";
}

/** Draws the eye to the first thing of that kind in the newest message that has one. */
function point(desk, selector) {
  const all = desk.active.node.querySelectorAll(selector);
  const node = all[all.length - 1]?.closest("article").querySelector(selector);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.focus();
  node.classList.add("is-pointed");
  setTimeout(() => node.classList.remove("is-pointed"), 4000);
}
