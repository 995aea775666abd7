"""Forming circles: who wants to be in one is seated, the search goes on in small turns, and the facilitator decides.

A turn is a few hundredths of a second, so that nobody waits for the search; between turns the house does other things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing, OpenForm, Replace, Tell
from bot.chat.commands import Given
from bot.chat.events import ButtonPressed, CameDue, CommandCalled, FormSent
from bot.chat.forms import check
from bot.chat.messages import Message
from bot.chat.people import Person
from bot.chat.requests import Post
from bot.circles import asking, forms, keeping, letters, pool, rules, views
from bot.circles.account import account
from bot.circles.forming import WEIGHTS, Applicant, as_puzzle, search_on, start
from bot.circles.model import Circle, CircleMade, CirclesAgreed, CirclesProposed, Formation
from bot.circles.ports import Ctx
from bot.circles.puzzle import bound, circles, score
from bot.circles.sizes import Unsplittable, even, split
from bot.circles.swapping import LITTLE
from bot.errors import FormMistake, UserMistake

TURNS = 16
"""So often it is searched on before the facilitator gets it, unless nothing can be better."""
LOOKS = 60_000
"""Looks at a person in one turn, times the number of people: a look takes longer the more there are."""
AT_MOST = 1500
"""Looks in one turn."""
SOON = timedelta(milliseconds=1)


def form(ctx: Ctx, _event: CommandCalled, _given: Given) -> Answer:
    """`circle form`: what is proposed already, else the form, or in words why there can be no circles."""
    open_ = ctx.unit.circles.formations(ctx.community.id)
    if open_ and open_[-1].state == "proposed":
        return Tell(_card(ctx, open_[-1], ctx.actor))
    if open_:
        return Tell(letters.searching(ctx.words, len(open_[-1].people), len(open_[-1].circles)))
    return _begin(ctx)


def _begin(ctx: Ctx) -> Answer:
    people = len(pool.waiting(ctx))
    match split(people):
        case Unsplittable(why="few"):
            return Tell(letters.too_few(ctx.words, people))
        case Unsplittable():
            return Tell(letters.eleven(ctx.words))
        case sizes:
            return OpenForm(forms.form(ctx.words, "", sizes))


def form_eleven(ctx: Ctx, event: ButtonPressed) -> Answer:
    """One circle of eleven, or six and five."""
    _must_form(ctx)
    return OpenForm(forms.form(ctx.words, event.action.id, _sizes(event.action.id, len(pool.waiting(ctx)))))


def _sizes(choice: str, people: int) -> tuple[int, ...]:
    if people == 11 and choice in ("one", "two"):
        return (11,) if choice == "one" else even(11, 2)
    sizes = split(people)
    if isinstance(sizes, Unsplittable):
        raise UserMistake("There are {n} people on the list now, and they cannot be split into circles.", n=people)
    return sizes


def sent(ctx: Ctx, event: FormSent) -> Answer:
    """The search begins; the facilitator hears of it as soon as it is done."""
    _must_form(ctx)
    waiting = tuple(each.person for each in pool.waiting(ctx))
    sizes = _sizes(event.action.id, len(waiting))
    values, faults = check(forms.form(ctx.words, event.action.id, sizes), dict(event.values))
    if faults:
        raise FormMistake(faults)
    formation = Formation(
        id=ctx.new_id(),
        number=0,
        by=ctx.actor.id,
        name=" ".join(values.text("name").split()),
        question=" ".join(values.text("question").split()),
        live=values.text("live") == "live",
        home=keeping.home_for(ctx, event.place),
        seed=ctx.seed,
        at=ctx.now,
        circles=(waiting,),
    )
    for other in ctx.unit.circles.formations(ctx.community.id):
        _drop(ctx, other)
    people = pool.applicants(ctx, formation.people)
    puzzle = as_puzzle(people, sizes, pool.known(ctx, formation))
    seating = start(puzzle, formation.seed)
    _keep(ctx, replace(formation, circles=_named(people, circles(puzzle, seating))))
    ctx.wait(Action("circle.forming", formation.id), ctx.now + SOON)
    return Tell(letters.searching(ctx.words, len(people), len(sizes)))


def _must_form(ctx: Ctx) -> None:
    if not ctx.facilitates(ctx.actor):
        raise UserMistake("Only facilitators form circles.")


def _named(people: Sequence[Applicant], members: list[list[int]]) -> tuple[tuple[str, ...], ...]:
    ids = [each.id for each in people]
    return tuple(tuple(ids[one] for one in circle) for circle in members)


def _keep(ctx: Ctx, formation: Formation) -> None:
    ctx.unit.circles.save_formation(ctx.community.id, formation)


def _drop(ctx: Ctx, formation: Formation) -> None:
    _keep(ctx, replace(formation, state="dropped", circles=()))
    ctx.wait(Action("circle.forming", formation.id), None)


# -- searching


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    """One turn of the search; after the last the facilitator gets the proposal."""
    formation = ctx.unit.circles.formation(ctx.community.id, event.about.id)
    if formation is None or formation.state != "searching":
        ctx.wait(event.about, None)
        return Nothing()
    seated = pool.seated(ctx, formation)
    if not seated:
        _drop(ctx, formation)
        return Nothing()
    puzzle, people, seating = pool.puzzle_of(seated, pool.known(ctx, formation))
    looks = min(AT_MOST, LOOKS // len(people))
    seating = search_on(puzzle, seating, formation.seed + formation.turns + 1, looks)
    worth, most = score(puzzle, seating), bound(puzzle)
    best = worth >= most - LITTLE
    share = 100 if best else max(0, min(99, int(100 * worth / most))) if most > 0 else 0
    turns = formation.turns + 1
    done = best or turns % TURNS == 0
    formation = replace(
        formation,
        circles=_named(people, circles(puzzle, seating)),
        turns=turns,
        share=share,
        state="proposed" if done else "searching",
    )
    _keep(ctx, formation)
    if done:
        ctx.record(event.about, CirclesProposed(len(puzzle.sizes), len(people), formation.seed, share))
        _propose(ctx, formation)
    else:
        ctx.wait(event.about, ctx.now + SOON)
    return Nothing()


def _propose(ctx: Ctx, formation: Formation) -> None:
    """The facilitator asked for it, so it comes at once; `circle form` shows it where direct messages are closed."""
    person = ctx.unit.people.get(ctx.community.id, formation.by)
    if person is not None and not person.gone:
        about = Action("circle.proposal", f"{formation.id}.{formation.turns}")
        ctx.ask(Post(person.account, _card(ctx, formation, person), about=about))


def _card(ctx: Ctx, formation: Formation, reader: Person) -> Message:
    known = pool.known(ctx, formation)
    told = [account(circle, known) for circle in pool.seated(ctx, formation)]
    people = ctx.unit.people.many(ctx.community.id, formation.people)
    ready = ctx.unit.circles.ready(ctx.community.id)
    topics = sorted({each.topics for each in ready if each.topics and each.person in people})
    return letters.proposal(ctx.words_for(reader), formation, told, people, topics, WEIGHTS)


# -- deciding


def _proposed(ctx: Ctx, event: ButtonPressed) -> Formation:
    _must_form(ctx)
    formation = ctx.unit.circles.formation(ctx.community.id, event.action.id)
    if formation is None or formation.state != "proposed":
        raise UserMistake("This step is over.")
    return formation


def more(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Search on: a better seating, or the same one again."""
    formation = _proposed(ctx, event)
    _keep(ctx, replace(formation, state="searching", by=ctx.actor.id))
    ctx.wait(Action("circle.forming", formation.id), ctx.now + SOON)
    people = len(formation.people)
    return Replace(letters.searching(ctx.words, people, len(formation.circles)))


