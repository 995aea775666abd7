"""A visit with Kring: every command, every button that it shows, the form behind it, the own page. Slack takes it all.

Beside `test_slack_views.py`, which calls each view alone: here stand whole answers and posts, as the door gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.slack.blocks import pages
from adapters.slack.modals import form_view, home_view
from bot.chat.answers import OpenForm, Replace, Tell
from bot.chat.events import HomeOpened, Installed
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, TextField
from bot.chat.messages import Button, Controls, Message
from bot.chat.requests import Edit, Post, Upload
from bot.features import gather
from tests.contracts.longest import SPACE, letters
from tests.fakes.slack.blockkit import faults, too_large, view_faults
from tests.knock import House, Player

NAME = "Wilhelmina Alexandrine van der Hoeven-Oosterwijk tot Wilhelminaoord en Frederiks"
ENDING = {"me.forgotten", "me.forget"}
"""Buttons that end the visit: they are pressed last, if at all."""
MOST = 150


class Visit:
    """Presses whatever there is to press, once, and looks at all that is said."""

    def __init__(self, house: House, guest: Player) -> None:
        self.house, self.guest = house, guest
        self.buttons: dict[str, Button] = {}
        self.pressed: set[str] = set()
        self.messages = self.forms = 0
        self._seen = 0

    async def calls(self, text: str) -> None:
        await self._saw(await self.guest.calls(text))

    async def presses_everything(self) -> None:
        while len(self.pressed) < MOST:
            new = [name for name in self.buttons if name not in self.pressed and name not in ENDING]
            if not new:
                break
            self.pressed.add(new[0])
            button = self.buttons[new[0]]
            # the label may stand on several messages: the newest of them is as good as any
            try:
                answer = await self.guest.presses(button.label)
            except AssertionError:
                continue  # it was replaced by what came after it
            await self._saw(answer)

    async def _saw(self, answer: Any) -> None:
        match answer:
            case Tell(message=message) | Replace(message=message):
                self._takes(message)
            case OpenForm(form=form):
                self._takes_form(form)
                filled = {field.name: value for field in form.fields if (value := _longest(field))}
                await self._saw(await self.guest.fills(filled))
            case _:
                pass
        sent, self._seen = self.house.requests[self._seen :], len(self.house.requests)
        for request in sent:
            if isinstance(request, Post | Edit | Upload):
                self._takes(request.message)

    def _takes(self, message: Message) -> None:
        self.messages += 1
        space = SPACE  # so that people and channels are shown by their names, which are long
        for private in (True, False):
            assert not [fault for page in pages(message, space=space, private=private) for fault in faults(page.blocks)]
        home = home_view(message, space=space)
        assert (view_faults(home), too_large(home)) == ([], False)
        for button in _buttons(message):
            self.buttons.setdefault(button.action.name, button)

    def _takes_form(self, form: Form) -> None:
        self.forms += 1
        view = form_view(form, space=SPACE, metadata="m", close="Cancel")
        assert view_faults(view) == []


def _buttons(message: Message) -> Iterator[Button]:
    for block in message.blocks:
        if isinstance(block, Controls):
            yield from (each for each in block.controls if isinstance(each, Button))


def _longest(field: Any) -> str | list[str] | None:
    match field:
        case TextField(value="", most=most):
            return letters(most) if most > 20 else None
        case ChoiceField(value="", choices=choices) if choices:
            return str(choices[-1].value)
        case ChecksField(value=(), choices=choices, most=most):
            return [each.value for each in choices[:most]]
        case PersonField():
            return None
        case _:
            return None


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_slack_takes_all_of_a_visit(house: House, language: str) -> None:
    guest = house.person(NAME, language=language, host=True, role=letters(80))
    for name in ("Bo", "Cas", "Dee"):
        await house.person(name, language=language).calls("")
    visit = Visit(house, guest)
    await visit._saw(await house.happens(Installed(house.event_id(), house.now, guest.account, guest.profile)))
    for command in gather().offered.commands:
        await visit.calls(" ".join(command.path))
    await visit.calls(f'round start reveal_together "{letters(200)}"')
    await visit.calls(f'knowhow add "{letters(300)}"')
    await visit.calls(letters(3000))
    await visit.presses_everything()
    await house.passes(days=3)
    await visit.calls("")
    await visit._saw(await house.happens(HomeOpened(house.event_id(), house.now, guest.account, guest.profile)))
    await visit.presses_everything()
    assert visit.messages > 60
    assert visit.forms > 8
    assert len(visit.pressed) > 30
