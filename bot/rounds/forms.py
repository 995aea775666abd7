"""The forms of a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.chat.actions import Action
from bot.chat.forms import ChoiceField, Field, Form, PersonField, TextField
from bot.chat.messages import Choice
from bot.chat.names import Channel
from bot.chat.text import ChannelName, Code, Plain, Text
from bot.chat.text import words as bare
from bot.rounds.audience import chooses, visibility
from bot.rounds.model import LONGEST_TOPIC, Round
from bot.rounds.said import Contribution
from bot.rounds.script import Format
from bot.rounds.seen import SeenAnswer
from bot.rounds.shown import option_label, shown_side
from bot.rounds.step_rules import Field as Asked
from bot.rounds.step_rules import VoteRule
from bot.rounds.views import format_choices
from bot.rounds.wording import ANSWER, People, action, excerpt, listed, prompt
from bot.texts.catalogue import Words as Language

LONG = 75
"""The longest label of a choice."""
LABEL = 45
"""The longest label of a field."""
LEAST = 400
"""So much fits into each of several fields, however many they are."""


def start(
    language: Language,
    formats: Iterable[Format],
    given: Mapping[str, str],
    elsewhere: Channel | None = None,
    others: Sequence[str] = (),
    after: str = "",
) -> Form:
    """How a round is set up; `given` is what was typed with the command.

    `elsewhere`: the invitation will stand in that channel, not where the form is opened. `others`: the names of the
    other spaces in which it may stand too. `after`: the id of a round whose outcome people go on with in it.
    """
    intro: Text = ()
    if elsewhere is not None:
        intro = language.say(
            "The invitation will stand in {channel}. For another channel, call {command} there.",
            channel=ChannelName(elsewhere),
            command=Code("/kring round start"),
        )
    names = (
        Choice("no", language.label("With names")),
        Choice("yes", language.label("Without names, where it can be")),
    )
    return Form(
        Action("round.start", after),
        language.label("Start a round"),
        (
            *what_and_how(language, formats, given),
            TextField(
                "hours",
                language.label("Hours for each step"),
                hint=language.label("Empty: what suits the format."),
                value=given.get("hours", ""),
                required=False,
                most=4,
            ),
            ChoiceField("anonymous", language.label("Answers are shown"), names, value=given.get("anonymous") or "no"),
            *_where(language, given, others),
        ),
        language.label("Invite people"),
        intro,
    )


def what_and_how(language: Language, formats: Iterable[Format], given: Mapping[str, str]) -> tuple[Field, ...]:
    """Which format, about what, and over days or in one sitting; `given` is what was typed with the command."""
    presets = (
        Choice("async", language.label("Spread over days")),
        Choice("live", language.label("Live, in one sitting")),
    )
    return (
        ChoiceField(
            "format", language.label("Format"), format_choices(language, formats), value=given.get("format", "")
        ),
        TextField(
            "topic",
            language.label("Topic"),
            hint=language.label("A few words: the questions are about this."),
            value=given.get("topic", ""),
            most=LONGEST_TOPIC,
        ),
        ChoiceField("preset", language.label("How"), presets, value=given.get("preset") or "async"),
    )


def _where(language: Language, given: Mapping[str, str], others: Sequence[str]) -> tuple[Field, ...]:
    if not others:
        return ()
    everywhere = language.label("In {spaces} too", spaces=language.names(others))
    choices = (Choice("here", language.label("Here")), Choice("everywhere", excerpt(everywhere, LONG)))
    return (ChoiceField("where", language.label("Where it stands"), choices, value=given.get("where") or "here"),)


def answer(language: Language, round_: Round, step: int, people: People, before: Contribution | None) -> Form:
    """An answer to the step's question, filled in with what was answered before."""
    return _answer(language, round_, step, people, action("answer", round_, step), before)


def edit(language: Language, round_: Round, one: Contribution, people: People) -> Form:
    """What was said, to be put in other words."""
    return _answer(language, round_, one.step, people, action("edit", round_, one.id), one)


