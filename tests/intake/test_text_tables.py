"""Tables laid out in plain text come as rows with cells; what only looks alike stays text."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Document
from peelian.intake.text import read_text

PLAN = (
    ("Ref", "Action", "Progress update", "Status", "Lead"),
    (
        "1.1",
        "Put named officers in every ward",
        "All 31 wards have one. The names were sent to councillors in March 2031 and are online.",
        "Complete",
        "Neighbourhood Board",
    ),
    (
        "1.2",
        "Answer letters sooner",
        "The median is eight days.",
        "On track",
        "Contact and Demand Board",
    ),
    ("1.3", "Sell the Mill Street station", "See 2.4", "Delayed", "Estates Board"),
    (
        "2.1",
        "Train every sergeant in coercive control by the end of the year",
        "Two courses have been held.",
        "On track",
        "People Board",
    ),
)
BODIES = (
    ("Board", "What it does", "Meets"),
    ("Strategic Roads Board", "Brings partners together", "Quarterly"),
    ("Estates and Fleet Programme Board", "Buildings and vehicles", "Every two months"),
    ("Custody Scrutiny Panel", "Reads records with members of the public", "Twice a year"),
)
ACTIONS = (
    ("Minute", "Who", "What", "When"),
    ("14", "Clerk", "Write to the four councils", "June 2031"),
    ("16(b)", "Chief Executive", "List of what is still open, for all districts", "July 2031"),
    ("17", "Commissioner", "Report on the mobile office", "September 2031"),
)
FIGURES = (
    ("District", "2029/30", "2030/31", "Change"),
    ("Northgate", "1,204", "1,180", "-2%"),
    ("Harbour and Quay", "988", "1,002", "1.4%"),
    ("Total", "2,192", "2,182", "-0.5%"),
)
TABLES = {"plan": PLAN, "bodies": BODIES, "actions": ACTIONS, "figures": FIGURES}
Rows = Sequence[Sequence[str]]


def side_by_side(rows: Rows, widths: Sequence[int], gap: str = "\n", margin: str = "") -> str:
    """Return rows with each cell wrapped to its column's width, as a table is set."""
    lines = []
    for row in rows:
        wrapped = [textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*wrapped, fillvalue=""):
            cells = (part.ljust(width + 2) for part, width in zip(parts, widths, strict=True))
            lines.append(margin + "".join(cells).rstrip())
        lines += [""] * len(gap)
    return "\n".join(lines) + "\n"


def stroked(rows: Rows, widths: Sequence[int]) -> str:
    """Return rows between strokes, each cell wrapped to its column's width."""
    starts = [sum(w + 2 for w in widths[:n]) for n in range(len(widths) + 1)]
    set_out = side_by_side(rows, widths, "").splitlines()
    lines = [line.ljust(starts[-1]) for line in set_out if line]
    cut = [[line[a:b] for a, b in pairwise(starts)] for line in lines]
    return "\n".join("| " + "| ".join(cells) + "|" for cells in cut) + "\n"


def marked(rows: Rows) -> str:
    """Return rows as writers of Markdown set them."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def joined(rows: Rows, mark: str) -> str:
    """Return rows each on a line, with a mark between cells."""
    return "".join(mark.join(row) + "\n" for row in rows)


def tables(text: str) -> list[list[tuple[str, ...]]]:
    """Return the cells of each table in a text, row by row."""
    read = document(text)
    numbers = sorted({b.table for b in read.blocks if b.table is not None})
    return [
        [
            tuple(" ".join(cell.text.split()) for cell in block.cells)
            for block in read.blocks
            if block.table == number
        ]
        for number in numbers
    ]


def document(text: str) -> Document:
    return read_text("paper.txt", text.encode())


NARROW = {
    "plan": (5, 20, 34, 10, 20),
    "bodies": (24, 26, 18),
    "actions": (8, 17, 30, 16),
    "figures": (20, 9, 9, 8),
}
WIDE = {
    "plan": (6, 40, 46, 12, 28),
    "bodies": (36, 44, 18),
    "actions": (8, 20, 60, 16),
    "figures": (30, 14, 14, 10),
}
MANNERS = {
    "columns, free lines between rows": lambda n: side_by_side(TABLES[n], NARROW[n]),
    "columns, indented": lambda n: side_by_side(TABLES[n], NARROW[n], margin="      "),
    "columns, no free lines": lambda n: side_by_side(TABLES[n], NARROW[n], ""),
    "wide columns": lambda n: side_by_side(TABLES[n], WIDE[n], ""),
    "strokes": lambda n: stroked(TABLES[n], NARROW[n]),
    "strokes, a row a line": lambda n: joined(TABLES[n], " | "),
    "marked": lambda n: marked(TABLES[n]),
    "tabulators": lambda n: joined(TABLES[n], "\t"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("manner", MANNERS)
def test_a_table_comes_with_its_head_and_cells_however_it_is_laid_out(
    name: str, manner: str
) -> None:
    text = f"A paper\n\nThis says how it stands.\n\n{MANNERS[manner](name)}\nThat is all of it.\n"
    assert tables(text) == [[tuple(row) for row in TABLES[name]]]
    heads = [b for b in document(text).blocks if b.is_head]
    assert [cell.text for head in heads for cell in head.cells] == list(TABLES[name][0])


NO_TABLES = {
    "prose with double spaces": """The Panel met in March.  It heard from the Chief Constable.  She
