"""Returns measured: a million values, and every London borough from file to dashboard.

``python -m bench.loading`` uses DATABASE_URL, which must name an empty database, or SQLite.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEELIAN = Path(sys.executable).with_name("peelian")
LONDON = Path(__file__).resolve().parents[1] / (
    "../shared/data/london-borough-monthly/MPS Borough Level Crime (Historical).csv"
)
SERIES, PERIODS = 20_000, 50


def main() -> None:
    """Print the table."""
    print("| What | Measured |\n|---|---:|")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"PEELIAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "peelian.config.settings"}
        subprocess.run([PEELIAN, "migrate"], check=True, stdout=subprocess.DEVNULL)
        for what, figure in (*_london(), *_million(Path(folder))):
            print(f"| {what} | {figure} |")


def _load(path: Path, *options: str) -> float:
    started = time.perf_counter()
    command = [
        str(PEELIAN),
        "figures",
        "load",
        str(path),
        "--as-at",
        "2026-01-31",
        "--source",
        "Bench",
    ]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _london() -> list[tuple[str, str]]:
    """Load the published file into an empty office, and draw the dashboard of it."""
    if not LONDON.exists():
        return [("London boroughs", "the file is not on this machine")]
    loaded = _load(LONDON, "--register")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    client, taken = Client(), []
    for _time in range(12):
        started = time.perf_counter()
        assert client.get("/performance/dashboard/").status_code == 200
        taken.append((time.perf_counter() - started) * 1000)
    page = f"{statistics.median(taken[2:]):.0f} ms"
    return [
        ("1,084 series × 164 months: file to stored and assessed, start-up included",
         f"{loaded:.1f} s"),
        ("The dashboard of them, median of ten", page),
    ]  # fmt: skip


def _million(folder: Path) -> list[tuple[str, str]]:
    """Load a million made-up values of 20,000 series."""
    path = folder / "million.csv"
    made = random.Random(1)
    with path.open("w", encoding="utf-8") as out:
        out.write("measure,area,period,value\n")
        for number in range(PERIODS):
            year, month = 2021 + number // 12, number % 12 + 1
            for series in range(SERIES):
                measure, area = series % 100, series // 100
                value = made.randint(50, 150)
                out.write(f"Measure {measure},Area {area},{year}-{month:02},{value}\n")
    taken = _load(path, "--register")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        ("1,000,000 values of 20,000 series, registered, stored and assessed", f"{taken:.1f} s"),
        ("Most memory of any command above", f"{peak:.0f} MB"),
    ]


if __name__ == "__main__":
    main()
