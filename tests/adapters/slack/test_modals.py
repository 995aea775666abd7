"""Forms and messages as views: every field is there, Slack takes it, and what was filled in comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.modals import form_view, home_view, message_view, sent_values
from bot.chat.actions import Action, unpack
from bot.chat.forms import ChecksField, ChoiceField, Field, Form, PersonField, TextField, check
from bot.chat.messages import Button, Choice, Controls, Message, Words, message
from bot.chat.names import Account, Space
from bot.chat.text import PersonName, Plain, plain
from tests.adapters.slack.shown import reads
from tests.bot.chat import vocabulary
from tests.fakes.slack.blockkit import too_large, view_faults

HERE = Space("slack", "T1HERE")
FEW = tuple(Choice(str(n), f"choice {n}") for n in range(3))
MANY = tuple(Choice(str(n), f"choice {n}") for n in range(230))


def view_of(*fields: Field, title: str = "A form", intro: str = "") -> dict[str, Any]:
    form = Form(Action("round.answer", "r1"), title, fields, "Save", plain(intro) if intro else ())
    view = form_view(form, space=HERE, metadata="m", close="Cancel")
    assert view_faults(view) == []
    return view


def element(field: Field) -> dict[str, Any]:
    [block] = view_of(field)["blocks"]
    found: dict[str, Any] = block["element"]
    return found


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}


def test_a_form() -> None:
    view = view_of(TextField("words", "Your words", hint="A tip.", most=2500), intro="*What* helped?")
    assert {name: value for name, value in view.items() if name != "blocks"} == {
        "type": "modal",
        "callback_id": "round.answer:r1",
        "title": text("A form"),
        "submit": text("Save"),
        "close": text("Cancel"),
        "private_metadata": "m",
        "notify_on_close": True,
    }
    intro, field = view["blocks"]
    assert intro["elements"][0]["elements"] == [{"type": "text", "text": "*What* helped?"}]
    assert field == {
        "type": "input",
        "block_id": "words",
        "label": text("Your words"),
        "hint": text("A tip."),
        "element": {"type": "plain_text_input", "action_id": "value", "multiline": False, "max_length": 2500},
        "optional": False,
    }


def test_a_long_title_stands_above_in_full() -> None:
    view = view_of(TextField("a", "A"), title="Everything that we want to keep")
    assert view["title"] == text("Everything that we want…")
    assert view["blocks"][0] == {"type": "header", "text": text("Everything that we want to keep")}


def test_a_text_with_its_bounds() -> None:
    field = TextField("a", "A", value="as before", required=False, multiline=True, least=5, most=600)
    [block] = view_of(field)["blocks"]
    assert block["optional"] is True
    assert block["element"] == {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": True,
        "min_length": 5,
        "max_length": 600,
        "initial_value": "as before",
    }


def test_a_text_that_became_too_long_can_still_be_put_in_other_words() -> None:
    assert element(TextField("a", "A", value="x" * 700, most=600))["max_length"] == 700


def test_a_text_longer_than_an_input_goes_on_in_the_next() -> None:
    value = "a word " * 1000
    view = view_of(TextField("words", "Your words", value=value, most=7000))
    assert [block["block_id"] for block in view["blocks"]] == ["words", "words/2", "words/3"]
    assert [block["label"]["text"] for block in view["blocks"]] == [
        "Your words", "Your words (2/3)", "Your words (3/3)",
    ]  # fmt: skip
    assert [block["optional"] for block in view["blocks"]] == [False, True, True]
    assert dict(sent_values(filled(view, {}))) == {"words": value}


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (ChoiceField("a", "A", FEW), "radio_buttons"),
        (ChoiceField("a", "A", FEW, required=False), "static_select"),
        (ChoiceField("a", "A", MANY), "static_select"),
        (ChecksField("a", "A", FEW), "checkboxes"),
        (ChecksField("a", "A", MANY, most=5), "multi_static_select"),
        (PersonField("a", "A"), "users_select"),
    ],
)
def test_each_field_has_its_element(field: Field, kind: str) -> None:
    assert element(field)["type"] == kind


def test_what_was_chosen_before_is_exactly_one_of_the_options() -> None:
    hinted = (*FEW, Choice("h", "x" * 99, "y" * 99))
    for field in (ChoiceField("a", "A", hinted, value="h"), ChoiceField("a", "A", hinted, value="h", required=False)):
        found = element(field)
        assert found["initial_option"] in found["options"]
    assert "initial_option" not in element(ChoiceField("a", "A", FEW, value="gone"))
    checks = element(ChecksField("a", "A", MANY, value=("7", "gone", "200"), most=5))
    assert [each["value"] for each in checks["initial_options"]] == ["7", "200"]
    assert checks["max_selected_items"] == 5
    assert "initial_options" not in element(ChecksField("a", "A", FEW))
    assert element(PersonField("a", "A", value="U1ANNA"))["initial_user"] == "U1ANNA"


def test_no_choice_of_a_long_list_is_lost() -> None:
    groups = element(ChoiceField("a", "A", MANY))["option_groups"]
    assert [each["value"] for group in groups for each in group["options"]] == [each.value for each in MANY]


def test_a_choice_of_nothing_is_its_label() -> None:
    assert view_of(ChoiceField("a", "Which?", ()))["blocks"] == [{"type": "section", "text": text("Which?")}]


def test_too_much_metadata_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="3000"):
        form_view(Form(Action("a"), "A", (), "Save"), space=HERE, metadata="x" * 3001, close="Cancel")


# -- what comes back


def filled(view: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it back, with what stood in it unless it was filled in."""
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            state[block["block_id"]] = {
                block["element"]["action_id"]: _state(block["element"], values.get(block["block_id"]))
            }
    return {**view, "state": {"values": state}}


