// Buttons, selects and links under Kring's words. What they mean is Kring's business; they only say what was chosen.

import { ask } from "../parts/dialog.js";
import { address, el, freshId } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { popover } from "../parts/popover.js";

export function controls(all, here, message) {
  return el("div.controls", { role: "group" }, all.map((control) => DRAW[control.kind]?.(control, here, message)));
}

const DRAW = {
  button: (control, here, message) => {
    const look = { primary: ".is-primary", danger: ".is-danger" }[control.style] ?? "";
    const press = async (event) => {
      const node = event.currentTarget;
      if (node.getAttribute("aria-busy") === "true") return;
      const sure = {
        say: here.say,
        question: control.confirm,
        yes: control.label,
        no: control.deny || undefined,
        danger: control.style === "danger",
      };
      if (control.confirm && !(await ask(sure))) return;
      await busy(node, () => here.acts.press(message, control));
    };
    return el(`button.button${look}`, { type: "button", "data-stay": keyOf(control), onclick: press }, control.label);
  },

  link_button: (control) => {
    const href = address(control.url);
    return href && el("a.button", { href, target: "_blank", rel: "noopener noreferrer" }, control.label, icon("open"));
  },

  select: (control, here, message) => (control.most > 1 ? several(control, here, message) : one(control, here, message)),
};

function keyOf(control) {
  return `${control.action.name}:${control.action.id}:${control.label}`;
}

/** Shows on the button that something is under way. */
async function busy(node, act) {
  node.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function one(control, here, message) {
  const blank = el("option", { value: "", disabled: true, hidden: true, selected: !control.chosen.length }, control.label);
  const choices = control.choices.map((choice) =>
    el(
      "option",
      { value: choice.value, selected: control.chosen.includes(choice.value) },
      choice.hint ? `${choice.label} · ${choice.hint}` : choice.label,
    ),
  );
  const select = el(
    "select.select",
    {
      "aria-label": control.label,
      "data-stay": keyOf(control),
      onchange: () => busy(select, () => here.acts.select(message, control, [select.value])),
    },
    blank,
    choices,
  );
  if (!control.chosen.length) return select; // then it is itself called what it is for
  return el("label.labelled", {}, el("span", {}, control.label), select);
}

function several(control, here, message) {
  const shown = control.choices.filter((choice) => control.chosen.includes(choice.value)).map((choice) => choice.label);
  const button = el(
    "button.button.is-select",
    { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", "data-stay": keyOf(control) },
    el("span", {}, shown.length ? `${control.label}: ${shown.join(", ")}` : control.label),
    icon("down"),
  );
  button.addEventListener("click", () => {
    const name = freshId("several");
    const boxes = control.choices.map((choice) =>
      el("input", { type: "checkbox", name, value: choice.value, checked: control.chosen.includes(choice.value), onchange: () => limit() }),
    );
    const limit = () => {
      const full = boxes.filter((box) => box.checked).length >= control.most;
      for (const box of boxes) box.disabled = full && !box.checked;
    };
    limit();
    const rows = control.choices.map((choice, n) =>
      el("label.check", {}, boxes[n], el("span.grow", {}, choice.label, choice.hint && el("small", {}, choice.hint))),
    );
    const done = el("button.button.is-primary", { type: "button" }, here.say("done"));
    const close = popover(button, [...rows, done], { label: control.label, kind: "choices" });
    done.addEventListener("click", () => {
      close();
      const values = boxes.filter((box) => box.checked).map((box) => box.value);
      busy(button, () => here.acts.select(message, control, values));
    });
  });
  return button;
}