said that burglary was down.  Members asked about rural areas.  She would write to them.
The Clerk noted this.  The next meeting is in June.  It will be held in public.
""",
    "justified prose": """The  Commissioner  has  set  out  five  aims  and  reports
on  each of  them  to  the  Panel  every  three   months,
with  the  figures   that  the force   has  published  for
the  same  quarter  of  the  year  before  it.
""",
    "an address": """Office of the Commissioner            Telephone: 01632 960000
1 High Street                         office@northshire.example
Northtown                             www.northshire.example
""",
    "contents with leaders": """Summary ........................ 1
Delivery   .....................   4
Finance    .....................   9
Appendix A   ...................   12
""",
    "contents with pages": """Item                                        Page
1  Apologies                                   1
2  Minutes of the last meeting                 2
3  Delivery report                             7
4  Work programme                             15
""",
    "an agenda": """1    Apologies
2    Minutes, 25 March 2031                     Attached
3    Annual report of the Commissioner          Attached
4    Any other business
""",
    "an indented list": """The aims are:

   1.   to cut burglary;
   2.   to answer the telephone sooner;
   3.   to publish what we spend;
        and
   4.   to listen.
""",
    "a memo's head": """Report to:            Police and Crime Panel
Date:                 Thursday 12 September 2031
Title:                Serious violence
Lead officer:         Director of Policing
""",
    "numbered paragraphs": """1.1   The report was published in January. Its findings were
      accepted in full by the force.
1.2   The plan was sent to members in March and again
      in April.
1.3   There are no exempt matters.
""",
    "names side by side": """Cllr A Moss (Chair)          Cllr B Reed
Cllr C Lane                  Cllr D Hill (Vice Chair)
Ms E Ford (independent)      Mr F Wood (independent)
""",
    "a signature": """Signed  ______________      Date  ______________
Chair                       Clerk
""",
    "large figures": """1,104,000          people live in Northshire
83%                trust the police
62 officers        added in the year
£9.1m              saved since 2026
""",
    "contacts in a line": "Tel 01632 960700 | office@northshire.example | www.northshire.example\n",
    "a title and its number": """Table 1   Tax base

Annex A   Boards that oversee this work

Part 2    What is asked of the Panel
""",
    "slashes in prose": """Members and / or officers and / or partners may come to it.
The lead and / or the deputy and / or the clerk will open it.
Those who do not and / or cannot come may and / or should write.
""",
    "cards of labels": """Ref: 1.1   Status: Green
The work is done.
Ref: 1.2   Status: Amber
The work has begun.
""",
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_only_looks_like_a_table_stays_text(name: str) -> None:
    text = f"A paper\n\nThis says how it stands.\n\n{NO_TABLES[name]}\nThat is all of it.\n"
    assert tables(text) == []


def test_a_heading_between_rows_spans_the_table() -> None:
    first = side_by_side(PLAN[:3], NARROW["plan"])
    text = f"{first}\nAIM 2: LISTEN TO VICTIMS\n\n{side_by_side(PLAN[3:], NARROW['plan'])}"
    (found,) = tables(text)
    assert found == [*PLAN[:3], ("AIM 2: LISTEN TO VICTIMS",), *PLAN[3:]]
    row = next(b for b in document(text).blocks if "AIM 2" in b.text)
    assert row.cells[0].span == len(PLAN[0])


def test_a_table_goes_on_over_a_page() -> None:
    first = side_by_side(PLAN[:3], NARROW["plan"])
    rest = side_by_side(PLAN[3:], WIDE["plan"], margin="  ")
    (found,) = tables(f"{first}\n\f{rest}\nThe end of the paper is here.\n")
    assert found == list(PLAN)


def test_a_head_of_two_lines_is_one_head() -> None:
    head = "          Position at     Reports\nAction    quarter end     to\n\n"
    rows = "Vans      All bought      Fleet Board\n\nCars      None bought     Fleet Board\n"
    (found,) = tables(head + rows)
    assert found[0] == ("Action", "Position at quarter end", "Reports to")
    assert len(found) == 3


def test_a_cell_says_where_its_lines_stand() -> None:
    text = side_by_side(PLAN, NARROW["plan"])
    block = next(b for b in document(text).blocks if b.cells[0].text == "1.1")
    update = block.cells[2]
    assert update.at(update.text.index("March")).line == block.origin.line + 1
    assert (update.origin.table, update.origin.cell) == (1, "C2")


def test_items_that_stand_below_one_another_in_a_cell_are_kept_apart() -> None:
    text = """Meeting             Item
