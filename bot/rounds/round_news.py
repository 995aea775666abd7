"""What is told when a round begins, waits, changes hands or ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.chat.names import Channel
from bot.chat.requests import Post
from bot.gate import Withheld
from bot.rounds import (
    cards,
    holder_letters,
    letters,
    needless,
    notes,
    objection_words,
    objections,
    place_words,
    prompts,
    turn_news,
    voice_news,
)
from bot.rounds import facts as happened
from bot.rounds.finding import header, place_lost
from bot.rounds.floor import waited_for
from bot.rounds.model import Round
from bot.rounds.scene import Scene
from bot.rounds.threads import open_group, open_round
from bot.rounds.timing import put_aside


def _invited(scene: Scene, _: happened.RoundInvited) -> None:
    _post_card(scene, scene.round.channels)


def _post_card(scene: Scene, channels: tuple[Channel, ...]) -> None:
    for near, there in scene.each(channels):
        card = scene.card(near)
        for channel in there:
            scene.ctx.ask(Post(channel, card, about=header(scene.round)))


def _too_few(scene: Scene, fact: happened.TooFew) -> None:
    """The card says so too. While people still come in, its facilitator hears it privately."""
    if fact.running:
        scene.post(notes.needs_people(scene.language, scene.round, scene.alternative))
    elif (to := scene.reader(scene.round.facilitator)) is not None:
        letter = holder_letters.decide(to[1], scene.near(to[0]), "too_few", fact.until, scene.alternative)
        scene.letter(to[0], "request", letter, before=fact.until)


def _began(scene: Scene, _: happened.RoundBegan) -> None:
    open_round(scene, scene.round.channels)
    scene.post(notes.agreements(scene.language))


def _paused(scene: Scene, fact: happened.RoundPaused) -> None:
    if fact.why == "place":
        _place_lost(scene, fact)
        return
    if fact.why == "voice":
        voice_news.wanted(scene, fact)
    elif scene.began:
        scene.post(notes.simple(cards.on_hold(scene.language, scene.round)))
    _edit_current(scene)


def _place_lost(scene: Scene, fact: happened.RoundPaused) -> None:
    """Its facilitator hears it: at once where they have just started it or gone on, and wait for its card."""
    to = scene.reader(scene.round.facilitator)
    if to is None:
        return
    person, language = to
    round_ = scene.near(person)
    if _waits_for_card(scene):
        scene.ctx.ask(Post(person.account, holder_letters.not_invited(language, round_, fact.refused)))
    else:
        scene.letter(person, "notice", holder_letters.place_lost(language, round_, fact.refused))


def _home_lost(scene: Scene, fact: happened.HomeLost) -> None:
    """One of several: the others go on, and its facilitator hears of it."""
    to = scene.reader(scene.round.facilitator)
    if to is None:
        return
    person, language = to
    home = scene.round.homes[fact.home]
    reader = person.account.space
    letter = holder_letters.home_lost(language, scene.round, home.channel, home.name, fact.refused, reader)
    if _waits_for_card(scene):
        scene.ctx.ask(Post(person.account, letter))
    else:
        scene.letter(person, "notice", letter)


def _waits_for_card(scene: Scene) -> bool:
    """Whether it was the card that could not be posted: somebody has just started the round, or let it go on."""
    asked = scene.ctx.request
    return isinstance(asked, Post) and asked.about == header(scene.round)


def _resumed(scene: Scene, fact: happened.RoundResumed) -> None:
    """After its place was lost the round gets a new card, and a new thread: the old ones may be gone."""
    voice_news.no_more_wanted(scene)
    lost = _lost(scene)
    scene.fresh.update(lost)
    _post_card(scene, lost)
    if scene.began:
        open_round(scene, lost)
        _open_groups(scene, lost)
        if scene.round.state != "paused":  # else it has to wait for something else
            scene.post(notes.resumed(scene.language, fact.due_at))
    if put_aside(scene.before):
        _ask_again(scene)
    if scene.round.step is None:
        return
    still = tuple(channel for channel in scene.round.channels if channel not in lost)
    for step in _shown(scene.round):
        post_step(scene, step, lost)
        turn_news.show_again(scene, step, lost)
        scene.edit_step(step, still)


def _ask_again(scene: Scene) -> None:
    """Nobody looks any more where it stands: who was in it hears that it is back."""
    for step in scene.round.at_work:
        due = scene.round.steps[step].due_at
        for person in waited_for(scene.round, step):
            if due is not None and (to := scene.reader(person)) is not None:
                letter = letters.back(to[1], scene.near(to[0]), step, due, scene.people)
                scene.letter(to[0], "notice", letter, before=due)


def _lost(scene: Scene) -> tuple[Channel, ...]:
    """The channels in which Kring could not write until now."""
    if scene.round.homes:
        lost = [home.channel for home in scene.before.homes if home.state == "lost"]
        return tuple(channel for channel in lost if channel in scene.round.channels)
    return scene.round.channels if place_lost(scene.ctx, scene.round) is not None else ()


def _moved(scene: Scene, fact: happened.RoundMoved) -> None:
    """A new card and thread in the new channel; who joined in that space hears where it is now."""
    here = scene.round.homes[fact.home].channel
    scene.fresh.add(here)
    _post_card(scene, (here,))
    if scene.began:
        open_round(scene, (here,))
        scene.post(place_words.goes_on_here(scene.language), None, (here,))
    _open_groups(scene, (here,))
    for step in _shown(scene.round):
        post_step(scene, step, (here,))
        turn_news.show_again(scene, step, (here,))
    actor = scene.ctx.person.id if scene.ctx.person else None
    for person in (*scene.round.speakers, *scene.round.listeners):
        to = scene.reader(person) if person != actor else None
        if to is not None and to[0].account.space == here.space:
            scene.letter(to[0], "notice", place_words.goes_on_there(to[1], scene.near(to[0])))


def _open_groups(scene: Scene, channels: tuple[Channel, ...]) -> None:
    """Those that are at work now, where they have threads of their own."""
    for number, group in enumerate(scene.round.groups):
        if not group.over:
            open_group(scene, number, tuple(channel for channel in channels if scene.apart(channel)))


def post_step(scene: Scene, number: int, channels: tuple[Channel, ...] | None = None) -> None:
    """A step's question, in the thread; that of a group where it has one."""
    in_group = scene.round.steps[number].group is not None
    for near, there in scene.each(scene.round.channels if channels is None else channels):
        places = tuple(channel for channel in there if scene.apart(channel)) if in_group else there
        message = prompts.step(scene.language, near, number, scene.people)
        scene.post(message, scene.about("step", number), places, step=number)


