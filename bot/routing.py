"""One event on its way through the house: who did it, which handler it is for, one unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import reported
from bot.chat.answers import Answer, FormErrors, Nothing, Tell
from bot.chat.commands import Command, Misused, Parsed, Unknown, parse
from bot.chat.events import (
    ButtonPressed,
    ByPerson,
    CameDue,
    ChoiceMade,
    CommandCalled,
    Delivered,
    Event,
    FormSent,
    HomeOpened,
    Installed,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
    Refused,
    ShortcutUsed,
    ThreadFetched,
    ThreadsStand,
)
from bot.chat.messages import Words as Paragraph
from bot.chat.messages import message
from bot.chat.names import Account, Profile
from bot.chat.people import Community, Person
from bot.chat.text import Text
from bot.context import Context
from bot.errors import FormMistake, UserMistake
from bot.features import Features
from bot.misunderstood import misused, not_allowed, plain_talk, unknown
from bot.ports import DoorUnit
from bot.texts.catalogue import Words, words_in

_LISTENERS: dict[type, str] = {
    MessagePosted: "posted",
    MessageEdited: "edited",
    MessageDeleted: "deleted",
    ReactionAdded: "reacted",
    MemberJoined: "joined",
    MemberLeft: "left",
    Installed: "installed",
    ThreadsStand: "threads",
    HomeOpened: "opened",
}


class UnmetError(Exception):
    """A looking handler met somebody for the first time, which is something to write down."""


class Run:
    """One event on its way through; run again from the start when somebody else was first."""

    def __init__(self, features: Features, event: Event, now: datetime, seed: int) -> None:
        self.features = features
        self.event = event
        self.now = now
        self.seed = seed
        self.feature = ""
        self.handler = ""
        self.words: Words = words_in("en")
        self._parsed: tuple[str, dict[str, str], Parsed] | None = None

    # -- what the person reads

    def said(self, text: Text) -> Answer:
        return Tell(message(Paragraph(text))) if isinstance(self.event, ByPerson | MessagePosted) else Nothing()

    def form_errors(self, mistake: FormMistake) -> Answer:
        errors = {fault.field: self.words.fault(fault) for fault in mistake.faults}
        errors |= {field: self.words.label(each.text, **each.values) for field, each in mistake.words.items()}
        return FormErrors(tuple(errors.items()))

    # -- the unit of work

    def only_looks(self) -> bool:
        match self.event:
            case CommandCalled(text=text, options=options):
                parsed = self._parse(text, dict(options))
                return not isinstance(parsed, tuple) or parsed[0].looks
            case HomeOpened():
                return True
            case _:
                return False

    def look(self, unit: DoorUnit) -> Answer:
        account = self.event.account if isinstance(self.event, CommandCalled | HomeOpened) else None
        person = unit.people.by_account(account) if account is not None else None
        if account is None or person is None:
            raise UnmetError
        return self._answer(self._of(unit, account, None, person))

    def work(self, unit: DoorUnit) -> Answer:
        if not unit.first_time(self.event.id, self.now):
            return Nothing()
        match self.event:
            case CommandCalled() | ButtonPressed() | ChoiceMade() | FormSent() | ShortcutUsed() | Installed():
                answer = self._answer(self._by(unit, self.event.account, self.event.profile, meet=True))
                return self._arrived(unit, answer)
            case HomeOpened(profile=profile):  # without one it is not the person who looks: somebody forgotten stays so
                return self._answer(self._by(unit, self.event.account, profile, meet=profile is not None))
            case MessagePosted():
                return self._answer(self._by(unit, self.event.account, self.event.profile, meet=self.event.direct))
            case MemberJoined():
                known = unit.people.by_account(self.event.account) is not None
                return self._answer(self._by(unit, self.event.account, self.event.profile, meet=known))
            case ProfileChanged():
                unit.people.changed(self.event.account, self.event.profile)
                return Nothing()
            case MessageEdited() | ReactionAdded() | MemberLeft():
                return self._answer(self._by(unit, self.event.account, None, meet=False))
            case MessageDeleted():
                return self._answer(self._deleted(unit, self.event))
            case ThreadsStand():
                return self._answer(self._context(unit, unit.communities.of(self.event.space)))
            case CameDue():
                answer = self._came_due(self._context(unit, unit.communities.get(self.event.community)), self.event)
                unit.settle_due(self.event.community, self.event.about, self.event.at)
                return answer
            case Delivered() | Refused() | ThreadFetched():
                return self._reported(unit, self.event)

    def _arrived(self, unit: DoorUnit, answer: Answer) -> Answer:
        """What a platform kept of a form goes in the same unit: else who is given it once more sends it twice."""
        if isinstance(self.event, FormSent) and not isinstance(answer, FormErrors):
            unit.form_arrived(self.event.account, self.event.action)
        return answer

    def _context(self, unit: DoorUnit, community: Community, person: Person | None = None) -> Context[Any]:
        self.words = words_in(person.language if person else community.language)
        return Context(
            unit=unit,
            now=self.now,
            community=community,
            seed=self.seed,
            event=self.event.id,
            offered=self.features.offered,
            person=person,
        )

    def _by(self, unit: DoorUnit, account: Account, profile: Profile | None, *, meet: bool) -> Context[Any]:
        """What an account did. Somebody who only wrote or reacted is not noted down until they matter."""
        person = unit.people.seen(account, profile, self.now) if meet else unit.people.by_account(account)
        return self._of(unit, account, profile, person)

    def _of(self, unit: DoorUnit, account: Account, profile: Profile | None, person: Person | None) -> Context[Any]:
        known = unit.communities
        community = known.of(account.space) if person is None else known.get(person.community)
        context = self._context(unit, community, person)
        context.account, context.profile = account, profile
        return context

    def _deleted(self, unit: DoorUnit, event: MessageDeleted) -> Context[Any]:
        if event.account is not None:
            return self._by(unit, event.account, None, meet=False)
        return self._context(unit, unit.communities.of(event.message.channel.space))

    # -- the routes

    def _answer(self, ctx: Context[Any]) -> Answer:
        event = self.event
        match event:
            case CommandCalled(text=text, options=options):
                return self._command(ctx, event, text, dict(options))
            case ButtonPressed():
                return self._named(ctx, "buttons", event.action.name)
            case ChoiceMade():
                return self._named(ctx, "choices", event.action.name)
            case FormSent():
                return self._named(ctx, "forms", event.action.name)
            case ShortcutUsed():
                return self._named(ctx, "shortcuts", event.name)
            case MessagePosted(direct=True, text=text) if (called := self._typed_command(text)) is not None:
                return self._command(ctx, _as_call(event), called, {})
            case _:
                return self._listened(ctx)

    def _parse(self, text: str, options: dict[str, str]) -> Parsed:
        """Looked up again on every step of the same way; parsed once."""
        if self._parsed is None or self._parsed[:2] != (text, options):
            self._parsed = text, options, parse(text, options, self.features.offered.commands)
        return self._parsed[2]

    def _typed_command(self, text: str) -> str | None:
        """The command in a direct message, with or without `/kring` before it; None for plain talk."""
        first, _, rest = text.strip().partition(" ")
        if first.lower().lstrip("/") == "kring":
            return rest
        return text if isinstance(self._parse(text, {}), tuple) and text.strip() else None

    def _command(self, ctx: Context[Any], event: CommandCalled, text: str, options: dict[str, str]) -> Answer:
        parsed = self._parse(text, options)
        if isinstance(parsed, Unknown):
            return Tell(unknown(ctx.words, parsed))
        if isinstance(parsed, Misused):
            return Tell(misused(ctx.words, parsed))
        command, given = parsed
        if not _may(ctx, command):
            return Tell(not_allowed(ctx.words, command))
        _, handler, self.feature = self.features.commands[command.path]
        self.handler = handler.__name__
        return handler(ctx, event, given)

    def _named(self, ctx: Context[Any], table: str, name: str) -> Answer:
        found = self.features.tables[table].get(name)
        if found is None:
            raise UserMistake("This step is over.")
        handler, self.feature = found
        self.handler = handler.__name__
        answer: Answer = handler(ctx, self.event)
        return answer

    def _listened(self, ctx: Context[Any]) -> Answer:
        """Every feature that listens gets the event; the first answer that says something is shown."""
        said: Answer = Nothing()
        for handler, feature in self.features.listeners[_LISTENERS[type(self.event)]]:
            answer: Answer = handler(ctx, self.event)
            if not isinstance(answer, Nothing):
                self.feature, self.handler = feature, handler.__name__
                said = said if not isinstance(said, Nothing) else answer
        if isinstance(said, Nothing) and isinstance(self.event, MessagePosted) and self.event.direct:
            return Tell(plain_talk(ctx.words))
        return said

    def _came_due(self, ctx: Context[Any], event: CameDue) -> Answer:
        found = self.features.tables["deadlines"].get(event.about.name)
        if found is None:  # a deadline of a feature that is no more
            ctx.wait(event.about, None)
            return Nothing()
        handler, self.feature = found
        self.handler = handler.__name__
        answer: Answer = handler(ctx, event)
        return answer

    def _reported(self, unit: DoorUnit, event: reported.Report) -> Answer:
        """Tells the feature that asked, where it wants to know."""
        waiting = reported.settle(unit, event, self.now)
        about = reported.about(waiting.request) if waiting is not None else None
        if waiting is None or about is None:
            return Nothing()
        found = self.features.tables[reported.table(event)].get(about.name)
        if found is None:
            return Nothing()
        ctx = self._context(unit, unit.communities.get(waiting.community))
        ctx.request = waiting.request
        handler, self.feature = found
        self.handler = handler.__name__
        answer: Answer = handler(ctx, event, about)
        return answer


def _as_call(event: MessagePosted) -> CommandCalled:
    here = replace(event.message.channel, direct=True)
    return CommandCalled(event.id, event.at, event.account, here, event.text, profile=event.profile)


def _may(ctx: Context[Any], command: Command) -> bool:
    match command.who:
        case "member":
            return True
        case "host":
            return ctx.actor.host
        case "facilitator":
            return ctx.facilitates(ctx.actor)
