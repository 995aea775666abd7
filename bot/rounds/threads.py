"""The threads of a round and of its groups, and who is inside where they are private.

Who is in a group stands in a message: in the channel, or in the round's private thread. The group's thread hangs on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.chat.actions import Action
from bot.chat.names import Account, Channel
from bot.chat.people import Person
from bot.chat.requests import Admit, OpenThread, Post
from bot.rounds import course, notes
from bot.rounds.finding import header, people_of
from bot.rounds.model import Round
from bot.rounds.scene import Scene
from bot.rounds.wording import excerpt, group_number, place_of, title

TITLE = 100
"""The longest name of a thread."""


def open_round(scene: Scene, channels: tuple[Channel, ...]) -> None:
    """The round's own, on its card; a private one beside it."""
    name = title(scene.language, scene.round)
    for channel in channels:
        _open(scene, channel, header(scene.round), name, scene.round.speakers)


def open_group(scene: Scene, number: int, channels: tuple[Channel, ...]) -> None:
    """For the group of that number, in each of these channels."""
    shown, members = group_number(scene.round, number), scene.round.groups[number].members
    about, called = scene.about("group", number), _called(scene, number)
    for channel in channels:
        walled = scene.round.walled(channel)
        message = notes.group(scene.language, shown, members, scene.people, private=walled)
        scene.ctx.ask(Post(channel, message, about=about, under=header(scene.round) if walled else None))
        _open(scene, channel, about, called, members)


def _called(scene: Scene, number: int) -> str:
    """Which group it is, and what it is there for: what tells its thread from the round's and from the others'."""
    round_ = scene.round
    first = course.base(round_, round_.groups[number].formed)
    there = [step for step in course.bases(round_) if step > first]
    last = first
    for step in there:
        if not round_.steps[step].script.in_groups:
            break
        last = step
    i, to = place_of(round_, first)[0], place_of(round_, last)[0]
    n, topic = group_number(round_, number), round_.topic
    if to > i:
        return scene.language.label("Group {n}, steps {i} to {to}: {topic}", n=n, i=i, to=to, topic=topic)
    return scene.language.label("Group {n}, step {i}: {topic}", n=n, i=i, topic=topic)


def _open(scene: Scene, channel: Channel, about: Action, name: str, people: Iterable[str]) -> None:
    """The name of a private thread begins with the number of its round, which no other round has."""
    inside = None
    if scene.round.walled(channel):
        inside = _accounts(scene.people, people, channel)
        name = f"R-{scene.round.number}, {name}"
    scene.ctx.ask(OpenThread(channel, about, excerpt(name, TITLE), inside))


def _accounts(known: Mapping[str, Person], people: Iterable[str], channel: Channel) -> tuple[Account, ...]:
    """Theirs in that space, as far as they take part from there."""
    accounts = (known[person].account for person in people if person in known)
    return tuple(account for account in accounts if account.space == channel.space)


# -- who comes and goes


def moved(before: Round, after: Round) -> bool:
    """Whether somebody has to be let into a private thread, or taken out of one."""
    return before.began_at is not None and any(map(after.walled, after.channels)) and _inside(before) != _inside(after)


def admit(scene: Scene) -> None:
    """Who came is let in; who went is taken out. Threads that are opened only now have the right people anyway."""
    if not moved(scene.before, scene.round):
        return
    were, are = _inside(scene.before), _inside(scene.round)
    known = people_of(scene.ctx, scene.before) | scene.people
    for channel in scene.walled:
        if channel not in scene.before.channels:
            continue
        for number in (each for each in were if each in are):
            about = header(scene.round) if number is None else scene.about("group", number)
            _change(scene, channel, about, _accounts(known, _less(were[number], are[number]), channel), out=True)
            _change(scene, channel, about, _accounts(known, _less(are[number], were[number]), channel), out=False)


def _inside(round_: Round) -> dict[int | None, tuple[str, ...]]:
    """Who is in the round's thread, and in that of each group by its number."""
    found: dict[int | None, tuple[str, ...]] = {None: round_.speakers}
    for number, group in enumerate(round_.groups):
        found[number] = tuple(person for person in group.members if person in round_.speakers)
    return found


def _less(people: Iterable[str], others: Collection[str]) -> list[str]:
    return [person for person in people if person not in others]


def _change(scene: Scene, channel: Channel, about: Action, accounts: Iterable[Account], *, out: bool) -> None:
    for account in accounts:
        scene.ctx.ask(Admit(channel, about, account, out))
