"""A circle's own course: made, its question, who holds it, resting, waking, closing."""

from __future__ import annotations

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled, FormSent
from bot.chat.forms import check
from bot.chat.names import channel_of
from bot.chat.text import Code
from bot.circles import forms, keeping, rules, views
from bot.circles.joining import own
from bot.circles.model import Circle, CircleMade, CircleOpened, Seat
from bot.circles.ports import Ctx
from bot.errors import FormMistake, UserMistake
from bot.texts.catalogue import _


def new(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    return OpenForm(forms.new(ctx.words, given.text("name")))


def new_sent(ctx: Ctx, event: FormSent) -> Answer:
    """It is open at once; whoever makes it is in it and holds it."""
    values, faults = check(forms.new(ctx.words, ""), dict(event.values))
    if faults:
        raise FormMistake(faults)
    circle = Circle(
        id=ctx.new_id(),
        number=ctx.unit.number(ctx.community.id, "circle"),
        name=" ".join(values.text("name").split()),
        question=" ".join(values.text("question").split()),
        state="open",
        facilitator=ctx.actor.id,
        home=keeping.home_for(ctx, event.place),
        formation=ctx.unit.circles.latest(ctx.community.id),
        made=ctx.now,
        seats=(Seat(ctx.actor.id, "in", ctx.now),),
        small_since=ctx.now,
    )
    keeping.save(ctx, circle, CircleMade(), CircleOpened(1))
    keeping.post_card(ctx, circle)
    text = _("*{circle}* is there, and has number {number}. You hold it; people join it with {command}.")
    command = Code(f"/kring circle join {circle.number}")
    return Tell(views.said(ctx.words.say(text, circle=circle.name, number=circle.number, command=command)))


# -- the question


def question(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """`circle question`: with words it is changed, without them the form opens."""
    found = _meant(ctx, event)
    if len(found) > 1:
        return Tell(views.which(ctx.words, found, "circle.ask"))
    asked = " ".join(given.text("text").split())
    return _ask(ctx, found[0], asked) if asked else OpenForm(forms.question(ctx.words, found[0]))


def _meant(ctx: Ctx, event: CommandCalled) -> list[Circle]:
    """One's circle in this channel, else one's circles."""
    mine = own(ctx)
    if not mine:
        raise UserMistake("You are in no circle.")
    here = [each for each in mine if each.home == channel_of(event.place)]
    return here if len(here) == 1 else mine


def ask_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    return OpenForm(forms.question(ctx.words, _own(ctx, event.action.id)))


def _own(ctx: Ctx, id_: str) -> Circle:
    circle = keeping.found(ctx, id_)
    if ctx.actor.id not in circle.members:
        raise UserMistake("You are not in this circle.")
    return circle


def question_sent(ctx: Ctx, event: FormSent) -> Answer:
    circle = _own(ctx, event.action.id)
    values, faults = check(forms.question(ctx.words, circle), dict(event.values))
    if faults:
        raise FormMistake(faults)
    return _ask(ctx, circle, " ".join(values.text("question").split()))


def _ask(ctx: Ctx, before: Circle, asked: str) -> Answer:
    if len(asked) > forms.LONGEST_QUESTION:
        raise UserMistake("A question has at most {most} characters.", most=forms.LONGEST_QUESTION)
    circle = keeping.keep(ctx, before, *rules.ask(before, asked))
    text = ctx.words.say("The question of *{circle}* is now: {question}", circle=circle.name, question=circle.question)
    return Tell(views.said(text))


def hold(ctx: Ctx, event: ButtonPressed) -> Answer:
    before = keeping.found(ctx, event.action.id)
    circle = keeping.keep(ctx, before, rules.hold(before, ctx.actor.id), ())
    return Tell(views.said(ctx.words.say("You hold *{circle}* from now on. Thank you.", circle=circle.name)))


# -- rest, and the end


def rest(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    found = _decided(ctx, given)
    return Tell(views.which(ctx.words, found, "circle.rest")) if len(found) > 1 else _rest(ctx, found[0])


def _decided(ctx: Ctx, given: Given) -> list[Circle]:
    """The circles that are meant, of those the person decides about."""
    number = given.number("circle")
    all_ = ctx.unit.circles.all(ctx.community.id)
    found = [each for each in all_ if number in (None, each.number)]
    if number is not None and not found:
        raise UserMistake("There is no circle {number}.", number=number)
    mine = [each for each in found if keeping.decides(ctx, each)]
    if not mine:
        raise UserMistake("Who holds a circle decides this, and you hold none.")
    near = [each for each in mine if ctx.actor.id in (*each.members, each.facilitator)]
    return near if number is None and near else mine


def _mine_to_decide(ctx: Ctx, id_: str) -> Circle:
    circle = keeping.found(ctx, id_)
    if not keeping.decides(ctx, circle):
        raise UserMistake("Who holds a circle decides this, and you hold none.")
    return circle


def rest_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _rest(ctx, _mine_to_decide(ctx, event.action.id))


def _rest(ctx: Ctx, before: Circle) -> Answer:
    circle = keeping.keep(ctx, before, *rules.rest(before))
    text = ctx.words.say(
        "*{circle}* rests. It wakes up whenever you want: {command}.",
        circle=circle.name,
        command=Code("/kring circle home"),
    )
    return Tell(views.said(text))


def open_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Awake again, or begun with who said yes."""
    before = _mine_to_decide(ctx, event.action.id)
    circle = keeping.keep(ctx, before, *rules.open_now(before, ctx.now))
    return Tell(views.said(ctx.words.say("*{circle}* is open.", circle=circle.name)))


def call(ctx: Ctx, event: ButtonPressed) -> Answer:
    """The card stands in the home channel once more, so that people see it."""
    circle = _mine_to_decide(ctx, event.action.id)
    if circle.state != "open":
        raise UserMistake("This step is over.")
    if circle.home is None:
        raise UserMistake("This circle has no channel where I could invite people.")
    keeping.post_card(ctx, circle)
    return Replace(views.said(ctx.words.say("I have invited people in the channel.")))


def close(ctx: Ctx, _event: CommandCalled, given: Given) -> Answer:
    """Asks once."""
    found = _decided(ctx, given)
    if len(found) > 1:
        return Tell(views.which(ctx.words, found, "circle.close"))
    return Tell(views.sure_to_close(ctx.words, found[0]))


def close_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    return Tell(views.sure_to_close(ctx.words, _mine_to_decide(ctx, event.action.id)))


def closed(ctx: Ctx, event: ButtonPressed) -> Answer:
    before = _mine_to_decide(ctx, event.action.id)
    circle = keeping.keep(ctx, before, *rules.close(before))
    return Replace(
        views.said(ctx.words.say("*{circle}* is closed. What was learned in it stays with you.", circle=circle.name))
    )
