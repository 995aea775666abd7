"""Search: stems in two languages, nobody else's things, and the same hits on both databases."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from storage import search_sqlite
from storage.scoring import Candidate, Scope, ranked
from storage.search import Search
from storage.search_sqlite import Fts5
from storage.stems import groups, stems, terms, words_of
from storage.store import Store, open_store
from storage.typos import near, one_apart
from storage.unit import Unit

Hits = list[tuple[str, float]]
ITEMS = {
    "wait": "After a question I count to ten. Wait long enough and more pupils answer.",
    "wacht": "Na een vraag tel ik tot tien. Wie lang genoeg wacht, krijgt meer antwoorden van leerlingen.",
    "fiets": "De eerste les gaat over een fiets: wat zie je, wat vraag je je af?",
    "fietsen": "Samen fietsen we naar het museum; de vragen maken ze onderweg.",
    "money": "Financiën: coördinatie met het college, één begroting. Ideeën over geld.",
    "rtl": "مرحبا بالعالم <!channel> @everyone 🙂 C++ and R2D2",
    "long": "question " * 40,
}


async def put(store: Store, texts: dict[str, str], community: str = "c1", kind: str = "item") -> None:
    def work(unit: Unit) -> None:
        for id_, text in texts.items():
            unit.search.put(community, kind, id_, text)

    await store.run(work)


async def fill(store: Store) -> None:
    await put(store, ITEMS)
    await put(store, {"theirs": ITEMS["fiets"]}, kind="circle")
    await put(store, {"other": " ".join(ITEMS.values())}, "c2")


def same(one: Hits, two: Hits) -> bool:
    return [id_ for id_, _ in one] == [id_ for id_, _ in two] and all(
        abs(mine - theirs) < 1e-9 * mine for (_, mine), (_, theirs) in zip(one, two, strict=True)
    )


async def find(store: Store, query: str, limit: int = 10) -> list[str]:
    return list(await store.look(lambda unit: unit.search.find("c1", "item", query, limit)))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("fiets", {"fiets", "fietsen"}),
        ("Fietsen!", {"fiets", "fietsen"}),
        ("vraag", {"wacht", "fiets", "fietsen"}),
        ("questions", {"wait", "long"}),
        ("waiting", {"wait"}),
        ("antwoord", {"wacht"}),
        ("pupil", {"wait"}),
        ("financien coordinatie", {"money"}),
        ("EEN begrotingen", {"wacht", "fiets", "money"}),
        ("مرحبا", {"rtl"}),
        ("r2d2", {"rtl"}),
        ("channel", {"rtl"}),
        ("nowhere", set()),
        ("🙂", set()),
        ("", set()),
        ('"', set()),
        ("fiets' OR 1=1 --", {"fiets", "fietsen"}),
        ('fiets" AND NEAR(*', {"fiets", "fietsen", "rtl", "wait"}),
        ("fiets & ! | ( :* <->", {"fiets", "fietsen"}),
        ("x" * 40_000, set()),
        ("fiets " * 8_000, {"fiets", "fietsen"}),
    ],
)
async def test_what_is_found(store: Store, query: str, wanted: set[str]) -> None:
    await fill(store)
    assert set(await find(store, query)) == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("begroting", ["money"]),
        ("bgeroting", ["money"]),
        ("begrooting", ["money"]),
        ("degroting", ["money"]),
        ("museun", ["fietsen"]),
        ("pupyls", ["wait"]),
        ("xegrotinx", []),
        ("abc", []),
    ],
)
async def test_a_wrong_letter_is_mended_where_nothing_is_found(store: Store, query: str, wanted: list[str]) -> None:
    await fill(store)
    assert await find(store, query) == wanted


def test_words_one_letter_apart() -> None:
    for one, two in (
        ("lesson", "leson"),
        ("lesson", "lessson"),
        ("lesson", "lesosn"),
        ("lesson", "lessom"),
        ("ab", "ba"),
    ):
        assert one_apart(one, two)
        assert one_apart(two, one)
    for one, two in (("lesson", "leosns"), ("lesson", "less"), ("abcd", "badc"), ("abc", "cba"), ("lesson", "blesso")):
        assert not one_apart(one, two)
    assert near("tre", ["tree"]) == (), "too short to tell"
    assert near("trea", ["tree", "idea", "tread", "trea", "rtea"]) == ("rtea", "tread", "tree")


async def test_the_best_is_first(store: Store) -> None:
    await fill(store)
    assert (await find(store, "fiets eerste les"))[0] == "fiets"
    assert (await find(store, "fietsen museum"))[0] == "fietsen"
    assert (await find(store, "what do you do after a question to get answers"))[0] == "wait"
    assert len(await find(store, "vraag", limit=2)) == 2


async def test_an_item_that_changes_or_goes_is_found_by_what_it_says_now(store: Store) -> None:
    await fill(store)
    await store.run(lambda unit: unit.search.put("c1", "item", "fiets", "Nu over een boot."))
    assert await find(store, "fiets") == ["fietsen"]
    assert await find(store, "boten") == ["fiets"]
    await store.run(lambda unit: unit.search.put("c1", "item", "fiets", ""))
    assert await find(store, "boot") == []
    await store.run(lambda unit: unit.search.drop("c1", "item", "fietsen"))
    await store.run(lambda unit: unit.search.drop("c1", "item", "never there"))
    await store.run(lambda unit: unit.search.drop("c3", "item", "wait"))
    assert await find(store, "fiets") == []
    assert await store.look(lambda unit: unit.search.find("c2", "item", "fiets", 9)) == ("other",)


async def test_what_is_like_a_text(store: Store) -> None:
    await fill(store)
    text = "Fietsen naar een museum, en onderweg vragen maken. " + ITEMS["fiets"]

    def like(unit: Unit) -> tuple[str, ...]:
        return unit.search.like("c1", "item", text, 2)

    assert set(await store.look(like)) == {"fiets", "fietsen"}
    long = " ".join([ITEMS["money"], *map(str, range(5000))])
    assert "money" in await store.look(lambda unit: unit.search.like("c1", "item", long, 9))


@pytest.mark.postgres
async def test_both_databases_find_the_same_in_the_same_order(sqlite_url: str, postgresql_url: str) -> None:
    chance = random.Random(7)
    vocabulary = [f"{start}{end}" for start in ("les", "vraag", "kring", "teach", "learn") for end in "abcdefghijklm"]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    texts = {f"k{n}": " ".join(chance.choices(vocabulary, weights, k=chance.randint(3, 60))) for n in range(300)}
    queries = [" ".join(chance.choices(vocabulary, k=chance.randint(1, 5))) for _ in range(40)]

    async def answers(url: str) -> list[list[tuple[str, float]]]:
        async with open_store(url) as store:
            await put(store, texts)
            return [
                await store.look(lambda unit, query=query: unit.search.scored("c1", "item", query, 20))  # type: ignore[misc]
                for query in queries
            ]

    for one, two in zip(await answers(sqlite_url), await answers(postgresql_url), strict=True):
        assert same(one, two)


@pytest.mark.parametrize("budget", [40, 200, 1000])
async def test_the_planner_finds_what_scoring_everything_finds(
    sqlite_url: str, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no word is common, the best ten are exactly those that a score of every match gives."""
    chance = random.Random(budget)
    vocabulary = [f"w{number}q" for number in range(2000)]
    weights = [1 / (rank + 30) for rank in range(len(vocabulary))]
    texts = [" ".join(chance.choices(vocabulary, weights, k=chance.randint(5, 60))) for _ in range(3000)]
    queries = [" ".join(chance.choices(vocabulary[20:], k=chance.randint(1, 6))) for _ in range(60)]
    async with open_store(sqlite_url) as store:
        await put(store, {str(number): text for number, text in enumerate(texts)})

        def everything(unit: Unit, query: str) -> list[tuple[str, float]]:
            monkeypatch.setattr(search_sqlite, "BUDGET", 10**9)
            return unit.search.scored("c1", "item", query, 10)

        def planned(unit: Unit, query: str) -> list[tuple[str, float]]:
            monkeypatch.setattr(search_sqlite, "BUDGET", budget)
            monkeypatch.setattr(search_sqlite, "EXACT", budget)
            return unit.search.scored("c1", "item", query, 10)

        exact = 0
        for query in queries:
            full = await store.look(lambda unit, query=query: everything(unit, query))  # type: ignore[misc]
            found = await store.look(lambda unit, query=query: planned(unit, query))  # type: ignore[misc]
            assert all(one >= two for (_, one), (_, two) in pairwise(found))
            exact += found == full
            if budget == 1000:
                assert same(found, full)
        assert exact > len(queries) * 0.7 or budget < 200


