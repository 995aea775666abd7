"""A whole round in virtual time, by people who are not there: to look at a format before others have to live it.

    told = asyncio.run(simulate(Plan(shipped()["harvest"], people=5, silent=1, seed=7)))
    print(told.text())

The door, the features, the clock and the postman are the real ones, and so is the database, which is thrown away. What
happens depends on the plan alone.
"""

from __future__ import annotations

from bot.rehearsal.plan import Plan
from bot.rehearsal.stage import simulate
from bot.rehearsal.transcript import Line, Transcript

__all__ = ["Line", "Plan", "Transcript", "simulate"]
