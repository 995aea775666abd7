"""Private text at rest."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StorageTrouble
from storage.cipher import Cipher

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
