// Where one types. What was typed stays until it was said: through a reload, a change of place, and a fault.

import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { kept } from "../room/kept.js";
import { suggest } from "./completion.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 220;

export class Composer {
  #place = null;
  /** What is being sent: its draft's name and its text. */
  #underway = null;
  #again = false;
  #whole = [];
  #fault = el("p.composer-fault", { role: "alert" });

  /** `editLast()` is asked when the arrow goes up in an empty composer. */
  constructor(pane, editLast) {
    this.pane = pane;
    const { say } = pane;
    this.input = el("textarea.composer-input", { rows: "1", dir: "auto", enterkeyhint: "send", autocapitalize: "sentences" });
    this.suggestions = new Suggestions(pane, this.input, (item, found) => this.#accept(item, found));
    this.button = el("button.icon-button.is-send", { type: "submit", "aria-label": say("send"), title: say("send") }, icon("send"));
    const slash = el(
      "button.icon-button",
      { type: "button", "aria-label": say("commands"), title: say("commands"), onclick: () => this.begin("/kring ") },
      icon("slash"),
    );
    this.node = el(
      "form.composer",
      { onsubmit: (event) => (event.preventDefault(), this.#send()) },
      this.suggestions.node,
      this.#fault,
      el("div.composer-frame", {}, slash, this.input, this.button),
    );
    this.#whole = [slash, this.input, this.button];
    for (const each of this.#whole) each.disabled = true; // until it is known where one types
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("click", () => this.#suggest());
    this.input.addEventListener("blur", () => this.suggestions.close());
    this.input.addEventListener("keydown", (event) => this.#key(event, editLast));
  }

  /** Goes to another place; what was typed there comes back. */
  open(place, label) {
    this.#place = place;
    for (const each of this.#whole) each.disabled = false;
    this.input.placeholder = label;
    this.input.setAttribute("aria-label", label);
    const draft = kept.get(this.#draft(), "");
    this.input.value = this.#underway?.draft === this.#draft() && draft.trim() === this.#underway.text ? "" : draft;
    this.suggestions.close();
    fill(this.#fault);
    this.#grow();
  }

  /** Puts words in and the cursor behind them, for the person to go on with. */
  begin(text) {
    this.input.value = text;
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  focus() {
    this.input.focus();
  }

  #draft(place = this.#place) {
    return `draft.${this.pane.me.id}.${place.channel}.${place.thread ?? ""}`;
  }

  #changed() {
    kept.set(this.#draft(), this.input.value);
    fill(this.#fault);
    this.#grow();
    this.#suggest();
  }

  #grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST)}px`;
    this.button.disabled = !this.input.value.trim();
  }

  #suggest() {
    const { selectionStart: start, selectionEnd: end, value } = this.input;
    const { commands, me, room } = this.pane;
    const people = room.people.filter((each) => each.space === me.space);
    this.suggestions.show(start === end ? suggest(value, start, commands, people) : null);
  }

  #accept(item, { from, to }) {
    const { value } = this.input;
    const rest = value.slice(to).replace(/^ /, "");
    this.input.value = value.slice(0, from) + item.insert + rest;
    const caret = from + item.insert.length;
    this.input.setSelectionRange(caret, caret);
    this.#changed();
    if (item.more === false) this.suggestions.close();
  }

  #key(event, editLast) {
    if (event.isComposing || this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.input.value && editLast()) {
      event.preventDefault();
    }
  }

  /** What is sent makes room at once, and comes back where it could not be said. Who sends more meanwhile waits their turn. */
  async #send() {
    const text = this.input.value.trim();
    if (!text) return;
    if (this.#underway) {
      this.#again = true;
      return;
    }
    const place = this.#place;
    this.#underway = { draft: this.#draft(place), text };
    this.#again = false;
    this.button.setAttribute("aria-busy", "true");
    this.suggestions.close();
    fill(this.#fault);
    this.input.value = "";
    this.#grow();
    try {
      await this.pane.acts.say(place.channel, place.thread, text);
      if (kept.get(this.#draft(place), "").trim() === text) kept.set(this.#draft(place), null);
    } catch (error) {
      this.#again = false;
      this.#give(place, text);
      fill(this.#fault, icon("warning"), el("span", {}, el("strong", {}, error.message), " ", error.hint));
    } finally {
      this.#underway = null;
      this.button.removeAttribute("aria-busy");
    }
    if (this.#again && this.#place === place) this.#send();
  }

  /** Back to who wrote it, before what they have typed since. */
  #give(place, text) {
    const since = this.#place === place ? this.input.value : kept.get(this.#draft(place), "");
    const whole = since.trim() && since.trim() !== text ? `${text}\n${since}` : text;
    kept.set(this.#draft(place), whole);
    if (this.#place !== place) return;
    this.input.value = whole;
    this.#grow();
  }
}
