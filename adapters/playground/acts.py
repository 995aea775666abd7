"""What people can do in the room. Each act is checked, becomes an event, and brings its answer."""

from __future__ import annotations

from dataclasses import replace

from adapters.playground import finding
from adapters.playground.answers import Counter, Door, Given
from adapters.playground.commands import SHORTCUTS, mentioned
from adapters.playground.emoji import emoji_name
from adapters.playground.faults import ApiError, not_yours, unknown
from adapters.playground.model import Act, Corner, Entry, Somebody
from adapters.playground.platform import reacted, unreacted
from adapters.playground.room import Room
from bot.chat.events import (
    ButtonPressed,
    ChoiceMade,
    CommandCalled,
    Event,
    FormSent,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
    ShortcutUsed,
)
from bot.chat.messages import Button, Select
from bot.texts.catalogue import _

LONGEST_TEXT = 40_000
"""What a message or command may hold, as on Slack."""


class Acts(Counter):
    """`who` is always somebody who is here; what they name is looked up with their eyes."""

    def __init__(self, room: Room, door: Door) -> None:
        super().__init__(room, door)
        self.room = room

    # -- messages

    async def write(self, who: Somebody, corner: Corner, thread: str | None, text: str) -> tuple[Entry, Given]:
        text = _checked(text)
        room = self.room
        seq = room.next_seq()
        entry = Entry(f"m{seq}", seq, corner.id, corner.space, thread, who.id, room.now(), text)
        event = MessagePosted(
            self._id(), room.now(), who.account, entry.ref, text, direct=bool(corner.owner), profile=room.profile(who)
        )
        return entry, await self.hand_in(self._act(event, who, corner, thread), entry)

    async def edit(self, who: Somebody, entry: Entry, text: str) -> tuple[Entry, Given]:
        _own(who, entry)
        changed = replace(entry, text=_checked(text), edited=True)
        event = MessageEdited(self._id(), self.room.now(), who.account, entry.ref, changed.text)
        return changed, await self._at(event, who, entry, changed)

    async def delete(self, who: Somebody, entry: Entry) -> Given:
        _own(who, entry)
        event = MessageDeleted(self._id(), self.room.now(), entry.ref, who.account)
        act = self._act(event, who, self.room.channels[entry.channel], entry.thread)
        if self.room.replies(entry):
            return await self.hand_in(act, replace(entry, text="", deleted=True, reactions=(), files=()))
        return await self.hand_in(act, without=(entry,))

    async def react(self, who: Somebody, entry: Entry, emoji: str) -> tuple[Entry, Given]:
        name = emoji_name(emoji)
        changed = reacted(entry, who.id, name)
        if changed == entry:
            return entry, Given("nothing")
        event = ReactionAdded(self._id(), self.room.now(), who.account, entry.ref, name)
        return changed, await self._at(event, who, entry, changed)

    async def take_back(self, who: Somebody, entry: Entry, emoji: str) -> Entry:
        changed = unreacted(entry, who.id, emoji_name(emoji))
        await self.room.save(changed)
        return changed

    # -- Kring's own things

    async def command(self, who: Somebody, corner: Corner, thread: str | None, text: str) -> Given:
        words = _checked(text).strip()
        first, _space, rest = words.partition(" ")
        if first.lower() == "/kring":
            words = rest
        elif first.startswith("/"):
            raise unknown(404, _("There is no command “{typed}”."), first, ["/kring"])
        called = mentioned(self.room, who, words.strip())
        event = CommandCalled(
            self._id(), self.room.now(), who.account, corner.place(thread), called, profile=self.room.profile(who)
        )
        return await self.hand_in(self._act(event, who, corner, thread))

    async def shortcut(self, who: Somebody, entry: Entry, name: str) -> Given:
        if name not in SHORTCUTS:
            raise unknown(404, _("There is no shortcut “{typed}”."), name, SHORTCUTS)
        if entry.to:
            raise ApiError(422, _("Only you see this message."), _("Shortcuts work on messages that others see too."))
        author = self.room.people.get(entry.author)
        event = ShortcutUsed(
            self._id(), self.room.now(), who.account, name, entry.ref, entry.text,
            author.account if author else None, self.room.profile(who),
        )  # fmt: skip
        return await self._at(event, who, entry)

    async def press(self, who: Somebody, entry: Entry, button: Button) -> Given:
        corner = self.room.channels[entry.channel]
        event = ButtonPressed(
            self._id(),
            self.room.now(),
            who.account,
            corner.place(entry.thread),
            button.action,
            entry.ref,
            self.room.profile(who),
        )
        return await self._at(event, who, entry)

    async def select(self, who: Somebody, entry: Entry, select: Select, values: tuple[str, ...]) -> Given:
        if len(values) > select.most:
            raise ApiError(422, _("At most {most} can be chosen."), _("Send fewer values."), most=select.most)
        corner = self.room.channels[entry.channel]
        event = ChoiceMade(
            self._id(), self.room.now(), who.account, corner.place(entry.thread), select.action, values, entry.ref,
            self.room.profile(who),
        )  # fmt: skip
        return await self._at(event, who, entry)

    async def send_form(self, who: Somebody, id_: str, given: dict[str, object]) -> Given:
        opened = finding.form(self.room, who, id_)
        values = finding.values(self.room, who, opened.form, given)
        corner = self.room.channels[opened.channel]
        event = FormSent(
            self._id(), self.room.now(), who.account, corner.place(opened.thread), opened.form.action, values,
            self.room.profile(who),
        )  # fmt: skip
        act = replace(self._act(event, who, corner, opened.thread), entry=opened.entry, form=opened.id)
        return await self.hand_in(act, replace(opened, sent=True))

    # -- people

    async def join(self, newcomer: Somebody) -> Somebody:
        """Somebody new, or somebody who comes back."""
        room = self.room
        space = room.spaces[newcomer.space]
        here = replace(newcomer, since=room.next_seq(), gone=False)
        corner = Corner(here.dm, "Kring", here.space, owner=here.id)
        greets = room.channels[space.greets].channel if space.greets else None
        event = MemberJoined(self._id(), room.now(), here.account, room.profile(here), greets)
        await self.hand_in(self._act(event, here, corner, None), here, corner)
        return here

    async def leave(self, who: Somebody) -> None:
        event = MemberLeft(self._id(), self.room.now(), who.account)
        await self.hand_in(self._act(event, who, self.room.dm(who), None), replace(who, gone=True))

    # -- inside

    def _id(self) -> str:
        return f"playground/{self.room.next_seq()}"

    def _act(self, event: Event, who: Somebody, corner: Corner, thread: str | None) -> Act:
        return Act(event.id, self.room.basis.seq, event, who.id, corner.id, thread)

    async def _at(self, event: Event, who: Somebody, entry: Entry, *documents: Entry) -> Given:
        act = self._act(event, who, self.room.channels[entry.channel], entry.thread)
        return await self.hand_in(replace(act, entry=entry.id), *documents)


def _own(who: Somebody, entry: Entry) -> None:
    if entry.author != who.id:
        raise not_yours()


def _checked(text: str) -> str:
    if not text.strip():
        raise ApiError(422, _("There is no text."), _("Write something first."))
    if len(text) > LONGEST_TEXT:
        raise ApiError(
            422, _("A message holds at most {most} characters; this has {n}."), _("Send it in parts."),
            most=LONGEST_TEXT, n=len(text),
        )  # fmt: skip
    return text.replace("\x00", "")
