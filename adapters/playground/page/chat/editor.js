// A message of one's own, being changed where it stands.

import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";

/** `done()` is called when it is over, one way or the other. */
export function editor(row, message, pane, done) {
  const old = row.querySelector(".written");
  if (!old) return;
  const { say } = pane;
  const wrong = el("p.composer-fault", { role: "alert" });
  const input = el("textarea.input", { rows: "1", dir: "auto", "aria-label": say("edit") });
  input.value = message.text;
  const save = el("button.button.is-primary.is-small", { type: "submit" }, say("save"));
  const stop = () => {
    form.replaceWith(old);
    row.focus();
    done();
  };
  const form = el(
    "form.editor",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const text = input.value.trim();
        if (!text || text === message.text) return stop();
        try {
          await pane.acts.edit(message, text);
          if (form.isConnected) stop();
        } catch (error) {
          fill(wrong, icon("warning"), el("span", {}, el("strong", {}, error.message), " ", error.hint));
        }
      },
    },
    wrong,
    input,
    el("div.editor-foot", {}, el("button.button.is-small", { type: "button", onclick: stop }, say("cancel")), save),
  );
  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  old.replaceWith(form);
  grow();
  input.focus();
}
