"""Reads the settings: a TOML file, overruled by the environment. All faults are told at once, each with the mend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsError,
)

from bot.errors import SettingsFault
from bot.settings import PREFIX, Settings, keys, secrets, sections, variable


def load(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of the file, overruled by the environment (`KRING_DATABASE__URL` and so on).

    Raises SettingsFault with one line for each fault: where it is, what is wrong, and what to write instead.
    """
    name = file.name if file else "environment"
    known = _known()
    faults = list(_misspelled(environment, known))
    given = _from_files(environment, faults)
    values = _file(file) if file else {}
    faults += [
        f"{name}: {_place(path)}: is a secret; put it in the environment as {variable(*path)}"
        for path, _ in secrets()
        if _taken(values, path) is not None
    ]

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            ours = EnvSettingsSource(settings_cls)
            ours.env_vars = {name.lower(): value for name, value in environment.items() if name.upper() in known}
            return init_settings, ours, InitSettingsSource(settings_cls, values)

    try:
        settings = FromFile(**given)
    except ValidationError as error:
        faults += [_sentence(name, fault, environment) for fault in error.errors()]
    except SettingsError:  # a section given as a whole, and not as JSON
        faults += [
            f"environment: {variable(section)}: names a section; name one key of it, "
            f"such as {variable(section, keys(section)[0])}"
            for section in sections()
            if variable(section) in environment
        ]
    if faults:
        raise SettingsFault(sorted(set(faults)))
    return settings


def _file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsFault([f"{file.name}: there is no such file; copy config.example.toml to begin with"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault([f"{file.name}: cannot be read: {error}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault([f"{file.name}: is not TOML: {error}"]) from None


def _taken(values: dict[str, Any], path: tuple[str, ...]) -> Any:
    """Takes what stands at that path out of the values of the file."""
    *above, last = path
    for part in above:
        values = values.get(part, {})
    return values.pop(last, None) if isinstance(values, dict) else None


def _known() -> set[str]:
    """Every variable that means something to pydantic."""
    places = [(section,) for section in sections()] + [
        (section, key) for section in sections() for key in keys(section)
    ]
    return {variable(*path) for path in (*places, *(path for path, _ in secrets()))}


def _misspelled(environment: Mapping[str, str], known: set[str]) -> Iterator[str]:
    """Our own variables that name nothing: pydantic would pass them over in silence, or blame the file."""
    known = known | {f"{variable(*path)}_FILE" for path, _ in secrets()}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name in known or name.startswith(f"{PREFIX}TEST_"):
            continue
        near = get_close_matches(name, known, n=1, cutoff=0.75)
        mend = f"did you mean {near[0]}?" if near else f"known: {', '.join(_beginnings())}"
        yield f"environment: {name}: there is no such setting; {mend}"


def _beginnings() -> list[str]:
    return sorted([*(f"{variable(section)}__…" for section in sections()), *(variable("key"), variable("key_file"))])


def _from_files(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """Secrets that stand in a file of their own, as containers hand them over."""
    found: dict[str, Any] = {}
    for path, _ in secrets():
        name = f"{variable(*path)}_FILE"
        if not environment.get(name):
            continue
        if environment.get(variable(*path)):
            faults.append(f"environment: {name}: is given beside {variable(*path)}; take one of them away")
        try:
            secret = Path(environment[name]).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"environment: {name}: cannot be read: {error}")
            continue
        *above, last = path
        place = found
        for part in above:
            place = place.setdefault(part, {})
        place[last] = secret
    return found


def _place(path: tuple[str, ...]) -> str:
    return f"[{path[0]}] {'.'.join(path[1:])}" if len(path) > 1 else path[0]


def _sentence(file: str, fault: Any, environment: Mapping[str, str]) -> str:
    path = tuple(str(part) for part in fault["loc"])
    from_outside = [name for name in (f"{variable(*path)}_FILE", variable(*path)) if environment.get(name)]
    where = f"environment: {from_outside[0]}" if from_outside else f"{file}: {_place(path)}"
    if fault["type"] == "model_type":
        return f"{where}: is a section; write [{path[0]}] with its keys below it"
    if fault["type"] != "extra_forbidden":
        return f"{where}: {fault['msg'].removeprefix('Value error, ')}"
    known = keys(path[0]) if len(path) > 1 else list(sections())
    near = get_close_matches(path[-1], known, n=1, cutoff=0.5)
    mend = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
    return f"{where}: there is no such key; {mend}"
