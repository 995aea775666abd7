"""Every view there is, in both languages, with the longest words people can give: Slack takes it as it is."""

from __future__ import annotations

from typing import Any

from adapters.slack import limits
from adapters.slack.blocks import Rendered, pages, too_heavy
from adapters.slack.modals import form_view, home_view, message_view, sent_values
from bot.chat.forms import Form, check
from bot.chat.messages import Message
from bot.texts.catalogue import LANGUAGES
from tests.contracts import longest
from tests.contracts.views import each_view, made, views
from tests.contracts.wholeness import Room, assert_form_whole, assert_message_whole, assert_whole
from tests.fakes.slack.blockkit import faults, too_large, view_faults

ROOM = Room(
    button=limits.BUTTON,
    asking=limits.CONFIRM_BUTTON,
    question=limits.CONFIRM_TEXT,
    deny=limits.CONFIRM_BUTTON,
    select=limits.SECTION,
    value=limits.OPTION_VALUE,
    choice=limits.OPTION,
    choice_hint=limits.OPTION_HINT,
    title=limits.TITLE,
    label=limits.LABEL,
    hint=limits.HINT,
)


def test_views_are_found() -> None:
    assert len(views()) > 150
    some = {"rounds.cards.header", "knowhow.forms.draft", "community.setup_forms.settings", "misunderstood.unknown"}
    assert some <= set(views())


@each_view()
def test_slack_takes_it(name: str) -> None:
    for language in sorted(LANGUAGES):
        seen = 0
        for shown in made(name, language):
            seen += 1
            if isinstance(shown, Form):
                _takes_form(shown)
            else:
                _takes_message(shown)
        assert seen, f"no way was found to call {name}: say in tests/contracts/longest.py what it takes"


# -- what Slack takes


def _takes_message(shown: Message) -> None:
    checked: list[Rendered] = []
    for private in (True, False):
        for page in pages(shown, space=longest.SPACE, private=private):
            if page in checked:
                continue
            checked.append(page)
            assert faults(page.blocks) == []
            assert not too_heavy(page.blocks)
            assert 0 < len(page.text) <= limits.TEXT
    for view in (
        home_view(shown, space=longest.SPACE),
        message_view(shown, space=longest.SPACE, metadata="m", close="Close"),
    ):
        assert view_faults(view) == []
        assert not too_large(view)
    assert_message_whole(shown, ROOM)


def _takes_form(form: Form) -> None:
    view = form_view(form, space=longest.SPACE, metadata="m" * limits.METADATA, close="Cancel")
    assert view_faults(view) == []
    assert not too_large(view)
    assert_whole(form.submit, limits.SUBMIT)
    assert_form_whole(form, ROOM)
    _comes_back_as_it_was(form, view)


def _comes_back_as_it_was(form: Form, view: dict[str, Any]) -> None:
    """Sent without a touch, a form says what it was filled in with."""
    state = {
        block["block_id"]: {"value": _untouched(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    sent = dict(sent_values({"state": {"values": state}}))
    assert sent == {field.name: field.value for field in form.fields}
    check(form, sent)


def _untouched(element: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": element["type"],
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options"),
        "selected_user": element.get("initial_user"),
    }
