from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowhow.distil import MOST, ROOM, TITLE, Draft, distil
from bot.knowhow.sentences import LONGEST, sentences, shortened
from bot.knowhow.signals import Said, read
from tests.bot.knowhow.threads import THREADS, Thread


def fields(draft: Draft) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for sentence in draft.sentences:
        told.setdefault(sentence.field, []).append(sentence.text)
    return told


def of(id_: str) -> Thread:
    return next(each for each in THREADS if each.id == id_)


def test_a_solved_dutch_thread_fills_in_the_whole_draft() -> None:
    assert fields(distil(of("nl_solved").thread)) == {
        "title": ["Hoe krijgen jullie stille leerlingen aan het woord in een online les?"],
        "situation": ["Bij mij blijft iedereen op mute."],
        "what_we_do": [
            (
                "Wat bij ons werkt: eerst twee minuten iedereen laten typen, daarna pas één iemand vragen "
                "om het toe te lichten."
            ),
            "En zorg dat je zelf even stil blijft.",
            "Meestal doe ik tien tellen niets.",
        ],
        "because": ["Omdat ze dan al iets hebben om op terug te vallen."],
    }


def test_a_solved_english_thread_keeps_reason_and_limit_apart() -> None:
    assert fields(distil(of("en_solved").thread)) == {
        "title": ["How do you keep a retro from turning into complaining?"],
        "what_we_do": ["We usually start with ten minutes of facts only, then one question per person."],
        "because": ["Works for us because nobody has to defend anything yet."],
        "except_when": ["Careful with groups above eight though."],
    }


def test_a_follow_up_that_did_not_work_becomes_a_limit() -> None:
    told = fields(distil(of("en_thanks_but").thread))
    assert told["what_we_do"] == ["Try recorded walkthroughs."]
    assert "except_when" not in told, "a thank-you is no limit"
    thread = [Said("a", "How do I start?"), Said("b", "Try a story."), Said("a", "It did not work with two classes.")]
    assert fields(distil(thread))["except_when"] == ["It did not work with two classes."]


def test_the_opener_s_own_solution_counts() -> None:
    told = fields(distil(of("nl_own_solution").thread))["what_we_do"]
    assert told[-1] == "Opgelost: ik vraag nu eerst per school twee vaste dagdelen en maak daarna pas het rooster."


def test_a_link_alone_is_know_what_and_gives_its_link() -> None:
    draft = distil(of("nl_link_only").thread)
    assert (draft.kind, draft.link) == ("know_what", "https://voorbeeld.nl/verlof")
    assert fields(draft) == {"title": ["Waar staat het formulier voor verlof?"]}


def test_a_sensitive_thread_says_so() -> None:
    assert distil(of("nl_sensitive").thread).sensitive
    assert not distil(of("nl_solved").thread).sensitive


def test_a_greeting_is_taken_off_the_title() -> None:
    thread = [Said("a", "Hi all, how do you begin a lesson with a noisy class?"), Said("b", "Start with a story.")]
    assert fields(distil(thread))["title"] == ["how do you begin a lesson with a noisy class?"]


def test_only_what_the_opener_says_helped_is_chosen() -> None:
    asked = Said("a", "How do you begin?", "Ana")
    told = [Said("b", "You can start with a story.", "Bo Visser"), Said("c", "Try silence first.", "Cas")]
    thanks = Said("a", "What Bo said worked!", "Ana")
    assert fields(distil([asked, *told, thanks]))["what_we_do"] == ["You can start with a story."]
    marked = Said("c", "Try silence first.", "Cas", ("white_check_mark",))
    assert fields(distil([asked, told[0], marked, thanks]))["what_we_do"] == ["Try silence first."]


def test_what_comes_after_the_thanks_is_not_chosen() -> None:
    thread = [
        Said("a", "How do you begin?"),
        Said("b", "Start with a story."),
        Said("a", "Thanks!"),
        Said("c", "You could also use music."),
    ]
    assert fields(distil(thread))["what_we_do"] == ["Start with a story."]


def test_one_message_alone_is_read_as_told_by_its_writer() -> None:
    draft = distil([Said("a", "We always let pupils write first, because it calms them. In my class nobody is late.")])
    assert fields(draft)["what_we_do"] == [
        "We always let pupils write first, because it calms them.",
        "In my class nobody is late.",
    ]
    assert {sentence.author for sentence in draft.sentences} == {"a"}


def test_the_message_pointed_at_always_counts() -> None:
    thread = [Said("a", "How do you begin?"), Said("b", "Candles."), Said("c", "You can use music.")]
    assert fields(distil(thread))["what_we_do"] == ["You can use music."]
    assert fields(distil(thread, pointed=1))["what_we_do"] == ["Candles.", "You can use music."]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two! Three? Four", ("One.", "Two!", "Three?", "Four")),
        ("See https://example.org/a.b for more. Good luck", ("See https://example.org/a.b for more.", "Good luck")),
        ("Use e.g. a timer. Then stop.", ("Use e.g. a timer.", "Then stop.")),
        ("1. first\n2. second", ("1. first", "2. second")),
        ("... well...\n\n!!!", ("well...",)),
        ("", ()),
    ],
)
def test_sentences(text: str, cut: tuple[str, ...]) -> None:
    assert sentences(text) == cut


def test_a_text_is_shortened_between_words() -> None:
    assert shortened("one two three", 9) == "one two"
    assert shortened("onetwothree", 5) == "onetw"
    assert shortened("short", 9) == "short"


wild = st.text(max_size=400) | st.sampled_from([said.text for case in THREADS for said in case.thread])
threads = st.lists(st.builds(Said, st.sampled_from("abc"), wild, st.sampled_from(["Ana", "Bo", ""])), max_size=8)


@given(threads, st.none() | st.integers(-2, 9))
@settings(max_examples=150, deadline=None)
def test_every_proposed_sentence_stands_in_the_thread_and_is_its_author_s(thread: list[Said], at: int | None) -> None:
    draft = distil(thread, pointed=at)
    for sentence in draft.sentences:
        said = thread[sentence.message]
        assert sentence.text in said.text
        assert sentence.author == said.author
        assert sentence.text.strip() == sentence.text != ""
        assert len(sentence.text) <= (TITLE if sentence.field == "title" else LONGEST)
    for field, most in MOST.items():
        told = [each for each in draft.sentences if each.field == field]
        assert len(told) <= most
        assert sum(len(each.text) for each in told) <= ROOM
    assert len(draft.sentences) <= 25
    places = [(each.message, each.text) for each in draft.sentences if each.field != "title"]
    assert len(places) == len(set(places)), "a sentence has one place only"


SLOW = {
    "blank lines": "\n" * 40_000,
    "spaces": " " * 39_999 + "x",
    "dots": "." * 39_999 + "x",
    "digits": "1" * 40_000,
    "one word": "a" * 40_000,
    "questions": "? " * 20_000,
    "thanks": "thanks " * 5_700,
    "numbered": "1. step\n" * 5_000,
    "brackets": "https://" * 5_000,
    "because": "Omdat het werkt. " * 2_300,
    "backticks": "`" * 40_000,
    "pairs": "`a " * 13_000,
    "iemand": "iemand " * 5_700,
    "greetings": "hi all " * 5_700,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_forty_thousand_characters_of_anything_take_no_time(text: str) -> None:
    start = perf_counter()
    distil([Said("a", text), Said("b", text), Said("a", text)])
    sentences(text)
    assert read([Said("a", text), Said("b", text)]).score >= -4
    assert perf_counter() - start < 5
