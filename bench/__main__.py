"""Set up the worked example in a folder of its own, serve it, measure; then the parts of figures.

Prints a Markdown table. Traffic goes to loopback only, a bounded number of requests.
"""

from __future__ import annotations

import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

PEELIAN = Path(sys.executable).with_name("peelian")
PAGES = (
    "/",
    "/plans/2016/",
    "/objectives/2016-4/",
    "/commitments/",
    "/commitments/2016-4.2/",
    "/activities/2016-A4.6/",
    "/activities/?progress=on_track",
    "/oversight-mechanisms/",
    "/oversight-mechanisms/alliance-governance-group/",
    "/performance/",
    "/measures/violence-with-injury/",
    "/meetings/2019-11-27/",
    "/undertakings/U3/",
    "/calendar/",
    "/search/?q=rural+crime",
    "/packs/2020-02-05/",
)
ROUNDS = 15
PARTS = (
    ("bench.duties",),
    *(("bench.loading",), ("bench.analysis",), ("bench.rebasing",), ("bench.forecasting",)),
    *(("bench.reading",), ("bench.precision",), ("bench.precision", "--offices")),
    ("bench.watchdog",),
    *(("bench.packing",), ("bench.reports",)),
)


def main() -> None:
    """Run every measurement and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "PEELIAN_DATA": folder,
            "PEELIAN_TODAY": "2020-01-28",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        rows = [
            ("Worked example from an empty database", _timed(env, "demo", "--no-serve")),
            ("The same again, nothing to do", _timed(env, "demo", "--no-serve")),
            *_pack(env, Path(folder)),
            *_pages(env),
        ]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| What | Measured |\n|---|---:|")
    for what, figure in rows:
        print(f"| {what} | {figure} |")
    for part in PARTS:
        print(flush=True)
        subprocess.run([sys.executable, "-m", *part], check=True)


def _timed(env: dict[str, str], *command: str) -> str:
    started = time.perf_counter()
    subprocess.run([PEELIAN, *command], env=env, check=True, stdout=subprocess.DEVNULL)
    return f"{time.perf_counter() - started:.1f} s"


def _pack(env: dict[str, str], folder: Path) -> list[tuple[str, str]]:
    """Build the pack in a process of its own: time of the whole command, and its peak memory."""
    import pikepdf

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    out = folder / "pack.pdf"
    taken = _timed(env, "pack", "2020-02-05", "--reason", "Measured", "--out", str(out))
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) / 1024
    with pikepdf.open(out) as document:
        pages = len(document.pages)
    return [
        (f"Full pack, {pages} pages, checks and start-up included", taken),
        ("Most memory of any command above", f"{peak:.0f} MB"),
    ]


def _pages(env: dict[str, str]) -> list[tuple[str, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([PEELIAN, "serve", "--port", str(port)], env=env)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        every: list[float] = []
        rows = []
        for page in PAGES:
            taken = _fetch_many(base + page)
            every += taken
            slowest = max(taken)
            rows.append((f"`{page}`", f"{statistics.median(taken):.0f} ms (slowest {slowest:.0f})"))
        overall = (f"All {len(PAGES)} pages, median", f"{statistics.median(every):.0f} ms")
        return [overall, *rows]
    finally:
        server.terminate()
        server.wait(10)


def _wait(base: str) -> None:
    for _attempt in range(100):
        try:
            with urlopen(base + "/health/") as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def _fetch_many(url: str) -> list[float]:
    """Return milliseconds of each request, two at a time, after two that warm the workers."""
    for _attempt in range(4):
        _fetch(url)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(_fetch, [url] * ROUNDS * 2))


def _fetch(url: str) -> float:
    started = time.perf_counter()
    with urlopen(url) as answer:
        answer.read()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
