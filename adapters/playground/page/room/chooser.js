// The list of people one can act as, with joining and leaving.

import { avatar } from "../parts/avatar.js";
import { ask } from "../parts/dialog.js";
import { el } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { tell } from "../parts/notice.js";
import { menu, popover } from "../parts/popover.js";
import { joining } from "./joining.js";

/** Opens the list beside `anchor`; the chosen person takes the place of the pane's. */
export function chooser(desk, pane, anchor) {
  const { say } = pane;
  let close = () => {};
  const choose = (person) => {
    close();
    desk.become(pane, person.id);
  };
  const lists = desk.room.bySpace().map(({ space, people }) =>
    el(
      "section.chooser-space",
      { "aria-label": space.name },
      el("h3", {}, space.name),
      people.map((person) => row(desk, pane, person, choose)),
    ),
  );
  const add = el(
    "button.menu-item.chooser-add",
    {
      type: "button",
      onclick: () => {
        close();
        joining(desk, pane);
      },
    },
    el("span.round", {}, icon("plus")),
    el("span.grow", {}, say("join"), el("small", {}, say("join_hint"))),
  );
  const content = [el("p.chooser-head", {}, el("strong", {}, say("act_as")), el("small", {}, say("act_as_hint"))), lists, add];
  close = popover(anchor, content, { label: say("act_as"), kind: "chooser", focus: null });
  document.querySelector(".is-chooser [aria-current]")?.focus();
}

function row(desk, pane, person, choose) {
  const { say } = pane;
  const mine = person.id === pane.me.id;
  const other = desk.panes.some((each) => each !== pane && each.me.id === person.id);
  const more = el(
    "button.icon-button",
    {
      type: "button",
      "aria-label": say("more_about", { name: person.name }),
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => options(desk, pane, person, more),
    },
    icon("more"),
  );
  const facts = [person.role, person.host && say("host"), person.direct_messages === false && say("dm_closed")].filter(Boolean);
  return el(
    "div.chooser-row",
    {},
    el(
      "button.menu-item",
      { type: "button", "aria-current": mine ? "true" : null, onclick: () => choose(person) },
      avatar(person),
      el("span.grow", {}, person.name, el("small", {}, facts.join(" · "))),
      mine ? icon("check") : other && el("span.tag", {}, say("beside_now")),
      el("span.language", { "aria-hidden": "true" }, person.language),
    ),
    more,
  );
}

function options(desk, pane, person, anchor) {
  const { say, api } = pane;
  const closed = person.direct_messages === false;
  menu(anchor, say("more_about", { name: person.name }), [
    desk.wide && { icon: icon("beside"), label: say("beside_open"), act: () => desk.beside(person.id) },
    {
      icon: icon("lock"),
      label: say(closed ? "dm_open" : "dm_close"),
      hint: say("dm_close_hint"),
      act: () => pane.attempt(() => api.change(person.id, { direct_messages: closed })),
    },
    "line",
    { icon: icon("leave"), label: say("leave", { name: person.name }), danger: true, act: () => leave(desk, pane, person) },
  ]);
}

async function leave(desk, pane, person) {
  const { say, api, room } = pane;
  const place = room.spaceName(person.space);
  const sure = await ask({ say, question: say("leave_sure", { name: person.name, place }), yes: say("leave_yes"), danger: true });
  if (!sure) return;
  for (const each of desk.panes) if (each.me.id === person.id) desk.lost(each);
  if (!(await pane.attempt(() => api.leave(person.id)))) return;
  tell(say, say("left", { name: person.name, place }));
  await desk.refresh();
}
