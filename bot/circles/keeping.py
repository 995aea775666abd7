"""A circle has changed: it is saved, its facts are kept, its card says so, and who has to decide is asked."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import Refused
from bot.chat.messages import Message
from bot.chat.names import Channel, Place, channel_of
from bot.chat.people import Person
from bot.chat.requests import Edit, Post
from bot.circles import letters, rules, views
from bot.circles.model import Circle, CircleOpened, Fact
from bot.circles.ports import Ctx
from bot.errors import UserMistake
from bot.gate import Send, offer
from bot.texts.catalogue import Words


def about(circle: Circle) -> Action:
    return Action("circle", circle.id)


def found(ctx: Ctx, id_: str) -> Circle:
    """The circle a button is about. Raises UserMistake when it is no more."""
    circle = ctx.unit.circles.get(ctx.community.id, id_)
    if circle is None:
        raise UserMistake("This step is over.")
    return circle


def keep(ctx: Ctx, before: Circle, circle: Circle, facts: tuple[Fact, ...]) -> Circle:
    """Saves it and lets everybody see what they should."""
    if circle == before:
        return circle
    save(ctx, circle, *facts)
    for seat in circle.seats:
        if seat.person in before.asked and seat.state != "asked":  # what was not sent yet makes no sense any more
            ctx.unit.outbox.drop(ctx.community.id, question(circle, seat.person))
    if circle.state != before.state:
        _decided(ctx, circle)
    if any(isinstance(each, CircleOpened) for each in facts) and before.state == "forming":
        opened(ctx, circle)
    else:
        refresh(ctx, circle)
    if rules.undecided(circle) and (before.asked or len(before.members) != len(circle.members)):
        ask_to_decide(ctx, circle)
    return circle


def save(ctx: Ctx, circle: Circle, *facts: Fact) -> None:
    """With its facts and the moment it waits for; nobody sees anything of it yet."""
    ctx.unit.circles.save(ctx.community.id, circle)
    ctx.record(about(circle), *facts)
    ctx.wait(about(circle), rules.next_at(circle))


def home_for(ctx: Ctx, place: Place) -> Channel | None:
    """Where people are: this channel, or from one's own conversation with Kring the community's home there."""
    channel = channel_of(place)
    return ctx.community.home_in(channel.space) if channel.direct else channel


def people_of(ctx: Ctx, *circles: Circle) -> views.People:
    ids = {each for circle in circles for each in (*circle.members, *circle.asked, circle.facilitator)}
    return ctx.unit.people.many(ctx.community.id, ids - {""})


def post_card(ctx: Ctx, circle: Circle) -> None:
    """Where everybody sees it and can join."""
    if circle.home is not None:
        card = views.card(ctx.common_words, circle, people_of(ctx, circle))
        ctx.ask(Post(circle.home, card, about=Action("circle.card", circle.id)))


def refresh(ctx: Ctx, circle: Circle) -> None:
    """The card that stands somewhere says what is so now."""
    card = Action("circle.card", circle.id)
    posted = ctx.unit.posts.find(ctx.community.id, card)
    if posted is not None:
        ctx.ask(Edit(posted.to, card, views.card(ctx.common_words, circle, people_of(ctx, circle))))


def opened(ctx: Ctx, circle: Circle) -> None:
    """It has begun: in its home, and to each member who is not there."""
    post_card(ctx, circle)
    people = people_of(ctx, circle)
    for id_ in circle.members:
        if id_ in people and not _at_home(ctx, circle, id_):
            others = views.names(people, [each for each in circle.members if each != id_])
            card = letters.opened(ctx.words_for(people[id_]), circle, others)
            offer(ctx, people[id_], "notice", card, about=letter(circle, id_))


def _at_home(ctx: Ctx, circle: Circle, person: str) -> bool:
    """Whether they are in the space of the circle's home."""
    home = circle.home
    return home is not None and ctx.unit.people.account_in(ctx.community.id, person, home.space) is not None


def question(circle: Circle, person: str) -> Action:
    """Whether they want to be in it."""
    return Action("circle.asked", f"{circle.id}.{person}")


def letter(circle: Circle, person: str) -> Action:
    """What is written to one person about it."""
    return Action("circle.letter", f"{circle.id}.{person}")


def deciders(ctx: Ctx, circle: Circle) -> tuple[Person, ...]:
    """Who holds it, else the community's facilitators, else its hosts."""
    holder = ctx.unit.people.get(ctx.community.id, circle.facilitator) if circle.facilitator else None
    if holder is not None and not holder.gone:
        return (holder,)
    return ctx.facilitators or ctx.hosts


def decides(ctx: Ctx, circle: Circle) -> bool:
    """Whether the person who acts may let it rest or close it: who holds it, facilitators, and members of a circle that
    nobody holds; hosts where nobody else does."""
    person = ctx.actor
    if person.facilitator or person.id == circle.facilitator:
        return True
    if not circle.facilitator and person.id in circle.members:
        return True
    return person.host and any(each.id == person.id for each in deciders(ctx, circle))


def ask_to_decide(ctx: Ctx, circle: Circle) -> None:
    """Too few said yes, or it has been too small for long. Where nobody can be reached, it is asked for all to see."""
    asked = {each.id for each in deciders(ctx, circle) if _ask(ctx, circle, each)}
    if not asked and circle.facilitator:
        asked = {each.id for each in ctx.facilitators if each.id != circle.facilitator and _ask(ctx, circle, each)}
    if not asked:
        ask_openly(ctx, circle)


def _ask(ctx: Ctx, circle: Circle, person: Person) -> bool:
    """Whether it reaches them."""
    question = _question(ctx.words_for(person), circle)
    return isinstance(offer(ctx, person, "request", question, about=letter(circle, person.id)), Send)


def not_asked(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """A letter was not delivered: who had to decide did not hear of it, and perhaps nobody else did."""
    id_, _, person = about.id.partition(".")
    circle = ctx.unit.circles.get(ctx.community.id, id_)
    if circle is not None and rules.undecided(circle):
        others = [each for each in deciders(ctx, circle) if each.id != person]
        if not any(each.reachable for each in others):
            ask_openly(ctx, circle)
    return Nothing()


def _openly(circle: Circle) -> Action:
    return Action("circle.openly", circle.id)


def ask_openly(ctx: Ctx, circle: Circle) -> None:
    """In its home, once; where it has none, those who are in it are asked."""
    if ctx.unit.posts.find(ctx.community.id, _openly(circle)) is not None:
        return
    if circle.home is not None:
        card = letters.openly(ctx.common_words, _question(ctx.common_words, circle), circle)
        ctx.ask(Post(circle.home, card, about=_openly(circle)))
        return
    for each in people_of(ctx, circle).values():
        if each.id in circle.members:
            words = ctx.words_for(each)
            card = letters.openly(words, _question(words, circle), circle)
            offer(ctx, each, "request", card, about=letter(circle, each.id))


def _decided(ctx: Ctx, circle: Circle) -> None:
    """What was asked for all to see is asked no more."""
    posted = ctx.unit.posts.find(ctx.community.id, _openly(circle))
    if posted is not None:
        ctx.ask(Edit(posted.to, _openly(circle), letters.decided(ctx.common_words, circle)))


def _question(words: Words, circle: Circle) -> Message:
    if circle.state == "forming":
        return letters.undecided(words, circle)
    return letters.too_small(words, circle)
