"""What people see of a repeating round: the list, the question of the day before, and why a time did not take place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Divider, Heading, Message, Note, Words
from bot.chat.text import Bold, ChannelName, Moment, Plain, Text
from bot.rounds.recurring import LAST, Rule
from bot.rounds.schedules import Rest, Schedule
from bot.rounds.script import Format
from bot.rounds.views import told
from bot.rounds.wording import People, excerpt, format_name
from bot.texts.catalogue import Words as Language
from bot.texts.catalogue import _

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
MONTHLY: Mapping[int, str] = {
    1: _("the first {day} of the month at {time}"),
    2: _("the second {day} of the month at {time}"),
    3: _("the third {day} of the month at {time}"),
    4: _("the fourth {day} of the month at {time}"),
    LAST: _("the last {day} of the month at {time}"),
}
RESTS: Mapping[Rest, str] = {
    "holder": _("It rests: whoever held it is not here any more."),
    "right": _("It rests: only facilitators start rounds here now, and its holder is none."),
    "format": _("It rests: its format is not there any more."),
    "place": _("It rests: I cannot write in its channel."),
    "quiet": _("It rests: only quiet days would come."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A repeating round as one person sees it. `format`: None when its format is not there any more."""

    schedule: Schedule
    format: Format | None
    may_change: bool


def rule_text(language: Language, rule: Rule) -> str:
    """Such as *every second Tuesday at 10:00 (Europe/Amsterdam)*."""
    values = {"day": language.label(DAYS[rule.weekday]), "time": f"{rule.at:%H:%M}"}
    if rule.every == "month":
        said = language.label(MONTHLY[rule.nth], **values)
    elif rule.step == 1:
        said = language.label("every {day} at {time}", **values)
    elif rule.step == 2:
        said = language.label("every second {day} at {time}", **values)
    else:
        said = language.label("every {n} weeks on {day} at {time}", n=rule.step, **values)
    return f"{said} ({rule.timezone})"


def _button(label: str, name_: str, schedule: Schedule) -> Button:
    stamp = f".{schedule.stamp}" if schedule.stamp else ""
    return Button(label, Action(f"round.repeat{name_}", f"{schedule.id}{stamp}"))


def changes(language: Language, schedule: Schedule) -> tuple[Button, ...]:
    """What may be done about its next time."""
    return (
        _button(language.label("Not this time"), "skip", schedule),
        _button(language.label("Another topic"), "topic", schedule),
    )


def _stop(language: Language, schedule: Schedule) -> Button:
    return Button(
        language.label("Stop it"),
        Action("round.repeatstop", schedule.id),
        "danger",
        confirm=language.label("It will not come back. Rounds that are going on stay as they are."),
        deny=language.label("Keep it"),
    )


# -- the list


def overview(language: Language, shown: Sequence[Shown], people: People) -> Message:
    blocks: list[Block] = [Heading(language.label("Repeating rounds"))]
    for each in shown:
        blocks += _row(language, each, people)
    if not shown:
        blocks.append(Note(language.say("No round comes back by itself here.")))
    blocks.append(Controls((Button(language.label("Set up a repeating round"), Action("round.repeat")),)))
    return Message(tuple(blocks))


def _row(language: Language, shown: Shown, people: People) -> tuple[Block, ...]:
    schedule = shown.schedule
    what = format_name(language, shown.format) if shown.format else schedule.format
    about = excerpt(f"{what}: {schedule.topic}", 200)
    rule, channel = rule_text(language, schedule.rule), ChannelName(schedule.channel)
    rule = rule[:1].upper() + rule[1:]
    holder = people.get(schedule.holder) if schedule.holder is not None else None
    where = (
        language.say("{rule}, in {channel}.", rule=rule, channel=channel)
        if holder is None
        else language.say(
            "{rule}, in {channel}. {holder} holds it.", rule=rule, channel=channel, holder=(holder.shown(),)
        )
    )
    blocks: list[Block] = [Words((Bold(about),)), Words(where)]
    controls: tuple[Button, ...] = (_stop(language, schedule),)
    if schedule.next_at is not None:
        blocks.append(Note(_following(language, schedule)))
        controls = (*changes(language, schedule), *controls)
    elif schedule.resting is not None:
        blocks.append(Note(language.say(RESTS[schedule.resting])))
        controls = (_go_on(language, schedule), *controls)
    if shown.may_change:
        blocks.append(Controls(controls))
    return *blocks, Divider()


def _go_on(language: Language, schedule: Schedule) -> Button:
    label = language.label("I'll hold it") if schedule.resting == "holder" else language.label("Let it go on")
    return Button(label, Action("round.repeatgo", schedule.id), "primary")


def _following(language: Language, schedule: Schedule) -> Text:
    if schedule.next_at is None:
        return ()
    when = language.say("The next time is {moment}.", moment=Moment(schedule.next_at))
    if not schedule.other_topic:
        return when
    return (*when, Plain(" "), *language.say("It is about «{topic}» then.", topic=schedule.other_topic))


