"""How a round, its steps and its people are put into words; the other views are made of these."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.actions import Action
from bot.chat.messages import Button, Words
from bot.chat.people import Person
from bot.chat.text import Plain, Text
from bot.chat.text import words as bare
from bot.rounds.model import Round
from bot.rounds.script import Format, Step
from bot.rounds.seats import too_late
from bot.rounds.seen import SeenAnswer
from bot.rounds.step_run import StepRun
from bot.texts.catalogue import LANGUAGES, words_in
from bot.texts.catalogue import Words as Language

People = Mapping[str, Person]
"""Those whom a view names, by id. Who is missing is called *somebody*."""

ANSWER = 2500
"""The longest answer in a form: with its author's name it fits one paragraph everywhere."""


def action(name: str, round_: Round, *parts: object) -> Action:
    """The action of that name on this round, and on what the parts name in it."""
    return Action(f"round.{name}", ".".join((round_.id, *(str(part) for part in parts))))


def button(label: str, name: str, round_: Round, *parts: object) -> Button:
    return Button(label, action(name, round_, *parts))


def excerpt(text: str, most: int) -> str:
    """The beginning of somebody's words on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def name(language: Language, people: People, id_: str | None, *, notify: bool = False) -> Text:
    """The person as the platform shows people, with their organisation where the round stands in several."""
    person = people.get(id_) if id_ else None
    if person is None:
        return (Plain(language.label("somebody")),)
    if not person.organisation:
        return (person.shown(notify=notify),)
    return (person.shown(notify=notify), Plain(f" ({person.organisation})"))


def bare_name(language: Language, people: People, id_: str | None) -> str:
    """The same where only letters fit, such as in a label."""
    return bare(name(language, people, id_))


def format_name(language: Language, format_: Format) -> str:
    return bare(language.pick(format_.name))


def title(language: Language, round_: Round) -> str:
    """Such as *Harvest: the first lesson*."""
    return f"{format_name(language, round_.format)}: {round_.topic}"


def prompt(language: Language, round_: Round, step: int, people: People) -> Text:
    """What the step asks, its places filled; the facilitator's own wording where there is one."""
    run = round_.steps[step]
    if run.prompt:
        return (Plain(run.prompt),)
    values: dict[str, object] = {
        "topic": round_.topic,
        "sources": round_.settings.sources or round_.topic,
        "review": round_.settings.review or language.label("half a year"),
    }
    for role in round_.format.roles:
        holders = [seat.person for seat in round_.seats if seat.role == role.key and seat.state == "in"]
        names = [people[person].name for person in holders if person in people]
        values[role.key] = language.names(names) if names else bare(language.pick(role.name))
    return language.pick(run.script.prompt, **values)


def effort(language: Language, round_: Round) -> str:
    """Such as *15 minutes*."""
    scripted = round_.format.effort
    minutes = scripted.async_minutes if round_.preset == "async" else scripted.live_minutes
    return language.counted("{n} minute", "{n} minutes", minutes)


def span(language: Language, round_: Round) -> str:
    """Over how long, such as *spread over 4 days*."""
    if round_.preset == "live":
        return language.label("in one sitting")
    days = round_.format.effort.async_days
    return language.counted("spread over {n} day", "spread over {n} days", days)


def takes(language: Language, round_: Round) -> Text:
    return language.say(
        "about {effort} of your time, {span}", effort=effort(language, round_), span=span(language, round_)
    )


def joinable(round_: Round) -> bool:
    """Whether somebody may still take a seat."""
    return round_.state == "inviting" or (round_.state in {"running", "paused"} and not too_late(round_))


def nameless(round_: Round, script: Step) -> bool:
    """Whether the answers of this step are revealed without names, if there are enough."""
    return round_.settings.anonymous and script.anonymous == "optional"


def visibility(language: Language, round_: Round, run: StepRun) -> Text:
    """Who sees what in this step."""
    script = run.script
    match script.mode:
        case "collect" if script.reveal == "none":
            return language.say("Only you see what you answer.")
        case "collect" if script.reveal.startswith("to:"):
            return language.say("Nobody sees an answer before the step closes; then only one person reads them.")
        case "collect" if nameless(round_, script):
            return language.say("Nobody sees an answer before all are shown at once, without names.")
        case "collect":
            return language.say("Nobody sees an answer before all are shown at once, with names.")
        case "vote" if script.vote is not None and script.vote.kind == "claim":
            return language.say("Everybody sees who takes what.")
        case "vote":
            return language.say("Votes are secret; only the result is shown.")
        case "turns" | "open":
            return language.say("Everybody who can read the thread sees what you write.")


def way(language: Language, script: Step) -> Text:
    """How the step goes, in a sentence."""
    match script.mode:
        case "collect":
            return language.say("Everybody answers privately.")
        case "turns":
            return language.say("The word goes round: everybody speaks once, the others listen.")
        case "open":
            return language.say(
                "Press the button to say something. Where I may read along, what you write in the thread counts too."
            )
        case "vote":
            return language.say("Everybody votes.")


def other_language(language: Language, round_: Round, *parts: object) -> Button:
    """Shows the same privately in the language this one is not in."""
    other = next(code for code in LANGUAGES if code != language.language)
    return Button(LANGUAGES[other], action("language", round_, *parts))


def words_of(round_: Round) -> Language:
    """What everybody in the round reads."""
    return words_in(round_.language)


def said(language: Language, people: People, answer: SeenAnswer) -> Words:
    """Somebody's answer as a quotation, with their name where it may stand there."""
    named: Text = (*name(language, people, answer.author), Plain("\n")) if answer.author is not None else ()
    edited: Text = (Plain(" ("), *language.say("edited"), Plain(")")) if answer.edited else ()
    return Words((*named, Plain(answer.body), *edited), quote=True)


def listed(language: Language, people: People, answer: SeenAnswer, number: int, most: int = 75) -> str:
    """An answer as one of several to choose from."""
    named = f"{bare_name(language, people, answer.author)}: " if answer.author is not None else ""
    return excerpt(f"{number}. {named}{answer.body}", most)
