// What opens beside a button and goes away by itself: menus, the list of people, emoji. One at a time.

import { el } from "./dom.js";

const GAP = 6;
const EDGE = 8;

/**
 * Opens `content` beside `anchor`, which gets the focus back at the end; returns a function that closes it.
 * Left, right and below are tried so that it stays on the screen.
 */
export function popover(anchor, content, { label, kind = "menu", focus } = {}) {
  const box = el(`div.popover.is-${kind}`, { popover: "auto", role: kind === "menu" ? "menu" : "dialog", "aria-label": label }, content);
  // what opens from an open dialog or list belongs to it: outside it would be out of reach, or close it
  (anchor.closest("dialog, [popover]") ?? document.body).append(box);
  anchor.setAttribute("aria-expanded", "true");
  let byKey = false;
  const close = () => box.matches(":popover-open") && box.hidePopover();
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (byKey || box.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    box.remove();
  });
  box.addEventListener("keydown", (event) => {
    byKey = event.key === "Escape" || event.key === "Tab";
    if (event.key === "Tab" && kind === "menu") close();
    if (!walk(box, event)) return;
    event.preventDefault();
  });
  box.showPopover();
  place(box, anchor);
  (focus ?? stops(box)[0])?.focus();
  return close;
}

function stops(box) {
  return [...box.querySelectorAll("[role=menuitem], [role=menuitemradio], [data-stop], button, input")].filter((each) => !each.disabled);
}

/** Arrow keys, Home and End, and the first letter go through what can be chosen. */
function walk(box, event) {
  const all = stops(box);
  const at = all.indexOf(document.activeElement);
  const wide = box.querySelector("[data-columns]") !== null;
  const steps = { ArrowDown: wide ? 6 : 1, ArrowUp: wide ? -6 : -1, ArrowRight: wide ? 1 : 0, ArrowLeft: wide ? -1 : 0 };
  let to = null;
  if (steps[event.key]) to = all[(at + steps[event.key] + all.length) % all.length];
  else if (event.key === "Home") to = all[0];
  else if (event.key === "End") to = all.at(-1);
  else if (event.key.length === 1 && /\p{L}/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target instanceof HTMLInputElement)) {
    const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    to = rest.find((each) => each.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
  }
  to?.focus();
  return Boolean(to);
}

function place(box, anchor) {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = from.bottom + GAP + height <= innerHeight - EDGE || from.top - GAP - height < EDGE;
  const top = below ? Math.min(from.bottom + GAP, innerHeight - EDGE - height) : from.top - GAP - height;
  const fromLeft = from.left + width <= innerWidth - EDGE;
  const left = fromLeft ? from.left : Math.max(EDGE, from.right - width);
  box.style.top = `${Math.max(EDGE, top)}px`;
  box.style.left = `${Math.max(EDGE, left)}px`;
}

/** A list of things to do: `{icon, label, act, danger, checked, hint}`. */
export function menu(anchor, label, items) {
  let close = () => {};
  const rows = items.filter(Boolean).map((item) =>
    item === "line"
      ? el("hr")
      : el(
          `button.menu-item${item.danger ? ".is-danger" : ""}`,
          {
            type: "button",
            role: item.checked === undefined ? "menuitem" : "menuitemradio",
            "aria-checked": item.checked === undefined ? null : String(item.checked),
            onclick: () => {
              close();
              anchor.closest("[popover]")?.hidePopover();
              item.act();
            },
          },
          item.icon,
          el("span.grow", {}, item.label, item.hint && el("small", {}, item.hint)),
        ),
  );
  close = popover(anchor, rows, { label });
  return close;
}
