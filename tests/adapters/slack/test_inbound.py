"""What Slack sends, with all its fields, and the event that each of it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.inbound import Arrived, Closed, Removed, understand
from adapters.slack.origin import RESPONSE_URL_LASTS, Origin
from bot.chat.actions import Action
from bot.chat.events import (
    ButtonPressed,
    ChoiceMade,
    CommandCalled,
    Event,
    FormSent,
    HomeOpened,
    Installed,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
    ShortcutUsed,
)
from bot.chat.names import Account, Channel, MessageRef, Profile, Space, Thread

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)

SCHOOL = Space("slack", "T0SCHOOLS01")
KRING = "U0KRING0001"
ANA, BO, CAS = (Account(SCHOOL, id_) for id_ in ("U0ANA000001", "U0BO0000001", "U0CAS000001"))
GENERAL = Channel(SCHOOL, "C0GENERAL01")
DIRECT = Channel(SCHOOL, "D0ANAKRING1", direct=True)
ROOT, REPLY, LATER = "1795424400.000100", "1795424460.000200", "1795424520.000300"
IN_THREAD = Thread(GENERAL, ROOT)
QUESTION = MessageRef(GENERAL, ROOT)
ANSWER = MessageRef(GENERAL, REPLY, ROOT)

TRIGGER = "7012345678901.7098765432109.3f1c0de5a8b94d7e9a2b6c4d8e0f1a2b"
ACT = f"slack/{TRIGGER}"
"""An act's id is its trigger."""


