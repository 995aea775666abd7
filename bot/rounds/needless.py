"""Letters that wait for a good moment, and make no sense any more when it comes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.actions import Action
from bot.rounds.floor import heard, waited_for
from bot.rounds.model import Round
from bot.rounds.promises import promise
from bot.rounds.wording import action


def nudge(round_: Round, step: int, person: str) -> Action:
    """There is still room for this person's voice."""
    return action("nudge", round_, step, person)


def may_keep(round_: Round, contribution: str) -> Action:
    """May these exact words be kept?"""
    return action("maykeep", round_, contribution)


def needless(before: Round, now: Round) -> Iterator[Action]:
    yield from _nudges(before, now)
    if before.contributions != now.contributions:
        yield from _questions(before, now)


def _nudges(before: Round, now: Round) -> Iterator[Action]:
    """They have answered since, or left, or the word is not theirs any more, or the step is over."""
    for step in before.at_work:
        run = before.steps[step]
        if run.script.mode == "turns":
            if run.holder is not None and run.turn_nudge_at is None and _turn_is_over(before, now, step):
                yield nudge(before, step, run.holder)
        elif run.nudge_at is None:
            waits = waited_for(now, step) if now.steps[step].takes_answers else ()
            for person in waited_for(before, step):
                if not heard(before, step, person) and (person not in waits or heard(now, step, person)):
                    yield nudge(before, step, person)


def _turn_is_over(before: Round, now: Round, step: int) -> bool:
    was, is_ = promise(before.steps[step]), promise(now.steps[step])
    return was is not None and (is_ is None or (was.person, was.turn) != (is_.person, is_.turn))


def _questions(before: Round, now: Round) -> Iterator[Action]:
    """They have answered since, or say it in other words now."""
    for one in before.contributions:
        if one.consent is not None and one.consent.answer == "asked":
            after = now.contribution(one.id)
            if after is None or after.consent != one.consent or after.body != one.body:
                yield may_keep(before, one.id)
