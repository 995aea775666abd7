"""What a person sees and chooses for themselves: language, zone, quiet hours, role, pause."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.answers import Answer, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, ChoiceMade, CommandCalled, FormSent
from bot.chat.forms import check
from bot.chat.hours import next_open, zone_names
from bot.chat.messages import Message
from bot.chat.people import Quiet
from bot.chat.text import Code
from bot.community import card, kept, quiet, rules, zones
from bot.community.model import UNTIL_I_SAY, Preferences
from bot.community.ports import Ctx
from bot.errors import FormMistake, UserMistake
from bot.gate import take_room
from bot.texts.catalogue import LANGUAGES, words_in

# -- the card


def me(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    return show(ctx, _)


def show(ctx: Ctx, _: ButtonPressed | CommandCalled) -> Answer:
    own = own_card(ctx)
    more = tuple(block for card in ctx.cards for block in card(ctx))
    return Tell(replace(own, blocks=(*own.blocks, *more)))


def own_card(ctx: Ctx) -> Message:
    """What the person may change, and what is kept of them."""
    accounts = ctx.unit.members.accounts(ctx.community.id, ctx.actor.id)
    paused = rules.is_paused(ctx.actor.paused_until, ctx.now)
    stored = kept.in_words(ctx)
    others = len(ctx.unit.communities.spaces(ctx.community.id)) > len(accounts)
    return card.card(ctx.words, ctx.actor, accounts, stored, is_paused=paused, may_link=others)


# -- language


def language(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    chosen = given.text("language")
    return _speak(ctx, chosen) if chosen else Tell(card.language_choice(ctx.words, ctx.actor))


def speak(ctx: Ctx, event: ButtonPressed) -> Answer:
    return _speak(ctx, event.action.id)


def language_chosen(ctx: Ctx, event: ChoiceMade) -> Answer:
    return _speak(ctx, event.values[0] if event.values else "")


def _speak(ctx: Ctx, chosen: str) -> Answer:
    if chosen not in LANGUAGES:
        raise UserMistake("I speak {languages}.", languages=ctx.words.names(LANGUAGES.values()))
    before = _preferences(ctx)
    _choose(ctx, before, replace(before, language=chosen))
    words = words_in(chosen)
    return Tell(card.saved(words, words.say("From now on I speak English with you.")))


# -- time zone


def timezone(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    typed = given.text("name")
    return _live_in(ctx, zone_of(typed)) if typed else OpenForm(card.timezone_form(ctx.words, ctx.actor))


def ask_timezone(ctx: Ctx, _: ButtonPressed) -> Answer:
    return OpenForm(card.timezone_form(ctx.words, ctx.actor))


def timezone_sent(ctx: Ctx, event: FormSent) -> Answer:
    values, faults = check(card.timezone_form(ctx.words, ctx.actor), dict(event.values))
    if faults:
        raise FormMistake(faults)
    try:
        chosen = zone_of(values.text("timezone"))
    except UserMistake as mistake:
        raise FormMistake(words={"timezone": mistake}) from mistake
    return _live_in(ctx, chosen)


def zone_of(typed: str) -> str:
    """The zone that is meant. Raises UserMistake that names the nearest ones."""
    found = zones.find(typed, zone_names())
    if found is not None:
        return found
    near = zones.nearest(typed, zone_names())
    shown = Code(typed[:60])
    if not near:
        raise UserMistake("I do not know the time zone {typed}. Write it like Europe/Amsterdam.", typed=shown)
    raise UserMistake("I do not know the time zone {typed}. Is it {near}?", typed=shown, near=", ".join(near))


def _live_in(ctx: Ctx, chosen: str) -> Answer:
    before = _preferences(ctx)
    _choose(ctx, before, replace(before, timezone=chosen))
    return Tell(card.saved(ctx.words, ctx.words.say("Your time zone is {zone}.", zone=chosen)))


# -- quiet hours


def quiet_hours(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    typed = given.text("hours")
    if not typed:
        return OpenForm(card.quiet_form(ctx.words, ctx.actor.quiet))
    try:
        chosen = quiet.read(typed, ctx.actor.quiet)
    except quiet.NotUnderstoodError as error:
        raise UserMistake(
            "I do not understand {typed}. Write it like {example}, or {off} for no quiet hours.",
            typed=Code(error.word[:60]),
            example=Code("18:00-9:00 mon-fri"),
            off=Code("off"),
        ) from error
    return _rest(ctx, chosen)


def ask_quiet(ctx: Ctx, _: ButtonPressed) -> Answer:
    return OpenForm(card.quiet_form(ctx.words, ctx.actor.quiet))


def quiet_sent(ctx: Ctx, event: FormSent) -> Answer:
    values, faults = check(card.quiet_form(ctx.words, ctx.actor.quiet), dict(event.values))
    wrong: dict[str, UserMistake] = {}
    hours: list[time] = []
    for field in ("start", "end"):
        try:
            hours.append(quiet.clock(values.text(field)))
        except quiet.NotUnderstoodError:
            wrong[field] = UserMistake("Write a time like 18:00.")
    if faults or wrong:
        raise FormMistake(faults, words=wrong)
    start, end = hours
    return _rest(ctx, Quiet(start, end, tuple(sorted(int(day) for day in values.chosen("days")))))


def _rest(ctx: Ctx, chosen: Quiet) -> Answer:
    before = _preferences(ctx)
    _choose(ctx, before, replace(before, quiet=chosen))
    said = ctx.words.say(
        "Noted. Quiet hours: {hours}. I may write on {days}.",
        hours=card.quiet_hours(ctx.words, chosen),
        days=card.working_days(ctx.words, chosen),
    )
    return Tell(card.saved(ctx.words, said))


# -- role


def role(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    typed = given.text("text")
    return _do(ctx, typed) if typed else OpenForm(card.role_form(ctx.words, ctx.actor))


def ask_role(ctx: Ctx, _: ButtonPressed) -> Answer:
    return OpenForm(card.role_form(ctx.words, ctx.actor))


def role_sent(ctx: Ctx, event: FormSent) -> Answer:
    values, faults = check(card.role_form(ctx.words, ctx.actor), dict(event.values))
    if faults:
        raise FormMistake(faults)
    return _do(ctx, values.text("role"))


def _do(ctx: Ctx, typed: str) -> Answer:
    before = _preferences(ctx)
    after = rules.with_role(before, typed)
    _choose(ctx, before, after)
    if not after.role:
        return Tell(card.saved(ctx.words, ctx.words.say("Nothing of it stands beside your name any more.")))
    return Tell(card.saved(ctx.words, ctx.words.say("Noted: {role}.", role=after.role)))


# -- pause


def pause(ctx: Ctx, _: CommandCalled, given: Given) -> Answer:
    days = given.text("days")
    return Tell(_pause(ctx, days)) if days else Tell(card.pause_choice(ctx.words))


def pause_pressed(ctx: Ctx, event: ButtonPressed) -> Answer:
    if not event.action.id:
        return Tell(card.pause_choice(ctx.words))
    return Replace(_pause(ctx, event.action.id))


def _pause(ctx: Ctx, choice: str) -> Message:
    until = rules.pause_until(choice, ctx.now, ctx.actor.timezone)
    before = _preferences(ctx)
    _choose(ctx, before, replace(before, paused_until=until))
    _send_at(ctx, ctx.now, until, _good_hour(ctx, until))
    return card.paused(ctx.words, until)


def resume(ctx: Ctx, _: CommandCalled, __: Given) -> Answer:
    return Tell(_resume(ctx))


def resume_pressed(ctx: Ctx, _: ButtonPressed) -> Answer:
    return Tell(_resume(ctx))


def _resume(ctx: Ctx) -> Message:
    before = _preferences(ctx)
    _choose(ctx, before, replace(before, paused_until=None))
    if before.paused_until is not None and before.paused_until > ctx.now:
        _send_at(
            ctx, before.paused_until - timedelta(seconds=1), UNTIL_I_SAY + timedelta(days=30), _good_hour(ctx, ctx.now)
        )
    return card.resumed(ctx.words, ctx.actor.quiet)


def _good_hour(ctx: Ctx, moment: datetime) -> datetime:
    person = ctx.actor
    return next_open(person.quiet, person.timezone, moment) if person.quiet.days else moment


def _send_at(ctx: Ctx, after: datetime, before: datetime, at: datetime) -> None:
    """What waits for the morning waits for the end of the pause; what waited for that comes at the next good hour.

    Not all of it at once: the days' budgets hold after a pause too.
    """
    person = replace(ctx.actor, paused_until=None)
    members, here = ctx.unit.members, ctx.community.id
    for account, _ in members.accounts(here, person.id):
        for request in members.waiting(here, account, after, before):
            at = take_room(ctx, person, at)
            members.send_at(here, request, at)


def _preferences(ctx: Ctx) -> Preferences:
    return ctx.unit.members.preferences(ctx.community.id, ctx.actor.id)


def _choose(ctx: Ctx, before: Preferences, after: Preferences) -> None:
    ctx.unit.members.choose(ctx.community.id, ctx.actor.id, before, after)
