"""What a format file says about when it is proposed: what it is good for, and from when on a circle can do it."""

from __future__ import annotations

from bot.rounds.format_file import Table
from bot.rounds.script import NEEDS, Unlock

MOST = 20


def good_for(file: Table) -> tuple[str, ...]:
    """Words of NEEDS, what the format was made for first. A format without them is proposed last."""
    wanted = file.strings("good_for")
    for each in wanted:
        if each not in NEEDS:
            file.note("good_for", f"{each!r} is not one of {', '.join(NEEDS)}")
    if len(set(wanted)) < len(wanted):
        file.note("good_for", "a word stands there twice; say it once")
    return tuple(each for each in wanted if each in NEEDS)


def unlock(file: Table) -> Unlock:
    """How much a circle has done before, such as `{ rounds = 2 }`; without it anybody can begin with the format."""
    if "unlock" not in file:
        file.unused("unlock", "")
        return Unlock()
    table = file.table("unlock")
    found = Unlock(table.whole("rounds", 0, MOST, default=0), table.whole("cycles", 0, MOST, default=0))
    table.close()
    return found
