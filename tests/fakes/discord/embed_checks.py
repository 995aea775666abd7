"""Whether Discord takes an embed: https://docs.discord.com/developers/resources/message#embed-object-embed-limits,
as of 2026-11-26."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.discord.form_checks import Fault, Json, Path, Shape, boolean, many, number, string, url

LINK = url(2048, ("http", "https"))
PICTURE = url(2048, ("http", "https", "attachment"))
MOST = 6000


def size(embed: Json) -> int:
    """The characters that count: title, description, names and values of fields, footer and author."""
    told = [embed.get("title"), embed.get("description")]
    told += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or ():
        told += [field.get("name"), field.get("value")]
    return sum(len(each or "") for each in told)


def _whole(embed: Json, path: Path) -> Iterator[Fault]:
    # the bound is over all embeds of a message together; one embed over it is over it already
    if size(embed) > MOST:
        yield Fault(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST}")


EMBEDS = Shape(
    {},
    {
        "title": string(256),
        "description": string(4096),
        "url": LINK,
        "color": number(0, 0xFFFFFF),
        "timestamp": string(64),
        "footer": Shape({"text": string(2048)}, {"icon_url": PICTURE}).check,
        "image": Shape({"url": PICTURE}).check,
        "thumbnail": Shape({"url": PICTURE}).check,
        "author": Shape({"name": string(256)}, {"url": LINK, "icon_url": PICTURE}).check,
        "fields": many(Shape({"name": string(256, 1), "value": string(1024, 1)}, {"inline": boolean}).check, 25),
    },
    _whole,
)


def all_together(embeds: list[Json]) -> Iterator[Fault]:
    """ "The combined sum of characters … across all embeds attached to a message must not exceed 6000"."""
    if len(embeds) > 1 and sum(map(size, embeds)) > MOST:
        yield Fault(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST}")
