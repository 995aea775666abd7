// The four steps of the tour. Each task is done by the visitor, or by its button, and notices by itself when it is done.

import { voices } from "../chat/blocks.js";
import { controlsOf } from "./stagehand.js";

const SPEAK = ["round.speak"];
const ANSWER = ["round.answer"];
const YES = ["checkin.yes", "newcomer.start"];
const CHECKIN = ["checkin.fine", "checkin.line", "checkin.listen", "checkin.nothing", "checkin.staying"];
const MORNINGS = 5; // whoever has had their share of messages for today is asked tomorrow

/** Who plays which part: the host of a space holds the round, the newest person is the newcomer. */
export function cast(room) {
  const host = room.people.find((each) => each.host) ?? room.people[0];
  const there = room.people.filter((each) => each.space === host?.space && each !== host);
  return { host, others: there.slice(0, 3), newcomer: there.at(-1) };
}

function offers(message, names) {
  return Boolean(message) && controlsOf(message).some((each) => names.includes(each.action?.name));
}

/**
 * A task is `{words, label, act(stage), done(event, stage)}`. `stage` has the desk, the cast, a stagehand, `say` and what
 * the tour remembers. An event is what happened live (`message`, `clock`), or what the visitor did (`did`, `went`).
 */
export const STEPS = [
  {
    key: "start",
    tasks: [
      {
        words: "tour_start_be",
        label: "tour_go",
        act: ({ go, cast, practice }) => go(cast.host, { channel: practice(), thread: null }),
        done: (event, { cast, practice }) => event.type === "went" && event.person === cast.host.id && event.channel === practice(),
      },
      {
        words: "tour_start_send",
        label: "tour_type",
        act: ({ type, say, cast, practice }) => type(cast.host, practice(), `/kring round start reveal_together "${say("tour_topic")}"`),
        done: (event, { remember }) => {
          if (event.type !== "message" || !offers(event.message, SPEAK) || event.change !== "added") return false;
          remember("round", { channel: event.channel, header: event.id });
          return true;
        },
      },
    ],
  },
  {
    key: "reveal",
    tasks: [
      {
        words: "tour_reveal_join",
        label: "tour_show",
        act: async ({ go, cast, memory, point }) => {
          await go(cast.host, { channel: memory.round?.channel, thread: null });
          point('.button[data-stay^="round.speak"]');
        },
        done: (event) => event.type === "did" && event.name === "round.speak",
      },
      {
        words: "tour_reveal_others",
        label: "tour_let",
        act: async ({ cast, hand, memory }) => {
          const where = { channel: memory.round?.channel };
          for (const each of cast.others) await hand.press(each, SPEAK, where);
          await hand.api(cast.host).call(where.channel, null, "round begin");
        },
        done: (event, { remember }) => {
          if (event.type !== "message" || !event.thread || !offers(event.message, ANSWER)) return false;
          remember("step", controlsOf(event.message).find((each) => each.action?.name === ANSWER[0]).action.id);
          return true;
        },
      },
      {
        words: "tour_reveal_answer",
        label: "tour_open_thread",
        act: ({ go, cast, memory }) => go(cast.host, { channel: memory.round?.channel, thread: memory.round?.header }),
        done: (event) => event.type === "did" && event.act === "form" && event.name === "round.answer",
      },
      {
        words: "tour_reveal_second",
        label: "tour_be",
        who: "second",
        act: ({ go, cast, memory }) => go(cast.others[0], { channel: memory.round?.channel, thread: memory.round?.header }),
        done: (event, { cast }) => event.type === "did" && event.act === "form" && event.name === "round.answer" && event.person !== cast.host.id,
      },
      {
        words: "tour_reveal_all",
        label: "tour_let",
        act: async ({ cast, hand, memory, say }) => {
          const where = { channel: memory.round?.channel, id: memory.step };
          const texts = ["tour_answer_1", "tour_answer_2", "tour_answer_3"];
          const silent = [...cast.others, cast.host].filter((each) => !memory.answered?.includes(each.id));
          for (const [n, each] of silent.entries()) await hand.answer(each, ANSWER, say(texts[n % texts.length]), where);
        },
        done: (event) => event.type === "message" && Boolean(event.thread) && Boolean(event.message) && voices(event.message) > 1,
      },
    ],
  },
  {
    key: "keep",
    tasks: [
      {
        words: "tour_keep_open",
        label: "tour_go",
        act: async ({ go, cast, hand, practice, remember }) => {
          const root = await hand.thread(cast.host, practice());
          remember("thread", root?.id);
          await go(cast.host, { channel: practice(), thread: root?.id ?? null });
        },
        done: (event, { memory }) => event.type === "went" && Boolean(event.thread) && event.thread !== memory.round?.header,
      },
      {
        words: "tour_keep_menu",
        label: "tour_show",
        act: async ({ go, cast, practice, memory }) => {
          const pane = await go(cast.host, { channel: practice(), thread: memory.thread });
          pane.side.timeline.menu(memory.thread);
        },
        done: (event) => event.type === "did" && event.act === "shortcut",
      },
      {
        words: "tour_keep_draft",
        label: "tour_draft",
        act: async ({ go, desk, hand }) => {
          const pane = await go(desk.active.me, { channel: `dm-${desk.active.me.id}`, thread: null });
          const found = await hand.find(pane.me, ["knowhow.draft"]);
          if (found) await pane.acts.press(found.message, found.control);
        },
        done: (event) => event.type === "did" && event.act === "form" && event.name === "knowhow.draft",
      },
      {
        words: "tour_keep_yes",
        label: "tour_let",
        act: async ({ desk, hand, did, go, cast, practice, memory }) => {
          if (memory.thread) await go(desk.active.me, { channel: practice(), thread: memory.thread });
          for (let asked = 0; asked < MORNINGS; asked += 1) {
            for (const each of desk.room.people) await hand.press(each, ["knowhow.yes"]);
            if (await hand.answered(cast.host, practice(), memory.thread)) break;
            await hand.api(cast.host).clock({ next: true });
          }
          did();
        },
        done: () => false,
      },
      {
        words: "tour_keep_find",
        label: "tour_type",
        act: ({ type, cast, practice, say }) => type(cast.host, practice(), `/kring knowhow find ${say("tour_find")}`),
        done: (event) => event.type === "did" && event.act === "command" && /^knowhow find\b/.test(event.name),
      },
    ],
  },
  {
    key: "welcome",
    tasks: [
      {
        words: "tour_welcome_be",
        label: "tour_be",
        who: "newcomer",
        act: ({ go, cast }) => go(cast.newcomer, { channel: `dm-${cast.newcomer.id}`, thread: null }),
        done: (event, { cast }) => event.type === "went" && event.person === cast.newcomer.id,
      },
      {
        words: "tour_welcome_yes",
        label: "tour_show",
        act: ({ point }) => point('.button[data-stay^="checkin.yes"], .button[data-stay^="newcomer.start"]'),
        done: (event) => event.type === "did" && YES.includes(event.name),
      },
      {
        words: "tour_welcome_day",
        label: "day",
        act: async ({ desk, hand, cast }) => {
          for (let days = 0; days < MORNINGS; days += 1) {
            await desk.top.time.move({ hours: 24 });
            if (await hand.find(cast.newcomer, CHECKIN)) break;
          }
        },
        done: (event, { memory }) => event.type === "clock" && Date.parse(event.now) - (memory.day ?? Infinity) > 20 * 3600 * 1000,
      },
      {
        words: "tour_welcome_answer",
        label: "tour_show",
        act: ({ point }) => point('.is-channel .button[data-stay^="checkin."]'),
        done: (event) => event.type === "did" && event.act === "press" && event.name.startsWith("checkin.") && !YES.includes(event.name),
      },
    ],
  },
];
