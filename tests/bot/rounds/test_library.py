"""The fourteen formats and what they use, as they were designed."""

from __future__ import annotations

import pytest

from bot.rounds.formats import shipped
from bot.rounds.script import Unlock

LIBRARY = [
    ("talking_circle", "Kringgesprek", "open, turns", (1, 0, 2, 0), (3, 10), Unlock(), 4),
    ("reveal_together", "Tegelijk onthullen", "collect, open, vote", (1, 1, 1, 1), (3, 15), Unlock(), 4),
    ("place_of_difficulty", "Plek der moeite", "collect, vote, turns, open", (2, 0, 2, 0), (4, 8), Unlock(2), 8),
    ("one_two_four_all", "Eén, twee, vier, allen", "collect, groups, turns, vote", (2, 0, 1, 1), (4, 40), Unlock(), 5),
    ("trio_consult", "Drietal-consult", "collect, groups, turns, open", (1, 1, 2, 0), (3, 30), Unlock(1), 5),
    ("appreciative", "Waarderende ronde", "groups, turns, open, collect", (1, 1, 2, 0), (4, 20), Unlock(), 4),
    ("what_so_what_now_what", "Wat, dus wat, wat nu", "collect, open, vote", (1, 2, 1, 1), (2, 15), Unlock(), 4),
    ("critical_incident", "Kantelmoment", "collect, vote, turns, open", (1, 1, 2, 1), (3, 10), Unlock(2), 6),
    ("explore_exploit_retro", "Zoeken en vasthouden", "collect, open, vote", (1, 2, 1, 1), (3, 15), Unlock(0, 1), 5),
    ("boundary_object", "Grensronde", "vote, collect, open", (2, 0, 1, 2), (4, 16), Unlock(1), 6),
    ("fishbowl", "Viskom", "vote, open, collect, turns", (1, 1, 2, 0), (5, 40), Unlock(), 6),
    ("paraphrase_check", "Begrijp ik je goed?", "turns, vote, collect", (1, 0, 1, 1), (2, 8), Unlock(), 5),
    ("experiment_design", "Experiment ontwerpen", "collect, vote, open", (2, 0, 1, 1), (2, 12), Unlock(), 6),
    ("harvest", "Oogst", "collect, vote, open", (0, 2, 1, 2), (2, 12), Unlock(), 5),
]
"""Id, Dutch name, modes, what it stresses (explore, exploit, tacit, explicit), for how many, from when on, steps."""
STEPS = [step for format_ in shipped().values() if not format_.variant_of for step in format_.steps]


@pytest.mark.parametrize(("id_", "name", "modes", "stress", "people", "unlock", "steps"), LIBRARY)
def test_a_format_is_what_the_picker_says(
    id_: str,
    name: str,
    modes: str,
    stress: tuple[int, ...],
    people: tuple[int, int],
    unlock: Unlock,
    steps: int,
) -> None:
    format_ = shipped()[id_]
    emphasis = format_.emphasis
    assert format_.name["nl"] == name
    assert {step.mode for step in format_.steps} == set(modes.split(", "))
    assert (emphasis.explore, emphasis.exploit, emphasis.tacit, emphasis.explicit) == stress
    assert (format_.size.min, format_.size.max) == people
    assert format_.unlock == unlock
    assert len(format_.steps) == steps


def test_the_steps_of_all_use_every_mode_vote_floor_and_modifier() -> None:
    """What no format uses would be tried by none of them."""
    assert len(STEPS) == 73
    assert {step.mode for step in STEPS} == {"collect", "turns", "open", "vote", "groups"}
    assert {step.vote.kind for step in STEPS if step.vote} == {"choice", "dots", "scale", "consent", "claim"}
    assert {step.floor.partition("role:")[0] for step in STEPS} == {
        "all",
        "holder",
        "",
        "not:",
        "inner",
        "contributors",
    }
    assert {step.repeat for step in STEPS} == {"", "each", "until"}
    assert {step.order for step in STEPS if step.mode == "turns"} == {"random", "newcomers_first"}
    assert {step.reveal for step in STEPS if step.mode == "collect"} == {"together", "none"}
    used = ("in_groups", "by_side", "when", "parallel_with", "limit", "groups", "fields", "min_inputs")
    assert [name for name in used if not any(getattr(step, name) for step in STEPS)] == []
    assert {rule.prefer for step in STEPS if (rule := step.groups)} == {"", "not_recently_together", "different"}
