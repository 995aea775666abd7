"""Words of forms that were closed before they were sent: they stand in the form when it is opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, delete

from bot.chat.names import Account
from storage.cipher import Cipher
from storage.quick import Quick
from storage.schema import Utc, metadata
from storage.upsert import Upsert

KEPT = timedelta(days=1)
"""Who does not come back to a form within a day starts anew."""

drafts = Table(
    "drafts",
    metadata,
    Column("platform", String, primary_key=True),
    Column("space", String, primary_key=True),
    Column("account", String, primary_key=True),
    # which form, as `Action.pack` writes it
    Column("action", String, primary_key=True),
    # what the platform's adapter gave, closed by the cipher
    Column("body", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
)

_WHOSE = (
    drafts.c.platform == bindparam("on_platform"),
    drafts.c.space == bindparam("in_space"),
    drafts.c.account == bindparam("of_account"),
)
_PUT = Quick(
    Upsert(
        drafts,
        lambda insert: insert.on_conflict_do_update(
            index_elements=["platform", "space", "account", "action"],
            set_={"body": insert.excluded.body, "at": insert.excluded.at},
        ),
    )
)
_TAKE = Quick(delete(drafts).where(*_WHOSE, drafts.c.action == bindparam("for_action")).returning(drafts.c.body))
_DROP = delete(drafts).where(*_WHOSE)
_TIDY = delete(drafts).where(drafts.c.at < bindparam("before"))


class Drafts:
    """An account is known before its community is, and nobody but its owner is shown them: they stand outside."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def put(self, account: Account, action: str, text: str, now: datetime) -> None:
        """Keeps the account's words for this form, instead of any that were kept before."""
        row = {
            "platform": account.space.platform,
            "space": account.space.id,
            "account": account.id,
            "action": action,
            "body": self._cipher.close(text),
            "at": now,
        }
        _PUT.run(self._connection, row)

    def take(self, account: Account, action: str) -> str | None:
        """The account's words for this form, which are kept no longer."""
        body: str | None = _TAKE.value(self._connection, _whose(account) | {"for_action": action})
        return None if body is None else self._cipher.open(body)

    def tidy(self, now: datetime) -> None:
        """Forgets what nobody came back to."""
        self._connection.execute(_TIDY, {"before": now - KEPT})


def forget(connection: Connection, accounts: Iterable[Account]) -> None:
    """Leaves no words of these accounts."""
    for account in accounts:
        connection.execute(_DROP, _whose(account))


def _whose(account: Account) -> dict[str, str]:
    return {"on_platform": account.space.platform, "in_space": account.space.id, "of_account": account.id}
