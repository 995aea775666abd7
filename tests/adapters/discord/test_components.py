"""Messages as components: Discord takes them, every word is there, and each control says what it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.components import Rendered, pages, with_row
from adapters.discord.controls import Chosen, Declined, Opened, Pressed, opener, used
from adapters.discord.custom_ids import CustomId, unpack
from bot.chat.actions import Action
from bot.chat.messages import (
    Button,
    Choice,
    Controls,
    Divider,
    Facts,
    Heading,
    LinkButton,
    Message,
    Note,
    Picture,
    Select,
    Words,
    buttons,
    message,
)
from bot.chat.names import Account, Space
from bot.chat.text import PersonName, Plain, plain
from bot.features import gather
from tests.adapters.discord.shown import nodes, reads
from tests.bot.chat import vocabulary
from tests.fakes.discord.component_checks import message_faults
from tests.fakes.discord.component_tables import every

HERE = Space("discord", "111111111111111111")
ANNA = Account(HERE, "333333333333333333")
JOIN, LEAVE = Action("round.join", "r1"), Action("round.leave", "r1")


def one(made: Message, *, private: bool = True, pictures: bool = True) -> Rendered:
    [page] = pages(made, space=HERE, private=private, pictures=pictures)
    assert faults(page) == {}
    return page


def faults(page: Rendered) -> dict[str, Any]:
    return message_faults(page.body(), files=[each.filename for each in page.drawings])


def controls(page: Rendered) -> list[dict[str, Any]]:
    return [each for row in page.components if row["type"] == 1 for each in row["components"]]


def pressed(control: dict[str, Any], *values: str) -> Any:
    return used({"custom_id": control["custom_id"], "component_type": control["type"], "values": list(values)})


def test_each_block_has_its_component() -> None:
    page = one(
        message(
            Heading("A round\nof ours"),
            Words(plain("What *helped*?\nAnd why?"), quote=True),
            Facts((("closes", plain("soon")), ("", plain("said")))),
            Divider(),
            Note(plain("Two minutes.\n\nOnly you see this.")),
        )
    )
    assert page.components == [
        {"type": 10, "content": "## A round of ours"},
        {"type": 10, "content": "> What \\*helped\\*?\n> And why?"},
        {"type": 10, "content": "**closes**: soon\nsaid"},
        {"type": 14, "divider": True, "spacing": 1},
        {"type": 10, "content": "-# Two minutes.\n\n-# Only you see this."},
    ]


def test_a_message_has_no_content_and_mentions_only_whom_it_names() -> None:
    page = one(
        message(Words((PersonName("Anna", ANNA, notify=True), Plain(", @everyone"))), summary="Hi"), private=False
    )
    body = page.body()
    assert "content" not in body
    assert body["flags"] == 32768
    assert body["allowed_mentions"] == {"parse": [], "users": [ANNA.id]}
    assert body["attachments"] == []


def test_a_picture_comes_along_or_is_told() -> None:
    chart = Picture("<svg/>", "Three of five said yes.")
    page = one(message(chart, Words(plain("x")), chart))
    [drawing] = page.drawings
    assert drawing.svg == "<svg/>"
    assert page.components[0]["items"] == [
        {"media": {"url": f"attachment://{drawing.filename}"}, "description": "Three of five said yes."}
    ]
    assert page.body()["attachments"] == [
        {"id": 0, "filename": drawing.filename, "description": "Three of five said yes."}
    ]
    told = one(message(chart), pictures=False)
    assert told.drawings == ()
    assert reads(told.components) == "Three of five said yes."


def test_buttons() -> None:
    page = one(
        message(
            buttons(
                Button("I'm in", JOIN, style="primary"),
                Button("Leave", LEAVE, style="danger"),
                Button("What is this?", Action("round.what", "r1")),
                LinkButton("The page", "https://example.org"),
            )
        )
    )
    assert controls(page) == [
        {"type": 2, "style": 1, "label": "I'm in", "custom_id": "round.join:r1"},
        {"type": 2, "style": 4, "label": "Leave", "custom_id": "round.leave:r1"},
        {"type": 2, "style": 2, "label": "What is this?", "custom_id": "round.what:r1"},
        {"type": 2, "style": 5, "label": "The page", "url": "https://example.org"},
    ]
    assert pressed(controls(page)[0]) == Pressed(JOIN)


def test_a_link_that_no_button_takes_stands_in_the_text() -> None:
    far = "https://example.org/" + "x" * 600
    page = one(message(buttons(LinkButton("The page", far), LinkButton("Mail", "mailto:a@example.org"))))
    assert controls(page) == []
    assert reads(page.components) == "The page\nMail mailto:a@example.org"


def test_what_asks_first_is_a_list_of_two() -> None:
    asking = Button("Drop it", LEAVE, style="danger", confirm="The draft is erased. Go on?", deny="Never mind")
    page = one(message(buttons(Button("Look", JOIN), asking, Button("Later", Action("a.b")))))
    rows = [[each.get("label") or each["placeholder"] for each in row["components"]] for row in page.components]
    assert rows == [["Look"], ["Drop it"], ["Later"]]
    listed = controls(page)[1]
    assert listed["options"] == [
        {"label": "Drop it", "value": "yes", "description": "The draft is erased. Go on?"},
        {"label": "Never mind", "value": "no"},
    ]
    assert pressed(listed, "yes") == Pressed(LEAVE)
    assert pressed(listed, "no") == Declined(LEAVE)
    assert pressed(listed) == Declined(LEAVE)


def test_a_long_question_stands_above_in_full() -> None:
    question = "Is that so? " * 12
    page = one(message(buttons(Button("Drop it", LEAVE, confirm=question, deny="No"))))
    assert question.strip() in reads(page.components)


def test_a_select_says_what_it_is_for() -> None:
    two = (Choice("en", "English"), Choice("nl", "Nederlands", "Dutch"))
    page = one(message(buttons(Select("Language", Action("me.language"), two))))
    [select] = controls(page)
    assert select == {
        "type": 3,
        "custom_id": "me.language:",
        "placeholder": "Language",
        "options": [
            {"label": "English", "value": "en"},
            {"label": "Nederlands", "value": "nl", "description": "Dutch"},
        ],
    }
    assert pressed(select, "nl") == Chosen(Action("me.language"), ("nl",))


def test_a_select_in_which_something_is_chosen_has_its_label_above() -> None:
    two = (Choice("a", "A"), Choice("b", "B"))
    page = one(message(buttons(Select("Which", JOIN, two, most=5, chosen=("b", "gone")))))
    assert page.components[0] == {"type": 10, "content": "Which"}
    [select] = controls(page)
    assert (select["min_values"], select["max_values"]) == (0, 2)
    assert [each.get("default", False) for each in select["options"]] == [False, True]


def test_a_select_of_nothing_is_its_label() -> None:
    assert one(message(buttons(Select("Choose a round", JOIN, ())))).components == [
        {"type": 10, "content": "Choose a round"}
    ]


def test_alike_controls_differ_and_say_the_same() -> None:
    long = Action("round.join", "x" * 89)
    assert len(long.pack()) == limits.CUSTOM_ID
    page = one(
        message(*(buttons(Button("I'm in", long)) for _ in range(5)), buttons(Select("Or", long, (Choice("a", "A"),))))
    )
    ids = [each["custom_id"] for each in controls(page)]
    assert len(set(ids)) == 6
    assert {len(each) for each in ids} == {limits.CUSTOM_ID}
    assert [pressed(each) for each in controls(page)[:5]] == [Pressed(long)] * 5
    assert pressed(controls(page)[5], "a") == Chosen(long, ("a",))


def test_no_action_of_ours_has_a_letter_that_means_something_else() -> None:
    tables = gather().tables
    names = {name for table in ("buttons", "choices", "forms") for name in tables[table]}
    assert len(names) > 100
    for name in names:
        for use in ("press", "ask", "step", "open", "again"):
            for number in (0, 63):
                id_ = CustomId(Action(name, "a:b\nc"), use, number)  # type: ignore[arg-type]
                assert unpack(id_.pack()) == id_


@pytest.mark.parametrize("foreign", ["", "hello", ":", "Ā", None])
def test_what_is_none_of_ours_is_nothing(foreign: Any) -> None:
    assert used({"custom_id": foreign or "", "component_type": 2}) is None
    for use in ("step", "again"):  # those are of modals
        assert used({"custom_id": CustomId(JOIN, use).pack(), "component_type": 2}) is None


def test_there_is_an_end_to_what_is_alike() -> None:
    with pytest.raises(ValueError, match="64th"):
        CustomId(JOIN, "press", 64).pack()


def test_a_row_more() -> None:
    page = with_row(one(message(Words(plain("More to come.")))), opener("Next", JOIN, 1))
    assert faults(page) == {}
    assert pressed(controls(page)[0]) == Opened(JOIN, 1)


def test_a_message_of_nothing_says_its_gist() -> None:
    assert reads(one(message(Words(()), summary="A round")).components) == "A round"
    assert reads(one(message(Words(plain(" ")))).components) == "Kring"


@pytest.mark.parametrize("text", ["*" * 4000, "**_`" * 3000, "a\n" * 4000, "<@1> " * 900, "x" * 4000, "- \n" * 1500])
@pytest.mark.parametrize("quote", [True, False])
def test_words_that_grow_when_they_are_escaped_are_parted(text: str, quote: bool) -> None:
    shown = pages(message(Words(plain(text), quote=quote)), space=HERE, private=True)
    assert [faults(each) for each in shown] == [{}] * len(shown)
    assert _bare("".join(reads(each.components) for each in shown)) == _bare(text)


@given(st.one_of(st.text(max_size=40), st.text("ab1 \n\\*_~`|<>[]()@#:.-+/", max_size=40)))
def test_a_sign_before_each_line_is_all_the_markup_there_is(text: str) -> None:
    for block, sign in (
        (Heading(text), "heading"),
        (Words(plain(text), quote=True), "quote"),
        (Note(plain(text)), "small"),
    ):
        for page in pages(message(block, summary="x"), space=HERE, private=True):
            found = nodes(page.components[0]["content"])
            assert {kind for kind, _ in found} <= {"words", sign}
            assert _bare("".join(each for _, each in found)) in (_bare(text), "x")


@pytest.mark.parametrize("count", [90, 150, 900])
def test_people_whose_mention_is_longer_than_their_name(count: int) -> None:
    people = [Account(HERE, str(10**18 + n)) for n in range(count)]
    shown = pages(
        message(Words(tuple(PersonName("x", each, notify=True) for each in people))), space=HERE, private=False
    )
    assert [faults(each) for each in shown] == [{}] * len(shown)
    assert [id_ for page in shown for id_ in page.mentions] == [each.id for each in people]


@given(vocabulary.messages, st.booleans(), st.booleans())
@settings(deadline=None, max_examples=150)
def test_discord_takes_any_message(made: Message, private: bool, pictures: bool) -> None:
    shown = pages(made, space=HERE, private=private, pictures=pictures)
    assert [faults(each) for each in shown] == [{}] * len(shown)
    for page in shown:
        for each, _ in every(page.body()["components"]):
            if "custom_id" in each:
                assert used({"custom_id": each["custom_id"], "component_type": each["type"]}) is not None


@given(st.lists(vocabulary.blocks, min_size=1, max_size=8).map(tuple))
@settings(deadline=None, max_examples=100)
def test_every_word_is_there(blocks: tuple[Any, ...]) -> None:
    shown = pages(Message(blocks), space=HERE, private=False, pictures=False)
    read = _bare("".join(reads(page.components) for page in shown))
    for block in blocks:
        match block:
            case Words(text=text) | Note(text=text):
                for span in text:
                    if isinstance(span, Plain):
                        for word in span.text.split():
                            assert _bare(word)[:90] in read
            case Heading(text=text):
                assert _bare(text[:200]) in read
            case Controls(controls=all_):
                for each in all_:
                    if isinstance(each, Button) and each.label.strip():
                        assert _bare(each.label[:60]) in read
            case _:
                pass


def _bare(text: str) -> str:
    return "".join(text.split())
