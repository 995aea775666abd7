"""Every view there is, found and called with the longest words people can give.

    views() -> {"rounds.cards.header": the function, …}        made(name, language) -> each way to show it, once

A view is any public function of the core that makes a message, a form or blocks. Nobody has to list them: they are
found, and called with what `longest` makes for their parameters.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, get_type_hints

import pytest

import bot
from bot.chat.forms import Form
from bot.chat.messages import Controls, Divider, Facts, Heading, Message, Note, Picture, Words
from bot.rounds import cards, rules, shown
from bot.rounds.formats import shipped
from bot.rounds.leading import Lead, lead
from bot.rounds.model import Round
from bot.rounds.seen import seen_by
from bot.texts.catalogue import words_in
from tests.bot.rounds.test_views import distinct, played
from tests.contracts import longest

BLOCKS = (Heading, Words, Facts, Note, Divider, Picture, Controls)
MADE = ("Message", "Form", "Block", "Controls")
Shown = Message | Form
Around = dict[str, tuple[Any, ...]]


@cache
def views() -> dict[str, Callable[..., Any]]:
    """All views by name, such as `rounds.cards.header`."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name.startswith(("bot.chat.", "bot.__main__", "bot.compose")):
            continue
        loaded = importlib.import_module(module.name)
        for name, each in vars(loaded).items():
            public = inspect.isfunction(each) and each.__module__ == module.name and not name.startswith("_")
            made = str(each.__annotations__.get("return")) if public else ""
            names = {part for word in made.split() for part in _words(word)}
            # what takes a context is no view: it loads things and calls views
            if names & set(MADE) and "Answer" not in names and "ctx" not in each.__annotations__:
                found[f"{module.name.removeprefix('bot.')}.{name}"] = each
    return found


def _words(annotation: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in annotation).split()


def each_view() -> pytest.MarkDecorator:
    """The test is run for every view. What looks at the same one does so in one process, which makes it once."""
    marked = [pytest.param(name, id=name, marks=pytest.mark.xdist_group(name)) for name in sorted(views())]
    return pytest.mark.parametrize("name", marked)


@cache
def made(name: str, language: str) -> tuple[Shown, ...]:
    return tuple(dict.fromkeys(_each(name, language)))


def _each(name: str, language: str) -> Iterator[Shown]:
    view = views()[name]
    signature = inspect.signature(view)
    hints = get_type_hints(view, include_extras=True)
    known: set[object] = set()
    for around in _around(name, set(signature.parameters)):
        options: dict[str, Any] = {}
        for parameter in signature.parameters.values():
            key = f"{name}.{parameter.name}"
            if key in longest.CLOSED:
                options[parameter.name] = longest.CLOSED[key]
            elif parameter.name in around:
                options[parameter.name] = around[parameter.name]
            elif parameter.name in ("words", "language"):
                options[parameter.name] = (words_in(language),)
            elif parameter.kind is not inspect.Parameter.VAR_KEYWORD:
                options[parameter.name] = longest.candidates(hints[parameter.name], parameter.name)
        if around and not POSSIBLE.get(name, lambda _: True)(around):
            continue
        at = _where(around, in_record="record" in options)
        for given in itertools.islice(longest.combined(options), None if at not in known else 1):
            yield from _called(view, signature, dict(given))
        known.add(at)


def _where(around: Around, *, in_record: bool) -> object:
    """Where a round is: there everything is combined once, and at further moments only shown."""
    if not around:
        return None
    [round_], [number] = around["round_"], around["number"]
    if in_record:
        return round_.state
    mode = round_.step.script.mode if round_.step is not None else ""
    return round_.format.id, round_.state, mode, number


