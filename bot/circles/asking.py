"""Each person is asked for their own yes, through the gate; and what they answer."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Replace
from bot.chat.events import ButtonPressed, CameDue
from bot.chat.requests import Post
from bot.circles import keeping, letters, rules, views
from bot.circles.declaring import be_ready
from bot.circles.model import Circle, Formation
from bot.circles.ports import Ctx
from bot.errors import UserMistake
from bot.gate import Withheld, offer


def ask(ctx: Ctx, circle: Circle) -> list[str]:
    """Asks everybody who has a seat without a yes; returns who cannot be written to now."""
    people = keeping.people_of(ctx, circle)
    unreached = []
    for id_ in circle.asked:
        person = people[id_]
        others = views.names(people, [each for each in circle.asked if each != id_])
        card = letters.asked(ctx.words_for(person), circle, others)
        outcome = offer(ctx, person, "request", card, about=keeping.question(circle, id_), before=circle.ask_until)
        if isinstance(outcome, Withheld):
            unreached.append(id_)
    return unreached


def announce(ctx: Ctx, formation: Formation) -> None:
    """A button in the home channel of each space with people who are asked, for who takes no direct messages."""
    people = ctx.unit.people.many(ctx.community.id, formation.people).values()
    homes = {each.account.space: ctx.community.home_in(each.account.space) for each in people}
    if formation.home is not None:
        homes[formation.home.space] = formation.home
    card = letters.forming_called(ctx.common_words, formation)
    for home in homes.values():
        if home is not None:
            ctx.ask(Post(home, card, about=Action("circle.called", formation.id)))


def _mine(ctx: Ctx, event: ButtonPressed) -> Circle:
    circle = keeping.found(ctx, event.action.id)
    seat = circle.seat(ctx.actor.id)
    if seat is None:
        raise UserMistake("This one is for somebody else.")
    if circle.state == "closed" or seat.state not in ("asked", "in"):
        raise UserMistake("This step is over.")
    return circle


def fine(ctx: Ctx, event: ButtonPressed) -> Answer:
    """An own yes; who is in a circle is on the list no more."""
    before = _mine(ctx, event)
    circle = keeping.keep(ctx, before, *rules.join(before, ctx.actor.id, ctx.now))
    be_ready(ctx, yes=False)
    text = ctx.words.say("Good, you are in *{circle}*. You hear when it begins.", circle=circle.name)
    if circle.state == "open":
        text = ctx.words.say("Good, you are in *{circle}*, and it has begun.", circle=circle.name)
    return Replace(views.said(text))


def something_else(ctx: Ctx, event: ButtonPressed) -> Answer:
    before = _mine(ctx, event)
    keeping.keep(ctx, before, *rules.decline(before, ctx.actor.id, ctx.now))
    return Replace(letters.something_else(ctx.words))


def stays_ready(ctx: Ctx, event: ButtonPressed) -> Answer:
    """On the list for other circles, or not now."""
    return Replace(views.declared(ctx.words, be_ready(ctx, yes=event.action.id == "yes")))


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """Nobody waits for an answer or a decision any longer; or it has been too small for three weeks."""
    before = ctx.unit.circles.get(ctx.community.id, event.about.id)
    if before is None:
        ctx.wait(event.about, None)
        return Nothing()
    circle = keeping.keep(ctx, before, *rules.time_up(before, ctx.now))
    if rules.undecided(before) and circle.ask_until is None:
        keeping.ask_openly(ctx, circle)
    if rules.too_small(circle, ctx.now):
        keeping.ask_to_decide(ctx, circle)
        circle = keeping.keep(ctx, circle, rules.asked_about_size(circle, ctx.now), ())
    ctx.wait(event.about, rules.next_at(circle))
    return Nothing()