# -- what whoever holds it is told


def made(language: Language, schedule: Schedule, moments: Sequence[datetime]) -> Message:
    """It is set up; the first times are shown, so that a rule that was meant otherwise is seen."""
    text = language.say(
        "«{topic}» comes back: {rule}, in {channel}.",
        topic=schedule.topic,
        rule=rule_text(language, schedule.rule),
        channel=ChannelName(schedule.channel),
    )
    dates: Text = language.say("The first times:")
    for at in moments:
        dates = (*dates, Plain("\n• "), Moment(at))
    ask = language.say("The day before I ask you whether it goes on. Without an answer it does.")
    controls = (*changes(language, schedule), _stop(language, schedule))
    return Message((Words(text), Words(dates), Note(ask), Controls(controls)))


def question(language: Language, schedule: Schedule, format_: Format | None) -> Message:
    """The day before."""
    text = language.say(
        "Your repeating round «{topic}» is next in {channel}: {moment}. Does it go on?",
        topic=schedule.subject,
        channel=ChannelName(schedule.channel),
        moment=Moment(schedule.next_at or schedule.created_at),
    )
    what = format_name(language, format_) if format_ is not None else schedule.format
    live = language.say("{format}. An hour before I invite people.", format=what)
    days = language.say("{format}. At that moment I invite people.", format=what)
    note = (*(live if schedule.preset == "live" else days), Plain(" "), *language.say("Without an answer it goes on."))
    return Message((Words(text), Note(note), Controls(changes(language, schedule))))


def skipped(language: Language, schedule: Schedule) -> Message:
    return told((*language.say("Then not this time."), Plain(" "), *_following(language, schedule)))


def topic_changed(language: Language, schedule: Schedule, *, once: bool) -> Message:
    if once:
        return told(language.say("The next time it is about «{topic}».", topic=schedule.subject))
    return told(language.say("From now on it is about «{topic}».", topic=schedule.topic))


def stopped(language: Language, schedule: Schedule) -> Message:
    return told(language.say("«{topic}» does not come back any more.", topic=schedule.topic))


def going_on(language: Language, schedule: Schedule) -> Message:
    text = language.say("You hold «{topic}» from here.", topic=schedule.topic)
    return told((*text, Plain(" "), *_following(language, schedule)), *changes(language, schedule))


def started(language: Language, schedule: Schedule) -> Message:
    """What did not take place is made up for, if it could be."""
    if schedule.resting is not None:
        return told(language.say(RESTS[schedule.resting]))
    return told(language.say("Your invitation stands in {channel} now.", channel=ChannelName(schedule.channel)))


def full(language: Language, schedule: Schedule) -> Message:
    text = language.say(
        "Two rounds are going on in {channel} already, so «{topic}» did not begin this time.",
        channel=ChannelName(schedule.channel),
        topic=schedule.topic,
    )
    return _made_up(language, schedule, text)


def missed(language: Language, schedule: Schedule, at: datetime, times: int) -> Message:
    """Once, however often it was."""
    if times == 1:
        text = language.say(
            "I was away when «{topic}» should have begun, {moment}.", topic=schedule.topic, moment=Moment(at)
        )
    else:
        text = language.say(
            "I was away when «{topic}» should have begun, {n} times since {moment}.",
            topic=schedule.topic,
            n=times,
            moment=Moment(at),
        )
    return _made_up(language, schedule, text)


def _made_up(language: Language, schedule: Schedule, text: Text) -> Message:
    now = Button(language.label("Start it now"), Action("round.repeatnow", schedule.id))
    return told((*text, Plain(" "), *_following(language, schedule)), now)


def quiet_day(language: Language, schedule: Schedule, at: datetime) -> Message:
    text = language.say(
        "«{topic}» does not take place {date}: that is a quiet day here.",
        topic=schedule.topic,
        date=Moment(at, "date"),
    )
    return told((*text, Plain(" "), *_following(language, schedule)))


def rests(language: Language, schedule: Schedule, why: Rest) -> Message:
    text = language.say(
        "Your repeating round «{topic}» in {channel} did not begin.",
        topic=schedule.topic,
        channel=ChannelName(schedule.channel),
    )
    controls = (_go_on(language, schedule), _stop(language, schedule))
    return told((*text, Plain(" "), *language.say(RESTS[why])), *controls)


def needs_holder(language: Language, schedule: Schedule) -> Message:
    """To facilitators, when whoever held it has left."""
    text = language.say(
        "Whoever held the repeating round «{topic}» in {channel} is not here any more: {rule}. Would you hold it from "
        "here? Until somebody does, it rests.",
        topic=schedule.topic,
        channel=ChannelName(schedule.channel),
        rule=rule_text(language, schedule.rule),
    )
    return told(text, _go_on(language, schedule), _stop(language, schedule))
