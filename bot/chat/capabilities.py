"""What a platform can show and how much of it, as data. Its one use is `fit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """All lengths in characters. `total_text` counts all texts of a message, `blocks` all its parts and controls."""

    heading: int
    words: int
    """One paragraph, note or fact row."""
    total_text: int
    blocks: int
    button: int
    controls: int
    """Buttons and selects in one row."""
    choices: int
    choice: int
    """The label of one choice."""
    form_title: int
    form_fields: int
    form_label: int
    field_errors: bool
    """Shows words beside a field of an open form."""


SLACK = Capabilities(
    heading=150,
    words=3000,
    total_text=12000,
    blocks=50,
    button=75,
    controls=25,
    choices=100,
    choice=75,
    form_title=24,
    form_fields=100,
    form_label=2000,
    field_errors=True,
)
DISCORD = Capabilities(
    heading=256,
    words=4000,
    total_text=4000,
    blocks=40,
    button=80,
    controls=5,
    choices=25,
    choice=100,
    form_title=45,
    form_fields=5,
    form_label=45,
    field_errors=False,
)
PLAYGROUND = Capabilities(
    heading=256,
    words=8000,
    total_text=40000,
    blocks=100,
    button=80,
    controls=25,
    choices=100,
    choice=200,
    form_title=80,
    form_fields=100,
    form_label=200,
    field_errors=True,
)
