"""The three questions of `round suggest`, and what is proposed then."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, Words
from bot.chat.text import Bold, Plain, Text
from bot.rounds.picking import CROWDS, TIMES, Crowd, Occasion, Pick, Proposal, Time, Why
from bot.rounds.script import NEEDS, Format
from bot.rounds.wording import excerpt, format_name
from bot.texts.catalogue import Words as Language
from bot.texts.catalogue import _

LONG = 75
"""The longest label of a button."""

ABOUT: Mapping[str, str] = {
    "meet": _("Getting to know each other"),
    "chafes": _("Something that chafes"),
    "idea": _("An idea"),
    "back": _("Looking back"),
    "keep": _("Keeping what we learned"),
    "other": _("Another organisation"),
    "newcomers": _("Newcomers"),
}
"""What a round can be about; every need has its words."""

HOW_LONG: Mapping[str, str] = {
    "half": _("Half an hour, together"),
    "hour": _("An hour, together"),
    "days": _("A few days, each in our own time"),
    "week": _("A week or longer"),
}

BECAUSE: Mapping[Why, str] = {
    "need": _("It is made for this."),
    "also": _("It is good for this too."),
    "explore": _("You have searched less than held on lately; it searches."),
    "exploit": _("You have held on less than searched lately; it holds on."),
    "new": _("You have not done it yet."),
    "rested": _("You have not done it for a while."),
}


def about(language: Language) -> Message:
    """The first question."""
    buttons = tuple(Button(language.label(ABOUT[need]), Action("round.suggest", need)) for need in NEEDS)
    return Message((Words(language.say("What is it about?")), Controls(buttons)))


def people(language: Language, need: str) -> Message:
    """The second; `need` was answered."""
    buttons = tuple(Button(_crowd(language, each), Action("round.suggest", f"{need}.{each.key}")) for each in CROWDS)
    said = language.say("How many people do you think will take part?")
    return Message((Note(language.say(ABOUT[need])), Words(said), Controls((*buttons, _again(language)))))


def time(language: Language, need: str, crowd: Crowd) -> Message:
    """The third; `need` and `crowd` were answered."""
    before = f"{need}.{crowd.key}"
    buttons = tuple(
        Button(language.label(HOW_LONG[each.key]), Action("round.suggest", f"{before}.{each.key}")) for each in TIMES
    )
    so_far = (*language.say(ABOUT[need]), Plain(", "), *_people(language, crowd))
    said = language.say("How much time is there?")
    return Message((Note(so_far), Words(said), Controls((*buttons, _again(language)))))


def proposals(language: Language, wanted: Occasion, picked: Pick) -> Message:
    """Three at most, each with why and a way to start it."""
    answered = (
        *language.say(ABOUT[wanted.need]),
        Plain(", "),
        *_people(language, wanted.crowd),
        Plain(", "),
        Plain(language.label(HOW_LONG[wanted.time.key]).lower()),
    )
    blocks: list[Block] = [Heading(language.label("What I would propose")), Note(answered)]
    if not picked.proposals:
        none = language.say("No format works with these people in that time. Try it with more time or other people.")
        blocks.append(Words(none))
    elif not any(set(each.why) & {"need", "also"} for each in picked.proposals):
        blocks.append(Words(language.say("Nothing that fits is made for just that. These come nearest.")))
    for each in picked.proposals:
        blocks += _proposal(language, each, wanted.time)
    if picked.later is not None:
        blocks.append(Note(_later(language, picked)))
    blocks.append(Controls((_again(language),)))
    return Message(tuple(blocks))


def _proposal(language: Language, one: Proposal, time_: Time) -> tuple[Block, ...]:
    format_ = one.format
    called = format_name(language, format_)
    said = (Bold(called), Plain(" " if called.endswith("?") else ". "), *language.pick(format_.blurb))
    why = [span for each in one.why for span in (Plain(" "), *language.say(BECAUSE[each]))]
    start = Button(
        excerpt(language.label("Start: {format}", format=format_name(language, format_)), LONG),
        Action("round.propose", f"{format_.id}.{time_.preset}"),
    )
    return Words(said), Note((*_takes(language, format_, time_), *why)), Controls((start,))


def _takes(language: Language, format_: Format, time_: Time) -> Text:
    size = language.say("For {min} to {max} people,", min=format_.size.min, max=format_.size.max)
    if time_.preset == "live":
        minutes = language.count("{n} minute together.", "{n} minutes together.", format_.effort.live_minutes)
        return (*size, Plain(" "), *minutes)
    each = language.counted("{n} minute", "{n} minutes", format_.effort.async_minutes)
    days = language.count(
        "{effort} each, within {n} day.", "{effort} each, within {n} days.", format_.effort.async_days, effort=each
    )
    return (*size, Plain(" "), *days)


def _later(language: Language, picked: Pick) -> Text:
    """What comes within reach when the circle has done a little more."""
    later = picked.later
    if later is None:
        return ()
    name = format_name(language, later.format)
    if later.rounds:
        return language.count(
            "*{format}* goes deeper. I propose it when you have done one more round here.",
            "*{format}* goes deeper. I propose it when you have done {n} more rounds here.",
            later.rounds,
            format=name,
        )
    return language.say(
        "*{format}* weighs searching against holding on. I propose it when you have done rounds of both kinds here.",
        format=name,
    )


def _people(language: Language, crowd: Crowd) -> Text:
    if crowd.least == crowd.most:
        return language.count("{n} person", "{n} people", crowd.least)
    if crowd is CROWDS[-1]:
        return language.say("{n} people or more", n=crowd.least)
    return language.say("{min} to {max} people", min=crowd.least, max=crowd.most)


def _crowd(language: Language, crowd: Crowd) -> str:
    if crowd.least == crowd.most:
        return str(crowd.least)
    if crowd is CROWDS[-1]:
        return language.label("{n} or more", n=crowd.least)
    return language.label("{min} to {max}", min=crowd.least, max=crowd.most)


def _again(language: Language) -> Button:
    return Button(language.label("Begin again"), Action("round.suggest"))
