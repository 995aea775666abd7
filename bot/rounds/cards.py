"""The card of a round: one message in the channel, always edited to what stands now."""

from __future__ import annotations

from bot.chat.messages import Block, Button, Controls, Facts, Heading, Message, Note, Words
from bot.chat.text import Moment, Plain, Text
from bot.rounds import progress, voice_words
from bot.rounds.audience import in_short, visibility, who_reads
from bot.rounds.floor import lacking
from bot.rounds.model import Round
from bot.rounds.notes import needs_people
from bot.rounds.script import SIDES, Format
from bot.rounds.seen import seen_by
from bot.rounds.timing import put_aside
from bot.rounds.wording import (
    People,
    action,
    button,
    called_off,
    effort,
    excerpt,
    format_name,
    in_all,
    joinable,
    name,
    other_language,
    place_of,
    prompt,
    takes,
    title,
)
from bot.texts.catalogue import Words as Language

HEADING = 150


def header(language: Language, round_: Round, people: People, alternative: Format | None = None) -> Message:
    """The card as everybody sees it. `alternative`: what a round with too few people could become."""
    match round_.state:
        case "draft" | "inviting":
            blocks = _inviting(language, round_, people)
        case "running":
            blocks = _running(language, round_, people)
        case "paused":
            blocks = _paused(language, round_, people)
        case "wrapping":
            blocks = _wrapping(language, round_)
        case "done":
            blocks = _done(language, round_)
        case "cancelled":
            blocks = _over(language, round_, called_off(language, round_))
        case "lapsed":
            blocks = _over(
                language, round_, language.say("This round has come to rest. What was said stays in its thread.")
            )
    if is_short(round_):
        blocks = (*needs_people(language, round_, alternative).blocks, *blocks)
    if round_.early_by is not None and round_.state in {"draft", "inviting", "running", "paused"}:
        chose = name(language, people, round_.early_by)
        text = language.say("{name} chose this format, though it usually comes later here.", name=chose)
        blocks = (Note(text), *blocks)
    heading = excerpt(title(language, round_), HEADING)
    drawn = () if round_.state in {"cancelled", "lapsed"} else (progress.drawn(language, round_),)
    return Message((Heading(heading), *drawn, *blocks), summary=heading)


def is_short(round_: Round) -> bool:
    """Whether the card asks what to do with so few people."""
    if round_.state == "inviting":
        return round_.waited and lacking(round_) is not None
    going_on = round_.state == "running" or round_.seeking
    return going_on and round_.asked is not None and round_.asked.about == "too_few"


def _inviting(language: Language, round_: Round, people: People) -> tuple[Block, ...]:
    values = {
        "facilitator": name(language, people, round_.facilitator),
        "effort": effort(language, round_),
        "span": in_all(language, round_),
        "deadline": Moment(round_.begins_at) if round_.begins_at else language.label("the first step opens"),
    }
    invitation = language.say(
        "{facilitator} invites you. It asks about {effort} of your time, {span}. Passing is fine at any step. You can "
        "join until {deadline}.",
        **values,
    )
    size = round_.format.size
    rows = (
        (language.label("Taking part"), _seats(language, round_)),
        (language.label("Works with"), language.say("{min} to {max} people", min=size.min, max=size.max)),
        (language.label("Who sees what"), who_reads(language, round_)),
        *_homes(language, round_),
    )
    about = Words(language.pick(round_.format.blurb))
    return about, Words(invitation), Facts(rows), Controls((*_joining(language, round_), *_looking(language, round_)))


def _running(language: Language, round_: Round, people: People) -> tuple[Block, ...]:
    run = round_.steps[round_.current]
    i, n = place_of(round_, round_.current)
    where = language.say("{i} of {n}", i=i, n=n)
    rows = (
        (language.label("Step"), (*where, Plain(". "), *in_short(language, round_, run.script))),
        (language.label("Closes"), closing(language, round_, people)),
        (language.label("Takes"), takes(language, round_)),
        (language.label("Who sees what"), visibility(language, round_, run)),
        *_homes(language, round_),
        (language.label("Held by"), name(language, people, round_.facilitator)),
        (language.label("Taking part"), _seats(language, round_)),
    )
    controls = (*(_joining(language, round_) if joinable(round_) else ()), *_looking(language, round_))
    return (
        Words(prompt(language, round_, round_.current, people)),
        Facts(rows),
        Note(_where(language, round_)),
        Controls(controls),
    )


def _where(language: Language, round_: Round) -> Text:
    if round_.walled(round_.channel):
        return language.say("It happens in a private thread, and I let in who speaks. Passing is fine at any step.")
    return language.say("It happens in the thread under this message. Passing is fine at any step.")


def _homes(language: Language, round_: Round) -> tuple[tuple[str, Text], ...]:
    """Where it stands, when that is in several spaces, and what that means."""
    if not round_.several:
        return ()
    spaces = language.names(home.name for home in round_.homes)
    text = language.say("{spaces}. What is said in the round is shown in all of them.", spaces=spaces)
    return ((language.label("Stands in"), text),)


def closing(language: Language, round_: Round, people: People, step: int | None = None) -> Text:
    """When the step closes, the current one unless told; the last one of those in groups; or whom it waits for."""
    dues = {each: due for each in round_.at_work if (due := round_.steps[each].due_at) is not None}
    if dues:
        return (Moment(dues.get(round_.current if step is None else step) or max(dues.values())),)
    if round_.asked is not None and round_.asked.about == "too_few":
        return language.say("as soon as we are with enough")
    return language.say("when {facilitator} has decided", facilitator=name(language, people, round_.facilitator))


