"""Every view there is, in both languages, with the longest words people can give: Discord takes it as it is.

What they name is of a server on Discord.
"""

from __future__ import annotations

import hashlib
import json
import re
from itertools import takewhile
from typing import Any

from adapters.discord import limits
from adapters.discord.commands import BARE, spoken
from adapters.discord.components import Rendered, pages
from adapters.discord.fields import sent_parts, whole
from adapters.discord.modals import modals
from bot.chat.forms import Field, Form, PersonField, Raw
from bot.chat.messages import Message, Picture
from bot.chat.names import Space
from bot.chat.wire import from_json, to_json
from bot.features import gather
from bot.texts.catalogue import LANGUAGES
from tests.adapters.discord.untouched import untouched
from tests.contracts import longest
from tests.contracts.views import each_view, made
from tests.contracts.wholeness import Room, assert_form_whole, assert_message_whole
from tests.fakes.discord.component_checks import message_faults
from tests.fakes.discord.modal_checks import modal_faults

COMMANDS = gather().offered.commands
ROOM = Room(
    button=limits.BUTTON,
    asking=limits.OPTION,
    question=limits.OPTION,
    deny=limits.OPTION,
    select=limits.PLACEHOLDER,
    value=limits.OPTION,
    choice=limits.OPTION,
    choice_hint=limits.OPTION,
    title=limits.TITLE,
    label=limits.LABEL,
    hint=limits.HINT,
)
_SLACKS = re.compile(r'"([TUC]0?[0-9A-Z]{3,})"')


def snowflake(id_: str) -> str:
    """An id as Discord has them, for one that Slack would have."""
    return str(10**18 + int(hashlib.sha256(id_.encode()).hexdigest()[:14], 16))


SPACE = Space("discord", snowflake(longest.SPACE.id))


def on_discord(shown: Any) -> Any:
    """The same view, of people and channels on Discord."""
    text = _SLACKS.sub(lambda found: f'"{snowflake(found[1])}"', to_json(shown, type(shown)))
    return from_json(re.sub(r'("platform":\s*)"slack"', r'\1"discord"', text), type(shown))


@each_view()
def test_discord_takes_it(name: str) -> None:
    for language in sorted(LANGUAGES):
        seen = 0
        for shown in made(name, language):
            seen += 1
            there = on_discord(shown)
            if isinstance(there, Form):
                _takes_form(there)
            else:
                _takes_message(there)
        assert seen, f"no way was found to call {name}: say in tests/contracts/longest.py what it takes"


def test_people_and_channels_are_of_the_server() -> None:
    [ana] = [each for id_, each in longest.PEOPLE.items() if id_ == "ana"]
    assert on_discord(ana.account).space == SPACE
    assert on_discord(ana.account).id.isdecimal()
    assert on_discord(longest.AWAY).space != SPACE


# -- what Discord takes


def _takes_message(shown: Message) -> None:
    drawn = any(isinstance(block, Picture) for block in shown.blocks)
    checked: list[Rendered] = []
    for private in (True, False):
        for pictures in (True, False) if drawn else (True,):
            for page in pages(shown, space=SPACE, private=private, pictures=pictures):
                if page in checked:
                    continue
                checked.append(page)
                body = page.body()
                assert message_faults(body, files=[each.filename for each in page.drawings]) == {}
                assert body["components"]
    assert_message_whole(shown, ROOM)
    for command in _named(to_json(shown, Message)):
        _can_be_called(command)


def _named(written: str) -> list[str]:
    """The commands that are named as such in the message."""
    found: list[str] = []

    def gather_code(each: dict[str, Any]) -> dict[str, Any]:
        if each.get("kind") == "code" and str(each.get("text")).startswith("/kring"):
            found.append(each["text"])
        return each

    json.loads(written, object_hook=gather_code)
    return found


def _can_be_called(command: str) -> None:
    """As Discord has it: the path of a command there is, and behind it nothing but options with their names."""
    typed = [word for word in spoken(command).split()[1:] if word[0] not in "<["]
    path = list(takewhile(lambda word: ":" not in word, typed))
    options = {" ".join(BARE.get(each.path, each.path)): {o.name for o in each.options} for each in COMMANDS}
    words = " ".join(path)
    assert words in options, f"{spoken(command)} cannot be called on Discord"
    assert {word.partition(":")[0] for word in typed[len(path) :][:1]} <= options[words]


def _takes_form(form: Form) -> None:
    steps = modals(form, space=SPACE)
    for step in steps:
        assert modal_faults(step) == {}
    assert_form_whole(form, ROOM)
    _comes_back_as_it_was(form, steps)


def _comes_back_as_it_was(form: Form, steps: tuple[dict[str, Any], ...]) -> None:
    """Sent without a touch, a form says what it was filled in with."""
    parts = [part for step in steps for part in sent_parts(untouched(step))]
    assert dict(whole(parts)) == {field.name: _there(field) for field in form.fields}


def _there(field: Field) -> Raw:
    """What stands in the field; nobody, where Discord has no such person."""
    return "" if isinstance(field, PersonField) and not field.value.isdecimal() else field.value
