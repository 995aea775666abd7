"""Sends requests to a server from a process of its own: `python -m benchmarks.load PORT FILE CONNECTIONS [A_SECOND]`.

FILE holds the requests as they go over the wire, pickled. As fast as the connections go, or at a steady rate: then the
time of each is counted from the moment at which it was due, so that a server that stands still is not spared.
Prints JSON: how many a second, how many were not answered with 200, and percentiles in seconds.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import pickle
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import percentile


class Load:
    def __init__(self, requests: list[bytes]) -> None:
        self._requests = requests
        self._taken: list[float] = []
        self._refused = 0

    async def as_fast_as_it_goes(self, port: int, connections: int) -> dict[str, Any]:
        return await self._run(port, connections, iter([(0.0, each) for each in self._requests]))

    async def steadily(self, port: int, connections: int, a_second: float) -> dict[str, Any]:
        due = ((number / a_second, each) for number, each in enumerate(self._requests))
        return await self._run(port, connections, due)

    async def _run(self, port: int, connections: int, due: Iterator[tuple[float, bytes]]) -> dict[str, Any]:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
        started = time.perf_counter()
        await asyncio.gather(*(self._talk(reader, writer, due, started) for reader, writer in lines))
        seconds = time.perf_counter() - started
        for _, writer in lines:
            writer.close()
        return {
            "a_second": len(self._taken) / seconds,
            "refused": self._refused,
            "p50": percentile(self._taken, 0.5),
            "p99": percentile(self._taken, 0.99),
            "longest": max(self._taken),
        }

    async def _talk(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        due: Iterator[tuple[float, bytes]],
        started: float,
    ) -> None:
        for after, request in due:
            if after:
                await asyncio.sleep(max(started + after - time.perf_counter(), 0))
            since = started + after if after else time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            if length:
                await reader.readexactly(length)
            self._taken.append(time.perf_counter() - since)
            self._refused += b" 200 " not in head[:16]


def main(port: str, file: str, connections: str, a_second: str = "") -> None:
    load = Load(pickle.loads(Path(file).read_bytes()))  # noqa: S301 - written by whoever started this
    gc.disable()
    if a_second:
        said = asyncio.run(load.steadily(int(port), int(connections), float(a_second)))
    else:
        said = asyncio.run(load.as_fast_as_it_goes(int(port), int(connections)))
    print(json.dumps(said))


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    main(*sys.argv[1:])
