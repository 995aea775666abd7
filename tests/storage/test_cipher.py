"""Private text at rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import Words, message
from bot.chat.names import Account, Space
from bot.chat.requests import Post
from bot.chat.text import plain
from bot.errors import StorageTrouble
from storage.care import check_key
from storage.cipher import Cipher
from storage.store import open_store

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
TEXTS = st.one_of(st.text(), st.text().map(lambda text: f"kring1:{text}"), st.text().map(lambda text: f"kring0:{text}"))


@given(TEXTS, st.sampled_from([None, "", OLD, f"{NEW},{OLD}", f" {NEW} , {OLD} ,"]))
def test_what_was_closed_opens(text: str, key: str | None) -> None:
    assert Cipher(key).open(Cipher(key).close(text)) == text


@given(TEXTS)
def test_a_key_may_be_given_later_and_changed(text: str) -> None:
    assert Cipher(OLD).open(Cipher().close(text)) == text
    assert Cipher(f"{NEW},{OLD}").open(Cipher(OLD).close(text)) == text
    assert Cipher(NEW).open(Cipher(f"{NEW},{OLD}").close(text)) == text, "the first key closes"


def test_without_a_key_the_text_can_be_read_in_the_database() -> None:
    assert Cipher().close("hello") == "hello"
    assert "hello" not in Cipher(OLD).close("hello")


def test_without_the_right_key_it_says_so() -> None:
    with pytest.raises(StorageTrouble, match="KRING_KEY is not given"):
        Cipher().open(Cipher(OLD).close("x"))
    with pytest.raises(StorageTrouble, match="another key"):
        Cipher(NEW).open(Cipher(OLD).close("x"))
    for bad in ("swordfish", "ключ"):
        with pytest.raises(StorageTrouble, match="new-key") as caught:
            Cipher(bad)
        assert bad not in str(caught.value)


async def test_a_key_that_does_not_open_what_is_there_is_told_at_start(sqlite_url: str) -> None:
    said = Post(Account(Space("playground", "school"), "anna"), message(Words(plain("Hello."))))
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    async with open_store(sqlite_url, key=OLD) as store:
        await store.run(lambda unit: unit.outbox.put("c1", said, now=now))
    for key in (None, NEW):
        with pytest.raises(StorageTrouble, match="KRING_KEY"):
            async with open_store(sqlite_url, key=key):
                pass
        with pytest.raises(StorageTrouble, match="KRING_KEY"):
            check_key(sqlite_url, key)
    async with open_store(sqlite_url, key=f"{NEW},{OLD}") as store:
        [claimed] = await store.claim_requests(now, 10, timedelta(minutes=1))
    assert claimed.request == said
    assert check_key(sqlite_url, f"{NEW},{OLD}").startswith("given.")
