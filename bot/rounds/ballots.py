"""What can be voted for, and how often it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.rounds import course
from bot.rounds.model import Round
from bot.rounds.step_rules import CONSENT


def options(round_: Round, step: int) -> tuple[str, ...]:
    """What can be picked: the script's options, roles, marks, or ids of the answers revealed last.

    A ballot shows every option in full, so whoever votes has seen what they vote on.
    """
    rule = round_.steps[step].script.vote
    if rule is None:
        return ()
    match rule.kind:
        case "consent":
            return CONSENT
        case "scale":
            return tuple(str(mark) for mark in range(rule.scale[0], rule.scale[1] + 1))
        case "claim" if not rule.options:
            return rule.seats or tuple(role.key for role in round_.format.roles if role.filled_by != "lap")
        case "choice" if rule.proposals:
            proposed = (one.id for one in round_.answers(step) if one.visible)
            return (*(option.key for option in rule.options), *proposed)
        case "choice" | "dots" if not rule.options:
            return _revealed_last(round_, step)
        case _:
            return tuple(option.key for option in rule.options)


def _revealed_last(round_: Round, step: int) -> tuple[str, ...]:
    """What was revealed together, or said in turns; where in each group by itself, that of all groups seen here."""
    first = None
    found: list[int] = []
    for before in course.earlier(round_, step):
        script = round_.steps[before].script
        if script.reveal != "together" and script.mode != "turns":
            continue
        first = course.base(round_, before) if first is None else first
        if course.base(round_, before) == first:
            found.append(before)
    return tuple(one.id for before in sorted(found) for one in round_.answers(before) if one.visible)


def may_pick(round_: Round, step: int, person: str) -> tuple[str, ...]:
    """What this person can pick: where it is about answers, perhaps not their own."""
    rule = round_.steps[step].script.vote
    known = options(round_, step)
    if rule is None or not rule.own_excluded:
        return known
    own = {one.id for one in round_.contributions if one.person == person}
    return tuple(option for option in known if option not in own)


def room(round_: Round, step: int, option: str) -> int:
    """How many people may claim this; as many as there are where it is for the rest."""
    role = round_.format.role(option)
    if role is None:
        return 1
    if role.rest:
        return len(round_.seats)
    rule = round_.steps[step].script.vote
    kept_free = rule.open_chair if rule is not None and option in rule.seats[:1] else 0
    return role.room - kept_free


def tally(round_: Round, step: int) -> Mapping[str, int]:
    """How often each option was picked, the most picked first. Empty while the ballot is secret."""
    run = round_.steps[step]
    if run.script.vote is None or not (run.counted or run.script.vote.kind == "claim"):
        return {}
    picked = Counter(pick for vote in round_.votes if vote.step == step for pick in vote.picks)
    return dict(sorted(((one, picked[one]) for one in options(round_, step)), key=lambda counted: -counted[1]))


BEST = 3


def favourites(round_: Round, step: int) -> tuple[str, ...]:
    """The three options with the most votes, and who shares the third place; none that nobody picked."""
    counts = tally(round_, step)
    bar = sorted(counts.values(), reverse=True)[:BEST]
    return tuple(option for option, count in counts.items() if count and count >= bar[-1])


def winner(round_: Round, step: int) -> str:
    """What was picked most; empty where nobody voted."""
    return next((option for option, count in tally(round_, step).items() if count), "")


def tied(round_: Round, step: int) -> bool:
    """Whether several were picked most, so that the one of them that was shown first has won."""
    most = [count for count in tally(round_, step).values() if count]
    return most.count(max(most, default=0)) > 1
