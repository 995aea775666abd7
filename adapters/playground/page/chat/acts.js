// What a person does, and what comes back: each act goes to the server, and its answer to where it belongs.

import { fault } from "../parts/notice.js";
import { openForm } from "./form.js";

export class Acts {
  constructor(pane) {
    this.pane = pane;
  }

  get #api() {
    return this.pane.api;
  }

  press = (message, control) =>
    this.#do(() => this.#api.press(message.id, control.label, control.action), { act: "press", name: control.action.name });
  select = (message, control, values) =>
    this.#do(() => this.#api.select(message.id, control.label, control.action, control.most > 1 ? values : values[0]));
  shortcut = (message, name) => this.#do(() => this.#api.shortcut(message.id, name), { act: "shortcut", name });
  react = (message, emoji, mine) =>
    this.#do(() => (mine ? this.#api.unreact(message.id, emoji) : this.#api.react(message.id, emoji)));
  remove = (message) => this.#do(() => this.#api.remove(message.id));

  /** True when it was said; otherwise the caller keeps the words. The fault is thrown for it to show. */
  async say(channel, thread, text) {
    const isCommand = /^\/\p{L}/u.test(text);
    const typed = isCommand && !/^\/kring\b/i.test(text) ? text.slice(1) : text;
    this.#answered(await (isCommand ? this.#api.call(channel, thread, typed) : this.#api.post(channel, thread, text)));
    if (isCommand) this.#did({ act: "command", name: typed.replace(/^\/kring\s*/i, "") });
  }

  async edit(message, text) {
    this.#answered(await this.#api.edit(message.id, text));
  }

  /** Sends a form; returns the answer when it is about its fields, else null. */
  async send(form, values) {
    const done = await this.#api.send(form.id, values);
    if (done.answer.kind === "form_errors") return done.answer;
    this.#answered(done);
    this.#did({ act: "form", name: form.action?.name ?? "" });
    return null;
  }

  /** The tour likes to know. */
  #did(what) {
    this.pane.desk.happened(this.pane, { type: "did", ...what });
  }

  async #do(act, what) {
    try {
      this.#answered(await act());
      if (what) this.#did(what);
    } catch (error) {
      fault(this.pane.say, error);
    }
  }

  #answered({ message, answer }) {
    if (message) this.pane.take(message);
    if (!answer) return;
    for (const each of [answer.message, ...(answer.more ?? [])]) if (each) this.pane.take(each, { show: true });
    if (answer.form) openForm(this.pane, answer.form);
  }
}
