"""How long a report of 110 lines over 8 quarters takes, and whether 40 issues are made again.

Run: python -m bench.reports. It works in a folder of its own and removes it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from typing import Any
from unittest.mock import patch

LINES, QUARTERS, ISSUES = 110, 8, 40
LIMIT = 3.0
PROGRESS = ("on_track", "on_track", "at_risk", "off_track", "complete")


def main() -> None:
    """Print the seconds of each step, and how many issues came out the same byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "PEELIAN_DATA": folder,
            "PEELIAN_SECRET_KEY": "for-measuring-only",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "peelian.config.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _measure()


def _measure() -> None:
    from django.urls import reverse
    from django.utils import timezone

    from peelian.documents import pdf
    from peelian.record.access import Command
    from peelian.reports.gather import gather, terms_of
    from peelian.reports.operations import build, composed, made_again, start_report

    by: Any = Command("bench")
    plan, promises = _plan(by)
    since, until = _quarter(0), _quarter(QUARTERS - 1)
    report = start_report(plan, form="monitoring", since=since, until=until, by=by)
    reverse("home")  # a site that runs has read its addresses
    started = time.perf_counter()
    document = composed(gather(report, plan, terms_of(report, plan, timezone.now())))
    made = time.perf_counter() - started
    print(f"report of {LINES} lines over {QUARTERS} quarters: {made:.2f} s (limit {LIMIT:.0f} s)")
    started = time.perf_counter()
    content = pdf.render(document)
    print(f"its PDF of {len(content):,} bytes: {time.perf_counter() - started:.2f} s")
    with patch("peelian.reports.operations.pdf.render", return_value=b"%PDF-1.7 none"):
        for number in range(ISSUES):
            _move(promises, number, by)
            report = build(report, by=by)
    issues = list(report.snapshots.order_by("number"))
    started = time.perf_counter()
    same = sum(made_again(report, issue) for issue in issues)
    each = (time.perf_counter() - started) / ISSUES
    different = len({issue.sha256 for issue in issues})
    told = f"{same} of {ISSUES} issues ({different} different) the same byte for byte"
    print(f"{told}, {each:.2f} s each")
    if made > LIMIT or same < ISSUES:
        raise SystemExit(1)


def _quarter(number: int) -> dt.date:
    """Return the last day of a quarter, counted from March 2018."""
    months = 2018 * 12 + 3 * (number + 1)
    return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)


def _plan(by: Any) -> tuple[Any, list[Any]]:
    """Return a plan of four objectives with its lines, each reported on every quarter."""
    plan = _bring("plan", by, reference="P", title="The plan", starts_on="2017-01-01")
    promises = []
    for number in range(LINES):
        place = number % 4 + 1
        objective = _bring(
            "objective", by, reference=f"P-{place}", title=f"Objective {place}", number=place,
            parent=plan,
        )  # fmt: skip
        commitment = _bring(
            "commitment", by, reference=f"P-{place}.{number // 8}", parent=objective,
            title=f"Commitment {number // 8}", printed_reference=f"{place}.{number // 8}",
        )  # fmt: skip
        line = _bring(
            "activity", by, reference=f"P-A{number}", parent=commitment, title=f"Do {number}",
            printed_reference=f"A{number}", text="What is to be done about it. " * 8,
        )  # fmt: skip
        promises.append(line)
        for quarter in range(QUARTERS):
            _say(line, _quarter(quarter), number + quarter, by)
    return plan, promises


def _bring(kind: str, by: Any, **values: Any) -> Any:
    from peelian.record.kinds import kind_named
    from peelian.record.operations import bring_in

    return bring_in(kind_named(kind), values, by=by, why="To measure")[0]


def _say(line: Any, day: dt.date, number: int, by: Any) -> None:
    words = f"Step {number} is under way, as was agreed with the partners. " * 6
    progress = PROGRESS[number % len(PROGRESS)]
    _bring("update", by, parent=line, as_at=day, progress=progress, text=words)


def _move(promises: list[Any], number: int, by: Any) -> None:
    """Correct what was said of one line, and say something late of another."""
    from peelian.record.kinds import kind_named
    from peelian.record.operations import bring_in

    one, other = promises[number], promises[-number - 1]
    values = {"reference": one.reference, "title": f"Do it otherwise, {number}"}
    bring_in(kind_named("activity"), values, by=by, why="Put right")
    _say(other, _quarter(3) - dt.timedelta(days=number + 1), number + 1, by)


if __name__ == "__main__":
    main()