def _state(element: dict[str, Any], value: Any) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value") if value is None else value}
        case "static_select" | "radio_buttons":
            chosen = element.get("initial_option") if value is None else {"value": value}
            return {"type": kind, "selected_option": chosen}
        case "multi_static_select" | "checkboxes":
            some = element.get("initial_options", []) if value is None else [{"value": each} for each in value]
            return {"type": kind, "selected_options": some}
        case _:
            return {"type": kind, "selected_user": element.get("initial_user") if value is None else value}


EVERY = (
    TextField("text", "Text", required=False),
    ChoiceField("radio", "Radio", FEW),
    ChoiceField("select", "Select", MANY, required=False),
    ChecksField("checks", "Checks", FEW),
    ChecksField("many", "Many", MANY),
    PersonField("person", "Person", required=False),
)


def test_what_was_filled_in_comes_back_by_name() -> None:
    given_ = {"text": "a\nb", "radio": "1", "select": "200", "checks": ("0", "2"), "many": ("9",), "person": "U1ANNA"}
    assert dict(sent_values(filled(view_of(*EVERY), given_))) == given_


def test_what_was_left_empty_comes_back_empty() -> None:
    nothing = {"text": "", "radio": "", "select": "", "checks": (), "many": (), "person": ""}
    assert dict(sent_values(filled(view_of(*EVERY), {}))) == nothing


def test_a_view_without_fields_brings_nothing() -> None:
    assert sent_values({"type": "modal"}) == ()
    assert sent_values({"state": {"values": {}}}) == ()
    other = {"state": {"values": {"b1": {"round.choose:r1": {"type": "static_select", "selected_option": None}}}}}
    assert sent_values(other) == ()


