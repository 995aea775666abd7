"""What happens around a round without a button: words in its thread, time, people who leave, a channel that is gone."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Tell
from bot.chat.events import (
    ButtonPressed,
    CameDue,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Reason,
    Refused,
    ThreadFetched,
)
from bot.chat.names import Channel, MessageRef, Thread
from bot.chat.requests import Edit, FetchThread, Post
from bot.errors import UserMistake
from bot.gate import offer
from bot.refusals import not_read
from bot.rounds import holder_letters, letters, rules, views
from bot.rounds.announcing import settle
from bot.rounds.finding import Ctx, header, moment, named, near, number, people_of, with_group
from bot.rounds.floor import open_to_response
from bot.rounds.model import Round
from bot.rounds.responses import meant
from bot.rounds.step_facts import SaidEnough, SaidInPublic, SpokeOutOfTurn
from bot.rounds.wording import action


def posted(ctx: Ctx, event: MessagePosted) -> Answer:
    """Words in a round's thread: a contribution where the step takes them, else perhaps a hint."""
    round_, group = _of(ctx, event.message)
    if round_ is None or ctx.person is None:
        return Nothing()
    step = rules.hearing(round_, ctx.person.id, group)
    to = _responds_to(ctx, round_, step, event.text) if step is not None else None
    now, message = moment(ctx, round_), event.message
    changed = rules.hear(round_, ctx.person.id, ctx.new_id(), event.text, message, now, to=to, group=group)
    after = settle(ctx, round_, changed)
    for fact in changed[1]:
        match fact:
            case SpokeOutOfTurn(holder=holder):
                return Tell(views.off_turn(ctx.words, holder, people_of(ctx, after)))
            case SaidInPublic(step=at):
                return Tell(views.answers_are_private(ctx.words, near(ctx, after), at, event.message.id))
            case SaidEnough(most=most):
                return Tell(views.said_enough(ctx.words, most))
            case _:
                continue
    return Nothing()


def _of(ctx: Ctx, message: MessageRef) -> tuple[Round | None, int | None]:
    """The round in whose thread a message stands, and the group whose it is."""
    return (None, None) if message.thread is None else with_group(ctx, Thread(message.channel, message.thread))


def _responds_to(ctx: Ctx, round_: Round, step: int, text: str) -> str | None:
    """The answer that somebody's words quote, or whose author they name."""
    answers = open_to_response(round_, step)
    if not answers:
        return None
    people = people_of(ctx, round_)
    called = {id_: (person.name, f"<@{person.account.id}>") for id_, person in people.items()}
    return meant(text, [one for one in answers if ctx.person is None or one.person != ctx.person.id], called)


def edited(ctx: Ctx, event: MessageEdited) -> Answer:
    round_, _ = _of(ctx, event.message)
    if round_ is not None:
        settle(ctx, round_, rules.message_edited(round_, event.message, event.text, moment(ctx, round_)))
    return Nothing()


def deleted(ctx: Ctx, event: MessageDeleted) -> Answer:
    round_, _ = _of(ctx, event.message)
    if round_ is not None:
        settle(ctx, round_, rules.message_deleted(round_, event.message, moment(ctx, round_)))
    return Nothing()


# -- what was written in public, as a private answer


def use_this(ctx: Ctx, event: ButtonPressed) -> Answer:
    """*Use this as my private answer*: the message is read once more and taken over."""
    round_, (step, message, *_) = named(ctx, event.action, 2)
    channel = near(ctx, round_).channel
    if number(step) not in round_.at_work:
        raise UserMistake("This step is over.")
    group = round_.steps[number(step)].group
    hangs_on = header(round_) if group is None or near(ctx, round_).hidden else action("group", round_, group)
    thread = ctx.unit.posts.find(ctx.community.id, hangs_on, channel)
    if thread is None or thread.thread is None:
        raise UserMistake("This step is over.")
    about = Action(event.action.name, f"{event.action.id}.{ctx.actor.id}")
    ctx.ask(FetchThread(channel, about, MessageRef(channel, message, thread.thread)))
    return Tell(
        views.told(
            ctx.words.say(
                "I take it over as your private answer, and tell you when that is done. You may want to delete the "
                "message in the thread: until then others can read it."
            )
        )
    )


