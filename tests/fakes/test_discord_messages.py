"""Messages of the app: made once, changed, deleted, listed."""

from __future__ import annotations

import io

import discord as library
import pytest

from tests.fakes.discord.state import Channel, Guild, Message, Person
from tests.fakes.discord_listening import App, listening, refusal
from tests.fakes.discord_server import DiscordServer

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x20\x00\x00\x00\x10"


@pytest.fixture
def room(app: App, lobby: Channel) -> library.TextChannel:
    found = app.get_channel(int(lobby.id))
    assert isinstance(found, library.TextChannel)
    return found


async def test_a_message_stands_and_is_heard(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    sent = await room.send("**Hello** there")
    await server.idle()
    [seen] = server.sees(bram, lobby)
    assert (seen.id, seen.author, seen.text, seen.private) == (str(sent.id), "Kring", "Hello there", False)
    assert app.events("MESSAGE_CREATE")[0]["id"] == seen.id
    assert server.posts() == [seen.message]


async def test_the_same_nonce_makes_one_message(server: DiscordServer, room: library.TextChannel) -> None:
    first = await room.send("once", nonce="outbox-17")
    again = await room.send("twice", nonce="outbox-17")
    assert again.id == first.id
    assert again.nonce == "outbox-17"
    assert [each.content for each in server.posts_by_nonce()["outbox-17"]] == ["once"]
    assert server.counters.deduplicated == 1


async def test_a_nonce_is_forgotten_after_some_minutes_and_when_its_message_goes() -> None:
    moment = 1_800_000_000.0
    async with DiscordServer(limits=False, wall=lambda: moment) as server:
        lobby = server.channel(server.server("De Regenboog"), "lobby")
        async with listening(server) as app:
            room = app.get_partial_messageable(int(lobby.id))
            first = await room.send("one", nonce="n")
            moment += 301
            second = await room.send("two", nonce="n")
            assert second.id != first.id
            await second.delete()
            third = await room.send("three", nonce="n")
            assert third.id != second.id


async def test_a_nonce_is_told_once_and_not_with_the_history(
    server: DiscordServer, app: App, room: library.TextChannel
) -> None:
    sent = await room.send("once", nonce="outbox-18")
    await server.idle()
    assert app.events("MESSAGE_CREATE")[0]["nonce"] == "outbox-18"
    fetched = await room.fetch_message(sent.id)
    assert fetched.nonce is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content": "x" * 2001}, 50035),
        ({"content": ""}, 50006),
        ({"content": "x", "nonce": "n" * 26}, 50035),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, 50035),
        ({"content": "x", "message_reference": {"message_id": "12"}}, 50035),
        ({"content": "x", "flags": 1 << 15}, 50035),
        ([], 50109),
    ],
)
async def test_what_discord_does_not_take(app: App, lobby: Channel, body: object, code: int) -> None:
    route = library.http.Route("POST", "/channels/{channel_id}/messages", channel_id=lobby.id)
    assert await refusal(app.http.request(route, json=body)) == code


async def test_faults_are_told_per_field(app: App, room: library.TextChannel) -> None:
    with pytest.raises(library.HTTPException, match="Must be 2000 or fewer in length") as caught:
        await room.send("x" * 2001)
    assert (caught.value.status, caught.value.code) == (400, 50035)


async def test_two_thousand_characters_are_taken(room: library.TextChannel) -> None:
    assert len((await room.send("x" * 2000)).content) == 2000


