"""The welcome in a channel where people press a button first: who arrives in a crowd shares one card.

The card names the newest few and counts the others. It is edited at set moments, so that a crowd of any size makes a
handful of edits and no direct message at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import CameDue
from bot.chat.names import Channel, Space
from bot.chat.people import Person
from bot.chat.requests import Edit, Post
from bot.newcomers import rules, views
from bot.newcomers.company import place
from bot.newcomers.model import CrowdClosed, CrowdOpened, Newcomer
from bot.newcomers.ports import Ctx

NAMED = 3
"""So many of a crowd are named."""
STAYS = timedelta(days=1)
"""Who leaves later than this after the card was opened stays on it."""


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    opened: datetime
    channel: Channel


def greet(ctx: Ctx, newcomer: Newcomer, person: Person) -> Newcomer:
    """Puts the newcomer on the card that stands there for a few minutes only, or opens one."""
    where = place(ctx.community, newcomer, person)
    if newcomer.greeted_in_public or where is None:
        return newcomer
    number = ctx.unit.number(ctx.community.id, "crowd")  # people who arrive in one moment wait for each other here
    card = _at(ctx, where.space, ctx.now)
    if card is None:
        card = Card(f"{ctx.now:%Y-%m-%d}.{number}", ctx.now, where)
        ctx.record(_day(ctx.now), CrowdOpened(card.id, where.space.platform, where.space.id, where.id))
        ctx.ask(Post(where, views.crowd(ctx.common_words, (person,), 0), about=about(card.id)))
    else:
        ctx.wait(about(card.id), rules.next_gathering(card.opened, ctx.now))
    return rules.greeted_in_public(newcomer)


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """Everybody who came since, at once."""
    ctx.wait(event.about, None)
    card = _named(ctx, event.about.id)
    if card is not None:
        _edit(ctx, card)
    return Nothing()


def left(ctx: Ctx, newcomer: Newcomer) -> None:
    """Who went soon after they came is not named any more: with the next of those moments, for a crowd goes as one."""
    card = _of(ctx, newcomer)
    if card is not None and ctx.now < card.opened + STAYS:
        ctx.wait(about(card.id), rules.next_gathering(card.opened, ctx.now))


def forgotten(ctx: Ctx, newcomer: Newcomer) -> None:
    """Nothing is kept of them any more, so the card does not name them either."""
    card = _of(ctx, newcomer)
    if card is not None:
        _edit(ctx, card)


def close(ctx: Ctx, card_id: str) -> None:
    """It could not be posted: nobody was greeted, and whoever comes next gets a new one."""
    card = _named(ctx, card_id)
    if card is None:
        return
    ctx.wait(about(card.id), None)
    ctx.record(_day(card.opened), CrowdClosed(card.id))
    for newcomer in _on_it(ctx, card):
        ctx.unit.newcomers.save(ctx.community.id, rules.greeted_in_public(newcomer, yes=False))


def about(card: str) -> Action:
    return Action("newcomer.crowd", card)


def _edit(ctx: Ctx, card: Card) -> None:
    newcomers = _on_it(ctx, card)
    known = ctx.unit.people.many(ctx.community.id, [each.person for each in newcomers])
    newest = [known[each.person] for each in reversed(newcomers) if each.person in known][:NAMED]
    shown = views.crowd(ctx.common_words, tuple(newest), len(newcomers) - len(newest))
    ctx.ask(Edit(card.channel, about(card.id), shown))


def _on_it(ctx: Ctx, card: Card) -> tuple[Newcomer, ...]:
    """Who is on the card, the newest last."""
    since = ctx.unit.newcomers.joined_since(ctx.community.id, card.opened)
    came = [each for each in since if each.greeted_in_public and rules.shares(card.opened, each.joined)]
    known = ctx.unit.people.many(ctx.community.id, [each.person for each in came])
    here = {id_ for id_, person in known.items() if person.account.space == card.channel.space}
    return tuple(each for each in came if each.person in here)


def _of(ctx: Ctx, newcomer: Newcomer) -> Card | None:
    """The card a newcomer is on."""
    person = ctx.unit.people.get(ctx.community.id, newcomer.person)
    if not newcomer.greeted_in_public or person is None:
        return None
    return _at(ctx, person.account.space, newcomer.joined)


def _at(ctx: Ctx, space: Space, moment: datetime) -> Card | None:
    """The card that was the newest in that space then, if it took anybody still."""
    days = dict.fromkeys((_day(moment - rules.SHARED_FOR), _day(moment)))
    here = [card for card in _opened(ctx, days) if card.channel.space == space and card.opened <= moment]
    return here[-1] if here and rules.shares(here[-1].opened, moment) else None


def _named(ctx: Ctx, id_: str) -> Card | None:
    return next(
        (card for card in _opened(ctx, [Action("newcomer.crowds", id_.partition(".")[0])]) if card.id == id_), None
    )


def _opened(ctx: Ctx, days: Iterable[Action]) -> list[Card]:
    """The cards of those days that stand."""
    cards: dict[str, Card] = {}
    for day in days:
        for at, kind, values in ctx.unit.facts.of(ctx.community.id, day):
            id_ = str(values["card"])
            if kind == CrowdOpened.__name__:
                channel = Channel(Space(values["platform"], values["space"]), values["channel"])
                cards[id_] = Card(id_, at, channel)
            else:
                cards.pop(id_, None)
    return list(cards.values())


def _day(moment: datetime) -> Action:
    """Where the cards of that day are noted."""
    return Action("newcomer.crowds", f"{moment:%Y-%m-%d}")
