"""What a step of a format file says about its floor, its form, its groups, and when and how often it is played."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast

from bot.rounds.format_file import Table
from bot.rounds.format_votes import labelled
from bot.rounds.script import Step, takes_notes
from bot.rounds.step_rules import INNER, Field, GroupRule, Guard, Limit, Prefer

MOST_FIELDS = 10

_UNTIL = re.compile(r"until:yes max:([1-9])")
_FIELD = re.compile(r"([a-z][a-z0-9_]*) == ([a-z][a-z0-9_]*)")
_ROLE = re.compile(r"role ([a-z][a-z0-9_]*) filled")
_SIZE = re.compile(r"size >= (\d+)")


def floor(table: Table, mode: str, roles: Sequence[str], before: Sequence[Step]) -> str:
    """Who may speak."""
    told = table.text("floor", needed=False) or ("holder" if mode == "turns" else "all")
    parts = [f"{no}role:{role}" for role in roles for no in ("", "not:")]
    inner = (INNER,) if INNER in roles else ()
    if told == INNER and not inner:
        table.note("floor", "nobody is in the inner circle; add a [roles.inner] table, or use all")
        return "all"
    if mode == "turns":
        return table.choice("floor", ("holder", *inner, *parts), "holder")
    if mode == "groups":
        return table.choice("floor", ("all",), "all")
    if told == "holder":
        table.note("floor", "only `turns` has a holder; use all")
        return "all"
    if told == "contributors" and not any(step.mode != "vote" for step in before):
        table.note("floor", "nobody has contributed before this step; use all")
        return "all"
    return table.choice("floor", ("all", "contributors", *inner, *parts), "all")


def fields(table: Table, mode: str) -> tuple[Field, ...]:
    """The fields of its form."""
    if mode == "vote":
        table.unused("input", "a vote has options, no fields")
        return ()
    found = []
    for one in table.tables("input"):
        found.append(Field(one.name("key"), one.texts(), labelled(one)))
        one.close()
    if len(found) > MOST_FIELDS:
        table.note("input", f"{len(found)} fields are too many for one form; use at most {MOST_FIELDS}")
    if len({one.key for one in found}) < len(found):
        table.note("input", "two fields have the same key; give each its own")
    return tuple(found)


def groups(table: Table, mode: str, before: Sequence[Step]) -> GroupRule | None:
    """How its groups are formed."""
    if mode != "groups":
        table.unused("groups", "only `groups` forms groups")
        return None
    rule = table.table("groups")
    size, merge = ("size" in rule, "merge" in rule)
    found = GroupRule(
        size=rule.whole("size", 2, 10) if size or not merge else 0,
        merge=rule.whole("merge", 2, 5) if merge else 0,
        odd=cast("Literal['larger', 'smaller']", rule.choice("odd", ("larger", "smaller"), "larger")),
        prefer=cast("Prefer", rule.choice("prefer", ("", "not_recently_together", "different"), "")),
        reporter=rule.choice("reporter", ("", "random"), "") == "random",
        brings_notes=rule.flag("brings_notes"),
    )
    if found.brings_notes and not merge:
        rule.note("brings_notes", "only groups that are merged bring something along; give merge, or leave it out")
    elif found.brings_notes and takes_notes(before) is None:
        rule.note(
            "brings_notes",
            'nobody notes anything before the groups are formed; add a `collect` step with reveal = "none" before '
            "them, or leave it out",
        )
    if size and merge:
        rule.note("merge", "give size to form groups, or merge to join those there are; not both")
    if merge and not any(step.mode == "groups" for step in before):
        rule.note("merge", "no step before this one forms groups to merge; use size")
    rule.close()
    return found


def limit(table: Table, mode: str, roles: Sequence[str]) -> Limit | None:
    """How much each may say."""
    if mode not in {"open", "groups"}:
        table.unused("limit", "only people in an `open` step say more than one thing")
        return None
    if "limit" not in table:
        return None
    rule = table.table("limit")
    role = rule.choice("role", ("", *roles), "")
    found = Limit(rule.whole("max_inputs", 1, 20), role)
    rule.close()
    return found


def repeat(table: Table, mode: str) -> tuple[Literal["", "each", "until"], int]:
    """How often it is played: in which way, and how many times at most."""
    told = table.text("repeat", needed=False)
    if not told:
        return "", 1
    if mode == "groups":
        table.note("repeat", "groups are formed once; leave it out")
        return "", 1
    if told == "each:member":
        return "each", 1
    until = _UNTIL.fullmatch(told)
    if until is None:
        table.note("repeat", f'{told!r} is no way to repeat; use "each:member", or "until:yes max:3"')
        return "", 1
    return "until", int(until[1])


def guard(table: Table, roles: Sequence[str], before: Sequence[Step]) -> Guard | None:
    """When it is played at all."""
    told = table.text("when", needed=False)
    if not told:
        return None
    if match := _ROLE.fullmatch(told):
        if match[1] not in roles:
            table.note("when", f"{match[1]!r} is no role; use one of {', '.join(roles) or 'the [roles] tables'}")
        return Guard("role", match[1])
    if match := _SIZE.fullmatch(told):
        return Guard("size", value=match[1])
    if match := _FIELD.fullmatch(told):
        picked = {one.key: one for step in before for one in step.fields if one.options}
        if match[1] not in picked:
            known = ", ".join(picked) or "a field with options"
            table.note("when", f"no step before this one asks {match[1]!r} with options; use {known}")
        elif match[2] not in [option.key for option in picked[match[1]].options]:
            options = ", ".join(option.key for option in picked[match[1]].options)
            table.note("when", f"{match[2]!r} cannot be picked for {match[1]}; use one of {options}")
        return Guard("field", match[1], match[2])
    table.note("when", f'{told!r} is no guard; use "FIELD == OPTION", "role KEY filled" or "size >= 5"')
    return None
