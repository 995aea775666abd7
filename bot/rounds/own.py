"""What one person has in a round, for their own eyes, and what its facilitator can do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.events import Reason
from bot.chat.messages import Block, Button, Choice, Controls, Facts, Heading, Message, Note, Select, Words
from bot.chat.text import ChannelName, Code, Moment, Plain, Text
from bot.chat.text import words as bare
from bot.refusals import not_written
from bot.rounds import rules
from bot.rounds.bringing import promised
from bot.rounds.cards import closing, on_hold
from bot.rounds.casting import asked_role, holders, role_of
from bot.rounds.floor import has_floor
from bot.rounds.model import Round
from bot.rounds.place_words import move_button
from bot.rounds.prompts import controls, turn_buttons
from bot.rounds.script import Role
from bot.rounds.seen import Seen, SeenAnswer
from bot.rounds.shown import option_label
from bot.rounds.views import CHOICE, beginning, full, keeping, leaving, told
from bot.rounds.wording import People, action, button, excerpt, joinable, place_of, prompt, said, title
from bot.texts.catalogue import Words as Language

LISTED = 5
"""So many of one's own contributions are shown, each with its buttons."""


def mine(
    language: Language,
    round_: Round,
    seen: Seen,
    person: str,
    people: People,
    asked: Sequence[SeenAnswer],
    *,
    lost: Reason | None = None,
) -> Message:
    """Where the round is and what one has in it oneself; nothing about who is missing. `asked`: consent to be given.

    `lost`: it is on hold because Kring cannot write in its channel, and why not.
    """
    seat = round_.seat(person)
    here = seat is not None and seat.state == "in"
    blocks: list[Block] = [Heading(excerpt(title(language, round_), 150))]
    blocks += _where(language, round_, seen, people)
    if lost is not None:
        blocks.append(Note(not_written(language, lost, round_.channel, private=round_.format.private)))
    if here or round_.facilitator == person:
        blocks += _own(language, round_, seen, person, people)
    blocks += keeping(language, round_, asked)
    blocks += _said(language, round_, seen, people)
    if here:
        leave = () if round_.ended else (leaving(language, round_),)
        blocks.append(Controls((*leave, button(language.label("Ask for help"), "trouble", round_))))
    elif seat is not None and seat.state == "waiting" and joinable(round_):
        blocks += full(language, round_).blocks
    elif joinable(round_):
        joining = (
            button(language.label("I'll speak"), "speak", round_),
            button(language.label("I'll listen"), "listen", round_),
        )
        blocks += [Note(language.say("You are not in this round.")), Controls(joining)]
    if round_.facilitator == person and (held := steering(language, round_)):
        blocks += [Note(language.say("You hold this round:")), Controls(held)]
        if lost is not None or any(home.state == "lost" for home in round_.homes):
            blocks.append(Controls((move_button(language, round_),)))
    return Message(tuple(blocks))


def _where(language: Language, round_: Round, seen: Seen, people: People) -> list[Block]:
    match round_.state:
        case "draft" | "inviting":
            return [Facts(((language.label("Begins"), beginning(language, round_)),))]
        case "running":
            i, n = place_of(round_, seen.own_step)
            where = language.say("{i} of {n}", i=i, n=n)
            rows = (
                (language.label("Step"), where),
                (language.label("The question"), prompt(language, round_, seen.own_step, people)),
                (language.label("Closes"), closing(language, round_, people, seen.own_step)),
                (language.label("Answers so far"), (Plain(str(_answers_in(seen))),)),
            )
            return [Facts(rows)]
        case "paused":
            return [Words(on_hold(language, round_))]
        case "wrapping" | "done":
            return [Words(language.say("We have come full circle. Thank you for thinking along."))]
        case "cancelled" | "lapsed":
            return [Words(language.say("This round is over."))]


def _answers_in(seen: Seen) -> int:
    return next((each.answers_in for each in seen.steps if each.step == seen.own_step), 0)