def _paused(language: Language, round_: Round, people: People) -> tuple[Block, ...]:
    rows = (
        (language.label("Held by"), name(language, people, round_.facilitator)),
        (language.label("Taking part"), _seats(language, round_)),
    )
    come_in = () if round_.several else voice_words.come_in(language, round_)  # one card for all of its spaces
    controls = (*come_in, _mine(language, round_))
    return Words(on_hold(language, round_)), Facts(rows), Controls(controls)


def on_hold(language: Language, round_: Round) -> Text:
    if round_.seeking:
        return voice_words.waits(language, round_)
    if put_aside(round_) and round_.paused_until is not None:
        return language.say(
            "Nobody can take this on now, and that is fine. It is put aside until {date}; then I ask once more. "
            "Everything is kept.",
            date=Moment(round_.paused_until, "date"),
        )
    if round_.paused_until is None:
        return language.say("This round is on hold. Everything is kept.")
    return language.say(
        "This round is on hold until {date}. Everything is kept.", date=Moment(round_.paused_until, "date")
    )


def _wrapping(language: Language, round_: Round) -> tuple[Block, ...]:
    text = language.say(
        "We have come full circle. Whoever said something worth keeping is asked whether it may be kept."
    )
    until: tuple[tuple[str, Text], ...] = ()
    if round_.keep_until is not None:
        until = ((language.label("Open until"), (Moment(round_.keep_until),)),)
    return Words(text), Facts((*until, *harvest(language, round_))), Controls((_mine(language, round_),))


def _done(language: Language, round_: Round) -> tuple[Block, ...]:
    return (
        Words(language.say("This round is done. Thank you for thinking along.")),
        Facts(harvest(language, round_)),
        Controls((_mine(language, round_),)),
    )


def _over(language: Language, round_: Round, text: Text) -> tuple[Block, ...]:
    """Its authors can still see what they said, and take it back."""
    return Words(text), Controls((_mine(language, round_),))


def harvest(language: Language, round_: Round) -> tuple[tuple[str, Text], ...]:
    """What was said and kept, in numbers; what there was nothing of is not counted out."""
    seen = seen_by(round_, "")
    answers = [answer for step in seen.steps for answer in step.answers]
    kept = sum(one.kept for one in round_.contributions)
    responses = sum(answer.to is not None for answer in answers)
    rows = (
        (len(answers), language.label("Said"), language.count("{n} contribution", "{n} contributions", len(answers))),
        (responses, language.label("Answered each other"), language.count("{n} response", "{n} responses", responses)),
        (kept, language.label("Kept with consent"), language.count("{n} contribution", "{n} contributions", kept)),
    )
    counted = ((label, number) for n, label, number in rows if n)
    return (language.label("Took part"), _were_there(language, round_)), *counted


def _were_there(language: Language, round_: Round) -> Text:
    spoke = language.count("{n} spoke", "{n} spoke", len(round_.speakers))
    if not round_.listeners:
        return spoke
    return (*spoke, Plain(", "), *language.count("{n} listened", "{n} listened", len(round_.listeners)))


def _seats(language: Language, round_: Round) -> Text:
    taking_part = _taking_part(language, round_)
    if not round_.format.sides or round_.several:
        return taking_part
    standing = [round_.side_of(person) for person in round_.speakers]
    sides = (language.label("side {side}: {n}", side=side, n=standing.count(side)) for side in SIDES)
    return (*taking_part, Plain(f" ({', '.join(sides)})"))


def _taking_part(language: Language, round_: Round) -> Text:
    if not round_.speakers and not round_.listeners:
        return language.say("nobody yet")
    speak = language.count("{n} speaks", "{n} speak", len(round_.speakers))
    if not round_.listeners:
        return speak
    return (*speak, Plain(", "), *language.count("{n} listens", "{n} listen", len(round_.listeners)))


# -- buttons


def _joining(language: Language, round_: Round) -> tuple[Button, ...]:
    speak = Button(language.label("I'll speak"), action("speak", round_), "primary")
    listen = button(language.label("I'll listen"), "listen", round_)
    if round_.state != "inviting":
        return speak, listen
    return speak, listen, button(language.label("Not this time"), "decline", round_)


def _mine(language: Language, round_: Round) -> Button:
    return button(language.label("My part"), "mine", round_)


def _looking(language: Language, round_: Round) -> tuple[Button, ...]:
    what = button(language.label("What is this?"), "what", round_)
    return what, _mine(language, round_), other_language(language, round_, "card")


# -- what is this?


def explanation(language: Language, round_: Round, people: People) -> Message:
    """What the round asks, step by step, for one reader before they join."""
    steps: list[Block] = []
    for number, run in enumerate(run for run in round_.steps if run.of is None):
        how: Text = (*in_short(language, round_, run.script), Plain(" "), *visibility(language, round_, run))
        steps.append(Words((Plain(f"{number + 1}. "), *prompt(language, round_, number, people))))
        steps.append(Note(how))
    calm = language.say(
        "I keep the time, the turn and the memory; the content is yours. Passing is a full answer, and nobody hears "
        "who passed. Nothing leaves this round without your yes."
    )
    controls = _joining(language, round_) if joinable(round_) else ()
    return Message(
        (
            Heading(format_name(language, round_.format)),
            Words(language.pick(round_.format.blurb)),
            Note(takes(language, round_)),
            *steps,
            Words(calm),
            *((Controls(controls),) if controls else ()),
        )
    )
