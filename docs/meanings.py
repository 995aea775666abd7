"""What the generated pages say that stands nowhere in the code: what keys and capabilities mean."""

from __future__ import annotations

COMMANDS = """
Everything that can be typed behind `/kring`, in English and in Dutch. In your own conversation with Kring you may leave
`/kring` out.

- `<word>` is needed, `[word]` may be left out.
- More words for one option go between quotes: `/kring round start talking_circle "trust in the team"`.
- An option can be given by its name, in any order: `hours=12` or `--hours 12`.
- A person is a mention: `@` and their name.
- A word that does not exist gets the nearest one that does.
- In a thread of Slack, where commands cannot be called, `@Kring` with the same words does what `/kring` does elsewhere:
  `@Kring pass`, `@Kring keep`, or `@Kring` alone for everything you can do there.
- Discord has them all in the list that opens at `/kring`, in each person's own language, with a field for every option.
  Three are called otherwise there, because Discord takes no word alone that others begin with: `/kring` is `/kring
  menu`, `/kring me` is `/kring me card`, and `/kring setup` is `/kring setup wizard`.

Buttons do most of this too. Beside the commands there is one message shortcut, **Keep as know-how**, and one emoji that
does the same (🔖 unless a host chose another).
"""

FORMATS = """
A format is the script of a round. How to hold one is in [hold a round](../howto/rounds.md). Kring comes with these:
"""

STEPS = """
A step closes early when everybody is done. One that is spread over days lasts longer when somebody in it would have
fewer than six of their own working hours to answer. A step that has nobody or nothing to ask is left out.
"""

WRITE_YOUR_OWN = """
Copy a file in `bot/formats/`, call it by its `id`, and start Kring again. All texts stand in the file, English and
Dutch beside each other. A file that is wrong is refused at start; all faults are told at once, with the file, the key
and the mend. Prompts may hold places in braces: `{topic}` (what the round is about), `{sources}` (what it goes back
to), `{review}` (half a year), and the format's own roles.
"""

SETTINGS = """
Everything has a default, so Kring runs without any. Settings come from `config.toml` in the folder where Kring is
started (another file: `kring --config FILE …`), and from the environment, which wins: `KRING_`, the section, two
underscores, the key. [`config.example.toml`](../../config.example.toml) is the whole file; `kring example-config`
prints it too.

What a community chooses for itself (language, who may start rounds, the emoji, the budget of messages) is not here: a
host sets it with `/kring setup`.
"""

SECRETS = """
Secrets come from the environment only; in the file they are refused. Each can stand in a file of its own instead, as
containers hand them over: `KRING_KEY_FILE=/run/secrets/key`, and so on. See [the key](../howto/run.md#the-key). Where
Slack's tokens are found is said as the menu of your app at api.slack.com/apps says it, and Discord's as that of your
app at discord.com/developers/applications.
"""

SLACK_SCOPES = """
`kring slack manifest` prints a manifest that asks for this and nothing else. A test holds it against the methods that
Kring calls and the events that it hears. Kring hears nothing in channels that it was not invited to.
"""

SLACK_SOCKET = """
In Socket Mode there is an app-level token too, with the one scope `connections:write`: to open the connection. Kring
does not ask for anybody's own token, for e-mail addresses, or to write in channels that it was not invited to.
"""

DISCORD_PERMISSIONS = """
`kring discord invite` prints a link that asks for this and nothing else; `kring doctor` says what is missing, in which
server and in which channel. The names are those of Discord's English settings. How to choose between light and full
mode is in [light and full mode](../howto/discord-modes.md).
"""

DISCORD_NOT_ASKED = """
What Kring does without:
"""

DISCORD_INTENTS = """
An intent is what Discord tells Kring about by itself. Two of them are privileged: they have a switch at
[discord.com/developers/applications](https://discord.com/developers/applications), your app, *Bot*, *Privileged Gateway
Intents*, and a key in `config.toml` that is off unless you set it. Without both nothing of full mode is asked for.
"""

INTENT_SWITCHES = {
    "message_content": "`message_content = true` and the *Message Content Intent*",
    "guild_reactions": "`message_content = true`",
    "members": "`members = true` and the *Server Members Intent*",
}

FAULTS = """
All faults are told at once, each with the place and the mend, and Kring does not start:
"""

STORED = """
Every field of every table, the feature that needs it, what for, and until when. A test walks the tables and fails on a
field without a reason. Fields with a 🔒 are encrypted in the database when [`KRING_KEY`](../howto/run.md#the-key) is
given. People, messages and things are kept as ids, moments in UTC.

Not stored: what people write in channels (except chosen quotes, and what is said in a round), who reads what and when,
presence, typing, reactions. The log holds none of this either.

`/kring me data` gives everybody their own as a file, `/kring me forget` erases it.
"""

