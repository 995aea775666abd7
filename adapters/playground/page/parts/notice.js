// Short notices at the edge of the page: what went wrong and what to do, or what has happened.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const STAYS = 6000;
let corner = null;

function place() {
  if (!corner?.isConnected) {
    corner = el("div.notices", { popover: "manual" });
    document.body.append(corner);
  }
  // last in the top layer, so that it is not behind a dialog
  if (corner.matches(":popover-open")) corner.hidePopover();
  corner.showPopover();
  return corner;
}

function show(kind, close, words, action) {
  const node = el(
    `div.notice.is-${kind}`,
    { role: kind === "fault" ? "alert" : "status" },
    icon(kind === "fault" ? "warning" : "check"),
    el("div.grow", {}, words),
    action && el("button.button.is-small", { type: "button", onclick: () => (action.act(), node.remove()) }, action.label),
    el("button.icon-button", { type: "button", "aria-label": close, onclick: () => node.remove() }, icon("close")),
  );
  const there = place();
  while (there.childElementCount > 2) there.firstElementChild.remove();
  there.append(node);
  return node;
}

/** What went wrong, kindly: one sentence and what to do. It stays until it is closed or ten seconds have passed. */
export function fault(say, error) {
  const words = [el("strong", {}, error.message), error.hint && el("p", {}, error.hint)];
  const node = show("fault", say("close"), words);
  setTimeout(() => node.remove(), STAYS * 2);
}

/** What has happened; `action` is `{label, act}`. */
export function tell(say, text, action) {
  const node = show("news", say("close"), [text], action);
  setTimeout(() => node.remove(), action ? STAYS * 1.5 : STAYS);
}
