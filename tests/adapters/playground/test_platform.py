"""The playground as a platform: it carries out every request once, and refuses what a real platform refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.playground.limits import over
from adapters.playground.platform import PlaygroundPlatform
from bot.chat.actions import Action
from bot.chat.capabilities import PLAYGROUND
from bot.chat.messages import Button, Choice, Controls, Divider, Heading, Message, Select, Words, message
from bot.chat.names import Account, Channel, MessageRef, Space, Thread
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.chat.text import plain
from bot.errors import PlatformRefusal
from bot.ports import Posted, Sent
from tests.adapters.playground.conftest import Play
from tests.adapters.playground.test_api import ANA, GENERAL, SCHOOL

ABOUT = Action("round.header", "r1")
HELLO = message(Words(plain("hello")))


@pytest.fixture
def platform(play: Play) -> PlaygroundPlatform:
    return PlaygroundPlatform(play.room)


def _target(sent: Sent, thread: str | None = None) -> Posted:
    assert sent.message is not None
    return Posted(ABOUT, GENERAL, sent.message, thread)


async def test_the_same_request_twice_shows_one_message(play: Play, platform: PlaygroundPlatform) -> None:
    first = await platform.send("r1", Post(GENERAL, HELLO), None)
    again = await platform.send("r1", Post(GENERAL, HELLO), None)

    assert first == again == Sent(MessageRef(GENERAL, "k-r1"))
    assert len(await play.messages("ana")) == 1


async def test_a_thread_is_opened_on_a_message_and_written_in(play: Play, platform: PlaygroundPlatform) -> None:
    sent = await platform.send("r1", Post(GENERAL, HELLO, about=ABOUT), None)
    opened = await platform.send("r2", OpenThread(GENERAL, ABOUT, "The talk"), _target(sent))
    assert opened == Sent(MessageRef(GENERAL, "k-r1", thread="k-r1"))

    reply = await platform.send("r3", Post(GENERAL, HELLO, under=ABOUT), _target(sent, "k-r1"))
    other = await platform.send("r4", Post(GENERAL, HELLO, thread=Thread(GENERAL, "k-r1")), None)

    assert reply.message == MessageRef(GENERAL, "k-r3", "k-r1")
    assert other.message == MessageRef(GENERAL, "k-r4", "k-r1")
    (root,) = await play.messages("ana")
    assert (root["replies"], root["thread_title"]) == (2, "The talk")


async def test_an_edit_changes_the_message_however_long_it_gets(play: Play, platform: PlaygroundPlatform) -> None:
    sent = await platform.send("r1", Post(GENERAL, HELLO), None)
    long = Message(tuple(Words(plain("word " * 1500)) for _n in range(12)))
    await platform.send("r2", Edit(GENERAL, ABOUT, long), _target(sent))
    shown = await play.messages("ana")
    assert [each["id"] for each in shown] == ["k-r1", "k-r1.2", "k-r1.3"]
    assert "".join(each["text"] for each in shown).count("word") == 18_000

    await platform.send("r3", Edit(GENERAL, ABOUT, HELLO), _target(sent))
    (short,) = await play.messages("ana")
    assert (short["text"], short["edited"]) == ("hello", True)


async def test_a_fetched_thread_has_what_everybody_sees(play: Play, platform: PlaygroundPlatform) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="how?"))["message"]["id"]
    reply = await play.post("api/messages", as_="bo-berg", channel="general", text="so.", thread=root)
    gone = await play.post("api/messages", as_="bo-berg", channel="general", text="oops", thread=root)
    await play.ask("DELETE", f"api/messages/{gone['message']['id']}", query={"as": "bo-berg"})
    await play.post("api/reactions", as_="ana", message=reply["message"]["id"], emoji="pray")

    sent = await platform.send("r1", FetchThread(GENERAL, ABOUT, MessageRef(GENERAL, root)), None)

    assert sent.fetched is not None
    assert [(each.name, each.text, each.reactions) for each in sent.fetched] == [
        ("Ana", "how?", ()),
        ("Bo Berg", "so.", ("pray",)),
    ]
    assert sent.fetched[0].account == ANA


async def test_a_direct_message_with_a_file_reaches_its_person_alone(play: Play, platform: PlaygroundPlatform) -> None:
    await platform.send("r1", Upload(ANA, "my data.json", '{"name": "Ana"}', HELLO), None)
    (shown,) = await play.messages("ana", "dm")
    (file,) = shown["files"]
    assert (file["name"], file["size"]) == ("my data.json", 15)

    async with play.client.get(play.address + file["url"].lstrip("/")) as response:
        assert await response.text() == '{"name": "Ana"}'
        assert response.headers["Content-Disposition"] == 'attachment; filename="my_data.json"'
    status, _ = await play.refused("GET", f"api/files/{file['id']}", as_="bo-berg")
    assert status == 403


async def test_kring_reacts(play: Play, platform: PlaygroundPlatform) -> None:
    id_ = (await play.post("api/messages", as_="ana", channel="general", text="x"))["message"]["id"]
    await platform.send("r1", React(GENERAL, MessageRef(GENERAL, id_), "bookmark"), None)
    await platform.send("r1", React(GENERAL, MessageRef(GENERAL, id_), "bookmark"), None)
    assert (await play.messages("ana"))[0]["reactions"][0]["people"] == ["kring"]


NOWHERE = Channel(SCHOOL, "nowhere")


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Post(NOWHERE, HELLO), "gone"),
        (Post(Channel(Space("playground", "college"), "school-general"), HELLO), "gone"),
        (Post(GENERAL, HELLO, thread=Thread(GENERAL, "m404")), "gone"),
        (Post(GENERAL, HELLO, under=ABOUT), "gone"),
        (Edit(GENERAL, ABOUT, HELLO), "gone"),
        (OpenThread(GENERAL, ABOUT, "x"), "gone"),
        (OpenThread(GENERAL, ABOUT, "x", ()), "rejected"),
        (Admit(GENERAL, ABOUT, Account(SCHOOL, "ana")), "rejected"),
        (FetchThread(GENERAL, ABOUT, MessageRef(GENERAL, "m404")), "gone"),
        (React(GENERAL, MessageRef(GENERAL, "m404"), "eyes"), "gone"),
        (Post(Account(SCHOOL, "nobody"), HELLO), "unreachable"),
        (Post(Account(Space("playground", "college"), "ana"), HELLO), "unreachable"),
    ],
)
async def test_what_is_not_there_is_refused(platform: PlaygroundPlatform, request_: Request, reason: str) -> None:
    with pytest.raises(PlatformRefusal) as refusal:
        await platform.send("r1", request_, None)
    assert refusal.value.reason == reason


async def test_who_closed_their_messages_or_left_is_unreachable(play: Play, platform: PlaygroundPlatform) -> None:
    await platform.send("r1", Post(ANA, HELLO), None)
    await play.ask("PATCH", "api/people/ana", {"direct_messages": False})
    for to in (ANA, Channel(SCHOOL, "dm-ana")):
        with pytest.raises(PlatformRefusal, match="unreachable"):
            await platform.send("r2", Post(to, HELLO), None)
    await play.ask("PATCH", "api/people/ana", {"direct_messages": True})
    await platform.send("r2", Post(ANA, HELLO), None)
    await play.ask("DELETE", "api/people/ana")
    with pytest.raises(PlatformRefusal, match="unreachable"):
        await platform.send("r3", Post(ANA, HELLO), None)


def test_what_is_too_much_is_noticed() -> None:
    strict = replace(PLAYGROUND, heading=3, button=2, words=4, controls=1, choices=1, choice=2, total_text=6, blocks=3)
    button, choice = Button("ok", ABOUT), Choice("a", "a")
    assert over(message(Heading("one"), Controls((button,))), strict) == ""
    for block, fault in (
        (Heading("four"), "heading: 4 is over 3"),
        (Words(plain("hello")), "words: 5 is over 4"),
        (Controls((Button("yes", ABOUT),)), "button: 3 is over 2"),
        (Controls((button, button)), "controls: 2 is over 1"),
        (Controls((Select("x", ABOUT, (choice, choice)),)), "choices: 2 is over 1"),
        (Controls((Select("x", ABOUT, (Choice("a", "abc"),)),)), "choice: 3 is over 2"),
    ):
        assert over(message(block), strict) == fault
    assert over(message(Heading("one"), Words(plain("four"))), strict) == "text in all: 7 is over 6"
    assert over(message(Divider(), Divider(), Controls((button,))), strict) == "blocks: 4 is over 3"
