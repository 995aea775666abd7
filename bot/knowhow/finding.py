"""Finding what was kept, and whom one can ask. Nobody but who looks sees it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled, FormSent
from bot.chat.forms import Form
from bot.chat.messages import Block, Message, message
from bot.chat.messages import Words as Paragraph
from bot.chat.names import Place, Thread, channel_of
from bot.chat.people import Person
from bot.chat.requests import Post, Upload
from bot.chat.text import Plain, Text
from bot.errors import UserMistake
from bot.knowhow import forms, freshness, lists, rules, views
from bot.knowhow.export import markdown
from bot.knowhow.model import CardAsked, Contributor, Item
from bot.knowhow.publishing import Ctx, about, filled, people_of, post_card, save, visible
from bot.knowhow.reference import nearest, number_in
from bot.knowhow.wording import drafted
from bot.texts.catalogue import _

SHOWN = 5
LISTED = 25
DRAFTS_SHOWN = 3


def find(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """What has all the words; without any, what was kept last."""
    return Tell(_found(ctx, given.text("words")))


def search_form(ctx: Ctx, _event: ButtonPressed) -> Answer:
    return OpenForm(forms.search(ctx.words))


def searched(ctx: Ctx, event: FormSent) -> Answer:
    return Tell(_found(ctx, filled(forms.search(ctx.words), event).text("words")))


def show(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """One item by its name; something else is searched for."""
    typed = given.text("item")
    if number_in(typed) is None:
        return Tell(_found(ctx, typed))
    item = named(ctx, typed)
    return Tell(item if isinstance(item, Message) else _private(ctx, item))


def names(ctx: Ctx, typed: str) -> Sequence[tuple[str, str]]:
    """Items by their names while somebody types one: those found by these words; without any, those kept last."""
    find = ctx.unit.knowhow
    number = number_in(typed)
    if number is not None:
        one = find.numbered(ctx.community.id, number)
        items: tuple[Item, ...] = () if one is None else (one,)
    else:
        items = find.find(ctx.community.id, typed, LISTED) if typed else find.newest(ctx.community.id, LISTED)
    return [(item.ref, f"{item.ref} {views.title(ctx.words, item)}") for item in items if item.stage == "shared"]


def open_item(ctx: Ctx, event: ButtonPressed) -> Answer:
    return Tell(_private(ctx, visible(ctx, event.action.id)))


def who(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """Who said that people may ask them about items with these words."""
    topic = given.text("topic")
    items = ctx.unit.knowhow.find(ctx.community.id, topic, 50)
    people = people_of(ctx, *items)
    found: dict[str, tuple[Person, list[tuple[Item, Contributor]]]] = {}
    for item in items:
        if item.stage != "shared":
            continue
        for each in views.askable(item, people):
            if each.person != ctx.actor.id:
                found.setdefault(each.person, (people[each.person], []))[1].append((item, each))
    return Tell(lists.people_for(ctx.words, topic, list(found.values())[:SHOWN]))


def history(ctx: Ctx, event: ButtonPressed) -> Answer:
    item = visible(ctx, event.action.id)
    return Tell(views.history(ctx.words, item, ctx.unit.facts.of(ctx.community.id, about(item))))


def show_here(ctx: Ctx, event: ButtonPressed) -> Answer:
    """A card for everybody in this place."""
    item = visible(ctx, event.action.id)
    if item.stage != "shared":
        raise UserMistake("This is not shared any more.")
    place = event.place
    if channel_of(place).direct:
        raise UserMistake("Only you are here. Open it in a channel to show it there.")
    standing = len(item.cards)
    item = post_card(ctx, item, channel_of(place), place if isinstance(place, Thread) else None)
    save(ctx, item, CardAsked(standing, ctx.actor.id), standing=standing)
    return Nothing()


def review(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """How fresh one item is, and the question whether it still holds; without a name, what is due."""
    typed = given.text("item")
    if not typed:
        items = [each for each in ctx.unit.knowhow.shared(ctx.community.id) if each.stage == "shared"]
        due = [item for item in items if freshness.label(item, ctx.now) == "due"][:SHOWN]
        return Tell(lists.due(ctx.words, due, people_of(ctx, *due)))
    item = named(ctx, typed)
    if isinstance(item, Message):
        return Tell(item)
    viewer = ctx.actor
    known = item.contributor_of(viewer.id)
    keeps = item.keeper == viewer.id
    may = item.stage == "shared" and (keeps or ctx.facilitates(viewer) or (known is not None and known.agreed))
    return Tell(views.freshness_of(ctx.words, item, ctx.now, may_review=may, keeps=keeps))


def circle_form(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Ask the circle*: nothing is posted before the question was written and sent."""
    return OpenForm(_circle_form(ctx, event.place))