def _asked_with_the_rest(round_: Round, step: int, person: str) -> Role | None:
    """The role of everybody who has no other, in a step that is for it."""
    role = asked_role(round_, round_.steps[step].script)
    return role if role is not None and role.rest and person in holders(round_, step, role.key) else None


def _own(language: Language, round_: Round, seen: Seen, person: str, people: People) -> list[Block]:
    """One's own part in the current step."""
    own = seen.own
    blocks: list[Block] = []
    step = min(seen.own_step, len(round_.steps) - 1)
    role = round_.format.role(role_of(round_, step, person)) or _asked_with_the_rest(round_, step, person)
    if role is not None and round_.state == "running":
        blocks.append(Note(language.say("Your role now: {role}.", role=bare(language.pick(role.name)))))
    if own.votes:
        labels = "; ".join(
            option_label(language, round_, seen.own_step, pick, people, viewer=person) for pick in own.votes
        )
        blocks.append(Words(language.say("Your vote: {vote}", vote=labels)))
    if own.passed:
        blocks.append(Note(language.say("You passed in this step. You can still add something while it is open.")))
    if own.done:
        blocks.append(Note(language.say("You said you are done with this step.")))
    if round_.steps[step].holder == person:
        blocks.append(Note(language.say("The word is yours now.")))
    elif own.turns_before is not None:
        turns = language.count(
            "{n} person has the word before you.", "{n} people have the word before you.", own.turns_before
        )
        blocks.append(Note(turns))
    if round_.state == "running" and (round_.format.private or round_.steps[step].holder == person):
        blocks += _from_here(language, round_, seen.own_step, person)
    return blocks


def _from_here(language: Language, round_: Round, step: int, person: str) -> list[Block]:
    """What they can do in a private place: not all of it stands in a thread, and a letter may not have come. And what
    whoever has the word can do with it.
    """
    run = round_.steps[step]
    if not run.takes_answers or not has_floor(round_, person, step):
        return []
    if run.script.mode != "turns":
        return [Controls(controls(language, round_, step))]
    return [Controls(turn_buttons(language, round_, step))] if run.holder == person else []


def _said(language: Language, round_: Round, seen: Seen, people: People) -> list[Block]:
    """What one said oneself, newest last, with what one may do with it."""
    by_id = {answer.id: answer for each in seen.steps for answer in each.answers if answer.mine}
    by_id = {answer.id: answer for answer in (*seen.own.notes, *by_id.values(), *seen.own.answers)}
    blocks: list[Block] = []
    for answer in list(by_id.values())[-LISTED:]:
        one = round_.contribution(answer.id)
        if one is None:
            continue
        controls = [button(language.label("Take it back"), "retract", round_, answer.id)]
        if not round_.ended and (answer not in seen.own.notes or promised(round_, one.step)):
            controls.insert(0, button(language.label("Change it"), "edit", round_, answer.id))
        may_keep = one.visible and round_.steps[one.step].script.harvest != "none" and not one.marked
        if may_keep and not round_.ended:
            controls.append(button(language.label("Keep this"), "keep", round_, answer.id))
        blocks += [said(language, round_, people, answer), Controls(tuple(controls))]
    if blocks:
        blocks.insert(0, Note(language.say("What you said, for your eyes:")))
    return blocks


# -- holding a round


def steering(language: Language, round_: Round) -> tuple[Button, ...]:
    """What its facilitator can do now."""
    stop = Button(language.label("Cancel the round"), action("cancel", round_), "danger")
    give = button(language.label("Hand it over"), "give", round_)
    here = round_, round_.current
    match round_.state:
        case "inviting":
            return Button(language.label("Begin now"), action("begin", round_), "primary"), give, stop
        case "running":
            return (
                button(language.label("Make it longer"), "extend", *here),
                button(language.label("Ask it in other words"), "reword", *here),
                button(language.label("Skip this step"), "skip", *here),
                button(language.label("Put it on hold"), "pause", round_),
                give,
                *_roles(language, round_),
                button(language.label("Close the round"), "close", round_),
                stop,
            )
        case "paused" if round_.seeking:
            return button(language.label("Close the round"), "close", round_), give, stop
        case "paused":
            return Button(language.label("Go on"), action("resume", round_), "primary"), give, stop
        case _:
            return ()


