"""The longest of everything that a view takes, made by the type and the name of what it takes.

A view that takes something new makes the test say what is not known here yet.
"""

from __future__ import annotations

import collections.abc
import itertools
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from bot.chat.actions import Action
from bot.chat.commands import Command, Misused, Unknown
from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, Words, message
from bot.chat.names import Account, Channel, Space, Thread
from bot.chat.people import Community, Person, Quiet
from bot.chat.standing import Standing
from bot.chat.text import Bold, Moment, Text, plain
from bot.circles.account import Account as Told
from bot.circles.forming import WEIGHTS, Weights
from bot.circles.model import SLOTS, TONGUES, Circle, Declared, Formation, Seat, Wish
from bot.community.model import LinkCode
from bot.features import gather
from bot.knowhow.model import ClosingThread, Contributor, Item, Quote, Tried
from bot.newcomers.company import Company
from bot.newcomers.model import DAYS, CheckinAnswer, Help, Newcomer, Pairing
from bot.rounds.balance import Balance, Band, Flow
from bot.rounds.formats import shipped
from bot.rounds.leading import Lead
from bot.rounds.model import Round
from bot.rounds.objections import Voiced
from bot.rounds.picking import CROWDS, TIMES, Crowd, Later, Occasion, Pick, Proposal
from bot.rounds.record import Kept, Record
from bot.rounds.recurring import LAST, Rule
from bot.rounds.said import Contribution
from bot.rounds.schedule_cards import Shown
from bot.rounds.schedules import MOST_HERE, Schedule
from bot.rounds.script import NEEDS, Format
from bot.rounds.seen import Seen, SeenAnswer
from bot.rounds.step_rules import VoteRule
from bot.rounds.task import LIGHT, Task
from tests.bot.newcomers.people import newcomer

SPACE, ELSEWHERE = Space("slack", "T024BE7LH"), Space("slack", "T0ELSEWHERE")
CLOSES_THREADS = Space("discord", "1")
HOME, AWAY = Channel(SPACE, "C2147483705"), Channel(ELSEWHERE, "C0ELSEWHERE")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
WILD = "<!channel> & *nobody* @everyone :smile: `x` http://example.org\n> wat een lange zin is dit weer geworden. "
IDS = ("ana", "bo", "cas", "dee", "fay", "kim", "a", "b", "c")


