"""Where Kring is installed, and words of forms that were closed: encrypted, and gone when they have to be."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.chat.names import Account, Profile, Space
from bot.errors import StorageTrouble
from storage.store import Store, open_store
from storage.unit import Unit
from tests.contracts.things import ANNA, COLLEGE, MINUTE, NOW, SCHOOL

T1, T2, T9 = Space("slack", "T1"), Space("slack", "T2"), Space("slack", "T9")
TOKENS = '{"token": "xoxe.xoxb-1"}'
FORM = "round.answer|r1"

# -- installations


async def test_an_installation_is_kept_replaced_and_dropped(store: Store) -> None:
    assert await store.installation(T1) is None
    await store.keep_installation(T1, TOKENS)
    await store.keep_installation(T2, "two")
    await store.keep_installation(Space("discord", "T1"), "elsewhere")
    await store.keep_installation(T2, "newer")
    assert await store.installation(T1) == TOKENS
    assert await store.installations("slack") == {"T1": TOKENS, "T2": "newer"}
    await store.drop_installation(T1)
    await store.drop_installation(T9)
    assert await store.installations("slack") == {"T2": "newer"}
    assert await store.installations("discord") == {"T1": "elsewhere"}


async def test_one_of_many_rotates_the_tokens(store: Store) -> None:
    await store.keep_installation(T1, TOKENS)
    claims = await asyncio.gather(*(store.claim_rotation(T1, NOW, MINUTE) for _ in range(20)))
    assert sum(claims) == 1
    assert not await store.claim_rotation(T1, NOW + MINUTE / 2, MINUTE)
    assert await store.claim_rotation(T1, NOW + MINUTE, MINUTE), "the one who had it never came back"
    await store.keep_installation(T1, "rotated")
    assert await store.claim_rotation(T1, NOW + MINUTE, MINUTE), "it is done, so the next may"
    assert await store.installation(T1) == "rotated"
    assert not await store.claim_rotation(T9, NOW, MINUTE)


@pytest.mark.postgres
async def test_one_of_two_processes_rotates_the_tokens(postgresql_url: str) -> None:
    async with open_store(postgresql_url) as one, open_store(postgresql_url) as two:
        await one.keep_installation(T1, TOKENS)
        for minute in range(10):
            now = NOW + minute * MINUTE
            claims = await asyncio.gather(*(each.claim_rotation(T1, now, MINUTE) for each in (one, two) * 5))
            assert sum(claims) == 1


async def test_a_key_is_new_once(store: Store) -> None:
    assert sum(await asyncio.gather(*(store.once("state/1") for _ in range(10)))) == 1
    assert await store.once("state/2")


# -- drafts


async def test_a_draft_is_given_back_once(store: Store) -> None:
    assert await store.draft_take(ANNA, FORM) is None
    await store.draft_put(ANNA, FORM, "first", NOW)
    await store.draft_put(ANNA, FORM, "second", NOW)
    await store.draft_put(ANNA, "round.answer|r2", "another form", NOW)
    await store.draft_put(Account(COLLEGE, ANNA.id), FORM, "another Anna", NOW)
    assert await store.draft_take(Account(SCHOOL, "bo"), FORM) is None
    assert await store.draft_take(ANNA, FORM) == "second"
    assert await store.draft_take(ANNA, FORM) is None
    assert await store.draft_take(Account(COLLEGE, ANNA.id), FORM) == "another Anna"


async def test_a_draft_is_kept_for_a_day(store: Store) -> None:
    await store.draft_put(ANNA, FORM, "yesterday's", NOW)
    await store.draft_put(ANNA, "other", "today's", NOW + timedelta(hours=12))
    await store.tidy(NOW + timedelta(hours=25))
    assert await store.draft_take(ANNA, FORM) is None
    assert await store.draft_take(ANNA, "other") == "today's"


async def test_who_is_forgotten_leaves_no_draft(store: Store) -> None:
    bo = Account(SCHOOL, "bo")

    def forget(unit: Unit) -> None:
        anna = unit.people.seen(ANNA, Profile("Anna"), NOW)
        unit.people.seen(bo, Profile("Bo"), NOW)
        unit.members.erase(anna.community, anna.id, "somebody", NOW)

    for account in (ANNA, bo):
        await store.draft_put(account, FORM, "my words", NOW)
    await store.run(forget)
    assert await store.draft_take(ANNA, FORM) is None
    assert await store.draft_take(bo, FORM) == "my words"


# -- with a key


async def test_both_are_encrypted_and_prove_the_key(database_url: str) -> None:
    key = Fernet.generate_key().decode()
    async with open_store(database_url, key=key) as store:
        await store.keep_installation(T1, TOKENS)
        await store.draft_put(ANNA, FORM, "my words", NOW)
        found = "SELECT body FROM installations UNION ALL SELECT body FROM drafts"
        bodies = await store.look(lambda unit: list(unit.connection.execute(text(found)).scalars()))
        assert len(bodies) == 2
        assert not [body for body in bodies if "xox" in body or "words" in body]
    for table in ("installations", "drafts"):
        with pytest.raises(StorageTrouble, match="KRING_KEY"):
            async with open_store(database_url):
                pass
        async with open_store(database_url, key=key) as store:
            await store.run(lambda unit, table=table: unit.connection.execute(text(f"DELETE FROM {table}")))
