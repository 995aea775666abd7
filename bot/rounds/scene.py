"""A round on its scene: its channels, its threads and its people, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.chat.people import Person
from bot.chat.requests import Edit, Post
from bot.gate import Kind, Outcome, offer
from bot.rounds import cards, course, library, prompts, rules
from bot.rounds.finding import Ctx, header
from bot.rounds.model import Round
from bot.rounds.said import Contribution
from bot.rounds.script import Format
from bot.rounds.seen import Inside, Viewer
from bot.rounds.wording import action
from bot.texts.catalogue import Words as Language


@dataclass(slots=True)
class Scene:
    """`before` is the round before what is told now; `language` is what everybody in it reads."""

    ctx: Ctx
    before: Round
    round: Round
    language: Language
    people: dict[str, Person]
    turns: dict[int, int] = field(default_factory=dict)
    """How many turns each step has seen; names the message of the turn that goes on there."""
    holders: dict[int, str] = field(default_factory=dict)
    """Whose turn that is."""
    fresh: set[Channel] = field(default_factory=set)
    """Where the round has got a new card and a new thread: the old ones are lost."""

    @property
    def began(self) -> bool:
        """Whether there is a thread."""
        return self.before.began_at is not None or self.round.began_at is not None

    def about(self, name: str, *parts: object) -> Action:
        return action(name, self.round, *parts)

    def post(
        self,
        message: Message,
        about: Action | None = None,
        channels: tuple[Channel, ...] | None = None,
        *,
        step: int | None = None,
        group: int | None = None,
    ) -> None:
        """In the round's thread; in its channel as long as there is none. In each of its channels, or in these.

        `step`: what belongs to it stands in the thread of the group that plays it. `group`: in that of this one.
        """
        if group is None and step is not None:
            group = self.round.steps[step].group
        for channel in self.round.channels if channels is None else channels:
            self.ctx.ask(Post(channel, message, about=about, under=self._under(channel, group)))

    def _under(self, channel: Channel, group: int | None) -> Action | None:
        if group is not None and self.apart(channel):
            return self.about("group", group)
        return header(self.round) if self.began else None

    def apart(self, channel: Channel) -> bool:
        """Whether each group has a thread of its own there: not where it would have to be private and cannot be."""
        return not self.round.format.private or self.round.walled(channel)

    @property
    def with_groups(self) -> tuple[Channel, ...]:
        """The channels in which each group has a thread of its own."""
        return tuple(channel for channel in self.round.channels if self.apart(channel))

    @property
    def walled(self) -> tuple[Channel, ...]:
        """The channels in which it has a private thread."""
        return tuple(channel for channel in self.round.channels if self.round.walled(channel))

    def has_thread(self, person: Person) -> bool:
        """Whether their group has a thread where they are."""
        near = self.near(person)
        return not near.format.private or (near.walled(near.channel) and near.channel.space == person.account.space)

    def shown_in(self, one: Contribution) -> tuple[Channel, ...]:
        """The channels in whose thread this stands, once it is visible."""
        if one.group is not None:
            return self.with_groups
        return self.walled if one.inside else self.round.channels

    def viewer_of(self, one: Contribution) -> Viewer:
        """For whom that is which stands where this contribution does."""
        return self.viewer(one.step) if one.group is None else Inside(one.group)

    def viewer(self, step: int) -> Viewer:
        """For whom that is which stands in the thread of this step."""
        return Inside(self.round.steps[step].group) if self.round.format.private else ""

    def edit(self, about: Action, message: Message, channels: tuple[Channel, ...] | None = None) -> None:
        """Where it stands; where Kring could not write for a while some messages do not."""
        back = {home.channel for home in self.round.homes if home.state == "back"}
        for channel in self.round.channels if channels is None else channels:
            if channel not in back or self.stands(about, channel):
                self.ctx.ask(Edit(channel, about, message))

    def stands(self, about: Action, channel: Channel | None = None) -> bool:
        """In that channel; without one, in any."""
        return self.ctx.unit.posts.find(self.ctx.community.id, about, channel) is not None

    def near(self, person: Person) -> Round:
        """The round for the eyes of that person."""
        return self.round.near(person.account.space)

    def edit_step(self, number: int, channels: tuple[Channel, ...] | None = None) -> None:
        """The step's message as it is now, if there is one."""
        run = self.round.steps[number]
        block = course.block(self.round, number) if run.group is None else ()
        if block and block[0] != number:
            return  # steps that follow each other in groups share one message for all
        if run.opened_at is None:
            return
        for near, there in self.each(self.round.channels if channels is None else channels):
            places = there if run.group is None else tuple(channel for channel in there if self.apart(channel))
            self.edit(self.about("step", number), prompts.step(self.language, near, number, self.people), places)

    def edit_header(self) -> None:
        for near, there in self.each(self.round.channels):
            self.edit(header(self.round), self.card(near), there)

    def card(self, near: Round) -> Message:
        """The round as it stands in its channel; `near` is how it is seen there."""
        alternative = self.alternative if cards.is_short(self.round) else None
        return cards.header(self.language, near, self.people, alternative)

    def each(self, channels: tuple[Channel, ...]) -> Iterator[tuple[Round, tuple[Channel, ...]]]:
        """The round as it is seen near these channels, with those for which it is the same."""
        if not self.round.format.private:
            yield self.round, channels
            return
        for channel in channels:
            yield self.round.near(channel.space), (channel,)

    @property
    def alternative(self) -> Format | None:
        """What a round with so few people could become."""
        return rules.alternative(self.round, library.at_hand(self.ctx).values())

    def reader(self, person: str | None) -> tuple[Person, Language] | None:
        """Somebody to write to, and what they read."""
        found = self.people.get(person) if person else None
        return None if found is None else (found, self.ctx.words_for(found))

    def letter(
        self,
        person: Person,
        kind: Kind,
        message: Message,
        *,
        before: datetime | None = None,
        about: Action | None = None,
    ) -> Outcome:
        """A direct message they did not ask for: the gate decides whether and when it goes."""
        return offer(self.ctx, person, kind, message, about=about, before=before)

    def wrote(self, person: Person, about: Action) -> bool:
        """Whether a letter about this has reached them."""
        return self.ctx.unit.posts.find(self.ctx.community.id, about, person.account) is not None

    def take_back(self, about: Action) -> None:
        """The letter about this, as long as it waits for a good moment."""
        self.ctx.unit.outbox.drop(self.ctx.community.id, about)
