"""What is told of people's words: when they are revealed, said, counted, changed or taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.chat.actions import Action
from bot.chat.messages import Message
from bot.chat.names import Channel
from bot.rounds import balance, balance_page, leading_words, letters, measuring, notes, prompts, shown
from bot.rounds import facts as happened
from bot.rounds import group_facts as grouped
from bot.rounds import step_facts as stepped
from bot.rounds.ballots import options, tally
from bot.rounds.casting import holders
from bot.rounds.said import Contribution
from bot.rounds.scene import Scene
from bot.rounds.turn_news import had_the_word

# -- the reveal


def _names_asked(scene: Scene, fact: stepped.NamesAsked) -> None:
    scene.edit_step(fact.step)
    for person in fact.people:
        if (to := scene.reader(person)) is not None:
            letter = letters.names_asked(to[1], scene.near(to[0]), fact.step, fact.until)
            scene.letter(to[0], "consent", letter, before=fact.until)


def _only(scene: Scene, fact: stepped.OnlyAnswer) -> None:
    one = scene.round.contribution(fact.contribution)
    to = scene.reader(fact.person)
    if one is not None and to is not None:
        scene.letter(to[0], "request", letters.only_answer(to[1], scene.near(to[0]), one))


def _dropped(scene: Scene, fact: stepped.AnswersDropped) -> None:
    """Said only where nothing is shown at all: else it would tell how many kept silent when asked for their name."""
    if not shown.visible(scene.round, fact.step, scene.viewer(fact.step)):
        scene.post(notes.dropped(scene.language, fact.count), step=fact.step)


def _revealed(scene: Scene, fact: stepped.Revealed) -> None:
    """All at once for everybody, or for those with the role; an answer on its own as its author's own words."""
    if scene.round.steps[fact.step].script.reveal.startswith("to:"):
        _reveal_to_role(scene, fact.step)
        return
    there = scene.walled if scene.round.format.private else scene.round.channels
    hidden = tuple(channel for channel in scene.round.channels if channel not in there)
    if hidden:
        scene.post(notes.to_read(scene.language, scene.round, fact.step), None, hidden, step=fact.step)
    if len(fact.contributions) == 1 and (only := scene.round.contribution(fact.contributions[0])) is not None:
        _say(scene, only)
    elif there:
        _lay_out(scene, fact, there)


def _lay_out(scene: Scene, fact: stepped.Revealed, there: tuple[Channel, ...]) -> None:
    answers = shown.visible(scene.round, fact.step, scene.viewer(fact.step))
    messages = shown.chunks([answers[id_] for id_ in fact.contributions if id_ in answers])
    scene.ctx.record(Action("round", scene.round.id), shown.LaidOut(scene.round.id, fact.step, messages))
    for number, together in enumerate(messages):
        scene.post(*_chunk(scene, fact.step, together, number), there, step=fact.step)


def _chunk(scene: Scene, step: int, together: tuple[str, ...], number: int) -> tuple[Message, Action]:
    viewer = scene.viewer(step)
    message = shown.reveal(scene.language, scene.round, step, together, scene.people, first=number == 0, viewer=viewer)
    return message, scene.about("reveal", step, number)


def _reveal_to_role(scene: Scene, step: int) -> None:
    role = scene.round.steps[step].script.reveal.removeprefix("to:role:")
    for person in holders(scene.round, step, role):
        if (to := scene.reader(person)) is None:
            continue
        answers = shown.visible(scene.round, step, person)
        for number, together in enumerate(shown.chunks(list(answers.values()))):
            letter = shown.reveal(
                to[1], scene.near(to[0]), step, together, scene.people, first=number == 0, viewer=person
            )
            scene.letter(to[0], "turn", letter)


def _counted(scene: Scene, fact: stepped.VotesCounted) -> None:
    for message, there in _results(scene, fact.step):
        scene.post(message, scene.about("result", fact.step), there, step=fact.step)
    if balance.asked_by(scene.round.steps[fact.step].script.vote):
        _measured(scene, fact.step)


def _measured(scene: Scene, step: int) -> None:
    """Beside what they said stands what was measured; not before they said it."""
    felt = balance.median_felt(balance.marks(tally(scene.round, step)))
    all_ = measuring.happened(scene.ctx)
    measured = balance.measure(all_, scene.ctx.now, felt)
    scene.post(balance_page.beside(scene.language, measured, balance.USUAL, len(all_)))


def _results(scene: Scene, step: int) -> Iterator[tuple[Message, tuple[Channel, ...]]]:
    """What the vote came to, as each of the channels may read it."""
    for near, there in scene.each(scene.round.channels):
        viewer = scene.viewer(step) if near.format.private and not near.hidden else shown.NOBODY
        result = shown.result(scene.language, near, step, scene.people, viewer)
        yield replace(result, blocks=(*result.blocks, *leading_words.day(scene.language, near, step))), there


