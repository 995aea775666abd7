"""What Discord's gateway tells, with all its fields, and the event that each of it is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.happened import Happened
from adapters.discord.servers import Servers
from adapters.discord.standing import first_id
from bot.chat.events import (
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
    ThreadsStand,
)
from bot.chat.names import Account, Channel, MessageRef, Profile, Space, Thread
from bot.chat.standing import Standing

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)

SCHOOL = Space("discord", "1400000000000000001")
KRING = "1400000000000000010"
ANA, BO, CAS = (Account(SCHOOL, f"14000000000000000{n}") for n in (21, 22, 23))
GENERAL = Channel(SCHOOL, "1400000000000000031")
DIRECT = Channel(SCHOOL, "1400000000000000051", direct=True)
QUESTION = MessageRef(GENERAL, "1400000000000000041")
IN_THREAD = Thread(GENERAL, QUESTION.id)
ANSWER = MessageRef(GENERAL, "1400000000000000042", QUESTION.id)
AT = "2026-11-23T09:00:00.123000+00:00"
OF_THE_SERVER = {"language": None, "host": False, "space_name": "De Regenboog"}
CAS_IS = Profile("Cas", **OF_THE_SERVER)


def payload(name: str) -> dict[str, Any]:
    """What stands in one frame: `t` is the event's name, `d` what it says."""
    body: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return body


def servers(*more: str) -> Servers:
    """As it is after the beginning of a session and these samples."""
    made = Servers()
    for name in ("ready", "guild_create", "guild_role_create", "thread_create", *more):
        made.took(payload(name)["t"], payload(name)["d"])
    return made


def told(name: str, *, reads: bool = True, now: datetime = NOW, known: Servers | None = None) -> list[Event]:
    sample = payload(name)
    happened = Happened(known or servers(), KRING, reads=reads)
    return list(happened.told(sample["t"], sample["d"], now))


def message(number: int, text: str, who: Account = ANA, at: MessageRef | None = None) -> MessagePosted:
    ref = at or MessageRef(GENERAL, f"14000000000000000{number}")
    profile = Profile("Ana" if who is ANA else "Bo", **OF_THE_SERVER)
    return MessagePosted(f"discord/m{ref.id}", NOW, who, ref, text, profile=profile)


def stands(what: str, *threads: Standing) -> ThreadsStand:
    return ThreadsStand(f"discord/t{what}/{NOW.isoformat()}", NOW, SCHOOL, threads)


