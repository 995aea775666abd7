"""Formats and people that nobody thought of, for the property tests: one for each number.

They are made from a number at once, because drawing each of their fields would cost more time than playing them.
"""

from __future__ import annotations

from datetime import time
from random import Random
from typing import Any

from hypothesis import strategies as st

from bot.chat.people import Quiet
from bot.rounds.formats import shipped
from bot.rounds.model import Hours
from bot.rounds.script import Format, Option, Role, Step, VoteRule
from tests.bot.rounds.play import made_of, step

PEOPLE = ("ana", "bo", "cas", "dee", "eli", "fay", "gus")
ROLE = Role("scribe", {"en": "scribe", "nl": "schrijver"})
OPTIONS = tuple(Option(key, {"en": key, "nl": key}) for key in ("left", "right", "middle"))
ZONES = ("Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "UTC")
DAYS = ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6), (2,), ())


def _step(chance: Random, key: str, before: list[Step]) -> Step:
    """One step that makes sense after what came before it."""
    kinds = ["collect", "collect", "collect", "turns", "open", "open", "scale", "consent", "claim", "choice"]
    kinds += ["dots", "dots"] if any(one.reveal == "together" for one in before) else []
    kinds += ["contributors"] * 2 if any(one.mode != "vote" for one in before) else []
    given: dict[str, Any] = {
        "key": key,
        "async_h": chance.choice((2, 12, 24, 36.5)),
        "sync_min": chance.choice((3, 10)),
        "harvest": chance.choice(("none", "mark", "draft")),
        "min_inputs": chance.choice((None, None, 1, 4)),
    }
    floor = chance.choice(("all", "all", "all", "role:scribe", "not:role:scribe"))
    kind = chance.choice(kinds)
    if kind == "collect":
        reveal = chance.choice(("together", "together", "together", "none", "to:role:scribe"))
        nameless = "optional" if reveal == "together" and chance.random() < 0.6 else "never"
        return step(mode="collect", reveal=reveal, anonymous=nameless, floor=floor, **given)
    if kind == "contributors":
        return step(mode="collect", reveal="none", floor="contributors", **given)
    if kind == "turns":
        return step(mode="turns", order=chance.choice(("random", "fixed")), turn_async_h=2, **given)
    if kind == "open":
        return step(mode="open", floor=floor, **given)
    options = OPTIONS if kind == "choice" or (kind == "claim" and chance.random() < 0.5) else ()
    vote = VoteRule(kind, chance.randint(1, 3) if kind == "dots" else 1, options)  # type: ignore[arg-type]
    if given["harvest"] == "mark":
        given["harvest"] = "none"
    return step(mode="vote", vote=vote, floor=floor, **given)


def format_of(number: int) -> Format:
    """A format of the library, or one of one to five steps."""
    library = shipped()
    if number < len(library):
        return library[sorted(library)[number]]
    chance = Random(number)
    made: list[Step] = []
    for place in range(chance.randint(1, 5)):
        made.append(_step(chance, f"s{place}", made))
    until = chance.choice((None, None, made[-1].key))
    size = chance.choice(((2, 4), (2, 7), (3, 5)))
    return made_of(*made, size=size, roles=(ROLE,), late_join_until=until)


def hours_of(number: int) -> Hours:
    chance = Random(number)
    start, end = chance.choice((time(18), time(22), time(0))), chance.choice((time(7, 30), time(9), time(0)))
    return Hours(Quiet(start, end, chance.choice(DAYS)), chance.choice(ZONES))


def everybodys_hours_of(number: int) -> dict[str, Hours]:
    return {person: hours_of(number * 31 + place) for place, person in enumerate(PEOPLE)}


formats = st.integers(0, 9999).map(format_of)
hours = st.integers(0, 999).map(hours_of)
everybodys_hours = st.integers(0, 999).map(everybodys_hours_of)