def _shown(round_: Round) -> tuple[int, ...]:
    """The steps that are played now, which have a message."""
    split = (round_.current,) if round_.step is not None and round_.step.state == "split" else ()
    return *split, *round_.at_work


def _edit_current(scene: Scene) -> None:
    for step in _shown(scene.round):
        scene.edit_step(step)


def _cancelled(scene: Scene, _: happened.RoundCancelled) -> None:
    _stopped(scene)
    if scene.began:
        scene.post(notes.stopped(scene.language, scene.round))


def _lapsed(scene: Scene, _: happened.RoundLapsed) -> None:
    _stopped(scene)
    if scene.began:
        scene.post(notes.lapsed(scene.language))


def _stopped(scene: Scene) -> None:
    """What was open has no buttons any more."""
    nobody_wanted(scene)
    for step in _shown(scene.before):
        scene.edit_step(step)


def nobody_wanted(scene: Scene) -> None:
    """Neither a second voice nor somebody to hold it."""
    voice_news.no_more_wanted(scene)
    if (asked := scene.before.asked) is not None and asked.missed and scene.stands(scene.about("away")):
        scene.edit(scene.about("away"), notes.holder_was_wanted(scene.language))


def _seat_taken(scene: Scene, fact: happened.SeatTaken) -> None:
    """Who joined just now is answered at once; this is for somebody who was waiting."""
    actor = scene.ctx.person.id if scene.ctx.person else None
    if fact.person != actor and (to := scene.reader(fact.person)) is not None:
        scene.letter(to[0], "notice", letters.seat_free(to[1], scene.near(to[0])))


def _role(scene: Scene, fact: happened.RoleGiven) -> None:
    scene.post(notes.role_given(scene.language, scene.round, fact.role, fact.person, scene.people))


def _offered(scene: Scene, fact: happened.FacilitatorOffered) -> None:
    """Who takes no direct messages is asked where the round stands."""
    if (to := scene.reader(fact.person)) is None:
        return
    letter = holder_letters.offered(to[1], scene.near(to[0]), scene.people)
    if scene.letter(to[0], "request", letter) == Withheld("unreachable"):
        scene.post(notes.offered(scene.language, scene.round, fact.person, scene.people))


def _changed_hands(scene: Scene, fact: happened.FacilitatorChanged) -> None:
    """In the place of the question who would hold it, if it stands there."""
    message = notes.held_by(scene.language, fact.person, scene.people)
    asked = scene.before.asked
    if asked is not None and asked.missed:
        scene.edit(scene.about("away"), message)
    elif scene.began:
        scene.post(message)


def _decide(scene: Scene, fact: happened.FacilitatorAsked) -> None:
    _edit_current(scene)
    if (to := scene.reader(fact.person)) is not None:
        near, step = scene.near(to[0]), objections.waiting(scene.round)
        if fact.about == "objection" and step is not None:
            letter = objection_words.decide(to[1], near, step, fact.until)
        else:
            letter = holder_letters.decide(to[1], near, fact.about, fact.until, scene.alternative)
        scene.letter(to[0], "request", letter, before=fact.until)


def _away(scene: Scene, fact: happened.FacilitatorMissed) -> None:
    message = notes.away(scene.language, scene.round, fact.person, scene.people)
    if fact.person is None and scene.round.facilitator is not None:
        message = notes.stand_in(scene.language, scene.round, scene.people)
    scene.post(message, scene.about("away"))


def _keep_asked(scene: Scene, fact: happened.KeepAsked) -> None:
    one = scene.round.contribution(fact.contribution)
    to = scene.reader(fact.person)
    if one is not None and to is not None:
        letter = letters.keep(to[1], scene.near(to[0]), one)
        scene.letter(to[0], "consent", letter, before=fact.until, about=needless.may_keep(scene.round, one.id))


NEWS: Mapping[type, Callable[[Scene, Any], None]] = {
    happened.RoundInvited: _invited,
    happened.TooFew: _too_few,
    happened.RoundBegan: _began,
    happened.RoundPaused: _paused,
    happened.HomeLost: _home_lost,
    happened.RoundMoved: _moved,
    happened.RoundResumed: _resumed,
    happened.RoundCancelled: _cancelled,
    happened.RoundLapsed: _lapsed,
    happened.SeatTaken: _seat_taken,
    happened.RoleGiven: _role,
    happened.FacilitatorOffered: _offered,
    happened.FacilitatorChanged: _changed_hands,
    happened.FacilitatorAsked: _decide,
    happened.FacilitatorMissed: _away,
    happened.KeepAsked: _keep_asked,
}
