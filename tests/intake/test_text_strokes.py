"""Tables of a text whose cells strokes part, and whose rows run on over the lines."""

from __future__ import annotations

from peelian.intake.text import read_text

TEXT = """Where each promise stands

No. | Promise | Lead | Due | State | Position | Overseen by

PART A. QUIETER STREETS

A1 | Put a named constable in every ward | Local Policing | Mar 2026 |
Under way | 41 of the 46 wards have theirs. | Neighbourhood
Delivery Group

A2 | Bring in a night bus | Partnerships Lead | Jun 2026
| Under way | The council has agreed to it. Refer to
A1. | Safer Places Panel

A3 | Quad bikes for the marsh | Rural Lead | Dec 2025 | Done | Two are in use. | Delivery Group
"""


def test_a_row_is_whole_wherever_its_lines_break() -> None:
    [table] = read_text("plan.txt", TEXT.encode()).tables()
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1:3] == [
        [
            *("A1", "Put a named constable in every ward", "Local Policing", "Mar 2026"),
            *("Under way", "41 of the 46 wards have theirs.", "Neighbourhood Delivery Group"),
        ],
        [
            *("A2", "Bring in a night bus", "Partnerships Lead", "Jun 2026", "Under way"),
            *("The council has agreed to it. Refer to A1.", "Safer Places Panel"),
        ],
    ]
    assert [len(row) for row in rows] == [1, 7, 7, 7]