def _answer(
    language: Language, round_: Round, step: int, people: People, about: Action, before: Contribution | None
) -> Form:
    fields = answer_fields(language, round_, step, before)
    run = round_.steps[step]
    if run.script.mode == "vote":
        title = language.label("Your proposal")
        seen = language.say("Everybody sees what is proposed, and by whom.")
    else:
        title = language.label("Your answer")
        seen = visibility(language, round_, run)
    intro = (*prompt(language, round_, step, people), Plain(" "), *seen)
    return Form(about, title, fields, language.label("Save"), intro)


def answer_fields(
    language: Language, round_: Round, step: int, before: Contribution | None = None
) -> tuple[Field, ...]:
    """What can be filled in there."""
    known = dict(before.fields) if before else {}
    asked = round_.steps[step].script.fields
    most = _share(sum(not each.options for each in asked))
    fields: tuple[Field, ...] = tuple(_field(language, each, known.get(each.key, ""), most) for each in asked)
    if all(each.options for each in asked):
        fields = (_words(language, before.body if before else ""), *fields)
    elif before is not None and not before.fields:
        fields = (_words(language, before.body),)
    return fields


def _share(several: int) -> int:
    """The longest that each of so many fields can be, which make one answer together with what they ask."""
    return max(LEAST, (ANSWER - several * LABEL) // max(1, several) // 10 * 10)


def _field(language: Language, asked: Asked, value: str, most: int) -> Field:
    label = excerpt(bare(language.pick(asked.label)), LABEL)
    if asked.options:
        choices = tuple(Choice(option.key, bare(language.pick(option.label))) for option in asked.options)
        return ChoiceField(asked.key, label, choices, value=value, required=False)
    return TextField(asked.key, label, value=value, required=False, multiline=True, most=most)


def _words(language: Language, value: str = "") -> TextField:
    return TextField("words", language.label("Your words"), value=value, multiline=True, most=max(ANSWER, len(value)))


def respond(
    language: Language, round_: Round, step: int, answers: Sequence[SeenAnswer], people: People, chosen: str
) -> Form:
    """A response to one of these answers, the one that needs it most first; `chosen` is filled in."""
    choices = tuple(
        Choice(each.id, listed(language, people, each, number, LONG), hint=_standing(language, round_, each))
        for number, each in enumerate(answers, 1)
    )
    fields = response_fields(language, choices, chosen)
    intro = prompt(language, round_, step, people)
    return Form(action("respond", round_, step), language.label("Respond"), fields, language.label("Post it"), intro)


def response_fields(language: Language, choices: Sequence[Choice], chosen: str = "") -> tuple[Field, ...]:
    """To which answer one responds, and the words."""
    tip = language.label("Tip: start with what you understood, then say what you think.")
    return (
        ChoiceField("to", language.label("In answer to"), tuple(choices), value=chosen),
        TextField("words", language.label("Your response"), hint=tip, multiline=True, most=ANSWER),
    )


def _standing(language: Language, round_: Round, answer: SeenAnswer) -> str:
    """From which side it is, where that was shown with it, and how many have responded."""
    side = shown_side(round_, answer)
    on = f"{language.label('side {side}', side=side)}, " if side else ""
    if not answer.responses:
        return on + language.label("nobody responded yet")
    return on + language.counted("{n} response", "{n} responses", answer.responses)


def vote(
    language: Language,
    round_: Round,
    step: int,
    rule: VoteRule,
    options: Sequence[str],
    people: People,
    picked: Sequence[str],
    viewer: str = "",
) -> Form:
    """A ballot, as this person sees it: one field for each dot, or one field."""
    choices = tuple(Choice(each, option_label(language, round_, step, each, people, LONG, viewer)) for each in options)
    choice = chooses(round_, round_.steps[step].script)
    title = language.label("Your choice") if choice else language.label("Your vote")
    fields = vote_fields(language, rule, title, choices, picked)
    intro = (*prompt(language, round_, step, people), Plain(" "), *visibility(language, round_, round_.steps[step]))
    send = language.label("Choose") if choice else language.label("Vote")
    return Form(action("vote", round_, step), title, fields, send, intro)


def vote_fields(
    language: Language, rule: VoteRule, title: str, choices: Sequence[Choice], picked: Sequence[str] = ()
) -> tuple[Field, ...]:
    """One for each dot, or one."""
    fields: list[Field] = []
    dots = rule.per_person if rule.kind == "dots" else 1
    for number in range(dots):
        label = language.label("Dot {n}", n=number + 1) if dots > 1 else title
        value = picked[number] if number < len(picked) else ""
        fields.append(ChoiceField(f"pick{number + 1}", label, tuple(choices), value=value, required=number == 0))
    return tuple(fields)


def objection(language: Language, round_: Round, step: int, kind: str, people: People) -> Form:
    """What somebody wants to add to a concern or an objection, and whether their name goes with it."""
    names = (Choice("no", language.label("Without my name")), Choice("yes", language.label("With my name")))
    title, hint = language.label("A concern"), language.label("It is shown with the result.")
    if kind == "objection":
        title = language.label("An objection")
        hint = language.label("It is shown with the result, and stands in the record if it is left.")
    return Form(
        action("ballot", round_, step, kind),
        title,
        (
            TextField(
                "words", language.label("What is it about?"), required=False, multiline=True, most=ANSWER,
                hint=hint,
            ),
            ChoiceField("named", language.label("Shown"), names, value="no"),
        ),
        language.label("Vote"),
        prompt(language, round_, step, people),
    )  # fmt: skip


def differently(language: Language, round_: Round, one: Contribution) -> Form:
    """How its author would rather have it kept."""
    names = (Choice("yes", language.label("With my name")), Choice("unnamed", language.label("Without my name")))
    value = one.consent.words if one.consent and one.consent.words else one.body
    return Form(
        action("differently", round_, one.id),
        language.label("In your words"),
        (_words(language, value), ChoiceField("named", language.label("Kept"), names, value="yes")),
        language.label("Keep it so"),
    )


# -- for the facilitator


def reword(language: Language, round_: Round, step: int, people: People) -> Form:
    now = "".join(getattr(span, "text", "") for span in prompt(language, round_, step, people))
    field = TextField("prompt", language.label("The question"), value=now, multiline=True, most=600)
    return Form(action("reword", round_, step), language.label("Another question"), (field,), language.label("Ask it"))


def extend(language: Language, round_: Round) -> Form:
    """In hours; a live round counts in minutes."""
    if round_.preset == "live":
        field = TextField("hours", language.label("How many minutes longer?"), value="10", most=3)
    else:
        field = TextField("hours", language.label("How many hours longer?"), value="12", most=3)
    here = action("extend", round_, round_.current)
    return Form(here, language.label("Make it longer"), (field,), language.label("Make it longer"))


def pause(language: Language, round_: Round) -> Form:
    hint = language.label("Empty: until you say so, at most 30 days.")
    field = TextField("days", language.label("How many days?"), hint=hint, required=False, most=2)
    return Form(action("pause", round_), language.label("Put it on hold"), (field,), language.label("Put it on hold"))


def give_role(language: Language, round_: Round) -> Form:
    choices = tuple(Choice(role.key, bare(language.pick(role.name))) for role in round_.format.given)
    fields = (ChoiceField("role", language.label("Role"), choices), PersonField("to", language.label("For whom?")))
    return Form(action("role", round_), language.label("Give a role"), fields, language.label("Give it"))


def ask_in(language: Language, round_: Round, step: int) -> Form:
    field = PersonField("to", language.label("Whom would you like to ask?"))
    return Form(action("askin", round_, step), language.label("Ask somebody in"), (field,), language.label("Ask them"))


def give(language: Language, round_: Round) -> Form:
    field = PersonField("to", language.label("Who could hold it?"))
    return Form(action("give", round_), language.label("Hand it over"), (field,), language.label("Ask them"))
