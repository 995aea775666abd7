"""Whether the key opens what is encrypted: better told at start than to the first person who needs a text."""

from __future__ import annotations

from sqlalchemy import Connection, text

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
    votes.c.taken_up,
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
# text, and one for all: what is made of sixteen selections takes longer at every start than all that is asked
_ENDS = text(
    " UNION ALL ".join(
        f'SELECT min("{column.name}"), max("{column.name}") FROM "{column.table.name}" '  # noqa: S608 - our own names
        f'WHERE "{column.name}" LIKE :closed'
        for column in PRIVATE
    )
)


def prove(connection: Connection, cipher: Cipher) -> int:
    """Opens the oldest and the newest encrypted text of each kind (a token begins with its time); returns how many.

    Raises StorageTrouble, with what to do, when the key for one of them is missing.
    """
    count = 0
    for ends in connection.execute(_ENDS, {"closed": f"{CLOSED}%"}):
        for closed in set(ends) - {None}:
            cipher.open(closed)
            count += 1
    return count
