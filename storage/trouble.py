"""What a database says when it cannot be used, in words for the person who runs Kring."""

from __future__ import annotations

import sqlite3
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageTrouble

_SQLITE = (
    ("readonly database", "{where} is read-only. Kring must be able to write to the file and to its folder."),
    ("is locked", "{where} is locked by another program. Stop that program, then start Kring again."),
    ("not a database", "{where} is not a database. Give another path, or move the file away."),
    ("malformed", "{where} is damaged. Put a backup in its place."),
    ("unable to open", "{where} cannot be opened. Kring must be able to write to the file and to its folder."),
    ("disk is full", "The disk with {where} is full. Nothing was changed; make room, and Kring goes on."),
    ("disk I/O error", "The disk with {where} does not work as it should. Look at the system's log."),
)

CONFLICTS = {"40001", "40P01", "55P03"}
"""PostgreSQL's codes for: not serializable, deadlock, waited too long for a lock. Running it again may go well."""
FIRST_TOO = {"23505"}
"""Somebody else wrote the same key in the same moment."""


def place(url: URL) -> str:
    """Where the database is, without its password."""
    if url.get_backend_name() != "sqlite":
        return url.render_as_string()
    path = url.database or ""
    return f"The database {url2pathname(urlsplit(path).path) if path.startswith('file:') else path}"


def code(error: DBAPIError) -> str:
    """PostgreSQL's five letters; empty on SQLite."""
    return getattr(error.orig, "sqlstate", None) or ""


def explain(error: DBAPIError | sqlite3.Error, url: URL) -> StorageTrouble:
    """The trouble in one sentence."""
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    where = place(url)
    if url.get_backend_name() == "sqlite":
        for sign, sentence in _SQLITE:
            if sign in said:
                return StorageTrouble(sentence.format(where=where))
        return StorageTrouble(f"{where} cannot be used: {said}.")
    return StorageTrouble(f"{where} cannot be used: {said.strip().splitlines()[0] if said.strip() else 'no answer'}")
