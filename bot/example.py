"""`config.example.toml`, made from the settings: what can be set, what it means, and its default."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from bot.settings import PREFIX, keys, secrets, sections, variable


def example() -> str:
    """`config.example.toml`: every key with its default, what it means and what it may be."""
    lines = [
        "# Kring's settings. Copy this file to config.toml and change what you want; every line shows its default.",
        f"# Any key can be given in the environment too, which wins: {PREFIX}DATABASE__URL=sqlite:///elsewhere.db",
        "# Secrets are given there only:",
        *(f"#   {variable(*path)}" for path, _ in secrets()),
    ]
    for name, model in sections().items():
        lines += ["", f"# {model.__doc__}", f"[{name}]"]
        defaults = model()
        for key in keys(name):
            field = model.model_fields[key]
            lines += [f"# {field.description}{_choices(field.annotation)}", f"{key} = {_toml(getattr(defaults, key))}"]
    return "\n".join(lines) + "\n"


def _choices(annotation: Any) -> str:
    return f" One of: {', '.join(get_args(annotation))}." if get_origin(annotation) is Literal else ""


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
