"""What goes wrong in a command of the terminal, told in words: without a traceback, and with exit status 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.errors import KringError, SettingsFault
from bot.loading import load
from bot.settings import Settings


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Our own errors become words on standard error."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except SettingsFault as fault:
            many = len(fault.faults) > 1
            click.echo(
                f"The settings are not right yet ({len(fault.faults)} faults):" if many else "", err=True, nl=many
            )
            for line in fault.faults:
                click.echo(f"  {line}" if many else line, err=True)
        except KringError as error:
            click.echo(str(error), err=True)
        except KeyboardInterrupt:
            return None
        sys.exit(1)

    return wrapper


def settings_of(config: Path | None) -> Settings:
    """The settings of that file, else of ./config.toml where there is one, overruled by the environment."""
    if config is None and Path("config.toml").is_file():
        config = Path("config.toml")
    return load(config, os.environ)
