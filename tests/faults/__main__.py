"""A long life in which everything goes wrong, on one platform; the suite runs a few hundred events of each.

python -m tests.faults slack --mode http --events 5000 --kills 20 --seed 7
python -m tests.faults discord --mode full --events 5000 --kills 20 --seed 7
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults.discord import DiscordLife
from tests.faults.life import Life
from tests.faults.slack import SlackLife

MODES = {"slack": ("socket", "http"), "discord": ("full", "light")}


def life(platform: str, mode: str, folder: Path, seed: int) -> Life:
    return (SlackLife if platform == "slack" else DiscordLife)(folder, mode or MODES[platform][0], seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platform", choices=tuple(MODES))
    parser.add_argument("--mode", default="", help="socket or http; full or light")
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.mode and options.mode not in MODES[options.platform]:
        parser.error(f"--mode is one of {', '.join(MODES[options.platform])} for {options.platform}")
    with tempfile.TemporaryDirectory(prefix="kring-faults-") as folder:
        lived = life(options.platform, options.mode, Path(folder), options.seed)
        try:
            asyncio.run(lived.run(options.events, options.kills))
        except BaseException:
            log = (Path(folder) / "kring.log").read_text("utf-8")
            print(log[log.rfind("Traceback") - 3_000 :][:9_000] if "Traceback" in log else log[-3_000:])
            raise
    print(f"{dict(lived.acts)}, {lived.kills} kills")
    print(
        f"{lived.server.counters.posts} posts; what went wrong: {dict(sorted(lived.server.mishaps.happened.items()))}"
    )
    print("nothing lost, nothing twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
