"""Stuck, and every other wish for a person: the newcomer says what would help, and the people they chose are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.chance import shuffled
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import Values, check
from bot.chat.messages import Words, message
from bot.chat.people import Person
from bot.errors import FormMistake, UserMistake
from bot.gate import Send, offer
from bot.newcomers import asking, forms, helping, letters, pressed, reaching, views
from bot.newcomers.company import Company, company
from bot.newcomers.matching import suits
from bot.newcomers.model import CONTACTS_SHOWN, Help, HelpAsked, HelpKind, Newcomer
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import _

# -- what would help?


def stuck(ctx: Ctx, event: ButtonPressed) -> Answer:
    _, day, around = pressed.answers(ctx, event.action)
    return Replace(views.replied(ctx.words, day, around, *letters.stuck(ctx.words, event.action.id, around)))


def only_said(ctx: Ctx, event: ButtonPressed) -> Answer:
    pressed.mine(ctx, event.action)
    text = _("Thank you for telling me. I have stored nothing of it and pass nothing on.")
    return Replace(message(Words(ctx.words.say(text))))


def treated(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Shows the contact persons. Nothing is kept but that somebody, at some time, opened this page."""
    pressed.mine(ctx, event.action)
    ctx.unit.newcomers.count(ctx.community.id, CONTACTS_SHOWN)
    return Replace(message(*letters.contacts(ctx.words, helping.contacts(ctx, ctx.actor.id))))


def _wish(way: str) -> Callable[[Ctx, ButtonPressed], Answer]:
    def wish(ctx: Ctx, event: ButtonPressed) -> Answer:
        newcomer, _day, _ = pressed.answers(ctx, event.action)
        earlier = event.action.id.split(".")[1:2]
        help_ = earlier[0] if earlier and not earlier[0].isdigit() else "-"
        return OpenForm(
            forms.help_wanted(ctx.words, f"{newcomer.id}.{help_}.{way}", _kind(way), choose=way == "someone")
        )

    return wish


chat = _wish("chat")
someone = _wish("someone")
trio = _wish("trio")
link = _wish("link")
task = _wish("task")


def _kind(way: str) -> HelpKind:
    match way:
        case "trio" | "link" | "task":
            return way
        case _:
            return "chat"


# -- asking people


def help_sent(ctx: Ctx, event: FormSent) -> Answer:
    """Asks the people the newcomer chose; they get the name and these words, nothing else."""
    newcomer = pressed.mine(ctx, event.action)
    around = company(ctx, newcomer, ctx.actor)
    earlier, way = event.action.id.split(".")[1:]
    form = forms.help_wanted(ctx.words, event.action.id, _kind(way), choose=way == "someone")
    values, faults = check(form, dict(event.values))
    if faults:
        raise FormMistake(faults)
    help_ = _opened(ctx, newcomer, earlier, _kind(way), values)
    reached = _ask(ctx, help_, _helpers(ctx, event, way, values, around, help_))
    if not reached:
        raise FormMistake(words={"words": UserMistake("I cannot reach anybody for this now. Choose another way.")})
    help_ = reaching.asked(help_, reached)
    ctx.unit.newcomers.save_help(ctx.community.id, help_)
    ctx.record(helping.about(help_), HelpAsked(help_.kind))
    helping.wait(ctx, help_)
    names = ctx.words.names(person.name for person, _ in reached)
    text = _("I have asked {names}. They read your name and these words, nothing else. You hear from me either way.")
    return Tell(message(Words(ctx.words.say(text, names=names))))


def _opened(ctx: Ctx, newcomer: Newcomer, earlier: str, kind: HelpKind, values: Values) -> Help:
    """What the newcomer asked for before and asks somebody else for now, or something new."""
    words, with_name = values.text("words"), values.text("name") == "yes"
    help_ = ctx.unit.newcomers.help(ctx.community.id, earlier)
    if help_ is not None and help_.person == ctx.actor.id and help_.state == "open":
        return replace(help_, kind=kind, words=words, with_name=with_name)
    return Help(ctx.new_id(), newcomer.id, ctx.actor.id, kind, words, with_name, ctx.now)


def _helpers(ctx: Ctx, event: FormSent, way: str, values: Values, around: Company, help_: Help) -> tuple[Person, ...]:
    """Whom to ask. Who was asked for this before is not asked again, unless the newcomer names them."""
    asked = {each.person for each in help_.helpers}
    match way:
        case "someone" if values.text("person"):
            return (asking.chosen(ctx, event, values.text("person")),)
        case "someone":
            return tuple(each for each in around.facilitators if each.id not in asked)[:1]
        case "trio":
            others = _others(ctx, around)
            return tuple(each for each in others if each.id not in asked)[:2]
        case "link":
            return _distinct((around.buddy, *around.facilitators))[:2]
        case "task":
            return around.facilitators[:2]
        case _:
            return _distinct((around.near,))


def _others(ctx: Ctx, around: Company) -> tuple[Person, ...]:
    """The buddy, people who offered to be one, and the facilitators, in this order."""
    offered = [each.person for each in ctx.unit.newcomers.volunteers(ctx.community.id)]
    known = ctx.unit.people.many(ctx.community.id, offered)
    fitting = [id_ for id_, each in known.items() if suits(around.person, each, ctx.now)]
    volunteers = [known[id_] for id_ in shuffled(fitting, ctx.seed)]
    return _distinct((around.buddy, *volunteers, *around.facilitators))


def _distinct(people: Iterable[Person | None]) -> tuple[Person, ...]:
    return tuple({each.id: each for each in people if each is not None}.values())


def _ask(ctx: Ctx, help_: Help, people: Iterable[Person]) -> list[tuple[Person, datetime]]:
    reached = []
    for each in people:
        card = letters.would_like(ctx.words_for(each), help_, ctx.actor)
        outcome = offer(
            ctx, each, "request", card, about=helping.letter(help_, each.id), before=ctx.now + helping.LATEST
        )
        if isinstance(outcome, Send):
            reached.append((each, outcome.at))
    return reached


def leave_it(ctx: Ctx, event: ButtonPressed) -> Answer:
    help_ = ctx.unit.newcomers.help(ctx.community.id, event.action.id)
    if help_ is None:
        raise UserMistake("This step is over.")
    if help_.person != ctx.actor.id:
        raise UserMistake("This one is for somebody else.")
    helping.drop(ctx, help_)
    return Replace(message(Words(ctx.words.say("Then I let it rest. You can come back to it at any time."))))
