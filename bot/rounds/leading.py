"""In what people can go on with what a vote came to, and when they look at it together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import UserMistake
from bot.rounds import course
from bot.rounds.ballots import options, tally, winner
from bot.rounds.casting import holders
from bot.rounds.leading_facts import LookDayCame, LookDayChosen, WentOn
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.step_rules import LeadsTo
from bot.rounds.timing import waking


@dataclass(frozen=True, slots=True)
class Lead:
    """`option`: what they can go on with in that format, of the vote in `step`; empty where a vote was about something
    else. `people`: so many picked it, or took it on.
    """

    step: int
    format: str
    option: str
    people: int


def lead(round_: Round) -> Lead | None:
    """What the last of its votes that leads anywhere came to, where enough people are behind it."""
    for step in reversed(range(len(round_.steps))):
        run = round_.steps[step]
        rule = _rule(round_, step)
        if rule is None or run.state != "closed":
            continue
        if rule.days:
            return _to_look_at(round_, step, rule)
        behind = ((option, _behind(round_, step, option)) for option, count in tally(round_, step).items() if count)
        found = next(((option, n) for option, n in behind if n >= rule.least), None)
        return Lead(step, rule.format, *found) if found is not None else None
    return None


def _rule(round_: Round, step: int) -> LeadsTo | None:
    vote = round_.steps[step].script.vote
    return vote.leads_to if vote is not None else None


def _behind(round_: Round, step: int, option: str) -> int:
    return sum(option in vote.picks for vote in round_.votes if vote.step == step)


def _to_look_at(round_: Round, step: int, rule: LeadsTo) -> Lead | None:
    people = len(owners(round_))
    if not people:
        return None
    before = (each for each in course.earlier(round_, step) if round_.steps[each].counted)
    chosen = next((each for each in before if _chooses(round_, each)), None)
    if chosen is None:
        return Lead(step, rule.format, "", people)
    return Lead(chosen, rule.format, winner(round_, chosen), people)


def _chooses(round_: Round, step: int) -> bool:
    vote = round_.steps[step].script.vote
    return vote is not None and vote.kind in {"choice", "dots"}


def looked_at(round_: Round) -> int | None:
    """The step in which people claimed what is looked at together on a day; None: there is nothing to look at."""
    if round_.look_at is None:
        return None
    runs = enumerate(round_.steps)
    return max((step for step, run in runs if run.state == "closed" and _looks(round_, step)), default=None)


def _looks(round_: Round, step: int) -> bool:
    rule = _rule(round_, step)
    return rule is not None and rule.days > 0


def taken_on(round_: Round) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who has the roles that were claimed there, by the key of the role."""
    step = looked_at(round_)
    if step is None:
        return ()
    found = ((role, holders(round_, step, role)) for role in options(round_, step))
    return tuple((role, people) for role, people in found if people)


def owners(round_: Round) -> tuple[str, ...]:
    """The same people, those of the first role first."""
    return tuple(dict.fromkeys(person for _, people in taken_on(round_) for person in people))


def set_day(round_: Round, step: int, now: Now) -> Changed:
    """People claimed their roles: when they look at it together, in the own day of the first who has one."""
    rule = _rule(round_, step)
    if rule is None or not rule.days:
        return round_, ()
    first = next(iter(holders(round_, step, options(round_, step)[0])), None)
    if first is None:
        return replace(round_, look_at=None), ()
    at = waking(now.hours.get(first), now.at + timedelta(days=rule.days))
    return replace(round_, look_at=at), (LookDayChosen(round_.id, step, at),)


def must_own(round_: Round, person: str) -> int:
    """The step in which they claimed it. Raises UserMistake for who may not choose the day, or where there is none."""
    step = looked_at(round_)
    if step is None or round_.went_on is not None or round_.state not in {"running", "paused", "wrapping", "done"}:
        raise UserMistake("There is nothing to look at any more.")
    if person not in owners(round_) and person != round_.facilitator:
        raise UserMistake("The day is up to who took this on. Tell them which one suits you.")
    return step


def choose_day(round_: Round, person: str, at: datetime, now: Now) -> Changed:
    """Another day, at most a year away."""
    step = must_own(round_, person)
    if not now.at < at <= now.at + timedelta(days=366):
        raise UserMistake("Pick a day within the next year.")
    if at == round_.look_at:
        return round_, ()
    return replace(round_, look_at=at), (LookDayChosen(round_.id, step, at, person),)


def look(round_: Round, now: Now) -> Changed:
    """The day has come. Nothing where people have gone on before, or where nobody is left who took it on."""
    came = round_.look_at is not None and round_.look_at <= now.at and (round_.wrapping or round_.state == "done")
    if not came or round_.went_on is not None or not owners(round_):
        return round_, ()
    return round_, (LookDayCame(round_.id, owners(round_)),)


def must_lead(round_: Round) -> Lead:
    """Raises UserMistake where there is nothing to go on with, or somebody has done so."""
    found = lead(round_)
    if round_.went_on is not None:
        raise UserMistake("Somebody was just before you: it goes on in R-{number}.", number=round_.went_on)
    if found is None or not (round_.wrapping or round_.state == "done"):
        raise UserMistake("There is nothing to go on with here any more.")
    return found


def go_on_in(round_: Round, into: int) -> Changed:
    """People go on with it in the round of that number."""
    must_lead(round_)
    return replace(round_, went_on=into), (WentOn(round_.id, into),)