PLATFORMS = """
What is longer is split, paged, or cut where one can see it; nothing is dropped in silence. Lengths are in characters.
"""

WHO = {"member": "", "facilitator": " For facilitators.", "host": " For hosts."}

MODES = {
    "collect": 'everybody answers privately; with `reveal = "together"` all answers are shown at once',
    "turns": "the word goes round: one person at a time, the others listen",
    "open": "everybody writes in the thread",
    "vote": "everybody votes; votes are secret, only the result is shown",
}

FORMAT_KEYS = {
    "id": "the name of the file without `.toml`; what people type",
    "version": "a whole number; raise it when you change the steps (running rounds keep the script they began with)",
    "purpose": "one line, in English: what it is good for",
    "name.en": "what people call it",
    "name.nl": "hoe mensen het noemen",
    "blurb.en": "one or two sentences for whoever chooses",
    "blurb.nl": "een of twee zinnen voor wie kiest",
    "emphasis.explore": "0 to 2: how much it searches for new things",
    "emphasis.exploit": "0 to 2: how much it holds on to what is known",
    "emphasis.tacit": "0 to 2: how much it is about know-how that is hard to write down",
    "emphasis.explicit": "0 to 2: how much it is about what can be written down",
    "size.min": "with fewer people it does not begin",
    "size.best": "two numbers: with how many it works best",
    "size.max": "further people are put on the waiting list",
    "effort.async_minutes": "minutes of a person's time when it is spread over days",
    "effort.async_days": "over how many days at most",
    "effort.live_minutes": "minutes in one sitting",
    "late_join_until": "the step from which on nobody joins as a speaker any more; left out: until the end",
    "place": "`thread`, the only one this release plays; may be left out",
    "roles.<role>.en": "what the role is called; somebody is drawn for it when a step needs them",
    "roles.<role>.nl": "hoe de rol heet",
    "roles.<role>.count": "how many people have it; 1 unless told",
    "notes.<any>": "remarks for people who read the file; Kring does not use them",
    "steps.key": "the step's name, unique in the file",
    "steps.mode": "`collect`, `turns`, `open` or `vote`, see above",
    "steps.prompt.en": "the question, up to 1,000 characters",
    "steps.prompt.nl": "de vraag",
    "steps.async_h": "hours the step is open at most, spread over days",
    "steps.sync_min": "minutes the step is open at most, live",
    "steps.floor": "who may speak: `all` (unless told), `contributors` (who said something before), `role:<role>`, "
    "`not:role:<role>`; in `turns` always `holder`",
    "steps.order": "of `turns`: `random` (unless told) or `fixed`, in the order of joining",
    "steps.turn_async_h": "of `turns`: hours for one turn, spread over days",
    "steps.turn_sync_min": "of `turns`: minutes for one turn, live",
    "steps.reveal": "of `collect`: `together`, `none`, or `to:<role>` for one reader",
    "steps.anonymous": "of `collect` that is revealed together: `optional` lets the round be started without names; "
    "`never` unless told",
    "steps.harvest": "`none` (unless told), `mark` (people may press **Keep this** on their own words), `draft` "
    "(authors of what got most votes, or of everything, are asked)",
    "steps.min_inputs": "with fewer answers the step went quiet and is extended once; three unless told",
    "steps.input.key": "one field of an answer that is given in a form with several",
    "steps.input.en": "the field's label",
    "steps.input.nl": "het opschrift van het veld",
    "steps.vote.kind": "of `vote`: `choice` (one), `dots` (several), `scale` (a mark), `consent` (fine, a concern, an "
    "objection), `claim` (who takes what)",
    "steps.vote.per_person": "of `dots`: how many everybody has; 1 unless told",
    "steps.vote.scale": "of `scale`: the lowest and the highest mark; `[1, 5]` unless told",
    "steps.vote.options": "what is voted on; left out: the answers that were revealed last. Of `consent`: may repeat "
    '`["fine", "concern", "objection"]`',
    "steps.vote.options.key": "an option's name",
    "steps.vote.options.en": "what it is called",
    "steps.vote.options.nl": "hoe zij heet",
}

CAPABILITIES = {
    "heading": "heading",
    "words": "one paragraph, note or row",
    "total_text": "all texts of one message",
    "blocks": "parts of one message",
    "controls_count": "each control is such a part too",
    "picture": "what a picture says in words",
    "button": "label of a button",
    "select": "label of a list to choose from",
    "selects_apart": "such a list has a row of its own",
    "controls": "controls in one row",
    "choices": "choices in one list",
    "choice": "label of a choice",
    "form_title": "title of a form",
    "form_fields": "fields of a form",
    "form_label": "label of a field",
    "field_errors": "says what is wrong beside the field",
}
