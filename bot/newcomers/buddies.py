"""Buddies: who offers, who is proposed to whom, and the three texts a buddy gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.customs import customs
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, FormSent, Refused
from bot.chat.forms import check
from bot.chat.hours import local_day
from bot.chat.messages import Words, message
from bot.chat.people import Person
from bot.chat.requests import Edit
from bot.chat.text import Code
from bot.errors import FormMistake, UserMistake
from bot.gate import Send, offer, with_footer
from bot.newcomers import forms, greeting, letters, rules, views
from bot.newcomers.company import company, facilitators, facilitators_hear, pairing, whose
from bot.newcomers.keeping import KEPT
from bot.newcomers.matching import AT_ONCE, choose
from bot.newcomers.model import BuddyAgreed, BuddyDeclined, Newcomer, Pairing
from bot.newcomers.ports import Ctx
from bot.texts.catalogue import _

LATEST = timedelta(days=4)
"""A question that reaches somebody later than this is not asked."""
PATIENCE = timedelta(days=3)
"""Who has not said yes by then is asked no more."""
MOST_TRIES = 3
"""So many people are asked to be one newcomer's buddy."""
STILL_NEW = timedelta(days=30)
"""Newcomers who joined so recently are proposed to a fresh volunteer."""
TEN, END = 10, 90


# -- finding one


def propose(ctx: Ctx, newcomer: Newcomer, person: Person, *, wanted: bool = False) -> Pairing | None:
    """Asks the volunteer who fits best, and the next when that one cannot be asked."""
    store = ctx.unit.newcomers
    before = [each for each in store.pairings(ctx.community.id, person.id) if each.person == person.id]
    tried = {each.buddy for each in before}
    if len(before) >= MOST_TRIES and not wanted:
        return None
    volunteers = {each.person: each for each in store.volunteers(ctx.community.id)}
    people = ctx.unit.people.many(ctx.community.id, volunteers)
    candidates = [(volunteers[id_], each) for id_, each in people.items()]
    while (buddy := choose(person, candidates, tried, ctx.now, ctx.seed)) is not None:
        tried.add(buddy.id)
        found = Pairing(ctx.new_id(), newcomer.id, person.id, buddy.id, ctx.now, told=1, wanted=wanted)
        card = letters.buddy_start(ctx.words_for(buddy), found, person)
        outcome = offer(ctx, buddy, "notice", card, about=_text(found), before=ctx.now + LATEST)
        if isinstance(outcome, Send):
            store.save_pairing(ctx.community.id, found)
            store.was_proposed(ctx.community.id, buddy.id, ctx.now)
            ctx.wait(Action("buddy", found.id), outcome.at + PATIENCE)
            return found
    return None


def _text(found: Pairing) -> Action:
    return Action("buddy.text", f"{found.id}.{found.told}")


# -- volunteering


def offers(ctx: Ctx, _event: CommandCalled | ButtonPressed, _given: Given | None = None) -> Answer:
    """`buddy yes`: and newcomers who have nobody are proposed at once."""
    store = ctx.unit.newcomers
    store.volunteer(ctx.community.id, ctx.actor.id, ctx.now)
    proposed = 0
    for newcomer in store.joined_since(ctx.community.id, ctx.now - STILL_NEW):
        person = whose(ctx, newcomer)
        if proposed < AT_ONCE and person is not None and _is_alone(ctx, newcomer, person):
            proposed += propose(ctx, newcomer, person) is not None
    text = _("Thank you. You get at most two newcomers at a time, and you can say no to each. {command} ends it.")
    return Tell(message(Words(ctx.words.say(text, command=Code("/kring buddy no")))))


def _is_alone(ctx: Ctx, newcomer: Newcomer, person: Person) -> bool:
    """Has no buddy, and did not say no to having one. Where people press a button first, that is not known before."""
    pairings = ctx.unit.newcomers.pairings(ctx.community.id, newcomer.person)
    paces = ("regular", "fewer") if customs(person.account.space).asked_first else ("unanswered", "regular", "fewer")
    return newcomer.pace in paces and all(
        each.state == "declined" for each in pairings if each.person == newcomer.person
    )


