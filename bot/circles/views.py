"""What people see of circles: the card of one, one's own, the lists. The letters are in `letters.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Facts, Heading, Message, Note, Words, buttons, message
from bot.chat.people import Person
from bot.chat.text import Code, Moment, Text, chained, plain
from bot.circles.model import Circle, Declared, Wish, WishKind
from bot.circles.sizes import LEAST, MOST
from bot.texts import catalogue

People = Mapping[str, Person]


def said(text: Text) -> Message:
    return message(Words(text))


def names(people: People, ids: Sequence[str]) -> Text:
    """Their names with commas between; who is not known any more is left out."""
    return chained((people[each].shown(),) for each in ids if each in people)


# -- a circle


def rows(words: catalogue.Words, circle: Circle, people: People) -> tuple[tuple[str, Text], ...]:
    """What a circle is, in labels and values."""
    here = names(people, circle.members)
    found: list[tuple[str, Text]] = [
        (words.label("Question"), plain(circle.question)),
        (words.label("People"), here or words.say("nobody yet")),
    ]
    if circle.facilitator in people:
        found.append((words.label("Held by"), (people[circle.facilitator].shown(),)))
    match circle.state:
        case "forming":
            found.append(
                (
                    words.label("State"),
                    words.count("{n} answer is awaited", "{n} answers are awaited", len(circle.asked)),
                )
            )
        case "resting":
            found.append((words.label("State"), words.say("rests for now")))
        case "closed":
            found.append((words.label("State"), words.say("closed")))
        case "open":
            pass
    return tuple(found)


def card(words: catalogue.Words, circle: Circle, people: People) -> Message:
    """As it stands in the home channel."""
    controls = []
    if circle.state in ("open", "resting") and len(circle.members) < MOST:
        controls.append(Button(words.label("Join"), Action("circle.join", circle.id), "primary"))
    note = words.say("Circles have {least} to {most} people. Leaving is always possible.", least=LEAST, most=MOST)
    return message(
        Heading(words.label("Circle {name}", name=circle.name)),
        Facts(rows(words, circle, people)),
        *((buttons(*controls),) if controls else ()),
        Note(note),
    )


def mine(words: catalogue.Words, circle: Circle, person: Person, people: People, *, decides: bool) -> Sequence[Block]:
    """One's own circle, with what one can do."""
    seat, id_ = circle.seat(person.id), circle.id
    controls: list[Button] = []
    if seat is not None and seat.state == "asked":
        controls += answers(words, circle)
    if seat is not None and seat.state == "in":
        controls.append(Button(words.label("Change the question"), Action("circle.ask", id_)))
        if not circle.facilitator:
            controls.append(Button(words.label("I'll hold it"), Action("circle.hold", id_)))
        controls.append(Button(words.label("Leave"), Action("circle.leave", id_)))
    if decides:
        if circle.state == "open":
            controls.append(Button(words.label("Let it rest"), Action("circle.rest", id_)))
        elif circle.state == "resting":
            controls.append(Button(words.label("Wake it up"), Action("circle.open", id_)))
        controls.append(Button(words.label("Close"), Action("circle.close", id_)))
    blocks: list[Block] = [Heading(words.label("Circle {name}", name=circle.name)), Facts(rows(words, circle, people))]
    return [*blocks, *((buttons(*controls),) if controls else ())]


def answers(words: catalogue.Words, circle: Circle) -> list[Button]:
    return [
        Button(words.label("Fine"), Action("circle.fine", circle.id), "primary"),
        Button(words.label("Something else"), Action("circle.else", circle.id)),
    ]


def home(words: catalogue.Words, blocks: Sequence[Block], declared: Declared | None) -> Message:
    """`circle home`: one's own circles, and whether one is on the list."""
    if not blocks:
        blocks = [Words(words.say("You are in no circle."))]
    return message(*blocks, *listed(words, declared), Note(words.say("Only you see this.")))


