"""What happens when a vote closes: it is counted, and may give the author of the winning answer a role."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.rounds import course
from bot.rounds.ballots import options, tally
from bot.rounds.casting import asked_role, holders, none_has
from bot.rounds.ending import ask_facilitator, decided, miss_facilitator
from bot.rounds.facts import RoleGiven
from bot.rounds.floor import voices
from bot.rounds.forming import cast
from bot.rounds.leading import set_day
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.objection_facts import ObjectionStands
from bot.rounds.script import Role
from bot.rounds.step_facts import VotesCounted


def count(round_: Round, step: int, now: Now) -> Changed:
    """The result of the vote, which is closed; whose ballot was whose shows in no order any more."""
    round_ = _shuffle(round_, step, now)
    counted: Changed = round_, (VotesCounted(round_.id, step, tally(round_, step)),)
    given = then(counted, lambda it: _give_role(it, step, now))
    return then(given, lambda it: set_day(it, step, now))


def hear_objections(round_: Round, step: int, now: Now) -> Changed:
    """The result of a vote with an objection: before the round goes on it waits for what becomes of that."""
    run = replace(round_.steps[step], state="objected", due_at=None, nudge_at=None)
    stands: Changed = decided(round_.with_step(step, run)), (ObjectionStands(round_.id, step),)
    counted = then(stands, lambda it: count(it, step, now))
    return then(counted, lambda it: ask_facilitator(it, "objection", now))


def _shuffle(round_: Round, step: int, now: Now) -> Round:
    """The order of the votes would tell who wrote which words."""
    votes = {vote.person: vote for vote in round_.votes if vote.step == step}
    order = tuple(votes[person] for person in shuffled(votes, now.seed))
    return replace(round_, votes=(*(vote for vote in round_.votes if vote.step != step), *order))


def _give_role(round_: Round, step: int, now: Now) -> Changed:
    """To the author of what was picked most, of those who are still here."""
    rule = round_.steps[step].script.vote
    if rule is None or not rule.gives:
        return round_, ()
    person = next((author for author in _authors(round_, step) if author in round_.speakers), None)
    return give_to(round_, rule.gives, person, now) if person is not None else (round_, ())


def _authors(round_: Round, step: int) -> tuple[str, ...]:
    """Whose was what was voted on, who got most first."""
    return tuple(one.person for id_ in tally(round_, step) if (one := round_.contribution(id_)) is not None)


def give_to(round_: Round, role: str, person: str, now: Now) -> Changed:
    """Nobody else has it any more."""
    round_ = cast(none_has(round_, role), person, role)
    return then((round_, (RoleGiven(round_.id, role, person),)), lambda it: stand_in(it, role, now))


def passing_on(round_: Round, step: int) -> Role | None:
    """The role for which somebody has the word there, if it may go to another: nobody has said anything for it yet."""
    role = asked_role(round_, round_.steps[step].script)
    if role is None or role.if_silent != "runner_up":
        return None
    same = (
        before for before in course.earlier(round_, step) if asked_role(round_, round_.steps[before].script) == role
    )
    return None if any(voices(round_, each) for each in (step, *same)) else role


def discreet(round_: Round, step: int) -> bool:
    """Whether the silence of whoever has the word there is nobody's business but the facilitator's."""
    script = round_.steps[step].script
    role = asked_role(round_, script)
    return script.mode == "turns" and role is not None and role.if_silent == "hint"


def runner_up(round_: Round, step: int) -> str | None:
    """Who gets the role of this step when nobody has said anything there: the first in the vote who was not asked."""
    role, run = passing_on(round_, step), round_.steps[step]
    if role is None:
        return None
    given = (before for before in course.earlier(round_, step) if _gives(round_, before, role))
    asked = {*run.held, *run.passed}
    return next(
        (one for at in given for one in _authors(round_, at) if one in round_.speakers and one not in asked), None
    )


def _gives(round_: Round, step: int, role: Role) -> bool:
    rule = round_.steps[step].script.vote
    return rule is not None and rule.gives == role.key


def nobody_took(round_: Round, step: int) -> bool:
    """Whether people claim a role there that nobody has, and without which the round is put aside."""
    rule = round_.steps[step].script.vote
    if rule is None or rule.kind != "claim":
        return False
    roles = (round_.format.role(key) for key in options(round_, step))
    return any(role is not None and role.if_none == "park" and not holders(round_, step, role.key) for role in roles)


def stand_in(round_: Round, key: str, now: Now) -> Changed:
    """Whoever has a role without which the round cannot go on does not hold it too: somebody else is looked for."""
    role = round_.format.role(key)
    holder = round_.seat(round_.facilitator) if round_.facilitator is not None else None
    if role is None or not role.essential or holder is None or holder.role != key:
        return round_, ()
    return miss_facilitator(round_, None, now)