names = st.text("abcdefgh", min_size=1, max_size=8)
fields = st.one_of(
    st.builds(
        TextField, names, vocabulary.sentences, vocabulary.sentences, vocabulary.sentences, st.booleans(),
        st.booleans(), st.integers(0, 10), st.integers(10, 9000),
    ),
    st.builds(ChoiceField, names, vocabulary.sentences, vocabulary.choices, vocabulary.sentences, st.just("a")),
    st.builds(ChecksField, names, vocabulary.sentences, vocabulary.choices, vocabulary.sentences, st.just(("a", "b"))),
    st.builds(PersonField, names, vocabulary.sentences, vocabulary.sentences, st.just("U2147483697")),
)  # fmt: skip
forms = st.builds(
    Form, st.just(Action("a.b", "1")), vocabulary.sentences,
    st.lists(fields, max_size=12, unique_by=lambda field: field.name).map(tuple),
    vocabulary.sentences, vocabulary.texts,
)  # fmt: skip


@given(forms)
@settings(deadline=None, max_examples=80)
def test_slack_takes_every_form_and_nothing_in_it_changes_by_itself(form: Form) -> None:
    view = form_view(form, space=vocabulary.SPACE, metadata="", close="Cancel")
    assert view_faults(view) == []
    assert not too_large(view) or any(len(each.choices) > 50 for each in form.fields if hasattr(each, "choices"))
    assert unpack(view["callback_id"]) == form.action
    back = dict(sent_values(filled(view, {})))
    for field in form.fields:
        match field:
            case TextField(name=name, value=value) | PersonField(name=name, value=value):
                assert back[name] == value
            case ChoiceField(name=name, choices=choices) if choices:
                assert back[name] == ("a" if any(each.value == "a" for each in choices) else "")
            case ChecksField(name=name, choices=choices) if choices:
                assert set(back[name]) == {"a", "b"} & {each.value for each in choices}
            case _:
                pass
    check(form, back)


# -- messages in views


def test_a_message_as_a_modal_and_as_the_home_page() -> None:
    told = message(
        Words((Plain("For "), PersonName("Anna", Account(HERE, "U1ANNA")))), Controls((Button("Yes", Action("y")),))
    )
    modal = message_view(told, space=HERE, metadata="m", close="Close")
    home = home_view(told, space=HERE)
    assert (view_faults(modal), view_faults(home)) == ([], [])
    assert modal["blocks"] == home["blocks"]
    assert modal["blocks"][0]["elements"][0]["elements"][1] == {"type": "user", "user_id": "U1ANNA"}
    assert (modal["title"], modal["close"], home["type"]) == (text("Kring"), text("Close"), "home")


def test_what_is_several_messages_elsewhere_is_one_view() -> None:
    long = Message(tuple(Words(plain(f"{n} " + "word " * 400)) for n in range(90)))
    view = home_view(long, space=HERE)
    assert view_faults(view) == []
    assert len(view["blocks"]) == 90


@pytest.mark.parametrize("count", [101, 400])
def test_what_does_not_fit_is_cut_where_people_see_it(count: int) -> None:
    long = Message(tuple(Words(plain(f"line {n}")) for n in range(count)))
    for view in (
        home_view(long, space=HERE, more="There is more."),
        message_view(long, space=HERE, metadata="", close="C", more="There is more."),
    ):
        assert view_faults(view) == []
        lines = reads(view["blocks"]).splitlines()
        assert lines == [*(f"line {n}" for n in range(99)), "There is more."]


def test_what_is_too_heavy_is_cut_too() -> None:
    long = Message(tuple(Words(plain("👩‍🏫" * 900)) for _ in range(99)))
    view = home_view(long, space=HERE)
    assert view_faults(view) == []
    assert len(json.dumps(view)) <= limits.VIEW_BYTES
    assert reads(view["blocks"]).endswith("\n…")


def test_a_message_that_says_nothing_is_still_a_view() -> None:
    assert view_faults(home_view(message(Words(())), space=HERE)) == []


@given(vocabulary.messages)
@settings(deadline=None, max_examples=60)
def test_slack_takes_every_message_as_a_view(whole: Message) -> None:
    for view in (
        home_view(whole, space=vocabulary.SPACE),
        message_view(whole, space=vocabulary.SPACE, metadata="", close="Close"),
    ):
        assert view_faults(view) == []
        assert not too_large(view)
