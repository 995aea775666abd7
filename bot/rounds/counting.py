"""What happens when a vote closes: it is counted, and may give the author of the winning answer a role."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.rounds.ballots import tally
from bot.rounds.casting import none_has
from bot.rounds.ending import miss_facilitator
from bot.rounds.facts import RoleGiven
from bot.rounds.forming import cast
from bot.rounds.model import Changed, Now, Round, then
from bot.rounds.step_facts import VotesCounted


def count(round_: Round, step: int, now: Now) -> Changed:
    """The result of the vote, which is closed; whose ballot was whose shows in no order any more."""
    round_ = _shuffle(round_, step, now)
    counted: Changed = round_, (VotesCounted(round_.id, step, tally(round_, step)),)
    return then(counted, lambda it: _give_role(it, step, now))


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
    authors = [one.person for id_ in tally(round_, step) if (one := round_.contribution(id_)) is not None]
    person = next((author for author in authors if author in round_.speakers), None)
    if person is None:
        return round_, ()
    round_ = cast(none_has(round_, rule.gives), person, rule.gives)
    return then((round_, (RoleGiven(round_.id, rule.gives, person),)), lambda it: stand_in(it, rule.gives, now))


def stand_in(round_: Round, key: str, now: Now) -> Changed:
    """Whoever has a role without which the round cannot go on does not hold it too: somebody else is looked for."""
    role = round_.format.role(key)
    holder = round_.seat(round_.facilitator) if round_.facilitator is not None else None
    if role is None or not role.essential or holder is None or holder.role != key:
        return round_, ()
    return miss_facilitator(round_, None, now)
