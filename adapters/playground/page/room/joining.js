// Somebody new joins a space: that is how the newcomer's way in begins.

import { dialog } from "../parts/dialog.js";
import { el, fill } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { tell } from "../parts/notice.js";
import { field } from "../chat/fields.js";

const ZONES = ["Europe/Amsterdam", "Europe/London", "America/New_York", "America/Paramaribo", "Asia/Tokyo", "Australia/Sydney"];

function zoneChoice(zone) {
  return { value: zone, label: zone.replace(/^.*\//, "").replaceAll("_", " "), hint: "" };
}

export function joining(desk, pane) {
  const { say, room, me, api } = pane;
  const choice = (name, label, choices, value) => ({ kind: "choice", name, label, choices, value, required: true, hint: "" });
  const text = (name, label, required, hint = "") => ({ kind: "text", name, label, required, hint, value: "", least: 0, most: 80, multiline: false });
  const fields = [
    text("name", say("name"), true),
    text("role", say("role"), false, say("role_hint")),
    choice("space", say("space"), room.spaces.map((each) => ({ value: each.id, label: each.name, hint: "" })), me.space),
    choice("language", say("language"), Object.entries(room.languages).map(([value, label]) => ({ value, label, hint: "" })), me.language),
    { ...choice("timezone", say("zone"), ZONES.map(zoneChoice), ZONES[0]), kind: "list" },
  ].map((each) => field(each, pane));
  const sum = el("p.form-sum", { role: "alert" });
  const submit = el("button.button.is-primary", { type: "submit" }, say("join_yes"));
  const box = dialog({
    say,
    tag: "form",
    kind: "form",
    title: say("join"),
    content: [sum, fields.map((each) => each.node)],
    actions: [el("button.button", { type: "button", onclick: () => box.close() }, say("cancel")), submit],
  });
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map((each) => [each.name, each.value()]));
    if (!values.name.trim()) {
      fields[0].fault(say("name_needed"));
      return fields[0].focus();
    }
    try {
      const { person } = await api.join(values);
      box.close();
      await desk.refresh();
      if (!desk.panes.length) return desk.become(pane, person.id);
      const action = { label: say("act_as_one", { name: person.name }), act: () => desk.become(pane, person.id) };
      tell(say, say("joined", { name: person.name, place: room.spaceName(person.space) }), action);
    } catch (error) {
      fill(sum, icon("warning"), el("span", {}, el("strong", {}, error.message), " ", error.hint));
    }
  });
  fields[0].focus();
}
