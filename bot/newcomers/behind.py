"""What a newcomer finds behind a button in a channel or in their menu: all of the way in works so, without any message.

*Start* is one person's own. *I'm new here* is for everybody: whoever presses it begins their ninety days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Replace, Tell
from bot.chat.customs import customs
from bot.chat.events import ButtonPressed
from bot.chat.messages import Block, Words, message
from bot.chat.people import Person
from bot.errors import UserMistake
from bot.newcomers import buddies, greeting, helping, keeping, letters, pressed, rules, views
from bot.newcomers.company import Company, company
from bot.newcomers.model import CheckinAnswer, Newcomer, NewcomerJoined, WordShown
from bot.newcomers.ports import Ctx

NINETY = timedelta(days=90)


def start(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Shows privately what Kring has to say to this person now."""
    return _word(ctx, pressed.mine(ctx, event.action))


def here(ctx: Ctx, _event: ButtonPressed) -> Answer:
    """Somebody says that they are new. Of who has been here for long nothing is kept."""
    newcomer = ctx.unit.newcomers.of(ctx.community.id, ctx.actor.id)
    if newcomer is not None and newcomer.left is not None:
        newcomer = _back(ctx, newcomer)
    elif newcomer is None and not at_home(ctx, ctx.actor, ctx.now - rules.WHILE):
        newcomer = _begun(ctx, None)
    if newcomer is None or is_over(ctx, newcomer):
        return Tell(views.here_for_long(ctx.words, ctx.actor))
    return _word(ctx, newcomer)


def _back(ctx: Ctx, earlier: Newcomer) -> Newcomer | None:
    """Who was away for a short while goes on, who was away for long begins anew."""
    begun = _begun(ctx, earlier)
    if begun is None:
        begun = rules.back(earlier)
        ctx.unit.newcomers.save(ctx.community.id, begun)
    return begun


def _begun(ctx: Ctx, earlier: Newcomer | None) -> Newcomer | None:
    newcomer = rules.arrive(earlier, ctx.new_id(), ctx.actor, None, ctx.now)
    if newcomer is not None:
        if earlier is not None:
            ctx.unit.newcomers.forget(ctx.community.id, ctx.actor.id)
        ctx.unit.newcomers.save(ctx.community.id, newcomer)
        ctx.record(Action("newcomer", newcomer.id), NewcomerJoined())
    return newcomer


def at_home(ctx: Ctx, person: Person, before: datetime) -> bool:
    """Took part in something before then, or has a part of their own: that is nobody new."""
    return person.host or person.facilitator or any(took(ctx, person, before) for took in ctx.offered.took_part)


def _word(ctx: Ctx, newcomer: Newcomer) -> Answer:
    around = company(ctx, newcomer, ctx.actor)
    if newcomer.pace == "unanswered":
        newcomer = rules.welcomed(newcomer, ctx.actor, ctx.now)
        ctx.unit.newcomers.save(ctx.community.id, newcomer)
        _find_buddy(ctx, newcomer)
        return Tell(views.checkin(ctx.words, newcomer, 0, around))
    told = news(ctx, newcomer, around)
    if greeting.word_waits(ctx, newcomer):
        ctx.record(Action("newcomer", newcomer.id), WordShown())
    if newcomer.undelivered is not None:
        return Tell(message(*told, *views.checkin(ctx.words, newcomer, newcomer.undelivered, around).blocks))
    return Tell(message(*told, *views.menu(ctx.words, newcomer, around)))


def _find_buddy(ctx: Ctx, newcomer: Newcomer) -> None:
    """Where people press first, nobody is asked to be the buddy of somebody who did not."""
    if not customs(ctx.actor.account.space).asked_first:
        return
    pairings = ctx.unit.newcomers.pairings(ctx.community.id, ctx.actor.id)
    if not any(each.person == ctx.actor.id for each in pairings):
        buddies.propose(ctx, newcomer, ctx.actor)


# -- what waits there


def is_over(ctx: Ctx, newcomer: Newcomer) -> bool:
    """Nothing comes any more, and nothing waits. The last check-in may come some days late."""
    age = ctx.now - newcomer.joined
    return age > NINETY and (age > keeping.KEPT or not something_waits(ctx, newcomer))


def something_waits(ctx: Ctx, newcomer: Newcomer) -> bool:
    found = newcomer.undelivered is not None or greeting.word_waits(ctx, newcomer)
    return found or any(_waiting(ctx, newcomer))


def news(ctx: Ctx, newcomer: Newcomer, around: Company) -> tuple[Block, ...]:
    """What could not be written to them: answers, words that came back, what became of a wish, who their buddy is."""
    blocks: list[Block] = []
    for each in _waiting(ctx, newcomer):
        blocks += _reply(ctx, each) if each.kind == "reply" else letters.came_back(ctx.words, each)
    blocks += helping.news(ctx, ctx.actor)
    draft = None if newcomer.introduced else keeping.draft(ctx, newcomer)
    if draft is not None:
        shown = views.introduction(ctx.common_words, ctx.actor, draft.text)
        blocks += views.preview(ctx.words, newcomer, shown, around).blocks
    if newcomer.undelivered is None and around.buddy is not None:
        blocks += letters.your_buddy(ctx.words, around.buddy).blocks
    return tuple(blocks)


def _waiting(ctx: Ctx, newcomer: Newcomer) -> tuple[CheckinAnswer, ...]:
    """Words for the newcomer that no direct message brought."""
    answers = ctx.unit.newcomers.answers(ctx.community.id, newcomer.id)
    return tuple(each for each in answers if each.kind in ("reply", "returned"))


def _reply(ctx: Ctx, reply: CheckinAnswer) -> Sequence[Block]:
    asked = ctx.unit.newcomers.answer(ctx.community.id, reply.id.partition(".")[0])
    by = ctx.unit.people.many(ctx.community.id, reply.to)
    shown = letters.replied(ctx.words, next(iter(by.values()), None), asked.text if asked else "", reply.text)
    return (*shown.blocks, letters.got_it(ctx.words, reply))


def got_it(ctx: Ctx, event: ButtonPressed) -> Answer:
    """They have read it, so it is kept no longer."""
    answer = ctx.unit.newcomers.answer(ctx.community.id, event.action.id)
    if answer is None:
        raise UserMistake("This step is over.")
    if answer.person != ctx.actor.id:
        raise UserMistake("This one is for somebody else.")
    keeping.let_go(ctx, answer.id)
    return Replace(message(Words(ctx.words.say("Good. I have forgotten it here."))))
