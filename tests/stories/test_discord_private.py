"""Private rounds in Discord: a private thread that only those inside can read."""

from __future__ import annotations

import pytest

from tests.fakes.discord.people import ClientRefusal
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.state import PRIVATE_THREAD, Channel
from tests.stories.discord_house import DiscordDriver
from tests.talk import Player, Talk

NAMES = ("Ana", "Bo", "Cas", "Dee", "Eva", "Fien")
TOPIC = "what chafes"
MAY_NOT, ARCHIVED = 50013, 50083
SECRET = "nobody else may know"


@pytest.fixture
async def six(talk: Talk, discord: DiscordDriver) -> list[Player]:
    return [await talk.joins(name) for name in NAMES]


@pytest.fixture
async def outsider(talk: Talk, discord: DiscordDriver, six: list[Player]) -> Player:
    return await talk.joins("Otto")


def private_threads(discord: DiscordDriver) -> list[Channel]:
    threads = [thread for server in discord.servers.values() for thread in server.threads.values()]
    assert all(thread.type == PRIVATE_THREAD for thread in threads)
    return sorted(threads, key=lambda thread: int(thread.id))


def inside(discord: DiscordDriver, thread: Channel) -> set[str]:
    """The names of those who are in it, but for Kring."""
    me = discord.discord.app.bot.id
    return {discord.discord.world.people[each].shown for each in thread.members if each != me}


def read(discord: DiscordDriver, who: Player, thread: Channel) -> str:
    """All that stands there for everybody who is in it."""
    return "\n".join(each.text for each in discord.discord.sees(who.id, thread) if not each.private)


async def begun(people: list[Player], format_: str) -> None:
    await people[0].calls(f'/kring round start {format_} "{TOPIC}"')
    for person in people:
        await person.presses("I'll speak", within=TOPIC)
    await people[0].presses("Begin now", within=TOPIC)


async def says(person: Player, words: str, within: str, button: str = "Add something", **more: str) -> None:
    """By the form: its first field, and others by their labels."""
    await person.presses(button, within=within)
    assert person.saw.form is not None, person.saw
    await person.fills({next(iter(person.saw.form.values)): words, **more})


async def offered_and_chosen(people: list[Player]) -> None:
    """Everybody brings something in; Ana's is chosen."""
    for person in people:
        await says(person, f"{person.name}: {SECRET}.", "Step 1 of", "Answer privately")
    for person in people:
        await person.presses("Vote", within="Step 2 of")
        form = person.saw.form
        assert form is not None
        label, choices = next(iter(form.choices.items()))
        chosen = "Ana: " if person.name != "Ana" else "Bo: "
        await person.fills({label: next(each for each in choices if chosen in each)})


async def speaker(discord: DiscordDriver, people: list[Player], thread: Channel) -> Player:
    """Who has the word."""
    calls = [each.text for each in discord.discord.sees(people[0].id, thread) if "The word is yours, @" in each.text]
    return next(person for person in people if f"@{person.name}" in calls[-1])


async def test_the_place_of_difficulty_to_its_record(
    talk: Talk, discord: DiscordDriver, six: list[Player], outsider: Player
) -> None:
    four = six[:4]
    ana, bo, cas, _dee = four
    await begun(four, "place_of_difficulty")
    [thread] = private_threads(discord)
    assert inside(discord, thread) == {"Ana", "Bo", "Cas", "Dee"}
    await outsider.sees("It happens in a private thread", channel="general")
    await offered_and_chosen(four)
    assert all(f"{person.name}: {SECRET}." in read(discord, bo, thread) for person in four), "they are revealed there"
    assert "The result" in read(discord, bo, thread)

    words = f"It went wrong twice; {SECRET}."
    if discord.mode == "full":
        await ana.writes(words, channel=thread.id)
    else:
        await says(ana, words, "The word is yours", "Say it in a form")
    await bo.sees(words, channel=thread.id)
    await says(bo, f"What did you see? {SECRET}.", "Step 4 of")
    question = await cas.sees("What did you see?", channel=thread.id)
    assert question.author == "Kring"
    if discord.mode == "full":
        mine = await cas.writes(f"And then? {SECRET}.", channel=thread.id)
        await cas.edits(mine, f"And what then? {SECRET}.")
        await cas.presses("My part", within=TOPIC)
        assert "And what then?" in cas.saw.text
        again = await cas.writes("This I take back.", channel=thread.id)
        await cas.deletes(again)
        await cas.presses("My part", within=TOPIC)
        assert "This I take back." not in cas.saw.text
    for person in four:
        await person.presses("Done", within="Step 4 of")
    for _ in range(3):
        with_word = await speaker(discord, four, thread)
        await says(with_word, f"I know that; {SECRET}.", "The word is yours", "Say it in a form")
    await says(ana, f"I take this along; {SECRET}.", "The word is yours", "Say it in a form")
    await ana.calls("/kring round close")
    await talk.days_pass(8)
    await ana.sees("This round is done.", channel=thread.id)
    await ana.presses("Read the record")
    assert "Place of difficulty: what chafes" in ana.saw.text

    await outsider.sees_nothing_of(SECRET)
    await outsider.presses("My part", within=TOPIC)
    await outsider.sees_nothing_of(SECRET)
    with pytest.raises(ClientRefusal):
        discord.discord.sees(outsider.id, thread)
    assert not [each for each in discord.discord.sees(bo.id, discord.general["schools"]) if SECRET in each.text]


