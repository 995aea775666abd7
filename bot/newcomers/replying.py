"""What the buttons under the check-ins do. Questions stand in `asking.py`, *Stuck* in `calling.py`."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat.actions import Action
from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.events import ButtonPressed, FormSent
from bot.chat.forms import Form, Values, check
from bot.chat.messages import Block, Message, message
from bot.chat.messages import Words as Paragraph
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.errors import FormMistake, UserMistake
from bot.gate import Send, offer
from bot.newcomers import buddies, forms, keeping, letters, pressed, rules, views
from bot.newcomers.company import Company, facilitators_hear, place
from bot.newcomers.model import Newcomer
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import Words, _

# -- buttons that need no more than a word


def _plainly(text: str) -> Callable[[Ctx, ButtonPressed], Answer]:
    def said(ctx: Ctx, event: ButtonPressed) -> Answer:
        return _reply(ctx, event, Paragraph(ctx.words.say(text)))

    return said


def _reply(ctx: Ctx, event: ButtonPressed, *blocks: Block) -> Answer:
    """The check-in it stood under, with what Kring says to it in place of the buttons."""
    _, day, around = pressed.answers(ctx, event.action)
    return Replace(views.replied(ctx.words, day, around, *blocks))


fine = _plainly(_("Good to hear. I'll leave you to it."))
myself = _plainly(_("Good. Then I leave it to you."))
unneeded = _plainly(_("Fine, no introduction."))
not_now = _plainly(_("Fine. The door stays open."))
nothing = _plainly(_("Fine. It may still come."))
not_yet = _plainly(_("Fine. There is no hurry."))
bye = _plainly(_("Thank you for three months of being here. I stay within reach, and so do the people."))


def listen(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Listening along is a real way of taking part: tells how, and notes it for the person alone."""
    answer = _reply(ctx, event, views.listening(ctx.words))
    ctx.unit.newcomers.set_stage(ctx.community.id, ctx.actor.id, "listening")
    return answer


