// Moments in the reader's own zone and language. All of them follow Kring's clock, which can be moved ahead.

const LOCALES = { en: "en-GB", nl: "nl-NL" };
// each with its seconds, and from how many seconds on it is the one to use: "in 30 hours" says more than "tomorrow"
const UNITS = [
  ["year", 31536000, 47304000],
  ["month", 2592000, 5184000],
  ["week", 604800, 1814400],
  ["day", 86400, 129600],
  ["hour", 3600, 3570],
  ["minute", 60, 0],
];
// what rounds to no minute at all: "this minute" and its kin say less, and in Dutch something that is still to come
const AT_ONCE = { en: ["just now", "in a moment"], nl: ["zojuist", "zo meteen"] };
const formats = new Map();

function format(kind, language, options) {
  const key = JSON.stringify([kind.name, language, options]);
  if (!formats.has(key)) formats.set(key, make(kind, LOCALES[language] ?? language, options));
  return formats.get(key);
}

function make(kind, locale, options) {
  try {
    return new kind(locale, options);
  } catch {
    return new kind(locale, { ...options, timeZone: "UTC" }); // a zone that this browser does not know
  }
}

function dates(reader, options) {
  return format(Intl.DateTimeFormat, reader.language, { ...options, timeZone: reader.zone || "UTC" });
}

/** The date on the reader's calendar, such as `2026-11-23`: the same for all moments of one day. */
export function day(at, reader) {
  const parts = Object.fromEntries(
    dates(reader, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Whole days from `now` to `at` on the reader's calendar. */
function daysAhead(at, now, reader) {
  return Math.round((Date.parse(day(at, reader)) - Date.parse(day(now, reader))) / 86400000);
}

export function time(at, reader) {
  return dates(reader, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** "today", "tomorrow", "Tue 24 Nov". */
export function near(at, now, reader, { long = false } = {}) {
  const ahead = daysAhead(at, now, reader);
  if (Math.abs(ahead) > 1) return date(at, now, reader, { long });
  return format(Intl.RelativeTimeFormat, reader.language, { numeric: "auto" }).format(ahead, "day");
}

/** "Tue 24 Nov"; the year only where it is another one. Never "today": it stands in sentences such as "on …". */
export function date(at, now, reader, { long = false } = {}) {
  const year = day(at, reader).slice(0, 4) === day(now, reader).slice(0, 4) ? undefined : "numeric";
  const width = long ? "long" : "short";
  return dates(reader, { weekday: width, day: "numeric", month: width, year }).format(at);
}

/** "in 3 hours", "yesterday". */
export function relative(at, now, reader) {
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) < 30) return (AT_ONCE[reader.language] ?? AT_ONCE.en)[seconds > 0 ? 1 : 0];
  const [unit, size] = UNITS.find(([, , from]) => Math.abs(seconds) >= from);
  return format(Intl.RelativeTimeFormat, reader.language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** All of it: for a tooltip and for readers of the screen. */
export function whole(at, reader) {
  return dates(reader, { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** "today 18:42", and the date of a day that is over: "open until yesterday" says what can no longer be. */
function exact(at, now, reader) {
  const past = daysAhead(at, now, reader) < 0;
  return `${past ? date(at, now, reader) : near(at, now, reader)} ${time(at, reader)}`;
}

const STYLES = {
  time: (at, now, reader) => time(at, reader),
  date: (at, now, reader) => date(at, now, reader),
  day: (at, now, reader) => capital(near(at, now, reader, { long: true })),
  relative,
  moment: exact,
};

/** The text as it begins a line. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A `<time>` that stays right while the clock runs and when it is moved. `reader` is `{language, zone}`. */
export function moment(iso, style, reader, clock) {
  const node = document.createElement("time");
  node.dateTime = iso;
  node.dataset.style = STYLES[style] ? style : "moment";
  node.dataset.language = reader.language;
  node.dataset.zone = reader.zone;
  node.title = whole(new Date(iso), reader);
  write(node, clock.now());
  return node;
}

function write(node, now) {
  const text = STYLES[node.dataset.style](new Date(node.dateTime), now, node.dataset);
  if (node.textContent !== text) node.textContent = text;
}

/** Writes every moment on the page again. */
export function tick(now) {
  for (const node of document.querySelectorAll("time[data-style]")) write(node, now);
}
