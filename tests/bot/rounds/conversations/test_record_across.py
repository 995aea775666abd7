"""The record of a round in two spaces: everything crosses, what is kept stays, or a space stays out of it."""

from __future__ import annotations

from tests.bot.rounds.conversations.test_several_spaces import Two, two
from tests.knock import House

__all__ = ["two"]


async def kept_in_both(two: Two) -> None:
    await two.begin()
    await two.answer()
    for each in (two.anna, two.cas):
        await each.calls("round status", two.thread(each.place))  # type: ignore[arg-type]
        await each.presses("Keep this")
    await two.anna.calls("round close")
    for each in (two.anna, two.cas):
        await each.presses("Yes, with my name")


async def test_everything_kept_stands_in_both_spaces(house: House, two: Two) -> None:
    await kept_in_both(two)
    await house.passes(hours=73)
    for channel in (two.lobby, two.arrival):
        (says,) = [shown.says for shown in two.said(channel) if shown.says.startswith("Until the next one")]
        assert "Anna (school)\nHow Anna begins." in says
        assert "Cas (college)\nHow Cas begins." in says
        assert "Stood in: school and college" in says


async def test_a_space_can_keep_its_own(house: House, two: Two) -> None:
    """What the college kept stays there; its people read everything."""
    dirk = house.person("Dirk", space="college", platform="discord", host=True)
    await dirk.calls("round crossing round", two.arrival)
    assert dirk.sees.startswith("Rounds may stand here and in other spaces together. What people here let keep stays")
    await kept_in_both(two)
    await house.passes(hours=73)
    school, college = (
        next(shown.says for shown in two.said(channel) if shown.says.startswith("Until the next one"))
        for channel in (two.lobby, two.arrival)
    )
    assert "How Cas begins." in college
    assert "How Anna begins." in college
    assert "How Anna begins." in school
    assert "How Cas begins." not in school
    assert "1 thing that was kept stays in college." in school
    for each, there in ((two.bo, False), (two.dia, True)):
        await each.calls("round show")
        assert ("How Cas begins." in each.sees) is there
        await each.calls("round export")
        files = [shown.file for shown in each.direct if shown.file]
        assert len(files) == 2
        assert all(("How Cas begins." in file) is there for file in files)


async def test_a_space_can_stay_out_of_it(house: House, two: Two) -> None:
    hessel = house.person("Hessel", platform="slack", host=True)
    dirk = house.person("Dirk", space="college", platform="discord", host=True)
    await dirk.calls("round crossing nothing", two.arrival)
    await two.anna.calls('round start reveal_together "the first lesson" where=everywhere')
    assert two.anna.sees.startswith("Everywhere is only here")
    await two.cas.calls('round start reveal_together "the first lesson" where=everywhere')
    assert two.cas.sees.startswith("Everywhere is only here")
    await hessel.calls("round crossing", two.lobby)
    assert hessel.sees.startswith("Rounds may stand here and in other spaces together. What people here say, and let")
    await dirk.calls("round crossing all", two.arrival)
    await two.anna.calls('round start reveal_together "the first lesson" where=everywhere')
    assert "It stands in the home channel of college too." in two.anna.sees


async def test_only_a_host_says_what_crosses(house: House, two: Two) -> None:
    await two.cas.calls("round crossing nothing", two.arrival)
    assert two.cas.sees.startswith("/kring round crossing is for whoever administers this space.")
