"""How a round comes about: set up, sent out, begun, or not with so few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import datetime, timedelta

from bot.chat.names import Channel
from bot.errors import UserMistake
from bot.rounds import ending, steps
from bot.rounds.facts import FormatSwitched, RoundBegan, RoundInvited, TooFew
from bot.rounds.floor import lacking
from bot.rounds.holding import must_hold
from bot.rounds.model import LONGEST_TOPIC, Asked, Changed, Home, Round, Settings, then
from bot.rounds.now import Now
from bot.rounds.script import Format, Preset
from bot.rounds.step_facts import Fact
from bot.rounds.step_run import StepRun
from bot.rounds.timing import INVITATION, PURGE, WAIT_FOR_MORE, fair, put_aside, waking

FARTHEST = timedelta(days=60)
BESIDE = 2
"""So many rounds at most go on in one channel."""

PLAIN = Settings()


def draft(
    id_: str,
    channel: Channel,
    format_: Format,
    topic: str,
    facilitator: str,
    now: Now,
    *,
    community: str,
    language: str = "en",
    preset: Preset = "async",
    settings: Settings = PLAIN,
    number: int = 0,
    homes: tuple[Home, ...] = (),
) -> Round:
    """A round that is being set up. A draft that nobody sends out is forgotten after 30 days.

    `homes`: where it will stand in several spaces, `channel` first.
    """
    topic = " ".join(topic.split())
    if not topic:
        raise UserMistake("Say what the round is about, in a few words.")
    if len(topic) > LONGEST_TOPIC:
        raise UserMistake("Say what the round is about in at most {most} characters.", most=LONGEST_TOPIC)
    if settings.anonymous and not format_.can_be_anonymous:
        raise UserMistake("In this format people see who says what. Start it with names, or pick another format.")
    return Round(
        id=id_,
        community=community,
        number=number,
        channel=channel,
        format=format_,
        topic=topic,
        preset=preset,
        language=language,
        facilitator=facilitator,
        state="draft",
        created_at=now.at,
        settings=settings,
        homes=homes,
        steps=_to_play(format_),
        purge_at=now.at + PURGE,
    )


def _to_play(format_: Format) -> tuple[StepRun, ...]:
    return tuple(StepRun(script) for script in format_.steps)


def invite(round_: Round, now: Now, *, begins_at: datetime | None = None, beside: int = 0) -> Changed:
    """Opens the doors. `beside`: how many rounds that have not ended live in the same channel.

    Without `begins_at` the invitation stands for a day (then until the facilitator's next working hour), live ten
    minutes.
    """
    if round_.state != "draft" or round_.facilitator is None:
        raise UserMistake("This round has been sent out already.")
    if beside >= BESIDE:
        raise UserMistake(
            "Two rounds are going on in this channel already. Wait for one to end, or pick another channel."
        )
    if begins_at is None:
        begins_at = _usual_beginning(round_, round_.facilitator, now)
    elif not now.at < begins_at <= now.at + FARTHEST:
        raise UserMistake("Pick a moment in the next 60 days to begin.")
    round_ = replace(round_, state="inviting", begins_at=begins_at, purge_at=None)
    holder = round_.facilitator or ""
    return round_, (RoundInvited(round_.id, round_.format.id, round_.topic, round_.preset, holder, begins_at),)


def going_on(rounds: Iterable[Round]) -> int:
    """How many of the rounds of a channel take up its attention: not those that are put aside."""
    return sum(not put_aside(round_) for round_ in rounds)


def _usual_beginning(round_: Round, facilitator: str, now: Now) -> datetime:
    at = now.at + INVITATION[round_.preset]
    hours = now.hours.get(facilitator)
    return at if round_.preset == "live" else waking(hours, at)


def begin(round_: Round, person: str, now: Now) -> Changed:
    """The facilitator does not wait any longer; enough people are in."""
    must_hold(round_, person)
    if round_.state != "inviting":
        raise UserMistake("This round does not wait to begin.")
    if (few := lacking(round_)) is None:
        return _begin(round_, now)
    have, need = few
    if len(round_.speakers) >= round_.format.size.min:
        raise UserMistake(
            "Each side needs {need} people, and one of them has {have}. Ask people to choose their side.",
            have=have,
            need=need,
        )
    raise UserMistake(
        "So far: {have}. This works from {need} people. Wait for more, or switch to another format.",
        have=have,
        need=need,
    )


def _begin(round_: Round, now: Now) -> Changed:
    round_ = replace(round_, state="running", began_at=now.at, begins_at=None)
    began: Fact = RoundBegan(round_.id, len(round_.speakers), len(round_.listeners))
    return then((round_, (began,)), lambda it: steps.open_step(it, 0, now))


def start_due(round_: Round, now: Now) -> Changed:
    """The time to begin: it begins, waits a day for more people, or is let go."""
    if (few := lacking(round_)) is None:
        return _begin(round_, now)
    if round_.waited:
        return ending.cancelled(round_, "too_few", now)
    until = _in_a_day(round_, now)
    round_ = replace(round_, waited=True, begins_at=until)
    return round_, (TooFew(round_.id, *few, until, running=False),)


def alternative(round_: Round, formats: Iterable[Format]) -> Format | None:
    """What could be done with the people there are, most like what was meant; text `too_few` offers it."""
    have = len(round_.speakers)

    def unlike(format_: Format) -> tuple[bool, int, int, int, str]:
        """Made for so few comes first, and of these what needs as many as there are."""
        least, most = format_.size.best
        meant, other = astuple(round_.format.emphasis), astuple(format_.emphasis)
        apart = sum(abs(one - two) for one, two in zip(meant, other, strict=True))
        shared = len({*format_.good_for} & {*round_.format.good_for})
        return not least <= have <= most, -format_.size.min, apart, -shared, format_.id

    others = (one for one in formats if one.id != round_.format.id and _can_follow(one, round_))
    fitting = [one for one in others if one.size.min <= have <= one.size.max]
    return min(fitting, key=unlike, default=None)


def _can_follow(format_: Format, round_: Round) -> bool:
    """Whether it can take the place of the round's: no sides have to be chosen, no earlier talk is asked about, what
    was meant for all to read does not go on behind a door, and once there is a thread it stays as private as it is."""
    asks_back = any("{sources}" in text for step in format_.steps for text in step.prompt.values())
    if format_.sides or asks_back or (format_.place == "private" and not round_.format.private):
        return False
    return round_.began_at is None or format_.private == round_.format.private


def _in_a_day(round_: Round, now: Now) -> datetime:
    """A day in which its facilitator has some hours of their own day to decide."""
    holder = (round_.facilitator,) if round_.facilitator is not None else ()
    return fair(now.at + WAIT_FOR_MORE, holder, now, "async")


def wait_a_day(round_: Round, person: str, now: Now) -> Changed:
    """The facilitator waits for more people, once."""
    must_hold(round_, person)
    until = _in_a_day(round_, now)
    if round_.state == "inviting" and round_.begins_at is not None:
        if round_.waited:
            return round_, ()
        return replace(round_, waited=True, begins_at=max(round_.begins_at, until)), ()
    asked = _too_few(round_)
    if round_.waited:
        raise UserMistake("This round has waited a day already. Switch to another format, or let it rest.")
    return replace(round_, waited=True, asked=asked and replace(asked, until=until, missed=False)), ()


def switch(round_: Round, person: str, format_: Format, now: Now) -> Changed:
    """The facilitator goes on with another format. Steps that are over stay; the others make way for its steps."""
    must_hold(round_, person)
    _too_few(round_)
    if round_.state != "inviting" and format_.private != round_.format.private:
        raise UserMistake("This round has begun, and its thread stays as private as it is. Pick another format.")
    have, size = len(round_.speakers), format_.size
    if not size.min <= have <= size.max:
        raise UserMistake(
            "You are {have}, and this works with {min} to {max} people. Pick another format.",
            have=have,
            min=size.min,
            max=size.max,
        )
    settings = replace(round_.settings, anonymous=round_.settings.anonymous and format_.can_be_anonymous)
    round_, facts = steps.close_open(round_, now)
    switched: Fact = FormatSwitched(round_.id, format_.id)
    seats = tuple(replace(seat, role="") for seat in round_.seats)
    groups = tuple(replace(group, over=True) for group in round_.groups)
    round_ = replace(_with_steps(round_, format_), format=format_, settings=settings, seats=seats, groups=groups)
    round_ = ending.decided(round_)
    if round_.state == "inviting":
        return then((round_, (switched,)), lambda it: _begin(it, now))
    return then((round_, (*facts, switched)), lambda it: steps.open_step(it, it.current, now))


def _with_steps(round_: Round, format_: Format) -> Round:
    """The format's steps in the place of those that were not played; what was played keeps its number."""
    if all(run.of is None for run in round_.steps) and round_.steps[round_.current].state == "waiting":
        return replace(round_, steps=(*round_.steps[: round_.current], *_to_play(format_)))
    last = max(step for step, run in enumerate(round_.steps) if run.of is None and run.state != "waiting")
    played = tuple(run if run.over else _made_way(run, last) for run in round_.steps)
    return replace(round_, steps=(*played, *_to_play(format_)), current=len(played))


def _made_way(run: StepRun, last: int) -> StepRun:
    """One that was never played keeps its number among the runs of the last one that was: people do not count it."""
    skipped = run.stopped("skipped", None)
    return replace(skipped, of=last) if run.of is None and run.state == "waiting" else skipped


def rest(round_: Round, person: str, now: Now) -> Changed:
    """The facilitator lets a round with too few people rest: it is cancelled, or wrapped up when it had begun."""
    must_hold(round_, person)
    _too_few(round_)
    return ending.cancelled(round_, "too_few", now) if round_.state == "inviting" else steps.close_round(round_, now)


def _too_few(round_: Round) -> Asked | None:
    """What is asked in a round that has begun. Raises UserMistake once there are enough."""
    if round_.state == "inviting" and lacking(round_) is not None:
        return None
    waits = round_.state == "running" or round_.seeking
    if not waits or round_.asked is None or round_.asked.about != "too_few":
        raise UserMistake("This round is going on; there are enough of you.")
    return round_.asked
