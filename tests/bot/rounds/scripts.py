"""Formats and people that nobody thought of, for the property tests: one for each number.

They are made from a number at once, because drawing each of their fields would cost more time than playing them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from bot.chat.people import Quiet
from bot.rounds.formats import shipped
from bot.rounds.now import Hours
from bot.rounds.script import Format, Role, Size, Step
from bot.rounds.step_rules import Field, GroupRule, Guard, LeadsTo, Limit, Option, VoteRule
from tests.bot.rounds.play import MONDAY, made_of, step

PEOPLE = ("ana", "bo", "cas", "dee", "eli", "fay", "gus")
WORDS = {"en": "x", "nl": "x"}
ROLES = (
    Role("scribe", WORDS),
    Role("watcher", WORDS, drawn_at="s0", reaches_out=True),
    Role("bringer", WORDS, filled_by="vote", essential=True, words_go=True, if_silent="hint"),
    Role("teller", WORDS, filled_by="vote", if_silent="runner_up"),
    Role("inner", WORDS, 1, 3, filled_by="claim", if_none="park"),
    Role("asker", WORDS, filled_by="lap", if_silent="last"),
    Role("thinker", WORDS, filled_by="lap", if_silent="volunteer"),
    Role("others", WORDS, 0, rest=True, filled_by="lap"),
)
OPTIONS = tuple(Option(key, {"en": key, "nl": key}) for key in ("left", "right", "middle"))
YES_OR_NO = (Option("yes", WORDS), Option("no", WORDS))
HELP = Field("help", WORDS, OPTIONS)
ZONES = ("Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "UTC")
DAYS = ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6), (2,), ())


GUARDS = (Guard("size", value="4"), Guard("role", "inner"), Guard("field", "help", "left"))


ASKS_IN = tuple(
    replace(role, count=1, most=3, if_silent="asks_in") if role.key == "thinker" else role for role in ROLES
)
"""Where one more can be asked in."""


def _lasting(chance: Random) -> dict[str, Any]:
    return {
        "async_h": chance.choice((2, 12, 24, 36.5)),
        "sync_min": chance.choice((3, 10)),
        "harvest": chance.choice(("none", "mark", "draft")),
        "min_inputs": chance.choice((None, None, 1, 4)),
        "when": chance.choice((None, None, None, None, None, None, *GUARDS)),
    }


def _step(chance: Random, key: str, before: list[Step]) -> Step:
    """One step that makes sense after what came before it."""
    kinds = ["collect", "collect", "collect", "turns", "open", "open", "scale", "consent", "claim", "choice", "propose"]
    kinds += ["dots", "dots", "gives"] if any(one.reveal == "together" for one in before) else []
    kinds += ["contributors"] * 2 if any(one.mode != "vote" for one in before) else []
    given = {"key": key} | _lasting(chance)
    floor = chance.choice(("all", "all", "all", "role:scribe", "not:role:scribe", "inner", "role:bringer"))
    kind = chance.choice(kinds)
    if kind == "collect":
        reveal = chance.choice(("together", "together", "together", "none", "to:role:scribe"))
        nameless = "optional" if reveal == "together" and chance.random() < 0.6 else "never"
        fields = (HELP,) if chance.random() < 0.2 else ()
        by_side = reveal == "together" and chance.random() < 0.3
        given |= {"reveal": reveal, "anonymous": nameless, "fields": fields, "by_side": by_side}
        return step(mode="collect", floor=floor, **given)
    if kind == "contributors":
        return step(mode="collect", reveal="none", floor="contributors", **given)
    if kind == "turns":
        order = chance.choice(("random", "fixed", "newcomers_first"))
        whose = chance.choice(("holder", "holder", "role:bringer", "role:teller", "role:scribe"))
        return step(mode="turns", order=order, floor=whose, turn_async_h=2, **given)
    if kind == "open":
        limit = chance.choice((None, None, Limit(1), Limit(2, "scribe")))
        return step(mode="open", floor=floor, limit=limit, **given)
    return _vote(chance, kind, floor, given)


def _vote(chance: Random, kind: str, floor: str, given: dict[str, Any]) -> Step:
    if given["harvest"] == "mark":
        given["harvest"] = "none"
    if kind == "claim":
        look = LeadsTo("what_so_what_now_what", days=chance.choice((1, 42))) if chance.random() < 0.4 else None
        roles = VoteRule("claim", seats=("inner", "others"), open_chair=chance.randint(0, 1), leads_to=look)
        rule = VoteRule("claim", options=OPTIONS) if chance.random() < 0.4 else roles
        return step(mode="vote", vote=rule, floor="all", **given)
    if kind in {"gives", "propose"}:
        rule = (
            VoteRule("choice", gives=chance.choice(("bringer", "teller")), own_excluded=True)
            if kind == "gives"
            else VoteRule("choice", proposals=True)
        )
        return step(mode="vote", vote=rule, floor=floor, **given)  # fmt: skip
    options = OPTIONS if kind == "choice" else ()
    lead = LeadsTo("experiment_design", chance.randint(1, 3)) if kind in {"dots", "choice"} else None
    rule = VoteRule(kind, chance.randint(1, 3) if kind == "dots" else 1, options, leads_to=lead)  # type: ignore[arg-type]
    return step(mode="vote", vote=rule, floor=floor, **given)


def _lap(chance: Random, key: str, *, in_groups: bool = False) -> list[Step]:
    """Steps that go round, perhaps with a loop between them."""
    made: list[Step] = []

    def add(mode: str, floor: str, **more: Any) -> None:
        given = _lasting(chance) | {"key": f"{key}{len(made)}", "in_groups": in_groups, "harvest": "none"} | more
        made.append(step(mode=mode, floor=floor, **({"turn_async_h": 2} if mode == "turns" else {}), **given))

    floor, empty = chance.choice(("role:asker", "role:asker", "not:role:asker")), chance.choice(("go_on", "next_lap"))
    add(chance.choice(("turns", "open")), floor, repeat="each", if_nothing=empty)
    if chance.random() < 0.4:
        tries = chance.randint(1, 3)
        add("turns", "role:thinker", repeat="until", tries=tries)
        add("vote", "role:asker", repeat="until", tries=tries, vote=VoteRule("choice", options=YES_OR_NO))
    if chance.random() < 0.4:
        add(chance.choice(("turns", "open")), "role:thinker", repeat="each")
    if chance.random() < 0.6:
        mode = chance.choice(("collect", "open"))
        add(mode, chance.choice(("role:others", "all")), repeat="each")
    return made


def _groups(chance: Random, key: str) -> list[Step]:
    """Groups, perhaps with steps in them, perhaps merged after."""
    rule = GroupRule(
        chance.choice((2, 3)),
        odd=chance.choice(("larger", "smaller")),
        prefer=chance.choice(("", "different", "not_recently_together")),
        reporter=chance.random() < 0.5,
    )
    notes = chance.random() < 0.5
    made = [step(f"{key}n", "collect", reveal="none", **_lasting(chance))] if notes else []
    made.append(step(f"{key}g", "groups", groups=rule, **_lasting(chance)))
    if chance.random() < 0.5:
        made += _lap(chance, f"{key}l", in_groups=True)
    if chance.random() < 0.4:
        given = _lasting(chance)
        made.append(step(f"{key}i", chance.choice(("collect", "open")), in_groups=True, **given))
    if chance.random() < 0.5:
        merged = GroupRule(merge=2, reporter=True, brings_notes=notes and chance.random() < 0.8)
        made.append(step(f"{key}m", "groups", groups=merged, **_lasting(chance)))
        made.append(step(f"{key}r", "turns", floor="role:reporter", turn_async_h=2, **_lasting(chance)))
    return made


def _beside(chance: Random, key: str) -> list[Step]:
    """Two or three steps that are open together."""
    first = step(f"{key}a", "open", floor="inner", **_lasting(chance))
    ears = step(f"{key}b", "collect", floor="not:role:inner", parallel_with=f"{key}a", **_lasting(chance))
    third = step(f"{key}c", "open", floor="all", parallel_with=f"{key}a", **_lasting(chance))
    return [first, ears, third] if chance.random() < 0.3 else [first, ears]


CHUNKS: tuple[Callable[[Random, str], list[Step]], ...] = (_lap, _groups, _groups, _beside)


def format_of(number: int) -> Format:
    """A format of the library, or one of a few steps."""
    library = shipped()
    if number < len(library):
        return library[sorted(library)[number]]
    chance = Random(number)
    made: list[Step] = []
    for place in range(chance.randint(1, 4)):
        if chance.random() < 0.45:
            made += chance.choice(CHUNKS)(chance, f"s{place}")
        else:
            made.append(_step(chance, f"s{place}", made))
    until = chance.choice((None, None, made[-1].key))
    size = chance.choice(((2, 4), (2, 7), (3, 5)))
    sides = 2 if chance.random() < 0.3 else 0
    made_up = made_of(
        *made,
        size=size,
        roles=ROLES,
        late_join_until=until,
        place="private" if chance.random() < 0.25 else "thread",
        sides=sides,
    )
    if not sides:
        return made_up
    below_side = chance.choice(("ask", "pause", "pause"))
    return replace(made_up, size=Size(size[0], size, size[1], chance.choice((1, 1, 2)), below_side=below_side))


def together_of(number: int) -> Format:
    """A format in which people go round, work in groups, or speak beside each other, in every step but the last."""
    chance = Random(number)
    made: list[Step] = []
    for place in range(chance.randint(1, 2)):
        made += chance.choice((_lap, *CHUNKS))(chance, f"s{place}")
    made.append(step("end", "open", **_lasting(chance)))
    place = "private" if chance.random() < 0.25 else "thread"
    roles = ASKS_IN if chance.random() < 0.6 else ROLES
    return made_of(*made, size=(2, 7), roles=roles, place=place)


def asking_of(number: int) -> Format:
    """A format in which people go round in groups, and whoever it is about may ask one more in."""
    chance = Random(number)
    made = [step("form", "groups", groups=GroupRule(chance.choice((2, 3))), **_lasting(chance) | {"when": None})]
    for key, floor in (("ask", "role:asker"), ("think", "role:thinker"), ("back", "role:asker")):
        given = _lasting(chance) | {"when": None, "in_groups": True, "repeat": "each", "floor": floor}
        mode = chance.choice(("open", "open", "turns"))
        made.append(step(key, mode, **given | ({"turn_async_h": 2} if mode == "turns" else {})))
    place, late = chance.choice(("thread", "private_trio")), chance.choice((None, "ask"))
    return made_of(*made, size=(2, 7), roles=ASKS_IN, place=place, late_join_until=late)


def objecting_of(number: int) -> Format:
    """A format that asks for consent, once or more often, also where others are at work beside that."""
    chance = Random(number)
    made: list[Step] = []
    for place in range(chance.randint(1, 3)):
        asks = step(f"s{place}", "vote", vote=VoteRule("consent"), **_lasting(chance))
        around = chance.random()
        if around < 0.15:
            made.append(step(f"s{place}o", "open", **_lasting(chance)))
            asks = replace(asks, parallel_with=f"s{place}o", when=None)
        elif around < 0.3:
            asks = replace(asks, repeat="each", when=None)
        made.append(asks)
    if chance.random() < 0.5:
        made.append(step("end", "open", **_lasting(chance)))
    place = "private" if chance.random() < 0.25 else "thread"
    return made_of(*made, size=(2, 7), roles=ROLES, place=place)


def noted_of(number: int) -> Format:
    """A format in which people note something, and whose silent groups bring that along to larger ones."""
    chance = Random(number)

    def groups(key: str, rule: GroupRule) -> Step:
        return step(key, "groups", groups=rule, **_lasting(chance) | {"when": None})

    made = [step(key, "collect", reveal="none", **_lasting(chance) | {"when": None}) for key in ("n", "o")]
    made = made[: chance.randint(1, 2)]
    made.append(groups("two", GroupRule(chance.choice((2, 3)))))
    made += _lap(chance, "l", in_groups=True) if chance.random() < 0.2 else []
    made += [groups(key, GroupRule(merge=2, brings_notes=chance.random() < 0.8)) for key in ("four", "eight")]
    place = chance.choice(("thread", "private", "private_trio"))
    return made_of(*made, step("end", "open"), size=(2, 7), roles=ROLES, place=place)


def sided_of(number: int) -> Format:
    """A format in which people stand on sides, and that waits where one of them becomes too small."""
    many = len(shipped())
    size = Size(2, (2, 7), 7, Random(number).choice((1, 2)), below_side="pause")
    return replace(format_of(many + number), sides=2, size=size)


def hours_of(number: int) -> Hours:
    chance = Random(number)
    start, end = chance.choice((time(18), time(22), time(0))), chance.choice((time(7, 30), time(9), time(0)))
    return Hours(Quiet(start, end, chance.choice(DAYS)), chance.choice(ZONES))


def everybodys_hours_of(number: int) -> dict[str, Hours]:
    """With days on which the community holds no rounds."""
    chance = Random(number)
    off = tuple(
        MONDAY.date() + timedelta(days=day) for day in sorted(chance.sample(range(21), chance.choice((0, 0, 2))))
    )
    return {person: replace(hours_of(number * 31 + place), off=off) for place, person in enumerate(PEOPLE)}


formats = st.integers(0, 9999).map(format_of)
hours = st.integers(0, 999).map(hours_of)
everybodys_hours = st.integers(0, 999).map(everybodys_hours_of)
