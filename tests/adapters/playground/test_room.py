"""The room forgets nothing: what was done is stored with its event before anything else happens."""

from __future__ import annotations

import pytest

from adapters.playground.answers import TRIES
from adapters.playground.model import Document
from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.events import CommandCalled, Event, MessagePosted
from bot.chat.messages import Words, message
from bot.chat.requests import Post
from bot.chat.text import plain
from bot.chat.wire import from_json, to_json
from tests.adapters.playground.conftest import Drawer, Play, build
from tests.adapters.playground.test_api import CARD, FORM, GENERAL


async def test_after_a_restart_everything_is_there(play: Play) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="root"))["message"]["id"]
    await play.post("api/messages", as_="bo-berg", channel="general", text="reply", thread=root)
    await play.post("api/reactions", as_="bo-berg", message=root, emoji="eyes")
    play.door.does = lambda event: Tell(CARD) if isinstance(event, CommandCalled) else OpenForm(FORM)
    card = (await play.post("api/commands", as_="ana", channel="general", text="/kring"))["answer"]["message"]["id"]
    await play.post("api/press", as_="ana", message=card, label="I'm in")
    play.shelf.put(Post(GENERAL, CARD))
    await play.post("api/clock", hours=30)
    await play.post("api/read", as_="ana", channel="general")

    again = build(Drawer(play.drawer.documents))
    await again.room.restore()

    for kept in ("basis", "spaces", "people", "channels", "entries", "forms", "acts", "seen"):
        assert getattr(again.room, kept) == getattr(play.room, kept), kept
    assert again.room.at("school-general", None) == play.room.at("school-general", None)
    assert again.room.at("school-general", root) == play.room.at("school-general", root)
    assert again.room.now() == play.room.now()


async def test_an_act_is_stored_with_what_it_changed_before_the_door_knows_of_it(play: Play) -> None:
    stored: list[set[str]] = []

    def looks(event: Event) -> Answer:
        stored.append({key.partition("/")[0] for key in play.drawer.writes[-1]})
        return Nothing()

    play.door.does = looks
    await play.post("api/messages", as_="ana", channel="general", text="x")
    assert stored == [{"message", "act", "basis"}]
    assert not [key for key in play.drawer.documents if key.startswith("act/")]


async def test_what_was_not_handled_knocks_again_with_the_same_id_and_its_answer_is_shown(play: Play) -> None:
    def dies(event: Event) -> Answer:
        raise OSError("the process is gone")

    play.door.does = dies
    status, fault = await play.refused("POST", "api/messages", {"as": "ana", "channel": "general", "text": "x"})
    assert status == 500
    assert "reference" in fault
    await play.refused("POST", "api/commands", {"as": "ana", "channel": "general", "text": "/kring"})

    again = build(Drawer(play.drawer.documents))
    again.door.does = lambda event: Tell(message(Words(plain(f"seen: {event.kind}"))))
    await again.room.restore()
    await again.desk.acts.resume()

    assert [event.id for event in again.door.events] == [event.id for event in play.door.events]
    assert [type(event) for event in again.door.events] == [MessagePosted, CommandCalled]
    said = [entry.text for entry in again.room.at("school-general", None)]
    assert said == ["x", "seen: posted", "seen: command"]
    assert not again.room.acts


async def test_an_act_that_never_works_does_not_knock_for_ever(play: Play) -> None:
    def broken(event: Event) -> Answer:
        raise RuntimeError("a fault in a handler")

    play.door.does = broken
    await play.refused("POST", "api/messages", {"as": "ana", "channel": "general", "text": "x"})
    for _n in range(TRIES + 2):
        await play.desk.acts.resume()

    assert len(play.door.events) == TRIES + 1
    assert not play.room.acts
    assert [entry.text for entry in play.room.at("school-general", None)] == ["x"]


async def test_what_cannot_be_stored_is_not_accepted(play: Play) -> None:
    play.drawer.fails = True
    status, _ = await play.refused("POST", "api/messages", {"as": "ana", "channel": "general", "text": "x"})
    assert status == 500
    assert play.door.events == []


@pytest.mark.parametrize("name", ["Ana", "Ana ", "李", "'; --", "ÅSA Øst"])
def test_ids_are_made_of_letters_and_are_never_taken(play: Play, name: str) -> None:
    taken = {"ana": 1, "ana-2": 1, "asa-st": 1}
    id_ = play.room.free_id(name, taken)
    assert id_ not in taken
    assert id_.isascii()
    assert id_


async def test_every_document_reads_back_as_it_was(play: Play) -> None:
    await test_after_a_restart_everything_is_there(play)
    for text in play.drawer.documents.values():
        assert to_json(from_json(text, Document), Document) == text
