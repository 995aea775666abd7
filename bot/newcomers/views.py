"""What a newcomer reads on the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.actions import Action
from bot.chat.customs import customs
from bot.chat.messages import Block, Button, Controls, Message, Note, Words, buttons, message
from bot.chat.names import Channel
from bot.chat.people import Person
from bot.chat.text import Bold, ChannelName, Code, Text, chained, plain
from bot.newcomers.company import Company
from bot.newcomers.journey import ASKED, BY_DAY, FEWER, ON, QUESTION, STAGE_NAMES, STOP, STUCK, YES, Checkin, Label
from bot.newcomers.model import Newcomer, Stage
from bot.texts import catalogue
from bot.texts.catalogue import _

Fill = Mapping[str, object]


def start_button(words: catalogue.Words, newcomer: Newcomer, person: Person) -> Message:
    """Stands in a channel, for one person: what Kring has to say to them is shown to them alone."""
    return message(
        Words(words.say("Welcome, {name}! I have a word for you; only you see it.", name=person.shown(notify=True))),
        buttons(Button(words.label("Start"), Action("newcomer.start", newcomer.id), "primary")),
    )


def crowd(words: catalogue.Words, newest: Sequence[Person], others: int) -> Message:
    """Stands in a channel for everybody who came in these minutes: each reads their own word behind the button."""
    if not newest:
        return welcome_taken_back(words)
    names = [each.shown(notify=True) for each in newest]
    if len(names) == 1 and not others:
        said = words.say("Welcome, {name}! I have a word for you; only you see it.", name=names[0])
    else:
        named = chained((name,) for name in names)
        said = words.say("Welcome, {names}! A word for each of you waits here; only you see yours.", names=named)
        if others:
            said = words.count(
                "Welcome, {names} and {n} other! A word for each of you waits here; only you see yours.",
                "Welcome, {names} and {n} others! A word for each of you waits here; only you see yours.",
                others,
                names=named,
            )
    return message(Words(said), buttons(Button(words.label("Start"), Action("newcomer.here"), "primary")))


def standing(words: catalogue.Words) -> Message:
    """Stands in the home channel, once and for everybody."""
    text = _(
        "Are you new here? Press the button: only you see what I say then. I do not write to you of my own accord, and "
        "reading along is taking part."
    )
    return message(Words(words.say(text)), buttons(_new_here(words)))


def _new_here(words: catalogue.Words) -> Button:
    return Button(words.label("I'm new here"), Action("newcomer.here"), "primary")


def button_moved(words: catalogue.Words, to: Channel | None) -> Message:
    """In place of the button, in a channel that is the home no more."""
    if to is None:
        return message(Words(words.say("A button for who is new stood here.")))
    return message(Words(words.say("The button for who is new stands in {channel} now.", channel=ChannelName(to))))


def new_here(words: catalogue.Words) -> Sequence[Block]:
    """In the menu of somebody who may be new."""
    text = _("Are you new here? I can come by a few times in your first three months.")
    return (Words(words.say(text)), buttons(_new_here(words)))


def here_for_long(words: catalogue.Words, person: Person) -> Message:
    """To somebody who is not new; nothing of it is kept."""
    text = _(
        "You have been here for a while, {name}, so I begin no first three months for you. {kring} shows what you can "
        "do here; with {buddy} you welcome somebody who is new."
    )
    fill = {"kring": Code("/kring"), "buddy": Code("/kring buddy yes")}
    return message(Words(words.say(text, name=person.name, **fill)))


def checkin(words: catalogue.Words, newcomer: Newcomer, day: int, company: Company) -> Message:
    """The check-in of that day with its buttons."""
    step = BY_DAY[day]
    blocks: list[Block] = [Words(words.say(step.text, **company.fill(words)))]
    if day and company.buddy:
        said = words.say("{buddy} is your buddy: write to them whenever you like.", buddy=company.buddy.shown())
        blocks.append(Words(said))
    blocks.append(_controls(words, newcomer, day, _shown(step, company), company))
    if day and STOP not in step.buttons:
        blocks.append(Note(words.say("Rather not? {command} ends these.", command=Code("/kring checkin stop"))))
    if not day and customs(company.person.account.space).asked_first:
        text = _(
            "After a yes I write to you directly. Where you take no direct messages, it waits for you behind the "
            "button you pressed, and under {kring}."
        )
        blocks.append(Note(words.say(text, kring=Code("/kring"))))
    return message(*blocks)


def _shown(step: Checkin, company: Company) -> list[Label]:
    hidden = set()
    if company.near is None:
        hidden.add("checkin.share_buddy")
    if company.place is None:
        hidden.add("checkin.share_circle")
    return [label for label in step.buttons if label[1] not in hidden]


def _controls(
    words: catalogue.Words, newcomer: Newcomer, day: int | None, labels: Sequence[Label], company: Company
) -> Controls:
    id_ = newcomer.id if day is None else f"{newcomer.id}.{day}"
    fill = company.fill(words)
    return buttons(*(Button(words.label(text, **fill), Action(name, id_)) for text, name in labels))


def replied(words: catalogue.Words, day: int | None, company: Company, *blocks: Block) -> Message:
    """A check-in that was answered: what it said, and what Kring says to the answer."""
    if day is None:
        return message(*blocks)
    return message(Words(words.say(BY_DAY[day].text, **company.fill(words))), *blocks)


def stored(words: catalogue.Words, newcomer: Newcomer, company: Company) -> Sequence[Block]:
    """What is kept about a newcomer, and the question again."""
    return (
        Words(
            words.say(
                "I keep when you joined, which check-ins you got and whether you answered them, how often you want "
                "them, who your buddy is, and the stage you choose yourself. What you write to me goes only where you "
                "send it, and I forget it after 120 days. Nobody else sees any of this. Whoever runs me could "
                "technically read my database."
            )
        ),
        Words(
            words.say(
                "{data} shows you all of it, {forget} erases it.",
                data=Code("/kring me data"),
                forget=Code("/kring me forget"),
            )
        ),
        _controls(words, newcomer, 0, (YES, ASKED), company),
    )


def agreed(words: catalogue.Words, next_: Text | None) -> Words:
    if next_ is None:
        return Words(words.say("Good. Nothing is planned right now."))
    return Words(words.say("Good. You hear from me on {date}.", date=next_))


def asked(words: catalogue.Words) -> Words:
    return Words(
        words.say(
            "Then I wait until you ask. {command} brings me by, {kring} shows all I can do.",
            command=Code("/kring checkin on"),
            kring=Code("/kring"),
        )
    )


def stopped(words: catalogue.Words, newcomer: Newcomer) -> Sequence[Block]:
    text = _("Done, no more check-ins. You can always write {help}. Shall I also forget your earlier answers?")
    command = words.label("help")
    return (
        Words(words.say(text, help=Code(command))),
        buttons(
            Button(words.label("Forget them"), Action("checkin.forget", newcomer.id)),
            Button(words.label("Keep them for me"), Action("checkin.keep", newcomer.id)),
        ),
    )


def listening(words: catalogue.Words) -> Words:
    choice = words.label("I'll listen")
    return Words(
        words.say(
            "When you join a round, choose {listen}: you read along, and nobody waits for a word from you. "
            "{status} shows the rounds there are. I noted that you are listening along; only you see that, and "
            "{stage} changes it.",
            listen=Bold(choice),
            status=Code("/kring round status"),
            stage=Code("/kring me stage"),
        )
    )


def tried(words: catalogue.Words) -> Words:
    return Words(
        words.say(
            "Good to hear. {find} finds what you picked up, {tried} and its number tells how it went. Whoever it came "
            "from hears of it.",
            find=Code("/kring knowhow find"),
            tried=Code("/kring knowhow tried"),
        )
    )


def preview(words: catalogue.Words, newcomer: Newcomer, shown: Message, company: Company) -> Message:
    """The introduction as it would stand in the channel, for the newcomer alone."""
    change = Button(words.label("Change it"), Action("checkin.line", f"{newcomer.id}.1"))
    leave = Button(words.label("Leave it"), Action("checkin.leave", newcomer.id))
    if company.place is None:
        return message(
            Words(words.say("This is your line. I do not know a channel to post it in, so copy it where you like.")),
            *shown.blocks,
            buttons(change, leave),
        )
    return message(
        Words(words.say("Only you see this. Shall I post it in {hello_channel}?", **company.fill(words))),
        *shown.blocks,
        buttons(Button(words.label("Post it"), Action("checkin.post", newcomer.id), "primary"), change, leave),
    )


def introduction(words: catalogue.Words, person: Person, line: str) -> Message:
    """In the channel: somebody's own words about themselves."""
    return message(
        Words(words.say("{name} introduces themselves: {line}", name=person.shown(), line=plain(line))),
    )


