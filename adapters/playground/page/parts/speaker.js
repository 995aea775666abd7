// Says the page's own words in one language. Kring's words come from Kring, in the reader's language already.

import { LANGUAGES, WORDS } from "./words.js";

/** `say("replies", {n: 3})` → "3 replies". `a|b` in a text is for one and for several of `n`. */
export function speaker(language) {
  const at = Math.max(0, LANGUAGES.indexOf(language));
  const say = (key, values = {}) => {
    const both = WORDS[key];
    if (!both) throw new Error(`no words for ${key}`);
    const [one, many] = both[at].split("|");
    const text = many === undefined || values.n === 1 ? one : many;
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
  say.language = LANGUAGES[at];
  return say;
}
