"""How one field of a body is checked: small checks that are put together to tables.

A check takes a value and where it stands, and gives faults. `nested` turns faults into what Discord answers:
https://docs.discord.com/developers/reference#error-messages, as of 2026-11-26. The codes are not listed there; those
of the base types are as people meet them, in the comment stands where one had to be taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
Path = tuple[str, ...]


class Fault(NamedTuple):
    path: Path
    code: str
    words: str


Check = Callable[[Any, Path], Iterator[Fault]]


def nested(faults: Iterable[Fault]) -> Json:
    """`{"components": {"0": {"label": {"_errors": [{"code": …, "message": …}]}}}}`; empty when nothing is wrong."""
    tree: Json = {}
    for fault in faults:
        here = tree
        for step in fault.path:
            here = here.setdefault(step, {})
        here.setdefault("_errors", []).append({"code": fault.code, "message": fault.words})
    return tree


def flat(tree: Mapping[str, Any], path: str = "") -> list[str]:
    """The same as lines: `components.0.label [BASE_TYPE_MAX_LENGTH] Must be 80 or fewer in length.`"""
    found = [f"{path} [{each['code']}] {each['message']}".strip() for each in tree.get("_errors", ())]
    for step, inner in tree.items():
        if step != "_errors":
            found += flat(inner, f"{path}.{step}" if path else step)
    return found


def missing(path: Path) -> Fault:
    return Fault(path, "BASE_TYPE_REQUIRED", "This field is required")


def length(value: int, path: Path, least: int, most: int | None) -> Iterator[Fault]:
    if least <= value and (most is None or value <= most):
        return
    if most is None:
        yield Fault(path, "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")
    elif least == 0:
        yield Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    else:
        yield Fault(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def string(most: int | None = None, least: int = 0) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        else:
            yield from length(len(value), path, least, most)

    return check


def boolean(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def number(least: float | None = None, most: float | None = None, *, whole: bool = True) -> Check:
    kind = "int" if whole else "float"

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            yield Fault(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.')
        elif least is not None and value < least:
            yield Fault(path, "NUMBER_TYPE_MIN", f"{kind} value should be greater than or equal to {least}.")
        elif most is not None and value > most:
            yield Fault(path, "NUMBER_TYPE_MAX", f"{kind} value should be less than or equal to {most}.")

    return check


def one_of(*allowed: Any) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, bool) or value not in allowed:
            yield Fault(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(repr, allowed))}}}.")

    return check


def snowflake(value: Any, path: Path) -> Iterator[Fault]:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,20}", str(value)):
        yield Fault(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def url(most: int, schemes: tuple[str, ...]) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        yield from string(most, 1)(value, path)
        if not isinstance(value, str) or not value:
            return
        scheme, colon, rest = value.partition("://")
        if not colon or not rest or re.search(r"\s", value):
            yield Fault(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif scheme.casefold() not in schemes:
            yield Fault(path, "URL_TYPE_INVALID_SCHEME", f'Scheme "{scheme}" must be one of {schemes}.')

    return check


def many(check: Check, most: int | None = None, least: int = 0) -> Check:
    def check_all(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        yield from length(len(value), path, least, most)
        for index, each in enumerate(value):
            yield from check(each, (*path, str(index)))

    return check_all


@dataclass(frozen=True)
class Shape:
    """What an object must and may have. `also` checks what concerns several fields. Unknown fields are overlooked, and
    null is the same as absent, as Discord does it."""

    must: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    also: Check | None = None

    def check(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            return
        wrong = list(self._fields(value, path))
        yield from wrong
        # what concerns several fields is looked at when each by itself is right
        if self.also is not None and not wrong:
            yield from self.also(value, path)

    def _fields(self, value: Json, path: Path) -> Iterator[Fault]:
        for name, check in self.must.items():
            if value.get(name) is None:
                yield missing((*path, name))
            else:
                yield from check(value[name], (*path, name))
        for name, check in self.may.items():
            if value.get(name) is not None:
                yield from check(value[name], (*path, name))


def typed(shapes: Mapping[int, Shape], allowed: Iterable[int]) -> Check:
    """An object whose `type` says its shape."""
    kinds = tuple(sorted(allowed))

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        elif value.get("type") is None:
            yield missing((*path, "type"))
        elif isinstance(value["type"], bool) or value["type"] not in kinds:
            told = ", ".join(map(str, kinds)) + ("," if len(kinds) == 1 else "")
            yield Fault(path, "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({told}).')
        else:
            yield from shapes[value["type"]].check(value, path)

    return check
