"""Plays stories in Discord: the real library on our side, a small real Discord (tests/fakes/discord_server.py) beyond.

What people do is done in Discord's client: a reply is a thread on the message, a command's options are filled in by
name, what cannot be called is written to Kring alone, a form of many fields is several modals with *Next* between them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal, TypeVar

from bot.chat.emoji import NAMES
from bot.features import gather
from bot.texts.catalogue import LANGUAGES, words_in
from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.state import Channel, Guild, Modal, Outcome, Shown
from tests.fakes.discord.wording import typed
from tests.fakes.discord_server import DiscordServer
from tests.stories.discord_shown import apart, blank, faults, seen
from tests.stories.discord_typing import slash
from tests.talk import Refusal, Reply, Seen, Values

Mode = Literal["light", "full"]
LOCALES = {"en": "en-GB", "nl": "nl"}
KEEP = "Keep as know-how"
NEXT, AGAIN, START, NEW = (
    {words_in(each).label(text) for each in LANGUAGES} for text in ("Next", "Try again", "Start", "I'm new here")
)
FOR_NEWCOMERS = START | NEW
GONE_DM, GONE_MEMBER, GONE_CHANNEL = {50007}, {10007, 50278}, {10003, 50001}
"""Discord's codes: who takes no messages; who is in no server with Kring; a channel that is no more."""

T = TypeVar("T")


