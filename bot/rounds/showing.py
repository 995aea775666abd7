"""The record of a round: looked at, and taken along as files; and what a space lets cross to others."""

from __future__ import annotations

import re
from typing import cast

from bot.chat.actions import Action
from bot.chat.answers import Answer, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.messages import Message, Note, Words
from bot.chat.names import Place, Space, Thread, channel_of
from bot.chat.requests import Upload
from bot.chat.text import Code, Plain, Text
from bot.errors import UserMistake
from bot.rounds import record_file, record_page, views
from bot.rounds.crossing import CROSSINGS, Crossing
from bot.rounds.finding import Ctx, get, in_thread, named, near, people_of
from bot.rounds.model import Round
from bot.rounds.record import Record, may_see, record_of
from bot.rounds.voices import heard_by

_NUMBER = re.compile(r"(?:r-?)?(\d{1,9})", re.IGNORECASE | re.ASCII)


def show(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """The record of the round that is named, else of the one in this thread or the last one here."""
    return _shown(ctx, _meant(ctx, event.place, given.text("round")))


def _shown(ctx: Ctx, round_: Round) -> Answer:
    round_, me = near(ctx, round_), ctx.actor.id
    record, reading = _record(ctx, round_), heard_by(round_, me)
    return Tell(record_page.private(ctx.words, round_, record, people_of(ctx, round_), me, reading))


def read(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Read the record*, where it does not stand in the thread itself."""
    return _shown(ctx, _visible(ctx, event))


def export(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    return _send(ctx, _meant(ctx, event.place, given.text("round")))


def take_along(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Take it along*, under the record."""
    return _send(ctx, _visible(ctx, event))


def _visible(ctx: Ctx, event: ButtonPressed) -> Round:
    round_, _ = named(ctx, event.action)
    if not may_see(round_, ctx.actor.id, event.place):
        raise UserMistake("The record of this round is for those who were inside.")
    return round_


def _meant(ctx: Ctx, place: Place, typed: str) -> Round:
    """Raises UserMistake in the same words for a round that is not there and for one that somebody may not see."""
    if typed:
        called = _NUMBER.fullmatch(typed.strip())
        id_ = ctx.unit.found_rounds.numbered(ctx.community.id, int(called[1])) if called else None
        round_ = get(ctx, id_) if id_ is not None else None
        if round_ is None or not may_see(round_, ctx.actor.id, place):
            raise UserMistake("I know no round {typed} that you can see from here.", typed=typed)
        return round_
    found = in_thread(ctx, place) if isinstance(place, Thread) else None
    found = found or _last(ctx, place)
    if found is None or not may_see(found, ctx.actor.id, place):
        raise UserMistake(
            "No round has ended here yet. Say which one you mean: {command}.", command="/kring round show R-1"
        )
    return found


def _last(ctx: Ctx, place: Place) -> Round | None:
    """The one that ended last in this channel and may be seen, else the last one of one's own, else one that goes on
    here.
    """
    here, channel = ctx.community.id, channel_of(place)
    for id_ in ctx.unit.found_rounds.last_in(here, channel):
        if may_see(round_ := get(ctx, id_), ctx.actor.id, place):
            return round_
    mine = ctx.unit.rounds.touching(here, ctx.actor.id) if channel.direct else ctx.unit.rounds.in_channel(here, channel)
    ended = [round_ for round_ in mine if round_.ended and may_see(round_, ctx.actor.id, None)]
    return max(ended, key=lambda round_: round_.ended_at or round_.created_at, default=mine[-1] if mine else None)


def _record(ctx: Ctx, round_: Round) -> Record:
    crossings = ctx.unit.crossings.of(ctx.community.id) if round_.homes else {}
    return record_of(round_, _here(ctx), crossings)


def _here(ctx: Ctx) -> Space | None:
    return ctx.account.space if ctx.account is not None else None


def _send(ctx: Ctx, round_: Round) -> Answer:
    """As two files, by direct message: one to read, one for a program."""
    if not round_.ended:
        raise UserMistake(
            "The record is made when the round is done. Until then: {command}.", command="/kring round show"
        )
    round_ = near(ctx, round_)
    record, people, words = _record(ctx, round_), people_of(ctx, round_), ctx.words
    to = ctx.account or ctx.actor.account
    name = f"round-{round_.number}" if round_.number else "round"
    about = Action("round.file", f"{round_.id}.{ctx.actor.id}")
    letter = views.told(words.say("The record of «{topic}»: only what its people said yes to.", topic=round_.topic))
    ctx.ask(Upload(to, f"{name}.md", record_file.markdown(words, round_, record, people), letter, about=about))
    machine = views.told(words.say("The same for a program to read."))
    ctx.ask(Upload(to, f"{name}.json", record_file.as_json(words, round_, record, people), machine, about=about))
    text = words.say(
        "You get the files in a direct message. Nothing there in a minute? Then direct messages are closed: open them "
        "and ask again."
    )
    return Tell(views.told(text))


# -- what a space lets cross


def crossing(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """What goes from this space to the others in rounds that stand in several; without a word: what goes now."""
    space = channel_of(event.place).space
    typed = given.text("what")
    if typed:
        ctx.unit.crossings.choose(ctx.community.id, space, cast("Crossing", typed))
    now = ctx.unit.crossings.of(ctx.community.id).get(space, "all")
    match now:
        case "all":
            text = ctx.words.say(
                "Rounds may stand here and in other spaces together. What people here say, and let keep, may "
                "stand in all of them."
            )
        case "round":
            text = ctx.words.say(
                "Rounds may stand here and in other spaces together. What people here let keep stays here."
            )
        case "nothing":
            text = ctx.words.say("This space takes no part in rounds that stand in several spaces.")
    means: dict[Crossing, Text] = {
        "all": ctx.words.say("what is said, and what is kept"),
        "round": ctx.words.say("what is said; what is kept stays here"),
        "nothing": ctx.words.say("no part in rounds over several spaces"),
    }
    others = (
        Note((Code(f"/kring round crossing {each}"), Plain(": "), *means[each])) for each in CROSSINGS if each != now
    )
    return Tell(Message((Words(text), Note(ctx.words.say("Another choice:")), *others)))


BUTTONS = {"round.export": take_along, "round.record": read}
