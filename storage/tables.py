"""Imports every module that has tables, so that the metadata is complete."""

from __future__ import annotations

from storage import due, facts, inbox, lease, outbox, posts, room, series, unasked, unit
from storage.schema import metadata

__all__ = ["due", "facts", "inbox", "lease", "metadata", "outbox", "posts", "room", "series", "unasked", "unit"]
