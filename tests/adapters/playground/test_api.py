"""The JSON API: what people do becomes events, what Kring answers is seen by whom it concerns, faults are clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.actions import Action
from bot.chat.answers import FormErrors, Nothing, OpenForm, Replace, Tell
from bot.chat.events import (
    ButtonPressed,
    ChoiceMade,
    CommandCalled,
    FormSent,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ShortcutUsed,
)
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, TextField
from bot.chat.messages import Button, Choice, Controls, Heading, Message, Select, Words, message
from bot.chat.names import Account, Channel, MessageRef, Profile, Space, Thread
from bot.chat.requests import Post
from bot.chat.text import plain
from tests.adapters.playground.conftest import Play
from tests.adapters.stand_ins import MONDAY

SCHOOL = Space("playground", "school")
GENERAL = Channel(SCHOOL, "school-general")
ANA = Account(SCHOOL, "ana")
CARD = message(
    Heading("A round"),
    Words(plain("Who is in?")),
    Controls(
        (
            Button("I'm in", Action("round.join", "r1")),
            Select("How", Action("round.part", "r1"), (Choice("a", "Speak"), Choice("b", "Listen"))),
        )
    ),
)
FORM = Form(
    Action("round.answer", "r1"),
    "Your answer",
    (
        TextField("body", "What do you do?", multiline=True),
        ChoiceField("how", "How sure?", (Choice("1", "Not very"), Choice("2", "Quite")), value="1"),
        ChecksField("tags", "About", (Choice("x", "Lessons"), Choice("y", "Talks"))),
        PersonField("who", "Whom to ask", required=False),
    ),
    "Send",
)


def _said(text: str) -> Message:
    return message(Words(plain(text)))


# -- the state


async def test_the_state_has_what_the_issue_of_the_api_promises(play: Play) -> None:
    state = await play.get("api/state")

    assert state["community"] == "De Werkplaats"
    assert state["now"].endswith("Z")
    assert {"id", "name", "space", "role", "language"} <= set(state["people"][0])
    assert {"id", "name", "space", "kind"} <= set(state["channels"][0])
    assert [each["id"] for each in state["people"]] == ["ana", "bo-berg", "cas"]
    assert [each["id"] for each in state["channels"]] == ["school-general", "school-math", "college-general"]


async def test_for_one_person_it_shows_their_channels_and_what_is_new(play: Play) -> None:
    await play.post("api/messages", as_="bo-berg", channel="general", text="hello")
    state = await play.get("api/state", as_="ana")

    assert [(each["id"], each["kind"]) for each in state["channels"]] == [
        ("school-general", "channel"),
        ("school-math", "channel"),
        ("dm-ana", "dm"),
    ]
    assert state["channels"][0]["unread"] == 1
    assert state["me"]["name"] == "Ana"

    await play.post("api/read", as_="ana", channel="school-general")
    state = await play.get("api/state", as_="ana")
    assert state["channels"][0]["unread"] == 0


async def test_new_replies_count_per_thread(play: Play) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="a question"))["message"]["id"]
    await play.post("api/messages", as_="bo-berg", channel="general", text="an answer", thread=root)

    channel = (await play.get("api/state", as_="ana"))["channels"][0]
    assert (channel["unread"], channel["unread_threads"]) == (0, 1)
    assert (await play.messages("ana"))[0]["unread_replies"] == 1

    await play.post("api/read", as_="ana", channel="general", thread=root)
    assert (await play.get("api/state", as_="ana"))["channels"][0]["unread_threads"] == 0


# -- people


async def test_people_join_leave_and_come_back(play: Play) -> None:
    joined = await play.post("api/people", name="Dé Vries", space="college", role="student", language="nl")
    assert joined["person"] == {
        "id": "de-vries",
        "name": "Dé Vries",
        "space": "college",
        "role": "student",
        "language": "nl",
        "timezone": "Europe/Amsterdam",
        "host": False,
        "direct_messages": True,
    }
    (event,) = play.door.events
    assert isinstance(event, MemberJoined)
    assert event.profile == Profile("Dé Vries", "nl", "Europe/Amsterdam", False, "student", "College")
    assert event.channel == Channel(Space("playground", "college"), "college-general")

    assert await play.ask("DELETE", "api/people/de-vries") == (200, {"left": "de-vries"})
    assert isinstance(play.door.events[-1], MemberLeft)
    status, fault = await play.refused("POST", "api/messages", {"as": "de-vries", "channel": "dm", "text": "x"})
    assert (status, fault["error"]) == (404, "Dé Vries has left.")

    again = await play.post("api/people", name="dé vries", space="college")
    assert again["person"]["id"] == "de-vries"


async def test_who_comes_first_is_host_of_the_space(play: Play) -> None:
    people = {each["id"]: each["host"] for each in (await play.get("api/state"))["people"]}
    assert people == {"ana": True, "bo-berg": False, "cas": True}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"space": "school"}, 422, "“name” is missing."),
        ({"name": "Eva", "space": "shcool"}, 404, "There is no space “shcool”."),
        ({"name": "ANA", "space": "school"}, 409, "ANA is here already."),
        ({"name": "Eva", "space": "school", "language": "fr"}, 422, "“fr” is not one of the choices."),
        ({"name": "Eva", "space": "school", "timezone": "Mars"}, 422, "There is no such time zone."),
        ({"name": "E" * 81, "space": "school"}, 422, "“name” is too long."),
        ({"name": ["Eva"], "space": "school"}, 422, "“name” must be text."),
    ],
)
async def test_who_cannot_join(play: Play, body: dict[str, Any], status: int, words: str) -> None:
    given, fault = await play.refused("POST", "api/people", body)
    assert (given, fault["error"]) == (status, words)
    assert fault["hint"]


# -- messages


async def test_a_message_becomes_an_event_and_stands_there_for_the_space(play: Play) -> None:
    text = "<!channel> *hi* @everyone שלום 👩🏽‍🏫"
    shown = (await play.post("api/messages", as_="ana", channel="#general", text=text))["message"]

    (event,) = play.door.events
    assert isinstance(event, MessagePosted)
    assert (event.account, event.text, event.direct) == (ANA, text, False)
    assert event.message == MessageRef(GENERAL, shown["id"])
    assert [each["text"] for each in await play.messages("bo-berg")] == [text]
    assert shown["author"] == {"id": "ana", "name": "Ana", "kind": "person"}


async def test_a_thread_is_named_by_any_of_its_messages(play: Play) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="root"))["message"]["id"]
    reply = (await play.post("api/messages", as_="bo-berg", channel="general", text="one", thread=root))["message"]
    more = (await play.post("api/messages", as_="ana", channel="general", text="two", thread=reply["id"]))["message"]

    assert reply["thread"] == more["thread"] == root
    assert [each["text"] for each in await play.messages("ana", thread=root)] == ["root", "one", "two"]
    (top,) = await play.messages("ana")
    assert top["replies"] == 2


async def test_a_direct_message_is_seen_by_nobody_else(play: Play) -> None:
    await play.post("api/messages", as_="ana", channel="dm", text="between us")

    assert isinstance(event := play.door.events[-1], MessagePosted)
    assert event.direct
    assert [each["text"] for each in await play.messages("ana", "dm")] == ["between us"]
    assert await play.messages("bo-berg", "dm") == []
    status, _ = await play.refused("GET", "api/messages", as_="bo-berg", channel="dm-ana")
    assert status == 403


async def test_editing_and_deleting_flow_through(play: Play) -> None:
    root = (await play.post("api/messages", as_="ana", channel="general", text="root"))["message"]["id"]
    reply = (await play.post("api/messages", as_="ana", channel="general", text="reply", thread=root))["message"]["id"]

    _, edited = await play.ask("PATCH", f"api/messages/{root}", {"as": "ana", "text": "better"})
    assert (edited["message"]["text"], edited["message"]["edited"]) == ("better", True)
    assert isinstance(play.door.events[-1], MessageEdited)

    await play.ask("DELETE", f"api/messages/{root}", query={"as": "ana"})
    assert isinstance(event := play.door.events[-1], MessageDeleted)
    assert event.account == ANA
    (stone,) = await play.messages("ana")
    assert (stone["deleted"], stone["text"], stone["replies"]) == (True, "", 1)
    _, thread = await play.ask("GET", "api/messages", query={"as": "ana", "channel": "general", "thread": root})
    assert [each["text"] for each in thread["messages"]] == ["", "reply"]
    more = (await play.post("api/messages", as_="ana", channel="general", text="and on", thread=root))["message"]["id"]
    status, told = await play.refused("POST", "api/reactions", {"as": "ana", "message": root, "emoji": "heart"})
    assert status == 410, told

    for each in (reply, more):
        await play.ask("DELETE", f"api/messages/{each}", query={"as": "ana"})
    assert await play.messages("ana") == []
    status, _ = await play.refused("GET", "api/messages", as_="ana", channel="general", thread=root)
    assert status == 410


async def test_reactions_by_name_colons_or_character_count_once(play: Play) -> None:
    id_ = (await play.post("api/messages", as_="ana", channel="general", text="x"))["message"]["id"]
    for emoji in ("bookmark", ":bookmark:", "🔖"):
        await play.post("api/reactions", as_="bo-berg", message=id_, emoji=emoji)

    reactions = [event for event in play.door.events if isinstance(event, ReactionAdded)]
    assert [each.emoji for each in reactions] == ["bookmark"]
    shown = (await play.messages("bo-berg"))[0]["reactions"]
    assert shown == [{"emoji": "bookmark", "char": "🔖", "people": ["bo-berg"], "mine": True}]

    await play.ask("DELETE", "api/reactions", query={"as": "bo-berg", "message": id_, "emoji": "bookmark"})
    assert (await play.messages("bo-berg"))[0]["reactions"] == []


async def test_forty_thousand_characters_are_kept_and_more_are_refused_with_a_hint(play: Play) -> None:
    long = "ab é" * 10_000
    await play.post("api/messages", as_="ana", channel="general", text=long)
    assert (await play.messages("bo-berg"))[0]["text"] == long

    status, fault = await play.refused("POST", "api/messages", {"as": "ana", "channel": "general", "text": long + "!"})
    assert (status, fault["error"]) == (422, "A message holds at most 40000 characters; this has 40001.")


# -- commands, shortcuts


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ('/kring round start open "the first lesson"', 'round start open "the first lesson"'),
        ("/kring", ""),
        ("round start", "round start"),
        ("/kring round give @Bo Berg now", "round give <@bo-berg> now"),
        ("/kring round give @bo", "round give <@bo-berg>"),
        ("/kring round start open @everyone @Cas", "round start open @everyone @Cas"),
        ("/kring find ana@school.example", "find ana@school.example"),
    ],
)
async def test_a_command_reaches_the_door_as_typed_with_people_named(play: Play, typed: str, called: str) -> None:
    play.door.does = lambda _: Tell(_said("noted"))
    answer = (await play.post("api/commands", as_="ana", channel="general", text=typed))["answer"]

    assert isinstance(event := play.door.events[0], CommandCalled)
    assert (event.text, event.place) == (called, GENERAL)
    assert answer["kind"] == "tell"
    assert answer["message"]["private"]
    assert [each["text"] for each in await play.messages("ana")] == ["noted"]
    assert await play.messages("bo-berg") == []


async def test_a_command_in_a_thread_answers_there(play: Play) -> None:
    play.door.does = lambda event: Tell(_said("noted")) if isinstance(event, CommandCalled) else Nothing()
    root = (await play.post("api/messages", as_="ana", channel="general", text="root"))["message"]["id"]
    await play.post("api/commands", as_="ana", channel="general", thread=root, text="/kring me")

    assert isinstance(event := play.door.events[-1], CommandCalled)
    assert event.place == Thread(GENERAL, root)
    assert [each["text"] for each in await play.messages("ana", thread=root)] == ["root", "noted"]
    assert (await play.messages("bo-berg"))[0]["replies"] == 0


async def test_commands_are_offered_for_completion(play: Play) -> None:
    offered = (await play.get("api/commands", as_="ana"))["commands"]
    assert offered[0]["usage"] == "/kring round start <format>"
    assert offered[0]["options"][0]["choices"] == ["open", "vote"]


async def test_the_menu_of_a_message_keeps_it(play: Play) -> None:
    id_ = (await play.post("api/messages", as_="bo-berg", channel="general", text="do this first"))["message"]["id"]
    await play.post("api/shortcuts", as_="ana", message=id_, name="keep")

    assert isinstance(event := play.door.events[-1], ShortcutUsed)
    assert (event.name, event.text, event.author) == ("keep", "do this first", Account(SCHOOL, "bo-berg"))


# -- buttons, lists, forms


async def _card(play: Play) -> str:
    play.door.does = lambda _: Tell(CARD)
    answer = (await play.post("api/commands", as_="ana", channel="general", text="/kring"))["answer"]
    play.door.does = None
    id_: str = answer["message"]["id"]
    return id_


async def test_a_button_is_pressed_by_its_label(play: Play) -> None:
    card = await _card(play)
    answer = (await play.post("api/press", as_="ana", message=card, label="i'm in"))["answer"]

    assert answer == {"kind": "nothing"}
    assert isinstance(event := play.door.events[-1], ButtonPressed)
    assert event.action == Action("round.join", "r1")
    assert event.message == MessageRef(GENERAL, card)


async def test_a_list_is_chosen_from_by_value_or_label(play: Play) -> None:
    card = await _card(play)
    await play.post("api/select", as_="ana", message=card, label="How", value="Listen")
    await play.post("api/select", as_="ana", message=card, label="How", value=["a"])

    chosen = [event.values for event in play.door.events if isinstance(event, ChoiceMade)]
    assert chosen == [("b",), ("a",)]
    status, fault = await play.refused(
        "POST", "api/select", {"as": "ana", "message": card, "label": "How", "value": "c"}
    )
    assert (status, fault["hint"]) == (422, "There is: Speak, Listen.")


async def test_two_buttons_of_one_name_are_told_apart_by_their_action(play: Play) -> None:
    twins = Controls((Button("Open", Action("item.open", "1")), Button("Open", Action("item.open", "2"))))
    play.door.does = lambda _: Tell(message(twins))
    card = (await play.post("api/commands", as_="ana", channel="dm", text="/kring"))["answer"]["message"]["id"]
    status, fault = await play.refused("POST", "api/press", {"as": "ana", "message": card, "label": "Open"})
    assert (status, "item.open:1, item.open:2" in fault["hint"]) == (409, True)

    await play.post("api/press", as_="ana", message=card, label="Open", action={"name": "item.open", "id": "2"})
    assert isinstance(event := play.door.events[-1], ButtonPressed)
    assert event.action.id == "2"


async def test_a_message_that_only_its_presser_sees_is_replaced(play: Play) -> None:
    card = await _card(play)
    play.door.does = lambda _: Replace(_said("you are in"))
    answer = (await play.post("api/press", as_="ana", message=card, label="I'm in"))["answer"]

    assert (answer["kind"], answer["message"]["id"]) == ("replace", card)
    assert [each["text"] for each in await play.messages("ana")] == ["you are in"]


async def _form(play: Play) -> str:
    play.door.does = lambda _: OpenForm(FORM)
    answer = (await play.post("api/commands", as_="ana", channel="general", text="/kring add"))["answer"]
    play.door.does = None
    assert answer["kind"] == "form"
    assert answer["form"]["fields"][3]["choices"][1] == {"value": "bo-berg", "label": "Bo Berg", "hint": ""}
    id_: str = answer["form"]["id"]
    return id_


async def test_a_form_is_filled_in_by_label_or_name(play: Play) -> None:
    form = await _form(play)
    values = {"what do you do?": " wait ", "how": "Quite", "About": ["Lessons", "y"], "who": "Bo Berg"}
    assert (await play.post("api/forms", as_="ana", form=form, values=values))["answer"] == {"kind": "nothing"}

    assert isinstance(event := play.door.events[-1], FormSent)
    assert event.action == FORM.action
    assert dict(event.values) == {"body": " wait ", "how": "2", "tags": ("x", "y"), "who": "bo-berg"}


async def test_a_form_sent_twice_is_told_so_and_happens_once(play: Play) -> None:
    form = await _form(play)
    await play.post("api/forms", as_="ana", form=form, values={"body": "x"})
    status, fault = await play.refused("POST", "api/forms", {"as": "ana", "form": form, "values": {"body": "x"}})

    assert (status, fault["error"]) == (409, "This form was sent already.")
    assert len([event for event in play.door.events if isinstance(event, FormSent)]) == 1
    assert "wait" not in str(play.drawer.documents)


async def test_a_form_with_faults_stays_open_with_what_was_filled_in(play: Play) -> None:
    form = await _form(play)
    play.door.does = lambda _: FormErrors((("body", "At least 3 characters."),))
    answer = (await play.post("api/forms", as_="ana", form=form, values={"body": "x", "tags": ["x"]}))["answer"]

    assert (answer["kind"], answer["errors"]) == ("form_errors", {"body": "At least 3 characters."})
    fields = {each["name"]: each["value"] for each in answer["form"]["fields"]}
    assert fields == {"body": "x", "how": "1", "tags": ["x"], "who": ""}
    play.door.does = None
    await play.post("api/forms", as_="ana", form=form, values={"body": "xyz"})


@pytest.mark.parametrize(
    ("values", "status", "error", "hint"),
    [
        ({"boddy": "x"}, 422, "The form has no field “boddy”.", "Did you mean body?"),
        ({"how": "Very"}, 422, "“Very” is not one of the choices.", "Did you mean Not very?"),
        ({"body": 3}, 422, "“body” must be text or a list of texts.", "Put it in quotes."),
        ({"who": "cas"}, 403, "This belongs to somebody else.", "People see only what is theirs or their space's."),
    ],
)
async def test_what_a_form_does_not_take(play: Play, values: Any, status: int, error: str, hint: str) -> None:
    form = await _form(play)
    given = await play.refused("POST", "api/forms", {"as": "ana", "form": form, "values": values})
    assert given == (status, {"error": error, "hint": hint})


# -- whose it is


async def test_nobody_sees_or_touches_what_is_anothers(play: Play) -> None:
    card, form = await _card(play), await _form(play)
    own = (await play.post("api/messages", as_="ana", channel="general", text="mine"))["message"]["id"]
    direct = (await play.post("api/messages", as_="ana", channel="dm", text="mine"))["message"]["id"]

    for method, path, body in (
        ("POST", "api/press", {"as": "bo-berg", "message": card, "label": "I'm in"}),
        ("POST", "api/select", {"as": "bo-berg", "message": card, "label": "How", "value": "a"}),
        ("POST", "api/forms", {"as": "bo-berg", "form": form, "values": {"body": "x"}}),
        ("POST", "api/reactions", {"as": "bo-berg", "message": direct, "emoji": "eyes"}),
        ("POST", "api/shortcuts", {"as": "bo-berg", "message": card, "name": "keep"}),
        ("POST", "api/messages", {"as": "bo-berg", "channel": "dm-ana", "text": "hi"}),
        ("POST", "api/messages", {"as": "cas", "channel": "school-general", "text": "hi"}),
        ("POST", "api/commands", {"as": "cas", "channel": "school-general", "text": "/kring"}),
        ("PATCH", f"api/messages/{own}", {"as": "bo-berg", "text": "yours"}),
        ("PATCH", f"api/messages/{card}", {"as": "ana", "text": "Kring's"}),
    ):
        status, fault = await play.refused(method, path, body)
        assert (status, fault["error"]) in ((403, "This belongs to somebody else."), (403, "Dit is van iemand anders."))
    for path, query in (
        (f"api/forms/{form}", {"as_": "bo-berg"}),
        ("api/messages", {"as_": "bo-berg", "channel": "dm-ana"}),
        ("api/messages", {"as_": "cas", "channel": "school-general"}),
        ("api/messages", {"as_": "bo-berg", "channel": "school-general", "thread": card}),
    ):
        status, _ = await play.refused("GET", path, **query)
        assert status == 403


# -- what is not there


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error", "hint"),
    [
        ("POST", "api/messages", {"as": "anna", "channel": "general", "text": "x"}, 404,
         "There is nobody called “anna”.", "Did you mean ana?"),
        ("POST", "api/messages", {"channel": "general", "text": "x"}, 422, "“as” is missing.", "Given: channel, text."),
        ("POST", "api/messages", {"as": "ana", "channel": "genral", "text": "x"}, 404,
         "There is no channel “genral”.", "Did you mean school-general?"),
        ("POST", "api/messages", {"as": "ana", "channel": "general", "text": "  "}, 422,
         "There is no text.", "Write something first."),
        ("POST", "api/messages", {"as": "ana", "channel": "general", "text": "x", "thread": "m99999"}, 404,
         "There is no such message.", "Messages are named by the id that the list shows."),
        ("POST", "api/commands", {"as": "ana", "channel": "general", "text": "/krign me"}, 404,
         "There is no command “/krign”.", "Did you mean /kring?"),
        ("POST", "api/forms", {"as": "ana", "form": "f9999", "values": {}}, 404,
         "There is no such form.", "A form opens as the answer to a button or command."),
        ("POST", "api/clock", {}, 422, "How far?", 'Give "hours", "to" or "next": true.'),
        ("POST", "api/clock", {"hours": -1}, 422, "“hours” must be a number above 0.", "Time only runs forward."),
        ("POST", "api/clock", {"to": "2020-01-01T00:00:00Z"}, 422, "That moment is past.",
         "Time only runs forward; it is 2026-11-23T09:00:00.000Z."),
        ("POST", "api/clock", {"to": "soon"}, 422, "That is no moment.", "Write it as 2026-12-01T09:00:00Z."),
        ("POST", "api/clock", {"hours": 99999}, 422, "That is too far at once.", "At most 400 days; go on from there."),
        ("GET", "api/nothing", None, 404, "There is nothing here.",
         "The paths are in docs/reference/playground-api.md."),
        ("PUT", "api/messages", None, 405, "This path is used in another way.",
         "See docs/reference/playground-api.md."),
        ("POST", "api/messages", [1], 400, "The body is not a JSON object.", 'Send an object, such as {"as": "anna"}.'),
    ],
)  # fmt: skip
async def test_what_is_not_there_is_said_clearly(
    play: Play, method: str, path: str, body: Any, status: int, error: str, hint: str
) -> None:
    assert await play.refused(method, path, body) == (status, {"error": error, "hint": hint})


async def test_labels_and_emoji_that_are_not_there_name_what_is(play: Play) -> None:
    card = await _card(play)
    _, fault = await play.refused("POST", "api/press", {"as": "ana", "message": card, "label": "I am in"})
    assert fault["hint"] == "Did you mean I'm in?"
    own = (await play.post("api/messages", as_="ana", channel="general", text="x"))["message"]["id"]
    _, fault = await play.refused("POST", "api/reactions", {"as": "ana", "message": own, "emoji": "bookmrk"})
    assert fault["hint"] == "Did you mean bookmark, books?"
    _, fault = await play.refused("POST", "api/shortcuts", {"as": "ana", "message": own, "name": "kep"})
    assert fault["hint"] == "Did you mean keep?"


async def test_faults_are_told_in_the_language_of_who_acts(play: Play) -> None:
    _, fault = await play.refused("POST", "api/messages", {"as": "bo-berg", "channel": "general", "text": ""})
    assert fault == {"error": "Er staat geen tekst.", "hint": "Schrijf eerst iets."}


async def test_halves_of_characters_and_broken_json_are_refused(play: Play) -> None:
    for raw in (b'{"as": "ana", "channel": "general", "text": "\\ud800"}', b"{", b"\xff\xfe", b"[" * 100_000):
        async with play.client.post(play.address + "api/messages", data=raw) as response:
            assert response.status == 400
            assert (await response.json())["hint"]


# -- time


async def test_time_passes_as_told(play: Play) -> None:
    before = play.room.now()
    told = await play.post("api/clock", hours=1.5)
    assert told == {"now": "2026-11-23T10:30:00.000Z", "next_due": None, "handled": 0}
    told = await play.post("api/clock", to="2026-11-24T09:00:00+01:00")
    assert told["now"] == "2026-11-24T08:00:00.000Z"
    play.shelf.wait("round", before.replace(day=25))
    told = await play.post("api/clock", next=True)
    assert told == {"now": "2026-11-25T09:00:00.000Z", "next_due": None, "handled": 1}
    assert (await play.post("api/clock", next=True))["handled"] == 0


async def test_the_next_thing_is_the_next_that_somebody_sees(play: Play) -> None:
    play.shelf.wait("tidy", MONDAY + timedelta(hours=18))
    play.shelf.put(Post(GENERAL, CARD), at=MONDAY + timedelta(days=2))
    play.shelf.wait("later", MONDAY + timedelta(days=3))
    told = await play.post("api/clock", next=True)
    assert (told["now"], told["handled"]) == ("2026-11-25T09:00:00.000Z", 1)
    assert len(await play.messages("ana")) == 1


async def test_settle_delivers_what_waits(play: Play) -> None:
    play.shelf.put(Post(GENERAL, CARD))
    await play.post("api/settle")
    (shown,) = await play.messages("ana")
    assert shown["author"]["kind"] == "bot"
    assert [block["kind"] for block in shown["blocks"]] == ["heading", "words", "controls"]
    assert (shown["text"], shown["summary"]) == ("A round\nWho is in?", "A round")


# -- channels and reachability


async def test_channels_open_and_close(play: Play) -> None:
    opened = await play.post("api/channels", name="#Physics", space="school")
    assert opened["channel"] == {"id": "school-physics", "name": "Physics", "space": "school", "kind": "channel"}
    await play.ask("DELETE", "api/channels/school-physics")
    status, _ = await play.refused("GET", "api/messages", as_="ana", channel="school-physics")
    assert status == 410


async def test_direct_messages_can_be_closed(play: Play) -> None:
    await play.ask("PATCH", "api/people/ana", {"direct_messages": False})
    assert play.room.people["ana"] == replace(play.room.people["ana"], direct=False)
