"""How a round, its steps and its people are put into words; the other views are made of these."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.chat.actions import Action
from bot.chat.messages import Button, Note, Words
from bot.chat.people import Person
from bot.chat.text import Bold, ChannelName, Plain, Text
from bot.chat.text import words as bare
from bot.rounds import course
from bot.rounds.ballots import winner
from bot.rounds.casting import doers, holders
from bot.rounds.model import Round
from bot.rounds.script import Format
from bot.rounds.seats import too_late
from bot.rounds.seen import SeenAnswer
from bot.rounds.step_rules import REPORTER
from bot.texts.catalogue import LANGUAGES, words_in
from bot.texts.catalogue import Words as Language

People = Mapping[str, Person]
"""Those whom a view names, by id. Who is missing is called *somebody*."""

WON = 100
"""The longest that a question says of what won a vote."""
ANSWER = 2500
"""The longest answer in a form: with its author's name it fits one paragraph everywhere."""


def action(name: str, round_: Round, *parts: object) -> Action:
    """The action of that name on this round, and on what the parts name in it."""
    return Action(f"round.{name}", ".".join((round_.id, *(str(part) for part in parts))))


def button(label: str, name: str, round_: Round, *parts: object) -> Button:
    return Button(label, action(name, round_, *parts))


def about_round(language: Language, round_: Round) -> Note:
    """In a letter: where the round is that it speaks of."""
    return Note(language.say("It is about the round in {channel}.", channel=ChannelName(round_.channel)))


def excerpt(text: str, most: int) -> str:
    """The beginning of somebody's words on one line."""
    line = " ".join(text.split(maxsplit=most))  # what comes after so many words is cut anyway
    if len(line) <= most:
        return line
    cut = line[:most].rfind(" ")  # not in the middle of a word, where words are as long as usual
    return line[: cut if cut > most - 25 else most - 1].rstrip(" .,;:…") + "…"


def name(language: Language, people: People, id_: str | None, *, notify: bool = False) -> Text:
    """The person as the platform shows people, with their organisation where the round stands in several."""
    person = people.get(id_) if id_ else None
    if person is None:
        return (Plain(language.label("somebody")),)
    if not person.organisation:
        return (person.shown(notify=notify),)
    return (person.shown(notify=notify), Plain(f" ({person.organisation})"))


def bare_name(language: Language, people: People, id_: str | None) -> str:
    """The same where only letters fit, such as in a label."""
    return bare(name(language, people, id_))


def format_name(language: Language, format_: Format) -> str:
    return bare(language.pick(format_.name))


def title(language: Language, round_: Round) -> str:
    """Such as *Harvest: the first lesson*."""
    called = format_name(language, round_.format)
    return f"{called} {round_.topic}" if called.endswith("?") else f"{called}: {round_.topic}"


def called_off(language: Language, round_: Round) -> Text:
    """Of a round that was cancelled. Where it never began there is nothing to be seen of it."""
    if round_.began_at is None:
        return language.say("This round does not go ahead.")
    return language.say("This round was stopped. What was not shown yet stays unseen.")


def prompt(language: Language, round_: Round, step: int, people: People, *, in_all: bool = False) -> Text:
    """What the step asks, its places filled; the facilitator's own wording where there is one.

    `in_all`: in all of its laps, so roles that go round are called by their names.
    """
    run = round_.steps[step]
    if run.prompt:
        return (Plain(run.prompt),)
    named = frozenset(place for text in run.script.prompt.values() for place in _places(text))
    values = dict(_values(language, round_, step, people, named, in_all=in_all))
    begun = {f"{key}_": _capital(each) for key, each in values.items()}
    roles = frozenset(role.key for role in round_.format.roles)
    prompts = {code: _begun(text, roles) for code, text in run.script.prompt.items()}
    return language.pick(prompts, **values, **begun)


_PLACES = re.compile(r"\{(\w+)\}")
_BEGINS = re.compile(r"(^|[.!?] )\{(\w+)\}(,?)")


@lru_cache(maxsize=1024)
def _places(prompt: str) -> tuple[str, ...]:
    return tuple(_PLACES.findall(prompt))


@lru_cache(maxsize=1024)
def _begun(prompt: str, roles: frozenset[str]) -> str:
    """The text with the places that begin a sentence called otherwise, and those where a role is spoken to."""

    def called(found: re.Match[str]) -> str:
        before, key, comma = found.groups()
        return f"{before}{{{key}__}}," if comma and key in roles else f"{before}{{{key}_}}{comma}"

    return _BEGINS.sub(called, prompt)


def _capital(value: object) -> object:
    return value[:1].upper() + value[1:] if isinstance(value, str) else value


def _values(
    language: Language, round_: Round, step: int, people: People, named: Collection[str], *, in_all: bool
) -> Iterator[tuple[str, object]]:
    """What fills the places that are named."""
    run = round_.steps[step]
    yield "topic", round_.topic
    yield "sources", round_.settings.sources or round_.topic
    if "review" in named:
        yield "review", round_.settings.review or language.label("half a year")
    if "period" in named:
        yield "period", language.label("weeks")
    apart = run.group is None and (run.script.groups is not None or run.script.in_groups)  # each group has its own
    for role in round_.format.roles:
        if role.key in named:
            goes_round = in_all and role.filled_by == "lap"
            having = () if apart or goes_round else doers(round_, step, role.key)
            called = bare(language.pick(role.name))
            yield role.key, _names(language, people, having, language.label("the {role}", role=called))
            yield f"{role.key}__", _capital(_names(language, people, having, called))
    if REPORTER in named:
        reporters = () if apart else holders(round_, step, REPORTER)
        yield REPORTER, _names(language, people, reporters, language.label("one of you"))
    if "members" in named:
        yield "members", _names(language, people, members(round_, step), language.label("see below"))
    votes = {each.script.key for each in round_.steps if each.script.vote is not None}
    if not votes.isdisjoint(named):
        for before in reversed(tuple(course.earlier(round_, step))):
            script = round_.steps[before].script
            if script.vote is not None and script.key in named:
                yield script.key, won(language, round_, before)


