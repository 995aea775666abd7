// One message: who, when, what, and what hangs on it.

import { avatar } from "../parts/avatar.js";
import { el } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { moment, time, whole } from "../parts/moments.js";
import { card, voices } from "./blocks.js";
import { reactions } from "./reactions.js";
import { written } from "./spans.js";

/**
 * `look` is `{compact, inThread, fresh, dismiss}`: under the same name as the one above, in a thread's own list, just
 * arrived, and what puts a private answer away.
 */
export function row(message, here, look) {
  const bot = message.author.kind === "bot";
  const kinds = [look.compact && "compact", message.private && "private", bot && "kring", look.fresh && "fresh"].filter(Boolean);
  if (look.fresh && voices(message) > 1) kinds.push("reveal");
  const said = time(new Date(message.at), here.reader);
  return el(
    `article.row${kinds.map((kind) => `.is-${kind}`).join("")}`,
    { "data-id": message.id, tabindex: "-1", "aria-label": `${message.author.name}, ${said}` },
    el("div.row-side", {}, look.compact ? el("time.row-time", { title: whole(new Date(message.at), here.reader) }, said) : face(message, here)),
    el(
      "div.row-main",
      {},
      message.private && onlyYou(here, look),
      !look.compact && head(message, here, bot),
      body(message, here),
      message.files?.map((file) => download(file, here)),
      reactions(message, here),
      !look.inThread && thread(message, here),
    ),
  );
}

function face(message, here) {
  return avatar(here.room.person(message.author.id) ?? message.author);
}

function head(message, here, bot) {
  const person = here.room.person(message.author.id);
  return el(
    "header.row-head",
    {},
    el("strong.author", {}, message.author.name),
    bot ? el("span.tag", {}, here.say("bot")) : person?.role && el("span.role", {}, person.role),
    moment(message.at, "time", here.reader, here.clock),
  );
}

function body(message, here) {
  if (message.deleted) return el("p.gone", {}, here.say("deleted"));
  const edited = message.edited && el("span.edited", {}, here.say("edited"));
  if (message.blocks) return card(message, here); // Kring keeps its cards up to date all the time
  return el("div.written", { dir: "auto" }, written(message.text, here), edited && [" ", edited]);
}

function onlyYou(here, { dismiss }) {
  return el(
    "p.only-you",
    {},
    icon("eye"),
    el("span.grow", {}, here.say("only_you")),
    dismiss && el("button.link-button", { type: "button", onclick: dismiss }, here.say("dismiss")),
  );
}

function download(file, here) {
  const size = new Intl.NumberFormat(here.reader.language, { maximumFractionDigits: 1 }).format(Math.max(0.1, file.size / 1024));
  return el("a.file", { href: file.url, download: file.name }, icon("file"), el("span.grow", {}, file.name, el("small", {}, `${size} kB`)));
}

function thread(message, here) {
  if (!message.replies && !message.thread_title) return null;
  const words = message.replies ? here.say("replies", { n: message.replies }) : here.say("thread");
  return el(
    `button.thread-link${message.unread_replies ? ".is-unread" : ""}`,
    { type: "button", "data-stay": "thread", onclick: () => here.pane.go({ channel: message.channel, thread: message.id }) },
    icon("chat"),
    el("span", {}, words),
    message.unread_replies > 0 && el("span.new", {}, here.say("new_replies", { n: message.unread_replies })),
    message.last_reply && el("span.soft", {}, here.say("last_reply"), " ", moment(message.last_reply, "relative", here.reader, here.clock)),
  );
}

/** The line between two days. */
export function dayLine(at, here) {
  return el("div.line.is-day", { role: "separator" }, el("span", {}, moment(at, "day", here.reader, here.clock)));
}

/** What is below it had not been seen when the place was opened. */
export function newLine(here) {
  return el("div.line.is-new", { role: "separator" }, el("span", {}, here.say("new")));
}