def letters(most: int) -> str:
    """So many, of the kind that could be read for something else."""
    return (WILD * (most // len(WILD) + 1))[:most]


def holds_people_s_words(text: str) -> bool:
    """Long names and topics may be cut in a label, where people see it; words of ours may not."""
    return any(words in text for words in ("Wilhelmina", "<!channel>"))


LENGTHS = {
    "name": 80, "space_name": 80, "noun": 20, "prompt": 600, "topic": 200, "line": 300, "change": 1000, "keep": 1000,
    "query": 3000, "typed": 3000, "contribution": 12, "message": 30, "id_": 15, "chosen": 12,
}  # fmt: skip
"""The longest that people can give for each text of a view; for all others an answer of the longest kind."""
LONGEST = 3000

TAKEN = Task("t" * 12, "a", "objection", letters(2500), named=True, given_at=NOW, remind_at=NOW)
VOICED = (
    Voiced(0, 0, "a", objects=True, words=letters(2500), task=TAKEN),
    Voiced(0, 1, "b", objects=True, words=letters(2500), task=None),
    Voiced(0, 2, None, objects=True, words="", task=None),
)

CLOSED: Mapping[str, tuple[Any, ...]] = {
    "circles.forms.form.choice": ("", "one", "two"),
    "circles.forms.slot.name": SLOTS,
    "circles.forms.wish.kind": ("with", "apart", "line"),
    "circles.views.which.action": ("circle.leave",),
    "community.accounts.link_question.code": ("abcdefgh",),
    "community.accounts.own_code.letters": ("abcdefgh",),
    "community.views.why.kind": ("nudge", "turn", "checkin", "consent", "request", "notice", "keep"),
    "community.views.detail.noun": ("round", "me"),
    "community.wizard.card.reader": (SPACE, CLOSES_THREADS),
    "community.wizard.check.reader": (SPACE, CLOSES_THREADS),
    "community.wizard.check.rights": ({"facilitator": (), "host": ()},),
    "newcomers.forms.share.to": ("buddy", "circle", "nobody"),
    "newcomers.letters.question.answer": ("", "h1"),
    "newcomers.views.checkin.day": DAYS,
    "newcomers.views.replied.day": (1, None),
    "rounds.forms.objection.kind": ("objection", "concern"),
    "rounds.forms.start.after": ("", "r" * 12),
    "rounds.forms.start.formats": (tuple(shipped().values()),),
    "rounds.holder_letters.decide.about": ("too_few", "quiet"),
    "rounds.holder_letters.wished.wish": ("stop", "another_question"),
    "rounds.notes.role_given.role": ("scribe",),
    "rounds.objection_words.form.free": (VOICED, VOICED[:1]),
    "rounds.own.chooser.verb": ("extend.12",),
    "rounds.proposing.people.need": NEEDS,
    "rounds.proposing.time.need": NEEDS,
    "rounds.schedule_forms.set_up.formats": (tuple(shipped().values()),),
    "rounds.views.consented.answer": ("yes", "unnamed", "no"),
    "rounds.views.left_behind.choice": ("keep", "unname", "remove"),
    "rounds.views.saved.answer": ("abcdefghijkm",),
    "rounds.views.welcome.way": ("speak", "listen"),
}
"""What is a text or a number to the reader of a signature, and one of a few things to the view."""


def person(id_: str) -> Person:
    account = Account(SPACE, f"U0{id_.upper()}")
    name = f"{id_} van der {'Wilhelmina-Alexandrine ' * 4}"[:80]
    return Person(id_, "c1", name, account, "De Werkplaats " * 5, "nl", "America/Argentina/Buenos_Aires", letters(80))


PEOPLE = {id_: person(id_) for id_ in IDS}
COMMUNITY = Community("c1", letters(80), home=HOME, keep_emoji="e" * 60, contacts=("a", "b", "c"))
COMMANDS: tuple[Command, ...] = gather().offered.commands


def item(**changes: Any) -> Item:
    """With everything that can be in one, each as long as it may be."""
    fields: tuple[Any, ...] = ("title", "problem", "situation", "what_we_do", "because", "except_when", "sensed_by")
    own = {each: letters(90 if each == "title" else 3000) for each in fields}
    quotes = tuple(Quote(n, "what_we_do", letters(600), by=n % 4 + 1) for n in range(1, 9))
    known = tuple(
        Contributor(n, id_, "yes", letters(2000), 1, may_ask=True, name=PEOPLE[id_].name)
        for n, id_ in enumerate(("kim", "a", "b", "c"), 1)
    )
    tried = tuple(Tried(n, "c", "worked_changed", letters(300), letters(1000), "yes", True, NOW) for n in range(1, 12))
    whole = Item(
        "i" * 12, "c1", "kim", NOW, stage="shared", number=12345, own=own, link="https://example.org/" + "x" * 480,
        transfer="do_together", sensitive=True, quotes=quotes, contributors=known, tried=tried, place=HOME,
        shared_at=NOW,
    )  # fmt: skip
    return replace(whole, **changes)


CIRCLE = Circle(
    "k" * 12, 1234, letters(60), letters(300), "open", "a", HOME, 3, NOW,
    tuple(Seat(id_, "in", NOW) for id_ in IDS[:5]), NOW, NOW,
)  # fmt: skip
ASKED = replace(CIRCLE, state="forming", facilitator="", seats=tuple(Seat(id_, "asked", NOW) for id_ in IDS))
DECLARED = Declared("a", experience="long", languages=tuple(TONGUES), slots=SLOTS, topics=letters(200))
TOLD = Told(
    IDS, 9, 9, 3, tuple(TONGUES), SLOTS, 4, 36, 36, 3, ("language", "slot", "apart", "new_alone", "new_many")
)  # fmt: skip
FORMATION = Formation(
    "f" * 12, 0, "a", letters(40), letters(300), True, HOME, 2**63, NOW, (IDS, IDS), "proposed", 160, 99
)  # fmt: skip
COMPANY = Company(PEOPLE["a"], COMMUNITY, PEOPLE["b"], (PEOPLE["b"], PEOPLE["c"]), HOME)
TASKS = tuple(Task("t" * 12, "a", kind, letters(2500), named=True, given_at=NOW) for kind in LIGHT)
RECORD = Record(
    steps=(0,),
    kept=tuple(Kept("c" * 12, 0, letters(2500), author=id_) for id_ in ("a", "b", "c")),
    ask=("a", "b", "c"),
    gifts=TASKS,
    objections=VOICED,
    elsewhere=((letters(80), 12),),
)
_SCHEDULE = Schedule(
    "s" * 12, "c1", HOME, "reveal_together", letters(200), "live",
    Rule("week", 2, time(12, 30), "America/Argentina/Buenos_Aires", NOW.date(), 12), "a", NOW, next_at=NOW,
    other_topic=letters(200),
)  # fmt: skip
REPEATING = (
    _SCHEDULE,
    replace(_SCHEDULE, holder=None, next_at=None, resting="right", preset="async"),
    replace(_SCHEDULE, channel=AWAY, rule=replace(_SCHEDULE.rule, every="month", nth=LAST)),
)
REPEATED = tuple(Shown(REPEATING[n % 3], next(iter(shipped().values())), True) for n in range(MOST_HERE))
_PROPOSED = tuple(Proposal(each, ("need", "explore", "rested")) for each in shipped().values())[:3]
PICKS = (
    Pick(_PROPOSED, Later(_PROPOSED[0].format, 2, 0)),
    Pick(tuple(Proposal(each.format, ()) for each in _PROPOSED), Later(_PROPOSED[0].format, 0, 1)),
    Pick(()),
)
TEXT: Text = (*plain(letters(400)), Bold("bold"), Moment(NOW), PEOPLE["b"].shown(notify=True))
BUTTON = Button("A button", Action("a.b", "1"))
ONE: Mapping[Any, tuple[Any, ...]] = {
    bool: (True, False),
    int: (1, 3),
    datetime: (NOW,),
    date: (NOW.date(),),
    type(None): (None,),
    Account: (PEOPLE["a"].account,),
    Space: (SPACE,),
    Channel: (HOME, AWAY),
    Message: (message(Words(TEXT)),),
    Button: (BUTTON,),
    Person: (PEOPLE["a"], replace(PEOPLE["b"], host=True, facilitator=True)),
    Community: (COMMUNITY, Community("c1", "x")),
    Quiet: (Quiet(),),
    Circle: (CIRCLE, ASKED, replace(CIRCLE, state="resting", seats=()), replace(CIRCLE, state="closed", home=None)),
    Declared: (DECLARED, Declared("b", ready=False)),
    Wish: tuple(Wish("a", "b", kind) for kind in ("with", "apart", "line")),  # type: ignore[arg-type]
    Formation: (FORMATION, replace(FORMATION, share=0, circles=(IDS,)), replace(FORMATION, share=100)),
    Told: (TOLD, replace(TOLD, silent=0), replace(TOLD, slots=(), met=0, newcomers=0, unmet=())),
    Weights: (WEIGHTS,),
    LinkCode: (LinkCode("abcd-efgh", "a", NOW),),
    Item: (item(), item(stage="drafted", number=None, tried=(), link=""), item(own={}, sensitive=False)),
    Contributor: item().contributors,
    Tried: item().tried,
    ClosingThread: (ClosingThread("t" * 12, "c1", Thread(HOME, "5"), NOW),),
    Standing: (Standing(Thread(HOME, "5"), NOW, title=letters(100)), Standing(Thread(HOME, "5"), None)),
    Company: (COMPANY, replace(COMPANY, buddy=None, facilitators=(), place=None)),
    Newcomer: (newcomer(PEOPLE["a"], NOW), newcomer(PEOPLE["a"], NOW, pace="fewer")),
    CheckinAnswer: (CheckinAnswer("h1", "n1", "a", "question", letters(1000), NOW, ("b", "c")),),
    Help: tuple(Help("h1", "n1", "a", kind, letters(1000), True, NOW) for kind in ("chat", "trio", "link", "task")),  # type: ignore[arg-type]
    Pairing: (Pairing("b1", "n1", "a", "b", NOW),),
    Unknown: (Unknown(letters(3000), COMMANDS[3]), Unknown("x", None)),
    Misused: tuple(
        Misused(each, option.name, fault, letters(3000))
        for each in COMMANDS
        for option in each.options[:1]
        for fault in ("missing", "not_a_number", "not_a_choice", "not_a_person", "too_much")
    ),  # type: ignore[arg-type]
    Command: COMMANDS[:3],
    Format: tuple(shipped().values()),
    Schedule: (REPEATING[0], REPEATING[1]),
    Shown: REPEATED,
    Crowd: CROWDS,
    Occasion: tuple(Occasion(need, CROWDS[-1], length) for need in NEEDS[:2] for length in TIMES),
    Pick: PICKS,
    Text: (TEXT, ()),
    Block: (Heading(letters(200)), Words(TEXT), Words(TEXT, quote=True), Note(TEXT), Controls((BUTTON,))),
    Task: (*TASKS, TAKEN),
    Lead: (Lead(0, "experiment_design", "", 3),),
    Voiced: VOICED,
    Record: (RECORD, Record((), (), (), ())),
    Balance: (Balance(9, 1, 0.5), Balance(0, 9)),
    Band: (Band(),),
    Flow: (Flow(9999, 9999, 9999, 9999, "drafted"), Flow(0, 0, 0, 0, "shared")),
    VoteRule: (),
    Round: (),
    Contribution: (),
    Seen: (),
    SeenAnswer: (),
}  # fmt: skip
"""Candidates for each type; what belongs to a round is given by the round (see `moments`)."""


class NotKnown(Exception):
    """Nobody has said yet how one of these is made, long."""


def candidates(hint: Any, name: str) -> tuple[Any, ...]:
    """What may be given for a parameter of this type and name."""
    if hint in ONE:
        return ONE[hint]
    if hint is str:
        return (letters(LENGTHS.get(name, LONGEST)),)
    if hint in (Any, object):
        return ("x",)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return inner
    if origin is Annotated:
        return candidates(inner[0], name)
    if origin in (Union, types.UnionType):
        return tuple(itertools.chain.from_iterable(candidates(each, name) for each in inner))
    if origin is tuple and inner[-1] is not Ellipsis:
        return (tuple(next(iter(candidates(each, name))) for each in inner),)
    if origin in (collections.abc.Mapping, dict):
        keys, values = candidates(inner[0], "name"), candidates(inner[1], name)
        return (dict(zip(keys, itertools.cycle(values), strict=False)),)
    if origin in (tuple, list, *_SEVERAL):
        return (candidates(inner[0], name), ())
    raise NotKnown(f"how is a {hint!r} made, for {name!r}?")


_SEVERAL = (collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)


def combined(options: Mapping[str, Iterable[Any]], most: int = 64) -> Iterator[dict[str, Any]]:
    """Every combination, or, where that is too many, each option once beside the first of all others."""
    listed = {name: tuple(each) for name, each in options.items()}
    size = 1
    for each in listed.values():
        size *= len(each)
    if size <= most:
        yield from (dict(zip(listed, each, strict=True)) for each in itertools.product(*listed.values()))
        return
    first = {name: each[0] for name, each in listed.items()}
    yield first
    for name, each in listed.items():
        yield from ({**first, name: other} for other in each[1:])