def fetched(ctx: Ctx, event: ThreadFetched, about: Action) -> Answer:
    """The message that somebody wants to be their private answer, as far as it is still there."""
    round_, (step, message, *_) = named(ctx, about, 2)
    found = next((one for one in event.messages if one.message.id == message and one.account is not None), None)
    person = ctx.unit.people.by_account(found.account) if found is not None and found.account is not None else None
    if found is None or person is None:
        return _not_taken_over(ctx, about, "gone")
    try:
        changed = rules.contribute(round_, person.id, number(step), ctx.new_id(), found.text, moment(ctx, round_))
    except UserMistake as mistake:  # it is too long, or the step was over before the message was read
        return _not_taken_over(ctx, about, mistake)
    after = settle(ctx, round_, changed)
    one = after.answer_of(person.id, number(step))
    if one is not None:
        language = ctx.words_for(person)
        saved = views.thanks(language, after) if one.visible else views.saved(language, after, number(step), one.id)
        ctx.ask(Post(person.account, saved))
    return Nothing()


def unread(ctx: Ctx, event: Refused, about: Action) -> Answer:
    return _not_taken_over(ctx, about, event.reason)


def _not_taken_over(ctx: Ctx, about: Action, why: Reason | UserMistake) -> Answer:
    """Whoever asked for it hears that it did not work, and how to answer instead."""
    round_, (step, _, *asked) = named(ctx, about, 2)
    person = ctx.unit.people.get(ctx.community.id, asked[0]) if asked else None
    if person is not None:
        language, near_ = ctx.words_for(person), round_.near(person.account.space)
        if isinstance(why, UserMistake):
            said = language.say(why.text, **why.values)
        else:
            said = not_read(language, why, near_.channel)
        ctx.ask(Post(person.account, letters.not_taken_over(language, near_, number(step), said)))
    return Nothing()


# -- time, people and places


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """Everything that is due by now; the rules look at the time themselves."""
    round_ = ctx.unit.rounds.get(ctx.community.id, event.about.id)
    after = settle(ctx, round_, rules.move_on(round_, moment(ctx, round_))) if round_ is not None else None
    ctx.wait(event.about, after.due if after is not None else None)
    return Nothing()


def member_left(ctx: Ctx, _: MemberLeft) -> Answer:
    """Who left has no seat any more; a round without facilitator looks for one."""
    if ctx.person is not None and ctx.person.gone:
        for round_ in ctx.unit.rounds.open_for(ctx.community.id, ctx.person.id):
            settle(ctx, round_, rules.gone(round_, ctx.person.id, moment(ctx, round_)))
    return Nothing()


def refused(ctx: Ctx, event: Refused, about: Action) -> Answer:
    """A message of the round could not be posted or edited: where the channel is gone, the round waits.

    A message that stood and is gone was deleted by somebody; that is no reason to wait, but for the card.
    """
    round_ = ctx.unit.rounds.get(ctx.community.id, about.id.partition(".")[0])
    if round_ is None:
        return Nothing()
    asked = ctx.request
    card, new = about.name == "round.header", isinstance(asked, Post) and asked.about == about
    channel = asked.to if asked is not None and isinstance(asked.to, Channel) else round_.channel
    stood = not card and ctx.unit.posts.find(ctx.community.id, about, channel) is not None
    match event.reason:
        case "forbidden":
            lost = True
        case "gone":
            lost = not stood and (card or not round_.homes or not isinstance(asked, Edit))
        case "hidden" | "rejected" | "unreachable":
            lost = card and new
    if lost:
        settle(ctx, round_, rules.lose_place(round_, event.reason, moment(ctx, round_), channel=channel))
    elif new and event.reason == "rejected":
        _not_shown(ctx, round_)
    return Nothing()


def _not_shown(ctx: Ctx, round_: Round) -> None:
    """Its facilitator hears that people do not see a message they should see."""
    holder = ctx.unit.people.get(ctx.community.id, round_.facilitator) if round_.facilitator else None
    if holder is not None:
        offer(ctx, holder, "notice", holder_letters.not_shown(ctx.words_for(holder), round_))
