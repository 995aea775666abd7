// The bar on top: whose community it is, the clock, and how one likes to see the page.

import { avatar } from "../parts/avatar.js";
import { el, fill } from "../parts/dom.js";
import { icon, mark } from "../parts/icons.js";
import { menu } from "../parts/popover.js";
import { chooser } from "./chooser.js";
import { kept } from "./kept.js";
import { showShortcuts } from "./shortcuts.js";
import { TimeBar } from "./timebar.js";

export class TopBar {
  constructor(desk) {
    this.desk = desk;
    this.time = new TimeBar(desk);
    this.node = el("header.topbar");
  }

  draw() {
    const { desk } = this;
    const { say, active, room, panes } = desk;
    const used = this.node.contains(document.activeElement) && document.activeElement.dataset.stay;
    const button = (drawing, stay, label, onclick, more = {}) =>
      el("button.icon-button", { type: "button", "aria-label": label, title: label, "data-stay": stay, onclick, ...more }, icon(drawing));
    const two = panes.length > 1;
    const beside = button("beside", "beside", say(two ? "one" : "two"), () => (two ? desk.alone() : desk.beside()), {
      "aria-pressed": String(two),
    });
    beside.classList.add("only-wide");
    const who = el(
      "button.topbar-who",
      {
        type: "button",
        "data-stay": "who",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "aria-label": say("act_as_now", { name: active.me.name }),
        onclick: () => chooser(desk, active, who),
      },
      avatar(active.me),
    );
    this.time.draw();
    fill(
      this.node,
      el("div.brand", {}, mark(), el("span.brand-words", {}, el("strong", {}, "Kring"), el("small", {}, room.community))),
      this.time.node,
      el(
        "div.topbar-tools",
        {},
        beside,
        button(dark() ? "sun" : "moon", "theme", say(dark() ? "light" : "dark"), () => this.#switch()),
        button("compass", "tour", say("tour"), () => desk.tour.open()),
        button("help", "help", say("shortcuts"), () => showShortcuts(desk)),
        this.#more(),
        who,
      ),
    );
    if (used) this.node.querySelector(`[data-stay="${CSS.escape(used)}"]`)?.focus();
  }

  /** On a phone there is room for one button. */
  #more() {
    const { desk } = this;
    const { say } = desk;
    const more = el(
      "button.icon-button.only-narrow",
      { type: "button", "aria-label": say("more"), "data-stay": "more", "aria-haspopup": "menu", "aria-expanded": "false" },
      icon("more"),
    );
    more.addEventListener("click", () =>
      menu(more, say("more"), [
        { icon: icon("compass"), label: say("tour"), act: () => desk.tour.open() },
        { icon: icon(dark() ? "sun" : "moon"), label: say(dark() ? "light" : "dark"), act: () => this.#switch() },
        { icon: icon("help"), label: say("shortcuts"), act: () => showShortcuts(desk) },
      ]),
    );
    return more;
  }

  #switch() {
    const theme = dark() ? "light" : "dark";
    kept.set("theme", theme);
    document.documentElement.dataset.theme = theme;
    this.draw();
  }
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
