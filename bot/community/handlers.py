"""The menu, help, why a message came, people who leave, and what is tidied away at night."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Tell
from bot.chat.commands import Command, Given, fitting
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, MemberLeft
from bot.chat.names import Space
from bot.chat.text import Code
from bot.community import rules, views
from bot.community.model import GONE_STAYS, PersonForgotten
from bot.community.ports import Ctx
from bot.errors import UserMistake


def menu(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    blocks = [block for offer in ctx.menus for block in offer(ctx, event.place)]
    paused = rules.is_paused(ctx.actor.paused_until, ctx.now)
    return Tell(views.menu(ctx.words, ctx.actor, ctx.community, blocks, is_paused=paused))


def help_(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    noun = given.text("noun").lower()
    groups = views.by_noun(_allowed(ctx))
    if not noun:
        return Tell(views.overview(ctx.words, _allowed(ctx)))
    if noun in groups:
        return Tell(views.detail(ctx.words, noun, groups[noun]))
    near = get_close_matches(noun, [each for each in groups if each], n=1, cutoff=0.4)
    if near:
        raise UserMistake(
            "I know nothing called {typed}. Did you mean {near}?", typed=Code(noun[:60]), near=Code(near[0])
        )
    raise UserMistake("I know nothing called {typed}. {help} lists what I know.", typed=Code(noun[:60]), help=_HELP)


def nouns(ctx: Ctx, typed: str) -> Sequence[tuple[str, str]]:
    """What there is help about for this person, while they type it."""
    return fitting(((noun, noun) for noun in views.by_noun(_allowed(ctx)) if noun), typed)


_HELP = Code("/kring help")


def show_help(ctx: Ctx, _: ButtonPressed) -> Answer:
    return Tell(views.overview(ctx.words, _allowed(ctx)))


def why(ctx: Ctx, event: ButtonPressed) -> Answer:
    return Tell(views.why(ctx.words, event.action.id))


def left(ctx: Ctx, event: MemberLeft) -> Answer:
    """The features that hear of it after this one know that the person is gone."""
    if ctx.person is not None:
        ctx.unit.members.left(ctx.community.id, event.account, ctx.now)
        ctx.person = ctx.unit.people.get(ctx.community.id, ctx.person.id)
        wait_for_tidy(ctx)
    return Nothing()


def tidy(ctx: Ctx, _: CameDue) -> Answer:
    """Erases what is over its time: link codes, and who is gone for long. Their name stays on what they shared."""
    community = ctx.community.id
    ctx.unit.members.tidy(community, ctx.now)
    ctx.unit.links.tidy(community, ctx.now)
    for person in ctx.unit.members.gone_before(community, ctx.now - GONE_STAYS):
        known = ctx.unit.people.get(community, person)
        for forget in ctx.forgets:
            forget(ctx, person, "keep")
        ctx.unit.members.erase(community, person, known.name if known else "", ctx.now)
        ctx.record(Action("community", community), PersonForgotten("keep", asked=False))
    wait_for_tidy(ctx)
    return Nothing()


def space_name(ctx: Ctx, space: Space) -> str:
    """What people call one of the community's spaces."""
    return ctx.unit.communities.spaces(ctx.community.id).get(space, space.id)


def wait_for_tidy(ctx: Ctx) -> None:
    """Sweeps the coming night."""
    at = rules.next_tidy(ctx.now, ctx.community.timezone)
    ctx.wait(Action("community.tidy", ctx.community.id), at)


def _allowed(ctx: Ctx) -> list[Command]:
    """What this person may call."""
    person = ctx.person
    leads = person is not None and ctx.facilitates(person)
    may = {"member": True, "facilitator": leads, "host": person is not None and person.host}
    return [command for command in ctx.commands if may[command.who]]
