"""A statement is compiled once for all engines of the same kind, and remembered only for so long."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import literal, select

from storage import compiled
from storage.compiled import COMPILED, Compiled
from storage.engine import connect, parse


def test_a_second_engine_compiles_nothing_anew(tmp_path: Path) -> None:
    COMPILED.clear()
    found = []
    for purpose in ("write", "write", "claim"):
        engine = connect(parse(f"sqlite:///{tmp_path / purpose}.db"), purpose)  # type: ignore[arg-type]
        with engine.connect() as connection:
            found.append(connection.execute(select(literal(len(found)).label("asked"))).scalar_one())
        assert len([key for key in COMPILED if "asked" in str(COMPILED[key])]) == 1
    assert found == [0, 1, 2]


def test_of_many_statements_some_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST", 3)
    cache, dialect = Compiled(), connect(parse("sqlite:///never.db"), "write").dialect
    for number in range(8):
        cache[dialect, number] = number
        assert len(cache) <= 3
        assert cache.get((dialect, number)) == number
