"""docs/start/discord.md can be done as it stands: in light mode, with the permissions of the link and no others."""

from __future__ import annotations

import pytest

from adapters.discord.doctor import examine
from adapters.discord.invite import permissions
from bot.compose import utc_now
from bot.features import gather
from tests.adapters.discord.scene import School, school, settings_of
from tests.fakes.discord.permissions import bits
from tests.fakes.discord.state import Outcome, Person, Shown
from tests.fakes.discord_server import DiscordServer

PEOPLES_OWN = bits(["view_channel", "read_message_history", "send_messages", "use_application_commands"])


def by_the_link(discord: DiscordServer) -> None:
    """@everyone's rights come on top of the role's, so they are made small."""
    (server,) = discord.world.guilds.values()
    server.everyone.permissions = PEOPLES_OWN
    (role,) = [each for each in server.roles.values() if each.managed_by]
    role.permissions = permissions()


async def calls(here: School, who: Person, command: str, **options: str) -> Outcome:
    done = await here.discord.calls(who, here.practice, command, options=options or None)
    await here.settle()
    assert done.failed is None, done.failed
    assert done.refused == []
    return done


async def presses(here: School, who: Person, on: Shown, button: str) -> Outcome:
    done = await here.discord.presses(who, on, button)
    await here.settle()
    assert done.failed is None, done.failed
    return done


def with_button(seen: list[Shown], button: str) -> Shown:
    return next(each for each in reversed(seen) if button in each.buttons)


async def set_up(here: School) -> Outcome:
    done = await calls(here, here.anna, "/kring setup wizard")
    assert done.modal is not None
    saved = await here.discord.submits(here.anna, done.modal, {"Name of the community": "De Kring"})
    await here.settle()
    return saved


async def begun(here: School, people: list[Person]) -> Shown:
    """The invitation of a round that they are in and that has begun."""
    discord, practice = here.discord, here.practice
    topic = "the first five minutes"
    done = await calls(here, here.anna, "/kring round start", format="reveal_together", topic=topic)
    for each in people:
        await presses(here, each, with_button(discord.sees(each, practice), "I'll speak"), "I'll speak")
    invitation = with_button(discord.sees(people[0], practice), "I'll speak")
    await presses(here, here.anna, discord.told(done)[-1], "Begin now")
    return discord.shown(invitation.message)


def crowd(here: School) -> list[Person]:
    discord, server = here.discord, here.server
    return [here.bram, discord.person(server, "Chloé"), discord.person(server, "Daan", locale="nl")]


async def test_from_the_link_to_the_first_reveal(sqlite_url: str) -> None:
    async with school(sqlite_url, before=by_the_link) as here:
        discord, anna, practice, people = here.discord, here.anna, here.practice, crowd(here)
        card = discord.told(await set_up(here))[-1]
        assert "De Kring is set up" in card.text
        assert "Who to turn to" in card.buttons
        assert with_button(discord.sees(people[0], practice), "I'm new here")
        assert len(discord.sees(anna, discord.dm(anna))) == 1, "the test message"
        assert all(discord.world.dm(each) is None for each in people), "nobody else is written to"

        thread = (await begun(here, people)).thread
        assert thread is not None
        for number, each in enumerate(people):
            step = with_button(discord.sees(each, thread), "Answer privately")
            asked = await presses(here, each, step, "Answer privately")
            assert asked.modal is not None
            [field] = discord.modal_fields(asked.modal)
            await discord.submits(each, asked.modal, {field: f"What I do, number {number}"})
            await here.settle()
        said = "\n".join(each.text for each in discord.sees(people[0], thread))
        assert all(f"What I do, number {number}" in said for number in range(len(people)))
        assert discord.counters.errors == {}, "Discord had nothing to refuse"

        settings = settings_of(discord, sqlite_url)
        homes = {here.server.id: practice.id}
        found = await examine(settings, gather().offered.commands, homes=homes, now=utc_now)
        assert not [each.words for each in found if each.wrong]
        assert not any("the commands" in each.words for each in found), "they are there, and ours"


@pytest.mark.parametrize("right", ["create_public_threads", "send_messages_in_threads", "read_message_history"])
async def test_no_permission_is_asked_for_in_vain(sqlite_url: str, right: str) -> None:
    """The others are plain: without View Channels and Send Messages there is no invitation; files have a test."""
    async with school(sqlite_url, before=by_the_link) as here:
        await set_up(here)
        here.discord.forbid(here.server, right)
        await begun(here, crowd(here))
        assert set(here.discord.counters.errors) & {50001, 50013}, "Discord refused nothing"
