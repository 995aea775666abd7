"""What people do and what the app hears of it: https://docs.slack.dev/reference/events, as of 2026-11-25."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.listening import over_sockets, refusal
from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer


async def test_a_mention_is_told_twice(slack: SlackServer, anna: Person, general: Channel) -> None:
    """As a message and as a mention: https://docs.slack.dev/reference/events/app_mention"""
    async with over_sockets(slack) as heard:
        await slack.says(anna, general, "@Kring help")
        await slack.says(anna, slack.dm(anna), "@Kring help")
        await slack.idle()
    assert sorted(heard.kinds) == ["app_mention", "message", "message"]


async def test_edits_and_deletions(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/events/message/message_changed and …/message_deleted"""
    async with over_sockets(slack) as heard:
        said = await slack.says(anna, general, "Helo")
        await slack.edits(anna, said, "Hello")
        await slack.deletes(anna, said)
        await slack.idle()
    _, changed, deleted = heard.events
    assert changed["subtype"] == "message_changed"
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("Helo", "Hello")
    assert changed["message"]["edited"]["user"] == anna.id
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert deleted["previous_message"]["user"] == anna.id
    with pytest.raises(ClientRefusal, match="message_not_found"):
        await slack.edits(anna, said, "Again")


async def test_what_the_app_says_is_told_to_it_too(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/events/message: apps must know their own messages (`bot_id`, `app_id`)"""
    async with over_sockets(slack) as heard:
        await client.chat_postMessage(channel=general.id, text="Hi")
        await slack.idle()
    assert heard.events[0]["app_id"] == slack.app.id
    assert heard.events[0]["user"] == slack.world.bot(slack.world.space(anna.team)).id


async def test_reactions(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/events/reaction_added"""
    said = await slack.says(anna, general, "Hi")
    async with over_sockets(slack) as heard:
        await slack.reacts(anna, said, "bookmark")
        await slack.unreacts(anna, said, "bookmark")
        await slack.idle()
    added = heard.events[-2]
    assert (added["user"], added["reaction"], added["item_user"]) == (anna.id, "bookmark", anna.id)
    assert added["item"] == {"type": "message", "channel": general.id, "ts": said.ts}
    assert heard.kinds[-1] == "reaction_removed"


async def test_coming_and_going(slack: SlackServer, school: Workspace, general: Channel) -> None:
    """https://docs.slack.dev/reference/events/team_join, …/user_change, …/member_joined_channel"""
    async with over_sockets(slack) as heard:
        bo = await slack.joins_team(school, "Bo", tz="Europe/Brussels")
        await slack.changes_profile(bo, tz="Asia/Tokyo")
        await slack.leaves_team(bo)
        await slack.idle()
    assert sorted(heard.kinds) == ["member_joined_channel", "message", "team_join", "user_change", "user_change"]
    users = [each["user"] for each in heard.events if each["type"] == "user_change"]
    assert users[0]["tz"] == "Asia/Tokyo"
    assert users[1]["deleted"]
    assert bo.id not in general.members
    with pytest.raises(ClientRefusal, match="account_inactive"):
        await slack.says(bo, general, "Hi")


async def test_joining_and_leaving_a_channel(
    slack: SlackServer, school: Workspace, anna: Person, general: Channel
) -> None:
    bo = slack.person(school, "Bo")
    async with over_sockets(slack) as heard:
        await slack.joins_channel(bo, general, inviter=anna)
        await slack.leaves_channel(bo, general)
        await slack.idle()
    joined = next(each for each in heard.events if each["type"] == "member_joined_channel")
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == (bo.id, anna.id, "C")
    assert "member_left_channel" in heard.kinds
    assert [each.get("subtype") for each in heard.events if each["type"] == "message"] == [
        "channel_join",
        "channel_leave",
    ]


async def test_the_bot_comes_and_goes(
    slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person
) -> None:
    """https://docs.slack.dev/reference/events/channel_left"""
    room = slack.channel(school, "room", [anna], with_app=False)
    bot = slack.world.bot(school)
    async with over_sockets(slack) as heard:
        await slack.invites_bot(anna, room)
        await slack.removes_bot(anna, room)
        await slack.says(anna, room, "Without you")
        await slack.idle()
    joined = next(each for each in heard.events if each["type"] == "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (bot.id, anna.id)
    left = next(each for each in heard.events if each["type"] == "channel_left")
    assert (left["channel"], left["actor_id"]) == (room.id, anna.id)
    told = next(each for each in heard.events if each.get("user") == "USLACKBOT")
    assert told["channel_type"] == "im"
    assert "You have been removed from #room" in told["text"]
    assert all("Without you" not in str(each) for each in heard.events)
    assert await refusal(client.conversations_history(channel=room.id)) == "not_in_channel"


async def test_channels_change(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/events/channel_rename and its sisters"""
    async with over_sockets(slack) as heard:
        await slack.renames(anna, general, "everybody")
        await slack.archives(anna, general)
        await slack.unarchives(anna, general)
        await slack.deletes_channel(anna, general)
        await slack.idle()
    changes = {each["type"]: each for each in heard.events if each["type"] != "message"}
    assert set(changes) == {"channel_rename", "channel_archive", "channel_unarchive", "channel_deleted"}
    assert changes["channel_rename"]["channel"]["name"] == "everybody"
    assert changes["channel_archive"]["user"] == anna.id
    with pytest.raises(ClientRefusal, match="channel_not_found"):
        slack.sees(anna, general)


async def test_private_channels_have_their_own_events(slack: SlackServer, school: Workspace, anna: Person) -> None:
    """https://docs.slack.dev/reference/events/group_rename"""
    room = slack.channel(school, "room", [anna], private=True)
    async with over_sockets(slack) as heard:
        await slack.says(anna, room, "Psst")
        await slack.renames(anna, room, "closed")
        await slack.idle()
    assert heard.events[0]["channel_type"] == "group"
    assert heard.kinds[-1] == "group_rename"


async def test_uninstalling(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled"""
    async with over_sockets(slack) as heard:
        await slack.uninstalls(anna.team)
        await slack.says(anna, general, "Alone again")
        await slack.idle()
    assert sorted(heard.kinds) == ["app_uninstalled", "tokens_revoked"]
    assert await refusal(client.auth_test()) == "account_inactive"
    slack.install(anna.team)
    assert (await AsyncWebClient(slack.world.space(anna.team).installation.token, slack.url).auth_test())["ok"]


async def test_two_workspaces(slack: SlackServer, anna: Person, general: Channel) -> None:
    other = slack.workspace("De Vlinder")
    bo = slack.person(other, "Bo")
    theirs = slack.channel(other, "general", [bo])
    async with over_sockets(slack) as heard:
        await slack.says(anna, general, "Hello")
        await slack.says(bo, theirs, "Hoi")
        await slack.idle()
    assert [each["team_id"] for each in heard.payloads] == [anna.team, other.id]


async def test_the_time_that_is_written_on_things_is_given() -> None:
    async with SlackServer(wall=lambda: 1_800_000_000.5) as slack:
        space = slack.workspace("De Regenboog")
        anna = slack.person(space, "Anna")
        general = slack.channel(space, "general", [anna])
        first, second = [await slack.says(anna, general, "Hi") for _ in range(2)]
        assert first.ts.startswith("1800000000.5")
        assert first.ts < second.ts


async def test_somebody_of_another_organisation(
    slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person
) -> None:
    """In a channel shared by Slack Connect: https://docs.slack.dev/apis/slack-connect"""
    sam = slack.person(school, "Sam", stranger=True)
    shared = slack.channel(school, "shared", [anna, sam], shared=True)
    async with over_sockets(slack) as heard:
        await slack.says(sam, shared, "Hello from elsewhere")
        await slack.idle()
        await slack.calls(sam, shared, "/kring")
    payload = heard.payloads[0]
    assert payload["is_ext_shared_channel"]
    assert payload["team_id"] == school.id
    assert payload["event"]["user_team"] == payload["event"]["team"] == sam.home_team != school.id
    assert (await client.conversations_info(channel=shared.id))["channel"]["is_ext_shared"]
