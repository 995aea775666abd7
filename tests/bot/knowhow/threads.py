"""Ten short threads, written by hand, with what each of them gives away. Sanity cases, no evidence of quality."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowhow.signals import Said


@dataclass(frozen=True)
class Thread:
    id: str
    said: tuple[tuple[str, str], ...]
    lang: str
    ask: bool
    q: bool | None = None
    steps: int | None = None
    sol: bool | None = None
    neg: bool | None = None
    sens: bool | None = None
    linkonly: bool | None = None
    kind: str | None = None

    @property
    def thread(self) -> tuple[Said, ...]:
        return tuple(Said(author, text, author) for author, text in self.said)


THREADS = (
    Thread(
        "nl_solved",
        (
            (
                "a",
                (
                    "Hoe krijgen jullie stille leerlingen aan het woord in een online les? Bij mij blijft "
                    "iedereen op mute."
                ),
            ),
            (
                "b",
                (
                    "Wat bij ons werkt: eerst twee minuten iedereen laten typen, daarna pas één iemand "
                    "vragen om het toe te lichten. Omdat ze dan al iets hebben om op terug te vallen."
                ),
            ),
            ("c", "En zorg dat je zelf even stil blijft. Meestal doe ik tien tellen niets."),
            ("a", "Dankjewel! Vandaag geprobeerd en dat werkte, drie mensen die anders nooit iets zeggen."),
        ),
        lang="nl",
        q=True,
        steps=2,
        sol=True,
        neg=False,
        ask=True,
    ),
    Thread(
        "en_solved",
        (
            ("a", "How do you keep a retro from turning into complaining?"),
            (
                "b",
                (
                    "We usually start with ten minutes of facts only, then one question per person. Works "
                    "for us because nobody has to defend anything yet. Careful with groups above eight "
                    "though."
                ),
            ),
            ("a", "That makes a lot of sense, I'll try that on Thursday."),
        ),
        lang="en",
        q=True,
        steps=1,
        sol=True,
        neg=False,
        ask=True,
    ),
    Thread(
        "nl_thanks_but",
        (
            ("a", "Iemand een idee hoe ik ouders betrek bij het startgesprek?"),
            ("b", "Probeer eens een brief met drie vragen vooraf."),
            ("a", "Bedankt, maar dat hebben we al gedaan en het lukt nog steeds niet."),
        ),
        lang="nl",
        q=True,
        sol=False,
        neg=True,
        ask=False,
    ),
    Thread(
        "en_thanks_but",
        (
            ("a", "Any tips for onboarding people in another time zone?"),
            ("b", "Try recorded walkthroughs."),
            ("a", "Thanks, but we tried that and it still doesn't work."),
        ),
        lang="en",
        q=True,
        sol=False,
        neg=True,
        ask=False,
    ),
    Thread(
        "en_link_only",
        (
            ("a", "Where can I find the travel policy?"),
            ("b", "https://example.org/travel-policy"),
            ("a", "thanks!"),
        ),
        lang="en",
        q=True,
        linkonly=True,
        ask=False,
        kind="know_what",
    ),
    Thread(
        "nl_link_only",
        (
            ("a", "Waar staat het formulier voor verlof?"),
            ("b", "https://voorbeeld.nl/verlof"),
            ("a", "top, dank je"),
        ),
        lang="nl",
        q=True,
        linkonly=True,
        ask=False,
        kind="know_what",
    ),
    Thread(
        "nl_sensitive",
        (
            ("a", "Hoe ga ik om met een klacht van een ouder over een collega? Even onder ons."),
            ("b", "Je kunt het beste eerst zelf met je collega praten, daarna pas verder kijken."),
            ("a", "Dank je, dat helpt."),
        ),
        lang="nl",
        sens=True,
        ask=False,
    ),
    Thread(
        "en_smalltalk",
        (
            ("a", "How was everyone's weekend?"),
            ("b", "Great, went hiking!"),
            ("a", "nice"),
        ),
        lang="en",
        q=True,
        steps=0,
        ask=False,
    ),
    Thread(
        "nl_smalltalk",
        (
            ("a", "Wie gaat er mee lunchen?"),
            ("b", "Ik!"),
            ("a", "gezellig"),
        ),
        lang="nl",
        q=True,
        steps=0,
        ask=False,
    ),
    Thread(
        "nl_own_solution",
        (
            ("a", "Ik loop vast op het plannen van intervisie met drie scholen, hoe pakken jullie dat aan?"),
            ("b", "Heb je een datumprikker geprobeerd? Wij prikken altijd voor een heel half jaar."),
            (
                "a",
                (
                    "Opgelost: ik vraag nu eerst per school twee vaste dagdelen en maak daarna pas het "
                    "rooster. Dat werkt bij ons."
                ),
            ),
        ),
        lang="nl",
        q=True,
        sol=True,
        neg=False,
        ask=True,
    ),
)
