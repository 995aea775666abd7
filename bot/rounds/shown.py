"""Answers as they are shown: all at once at a reveal, one by one in a thread, and what a vote came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, Words
from bot.chat.text import Bold, Moment, Plain, Text
from bot.chat.text import words as bare
from bot.rounds.audience import chooses, one_decides
from bot.rounds.model import Round
from bot.rounds.objections import Voiced, asked_again, may_vote_again
from bot.rounds.seen import SeenAnswer, Viewer, answers_seen, seen_by, step_seen
from bot.rounds.step_facts import Fact
from bot.rounds.task import Task
from bot.rounds.wording import People, action, bare_name, button, excerpt, listed, name, prompt, said
from bot.texts.catalogue import Words as Language


@dataclass(frozen=True, slots=True)
class LaidOut(Fact):
    """Which answers of a reveal stand together in one message, so that a later change finds its message."""

    step: int
    messages: tuple[tuple[str, ...], ...]


CHUNK = 1800
"""The longest text of one message of a reveal."""
TOGETHER = 8
"""At most so many answers stand in one message, with their buttons."""

NOBODY = ""
"""Sees what everybody sees."""


def visible(round_: Round, step: int, viewer: Viewer = NOBODY) -> dict[str, SeenAnswer]:
    """The answers of a step that the viewer sees, by id, in the order in which they were shown."""
    return {one.id: one for one in answers_seen(round_, step, viewer)}


def chunks(answers: Sequence[SeenAnswer]) -> tuple[tuple[str, ...], ...]:
    """Which answers stand together in one message; none is cut in two."""
    found: list[list[str]] = []
    room = 0
    for answer in answers:
        if not found or len(answer.body) > room or len(found[-1]) == TOGETHER:
            found.append([])
            room = CHUNK
        found[-1].append(answer.id)
        room -= len(answer.body)
    return tuple(tuple(each) for each in found)


def reveal(
    language: Language,
    round_: Round,
    step: int,
    together: Sequence[str],
    people: People,
    *,
    first: bool,
    viewer: Viewer = NOBODY,
) -> Message:
    """One message of a reveal: these answers, each with its buttons."""
    blocks: list[Block] = []
    if first:
        blocks.append(Words(language.say("Here are all answers at once. Read first, respond after.")))
    answers = visible(round_, step, viewer)
    for id_ in together:
        blocks += _answer(language, round_, step, answers.get(id_), id_, people)
    summary = language.label("Here are all answers at once. Read first, respond after.")
    return Message(tuple(blocks), summary=summary)


def _answer(
    language: Language, round_: Round, step: int, answer: SeenAnswer | None, id_: str, people: People
) -> tuple[Block, ...]:
    if answer is None and round_.purged:
        return (Note(language.say("What stood here was erased.")),)
    if answer is None:
        return (Note(language.say("An answer was taken back by its author.")),)
    respond = button(language.label("Respond"), "respond", round_, step, id_)
    keep = button(language.label("Keep this"), "keep", round_, id_)
    script = round_.steps[step].script
    may_keep = script.harvest != "none"
    side = shown_side(round_, answer)
    return said(language, round_, people, answer, side), Controls((respond, keep) if may_keep else (respond,))


def shown_side(round_: Round, answer: SeenAnswer) -> str:
    """Where its author stands, if that is told: where answers are asked of each side, and there are only sides."""
    one = round_.contribution(answer.id)
    if one is None or answer.author is None or round_.several or not round_.steps[one.step].script.by_side:
        return ""
    return round_.side_of(answer.author)


def along(language: Language, round_: Round, viewer: str, people: People, page: int) -> Message:
    """What was said so far, for somebody who may read it: the newest part, or so many parts before it."""
    steps = [each for each in seen_by(round_, viewer).steps if each.answers]
    answers = {one.id: (each.step, one) for each in steps for one in each.answers}
    parts = chunks([one for _, one in answers.values()])
    if not parts:
        return Message((Words(language.say("Nothing has been said yet that you could read.")),))
    at = max(0, len(parts) - 1 - page)
    blocks: list[Block] = []
    last = -1
    for id_ in parts[at]:
        step, one = answers[id_]
        if step != last:
            blocks.append(Note(prompt(language, round_, step, people)))
        last = step
        blocks.append(said(language, round_, people, one))
    if at:
        earlier = button(language.label("Earlier"), "read", round_, round_.current, page + 1)
        blocks.append(Controls((earlier,)))
    return Message(tuple(blocks))


def spoken(language: Language, round_: Round, step: int, id_: str, people: People, viewer: Viewer = NOBODY) -> Message:
    """What somebody said by form or button, as one message in the thread."""
    answer = visible(round_, step, viewer).get(id_)
    if answer is None and round_.purged:
        return Message((Note(language.say("What stood here was erased.")),))
    if answer is None:
        return Message((Note(language.say("This was taken back by its author.")),))
    blocks: list[Block] = []
    if answer.to is not None:
        blocks.append(
            Note(language.say("In answer to {words}", words=_quoted(language, round_, answer.to, people, viewer)))
        )
    blocks.append(said(language, round_, people, answer))
    if round_.steps[step].script.harvest != "none":
        blocks.append(Controls((button(language.label("Keep this"), "keep", round_, id_),)))
    author = f"{bare_name(language, people, answer.author)}: " if answer.author else ""
    return Message(tuple(blocks), summary=excerpt(author + answer.body, 150))


def _quoted(language: Language, round_: Round, id_: str, people: People, viewer: Viewer) -> Text:
    """Whose words, and how they begin."""
    one = round_.contribution(id_)
    answer = visible(round_, one.step, viewer).get(id_) if one is not None else None
    if answer is None:
        return (Plain(language.label("an answer that was taken back")),)
    quote = Plain(f"“{excerpt(answer.body, 100)}”")
    return (quote,) if answer.author is None else (*name(language, people, answer.author), Plain(" "), quote)


# -- what a vote came to


def option_label(
    language: Language, round_: Round, step: int, option: str, people: People, most: int = 75, viewer: Viewer = NOBODY
) -> str:
    """One of the options of a vote, in words, as the viewer may read it."""
    rule = round_.steps[step].script.vote
    if rule is None:
        return option
    if rule.kind == "scale":
        return f"+{option}" if rule.scale[0] < 0 < int(option) else option
    if rule.kind == "consent":
        return {
            "fine": language.label("Fine"),
            "concern": language.label("A concern"),
            "objection": language.label("An objection"),
        }[option]
    for each in rule.options:
        if each.key == option:
            return excerpt(bare(language.pick(each.label)), most)
    if rule.kind == "claim":
        roles = {role.key: role.name for role in round_.format.roles}
        return excerpt(bare(language.pick(roles[option])), most) if option in roles else option
    one = round_.contribution(option)
    if one is None:
        return option
    answers = visible(round_, one.step, viewer)
    if option not in answers:
        return language.label("an answer that was taken back")
    return listed(language, people, answers[option], list(answers).index(option) + 1, most)


def result(language: Language, round_: Round, step: int, people: People, viewer: Viewer = NOBODY) -> Message:
    """The result of a vote; who voted what is not in it, but for names that people put to an objection themselves."""
    seen = step_seen(round_, step, viewer)
    rule = round_.steps[step].script.vote
    counted = [(option, count) for option, count in seen.tally.items() if count or (rule and rule.kind == "consent")]
    one = one_decides(round_, round_.steps[step].script)
    heading = language.label("The answer") if one else language.label("The result")
    if not any(count for _, count in counted):
        none = language.say("Nobody voted in this step.")
        if chooses(round_, round_.steps[step].script):
            none = language.say("Nothing was chosen in this step.")
        return Message((Heading(heading), Note(none)), summary=heading)
    about_answers = rule is not None and not rule.options and rule.kind in {"choice", "dots"}
    if about_answers and round_.format.private and viewer == NOBODY:
        counted_ = language.say("The votes are counted. What they were about stays with those inside.")
        return Message((Heading(heading), Note(counted_)), summary=heading)
    if rule is not None and rule.kind == "scale":
        counted.sort(key=lambda one: int(one[0]))
    dots = rule is not None and rule.kind == "dots"
    lines: list[Block] = []
    others = _the_others(round_, step)
    if others and not seen.tally[others]:
        counted.append((others, 0))
    for option, count in counted:
        label = option_label(language, round_, step, option, people, 300, viewer)
        times = language.count("{n} dot", "{n} dots", count) if dots else language.count("{n} vote", "{n} votes", count)
        if rule is not None and rule.kind == "claim":
            takers = [vote.person for vote in round_.votes if vote.step == step and option in vote.picks]
            called = [bare_name(language, people, person) for person in takers]
            names = language.names((*called, language.label("everybody else")) if option == others else called)
            lines.append(Words((Bold(label), Plain(f": {names}"))))
        elif rule is not None and rule.kind == "scale":
            lines.append(Words((Bold(label), Plain(": "), *times)))
        elif one:
            lines.append(Words((Bold(label),)))
        else:
            lines.append(Words((Bold(bare(times)), Plain(f"  {label}"))))
    words = (
        () if round_.format.private and viewer == NOBODY else against(language, round_, step, seen.objections, people)
    )
    return Message((Heading(heading), *lines, *words, *_waits(language, round_, step, people)), summary=heading)


def _the_others(round_: Round, step: int) -> str:
    """The role among the seats of a claim that falls to whoever chose nothing, where anybody did; empty: none."""
    rule = round_.steps[step].script.vote
    if rule is None or rule.kind != "claim":
        return ""
    chose = {vote.person for vote in round_.votes if vote.step == step}
    rest = (role.key for role in round_.format.roles if role.rest and role.key in rule.seats)
    return next(rest, "") if any(person not in chose for person in round_.speakers) else ""


def against(
    language: Language, round_: Round, step: int, objections: Sequence[Voiced], people: People
) -> tuple[Block, ...]:
    """What was said against it, and who took up which objection."""
    blocks: list[Block] = []
    again = asked_again(round_, step)
    for one in objections:
        if one.words:
            label = language.label("An objection") if one.objects else language.label("A concern")
            named = () if one.author is None else (*name(language, people, one.author), Plain(", "))
            blocks.append(Words((*named, Plain(f"{label}: {one.words}")), quote=True))
        elif one.objects:
            blocks.append(Words(language.say("An objection, without words"), quote=True))
        if one.task is not None:
            blocks.append(Note(taken_up(language, one.task, people)))
        elif one.objects and round_.steps[step].state == "closed" and not again:
            blocks.append(Note(language.say("Nobody has taken it up.")))
    return tuple(blocks)


def taken_up(language: Language, task: Task, people: People) -> Text:
    """Who does something about an objection, and until when."""
    return language.say(
        "Taken up by {name}, until {date}.",
        name=name(language, people, task.person),
        date=Moment(task.remind_at, "date") if task.remind_at is not None else "",
    )


def _waits(language: Language, round_: Round, step: int, people: People) -> tuple[Block, ...]:
    """While the round waits for what becomes of an objection: what people can do about it."""
    if round_.steps[step].state != "objected" or round_.state != "running":
        return ()
    if round_.facilitator is None:
        holder: Text = (Plain(language.label("whoever holds the round")),)
    else:
        holder = name(language, people, round_.facilitator)
    if may_vote_again(round_, step):
        text = language.say(
            "An objection needs a talk, so the round waits here. Whoever speaks in it can take the objection up, with "
            "a date. To talk and vote once more, or to go on while it stays open: that is up to {facilitator}.",
            facilitator=holder,
        )
    else:
        text = language.say(
            "There is still an objection, so the round waits here. Whoever speaks in it can take the objection up, "
            "with a date. To go on while it stays open: that is up to {facilitator}.",
            facilitator=holder,
        )
    return Words(text), Controls(objection_buttons(language, round_, step))


def objection_buttons(language: Language, round_: Round, step: int) -> tuple[Button, ...]:
    """What people can do about an objection, its author too."""
    settled = button(language.label("My objection is settled"), "settled", round_, step)
    return (*to_decide(language, round_, step), settled)


def to_decide(language: Language, round_: Round, step: int) -> tuple[Button, ...]:
    """The same for whoever decides about somebody else's."""
    take = Button(language.label("I take this up"), action("takeup", round_, step), "primary")
    talk = button(language.label("Talk, then vote again"), "voteagain", round_, step)
    stays = button(language.label("Go on, it stays open"), "letstand", round_, step)
    return (take, talk, stays) if may_vote_again(round_, step) else (take, stays)