async def test_scores_are_those_of_sqlite(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as store:
        await put(store, ITEMS)

        def both(unit: Unit) -> None:
            search = Search(unit.connection)
            scope = search._scope("c1", "item")
            assert scope == Scope(1, len(ITEMS), sum(len(terms(text)) for text in ITEMS.values()))
            wanted = [tuple(scope.term(stem) for stem in group) for group in groups("een vraag over fietsen", 9)]
            flat = [term for group in wanted for term in group]
            engine = Fts5(unit.connection)
            candidates = engine._candidates(range(1, 10))
            assert all(isinstance(each, Candidate) for each in candidates)
            mine = ranked(candidates, flat, engine.frequencies(scope, flat), scope)
            assert same(engine.find(scope, wanted, 9), mine)

        await store.look(both)


def test_words_and_stems() -> None:
    assert words_of("Één ĳsje, C++: niet_zo <!x>") == ["een", "ijsje", "c", "niet", "zo", "x"]
    assert len(stems("x" * 40_000)[0]) <= 40
    assert words_of("collega's, the teacher’s") == ["collega", "the", "teacher"]
    assert groups("les lessen les", 9) == [("les",), ("lessen",)]


@pytest.mark.parametrize(
    "words",
    [
        "antwoord antwoorden", "fiets fietsen", "huis huizen", "brief brieven", "vraag vragen vraagt", "idee ideeën",
        "kopie kopieën", "werk werkt werken werkte", "begin beginnen", "les lessen", "school scholen", "kind kinderen",
        "leer leren leert", "ervaring ervaringen", "goed goede", "opdracht opdrachten", "collega collega's",
        "lesson lessons lesson's", "wait waiting waited", "study studies studying", "question questions",
    ],
)  # fmt: skip
def test_forms_of_a_word_meet(words: str) -> None:
    found = [set(terms(word)) for word in words.split()]
    assert set.intersection(*found), found


@pytest.mark.parametrize("words", ["les leesboek", "vraag vriend", "kring kracht", "wait want", "teacher tea"])
def test_different_words_do_not_meet(words: str) -> None:
    one, two = (set(terms(word)) for word in words.split())
    assert not one & two
