// Everybody of the playground at the edge of the page: one press and you are somebody else.

import { avatar } from "../parts/avatar.js";
import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { Api } from "./api.js";
import { joining } from "./joining.js";

export class Rail {
  #fresh = new Map();
  #counting = false;

  constructor(desk) {
    this.desk = desk;
    this.node = el("nav.rail");
    this.node.addEventListener("keydown", (event) => this.#walk(event));
  }

  draw() {
    const { desk, node } = this;
    const { say, room } = desk;
    const focus = node.contains(document.activeElement) && document.activeElement.dataset.person;
    node.setAttribute("aria-label", say("people"));
    const groups = room.bySpace().map(({ space, people }) =>
      el("section", { "aria-label": space.name }, el("h2", { title: space.name }, space.name), people.map((each) => this.#person(each))),
    );
    const add = el(
      "button.rail-add",
      { type: "button", "aria-label": say("join"), title: say("join"), onclick: () => joining(desk, desk.active) },
      icon("plus"),
    );
    fill(node, groups, add);
    if (focus) node.querySelector(`[data-person="${CSS.escape(focus)}"]`)?.focus();
  }

  #person(each) {
    const { say, room, panes, active } = this.desk;
    const pane = panes.find((one) => one.me.id === each.id);
    const fresh = pane ? 0 : (this.#fresh.get(each.id) ?? 0);
    const facts = [each.name, each.role, room.spaceName(each.space)].filter(Boolean).join(" · ");
    return el(
      `button.rail-person${pane ? ".is-shown" : ""}${pane && pane === active ? ".is-active" : ""}`,
      {
        type: "button",
        title: facts,
        "aria-label": fresh ? `${facts}. ${say("unread", { n: fresh })}` : facts,
        "aria-current": pane === active ? "true" : null,
        data: { person: each.id },
        onclick: () => this.desk.become(this.desk.active, each.id),
      },
      avatar(each),
      fresh > 0 && el("span.dot", { "aria-hidden": "true" }),
    );
  }

  /** Counts for whom there is something new, a little after something happened; returns those with more than before. */
  async count() {
    if (this.#counting) return [];
    this.#counting = true;
    const { room, panes } = this.desk;
    const more = [];
    for (const each of room.people) {
      if (panes.some((pane) => pane.me.id === each.id)) continue;
      try {
        const { channels } = await new Api(each.id, this.desk.say).state();
        const unread = channels.find((channel) => channel.kind === "dm")?.unread ?? 0;
        if (unread > (this.#fresh.get(each.id) ?? 0)) more.push(each);
        this.#fresh.set(each.id, unread);
      } catch {
        break; // they left, or the server is gone: the next time tells
      }
    }
    this.#counting = false;
    this.draw();
    return more;
  }

  #walk(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...this.node.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length].focus();
  }
}
