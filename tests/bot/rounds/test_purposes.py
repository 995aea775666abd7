"""What a format file says about when it is proposed, and what is said when it says it wrongly."""

from __future__ import annotations

import pytest

from bot.rounds.format_file import Faults, Table
from bot.rounds.formats import shipped
from bot.rounds.purposes import good_for, unlock
from bot.rounds.script import Unlock


def read(**values: object) -> tuple[tuple[str, ...], Unlock, list[str]]:
    faults = Faults("mine.toml")
    table = Table(faults, values)
    found = good_for(table), unlock(table)
    table.close()
    return *found, faults.found


def test_what_is_read() -> None:
    assert read() == ((), Unlock(), [])
    assert read(good_for=["chafes", "meet"], unlock={"rounds": 2}) == (("chafes", "meet"), Unlock(rounds=2), [])
    assert read(unlock={"cycles": 1})[1] == Unlock(cycles=1)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"good_for": ["quarrels"]}, "mine.toml: good_for: 'quarrels' is not one of meet, chafes"),
        ({"good_for": ["idea", "idea"]}, "mine.toml: good_for: a word stands there twice"),
        ({"unlock": {"rounds": 21}}, "mine.toml: unlock.rounds: 21 is out of range"),
        ({"unlock": {"weeks": 2}}, "mine.toml: unlock.weeks: nobody reads this key"),
        ({"unlock": 2}, "mine.toml: unlock: 2 is not a table"),
    ],
)
def test_every_fault_says_where_and_what_mends_it(values: dict[str, object], fault: str) -> None:
    assert any(each.startswith(fault) for each in read(**values)[2])


def test_every_format_that_comes_with_kring_says_what_it_is_good_for() -> None:
    for format_ in shipped().values():
        assert format_.good_for or format_.variant_of, format_.id
