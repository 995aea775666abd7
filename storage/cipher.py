"""Private text at rest: closed with the host's key when there is one, else kept as it is.

A closed text says so by its first letters, so a database may hold both, and a key may be given later.
"""

from __future__ import annotations

from bot.errors import StorageTrouble

CLOSED = "kring1:"
AS_IT_IS = "kring0:"
"""Stands before a plain text that happens to begin like one of ours."""


class Cipher:
    """`key` holds one or more Fernet keys with commas between: the first closes, all of them open."""

    def __init__(self, key: str | None = None) -> None:
        self._fernet = None
        if key:
            from cryptography.fernet import Fernet, MultiFernet

            try:
                self._fernet = MultiFernet([Fernet(one.strip()) for one in key.split(",") if one.strip()])
            except ValueError as error:
                raise StorageTrouble("KRING_KEY is not a key; `kring new-key` makes one.") from error

    def close(self, text: str) -> str:
        """The text as it is stored."""
        if self._fernet is not None:
            return CLOSED + self._fernet.encrypt(text.encode()).decode("ascii")
        return AS_IT_IS + text if text.startswith((CLOSED, AS_IT_IS)) else text

    def open(self, closed: str) -> str:
        """The text that `close` was given. Raises StorageTrouble when the key for it is missing."""
        if closed.startswith(AS_IT_IS):
            return closed.removeprefix(AS_IT_IS)
        if not closed.startswith(CLOSED):
            return closed
        if self._fernet is None:
            raise StorageTrouble("The database holds encrypted texts, and KRING_KEY is not given.")
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(closed.removeprefix(CLOSED)).decode()
        except InvalidToken as error:
            raise StorageTrouble(
                "The database was encrypted with another key. Put that one behind the new one in KRING_KEY, "
                "with a comma between."
            ) from error
