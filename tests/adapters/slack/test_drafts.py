"""Words of a form that was closed stand there again when it opens."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.slack.drafts import Drafts
from bot.chat.actions import Action
from bot.chat.forms import ChecksField, ChoiceField, Form, PersonField, Raw, TextField
from bot.chat.messages import Choice
from bot.chat.names import Account, Space

ANNA, BRAM = Account(Space("slack", "T1"), "U1"), Account(Space("slack", "T1"), "U2")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TWO = (Choice("a", "A"), Choice("b", "B"))
FORM = Form(
    Action("round.answer", "r1"),
    "Your words",
    (
        TextField("words", "Your words", most=10, value="before"),
        ChoiceField("way", "Way", TWO),
        ChecksField("days", "Days", TWO),
        PersonField("person", "Person"),
    ),
    "Send",
)


class Kept:
    """A drawer in memory."""

    def __init__(self) -> None:
        self.texts: dict[tuple[Account, str], str] = {}

    async def draft_put(self, account: Account, action: str, text: str, now: datetime) -> None:
        self.texts[account, action] = text

    async def draft_take(self, account: Account, action: str) -> str | None:
        return self.texts.pop((account, action), None)


async def opened(values: tuple[tuple[str, Raw], ...], account: Account = ANNA, form: Form = FORM) -> Form:
    drafts = Drafts(Kept(), lambda: NOW)
    await drafts.keep(ANNA, FORM.action, values)
    return await drafts.filled_in(account, form)


def value(form: Form, name: str) -> object:
    return next(field.value for field in form.fields if field.name == name)


async def test_what_was_filled_in_is_there_again() -> None:
    form = await opened((("words", "I wait"), ("way", "b"), ("days", ("a", "b")), ("person", "U9")))
    assert [value(form, name) for name in ("words", "way", "days", "person")] == ["I wait", "b", ("a", "b"), "U9"]


async def test_only_once() -> None:
    drafts = Drafts(Kept(), lambda: NOW)
    await drafts.keep(ANNA, FORM.action, (("words", "I wait"),))
    assert value(await drafts.filled_in(ANNA, FORM), "words") == "I wait"
    assert await drafts.filled_in(ANNA, FORM) == FORM


async def test_nobody_elses_and_of_no_other_form() -> None:
    assert await opened((("words", "I wait"),), account=BRAM) == FORM
    other = Form(Action("round.answer", "r2"), "Other", FORM.fields, "Send")
    assert await opened((("words", "I wait"),), form=other) == other


async def test_what_does_not_fit_any_more_is_left_out() -> None:
    form = await opened((("words", "much longer than ten"), ("way", "gone"), ("days", ("a", "gone")), ("new", "x")))
    assert [value(form, name) for name in ("words", "way", "days")] == ["much longe", "", ("a",)]


async def test_nothing_filled_in_is_nothing_to_keep() -> None:
    kept = Kept()
    await Drafts(kept, lambda: NOW).keep(ANNA, FORM.action, (("words", ""), ("days", ())))
    assert not kept.texts
