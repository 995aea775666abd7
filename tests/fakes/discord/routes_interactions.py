"""Answering interactions: the callback, `@original` and follow-ups.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback, as of 2026-11-26. These
routes need no bot token: the interaction's own stands in the path. They do not count for the limit of all calls
together; webhooks have 5 calls in 2 seconds: https://docs.discord.com/developers/topics/rate-limits
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.discord import shapes
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.rest import Call, Reply, route
from tests.fakes.discord.state import EPHEMERAL, Json, Message

HOOK = "/webhooks/{application}/{token}"
LIMIT = (5, 2.0)


@contextmanager
def _noting(call: Call, interaction: Interaction) -> Iterator[None]:
    """What is refused stands in the Outcome as well."""
    try:
        yield
    except DiscordError as error:
        raise call.discord.responses.refused(interaction, error) from None


@route("POST", "/interactions/{interaction}/{token}/callback", authorised=False, limit=LIMIT, counts_globally=False)
def callback(call: Call) -> Reply | Json | None:
    responses = call.discord.responses
    interaction = responses.open(call.args["interaction"], call.args["token"])
    with _noting(call, interaction):
        message = call.discord.answering.first(interaction, call.fields, call.files)
    kind: int = call.fields["type"]
    responses.acknowledge(interaction, kind, call.fields)
    return _created(call, interaction, kind, message) if call.flag("with_response") else None


def _created(call: Call, interaction: Interaction, kind: int, message: Message | None) -> Json:
    """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object"""
    about: Json = {"id": interaction.id, "type": interaction.kind}
    resource: Json = {"type": kind}
    if message is not None:
        about |= {
            "response_message_id": message.id,
            "response_message_loading": message.loading,
            "response_message_ephemeral": bool(message.flags & EPHEMERAL),
        }
        if not message.loading:
            resource["message"] = shapes.message(call.discord.world, message)
    return {"interaction": about, "resource": resource}


def _hook(call: Call) -> Interaction:
    return call.discord.responses.hook(call.args["application"], call.args["token"])


def _standing(call: Call, interaction: Interaction) -> Message:
    return call.discord.responses.message(interaction, call.args["message"])


@route("POST", HOOK, authorised=False, limit=LIMIT, bucket="webhook", counts_globally=False)
def follow_up(call: Call) -> Json:
    """ "`wait` is always true". After a deferred answer this fills it in, as editing `@original` does."""
    interaction = _hook(call)
    with _noting(call, interaction):
        original = interaction.original
        if original is not None and original.loading and call.discord.responses.stands(original):
            # "the ephemeral flag will be ignored": deprecated, and still so
            call.discord.answering.change(interaction, original, call.fields, call.files)
            return shapes.message(call.discord.world, original)
        message = call.discord.answering.make(interaction, call.fields, call.files)
    interaction.followups[message.id] = message
    return shapes.message(call.discord.world, message)


@route("GET", HOOK + "/messages/{message}", authorised=False, limit=LIMIT, bucket="webhook", counts_globally=False)
def look(call: Call) -> Json:
    return shapes.message(call.discord.world, _standing(call, _hook(call)))


@route("PATCH", HOOK + "/messages/{message}", authorised=False, limit=LIMIT, bucket="webhook", counts_globally=False)
def edit(call: Call) -> Json:
    interaction = _hook(call)
    with _noting(call, interaction):
        message = _standing(call, interaction)
        call.discord.answering.change(interaction, message, call.fields, call.files)
    return shapes.message(call.discord.world, message)


@route("DELETE", HOOK + "/messages/{message}", authorised=False, limit=LIMIT, bucket="webhook", counts_globally=False)
def delete(call: Call) -> None:
    interaction = _hook(call)
    with _noting(call, interaction):
        call.discord.posting.remove(_standing(call, interaction))
