"""The variants in a format file: the same format played a little differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.rounds.format_file import Table

Values = dict[str, Any]

_NO_PART = ("variants", "good_for")
"""What a variant does not take over: it is proposed by its format."""


def variants(file: Table) -> Iterator[tuple[str, Values]]:
    """Of each variant its id and the whole file as it would be for it alone. What is wrong with it is noted."""
    steps = [step for step in file.values.get("steps", ()) if isinstance(step, dict)]
    for table in file.tables("variants"):
        values = {key: value for key, value in file.values.items() if key not in _NO_PART}
        values["id"] = id_ = table.name("id")
        for key in ("name", "blurb"):
            table.texts(key)
            values[key] = table.values.get(key, {})
        values["purpose"] = table.text("purpose", needed=False) or values.get("purpose", "")
        values["steps"] = _steps(table, steps)
        if "late_join_until" in table:
            values["late_join_until"] = table.text("late_join_until")
        table.close()
        if id_ == file.values.get("id"):
            table.note("id", "a variant needs an id of its own")
        elif not table.faults.found:
            yield id_, values


def _steps(table: Table, steps: list[Values]) -> list[Values]:
    keys = [step.get("key") for step in steps]
    out = table.strings("leave_out")
    for key in out:
        if key not in keys:
            table.note("leave_out", f"{key!r} is no step; use {', '.join(map(str, keys))}")
    found = [step for step in steps if step.get("key") not in out]
    for change in table.tables("steps"):
        key = change.name("key")
        after = change.text("after", needed=False)
        at = next((at for at, step in enumerate(found) if step.get("key") == key), None)
        others = {name: value for name, value in change.values.items() if name != "after"}
        step = {**(found[at] if at is not None else {}), **others}
        step = {name: value for name, value in step.items() if value != ""}
        if after:
            found = [one for one in found if one.get("key") != key]
            place = next((place for place, one in enumerate(found) if one.get("key") == after), None)
            if place is None:
                change.note("after", f"{after!r} is no step of this variant")
            else:
                found.insert(place + 1, step)
        elif at is None:
            change.note("after", f"{key!r} is a new step; say after which one it is played")
        else:
            found[at] = step
    return found