def _names(language: Language, people: People, ids: Sequence[str], instead: str) -> str:
    names = [people[person].name for person in ids if person in people]
    return language.names(names) if names else instead


def members(round_: Round, step: int) -> tuple[str, ...]:
    """Who is in the group in which this step is played; nobody where it is played with everybody."""
    group = round_.steps[step].group
    return () if group is None else round_.groups[group].members


def won(language: Language, round_: Round, step: int) -> str:
    """What a vote came to, as later questions call it; what they were about where there was no vote.

    So too where it came to what was said inside: the question stands on the card, for all to read.
    """
    return picked(language, round_, step, winner(round_, step))


def picked(language: Language, round_: Round, step: int, option: str) -> str:
    """The same of one of the things that could be voted for there."""
    rule = round_.steps[step].script.vote
    label = next((each.label for each in rule.options if each.key == option), None) if rule is not None else None
    if label is not None:
        return bare(language.pick(label))
    one = round_.contribution(option)
    return excerpt(one.body, WON) if one is not None and one.body and not one.inside else round_.topic


def group_number(round_: Round, group: int) -> int:
    """As people count groups: from 1, those that were formed together."""
    formed = round_.groups[group].formed
    return sum(each.formed == formed for each in round_.groups[: group + 1])


def place_of(round_: Round, step: int) -> tuple[int, int]:
    """Which step it is of how many, as people count them: one that is played several times is one."""
    in_order = course.bases(round_)
    return in_order.index(course.base(round_, step)) + 1, len(in_order)


def effort(language: Language, round_: Round) -> str:
    """Such as *15 minutes*."""
    scripted = round_.format.effort
    minutes = scripted.async_minutes if round_.preset == "async" else scripted.live_minutes
    return language.counted("{n} minute", "{n} minutes", minutes)


def span(language: Language, round_: Round) -> str:
    """Over how long, such as *spread over 4 days*."""
    if round_.preset == "live":
        return language.label("in one sitting")
    days = round_.format.effort.async_days
    return language.counted("spread over {n} day", "spread over {n} days", days)


def takes(language: Language, round_: Round) -> Text:
    return language.say(
        "about {effort} of your time, {span}", effort=effort(language, round_), span=in_all(language, round_)
    )


def in_all(language: Language, round_: Round) -> str:
    """The same, where everybody has a turn of their own: then it takes longer the more there are."""
    over = span(language, round_)
    if any(run.script.repeat == "each" and not run.script.in_groups for run in round_.steps):
        return language.label("{span}, and longer the more of you there are", span=over)
    return over


def across(language: Language, round_: Round) -> Text:
    """What keeping something means in a round over several organisations; nothing in others."""
    if not round_.several:
        return ()
    names = language.names(home.name for home in round_.homes)
    return language.say("People of {organisations} are in this round, and may find what is kept.",
                        organisations=names)  # fmt: skip


def joinable(round_: Round) -> bool:
    """Whether somebody may still take a seat."""
    if round_.wrapping or round_.state not in {"inviting", "running", "paused"}:
        return False
    return round_.state == "inviting" or not too_late(round_)


def other_language(language: Language, round_: Round, *parts: object) -> Button:
    """Shows the same privately in the language this one is not in."""
    other = next(code for code in LANGUAGES if code != language.language)
    return Button(LANGUAGES[other], action("language", round_, *parts))


def words_of(round_: Round) -> Language:
    """What everybody in the round reads."""
    return words_in(round_.language)


def said(language: Language, round_: Round, people: People, answer: SeenAnswer, side: str = "") -> Words:
    """Somebody's answer as a quotation, with their name where it may stand there, and where they stand."""
    where: Text = (Plain(" ("), *language.say("side {side}", side=side), Plain(")")) if side else ()
    named: Text = (*name(language, people, answer.author), *where, Plain("\n")) if answer.author is not None else ()
    edited: Text = (Plain(" ("), *language.say("edited"), Plain(")")) if answer.edited else ()
    return Words((*named, *worded(round_, answer.id, answer.body), *edited), quote=True)


def worded(round_: Round, id_: str, body: str) -> Text:
    """What was said; where it answers several fields, what each of them asked stands out."""
    one = round_.contribution(id_)
    asked = round_.steps[one.step].script.fields if one is not None and one.fields else ()
    labels = [bare(words_of(round_).pick(field.label)) for field in asked]
    spans: list[Plain | Bold] = []
    for line in body.splitlines() if labels else (body,):
        label = next((each for each in labels if line.startswith(f"{each} ")), "")
        spans += [Plain("\n")] if spans else []
        spans += [Bold(label)] if label else []
        spans.append(Plain(line.removeprefix(label)))
    return tuple(spans)


def listed(language: Language, people: People, answer: SeenAnswer, number: int, most: int = 75) -> str:
    """An answer as one of several to choose from."""
    named = f"{bare_name(language, people, answer.author)}: " if answer.author is not None else ""
    return excerpt(f"{number}. {named}{answer.body}", most)
