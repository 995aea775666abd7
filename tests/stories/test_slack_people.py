"""People in Slack: newcomers, guests, strangers, those who leave, and whoever lets Kring in."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.names import Space
from tests.stories.slack_house import SlackDriver
from tests.talk import Player, Talk

pytestmark = pytest.mark.usefixtures("slack")

GREETING = "Hello, I am Kring."
SECRETS = {"Ana": "I greet them at the door.", "Bo": "I wait.", "Cas": "A puzzle on the board.", "Dee": "They begin."}


async def letters(person: Player) -> list[str]:
    return [message.text for message in await person.reads("dm") if message.author == "Kring"]


def come_in(talk: Talk, slack: SlackDriver, name: str, **more: Any) -> Player:
    """Somebody who is there already, in the channel too."""
    person = slack.slack.person(slack.spaces["schools"], name, **more)
    slack.general["schools"].members.append(person.id)
    player = talk.people[name] = Player(talk, name, person.id)
    return player


async def begun(people: list[Player]) -> None:
    await people[0].calls('/kring round start reveal_together "the first lesson"')
    for person in people:
        await person.presses("I'll speak")
    await people[0].presses("Begin now")


# -- who lets Kring in


async def test_who_invites_kring_is_greeted_once(talk: Talk, slack: SlackDriver) -> None:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    for name in ("staff", "library"):
        channel = await slack.slack.makes_channel(ana.id, name)
        await slack.slack.invites_bot(ana.id, channel)
        await slack.deliver()
    hello = [text for text in await letters(ana) if GREETING in text]
    assert len(hello) == 1
    assert not await letters(bo)
    await ana.presses("Set up Kring")
    assert ana.saw.form is not None


async def test_the_first_administrator_who_looks_is_greeted(talk: Talk, slack: SlackDriver) -> None:
    """A token does not say who installed the app."""
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    for person in (bo, ana, ana):
        await slack.open_home(person.id)
    assert [GREETING in text for text in await letters(ana)] == [True]
    assert not await letters(bo)


# -- who comes


async def test_who_joins_the_home_channel_is_welcomed_and_who_joins_another_is_not(
    talk: Talk, slack: SlackDriver
) -> None:
    ana = await talk.joins("Ana")
    for person in ("Bo", "Cas"):
        talk.people[person] = Player(talk, person, slack.slack.person(slack.spaces["schools"], person).id)
    bo, cas = talk.people["Bo"], talk.people["Cas"]
    await ana.calls("/kring setup")
    await ana.fills({"Name of the community": "De Werkplaats"})
    other = slack.slack.channel(slack.spaces["schools"], "library", [ana.id])
    await slack.slack.joins_channel(bo.id, other)
    await slack.slack.joins_channel(cas.id, slack.general["schools"])
    await slack.deliver()
    assert not await letters(bo)
    assert "Hi Cas, welcome to De Werkplaats" in "\n".join(await letters(cas))


async def test_a_guest_is_a_person_like_any_other(talk: Talk, slack: SlackDriver) -> None:
    ana = await talk.joins("Ana")
    guests = [
        come_in(talk, slack, name, **{kind: True}) for name, kind in (("Bo", "guest"), ("Cas", "single_channel_guest"))
    ]
    await begun([ana, *guests])
    for person in (ana, *guests):
        await person.presses("Answer privately")
        await person.fills({"Your words": SECRETS[person.name]})
    revealed = await ana.sees("Here are all answers at once")
    for person in (ana, *guests):
        assert SECRETS[person.name] in revealed.text


async def test_somebody_of_another_organisation_takes_part_and_cannot_be_written_to(
    talk: Talk, slack: SlackDriver
) -> None:
    """Slack Connect: they see the channel and its buttons; there is no direct conversation with Kring."""
    people = [await talk.joins(name) for name in ("Ana", "Bo", "Cas")]
    eve = come_in(talk, slack, "Eve", stranger=True)
    slack.expected |= {"channel_not_found", "user_not_visible"}
    await begun([*people, eve])
    for person in (*people, eve):
        await person.presses("Answer privately")
        await person.fills({"Your words": SECRETS.get(person.name, "I sing.")})
    revealed = await people[0].sees("Here are all answers at once")
    assert "I sing." in revealed.text
    assert not await letters(eve)


async def test_a_new_name_zone_or_right_is_known_at_once(talk: Talk, slack: SlackDriver) -> None:
    ana, bo = await talk.joins("Ana"), await talk.joins("Bo")
    assert "is for whoever administers this space" in (await bo.calls("/kring setup")).text
    await slack.slack.changes_profile(bo.id, name="Bodil", tz="Europe/Lisbon", admin=True)
    await slack.deliver()
    page = await slack.open_home(bo.id)
    assert "Good to see you, Bodil" in page.text
    assert "Time zone: Europe/Lisbon" in page.text
    assert (await bo.calls("/kring setup")).form is not None
    assert ana is not None


# -- who goes


async def test_a_deactivated_account_hears_nothing_and_holds_nobody_up(talk: Talk, slack: SlackDriver) -> None:
    people = [await talk.joins(name) for name in SECRETS]
    await begun(people)
    for person in people[:3]:
        await person.presses("Answer privately")
        await person.fills({"Your words": SECRETS[person.name]})
    before = len(await letters(people[3]))
    await people[3].leaves()
    await talk.days_pass(2)
    revealed = await people[0].sees("Here are all answers at once")
    assert SECRETS["Ana"] in revealed.text
    assert "Dee" not in revealed.text
    assert len(await letters(people[3])) == before


async def test_the_app_is_removed_and_comes_back(talk: Talk, slack: SlackDriver) -> None:
    ana = await talk.joins("Ana")
    school, store = slack.spaces["schools"], slack.house.kring.store
    await ana.calls("/kring me role teacher of history")
    await slack.slack.uninstalls(school)
    await slack.deliver()
    assert await store.installation(Space("slack", school.id)) is None
    assert await store.installation(Space("slack", slack.spaces["college"].id)) is not None
    slack.expected |= {"account_inactive", "token_revoked", "invalid_auth"}
    slack.slack.install(school)
    await store.keep_installation(Space("slack", school.id), slack.installation(school))
    answer = await ana.calls("/kring me")
    assert "teacher of history" in answer.text