def _roles(language: Language, round_: Round) -> tuple[Button, ...]:
    return (button(language.label("Give a role"), "role", round_),) if round_.format.given else ()


def started(language: Language, round_: Round) -> Message:
    """To whoever started it."""
    text = language.say(
        "Your invitation stands in {channel}. The round begins {moment}, or as soon as you say so.",
        channel=ChannelName(round_.channel),
        moment=Moment(round_.begins_at or round_.created_at),
    )
    if round_.homes:
        spaces = language.names(home.name for home in round_.homes[1:])
        text = (*text, Plain(" "), *language.say("It stands in the home channel of {spaces} too.", spaces=spaces))
    return told(text, *steering(language, round_))


def sure_to_cancel(language: Language, round_: Round) -> Message:
    """Asked once before a round is stopped for everybody."""
    text = language.say(
        "Stop «{topic}» for everybody? What was not shown yet stays unseen; what was said stays in the thread.",
        topic=round_.topic,
    )
    stop = Button(language.label("Yes, stop it"), action("cancelled", round_), "danger")
    return told(text, stop, button(language.label("No, go on"), "goon", round_))


def chooser(language: Language, rounds: Sequence[Round], verb: str) -> Message:
    """Several rounds could be meant."""
    choices = tuple(Choice(each.id, excerpt(title(language, each), CHOICE)) for each in rounds)
    select = Select(language.label("Choose a round"), Action("round.choose", verb), choices)
    return Message((Words(language.say("Which round do you mean?")), Controls((select,))))


def menu(language: Language, rounds: Sequence[Round]) -> tuple[Block, ...]:
    """For the menu of `/kring`: the rounds here and my own, and a way to start one."""
    blocks = [block for each in rounds for block in _row(language, each)]
    return *blocks, _beginning(language)


def page(language: Language, rounds: Sequence[Round], person: str, more: int) -> tuple[Block, ...]:
    """For one's own page: the rounds one is in, and those besides that have no room there."""
    blocks: list[Block] = [Heading(language.label("Your rounds"))]
    for each in rounds:
        blocks += _row(language, each, keeping=bool(rules.asked_to_keep(each, person)))
    if not rounds:
        blocks.append(Note(language.say("You are in no round now.")))
    if more:
        status = Code("/kring round status")
        blocks.append(Note(language.say("And {n} more: {status}", n=more, status=status)))
    return *blocks, _beginning(language)


def _beginning(language: Language) -> Controls:
    """The ways into a new round: for who knows which format, and for who does not."""
    start = Button(language.label("Start a round"), Action("round.start"))
    return Controls((start, Button(language.label("Help me choose"), Action("round.help"))))


def _row(language: Language, round_: Round, *, keeping: bool = False) -> tuple[Block, ...]:
    """One round in a list: what it is about, where it is, and the way in. `keeping`: their consent is asked."""
    about = (Plain(excerpt(title(language, round_), 200)), Plain(", "), *_standing(language, round_))
    asked = (Note(language.say("You are asked whether words of yours may be kept.")),) if keeping else ()
    return Words(about), *asked, Controls((button(language.label("My part"), "mine", round_),))


def _standing(language: Language, round_: Round) -> Text:
    """Where it is, in a few words."""
    match round_.state:
        case "draft" | "inviting":
            return language.say("begins {moment}", moment=beginning(language, round_))
        case "running":
            i, n = place_of(round_, round_.current)
            step = language.say("step {i} of {n}", i=i, n=n)
            due = round_.step.due_at if round_.step is not None else None
            return step if due is None else (*step, Plain(", "), *language.say("until {moment}", moment=Moment(due)))
        case "paused":
            return language.say("on hold")
        case "wrapping" | "done" | "cancelled" | "lapsed":
            return language.say("being wrapped up")
