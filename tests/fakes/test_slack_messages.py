"""Messages: https://docs.slack.dev/messaging, as of 2026-11-25."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.listening import refusal
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


async def test_a_message_stands_where_it_was_posted(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    meta = {"event_type": "kring_out", "event_payload": {"id": "7"}}
    answer = await client.chat_postMessage(channel=general.id, text="Hi", blocks=[SECTION], metadata=meta)
    assert answer["channel"] == general.id
    assert answer["message"]["bot_profile"]["app_id"] == slack.app.id
    [shown] = slack.sees(anna, general)
    assert (shown.ts, shown.author, shown.text) == (answer["ts"], "Kring", "Hello")
    assert list(slack.posts_by_id()) == ["7"]


async def test_a_person_is_written_to_by_id(
    slack: SlackServer, client: AsyncWebClient, anna: Person, school: Workspace
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage#app-home"""
    answer = await client.chat_postMessage(channel=anna.id, text="Hi")
    assert answer["channel"] == slack.dm(anna).id
    assert answer["channel"][0] == "D"
    opened = await client.conversations_open(users=anna.id)
    assert opened["channel"]["id"] == answer["channel"]
    assert await refusal(client.chat_postMessage(channel="U0NOBODY", text="x")) == "user_not_found"
    bot = slack.person(school, "Robot", bot=True)
    assert await refusal(client.chat_postMessage(channel=bot.id, text="x")) == "cannot_dm_bot"
    await slack.leaves_team(anna)
    assert await refusal(client.chat_postMessage(channel=anna.id, text="x")) == "user_disabled"
    assert await refusal(client.chat_postMessage(channel=slack.dm(anna).id, text="x")) == "user_disabled"


async def test_somebody_of_another_organisation_is_not_reached(
    slack: SlackServer, client: AsyncWebClient, school: Workspace
) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    stranger = slack.person(school, "Sam", stranger=True)
    assert await refusal(client.chat_postMessage(channel=stranger.id, text="x")) == "channel_not_found"
    assert await refusal(client.conversations_open(users=stranger.id)) == "user_not_visible"
    shown = (await client.users_info(user=stranger.id))["user"]
    assert shown["is_stranger"]
    assert shown["team_id"] != school.id


async def test_a_place_may_be_closed(slack: SlackServer, client: AsyncWebClient, school: Workspace) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

    async def post(channel: str) -> str:
        return await refusal(client.chat_postMessage(channel=channel, text="x"))

    assert await post("C0NOWHERE") == "channel_not_found"
    private = slack.channel(school, "private", private=True, with_app=False)
    assert await post(private.id) == "channel_not_found"
    archived = slack.channel(school, "archived")
    archived.archived = True
    assert await post(archived.id) == "is_archived"
    restricted = slack.channel(school, "news")
    restricted.posting_restricted = True
    assert await post(restricted.id) == "restricted_action"


async def test_not_in_channel_without_the_scope_for_public_ones(slack: SlackServer) -> None:
    """https://docs.slack.dev/reference/scopes/chat.write.public"""
    space = slack.workspace("Small", installed=False)
    room = slack.channel(space, "room", with_app=False)
    client = AsyncWebClient(slack.install(space, scopes=["chat:write"]).token, slack.url)
    assert await refusal(client.chat_postMessage(channel=room.id, text="x")) == "not_in_channel"
    slack.install(space, scopes=["chat:write.public"])
    assert (await client.chat_postMessage(channel=room.id, text="x"))["ok"]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_content_is_checked(client: AsyncWebClient, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

    async def post(**content: Any) -> str:
        return await refusal(client.chat_postMessage(channel=general.id, **content))

    assert await post(text="") == "no_text"
    assert await post(text="x" * 40_001) == "msg_too_long"
    assert await post(text="x", blocks="[{") == "invalid_blocks_format"
    assert await post(text="x", metadata={"event_type": "a"}) == "invalid_metadata_schema"
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert await post(text="x", blocks=[long] * 5) == "msg_blocks_too_long"
    picture = {"type": "image", "slack_file": {"id": "F0NOWHERE"}, "alt_text": "x"}
    assert await post(text="x", blocks=[picture]) == "invalid_blocks"
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=general.id, text="x", blocks=[{"type": "section"}])
    answer = raised.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] missing required field: text or fields [json-pointer:/blocks/0]"
    ]


