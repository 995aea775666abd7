// What this browser remembers: what was being typed, what was dismissed, and how the page was left.

const PREFIX = "kring.";

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null; // closed to us: then nothing is remembered
  }
}

export const kept = {
  get(name, otherwise = null) {
    try {
      return JSON.parse(storage()?.getItem(PREFIX + name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },

  set(name, value) {
    try {
      if (value === null || value === "") storage()?.removeItem(PREFIX + name);
      else storage()?.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // full: what is on the screen is still there
    }
  },
};
