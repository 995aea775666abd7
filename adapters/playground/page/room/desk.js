// The whole page: who is shown, one person or two side by side, and what all of them share around it.

import { Pane } from "../chat/pane.js";
import { el, fill, soon } from "../parts/dom.js";
import { mark } from "../parts/icons.js";
import { speaker } from "../parts/speaker.js";
import { Tour } from "../tour/tour.js";
import { read, write } from "./address.js";
import { Api } from "./api.js";
import { joining } from "./joining.js";
import { kept } from "./kept.js";
import { Rail } from "./rail.js";
import { Room } from "./room.js";
import { shortcuts } from "./shortcuts.js";
import { TopBar } from "./topbar.js";

const WIDE = 1080;

export class Desk {
  room = new Room();
  panes = [];
  active = null;

  constructor(body) {
    this.body = body;
    this.say = speaker("en");
    this.api = new Api(null, this.say);
    this.top = new TopBar(this);
    this.rail = new Rail(this);
    this.area = el("main.panes", { id: "panes" });
    this.tour = new Tour(this);
    this.later = soon(() => this.refresh(), 900);
  }

  get wide() {
    return innerWidth >= WIDE;
  }

  /** Reads who is here and shows the people of the address; waits kindly when the server is not there. */
  async open() {
    fill(this.body, el("div.loading.is-page", {}, mark()));
    let state;
    while (!state) {
      try {
        state = await this.api.state();
      } catch (error) {
        fill(this.body, el("div.loading.is-page", { role: "alert" }, mark(), el("h1", {}, error.message), el("p", {}, error.hint)));
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
    }
    this.room.read(state);
    this.skip = el("a.skip", { href: "#panes", onclick: (event) => this.#skip(event) });
    fill(this.body, this.skip, this.top.node, el("div.desk", {}, this.rail.node, this.area, this.tour.node));
    this.room.addEventListener("read", () => this.#draw());
    window.addEventListener("popstate", () => this.#follow());
    window.addEventListener("resize", soon(() => this.#fit(), 200));
    shortcuts(this);
    await this.#follow();
    this.tour.begin();
  }

  // -- who is shown

  async #follow() {
    if (!this.room.people.length) return this.#nobody();
    const asked = read(location.hash).filter((each) => this.room.person(each.person));
    const places = asked.length ? asked : [{ person: this.#somebody(), channel: null, thread: null, first: true }];
    const shown = this.wide ? places : places.slice(0, 1);
    shown.forEach((place, n) => {
      const there = this.panes[n];
      if (there?.me.id === place.person) there.follow(place);
      else this.#put(n, place);
    });
    while (this.panes.length > shown.length) this.#remove(this.panes.at(-1));
    this.wrote(null, true);
  }

  /** An empty playground begins with somebody who joins. */
  #nobody() {
    for (const pane of [...this.panes]) this.#remove(pane);
    const { room } = this;
    this.say = speaker(room.language);
    const guest = { room, say: this.say, api: new Api(null, this.say), me: { space: room.spaces[0]?.id, language: room.language } };
    const join = el("button.button.is-primary", { type: "button", onclick: () => joining(this, guest) }, this.say("join"));
    fill(this.area, el("div.nobody", {}, mark(), el("h1", {}, this.say("nobody")), join));
  }

  #somebody(except) {
    const last = kept.get("person");
    const people = this.room.people.filter((each) => each.id !== except);
    return (people.find((each) => each.id === last) ?? people.find((each) => each.host) ?? people[0])?.id;
  }

  #put(n, place) {
    const person = this.room.person(place.person);
    const pane = new Pane(this, person);
    const before = this.panes[n];
    if (before) {
      before.node.replaceWith(pane.node);
      before.stop();
      this.panes[n] = pane;
    } else {
      this.area.append(pane.node);
      this.panes.push(pane);
    }
    if (!this.active || before === this.active) this.activate(pane);
    pane.started = pane.start(place).then(
      () => this.wrote(pane, true),
      () => {}, // the line above the pane says that the server is gone, and reads all when it is back
    );
    this.#draw();
    return pane;
  }

  #remove(pane) {
    this.panes = this.panes.filter((each) => each !== pane);
    pane.stop();
    if (this.active === pane) this.active = null;
    this.activate(this.panes[0]);
    this.#draw();
  }

  /** The pane shows this person from now on, where that person was last or at `place`. */
  async become(pane, id, place) {
    if (!this.panes.includes(pane)) {
      fill(this.area);
      this.#put(0, { person: id, channel: null, thread: null, first: true });
      return this.panes[0].started;
    }
    const other = this.panes.find((each) => each.me.id === id);
    if (other && other !== pane) {
      this.activate(other);
      other.node.querySelector(".composer-input")?.focus();
    } else if (pane.me.id !== id) {
      const made = this.#put(this.panes.indexOf(pane), { person: id, channel: null, thread: null, first: true, ...place });
      kept.set("person", id);
      this.wrote(made, false);
      await made.started;
      return made;
    }
    const there = other ?? pane;
    if (place) await there.go(place);
    return there;
  }

  /** Shows this person, or the next one, beside the other. */
  beside(id) {
    const shown = this.panes.map((each) => each.me.id);
    const next = id ?? this.room.people.find((each) => !shown.includes(each.id))?.id;
    if (!next || shown.includes(next)) return;
    this.#put(1, { person: next, channel: null, thread: null, first: true });
    this.wrote(null, false);
  }

  alone() {
    const [pane] = this.panes.filter((each) => each !== this.active);
    if (pane) this.#remove(pane);
    this.wrote(null, false);
  }

  /** The person's language or zone changed: everything is said anew. */
  renew(pane) {
    this.#put(this.panes.indexOf(pane), { person: pane.me.id, ...pane.place });
  }

  /** The person of the pane leaves, or has left: somebody else takes their place. */
  lost(pane) {
    const next = this.#somebody(pane.me.id);
    if (this.panes.length > 1) this.#remove(pane);
    else if (next) this.become(pane, next);
    else this.#nobody();
  }

  activate(pane) {
    if (!pane || (this.active === pane && this.say === pane.say)) return;
    this.active = pane;
    this.say = pane.say;
    this.api = pane.api;
    document.documentElement.lang = pane.say.language;
    this.#draw();
  }

  // -- keeping up

  /** Something happened that others may want to know: the rail's marks, what comes due next. */
  happened(pane, event) {
    this.tour.saw(pane, event);
    this.later();
  }

  async refresh() {
    try {
      this.room.read(await new Api(null, this.say).state());
    } catch {
      return; // the line above the pane says so
    }
    for (const pane of this.panes) if (!this.room.person(pane.me.id)) this.lost(pane);
    if (this.panes.length) this.rail.count();
  }

  // -- the address

  link(pane, place) {
    return write(this.panes.map((each) => ({ person: each.me.id, ...(each === pane ? place : each.place) })));
  }

  wrote(pane, replace) {
    const hash = this.link(pane, pane?.place);
    if (pane) this.tour.saw(pane, { type: "went", ...pane.place });
    if (hash === location.hash) return;
    history[replace ? "replaceState" : "pushState"](null, "", hash);
  }

  // -- around it

  #draw() {
    if (!this.active) return;
    document.title = `Kring · ${this.room.community}`;
    this.skip.textContent = this.say("skip");
    this.area.dataset.panes = String(this.panes.length);
    for (const each of this.panes) each.node.classList.toggle("is-active", each === this.active);
    this.top.draw();
    this.rail.draw();
    this.tour.draw();
  }

  #fit() {
    if (!this.wide && this.panes.length > 1) this.alone();
    for (const pane of this.panes) {
      if (!pane.narrow && !pane.place.channel) pane.follow({ channel: null, thread: null });
    }
    this.top.draw();
  }

  #skip(event) {
    event.preventDefault();
    const rows = this.active.node.querySelectorAll(".conversation article");
    (rows[rows.length - 1] ?? this.active.main.composer.input).focus();
  }
}
