"""Finding, opening, asking people, trying, reviewing, exporting; and what one community never sees of another."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.chat.answers import FormErrors, OpenForm, Tell
from bot.chat.names import Channel
from bot.chat.requests import Upload
from tests.bot.knowhow.scene import SECOND, code_in, scene, shared, speaks
from tests.knock import House, Player

MINE = {"title": "When the first lesson is noisy", "situation": "A new class", "what_we_do": "I begin with a story."}


async def added(player: Player, **changes: str) -> None:
    await player.calls("knowhow add")
    await player.fills({**MINE, **changes})


async def test_adding_in_one_s_own_words_is_shared_at_once(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    answer = await ana.calls("knowhow add")
    assert isinstance(answer, OpenForm)
    answer = await ana.fills({**MINE, "situation": ""})
    assert isinstance(answer, FormErrors)
    assert set(ana.errors) == {"situation"}
    await ana.fills({**MINE, "name": "ask"})
    assert "K-1 · When the first lesson is noisy" in ana.sees
    await bo.calls("knowhow find story")
    assert "K-1 · When the first lesson is noisy\nA new class\nFrom Ana" in bo.sees


async def test_know_what_in_one_message(house: House) -> None:
    ana = house.person("Ana")
    await ana.calls("knowhow add what=https://example.org/leave The leave form of our school")
    assert "K-1 · The leave form of our school\nhttps://example.org/leave\n[Open the document]" in ana.sees
    await ana.calls('knowhow add --what https://example.org/plan "The plan of the year"')
    assert "K-2" in ana.sees
    answer = await ana.calls("knowhow add what=https://example.org/rules")
    assert isinstance(answer, OpenForm), "it needs a title"
    values = {field.name: field.value for field in answer.form.fields}
    assert (values["link"], values["kind"]) == ("https://example.org/rules", "know_what")
    await ana.fills({"title": "The rules of the house"})
    assert "K-3" in ana.sees


async def test_something_alike_is_shown_before_it_is_shared(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    await added(bo, title="When the first lessons are noisy")
    assert "Is it one of these?\nK-1" in bo.sees
    await ana.calls("knowhow show K-2")
    assert "There is no K-2" in ana.sees
    await bo.presses("No, share mine")
    assert "K-2 · When the first lessons are noisy" in bo.sees
    await added(bo, title="The first lesson is noisy again")
    await bo.presses("Drop mine")
    await ana.calls("knowhow show K-3")
    assert "There is no K-3. The nearest is K-2" in ana.sees


@pytest.mark.parametrize("typed", ["K-1", "k-1", "k1", "1", "K 001"])
async def test_showing_one_by_any_spelling(house: House, typed: str) -> None:
    ana = house.person("Ana")
    await added(ana)
    await ana.calls(f"knowhow show {typed}")
    assert "K-1 · When the first lesson is noisy" in ana.sees


async def test_an_unknown_one_names_the_nearest(house: House) -> None:
    ana = house.person("Ana")
    await ana.calls("knowhow show K-9")
    assert "There is no K-9 here." in ana.sees
    await added(ana)
    await ana.calls("knowhow show k9")
    assert "There is no K-9. The nearest is K-1, «When the first lesson is noisy»." in ana.sees
    await ana.presses("Open K-1")
    assert "I begin with a story." in ana.sees
    await ana.calls("knowhow show noisy lesson")
    assert "Found for «noisy lesson»" in ana.sees


async def test_results_are_private_and_few(house: House) -> None:
    ana = house.person("Ana")
    for topic in ("rain", "trips", "paint", "music", "bikes", "chess"):
        await ana.calls("knowhow add")
        await ana.fills({"title": f"Lessons about {topic}", "situation": topic, "what_we_do": f"Start with {topic}."})
        if "Is it one of these?" in ana.sees:
            await ana.presses("No, share mine")
    answer = await ana.calls("knowhow find lessons")
    assert isinstance(answer, Tell)
    assert ana.sees.count("[Open K-") == 5
    assert "There is more." in ana.sees
    await ana.calls("knowhow find")
    assert "Kept last" in ana.sees
    assert house.shown(house.channel()) == []


async def test_searching_from_the_menu(house: House) -> None:
    ana = house.person("Ana")
    await added(ana)
    await ana.calls("")
    await ana.presses("Find know-how")
    await ana.fills({"What are you looking for?": "stories"})
    assert "K-1" in ana.sees


async def test_drafts_wait_in_the_menu(house: House) -> None:
    told = await scene(house)
    await told.kim.uses("keep", told.question)
    await told.kim.calls("")
    await told.kim.presses("Draft: How do you get silent pupils to speak?")
    assert told.kim.form is not None


async def test_nothing_found_leads_to_the_circle(house: House) -> None:
    ana = house.person("Ana")
    await ana.calls("knowhow find unicorns")
    assert "I found nothing for «unicorns»." in ana.sees
    await ana.presses("Ask the circle")
    await ana.fills({"Your question": "<!channel> who knows about unicorns?"})
    assert "on its way" in ana.sees
    [question] = house.shown(house.channel())
    assert question.says == "Ana asks:\n<!channel> who knows about unicorns?"


async def test_the_circle_is_asked_where_one_is(house: House) -> None:
    """A community over two spaces has a home in each."""
    hessel, dirk = house.person("Hessel", host=True), house.person("Dirk", space="college", host=True)
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.calls("setup link")
    await dirk.calls(f"setup link {code_in(hessel)}")
    dirk.place = Channel(dirk.account.space, "dm-dirk", direct=True)
    await dirk.calls("knowhow find unicorns")
    await dirk.presses("Ask the circle")
    assert "Only you are here." in dirk.sees
    dirk.place = house.channel("hall", space="college")
    await dirk.calls("setup")
    await dirk.fills({})
    dirk.place = Channel(dirk.account.space, "dm-dirk", direct=True)
    await dirk.calls("knowhow find unicorns")
    await dirk.presses("Ask the circle")
    await dirk.fills({"Your question": "Who knows about unicorns?"})
    asked = [shown.ref.channel for shown in house.messages if shown.says.startswith("Dirk asks:")]
    assert asked == [house.channel("hall", space="college")]


async def test_a_link_is_never_cut(house: House) -> None:
    ana = house.person("Ana")
    await ana.calls(f'knowhow add "The rules of the house" what=https://example.org/{"x" * 500}')
    assert ana.sees == "This link is too long: give one of at most 500 characters."


async def test_a_direct_conversation_has_no_circle(house: House) -> None:
    ana = house.person("Ana")
    ana.place = Channel(ana.account.space, "dm-ana", direct=True)
    await ana.calls("knowhow find unicorns")
    await ana.presses("Ask the circle")
    assert "Only you are here." in ana.sees


async def test_a_card_for_everybody_follows_its_item(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    await bo.calls("knowhow show K-1")
    await bo.presses("Show it here")
    [card] = house.shown(house.channel())
    assert "I begin with a story." in card.says
    await bo.presses("I tried this")
    await bo.fills({"How did it go?": "It worked", "Your situation, in one line": "group eight"})
    assert "It worked: group eight" in card.says


# -- asking a person


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_a_question_reaches_who_opted_in_and_the_reply_comes_back(house: House, language: str) -> None:
    nl = language == "nl"
    ana, bo = house.person("Ana", language=language), house.person("Bo", "college", language)
    await ana.calls("help")
    await added(ana, name="ask")
    cas = house.person("Cas", language=language)
    await cas.calls("knowhow who story")
    assert "Ana (" in cas.sees
    await cas.presses("Vraag Ana" if nl else "Ask Ana")
    await cas.fills({"question": "Which story do you take?"})
    assert ("Antwoorden hoeft niet" if nl else "They owe you no answer") in cas.sees
    letter = ana.direct[-1].says
    assert "Cas" in letter
    assert "K-1" in letter
    assert "Which story do you take?" in letter
    await ana.presses("Antwoorden" if nl else "Reply")
    await ana.fills({"reply": "The one about the fox."})
    assert "The one about the fox." in cas.direct[-1].says
    await bo.calls("knowhow who story")
    assert "Ana" not in bo.sees, "another space, another community"


async def asked_about(house: House) -> tuple[Player, Player]:
    """Cas asks Ana about her know-how, in the form that is open."""
    ana, cas = house.person("Ana"), house.person("Cas")
    await added(ana, name="ask")
    await cas.calls("knowhow who story")
    await cas.presses("Ask Ana")
    return ana, cas


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_words_that_cannot_be_brought_come_back(house: House, language: str) -> None:
    ana, cas = await asked_about(house)
    await cas.calls(f"me language {language}")
    house.unreachable.add(ana.account)
    await cas.calls("knowhow who story")
    await cas.presses("Ask Ana" if language == "en" else "Vraag Ana")
    form = cas.form
    await cas.fills({"question": "Which story do you take?"})
    told = "I could not bring this to Ana." if language == "en" else "Dit kon ik niet bij Ana brengen."
    assert cas.direct[-1].says.startswith(told)
    assert cas.direct[-1].says.endswith("\nWhich story do you take?")
    before, cas.form = len(cas.direct), form
    await cas.fills({"question": "Which story do you take?"})
    assert list(cas.errors) == ["question"], "nothing is lost: the form stays open"
    assert len(cas.direct) == before


async def test_a_reply_that_cannot_be_brought_comes_back(house: House) -> None:
    ana, cas = await asked_about(house)
    await cas.fills({"question": "Which story do you take?"})
    await ana.presses("Reply")
    house.unreachable.add(cas.account)
    form = ana.form
    await ana.fills({"reply": "The one about the fox."})
    assert ana.direct[-1].says.startswith("I could not bring this to Cas.")
    assert ana.direct[-1].says.endswith("\nThe one about the fox.")
    ana.form = form
    await ana.fills({"reply": "The one about the fox."})
    assert ana.errors == {"reply": "I cannot reach Cas just now. Please try again another day."}
    await ana.presses("Reply")
    assert ana.sees == "I cannot reach Cas just now. Please try again another day."


async def test_nobody_asks_who_did_not_opt_in_or_stopped(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana, name="ask")
    await bo.calls("knowhow show K-1")
    card = bo.saw
    await ana.calls("knowhow who story")
    assert "Nobody has said yet" in ana.sees, "not oneself"
    await ana.calls("knowhow show K-1")
    await ana.presses("Ask Ana")
    assert "That is you." in ana.sees
    await ana.calls("knowhow show K-1")
    await ana.presses("Don't ask me any more")
    bo.saw = card
    await bo.presses("Ask Ana")
    assert "not to be asked about it any more" in bo.sees


# -- trying


@pytest.mark.parametrize(
    "outcome", ["It worked", "It worked when I changed it", "It did not work", "I have not finished yet"]
)
async def test_every_outcome_is_thanked_in_the_same_words(house: House, outcome: str) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    answer = await bo.calls("knowhow tried k1")
    assert isinstance(answer, OpenForm)
    await bo.fills({"How did it go?": outcome, "What did you change?": "the story"})
    assert bo.sees == "Thank you for telling. The next person who tries K-1 has something to go by."
    await ana.calls("knowhow show K-1")
    assert f"{outcome}\nChanged: the story\n– Bo" in ana.sees


async def test_a_report_without_a_name(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    await bo.calls("knowhow tried K-1")
    await bo.fills({"How did it go?": "It worked", "Your own name": "Without my name"})
    await ana.calls("knowhow show K-1")
    assert "Tried 1 time · 1 worked" in ana.sees
    assert "Bo" not in ana.sees
    assert "Bo" not in ana.direct[-1].says


async def test_contributors_hear_of_tries_once_a_day_at_most(house: House) -> None:
    ana, bo, cas = (house.person(name) for name in ("Ana", "Bo", "Cas"))
    await added(ana)
    for each in (bo, bo, cas):
        await each.calls("knowhow tried K-1")
        await each.fills({"How did it go?": "It did not work"})
        house.now += timedelta(minutes=1)
    news = lambda: [each for each in ana.direct if "tried «" in each.says]  # noqa: E731
    assert len(news()) == 1
    assert "1 person tried" in news()[0].says
    await house.passes(hours=25)
    assert len(news()) == 2
    assert "2 people tried" in news()[1].says
    await house.passes(days=3)
    assert len(news()) == 2
    assert not bo.direct


# -- freshness


async def test_reviewing(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    await ana.calls("knowhow review K-1")
    assert "Fresh: last looked at 2026-11-23" in ana.sees
    await bo.calls("knowhow review K-1")
    assert "[Still holds]" not in bo.sees
    house.now += timedelta(days=400)
    await bo.calls("knowhow review")
    assert "Due for another look\nK-1" in bo.sees
    await bo.calls("knowhow show K-1")
    assert "Due: nobody has looked at it since 2026-11-23" in bo.sees
    await ana.calls("knowhow review k1")
    await ana.presses("Still holds")
    await bo.calls("knowhow show K-1")
    assert "Fresh:" in bo.sees
    await bo.calls("knowhow review")
    assert "not too long ago" in bo.sees


async def test_a_host_reviews_where_nobody_is_a_facilitator(house: House) -> None:
    ana, hal, bo = house.person("Ana"), house.person("Hal", host=True), house.person("Bo")
    await added(ana)
    await hal.calls("knowhow review K-1")
    await hal.presses("Still holds")
    assert "still holds" in hal.sees
    await hal.calls("setup facilitator <@bo>")
    await hal.calls("knowhow review K-1")
    assert "[Still holds]" not in hal.sees
    await bo.calls("knowhow review K-1")
    assert "[Still holds]" in bo.sees


async def test_holding_with_a_change_and_laying_to_rest(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo")
    await added(ana)
    await ana.calls("knowhow review K-1")
    review = ana.saw
    await ana.presses("Holds with a change")
    await ana.fills({"change": "Not in the last lesson before a holiday."})
    await bo.calls("knowhow show K-1")
    assert "When it does not work\nNot in the last lesson before a holiday." in bo.sees
    tried = bo.saw
    ana.saw = review
    await ana.presses("Let it rest")
    await bo.calls("knowhow show K-1")
    assert "Laid to rest by its keeper. It stays here to read." in bo.sees
    assert "[I tried this]" not in bo.sees
    bo.saw = tried
    await bo.presses("I tried this")
    assert "This is not shared any more." in bo.sees
    await bo.calls("knowhow find story")
    assert "K-1" in bo.sees


async def test_history_names_nobody(house: House) -> None:
    told = await shared(house)
    await told.bo.calls("knowhow show K-1")
    await told.bo.presses("History")
    assert "2026-11-23 09:00 UTC: kept" in told.bo.sees
    assert "shared" in told.bo.sees
    assert not any(name in told.bo.sees for name in ("Ana", "Cas", "Kim"))


async def test_exporting_everything_as_markdown(house: House) -> None:
    ana = house.person("Ana")
    await ana.calls("knowhow export")
    assert "Nothing has been kept here yet." in ana.sees
    await added(ana, what_we_do="Begin with *a* [story](http://x) <b>")
    await ana.calls("knowhow export")
    [upload] = [each for each in house.requests if isinstance(each, Upload)]
    assert "## K-1 · When the first lesson is noisy" in upload.content
    assert r"Begin with \*a\* \[story\](http://x) \<b\>" in upload.content
    assert upload.to == ana.account


# -- one's own data


async def test_my_data_hold_my_items_words_and_tries(house: House) -> None:
    told = await shared(house)
    await told.cas.calls("knowhow tried K-1")
    await told.cas.fills({"How did it go?": "It worked"})
    await told.cas.calls("me data")
    mine = _data(house)
    assert mine["words"][0]["quotes"] == [SECOND["en"]]
    assert mine["words"][0]["consent"] == "yes"
    assert mine["tried"][0]["outcome"] == "worked"
    assert mine["kept"] == []
    await told.kim.calls("me data")
    assert _data(house)["kept"][0]["ref"] == "K-1"


def _data(house: House) -> dict[str, list[dict[str, object]]]:
    upload = [each for each in house.requests if isinstance(each, Upload)][-1]
    found = json.loads(upload.content)
    while "knowhow" in found and "kept" not in found:
        found = found["knowhow"]
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("choice", "name", "words"), [("keep", True, True), ("unname", False, True), ("remove", False, False)]
)
async def test_being_forgotten(house: House, choice: str, name: bool, words: bool) -> None:
    from bot.chat.people import Person
    from bot.context import Context, Offered
    from bot.knowhow import privacy

    told = await shared(house)
    await told.cas.calls("knowhow tried K-1")
    await told.cas.fills({"How did it go?": "It worked", "Your situation, in one line": "group eight"})
    await told.cas.calls("knowhow add")
    await told.cas.fills(MINE)
    await told.cas.uses("keep", told.question)

    def forget(unit):  # type: ignore[no-untyped-def]
        cas: Person = unit.people.by_account(told.cas.account)
        ctx = Context(unit, house.now, unit.communities.get(cas.community), 1, "e", Offered())
        privacy.forget(ctx, cas.id, choice)
        return cas.community, cas.id

    community, cas = await house.store.run(forget)
    await house.deliver()
    card = told.in_thread().split("This thread is kept", 1)[1]
    assert ("Cas" in card) is name
    assert (SECOND["en"] in card) is words
    assert ("group eight" in card) is words
    assert await house.store.look(lambda unit: unit.knowhow.touching(community, cas)) == ()
    await told.bo.calls("knowhow find story")
    assert ("K-2" in told.bo.sees) is words


# -- two communities


async def test_two_communities_count_and_see_each_for_themselves(house: House) -> None:
    here = await shared(house)
    there = await shared(house, space="college")
    assert "K-1" in there.in_thread()
    dee = house.person("Dee", "college")
    await dee.calls("knowhow find silent")
    assert dee.sees.count("[Open K-") == 1
    await here.bo.calls("knowhow show K-1")
    card = here.bo.saw
    dee.saw = card
    await dee.presses("History")
    assert "This is not there any more." in dee.sees
    dee.saw = card
    await dee.presses("I tried this")
    assert "This is not there any more." in dee.sees
    assert here.ana.account.space != there.ana.account.space


async def test_every_language_reads_its_own(house: House) -> None:
    ana, bo = house.person("Ana"), house.person("Bo", language="nl")
    await ana.calls("help")
    await speaks(house, ana, "nl")
    await added(ana)
    await bo.calls("knowhow show K-1")
    assert "Situatie: A new class" in bo.sees
    await ana.calls("knowhow show K-1")
    assert "Situation: A new class" in ana.sees
