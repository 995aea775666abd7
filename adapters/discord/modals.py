"""Forms as modals.

    modals(form, space=…) -> one or more modals, to be filled in one after the other (see `steps`)
    sent_parts(data) -> what stands in each field of a modal, from the `data` of an interaction of type 5

A modal holds five things: fields with their labels, and texts. So the fields that `fit_form` gives are packed by what
they take, and the intro takes a place too: where there is none left, it stands beside the first field. The button that
sends a modal is Discord's own, in the reader's language: `Form.submit` has no place.
https://docs.discord.com/developers/components/using-modal-components (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from adapters.discord import limits
from adapters.discord.commands import spoken
from adapters.discord.custom_ids import CustomId
from adapters.discord.drawn import TEXT, label
from adapters.discord.fields import LABEL, Atom, Parts, labelled, sent_parts
from adapters.discord.markup import markdown
from adapters.parting import SMALLEST
from bot.chat.capabilities import DISCORD
from bot.chat.fit import fit_form, split
from bot.chat.forms import Form
from bot.chat.names import Space
from bot.chat.text import Bold, Code, Moment, Plain, Text, words

__all__ = ["Modal", "Parts", "modals", "sent_parts"]

Modal = dict[str, Any]


def modals(form: Form, *, space: Space) -> tuple[Modal, ...]:
    """The form as one or more modals, as the `data` of an answer of type 9. The same form makes the same modals."""
    fields = [field for each in fit_form(form, replace(DISCORD, form_fields=1)) for field in each.fields]
    atoms = [atom for field in fields for atom in labelled(field)]
    steps = _packed(_begun(form, atoms, space))
    return tuple(_modal(form, step, number, len(steps)) for number, step in enumerate(steps))


def _modal(form: Form, step: Atom, number: int, count: int) -> Modal:
    """A form that is whole in one modal says so in its custom id: it can be sent though nothing is kept of it."""
    use = CustomId(form.action) if count == 1 else CustomId(form.action, "step", number)
    nth = f" ({number + 1}/{count})" if count > 1 else ""
    return {
        "custom_id": use.pack(),
        "title": label(form.title, limits.TITLE - len(nth)) + nth,
        "components": step,
    }


def _packed(atoms: Sequence[Atom]) -> list[Atom]:
    steps: list[Atom] = [[]]
    for atom in atoms:
        if steps[-1] and len(steps[-1]) + len(atom) > limits.MODAL_COMPONENTS:
            steps.append([])
        steps[-1] += atom
    return steps


def _begun(form: Form, atoms: list[Atom], space: Space) -> list[Atom]:
    """The fields below the intro, and below the title where that is too long for its line."""
    title: Text = (Bold(form.title),) if len(form.title) > limits.TITLE else ()
    between: Text = (Plain("\n"),) if title and form.intro else ()
    above = (*title, *between, *form.intro)
    if not words(above).strip():
        return atoms or [[{"type": TEXT, "content": "…"}]]
    texts: list[Atom] = [[{"type": TEXT, "content": content}] for content in _texts(above, space)]
    begun = [*texts, *atoms]
    beside = _plain(above)
    if beside and atoms and len(_packed(begun)) > len(_packed(atoms)) and "description" not in atoms[0][-1]:
        first = {**atoms[0][-1], "description": beside}
        return [[*atoms[0][:-1], first], *atoms[1:]] if first["type"] == LABEL else begun
    return begun


def _texts(text: Text, space: Space) -> list[str]:
    """The text in as few parts as it takes: as it is written it is longer than as it is read."""
    most = limits.TEXT
    while True:
        written = [markdown(part, space=space, private=True) for part in split(text, most)]
        if most <= SMALLEST or all(len(each) <= limits.TEXT for each in written):
            return [each for each in written if each.strip()]
        most //= 2


def _plain(text: Text) -> str:
    """The text in plain words, where it can be said in them and is short enough for a hint; else empty."""
    if any(isinstance(span, Moment) for span in text):
        return ""
    said = "".join(spoken(span.text) if isinstance(span, Code) else words((span,)) for span in text)
    return said if len(said) <= limits.HINT else ""
