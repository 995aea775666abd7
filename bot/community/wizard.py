"""What a host sees of how Kring is set up: a card with what is set and what is missing, and the ways to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.actions import Action
from bot.chat.customs import customs
from bot.chat.messages import (
    Block,
    Button,
    Choice,
    Controls,
    Divider,
    Facts,
    Heading,
    Message,
    Note,
    Select,
    Words,
    message,
)
from bot.chat.names import Channel, Space
from bot.chat.people import Community, Person
from bot.chat.text import ChannelName, Code, Moment, Plain, Text, bullets, chained, plain
from bot.community.model import CODE_LASTS, LinkCode
from bot.community.rules import Missing
from bot.refusals import let_in
from bot.texts import catalogue
from bot.texts.catalogue import LANGUAGES, _

MISSING: Mapping[Missing, str] = {
    "set_up": _("Nobody has filled in the setup form yet: call setup."),
    "home": _("There is no home channel: call setup in the channel where I should greet people."),
    "contacts": _(
        "Fewer than two people to turn to about how people treat each other. Name at least two: somebody may be the "
        "one it is about."
    ),
    "facilitator": _("Nobody is a facilitator yet, so hosts may do what facilitators do: setup facilitator @name."),
}

STORED = (
    _("who takes part: name, language, time zone and what people chose themselves"),
    _("rounds: what people answered, private until it is revealed, and who takes part"),
    _("know-how: words that their authors agreed to keep, and those yeses"),
    _("newcomers: check-ins for ninety days, readable by themselves only"),
)
"""What Kring keeps, in one line per thing; the whole table stands in the documentation."""


def card(
    words: catalogue.Words,
    community: Community,
    space_name: str,
    here: Channel | None,
    missing: Sequence[Missing],
    *,
    reader: Space,
    tested: bool,
) -> Message:
    """What is set, what is stored, and the first things to do. `tested`: a test message is on its way."""
    parts: list[Block] = [Heading(words.label("{community} is set up", community=community.name))]
    if tested:
        parts.append(
            Words(
                words.say(
                    "I have sent you a test message, which only you see. Nothing there? Then direct messages are "
                    "closed here."
                )
            )
        )
    parts.append(Facts(_rows(words, community, here.space if here is not None else None)))
    parts += [Note(words.say(MISSING[each])) for each in missing if each in ("home", "contacts")]
    home = community.home if here is None else community.home_in(here.space)
    if home is not None and customs(home.space).invitation:
        told = words.say("I can greet people in {channel} when I am in it. Am I not?", channel=ChannelName(home))
        parts.append(Note((*told, Plain(" "), *let_in(words, home))))
    more = [
        Button(words.label("Start a first round"), Action("round.start"), style="primary"),
        Button(words.label("Who to turn to"), Action("setup.contacts")),
        Button(words.label("Days without rounds"), Action("setup.daysoff")),
        Button(words.label("Name of this space: {name}", name=space_name), Action("setup.space")),
        Button(words.label("Change"), Action("setup.open")),
    ]
    if here is not None and here != home:
        more.append(Button(words.label("Make this channel the home"), Action("setup.home", here.id)))
    parts += [Controls(tuple(more)), Controls(_chosen(words, community, reader)), Divider()]
    parts.append(Words((*words.say("*What I keep*"), *bullets(map(words.say, STORED)))))
    data = words.say(
        "{data} gives everybody their own data as a file, {forget} erases it.",
        data=Code("/kring me data"),
        forget=Code("/kring me forget"),
    )
    return message(*parts, Note(data))


def to_do(words: catalogue.Words, community: Community, missing: Sequence[Missing]) -> list[Block]:
    """For a host's own page: the way to the settings, and what is missing in them."""
    first = Button(words.label("Set up"), Action("setup.open"), style="normal" if community.set_up else "primary")
    turn = Button(words.label("Who to turn to"), Action("setup.contacts"))
    heading = Heading(words.label("How {community} is set up", community=community.name))
    return [heading, _missing(words, missing), Controls((first, turn))]


def check(
    words: catalogue.Words,
    community: Community,
    spaces: Mapping[Space, str],
    rights: Mapping[str, Sequence[Person]],
    contacts: Sequence[Person],
    missing: Sequence[Missing],
    *,
    reader: Space,
) -> Message:
    """What is set and what is missing. `rights` has the facilitators and the hosts; `reader`: where it is read."""
    rows = [
        *_rows(words, community, reader),
        *_elsewhere(words, community, spaces, reader),
        (words.label("Spaces"), plain(", ".join(f"{name} ({space.platform})" for space, name in spaces.items()))),
        (words.label("Facilitators"), people(words, rights["facilitator"])),
        (words.label("Hosts"), people(words, rights["host"])),
        (words.label("Who to turn to"), people(words, contacts)),
    ]
    parts: list[Block] = [
        Heading(words.label("How {community} is set up", community=community.name)),
        Facts(tuple(rows)),
    ]
    parts.append(_missing(words, missing))
    change = [
        Button(words.label("Change"), Action("setup.open")),
        Button(words.label("Who to turn to"), Action("setup.contacts")),
        Button(words.label("Days without rounds"), Action("setup.daysoff")),
    ]
    return message(*parts, Controls((*change, *_chosen(words, community, reader))))


