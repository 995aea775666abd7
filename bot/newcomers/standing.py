"""The button *I'm new here*, which stands in the home channel where people press a button before Kring writes to them.

It stands there once. It follows the home channel, and comes back when it was deleted or could not be posted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.customs import customs
from bot.chat.events import CameDue, MessageDeleted
from bot.chat.names import Channel, Space
from bot.chat.requests import Edit, Post
from bot.newcomers import views
from bot.newcomers.model import ButtonGone, ButtonStands
from bot.newcomers.ports import Ctx

BUTTON = "newcomer.button"
"""What the message is about: the button by its id, a new one each time it is put up."""
AGAIN = timedelta(days=1)
"""It is put up again at most so often, whoever deletes it and whatever the platform says."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the button was put up last, and whether it stands there still."""

    id: str
    since: datetime
    channel: Channel
    stands: bool


def arranged(ctx: Ctx, _fact: object) -> None:
    """A host has set something: perhaps another home channel."""
    for space in {*ctx.unit.communities.spaces(ctx.community.id), *(home.space for home in ctx.community.homes)}:
        if customs(space).asked_first:
            _follow(ctx, space)


def came_due(ctx: Ctx, event: CameDue) -> Answer:
    platform, _, id_ = event.about.id.partition(".")
    ctx.wait(event.about, None)
    _follow(ctx, Space(platform, id_))
    return Nothing()


def deleted(ctx: Ctx, event: MessageDeleted) -> Answer:
    """Somebody deleted a message of Kring's: if it was this one, it comes back."""
    posted = ctx.unit.posts.named(ctx.community.id, event.message)
    if posted is not None and posted.about.name == BUTTON:
        _gone(ctx, event.message.channel.space, posted.about.id)
    return Nothing()


def refused(ctx: Ctx, space: Space, button: str) -> None:
    """It could not be put up, and is tried again tomorrow."""
    _gone(ctx, space, button)


def _gone(ctx: Ctx, space: Space, button: str) -> None:
    last = _last(ctx, space)
    if last is not None and last.stands and last.id == button:
        ctx.record(_noted(space), ButtonGone(button))
        _follow(ctx, space)


def _follow(ctx: Ctx, space: Space) -> None:
    """One button in the home channel of that space, and nowhere else."""
    home, last = ctx.community.home_in(space), _last(ctx, space)
    if last is not None and last.stands:
        if last.channel == home:
            return
        _take_down(ctx, last, home)
    if home is None:
        return
    if last is not None and last.channel == home and ctx.now < last.since + AGAIN:
        ctx.wait(_noted(space), last.since + AGAIN)
        return
    id_ = ctx.new_id()
    ctx.record(_noted(space), ButtonStands(id_, home.id))
    ctx.ask(Post(home, views.standing(ctx.common_words), about=Action(BUTTON, id_)))


def _take_down(ctx: Ctx, last: Standing, home: Channel | None) -> None:
    about = Action(BUTTON, last.id)
    ctx.unit.outbox.drop(ctx.community.id, about)
    if ctx.unit.posts.find(ctx.community.id, about) is not None:
        ctx.ask(Edit(last.channel, about, views.button_moved(ctx.common_words, home)))
    ctx.record(_noted(last.channel.space), ButtonGone(last.id))


def _last(ctx: Ctx, space: Space) -> Standing | None:
    last: Standing | None = None
    for at, kind, values in ctx.unit.facts.of(ctx.community.id, _noted(space)):
        if kind == ButtonStands.__name__:
            last = Standing(str(values["button"]), at, Channel(space, str(values["channel"])), stands=True)
        elif last is not None:
            last = replace(last, stands=False)
    return last


def _noted(space: Space) -> Action:
    """Where it is noted what became of the button in that space, and when to try again."""
    return Action("newcomer.standing", f"{space.platform}.{space.id}")
