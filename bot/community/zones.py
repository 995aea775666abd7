"""Time zones as people type them: a city is enough, and a wrong name gets the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_ALSO = {
    "antwerpen": "Europe/Brussels",
    "belgie": "Europe/Brussels",
    "belgium": "Europe/Brussels",
    "belgië": "Europe/Brussels",
    "berlijn": "Europe/Berlin",
    "brussel": "Europe/Brussels",
    "curaçao": "America/Curacao",
    "den_haag": "Europe/Amsterdam",
    "gent": "Europe/Brussels",
    "holland": "Europe/Amsterdam",
    "kopenhagen": "Europe/Copenhagen",
    "lissabon": "Europe/Lisbon",
    "londen": "Europe/London",
    "nederland": "Europe/Amsterdam",
    "netherlands": "Europe/Amsterdam",
    "parijs": "Europe/Paris",
    "rome": "Europe/Rome",
    "rotterdam": "Europe/Amsterdam",
    "suriname": "America/Paramaribo",
    "the_hague": "Europe/Amsterdam",
    "utrecht": "Europe/Amsterdam",
    "warschau": "Europe/Warsaw",
    "wenen": "Europe/Vienna",
}


def find(typed: str, names: Iterable[str]) -> str | None:
    """The one zone that is meant: by its whole name or by its city, whatever the case. None for none or several."""
    wanted = _plain(typed)
    by_name = {_plain(name): name for name in names}
    if wanted in by_name:
        return by_name[wanted]
    if wanted in _ALSO:
        return _ALSO[wanted]
    cities = [name for key, name in by_name.items() if key.rpartition("/")[2] == wanted and "/" in key]
    return cities[0] if len(cities) == 1 else None


def nearest(typed: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Zones whose name or city is close to what was typed, the closest first."""
    wanted = _plain(typed)
    by_key: dict[str, str] = {}
    for name in sorted(names):
        if "/" in name and not name.startswith(("Etc/", "SystemV/")):
            by_key.setdefault(_plain(name).rpartition("/")[2], name)
            by_key[_plain(name)] = name
    within = [key for key in by_key if len(wanted) > 2 and wanted in key]
    close = get_close_matches(wanted, by_key, n=most * 2, cutoff=0.6)
    return tuple(dict.fromkeys(by_key[key] for key in [*close, *within]))[:most]


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")
