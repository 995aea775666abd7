"""`round schedule`: setting up a repeating round, the list of them, and what people do about the next time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from bot.chat.actions import Action
from bot.chat.answers import Answer, OpenForm, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled, FormSent
from bot.chat.forms import check
from bot.chat.names import Channel, Place, channel_of
from bot.errors import FormMistake, UserMistake
from bot.rounds import library, repeating, schedule_cards, schedule_forms, schedules, starting
from bot.rounds.finding import Ctx
from bot.rounds.now import Hours
from bot.rounds.recurring import Rule, moments
from bot.rounds.rule_words import read
from bot.rounds.schedules import MOST_HERE, Schedule, ScheduleStopped
from bot.rounds.script import Preset

PRESETS = ("async", "live")
FIRST = 3
"""So many of the first times are shown."""
_LIST, _SKIP, _STOP = {"", "list", "lijst"}, {"skip", "overslaan"}, {"stop", "stoppen"}


def schedule(ctx: Ctx, event: CommandCalled, given: Given) -> Answer:
    """With a rule, a format and a topic at once; with less the form; without words the list."""
    typed = given.text("when")
    named = {name: given.text(name) for name in ("format", "topic", "preset")}
    if typed.casefold() in _LIST and not any(named.values()):
        return _list(ctx, event.place)
    if typed.casefold() in _SKIP | _STOP:
        return _the_one(ctx, event.place, typed.casefold())
    channel = starting.may_start_here(ctx, event.place)
    rule, behind = read(typed, ctx.community.timezone, ctx.now) if typed else (None, "")
    format_, topic, preset = _behind(ctx, behind, **named)
    if rule is None or not format_ or not topic:
        words = typed.replace(",", " ").split()
        when = " ".join(words[: len(words) - len(behind.split())])
        known = {"when": when, "format": format_, "topic": topic, "preset": preset}
        return OpenForm(_form(ctx, event.place, channel, known))
    return _set_up(ctx, channel, rule, format_, topic, "live" if preset == "live" else "async")


def _behind(ctx: Ctx, typed: str, *, format: str, topic: str, preset: str) -> tuple[str, str, str]:  # noqa: A002
    """Format, topic and preset, of what was given by name and of what was typed behind the rule, in that order."""
    before, _, last = typed.rpartition(" ")
    if not preset and last in PRESETS:
        typed, preset = before, last
    all_ = library.known(ctx)
    if format:
        found = starting.exact(format, all_)
        return (found.id if found else ""), topic or typed, preset
    if (found := starting.exact(typed, all_)) is not None:
        return found.id, topic, preset
    first, _, rest = typed.partition(" ")
    found = starting.exact(first, all_)
    return (found.id, topic or rest, preset) if found else ("", topic or typed, preset)


def open_form(ctx: Ctx, event: ButtonPressed) -> Answer:
    channel = starting.may_start_here(ctx, event.place)
    return OpenForm(_form(ctx, event.place, channel, {}))


def _form(ctx: Ctx, place: Place, channel: Channel, known: Mapping[str, str]) -> Any:
    elsewhere = channel if channel_of(place).direct else None
    return schedule_forms.set_up(ctx.words, library.known(ctx).values(), known, elsewhere)


def sent(ctx: Ctx, event: FormSent) -> Answer:
    channel = starting.may_start_here(ctx, event.place)
    values, faults = check(_form(ctx, event.place, channel, {}), dict(event.values))
    if faults:
        raise FormMistake(faults)
    try:
        rule, rest = read(values.text("when"), ctx.community.timezone, ctx.now)
        if rest:
            raise UserMistake("I do not understand this part: {typed}.", typed=rest)  # noqa: TRY301
    except UserMistake as mistake:
        raise FormMistake(words={"when": mistake}) from None
    preset: Preset = "live" if values.text("preset") == "live" else "async"
    return _set_up(ctx, channel, rule, values.text("format"), values.text("topic"), preset)


def _set_up(ctx: Ctx, channel: Channel, rule: Rule, format_: str, topic: str, preset: Preset) -> Answer:
    early = library.later(ctx, channel, library.known(ctx)[format_])
    if early is not None:
        starting.may_go_deeper(ctx, early)
    here = [each for each in ctx.unit.schedules.of(ctx.community.id) if each.channel == channel]
    if len(here) >= MOST_HERE:
        raise UserMistake("{n} rounds come back in this channel already. Stop one of them first.", n=MOST_HERE)
    draft = Schedule(
        id=ctx.new_id(),
        community=ctx.community.id,
        channel=channel,
        format=format_,
        topic=topic,
        preset=preset,
        rule=rule,
        holder=ctx.actor.id,
        created_at=ctx.now,
    )
    made, facts = schedules.make(draft, ctx.now, _my_hours(ctx), ctx.community.quiet_days)
    ctx.unit.schedules.add(made)
    repeating.settle(ctx, made, (made, facts))
    after = ctx.now + schedules.AHEAD[preset]
    first = tuple(islice(moments(rule, after, ctx.community.quiet_days), FIRST))
    return Tell(schedule_cards.made(ctx.words, made, first))


def _my_hours(ctx: Ctx) -> Hours:
    return Hours(ctx.actor.quiet, ctx.actor.timezone)


# -- the list


def _list(ctx: Ctx, place: Place) -> Answer:
    found = _here(ctx, place)
    people = ctx.unit.people.many(ctx.community.id, [each.holder for each in found if each.holder])
    all_ = library.known(ctx)
    shown = [schedule_cards.Shown(each, all_.get(each.format), _may_change(ctx, each)) for each in found]
    return Tell(schedule_cards.overview(ctx.words, shown, people))


def _here(ctx: Ctx, place: Place) -> tuple[Schedule, ...]:
    """Those of this channel; in one's own conversation with Kring those that one holds."""
    channel = channel_of(place)
    if channel.direct:
        return ctx.unit.schedules.held_by(ctx.community.id, ctx.actor.id)
    return tuple(each for each in ctx.unit.schedules.of(ctx.community.id) if each.channel == channel)


