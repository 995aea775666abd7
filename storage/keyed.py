"""Whether the key opens what is encrypted: better told at start than to the first person who needs a text."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.cipher import CLOSED, Cipher
from storage.circle_tables import declared, wishes
from storage.drafts import drafts
from storage.installations import installations
from storage.item_tables import consents, items, quotes
from storage.newcomer_tables import answers, helps
from storage.outbox import outbox
from storage.round_tables import contributions, tasks, votes

PRIVATE = (
    outbox.c.body,
    contributions.c.body,
    contributions.c.fields,
    contributions.c.consent_words,
    votes.c.picks,
    votes.c.words,
    tasks.c.words,
    items.c.own,
    quotes.c.text,
    consents.c.text,
    answers.c.words,
    helps.c.words,
    declared.c.topics,
    wishes.c.kind,
    installations.c.body,
    drafts.c.body,
)


def prove(connection: Connection, cipher: Cipher) -> int:
    """Opens the oldest and the newest encrypted text of each kind (a token begins with its time); returns how many.

    Raises StorageTrouble, with what to do, when the key for one of them is missing.
    """
    count = 0
    for column in PRIVATE:
        ends = select(func.min(column), func.max(column)).where(column.startswith(CLOSED, autoescape=True))
        for closed in set(connection.execute(ends).one()) - {None}:
            cipher.open(closed)
            count += 1
    return count
