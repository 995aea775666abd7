// What happens, as it happens, seen by one person. After a break everything is read again: there is no replay.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

export class Live {
  #source = null;
  #timer = 0;
  #wait = FIRST_WAIT;
  #closed = false;
  #broken = false;

  /** `heard(event)` gets each event, `state("open" | "again" | "lost")` how the line is. */
  constructor(person, heard, state) {
    this.person = person;
    this.heard = heard;
    this.state = state;
    this.#open();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  #open() {
    const source = new EventSource(`/api/stream?as=${encodeURIComponent(this.person)}`);
    this.#source = source;
    source.onmessage = (event) => {
      const told = JSON.parse(event.data);
      if (told.type === "hello") {
        this.state(this.#broken ? "again" : "open");
        this.#broken = false;
        this.#wait = FIRST_WAIT;
      }
      this.heard(told);
    };
    source.onerror = () => {
      // the browser's own way gives up on some errors and hammers on others, so we wait and open anew
      source.close();
      if (this.#closed) return;
      if (!this.#broken) this.state("lost");
      this.#broken = true;
      this.#timer = setTimeout(() => this.#open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }
}
