"""Each stored field names the feature that needs it, and why."""

from __future__ import annotations

import importlib
import pkgutil

import storage
from bot.community.privacy import PURPOSES
from storage.keyed import PRIVATE
from storage.schema import metadata

for _module in pkgutil.iter_modules(storage.__path__):
    if not _module.ispkg:
        importlib.import_module(f"storage.{_module.name}")

STORED = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}


def test_every_stored_field_has_a_purpose() -> None:
    missing = sorted(STORED - PURPOSES.keys())
    assert not missing, f"bot/community/privacy.py says nothing about {', '.join(missing)}"


def test_no_purpose_is_left_over() -> None:
    gone = sorted(PURPOSES.keys() - STORED)
    assert not gone, f"bot/community/privacy.py explains what is stored no more: {', '.join(gone)}"


def test_every_table_belongs_to_a_community() -> None:
    outside = {table.name for table in metadata.sorted_tables if "community" not in table.columns}
    # of the house, of an account before its community is known, of the playground, and by their scope
    assert outside == {"gaps", "inbox", "installations", "lease", "drafts", "room", "words"}


def test_the_key_is_tried_on_all_that_is_encrypted() -> None:
    tried = {f"{column.table.name}.{column.name}" for column in PRIVATE}
    assert tried == {field for field, purpose in PURPOSES.items() if purpose.closed}