def _called(view: Callable[..., Any], signature: inspect.Signature, given: dict[str, Any]) -> Iterator[Shown]:
    positional = [
        given.pop(each.name) for each in signature.parameters.values() if each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    several = [given.pop(each.name) for each in signature.parameters.values() if each.kind is each.VAR_POSITIONAL]
    gives = view(*positional, *several, **given)
    if isinstance(gives, Message | Form):
        yield gives
    elif isinstance(gives, BLOCKS):
        yield Message((gives,))
    elif gives:
        yield Message(tuple(gives))


# -- rounds: what is in one belongs together


def _around(name: str, takes: set[str]) -> Iterable[Around]:
    if not name.startswith("rounds.") or not {"round_", "rounds"} & takes:
        return ({},)
    if "record" in takes:
        return _once_for_each_state()
    every_step = bool({"step", "number"} & takes)
    return (around for at in _insides() for around in (at if every_step else at[:1]))


def _once_for_each_state() -> Iterator[Around]:
    """A record is the same at every moment; of its round only the state is told beside it."""
    shown_at: set[tuple[str, str]] = set()
    for at in _insides():
        [round_] = at[0]["round_"]
        if (round_.format.id, round_.state) not in shown_at:
            shown_at.add((round_.format.id, round_.state))
            yield at[0]


@cache
def _insides() -> tuple[tuple[Around, ...], ...]:
    """Of each moment what is in the round, for each step."""
    return tuple(tuple(_inside(round_)) for round_ in moments())


def _begun(round_: Round) -> list[int]:
    """The steps that something can be shown of."""
    begun = [number for number, run in enumerate(round_.steps) if run.opened_at is not None]
    return begun or [0]


@cache
def moments() -> tuple[Round, ...]:
    """Rounds of every format, named and nameless, at moments from the invitation to the end."""
    chosen: list[Round] = []
    for number, format_ in enumerate(sorted(shipped())):
        whole = list(played(format_, anonymous=number % 2 == 1))
        chosen += [each for at, each in enumerate(whole) if at % 11 == 0 or each.state != whole[at - 1].state]
    return tuple(distinct(chosen))


def _inside(round_: Round) -> Iterator[Around]:
    mine = seen_by(round_, "ana")
    at_every_step: Around = {
        "round_": (round_,),
        "rounds": ((round_, replace(round_, id="r2")), ()),
        "people": (longest.PEOPLE,),
        "alternative": (shipped()["harvest"], None),
        "person": ("ana",),
        "viewer": ("ana", ""),
        "seen": (mine,),
        "asked": ([one for each in mine.steps for one in each.answers if one.mine][:2], ()),
        "one": round_.contributions[:2],
        "picked": ((),),
        "chosen": ("",),
        "rows": (cards.harvest(words_in("nl"), round_),),
    }
    return (at_every_step | _at_step(round_, number) for number in _begun(round_))


def _at_step(round_: Round, number: int) -> Around:
    answers = tuple(shown.visible(round_, number).values())
    script = round_.steps[number].script
    chunks = shown.chunks(list(answers))
    return {
        "number": (number,),
        "step": (number,),
        "before": (round_.answer_of("ana", number), None),
        "answers": (answers,),
        "together": (chunks[0] if chunks else (),),
        "id_": (*(each.id for each in answers[:2]), "gone"),
        "rule": (script.vote,) if script.vote else (),
        "options": (rules.options(round_, number) if script.vote else (),),
        "found": (lead(round_) or Lead(number, "experiment_design", "", 3),),
    }


def _voted_on(around: Around) -> bool:
    return bool(around["rule"]) and bool(around["options"][0])


def _decided(around: Around) -> bool:
    [round_], [number] = around["round_"], around["number"]
    return bool(around["rule"]) and round_.steps[number].counted


POSSIBLE: dict[str, Callable[[Around], bool]] = {
    "rounds.forms.give_role": lambda around: bool(around["round_"][0].format.given),
    "rounds.forms.vote": _voted_on,
    "rounds.forms.respond": lambda around: bool(around["answers"][0]),
    "rounds.shown.result": _decided,
}
"""When a view can be shown at all, where that is not at every moment."""
