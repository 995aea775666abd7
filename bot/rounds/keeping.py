"""What leaves a round: only what its author says yes to. Silence is no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.errors import UserMistake
from bot.rounds.ballots import favourites
from bot.rounds.facts import ContributionKept, KeepAsked, KeepRefused, KeepWithdrawn, Marked
from bot.rounds.model import Changed, Round
from bot.rounds.said import Consent, Contribution
from bot.rounds.script import Step
from bot.rounds.step_facts import Fact
from bot.rounds.task_facts import AskAllowed


def mark(round_: Round, person: str, contribution: str) -> Changed:
    """*Keep this*, by its author. The exact text is asked about when the round wraps up, or at once if it does."""
    one = own(round_, person, contribution)
    if round_.steps[one.step].script.harvest == "none":
        raise UserMistake("What is said in this step stays in the round. Mark something from another step.")
    if round_.ended:
        raise UserMistake("This round is over. You can still keep its thread's messages one by one.")
    if one.marked:
        return round_, ()
    round_ = round_.with_contribution(replace(one, marked=True))
    facts: tuple[Fact, ...] = (Marked(round_.id, one.id),)
    if round_.state == "wrapping" and round_.keep_until is not None:
        round_, more = ask(round_, round_.keep_until)
        facts += more
    return round_, facts


def answer(
    round_: Round,
    person: str,
    contribution: str,
    said: Literal["yes", "unnamed", "no"],
    *,
    words: str = "",
) -> Changed:
    """The author's answer to text `keep_consent`."""
    one = own(round_, person, contribution)
    before = one.consent
    if before is None:
        raise UserMistake("Nobody asks to keep this. Press *Keep this* if you want to.")
    if round_.ended and said != "no":
        raise UserMistake("The time for this is over, and no answer counts as no. You can still keep it as know-how.")
    words = words.strip()
    if before.answer == said and before.words == words:
        return round_, ()
    facts: tuple[Fact, ...] = (KeepWithdrawn(round_.id, one.id),) if before.given else ()
    kept = replace(one, consent=Consent(said, words, ask=before.ask and said == "yes"))
    if said == "no":
        facts = facts or (KeepRefused(round_.id, one.id),)
        if round_.format.place == "private" and round_.purged:
            kept = replace(kept, body="", fields=(), removed=True)  # all else that was said there is erased already
    else:
        facts += (kept_fact(round_, kept),)
    return round_.with_contribution(kept), facts


def let_ask(round_: Round, person: str, contribution: str, may: bool) -> Changed:
    """Whether others may ask the author about what is kept with their name."""
    one = own(round_, person, contribution)
    if one.consent is None or one.consent.answer != "yes":
        raise UserMistake("This is not kept with your name, so nobody is pointed to you.")
    if one.consent.ask == may:
        return round_, ()
    allowed = replace(one, consent=replace(one.consent, ask=may))
    return round_.with_contribution(allowed), (AskAllowed(round_.id, one.id, may),)


def kept_fact(round_: Round, one: Contribution) -> ContributionKept:
    """What is needed to make a draft of it."""
    consent = one.consent or Consent()
    return ContributionKept(
        round_.id,
        contribution=one.id,
        topic=round_.topic,
        body=consent.words or one.body,
        author=one.person,
        named=consent.answer == "yes",
        prompt=f"{round_.format.id}/{round_.steps[one.step].script.key}",
        fields=() if consent.words else one.fields,
    )


def asked_to_keep(round_: Round, person: str) -> tuple[Contribution, ...]:
    """What this person has yet to answer."""
    return tuple(one for one in _asked(round_) if one.person == person)


def ask(round_: Round, until: datetime) -> Changed:
    """Asks the authors about everything that might be kept and was not asked about before."""
    facts: list[Fact] = []
    here = {*round_.speakers, *round_.listeners}
    for one in round_.contributions:
        if one.visible and one.counts and one.consent is None and one.person in here and _wanted(round_, one):
            round_ = round_.with_contribution(replace(one, consent=Consent()))
            facts.append(KeepAsked(round_.id, one.id, one.person, until))
    return round_, tuple(facts)


def silence_is_no(round_: Round) -> Changed:
    """The time is over for everything that was asked and not answered."""
    facts: list[Fact] = []
    for one in _asked(round_):
        round_ = round_.with_contribution(replace(one, consent=Consent("no")))
        facts.append(KeepRefused(round_.id, one.id))
    return round_, tuple(facts)


def changed(round_: Round, one: Contribution) -> Changed:
    """Its text is another now, or gone: no earlier yes holds, and where there is time it is asked again."""
    if one.consent is None:
        return round_, ()
    facts: tuple[Fact, ...] = (KeepWithdrawn(round_.id, one.id),) if one.consent.given else ()
    if one.removed or round_.ended:
        return round_.with_contribution(replace(one, consent=Consent("no"))), facts
    if one.consent.answer == "no":
        return round_, ()
    round_ = round_.with_contribution(replace(one, consent=Consent()))
    until = round_.keep_until or (round_.step.due_at if round_.step is not None else None)
    if until is None:
        return round_.with_contribution(replace(one, consent=None)), facts
    return round_, (*facts, KeepAsked(round_.id, one.id, one.person, until))


def own(round_: Round, person: str, contribution: str) -> Contribution:
    """The person's own contribution. Raises UserMistake when it is gone or somebody else's."""
    one = round_.contribution(contribution)
    if one is None or one.removed:
        raise UserMistake("This is not there any more.")
    if one.person != person:
        raise UserMistake("Only the person who wrote this can do that.")
    return one


def _asked(round_: Round) -> tuple[Contribution, ...]:
    return tuple(one for one in round_.contributions if one.consent is not None and one.consent.answer == "asked")


def _wanted(round_: Round, one: Contribution) -> bool:
    script = round_.steps[one.step].script
    return (
        (one.marked and script.harvest != "none")
        or script.harvest == "draft"
        or any(
            _drafts_favourites(run.script) and run.state == "closed" and one.id in favourites(round_, step)
            for step, run in enumerate(round_.steps)
        )
    )


def _drafts_favourites(script: Step) -> bool:
    return script.mode == "vote" and script.harvest == "draft"
