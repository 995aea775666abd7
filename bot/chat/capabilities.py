"""What a platform can show and how much of it, as data. Its one use is `fit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """All lengths in characters. `total_text` counts all texts of a message, `blocks` all its parts."""

    heading: int
    words: int
    """One paragraph, note or fact row."""
    total_text: int
    blocks: int
    controls_count: bool
    """Each control is a part of the message too, beside the row it stands in."""
    picture: int
    """What a picture says in words."""
    button: int
    select: int
    """The label of a select."""
    selects_apart: bool
    """A select stands in a row of its own."""
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
    controls_count=False,
    picture=2000,
    button=75,
    select=3000,
    selects_apart=True,
    controls=25,
    choices=10000,
    choice=75,
    form_title=24,
    form_fields=98,
    form_label=2000,
    field_errors=True,
)
DISCORD = Capabilities(
    heading=256,
    words=4000,
    total_text=4000,
    blocks=40,
    controls_count=True,
    picture=1024,
    button=80,
    select=150,
    selects_apart=True,
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
    controls_count=True,
    picture=8000,
    button=80,
    select=80,
    selects_apart=False,
    controls=25,
    choices=100,
    choice=200,
    form_title=80,
    form_fields=100,
    form_label=200,
    field_errors=True,
)
