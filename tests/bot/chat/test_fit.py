"""`fit` against the limits of every platform: all of it fits, and nothing is lost without a trace."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.actions import Action
from bot.chat.answers import FormErrors, Tell
from bot.chat.capabilities import DISCORD, PLAYGROUND, SLACK, Capabilities
from bot.chat.fit import ELLIPSIS, cut, fit, fit_answer, fit_form, split
from bot.chat.forms import ChoiceField, Form, TextField
from bot.chat.messages import (
    Block,
    Button,
    Choice,
    Controls,
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
from bot.chat.text import Bold, Plain, words
from tests.bot.chat import vocabulary

ALL = pytest.mark.parametrize("platform", [SLACK, DISCORD, PLAYGROUND], ids=["slack", "discord", "playground"])


def _check_block(block: Block, platform: Capabilities) -> None:
    match block:
        case Heading():
            assert len(block.text) <= platform.heading
        case Words() | Note():
            assert len(words(block.text)) <= platform.words
        case Facts():
            assert all(len(label) + len(words(value)) + 2 <= platform.words for label, value in block.rows)
        case Controls():
            assert len(block.controls) <= platform.controls
            for control in block.controls:
                if isinstance(control, Select):
                    assert len(block.controls) == 1 or not platform.selects_apart
                    assert len(control.label) <= platform.select
                    assert len(control.choices) <= platform.choices
                    assert all(len(each.label) <= platform.choice for each in control.choices)
                else:
                    assert len(control.label) <= platform.button
            actions = [each.action for each in block.controls if not isinstance(each, LinkButton)]
            assert len(set(actions)) == len(actions), "the buttons of a row can be told apart"
        case Picture():
            assert len(block.alt) <= platform.picture
        case _:
            pass


def _parts(block: Block, platform: Capabilities) -> int:
    return 1 + len(block.controls) if platform.controls_count and isinstance(block, Controls) else 1


@ALL
@given(whole=vocabulary.messages)
@settings(max_examples=60, deadline=None)
def test_every_page_fits(platform: Capabilities, whole: Message) -> None:
    for page in fit(whole, platform):
        assert sum(_parts(block, platform) for block in page.blocks) <= platform.blocks or len(page.blocks) == 1
        assert sum(_visible(block) for block in page.blocks) <= platform.total_text
        for block in page.blocks:
            _check_block(block, platform)


def _visible(block: Block) -> int:
    match block:
        case Heading():
            return len(block.text)
        case Words() | Note():
            return len(words(block.text))
        case Facts():
            return sum(len(label) + len(words(value)) for label, value in block.rows)
        case _:
            return 0


@ALL
@given(whole=vocabulary.messages)
@settings(max_examples=60, deadline=None)
def test_no_block_choice_or_control_is_lost(platform: Capabilities, whole: Message) -> None:
    pages = fit(whole, platform)
    before = [c for b in whole.blocks if isinstance(b, Controls) for c in b.controls]
    after = [c for p in pages for b in p.blocks if isinstance(b, Controls) for c in b.controls]
    assert [c.action for c in before if isinstance(c, Button)] == [c.action for c in after if isinstance(c, Button)]
    assert [x.value for c in before if isinstance(c, Select) for x in c.choices] == [
        x.value for c in after if isinstance(c, Select) for x in c.choices
    ]


@ALL
@given(st.lists(vocabulary.sentences, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_plain_words_are_all_there_and_in_order(platform: Capabilities, lines: list[str]) -> None:
    whole = message(*(Words((Plain(line),)) for line in lines))
    shown = "".join(words(b.text) for page in fit(whole, platform) for b in page.blocks if isinstance(b, Words))
    assert shown == "".join(lines)


@given(vocabulary.texts, st.integers(20, 200))
@settings(max_examples=100, deadline=None)
def test_split_keeps_the_plain_words_and_marks_every_cut(text: tuple, most: int) -> None:  # type: ignore[type-arg]
    parts = split(text, most)
    assert all(len(words(part)) <= most for part in parts)
    joined = "".join(words(part) for part in parts)
    assert joined == words(text) or ELLIPSIS in joined


def test_a_paragraph_is_split_between_words() -> None:
    first, second = split((Plain("one two three four"),), 10)
    assert (words(first), words(second)) == ("one two ", "three four")


def test_many_facts_become_several_lists() -> None:
    rows = tuple((f"label {n}", (Plain("x" * 1000),)) for n in range(9))
    blocks = [block for page in fit(message(Facts(rows)), DISCORD) for block in page.blocks]
    assert len(blocks) == 3
    assert [row for block in blocks if isinstance(block, Facts) for row in block.rows] == list(rows)


def test_a_long_picture_s_words_go_on_below() -> None:
    [page] = fit(message(Picture("<svg/>", "p" * 2500)), SLACK)
    picture, rest = page.blocks
    assert picture == Picture("<svg/>", "p" * 1999 + ELLIPSIS)
    assert rest == Words((Plain(ELLIPSIS + "p" * 501),))


def test_selects_and_buttons_stand_in_rows_of_their_own() -> None:
    yes, no = Button("Yes", Action("yes")), Button("No", Action("no"))
    pick = Select("Which?", Action("pick"), (Choice("1", "one"),))
    [page] = fit(message(Controls((yes, no, pick, yes, yes))), SLACK)
    assert page.blocks == (Controls((yes, no)), Controls((pick,)), Controls((yes,)), Controls((yes,)))


def test_selects_stand_beside_buttons_where_they_can() -> None:
    row = Controls((Select("Which?", Action("pick"), (Choice("1", "one"),)), Button("Yes", Action("yes"))))
    assert fit(message(row), PLAYGROUND) == (message(row),)


def test_a_row_of_buttons_is_one_part_where_controls_are_not_counted() -> None:
    hit = (Words((Plain("found"),)), Controls(tuple(Button(f"{n}", Action(f"a{n}")) for n in range(3))))
    assert len(fit(Message(hit * 25), SLACK)) == 1
    assert len(fit(Message(hit * 25), DISCORD)) > 1


def test_a_long_phrase_in_bold_is_split_like_any_other() -> None:
    first, second = split((Bold("one two three four"),), 10)
    assert (first, second) == ((Bold("one two "),), (Bold("three four"),))


def test_a_long_heading_goes_on_below() -> None:
    [page] = fit(message(Heading("h" * 200)), SLACK)
    heading, rest = page.blocks
    assert heading == Heading("h" * 149 + ELLIPSIS)
    assert rest == Words((Plain(ELLIPSIS + "h" * 51),))


def test_a_heading_stays_with_its_words_and_buttons_with_theirs() -> None:
    topic = (Heading("A topic"), Words((Plain("w" * 900),)), Controls((Button("Yes", Action("y")),)))
    for page in fit(Message(topic * 30), DISCORD):
        assert page.blocks == topic * (len(page.blocks) // 3)


def test_a_heading_is_never_left_alone() -> None:
    rows = [Controls(tuple(Button("b", Action(f"a{row}.{n}")) for n in range(5))) for row in range(7)]
    first, second = fit(message(Heading("A topic"), Words((Plain("w"),)), *rows), DISCORD)
    assert [block.kind for block in first.blocks] == ["heading", "words", *["controls"] * 6]
    assert second.blocks == (rows[-1],)


def test_the_summary_stays_with_the_first_message() -> None:
    long = Message(tuple(Words((Plain("x" * 3000),)) for _ in range(4)), summary="short")
    pages = fit(long, DISCORD)
    assert len(pages) > 1
    assert [page.summary for page in pages] == ["short", *[""] * (len(pages) - 1)]


def test_a_long_form_becomes_steps() -> None:
    form = Form(
        Action("a"),
        "A title that is rather longer than Slack shows",
        tuple(TextField(f"f{n}", "Label " * 20) for n in range(7)),
        "Send",
    )
    first, second = fit_form(form, DISCORD)
    assert (len(first.fields), len(second.fields)) == (5, 2)
    assert all(len(each.label) <= 45 for each in first.fields)
    [whole] = fit_form(form, SLACK)
    assert whole.title == "A title that is rather …"
    choice = Form(Action("a"), "t", (ChoiceField("c", "l", (Choice("v", "x" * 200),)),), "Send")
    [field] = fit_form(choice, SLACK)[0].fields
    assert isinstance(field, ChoiceField)
    assert len(field.choices[0].label) == 75


def test_errors_are_told_where_they_cannot_stand_beside_a_field() -> None:
    form = Form(Action("a"), "t", (TextField("name", "Your name"),), "Send")
    errors = FormErrors((("name", "Please fill this in."),))
    assert fit_answer(errors, form, SLACK) is errors
    assert fit_answer(errors, form, DISCORD) == Tell(
        message(Words((Bold("Your name"), Plain(": Please fill this in."))))
    )


def test_cut_says_that_it_cut() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"


@pytest.mark.parametrize("capability", [field.name for field in fields(Capabilities)])
def test_every_capability_is_used(capability: str) -> None:
    """A smaller limit of each kind changes what comes out of a message or form that is near it."""
    roomy = replace(PLAYGROUND, form_fields=9, blocks=13)
    value = getattr(roomy, capability)
    tight = replace(roomy, **{capability: not value if isinstance(value, bool) else 4})
    select = Select("Choose", Action("s"), tuple(Choice(str(n), "a choice") for n in range(9)))
    row = Controls((*(Button("A button", Action(f"b{n}")) for n in range(5)), select))
    drawn = Picture("<svg/>", "A drawing")
    whole = message(
        Heading("A heading"), Words((Plain("Some words here"),)), drawn, row, *[Words((Plain("more"),))] * 4
    )
    form = Form(Action("f"), "A title", tuple(TextField(f"f{n}", "A label") for n in range(8)), "Send")
    errors = FormErrors((("f1", "no"),))

    def all_of(platform: Capabilities) -> object:
        return fit(whole, platform), fit_form(form, platform), fit_answer(errors, form, platform)

    assert all_of(roomy) != all_of(tight)
