"""Delivery plans and performance tables read from a document's text, held against the truth.

``python -m bench.plan_recognition [FOLDER]``: the folder holds `pack-2020-02-05.txt`,
`delivery_plan.json` and `performance_summary.json`.

A commitment is right when its reference is printed so (without regard to the full stop after a
letter). An activity is right when it stands under the right commitment with the right reference
(one without is held against the activity whose words are most like) and, after squeezing spaces,
its update is like the true one to 0.9 or more (`difflib`; both empty counts as like) and the set of
its oversight names is the true set, but for capitals, apostrophes and marks. A line of the
performance table is right when objective, topic, inclusion, statement, commentary and page are all
the true ones, compared as names are.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.recognition.performance import performance_lines
from peelian.recognition.plan import Activity, Commitment, plans
from peelian.recognition.plan_drafts import components

SEED = Path(__file__).resolve().parents[1] / "../shared/seed"
LIKE = 0.9


def main(folder: Path) -> None:
    """Print the tables."""
    name = "pack-2020-02-05.txt"
    document = read_text(name, (folder / name).read_bytes())
    truth = json.loads((folder / "delivery_plan.json").read_text(encoding="utf-8"))
    summary = json.loads((folder / "performance_summary.json").read_text(encoding="utf-8"))
    print("| What | Measured |\n|---|---:|")
    for what, figure in [*_plans(document, truth), *_performance(document, summary)]:
        print(f"| {what} | {figure} |")


def _plans(document: Document, truth: dict[str, Any]) -> list[tuple[str, str]]:
    started = time.process_time()
    found = [c for plan in plans(document) for c in plan.commitments]
    seconds = time.process_time() - started
    wanted = [
        c for o in truth["objectives"] for p in o["parts"] for c in p["commitments"]
    ]  # fmt: skip
    by_reference = {components(c.reference): c for c in reversed(found)}
    missed: Counter[str] = Counter()
    right = rows = printed = printed_right = words = 0
    for commitment in wanted:
        mine = by_reference.get(components(commitment["ref"]))
        words += mine is not None and _alike(mine.text, commitment["commitment"]) >= LIKE
        for activity, got in zip(commitment["activities"], _matched(commitment, mine), strict=True):
            wrong = _wrong(activity, got)
            missed.update(wrong)
            for kind in wrong:
                print(f"{kind}: {commitment['ref']} {activity['ref']}", file=sys.stderr)
            rows += 1
            right += not wrong
            printed += bool(activity["ref"])
            printed_right += bool(activity["ref"]) and not wrong
    known = sum(components(c["ref"]) in by_reference for c in wanted)
    made = sum(len(c.activities) for c in found)
    return [
        ("Commitments by reference", f"{known} of {len(wanted)} ({len(found)} found)"),
        ("Commitments with their words", f"{words} of {len(wanted)}"),
        ("Activities right", f"{right} of {rows} ({made} found)"),
        ("Activities with a printed reference right", f"{printed_right} of {printed}"),
        *((f"Missed: {kind}", str(count)) for kind, count in sorted(missed.items())),
        ("Seconds of one core", f"{seconds:.1f}"),
    ]


def _matched(commitment: dict[str, Any], mine: Commitment | None) -> list[Activity | None]:
    """Return the found activity for each true one: by reference, else by the words most alike."""
    wanted = commitment["activities"]
    found = list(mine.activities) if mine else []
    named = {components(a.reference): a for a in found if a.reference}
    made: list[Activity | None] = [named.get(components(a["ref"] or "")) for a in wanted]
    pairs = [
        (_alike(one.text[:400], (activity["supporting_activity"] or "")[:400]), n, m)
        for n, activity in enumerate(wanted)
        for m, one in enumerate(found)
        if not activity["ref"] and not one.reference
    ]
    used: set[int] = set()
    for _likeness, n, m in sorted(pairs, key=lambda pair: -pair[0]):
        if made[n] is None and m not in used:
            made[n] = found[m]
            used.add(m)
    return made


def _wrong(activity: dict[str, Any], got: Activity | None) -> list[str]:
    if got is None:
        return ["reference or place"]
    wrong = []
    if _alike(got.update, activity["progress_update"] or "") < LIKE:
        wrong.append("update")
    if {_bare(n) for n in got.oversight} != {_bare(n) for n in activity["oversight"]}:
        wrong.append("oversight")
    return wrong


def _performance(document: Document, truth: dict[str, Any]) -> list[tuple[str, str]]:
    started = time.process_time()
    found = performance_lines(document)
    seconds = time.process_time() - started
    mine = {
        tuple(
            _bare(part)
            for part in (
                one.objective, one.topic, one.inclusion, one.statement, one.commentary, one.page
            )
        )
        for one in found
    }  # fmt: skip
    right = 0
    for topic in truth["topics"]:
        inclusion = topic["inclusion"] or {}
        parts = (topic["objective"], topic["topic"], inclusion.get("text"), topic["data"])
        wanted = (*parts, topic["commentary"], topic["page"])
        if tuple(_bare(str(part or "")) for part in wanted) in mine:
            right += 1
        else:
            print(f"performance: {topic['topic']}", file=sys.stderr)
    return [
        ("Performance topics right", f"{right} of {len(truth['topics'])} ({len(found)} found)"),
        ("Seconds of one core, performance", f"{seconds:.1f}"),
    ]


def _alike(one: str, other: str) -> float:
    one, other = " ".join(one.split()), " ".join(other.split())
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one or other else 1.0


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", re.sub(r"['’]", "", text.casefold())).split())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEED)
