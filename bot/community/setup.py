"""What a host sets: the form, the card, facilitators, people to turn to, and one community over several spaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled, FormSent
from bot.chat.forms import check
from bot.chat.hours import local_day
from bot.chat.messages import Message
from bot.chat.names import Account, Channel, Place, Space, channel_of
from bot.chat.people import Community, Person
from bot.chat.requests import Post
from bot.chat.text import Code
from bot.community import days_off, holidays, me, rules, setup_forms, wizard
from bot.community.handlers import space_name, wait_for_tidy
from bot.community.model import CommunitySetUp, FacilitatorNamed, FacilitatorReleased, SpaceJoined
from bot.community.ports import Ctx
from bot.errors import FormMistake, UserMistake

NAMED = 5
"""So many hosts are named to whoever needs one."""
_LONGEST_ID = 80
"""A channel's id beyond this does not fit into an action."""


def setup(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    return OpenForm(setup_forms.settings(ctx.words, ctx.community, _public(event.place)))


def open_form(ctx: Ctx, event: ButtonPressed) -> Answer:
    _host(ctx)
    return OpenForm(setup_forms.settings(ctx.words, ctx.community, _public(event.place)))


def sent(ctx: Ctx, event: FormSent) -> Answer:
    """Keeps the settings, sends a test message to the host alone, and shows the card."""
    _host(ctx)
    here = Channel(event.account.space, event.action.id) if event.action.id else None
    after = _filled_in(ctx, event)
    if here is not None and after.home_in(here.space) is None:
        after = rules.with_home(after, here)
    _arrange(ctx, after)
    ctx.ask(Post(event.account, wizard.test_message(ctx.words, ctx.community)))
    wait_for_tidy(ctx)
    return Tell(_card(ctx, here, tested=True))


def _filled_in(ctx: Ctx, event: FormSent) -> Community:
    values, faults = check(setup_forms.settings(ctx.words, ctx.community, None), dict(event.values))
    wrong: dict[str, UserMistake] = {}
    zone, emoji = ctx.community.timezone, ctx.community.keep_emoji
    try:
        zone = me.zone_of(values.text("timezone"))
    except UserMistake as mistake:
        wrong["timezone"] = mistake
    try:
        emoji = rules.emoji_name(values.text("keep_emoji"))
    except UserMistake as mistake:
        wrong["keep_emoji"] = mistake
    if faults or wrong:
        raise FormMistake(faults, words={field: wrong[field] for field in wrong if values.text(field)})
    return replace(
        ctx.community,
        name=values.text("name"),
        language=values.text("language"),
        timezone=zone,
        starters=values.text("starters"),
        keep_emoji=emoji,
        set_up=True,
    )


def home(ctx: Ctx, event: ButtonPressed) -> Answer:
    _host(ctx)
    here = Channel(event.account.space, event.action.id)
    _arrange(ctx, rules.with_home(ctx.community, here))
    return Replace(_card(ctx, here))


def budget(ctx: Ctx, event: ChoiceMade) -> Answer:
    _host(ctx)
    chosen = event.values[0] if event.values else ""
    if chosen not in {"1", "2", "3", "4", "5", "6"}:
        raise UserMistake("Please pick one from the list.")
    _arrange(ctx, replace(ctx.community, daily_messages=int(chosen)))
    n = ctx.community.daily_messages
    return Tell(wizard.said(ctx.words.say("At most {n} a day from now on.", n=n)))


def threads(ctx: Ctx, event: ChoiceMade) -> Answer:
    """Whether Kring offers to keep a thread in a home channel before it closes by itself."""
    _host(ctx)
    chosen = event.values[0] if event.values else ""
    if chosen not in {"yes", "no"}:
        raise UserMistake("Please pick one from the list.")
    _arrange(ctx, replace(ctx.community, offers_threads=chosen == "yes"))
    if ctx.community.offers_threads:
        said = ctx.words.say("Before a thread in a home channel closes by itself, I offer to keep it.")
    else:
        said = ctx.words.say("I let threads close and say nothing.")
    return Tell(wizard.said(said))


# -- people to turn to, and the name of a space


def ask_contacts(ctx: Ctx, event: ButtonPressed) -> Answer:
    _host(ctx)
    space = event.account.space
    known = [ctx.unit.people.account_in(ctx.community.id, each, space) for each in ctx.community.contacts]
    return OpenForm(setup_forms.contacts(ctx.words, [account.id for account in known if account]))


def contacts_sent(ctx: Ctx, event: FormSent) -> Answer:
    _host(ctx)
    values, faults = check(setup_forms.contacts(ctx.words, ()), dict(event.values))
    if faults:
        raise FormMistake(faults)
    chosen = [values.text(f"contact{n}") for n in (1, 2, 3)]
    here = [_somebody(ctx, event.account.space, each).id for each in chosen if each]
    elsewhere = [
        each
        for each in ctx.community.contacts
        if ctx.unit.people.account_in(ctx.community.id, each, event.account.space) is None
    ]
    _arrange(ctx, replace(ctx.community, contacts=tuple(dict.fromkeys([*here, *elsewhere]))))
    people = wizard.people(ctx.words, _contacts(ctx))
    said = [ctx.words.say("People to turn to: {people}.", people=people)]
    if "contacts" in missing(ctx):
        reason = wizard.MISSING["contacts"]
        said.append(ctx.words.say(reason))
    return Tell(wizard.said(*said))


def ask_space(ctx: Ctx, event: ButtonPressed) -> Answer:
    _host(ctx)
    return OpenForm(setup_forms.space(ctx.words, space_name(ctx, event.account.space)))


def space_sent(ctx: Ctx, event: FormSent) -> Answer:
    _host(ctx)
    values, faults = check(setup_forms.space(ctx.words, ""), dict(event.values))
    if faults:
        raise FormMistake(faults)
    ctx.unit.members.name_space(ctx.community.id, event.account.space, values.text("name"))
    return Tell(wizard.said(ctx.words.say("This space is called *{name}* now.", name=values.text("name"))))


# -- days without rounds


def ask_days_off(ctx: Ctx, _: ButtonPressed) -> Answer:
    _host(ctx)
    return OpenForm(holidays.form(ctx.words, ctx.community.quiet_days))


def days_off_sent(ctx: Ctx, event: FormSent) -> Answer:
    _host(ctx)
    values, faults = check(holidays.form(ctx.words, ()), dict(event.values))
    if faults:
        raise FormMistake(faults)
    try:
        days = days_off.read(values.text("days"), local_day(ctx.community.timezone, ctx.now))
    except UserMistake as mistake:
        raise FormMistake(words={"days": mistake}) from None
    _arrange(ctx, replace(ctx.community, quiet_days=days))
    return Tell(holidays.kept(ctx.words, days))


# -- how it is set up


def check_setup(ctx: Ctx, event: CommandCalled, _: Given) -> Answer:
    rights = {"facilitator": ctx.facilitators, "host": ctx.hosts}
    spaces = ctx.unit.communities.spaces(ctx.community.id)
    here = event.account.space
    return Tell(wizard.check(ctx.words, ctx.community, spaces, rights, _contacts(ctx), missing(ctx), reader=here))


# -- facilitators


def facilitator(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """`@name` makes somebody one, `@name off` no more, `off` leaves none; without either it lists them."""
    account, off = given.text("person"), bool(given.text("off"))
    if account:
        _make_facilitator(ctx, _somebody(ctx, event.account.space, account), yes=not off)
    elif off:
        for each in ctx.facilitators:
            _make_facilitator(ctx, each, yes=False)
    return Tell(wizard.facilitators(ctx.words, ctx.facilitators))


def _make_facilitator(ctx: Ctx, person: Person, *, yes: bool) -> None:
    if person.facilitator == yes:
        return
    ctx.unit.members.make_facilitator(ctx.community.id, person.id, yes=yes)
    by = ctx.actor.id
    fact = FacilitatorNamed(by, person.id) if yes else FacilitatorReleased(by, person.id)
    ctx.record(Action("community", ctx.community.id), fact)


# -- one community over several spaces


def link(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    typed = given.text("code")
    if not typed:
        made = rules.link_code(ctx.new_id(), ctx.actor, ctx.now)
        ctx.unit.members.add_code(ctx.community.id, made)
        wait_for_tidy(ctx)
        return Tell(wizard.code(ctx.words, made))
    members, own = ctx.unit.members, ctx.community
    into = rules.may_join(own, members.use_code(own.id, rules.read_code(typed), ctx.now), is_new=members.is_new(own.id))
    ctx.wait(Action("community.tidy", own.id), None)
    members.join(own.id, into)
    joined = SpaceJoined(ctx.actor.id, event.account.space.platform, event.account.space.id)
    ctx.community = ctx.unit.communities.get(into)
    ctx.record(Action("community", into), joined)
    return Tell(wizard.joined(ctx.words, ctx.community, ctx.unit.communities.spaces(into)))


# -- between


def _public(place: Place) -> Channel | None:
    """Where it was called, if that can be a home."""
    here = channel_of(place)
    return None if here.direct or len(here.id) > _LONGEST_ID else here


def _host(ctx: Ctx) -> None:
    """Buttons and forms do not know who may use them."""
    if ctx.actor.host:
        return
    hosts = [host.name for host in ctx.hosts[:NAMED]]
    if hosts:
        raise UserMistake("This is for whoever administers this space. Ask {names}.", names=ctx.words.names(hosts))
    raise UserMistake(
        "This is for whoever administers this space. Ask one of them to call {command}.", command=Code("/kring setup")
    )


def _arrange(ctx: Ctx, after: Community) -> None:
    before = ctx.community
    ctx.unit.members.arrange(before.id, before, after)
    ctx.community = after
    if changed := rules.changed(before, after):
        ctx.record(Action("community", before.id), CommunitySetUp(ctx.actor.id, changed))


def _card(ctx: Ctx, here: Channel | None, *, tested: bool = False) -> Message:
    reader = ctx.by.space
    name = space_name(ctx, reader)
    return wizard.card(ctx.words, ctx.community, name, here, missing(ctx), reader=reader, tested=tested)


def missing(ctx: Ctx) -> tuple[rules.Missing, ...]:
    """What the community still has to set."""
    return rules.missing(ctx.community, ctx.facilitators)


def _contacts(ctx: Ctx) -> Sequence[Person]:
    found = ctx.unit.people.many(ctx.community.id, ctx.community.contacts)
    return [found[each] for each in ctx.community.contacts if each in found]


def _somebody(ctx: Ctx, space: Space, account: str) -> Person:
    """The person of an account that was named; somebody Kring has not met yet is met now."""
    return ctx.named(Account(space, account))
