"""Makes a message or form fit what a platform can show: splits, pages, cuts where people see it, and drops nothing.

The one use of `Capabilities`. Features write messages as they are meant; adapters call `fit` before they render.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.chat.answers import Answer, FormErrors, Tell
from bot.chat.capabilities import Capabilities
from bot.chat.forms import ChecksField, ChoiceField, Field, Form
from bot.chat.messages import (
    Block,
    Button,
    Choice,
    Control,
    Controls,
    Divider,
    Facts,
    Heading,
    LinkButton,
    Message,
    Note,
    Picture,
    Select,
    Words,
)
from bot.chat.text import Bold, Code, Plain, Span, Text, words

ELLIPSIS = "…"


def fit(message: Message, capabilities: Capabilities) -> tuple[Message, ...]:
    """The message as one or more messages that the platform can show, in order.

    Controls stay with the last words before them and words with their heading, where there is room for both. The first
    message keeps the summary.
    """
    pieces = [piece for block in message.blocks for piece in _fit_block(block, capabilities)]
    if pieces and _room(pieces[:-1], pieces[-1], capabilities):  # nearly every message is one page
        return (Message(tuple(pieces), message.summary),)
    pages: list[list[Block]] = [[]]
    for piece in pieces:
        if pages[-1] and not _room(pages[-1], piece, capabilities):
            pages.append(_taken_along(pages[-1], piece, capabilities))
        pages[-1].append(piece)
    return tuple(
        Message(tuple(page), message.summary if number == 0 else "") for number, page in enumerate(pages) if page
    ) or (message,)


def fit_form(form: Form, capabilities: Capabilities) -> tuple[Form, ...]:
    """The form as one or more forms to be filled in one after the other."""
    fields = [_fit_field(field, capabilities) for field in form.fields]
    size = capabilities.form_fields
    groups = [fields[start : start + size] for start in range(0, len(fields), size)] or [[]]
    title = cut(form.title, capabilities.form_title)
    return tuple(replace(form, title=title, fields=tuple(group)) for group in groups)


def fit_answer(answer: Answer, form: Form, capabilities: Capabilities) -> Answer:
    """Where a platform cannot show errors beside the fields, the person is told them under each other."""
    if not isinstance(answer, FormErrors) or capabilities.field_errors:
        return answer
    labels = {field.name: field.label for field in form.fields}
    lines = [Words((Bold(labels.get(name, name)), Plain(f": {error}"))) for name, error in answer.errors]
    return Tell(Message(tuple(lines)))


def cut(text: str, most: int) -> str:
    """The text, ended with an ellipsis where it was too long."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS


def _taken_along(page: list[Block], piece: Block, capabilities: Capabilities) -> list[Block]:
    """What leaves the page to stand above this piece on the next: the words of its buttons, and their heading."""
    at = len(page)
    if isinstance(piece, Controls):
        while at > 1 and isinstance(page[at - 1], Controls):
            at -= 1
        at = max(0, at - 1)
    while at > 1 and isinstance(page[at - 1], Heading):
        at -= 1
    taken = page[at:]
    if all(isinstance(block, Heading) for block in page[:at]) or not _room(taken, piece, capabilities):
        return []
    del page[at:]
    return taken


# -- blocks


def _fit_block(block: Block, capabilities: Capabilities) -> Iterator[Block]:
    match block:
        case Heading():
            yield from _fit_heading(block, capabilities)
        case Words() | Note():
            parts = split(block.text, capabilities.words)
            yield from (block,) if parts == (block.text,) else (replace(block, text=part) for part in parts)
        case Facts():
            yield from _fit_facts(block, capabilities)
        case Controls():
            fitted = [each for control in block.controls for each in _fit_control(control, capabilities)]
            yield from (Controls(row) for row in _rows(fitted, capabilities))
        case Picture():
            yield from _fit_picture(block, capabilities)
        case Divider():
            yield block


def _fit_heading(block: Heading, capabilities: Capabilities) -> Iterator[Block]:
    yield Heading(cut(block.text, capabilities.heading))
    yield from _rest(block.text, capabilities.heading, capabilities)


def _fit_picture(block: Picture, capabilities: Capabilities) -> Iterator[Block]:
    yield replace(block, alt=cut(block.alt, capabilities.picture))
    yield from _rest(block.alt, capabilities.picture, capabilities)


def _rest(text: str, most: int, capabilities: Capabilities) -> Iterator[Block]:
    """What `cut` took away, as paragraphs below."""
    if len(text) > most:
        yield from (Words(part) for part in split((Plain(ELLIPSIS + text[most - 1 :]),), capabilities.words))


