"""The people who were asked to help: their buttons, and what follows when nobody is reached.

The rules of what follows stand in `reaching.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Replace
from bot.chat.events import ButtonPressed, CameDue, Refused
from bot.chat.messages import Block, Message, Words, message
from bot.chat.people import Person
from bot.errors import UserMistake
from bot.gate import Send, offer
from bot.newcomers import greeting, letters, reaching
from bot.newcomers.company import facilitators, whose
from bot.newcomers.keeping import KEPT
from bot.newcomers.model import HELP_MISSED, AnotherOffered, CalledAgain, FacilitatorsTold, Help, HelpMissed
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import _

LATEST = timedelta(days=4)
"""A wish that reaches somebody later than this is not brought to them."""


def about(help_: Help) -> Action:
    return Action("newcomer.help", help_.id)


def letter(help_: Help, reader: str) -> Action:
    """What a message about it to this reader is about."""
    return Action("newcomer.helper", f"{help_.id}.{reader}")


def _notice(help_: Help, by: str = "") -> Action:
    return Action("newcomer.notice", f"{help_.id}.{by}")


def contacts(ctx: Ctx, without: str) -> tuple[Person, ...]:
    """Whom the community named to turn to about how people treat each other."""
    known = ctx.unit.people.many(ctx.community.id, ctx.community.contacts)
    found = (known.get(each) for each in ctx.community.contacts)
    return tuple(each for each in found if each is not None and not each.gone and each.id != without)


# -- the helpers' buttons


def take(ctx: Ctx, event: ButtonPressed) -> Answer:
    help_, person = _asked(ctx, event.action.id)
    if any(each.person == ctx.actor.id and each.state == "taken" for each in help_.helpers):
        return Nothing()
    if help_.state == "dropped":
        raise UserMistake("This step is over.")
    if help_.state == "taken" and help_.kind != "trio":
        raise UserMistake("Somebody else is there already. Thank you.")
    known = help_.with_name or any(each.person == ctx.actor.id for each in help_.helpers)
    if help_.kind != "trio":
        call_off(ctx, help_)
    help_, fact = reaching.taken(help_, ctx.actor.id)
    ctx.unit.newcomers.save_help(ctx.community.id, help_)
    ctx.record(about(help_), fact)
    wait(ctx, help_)
    greeting.tell(ctx, person, letters.has_time(ctx.words_for(person), ctx.actor), _notice(help_, ctx.actor.id))
    if known:
        text = _("Thank you. {name} knows now. A word from you makes it easier to begin.")
        return Replace(message(Words(ctx.words.say(text, name=person.shown()))))
    return Replace(message(Words(ctx.words.say("Thank you. They know now that you have time, and may write to you."))))


def cannot(ctx: Ctx, event: ButtonPressed) -> Answer:
    help_, person = _asked(ctx, event.action.id)
    _say_no(ctx, help_, person, ctx.actor.id)
    return Replace(message(Words(ctx.words.say("That is fine. I tell nobody why, and we look for somebody else."))))


def _say_no(ctx: Ctx, help_: Help, person: Person, helper: str) -> None:
    if help_.state != "open":
        return
    help_ = reaching.declined(help_, helper)
    ctx.unit.newcomers.save_help(ctx.community.id, help_)
    wait(ctx, help_)
    if reaching.nobody_left(help_):
        greeting.tell(ctx, person, letters.another(ctx.words_for(person), help_, refused=True), _notice(help_))


def _asked(ctx: Ctx, id_: str) -> tuple[Help, Person]:
    """What was asked, and by whom, for somebody who was asked."""
    help_ = ctx.unit.newcomers.help(ctx.community.id, id_)
    person = whose(ctx, help_)
    if help_ is None or person is None:
        raise UserMistake("This step is over.")
    if ctx.actor.id not in {*help_.told, *(each.person for each in help_.helpers)}:
        raise UserMistake("This one is for somebody else.")
    return help_, person


# -- time, the post, the end


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """The next step, while nobody was reached; or it is over for long."""
    before = ctx.unit.newcomers.help(ctx.community.id, event.about.id)
    person = whose(ctx, before)
    if before is None or person is None or before.asked + KEPT <= ctx.now:
        ctx.unit.newcomers.drop_help(ctx.community.id, event.about.id)
        ctx.wait(event.about, None)
        return Nothing()
    help_, steps = reaching.pass_time(before, ctx.now)
    told = before.told
    for step in steps:
        match step:
            case CalledAgain(index=index):
                _remind(ctx, before, person, before.helpers[index].person)
            case AnotherOffered():
                card = letters.another(ctx.words_for(person), before, refused=False)
                greeting.tell(ctx, person, card, _notice(before))
            case FacilitatorsTold():
                told = _tell_facilitators(ctx, before, person)
            case HelpMissed():
                _own_up(ctx, before, person)
    ctx.unit.newcomers.save_help(ctx.community.id, replace(help_, told=told))
    ctx.record(event.about, *steps)
    wait(ctx, help_)
    return Nothing()


def _remind(ctx: Ctx, help_: Help, person: Person, helper: str) -> None:
    known = ctx.unit.people.get(ctx.community.id, helper)
    if known is not None and not known.gone:
        card = letters.would_like(ctx.words_for(known), help_, person, again=True)
        offer(ctx, known, "request", card, about=letter(help_, f"{helper}.again"), before=ctx.now + LATEST)


def _tell_facilitators(ctx: Ctx, help_: Help, person: Person) -> tuple[str, ...]:
    asked = {each.person for each in help_.helpers}
    told = []
    for each in facilitators(ctx, without=person.id):
        if each.id in asked:
            continue
        card = letters.not_reached(ctx.words_for(each), help_, person)
        if isinstance(offer(ctx, each, "request", card, about=letter(help_, each.id)), Send):
            told.append(each.id)
    return tuple(told)


def _own_up(ctx: Ctx, help_: Help, person: Person) -> None:
    ctx.unit.newcomers.count(ctx.community.id, HELP_MISSED)
    greeting.tell(ctx, person, _owning_up(ctx, person), _notice(help_))


def _owning_up(ctx: Ctx, person: Person) -> Message:
    reachable = facilitators(ctx, without=person.id)
    return letters.own_up(ctx.words_for(person), reachable, contacts(ctx, person.id))


def news(ctx: Ctx, person: Person) -> tuple[Block, ...]:
    """What became of the newcomer's latest wish, for who takes no direct messages."""
    wishes = ctx.unit.newcomers.helps(ctx.community.id, person.id)
    if not wishes:
        return ()
    words, help_ = ctx.words_for(person), wishes[-1]
    if help_.state == "missed":
        return _owning_up(ctx, person).blocks
    if help_.state == "open" and reaching.nobody_left(help_):
        return letters.another(words, help_, refused=True).blocks
    takers = [each.person for each in help_.helpers if each.state == "taken"]
    known = ctx.unit.people.many(ctx.community.id, takers)
    return tuple(block for each in takers if each in known for block in letters.has_time(words, known[each]).blocks)


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """A helper could not be reached: that is no, without anybody's fault."""
    id_, _, reader = about.id.partition(".")
    help_ = ctx.unit.newcomers.help(ctx.community.id, id_)
    person = whose(ctx, help_)
    if help_ is not None and person is not None and any(each.person == reader for each in help_.helpers):
        _say_no(ctx, help_, person, reader)
    return Nothing()


def wait(ctx: Ctx, help_: Help) -> None:
    """For the next step, else for the day on which it is forgotten."""
    ctx.wait(about(help_), reaching.next_at(help_) or help_.asked + KEPT)


def drop(ctx: Ctx, help_: Help) -> None:
    """Nobody is asked any more, and nothing that was written stays."""
    call_off(ctx, help_)
    if help_.state == "open":
        help_ = reaching.dropped(help_)
        ctx.unit.newcomers.save_help(ctx.community.id, help_)
    wait(ctx, help_)


def erase(ctx: Ctx, help_: Help) -> None:
    """As if it had never been asked for."""
    call_off(ctx, help_)
    ctx.unit.newcomers.drop_help(ctx.community.id, help_.id)
    ctx.wait(about(help_), None)


def call_off(ctx: Ctx, help_: Help) -> None:
    """Takes back what was not sent yet."""
    for reader in (*(each.person for each in help_.helpers), *help_.told):
        for about in (letter(help_, reader), letter(help_, f"{reader}.again"), _notice(help_, reader)):
            ctx.unit.outbox.drop(ctx.community.id, about)
    ctx.unit.outbox.drop(ctx.community.id, _notice(help_))
