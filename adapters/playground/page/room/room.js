// What all people on this page share: the community, who is in it, the emoji, and the clock.

import { Clock } from "./clock.js";

export class Room extends EventTarget {
  community = "";
  language = "en";
  languages = {};
  spaces = [];
  people = [];
  channels = [];
  emoji = [];
  clock = new Clock();
  #shortcuts = new Map();

  /** What `GET /api/state` says, for anybody. */
  read(state) {
    this.community = state.community;
    this.language = state.language;
    this.languages = state.languages;
    this.spaces = state.spaces;
    this.people = state.people.map((person, n) => ({ ...person, shade: n }));
    this.emoji = state.emoji;
    // asked as one person, the channels are only those of that person
    if (!state.me) this.channels = state.channels;
    if (state.me) this.#shortcuts.set(state.me.id, state.shortcuts);
    this.clock.set(state.now, state.next_due);
    this.dispatchEvent(new Event("read"));
  }

  person(id) {
    return this.people.find((each) => each.id === id);
  }

  spaceName(id) {
    return this.spaces.find((each) => each.id === id)?.name ?? "";
  }

  /** What that person can do with a message, named in their language. */
  shortcuts(pane) {
    return this.#shortcuts.get(pane.me.id) ?? [];
  }

  /** `[{space, people}]`, in the order of the spaces. */
  bySpace() {
    return this.spaces
      .map((space) => ({ space, people: this.people.filter((each) => each.space === space.id) }))
      .filter((each) => each.people.length);
  }
}
