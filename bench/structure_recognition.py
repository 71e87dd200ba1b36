"""How much of a pack's structure is read: its glossary, work programme, agenda and short forms.

``python -m bench.structure_recognition FOLDER`` counts against the hand-made truth in a folder: a
pack as text beside ``oversight_mechanisms.json``, ``work_programme.json``, ``delivery_plan.json``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peelian.intake.document import Document, Origin
from peelian.intake.text import read_text
from peelian.recognition.contents import contents, papers
from peelian.recognition.glossary import abbreviations, glossaries
from peelian.recognition.plan import Activity, Commitment, Plan
from peelian.recognition.programme import programmes

UNEXPLAINED = ("SRP", "ODOC", "MATES", "IPCAC", "PPL", "SOH", "RGG", "NTE")
UNLISTED = (
    "IPCAC",
    "Strategic Vulnerability Board",
    "Strategic Diversity Board",
    "Local Policing Strategic Board",
    "Communities and Partners Boards",
)
CHECKS = (
    *("undefined-abbreviation", "unused-definition", "unlisted-body", "unused-body"),
    *("item-without-paper", "paper-without-item", "disagreeing-dates"),
)


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    (pack,) = folder.glob("pack-*.txt")
    document = read_text(pack.name, pack.read_bytes())
    rows = [*_glossary(document, folder), *_programme(document, folder), *_rest(document)]
    rows += _findings(document, folder)
    print("| What | Right | Of | Besides | Seconds |\n|---|---:|---:|---:|---:|")
    for what, right, of, besides, taken in rows:
        print(f"| {what} | {right} | {of} | {besides} | {taken:.2f} |")


Row = tuple[str, int, int, int, float]


def _truth(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _glossary(document: Document, folder: Path) -> Iterator[Row]:
    truth = {m["name"]: m for m in _truth(folder, "oversight_mechanisms.json")["mechanisms"]}
    started = time.perf_counter()
    found = {m.name: m for g in glossaries(document) for m in g.mechanisms}
    taken = time.perf_counter() - started
    shared = [(found[name], truth[name]) for name in truth if name in found]
    besides = len(found.keys() - truth.keys())
    yield "Bodies by name", len(shared), len(truth), besides, taken
    for what, right in (
        ("how often", [(m.meets or None) == t["meets"] for m, t in shared]),
        ("theme", [m.theme == t["theme"] for m, t in shared]),
        ("purpose", [m.purpose == t["purpose"] for m, t in shared]),
        ("notes published", [m.notes_published == t["notes_published"] for m, t in shared]),
        ("public", [m.public == t["public"] for m, t in shared]),
    ):
        yield f"– with {what}", sum(right), len(truth), 0, 0


def _programme(document: Document, folder: Path) -> Iterator[Row]:
    truth = _truth(folder, "work_programme.json")
    wanted = {(m["meeting"], i["title"]) for m in truth["meetings"] for i in m["items"]}
    wanted |= {("", item["title"]) for item in truth["potential_items"]}
    started = time.perf_counter()
    found = {(i.meeting, i.title) for p in programmes(document) for i in p.items}
    taken = time.perf_counter() - started
    yield "Work programme's items", len(found & wanted), len(wanted), len(found - wanted), taken


def _rest(document: Document) -> Iterator[Row]:
    started = time.perf_counter()
    entries = contents(document)
    yield "Entries of the outline", len(entries), 6, 0, time.perf_counter() - started
    started = time.perf_counter()
    headed = papers(document)
    yield "Papers and appendices", len(headed), 5, 0, time.perf_counter() - started
    started = time.perf_counter()
    spelled = {one.short for one in abbreviations(document)}
    taken = time.perf_counter() - started
    yield "Abbreviations spelled out (no truth)", 0, 0, len(spelled), taken


def _findings(document: Document, folder: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "peelian.config.settings",
            "PEELIAN_DATA": data,
            "PEELIAN_SECRET_KEY": "only-measured",
        }
        import django

        django.setup()
        from peelian.proofreading import contents as _contents
        from peelian.proofreading import disagreeing_dates, names
        from peelian.proofreading.findings import run
        from peelian.proofreading.proof import Proof

        assert all((_contents, disagreeing_dates, names))
        proof = Proof([document])
        vars(proof)["plans"] = [_plan(document, folder)]
        for name in CHECKS:
            started = time.perf_counter()
            found = run(proof, [name])
            taken = time.perf_counter() - started
            said = " ".join(f.reason for f in found)
            wanted = {"undefined-abbreviation": UNEXPLAINED, "unlisted-body": UNLISTED}.get(
                name, ()
            )
            right = sum(f"“{one}”" in said for one in wanted)
            yield f"`{name}`", right, len(wanted), len(found) - right, taken


def _plan(document: Document, folder: Path) -> Plan:
    """Return the plan with the oversight that the truth gives each activity."""
    place = Origin(document.file, order=len(document.lines) // 2)
    activities = tuple(
        Activity("", "", "", tuple(names), place)
        for names in _oversight(_truth(folder, "delivery_plan.json"))
    )
    return Plan("", (Commitment("", "", "", "", place, activities),), place)


def _oversight(part: Any) -> Iterator[list[str]]:
    if isinstance(part, dict):
        if isinstance(part.get("oversight"), list):
            yield part["oversight"]
        for inner in part.values():
            yield from _oversight(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _oversight(inner)


if __name__ == "__main__":
    main()