async def test_an_edit_changes_what_it_names(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    embed = library.Embed(title="A title")
    sent = await room.send("before", embed=embed)
    await sent.edit(content="after")
    await server.idle()
    [seen] = server.sees(bram, lobby)
    assert (seen.text, seen.edited) == ("after\nA title", True)
    assert app.events("MESSAGE_UPDATE")[0]["content"] == "after"
    await sent.edit(embed=None)
    assert server.sees(bram, lobby)[0].text == "after"


async def test_an_edit_may_not_empty_a_message(room: library.TextChannel) -> None:
    sent = await room.send("before")
    assert await refusal(sent.edit(content=None)) == 50006


async def test_what_others_wrote_is_not_edited_and_deleted_only_by_right(
    server: DiscordServer, guild: Guild, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    said = await server.says(bram, lobby, "mine")
    partial = room.get_partial_message(int(said.id))
    assert await refusal(partial.edit(content="yours")) == 50005
    assert await refusal(partial.delete()) == 50013
    server.permit(lobby, "manage_messages")
    await partial.delete()
    assert server.sees(bram, lobby) == []
    assert await refusal(partial.delete()) == 10008


async def test_files_stand_with_their_description(
    server: DiscordServer, bram: Person, lobby: Channel, room: library.TextChannel
) -> None:
    picture = library.File(io.BytesIO(PNG), "the chart.png", description="A bar for each week")
    sent = await room.send("look", file=picture)
    [file] = server.sees(bram, lobby)[0].files
    assert (file.filename, file.content, file.description) == ("the_chart.png", PNG, "A bar for each week")
    assert (file.width, file.height) == (32, 16)
    assert await sent.attachments[0].read() == PNG
    await sent.edit(attachments=[])
    assert server.sees(bram, lobby)[0].files == ()


async def test_a_file_is_bounded(server: DiscordServer, app: App, room: library.TextChannel) -> None:
    large = library.File(io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), "large.bin")
    with pytest.raises(library.HTTPException) as caught:
        await room.send(file=large)
    assert (caught.value.status, caught.value.code) == (413, 40005)


async def test_an_answer_names_what_it_answers(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    said = await server.says(bram, lobby, "a question")
    await room.send("an answer", reference=room.get_partial_message(int(said.id)))
    await server.idle()
    assert server.sees(bram, lobby)[-1].reply_to == said.id
    assert app.events("MESSAGE_CREATE")[-1]["referenced_message"]["content"] == "a question"


async def test_many_are_deleted_at_once(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    said = [await server.says(bram, lobby, str(number)) for number in range(3)]
    partial = [room.get_partial_message(int(each.id)) for each in said]
    assert await refusal(room.delete_messages(partial)) == 50013
    server.permit(lobby, "manage_messages")
    await room.delete_messages(partial[:2])
    await server.idle()
    assert [each.text for each in server.sees(bram, lobby)] == ["2"]
    assert app.events("MESSAGE_DELETE_BULK")[0]["ids"] == [each.id for each in said[:2]]


async def test_old_messages_are_not_deleted_in_bulk(app: App, server: DiscordServer, lobby: Channel) -> None:
    server.permit(lobby, "manage_messages")
    assert await refusal(app.http.delete_messages(int(lobby.id), [1, 2])) == 50034


async def _history(room: library.TextChannel, **more: object) -> list[str]:
    return [each.content async for each in room.history(**more)]  # type: ignore[arg-type]


async def test_the_history_comes_in_pages(
    server: DiscordServer, bram: Person, lobby: Channel, room: library.TextChannel
) -> None:
    said: list[Message] = [await server.says(bram, lobby, str(number)) for number in range(120)]
    assert len(await _history(room, limit=None)) == 120
    assert (await _history(room, limit=3)) == ["119", "118", "117"]
    middle = library.Object(int(said[60].id))
    assert (await _history(room, limit=3, before=middle)) == ["59", "58", "57"]
    assert (await _history(room, limit=3, after=middle)) == ["61", "62", "63"]
    assert sorted(await _history(room, limit=3, around=middle)) == ["59", "60", "61"]


async def test_without_the_right_to_read_it_the_history_is_empty(
    server: DiscordServer, bram: Person, lobby: Channel, room: library.TextChannel
) -> None:
    said = await server.says(bram, lobby, "before")
    server.forbid(lobby, "read_message_history")
    assert await _history(room) == []
    assert await refusal(room.fetch_message(int(said.id))) == 50013


async def test_reactions_come_and_go(
    server: DiscordServer, bram: Person, lobby: Channel, app: App, room: library.TextChannel
) -> None:
    sent = await room.send("well?")
    await sent.add_reaction("👍")
    await server.reacts(bram, server.sees(bram, lobby)[0], "👍")
    await server.idle()
    fetched = await room.fetch_message(sent.id)
    assert [(str(each), each.count, each.me) for each in fetched.reactions] == [("👍", 2, True)]
    assert [each["user_id"] for each in app.events("MESSAGE_REACTION_ADD")] == [server.app.id, bram.id]
    assert {each.name async for each in fetched.reactions[0].users()} == {"bram", "kring"}
    await sent.remove_reaction("👍", app.user)  # type: ignore[arg-type]
    await server.unreacts(bram, server.sees(bram, lobby)[0], "👍")
    await server.idle()
    assert server.sees(bram, lobby)[0].reactions == ()
    assert len(app.events("MESSAGE_REACTION_REMOVE")) == 2
    assert await refusal(sent.add_reaction("plain")) == 10014


async def test_only_one_mark_at_a_time(app: App, lobby: Channel) -> None:
    route = library.http.Route("GET", "/channels/{channel_id}/messages", channel_id=lobby.id)
    assert await refusal(app.http.request(route, params={"before": "1", "after": "1"})) == 50035


async def test_a_system_message_is_not_answered(
    server: DiscordServer, bram: Person, lobby: Channel, room: library.TextChannel
) -> None:
    await server.opens_thread(bram, lobby, "x")
    [told] = server.sees(bram, lobby)
    assert told.message.type == 18
    assert await refusal(room.send("x", reference=room.get_partial_message(int(told.id)))) == 50035


async def test_all_files_together_are_bounded(room: library.TextChannel) -> None:
    files = [library.File(io.BytesIO(b"x" * 9 * 1024 * 1024), f"{number}.bin") for number in range(3)]
    assert await refusal(room.send(files=files)) == 40005
