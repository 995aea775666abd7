"""views.*: https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/surfaces/app-home"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack import fields, shapes
from tests.fakes.slack.blockkit import too_large, view_faults
from tests.fakes.slack.methods_chat import missing_files
from tests.fakes.slack.responses import Trigger
from tests.fakes.slack.state import Json, View, Workspace
from tests.fakes.slack.web_api import Call, SlackError, method

MOST_VIEWS = 3
"""In a stack: https://docs.slack.dev/surfaces/modals#view_stack"""


def checked(call: Call, kind: str) -> Json:
    """The view of a call, if Slack takes it: `invalid_arguments` with the faults."""
    given = call.structure("view", "invalid_arguments")
    found = view_faults(given)
    if not found and given["type"] != kind:
        found = [f"must be a view of type {kind} [json-pointer:/view/type]"]
    if not found:
        found = missing_files(call, given["blocks"], "/view/blocks")
    if found:
        raise SlackError("invalid_arguments", *found)
    if too_large(given):
        raise SlackError("view_too_large")
    return given


def _unique(call: Call, body: Json, but: View | None = None) -> None:
    external = body.get("external_id")
    if external and any(each.body.get("external_id") == external and each is not but for each in _all(call.space)):
        raise SlackError("duplicate_external_id")


def _all(space: Workspace) -> list[View]:
    return [each for stack in space.modals.values() for each in stack] + list(space.homes.values())


def trigger(call: Call) -> Trigger:
    """A trigger works once and for three seconds: https://docs.slack.dev/interactivity/handling-user-interaction"""
    return call.slack.responses.exchange(call.space, call.text("trigger_id") or call.text("interactivity_pointer"))


def make(slack: Any, space: Workspace, user: str, body: Json, previous: View | None = None) -> View:
    body = body | {"blocks": slack.posting.numbered(body["blocks"])}
    id_ = slack.world.ids.new("V")
    view = View(id_, space.id, user, body, _hash(slack), previous.root if previous else id_)
    view.previous = previous.id if previous else None
    view.filled = fields.blank(body["blocks"])
    slack.ear.hears(slack.wall(), "", user, view.body)
    return view


def change(slack: Any, view: View, body: Json) -> None:
    """Fields with the same block_id and action_id keep what stands in them:
    https://docs.slack.dev/reference/views/modal-views"""
    kept = view.filled
    view.body = body | {"blocks": slack.posting.numbered(body["blocks"])}
    slack.ear.hears(slack.wall(), "", view.user, view.body)
    view.hash = _hash(slack)
    view.errors = {}
    view.filled = fields.blank(view.body["blocks"])
    for block_id, inside in view.filled.items():
        for action_id, state in inside.items():
            before = kept.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == state["type"]:
                inside[action_id] = before


def _hash(slack: Any) -> str:
    return f"{slack.world.ids.ts()[:10]}.{slack.world.secret('view')[:8]}"


@method("views.open", tier=4)
def open_(call: Call) -> Json:
    found = trigger(call)
    body = checked(call, "modal")
    _unique(call, body)
    view = make(call.slack, call.space, found.user, body)
    call.space.modals[found.user] = [view]
    found.use(view)
    return {"view": shapes.view(call.slack.world, view)}


@method("views.push", tier=4)
def push(call: Call) -> Json:
    found = trigger(call)
    stack = call.space.modals.get(found.user, [])
    if not stack or not found.in_modal:
        raise SlackError("not_found")
    if len(stack) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")
    body = checked(call, "modal")
    _unique(call, body)
    view = make(call.slack, call.space, found.user, body, stack[-1])
    stack.append(view)
    found.use(view)
    return {"view": shapes.view(call.slack.world, view)}


@method("views.update", tier=4)
def update(call: Call) -> Json:
    wanted, external = call.text("view_id"), call.text("external_id")
    found = [
        each
        for each in _all(call.space)
        if (wanted and each.id == wanted) or (external and each.body.get("external_id") == external)
    ]
    if not found:
        raise SlackError("not_found")
    view = found[0]
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    body = checked(call, view.type)
    _unique(call, body, view)
    change(call.slack, view, body)
    call.slack.responses.touched(view)
    return {"view": shapes.view(call.slack.world, view)}


@method("views.publish", tier=4)
def publish(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish"""
    if not call.slack.app.has_home:
        raise SlackError("not_enabled")
    person = call.space.people.get(call.text("user_id"))
    if person is None or person.deleted or person.stranger:
        raise SlackError("invalid_arguments", "invalid `user_id`")
    home = call.space.homes.get(person.id)
    if home is not None and call.text("hash") and call.text("hash") != home.hash:
        raise SlackError("hash_conflict")
    body = checked(call, "home")
    _unique(call, body, home)
    if home is None:
        home = call.space.homes[person.id] = make(call.slack, call.space, person.id, body)
    else:
        change(call.slack, home, body)
    return {"view": shapes.view(call.slack.world, home)}