def _rows(controls: Iterable[Control], capabilities: Capabilities) -> Iterator[tuple[Control, ...]]:
    """Rows in which no two controls are alike, since a platform could not tell which of them was used."""
    row: list[Control] = []
    for control in controls:
        alone = capabilities.selects_apart and isinstance(control, Select)
        if row and (alone or len(row) == capabilities.controls or any(_alike(control, each) for each in row)):
            yield tuple(row)
            row = []
        if alone:
            yield (control,)
        else:
            row.append(control)
    if row:
        yield tuple(row)


def _alike(one: Control, other: Control) -> bool:
    return not isinstance(one, LinkButton) and not isinstance(other, LinkButton) and one.action == other.action


def _fit_facts(block: Facts, capabilities: Capabilities) -> Iterator[Block]:
    rows: list[tuple[str, Text]] = []
    for label, value in block.rows:
        alone = Facts(((label, value),))
        if rows and _length(Facts(tuple(rows))) + _length(alone) > capabilities.words:
            yield Facts(tuple(rows))
            rows = []
        if _length(alone) <= capabilities.words:
            rows.append((label, value))
        else:
            yield from (Words(part) for part in split((Bold(label), Plain(": "), *value), capabilities.words))
    if rows:
        yield Facts(tuple(rows))


def _fit_control(control: Control, capabilities: Capabilities) -> Iterator[Control]:
    match control:
        case Button() | LinkButton():
            yield replace(control, label=cut(control.label, capabilities.button))
        case Select():
            size = capabilities.choices
            pages = [control.choices[start : start + size] for start in range(0, len(control.choices), size)] or [()]
            for number, page in enumerate(pages, 1):
                suffix = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
                yield replace(
                    control,
                    label=cut(control.label, capabilities.select - len(suffix)) + suffix,
                    choices=_fit_choices(page, capabilities),
                    chosen=tuple(value for value in control.chosen if any(value == each.value for each in page)),
                )


def _fit_choices(choices: Iterable[Choice], capabilities: Capabilities) -> tuple[Choice, ...]:
    most = capabilities.choice
    return tuple(replace(each, label=cut(each.label, most), hint=cut(each.hint, most)) for each in choices)


def _fit_field(field: Field, capabilities: Capabilities) -> Field:
    label = cut(field.label, capabilities.form_label)
    match field:
        case ChoiceField() | ChecksField():
            return replace(field, label=label, choices=_fit_choices(field.choices, capabilities))
        case _:
            return replace(field, label=label)


# -- sizes


def _room(page: Sequence[Block], piece: Block, capabilities: Capabilities) -> bool:
    taken = sum(_parts(block, capabilities) for block in (*page, piece))
    text = sum(_length(block) for block in page) + _length(piece)
    return taken <= capabilities.blocks and text <= capabilities.total_text


def _parts(block: Block, capabilities: Capabilities) -> int:
    """How many parts of a message a block counts for: itself and, where a platform counts them, its controls."""
    return 1 + len(block.controls) if capabilities.controls_count and isinstance(block, Controls) else 1


def _length(block: Block) -> int:
    match block:
        case Heading(text=text):
            return len(text) + 4
        case Words(text=spans) | Note(text=spans):
            return len(words(spans)) + 4
        case Facts(rows=rows):
            return sum(len(label) + len(words(value)) + 8 for label, value in rows)
        case Picture(alt=alt):
            return len(alt)
        case Controls() | Divider():
            return 0


def split(text: Text, most: int) -> tuple[Text, ...]:
    """The spans in parts of at most `most` characters, cut between lines or words where there are any."""
    if len(words(text)) <= most:
        return (text,)
    parts: list[Text] = []
    current: list[Span] = []
    room = most
    for whole in text:
        span: Span | None = whole
        while span is not None:
            length = len(words((span,)))
            if length <= room:
                current.append(span)
                room -= length
                span = None
            elif isinstance(span, Plain | Bold | Code):
                at = _border(span.text, room)
                if at:
                    current.append(replace(span, text=span.text[:at]))
                    span = replace(span, text=span.text[at:])
                parts.append(tuple(current))
                current, room = [], most
            elif current:
                parts.append(tuple(current))
                current, room = [], most
            else:
                current.append(_cut_span(span, most))
                room, span = 0, None
    if current or not parts:
        parts.append(tuple(current))
    return tuple(part for part in parts if part) or ((),)


def _border(text: str, room: int) -> int:
    """Where to cut plain text: behind the last line or word that fits; 0 to begin on a new part."""
    for separator in ("\n", " "):
        at = text.rfind(separator, 0, room)
        if at > room // 2 or (at >= 0 and separator == " "):
            return at + 1
    return room


def _cut_span(span: Span, most: int) -> Span:
    """A single name or link longer than a whole part is cut where people see it."""
    return Plain(cut(words((span,)), most))
