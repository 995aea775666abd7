"""What can be voted for, and how often it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.rounds.model import Round
from bot.rounds.script import CONSENT


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
            return tuple(role.key for role in round_.format.roles)
        case "choice" | "dots" if not rule.options:
            return _revealed_last(round_, step)
        case _:
            return tuple(option.key for option in rule.options)


def _revealed_last(round_: Round, step: int) -> tuple[str, ...]:
    for before in range(step - 1, -1, -1):
        if round_.steps[before].script.reveal == "together":
            return tuple(one.id for one in round_.answers(before) if one.visible)
    return ()


def room(round_: Round, option: str) -> int:
    """How many people may claim this."""
    return next((role.count for role in round_.format.roles if role.key == option), 1)


def tally(round_: Round, step: int) -> Mapping[str, int]:
    """How often each option was picked, the most picked first. Empty while the ballot is secret."""
    run = round_.steps[step]
    if run.script.vote is None or not (run.state == "closed" or run.script.vote.kind == "claim"):
        return {}
    picked = Counter(pick for vote in round_.votes if vote.step == step for pick in vote.picks)
    return dict(sorted(((one, picked[one]) for one in options(round_, step)), key=lambda counted: -counted[1]))


BEST = 3


def favourites(round_: Round, step: int) -> tuple[str, ...]:
    """The three options with the most votes, and who shares the third place; none that nobody picked."""
    counts = tally(round_, step)
    bar = sorted(counts.values(), reverse=True)[:BEST]
    return tuple(option for option, count in counts.items() if count and count >= bar[-1])
