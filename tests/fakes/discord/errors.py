"""Discord's refusals: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.discord.form_checks import Fault, nested
from tests.fakes.discord.state import Json

CODES: dict[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10009: (404, "Unknown Overwrite"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10087: (404, "Unknown Tag"),
    20016: (403, "This action cannot be performed due to slowmode rate limit"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit."),
    20029: (429, "The write action you are performing on the server has hit the write rate limit."),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40003: (403, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large. Try sending something smaller in size"),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (403, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50034: (400, "You can only bulk delete messages that are under 14 days old."),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    90001: (403, "Reaction was blocked"),
    160002: (403, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
}
"""By JSON code: the HTTP status and the words. The page gives no statuses: these are what clients report."""


class DiscordError(Exception):
    """`{"message": …, "code": …}` with its HTTP status; `errors` nested per field for Invalid Form Body.

    `DiscordError(50013)`, `DiscordError(50035, errors=nested(faults))`.
    """

    def __init__(
        self, code: int, message: str | None = None, *, status: int | None = None, errors: Json | None = None
    ) -> None:
        known_status, words = CODES.get(code, (400, "Error"))
        super().__init__(f"{code} {message or words}")
        self.code = code
        self.status = status or known_status
        self.body: Json = {"message": message or words, "code": code}
        if errors:
            self.body["errors"] = errors


def form(path: Sequence[str | int], code: str, message: str) -> DiscordError:
    """An Invalid Form Body with one fault:

    form(("components", 0, "label"), "BASE_TYPE_MAX_LENGTH", "Must be 80 or fewer in length.")
    """
    return forms([Fault(tuple(map(str, path)), code, message)])


def forms(faults: Sequence[Fault]) -> DiscordError:
    """An Invalid Form Body with these faults, nested per field:
    https://docs.discord.com/developers/reference#error-messages"""
    return DiscordError(50035, errors=nested(faults))