def listed(words: catalogue.Words, declared: Declared | None) -> Sequence[Block]:
    ready = declared is not None and declared.ready
    text = words.say("You are not on the list for the next circles.")
    if ready:
        text = words.say("You are on the list for the next circles.")
    label = words.label("What I said about me") if ready else words.label("Put me on the list")
    return (
        Words(text),
        buttons(
            Button(label, Action("circle.about")),
            Button(words.label("My wishes"), Action("circle.wishes")),
            Button(words.label("All circles"), Action("circle.all")),
        ),
    )


def all_(words: catalogue.Words, found: Sequence[Circle], person: str, people: People) -> Message:
    """Every circle there is, with a way in where there is room."""
    if not found:
        text = words.say("There are no circles yet. {command} makes one.", command=Code("/kring circle new"))
        return message(Words(text), buttons(Button(words.label("Put me on the list"), Action("circle.about"))))
    blocks: list[Block] = []
    for circle in found:
        blocks += [Heading(words.label("Circle {name}", name=circle.name)), Facts(rows(words, circle, people))]
        if person not in circle.members and circle.state != "forming" and len(circle.members) < MOST:
            blocks.append(buttons(Button(words.label("Join"), Action("circle.join", circle.id))))
    return message(*blocks)


def which(words: catalogue.Words, found: Sequence[Circle], action: str) -> Message:
    """Somebody has several circles."""
    choices = (Button(circle.name, Action(action, circle.id)) for circle in found)
    return message(Words(words.say("Which circle do you mean?")), buttons(*choices))


# -- asked once, before something is gone


def sure_to_leave(words: catalogue.Words, circle: Circle) -> Message:
    text = words.say(
        "Thank you for being in *{circle}*. Shall I take you out? You can come back while there is room.",
        circle=circle.name,
    )
    return message(
        Words(text),
        buttons(
            Button(words.label("Leave"), Action("circle.left", circle.id), "danger"),
            Button(words.label("Stay"), Action("circle.stay", circle.id)),
        ),
    )


def sure_to_close(words: catalogue.Words, circle: Circle) -> Message:
    text = words.say("Shall I close *{circle}* for good? It cannot be opened again; resting can.", circle=circle.name)
    return message(
        Words(text),
        buttons(
            Button(words.label("Close it"), Action("circle.closed", circle.id), "danger"),
            Button(words.label("Let it be"), Action("circle.stay", circle.id)),
        ),
    )


# -- what one would like


def declared(words: catalogue.Words, given: Declared) -> Message:
    text = words.say("You are off the list. What you said stays, for when you come back.")
    if given.ready:
        text = words.say(
            "You are on the list. When circles are formed, I ask you first: nobody is placed without a yes."
        )
    return message(Words(text), buttons(Button(words.label("My wishes"), Action("circle.wishes"))))


def wishes(words: catalogue.Words, found: Sequence[Wish], people: People) -> Message:
    """Somebody's own wishes; each can be taken back."""
    blocks: list[Block] = [Words(words.say("Your wishes for circles. Nobody ever sees them but you."))]
    for each in found:
        if each.other not in people:
            continue
        name = people[each.other].shown()
        blocks += [
            Words(_wish(words, each.kind, name)),
            buttons(Button(words.label("Take it back"), Action("circle.unwish", each.other))),
        ]
    kinds = buttons(
        Button(words.label("With somebody"), Action("circle.wish", "with")),
        Button(words.label("Rather not with somebody"), Action("circle.wish", "apart")),
        Button(words.label("Managers apart"), Action("circle.wish", "line")),
    )
    return message(*blocks, kinds)


def _wish(words: catalogue.Words, kind: WishKind, name: object) -> Text:
    match kind:
        case "with":
            return words.say("With {name}, if it works out.", name=name)
        case "apart":
            return words.say("Rather not with {name}.", name=name)
        case "line":
            return words.say("{name} and you: one of you manages the other, so not in one circle.", name=name)


def until(words: catalogue.Words, circle: Circle) -> Text:
    """Until when an answer counts."""
    if circle.ask_until is None:
        return ()
    return words.say("Please answer before {moment}.", moment=Moment(circle.ask_until, "date"))
