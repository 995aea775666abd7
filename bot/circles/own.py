"""One's own circles, one's own data, and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CommandCalled, MemberLeft
from bot.chat.messages import Block, Button, Heading, Message, buttons
from bot.chat.names import Place
from bot.circles import keeping, rules, views
from bot.circles.declaring import declared
from bot.circles.model import Circle
from bot.circles.ports import Ctx


def home(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    return Tell(_home(ctx))


def home_pressed(ctx: Ctx, _event: ButtonPressed) -> Answer:
    return Tell(_home(ctx))


def _home(ctx: Ctx) -> Message:
    return views.home(ctx.words, _blocks(ctx, _current(ctx)), declared(ctx))


def _current(ctx: Ctx) -> list[Circle]:
    """Where one is in, is asked for, or holds it."""
    person = ctx.actor.id
    return [
        each
        for each in ctx.unit.circles.of(ctx.community.id, person)
        if each.state != "closed" and person in (*each.members, *each.asked, each.facilitator)
    ]


def _blocks(ctx: Ctx, circles: Sequence[Circle]) -> list[Block]:
    people = keeping.people_of(ctx, *circles)
    return [
        block
        for each in circles
        for block in views.mine(ctx.words, each, ctx.actor, people, decides=keeping.decides(ctx, each))
    ]


def all_pressed(ctx: Ctx, _event: ButtonPressed) -> Answer:
    found = ctx.unit.circles.all(ctx.community.id)
    return Tell(views.all_(ctx.words, found, ctx.actor.id, keeping.people_of(ctx, *found)))


# -- in the menu, and on one's own page


def menu(ctx: Ctx, _place: Place) -> Sequence[Block]:
    return (
        buttons(
            Button(ctx.words.label("My circles"), Action("circle.home")),
            Button(ctx.words.label("All circles"), Action("circle.all")),
        ),
    )


def page(ctx: Ctx) -> Sequence[Block]:
    if ctx.person is None or not (circles := _current(ctx)):
        return ()
    return (Heading(ctx.words.label("My circles")), *_blocks(ctx, circles))


# -- one's own data, and the way out


def exports(ctx: Ctx) -> Mapping[str, Any]:
    """Everything kept about the person who acts, for a file. Of others only the names in their own wishes."""
    store, person, community = ctx.unit.circles, ctx.actor.id, ctx.community.id
    kept: dict[str, Any] = {}
    said = store.declared(community, person)
    if said is not None:
        kept["for_circles"] = {
            "on_the_list": said.ready,
            "experience": said.experience,
            "languages": list(said.languages),
            "suits": list(said.slots),
            "topics": said.topics,
        }
    wishes = store.wishes(community, (person,))
    names = ctx.unit.people.many(community, (each.other for each in wishes))
    kept["wishes"] = [{"kind": each.kind, "about": names[each.other].name} for each in wishes if each.other in names]
    kept["circles"] = [_seat(each, person) for each in store.of(community, person)]
    kept["proposed_circles"] = [
        {"at": each.at.isoformat(), "asked_for_by_you": each.by == person, "question": each.question}
        for each in store.formations(community)
        if person in each.people or each.by == person
    ]
    return {name: thing for name, thing in kept.items() if thing != []}


def _seat(circle: Circle, person: str) -> dict[str, Any]:
    seat = circle.seat(person)
    return {
        "circle": circle.name,
        "question": circle.question,
        "state": circle.state,
        "you": seat.state if seat else None,
        "since": seat.since.isoformat() if seat else None,
        "you_hold_it": circle.facilitator == person,
    }


def left(ctx: Ctx, _event: MemberLeft) -> Answer:
    """Out of every circle when they are in no space of the community any more, and off the list."""
    known = ctx.person and ctx.unit.people.get(ctx.community.id, ctx.person.id)
    if known is not None and known.gone:
        _out(ctx, known.id)
        said = ctx.unit.circles.declared(ctx.community.id, known.id)
        if said is not None and said.ready:
            ctx.unit.circles.declare(ctx.community.id, replace(said, ready=False))
    return Nothing()


def forget(ctx: Ctx, person: str, _contributions: str) -> None:
    """Erases all that is kept here. Wishes of others about them go, too."""
    _out(ctx, person)
    ctx.unit.circles.forget(ctx.community.id, person)


def unite(ctx: Ctx, person: str, into: str) -> None:
    """Somebody linked two accounts: in every circle they are one, and who was asked twice answers once."""
    here = ctx.community.id
    for before in ctx.unit.circles.of(here, person):
        own = before.seat(into)
        if own is not None and own.state in ("in", "asked"):
            ctx.unit.outbox.drop(here, keeping.question(before, person))
            ctx.unit.outbox.drop(here, keeping.letter(before, person))
        keeping.keep(ctx, before, *rules.unite(before, person, into, ctx.now))
    ctx.unit.circles.unite(here, person, into)


def _out(ctx: Ctx, person: str) -> None:
    for before in ctx.unit.circles.of(ctx.community.id, person):
        ctx.unit.outbox.drop(ctx.community.id, keeping.letter(before, person))
        if before.state != "closed":
            keeping.keep(ctx, before, *rules.leave(before, person, ctx.now))
