"""Whether the key opens what is encrypted: better told at start than to the first person who needs a text."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.cipher import CLOSED, Cipher
from storage.drafts import drafts
from storage.installations import installations
from storage.item_tables import consents, quotes
from storage.newcomer_tables import answers, helps
from storage.outbox import outbox
from storage.round_tables import contributions, votes

_COLUMNS = (
    outbox.c.body,
    contributions.c.body,
    votes.c.picks,
    quotes.c.text,
    consents.c.text,
    answers.c.words,
    helps.c.words,
    installations.c.body,
    drafts.c.body,
)


def prove(connection: Connection, cipher: Cipher) -> int:
    """Opens the oldest and the newest encrypted text of each kind (a token begins with its time); returns how many.

    Raises StorageTrouble, with what to do, when the key for one of them is missing.
    """
    count = 0
    for column in _COLUMNS:
        ends = select(func.min(column), func.max(column)).where(column.startswith(CLOSED, autoescape=True))
        for closed in set(connection.execute(ends).one()) - {None}:
            cipher.open(closed)
            count += 1
    return count
