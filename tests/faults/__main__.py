"""Long lives in which everything goes wrong, on one platform; the suite runs a few hundred events of each.

python -m tests.faults slack --mode http --events 5000 --kills 20 --seed 7
python -m tests.faults discord --mode full --events 5000 --kills 20 --seed 7

In one life people call, press and write things down at random (`life.py`), in the other they play whole rounds
(`rounds.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.discord import DiscordLife
from tests.faults.discord_rounds import DiscordRounds
from tests.faults.life import Life
from tests.faults.slack import SlackLife
from tests.faults.slack_rounds import SlackRounds

MODES = {"slack": ("socket", "http"), "discord": ("full", "light")}
LIVES: dict[str, dict[str, Callable[[Path, Any, int], Life]]] = {
    "slack": {"items": SlackLife, "rounds": SlackRounds},
    "discord": {"items": DiscordLife, "rounds": DiscordRounds},
}
SLOWER = 5
"""An act in a round takes so many times as long."""


def life(platform: str, of: str, mode: str, folder: Path, seed: int) -> Life:
    return LIVES[platform][of](folder, mode or MODES[platform][0], seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platform", choices=tuple(MODES))
    parser.add_argument("--mode", default="", help="socket or http; full or light")
    parser.add_argument("--of", choices=("items", "rounds"), help="one of the two lives; without it both")
    parser.add_argument("--events", type=int, default=5000, help=f"in rounds one for every {SLOWER} of these")
    parser.add_argument("--kills", type=int, default=20, help="in each life")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.mode and options.mode not in MODES[options.platform]:
        parser.error(f"--mode is one of {', '.join(MODES[options.platform])} for {options.platform}")
    for of in (options.of,) if options.of else LIVES[options.platform]:
        live(options, of)
    return 0


def live(options: argparse.Namespace, of: str) -> None:
    with tempfile.TemporaryDirectory(prefix="kring-faults-") as folder:
        lived = life(options.platform, of, options.mode, Path(folder), options.seed)
        events = options.events // SLOWER if of == "rounds" else options.events
        try:
            asyncio.run(lived.run(events, options.kills))
        except BaseException:
            log = (Path(folder) / "kring.log").read_text("utf-8")
            print(log[log.rfind("Traceback") - 3_000 :][:9_000] if "Traceback" in log else log[-3_000:])
            raise
        print(f"{dict(lived.acts)}, {lived.kills} kills; {lived.told}")
    print(
        f"{lived.server.counters.posts} posts; what went wrong: {dict(sorted(lived.server.mishaps.happened.items()))}"
    )
    print("nothing lost, nothing twice")


if __name__ == "__main__":
    sys.exit(main())