def tried(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _reply(ctx, event, views.tried(ctx.words))


def be_buddy(ctx: Ctx, event: ButtonPressed) -> Answer:
    pressed.answers(ctx, event.action)
    return buddies.offers(ctx, event)


# -- day 1: the introduction


def line(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer, *_ = pressed.answers(ctx, event.action)
    _not_twice(newcomer)
    return OpenForm(forms.line(ctx.words, event.action.id))


def line_sent(ctx: Ctx, event: FormSent) -> Answer:
    """Shows the newcomer what would stand in the channel."""
    newcomer, _day, around = pressed.answers(ctx, event.action)
    _not_twice(newcomer)
    values = _checked(event, forms.line(ctx.words, event.action.id))
    text = values.text("line")
    if values.text("curious"):
        text += "\n" + ctx.common_words.label("Curious about: {curious}", curious=values.text("curious"))
    keeping.forget_draft(ctx, newcomer)
    keeping.keep(ctx, newcomer, "line", text)
    return Tell(views.preview(ctx.words, newcomer, _introduction(ctx, text), around))


def _introduction(ctx: Ctx, text: str) -> Message:
    return views.introduction(ctx.common_words, ctx.actor, text)


def post_line(ctx: Ctx, event: ButtonPressed) -> Answer:
    newcomer = pressed.mine(ctx, event.action)
    _not_twice(newcomer)
    draft, where = keeping.draft(ctx, newcomer), place(ctx.community, newcomer, ctx.actor)
    if draft is None or where is None:
        raise UserMistake("This step is over.")
    ctx.ask(Post(where, _introduction(ctx, draft.text), about=Action("newcomer.hello", newcomer.id)))
    ctx.unit.newcomers.save(ctx.community.id, rules.introduced(newcomer))
    return Replace(message(Paragraph(ctx.words.say("Posted. People can greet you now."))))


def leave_line(ctx: Ctx, event: ButtonPressed) -> Answer:
    keeping.forget_draft(ctx, pressed.mine(ctx, event.action))
    return Replace(message(Paragraph(ctx.words.say("Fine. Nothing is posted, and I have forgotten your line."))))


def _not_twice(newcomer: Newcomer) -> None:
    if newcomer.introduced:
        raise UserMistake("Your introduction stands in the channel already.")


# -- day 14: what fresh eyes see


def _share_form(words: Words, action: Action, around: Company) -> Form:
    return forms.share(words, action.id, around, action.id.rsplit(".", 1)[-1])


def _sharing(to: str) -> Callable[[Ctx, ButtonPressed], Answer]:
    def share(ctx: Ctx, event: ButtonPressed) -> Answer:
        _, _day, around = pressed.answers(ctx, event.action)
        return OpenForm(forms.share(ctx.words, f"{event.action.id}.{to}", around, to))

    return share


share_buddy = _sharing("buddy")
share_circle = _sharing("circle")
share_nobody = _sharing("nobody")


def share_sent(ctx: Ctx, event: FormSent) -> Answer:
    """Goes where the newcomer said, and nowhere else."""
    newcomer, _day, around = pressed.answers(ctx, event.action)
    values = _checked(event, _share_form(ctx.words, event.action, around))
    text = values.text("remark")
    match event.action.id.rsplit(".", 1)[-1]:
        case "nobody":
            keeping.keep(ctx, newcomer, "kept", text)
            return Tell(message(Paragraph(ctx.words.say("It stays between us. Thank you for telling me."))))
        case "circle":
            if around.place is None:
                raise UserMistake("I do not know a channel here to bring it to.")
            by = ctx.actor if values.text("name") == "with" else None
            about = Action("newcomer.remark", keeping.keep(ctx, newcomer, "kept", text).id)
            ctx.ask(Post(around.place, letters.remark(ctx.common_words, text, by), about=about))
            return Tell(message(Paragraph(ctx.words.say("Brought to the circle. Thank you."))))
        case _:
            reader = _bring(ctx, newcomer, around.near, text)
            return Tell(message(Paragraph(ctx.words.say("Brought to {name}. Thank you.", name=reader.shown()))))


def _bring(ctx: Ctx, newcomer: Newcomer, reader: Person | None, text: str) -> Person:
    """To one person, if they can be reached; else the form stays open. It is kept until they have it."""
    if reader is not None:
        letter = letters.remark(ctx.words_for(reader), text, ctx.actor)
        about = Action("newcomer.remark", keeping.keep(ctx, newcomer, "kept", text, to=(reader.id,)).id)
        if isinstance(offer(ctx, reader, "request", letter, about=about), Send):
            return reader
    raise FormMistake(words={"remark": UserMistake("I cannot reach anybody for this now. Choose another way.")})


# -- day 90: looking back


def look_back(ctx: Ctx, event: ButtonPressed) -> Answer:
    _, _day, around = pressed.answers(ctx, event.action)
    return OpenForm(forms.look_back(ctx.words, event.action.id, around))


def look_back_sent(ctx: Ctx, event: FormSent) -> Answer:
    newcomer, _day, around = pressed.answers(ctx, event.action)
    values = _checked(event, forms.look_back(ctx.words, event.action.id, around))
    keep, change, to = values.text("keep"), values.text("change"), values.text("to")
    if not keep and not change:
        raise FormMistake(words={"keep": UserMistake("Write at least one of the two.")})
    if to == "nobody":
        keeping.keep(ctx, newcomer, "kept", "\n".join(part for part in (keep, change) if part))
        return Tell(message(Paragraph(ctx.words.say("It stays between us. Thank you for telling me."))))
    by = ctx.actor if to == "with" else None
    if not facilitators_hear(ctx, lambda words: letters.looking_back(words, keep, change, by)):
        raise FormMistake(words={"to": UserMistake("I cannot reach anybody for this now. Choose another way.")})
    return Tell(message(Paragraph(ctx.words.say("Brought to the facilitators. Thank you."))))


def _checked(event: FormSent, form: Form) -> Values:
    values, faults = check(form, dict(event.values))
    if faults:
        raise FormMistake(faults)
    return values
