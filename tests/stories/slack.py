"""Plays stories in Slack: the real libraries on our side, a small real Slack (tests/fakes/slack_server.py) beyond.

What people do is done in Slack's client: a command inside a thread is a mention of Kring, forms are modals, and who
acts elsewhere has closed the modal before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Outcome, Person, Shown, View
from tests.fakes.slack.state import Workspace as Space
from tests.fakes.slack.world import SLACKBOT
from tests.fakes.slack_server import SlackServer
from tests.talk import Blank, Refusal, Reply, Seen, Values

LOCALES = {"en": "en-GB", "nl": "nl-NL"}
MODAL, HOME = "modal", "home"
"""Where messages stand that are no messages: the modal that is open, the person's page."""

T = TypeVar("T")


class SlackClient:
    """`spaces` and `general` by the names that stories give to spaces. How time passes is up to where Kring runs."""

    platform = "slack"
    longest = 40_000

    def __init__(self, slack: SlackServer, spaces: dict[str, Space], general: dict[str, Channel]) -> None:
        self.slack = slack
        self.spaces = spaces
        self.general = general
        self.expected: set[str] = set()
        """What Slack may refuse in this story."""

    # -- people and what they see

    async def join(self, name: str, space: str, language: str) -> str:
        home = self.spaces[space]
        before = next((each for each in home.people.values() if each.name == name and each.deleted), None)
        if before is not None:
            await self.slack.returns_to_team(before)
            person = before
        else:
            first = all(each.owner or each.bot or each.id == SLACKBOT for each in home.people.values())
            person = await self.slack.joins_team(home, name, locale=LOCALES[language], admin=first)
        await self.slack.joins_channel(person, self.general[space])
        return person.id

    async def leave(self, who: str) -> None:
        await self.slack.leaves_team(who)

    async def channels(self, who: str) -> dict[str, str]:
        found = {each.name: each.id for each in self.slack.channels(who) if each.kind != "im"}
        found["dm"] = self.slack.dm(who).id
        found |= {MODAL: MODAL} if self.slack.modal(who) else {}
        return found | ({HOME: HOME} if self.slack.home(who) else {})

    async def look(self, who: str, channel: str, thread: str | None) -> Sequence[Seen]:
        if channel in (MODAL, HOME):
            view = self.slack.modal(who) if channel == MODAL else self.slack.home(who)
            return [self._standing(view)] if view else []
        private = self.slack.ephemerals(who)
        return [_seen(each, private) for each in self._sees(who, channel, thread)]

    # -- what they do

    async def write(self, who: str, channel: str, thread: str | None, text: str) -> tuple[Seen, Reply]:
        said, reply = await self._acting(who, lambda: self.slack.says(who, channel, text, thread=thread))
        return _seen(self.slack.shown(who, said), []), reply

    async def edit(self, who: str, message: Seen, text: str) -> Reply:
        return (await self._acting(who, lambda: self.slack.edits(who, self._shown(who, message), text)))[1]

    async def delete(self, who: str, message: Seen) -> Reply:
        return (await self._acting(who, lambda: self.slack.deletes(who, self._shown(who, message))))[1]

    async def react(self, who: str, message: Seen, emoji: str) -> Reply:
        return (await self._acting(who, lambda: self.slack.reacts(who, self._shown(who, message), emoji)))[1]

    async def call(self, who: str, channel: str, thread: str | None, text: str) -> Reply:
        if thread:  # Slack has no commands there
            asked = text.replace("/kring", "@Kring", 1)
            return (await self._acting(who, lambda: self.slack.says(who, channel, asked, thread=thread)))[1]
        return await self._answered(who, lambda: self.slack.calls(who, channel, text))

    async def use(self, who: str, message: Seen, shortcut: str) -> Reply:
        return await self._answered(who, lambda: self.slack.uses_shortcut(who, self._shown(who, message), shortcut))

    async def press(self, who: str, message: Seen, label: str) -> Reply:
        on = self._on(who, message)
        return await self._answered(who, lambda: self.slack.presses(who, on, label), message)

    async def pick(self, who: str, message: Seen, label: str, values: Sequence[str]) -> Reply:
        on = self._on(who, message)
        return await self._answered(who, lambda: self.slack.selects(who, on, label, *values), message)

    async def fill(self, who: str, form: str, values: Values) -> Reply:
        view = self.slack.modal(who)
        if view is None or view.id != form:
            raise Refusal(404, "That form is not open any more.")
        fields = self.slack.view_fields(view)
        given = {
            label: self._people(who, value) if fields[label]["type"] == "users_select" else value
            for label, value in values.items()
        }
        return await self._answered(who, lambda: self.slack.submits(who, view, given), at=MODAL)

    async def fill_again(self, who: str, form: str, values: Values) -> None:
        """What was sent is closed: there is nothing to send again."""
        view = self.slack.modal(who)
        assert view is None or view.id != form or not self.slack.view_fields(view)

    async def close(self, who: str) -> None:
        """Closes what is open, by the cross."""
        view = self.slack.modal(who)
        if view is not None:
            await self.slack.closes(who, view, whole=True)

    async def open_home(self, who: str) -> Seen:
        await self.close(who)
        await self.slack.opens_home(who)
        await self.deliver()
        view = self.slack.home(who)
        assert view is not None, "no page was published"
        return self._standing(view)

    async def open_what_waits(self, who: str) -> None:
        """Kring has written to them."""

    # -- doors that close

    async def close_messages(self, who: str) -> None:
        """In Slack nobody can close them. But somebody of another organisation has none with Kring."""
        self.slack.world.person(who).stranger = True
        self.expected |= {"channel_not_found", "user_not_visible"}

    async def close_channel(self, channel: str) -> None:
        owner = self.slack.world.space(self.slack.world.channel(channel).team).owner
        await self.slack.archives(owner, channel)
        self.expected |= {"is_archived", "is_inactive"}

    # -- time

    async def deliver(self) -> None:
        """Returns when everything that can be delivered is delivered."""
        raise NotImplementedError

    async def quiet(self) -> None:
        """Returns when nothing is on its way between Slack and Kring, but for what waits in the outbox."""
        raise NotImplementedError

    async def now(self) -> datetime:
        raise NotImplementedError

    async def pass_until(self, moment: datetime) -> None:
        raise NotImplementedError

    def traffic(self) -> tuple[int, ...]:
        """Another one, when anything went to and fro meanwhile."""
        counters = self.slack.counters
        return counters.sent, counters.acked, sum(counters.calls.values())

    # -- inside

    async def _acting(
        self, who: str, act: Callable[[], Awaitable[T]], on: Seen | None = None, at: str = ""
    ) -> tuple[T, Reply]:
        """Carries out the act, and finds what the person got for it."""
        if at != MODAL and (on is None or on.channel != MODAL):
            await self.close(who)
        await self.quiet()
        told_before = {each.ts for each in self._told(who)}
        try:
            result = await act()
        except ClientRefusal as refusal:
            raise Refusal(404, str(refusal)) from refusal
        await self.quiet()
        told = [each for each in self._told(who) if each.ts not in told_before]
        if told:
            return result, Reply("tell", _seen(told[0], self.slack.ephemerals(who)))
        if on is not None and on.channel not in (MODAL, HOME):
            now = self._find(who, on)
            if now is not None and (now.private or now.channel == self.slack.dm(who).id) and now.text != on.text:
                return result, Reply("replace", _seen(now, []))
        return result, Reply("nothing")

    async def _answered(
        self, who: str, act: Callable[[], Awaitable[Outcome]], on: Seen | None = None, at: str = ""
    ) -> Reply:
        """The same for acts that Kring must answer."""
        outcome, reply = await self._acting(who, act, on, at)
        assert outcome.failed is None, f"Slack says: {outcome.failed}"
        assert not outcome.refused, outcome.refused
        view = self.slack.modal(who)
        if outcome.errors:
            assert view is not None
            fields = self.slack.view_fields(view)
            labels = {field["block_id"]: label for label, field in fields.items()}
            errors = {labels[block_id]: words for block_id, words in outcome.errors.items()}
            return Reply("form_errors", None, self._blank(view), errors)
        if outcome.view is not None and view is not None:
            if self.slack.view_fields(view):
                return Reply("form", None, self._blank(view))
            return Reply("tell", self._standing(view))
        return reply

    def _told(self, who: str) -> list[Shown]:
        """All that was ever said to this person alone, but for what came by the outbox."""
        direct = [each for each in self._sees(who, self.slack.dm(who).id, None) if each.message.by_app]
        threads = [each for root in direct if root.replies for each in self._sees(who, root.channel, root.ts)[1:]]
        said = [each for each in (*direct, *threads) if each.message.metadata_id is None and not each.files]
        return [*self.slack.ephemerals(who), *(each for each in said if not each.private)]

    def _sees(self, who: str, channel: str, thread: str | None) -> list[Shown]:
        try:
            return self.slack.sees(who, channel, thread=thread)
        except ClientRefusal as refusal:
            raise Refusal(403, str(refusal)) from refusal

    def _find(self, who: str, message: Seen) -> Shown | None:
        seen = self._sees(who, message.channel, message.thread)
        return next((each for each in seen if each.ts == message.id), None)

    def _shown(self, who: str, message: Seen) -> Shown:
        found = self._find(who, message)
        if found is None:
            raise Refusal(404, "That message is no more.")
        return found

    def _on(self, who: str, message: Seen) -> Shown | View:
        if message.channel not in (MODAL, HOME):
            return self._shown(who, message)
        view = self.slack.modal(who) if message.channel == MODAL else self.slack.home(who)
        if view is None or view.id != message.id:
            raise Refusal(404, "That is not open any more.")
        return view

    def _people(self, who: str, name: str | list[str]) -> Person | str | list[str]:
        here = self.slack.world.space_of(self.slack.world.person(who)).people.values()
        return next((each for each in here if each.name == name), name)

    def _standing(self, view: View) -> Seen:
        modal = view.type == "modal"
        return Seen(
            id=view.id,
            author="Kring",
            text=self.slack.view_text(view),
            at="9" if modal else "0",  # a modal lies over everything, the page is somewhere else
            channel=MODAL if modal else HOME,
            thread=None,
            buttons=self.slack.view_buttons(view),
            lists=self.slack.reader.selects(view.blocks),
            private=True,
            title=view.title,
        )

    def _blank(self, view: View) -> Blank:
        fields = self.slack.view_fields(view)
        return Blank(
            id=view.id,
            title=view.title,
            values={label: "" if field["value"] is None else field["value"] for label, field in fields.items()},
            choices={label: tuple(field["options"].values()) for label, field in fields.items() if field["options"]},
        )


def _seen(shown: Shown, private: Sequence[Shown]) -> Seen:
    """`private` is all that only this person sees: Slack does not count it as replies, people see it all the same."""
    alone = sum(each.channel == shown.channel and each.thread == shown.ts for each in private)
    return Seen(
        id=shown.ts,
        author=shown.author,
        text=shown.text,
        at=shown.ts,
        channel=shown.channel,
        thread=shown.thread,
        buttons=shown.buttons,
        lists=shown.selects,
        private=shown.private,
        replies=shown.replies + alone,
        files=tuple(each.content.decode("utf-8", "replace") for each in shown.files),
        reactions=shown.reactions,
    )
