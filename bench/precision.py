"""How much of what a careful reader wants the checks find, and how much else they say.

``python -m bench.precision`` reads the founding pack, where it is on the machine, against
`bench/founding/expected.csv`; ``--offices`` documents of made-up offices with which the rules were
made better; ``--fresh`` those of others, which nobody who writes rules has read. ``--misses`` and
``--wrong`` list what is behind the figures.
What a rule finds rightly and no row names is for a person to add, with a note that says so.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import pkgutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import django

BENCH = Path(__file__).parent
PACK = BENCH.parents[1] / "shared/seed/pack-2020-02-05.txt"
MADE_UP = {
    "offices": "measure on the made-up offices",
    "fresh": "measure on those that no writer of rules has read",
}
EARLIER = ".earlier.txt"  # the documents of before: `name.earlier.txt` came before `name.txt`

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
django.setup()

import peelian.proofreading  # noqa: E402
from bench.expected import MEASURED, Judged, Row, judge, read_rows  # noqa: E402
from peelian.intake.document import Document  # noqa: E402
from peelian.intake.text import read_text  # noqa: E402
from peelian.proofreading.findings import Confidence, run  # noqa: E402
from peelian.proofreading.proof import Proof  # noqa: E402


def main() -> None:
    """Print the tables."""
    asked = _asked()
    for module in pkgutil.iter_modules(peelian.proofreading.__path__):
        importlib.import_module(f"peelian.proofreading.{module.name}")
    is_founding = asked.folder == "founding"
    if is_founding and not asked.pack.exists():
        print("The founding pack is not on this machine: nothing measured.")
        return
    folder = BENCH / asked.folder
    proofs = [Proof([_read(asked.pack)])] if is_founding else _of_offices(folder)
    rows = read_rows(folder / "expected.csv")
    found = [finding for proof in proofs for finding in run(proof, asked.only)]
    findings = [finding for finding in found if finding.check in MEASURED]
    if asked.only:
        rows = [row for row in rows if set(row.checks) & set(asked.only)]
    judged = judge(findings, rows)
    _print_kinds(judged, rows)
    _print_confidence(judged)
    _print_days(proofs)
    if beyond := Counter(one.check for one in found if one.check not in MEASURED):
        print("\nFound by checks that are not measured here:", dict(beyond))
    if asked.misses:
        _print_misses(judged, rows)
    if asked.wrong:
        _print_wrong(judged)
    if is_founding:
        _print_recognition(asked.pack.parent)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=PACK, help="where the founding pack is")
    of = parser.add_mutually_exclusive_group()
    for name, what in MADE_UP.items():
        of.add_argument(f"--{name}", dest="folder", action="store_const", const=name, help=what)
    parser.set_defaults(folder="founding")
    parser.add_argument("--only", nargs="+", metavar="CHECK", help="these checks alone")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    parser.add_argument("--wrong", action="store_true", help="list what nobody asked for")
    return parser.parse_args()


def _of_offices(folder: Path) -> list[Proof]:
    proofs = []
    for path in sorted(folder.glob("*.txt")):
        if path.name.endswith(EARLIER):
            continue
        before = path.with_name(path.stem + EARLIER)
        proofs.append(Proof([_read(path)], [_read(before)] if before.exists() else []))
    return proofs


def _read(path: Path) -> Document:
    return read_text(path.name, path.read_bytes())


def _print_kinds(judged: Sequence[Judged], rows: Sequence[Row]) -> None:
    """Print a line for each check: wanted, found, right, neither, wrong, and the two shares."""
    print("| Check | Expected | Met | Found | Right | Arguable | Wrong | Precision | Recall |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    names = sorted({row.checks[0] for row in rows} | {one.finding.check for one in judged})
    for name in names:
        _print_line(name, judged, rows, name.__eq__)
    _print_line("All", judged, rows, lambda _name: True)
    by_rule = sum(row.is_by_rule for row in rows)
    print(f"\nRows that a rule found first and a person then judged right: {by_rule}.")


def _print_line(
    title: str, judged: Sequence[Judged], rows: Sequence[Row], is_of: Callable[[str], bool]
) -> None:
    wanted = {row for row in rows if row.is_sure and is_of(row.checks[0])}
    met = {row for one in judged for row in one.rows} & wanted
    found = [one for one in judged if is_of(one.finding.check)]
    right, wrong = _right_and_wrong(found)
    neither = len(found) - right - wrong
    counts = f"{len(wanted)} | {len(met)} | {len(found)} | {right} | {neither} | {wrong}"
    shares = f"{_share(right, right + wrong)} | {_share(len(met), len(wanted))}"
    print(f"| {title} | {counts} | {shares} |")


def _right_and_wrong(judged: Sequence[Judged]) -> tuple[int, int]:
    return sum(one.is_right for one in judged), sum(one.is_wrong for one in judged)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def _print_confidence(judged: Sequence[Judged]) -> None:
    print("\n| Confidence | Found | Right | Wrong | Precision |\n|---|---:|---:|---:|---:|")
    for confidence in Confidence:
        of_it = [one for one in judged if one.finding.confidence == confidence]
        right, wrong = _right_and_wrong(of_it)
        precision = _share(right, right + wrong)
        print(f"| {confidence} | {len(of_it)} | {right} | {wrong} | {precision} |")


def _print_days(proofs: Sequence[Proof]) -> None:
    """Say in how many documents the day that they speak for was told, and where it was not."""
    with (BENCH / "days.csv").open(encoding="utf-8", newline="") as file:
        days = {line["file"]: (line["first"], line["last"]) for line in csv.DictReader(file)}
    told = {proof.documents[0].file: str(proof.as_at) for proof in proofs}
    wrong = [name for name, day in told.items() if not days[name][0] <= day <= days[name][1]]
    print(f"\nDay told in {len(told) - len(wrong)} of {len(told)} documents.")
    for name in wrong:
        print(f"- {name}: {told[name]}, not {days[name][0]}")


def _print_misses(judged: Sequence[Judged], rows: Sequence[Row]) -> None:
    met = {row for one in judged for row in one.rows}
    print("\nNot found:")
    for row in rows:
        if row.is_sure and row not in met:
            lines = ", ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in row.stretches)
            print(f"- {row.id} {row.file} line {lines}: {row.what} ({row.words})")


def _print_wrong(judged: Sequence[Judged]) -> None:
    print("\nNobody asked for:")
    for one in judged:
        if one.is_wrong:
            place, said = one.finding.place, one.finding
            where = f"{place.origin.file} line {place.origin.order + 1}"
            print(f"- {said.check} ({said.confidence}) {where}: {place.quotation[:90]!r}")
            print(f"  {said.reason[:160]}")


def _print_recognition(seed: Path) -> None:
    """Run the measurements of what is recognised, where they are there."""
    for name, *option in (("plan_recognition",), ("figure_recognition", "--seed")):
        if (BENCH / f"{name}.py").exists():
            print(flush=True)
            command = [sys.executable, "-m", f"bench.{name}", *option, str(seed)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
