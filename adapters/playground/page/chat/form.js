// A form that Kring opens. What is typed in it is kept until it is sent, also when it is closed by accident.

import { avatar } from "../parts/avatar.js";
import { dialog } from "../parts/dialog.js";
import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { kept } from "../room/kept.js";
import { field } from "./fields.js";
import { spans } from "./spans.js";

const OPEN = (pane) => `form.${pane.me.id}`;
const DRAFT = (pane, form) => `filled.${pane.me.id}.${form.action?.name ?? ""}.${form.action?.id ?? form.title}`;

export function openForm(pane, form) {
  const { say } = pane;
  const draft = kept.get(DRAFT(pane, form), {});
  const fields = form.fields.map((each) => field(each, pane, draft[each.name]));
  const restored = fields.some((each) => each.changed());
  const sum = el("p.form-sum", { role: "alert" });
  const submit = el("button.button.is-primary", { type: "submit" }, form.submit || say("send"));
  const values = () => Object.fromEntries(fields.map((each) => [each.name, each.value()]));
  const remember = () => kept.set(DRAFT(pane, form), values());

  const box = dialog({
    say,
    tag: "form",
    kind: "form",
    title: form.title,
    above: el("p.acting", {}, avatar(pane.me), `${say("acting", { name: pane.me.name })} · ${pane.room.spaceName(pane.me.space)}`),
    content: [
      form.intro?.length > 0 && el("p.form-intro", {}, spans(form.intro, pane)),
      restored && el("p.form-kept", {}, icon("check"), say("form_kept")),
      sum,
      fields.map((each) => each.node),
    ],
    actions: [el("button.button", { type: "button", onclick: () => box.close() }, say("cancel")), submit],
    closed: () => kept.set(OPEN(pane), null),
  });
  kept.set(OPEN(pane), form.id);

  box.addEventListener("input", remember);
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-busy") === "true") return;
    submit.setAttribute("aria-busy", "true");
    fill(sum);
    try {
      const wrong = await pane.acts.send(form, values());
      if (wrong) {
        show(wrong.errors);
      } else {
        kept.set(DRAFT(pane, form), null);
        box.close();
      }
    } catch (error) {
      fill(sum, icon("warning"), el("span", {}, el("strong", {}, error.message), " ", error.hint));
    } finally {
      submit.removeAttribute("aria-busy");
    }
  });

  function show(errors) {
    for (const each of fields) each.fault(errors[each.name] ?? "");
    const first = fields.find((each) => errors[each.name]);
    first?.focus();
    first?.node.scrollIntoView({ block: "nearest" });
  }

  const first = fields.find((each) => each.required && !each.value().length) ?? fields[0];
  (first ?? submit).focus();
  const body = box.querySelector(".dialog-body");
  if (body.scrollTop > 0) {
    // what is asked, and what is chosen already, stand above it: one reads them first
    body.scrollTop = 0;
    fields[0].focus();
  }
  return box;
}

/** After a reload: the form that was open is opened again with what was typed. */
export async function reopenForm(pane) {
  const id = kept.get(OPEN(pane));
  if (!id) return;
  try {
    openForm(pane, (await pane.api.form(id)).form);
  } catch {
    kept.set(OPEN(pane), null); // it was sent, or is no more
  }
}
