"""Kring asks for as little as it needs, and names the switch that is missing."""

from __future__ import annotations

import pytest

from adapters.discord.intents import REASONS, asked_for, not_switched_on

PRIVILEGED = {"members", "message_content", "presences"}


def names(*, message_content: bool = False, members: bool = False) -> set[str]:
    return {name for name, on in asked_for(message_content=message_content, members=members) if on}


def test_light_mode_asks_for_nothing_privileged() -> None:
    assert not names() & PRIVILEGED
    assert "guild_reactions" not in names()


def test_full_mode_asks_for_each_by_itself() -> None:
    assert names(members=True) == names() | {"members"}
    assert names(message_content=True) == names() | {"message_content", "guild_reactions"}


def test_whatever_is_asked_for_has_its_reason() -> None:
    # discord.py knows some by two names
    asked = set(names(message_content=True, members=True)) - {"bans", "messages", "reactions"}
    assert asked == set(REASONS)


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (0, ["Message Content Intent", "Server Members Intent"]),
        (1 << 18, ["Server Members Intent"]),
        (1 << 19, ["Server Members Intent"]),
        (1 << 14, ["Message Content Intent"]),
        (1 << 15, ["Message Content Intent"]),
        (1 << 19 | 1 << 15, []),
        (1 << 12 | 1 << 13 | 1 << 16, ["Message Content Intent", "Server Members Intent"]),
    ],
)
def test_the_switch_is_named(flags: int, named: list[str]) -> None:
    faults = list(not_switched_on(flags, message_content=True, members=True))
    assert len(faults) == len(named)
    assert all(f'"{name}"' in fault and "Bot" in fault for name, fault in zip(named, faults, strict=True))


def test_what_is_not_asked_for_need_not_be_switched_on() -> None:
    assert not list(not_switched_on(0, message_content=False, members=False))