async def test_threads(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/messaging#threading"""
    root = await slack.says(anna, general, "A question")
    first = await client.chat_postMessage(channel=general.id, text="One", thread_ts=root.ts)
    await client.chat_postMessage(channel=general.id, text="Two", thread_ts=root.ts, reply_broadcast=True)
    assert [each.text for each in slack.sees(anna, general)] == ["A question", "Two"]
    assert [each.text for each in slack.sees(anna, general, thread=root)] == ["A question", "One", "Two"]
    assert await refusal(client.chat_postMessage(channel=general.id, text="x", thread_ts="1.0")) == "thread_not_found"
    # the ts of a reply leads to the same thread
    answer = await client.chat_postMessage(channel=general.id, text="Three", thread_ts=first["ts"])
    assert answer["message"]["thread_ts"] == root.ts
    await slack.joins_channel(slack.person(anna.team, "Bo"), general)
    joined = slack.sees(anna, general)[-1]
    answered = refusal(client.chat_postMessage(channel=general.id, text="x", thread_ts=joined.ts))
    assert await answered == "cannot_reply_to_message"


async def test_reading_back(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history and …/conversations.replies"""
    meta = {"event_type": "kring_out", "event_payload": {"id": "7"}}
    root = await slack.says(anna, general, "one")
    for text in ("two", "three"):
        await client.chat_postMessage(channel=general.id, text=text, metadata=meta, thread_ts=root.ts)
    last = await slack.says(anna, general, "four")
    history = (await client.conversations_history(channel=general.id))["messages"]
    assert [each["text"] for each in history] == ["four", "one"]
    assert history[1]["reply_count"] == 2
    since = await client.conversations_history(channel=general.id, oldest=last.ts)
    assert since["messages"] == []
    assert (await client.conversations_history(channel=general.id, oldest=last.ts, inclusive=True))["messages"] != []
    replies = await client.conversations_replies(channel=general.id, ts=root.ts)
    assert [each["text"] for each in replies["messages"]] == ["one", "two", "three"]
    assert all("metadata" not in each for each in replies["messages"])
    late = await client.conversations_replies(
        channel=general.id, ts=root.ts, include_all_metadata=True, oldest=replies["messages"][1]["ts"]
    )
    assert [each["text"] for each in late["messages"]] == ["one", "three"], "the root always comes along"
    assert late["messages"][1]["metadata"] == meta
    page = await client.conversations_replies(channel=general.id, ts=root.ts, limit=1)
    assert page["has_more"]
    assert await refusal(client.conversations_replies(channel=general.id, ts="1.0")) == "thread_not_found"


async def test_reading_needs_membership(slack: SlackServer, client: AsyncWebClient, school: Workspace) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history#errors"""
    room = slack.channel(school, "room", with_app=False)
    assert await refusal(client.conversations_history(channel=room.id)) == "not_in_channel"
    assert not (await client.conversations_info(channel=room.id))["channel"]["is_member"]
    assert await refusal(client.conversations_info(channel="C0NOWHERE")) == "channel_not_found"


async def test_editing(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    posted = await client.chat_postMessage(channel=general.id, text="Hi", blocks=[SECTION])
    await client.chat_update(channel=general.id, ts=posted["ts"], text="Other words")
    [shown] = slack.sees(anna, general)
    assert shown.text == "Hello", "without blocks the old ones stay"
    assert shown.edited
    await client.chat_update(channel=general.id, ts=posted["ts"], text="Other words", blocks=[])
    assert slack.sees(anna, general)[0].text == "Other words"
    hers = await slack.says(anna, general, "Mine")

    async def update(channel: str, ts: str) -> str:
        return await refusal(client.chat_update(channel=channel, ts=ts, text="x"))

    assert await update(general.id, hers.ts) == "cant_update_message"
    assert await update(general.id, "1.0") == "message_not_found"
    # a direct conversation is named by its own id here, not by the person's
    direct = await client.chat_postMessage(channel=anna.id, text="Hi")
    assert await update(anna.id, direct["ts"]) == "channel_not_found"
    general.archived = True
    assert await update(general.id, posted["ts"]) == "is_inactive"


async def test_deleting(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    posted = await client.chat_postMessage(channel=general.id, text="Hi")
    await client.chat_delete(channel=general.id, ts=posted["ts"])
    assert slack.sees(anna, general) == []
    assert await refusal(client.chat_delete(channel=general.id, ts=posted["ts"])) == "message_not_found"
    hers = await slack.says(anna, general, "Mine")
    assert await refusal(client.chat_delete(channel=general.id, ts=hers.ts)) == "cant_delete_message"
    await client.chat_postMessage(channel=general.id, text="Reply", thread_ts=hers.ts)
    await slack.deletes(anna, hers)
    assert slack.sees(anna, general)[0].text == "This message was deleted."


async def test_whispering(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    bo = slack.person(anna.team, "Bo")
    refused = refusal(client.chat_postEphemeral(channel=general.id, user=bo.id, text="x"))
    assert await refused == "user_not_in_channel"
    await slack.joins_channel(bo, general)
    whispered = await client.chat_postEphemeral(channel=general.id, user=anna.id, text="Only you")
    assert [each.text for each in slack.ephemerals(anna)] == ["Only you"]
    assert slack.sees(anna, general)[-1].private
    assert "Only you" not in [each.text for each in slack.sees(bo, general)]
    # it cannot be changed by its ts
    changed = client.chat_update(channel=general.id, ts=whispered["message_ts"], text="x")
    assert await refusal(changed) == "message_not_found"


async def test_a_whisper_in_a_thread_shows_once_the_thread_is_active(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    root = await slack.says(anna, general, "A question")
    await client.chat_postEphemeral(channel=general.id, user=anna.id, text="Psst", thread_ts=root.ts)
    assert len(slack.sees(anna, general, thread=root)) == 1
    await slack.says(anna, general, "More", thread=root)
    assert [each.text for each in slack.sees(anna, general, thread=root)] == ["A question", "Psst", "More"]


async def test_reactions(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    said = await slack.says(anna, general, "Hi")
    await client.reactions_add(channel=general.id, timestamp=said.ts, name="bookmark")
    assert slack.sees(anna, general)[0].reactions == ("bookmark",)
    again = client.reactions_add(channel=general.id, timestamp=said.ts, name="bookmark")
    assert await refusal(again) == "already_reacted"
    missing = client.reactions_add(channel=general.id, timestamp="1.0", name="bookmark")
    assert await refusal(missing) == "message_not_found"
    assert await refusal(client.reactions_add(channel=general.id, timestamp=said.ts, name="🔖")) == "invalid_name"


async def test_a_file_comes_in_three_calls(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/messaging/working-with-files#uploading_files"""
    root = await slack.says(anna, general, "A chart, please")
    uploaded = await client.files_upload_v2(
        content=b"a picture",
        filename="chart.png",
        alt_txt="Three bars",
        channel=general.id,
        thread_ts=root.ts,
        initial_comment="Here",
    )
    shown = slack.sees(anna, general, thread=root)[-1]
    assert (shown.text, shown.files[0].content, shown.files[0].alt) == ("Here", b"a picture", "Three bars")
    info = (await client.files_info(file=uploaded["files"][0]["id"]))["file"]
    assert info["shares"]["public"][general.id][0]["ts"] == shown.ts
    long = client.files_getUploadURLExternal(filename="x.png", length=1, alt_txt="x" * 1001)
    assert await refusal(long) == "alt_txt_too_large"
    unsent = await client.files_getUploadURLExternal(filename="x.png", length=1)
    assert await refusal(client.files_completeUploadExternal(files=[{"id": unsent["file_id"]}])) == "file_not_found"


async def test_a_picture_in_a_block_is_a_file_that_was_uploaded(
    client: AsyncWebClient, slack: SlackServer, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
    uploaded = await client.files_upload_v2(content=b"a picture", filename="chart.png", title="A chart")
    block = {"type": "image", "slack_file": {"id": uploaded["files"][0]["id"]}, "alt_text": "Three bars"}
    await client.chat_postMessage(channel=general.id, text="A chart", blocks=[block])
    assert slack.sees(anna, general)[-1].text == "Three bars"
