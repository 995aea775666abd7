"""How a round is started, and by whom."""

from __future__ import annotations

from bot.chat.names import Channel, Space
from bot.rounds.formats import shipped
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def test_a_command_with_a_format_and_a_topic_invites_at_once(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls('round start reveal_together "the first lesson" live yes')
    assert "Your invitation stands in #general" in circle.anna.sees
    assert circle.card.startswith("Reveal together: the first lesson")
    assert "Anna invites you. It asks about 25 minutes of your time, in one sitting." in circle.card
    assert "without names" in circle.card
    assert "[I'll speak] [I'll listen] [Not this time] [What is this?] [My part] [Nederlands]" in circle.card
    round_ = await circle.round()
    assert (round_.preset, round_.settings.anonymous, round_.number) == ("live", True, 1)


async def test_without_words_a_form_opens(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls("round start")
    form = circle.anna.form
    assert form is not None
    assert [field.label for field in form.fields] == [
        "Format",
        "Topic",
        "How",
        "Hours for each step",
        "Answers are shown",
    ]
    await circle.anna.fills({"Format": "Harvest (2 to 12 people)", "Topic": "the doors", "Hours for each step": "6"})
    assert "Harvest" in circle.card
    round_ = await circle.round()
    assert {run.script.async_h for run in round_.steps} == {6}
    assert round_.begins_at is not None
    assert (round_.begins_at - house.now).total_seconds() == 6 * 3600
    assert "spread over 2 days" in circle.card


async def test_the_form_is_filled_in_with_what_was_typed(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round start talking_circle preset=live")
    assert anna.form is not None
    values = {field.name: field.value for field in anna.form.fields}
    assert (values["format"], values["preset"], values["topic"]) == ("talking_circle", "live", "")


async def test_the_form_says_what_is_wrong(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round start")
    await anna.fills({"Format": "talking_circle", "Topic": " ", "Hours for each step": "6"})
    assert anna.errors == {"topic": "Please fill this in."}
    await anna.fills({"Format": "talking_circle", "Topic": "doors", "Hours for each step": "soon"})
    assert anna.errors == {"hours": "Give a whole number, from 1 to 240."}
    await anna.fills({"Format": "talking_circle", "Topic": "doors", "How": "live", "Hours for each step": "3"})
    assert anna.errors == {"hours": "A live round counts in minutes; leave this empty."}
    await anna.fills({"Format": "talking_circle", "Topic": "doors", "Answers are shown": "yes"})
    assert set(anna.errors) == {"anonymous"}


async def test_an_unknown_format_gets_the_nearest_and_the_list(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.calls("round start tegelijk_onthulen doors")
    assert anna.sees.startswith(
        "Ik ken de werkvorm tegelijk_onthulen niet. Het dichtst in de buurt komt Tegelijk onthullen."
    )
    for format_ in shipped().values():
        assert format_.name["nl"] in anna.sees
    await anna.picks("Kies een werkvorm", "harvest")
    assert anna.form is not None
    assert anna.form.fields[0].value == "harvest"


async def test_a_format_goes_by_its_name_too(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls('round start Oogst "the doors"')
    assert "Harvest: the doors" in circle.card
    await circle.anna.calls("round start zzzz")
    assert "I do not know the format zzzz." in circle.anna.sees
    assert "The nearest" not in circle.anna.sees


async def test_a_format_whose_name_is_a_question_is_named_as_it_is(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls('round start "Do I understand you right" doors')
    assert "The nearest is Do I understand you rightly?" in anna.sees
    assert "??" not in anna.sees


async def test_a_topic_is_never_markup(house: House) -> None:
    circle = Circle(house)
    await circle.anna.calls('round start harvest "<!channel> @everyone *{format}*"')
    assert "<!channel> @everyone *{format}*" in circle.card


async def test_a_topic_of_a_book_is_refused_kindly(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(f'round start harvest "{"x" * 40_000}"')
    assert anna.sees == "Say what the round is about in at most 200 characters."
    assert not house.shown(house.channel())


async def test_nobody_starts_a_round_in_a_direct_conversation(house: House) -> None:
    anna = house.person("Anna")
    direct = Channel(Space("playground", "school"), "dm-anna", direct=True)
    await anna.calls('round start harvest "the doors"', direct)
    assert anna.sees.startswith("Here only you and I would see it.")


async def test_a_third_round_in_a_channel_waits(house: House) -> None:
    anna = house.person("Anna")
    for topic in ("one", "two", "three"):
        await anna.calls(f"round start harvest {topic}")
    assert anna.sees.startswith("Two rounds are going on in this channel already.")


async def test_only_facilitators_start_where_the_community_wants_that(house: House) -> None:
    hessel, anna, bo = house.person("Hessel", host=True), house.person("Anna"), house.person("Bo")
    await hessel.calls("setup")
    await hessel.fills({"Who may start a round": "facilitators only"})
    await anna.calls("round start harvest doors")
    assert anna.sees == "In this community facilitators start rounds, and there are none yet. Ask a host."
    await bo.calls("me")
    await hessel.calls("setup facilitator <@bo>")
    await anna.calls("round start")
    assert anna.sees == "In this community facilitators start rounds. Ask Bo."
    await bo.calls("round start harvest doors")
    assert "Your invitation stands" in bo.sees


async def test_steps_have_hours(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("round start harvest doors live 5")
    assert anna.sees == "A live round counts in minutes; leave out the hours."
    await anna.calls("round start harvest doors async 500")
    assert anna.sees == "A step can be open from 1 to 240 hours."
