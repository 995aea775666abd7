"""What a database says of its trouble holds no words of people: it ends in the log."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bot.errors import StorageTrouble
from storage.store import Store
from storage.unit import Unit

SECRET = "what I said in confidence"


async def test_an_error_shows_no_words_of_people(store: Store) -> None:
    def work(unit: Unit) -> None:
        unit.connection.execute(text("SELECT no_such_column FROM outbox WHERE body = :body"), {"body": SECRET})

    with pytest.raises((StorageTrouble, ProgrammingError)) as trouble:
        await store.run(work)
    told = "".join(traceback.format_exception(trouble.value))
    assert "no_such_column" in told
    assert SECRET not in told