def _the_one(ctx: Ctx, place: Place, verb: str) -> Answer:
    """Skips or stops the only one that can be meant; else shows them all, each with its buttons."""
    mine = [each for each in _here(ctx, place) if _may_change(ctx, each)]
    if len(mine) != 1 or (verb in _SKIP and mine[0].next_at is None):
        return _list(ctx, place)
    return _skip(ctx, mine[0], mine[0].stamp) if verb in _SKIP else _stop(ctx, mine[0])


# -- one of them


def _may_change(ctx: Ctx, one: Schedule) -> bool:
    """Whoever holds it, and those who look after the community."""
    return ctx.actor.id == one.holder or ctx.actor.facilitator or ctx.actor.host


def _meant(ctx: Ctx, action: Action) -> tuple[Schedule, str]:
    """The one that a button names, and the time it names."""
    id_, _, stamp = action.id.partition(".")
    one = ctx.unit.schedules.get(ctx.community.id, id_)
    if one is None:
        raise UserMistake("This does not come back any more.")
    if not _may_change(ctx, one) and not (one.resting == "holder" and _may_hold(ctx)):
        raise UserMistake("Whoever holds it can change this, or a facilitator.")
    return one, stamp


def _may_hold(ctx: Ctx) -> bool:
    return starting.may_start(ctx, ctx.actor)


def skip(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _skip(ctx, *_meant(ctx, event.action))


def _skip(ctx: Ctx, one: Schedule, stamp: str) -> Answer:
    changed = schedules.skip(one, stamp, ctx.now, ctx.community.quiet_days)
    return Tell(schedule_cards.skipped(ctx.words, repeating.settle(ctx, one, changed)))


def ask_topic(ctx: Ctx, event: ButtonPressed) -> Answer:
    one, stamp = _meant(ctx, event.action)
    schedules.another_topic(one, stamp, one.topic, once=True)  # says so when that time is over
    return OpenForm(schedule_forms.topic(ctx.words, one))


def topic_sent(ctx: Ctx, event: FormSent) -> Answer:
    one, stamp = _meant(ctx, event.action)
    values, faults = check(schedule_forms.topic(ctx.words, one), dict(event.values))
    if faults:
        raise FormMistake(faults)
    once = values.text("once") == "once"
    after = repeating.settle(ctx, one, schedules.another_topic(one, stamp, values.text("topic"), once=once))
    return Tell(schedule_cards.topic_changed(ctx.words, after, once=once))


def stop(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _stop(ctx, _meant(ctx, event.action)[0])


def _stop(ctx: Ctx, one: Schedule) -> Answer:
    about = Action("round.schedule", one.id)
    ctx.unit.schedules.drop(ctx.community.id, one.id)
    ctx.record(about, ScheduleStopped(one.id))
    ctx.wait(about, None)
    return Tell(schedule_cards.stopped(ctx.words, one))


def start_now(ctx: Ctx, event: ButtonPressed) -> Answer:
    """A time that did not take place is made up for, once."""
    one, _ = _meant(ctx, event.action)
    missed = one.missed_at
    made_up = schedules.make_up(one)
    after, facts = repeating.open_round(ctx, made_up, missed or ctx.now, one.topic, None)
    if after.missed_at is not None:
        raise UserMistake(
            "Two rounds are going on in this channel already. Wait for one to end, or pick another channel."
        )
    return Tell(schedule_cards.started(ctx.words, repeating.settle(ctx, one, (after, facts))))


def go_on(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Somebody takes up what rested."""
    one, _ = _meant(ctx, event.action)
    if not _may_hold(ctx):
        raise UserMistake("In this community facilitators start rounds.")
    changed = schedules.resume(one, ctx.actor.id, ctx.now, _my_hours(ctx), ctx.community.quiet_days)
    return Tell(schedule_cards.going_on(ctx.words, repeating.settle(ctx, one, changed)))


BUTTONS: Mapping[str, Callable[[Ctx, ButtonPressed], Answer]] = {
    "round.repeat": open_form,
    "round.repeatskip": skip,
    "round.repeattopic": ask_topic,
    "round.repeatstop": stop,
    "round.repeatnow": start_now,
    "round.repeatgo": go_on,
}
FORMS: Mapping[str, Callable[[Ctx, FormSent], Answer]] = {"round.repeat": sent, "round.repeattopic": topic_sent}
