"""How a step goes, and who sees what in it, each in a sentence."""

from __future__ import annotations

from bot.chat.text import Plain, Text
from bot.chat.text import words as bare
from bot.rounds.bringing import promised
from bot.rounds.casting import asked_role, floor_of
from bot.rounds.model import Round
from bot.rounds.script import Step
from bot.rounds.step_rules import REPORTER
from bot.rounds.step_run import StepRun
from bot.texts.catalogue import Words as Language


def who_reads(language: Language, round_: Round) -> Text:
    """Who sees what in the round, for somebody who thinks of joining it."""
    if round_.format.place == "private_trio":
        return language.say("What is said in a group is read only by those in it.")
    if round_.format.private:
        return language.say("Only those who speak in this round read what is said in it.")
    first = next((run for run in round_.steps if run.script.mode == "collect"), round_.steps[0])
    text = visibility(language, round_, first)
    if all(visibility(language, round_, run) == text for run in round_.steps):
        return text
    return (*text, Plain(" "), *language.say("Each step tells who reads along."))


def visibility(language: Language, round_: Round, run: StepRun) -> Text:
    """Who sees what in this step."""
    script = run.script
    match script.mode:
        case "collect" if script.reveal == "none":
            return _for_oneself(language, round_, run)
        case "collect" if script.reveal.startswith("to:"):
            return language.say("Nobody sees an answer before the step closes; then only one person reads them.")
        case "collect" if _nameless(round_, script):
            return language.say("Nobody sees an answer before all are shown at once, without names.")
        case "collect" if round_.format.private:
            return language.say("Only those who speak in this round see the answers: all at once, with names.")
        case "collect":
            return language.say("Nobody sees an answer before all are shown at once, with names.")
        case "vote" if script.vote is not None and script.vote.kind == "claim":
            return language.say("Everybody sees who takes what.")
        case "vote" if one_decides(round_, script):
            return language.say("Everybody sees the answer.")
        case "vote":
            return language.say("Votes are secret; only the result is shown.")
        case "turns" | "open" | "groups" if round_.format.private and (script.in_groups or script.groups is not None):
            return language.say("Only your group reads what you write.")
        case "turns" | "open" if round_.format.private:
            return language.say("Only those who speak in this round read what you write.")
        case "turns" | "open" | "groups":
            return language.say("Everybody who can read the thread sees what you write.")


def _for_oneself(language: Language, round_: Round, run: StepRun) -> Text:
    if any(one is run and promised(round_, step) for step, one in enumerate(round_.steps)):
        return language.say(
            "Only you see what you answer. Only if your group says nothing, it goes along into the larger one, with "
            "your name, for everybody who reads there."
        )
    return language.say("Only you see what you answer.")


def way(language: Language, round_: Round, script: Step) -> Text:
    """How the step goes, beside its buttons."""
    text = in_short(language, round_, script)
    how = by_hand(language, round_, script) if script.mode == "open" and not floor_of(script)[0] else ()
    return (*text, Plain(" "), *how) if how else text


def by_hand(language: Language, round_: Round, script: Step) -> Text:
    """That words in the thread count too; nothing where there is none."""
    if round_.hidden or script.in_groups:
        return ()
    return language.say("Use the button. What you write here in the thread counts too, where I may read along.")


def in_short(language: Language, round_: Round, script: Step) -> Text:
    """How the step goes, for readers who are elsewhere."""
    role = asked_role(round_, script)
    if role is not None and (script.mode != "vote" or one_decides(round_, script)):
        return language.say("This step is for one role: {role}.", role=bare(language.pick(role.name)))
    if script.floor == "contributors":
        return language.say("Whoever said something is asked, privately.")
    match script.mode:
        case "groups":
            return language.say("You work in small groups, each by itself.")
        case "collect":
            return language.say("Everybody answers privately.")
        case "turns" if floor_of(script)[0] == REPORTER:
            return language.say("One of each group has the word, the others listen.")
        case "turns":
            return language.say("The word goes round: everybody speaks once, the others listen.")
        case "open":
            return language.say("Everybody can say something, in any order.")
        case "vote" if script.vote is not None and script.vote.kind == "claim":
            return language.say("Everybody takes what suits them.")
        case "vote":
            return language.say("Everybody votes.")


def _nameless(round_: Round, script: Step) -> bool:
    """Whether the answers of this step are revealed without names, if there are enough."""
    return round_.settings.anonymous and script.anonymous == "optional"


def chooses(round_: Round, script: Step) -> bool:
    """Whether a vote takes no part in a count: people take a role, or one of them says how it is."""
    return script.vote is not None and (script.vote.kind == "claim" or one_decides(round_, script))


def one_decides(round_: Round, script: Step) -> bool:
    """Whether the vote is one person's, so that its result is no secret."""
    role = asked_role(round_, script)
    return role is not None and not role.rest and role.room == 1
