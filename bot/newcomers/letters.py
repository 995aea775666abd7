"""What Kring writes to others because of a newcomer: the ones who are asked, the buddy, the facilitators, the circle.

Nobody reads more here than what the newcomer chose to pass on.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Facts, Message, Words, buttons, message
from bot.chat.people import Person
from bot.chat.text import Plain, Text, chained, plain
from bot.newcomers.company import Company
from bot.newcomers.model import CheckinAnswer, Help, HelpKind, Pairing
from bot.texts import catalogue
from bot.texts.catalogue import _

# -- what could not be posted, to who wrote it; and to hosts


def not_brought(words: catalogue.Words, answer: CheckinAnswer, why: Text) -> Message:
    """A question or a remark comes back. `why`: the circle did not get it; empty: one person did not."""
    if not why:
        return message(*_back(words, answer))
    told = words.say("I could not bring this to the circle.")
    again = Button(words.label("A question"), Action("checkin.question", answer.newcomer))
    controls = (buttons(again),) if answer.kind == "question" else ()
    return message(Words((*told, Plain(" "), *why)), Words(plain(answer.text), quote=True), *controls)


def came_back(words: catalogue.Words, answer: CheckinAnswer) -> Sequence[Block]:
    """The same, where it waited for the newcomer."""
    return (*_back(words, answer), got_it(words, answer))


def _back(words: catalogue.Words, answer: CheckinAnswer) -> Sequence[Block]:
    text = words.say("I could not bring this to whom you chose. Who else could know?")
    return (Words(text), Words(plain(answer.text), quote=True))


def not_introduced(words: catalogue.Words, preview: Message, why: Text) -> Message:
    told = words.say("I could not post your introduction.")
    return message(Words((*told, Plain(" "), *why)), *preview.blocks)


def cannot_greet(words: catalogue.Words, why: Text) -> Message:
    """Nothing of who could not be greeted."""
    return message(Words((*words.say("I cannot greet people in the home channel."), Plain(" "), *why)))


def got_it(words: catalogue.Words, answer: CheckinAnswer) -> Controls:
    """Under something that waited for the newcomer."""
    return buttons(Button(words.label("Got it"), Action("newcomer.got_it", answer.id)))


# -- stuck


def stuck(words: catalogue.Words, id_: str, company: Company) -> Sequence[Block]:
    """What would help most?"""
    fill = company.fill(words)
    labels = [
        (words.label("A chat with {buddy}", **fill), "newcomer.chat"),
        (words.label("Someone else"), "newcomer.someone"),
        (words.label("A trio this week"), "newcomer.trio"),
        (words.label("Just wanted to say it"), "newcomer.said"),
        (words.label("It's about how people treat me"), "newcomer.treated"),
    ]
    if company.near is None:
        labels = labels[1:]
    text = _("Thanks for saying so. What would help most? I only pass on what you choose, to whom you choose.")
    return (Words(words.say(text)), buttons(*(Button(label, Action(name, id_)) for label, name in labels)))


def contacts(words: catalogue.Words, people: Sequence[Person]) -> Sequence[Block]:
    """Whom to turn to about how people treat each other. Kring passes nothing on."""
    if not people:
        text = _(
            "Nobody has been named for this here yet, so I cannot point you to anybody. Is there a person you trust, "
            "here or at work? I have stored nothing."
        )
        return (Words(words.say(text)),)
    return (
        Words(
            words.say(
                "These people are there for that. Write to them yourself; I pass nothing on and have stored nothing."
            )
        ),
        Facts(((words.label("Contact persons"), _people(people)),)),
    )


def _people(people: Sequence[Person]) -> Text:
    return chained((each.shown(),) for each in people)


def would_like(words: catalogue.Words, help_: Help, newcomer: Person, *, again: bool = False) -> Message:
    """To a helper: the name, and the words the newcomer wrote for them."""
    blocks: list[Block] = [Words(_wish(words, help_.kind, newcomer))]
    if help_.words:
        blocks.append(Words(plain(help_.words), quote=True))
    if again:
        blocks.append(Words(words.say("I ask this once more, and then no more.")))
    return message(
        *blocks,
        buttons(
            Button(words.label("I'll take it"), Action("newcomer.take", help_.id), "primary"),
            Button(words.label("I can't now"), Action("newcomer.cannot", help_.id)),
        ),
    )


def _wish(words: catalogue.Words, kind: HelpKind, newcomer: Person) -> Text:
    name = newcomer.shown()
    match kind:
        case "chat":
            return words.say("{name} would like a chat", name=name)
        case "trio":
            return words.say("{name} would like a chat with two of you this week", name=name)
        case "link":
            return words.say("{name} would like to meet somebody who does similar work", name=name)
        case "task":
            return words.say("{name} would like a small task", name=name)


def not_reached(words: catalogue.Words, help_: Help, newcomer: Person) -> Message:
    """To the facilitators, with the name only where the newcomer allowed it."""
    text = _("A newcomer asked for help and has not been reached yet.")
    if help_.with_name:
        text = _("{name} asked for help and has not been reached yet.")
    return message(
        Words(words.say(text, name=newcomer.shown())),
        buttons(Button(words.label("I'll take it"), Action("newcomer.take", help_.id), "primary")),
    )


def has_time(words: catalogue.Words, helper: Person) -> Message:
    """To the newcomer: somebody will."""
    return message(
        Words(words.say("{name} has time for you. Write to each other whenever it suits you.", name=helper.shown()))
    )


def another(words: catalogue.Words, help_: Help, *, refused: bool) -> Message:
    """To the newcomer: no answer yet, or a no; somebody else?"""
    text = _("I have had no answer yet. Shall I ask someone else, or wait a little longer?")
    if refused:
        text = _("It does not work out with whom I asked. Shall I ask someone else?")
    id_ = f"{help_.newcomer}.{help_.id}"
    return message(
        Words(words.say(text)),
        buttons(
            Button(words.label("Someone else"), Action("newcomer.someone", id_)),
            Button(words.label("A trio this week"), Action("newcomer.trio", id_)),
            Button(words.label("Leave it"), Action("newcomer.leave_it", help_.id)),
        ),
    )


def own_up(words: catalogue.Words, facilitators: Sequence[Person], contacts: Sequence[Person]) -> Message:
    """To the newcomer: the honest message."""
    rows: list[tuple[str, Text]] = []
    if facilitators:
        rows.append((words.label("Facilitators"), _people(facilitators)))
    if contacts:
        rows.append((words.label("Contact persons"), _people(contacts)))
    if not rows:
        return message(
            Words(words.say("I have not managed to reach someone, and I am sorry. I know nobody else to ask here."))
        )
    return message(
        Words(
            words.say("I have not managed to reach someone, and I am sorry. These people you can write to yourself:")
        ),
        Facts(tuple(rows)),
    )


# -- questions and remarks


def question(words: catalogue.Words, text: str, asker: Person | None, answer: str = "") -> Message:
    """A question as it is brought; without a name where the newcomer wanted none. `answer`: it can be answered here."""
    intro = words.say("{name} asks:", name=asker.shown()) if asker else words.say("Somebody asks:")
    blocks: list[Block] = [Words(intro), Words(plain(text), quote=True)]
    if answer:
        blocks.append(buttons(Button(words.label("Answer"), Action("newcomer.reply", answer), "primary")))
    return message(*blocks)


def replied(words: catalogue.Words, by: Person | None, question: str, answer: str) -> Message:
    """The question stands above it as long as it is kept; whoever was forgotten answers without a name."""
    asked = (Words(words.say("You asked:")), Words(plain(question), quote=True)) if question else ()
    intro = words.say("{name} answers:", name=by.shown()) if by else words.say("Somebody answers:")
    return message(*asked, Words(intro), Words(plain(answer), quote=True))


def remark(words: catalogue.Words, text: str, by: Person | None) -> Message:
    """What fresh eyes saw."""
    intro = words.say("{name}, new here, noticed:", name=by.shown()) if by else words.say("Somebody new here noticed:")
    return message(Words(intro), Words(plain(text), quote=True))


def looking_back(words: catalogue.Words, keep: str, change: str, by: Person | None) -> Message:
    """To the facilitators: what a newcomer says after three months."""
    intro = words.say("{name} looks back on three months.", name=by.shown()) if by else None
    rows = ((words.label("To keep"), plain(keep)), (words.label("To do differently"), plain(change)))
    return message(
        Words(intro or words.say("Somebody looks back on their first three months.")),
        Facts(tuple((label, value) for label, value in rows if value != plain(""))),
    )


# -- buddies


def buddy_start(words: catalogue.Words, pairing: Pairing, newcomer: Person) -> Message:
    text = _("You are {name}'s buddy. A hello today and an ear in the first month is all.")
    return message(
        Words(words.say(text, name=newcomer.shown())),
        buttons(
            Button(words.label("Happy to"), Action("buddy.happy", pairing.id), "primary"),
            Button(words.label("Not now"), Action("buddy.not_now", pairing.id)),
        ),
    )


def buddy_ten(words: catalogue.Words, newcomer: Person) -> Message:
    return message(
        Words(words.say("Ten days. A short 'how is it going' to {name} does more than I can.", name=newcomer.shown()))
    )


def buddy_end(words: catalogue.Words, pairing: Pairing) -> Message:
    return message(
        Words(words.say("The buddy time is over. Thank you. Anything you learned about how we welcome people?")),
        buttons(Button(words.label("Answer"), Action("buddy.learned", pairing.id))),
    )


def learned(words: catalogue.Words, text: str, by: Person) -> Message:
    return message(
        Words(words.say("{name} was a buddy, and learned about how we welcome people:", name=by.shown())),
        Words(plain(text), quote=True),
    )


def your_buddy(words: catalogue.Words, buddy: Person) -> Message:
    """To the newcomer who asked for one."""
    return message(Words(words.say("{buddy} is your buddy: write to them whenever you like.", buddy=buddy.shown())))
