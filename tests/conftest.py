"""What all tests share: databases (tests/databases.py) and the house without adapters (tests/knock.py)."""

from __future__ import annotations

import structlog

pytest_plugins = ["tests.databases", "tests.knock"]

# as bot/logs.py has it: with the values of every frame, one traceback holds the event loop up for seconds
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)
