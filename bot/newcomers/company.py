"""Who and what stands around a newcomer: the buddy, the facilitators, the channel where people greet each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.chat.people import Community, Person
from bot.chat.text import ChannelName
from bot.gate import Send, offer
from bot.newcomers.model import CheckinAnswer, Help, Newcomer, Pairing
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import Words


@dataclass(frozen=True, slots=True)
class Company:
    person: Person
    """The newcomer."""
    community: Community
    buddy: Person | None
    """Who said yes to being their buddy."""
    facilitators: tuple[Person, ...]
    place: Channel | None
    """Where the newcomer can be introduced: a channel in a space they are in."""

    @property
    def near(self) -> Person | None:
        """The buddy, else a facilitator."""
        return self.buddy or next(iter(self.facilitators), None)

    def fill(self, words: Words) -> Mapping[str, object]:
        """What stands in the places of the journey's texts."""
        near = self.near
        return {
            "name": self.person.name,
            "community": self.community.name,
            "buddy": near.shown() if near else words.label("Everybody here"),
            "hello_channel": ChannelName(self.place) if self.place else words.label("the main channel"),
            "listening_seat": words.label("The next round"),
        }


def company(ctx: Ctx, newcomer: Newcomer, person: Person) -> Company:
    found = pairing(ctx, person.id)
    buddy = ctx.unit.people.get(ctx.community.id, found.buddy) if found and found.state == "agreed" else None
    return Company(
        person=person,
        community=ctx.community,
        buddy=buddy if buddy and not buddy.gone else None,
        facilitators=facilitators(ctx, without=person.id),
        place=place(ctx.community, newcomer, person),
    )


def whose(ctx: Ctx, thing: Newcomer | CheckinAnswer | Pairing | Help | None) -> Person | None:
    """The newcomer it is about, while they are here."""
    person = None if thing is None else ctx.unit.people.get(ctx.community.id, thing.person)
    return None if person is None or person.gone else person


def pairing(ctx: Ctx, newcomer: str) -> Pairing | None:
    """The buddy this person has, or was found."""
    for each in ctx.unit.newcomers.pairings(ctx.community.id, newcomer):
        if each.person == newcomer and each.state in ("proposed", "agreed"):
            return each
    return None


def facilitators(ctx: Ctx, *, without: str) -> tuple[Person, ...]:
    return tuple(each for each in ctx.facilitators if each.id != without)


def facilitators_hear(ctx: Ctx, letter: Callable[[Words], Message]) -> bool:
    """Brings the same from who acts to each of them, in their language; whether anybody can be reached."""
    readers = facilitators(ctx, without=ctx.actor.id)
    outcomes = [offer(ctx, each, "notice", letter(ctx.words_for(each))) for each in readers]
    return any(isinstance(each, Send) for each in outcomes)


def place(community: Community, newcomer: Newcomer, person: Person) -> Channel | None:
    """The home channel, else where the space greets people; always in a space the person is in."""
    for channel in (*community.homes, newcomer.channel):
        if channel is not None and channel.space == person.account.space:
            return channel
    return None