async def test_who_comes_later_is_let_in_and_who_goes_is_out(
    discord: DiscordDriver, six: list[Player], outsider: Player
) -> None:
    five, fien = six[:5], six[5]
    await begun(five, "place_of_difficulty")
    [thread] = private_threads(discord)
    await fien.presses("I'll listen", within=TOPIC)
    assert "Fien" not in inside(discord, thread), "who listens reads nothing"
    await fien.presses("I'll speak", within=TOPIC)
    assert inside(discord, thread) == set(NAMES)
    await fien.sees("Step 1 of", channel=thread.id)
    await fien.presses("My part", within=TOPIC)
    await fien.presses("Leave the round")
    assert inside(discord, thread) == set(NAMES[:5])
    for person in five:
        await says(person, f"{person.name}: {SECRET}.", "Step 1 of", "Answer privately")
    await fien.sees_nothing_of(SECRET)
    await outsider.sees_nothing_of(SECRET)
    await five[4].leaves()
    assert inside(discord, thread) == set(NAMES[:4])


async def test_who_is_let_in_by_somebody_else_is_not(
    discord: DiscordDriver, six: list[Player], outsider: Player
) -> None:
    """Those inside cannot bring others along; a moderator reads it all the same, as Discord has it."""
    four = six[:4]
    await begun(four, "place_of_difficulty")
    [thread] = private_threads(discord)
    with pytest.raises(ClientRefusal):
        await discord.discord.adds_to_thread(four[1].id, thread, outsider.id)
    if discord.mode == "full":
        await four[1].writes("Come in, @Otto!", channel=thread.id)
        assert inside(discord, thread) == set(NAMES[:4])
    await offered_and_chosen(four)
    moderator = discord.discord.role(discord.servers["schools"], "Moderators", rights=["manage_threads"])
    await discord.discord.gets_role(outsider.id, moderator)
    assert SECRET in read(discord, outsider, thread)


async def test_trios_have_a_thread_each(
    talk: Talk, discord: DiscordDriver, six: list[Player], outsider: Player
) -> None:
    await begun(six, "trio_consult")
    [round_thread] = private_threads(discord)
    for person in six:
        await says(person, "A question.", "Step 1 of", "Answer privately")
    _, *trios = private_threads(discord)
    assert [len(inside(discord, trio)) for trio in trios] == [3, 3]
    assert set().union(*(inside(discord, trio) for trio in trios)) == set(NAMES)
    assert {trio.name.partition(":")[0] for trio in trios} == {
        "R-1, Group 1, steps 2 to 5",
        "R-1, Group 2, steps 2 to 5",
    }
    for trio in trios:
        mine = [person for person in six if person.name in inside(discord, trio)]
        others = [person for person in six if person not in mine]
        words = f"Said in {trio.name.partition(',')[2]}; {SECRET}."
        step = await mine[0].sees("Step 3 of", channel=trio.id)
        await mine[0].presses_on(step, "Add something")
        assert mine[0].saw.form is not None
        await mine[0].fills({next(iter(mine[0].saw.form.values)): words})
        assert words in read(discord, mine[1], trio)
        assert words not in read(discord, mine[1], round_thread)
        if discord.mode == "full":
            await mine[1].writes(f"Typed in {trio.id}; {SECRET}.", channel=trio.id)
            await mine[1].presses("My part", within=TOPIC)
            assert f"Typed in {trio.id}" in mine[1].saw.text
        for other in (*others, outsider):
            await other.sees_nothing_of(words)
            await other.sees_nothing_of(trio.id)
            with pytest.raises(ClientRefusal):
                discord.discord.sees(other.id, trio)
    for person in six:
        letters = "\n".join(each.text for each in await person.reads("dm"))
        assert "Your group in" not in letters, "they have a thread for that"
    group = inside(discord, trios[0])
    leaving = next(person for person in six if person.name in group)
    await leaving.presses("My part", within=TOPIC)
    await leaving.presses("Leave the round")
    assert inside(discord, trios[0]) == group - {leaving.name}
    assert inside(discord, round_thread) == set(NAMES) - {leaving.name}
    discord.expected |= {ARCHIVED}
    await talk.days_pass(20)
    await outsider.sees_nothing_of(SECRET)
    await outsider.sees_nothing_of("Group 1")


