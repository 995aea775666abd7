// Plays the people whom the visitor does not play: finds a button by what it does, presses it, fills in forms.

import { Api } from "../room/api.js";

export class Stagehand {
  constructor(desk) {
    this.desk = desk;
  }

  api(person) {
    return new Api(person.id, this.desk.say);
  }

  /** The newest of their messages with a control of one of these actions, of that `id`: `{message, control}`, or null. */
  async find(person, names, { channel, id } = {}) {
    const api = this.api(person);
    const { channels } = await api.state();
    const places = channels.filter((each) => !channel || each.id === channel);
    const lists = await Promise.all(places.map((each) => this.#all(api, each.id)));
    const newest = lists.flat().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    for (const message of newest) {
      const control = controlsOf(message).find((each) => names.includes(each.action?.name) && (!id || each.action.id === id));
      if (control) return { message, control };
    }
    return null;
  }

  async #all(api, channel) {
    const { messages } = await api.messages(channel);
    const threads = await Promise.all(messages.filter((each) => each.replies).map((each) => api.messages(channel, each.id)));
    return [...messages, ...threads.flatMap((each) => each.messages.slice(1))];
  }

  /** Presses for them; the answer, or null when there is nothing to press. */
  async press(person, names, where) {
    const found = await this.find(person, names, where);
    if (!found) return null;
    const { answer } = await this.api(person).press(found.message.id, found.control.label, found.control.action);
    return answer;
  }

  /** Opens a form by a button and sends it with `words` in the first field that is to be filled in. */
  async answer(person, names, words, where) {
    const answer = await this.press(person, names, where);
    if (!answer?.form) return null;
    const field = answer.form.fields.find((each) => each.kind === "text" && each.required) ?? answer.form.fields[0];
    return this.api(person).send(answer.form.id, { [field.name]: words });
  }

  /** True when Kring has written in that thread. */
  async answered(person, channel, thread) {
    const { messages } = await this.api(person).messages(channel, thread);
    return messages.some((each) => each.author.kind === "bot" && !each.private);
  }

  /** The root of the thread in that channel with the most of people's own words. */
  async thread(person, channel) {
    const { messages } = await this.api(person).messages(channel);
    const own = messages.filter((each) => each.author.kind === "person" && each.replies > 1);
    return own.at(-1) ?? null;
  }
}

/** All buttons and selects of a message. */
export function controlsOf(message) {
  return message.blocks?.flatMap((block) => (block.kind === "controls" ? block.controls : [])) ?? [];
}
