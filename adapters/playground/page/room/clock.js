// Kring's clock: it runs along with real time and can be moved ahead.

import { tick } from "../parts/moments.js";

export class Clock extends EventTarget {
  #ahead = 0;
  next = null;

  constructor() {
    super();
    setInterval(() => {
      if (!document.hidden) this.#tick();
    }, 1000);
    document.addEventListener("visibilitychange", () => this.#tick());
  }

  now() {
    return new Date(Date.now() + this.#ahead);
  }

  /** As the server says. `next` is the moment when the next waiting thing comes due; left out, it stays. */
  set(now, next) {
    this.#ahead = Date.parse(now) - Date.now();
    if (next !== undefined) this.next = next;
    this.#tick();
  }

  #tick() {
    tick(this.now());
    this.dispatchEvent(new Event("tick"));
  }
}
