// A dialog in front of everything: the browser keeps the focus inside, closes it with Esc and gives the focus back.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Opens a dialog and returns its element; `dialog.close()` ends it. `above` stands over the title.
 * `content` scrolls, `actions` stay in sight.
 */
export function dialog({ say, title, above, content, actions, kind = "plain", tag = "div", closed }) {
  const id = freshId("dialog");
  const before = document.activeElement;
  const box = el(
    `dialog.dialog.is-${kind}`,
    { "aria-labelledby": id, lang: say.language },
    el(
      `${tag}.dialog-frame`,
      tag === "form" ? { novalidate: true, autocomplete: "off" } : {},
      el(
        "header.dialog-head",
        {},
        el("div.grow", {}, above, el("h2", { id, tabindex: "-1" }, title)),
        el("button.icon-button", { type: "button", "aria-label": say("close"), onclick: () => box.close() }, icon("close")),
      ),
      el("div.dialog-body", {}, content),
      actions && el("footer.dialog-foot", {}, actions),
    ),
  );
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.addEventListener("close", () => {
    box.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    closed?.();
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Asks once; resolves to true when the person says yes. */
export function ask({ say, question, yes, no = say("cancel"), danger = false, more }) {
  return new Promise((resolve) => {
    let answer = false;
    const box = dialog({
      say,
      kind: "question",
      title: question,
      content: more && el("p", {}, more),
      actions: [
        el("button.button", { type: "button", onclick: () => box.close() }, no),
        el(
          `button.button.${danger ? "is-danger-full" : "is-primary"}`,
          {
            type: "button",
            onclick: () => {
              answer = true;
              box.close();
            },
          },
          yes,
        ),
      ],
      closed: () => resolve(answer),
    });
    box.querySelector(".dialog-foot button:last-child").focus();
  });
}
