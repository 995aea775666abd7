"""Keeps what a rule made of a round, and tells everybody what has happened, fact by fact."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.rounds import (
    closing_news,
    group_news,
    objection_news,
    record_news,
    round_news,
    said_news,
    step_news,
    threads,
    turn_news,
)
from bot.rounds import facts as happened
from bot.rounds import objection_facts as objected
from bot.rounds import step_facts as stepped
from bot.rounds.finding import Ctx, people_of
from bot.rounds.model import Changed, Round
from bot.rounds.needless import needless
from bot.rounds.promises import before_and_now
from bot.rounds.scene import Scene
from bot.rounds.step_facts import Fact
from bot.rounds.wording import words_of

NEWS = {
    **round_news.NEWS,
    **group_news.NEWS,
    **step_news.NEWS,
    **said_news.NEWS,
    **turn_news.NEWS,
    **objection_news.NEWS,
    **closing_news.NEWS,
}

ON_THE_CARD = (
    happened.TooFew,
    happened.FormatSwitched,
    happened.RoundBegan,
    happened.RoundPaused,
    happened.RoundResumed,
    happened.WrappingBegan,
    happened.RoundFinished,
    happened.RoundCancelled,
    happened.RoundLapsed,
    happened.SeatTaken,
    happened.SeatLeft,
    happened.SideTaken,
    happened.VoicesUnited,
    happened.FacilitatorAsked,
    happened.FacilitatorChanged,
    stepped.StepOpened,
    stepped.GroupsAtWork,
    stepped.StepExtended,
    stepped.GraceBegan,
    stepped.PromptChanged,
    stepped.NamesAsked,
    objected.ObjectionStands,
)
"""What changes something that the card shows."""


def settle(ctx: Ctx, before: Round, changed: Changed) -> Round:
    """Saves the round, sets the moment it waits for, keeps the facts and asks for what they ask for."""
    round_, facts = changed
    if round_ == before and not facts:
        return round_
    ctx.unit.rounds.save(round_)
    if round_.look_at != before.look_at:
        ctx.wait(Action("round.look", round_.id), round_.look_at)
    if round_.due != before.due:
        ctx.wait(Action("round", round_.id), round_.due)
    announce(ctx, before, round_, facts)
    return round_


def announce(ctx: Ctx, before: Round, round_: Round, facts: tuple[Fact, ...]) -> None:
    ctx.record(Action("round", round_.id), *facts)
    for about in needless(before, round_):
        ctx.unit.outbox.drop(ctx.community.id, about)
    told = [fact for fact in facts if _told(fact)]
    edited = _on_the_card(facts) or round_.begins_at != before.begins_at or round_.waited != before.waited
    stays = record_news.changed(before, round_, facts)
    results = () if _place_lost(facts) else objection_news.changed(before, round_)
    closing = closing_news.changed(before, round_)
    turns = before_and_now(before, round_)
    moved = threads.moved(before, round_)
    if not (told or edited or stays or results or closing or turns or moved):
        return
    scene = Scene(ctx, before, round_, words_of(round_), people_of(ctx, round_))
    for step in before.at_work:
        run = before.steps[step]
        scene.turns[step] = len(run.held)
        if run.holder is not None:
            scene.holders[step] = run.holder
    threads.admit(scene)
    for fact in told:
        NEWS[type(fact)](scene, fact)
    turn_news.tell(scene)
    objection_news.tell(scene, results)
    if closing:
        closing_news.tell(scene)
    if stays:
        record_news.tell(scene, facts)
    if edited:
        scene.edit_header()


def _told(fact: Fact) -> bool:
    """Whether anybody is told: a private answer is not."""
    return type(fact) in NEWS and getattr(fact, "visible", True)


def _place_lost(facts: tuple[Fact, ...]) -> bool:
    """Whether nothing can be edited where it stands: Kring cannot write there."""
    return any(isinstance(fact, happened.RoundPaused) and fact.why == "place" for fact in facts)


def _on_the_card(facts: tuple[Fact, ...]) -> bool:
    return not _place_lost(facts) and any(isinstance(fact, ON_THE_CARD) for fact in facts)