class DiscordClient:
    """`servers` and `general` by the names that stories give to spaces. How time passes is up to where Kring runs."""

    platform = "discord"
    longest = 4_000

    def __init__(
        self, discord: DiscordServer, mode: Mode, servers: dict[str, Guild], general: dict[str, Channel]
    ) -> None:
        self.discord = discord
        self.mode = mode
        self.servers = servers
        self.general = general
        self.expected: set[int] = set()
        """Codes with which Discord may refuse something in this story."""
        self.acted: dict[str, int] = {}
        """Who did something with Kring, and the id of the first thing that they did."""
        self._commands = gather().offered.commands

    # -- people and what they see

    async def join(self, name: str, space: str, language: str) -> str:
        server, world = self.servers[space], self.discord.world
        before = next((each for each in world.people.values() if each.shown == name), None)
        if before is not None and before.id not in server.members:
            await self.discord.joins(server, before)
            return before.id
        person = await self.discord.joins(server, name, locale=LOCALES[language])
        hosts = next((each for each in server.roles.values() if each.name == "Hosts"), None)
        if hosts is None:
            await self.discord.gets_role(person, self.discord.role(server, "Hosts", rights=["manage_guild"]))
        return person.id

    async def leave(self, who: str) -> None:
        for server in self.servers.values():
            if who in server.members:
                await self.discord.leaves(server, who)
        self.expected |= GONE_MEMBER

    async def channels(self, who: str) -> dict[str, str]:
        places = [each for each in self.discord.channels(who) if each.guild]
        standing = {message for place in places for message in place.messages if not place.is_thread}
        found = {"dm": "dm"}
        for place in [each for each in places if not each.is_thread or each.id not in standing]:
            found[f"{place.name} of {place.guild}" if place.name in found else place.name] = place.id
        return found

    async def look(self, who: str, channel: str, thread: str | None) -> Sequence[Seen]:
        private = self.discord.ephemerals(who)
        return [seen(self.discord, each, private) for each in self._sees(who, channel, thread)]

    # -- what they do

    async def write(self, who: str, channel: str, thread: str | None, text: str) -> tuple[Seen, Reply]:
        place = await self._place(who, channel, thread)
        said, reply = await self._acting(who, lambda: self.discord.says(who, place, text))
        if channel == "dm":
            self.acted.setdefault(who, int(said.id))
        return seen(self.discord, self.discord.shown(said)), reply

    async def edit(self, who: str, message: Seen, text: str) -> Reply:
        return (await self._acting(who, lambda: self.discord.edits(who, self._shown(who, message), text)))[1]

    async def delete(self, who: str, message: Seen) -> Reply:
        return (await self._acting(who, lambda: self.discord.deletes(who, self._shown(who, message))))[1]

    async def react(self, who: str, message: Seen, emoji: str) -> Reply:
        sign = next((sign for sign, name in NAMES.items() if name == emoji), emoji)
        if emoji == "bookmark" and self.mode == "full":  # that asks Kring to keep it
            self.acted.setdefault(who, int(self.discord.world.ids.new()))
        return (await self._acting(who, lambda: self.discord.reacts(who, self._shown(who, message), sign)))[1]

    async def call(self, who: str, channel: str, thread: str | None, text: str) -> Reply:
        place = await self._place(who, channel, thread)
        if place.archived:  # nothing can be called there
            place = self.discord.place(place.parent or channel)
        called = slash(typed(self.discord.world, place, text), self._commands)
        if called is None:
            return await self._written(who, place, text)
        path, options = called
        return await self._answered(who, lambda: self.discord.calls(who, place, path, options=options))

    async def use(self, who: str, message: Seen, shortcut: str) -> Reply:
        assert shortcut == "keep"
        return await self._answered(who, lambda: self.discord.uses(who, self._shown(who, message), KEEP))

    async def press(self, who: str, message: Seen, label: str) -> Reply:
        on = self._shown(who, message)
        asking = apart(on)[0]
        if label in asking:
            return await self._answered(who, lambda: self.discord.chooses(who, on, label, asking[label]))
        return await self._answered(who, lambda: self.discord.presses(who, on, label))

    async def pick(self, who: str, message: Seen, label: str, values: Sequence[str]) -> Reply:
        on = self._shown(who, message)
        return await self._answered(who, lambda: self.discord.chooses(who, on, label, values))

    async def fill(self, who: str, form: str, values: Values) -> Reply:
        """All of it, one modal after the other."""
        left, modal = dict(values), self.discord.modal(who)
        if modal is None or modal.id != form:
            raise Refusal(404, "That form is not open any more.")
        while True:
            mine = {label: left.pop(label) for label in self.discord.modal_fields(modal) if label in left}
            outcome = await self._done(self.discord.submits(who, modal, mine))
            going_on = self._step(outcome, NEXT)
            if going_on is None:
                assert not left or outcome.errors, f"the form has no {list(left)}"
                return await self._reply(who, outcome)
            modal = await self._opened(who, going_on)

    async def fill_again(self, who: str, form: str, values: Values) -> None:
        """What was sent is closed: there is nothing to send again."""
        modal = self.discord.modal(who)
        assert modal is None or modal.id != form

    async def open_what_waits(self, who: str) -> Reply:
        """Kring writes to nobody of its own accord: a button waits for them by name, or for whoever is new."""
        there = [each for each in self.discord.everything(who) if each.message.by_app and not each.private]
        named = [each for each in there if who in each.message.pinged and each.buttons]
        waits = named or [each for each in there if FOR_NEWCOMERS & set(each.buttons)]
        assert waits, "nothing waits for them"
        return await self._answered(who, lambda: self.discord.presses(who, waits[-1], waits[-1].buttons[0]))

    # -- doors that close

    async def close_messages(self, who: str) -> None:
        self.discord.world.person(who).dms_closed = True
        self.expected |= GONE_DM

    async def close_channel(self, channel: str) -> None:
        await self.discord.deletes_channel(channel)
        self.expected |= GONE_CHANNEL

    # -- time

    async def deliver(self) -> None:
        """Returns when everything that can be delivered is delivered."""
        raise NotImplementedError

    async def quiet(self) -> None:
        """Returns when nothing is on its way between Discord and Kring, but for what waits in the outbox."""
        raise NotImplementedError

    async def now(self) -> datetime:
        raise NotImplementedError

    async def pass_until(self, moment: datetime) -> None:
        raise NotImplementedError

    def traffic(self) -> tuple[int, ...]:
        """Another one, when anything went to and fro meanwhile."""
        counters = self.discord.counters
        return sum(counters.events.values()), sum(counters.calls.values())

    # -- inside

    async def _acting(self, who: str, act: Callable[[], Awaitable[T]]) -> tuple[T, Reply]:
        """Carries out the act, and finds what Kring wrote to the person for it."""
        before = {each.id for each in self._told(who)}
        try:
            result = await act()
        except ClientRefusal as refusal:
            raise Refusal(404, str(refusal)) from refusal
        await self.quiet()
        told = [each for each in self._told(who) if each.id not in before]
        return result, Reply("tell", seen(self.discord, told[0])) if told else Reply("nothing")

    async def _answered(self, who: str, act: Callable[[], Awaitable[Outcome]]) -> Reply:
        """The same for acts that Kring must answer."""
        return await self._reply(who, await self._done(act()))

    async def _done(self, act: Awaitable[Outcome]) -> Outcome:
        try:
            outcome = await act
        except ClientRefusal as refusal:
            raise Refusal(404, str(refusal)) from refusal
        await self.quiet()
        assert outcome.failed is None, f"Discord says: {outcome.failed}"
        assert not outcome.refused, outcome.refused
        return outcome

    async def _reply(self, who: str, outcome: Outcome) -> Reply:
        if outcome.modal is not None:
            kind = "form_errors" if outcome.errors else "form"
            return Reply(kind, None, blank(self.discord, outcome.modal), outcome.errors)
        shown = self._stands(outcome)
        if not shown:
            return Reply("nothing")
        first = seen(self.discord, shown[0], self.discord.ephemerals(who))
        again = self._step(outcome, AGAIN)
        if again is None:
            return Reply("replace" if outcome.answered == "updated" else "tell", first)
        form = blank(self.discord, await self._opened(who, again))
        return Reply("form_errors", first, form, faults(list(form.values), "\n".join(each.text for each in shown)))

    def _stands(self, outcome: Outcome) -> list[Shown]:
        return [each for each in self.discord.told(outcome) if self.discord.responses.stands(each.message)]

    def _step(self, outcome: Outcome, labels: set[str]) -> Shown | None:
        """Where the next step of a form opens, or the same once more."""
        return next((each for each in self._stands(outcome) if labels & set(each.buttons)), None)

    async def _opened(self, who: str, on: Shown) -> Modal:
        label = next(each for each in on.buttons if each in NEXT | AGAIN)
        modal = (await self._done(self.discord.presses(who, on, label))).modal
        assert modal is not None, "the button opened no form"
        return modal

    async def _written(self, who: str, place: Channel, text: str) -> Reply:
        """To Kring alone, by somebody whom it knows."""
        if not any(each.person.id == who for each in self.discord.responses.asked):
            await self._done(self.discord.calls(who, place, "/kring menu"))
        return (await self._acting(who, lambda: self.discord.says(who, self.discord.dm(who), text[: self.longest])))[1]

    def _told(self, who: str) -> list[Shown]:
        """All that was ever written to this person alone, but for what came by the outbox."""
        dm = self.discord.world.dm(who)
        direct = [] if dm is None else self.discord.sees(who, dm)
        return [each for each in direct if each.message.by_app and each.message.nonce is None]

    def _sees(self, who: str, channel: str, thread: str | None) -> list[Shown]:
        """`dm` is all that Kring tells them alone, wherever it stands."""
        try:
            if channel != "dm":
                return self.discord.sees(who, channel, thread=thread)
            dm = self.discord.world.dm(who)
            found = [*(self.discord.sees(who, dm) if dm else []), *self.discord.ephemerals(who)]
        except ClientRefusal as refusal:
            raise Refusal(403, str(refusal)) from refusal
        return sorted(found, key=lambda each: int(each.id))

    def _shown(self, who: str, message: Seen) -> Shown:
        place = message.thread or message.channel
        found = next((each for each in self._sees(who, place, None) if each.id == message.id), None)
        if found is None:
            raise Refusal(404, "That message is no more.")
        return found

    async def _place(self, who: str, channel: str, thread: str | None) -> Channel:
        """The channel; or the thread, opened on the message where there is none yet."""
        if channel == "dm":
            return self.discord.dm(who)
        if thread is None or thread in self.discord.world.channels:
            return self.discord.place(thread or channel)
        root = next(each for each in self._sees(who, channel, None) if each.id == thread)
        return await self.discord.opens_thread(who, root, root.text[:40] or "thread")
