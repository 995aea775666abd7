"""Where somebody counts who writes to Kring alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field

import pytest

from adapters.discord.members import Members
from adapters.discord.whose import FEW, Whose
from bot.chat.names import Space
from tests.adapters.discord.sending import School, school
from tests.fakes.discord.state import Guild

DM = "1400000000000000051"


@dataclass
class Kept:
    """What storage would say."""

    spaces: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    async def spaces_of(self, account: str, among: Collection[Space]) -> tuple[Space, ...]:
        return tuple(each for each in among if each.id in self.spaces.get(account, ()))

    async def space_of(self, channel: str, message: str, among: Collection[Space]) -> Space | None:
        return next((each for each in among if each.id == self.letters.get(message)), None)


@dataclass
class Two:
    """A school and a library; Anna is in both, Bram in the school."""

    school: School
    library: Guild
    kept: Kept
    whose: Whose

    async def of(self, who: str, message: str = "") -> str | None:
        found = await self.whose.server(who, DM, message)
        return self.school.discord.world.guilds[found].name if found else None


@pytest.fixture
async def here() -> AsyncIterator[Two]:
    async with school() as made:
        library = made.discord.server("Bibliotheek")
        await made.discord.joins(library, made.anna)
        for guild in (made.guild, library):
            made.servers.took("GUILD_CREATE", made.discord.events.whole(guild))
        kept = Kept()
        yield Two(made, library, kept, Whose(kept, made.servers, Members(made.calling, made.servers, made.clock.now)))


async def test_a_letter_says_for_which_server_it_was_written(here: Two) -> None:
    anna = here.school.anna.id
    here.kept.spaces[anna] = [here.school.guild.id, here.library.id]
    here.kept.letters = {"1": here.school.guild.id, "2": here.library.id}
    assert await here.of(anna, "1") == "De Regenboog"
    assert await here.of(anna, "2") == "Bibliotheek"


async def test_words_count_where_somebody_acted_last(here: Two) -> None:
    anna = here.school.anna.id
    here.kept.spaces[anna] = [here.school.guild.id, here.library.id]
    assert await here.of(anna) is None
    here.whose.seen(anna, here.library.id)
    assert await here.of(anna) == "Bibliotheek"
    assert await here.of(anna, "a letter that nobody remembers") == "Bibliotheek"
    here.whose.seen(anna, here.school.guild.id)
    assert await here.of(anna) == "De Regenboog"


async def test_who_acted_last_where_they_are_not_known_counts_where_they_are(here: Two) -> None:
    anna = here.school.anna.id
    here.kept.spaces[anna] = [here.school.guild.id]
    here.whose.seen(anna, here.library.id)
    assert await here.of(anna) == "De Regenboog"


async def test_who_is_not_known_counts_where_they_are_a_member(here: Two) -> None:
    assert await here.of(here.school.bram.id) == "De Regenboog"


async def test_who_could_belong_to_two_is_asked(here: Two) -> None:
    anna = here.school.anna.id
    assert await here.of(anna) is None
    here.whose.seen(anna, here.library.id)
    assert await here.of(anna) == "Bibliotheek"


async def test_who_is_a_member_nowhere_belongs_nowhere(here: Two) -> None:
    bram = here.school.bram
    here.whose.seen(bram.id, here.school.guild.id)
    await here.school.discord.leaves(here.school.guild, bram)
    assert await here.of(bram.id) is None


async def test_where_kring_is_no_more_nobody_counts(here: Two) -> None:
    bram = here.school.bram.id
    here.whose.seen(bram, here.school.guild.id)
    here.school.servers.took("GUILD_DELETE", {"id": here.school.guild.id})
    assert await here.of(bram) is None


async def test_nobody_is_looked_for_in_many_servers(here: Two) -> None:
    for number in range(FEW):
        guild = here.school.discord.server(f"Server {number}")
        here.school.servers.took("GUILD_CREATE", here.school.discord.events.whole(guild))
    assert await here.of(here.school.bram.id) is None
    assert "GET /guilds/{guild}/members/{user}" not in here.school.discord.counters.calls
