"""What people do with Kring in Discord, with all the fields that Discord sends, and what each of it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import inbound
from adapters.discord.commands import Asked
from adapters.discord.custom_ids import CustomId
from adapters.discord.happened import Happened
from adapters.discord.inbound import Arrived, Declined, Opened, Strange, Submitted, Typing, origin_of, understand
from adapters.discord.origin import Origin
from bot.chat.actions import Action
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled, Event, ShortcutUsed
from bot.chat.names import MessageRef, Profile
from tests.adapters.discord.test_happened import (
    ANA,
    ANSWER,
    BO,
    DIRECT,
    GENERAL,
    IN_THREAD,
    KRING,
    NOW,
    QUESTION,
    SCHOOL,
    payload,
    servers,
)

ID = "discord/1400000000000000091"
CARD = MessageRef(GENERAL, "1400000000000000045")
MINE = MessageRef(GENERAL, "1400000000000000046")
LETTER = MessageRef(DIRECT, "1400000000000000053")
SPEAK = Action("round.join", "r7")
IS = Profile("Ana", "nl", space_name="De Regenboog")


def understood(name: str, **more: Any) -> inbound.Understood:
    body = payload(name)["d"] | more
    return understand(body, Happened(servers(), KRING, reads=False), SCHOOL.id, IS, NOW)


EVENTS: dict[str, Event] = {
    "interaction_command": CommandCalled(
        ID, NOW, ANA, GENERAL, "round start", (("format", "reveal_together"), ("topic", "the first lesson")), IS
    ),
    "interaction_command_person": CommandCalled(ID, NOW, ANA, GENERAL, "round give", (("member", f"<@{BO.id}>"),), IS),
    "interaction_command_in_thread": CommandCalled(ID, NOW, ANA, IN_THREAD, "round status", (), IS),
    "interaction_command_direct": CommandCalled(ID, NOW, ANA, DIRECT, "me", (), IS),
    "interaction_menu": ShortcutUsed(
        ID, NOW, BO, "keep", QUESTION, "How do you keep the shy ones in?", ANA, IS
    ),
    "interaction_menu_in_thread": ShortcutUsed(
        ID, NOW, ANA, "keep", ANSWER, "We first let everybody write.", BO, IS
    ),
    "interaction_menu_on_another_bot": ShortcutUsed(
        ID, NOW, BO, "keep", QUESTION, "How do you keep the shy ones in?", None, IS
    ),
    "interaction_button": ButtonPressed(ID, NOW, ANA, GENERAL, SPEAK, CARD, IS),
    "interaction_button_direct": ButtonPressed(ID, NOW, ANA, DIRECT, SPEAK, LETTER, IS),
    "interaction_button_ephemeral": ButtonPressed(ID, NOW, ANA, GENERAL, SPEAK, MINE, IS),
    "interaction_select": ChoiceMade(ID, NOW, ANA, GENERAL, Action("round.vote", "r7.4"), ("2", "3"), CARD, IS),
}  # fmt: skip
OTHERS = {
    "interaction_autocomplete", "interaction_modal", "interaction_modal_from_button",
    "interaction_button_of_another_kring",
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_what_somebody_does(name: str) -> None:
    what = understood(name)
    assert isinstance(what, Arrived)
    assert what.event == EVENTS[name]


def test_what_somebody_types() -> None:
    what = understood("interaction_autocomplete")
    assert isinstance(what, Typing)
    assert what.asked == Asked("round start", "format", "rev")


@pytest.mark.parametrize(("name", "message"), [("interaction_modal", ""), ("interaction_modal_from_button", CARD.id)])
def test_a_form_that_was_sent(name: str, message: str) -> None:
    what = understood(name)
    assert isinstance(what, Submitted)
    assert what.form == CustomId(Action("knowhow.add", "k1"))
    assert dict(what.parts)["title"] == "Wait"
    assert (what.origin.via, what.origin.message) == ("form", message)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("interaction_button_of_another_kring", {}),
        ("interaction_modal", {"data": {"custom_id": "nothing of ours", "components": []}}),
        ("interaction_menu", {"data": {"id": "1", "name": "Another", "type": 3, "target_id": "2"}}),
        ("interaction_command", {"type": 99}),
    ],
)
def test_what_is_of_another_kring_is_strange(name: str, more: dict[str, Any]) -> None:
    assert isinstance(understood(name, **more), Strange)


def pressed(use: str, number: int = 0) -> inbound.Understood:
    packed = CustomId(SPEAK, use, number).pack()  # type: ignore[arg-type]
    return understood("interaction_button", data={"component_type": 2, "custom_id": packed, "id": 3})


def test_a_later_step_of_a_form_is_opened() -> None:
    what = pressed("open", 2)
    assert isinstance(what, Opened)
    assert (what.action, what.step) == (SPEAK, 2)


def test_a_no_to_the_question_before_a_press_does_nothing() -> None:
    chosen = {"component_type": 3, "custom_id": CustomId(SPEAK, "ask").pack(), "id": 3, "values": ["no"]}
    assert isinstance(understood("interaction_button", data=chosen), Declined)


def test_a_button_asks_again_what_was_asked() -> None:
    packed = CustomId(Action(inbound.ASK_AGAIN, 'round start topic="x"')).pack()
    what = understood("interaction_button", data={"component_type": 2, "custom_id": packed, "id": 3})
    assert isinstance(what, Arrived)
    assert what.event == CommandCalled(ID, NOW, ANA, GENERAL, 'round start topic="x"', profile=IS)
    assert what.origin.asked == 'round start topic="x"'


def test_a_command_can_be_asked_again_as_it_was_typed() -> None:
    what = understood("interaction_command")
    assert isinstance(what, Arrived)
    assert what.origin.asked == 'round start format="reveal_together" topic="the first lesson"'


ORIGIN = Origin(
    SCHOOL.id, ANA.id, "command", GENERAL.id, interaction="1400000000000000091",
    token=payload("interaction_command")["d"]["token"], app=KRING, language="nl",
)  # fmt: skip
ORIGINS = {
    "interaction_command": ORIGIN,
    "interaction_autocomplete": ORIGIN,
    "interaction_command_in_thread": replace(ORIGIN, channel=QUESTION.id, parent=GENERAL.id),
    "interaction_command_direct": replace(ORIGIN, channel=DIRECT.id, direct=True),
    "interaction_button": replace(ORIGIN, via="message", message=CARD.id),
    "interaction_button_ephemeral": replace(ORIGIN, via="message", message=MINE.id, alone=True),
    "interaction_button_direct": replace(
        ORIGIN, via="message", message=LETTER.id, channel=DIRECT.id, direct=True
    ),
    "interaction_modal": replace(ORIGIN, via="form"),
    "interaction_modal_from_button": replace(ORIGIN, via="form", message=CARD.id),
    "interaction_menu_in_thread": replace(ORIGIN, via="menu", channel=QUESTION.id, parent=GENERAL.id),
}  # fmt: skip


@pytest.mark.parametrize("name", ORIGINS)
def test_where_the_answer_goes(name: str) -> None:
    assert origin_of(payload(name)["d"], SCHOOL.id) == ORIGINS[name]


def test_the_token_is_not_shown() -> None:
    assert ORIGIN.token
    assert ORIGIN.token not in repr(ORIGIN)
