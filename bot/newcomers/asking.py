"""A question: brought to whom the newcomer chose, with or without their name; and the answer brought back."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Tell
from bot.chat.customs import customs
from bot.chat.events import ButtonPressed, Delivered, FormSent, Refused
from bot.chat.forms import Values, check
from bot.chat.messages import Words, message
from bot.chat.names import Account
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.errors import FormMistake, UserMistake
from bot.gate import Send, offer
from bot.newcomers import forms, greeting, keeping, letters, pressed
from bot.newcomers.company import Company, whose
from bot.newcomers.model import CheckinAnswer
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import _


def question(ctx: Ctx, event: ButtonPressed) -> Answer:
    _, _day, around = pressed.answers(ctx, event.action)
    return OpenForm(forms.question(ctx.words, event.action.id, around))


def question_sent(ctx: Ctx, event: FormSent) -> Answer:
    newcomer, _day, around = pressed.answers(ctx, event.action)
    values, faults = check(forms.question(ctx.words, event.action.id, around), dict(event.values))
    if faults:
        raise FormMistake(faults)
    text = values.text("question")
    by = ctx.actor if values.text("name") == "with" else None
    if values.text("to") == "circle":
        if around.place is None:
            raise UserMistake("I do not know a channel here to bring it to.")
        asked = keeping.keep(ctx, newcomer, "question", text)
        about = Action("newcomer.asked", asked.id)
        ctx.ask(Post(around.place, letters.question(ctx.common_words, text, by), about=about))
        return Tell(message(Words(ctx.words.say("Brought to the circle. The answers come there."))))
    answer = ctx.new_id()
    reached = []
    for each in _readers(ctx, event, values, around):
        card = letters.question(ctx.words_for(each), text, by, answer)
        outcome = offer(ctx, each, "request", card, about=Action("newcomer.question", f"{answer}.{each.id}"))
        if isinstance(outcome, Send):
            reached.append(each)
    if not reached:
        raise FormMistake(words={"to": UserMistake("I cannot reach anybody for this now. Choose another way.")})
    keeping.keep(ctx, newcomer, "question", text, id_=answer, to=tuple(each.id for each in reached))
    names = ctx.words.names(each.name for each in reached)
    text = _("Brought to {names}. I bring the answer back here.")
    return Tell(message(Words(ctx.words.say(text, names=names))))


def _readers(ctx: Ctx, event: FormSent, values: Values, around: Company) -> tuple[Person, ...]:
    match values.text("to"):
        case "buddy":
            return (around.buddy,) if around.buddy else ()
        case "facilitator":
            return around.facilitators
        case _:
            return (chosen(ctx, event, values.text("person")),)


def chosen(ctx: Ctx, event: FormSent, account: str) -> Person:
    """Somebody picked by the newcomer. Raises FormMistake when there is nobody to bring anything to."""
    if not account:
        raise FormMistake(words={"person": UserMistake("Choose who.")})
    person = ctx.unit.people.by_account(Account(event.account.space, account))
    if person is None or person.community != ctx.community.id or person.gone:
        raise FormMistake(words={"person": UserMistake("I have not met this person yet. Choose somebody else.")})
    if person.id == ctx.actor.id:
        raise FormMistake(words={"person": UserMistake("That is you. Choose somebody else.")})
    if not _may_be_asked(ctx, person):
        text = _("{name} has not asked for messages of mine. Write to them yourself, or choose somebody else.")
        raise FormMistake(words={"person": UserMistake(text, name=person.name)})
    return person


def _may_be_asked(ctx: Ctx, person: Person) -> bool:
    """Where Kring writes to nobody who did not ask, it can be brought to those who offered to be there for others."""
    if not customs(person.account.space).asked_first or person.facilitator:
        return True
    return any(each.person == person.id for each in ctx.unit.newcomers.volunteers(ctx.community.id))


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """Somebody could not be reached after all; when that was everybody, the newcomer hears it."""
    answer_id, _, reader = about.id.partition(".")
    asked = ctx.unit.newcomers.answer(ctx.community.id, answer_id)
    person = whose(ctx, asked)
    if asked is None or person is None or reader not in asked.to:
        return Nothing()
    asked = replace(asked, to=tuple(each for each in asked.to if each != reader))
    ctx.unit.newcomers.drop_answer(ctx.community.id, asked.id)
    ctx.unit.newcomers.keep(ctx.community.id, asked)
    if asked.to:
        return Nothing()
    words = ctx.words_for(person)
    card = message(Words(words.say("I could not bring your question to whom you chose. Who else could know?")))
    newcomer = ctx.unit.newcomers.get(ctx.community.id, asked.newcomer)
    if newcomer is not None:
        returned = keeping.keep(ctx, newcomer, "returned", asked.text)
        greeting.tell(ctx, person, card, Action("newcomer.returned", returned.id))
    return Nothing()


# -- the answer


def reply(ctx: Ctx, event: ButtonPressed) -> Answer:
    _asked(ctx, event.action)
    return OpenForm(forms.reply(ctx.words, event.action.id, ctx.actor.name))


def reply_sent(ctx: Ctx, event: FormSent) -> Answer:
    asked, person = _asked(ctx, event.action)
    values, faults = check(forms.reply(ctx.words, event.action.id, ctx.actor.name), dict(event.values))
    if faults:
        raise FormMistake(faults)
    reply = keeping.keep_reply(ctx, asked, ctx.actor, values.text("answer"))
    card = letters.replied(ctx.words_for(person), ctx.actor, asked.text, reply.text)
    if not greeting.tell(ctx, person, card, Action("newcomer.reply", reply.id)):
        raise FormMistake(words={"answer": UserMistake("I cannot reach who asked right now. Please try again later.")})
    return Tell(message(Words(ctx.words.say("Brought back. Thank you."))))


def brought(ctx: Ctx, _event: Delivered, about: Action) -> Answer:
    """The newcomer has it, so it is not kept here any more."""
    keeping.let_go(ctx, about.id)
    return Nothing()


def _asked(ctx: Ctx, action: Action) -> tuple[CheckinAnswer, Person]:
    """The question and who asked it, for one of those it was brought to."""
    asked = ctx.unit.newcomers.answer(ctx.community.id, action.id)
    person = whose(ctx, asked)
    if asked is None or asked.kind != "question" or person is None:
        raise UserMistake("This step is over.")
    if ctx.actor.id not in asked.to:
        raise UserMistake("This one is for somebody else.")
    return asked, person