def payload(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return body


def understood(name: str) -> Arrived | Closed | Removed | None:
    names = {BO.id: "Bo"}
    return understand(payload(name), team=SCHOOL.id, bot_user=KRING, now=NOW, name=names.get)


def told(name: str) -> str:
    """The id of what the Events API told."""
    return f"slack/{payload(name)['event_id']}"


CAS_IS = Profile("Cas", "nl", "Europe/Amsterdam")
EVENTS: dict[str, Event] = {
    # -- messages
    "message": MessagePosted("", NOW, ANA, QUESTION, "How do you keep the quiet pupils in?"),
    "message_markup": MessagePosted(
        "", NOW, ANA, QUESTION, "Ask @Bo in #general, see the page (https://example.org/a?b=1&c=2): 2 < 3 & @here"
    ),
    "message_in_thread": MessagePosted("", NOW, BO, ANSWER, "We first let everybody write."),
    "message_im": MessagePosted("", NOW, ANA, MessageRef(DIRECT, REPLY), f"/kring buddy ask <@{BO.id}>", direct=True),
    "message_thread_broadcast": MessagePosted("", NOW, BO, MessageRef(GENERAL, LATER, ROOT), "And it works."),
    "message_file_share": MessagePosted("", NOW, BO, ANSWER, "My board after ten minutes."),
    "message_changed": MessageEdited("", NOW, BO, ANSWER, "We first let everybody write for two minutes."),
    "message_deleted": MessageDeleted("", NOW, ANSWER, BO),
    "message_deleted_with_replies": MessageDeleted("", NOW, QUESTION, ANA),
    "reaction_added": ReactionAdded("", NOW, ANA, MessageRef(GENERAL, REPLY), "bookmark"),
    "reaction_added_with_skin_tone": ReactionAdded("", NOW, ANA, MessageRef(GENERAL, REPLY), "+1"),
    # -- commands
    "app_mention": CommandCalled("", NOW, BO, GENERAL, "round status"),
    "app_mention_in_thread": CommandCalled("", NOW, BO, IN_THREAD, "knowhow find tenths"),
    "slash_command": CommandCalled(ACT, NOW, ANA, GENERAL, 'round start reveal_together "the first lesson"'),
    "slash_command_markup": CommandCalled(ACT, NOW, ANA, GENERAL, f"buddy ask <@{BO.id}> <soon> & gladly"),
    "slash_command_direct": CommandCalled(ACT, NOW, ANA, DIRECT, "me"),
    # -- people
    "member_joined_channel": MemberJoined("", NOW, CAS, Profile(CAS.id), GENERAL),
    "member_joined_channel_kring": Installed(f"slack/installed/{SCHOOL.id}", NOW, ANA),
    "team_join": MemberJoined("", NOW, CAS, CAS_IS),
    "team_join_guest": MemberJoined("", NOW, CAS, CAS_IS),
    "user_change": ProfileChanged("", NOW, CAS, Profile("Casper", "nl", "Europe/Lisbon", host=True)),
    "user_change_deactivated": MemberLeft("", NOW, CAS),
    "app_home_opened": HomeOpened("", NOW, ANA),
    "app_home_opened_first": HomeOpened("", NOW, ANA),
    # -- buttons, selects, forms, the menu of a message
    "block_actions_message": ButtonPressed(ACT, NOW, ANA, GENERAL, Action("round.join", "r7"), QUESTION),
    "block_actions_root_with_replies": ButtonPressed(ACT, NOW, ANA, GENERAL, Action("round.join", "r7"), QUESTION),
    "block_actions_in_thread": ButtonPressed(ACT, NOW, ANA, IN_THREAD, Action("round.answer", "r7.1"), ANSWER),
    "block_actions_direct": ButtonPressed(
        ACT, NOW, ANA, DIRECT, Action("knowhow.look", "k1"), MessageRef(DIRECT, ROOT)
    ),
    "block_actions_ephemeral": ButtonPressed(
        ACT, NOW, ANA, GENERAL, Action("round.change", "r7.1"), MessageRef(GENERAL, REPLY)
    ),
    "block_actions_ephemeral_in_thread": ButtonPressed(
        ACT, NOW, ANA, IN_THREAD, Action("round.change", "r7.1"), ANSWER
    ),
    "block_actions_confirmed": ButtonPressed(ACT, NOW, ANA, GENERAL, Action("me.forget"), QUESTION),
    "block_actions_select": ChoiceMade(ACT, NOW, ANA, GENERAL, Action("me.language"), ("nl",), QUESTION),
    "block_actions_multi_select": ChoiceMade(
        ACT, NOW, ANA, GENERAL, Action("round.vote", "r7.4"), ("2", "3"), QUESTION
    ),
    "block_actions_modal": ButtonPressed(ACT, NOW, ANA, GENERAL, Action("knowhow.tried", "k1")),
    "block_actions_home": ButtonPressed(
        ACT, NOW, ANA, Channel(SCHOOL, ANA.id, direct=True), Action("round.status", "r7")
    ),
    "view_submission": FormSent(
        ACT,
        NOW,
        ANA,
        GENERAL,
        Action("knowhow.add", "k1"),
        (
            ("title", "When pupils mix up tenths"),
            ("situation", "Year 6, in the morning"),
            ("stage", "tried"),
            ("with", BO.id),
            ("for", ("new",)),
        ),
    ),
    "message_action": ShortcutUsed(ACT, NOW, ANA, "keep", QUESTION, "We first let everybody write, 2 < 3.", BO),
    "message_action_in_thread": ShortcutUsed(ACT, NOW, ANA, "keep", ANSWER, "We first let everybody write.", BO),
    "message_action_on_kring": ShortcutUsed(ACT, NOW, ANA, "keep", QUESTION, "Ana invites you.", None),
}

OTHERS: dict[str, Closed | Removed | None] = {
    "view_closed": Closed(
        Origin(SCHOOL.id, ANA.id, "form", GENERAL.id, view="V0FORM00001", before="command"),
        Action("knowhow.add", "k1"),
        # the title stood there when the form opened
        (("situation", "Year 6, in the morning"), ("stage", "tried"), ("with", BO.id), ("for", ("new",))),
    ),
    "tokens_revoked": Removed(SCHOOL.id),
    "app_uninstalled": Removed(SCHOOL.id),
    # what is none of Kring's business
    "message_of_kring": None,
    "message_of_another_app": None,
    "message_of_slackbot": None,
    "message_channel_join": None,
    "message_file_share_without_words": None,
    "message_changed_unfurl": None,
    "message_changed_of_kring": None,
    "app_mention_in_passing": None,
    "app_home_opened_messages": None,
    "team_join_bot": None,
    "block_actions_link": None,
}


@pytest.mark.parametrize("name", EVENTS)
def test_what_came_is_this_event(name: str) -> None:
    expected = EVENTS[name]
    found = understood(name)
    assert isinstance(found, Arrived)
    assert found.event == expected if expected.id else _without_id(found.event) == _without_id(expected)
    if not expected.id:
        assert found.event.id == told(name)
    # `direct` is no part of what makes channels the same
    assert _direct(found.event) == _direct(expected)


@pytest.mark.parametrize("name", OTHERS)
def test_what_came_is_no_event_for_the_door(name: str) -> None:
    assert understood(name) == OTHERS[name]


def test_every_payload_is_in_a_table() -> None:
    assert {file.stem for file in PAYLOADS.glob("*.json")} == {*EVENTS, *OTHERS}


@pytest.mark.parametrize("name", EVENTS)
def test_the_same_payload_is_the_same_event(name: str) -> None:
    first, again = understood(name), understood(name)
    assert first == again


@pytest.mark.parametrize("name", sorted({*EVENTS, *OTHERS}))
def test_fields_that_are_new_change_nothing(name: str) -> None:
    """Slack adds fields without notice."""
    body = _grown(payload(name))
    found = understand(body, team=SCHOOL.id, bot_user=KRING, now=NOW, name={BO.id: "Bo"}.get)
    assert found == understood(name)


@pytest.mark.parametrize(
    ("name", "via", "place", "message"),
    [
        ("slash_command", "command", GENERAL, ""),
        ("block_actions_message", "message", GENERAL, ROOT),
        ("block_actions_in_thread", "message", IN_THREAD, REPLY),
        ("block_actions_ephemeral_in_thread", "message", IN_THREAD, REPLY),
        ("block_actions_modal", "modal", GENERAL, ""),
        ("block_actions_home", "home", Channel(SCHOOL, ANA.id), ""),
        ("view_submission", "form", GENERAL, ""),
        ("message_action_in_thread", "shortcut", IN_THREAD, REPLY),
        ("app_mention_in_thread", "mention", IN_THREAD, LATER),
        ("message_im", "written", DIRECT, REPLY),
    ],
)
def test_the_answer_finds_its_way_back(name: str, via: str, place: Channel | Thread, message: str) -> None:
    found = understood(name)
    assert isinstance(found, Arrived)
    assert (found.origin.via, found.origin.place, found.origin.message) == (via, place, message)
    assert found.origin.response_url == payload(name).get("response_url", "")
    if found.origin.response_url:
        assert found.origin.answers_until == NOW.timestamp() + RESPONSE_URL_LASTS
    assert found.origin.trigger == payload(name).get("trigger_id", "")


def _without_id(event: Event) -> tuple[Any, ...]:
    return type(event), *(getattr(event, name) for name in event.__dataclass_fields__ if name != "id")


def _direct(event: Event) -> list[bool]:
    parts = (getattr(event, name) for name in event.__dataclass_fields__)
    return [channel.direct for part in parts if isinstance(channel := getattr(part, "channel", part), Channel)]


def _grown(part: Any) -> Any:
    """The same with a field more in every object that has fixed ones."""
    match part:
        case {"values": dict()}:
            return part
        case dict():
            return {name: _grown(value) for name, value in part.items()} | {"new_in_2027": {"of": ["no", "concern"]}}
        case list():
            return [_grown(each) for each in part]
        case _:
            return part
