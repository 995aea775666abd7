// The playground's own JSON API; docs/reference/playground-api.md says what each path does.

/** What the server said no to, in the person's language. `status` 0: it could not be reached. */
export class Fault extends Error {
  constructor(status, message, hint = "") {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/** Everything is done as one person; `say` words what the server cannot say itself. */
export class Api {
  constructor(person, say) {
    this.person = person;
    this.say = say;
  }

  state = () => this.#ask("GET", "state", { as: this.person });
  commands = () => this.#ask("GET", "commands", { as: this.person });
  messages = (channel, thread) => this.#ask("GET", "messages", { as: this.person, channel, thread });
  read = (channel, thread) => this.#act("POST", "read", { channel, thread });

  post = (channel, thread, text) => this.#act("POST", "messages", { channel, thread, text });
  edit = (message, text) => this.#act("PATCH", `messages/${message}`, { text });
  remove = (message) => this.#ask("DELETE", `messages/${message}`, { as: this.person });
  react = (message, emoji) => this.#act("POST", "reactions", { message, emoji });
  unreact = (message, emoji) => this.#ask("DELETE", "reactions", { as: this.person, message, emoji });

  call = (channel, thread, text) => this.#act("POST", "commands", { channel, thread, text });
  shortcut = (message, name) => this.#act("POST", "shortcuts", { message, name });
  press = (message, label, action) => this.#act("POST", "press", { message, label, action });
  select = (message, label, action, value) => this.#act("POST", "select", { message, label, action, value });
  form = (id) => this.#ask("GET", `forms/${id}`, { as: this.person });
  send = (form, values) => this.#act("POST", "forms", { form, values });

  join = (somebody) => this.#ask("POST", "people", {}, somebody);
  leave = (id) => this.#ask("DELETE", `people/${id}`, {});
  change = (id, what) => this.#ask("PATCH", `people/${id}`, {}, what);
  clock = (to) => this.#ask("POST", "clock", {}, { as: this.person, ...to });

  #act(method, path, body) {
    return this.#ask(method, path, {}, { as: this.person, ...body });
  }

  async #ask(method, path, query, body) {
    const url = new URL(`/api/${path}`, location.origin);
    for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
    const sent = body && Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: sent ? { "Content-Type": "application/json" } : {},
        body: sent ? JSON.stringify(sent) : undefined,
      });
    } catch {
      throw new Fault(0, this.say("gone"), this.say("gone_hint"));
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new Fault(response.status, answer.error ?? this.say("failed"), answer.hint ?? this.say("failed_hint"));
  }
}
