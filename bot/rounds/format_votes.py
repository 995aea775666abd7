"""What a `vote` step of a format file says about its vote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from bot.rounds.format_file import Table
from bot.rounds.script import Step
from bot.rounds.step_rules import CONSENT, LeadsTo, Option, VoteKind, VoteRule

VOTES = ("choice", "dots", "scale", "consent", "claim")
FARTHEST_MARK = 10
FARTHEST_LOOK = 365
"""Days."""


def vote(table: Table, mode: str, roles: Sequence[str], before: Sequence[Step]) -> VoteRule | None:
    """The rule of the step's `vote` table; `before`: the steps that are played before it."""
    if mode != "vote":
        table.unused("vote", "only `vote` votes")
        return None
    vote = table.table("vote")
    kind = vote.choice("kind", VOTES)
    answers = any(step.reveal == "together" or step.mode == "turns" for step in before)
    rule = VoteRule(
        kind=cast("VoteKind", kind),
        per_person=vote.whole("per_person", 1, 20, default=1) if kind == "dots" else _no_dots(vote),
        options=options(vote, kind),
        scale=vote.pair("scale") if "scale" in vote and kind == "scale" else (1, 5),
        own_excluded=_flag(vote, "own_excluded", kind, ("choice", "dots")),
        proposals=_flag(vote, "proposals", kind, ("choice",)),
        seats=_seats(vote, kind, roles),
        open_chair=_open_chair(vote, kind),
        gives=_gives(vote, kind, roles),
        leads_to=_leads_to(vote, kind),
    )
    if not -FARTHEST_MARK <= rule.scale[0] < rule.scale[1] <= FARTHEST_MARK:
        vote.note("scale", "use two rising numbers from -10 to 10, such as [1, 5]")
    if kind != "scale":
        vote.unused("scale", "only a `scale` has marks")
    if kind in {"choice", "dots"} and not rule.options and not rule.proposals and not answers:
        vote.note("options", "no answers are revealed before this step; give options, or reveal together first")
    if rule.options and (rule.own_excluded or rule.gives):
        vote.note("options", "options have no author; leave out own_excluded and gives, or vote on answers")
    last = next((step for step in reversed(before) if step.reveal == "together" or step.mode == "turns"), None)
    if rule.gives and last is not None and last.anonymous == "optional":
        vote.note(
            "gives", f"step {last.key} may be without names, and this would tell whose answer won; use never there"
        )
    if kind == "claim" and not rule.options and not roles:
        vote.note("seats", "the format has no roles to claim; add a [roles.KEY] table")
    vote.close()
    return rule


def _flag(vote: Table, key: str, kind: str, kinds: Sequence[str]) -> bool:
    if kind not in kinds:
        vote.unused(key, f"only {' and '.join(f'`{one}`' for one in kinds)} can say this")
        return False
    return vote.flag(key)


def _no_dots(vote: Table) -> int:
    vote.unused("per_person", "only `dots` gives more than one")
    return 1


def _seats(vote: Table, kind: str, roles: Sequence[str]) -> tuple[str, ...]:
    if kind != "claim":
        vote.unused("seats", "only a `claim` gives out roles")
        return ()
    seats = vote.strings("seats")
    for seat in seats:
        if seat not in roles:
            vote.note("seats", f"{seat!r} is no role; use {', '.join(roles) or 'a [roles.KEY] table'}")
    if seats and "options" in vote:
        vote.note("options", "a claim is for seats or for options; leave one out")
    return tuple(seat for seat in seats if seat in roles)


def _open_chair(vote: Table, kind: str) -> int:
    if kind != "claim":
        vote.unused("open_chair", "only a `claim` has chairs")
        return 0
    chairs = vote.whole("open_chair", 0, 5, default=0)
    if chairs and not vote.values.get("seats"):
        vote.note("open_chair", "name the roles in seats; the first one has the open chair")
    return chairs


def _gives(vote: Table, kind: str, roles: Sequence[str]) -> str:
    if kind not in {"choice", "dots"}:
        vote.unused("gives", "only a `choice` or `dots` on answers gives their author a role")
        return ""
    role = vote.text("gives", needed=False)
    if role and role not in roles:
        vote.note("gives", f"{role!r} is no role; use {', '.join(roles) or 'a [roles.KEY] table'}")
        return ""
    return role


def _leads_to(vote: Table, kind: str) -> LeadsTo | None:
    if kind not in {"choice", "dots", "claim"}:
        vote.unused("leads_to", "only what was chosen or claimed can go on in a round of its own")
        return None
    if "leads_to" not in vote:
        return None
    table = vote.table("leads_to")
    if kind == "claim":
        table.unused("from", "a claim says after how many `days` people look at it together")
        lead = LeadsTo(table.name("format"), days=table.whole("days", 1, FARTHEST_LOOK))
    else:
        table.unused("days", "only a `claim` has people who look at it again")
        lead = LeadsTo(table.name("format"), least=table.whole("from", 1, 100, default=1))
    table.close()
    if kind == "claim" and "options" in vote:
        vote.note("leads_to", "nobody gets a role here who could look at it again; claim roles, or leave it out")
    return lead


def options(vote: Table, kind: str) -> tuple[Option, ...]:
    """What can be picked."""
    if kind == "consent":
        for word in vote.strings("options"):
            if word not in CONSENT:
                vote.note("options", f"{word!r} is no way to consent; use {', '.join(CONSENT)}, or leave it out")
        return tuple(Option(word) for word in CONSENT)
    if kind == "scale":
        vote.unused("options", "a `scale` has marks")
        return ()
    return labelled(vote)


def labelled(table: Table) -> tuple[Option, ...]:
    """Tables headed `options`, each with a key and a label in every language."""
    options = []
    for one in table.tables("options"):
        options.append(Option(one.name("key"), one.texts()))
        one.close()
    if len(options) == 1:
        table.note("options", "one option is no choice; give two or more")
    if len({option.key for option in options}) < len(options):
        table.note("options", "two options have the same key; give each its own")
    return tuple(options)
