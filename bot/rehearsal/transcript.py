"""Who saw what when: everything that came to stand in the room, as lines and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from adapters.playground.model import KRING, Act, Document, Entry, Opened
from adapters.playground.room import Change, Room
from bot.chat.events import ButtonPressed, CommandCalled, FormSent
from bot.chat.messages import Button, Controls
from bot.rehearsal import as_text

Doing = Literal["posts", "changes", "tells", "writes", "calls", "presses", "opens", "fills in"]


@dataclass(frozen=True, slots=True)
class Line:
    """`who` did something at a moment, and `to` saw it: a channel, a thread in it, or one person.

    posts, changes, tells: Kring, to everybody there or to one person only; of a change only what is new. The rest is
    what people do; *opens* is the form they have before them.
    """

    at: datetime
    who: str
    doing: Doing
    to: str
    text: str
    private: bool = False


@dataclass(slots=True)
class Transcript:
    """Fills itself while the room is watched. `end` is how the round ended, in the engine's word."""

    language: str
    lines: list[Line] = field(default_factory=list)
    end: str = ""

    def watch(self, room: Room) -> None:
        room.watch(lambda changes: self._saw(room, changes))

    def text(self) -> str:
        """All of it, to be read from top to bottom."""
        return "\n".join(self._text()) + "\n"

    # -- as text

    def _text(self) -> Iterator[str]:
        moment = ""
        known: set[tuple[str, str]] = set()
        for line in self.lines:
            now = as_text.moment(line.at, self.language)
            if now != moment:
                moment = now
                yield f"\n{now}"
            if line.private and line.doing in {"tells", "opens"} and (line.doing, line.text) in known:
                yield f"  only {line.to}: the same" if line.doing == "tells" else f"  only {line.to}: that form"
                continue
            known.add((line.doing, line.text))
            yield _heading(line)
            if line.doing not in {"calls", "presses"}:
                yield from (as_text.wrapped(paragraph) for paragraph in line.text.splitlines())

    # -- watching

    def _saw(self, room: Room, changes: Iterable[Change]) -> None:
        for before, after in changes:
            match after:
                case Act():
                    self.lines += self._act(room, after)
                case Entry():
                    self.lines += self._written(room, before, after)
                case Opened(sent=False):
                    name = room.people[after.person].name
                    text = "\n".join(as_text.form(after.form, self.language))
                    self.lines.append(Line(room.now(), name, "opens", name, text, private=True))

    def _act(self, room: Room, act: Act) -> Iterator[Line]:
        who, now = room.people[act.person].name, room.now()
        match act.event:
            case CommandCalled(text=text):
                yield Line(now, who, "calls", _place(room, act.channel, act.thread), f"/kring {text}")
            case ButtonPressed(action=action):
                entry = room.entries.get(act.entry)
                labels = [each.label for each in _buttons(entry) if each.action == action]
                yield Line(now, who, "presses", "", f"[{labels[0]}]" if labels else action.name)
            case FormSent(values=values):
                filled = as_text.filled(room.forms[act.form].form, dict(values))
                yield Line(now, who, "fills in", who, "\n".join(filled), private=True)

    def _written(self, room: Room, before: Document | None, entry: Entry) -> Iterator[Line]:
        was = before if isinstance(before, Entry) else None
        if entry.deleted or (was is not None and was.message == entry.message):
            return
        where = _place(room, entry.channel, entry.thread)
        if entry.author != KRING:
            yield Line(entry.at, room.people[entry.author].name, "writes", where, entry.text)
            return
        only = entry.to or room.channels[entry.channel].owner
        known = set(self._lines(was)) if was is not None else set()
        text = "\n".join(line for line in self._lines(entry) if line not in known)
        if text:
            doing: Doing = "tells" if only else "posts" if was is None else "changes"
            yield Line(room.now(), "Kring", doing, room.people[only].name if only else where, text, bool(only))

    def _lines(self, entry: Entry) -> list[str]:
        return list(as_text.lines(entry.message, self.language)) if entry.message else []


def _heading(line: Line) -> str:
    match line.doing:
        case "posts":
            return f"  {line.to}  Kring:"
        case "changes":
            return f"  {line.to}  Kring changes what stands there:"
        case "tells":
            return f"  only {line.to}  Kring:"
        case "opens":
            return f"  only {line.to}  a form:"
        case "writes":
            return f"  {line.to}  {line.who}:"
        case "fills in":
            return f"  {line.who} fills in:"
        case "calls" | "presses":
            return f"  {line.who} {line.doing} {line.text}"


def _place(room: Room, channel: str, thread: str | None) -> str:
    corner = room.channels[channel]
    if corner.owner:
        return room.people[corner.owner].name
    if thread is None:
        return f"#{corner.name}"
    title = room.entries[thread].title if thread in room.entries else ""
    return f"#{corner.name} > {title or '…'}"


def _buttons(entry: Entry | None) -> list[Button]:
    blocks = entry.message.blocks if entry and entry.message else ()
    controls = [control for block in blocks if isinstance(block, Controls) for control in block.controls]
    return [control for control in controls if isinstance(control, Button)]
