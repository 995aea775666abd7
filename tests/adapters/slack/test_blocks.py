"""Messages as Block Kit: all of it is there, in order, and Slack takes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.blocks import Rendered, pages, svgs, too_heavy
from bot.chat.actions import Action, unpack
from bot.chat.fit import ELLIPSIS
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
    message,
)
from bot.chat.names import Space
from bot.chat.text import Bold, Moment, Plain, plain
from tests.adapters.slack.shown import reads
from tests.bot.chat import vocabulary
from tests.fakes.slack.blockkit import faults

HERE = Space("slack", "T1HERE")


def one(*blocks: Any, summary: str = "", private: bool = False, **pictures: str) -> Rendered:
    [page] = pages(message(*blocks, summary=summary), space=HERE, private=private, pictures=pictures)
    assert faults(page.blocks) == []
    return page


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}


def rich(*elements: Any, kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def test_every_kind_of_block() -> None:
    page = one(
        Heading("A round :tada:"),
        Words((Plain("Two\nlines"),)),
        Words((Plain("Said so"),), quote=True),
        Facts((("closes", (Moment(datetime(2026, 11, 25, 10, 0, tzinfo=UTC), "time"),)), ("where", plain("here")))),
        Note(plain("Takes 5 minutes.")),
        Divider(),
    )  # fmt: skip
    bold = {"bold": True}
    moment = {
        "type": "date",
        "timestamp": 1795600800,
        "format": "\u200b{time}",
        "fallback": "2026-11-25 10:00 UTC",
    }
    assert page.blocks == [
        {"type": "header", "text": text("A round :tada:")},
        rich({"type": "text", "text": "Two\nlines"}),
        rich({"type": "text", "text": "Said so"}, kind="rich_text_quote"),
        rich(
            {"type": "text", "text": "closes", "style": bold},
            {"type": "text", "text": ": "},
            moment,
            {"type": "text", "text": "\n"},
            {"type": "text", "text": "where", "style": bold},
            {"type": "text", "text": ": "},
            {"type": "text", "text": "here"},
        ),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Takes 5 minutes.", "verbatim": True}]},
        {"type": "divider"},
    ]


def test_buttons_carry_their_action() -> None:
    [row] = one(
        Controls(
            (
                Button("I'll speak", Action("round.join", "r1"), style="primary"),
                Button("Drop it", Action("k.drop", "i1"), style="danger", confirm="Erased. Go on?", deny="Never mind"),
                LinkButton("Open", "https://example.org"),
            )
        )
    ).blocks
    speak, drop, link = row["elements"]
    assert row["type"] == "actions"
    assert speak == {"type": "button", "text": text("I'll speak"), "action_id": "round.join:r1", "style": "primary"}
    assert drop["confirm"] == {
        "title": text("Drop it"),
        "text": text("Erased. Go on?"),
        "confirm": text("Drop it"),
        "deny": text("Never mind"),
        "style": "danger",
    }
    assert link == {"type": "button", "text": text("Open"), "url": "https://example.org"}


def test_a_select_stands_beside_its_label() -> None:
    choices = (Choice("nl", "Nederlands", "Dutch"), Choice("en", "English"))
    [block] = one(Controls((Select("Language", Action("me.language"), choices, chosen=("nl",)),))).blocks
    dutch = {"text": text("Nederlands"), "value": "nl", "description": text("Dutch")}
    assert block["text"] == text("Language")
    assert block["accessory"] == {
        "type": "static_select",
        "action_id": "me.language:",
        "options": [dutch, {"text": text("English"), "value": "en"}],
        "initial_option": dutch,
    }


def test_several_may_be_chosen() -> None:
    choices = tuple(Choice(str(n), f"choice {n}") for n in range(4))
    [block] = one(Controls((Select("Days", Action("d"), choices, most=9, chosen=("1", "3", "gone")),))).blocks
    assert block["accessory"]["type"] == "multi_static_select"
    assert block["accessory"]["max_selected_items"] == 4
    assert [each["value"] for each in block["accessory"]["initial_options"]] == ["1", "3"]


def test_a_long_list_is_grouped_and_none_is_lost() -> None:
    choices = tuple(Choice(str(n), f"no {n}") for n in range(130))
    [block] = one(Controls((Select("Which?", Action("d"), choices, chosen=("129",)),))).blocks
    groups = block["accessory"]["option_groups"]
    assert [len(group["options"]) for group in groups] == [100, 30]
    assert [group["label"]["text"] for group in groups] == ["no 0 – no 99", "no 100 – no 129"]
    assert block["accessory"]["initial_option"]["value"] == "129"


def test_a_select_of_nothing_is_its_label() -> None:
    assert one(Controls((Select("Which?", Action("d"), ()),))).blocks == [{"type": "section", "text": text("Which?")}]


def test_buttons_and_selects_take_turns() -> None:
    yes, no = Button("Yes", Action("yes")), Button("No", Action("no"))
    pick = Select("Which?", Action("pick"), (Choice("1", "one"),))
    kinds = [block["type"] for block in one(Controls((yes, no, pick, yes, yes))).blocks]
    assert kinds == ["actions", "section", "actions", "actions"]


def test_a_picture_is_shown_or_told() -> None:
    drawn = Picture("<svg/>", "Five spoke, two listened.")
    told = rich({"type": "text", "text": "Five spoke, two listened."})
    assert one(drawn).blocks == [told]
    shown = one(drawn, **{"<svg/>": "F123ABC"}).blocks
    assert shown == [{"type": "image", "slack_file": {"id": "F123ABC"}, "alt_text": "Five spoke, two listened."}]
    assert svgs(message(drawn, Heading("x"), drawn, Picture("<svg></svg>", "b"))) == (
        drawn,
        Picture("<svg></svg>", "b"),
    )


@pytest.mark.parametrize("empty", [Words(()), Words((Plain(""),)), Note(()), Facts(()), Heading(" "), Heading("")])
def test_what_says_nothing_is_not_sent(empty: Any) -> None:
    assert one(empty, Words(plain("x"))).blocks == [rich({"type": "text", "text": "x"})]
    assert one(empty) == Rendered([], "Kring")


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("<!channel> & co", "&lt;!channel&gt; &amp; co"),
        ("", "A heading"),
        ("x" * 5000, "x" * 3999 + ELLIPSIS),
        ("&" * 4000, "&amp;" * 799 + ELLIPSIS),
    ],
)
def test_the_text_beside_the_blocks(summary: str, expected: str) -> None:
    assert one(Heading("A heading"), summary=summary).text == expected


def test_a_long_message_goes_on_in_further_ones() -> None:
    lines = [f"{n} " + "word " * 500 for n in range(12)]
    shown = pages(Message(tuple(Words(plain(line)) for line in lines), "In short"), space=HERE, private=False)
    assert len(shown) > 2
    assert shown[0].text == "In short"
    assert shown[1].text.startswith(shown[1].blocks[0]["elements"][0]["elements"][0]["text"][:20])
    assert "\n".join(reads(page.blocks) for page in shown) == "\n".join(lines)


def test_a_page_that_says_nothing_is_not_sent() -> None:
    whole = Message((*(Words(plain("x")) for _ in range(limits.MESSAGE_BLOCKS)), Words(()), Note(())))
    [page] = pages(whole, space=HERE, private=False)
    assert len(page.blocks) == limits.MESSAGE_BLOCKS


def test_a_heading_stays_with_its_words_and_buttons_with_theirs() -> None:
    topic = (Heading("A topic"), Words(plain("w" * 2500)), Controls((Button("Yes", Action("y")),)))
    for page in pages(Message(topic * 12), space=HERE, private=False):
        assert [block["type"] for block in page.blocks] == ["header", "rich_text", "actions"] * (len(page.blocks) // 3)


@pytest.mark.parametrize("heavy", ["&" * 3000, "👩‍🏫" * 1000, "ي" * 9000, '"' * 9000, "\n" * 3000], ids=ascii)
def test_words_that_weigh_more_than_they_look_are_split(heavy: str) -> None:
    whole = message(Words((Plain(heavy),)), Words((Bold(heavy),)))
    shown = pages(whole, space=HERE, private=False)
    assert not [fault for page in shown for fault in faults(page.blocks)]
    assert not any(too_heavy(page.blocks) for page in shown)
    assert "".join(reads(page.blocks) for page in shown).count(heavy[0]) >= heavy.count(heavy[0]) * 2


@given(vocabulary.messages, st.booleans())
@settings(deadline=None, max_examples=150)
def test_slack_takes_every_message(whole: Message, private: bool) -> None:
    for page in pages(whole, space=vocabulary.SPACE, private=private, pictures={"<svg/>": "F123ABC"}):
        assert faults(page.blocks) == []
        assert 0 < len(page.text) <= limits.TEXT


@given(st.lists(vocabulary.sentences.filter(lambda line: line.strip()), min_size=1, max_size=9))
@settings(deadline=None, max_examples=100)
def test_every_word_is_there_in_order(lines: list[str]) -> None:
    whole = message(*(Words((Plain(line),)) for line in lines))
    shown = [page.blocks for page in pages(whole, space=HERE, private=False)]
    assert "".join(reads([block]) for blocks in shown for block in blocks) == "".join(lines)


@given(vocabulary.messages)
@settings(deadline=None, max_examples=60)
def test_every_button_and_choice_is_there_in_order(whole: Message) -> None:
    drawn = [block for page in pages(whole, space=HERE, private=True) for block in page.blocks]
    pressed = [unpack(each["action_id"]) for each in _elements(drawn) if "action_id" in each]
    buttons = [each for block in whole.blocks if isinstance(block, Controls) for each in block.controls]
    assert [each.action for each in buttons if isinstance(each, Button)] == [
        each for each in pressed if each.name != "a.c"
    ]
    offered = [each["value"] for block in drawn for each in _options(block.get("accessory", {}))]
    assert offered == [each.value for one_ in buttons if isinstance(one_, Select) for each in one_.choices]


def _elements(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for block in drawn if block["type"] == "actions" for each in block["elements"]]


def _options(element: dict[str, Any]) -> list[dict[str, Any]]:
    grouped = [each for group in element.get("option_groups", ()) for each in group["options"]]
    return [*element.get("options", ()), *grouped]
