"""Starting a round: by command, or by the form that opens when something is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from math import ceil

from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.commands import Given, fitting
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled, FormSent
from bot.chat.forms import Values, check
from bot.chat.messages import Note
from bot.chat.names import Channel, Place, channel_of
from bot.chat.people import Person
from bot.chat.text import Code, words
from bot.errors import FormMistake, UserMistake
from bot.rounds import forms, library, own, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, get, moment, near
from bot.rounds.model import Home, Round, Settings, then
from bot.rounds.now import Now
from bot.rounds.picking import Later
from bot.rounds.script import Format, Preset, Step
from bot.rounds.wording import format_name

DAY = 24
LONGEST_STEP = 240
"""Hours."""
OPTIONS = ("topic", "preset", "hours", "anonymous", "where")


def start(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """With a format and a topic at once; else the form, filled in with what was given."""
    _may_start(ctx)
    typed = given.text("format")
    all_ = library.known(ctx)
    format_ = exact(typed, all_)
    if typed and format_ is None:
        return Tell(views.formats(ctx.words, all_.values(), typed, _nearest(typed, all_)))
    values = {name: given.text(name) for name in OPTIONS}
    if format_ is None or not values["topic"] or channel_of(event.place).direct:
        return _form(ctx, event.place, {**values, "format": format_.id if format_ else ""})
    return _invite(ctx, _channel(ctx, event.place), format_, Values(values))


def open_form(ctx: Ctx, event: ButtonPressed) -> Answer:
    _may_start(ctx)
    return _form(ctx, event.place, {})


def names(ctx: Ctx, typed: str) -> Sequence[tuple[str, str]]:
    """The formats, while somebody types one: those whose name has it, before all those that begin with it."""
    return fitting(((each.id, words(ctx.words.pick(each.name))) for each in library.known(ctx).values()), typed)


def format_chosen(ctx: Ctx, event: ChoiceMade) -> Answer:
    """From the list of formats."""
    _may_start(ctx)
    return _form(ctx, event.place, {"format": "".join(event.values[:1])})


def may_start_here(ctx: Ctx, place: Place) -> Channel:
    """Where a round would stand that the person starts here. Raises UserMistake when they may not, or cannot."""
    _may_start(ctx)
    return _channel(ctx, place)


def form_with(ctx: Ctx, place: Place, known: Mapping[str, str], before: Round | None = None) -> Answer:
    """The form, filled in with what is known already. `before`: people go on with what that round came to, where it
    stood.
    """
    _may_start(ctx)
    return _form(ctx, place, known, before)


def _form(ctx: Ctx, place: Place, known: Mapping[str, str], before: Round | None = None) -> Answer:
    """Says where the invitation will stand, where that is not the place itself."""
    channel = _channel(ctx, place) if before is None else before.channel
    elsewhere = channel if channel_of(place) != channel else None
    others = tuple(home.name for home in _homes(ctx, channel)[1:])
    after = before.id if before is not None else ""
    return OpenForm(forms.start(ctx.words, library.known(ctx).values(), known, elsewhere, others, after))


def _channel(ctx: Ctx, place: Place) -> Channel:
    """Where people are: this channel, or from one's own conversation with Kring the community's home."""
    channel = channel_of(place)
    if not channel.direct:
        return channel
    home = ctx.community.home_in(channel.space)
    if home is None:
        raise UserMistake(
            "Here only you and I would see it. Call {command} in the channel where people are.",
            command=Code("/kring round start"),
        )
    return home


def _homes(ctx: Ctx, channel: Channel) -> tuple[Home, ...]:
    """This channel, and the home channel of each other space that has one."""
    names = ctx.unit.communities.spaces(ctx.community.id)
    apart = {space for space, crossing in ctx.unit.crossings.of(ctx.community.id).items() if crossing == "nothing"}
    if channel.space in apart:
        return (Home(channel, names.get(channel.space, channel.space.id)),)
    others = [home for home in ctx.community.homes if home.space != channel.space and home.space not in apart]
    return tuple(Home(each, names.get(each.space, each.space.id)) for each in (channel, *others))


def sent(ctx: Ctx, event: FormSent) -> Answer:
    _may_start(ctx)
    before = near(ctx, get(ctx, event.action.id)) if event.action.id else None
    channel = _channel(ctx, event.place) if before is None else before.channel
    all_ = library.known(ctx)
    others = tuple(home.name for home in _homes(ctx, channel)[1:])
    values, faults = check(forms.start(ctx.words, all_.values(), {}, others=others), dict(event.values))
    if faults:
        raise FormMistake(faults)
    format_ = all_[values.text("format")]
    if values.text("anonymous") == "yes" and not format_.can_be_anonymous:
        text = "In this format people see who says what. Start it with names, or pick another format."
        raise FormMistake(words={"anonymous": UserMistake(text)})
    hours = values.text("hours")
    if hours and not (hours.isascii() and hours.isdigit() and 0 < int(hours) <= LONGEST_STEP):
        raise FormMistake(words={"hours": UserMistake("Give a whole number, from 1 to {most}.", most=LONGEST_STEP)})
    if hours and values.text("preset") == "live":
        raise FormMistake(words={"hours": UserMistake("A live round counts in minutes; leave this empty.")})
    return _invite(ctx, channel, format_, values, before)


def _invite(ctx: Ctx, channel: Channel, format_: Format, values: Values, before: Round | None = None) -> Answer:
    preset: Preset = "live" if values.text("preset") == "live" else "async"
    hours = int(values.text("hours")) if values.text("hours") else None
    if hours is not None and preset == "live":
        raise UserMistake("A live round counts in minutes; leave out the hours.")
    if hours is not None and not 0 < hours <= LONGEST_STEP:
        raise UserMistake("A step can be open from 1 to {most} hours.", most=LONGEST_STEP)
    early = library.later(ctx, channel, format_)
    if early is not None:
        may_go_deeper(ctx, early)
    homes = _homes(ctx, channel) if values.text("where") == "everywhere" else ()
    if len(homes) == 1:
        raise UserMistake(
            "Everywhere is only here: no other space of this community has a home channel. A host calls setup there, "
            "in the channel where rounds may stand."
        )
    topic = " ".join(values.text("topic").split())
    draft = rules.draft(
        ctx.new_id(),
        channel,
        format_ if hours is None else lasting(format_, hours),
        topic,
        ctx.actor.id,
        Now(ctx.now, ctx.seed),
        community=ctx.community.id,
        language=ctx.community.language,
        preset=preset,
        settings=Settings(anonymous=values.text("anonymous") == "yes", sources=topic),
        number=ctx.unit.number(ctx.community.id, "round"),
        homes=homes,
    )
    begins_at = ctx.now + timedelta(hours=hours) if hours is not None and hours < DAY else None
    if before is not None:
        first = get(ctx, before.id)
        settle(ctx, first, rules.go_on_in(first, draft.number))
    told = own.started(ctx.words, send_out(ctx, draft, begins_at))
    if early is None:
        return Tell(told)
    note = ctx.words.say("This goes deeper than people here have gone together so far. It helps to tell them why.")
    return Tell(replace(told, blocks=(*told.blocks, Note(note))))


def send_out(ctx: Ctx, draft: Round, begins_at: datetime | None = None) -> Round:
    """Keeps a round that is set up, and invites people to it."""
    beside = max(rules.going_on(ctx.unit.rounds.in_channel(ctx.community.id, channel)) for channel in draft.channels)
    ctx.unit.rounds.add(draft)
    invited = rules.invite(draft, moment(ctx, draft), begins_at=begins_at, beside=beside)
    return settle(ctx, draft, then(invited, lambda it: library.chosen_early(ctx, it, it.facilitator or "")))


def may_go_deeper(ctx: Ctx, early: Later) -> None:
    """Facilitators and hosts may start what opens later. Raises UserMistake for others, who hear when it does."""
    if ctx.actor.facilitator or ctx.actor.host:
        return
    name = format_name(ctx.words, early.format)
    if early.rounds:
        raise UserMistake(
            "“{format}” goes deeper. It opens here after {needed}, and there have been {done}. Until then a "
            "facilitator or a host can start it.",
            format=name,
            needed=ctx.words.counted("{n} round", "{n} rounds", early.format.unlock.rounds),
            done=early.format.unlock.rounds - early.rounds,
        )
    raise UserMistake(
        "“{format}” weighs searching against holding on. It opens here when there have been rounds of both kinds. "
        "Until then a facilitator or a host can start it.",
        format=name,
    )


def lasting(format_: Format, hours: int) -> Format:
    """The format with steps of so many hours; a turn is never longer than its step."""

    def step(one: Step) -> Step:
        return replace(one, async_h=hours, turn_async_h=min(one.turn_async_h, hours))

    days = max(1, ceil(hours * len(format_.steps) / DAY))
    steps = tuple(step(one) for one in format_.steps)
    return replace(format_, steps=steps, effort=replace(format_.effort, async_days=days))


def _may_start(ctx: Ctx) -> None:
    if may_start(ctx, ctx.actor):
        return
    facilitators = ctx.facilitators
    if not facilitators:
        raise UserMistake("In this community facilitators start rounds, and there are none yet. Ask a host.")
    names = ctx.words.names(person.name for person in facilitators[:5])
    raise UserMistake("In this community facilitators start rounds. Ask {names}.", names=names)


def may_start(ctx: Ctx, person: Person) -> bool:
    """Members, where the community wants it so; else who facilitates."""
    return ctx.community.starters == "members" or ctx.facilitates(person)


# -- which format is meant


def _called(all_: Mapping[str, Format]) -> dict[str, Format]:
    """The formats by all they are called: their id, and their name in every language."""
    return {
        name.casefold().replace("_", " "): each
        for each in all_.values()
        for name in (each.id, *each.name.values())
    }  # fmt: skip


def exact(typed: str, all_: Mapping[str, Format]) -> Format | None:
    """The format of that id or name, in any language."""
    return _called(all_).get(typed.casefold().replace("_", " ").strip())


def _nearest(typed: str, all_: Mapping[str, Format]) -> Format | None:
    called = _called(all_)
    wanted = typed.casefold().replace("_", " ").strip()
    near = get_close_matches(wanted, called, n=1, cutoff=0.5) or [name for name in called if name.startswith(wanted)]
    return called[near[0]] if near else None