def circle_asked(ctx: Ctx, event: FormSent) -> Answer:
    """Posts the question; what is answered under it can be kept afterwards, with the question as its opening."""
    values = filled(_circle_form(ctx, event.place), event)
    here = channel_of(event.place)
    home = ctx.community.home_in(here.space)
    channel = home if home is not None and (here.direct or values.text("where") == "home") else here
    person = ctx.actor
    asks: Text = (*ctx.common_words.say("{name} asks:", name=person.shown()), Plain("\n" + values.text("question")))
    action = Action("knowhow.question", f"{person.id}.{ctx.new_id()}")
    ctx.ask(Post(channel, message(Paragraph(asks)), about=action))
    return Tell(message(views.said(ctx.words, _("Your question is on its way to the channel."))))


def export(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    """Everything that is shared, as one file of Markdown, by direct message."""
    items = ctx.unit.knowhow.shared(ctx.community.id)
    if not items:
        return Tell(lists.nothing(ctx.words, ""))
    person = ctx.actor
    content = markdown(ctx.words, ctx.community.name, items, people_of(ctx, *items))
    letter = message(
        views.said(ctx.words, _("Everything that is shared in {community}."), community=ctx.community.name)
    )
    ctx.ask(Upload(ctx.by, "know-how.md", content, letter, about=Action("knowhow.file", person.id)))
    text = _(
        "You get the file in a direct message. Nothing there in a minute? Then direct messages are closed: open them "
        "and ask again."
    )
    return Tell(message(views.said(ctx.words, text)))


def menu(ctx: Ctx, place: Place) -> list[Block]:
    """What know-how offers in the private menu."""
    mine = ctx.unit.knowhow.drafts_of(ctx.community.id, ctx.actor.id)
    drafts = [(item, drafted(item, "title")) for item in mine if item.open][-DRAFTS_SHOWN:]
    return list(lists.menu(ctx.words, drafts, in_thread=isinstance(place, Thread)))


def page(ctx: Ctx) -> list[Block]:
    """What know-how shows on one's own page: what waits for one's yes, one's drafts, and what one keeps."""
    me = ctx.actor.id
    items = ctx.unit.knowhow.touching(ctx.community.id, me)
    asked = [
        (item, known)
        for item in items
        if (known := item.contributor_of(me)) is not None and known.consent == "pending" and item.asked_until
    ]
    drafts = [(item, drafted(item, "title")) for item in items if item.keeper == me and item.open]
    kept = [item for item in items if item.keeper == me and item.stage == "shared"]
    people = people_of(ctx, *kept[-DRAFTS_SHOWN:])
    return list(lists.page(ctx.words, asked[:SHOWN], drafts[-DRAFTS_SHOWN:], kept[-DRAFTS_SHOWN:], people))


def named(ctx: Ctx, typed: str) -> Item | Message:
    """The item that people call so, or words about the nearest one."""
    number = number_in(typed)
    item = None if number is None else ctx.unit.knowhow.numbered(ctx.community.id, number)
    if item is not None and item.stage in ("shared", "retired"):
        return item
    if item is not None and rules.may_see(item, ctx.actor.id):
        return item
    close = nearest(number, ctx.unit.knowhow.numbers(ctx.community.id)) if number is not None else None
    known = ctx.unit.knowhow.numbered(ctx.community.id, close) if close is not None else None
    return lists.no_such(ctx.words, typed if number is None else f"K-{number}", known)


def _found(ctx: Ctx, query: str) -> Message:
    query = query.strip()
    if query:
        items = ctx.unit.knowhow.find(ctx.community.id, query, SHOWN + 1)
    else:
        items = ctx.unit.knowhow.newest(ctx.community.id, SHOWN + 1)
    if not items:
        return lists.nothing(ctx.words, query)
    shown = items[:SHOWN]
    return lists.hits(ctx.words, query, shown, people_of(ctx, *shown), more=len(items) > SHOWN)


def _private(ctx: Ctx, item: Item) -> Message:
    return views.private(ctx.words, item, people_of(ctx, item), ctx.now, ctx.actor)


def _circle_form(ctx: Ctx, place: Place) -> Form:
    """In a direct conversation there is nobody to ask, so the question goes to where the community meets."""
    here = channel_of(place)
    home = ctx.community.home_in(here.space)
    if here.direct and home is None:
        raise UserMistake("Only you are here. Ask it in a channel.")
    return forms.question_for_all(ctx.words, here=not here.direct, home=home is not None and home != here)