OPEN = Standing(IN_THREAD, datetime.fromisoformat(AT) + timedelta(days=3), timedelta(days=3), ANA, "How?")
JOINED = f"discord/j{SCHOOL.id}/{CAS.id}/{AT}"
EVENTS: dict[str, list[Event]] = {
    # -- messages
    "message_create": [message(41, "How do you keep the quiet pupils in?")],
    "message_create_markup": [
        message(
            43,
            "Ask @Bodil in #general at 2026-11-23 09:00 UTC, see the page (https://example.org/a?b=1&c=2): "
            "2 < 3 * @everyone :wave:",
        )
    ],
    "message_create_reply": [message(44, "So.", BO)],
    "message_create_in_thread": [message(42, "We first let everybody write.", BO, ANSWER)],
    "message_create_file": [],
    "message_create_light": [],
    "message_create_join": [],
    "message_create_of_another_bot": [],
    "message_create_of_a_webhook": [],
    "message_update": [
        MessageEdited(f"discord/e{QUESTION.id}/{AT}", NOW, ANA, QUESTION, "How do you keep the shy ones in?")
    ],
    "message_update_unfurled": [],
    "message_update_of_kring": [],
    "message_delete": [MessageDeleted(f"discord/d{QUESTION.id}", NOW, QUESTION)],
    "message_delete_in_thread": [MessageDeleted(f"discord/d{ANSWER.id}", NOW, ANSWER)],
    "message_delete_bulk": [
        MessageDeleted(f"discord/d14000000000000000{n}", NOW, MessageRef(GENERAL, f"14000000000000000{n}"))
        for n in (44, 43)
    ],
    "message_reaction_add": [
        ReactionAdded(f"discord/r{QUESTION.id}/{ANA.id}/bookmark", NOW, ANA, QUESTION, "bookmark")
    ],
    "message_reaction_add_own_emoji": [
        ReactionAdded(f"discord/r{QUESTION.id}/{ANA.id}/keep", NOW, ANA, QUESTION, "keep")
    ],
    "message_reaction_add_of_kring": [],
    # -- people
    "guild_member_add": [MemberJoined(JOINED, NOW, CAS, CAS_IS)],
    "guild_member_add_pending": [],
    "guild_member_add_bot": [],
    "guild_member_update_host": [
        ProfileChanged(
            f"discord/p{SCHOOL.id}/{CAS.id}/{NOW.isoformat()}", NOW, CAS,
            Profile("Casper", host=True, space_name="De Regenboog"),
        )
    ],
    "guild_member_remove": [MemberLeft(f"discord/l{SCHOOL.id}/{CAS.id}/{NOW.isoformat()}", NOW, CAS)],
    "guild_member_remove_bot": [],
    "guild_ban_add": [MemberLeft(f"discord/l{SCHOOL.id}/{CAS.id}/{NOW.isoformat()}", NOW, CAS)],
    # -- threads
    "thread_create": [stands("1400000000000000041/00", OPEN)],
    "thread_update": [stands("1400000000000000041/10", replace(OPEN, closes_at=None))],
    "thread_delete": [stands("1400000000000000041/gone", Standing(IN_THREAD, None, gone=True))],
    "thread_list_sync": [stands(SCHOOL.id, OPEN)],
    # -- what only says how things are called
    **{
        name: []
        for name in (
            "ready", "guild_create", "guild_update", "guild_delete", "guild_delete_unavailable", "guild_role_create",
            "guild_role_delete", "channel_create", "channel_update", "channel_delete",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_what_it_tells(name: str) -> None:
    assert told(name) == EVENTS[name]


@pytest.mark.parametrize("name", [name for name in EVENTS if name.startswith("message_")])
def test_in_light_mode_only_what_is_deleted(name: str) -> None:
    assert told(name, reads=False) == (EVENTS[name] if "delete" in name else [])


@pytest.mark.parametrize("name", EVENTS)
def test_what_comes_again_is_the_same_event(name: str) -> None:
    """But for what has no moment of its own."""
    later = told(name, now=NOW + timedelta(minutes=5))
    ids = [(each.id, each.kind) for each in later if each.kind not in ("profile", "left", "threads")]
    assert ids == [(each.id, each.kind) for each in EVENTS[name] if each.kind not in ("profile", "left", "threads")]


def thread(number: int = 41, **changed: Any) -> dict[str, Any]:
    """A thread as Discord tells of it, of Ana, open; what is not its own is changed in its metadata."""
    known = payload("thread_create")["d"]
    own = {name: value for name, value in changed.items() if name in known}
    how = {name: value for name, value in changed.items() if name not in known}
    return known | {"id": f"14000000000000000{number}"} | own | {"thread_metadata": known["thread_metadata"] | how}


def closes_at(**changed: Any) -> datetime | None:
    [event] = Happened(servers(), KRING, reads=False).told("THREAD_UPDATE", thread(**changed), NOW)
    assert isinstance(event, ThreadsStand)
    [how] = event.threads
    return how.closes_at


MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "days"),
    [
        ({}, 3),
        ({"auto_archive_duration": 10080}, 7),
        ({"archive_timestamp": (MONDAY + timedelta(days=2)).isoformat()}, 5),
        ({"last_message_id": first_id(MONDAY + timedelta(days=1))}, 4),
        ({"archived": True}, None),
        ({"locked": True}, None),
    ],
    ids=["opened", "a week", "opened again", "somebody wrote", "archived", "locked"],
)
def test_when_a_thread_closes(changed: dict[str, Any], days: int | None) -> None:
    at = {"archive_timestamp": MONDAY.isoformat()} | changed
    assert closes_at(**at) == (None if days is None else MONDAY + timedelta(days=days))


def test_all_threads_that_are_open_are_told_when_kring_comes() -> None:
    """But for private ones. Of those that Kring opened nobody is the opener."""
    listed = [thread(41), thread(42, type=12), thread(43, owner_id=KRING), thread(44, type=10)]
    data = payload("guild_create")["d"] | {"threads": listed}
    [event] = Happened(servers(), KRING, reads=False).told("GUILD_CREATE", data, NOW)
    assert isinstance(event, ThreadsStand)
    assert [(each.thread.id[-2:], each.opener) for each in event.threads] == [("41", ANA), ("43", None), ("44", ANA)]


def test_of_a_private_thread_nothing_is_told() -> None:
    happened = Happened(servers(), KRING, reads=True)
    for kind in ("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE"):
        assert list(happened.told(kind, thread(type=12), NOW)) == []


def test_a_message_that_was_read_again_says_nothing_new_of_who_wrote_it() -> None:
    sample = payload("message_create")["d"]
    again = {name: value for name, value in sample.items() if name not in ("member", "channel_type", "nonce")}
    [event] = Happened(servers(), KRING, reads=True).told("MESSAGE_CREATE", again, NOW)
    [first] = EVENTS["message_create"]
    assert isinstance(first, MessagePosted)
    assert event == replace(first, profile=None)


def test_who_writes_to_kring_alone_counts_where_they_are_known() -> None:
    sample = payload("message_create_direct")["d"]
    happened = Happened(servers(), KRING, reads=False)
    ref = MessageRef(DIRECT, "1400000000000000052")
    assert happened.direct(sample, SCHOOL, NOW) == MessagePosted(f"discord/m{ref.id}", NOW, ANA, ref, "me", direct=True)
    assert happened.direct(sample | {"content": " "}, SCHOOL, NOW) is None
    assert happened.direct(sample | {"type": 6}, SCHOOL, NOW) is None


def test_what_kring_says_to_one_person_is_nothing_that_somebody_writes() -> None:
    """It comes back like a message in a direct conversation."""
    sample = payload("message_create_own_ephemeral")["d"]
    assert "guild_id" not in sample
    assert Happened(servers(), KRING, reads=True).direct(sample, SCHOOL, NOW) is None


# -- who is new


def changed(joined: datetime, *, pending: bool = False) -> list[str]:
    sample = payload("guild_member_update_screened")["d"] | {"joined_at": joined.isoformat(), "pending": pending}
    events = Happened(servers(), KRING, reads=True).told("GUILD_MEMBER_UPDATE", sample, NOW)
    return [each.kind for each in events]


KRING_CAME = datetime.fromisoformat(AT)


@pytest.mark.parametrize(
    ("joined", "pending", "kinds"),
    [
        (NOW - timedelta(minutes=1), True, []),
        (NOW - timedelta(minutes=1), False, ["joined", "profile"]),
        (KRING_CAME, False, ["profile"]),
        (KRING_CAME - timedelta(days=1), False, ["profile"]),
    ],
)
def test_who_agreed_to_the_rules_is_there(joined: datetime, pending: bool, kinds: list[str]) -> None:
    assert changed(joined, pending=pending) == kinds


def test_who_agrees_after_a_week_is_no_newcomer() -> None:
    sample = payload("guild_member_update_screened")["d"] | {"joined_at": (NOW - timedelta(minutes=1)).isoformat()}
    happened = Happened(servers(), KRING, reads=True)
    assert [each.kind for each in happened.told("GUILD_MEMBER_UPDATE", sample, NOW + timedelta(days=8))] == ["profile"]


def test_where_nobody_knows_when_kring_came_nobody_is_new() -> None:
    sample = payload("guild_member_update_screened")["d"] | {"joined_at": NOW.isoformat()}
    happened = Happened(Servers(), KRING, reads=True)
    assert [each.kind for each in happened.told("GUILD_MEMBER_UPDATE", sample, NOW)] == ["profile"]


def test_who_is_told_of_twice_came_once() -> None:
    [joined] = told("guild_member_add")
    sample = payload("guild_member_update")["d"] | {"joined_at": payload("guild_member_add")["d"]["joined_at"]}
    known = servers()
    known.took("GUILD_CREATE", payload("guild_create")["d"] | {"joined_at": "2026-11-20T09:00:00+00:00"})
    again = list(Happened(known, KRING, reads=True).told("GUILD_MEMBER_UPDATE", sample, NOW))
    assert [each.id for each in again if each.kind == "joined"] == [joined.id]