def welcome_taken_back(words: catalogue.Words) -> Message:
    """In place of a Start button, without the name."""
    return message(Words(words.say("Somebody new was welcomed here.")))


def introduction_taken_back(words: catalogue.Words) -> Message:
    return message(Words(words.say("Somebody introduced themselves here and took it back.")))


def waits(words: catalogue.Words, newcomer: Newcomer) -> Sequence[Block]:
    """Something could not be written to them."""
    show = Button(words.label("Show me"), Action("newcomer.start", newcomer.id), "primary")
    return (Words(words.say("I have something for you that no direct message could bring.")), buttons(show))


def menu(words: catalogue.Words, newcomer: Newcomer, company: Company) -> Sequence[Block]:
    """What a newcomer can do at any time."""
    match newcomer.pace:
        case "unanswered":
            start = Button(words.label("Start"), Action("newcomer.start", newcomer.id), "primary")
            return (Words(words.say("I have a word of welcome for you.")), buttons(start))
        case "regular":
            labels: tuple[Label, ...] = (QUESTION, STUCK, FEWER, STOP)
        case "fewer":
            labels = (QUESTION, STUCK, ON, STOP)
        case _:
            labels = (QUESTION, STUCK, ON)
    return (
        Words(words.say("You are new here. I pass on only what you choose, to whom you choose.")),
        _controls(words, newcomer, None, labels, company),
    )


def stage(words: catalogue.Words, stage: Stage) -> Message:
    name = words.label(STAGE_NAMES[stage])
    return message(
        Words(words.say("Noted: *{stage}*. Only you see it, and you can change it at any time.", stage=name))
    )
