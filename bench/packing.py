"""The founding example's pack with ten uploaded PDFs of ten pages: how long, how much, how long.

Sets the example up in a folder of its own, uploads the files as a user does, and builds the pack in
a process that does nothing else. Prints a Markdown table; ends with an error beyond a limit.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PEELIAN = Path(sys.executable).with_name("peelian")
MEETING = "2020-02-05"
FILES, PAGES = 10, 10
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
# A machine that does other work is not the pack's fault: the limit is on seconds at work.
MOST_SECONDS, MOST_MEGABYTES, MOST_PAGES = 5.0, 500.0, 107
WORDS = (
    "The office reports what was spent, what was done and what remains to be done in the quarter, "
    "district by district, with the figures that the force has given and the day they were known. "
)


def main() -> None:
    """Set up, upload, build; print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "PEELIAN_DATA": folder,
            "PEELIAN_TODAY": "2020-01-28",
            "PEELIAN_SECRET_KEY": "for-the-bench-only",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "peelian.config.settings",
        }
        subprocess.run(
            [PEELIAN, "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        plain = _step(env, "build")
        uploaded = _step(env, "upload")
        full = _step(env, "build")
    print("| Pack of 5 February 2020 | Measured |\n|---|---:|")
    rows = (
        (
            "Nine items, without uploads",
            f"{plain['pages']:.0f} pages, {plain['at_work']:.1f} s at work",
        ),
        (f"Reading a PDF of {PAGES} pages on arrival", f"{uploaded['each']:.1f} s"),
        (
            f"Pack with {FILES} of them: checks, composing, setting",
            f"{full['pages']:.0f} pages, {full['seconds']:.1f} s ({full['at_work']:.1f} s at work)",
        ),
        ("of which the checks of the record", f"{full['checks']:.1f} s"),
        ("Most memory: the process and its child together", f"{full['megabytes']:.0f} MB"),
    )
    for what, figure in rows:
        print(f"| {what} | {figure} |")
    if full["at_work"] >= MOST_SECONDS or full["megabytes"] >= MOST_MEGABYTES:
        sys.exit("the pack takes more than its limits")
    if plain["pages"] > MOST_PAGES or full["pages"] < plain["pages"] + FILES * PAGES:
        sys.exit("the pack has another number of pages than it may have")


def _step(env: dict[str, str], name: str) -> dict[str, float]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.packing", name], env=env, check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(made.stdout.splitlines()[-1])
    return found


def upload() -> dict[str, float]:
    """Put ten papers, each a PDF, under the items of the agenda."""
    from peelian.meetings.kinds import AGENDA_ITEM
    from peelian.papers.kinds import PAPER
    from peelian.papers.operations import keep_file
    from peelian.record import operations
    from peelian.record.access import Command

    by, publisher = Command("bench"), Command("bench --publish")
    items = list(AGENDA_ITEM.all().filter(parent__reference=MEETING).in_order())
    taken = 0.0
    for number in range(FILES):
        values = {
            "parent": items[number % len(items)],
            "number": number + 1,
            "title": f"Uploaded paper {number + 1}",
            "author": "Bench",
            "background_is": "none",
            "late_reason": "Measured.",
        }
        paper: Any = operations.create(PAPER, values, by=by)
        content = ten_pages(number)
        started = time.perf_counter()
        paper = keep_file(paper, f"paper-{number + 1}.pdf", content, by=by)
        taken += time.perf_counter() - started
        operations.release(paper, by=publisher)
    return {"each": taken / FILES}


def ten_pages(number: int) -> bytes:
    """Return a PDF of ten pages, unlike every other."""
    from peelian.blocks import Document, Heading, PageBreak, Paragraph, Table, plain
    from peelian.documents import pdf

    blocks: list[Any] = []
    for page in range(PAGES):
        rows = tuple((plain(f"District {row}"), plain(str(row * 37 % 101))) for row in range(12))
        blocks += [
            *([PageBreak()] if page else []),
            Heading(1, f"Part {page + 1} of paper {number + 1}"),
            *(Paragraph(plain(WORDS * 3)) for _paragraph in range(3)),
            Table(f"Spent in part {page + 1}", (plain("District"), plain("£000")), rows),
        ]
    title = f"Uploaded paper {number + 1}"
    return pdf.render(Document(title, "Bench", dt.date(2020, 1, 20), tuple(blocks), cover=False))


def build() -> dict[str, float]:
    """Build the pack as its button does."""
    import pikepdf

    from peelian.meetings.kinds import MEETING as KIND
    from peelian.packs.operations import build as build_pack
    from peelian.packs.operations import stopping
    from peelian.record import files
    from peelian.record.access import Command

    meeting = KIND.all().get(reference=MEETING)
    started = time.perf_counter()
    stopping(meeting)
    checks = time.perf_counter() - started
    worked, started = _at_work(), time.perf_counter()
    pack = build_pack(meeting, by=Command("bench"), reason="Measured.")
    seconds = time.perf_counter() - started
    at_work = _at_work() - worked
    megabytes = sum(resource.getrusage(who).ru_maxrss for who in WHOSE) / 1024
    snapshot = pack.snapshots.order_by("number").last()
    kept = snapshot.attachments.order_by("pk").first() if snapshot else None
    assert kept is not None
    with pikepdf.open(io.BytesIO(files.read(kept))) as document:
        pages = len(document.pages)
    return {
        "pages": pages,
        "seconds": seconds,
        "at_work": at_work,
        "checks": checks,
        "megabytes": megabytes,
    }


def _at_work() -> float:
    """Return the seconds for which this process and its children have had a processor."""
    used = [resource.getrusage(who) for who in WHOSE]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        print(json.dumps({"build": build, "upload": upload}[sys.argv[1]]()))
