"""auth.*, apps.*, team.*, users.*, bots.*: https://docs.slack.dev/reference/methods"""

from __future__ import annotations

from tests.fakes.slack import shapes
from tests.fakes.slack.methods_conversations import page
from tests.fakes.slack.state import Json
from tests.fakes.slack.web_api import Call, SlackError, method


@method("api.test", tier=4, caller="none")
def api_test(call: Call) -> Json:
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": {name: value for name, value in call.args.items() if name[0] != "_"}}


@method("auth.test", tier=None)
def auth_test(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test; the scopes stand in the header `x-oauth-scopes`."""
    if call._space is None:
        return {"app_name": call.slack.app.manifest["display_information"]["name"], "app_id": call.slack.app.id}
    bot = call.slack.world.bot(call.space)
    shown: Json = {
        "url": f"https://{call.space.domain}.slack.com/",
        "team": call.space.name,
        "user": bot.name.casefold(),
        "team_id": call.space.id,
        "user_id": bot.id,
        "bot_id": call.installed.bot_id,
        "is_enterprise_install": False,
    }
    expires = call.installed.expires.get(call.token)
    return shown | ({"expires_in": int(expires - call.slack.wall())} if expires else {})


@method("auth.revoke", tier=3)
def auth_revoke(call: Call) -> Json:
    if not call.flag("test"):
        call.installed.tokens[call.token] = "token_revoked"
    return {"revoked": not call.flag("test")}


@method("apps.connections.open", tier=1, caller="app")
def connections_open(call: Call) -> Json:
    return {"url": call.slack.sockets.ticket()}


@method("apps.manifest.export", tier=3, caller="config")
def manifest_export(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/apps.manifest.export"""
    if call.need("app_id") != call.slack.app.id:
        raise SlackError("app_not_found")
    return {"manifest": call.slack.app.manifest}


@method("team.info", "team:read", tier=3)
def team_info(call: Call) -> Json:
    return {
        "team": {
            "id": call.space.id,
            "name": call.space.name,
            "url": f"https://{call.space.domain}.slack.com/",
            "domain": call.space.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "is_verified": False,
            "locale": "en-US",
        }
    }


@method("users.info", "users:read", tier=4)
def users_info(call: Call) -> Json:
    person = call.space.people.get(call.need("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": shapes.user(person, locale=call.flag("include_locale"))}


@method("users.list", "users:read", tier=2)
def users_list(call: Call) -> Json:
    people = [each for each in call.space.people.values() if not each.stranger]
    if len(people) > 1000 and not call.text("limit"):
        raise SlackError("limit_required")
    found, more = page(call, people, 1000, 1000)
    return {
        "members": [shapes.user(each, locale=call.flag("include_locale")) for each in found],
        "cache_ts": call.slack.world.ids.seconds(),
        **more,
    }


@method("bots.info", "users:read", tier=3)
def bots_info(call: Call) -> Json:
    if call.text("bot", call.installed.bot_id) != call.installed.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": shapes.bot_profile(call.slack.world, call.space)}
