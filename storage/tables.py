"""Imports every module that has tables, so that the metadata is complete."""

from __future__ import annotations

from storage import drafts, due, facts, gaps, inbox, installations, lease, outbox, posts, room, series, unasked, unit
from storage.schema import metadata

__all__ = [
    "drafts",
    "due",
    "facts",
    "gaps",
    "inbox",
    "installations",
    "lease",
    "metadata",
    "outbox",
    "posts",
    "room",
    "series",
    "unasked",
    "unit",
]
