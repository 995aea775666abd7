"""The formats of a host's own folder, read once at start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.errors import SettingsFault
from bot.rounds.formats import load, shipped, strays
from bot.rounds.script import Format


def own_formats(folder: str) -> Mapping[str, Format]:
    """Those in the folder, by id; none where no folder is named. Raises SettingsFault with every fault."""
    if not folder:
        return {}
    path = Path(folder)
    if not path.is_dir():
        raise SettingsFault([f"rounds.formats: there is no folder {folder}; make it, or leave this empty"])
    files = sorted(path.glob("*.toml"))
    found: dict[str, str] = {}
    faults: list[str] = []
    for file in files:
        try:
            found[file.name] = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{file.name}: cannot be read as UTF-8 text: {error}")
    try:
        formats = load(found)
    except SettingsFault as fault:
        raise SettingsFault([*faults, *fault.faults]) from None
    faults += strays(formats, shipped())
    taken = sorted(set(formats) & set(shipped()))
    faults += [f"{folder}: {id_!r} comes with Kring; call yours otherwise" for id_ in taken]
    if faults:
        raise SettingsFault(faults)
    return formats
