"""Rounds that began under the release before, without groups, laps and sides, play on after the upgrade."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Table, inspect

from bot.rounds import rules
from bot.rounds.formats import shipped
from bot.rounds.model import Round
from storage import migrate
from storage.engine import parse
from storage.opening import opened, prepare
from storage.round_rows import PARTS, write_round, write_script
from storage.round_tables import rounds
from tests.bot.rounds.play import HOLDER, MONDAY, Play
from tests.storage.test_rounds import Backwards, store

BEFORE = "0006"
NOT_YET = {
    "good_for", "unlock", "place", "sides", "variant_of", "per_side_min",
    "most", "rest", "filled_by", "from_size", "essential",
    "if_nothing", "last_word", "instead", "late_join_groups",
    "words_go", "if_silent", "below", "below_side", "if_none", "drawn_at", "reaches_out",
    "by_side", "repeat", "tries", "in_groups", "when", "parallel_with", "limit", "groups",
    "own_excluded", "proposals", "seats", "open_chair", "gives",
}  # fmt: skip
"""What a script of that release did not say."""
THREE = ("ana", "bo", "cas")


def as_before(said: Any) -> Any:
    if isinstance(said, list):
        return [as_before(each) for each in said]
    if not isinstance(said, dict):
        return said
    unknown = NOT_YET if "kind" in said or "options" not in said else {*NOT_YET, "options"}
    return {key: as_before(value) for key, value in said.items() if key not in unknown}


def keep(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """As that release kept it: without the columns that came later."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    script = {"script": json.dumps(as_before(json.loads(values["script"])))} if "script" in values else {}
    kept = {name: value for name, value in (values | script).items() if name in there}
    connection.execute(table.insert().values(kept))


def keep_round(connection: Connection, round_: Round) -> None:
    here = {"community": round_.community, "round": round_.id}
    keep(connection, rounds, write_round(round_) | here | {"version": 0, "script": write_script(round_.format)})
    for part in PARTS:
        if inspect(connection).has_table(part.table.name):
            for at, each in enumerate(part.of(round_)):
                keep(connection, part.table, part.write(each, Backwards()) | here | {"position": at})


def on_its_way(format_: str, how: str) -> Play:
    now = shipped()[format_]
    play = Play(replace(now, steps=tuple(replace(step, last_word=False) for step in now.steps))).begun(*THREE)
    play.says(str(play.step.holder or "ana"), "said before")
    if how == "paused":
        play.does(rules.pause, HOLDER)
    if how == "wrapping":
        play.does(rules.close, HOLDER)
    return play


@pytest.mark.parametrize("how", ["running", "paused", "wrapping"])
@pytest.mark.parametrize("format_", ["talking_circle", "reveal_together", "what_so_what_now_what", "harvest"])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_they_play_on(kind: str, format_: str, how: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    given = f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else request.getfixturevalue("bare_postgresql_url")
    play = on_its_way(format_, how)
    with opened(parse(given), "migrate") as connection:
        command.upgrade(migrate.config(connection), BEFORE)
        keep_round(connection, play.round)

    prepare(parse(given), holder="test", now=MONDAY, leased=False)

    with opened(parse(given), "write") as connection:
        found = store(connection).get("home", "r1")
        assert found is not None
        assert found == replace(play.round, format=found.format)
        assert found.format.steps == play.round.format.steps
        play.round = found
        if how == "paused":
            play.does(rules.resume, HOLDER)
        for _ in range(100):
            if play.round.ended:
                break
            for who in THREE if play.round.step is not None and play.step.takes_answers else ():
                at = play.round.current
                if play.step.script.mode == "vote":
                    play.votes(who, rules.options(play.round, at)[0])
                elif play.step.holder in (None, who) and play.round.answer_of(who, at) is None:
                    play.says(who, id_=f"{who}{len(play.round.contributions)}")
                if play.round.current != at:
                    break
            store(connection).save(play.round)
            play.round = store(connection).get("home", "r1") or play.round
            if play.round.due is not None:
                play.next()
        assert play.round.state == "done"
        assert "said before" in repr(play.round.contributions)
