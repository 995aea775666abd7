"""How the log looks: one line per event, for people or as JSON; never what people wrote, never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.settings import Log

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|aW50ZXJhY3Rpb24[\w=-]+",
    re.ASCII,
)
"""Slack's tokens, Discord's bot tokens, user:password in an address, and Discord's interaction tokens: they are
`interaction:` and more in base64."""

_PROCESSORS: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def masked(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The line without anything that looks like a token; also inside tracebacks."""
    for key, value in line.items():
        if isinstance(value, str):
            line[key] = _SECRETS.sub("***", value)
    return line


def configure(log: Log) -> None:
    """Our lines and those of libraries come out alike, on standard error."""
    if log.format == "json":
        renderer: Any = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_PROCESSORS,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            masked,
            renderer,
        ],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(log.level.upper())
    # the first two tell at `info` what is of use only to who mends Kring. Slack's tell what people write: at `info` the
    # whole body of a request whose signature is wrong, at `debug` everything that comes and goes. So does discord.py at
    # `debug`, with the addresses that answer an interaction; aiohttp's may name such an address
    for name in ("apscheduler", "alembic", "slack_bolt", "slack_sdk", "discord", "aiohttp"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
