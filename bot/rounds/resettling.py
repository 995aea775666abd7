"""A round whose channel is lost goes on in another one."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.names import Channel, Space
from bot.errors import UserMistake
from bot.rounds.facts import RoundMoved
from bot.rounds.holding import must_hold, run_on
from bot.rounds.inviting import BESIDE
from bot.rounds.model import Changed, Home, Round, then
from bot.rounds.now import Now
from bot.rounds.step_facts import Fact


def resettle(
    round_: Round, person: str, channel: Channel, now: Now, *, space_name: str, lost: bool, beside: int = 0
) -> Changed:
    """The facilitator takes the round to this channel; a pause that came with the loss is over.

    What was said stays where it was said. `lost`: the round is on hold because Kring cannot write where it stands.
    `space_name`: what the channel's space is called. `beside`: how many rounds go on in that channel.
    """
    must_hold(round_, person)
    if round_.ended or round_.state == "draft":
        raise UserMistake("This round is over.")
    if channel in round_.channels and not (lost and not round_.homes):
        raise UserMistake("This round stands in this channel already.")
    homes = round_.homes or ((Home(round_.channel, space_name, "lost"),) if lost else ())
    at = lost_in(homes, channel.space)
    if at is None:
        raise UserMistake("I can write where this round stands, so it stays there.")
    if channel == homes[at].channel:
        raise UserMistake("This is the channel in which I cannot write. Pick another one.")
    if beside >= BESIDE:
        raise UserMistake(
            "Two rounds are going on in this channel already. Wait for one to end, or pick another channel."
        )
    homes = (*homes[:at], Home(channel, space_name, "back"), *homes[at + 1 :])
    round_ = replace(round_, channel=homes[0].channel, homes=homes)
    moved: Fact = RoundMoved(round_.id, at)
    if lost and round_.state == "paused":
        return then((round_, (moved,)), lambda it: run_on(it, now))
    return round_, (moved,)


def lost_in(homes: tuple[Home, ...], space: Space) -> int | None:
    """Which of them is lost, in that space."""
    return next((at for at, home in enumerate(homes) if home.state == "lost" and home.channel.space == space), None)
