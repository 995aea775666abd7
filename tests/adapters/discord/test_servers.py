"""What is known of the servers: just what the gateway told last."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.servers import Servers, is_of_shard
from bot.chat.names import Channel, Thread
from tests.adapters.discord.test_happened import ANA, GENERAL, IN_THREAD, SCHOOL, payload, servers

OWNER = "1400000000000000020"
HOSTS = "1400000000000000061"
LIBRARY = "1400000000000000032"


def told(known: Servers, sample: str, **more: Any) -> None:
    known.took(payload(sample)["t"], payload(sample)["d"] | more)


def test_a_server_is_known_by_its_name() -> None:
    known = servers()
    assert [server.name for server in known.all()] == ["De Regenboog"]
    assert known.name(SCHOOL.id) == "De Regenboog"
    told(known, "guild_update", name="De Boog")
    assert known.name(SCHOOL.id) == "De Boog"
    assert known.channel_names(SCHOOL.id) == {GENERAL.id: "general"}


def test_nothing_is_known_of_another() -> None:
    known = servers()
    assert known.get("1") is None
    assert known.name("1") is None
    assert known.channel_name("1", GENERAL.id) is None
    assert known.channel_names("1") == {}
    assert not known.is_forum("1", GENERAL.id)


def test_a_channel_comes_changes_and_goes() -> None:
    known = servers("channel_create")
    assert known.channel_name(SCHOOL.id, LIBRARY) == "library"
    told(known, "channel_update", id=LIBRARY, name="books", type=15)
    assert known.channel_name(SCHOOL.id, LIBRARY) == "books"
    assert known.is_forum(SCHOOL.id, LIBRARY)
    told(known, "channel_delete")
    assert known.channel_name(SCHOOL.id, LIBRARY) is None


def test_a_thread_is_no_channel() -> None:
    known = servers()
    assert known.place(SCHOOL.id, GENERAL.id) == GENERAL
    assert known.place(SCHOOL.id, IN_THREAD.id) == IN_THREAD
    told(known, "thread_delete")
    assert known.place(SCHOOL.id, IN_THREAD.id) == Channel(SCHOOL, IN_THREAD.id)
    told(known, "thread_list_sync")
    assert known.place(SCHOOL.id, IN_THREAD.id) == IN_THREAD
    told(known, "channel_delete", id=GENERAL.id)
    assert known.place(SCHOOL.id, IN_THREAD.id) == Channel(SCHOOL, IN_THREAD.id)


def test_a_thread_that_is_archived_is_still_one_after_a_new_session() -> None:
    """Discord names open threads only, and tells what is deleted in others."""
    known = servers("thread_update", "ready", "guild_create")
    assert not payload("guild_create")["d"]["threads"]
    assert known.place(SCHOOL.id, IN_THREAD.id) == IN_THREAD
    told(known, "guild_create", channels=[])
    assert known.place(SCHOOL.id, IN_THREAD.id) == Channel(SCHOOL, IN_THREAD.id)


def test_a_thread_that_somebody_acts_in_is_one() -> None:
    known = servers()
    known.knows_thread({"id": "5", "guild_id": SCHOOL.id, "parent_id": GENERAL.id})
    known.knows_thread({"id": "6", "guild_id": SCHOOL.id, "parent_id": None})
    assert known.place(SCHOOL.id, "5") == Thread(GENERAL, "5")
    assert known.place(SCHOOL.id, "6") == Channel(SCHOOL, "6")


def test_an_outage_is_no_goodbye() -> None:
    known = servers("guild_delete_unavailable")
    assert known.get(SCHOOL.id) is not None
    told(known, "guild_delete")
    assert known.get(SCHOOL.id) is None


@pytest.mark.parametrize(
    "name",
    ["channel_update", "thread_create", "thread_list_sync", "guild_role_create", "guild_role_delete", "guild_update"],
)
def test_what_is_told_of_a_server_that_is_gone_does_not_bring_it_back(name: str) -> None:
    known = servers("guild_delete")
    told(known, name)
    known.knows_thread({"id": "5", "guild_id": SCHOOL.id, "parent_id": GENERAL.id})
    assert known.all() == ()


def test_a_server_that_a_new_session_does_not_name_is_gone() -> None:
    known = servers()
    told(known, "ready", guilds=[{"id": SCHOOL.id, "unavailable": True}])
    assert known.get(SCHOOL.id) is not None
    told(known, "ready", guilds=[])
    assert known.get(SCHOOL.id) is None


def test_one_of_several_shards_says_nothing_of_the_others() -> None:
    known = servers()
    other = 1 - (int(SCHOOL.id) >> 22) % 2
    assert not is_of_shard(SCHOOL.id, [other, 2])
    told(known, "ready", guilds=[], shard=[other, 2])
    assert known.get(SCHOOL.id) is not None
    told(known, "ready", guilds=[], shard=[1 - other, 2])
    assert known.get(SCHOOL.id) is None


def may(known: Servers, *roles: str, user: str = ANA.id) -> bool:
    server = known.get(SCHOOL.id)
    assert server is not None
    return server.may_manage(user, roles)


def test_who_may_manage_the_server() -> None:
    known = servers()
    assert may(known, user=OWNER)
    assert not may(known)
    assert may(known, HOSTS)
    assert not may(known, "1")
    role = payload("guild_role_create")["d"]["role"]
    told(known, "guild_role_create", role=role | {"permissions": "8"})  # an administrator may do all
    assert may(known, HOSTS)
    told(known, "guild_role_create", role=role | {"permissions": "1024"})
    assert not may(known, HOSTS)
    told(known, "guild_role_create", role=role)
    told(known, "guild_role_delete")
    assert not may(known, HOSTS)


def test_what_everybody_may_counts_too() -> None:
    known = servers()
    everyone = next(role for role in payload("guild_create")["d"]["roles"] if role["id"] == SCHOOL.id)
    told(known, "guild_role_create", role=everyone | {"permissions": str(1 << 5)})
    assert may(known)
