// The fields of a form: each has a label, a hint, room for what is wrong with it, and says its value.

import { el, fill, freshId } from "../parts/dom.js";
import { icon } from "../parts/icons.js";

const SHOW_COUNT = 0.7;

/** `draft` is what was typed here before, if anything. Gives `{name, node, value(), fault(words), focus(), changed()}`. */
export function field(given, pane, draft) {
  const made = DRAW[given.kind](given, pane, draft);
  const { say } = pane;
  const error = el("p.field-fault", { id: `${made.id}-fault` });
  const hint = given.hint && el("p.field-hint", { id: `${made.id}-hint` }, given.hint);
  const optional = (given.kind === "checks" ? given.least === 0 : !given.required) && el("span.optional", {}, say("optional"));
  const described = [given.hint && `${made.id}-hint`, `${made.id}-fault`].filter(Boolean).join(" ");
  for (const input of made.inputs) input.setAttribute("aria-describedby", described);
  const node = made.group
    ? el("fieldset.field", {}, el("legend", {}, given.label, optional), hint, made.content, error)
    : el("div.field", {}, el("label", { for: made.id }, given.label, optional), hint, made.content, error);
  return {
    name: given.name,
    required: given.required ?? given.least > 0,
    node,
    value: made.value,
    focus: () => (made.inputs.find((input) => input.checked) ?? made.inputs[0])?.focus(),
    changed: () => draft !== undefined && JSON.stringify(draft) !== JSON.stringify(given.value),
    fault: (words) => {
      fill(error, words && icon("warning"), words);
      for (const input of made.inputs) input.setAttribute("aria-invalid", String(Boolean(words)));
    },
  };
}

const DRAW = {
  text: (given, pane, draft) => {
    const id = freshId("field");
    const input = given.multiline
      ? el("textarea.input", { id, rows: "4", dir: "auto", "aria-required": String(given.required) })
      : el("input.input", { id, type: "text", dir: "auto", "aria-required": String(given.required) });
    input.value = draft ?? given.value;
    const count = el("span.field-count", { "aria-live": "polite" });
    const grow = () => {
      const length = [...input.value].length;
      const near = given.multiline || length > given.most * SHOW_COUNT || length < given.least;
      fill(count, near ? `${length} / ${given.most}` : "");
      count.classList.toggle("is-over", length > given.most);
      if (!given.multiline) return;
      input.style.height = "auto";
      input.style.height = `${Math.min(input.scrollHeight + 2, innerHeight * 0.4)}px`;
    };
    input.addEventListener("input", grow);
    requestAnimationFrame(grow);
    return { id, inputs: [input], content: el("div.input-frame", {}, input, count), value: () => input.value };
  },

  choice: (given, pane, draft) => (given.choices.length > 7 ? select(given, pane, draft) : radios(given, pane, draft)),
  person: (given, pane, draft) => select(given, pane, draft),
  list: (given, pane, draft) => select(given, pane, draft),

  checks: (given, _pane, draft) => {
    const id = freshId("field");
    const on = new Set(draft ?? given.value);
    const inputs = given.choices.map((choice) => el("input", { type: "checkbox", value: choice.value, checked: on.has(choice.value) }));
    return {
      id,
      group: true,
      inputs,
      content: el("div.choices", {}, rows(given.choices, inputs)),
      value: () => inputs.filter((input) => input.checked).map((input) => input.value),
    };
  },
};

function rows(choices, inputs) {
  return choices.map((choice, n) =>
    el("label.check", {}, inputs[n], el("span.grow", {}, choice.label, choice.hint && el("small", {}, choice.hint))),
  );
}

function radios(given, pane, draft) {
  const id = freshId("field");
  const all = given.required ? given.choices : [{ value: "", label: pane.say("nothing_chosen"), hint: "" }, ...given.choices];
  const inputs = all.map((choice) =>
    el("input", { type: "radio", name: id, value: choice.value, checked: (draft ?? given.value) === choice.value }),
  );
  return {
    id,
    group: true,
    inputs,
    content: el("div.choices", {}, rows(all, inputs)),
    value: () => inputs.find((input) => input.checked)?.value ?? "",
  };
}

function select(given, pane, draft) {
  const id = freshId("field");
  const input = el(
    "select.input",
    { id, "aria-required": String(given.required) },
    el("option", { value: "" }, pane.say(given.required ? "choose" : "nothing_chosen")),
    given.choices.map((choice) => el("option", { value: choice.value }, choice.hint ? `${choice.label} · ${choice.hint}` : choice.label)),
  );
  input.value = draft ?? given.value;
  const about = el("p.field-hint.of-chosen", { "aria-live": "polite" }); // the closed list has no room for it
  const tell = () => fill(about, given.choices.find((choice) => choice.value === input.value)?.hint ?? "");
  input.addEventListener("change", tell);
  tell();
  return { id, inputs: [input], content: el("div", {}, input, about), value: () => input.value };
}
