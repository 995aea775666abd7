"""The card of `me`, its forms, and the words around pausing, one's own data and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.chat.actions import Action
from bot.chat.forms import ChecksField, Form, TextField
from bot.chat.messages import Button, Choice, Controls, Divider, Facts, Heading, Message, Note, Select, Words, message
from bot.chat.names import Account
from bot.chat.people import Person, Quiet
from bot.chat.text import Code, Moment, Text, bullets, plain
from bot.community.model import UNTIL_I_SAY
from bot.texts import catalogue
from bot.texts.catalogue import LANGUAGES, _

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))

OPERATOR = (
    _("Whoever runs the server of Kring can technically read its database, and so can whoever gets hold of a backup."),
    _("Answers that are not revealed yet and check-ins are encrypted in it where the host has set a key."),
    _("No text goes anywhere but to the chat platform where people see it, and the log holds no messages."),
)
"""Who could read what, in words: part of every export."""


def card(
    words: catalogue.Words,
    person: Person,
    accounts: Sequence[tuple[Account, str]],
    stored: Sequence[str],
    *,
    is_paused: bool,
    may_link: bool = False,
) -> Message:
    """Everything the person may change, and what is kept of them. `may_link`: there are other spaces to be in."""
    rows = [
        (words.label("Language"), plain(LANGUAGES.get(person.language, person.language))),
        (words.label("Time zone"), plain(person.timezone)),
        (words.label("Quiet hours"), quiet_hours(words, person.quiet)),
        (words.label("Working days"), plain(working_days(words, person.quiet))),
        (words.label("Pause"), pause_end(words, person.paused_until) if is_paused else words.say("no")),
        (words.label("What you do"), plain(person.role) if person.role else words.say("you did not say")),
        (words.label("Rights"), plain(rights(words, person))),
        (words.label("Organisation"), plain(person.organisation)),
        (words.label("Accounts"), plain(", ".join(f"{name} ({each.space.platform})" for each, name in accounts))),
    ]
    languages = tuple(Choice(code, name) for code, name in LANGUAGES.items())
    own = [
        Button(words.label("Give me my data"), Action("me.data")),
        Button(words.label("Forget me"), Action("me.forget"), style="danger"),
    ]
    if may_link:
        own.insert(0, Button(words.label("Link another account"), Action("me.link")))
    return message(
        Heading(words.label("What I know about you")),
        Facts(tuple(rows)),
        Controls(
            (
                Select(words.label("Language"), Action("me.language"), languages, chosen=(person.language,)),
                Button(words.label("Time zone"), Action("me.timezone")),
                Button(words.label("Quiet hours"), Action("me.quiet")),
                Button(words.label("What you do"), Action("me.role")),
                resume_button(words) if is_paused else Button(words.label("Pause"), Action("me.pause")),
            )
        ),
        Divider(),
        Words((*words.say("*What I keep*"), *bullets(map(plain, stored)))),
        Controls(tuple(own)),
        Note(words.say("Only you see this.")),
    )


def rights(words: catalogue.Words, person: Person) -> str:
    held = [words.label("member")]
    if person.facilitator:
        held.append(words.label("facilitator"))
    if person.host:
        held.append(words.label("host"))
    return words.names(held)


def quiet_hours(words: catalogue.Words, quiet: Quiet) -> Text:
    if quiet.start == quiet.end:
        return words.say("none")
    return plain(f"{clock(quiet.start)}–{clock(quiet.end)}")


def working_days(words: catalogue.Words, quiet: Quiet) -> str:
    return words.names(words.label(DAYS[day]) for day in quiet.days)


def clock(at: time) -> str:
    return f"{at:%H:%M}"


def pause_end(words: catalogue.Words, until: datetime | None) -> Text:
    if until is None or until >= UNTIL_I_SAY:
        return words.say("until you press Resume")
    return words.say("until {moment}", moment=Moment(until))


def resume_button(words: catalogue.Words) -> Button:
    return Button(words.label("Resume"), Action("me.resume"))


# -- choosing


def saved(words: catalogue.Words, said: Text) -> Message:
    """A choice was kept; the way back to the others."""
    return message(Words(said), Controls((Button(words.label("My settings"), Action("me.show")),)))


def language_choice(words: catalogue.Words, person: Person) -> Message:
    choices = tuple(
        Button(name, Action("me.speak", code), style="primary" if code == person.language else "normal")
        for code, name in LANGUAGES.items()
    )
    return message(Words(words.say("Which language shall I speak with you?")), Controls(choices))


def timezone_form(words: catalogue.Words, person: Person) -> Form:
    field = TextField(
        "timezone",
        words.label("Time zone"),
        hint=words.label("A city is enough, such as Amsterdam."),
        value=person.timezone,
        most=80,
    )
    return Form(Action("me.timezone"), words.label("Your time zone"), (field,), words.label("Save"))


def quiet_form(words: catalogue.Words, quiet: Quiet) -> Form:
    days = tuple(Choice(str(day), words.label(name)) for day, name in enumerate(DAYS))
    chosen = tuple(str(day) for day in quiet.days)
    return Form(
        Action("me.quiet"),
        words.label("Quiet hours"),
        (
            TextField("start", words.label("Quiet from"), value=clock(quiet.start), most=8),
            TextField(
                "end",
                words.label("Quiet until"),
                hint=words.label("The same time twice: no quiet hours."),
                value=clock(quiet.end),
                most=8,
            ),
            ChecksField("days", words.label("Days on which I may write"), days, value=chosen, least=1, most=7),
        ),
        words.label("Save"),
        intro=words.say("Outside these hours and days I only answer you. In your own time zone."),
    )


def role_form(words: catalogue.Words, person: Person) -> Form:
    field = TextField(
        "role",
        words.label("What you do"),
        hint=words.label("Such as teacher of history. It stands beside your name; empty takes it away."),
        value=person.role,
        required=False,
        most=80,
    )
    return Form(Action("me.role"), words.label("What you do"), (field,), words.label("Save"))


# -- pausing


def pause_choice(words: catalogue.Words) -> Message:
    said = words.say("For how long? Until then you get nothing that you did not ask for, and nobody is told.")
    return message(
        Words(said),
        Controls(
            (
                Button(words.label("Today"), Action("me.pause", "day")),
                Button(words.label("A week"), Action("me.pause", "week")),
                Button(words.label("Until I say"), Action("me.pause", "open")),
            )
        ),
    )


def paused(words: catalogue.Words, until: datetime) -> Message:
    said = words.say("Paused, {until}. Rounds go on without you, and passing is fine.", until=pause_end(words, until))
    return message(Words(said), Controls((resume_button(words),)))


def resumed(words: catalogue.Words, quiet: Quiet) -> Message:
    said = words.say("Good to have you back. Your quiet hours hold: {hours}.", hours=quiet_hours(words, quiet))
    return message(Words(said))


# -- one's own data, and the way out


def data_coming(words: catalogue.Words) -> Message:
    said = words.say(
        "I am sending you a file with everything I keep about you, in our direct conversation. Nothing there in a "
        "minute? Then direct messages are closed: open them and ask again."
    )
    return message(Words(said))


def data_file(words: catalogue.Words) -> Message:
    said = words.say(
        "This is everything I keep about you, as JSON: a text file that people and programs can read. {forget} erases "
        "it.",
        forget=Code("/kring me forget"),
    )
    return message(Words(said), *(Note(words.say(line)) for line in OPERATOR))


def forget_question(words: catalogue.Words, stored: Sequence[str]) -> Message:
    """Asked once; each choice says what becomes of what the person contributed."""
    return message(
        Heading(words.label("Shall I forget you?")),
        Words(
            words.say(
                "I erase your settings, your check-ins, what you wrote and nobody has read, and who you are. This "
                "cannot be taken back. Copies of the database are gone within 35 days."
            )
        ),
        Words((*words.say("*What I keep now*"), *bullets(map(plain, stored)))),
        Words(words.say("And what you shared in rounds and know-how, what becomes of that?")),
        Controls(
            (
                Button(words.label("Keep it with my name"), Action("me.forgotten", "keep"), style="danger"),
                Button(words.label("Keep it without my name"), Action("me.forgotten", "unname"), style="danger"),
                Button(words.label("Remove it"), Action("me.forgotten", "remove"), style="danger"),
                Button(words.label("Do not forget me"), Action("me.stay")),
            )
        ),
    )


def not_forgotten(words: catalogue.Words) -> Message:
    return saved(words, words.say("Good, everything stays as it is."))


def forgotten(words: catalogue.Words) -> Message:
    said = words.say(
        "Done. I do not know you any more. If you ever call me again, we meet as new. What you wrote in the channels "
        "themselves is yours to delete there."
    )
    return message(Words(said))