def show_result_again(scene: Scene, step: int) -> None:
    """As it is now, where it stands. What the round waits for is shown once more where it has a new thread."""
    about = scene.about("result", step)
    waits = scene.round.steps[step].state == "objected"
    for message, there in _results(scene, step):
        fresh = tuple(channel for channel in there if waits and channel in scene.fresh)
        scene.edit(about, message, tuple(channel for channel in there if channel not in fresh))
        scene.post(message, about, fresh, step=step)


# -- voices


def _answered(scene: Scene, fact: stepped.Answered) -> None:
    """What was said by form is shown as a message; what was written as one stands there already, but nowhere else."""
    one = scene.round.contribution(fact.contribution)
    if one is None or not fact.visible:
        return
    if scene.holders.get(fact.step) == fact.person:
        had_the_word(scene, fact.step, prompts.turn_over(scene.language, fact.person, scene.people))
    if one.inside:  # where it is not shown, how many have spoken stands under the question
        scene.edit_step(fact.step, tuple(each for each in scene.round.channels if not scene.round.walled(each)))
    _say(scene, one, but=None if one.message is None else one.message.channel)


def _say(scene: Scene, one: Contribution, *, but: Channel | None = None) -> None:
    channels = tuple(each for each in scene.shown_in(one) if each != but)
    scene.post(_spoken(scene, one), scene.about("said", one.id), channels, step=one.step, group=one.group)


def _spoken(scene: Scene, one: Contribution) -> Message:
    return shown.spoken(scene.language, scene.round, one.step, one.id, scene.people, scene.viewer_of(one))


def _brought(scene: Scene, fact: grouped.NotesBrought) -> None:
    """Each on its own, so that its author can change it or take it back there."""
    scene.post(notes.brought(scene.language), None, scene.with_groups, group=fact.group)
    for one in map(scene.round.contribution, fact.contributions):
        if one is not None:
            _say(scene, one)


def _changed(scene: Scene, fact: stepped.Edited | stepped.Removed) -> None:
    if fact.visible:
        show_again(scene, fact.contribution)


def _left_behind(scene: Scene, fact: happened.LeftBehind) -> None:
    """What stays with its name stands as it was."""
    for contribution in fact.shown if fact.choice != "keep" else ():
        show_again(scene, contribution)


def show_again(scene: Scene, contribution: str) -> None:
    """Everywhere this contribution stands in a message of ours, it stands as it is now."""
    one = scene.before.contribution(contribution)
    if one is None or not scene.shown_in(one):
        return
    _show_one(scene, one)
    for other in scene.round.contributions:
        if other.to == contribution and other.visible:
            _show_one(scene, other)
    for number, run in enumerate(scene.before.steps):
        if run.state == "closed" and contribution in options(scene.before, number):
            show_result_again(scene, number)


def _purged(scene: Scene, _: happened.Purged) -> None:
    """What Kring itself put into a private thread goes with the words in it; people's own messages are theirs."""
    for one in scene.before.contributions:
        _erased(scene, one.id)


def _keep_withdrawn(scene: Scene, fact: happened.KeepWithdrawn) -> None:
    """Of a private round it was all that was left of those words, once the time for the others had passed."""
    _erased(scene, fact.contribution)


def _erased(scene: Scene, contribution: str) -> None:
    before, now = scene.before.contribution(contribution), scene.round.contribution(contribution)
    if before is not None and before.visible and now is not None and not now.visible:
        show_again(scene, contribution)


def _show_one(scene: Scene, one: Contribution) -> None:
    """In the message of the reveal it stands in, or in its own; not where its author wrote it themselves."""
    if scene.round.steps[one.step].script.reveal.startswith("to:"):
        return
    about, there = scene.about("said", one.id), scene.shown_in(one)
    if one.message is not None:
        others = tuple(each for each in there if each != one.message.channel and scene.stands(about, each))
        scene.edit(about, _spoken(scene, one), others)
        return
    for _, kind, values in scene.ctx.unit.facts.of(scene.ctx.community.id, Action("round", scene.round.id)):
        if kind != shown.LaidOut.__name__ or values["step"] != one.step:
            continue
        for number, together in enumerate(values["messages"]):
            if one.id in together:
                message, about = _chunk(scene, one.step, tuple(together), number)
                scene.edit(about, message, there)
                return
    if one.person or scene.stands(about):
        scene.edit(about, _spoken(scene, one), there)


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    stepped.NamesAsked: _names_asked,
    stepped.OnlyAnswer: _only,
    grouped.NotesBrought: _brought,
    stepped.AnswersDropped: _dropped,
    stepped.Revealed: _revealed,
    stepped.VotesCounted: _counted,
    stepped.Answered: _answered,
    stepped.Edited: _changed,
    stepped.Removed: _changed,
    happened.LeftBehind: _left_behind,
    happened.Purged: _purged,
    happened.KeepWithdrawn: _keep_withdrawn,
}
