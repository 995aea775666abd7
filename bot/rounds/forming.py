"""Groups: how they are formed and merged, and what becomes of one when people come and go."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.rounds import course
from bot.rounds.casting import given, none_has
from bot.rounds.floor import heard
from bot.rounds.group import Group
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.parting import part, sizes
from bot.rounds.step_facts import Fact, GroupChanged, GroupsFormed
from bot.rounds.step_rules import REPORTER, GroupRule

NOT_AGAIN = 100
"""Who was together in this round should rather not be so again."""


def active(round_: Round) -> tuple[int, ...]:
    """The numbers of the groups there are now."""
    return tuple(number for number, group in enumerate(round_.groups) if not group.over)


def form(round_: Round, step: int, rule: GroupRule, now: Now) -> Changed:
    """The groups that this step asks for, in the place of those there were."""
    people = _merged(round_, rule) if rule.merge else _new(round_, rule, now)
    return _formed(round_, step, people, rule, now)


def of_all(round_: Round, step: int, now: Now) -> Changed:
    """One group of everybody, for a step that runs in groups though none was formed."""
    return _formed(round_, step, (shuffled(round_.speakers, now.seed),), GroupRule(), now)


def _formed(round_: Round, step: int, people: tuple[tuple[str, ...], ...], rule: GroupRule, now: Now) -> Changed:
    first = len(round_.groups)
    before = tuple(replace(group, over=True) for group in round_.groups)
    round_ = replace(round_, groups=(*before, *(Group(step, members) for members in people)))
    if rule.reporter:
        round_ = none_has(round_, REPORTER)
        for members in people:
            round_ = given(round_, _reporter(round_, members, now), REPORTER)
    formed: Fact = GroupsFormed(round_.id, step, tuple(range(first, len(round_.groups))))
    return round_, (formed,)


def _reporter(round_: Round, members: tuple[str, ...], now: Now) -> str:
    """Somebody without another role, if there is one."""
    free = [person for person in members if (seat := round_.seat(person)) is not None and not seat.role]
    return shuffled(free or members, now.seed)[0]


def _new(round_: Round, rule: GroupRule, now: Now) -> tuple[tuple[str, ...], ...]:
    people = shuffled(round_.speakers, now.seed)
    met = {pair for group in round_.groups for one in group.members for pair in [(one, two) for two in group.members]}

    def dislike(one: str, two: str) -> int:
        again = NOT_AGAIN * ((one, two) in met)
        if rule.prefer == "different":
            ours, theirs = now.known.get(one, ()), now.known.get(two, ())
            alike = sum(a == b != "" for a, b in zip(ours, theirs, strict=False))
            return again + alike + 2 * (round_.side_of(one) == round_.side_of(two) != "")
        return again + now.met.get(frozenset((one, two)), 0) if rule.prefer else 0

    groups = part(people, sizes(len(people), rule.size, larger=rule.odd == "larger"), dislike)
    return tuple(shuffled(group, now.seed) for group in groups)


def _merged(round_: Round, rule: GroupRule) -> tuple[tuple[str, ...], ...]:
    """So many groups each time, the smallest with the largest; one that is left over stays as it is, if not alone."""
    there = [members for number in active(round_) if (members := course.ring(round_, number))]
    missing = tuple(person for person in round_.speakers if all(person not in members for members in there))
    if missing:
        there.append(missing)
    there.sort(key=len)
    tables: list[tuple[str, ...]] = []
    while there:
        taken = [there.pop()]
        taken += [there.pop(0) for _ in range(min(rule.merge - 1, len(there)))]
        tables.append(tuple(person for members in taken for person in members))
    if len(tables) > 1 and len(tables[-1]) == 1:
        tables[-2:] = [(*tables[-2], *tables[-1])]
    return tuple(tables)


def has_room(round_: Round) -> bool:
    """Whether a group that is at work has fewer people than groups were meant to have."""
    if round_.step is None or round_.step.state != "split":
        return False
    there = (round_.groups[number] for number in active(round_) if not round_.groups[number].done)
    rules = ((round_.steps[group.formed].script.groups, len(group.members)) for group in there)
    return any(rule is not None and have < rule.size for rule, have in rules)


def take_in(round_: Round, person: str, into: int | None = None) -> Changed:
    """Somebody who came later goes to the smallest group that is still at work; none where there are no groups.

    `into`: the group in which they are expected.
    """
    there = (into,) if into is not None and not round_.groups[into].over else active(round_)
    if not there or round_.group_of(person) is not None:
        return round_, ()
    number = min(there, key=lambda at: (round_.groups[at].done, len(round_.groups[at].members), at))
    group = round_.groups[number]
    round_ = round_.with_group(number, replace(group, members=(*group.members, person)))
    return round_, (GroupChanged(round_.id, number, person, joined=True),)


def take_out(round_: Round, person: str, number: int | None) -> Changed:
    """Somebody leaves that group. One person who stays alone goes to the smallest other group, as long as it works."""
    if number is None:
        return round_, ()
    group = round_.groups[number]
    round_ = round_.with_group(number, replace(group, members=group.without(person)))
    left: tuple[Fact, ...] = (GroupChanged(round_.id, number, person, joined=False),)
    return then((round_, left), lambda it: not_alone(it, number, person))


def not_alone(round_: Round, number: int, left: str) -> Changed:
    """A group of nobody is over, and so is one of one person where there is another group for them.

    `left` was in it before, or was two of them.
    """
    rest = round_.groups[number].members
    others = [other for other in active(round_) if other != number]
    at_work = round_.step is not None and round_.step.state == "split"
    if len(rest) > 1 or (rest and not (others and at_work)):
        return with_one_reporter(round_, number, left), ()
    facts: tuple[Fact, ...] = ()
    round_ = round_.with_group(number, replace(round_.groups[number], members=(), over=True, done=True))
    for alone in rest:
        round_, more = take_in(round_, alone)
        facts += more
        if (theirs := round_.group_of(alone)) is not None:
            round_ = with_one_reporter(round_, theirs, left)
    return round_, facts


def cast(round_: Round, person: str, role: str) -> Round:
    """The person has this role now, empty: none. Who was their group's reporter is that no more, and another is."""
    round_ = given(round_, person, role)
    number = round_.group_of(person)
    return round_ if number is None else with_one_reporter(round_, number, person)


def with_one_reporter(round_: Round, number: int, left: str) -> Round:
    """Of two the one who was there first stays; where `left` was the only one, and has not told it yet, another is."""
    group = round_.groups[number]
    rule = round_.steps[group.formed].script.groups
    if rule is None or not rule.reporter:
        return round_
    seats = [seat for person in group.members if (seat := round_.seat(person)) is not None]
    first, *more = [seat.person for seat in seats if seat.role == REPORTER] or [""]
    for person in more:
        round_ = given(round_, person, "")
    if first or _told(round_, left):
        return round_
    others = [seat for seat in seats if seat.person != left]
    free = [seat.person for seat in others if not seat.role] or [seat.person for seat in others]
    return given(round_, free[0], REPORTER) if free else round_


def _told(round_: Round, person: str) -> bool:
    """Whether somebody was heard where each group's reporter has the word."""
    steps = [step for step, run in enumerate(round_.steps) if run.script.floor == f"role:{REPORTER}"]
    return any(heard(round_, step, person) for step in steps)
