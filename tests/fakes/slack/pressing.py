"""What people do with the app's own surfaces: commands, buttons, selects, modals, shortcuts, the home page.

Each waits until the app acknowledged (or did not in time) and returns what the person got. What comes later by
response_url or trigger is added to the same Outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import fields, interactions
from tests.fakes.slack.blockkit import elements
from tests.fakes.slack.membership import Moving
from tests.fakes.slack.people import ClientRefusal, What, Where, Who
from tests.fakes.slack.state import Json, Outcome, Person, View

if TYPE_CHECKING:
    from tests.fakes.slack.delivery import Delivery
    from tests.fakes.slack.responses import Responses

Values = Mapping[str, Any]


class Pressing(Moving):
    delivery: Delivery
    responses: Responses

    async def calls(self, who: Who, where: Where, text: str, *, thread: str | What | None = None) -> Outcome:
        """Sends `/kring round start`. In a thread Slack's client refuses: `failed == "in_thread"`.

        An unknown command: `failed == "invalid_command"`. Mentions (`@name`, `#channel`) are escaped when the manifest
        says `should_escape`. The app need not be in the channel.
        """
        person, channel = self._inside(who, where)
        outcome = Outcome()
        name, _, rest = text.partition(" ")
        known = self.world.app.commands.get(name)
        installed = self.world.space_of(person).installation
        if thread is not None:
            # https://docs.slack.dev/interactivity/implementing-slash-commands: not supported in threads
            outcome.failed = "in_thread"
        elif known is None or installed is None or installed.gone or "commands" not in installed.scopes:
            outcome.failed = "invalid_command"
        if outcome.failed:
            return outcome
        assert known is not None
        rest = rest.strip()
        if known.get("should_escape"):
            rest = self.world.escaped(self.world.space_of(person), rest, names=True)
        trigger = self.responses.trigger(outcome, person)
        url = self.responses.url(outcome, person, channel)
        payload = interactions.command(self.world, person, channel, name, rest, url, trigger)
        answer = await self.delivery.ask("slash_commands", payload, takes_answer=True)
        outcome.failed = answer.failed
        if answer.failed is None:
            self.responses.of_command(outcome, answer.body)
        return outcome

    # -- buttons and selects

    async def presses(self, who: Who, on: What | View, control: str, *, values: Values | None = None) -> Outcome:
        """Presses a button, by its action_id or by its label (the last such one), on a message, an ephemeral, a modal
        or the home page. `values` fill in the modal's fields first (see `submits`).

        A link button is told to the app too. A button with `confirm` is confirmed.
        """
        if values and isinstance(on, View):
            self.fills(who, on, values)
        block, element = self._control(who, on, control, lambda each: each["type"] == "button")
        return await self._acted(who, on, block, element, None)

    async def selects(self, who: Who, on: What | View, control: str, *options: str) -> Outcome:
        """Picks in a select, radio, checkboxes, overflow or date picker, by action_id, placeholder or label; options by
        value or label."""
        block, element = self._control(who, on, control, lambda each: each["type"] != "button")
        if element["type"] == "overflow":
            picked = next(
                (each for each in element["options"] if options[0] in (each["value"], each["text"]["text"])), None
            )
            if picked is None:
                raise ClientRefusal(f"there is no {options[0]!r}")
            return await self._acted(who, on, block, element, {"type": "overflow", "selected_option": picked})
        several = fields.PLACES[element["type"]][0].endswith("s")
        try:
            state = fields.filled_with(element, list(options) if several else (options or (None,))[0])
        except ValueError as error:
            raise ClientRefusal(str(error)) from None
        stands = on if isinstance(on, View) else self.world.message(on)
        (stands.filled if isinstance(stands, View) else stands.state).setdefault(block["block_id"], {})[
            element["action_id"]
        ] = state
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Outcome()
        return await self._acted(who, on, block, element, state)

    async def _acted(self, who: Who, on: What | View, block: Json, element: Json, state: Json | None) -> Outcome:
        person, outcome = self.world.person(who), Outcome()
        action = interactions.action(self.world, block, element, state)
        if isinstance(on, View):
            trigger = self.responses.trigger(outcome, person, in_modal=on.type == "modal")
            payload = interactions.on_view(self.world, person, on, action, trigger)
        else:
            message = self.world.message(on)
            trigger = self.responses.trigger(outcome, person)
            url = self.responses.url(outcome, person, self.world.channel(message.channel), message)
            payload = interactions.on_message(self.world, person, message, action, url, trigger)
        return await self._interacted(outcome, payload)

    async def _interacted(self, outcome: Outcome, payload: Json) -> Outcome:
        if not self.world.app.interactive:
            outcome.failed = "interactivity_disabled"
            return outcome
        answer = await self.delivery.ask("interactive", payload, takes_answer=False)
        outcome.failed, outcome.response = answer.failed, answer.body
        return outcome

    def _control(self, who: Who, on: What | View, control: str, fits: Any) -> tuple[Json, Json]:
        there = self._usable(self.world.person(who), on)
        wanted = [
            (block, each) for block, each in there if fits(each) and control in (each["action_id"], _label(block, each))
        ]
        if not wanted:
            labels = [_label(block, each) for block, each in there if fits(each)]
            raise ClientRefusal(f"there is no {control!r}, only {labels}")
        return wanted[-1]

    def _usable(self, person: Person, on: What | View) -> list[tuple[Json, Json]]:
        space = self.world.space_of(person)
        if isinstance(on, View):
            stack = space.modals.get(person.id, [])
            if not (stack and stack[-1] is on) and space.homes.get(person.id) is not on:
                raise ClientRefusal("view_not_found")
            return [(block, each) for block in on.blocks for each in elements(block)]
        message = self.world.message(on)
        channel = self.world.known_channel(message.channel)
        if channel is None or person.deleted or person.id not in channel.members:
            raise ClientRefusal("channel_not_found")
        if message.seen_by not in (None, person.id):
            raise ClientRefusal("message_not_found")
        if message not in channel.private and message.ts not in channel.messages:
            raise ClientRefusal("message_not_found")
        return [(block, each) for block in message.blocks for each in elements(block)]

    # -- modals

    def fills(self, who: Who, view: View, values: Values) -> None:
        """Puts values into fields without sending. Keys: block_id, the label of the field, or the action_id. Values:
        text for a text field; value or label for a select or radio; a list of them for multi selects and checkboxes;
        `2026-12-24`, `09:30` or seconds for dates and times; the id or object for people and channels; None empties."""
        self._usable(self.world.person(who), view)
        there = list(fields.inputs(view))
        for key, value in values.items():
            found = [
                (block, each)
                for block, each in there
                if key in (block["block_id"], each["action_id"], fields.label(block, each))
            ]
            if not found:
                raise ClientRefusal(f"there is no field {key!r}, only {[fields.label(*each) for each in there]}")
            block, element = found[-1]
            try:
                state = fields.filled_with(element, value)
            except ValueError as error:
                raise ClientRefusal(f"{key}: {error}") from None
            view.filled[block["block_id"]][element["action_id"]] = state

    async def submits(self, who: Who, view: View, values: Values | None = None) -> Outcome:
        """Sends a modal; fields that are not named keep what stands in them.

        What the client itself refuses (a required field empty, too long) comes back in `errors` with `checked` True,
        and nothing is sent. The app's own errors come back in `errors`, the modal stays open.
        """
        person, outcome = self.world.person(who), Outcome()
        self.fills(who, view, values or {})
        if not view.body.get("submit"):
            raise ClientRefusal("this modal has no button to send it")
        outcome.errors = fields.unfinished(view)
        if outcome.errors:
            outcome.checked, outcome.view = True, view
            return outcome
        trigger = self.responses.trigger(outcome, person, in_modal=True)
        payload = interactions.submission(self.world, person, view, trigger)
        answer = await self.delivery.ask("interactive", payload, takes_answer=True)
        outcome.failed = answer.failed
        if answer.failed is None:
            self.responses.of_submission(outcome, view, answer.body)
        return outcome

    async def closes(self, who: Who, view: View, *, whole: bool = False) -> None:
        """Closes the modal (`whole`: all of the stack, by the cross). `view_closed` is sent when it asks for it."""
        person = self.world.person(who)
        self._usable(person, view)
        stack = self.world.space_of(person).modals[person.id]
        cleared = whole or bool(view.body.get("clear_on_close"))
        closed = stack[::-1] if cleared else [view]
        for each in closed:
            stack.remove(each)
        for each in closed:
            if each.body.get("notify_on_close"):
                payload = interactions.closing(self.world, person, each, cleared=cleared)
                await self.delivery.ask("interactive", payload, takes_answer=False)

    # -- shortcuts and home

    async def uses_shortcut(self, who: Who, message: What, callback_id: str) -> Outcome:
        """A shortcut from the menu of a message, by callback_id or name. The app need not be in the channel."""
        said, outcome = self.world.message(message), Outcome()
        person, channel = self._inside(who, said.channel)
        if said.ts not in channel.messages:
            raise ClientRefusal("message_not_found")
        known = self._shortcut("message", callback_id)
        trigger = self.responses.trigger(outcome, person)
        url = self.responses.url(outcome, person, channel, None)
        payload = interactions.message_shortcut(self.world, person, said, known, url, trigger)
        return await self._interacted(outcome, payload)

    async def uses_global_shortcut(self, who: Who, callback_id: str) -> Outcome:
        person, outcome = self.world.person(who), Outcome()
        known = self._shortcut("global", callback_id)
        trigger = self.responses.trigger(outcome, person)
        return await self._interacted(outcome, interactions.global_shortcut(self.world, person, known, trigger))

    def _shortcut(self, kind: str, wanted: str) -> str:
        there = [each for each in self.world.app.shortcuts.values() if each["type"] == kind]
        for each in there:
            if wanted in (each["callback_id"], each["name"]):
                return each["callback_id"]
        raise ClientRefusal(f"there is no shortcut {wanted!r}, only {[each['name'] for each in there]}")

    async def opens_home(self, who: Who, *, tab: str = "home") -> View | None:
        """Looks at the app's home page or (`tab="messages"`) the conversation with it: `app_home_opened`.

        Returns what stands there when everything is acknowledged; the app may publish later.
        """
        person = self.world.person(who)
        space = self.world.space_of(person)
        if tab == "home" and not self.world.app.has_home:
            raise ClientRefusal("the app has no home page")
        self.events.home_opened(person, self.world.open_dm(person), tab)
        with suppress(TimeoutError):
            await self.delivery.idle(10)
        return space.homes.get(person.id)


def _label(block: Json, element: Json) -> str:
    return element["text"]["text"] if element["type"] == "button" else fields.label(block, element)
