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
How to begin is in [write a format](../howto/formats.md). All texts stand in the file, English and Dutch beside each
other. A file that is wrong is refused at start; `kring formats check` tells all faults at once, with the file, the
step, the key and the mend. Prompts may hold places in braces: `{topic}` (what the round is about), `{sources}` (what it
goes back to), `{review}` (half a year), `{period}` (the time since people last looked back), the format's own roles, in
groups `{members}` and `{reporter}`, and the key of an earlier vote: what won it.
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

STATES = """
Drawn from the code: `python -m docs.generate` plays every rule, in every order, on small rounds, and draws each change
of state that it finds. Why the engine is built so is in [the engine](../why/rounds.md).
"""

STEP_STATES_ABOUT = """
A round may have several steps at work: beside each other, and in each of its groups.
"""

ROUND_STATES = {
    "draft": "it is being set up; only its facilitator knows of it",
    "inviting": "people can join",
    "running": "a step is at work",
    "paused": "the clocks stand still, and everything is kept",
    "wrapping": "the closing word, and authors are asked what may be kept: three days",
    "done": "its record stays; what was not shown is erased after 30 days",
    "cancelled": "it was stopped on purpose, or there were too few people",
    "lapsed": "it came to rest by itself: nobody came back to it, and nobody is to blame",
}

STEP_STATES = {
    "waiting": "its turn has not come",
    "open": "it takes answers",
    "split": "it is played in groups, each of which is at it by itself",
    "grace": "the time is over, and what still comes in counts: a tenth of the time again, six hours at most",
    "revealing": "authors are asked whether their name may stand beside their answer: there are too few to be unknown",
    "objected": "its vote is counted, and the round waits until an objection is taken up or somebody decides",
    "closed": "it is over, and its answers are shown",
    "skipped": "it was left out, or stopped before its answers could be shown",
}

WHO = {"member": "", "facilitator": " For facilitators.", "host": " For hosts."}

MODES = {
    "collect": 'everybody answers privately; with `reveal = "together"` all answers are shown at once',
    "turns": "the word goes round: one person at a time, the others listen",
    "open": "everybody writes in the thread",
    "groups": "people work in pairs or small groups, each in a place of its own",
    "vote": "everybody votes; votes are secret, only the result is shown",
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
