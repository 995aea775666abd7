"""What a platform keeps of a form goes with the form that arrived, though Kring dies right after it."""

from __future__ import annotations

from tests.bot.rounds.conversations.circle import Circle
from tests.knock import House


async def test_a_form_that_arrived_is_not_given_once_more(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.presses("Answer privately")
    assert circle.anna.form is not None
    action, account = circle.anna.form.action, circle.anna.account
    await house.store.draft_put(account, action.pack(), "I knock.", house.now)
    await circle.anna.fills({"words": "I knock."})
    assert circle.anna.sees.startswith("Noted.")
    assert await house.store.draft_take(account, action.pack()) is None


async def test_a_form_with_a_fault_in_it_is_kept(house: House) -> None:
    circle = Circle(house)
    await circle.begin("reveal_together", "doors")
    await circle.anna.presses("Answer privately")
    assert circle.anna.form is not None
    action, account = circle.anna.form.action, circle.anna.account
    await house.store.draft_put(account, action.pack(), "I knock.", house.now)
    await circle.anna.fills({"words": ""})
    assert await house.store.draft_take(account, action.pack()) == "I knock."
