"""What a host sets up, who may do what, and one community over two spaces."""

from __future__ import annotations

from bot.chat.names import Space
from bot.chat.people import Community
from tests.knock import House, Player


async def community_of(house: House, player: Player) -> Community:
    found: Community = await house.store.look(lambda unit: unit.communities.of(player.account.space))
    return found


async def test_a_host_sets_kring_up_in_one_form(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup", house.channel("lobby"))
    await hessel.fills(
        {
            "Name of the community": "De Werkplaats",
            "Language of what everybody reads": "Nederlands",
            "Time zone": "brussel",
            "Who may start a round": "facilitators only",
            "Emoji that keeps know-how": ":seedling:",
        }
    )
    for words in (
        "De Werkplaats is set up",
        "I have sent you a test message",
        "Time zone: Europe/Brussels",
        "Home channel: #lobby",
        "Rounds are started by: facilitators only",
        "Emoji that keeps know-how: :seedling:",
        "What I keep",
        "rounds: what people answered, private until it is revealed, and who takes part",
        "Fewer than two people to turn to",
        "[Start a first round]",
    ):
        assert words in hessel.sees
    assert "This is a test message for De Werkplaats." in hessel.direct[-1].says
    community = await community_of(house, hessel)
    assert community.set_up
    assert community.language == "nl"
    assert community.starters == "facilitators"
    assert not house.shown(house.channel("lobby"))


async def test_the_first_form_begins_in_the_language_of_its_host(house: House) -> None:
    femke = house.person("Femke", host=True, language="nl")
    await femke.calls("setup", house.channel("lobby"))
    assert femke.form.fields[1].value == "nl"  # type: ignore[union-attr]


async def test_the_form_says_all_that_is_wrong_at_once(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup")
    await hessel.fills({"Name of the community": " ", "Time zone": "Amsterdan", "Emoji that keeps know-how": "a b"})
    assert set(hessel.errors) == {"name", "timezone", "keep_emoji"}
    assert not (await community_of(house, hessel)).set_up


async def test_the_first_channel_is_the_home_until_a_host_moves_it(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup", house.channel("lobby"))
    await hessel.fills({})
    await hessel.calls("setup", house.channel("library"))
    await hessel.fills({})
    assert (await community_of(house, hessel)).home == house.channel("lobby")
    await hessel.presses("Make this channel the home")
    assert (await community_of(house, hessel)).home == house.channel("library")


async def test_a_direct_conversation_never_becomes_the_home(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup", hessel.dm)
    await hessel.fills({})
    assert (await community_of(house, hessel)).home is None
    await hessel.calls("setup check")
    assert "There is no home channel" in hessel.sees


async def test_who_is_no_host_sets_nothing(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await anna.calls("setup")
    assert "/kring setup is for whoever administers this space." in anna.sees
    await hessel.calls("setup")
    anna.form = hessel.form
    await anna.fills({"Name of the community": "Anna's"})
    assert "This is for whoever administers this space." in anna.sees
    assert (await community_of(house, hessel)).name == "school"


async def test_people_to_turn_to(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Who to turn to")
    await hessel.fills({"Person 1": anna.account.id})
    assert "People to turn to: anna." in hessel.sees
    assert "Fewer than two people" in hessel.sees
    await hessel.calls("setup check")
    await hessel.presses("Who to turn to")
    assert hessel.form is not None
    assert hessel.form.fields[0].value == "anna"
    await hessel.fills({"Person 2": "hessel", "Person 3": "anna"})
    assert "People to turn to: anna, Hessel." in hessel.sees
    assert "Fewer" not in hessel.sees


async def test_the_message_budget_and_the_name_of_the_space(house: House) -> None:
    hessel = house.person("Hessel", host=True, space_name="Schola")
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.picks("Unasked messages to each person", "1 a day")
    assert "At most 1 a day" in hessel.sees
    await hessel.calls("setup check")
    assert "Unasked messages: at most 1 a day for each person" in hessel.sees
    assert "Spaces: Schola (playground)" in hessel.sees
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Name of this space: Schola")
    await hessel.fills({"Name": "De Linde"})
    await hessel.calls("me")
    assert "Organisation: De Linde" in hessel.sees


async def test_hosts_make_facilitators_and_stand_in_for_them(house: House) -> None:
    hessel, anna, bo = house.person("Hessel", host=True), house.person("Anna"), house.person("Bo")
    await anna.calls("me")
    await hessel.calls("setup facilitator")
    assert "Nobody is a facilitator now" in hessel.sees
    await hessel.calls("diary count")
    assert "is for" not in hessel.sees
    await hessel.calls("setup facilitator <@anna>")
    assert "Facilitators: Anna." in hessel.sees
    await anna.calls("diary count")
    assert "is for" not in anna.sees
    for other in (hessel, bo):
        await other.calls("diary count")
        assert "/kring diary count is for facilitators." in other.sees
    await hessel.calls("setup facilitator <@bo>")
    await hessel.calls("setup facilitator <@anna> off")
    assert "Facilitators: Bo." in hessel.sees
    await hessel.calls("setup facilitator off")
    assert "Nobody is a facilitator now" in hessel.sees


async def test_setup_check_says_what_is_missing(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("setup check")
    for words in ("Nobody has filled in the setup form yet", "no home channel", "Fewer than two", "Hosts: Hessel"):
        assert words in hessel.sees
    anna = house.person("Anna")
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Who to turn to")
    await hessel.fills({"Person 1": "hessel", "Person 2": "anna"})
    await hessel.calls(f"setup facilitator <@{anna.account.id}>")
    await hessel.calls("setup check")
    assert "Nothing is missing." in hessel.sees


async def test_a_second_space_joins_the_community(house: House) -> None:
    hessel, carla = house.person("Hessel", host=True), house.person("Carla", space="college", host=True)
    anna = house.person("Anna", space="college")
    await anna.calls("me role teacher educator")
    code = await a_code(hessel)
    await carla.calls(f"setup link {code.lower()}")
    assert "This space now belongs to school: school and college." in carla.sees
    community = await community_of(house, hessel)
    assert await community_of(house, carla) == community
    person = await house.store.look(lambda unit: unit.people.by_account(anna.account))
    assert (person.community, person.role, person.organisation) == (community.id, "teacher educator", "college")
    hosts = await house.store.look(lambda unit: unit.people.with_right(community.id, "host"))
    assert [host.name for host in hosts] == ["Carla", "Hessel"]
    spaces = await house.store.look(lambda unit: unit.communities.spaces(community.id))
    assert list(spaces) == [Space("playground", "school"), Space("playground", "college")]


async def a_code(host: Player) -> str:
    await host.calls("setup link")
    return host.sees.partition("/kring setup link ")[2].split()[0]


async def test_a_code_works_once_and_for_an_hour(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    carla, dirk = house.person("Carla", space="college", host=True), house.person("Dirk", space="other", host=True)
    code = await a_code(hessel)
    await hessel.calls(f"setup link {code}")
    assert "This space belongs to that community already." in hessel.sees
    await carla.calls(f"setup link {code}")
    await dirk.calls(f"setup link {code}")
    assert "I do not know this code" in dirk.sees
    late = await a_code(hessel)
    await house.passes(hours=1)
    await dirk.calls(f"setup link {late}")
    assert "I do not know this code" in dirk.sees


async def test_a_community_where_things_were_made_joins_no_other(house: House) -> None:
    hessel, carla = house.person("Hessel", host=True), house.person("Carla", space="college", host=True)
    code = await a_code(hessel)
    await carla.calls("diary count")
    await carla.calls(f"setup link {code}")
    assert "This space has a community of its own" in carla.sees
    dirk = house.person("Dirk", space="other", host=True)
    await dirk.calls("setup")
    await dirk.fills({})
    await dirk.calls(f"setup link {code}")
    assert "This space has a community of its own" in dirk.sees
    assert await community_of(house, carla) != await community_of(house, hessel)


async def test_the_rights_and_people_of_one_community_are_nothing_in_another(house: House) -> None:
    hessel, carla = house.person("Hessel", host=True), house.person("Carla", space="college", host=True)
    await hessel.calls("setup facilitator <@anna>")
    await carla.calls("setup facilitator")
    assert "Nobody is a facilitator now" in carla.sees
    await carla.calls("setup check")
    assert "Hosts: Carla" in carla.sees
    assert "Hessel" not in carla.sees


async def test_a_workspace_and_a_server_each_have_a_home(house: House) -> None:
    hessel = house.person("Hessel", platform="slack", host=True)
    dirk = house.person("Dirk", space="college", platform="discord", host=True)
    await hessel.calls("setup", house.channel("lobby", platform="slack"))
    await hessel.fills({})
    assert "/invite @Kring" in hessel.sees
    await dirk.calls(f"setup link {await a_code(hessel)}")
    assert "Call /kring setup in the channel here where I should greet people" in dirk.sees
    await hessel.calls("setup check")
    assert "Home channel: #lobby" in hessel.sees
    assert "Spaces without a home channel: college" in hessel.sees
    arrival = house.channel("arrival", "college", "discord")
    await dirk.calls("setup", arrival)
    await dirk.fills({})
    assert "Home channel: #arrival" in dirk.sees
    assert "This is a test message" in dirk.direct[-1].says
    community = await community_of(house, dirk)
    assert (community.home, community.homes_elsewhere) == (house.channel("lobby", platform="slack"), (arrival,))
    await dirk.calls("setup check")
    for words in (
        "Home channel: #arrival",
        "Home channels elsewhere: school",
        "Spaces: school (slack), college (discord)",
    ):
        assert words in dirk.sees
    await dirk.calls("setup", house.channel("hall", "college", "discord"))
    await dirk.fills({})
    assert (await community_of(house, dirk)).home_in(arrival.space) == arrival, "the first one stays"
    await dirk.presses("Make this channel the home")
    assert (await community_of(house, dirk)).homes == (
        house.channel("lobby", platform="slack"),
        house.channel("hall", "college", "discord"),
    )


async def test_a_space_on_another_platform_joins_in_either_direction(house: House) -> None:
    for number, (one, other) in enumerate((("slack", "discord"), ("discord", "slack"))):
        hessel = house.person("Hessel", space=f"one{number}", platform=one, host=True)
        dirk = house.person("Dirk", space=f"other{number}", platform=other, host=True)
        await dirk.calls(f"setup link {await a_code(hessel)}")
        assert f"This space now belongs to one{number}: one{number} and other{number}." in dirk.sees
        assert await community_of(house, hessel) == await community_of(house, dirk)
