// The list above the composer: commands and their use, or people. The words stay in the composer, only marked here.

import { avatar } from "../parts/avatar.js";
import { el, fill, freshId } from "../parts/dom.js";

export class Suggestions {
  id = freshId("suggestions");
  node = el("div.suggestions", { hidden: true });
  #items = [];
  #at = -1;
  #found = null;
  #list = el("ul", { role: "listbox", id: this.id });
  #usage = el("p.usage");
  #spoken = el("p.unseen", { role: "status" });

  /** `accept(item, found)` is called when one is chosen. `input` keeps the focus all the time. */
  constructor(pane, input, accept) {
    this.pane = pane;
    this.input = input;
    this.accept = accept;
    this.#list.setAttribute("aria-label", pane.say("suggestions"));
    fill(this.node, this.#usage, this.#list, this.#spoken);
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-autocomplete", "list");
  }

  get open() {
    return !this.node.hidden;
  }

  /** Shows what `suggest` found. */
  show(found) {
    if (!found || (!found.items.length && !found.usage)) return this.close();
    this.#found = found;
    this.node.hidden = false;
    this.#usage.hidden = !found.usage;
    if (found.usage) fill(this.#usage, usage(found.usage, this.pane.say));
    const rows = found.items.map((item, n) => this.#row(item, n));
    this.#items = rows;
    fill(this.#list, rows);
    this.#list.hidden = !rows.length;
    this.#mark(found.eager && rows.length ? 0 : -1);
    fill(this.#spoken, rows.length ? this.pane.say("suggested", { n: rows.length }) : "");
  }

  close() {
    this.node.hidden = true;
    this.#found = null;
    this.#items = [];
    this.#at = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** True when the key was for the list. */
  key(event) {
    if (!this.open || !this.#found) return false;
    const size = this.#items.length;
    if (event.key === "Escape") this.close();
    else if (size && event.key === "ArrowDown") this.#mark((this.#at + 1) % size);
    else if (size && event.key === "ArrowUp") this.#mark((this.#at - 1 + size) % size);
    else if (size && event.key === "Tab" && !event.shiftKey && !(this.#found.exact && this.#at < 0)) this.#take(Math.max(0, this.#at));
    else if (size && event.key === "Enter" && !event.shiftKey && this.#at >= 0) this.#take(this.#at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #row(item, n) {
    return el(
      "li.suggestion",
      {
        role: "option",
        id: `${this.id}-${n}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.#take(n),
      },
      item.person && avatar(item.person),
      el("span.suggestion-label", {}, item.label),
      item.about && el("span.suggestion-about", {}, item.about),
      item.who && item.who !== "member" && el("span.tag", {}, this.pane.say(`who_${item.who}`)),
    );
  }

  #mark(n) {
    this.#at = n;
    this.#items.forEach((row, each) => row.setAttribute("aria-selected", String(each === n)));
    if (n < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.#items[n].id);
    this.#items[n].scrollIntoView({ block: "nearest" });
  }

  #take(n) {
    const found = this.#found;
    this.close();
    this.accept(found.items[n], found);
  }
}

function usage({ command, at }, say) {
  const parts = command.options.map((option, n) => {
    const text = option.required ? `<${option.name}>` : `[${option.name}]`;
    return [" ", el(n === at ? "mark" : "span", {}, text)];
  });
  const about = at >= 0 ? command.options[at].about : command.about;
  return [el("code", {}, `/kring ${command.name}`, parts), el("span", {}, about), at < 0 && el("span.enter", {}, say("press_enter"))];
}