8 July 2031         Annual report of the Commissioner
                    Fire and rescue: plan
                    Serious violence: position statement
2 December 2031     Budget briefing
"""
    row = next(b for b in document(text).blocks if b.cells and b.cells[0].text == "8 July 2031")
    assert row.cells[1].text.split("\n") == [
        "Annual report of the Commissioner",
        "Fire and rescue: plan",
        "Serious violence: position statement",
    ]


def test_the_caption_of_a_table_is_told() -> None:
    found = document(f"Table 1 Burglary by district\n\n{MANNERS['wide columns']('figures')}")
    (table,) = found.tables()
    assert table.caption == "Table 1 Burglary by district"


WORD = re.compile(r"\w+")
LINES = st.lists(
    st.lists(st.sampled_from(["Ref", "Status", "1.1", "Green", "the", "7%", ""]), max_size=5),
    max_size=12,
)
GAPS = st.sampled_from(["   ", " | ", "\t", "  ", "        "])


@given(LINES, GAPS, st.booleans())
def test_no_word_is_lost_and_none_is_made_up(lines: list[list[str]], gap: str, free: bool) -> None:
    text = ("\n\n" if free else "\n").join(gap.join(line) for line in lines)
    said = Counter(WORD.findall(text))
    held = Counter(
        word for b in document(text).blocks for word in WORD.findall(f"{b.number} {b.text}")
    )
    assert held == said


@given(st.text(alphabet="ab1 \t|-+.\n\f:R\u00a0", max_size=200))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    blocks = document(text).blocks
    assert [b.origin.order for b in blocks] == sorted(b.origin.order for b in blocks)
    for block in blocks:
        for passage in block.passages():
            offsets = [offset for offset, _origin in passage.marks]
            assert offsets == sorted({0, *offsets})


RUNNING = {
    "gaps": "  ",
    "slashes": " / ",
    "strokes": " | ",
    "tabulators": "\t",
}


def running(rows: Rows, mark: str, width: int, free: bool) -> str:
    """Return rows whose cells run on, wrapped to a width; no line ends where a cell does."""
    made = []
    for row in rows:
        lines = textwrap.wrap("~".join(row), width, break_long_words=False)
        made.append("\n".join(lines).replace("~", mark))
    return ("\n\n" if free else "\n").join(made) + "\n"


@pytest.mark.parametrize("free", [True, False])
@pytest.mark.parametrize("mark", RUNNING)
@pytest.mark.parametrize("width", [64, 80])
def test_cells_that_run_on_over_the_lines_are_told_by_their_number(
    mark: str, width: int, free: bool
) -> None:
    said = running(PLAN, RUNNING[mark], width, free)
    (found,) = tables(f"A paper\n\n{said}\n\nThat is all of it, and it is a longer sentence.\n")
    assert found == list(PLAN)


def test_a_reference_within_a_running_row_begins_no_row() -> None:
    text = """Ref  Action  Update  Status

1.1  Sell two stations  Both were sold. In all
44 people came to see them in August
2031.  Complete

1.2  Let the third  See 1.1  Delayed

AIM TWO

2.1  Buy vans  None yet  Delayed
"""
    (found,) = tables(text)
    assert [row[0] for row in found] == ["Ref", "1.1", "1.2", "AIM TWO", "2.1"]
    assert found[1][2] == "Both were sold. In all 44 people came to see them in August 2031."


def test_a_gap_that_the_end_of_a_line_swallowed_is_told_by_the_sentence_that_ended() -> None:
    text = """No. What we said  What was done  Who watches  State

1 Sell two stations  Both were sold in August and the money is in the reserve.
Estates Board  Complete

2 Let the third  See 1  Estates Board  Delayed

3 Buy vans  None yet  Fleet Board  Delayed

4 Buy cars  None yet  Fleet Board  Delayed
"""
    (found,) = tables(text)
    assert found[0] == ("No.", "What we said", "What was done", "Who watches", "State")
    assert found[1] == (
        "1",
        "Sell two stations",
        "Both were sold in August and the money is in the reserve.",
        "Estates Board",
        "Complete",
    )


def test_a_reference_in_the_middle_of_its_row_names_all_of_it() -> None:
    text = """Ref    Commitment            Progress                        Status    Oversight

       Open a front          Counters are open in five
1.1    counter in each       towns of six. The last is to    On track  Estates Board
       town                  open in May 2030.

1.2    Answer calls          See 2.4.                        On track  Contact Board
       sooner

                             All wards have a named
1.3    Name an officer       officer and the list is         Complete  Local Policing
                             online.                                   Board
"""
    (found,) = tables(text)
    assert [row[0] for row in found] == ["Ref", "1.1", "1.2", "1.3"]
    assert found[1][1] == "Open a front counter in each town"
    assert found[3][2] == "All wards have a named officer and the list is online."
