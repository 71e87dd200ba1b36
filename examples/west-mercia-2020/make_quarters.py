"""Make earlier/updates.csv: three quarters of updates from before the panel's pack.

The pack prints one quarter, December 2019. A report of what changed needs what was said before, so
each activity is given a way to where it stood in December, drawn from a fixed seed. Nothing of it
was said by anybody: every text begins with the word `Illustrative`.

Run from the repository: python examples/west-mercia-2020/make_quarters.py
"""

import csv
import io
import random
from collections import Counter
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
PLAN = "2016"
QUARTERS = (date(2019, 3, 31), date(2019, 6, 30), date(2019, 9, 30))
# How often an activity says the same as a quarter before: chasing by e-mail fails.
SAME = 0.4
# The ways to where an activity stood in December, each as likely as it stands here often.
WAYS = {
    "on_track": (
        ("on_track", "on_track", "on_track"),
        ("on_track", "on_track", "on_track"),
        ("not_started", "on_track", "on_track"),
        ("on_track", "at_risk", "on_track"),
        ("at_risk", "at_risk", "at_risk"),
        ("on_track", "on_track", "off_track"),
    ),
    "complete": (
        ("on_track", "on_track", "on_track"),
        ("on_track", "on_track", "complete"),
        ("on_track", "complete", "complete"),
        ("complete", "complete", "complete"),
        ("at_risk", "on_track", "on_track"),
    ),
    "on_hold": (("on_track", "at_risk", "on_hold"), ("on_track", "on_hold", "on_hold")),
}
SAID = {
    "not_started": (
        "Illustrative: not begun; an officer has been named to lead it.",
        "Illustrative: not begun; it waits for the budget of the year to be set.",
    ),
    "on_track": (
        "Illustrative: work goes on as planned; {board} looked at it in the quarter.",
        "Illustrative: the first steps are taken and the next are agreed.",
        "Illustrative: partners were asked what they need, and their answers are being read.",
        "Illustrative: a draft was discussed, and {board} asked for two changes.",
        "Illustrative: training has begun and goes on in the next quarter.",
    ),
    "at_risk": (
        "Illustrative: one of the steps is behind; a new day for it is to be agreed.",
        "Illustrative: a post that it needs is empty and is being advertised.",
    ),
    "off_track": (
        "Illustrative: what was to be ready in the quarter is not; {board} has asked why.",
        "Illustrative: the supplier is late, and the force has told the office so.",
    ),
    "on_hold": ("Illustrative: stopped for now, until it is clear what the new system can do.",),
    "complete": (
        "Illustrative: done, and reported to {board}.",
        "Illustrative: done; it is looked at again once a year.",
    ),
}
NO_BOARD = "the office"


def references(rows: list[dict[str, str]]) -> list[str]:
    """Return the reference of each row's activity, as loading the delivery plan makes it."""
    taken: Counter[str] = Counter()
    made = []
    for row in rows:
        printed = row["activity_reference"]
        base = f"{PLAN}-{printed or row['commitment_reference'] + '-activity'}"
        taken[base] += 1
        made.append(base if printed and taken[base] == 1 else f"{base}-{taken[base]}")
    return made


def updates(row: dict[str, str], draw: random.Random) -> list[tuple[date, str, str]]:
    """Return the day, status and words of an activity's update in each quarter."""
    board = row["oversight"].split(";")[0].strip() or NO_BOARD
    told: list[tuple[date, str, str]] = []
    for day, status in zip(QUARTERS, draw.choice(WAYS[row["status"]]), strict=True):
        before = told[-1] if told else None
        same = before and before[1] == status and (status == "complete" or draw.random() < SAME)
        text = before[2] if before and same else draw.choice(SAID[status]).format(board=board)
        told.append((day, status, text))
    return told


def made() -> str:
    """Return the file."""
    with (FOLDER / "delivery-plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    draw = random.Random(2019)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("parent", "as_at", "progress", "text"))
    for row, reference in zip(rows, references(rows), strict=True):
        for day, status, text in updates(row, draw):
            writer.writerow((f"activity/{reference}", day.isoformat(), status, text))
    return out.getvalue()


if __name__ == "__main__":
    (FOLDER / "earlier").mkdir(exist_ok=True)
    (FOLDER / "earlier" / "updates.csv").write_text(made(), encoding="utf-8")
