"""Buttons and forms of another time, or made up: a clear sentence, and nothing happens."""

from __future__ import annotations

import pytest

from bot.chat.actions import Action
from bot.chat.answers import Tell
from bot.chat.events import ButtonPressed, FormSent
from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House, as_words

PRESSED = (
    "ballot", "consent", "differently", "edit", "keep", "language", "left", "names", "only", "retract", "reword",
    "usethis", "vote", "wish", "giveback", "letstand", "settled", "takeup", "voteagain",
)  # fmt: skip
SENT = ("answer", "edit", "objection", "reword", "takeup", "vote")


@pytest.mark.parametrize("more", ["", ".", ".x", ".-1", ".99", ".99.99", ".²", ".0.nonsense"])
async def test_a_button_that_names_what_is_not_there(house: House, more: str) -> None:
    circle = Circle(house)
    await circle.begin("what_so_what_now_what", "doors")
    round_ = await circle.round()
    bo = circle.people["Bo"]
    filled = (("words", "I knock."), ("prompt", "What then?"))
    acts: list[ButtonPressed | FormSent] = [
        *(
            ButtonPressed(
                f"p{n}", house.now, bo.account, circle.thread, Action(f"round.{name}", round_.id + more), None
            )
            for n, name in enumerate(PRESSED)
        ),
        *(
            FormSent(f"f{n}", house.now, bo.account, circle.thread, Action(f"round.{name}", round_.id + more), filled)
            for n, name in enumerate(SENT)
        ),
    ]
    for act in acts:
        answer = await house.happens(act)
        if isinstance(answer, Tell):
            assert "went wrong" not in as_words(answer.message), act.action
