"""The whole way, from a thread to an item that is found, as people walk it."""

from __future__ import annotations

import pytest

from bot.chat.answers import FormErrors, OpenForm, Tell
from bot.chat.forms import ChecksField, TextField
from bot.chat.names import Thread
from bot.chat.requests import FetchThread
from tests.bot.knowhow.scene import ANSWER, QUESTION, SECOND, asked, drafted, posted_in, scene, shared
from tests.knock import House


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_from_a_thread_to_an_item_that_is_found(house: House, language: str) -> None:
    nl = language == "nl"
    told = await scene(house, language)
    kim = told.kim

    answer = await kim.uses("keep", told.question)
    assert isinstance(answer, Tell)
    assert ("Ik lees het gesprek" if nl else "I am reading the thread") in kim.sees
    draft = kim.direct[-1].says
    assert ("Je concept" if nl else "Your draft") in draft
    assert "Ana" in draft
    assert "Bo" in draft

    answer = await kim.presses("Bekijk het concept" if nl else "Look at the draft")
    assert isinstance(answer, OpenForm)
    fields = {field.name: field.value for field in answer.form.fields}
    assert fields["title"] == QUESTION[language].partition("?")[0] + "?"
    assert fields["what_we_do"] == f"1. {ANSWER[language].partition('. ')[0]}.\n2. {SECOND[language]}"
    assert fields["because"] == ANSWER[language].partition(". ")[2]

    await kim.fills({})
    assert ("3 mensen" if nl else "3 people") in kim.sees
    assert "K-1" not in told.in_thread()

    for person in (told.ana, told.bo, told.cas):
        assert ("Mag dat? Geen antwoord telt als nee." if nl else "May I? No answer counts as no.") in person.direct[
            -1
        ].says
        await person.presses("Ja, met mijn naam" if nl else "Yes, with my name")

    card = told.in_thread()
    assert "K-1" in card
    assert SECOND[language] in card
    assert card.index("Situatie" if nl else "Situation") < card.index("Wat we doen" if nl else "What we do")
    assert "K-1" in told.direct(kim)

    await told.bo.calls("knowhow find stille leerling" if nl else "knowhow find silent pupil")
    assert "K-1" in told.bo.sees
    await told.bo.presses("Open K-1")
    assert SECOND[language] in told.bo.sees


async def test_the_thread_is_read_once_and_nothing_of_it_is_kept_but_quotes(house: House) -> None:
    told = await drafted(house)
    assert sum(isinstance(each, FetchThread) for each in house.requests) == 1
    await told.kim.uses("keep", told.answer)
    assert "You have a draft from this thread already" in told.kim.sees
    assert sum(isinstance(each, FetchThread) for each in house.requests) == 1


async def test_the_community_s_emoji_keeps_a_thread_and_others_do_not(house: House) -> None:
    told = await scene(house)
    await told.kim.reacts(told.answer, "heart")
    assert told.kim.direct == []
    await told.kim.reacts(told.answer, "bookmark")
    assert "Your draft" in told.kim.direct[-1].says


async def test_a_stranger_to_kring_may_keep_by_reaction(house: House) -> None:
    told = await scene(house)
    zoe = house.person("Zoe")
    await zoe.reacts(told.question, "bookmark")
    assert "draft" in zoe.direct[-1].says


async def test_a_thread_is_kept_from_the_menu_in_it(house: House) -> None:
    told = await scene(house)
    told.kim.place = Thread(told.question.channel, told.thread)
    await told.kim.calls("")
    await told.kim.presses("Keep this thread")
    assert "Your draft" in told.kim.direct[-1].says


async def test_a_form_sent_empty_says_what_is_missing(house: House) -> None:
    told = await drafted(house)
    answer = await told.kim.fills({"title": "Short", "situation": "", "what_we_do": ""})
    assert isinstance(answer, FormErrors)
    assert set(told.kim.errors) == {"title"}
    answer = await told.kim.fills({"situation": "", "what_we_do": ""})
    assert isinstance(answer, FormErrors)
    assert set(told.kim.errors) == {"situation", "what_we_do"}
    assert "situation" in told.kim.errors["situation"]


async def test_what_is_better_asked_needs_no_description(house: House) -> None:
    told = await drafted(house)
    await told.kim.fills({"what_we_do": "", "transfer": "ask"})
    assert "2 people" in told.kim.sees, "Cas and Bo's first sentence are out, Bo's reason is still in"


async def test_a_form_sent_twice_is_refused_in_words(house: House) -> None:
    told = await drafted(house)
    form = told.kim.form
    await told.kim.fills({})
    told.kim.form = form
    await told.kim.fills({})
    assert "This draft has been sent already." in told.kim.sees
    assert len([each for each in told.bo.direct if "May I?" in each.says]) == 1


async def test_only_the_keeper_sees_a_draft(house: House) -> None:
    told = await drafted(house)
    [draft] = [each for each in told.kim.direct if "Look at the draft" in each.says]
    told.bo.saw = draft.message
    await told.bo.presses("Look at the draft")
    assert "This is for Kim alone." in told.bo.sees
    await told.bo.calls("knowhow find silent pupils")
    assert "I found nothing" in told.bo.sees


async def test_unticked_sentences_are_out_and_their_authors_are_left_alone(house: House) -> None:
    told = await drafted(house)
    assert told.kim.form is not None
    [ticks] = [field for field in told.kim.form.fields if isinstance(field, ChecksField)]
    kept = [choice.value for choice in ticks.choices if not choice.label.startswith("Cas")]
    await told.kim.fills({"sentences": kept})
    assert "2 people" in told.kim.sees
    assert not any("May I?" in each.says for each in told.cas.direct)


