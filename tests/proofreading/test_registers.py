"""Logs of decisions, minutes numbered through the year: their numbers, and what refers to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.intake.text import read_text
from peelian.proofreading import registers  # noqa: F401 - declares the rules
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from peelian.recognition.registers import registers as read

CHECKS = [
    "duplicate-reference",
    "misordered-reference",
    "broken-reference",
    "misdirected-reference",
]
SUBJECTS = [
    "Custody healthcare contract",
    "Grant to a refuge for women",
    "Sale of the old police house",
    "Treasury management report",
    "Drones for the search team",
    "Appointment of an auditor",
    "Body-worn video cameras",
]


def document(text: str) -> Document:
    return read_text("log.txt", text.encode())


def log(form: str, *numbers: int, note: str = "It was decided.") -> str:
    """Return a log whose subjects go by the number, a second time by another subject."""
    made, seen = [], set[int]()
    for number in numbers:
        subject = "Fleet replacement" if number in seen else SUBJECTS[number % len(SUBJECTS)]
        seen.add(number)
        made.append(f"{form.format(n=number)}\nTitle: {subject}\nDecision: {note}\n")
    return "\n".join(made)


def told(text: str) -> list[tuple[str, str]]:
    found = run(Proof([document(text)]), CHECKS)
    return [(one.check.partition("-")[0], one.reason) for one in found]


FORMS = [
    "PCC/2022/{n:03}",
    "OPCC-2022-{n}",
    "{n:03}/2022",
    "Decision Notice {n}-2022",
    "Reference: DN{n:04}",
    "2022/D/{n:03}",
    "Record of decision no. PCC {n:03}/2022",
    "Minute {n}/22",
    "Complaint 22/{n:02}",
]


@pytest.mark.parametrize("form", FORMS)
def test_numbers_in_order_up_or_down_are_no_finding(form: str) -> None:
    assert told(log(form, 29, 30, 31, 32, 34)) == []
    assert told(log(form, 34, 33, 31, 30, 29)) == []


@pytest.mark.parametrize("form", FORMS)
def test_each_kind_of_wrong_number_is_told(form: str) -> None:
    assert [kind for kind, _ in told(log(form, 29, 30, 31, 31, 32))] == ["duplicate"]
    assert [kind for kind, _ in told(log(form, 29, 30, 32, 31, 33))] == ["misordered"]
    assert [kind for kind, _ in told(log(form, 33, 31, 32, 30, 29))] == ["misordered"]


@pytest.mark.parametrize(
    ("note", "kinds"),
    [
        ("See PCC/2022/030.", []),
        ("This follows decision PCC/2021/117.", []),  # of another year
        ("This follows decision PCC/2022/003.", []),  # of before the log
        ("This follows decision PCC/2022/047.", ["broken"]),
        ("This follows PCC/2022/032 (not published).", []),
        ("This follows\nPCC/2022/032 of May.", ["broken"]),
        ("As PCC/2022/030 (treasury management) says.", ["misdirected"]),
        ("As PCC/2022/031 (treasury management) says.", []),
        ("As PCC/2022/030, on the auditor, says.", ["misdirected"]),
        ("As PCC/2022/030 (signed in May) says.", []),
    ],
)
def test_where_a_reference_leads_is_told(note: str, kinds: list[str]) -> None:
    text = log("PCC/2022/{n:03}", 29, 30, 31, 33, 34) + f"\nNotes\n\n{note}\n"
    assert [kind for kind, _reason in told(text)] == kinds


MINUTES = "\n".join(f"{n}/24  {subject}\nIt was noted.\n" for n, subject in enumerate(SUBJECTS, 14))


@pytest.mark.parametrize(
    "text",
    [
        # Matters arising name minutes again, before them or after them.
        f"15/24  Letter was sent\n17/24  Leaflet was sent\n\n{MINUTES}",
        f"{MINUTES}\nACTIONS\n\n15/24  Letter to be sent\n\n17/24  Leaflet to be sent\n",
        # An index, then each notice.
        log("PCC/2022/{n:03}", 29, 30, 31, 32) + log("PCC/2022/{n:03}", 29, 30, 31, 32),
        f"{MINUTES}\nThe year 2023/24 was good; 23/24 agreed, and in 19/24 all was well.\n",
        # Years and shares at the beginning of lines.
        "2019/20 was poor.\n\n2020/21 was better.\n\n2021/22 was good.\n\n2022/23 was best.\n",
        "7/10 were content.\n\n8/10 were warned.\n\n9/10 were seen.\n\n9/10 were glad.\n",
        "1/4/2023 Visit\n\n2/4/2023 Letter\n\n2/4/2023 Call\n\n3/4/2023 Report\n\n4/4/2023 End\n",
        "A12 works\n\nM6 works\n\nA1 works\n\nA38 works\n\nA38 closures\n",
    ],
)
def test_what_is_no_list_of_its_own_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_log_may_be_a_table_with_days_before_its_titles() -> None:
    text = (
        "Ref        Date         Decision\n"
        "2023-041   3 Apr 2023   Award of the forensic contract\n"
        "2023-042   14 Apr 2023  Lease of a station\n"
        "2023-043   2 May 2023   Grant to a refuge\n"
        "2023-044   2 May 2023   Electric vans\n"
        "2023-044   9 May 2023   Drone unit: capital funding\n"
    )
    (one,) = read(document(text))
    assert [entry.title for entry in one.entries][3:] == [
        "Electric vans",
        "Drone unit: capital funding",
    ]
    assert [kind for kind, _reason in told(text)] == ["duplicate"]


def test_a_log_may_be_a_table_of_a_document_with_cells() -> None:
    rows = [(31, "Vans"), (32, "Refuge"), (33, "Audit"), (33, "Drones"), (34, "Lease; see {}")]
    blocks = []
    for n, (number, title) in enumerate(rows):
        texts = (f"PCC/2022/{number:03}", title.format("PCC/2022/031 (refuge)"))
        place = Origin("log.docx", table=1, order=n)
        cells = tuple(Cell(text, ((0, place),), column=m) for m, text in enumerate(texts))
        blocks.append(
            Block("\t".join(texts), ((0, place),), kind=BlockKind.ROW, table=1, cells=cells)
        )
    found = run(Proof([Document("log.docx", "docx", tuple(blocks))]), CHECKS)
    assert [one.check.partition("-")[0] for one in found] == ["duplicate", "misdirected"]


def test_an_entry_has_its_title_beside_or_below_its_number() -> None:
    (one,) = read(document(MINUTES))
    assert (one.entries[1].code, one.entries[1].count) == ("15/24", 15)
    assert one.entries[1].title == SUBJECTS[1]
    (other,) = read(document(log("PCC/2022/{n:03}", 29, 30, 31, 32)))
    assert other.entries[0].title == SUBJECTS[29 % len(SUBJECTS)]


@given(st.text(alphabet="PCC/2022-0134 \nRef:.", max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(told(text + MINUTES), list)
