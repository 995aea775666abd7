"""What all tests share: databases (tests/databases.py) and the house without adapters (tests/knock.py)."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from structlog.typing import EventDict

pytest_plugins = ["tests.databases", "tests.knock"]

# where there is room, the files of tests stand in memory: thousands of databases need not wait for a disk to keep them
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there, for its user alone
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

SELDOM = (20_000, 10, 10)
"""After how many new things Python looks for what nobody uses any more. By itself it does so after every 700."""

# how long an example takes says how busy the machine is, and nothing of Kring
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

# as bot/logs.py has it: with the values of every frame, one traceback holds the event loop up for seconds
_AT_LENGTH = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def _briefly(logger: object, name: str, event: EventDict) -> str:
    """One line, in a tenth of the time that columns take: every event is told of, and few are read."""
    if "exc_info" in event:
        return str(_AT_LENGTH(logger, name, event))
    return " ".join([name, str(event.pop("event")), *(f"{key}={value!r}" for key, value in event.items())])


structlog.configure(processors=[structlog.contextvars.merge_contextvars, _briefly])


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: much of the suite waits for sockets, processes and clocks."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that is imported and collected goes away again before the end: Python need not look through it for what
    nobody uses any more, neither while it grows to some hundred thousand things nor during every test.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Code is compiled once, also where Python was told to write no bytecode: it stands in pytest's own cache.

    Else each of the many processes that tests start would compile all of Kring and its libraries anew.
    """
    if sys.dont_write_bytecode and config.pluginmanager.hasplugin("cacheprovider"):
        assert config.cache is not None
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(config.cache.mkdir("bytecode"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
