// What could come next in what is being typed: commands, their options, people. Pure: text in, suggestions out.

const MOST = 8;
const MAIN = ["knowhow", "round"];

/**
 * `{from, to, items: [{insert, label, about, more, person}], usage, exact, eager}` or null. `from`..`to` is what an accepted item replaces.
 * `eager` says that the first item is meant so likely that Enter takes it.
 * `usage` is `{command, at}` when the command is known: `at` is the option that is being typed, or -1.
 */
export function suggest(text, caret, commands, people) {
  if (/^\/\S*/u.test(text)) {
    const found = command(text, caret, commands, people);
    if (found) return found;
  }
  return mention(text, caret, people);
}

function command(text, caret, commands, people) {
  const head = /^\/(kring\b\s*)?/i.exec(text)[0];
  const start = head.length;
  if (caret < start) return options(text, { from: 0, to: start, items: all(commands) });
  const typed = text.slice(start, caret);
  const known = commands
    .filter((each) => each.name && (typed.toLowerCase() + " ").startsWith(`${each.name} `) && typed.length > each.name.length)
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (known) return option(text, caret, start, known, people);
  // whoever types "/kr" is on the way to "/kring"
  const wanted = start === 1 && typed && "kring".startsWith(typed.toLowerCase()) ? "" : typed.toLowerCase().trimStart();
  const near = commands.filter((each) => each.name && each.name.startsWith(wanted));
  const inside = commands.filter((each) => each.name && !near.includes(each) && wanted && each.name.split(" ").some((word) => word.startsWith(wanted)));
  return options(text, { from: 0, to: text.length > caret ? caret : text.length, items: all([...near, ...inside]) });
}

function options(text, found) {
  const typed = text.trim().toLowerCase();
  const exact = found.items.some((item) => item.insert.trim().toLowerCase() === typed);
  return { ...found, exact, eager: !exact && /^\/(kring\s+)?(?!kring\b)\w/i.test(typed), usage: null };
}

/** The main job first, else in the order in which Kring lists them. */
function all(commands) {
  const rank = (each) => MAIN.indexOf(each.name.split(" ")[0]);
  return commands
    .filter((each) => each.name)
    .sort((a, b) => rank(b) - rank(a))
    .map((each) => ({
      insert: `/kring ${each.name}${each.options.length ? " " : ""}`,
      label: each.usage,
      about: each.about,
      who: each.who,
      more: each.options.length > 0,
    }));
}

/** The known command's options: which one is being typed, and what it may be. */
function option(text, caret, start, known, people) {
  const from = start + known.name.length;
  const words = pieces(text.slice(from, caret));
  const open = words.at(-1);
  const done = words.slice(0, -1).map((word) => word.text);
  const named = /^(?:--)?(\w+)=(.*)$/u.exec(open.text);
  const taken = new Set(done.map((word) => /^(?:--)?(\w+)=/u.exec(word)?.[1]).filter(Boolean));
  const loose = done.filter((word) => !/^(?:--)?\w+=/u.test(word)).length;
  const positional = known.options.filter((each) => !taken.has(each.name));
  const current = named
    ? known.options.find((each) => each.name === named[1])
    : positional[Math.min(loose, positional.length - 1)]?.rest || loose < positional.length
      ? positional[Math.min(loose, positional.length - 1)]
      : undefined;
  const typed = named ? named[2] : open.text;
  const at = from + open.at + (named ? open.text.length - named[2].length : 0);
  const usage = { command: known, at: current ? known.options.indexOf(current) : -1 };
  const items = current ? values(current, typed, people) : [];
  const exact = items.some((item) => item.insert.trim() === typed);
  return { from: at, to: caret, items, usage, exact, eager: Boolean(typed) && !exact };
}

function values(current, typed, people) {
  const wanted = typed.toLowerCase();
  if (current.kind === "choice") {
    return current.choices
      .filter((choice) => choice.toLowerCase().includes(wanted))
      .sort((a, b) => b.toLowerCase().startsWith(wanted) - a.toLowerCase().startsWith(wanted))
      .slice(0, MOST)
      .map((choice) => ({ insert: `${choice} `, label: choice, about: "" }));
  }
  return current.kind === "person" ? persons(wanted.replace(/^@/, ""), people) : [];
}

/** Words as Kring takes them apart: what stands between quotes is one. The last is the one being typed. */
function pieces(text) {
  const found = [...text.matchAll(/"[^"]*"?|[^\s"]+/gu)].map((match) => ({ text: match[0], at: match.index }));
  const last = found.at(-1);
  const closed = !last || /\s$/u.test(text) && !(last.text.startsWith('"') && !/^".*"$/u.test(last.text));
  return closed ? [...found, { text: "", at: text.length }] : found;
}

function mention(text, caret, people) {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+){0,3})$/u.exec(before);
  if (!found) return null;
  const items = persons(found[1].toLowerCase(), people);
  if (!items.length) return null;
  return { from: caret - found[1].length - 1, to: caret, items, usage: null, exact: false, eager: found[1].length > 0 };
}

function persons(wanted, people) {
  return people
    .filter((each) => each.name.toLowerCase().split(" ").some((_, n, words) => words.slice(n).join(" ").startsWith(wanted)))
    .slice(0, MOST)
    .map((each) => ({ insert: `@${each.name} `, label: each.name, about: each.role, person: each }));
}