def test_message(words: catalogue.Words, community: Community) -> Message:
    return message(
        Words(
            words.say(
                "This is a test message for {community}. It works: I can write to you. Nobody else sees this.",
                community=community.name,
            )
        )
    )


def facilitators(words: catalogue.Words, current: Sequence[Person]) -> Message:
    if not current:
        return message(Words(words.say("Nobody is a facilitator now, so hosts may do what facilitators do.")))
    return message(Words(words.say("Facilitators: {people}.", people=people(words, current))))


def code(words: catalogue.Words, made: LinkCode) -> Message:
    """The code, and what its bearer can do with it."""
    shown = f"{made.code[:4]}-{made.code[4:]}"
    said = words.say(
        "In the other space, let a host call {command}. Its people then belong to this community: rounds, know-how and "
        "newcomers are shared, and its hosts are hosts here too. The code works once, until {until}.",
        command=Code(f"/kring setup link {shown}"),
        until=Moment(made.until, "time"),
    )
    hours = words.counted("Valid for {n} hour.", "Valid for {n} hours.", int(CODE_LASTS.total_seconds() // 3600))
    return message(Words(said), Note(plain(hours)))


def joined(words: catalogue.Words, community: Community, spaces: Mapping[Space, str]) -> Message:
    names = words.names(spaces.values())
    said = words.say("This space now belongs to *{community}*: {spaces}.", community=community.name, spaces=names)
    home = words.say(
        "Call {setup} in the channel here where I should greet people and where rounds of all spaces may stand. Who "
        "has an account in both links them with {link}.",
        setup=Code("/kring setup"),
        link=Code("/kring me link"),
    )
    return message(Words(said), Words(home))


def people(words: catalogue.Words, shown: Sequence[Person]) -> Text:
    if not shown:
        return words.say("nobody")
    return chained((person.shown(),) for person in shown)


def _elsewhere(
    words: catalogue.Words, community: Community, spaces: Mapping[Space, str], reader: Space
) -> tuple[tuple[str, Text], ...]:
    """In which other spaces the community has a home channel, and in which it has none, by their names."""
    others = {space: name for space, name in spaces.items() if space != reader}
    home = [name for space, name in others.items() if community.home_in(space) is not None]
    none = [name for space, name in others.items() if community.home_in(space) is None]
    rows = ((words.label("Home channels elsewhere"), home), (words.label("Spaces without a home channel"), none))
    return tuple((label, plain(words.names(names))) for label, names in rows if names)


def _rows(words: catalogue.Words, community: Community, reader: Space | None) -> tuple[tuple[str, Text], ...]:
    everybody = community.starters == "members"
    starters = words.say("every member") if everybody else words.say("facilitators only")
    channel = community.home if reader is None else community.home_in(reader)
    home = (ChannelName(channel),) if channel is not None else words.say("not set")
    return (
        (words.label("Language"), plain(LANGUAGES.get(community.language, community.language))),
        (words.label("Time zone"), plain(community.timezone)),
        (words.label("Home channel"), home),
        (words.label("Rounds are started by"), starters),
        (words.label("Emoji that keeps know-how"), plain(f":{community.keep_emoji}:")),
        (
            words.label("Unasked messages"),
            words.say("at most {n} a day for each person", n=community.daily_messages),
        ),
    )


def _missing(words: catalogue.Words, missing: Sequence[Missing]) -> Words:
    if not missing:
        return Words(words.say("Nothing is missing."))
    return Words((*words.say("*What is missing*"), *bullets(words.say(MISSING[each]) for each in missing)))


def _chosen(words: catalogue.Words, community: Community, reader: Space) -> tuple[Select, ...]:
    """What is set by picking it from a list."""
    return (_budget(words, community), *((_offers(words, community),) if customs(reader).closes_threads else ()))


def _offers(words: catalogue.Words, community: Community) -> Select:
    choices = (Choice("yes", words.label("Offer to keep it")), Choice("no", words.label("Say nothing")))
    chosen = ("yes" if community.offers_threads else "no",)
    return Select(words.label("Before a thread closes"), Action("setup.threads"), choices, chosen=chosen)


def _budget(words: catalogue.Words, community: Community) -> Select:
    choices = tuple(Choice(str(n), words.label("{n} a day", n=n)) for n in range(1, 7))
    chosen = (str(community.daily_messages),)
    return Select(words.label("Unasked messages to each person"), Action("setup.budget"), choices, chosen=chosen)


def said(*paragraphs: Text) -> Message:
    return message(*(Words(each) for each in paragraphs))
