"""Notes that people made for themselves, and that go with a silent group into the one it is merged into.

It is said beforehand, and nothing else that was written for its author's own eyes is ever shown to others.
"""

from __future__ import annotations

from dataclasses import replace

from bot.rounds import course
from bot.rounds.group import Group
from bot.rounds.group_facts import NotesBrought
from bot.rounds.model import Changed, Round
from bot.rounds.now import Now
from bot.rounds.said import Contribution
from bot.rounds.script import takes_notes


def promised(round_: Round, step: int) -> bool:
    """Whether what people note in this step may still be read by a group that theirs is merged into."""
    return any(
        run.script.groups is not None
        and run.script.groups.brings_notes
        and run.opened_at is None
        and not run.over
        and notes_step(round_, merge) == course.base(round_, step)
        for merge, run in enumerate(round_.steps)
        if run.of is None
    )


def notes_step(round_: Round, merge: int) -> int | None:
    """The last step before the groups were formed in which people noted something for themselves."""
    before = [step for step in course.bases(round_) if step < merge]
    at = takes_notes([round_.steps[step].script for step in before])
    return None if at is None else before[at]


def bring(round_: Round, step: int, now: Now) -> Changed:
    """The groups of this step have begun: the notes of those that had said nothing are shown in them, as they are."""
    rule, notes = round_.steps[step].script.groups, notes_step(round_, step)
    if rule is None or not rule.brings_notes or notes is None:
        return round_, ()
    facts = []
    for number, group in enumerate(round_.groups):
        run = course.find(round_, course.Place(step, number))
        if group.formed != step or run is None or round_.steps[run].opened_at is None:
            continue
        people = [person for silent in _silent(round_, step) for person in silent.members if person in group.members]
        found = [one for one in round_.contributions if one.person in people and _is_note(round_, one, notes)]
        for one in found:
            round_ = round_.with_contribution(replace(one, revealed_at=now.at, inside=True, group=number))
        if found:
            facts.append(NotesBrought(round_.id, number, tuple(one.id for one in found)))
    return round_, tuple(facts)


def _silent(round_: Round, step: int) -> list[Group]:
    """The groups that were merged in this step and in which nobody has said anything, or that they are done: who talks
    where Kring does not hear it can say so.
    """
    first = next((number for number, group in enumerate(round_.groups) if group.formed == step), 0)
    last = round_.groups[first - 1].formed if first else None
    numbers = [number for number, group in enumerate(round_.groups[:first]) if group.formed == last]
    spoke = {round_.steps[one.step].group for one in round_.contributions if one.counts}
    spoke |= {run.group for run in round_.steps if run.done}
    return [round_.groups[number] for number in numbers if number not in spoke]


def _is_note(round_: Round, one: Contribution, notes: int) -> bool:
    return one.counts and one.revealed_at is None and course.base(round_, one.step) == notes
