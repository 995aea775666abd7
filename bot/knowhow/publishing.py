"""What all handlers of know-how do around a rule: load an item, read a form, save, and keep its cards up to date."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.events import FormSent
from bot.chat.forms import Form, Values, check
from bot.chat.messages import Block, Message
from bot.chat.names import Channel, Thread
from bot.chat.people import Person
from bot.chat.requests import Edit, Post
from bot.context import Context
from bot.errors import FormMistake, UserMistake
from bot.gate import Outcome, offer
from bot.knowhow import letters, rules, views
from bot.knowhow.model import Item
from bot.knowhow.ports import KnowHowUnit
from bot.knowhow.wording import alike, gist
from bot.texts.catalogue import _

Ctx = Context[KnowHowUnit]

SIMILAR = 3


def about(item: Item) -> Action:
    """By this name the item waits and its facts are kept."""
    return Action("knowhow.item", item.id)


def parts(action: Action, count: int) -> list[str]:
    """The parts of an action's id. Raises UserMistake for a button of another time."""
    found = action.id.split(".")
    if len(found) != count or not all(found):
        raise UserMistake("This step is over.")
    return found


def load(ctx: Ctx, id_: str) -> Item:
    item = ctx.unit.knowhow.get(ctx.community.id, id_)
    if item is None:
        raise UserMistake("This is not there any more.")
    return item


def visible(ctx: Ctx, id_: str) -> Item:
    """The item, if the person who acts may see it."""
    item = load(ctx, id_)
    if not rules.may_see(item, ctx.actor.id):
        raise UserMistake("This is not there any more.")
    return item


def own(ctx: Ctx, id_: str) -> Item:
    """The item, if the person who acts keeps it."""
    item = load(ctx, id_)
    if item.keeper != ctx.actor.id:
        raise UserMistake("This is for {name} alone.", name=_keeper_name(ctx, item))
    return item


def people_of(ctx: Ctx, *items: Item) -> dict[str, Person]:
    """Everybody whose name could be shown with these items."""
    ids = {each.person for item in items for each in item.contributors}
    ids |= {report.person for item in items for report in item.tried} | {item.keeper for item in items}
    return ctx.unit.people.many(ctx.community.id, sorted(ids - {""}))


def save(ctx: Ctx, item: Item, *facts: object, standing: int | None = None) -> None:
    """Keeps the item and what happened to it, and brings its cards up to date.

    `standing`: so many of its cards stood there before; what is only being posted now is up to date already.
    """
    ctx.unit.knowhow.save(item)
    ctx.record(about(item), *facts)
    ctx.wait(about(item), rules.waits_until(item))
    cards = item.cards if standing is None else item.cards[:standing]
    if not cards:
        return
    people = people_of(ctx, item)
    for place, channel in enumerate(cards):
        shown = _card(ctx, item, people, place, channel)
        ctx.ask(Edit(channel, Action("knowhow.card", f"{item.id}.{place}"), shown))


def erase(ctx: Ctx, item: Item, *facts: object) -> None:
    """The item is no more; where a card of it stood, it says so."""
    ctx.unit.knowhow.remove(ctx.community.id, item.id)
    ctx.record(about(item), *facts)
    ctx.wait(about(item), None)
    gone = views.gone(ctx.common_words, item)
    for place, channel in enumerate(item.cards):
        ctx.ask(Edit(channel, Action("knowhow.card", f"{item.id}.{place}"), gone))


def post_card(ctx: Ctx, item: Item, channel: Channel, thread: Thread | None) -> Item:
    """Posts a card; the item remembers where, so that the card follows it. The caller saves the item."""
    place = len(item.cards)
    card = _card(ctx, item, people_of(ctx, item), place, channel)
    ctx.ask(Post(channel, card, about=Action("knowhow.card", f"{item.id}.{place}"), thread=thread))
    return replace(item, cards=(*item.cards, channel))


def _card(ctx: Ctx, item: Item, people: views.People, place: int, channel: Channel) -> Message:
    """The first card of what came from a thread stands in that thread, and says so."""
    words = ctx.common_words
    above: list[Block] = []
    if place == 0 and isinstance(item.place, Thread) and item.place.channel == channel:
        text = _("This thread is kept as *{ref}*, for the next person with the same question.")
        above.append(views.said(words, text, ref=item.ref))
    return views.card(words, item, people, ctx.now, above=above)


def share(ctx: Ctx, item: Item) -> tuple[Item, tuple[object, ...]]:
    """Gives the item its number, and puts a card of it into the thread it came from. The caller saves it."""
    number = item.number or ctx.unit.number(ctx.community.id, "K")
    item, facts = rules.share(item, number, ctx.now)
    if isinstance(item.place, Thread) and not item.cards:
        item = post_card(ctx, item, item.place.channel, item.place)
    return item, facts


def tell_keeper(ctx: Ctx, item: Item, letter: Message) -> Outcome | None:
    """To the keeper, through the gate; None when there is none any more."""
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    return None if keeper is None else offer(ctx, keeper, "notice", letter)


def draft_becomes(ctx: Ctx, item: Item, text: str, **values: object) -> None:
    """What stands where the draft stood in the keeper's direct conversation, if it did."""
    action = Action("knowhow.draft", item.id)
    posted = ctx.unit.posts.find(ctx.community.id, action)
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    if posted is not None and keeper is not None:
        ctx.ask(Edit(posted.to, action, letters.draft_done(ctx.words_for(keeper), text, **values)))


def filled(form: Form, event: FormSent) -> Values:
    """The checked values of the form; a field that was not sent at all keeps what it was opened with."""
    values, faults = check(form, {field.name: field.value for field in form.fields} | dict(event.values))
    if faults:
        raise FormMistake(faults)
    return values


def similar(ctx: Ctx, item: Item) -> tuple[Item, ...]:
    """What is kept already and seems to be about the same."""
    about_this = gist(item)
    found = ctx.unit.knowhow.like(ctx.community.id, about_this, 3 * SIMILAR) if about_this else ()
    return tuple(each for each in found if each.id != item.id and alike(about_this, gist(each)))[:SIMILAR]


def _keeper_name(ctx: Ctx, item: Item) -> str:
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    return keeper.name if keeper else ctx.words.label("its keeper")