async def test_other_words_replace_the_quote_and_their_authors_are_asked_about_those(house: House) -> None:
    told = await drafted(house)
    await told.kim.fills({"what_we_do": "Let them type for two minutes, and keep quiet."})
    question = told.cas.direct[-1].says
    assert "Let them type for two minutes, and keep quiet." in question
    assert SECOND["en"] not in question
    await told.bo.presses("Yes, with my name")
    await told.ana.presses("Yes, with my name")
    await told.cas.presses("No")
    assert "Not everything in" in told.direct(told.kim), "it rested on Cas's words too"
    assert "K-1" not in told.in_thread()


async def test_a_draft_from_one_message_alone(house: House) -> None:
    ana, kim = house.person("Ana"), house.person("Kim")
    message = await ana.writes("We always begin with a question on paper. It calms the class.")
    await kim.uses("keep", message)
    assert "Your draft" in kim.direct[-1].says
    await kim.presses("Look at the draft")
    assert kim.form is not None
    values = {field.name: field.value for field in kim.form.fields if isinstance(field, TextField)}
    assert values["what_we_do"] == "We always begin with a question on paper. It calms the class."
    assert values["situation"] == ""


async def test_a_thread_that_cannot_be_read_leaves_the_message_pointed_at(house: House) -> None:
    told = await scene(house)
    house.gone.add(told.question.channel)
    await told.kim.uses("keep", told.second)
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None
    values = {field.name: field.value for field in told.kim.form.fields}
    assert values["what_we_do"] == SECOND["en"]


async def test_a_keeper_without_direct_messages_finds_the_draft_in_the_thread(house: House) -> None:
    told = await scene(house)
    house.unreachable.add(told.kim.account)
    await told.kim.uses("keep", told.question)
    assert "The draft is ready, Kim." in told.in_thread()
    assert QUESTION["en"] not in "\n".join(each.says for each in house.messages if each.message), (
        "no word of it in public"
    )
    await told.kim.presses("Look at the draft")
    assert told.kim.form is not None


async def test_sensitive_threads_ask_for_a_second_look(house: House) -> None:
    ana, bo, kim = (house.person(name) for name in ("Ana", "Bo", "Kim"))
    question = await ana.writes("How do you handle a complaint about a colleague?")
    await bo.writes("You could talk to the colleague first.", Thread(question.channel, question.id))
    await kim.uses("keep", question)
    assert "Please look twice." in kim.direct[-1].says
    answer = await kim.presses("Look at the draft")
    assert isinstance(answer, OpenForm)
    assert "look twice" in "".join(getattr(span, "text", "") for span in answer.form.intro)


async def test_a_link_only_answer_becomes_know_what_with_its_document_first(house: House) -> None:
    ana, bo, kim = (house.person(name) for name in ("Ana", "Bo", "Kim"))
    question = await ana.writes("Where can I find the travel policy?")
    await bo.writes("https://example.org/travel-policy", Thread(question.channel, question.id))
    await kim.uses("keep", question)
    await kim.presses("Look at the draft")
    assert kim.form is not None
    values = {field.name: field.value for field in kim.form.fields}
    assert (values["kind"], values["link"]) == ("know_what", "https://example.org/travel-policy")
    await kim.fills({"title": "The travel policy of both schools", "sentences": []})
    assert "K-1 · The travel policy of both schools" in kim.sees
    assert kim.sees.index("https://example.org") < kim.sees.index("I tried this")
    assert not bo.direct, "a link is nobody's words"


async def test_a_draft_is_dropped_with_everything_in_it(house: House) -> None:
    told = await drafted(house)
    await told.kim.presses("Drop it")
    assert "The draft is gone." in told.kim.sees
    told.kim.saw = None
    await told.kim.presses("Look at the draft")
    assert "This is not there any more." in told.kim.sees


async def test_an_unfinished_draft_is_erased_after_thirty_days(house: House) -> None:
    told = await drafted(house)
    await house.passes(days=29)
    assert "erased it" not in told.direct(told.kim)
    await house.passes(days=2)
    assert "I erased it after 30 days" in told.direct(told.kim)
    me = (await house.store.look(lambda unit: unit.people.by_account(told.kim.account))).id
    community = (await house.store.look(lambda unit: unit.communities.of(told.kim.account.space))).id
    assert await house.store.look(lambda unit: unit.knowhow.touching(community, me)) == ()


async def test_similar_items_are_shown_before_a_new_one_is_made(house: House) -> None:
    told = await shared(house)
    question = await told.bo.writes("How do I get silent pupils to speak in a lesson?")
    await told.cas.writes("You can let them draw first.", Thread(question.channel, question.id))
    await told.ana.uses("keep", question)
    assert "Is it one of these?" in told.ana.direct[-1].says
    assert "K-1" in told.ana.direct[-1].says


async def test_the_note_stands_in_the_thread_once(house: House) -> None:
    told = await shared(house)
    cards = [each for each in posted_in(house, told.thread) if "K-1" in str(each.message)]
    assert len(cards) == 1
    assert "This thread is kept as K-1" in told.in_thread()


async def test_an_old_draft_button_after_sharing(house: House) -> None:
    told = await asked(house)
    assert "Sent. You hear from me" in told.direct(told.kim)