async def test_a_missing_permission_is_named(discord: DiscordDriver, six: list[Player]) -> None:
    four, here = six[:4], discord.general["schools"]
    discord.discord.forbid(here, "create_private_threads")
    discord.expected |= {MAY_NOT}
    await begun(four, "place_of_difficulty")
    assert not private_threads(discord)
    told = "\n".join(each.text for each in await four[0].reads("dm"))
    assert "on hold" in told
    assert "Create Private Threads" in told
    discord.discord.permit(here, "create_private_threads")
    await discord.deliver()
    await four[0].presses("Go on", within="on hold")
    [thread] = private_threads(discord)
    assert inside(discord, thread) == {"Ana", "Bo", "Cas", "Dee"}
    await offered_and_chosen(four)
    assert SECRET in read(discord, four[1], thread)


async def test_a_thread_that_is_lost_in_groups_is_opened_again(discord: DiscordDriver, six: list[Player]) -> None:
    here = discord.general["schools"]
    await begun(six, "trio_consult")
    discord.discord.forbid(here, "create_private_threads")
    discord.expected |= {MAY_NOT}
    for person in six:
        await says(person, "A question.", "Step 1 of", "Answer privately")
    assert len(private_threads(discord)) == 1
    discord.discord.permit(here, "create_private_threads")
    await discord.deliver()
    await six[0].presses("Go on", within="on hold")
    threads = private_threads(discord)
    assert [len(inside(discord, thread)) for thread in threads] == [6, 6, 3, 3]
    for trio in threads[2:]:
        person = next(each for each in six if each.name in inside(discord, trio))
        await person.sees("Step 3 of", channel=trio.id)


async def test_in_a_forum_there_is_no_private_round(discord: DiscordDriver, six: list[Player]) -> None:
    four, server = six[:4], discord.servers["schools"]
    forum = discord.discord.channel(server, "questions", kind="forum")
    question = await discord.discord.posts_in_forum(four[0].id, forum, "A question", "How do you begin?")
    await four[0].calls(f'/kring round start place_of_difficulty "{TOPIC}"', channel=question.id)
    for person in four:
        await person.presses("I'll speak", within=TOPIC)
    await four[0].presses("Begin now", within=TOPIC)
    told = "\n".join(each.text for each in await four[0].reads("dm"))
    assert "Forums and announcement channels have no private threads" in told
    await four[0].calls("/kring round move", channel="general")
    await four[0].calls("/kring round resume")
    [thread] = [each for each in server.threads.values() if each.type == PRIVATE_THREAD]
    assert inside(discord, thread) == {"Ana", "Bo", "Cas", "Dee"}
    await offered_and_chosen(four)
    posts = [each for each in server.threads.values() if each.parent == forum.id]
    assert len(posts) == 2
    assert not [each for post in posts for each in discord.discord.sees(four[1].id, post) if SECRET in each.text]


async def test_it_goes_on_after_a_restart(talk: Talk, discord: DiscordDriver, six: list[Player]) -> None:
    """Kring hears in it again, and opens no second one."""
    four = six[:4]
    await begun(four, "place_of_difficulty")
    [thread] = private_threads(discord)
    async with discord.away():
        await discord.discord.falls_asleep(thread)
    await offered_and_chosen(four)
    if discord.mode == "full":
        await four[0].writes(f"It went wrong twice; {SECRET}.", channel=thread.id)
        await four[1].sees("Step 4 of", channel=thread.id)
    assert private_threads(discord) == [thread]


def test_kring_moderates_nothing(discord: DiscordDriver) -> None:
    """All of this goes without the right to manage threads."""
    me, general = discord.discord.app.bot, discord.general["schools"]
    assert not discord.discord.world.may(me, general, Can.MANAGE_THREADS)
