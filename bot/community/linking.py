"""One person with accounts in several spaces of a community: a code from the one, brought to the other."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled
from bot.chat.messages import Message
from bot.chat.names import Account, Space
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.community import accounts, rules
from bot.community.handlers import space_name, wait_for_tidy
from bot.community.model import OWN_CODE_LASTS, TRIES, AccountLinked, AccountUnlinked, OwnCode
from bot.community.ports import Ctx
from bot.errors import UserMistake


def link(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    typed = given.text("code")
    if not typed:
        return offer(ctx, event)
    code = rules.read_code(typed)
    return _with(ctx, code) or Tell(_question(ctx, code))


def offer(ctx: Ctx, _: ButtonPressed | CommandCalled) -> Answer:
    """A new code; an older one is worth nothing any more."""
    letters, code = rules.own_code(ctx.seed, ctx.actor, ctx.now)
    ctx.unit.links.offer(ctx.community.id, code)
    wait_for_tidy(ctx)
    return Tell(accounts.own_code(ctx.words, letters, code.until))


def linked(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Yes, both are mine*: from here on the two are one person."""
    if (refused := _with(ctx, event.action.id)) is not None:
        return refused
    person, kept = ctx.actor, _other(ctx, event.action.id)
    for unite in ctx.unites:
        unite(ctx, person.id, kept.id)
    _settle_choices(ctx, person, kept)
    ctx.unit.links.unite(ctx.community.id, person.id, kept.id)
    ctx.person = ctx.unit.people.get(ctx.community.id, kept.id)
    ctx.community = ctx.unit.communities.get(ctx.community.id)
    space = event.account.space
    ctx.record(Action("community", ctx.community.id), AccountLinked(kept.id, space.platform, space.id))
    here = space_name(ctx, space)
    ctx.ask(Post(kept.account, accounts.was_linked(ctx.words, here)))
    return Replace(accounts.linked(ctx.words, ctx.actor, here))


def unlink(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    _another(ctx, event.account)
    return Tell(accounts.unlink_question(ctx.words, space_name(ctx, event.account.space)))


def unlinked(ctx: Ctx, event: ButtonPressed) -> Answer:
    """What was done by either account stays with the person; this account begins anew."""
    _another(ctx, event.account)
    person, space = ctx.actor.id, event.account.space
    words = ctx.words
    ctx.unit.links.part(ctx.community.id, event.account)
    ctx.record(Action("community", ctx.community.id), AccountUnlinked(person, space.platform, space.id))
    return Replace(accounts.unlinked(words))


# -- between


def _with(ctx: Ctx, typed: str) -> Answer | None:
    """What is wrong with a code that somebody brings, said without undoing that it is counted; None: nothing is.

    Raises UserMistake for a code that is right and of no use here.
    """
    links, here, me = ctx.unit.links, ctx.community.id, ctx.actor.id
    if links.tries(here, me, ctx.now) >= TRIES:
        return Tell(accounts.too_many_tries(ctx.words))
    code = links.find(rules.digest(typed), ctx.now)
    if code is None:
        links.tried(here, me, ctx.now, ctx.now + OWN_CODE_LASTS)
        wait_for_tidy(ctx)
        return Tell(accounts.no_such_code(ctx.words))
    taken = _spaces(ctx, code.person) if code.community == here else ()
    rules.may_link(ctx.actor, code, taken, _spaces(ctx, me))
    return None


def _spaces(ctx: Ctx, person: str) -> tuple[Space, ...]:
    return tuple(account.space for account, _ in ctx.unit.members.accounts(ctx.community.id, person))


def _other(ctx: Ctx, typed: str) -> Person:
    """Who asked for this code."""
    code: OwnCode | None = ctx.unit.links.find(rules.digest(typed), ctx.now)
    found = ctx.unit.people.get(ctx.community.id, code.person) if code is not None else None
    if found is None:
        raise UserMistake("This step is over.")
    return found


def _question(ctx: Ctx, code: str) -> Message:
    return accounts.link_question(ctx.words, _other(ctx, code), space_name(ctx, ctx.by.space), code)


def _settle_choices(ctx: Ctx, person: Person, kept: Person) -> None:
    """Their preferences, rights, and whether people turn to them."""
    members, here = ctx.unit.members, ctx.community
    before = members.preferences(here.id, kept.id)
    members.choose(here.id, kept.id, before, rules.united(before, members.preferences(here.id, person.id)))
    if person.facilitator and not kept.facilitator:
        members.make_facilitator(here.id, kept.id, yes=True)
    members.arrange(here.id, here, rules.without_double(here, person.id, kept.id))


def _another(ctx: Ctx, account: Account) -> None:
    """Raises UserMistake for the only account of a person."""
    if all(each == account for each, _ in ctx.unit.members.accounts(ctx.community.id, ctx.actor.id)):
        raise UserMistake("This account is linked to no other.")