def anew(ctx: Ctx, event: ButtonPressed) -> Answer:
    """With who is on the list now."""
    _drop(ctx, _proposed(ctx, event))
    return _begin(ctx)


def drop(ctx: Ctx, event: ButtonPressed) -> Answer:
    _drop(ctx, _proposed(ctx, event))
    return Replace(views.said(ctx.words.say("Dropped. Everybody stays on the list, and nobody was asked.")))


def agree(ctx: Ctx, event: ButtonPressed) -> Answer:
    """Everybody is asked: nobody is placed without a yes of their own."""
    formation = _proposed(ctx, event)
    number = ctx.unit.circles.latest(ctx.community.id) + 1
    unasked: list[str] = []
    seated = pool.seated(ctx, formation)
    for place, people in enumerate(seated, start=1):
        circle = Circle(
            id=ctx.new_id(),
            number=ctx.unit.number(ctx.community.id, "circle"),
            name=formation.name if len(seated) == 1 else f"{formation.name} {place}",
            question=formation.question,
            state="forming",
            facilitator="",
            home=formation.home,
            formation=number,
            made=ctx.now,
        )
        circle = rules.invite(circle, tuple(each.id for each in people), ctx.now)
        keeping.save(ctx, circle, CircleMade())
        unasked += asking.ask(ctx, circle)
    _keep(ctx, replace(formation, state="agreed", number=number, circles=()))  # who is asked stands in the circles
    ctx.record(Action("circle.forming", formation.id), CirclesAgreed(len(seated)))
    asking.announce(ctx, formation)
    unreached = views.names(ctx.unit.people.many(ctx.community.id, unasked), unasked)
    return Replace(letters.agreed(ctx.words, sum(map(len, seated)), len(seated), unreached))
