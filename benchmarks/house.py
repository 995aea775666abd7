"""The house as a process of its own, to be killed: `python -m benchmarks.house TEMPO`.

As `kring run`, with settings in the environment, but so many times faster, for a Slack that is.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

import structlog

from bot.compose import store_of, utc_now
from bot.running import open_house
from bot.settings import Settings


async def main(tempo: float) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    settings = Settings()
    async with store_of(settings) as store:
        await store.release(utc_now())
        async with open_house(settings, store, tempo=tempo):
            print("ready", flush=True)
            await stopped.wait()


if __name__ == "__main__":
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    asyncio.run(main(float(sys.argv[1])))
