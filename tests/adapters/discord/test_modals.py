"""Forms as modals: every field is there, Discord takes it, and what was filled in comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.fields import fields_of, filled, sent_parts, whole
from adapters.discord.modals import modals
from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Field, Form, PersonField, TextField
from bot.chat.messages import Choice
from bot.chat.names import Channel, Space
from bot.chat.text import ChannelName, Code, Plain, Text, plain
from tests.adapters.discord.shown import reads
from tests.adapters.discord.untouched import untouched
from tests.bot.chat import vocabulary
from tests.fakes.discord.modal_checks import modal_faults

HERE = Space("discord", "111111111111111111")
ANNA, BRAM = "333333333333333333", "444444444444444444"
FEW = tuple(Choice(str(n), f"choice {n}") for n in range(3))
MANY = tuple(Choice(str(n), f"choice {n}") for n in range(60))
ACTION = Action("round.answer", "r1")


def steps_of(*fields: Field, title: str = "A form", intro: Text | str = "") -> tuple[dict[str, Any], ...]:
    form = Form(ACTION, title, fields, "Save", plain(intro) if isinstance(intro, str) and intro else intro or ())
    steps = modals(form, space=HERE)
    assert [modal_faults(step) for step in steps] == [{}] * len(steps)
    return steps


def modal_of(*fields: Field, **more: Any) -> dict[str, Any]:
    [step] = steps_of(*fields, **more)
    return step


def element(field: Field) -> dict[str, Any]:
    [top] = modal_of(field)["components"]
    made: dict[str, Any] = top["component"]
    return made


def test_a_form() -> None:
    field = TextField("words", "Your words", hint="A tip.", most=2500)
    assert modal_of(field, intro="*What* helped?") == {
        "custom_id": "round.answer:r1",
        "title": "A form",
        "components": [
            {"type": 10, "content": "\\*What\\* helped?"},
            {
                "type": 18,
                "label": "Your words",
                "description": "A tip.",
                "component": {"type": 4, "style": 1, "custom_id": "words", "max_length": 2500, "required": True},
            },
        ],
    }


def test_a_long_title_stands_above_in_full() -> None:
    modal = modal_of(TextField("a", "A"), title="Everything that we want to keep of this long round", intro="So?")
    assert modal["title"] == "Everything that we want to keep of this long…"
    assert reads(modal["components"][:1]) == "Everything that we want to keep of this long round\nSo?"


def test_a_text_with_its_bounds() -> None:
    made = element(TextField("a", "A", value="as before", multiline=True, least=5, most=600))
    assert made == {
        "type": 4,
        "style": 2,
        "custom_id": "a",
        "min_length": 5,
        "max_length": 600,
        "required": True,
        "value": "as before",
    }


def test_a_text_that_became_too_long_or_too_short_can_still_be_put_in_other_words() -> None:
    assert element(TextField("a", "A", value="x" * 700, most=600))["max_length"] == 700
    assert "min_length" not in element(TextField("a", "A", value="x", least=5))


def test_a_text_longer_than_an_input_goes_on_in_the_next() -> None:
    value = "a word " * 1000
    modal = modal_of(TextField("words", "Your words", value=value, most=7000))
    assert [each for each, _ in fields_of(modal)] == ["words/1", "words/2"]
    assert [top["label"] for top in modal["components"]] == ["Your words", "Your words (2/2)"]
    assert [each["required"] for _, each in fields_of(modal)] == [True, False]
    assert dict(whole(sent_parts(untouched(modal)))) == {"words": value}


@pytest.mark.parametrize(
    ("field", "kind", "needed"),
    [
        (ChoiceField("a", "A", FEW), 21, True),
        (ChoiceField("a", "A", FEW[:1]), 3, True),  # a single radio button is none
        (ChoiceField("a", "A", FEW, required=False), 3, False),
        (ChoiceField("a", "A", MANY[:20]), 3, True),
        (ChecksField("a", "A", FEW), 22, False),
        (ChecksField("a", "A", FEW, least=1), 22, True),
        (ChecksField("a", "A", MANY[:20], most=5), 3, False),
        (PersonField("a", "A"), 5, True),
        (PersonField("a", "A", required=False, value=ANNA), 5, False),
    ],
)
def test_each_field_has_its_element(field: Field, kind: int, needed: bool) -> None:
    made = element(field)
    assert (made["type"], made["required"]) == (kind, needed)


def test_checks_have_their_bounds() -> None:
    made = element(ChecksField("a", "A", FEW, least=1, most=2, value=("0", "1", "2", "gone")))
    assert (made["min_values"], made["max_values"]) == (1, 2)
    assert [each["value"] for each in made["options"] if each.get("default")] == ["0", "1"]


def test_a_list_longer_than_one_can_be_goes_on_in_the_next() -> None:
    modal = modal_of(ChoiceField("one", "One", MANY, value="30"))
    assert [each for each, _ in fields_of(modal)] == ["one|1", "one|2*", "one|3"]
    assert [top["label"] for top in modal["components"]] == ["One", "One (2/3)", "One (3/3)"]
    sent = sent_parts(untouched(modal))
    assert dict(whole(sent)) == {"one": "30"}
    assert dict(whole((dict(sent) | {"one|3": "55"}).items())) == {"one": "55"}
    modal = modal_of(ChecksField("all", "All", MANY, value=("3", "30", "59")))
    assert dict(whole(sent_parts(untouched(modal)))) == {"all": ("3", "30", "59")}


def test_a_choice_of_nothing_is_its_label() -> None:
    assert modal_of(ChoiceField("a", "*Which*", ()))["components"] == [{"type": 10, "content": "\\*Which\\*"}]


def test_a_form_of_nothing_can_be_sent() -> None:
    assert modal_of()["components"] == [{"type": 10, "content": "…"}]


def test_a_long_hint_stands_above() -> None:
    modal = modal_of(TextField("a", "A", hint="word " * 40))
    assert [top["type"] for top in modal["components"]] == [10, 18]
    assert "word word" in modal["components"][0]["content"]


# -- more than fits


def test_a_longer_form_goes_in_steps() -> None:
    fields = [TextField(f"f{n}", f"Field {n}", value=str(n)) for n in range(12)]
    steps = steps_of(*fields, intro="Take your time.")
    assert [step["title"] for step in steps] == ["A form (1/3)", "A form (2/3)", "A form (3/3)"]
    assert len({step["custom_id"] for step in steps}) == 3
    assert [len(step["components"]) for step in steps] == [5, 5, 3]
    parts = [part for step in steps for part in sent_parts(untouched(step))]
    assert dict(whole(parts)) == {field.name: field.value for field in fields}


def test_an_intro_for_which_there_is_no_place_stands_beside_the_first_field() -> None:
    five = [TextField(f"f{n}", f"Field {n}") for n in range(5)]
    where = ChannelName(Channel(HERE, "555555555555555555"), "home")
    modal = modal_of(*five, intro=(Plain("In "), where, Plain(". Else "), Code("/kring me")))
    assert modal["components"][0]["description"] == "In #home. Else /kring me card"
    hinted = replace(five[0], hint="A tip.")
    assert len(steps_of(hinted, *five[1:], intro="In home.")) == 2
    assert len(steps_of(*five, intro="word " * 30)) == 2


# -- filled in


def test_what_was_filled_in_stands_there_again() -> None:
    modal = modal_of(
        TextField("words", "Words", value="before", least=3, most=10),
        ChoiceField("way", "Way", FEW, value="0"),
        ChecksField("days", "Days", FEW, value=("0",)),
        PersonField("person", "Person", value=ANNA),
    )
    now = (("words", "I wait"), ("way", "1"), ("days+1", ("1", "2")), ("person", BRAM), ("unknown", "x"))
    again = filled(modal, now)
    assert modal_faults(again) == {}
    assert dict(sent_parts(untouched(again))) == dict(now[:4])
    emptied = filled(modal, (("words", ""), ("way", ""), ("days+1", ()), ("person", "")))
    assert modal_faults(emptied) == {}
    assert dict(whole(sent_parts(untouched(emptied)))) == {"words": "", "way": "", "days": (), "person": ""}
    assert dict(sent_parts(untouched(filled(modal, ()))))["words"] == "before"


def test_what_discord_sends() -> None:
    data = {
        "custom_id": "round.answer:r1",
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "id": 2, "component": {"type": 4, "id": 3, "custom_id": "words", "value": "I wait"}},
            {"type": 18, "id": 4, "component": {"type": 21, "id": 5, "custom_id": "way", "value": None}},
            {"type": 18, "id": 6, "component": {"type": 22, "id": 7, "custom_id": "days+1", "values": ["1"]}},
            {"type": 18, "id": 8, "component": {"type": 3, "id": 9, "custom_id": "pick1", "values": ["a"]}},
            {"type": 18, "id": 10, "component": {"type": 5, "id": 11, "custom_id": "person", "values": [ANNA]}},
        ],
    }
    assert dict(whole(sent_parts(data))) == {
        "words": "I wait", "way": "", "days": ("1",), "pick1": "a", "person": ANNA,
    }  # fmt: skip


names = st.sampled_from(["a", "b1", "c_d", "e", "f", "g", "h"])
hints = st.sampled_from(["", "A tip.", "word " * 40])
fields = st.one_of(
    st.builds(
        TextField, names, vocabulary.sentences, hints, vocabulary.sentences, st.booleans(), st.booleans(),
        st.integers(0, 50), st.integers(50, 9000),
    ),
    st.builds(ChoiceField, names, vocabulary.sentences, vocabulary.choices, hints, st.just("a"), st.booleans()),
    st.builds(
        ChecksField, names, vocabulary.sentences, vocabulary.choices, hints, st.just(("a", "b")), st.integers(0, 2),
        st.integers(2, 30),
    ),
    st.builds(PersonField, names, vocabulary.sentences, hints, st.sampled_from(["", ANNA, "U1"]), st.booleans()),
)  # fmt: skip


@given(
    st.lists(fields, max_size=12, unique_by=lambda field: field.name).map(tuple),
    vocabulary.sentences,
    st.one_of(st.just(()), vocabulary.texts),
)
@settings(deadline=None, max_examples=150)
def test_discord_takes_any_form_and_says_what_is_in_it(given_: tuple[Field, ...], title: str, intro: Text) -> None:
    steps = modals(Form(ACTION, title, given_, "Save", intro), space=HERE)
    assert [modal_faults(step) for step in steps] == [{}] * len(steps)
    sent = dict(whole([part for step in steps for part in sent_parts(untouched(step))]))
    for field in given_:
        match field:
            case TextField(value=value):
                assert sent[field.name] == value
            case ChoiceField(choices=()) | ChecksField(choices=()):
                assert field.name not in sent
            case ChoiceField(value=value, choices=choices):
                assert sent[field.name] == (value if any(each.value == value for each in choices) else "")
            case ChecksField(value=values, choices=choices, most=most):
                there = [each.value for each in choices if each.value in values]
                assert set(sent[field.name]) <= set(there)
                assert len(sent[field.name]) == min(len(there), most)
            case PersonField(value=value):
                assert sent[field.name] == (value if value.isdecimal() else "")
