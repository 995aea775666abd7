"""What the person who acted sees now. An answer may be lost (the person tries again); a request may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator

from bot.chat.forms import Form
from bot.chat.messages import Message


@dataclass(frozen=True, slots=True)
class Tell:
    """Shown only to the person who acted, at the place where they acted."""

    message: Message
    kind: Literal["tell"] = "tell"


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: Form
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Words beside the fields; the form stays open with what was filled in."""

    errors: tuple[tuple[str, str], ...]
    kind: Literal["form_errors"] = "form_errors"


@dataclass(frozen=True, slots=True)
class Replace:
    """The message with the pressed control becomes this one. For messages only its presser sees or owns."""

    message: Message
    kind: Literal["replace"] = "replace"


@dataclass(frozen=True, slots=True)
class Nothing:
    kind: Literal["nothing"] = "nothing"


Answer = Annotated[Tell | OpenForm | FormErrors | Replace | Nothing, Discriminator("kind")]