def refuses(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    """`buddy no`: nobody's buddy and no buddy any more. Nobody is told why."""
    ctx.unit.newcomers.unvolunteer(ctx.community.id, ctx.actor.id)
    end_all(ctx, ctx.actor.id)
    return Tell(message(Words(ctx.words.say("Done: you are nobody's buddy and have none. I tell nobody why."))))


def asks(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    """`buddy ask`: who is mine, or find me one."""
    newcomer = ctx.unit.newcomers.of(ctx.community.id, ctx.actor.id)
    if newcomer is None or ctx.now - newcomer.joined > timedelta(days=END):
        raise UserMistake("Buddies are there for people in their first three months.")
    around = company(ctx, newcomer, ctx.actor)
    if around.buddy is not None:
        return Tell(letters.your_buddy(ctx.words, around.buddy))
    found = pairing(ctx, ctx.actor.id)
    if found is not None:
        ctx.unit.newcomers.save_pairing(ctx.community.id, replace(found, wanted=True))
    elif propose(ctx, newcomer, ctx.actor, wanted=True) is None:
        text = _("No buddy is free right now. {buddy} is happy to hear from you.")
        return Tell(message(Words(ctx.words.say(text, **around.fill(ctx.words)))))
    return Tell(message(Words(ctx.words.say("I have asked somebody. You hear who it is as soon as they say yes."))))


# -- the buddy's own buttons


def _asked(ctx: Ctx, id_: str) -> tuple[Pairing, Newcomer, Person]:
    """The pairing, while it is still there, of which the person who acts is the buddy."""
    found = ctx.unit.newcomers.pairing(ctx.community.id, id_)
    newcomer, person = _of(ctx, found)
    if found is None or newcomer is None or person is None:
        raise UserMistake("This step is over.")
    if found.buddy != ctx.actor.id:
        raise UserMistake("This one is for somebody else.")
    return found, newcomer, person


def _of(ctx: Ctx, found: Pairing | None) -> tuple[Newcomer | None, Person | None]:
    """The newcomer of a pairing, and who that is."""
    newcomer = ctx.unit.newcomers.get(ctx.community.id, found.newcomer) if found else None
    return newcomer, whose(ctx, newcomer)


def happy(ctx: Ctx, event: ButtonPressed) -> Answer:
    found, newcomer, person = _asked(ctx, event.action.id)
    if found.state == "agreed":
        return Nothing()
    if found.state != "proposed":
        raise UserMistake("This step is over.")
    agreed = replace(found, state="agreed")
    ctx.unit.newcomers.save_pairing(ctx.community.id, agreed)
    ctx.record(Action("buddy", agreed.id), BuddyAgreed())
    _wait(ctx, agreed, newcomer, ctx.actor)
    _tell_newcomer(ctx, agreed, newcomer, person)
    text = _("Thank you. A hello from you to {name} does the rest.")
    return Replace(message(Words(ctx.words.say(text, name=person.shown()))))


def _tell_newcomer(ctx: Ctx, agreed: Pairing, newcomer: Newcomer, person: Person) -> None:
    """Who asked for a buddy gets a message; else the welcome and the check-ins name the buddy from now on."""
    words = ctx.words_for(person)
    if agreed.wanted:
        about = Action("newcomer.notice", agreed.id)
        greeting.tell(ctx, person, letters.your_buddy(words, ctx.actor), about)
        return
    welcome = Action("newcomer.welcome", newcomer.id)
    if newcomer.pace == "unanswered" and ctx.unit.posts.find(ctx.community.id, welcome) is not None:
        card = views.checkin(words, newcomer, 0, company(ctx, newcomer, person))
        ctx.ask(Edit(person.account, welcome, with_footer(ctx, person, "checkin", card)))


def not_now(ctx: Ctx, event: ButtonPressed) -> Answer:
    found, newcomer, person = _asked(ctx, event.action.id)
    if found.state in ("proposed", "agreed"):
        _let_go(ctx, found, newcomer, person)
    return Replace(message(Words(ctx.words.say("That is fine. I tell nobody, and ask somebody else."))))


def _let_go(ctx: Ctx, found: Pairing, newcomer: Newcomer, person: Person) -> None:
    """This one will not be the buddy; perhaps somebody else."""
    _take_back(ctx, found)
    end(ctx, found, "declined")
    ctx.record(Action("buddy", found.id), BuddyDeclined())
    if newcomer.left is None and ctx.now - newcomer.joined <= STILL_NEW:
        propose(ctx, newcomer, person, wanted=found.wanted)


def refused(ctx: Ctx, _event: Refused, about: Action) -> Answer:
    """The buddy cannot be reached."""
    found = ctx.unit.newcomers.pairing(ctx.community.id, about.id.partition(".")[0])
    newcomer, person = _of(ctx, found)
    if found is not None and found.state == "proposed" and newcomer is not None and person is not None:
        _let_go(ctx, found, newcomer, person)
    return Nothing()


# -- time


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """Nobody said yes; or it is time for the buddy's next text; or it is over for long."""
    found = ctx.unit.newcomers.pairing(ctx.community.id, event.about.id)
    newcomer, person = _of(ctx, found)
    buddy = ctx.unit.people.get(ctx.community.id, found.buddy) if found else None
    if found is None or newcomer is None or person is None or found.state not in ("proposed", "agreed"):
        ctx.unit.newcomers.drop_pairing(ctx.community.id, event.about.id)
        ctx.wait(event.about, None)
        return Nothing()
    if found.state == "proposed" or buddy is None:
        _let_go(ctx, found, newcomer, person)
        return Nothing()
    due = _next_text(found, newcomer, buddy)
    if due is not None and due[1] <= ctx.now:
        found = replace(found, told=due[0])
        _write(ctx, found, buddy, person)
    if found.told == 3:
        end(ctx, found, "ended")
    else:
        ctx.unit.newcomers.save_pairing(ctx.community.id, found)
        _wait(ctx, found, newcomer, buddy)
    return Nothing()


def _write(ctx: Ctx, found: Pairing, buddy: Person, person: Person) -> None:
    words = ctx.words_for(buddy)
    if found.told == 2:
        offer(ctx, buddy, "nudge", letters.buddy_ten(words, person), about=_text(found), before=ctx.now + LATEST)
    else:
        offer(ctx, buddy, "notice", letters.buddy_end(words, found), about=_text(found))


def _next_text(found: Pairing, newcomer: Newcomer, buddy: Person) -> tuple[int, datetime] | None:
    """Which of the three texts comes next, and on which morning of the buddy's."""
    joined = local_day(buddy.timezone, newcomer.joined)
    number, day = (
        (2, TEN) if found.told < 2 and local_day(buddy.timezone, found.asked) < joined + _DAY * TEN else (3, END)
    )
    at = rules.morning(buddy, joined + _DAY * day)
    return None if at is None else (number, at)


_DAY = timedelta(days=1)


def _wait(ctx: Ctx, found: Pairing, newcomer: Newcomer, buddy: Person) -> None:
    due = _next_text(found, newcomer, buddy)
    ctx.wait(Action("buddy", found.id), due[1] if due else None)


# -- the end


def end(ctx: Ctx, found: Pairing, state: Literal["declined", "ended"]) -> None:
    """It is over, and remembered for a while, so that nobody is proposed to the same newcomer twice."""
    ctx.unit.newcomers.save_pairing(ctx.community.id, replace(found, state=state))
    ctx.wait(Action("buddy", found.id), found.asked + KEPT)


def _take_back(ctx: Ctx, found: Pairing) -> None:
    """What was not sent yet about it."""
    ctx.unit.outbox.drop(ctx.community.id, _text(found))
    ctx.unit.outbox.drop(ctx.community.id, Action("newcomer.notice", found.id))


def end_all(ctx: Ctx, person: str, *, leaving: bool = False) -> None:
    """Ends every pairing this person is in; newcomers who lose a buddy are proposed another one.

    `leaving`: of a newcomer's own pairings nothing stays.
    """
    for found in ctx.unit.newcomers.pairings(ctx.community.id, person):
        if leaving and found.person == person:
            _take_back(ctx, found)
            ctx.unit.newcomers.drop_pairing(ctx.community.id, found.id)
            ctx.wait(Action("buddy", found.id), None)
            continue
        if found.state not in ("proposed", "agreed"):
            continue
        _take_back(ctx, found)
        newcomer, other = _of(ctx, found)
        if found.person != person and newcomer is not None and other is not None:
            _let_go(ctx, found, newcomer, other)
        else:
            end(ctx, found, "ended")


def look_back(ctx: Ctx, event: ButtonPressed) -> Answer:
    _asked(ctx, event.action.id)
    return OpenForm(forms.learned(ctx.words, event.action.id))


def learned(ctx: Ctx, event: FormSent) -> Answer:
    """What a buddy learned goes to the facilitators."""
    _asked(ctx, event.action.id)
    values, faults = check(forms.learned(ctx.words, event.action.id), dict(event.values))
    if faults:
        raise FormMistake(faults)
    if not facilitators(ctx, without=ctx.actor.id):
        raise UserMistake("There is no facilitator here yet who could read it.")
    if not facilitators_hear(ctx, lambda words: letters.learned(words, values.text("learned"), ctx.actor)):
        later = UserMistake("I cannot reach any facilitator now. Please try again another day.")
        raise FormMistake(words={"learned": later})
    return Tell(message(Words(ctx.words.say("Thank you. The facilitators can learn from it."))))
