"""Numbers that begin anew under each heading, labels of pages, and parts by letters."""

from __future__ import annotations

import pytest

from peelian.intake.text import read_text
from peelian.proofreading import (  # noqa: F401 - they declare the rules
    attached,
    chains,
    numbering,
    references,
    registers,
)
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.numbering import begun_anew

WORK = ["Roads", "Calls", "Desks", "Dogs", "Boats", "Vans", "Locks", "Radios"]


def told(text: str, *only: str) -> list[Finding]:
    return run(Proof([read_text("paper.txt", text.encode())]), only)


def tracker(*groups: str) -> str:
    """Return a tracker whose numbers stand under headings, each with another subject."""
    subjects = iter(WORK * 2)
    made = []
    for n, group in enumerate(groups, 1):
        made.append(f"INSPECTION {n}\n\n")
        made += [
            f"{number.replace('_', ' ')}  {next(subjects)} should be looked after in town {n}\n"
            "Owner     Head of Service\nPosition  Work goes on in each town.\nStatus    ACTIVE\n\n"
            for number in group.split()
        ]
    return "".join(made)


@pytest.mark.parametrize(
    "groups",
    [
        ["R1 R2 R3", "R1 R2", "R1"],
        ["R1 R2 AFI_1 AFI_2 AFI_3", "R1 R2 AFI_1", "R1 R2 R3"],
        ["A1 A2 A3 A4", "A1 A2 A3"],
    ],
)
def test_numbers_that_begin_anew_under_each_heading_are_sound(groups: list[str]) -> None:
    assert told(tracker(*groups), "duplicate-reference", "misordered-reference") == []


@pytest.mark.parametrize(
    ("group", "sure"), [("A1 A2 A3 A3 A4 A5", "certain"), ("A1 A2 A3 A4 A2 A5", "likely")]
)
def test_a_number_given_twice_in_one_list_is_told(group: str, sure: str) -> None:
    (one,) = told(tracker(group), "duplicate-reference")
    assert one.confidence.value == sure


def test_a_list_begins_anew_where_its_first_number_returns_or_two_do() -> None:
    assert begun_anew([("R", 1), ("R", 2), ("A", 1), ("R", 1), ("A", 1)]) == [0, 0, 0, 1, 1]
    assert begun_anew([("R", 2), ("R", 3), ("R", 4), ("R", 3), ("R", 4)]) == [0, 0, 0, 1, 1]
    assert begun_anew([("R", 1), ("R", 2), ("R", 1), ("R", 3)]) == [0, 0, 0, 0]


LETTERED = "".join(f"D.{n} The work on {w.lower()} went on.\n\n" for n, w in enumerate(WORK[:5], 1))
PARTS = "".join(
    f"PART {n}: {w.upper()}\n\nThe work went on.\n\n" for n, w in enumerate(WORK[:2], 1)
)
SECTIONS = "".join(
    f"Section {x}  {w}\n\nThe work went on.\n\n" for x, w in zip("ABCD", WORK, strict=False)
)
PLAIN = "".join(
    f"{n}. The work on {w.lower()} went on.\n\n" for n, w in enumerate(WORK, 1) if w != "Vans"
)
PACK = "".join(
    f"Agenda Item {n}                                 Page {n}\n\nPAPER\n\nIt is told.\n\n"
    for n in (3, 4, 5)
)


@pytest.mark.parametrize(
    ("parts", "text", "is_told"),
    [
        (LETTERED, "As paragraph D.7 explains, it rose.", True),
        (LETTERED, "As paragraph D.4 explains, it rose.", False),
        (LETTERED, "As paragraph D.7 of the strategy explains, it rose.", False),
        (PARTS, "More is in Part 3.", True),
        (PARTS, "More is in Part 2.", False),
        (PARTS, "The duty is in Part 3 of the Police Act.", False),
        (PARTS, "The court heard it; Part 3 claims are slow.", False),
        (SECTIONS, "How it is paid for is shown in Section E.", True),
        (SECTIONS, "How it is paid for is shown in Section C.", False),
        (PLAIN, "The reserve is what paragraph 6 describes.", True),
        (PLAIN, "The reserve is what paragraph 7 describes.", False),
        ("", "Fewer calls came in, as Figure 3 shows.", True),
        ("", "Fewer calls came in, as Figure 3 of the national report shows.", False),
        ("Annex A: Money\n\nIt is told.\n\n", "It is in section 4 and in Annex C; agreed.", True),
        (PACK, "See page 9.", True),
        (PACK, "Agenda Item 9                                  Page 9", False),
        (PACK, "Page 12", False),
    ],
)
def test_a_part_by_any_form_of_number_is_looked_for(parts: str, text: str, is_told: bool) -> None:
    assert bool(told(f"{parts}The next is new.\n\n{text}\n", "broken-reference")) is is_told


@pytest.mark.parametrize(
    ("numbers", "reasons"),
    [
        ([1, 2, 3, 5, 6, 7], ["After 3 comes 5."]),
        ([1, 2, 3, 4, 5, 4, 6, 7], ["5 4", "The number 4 is given twice."]),
        ([1, 2, 3, 4, 5, 6], []),
    ],
)
def test_a_number_left_out_or_given_again_is_told(numbers: list[int], reasons: list[str]) -> None:
    text = "".join(f"{n}. The work went on in town {at} then.\n\n" for at, n in enumerate(numbers))
    found = told(text, "duplicate-reference", "misordered-reference")
    given = {one.reason.replace("4 stands after 5.", "5 4") for one in found}
    assert given == set(reasons)


def test_a_number_that_stands_elsewhere_between_is_not_left_out() -> None:
    text = "".join(f"A{n} Work on {w.lower()} went on.\n\n" for n, w in enumerate(WORK[:3], 1))
    assert (
        told(f"{text}Under way: A4 Vans are new.\n\nA5 Work on boats.\n", "misordered-reference")
        == []
    )
    assert len(told(f"{text}A5 Work on boats went on.\n", "misordered-reference")) == 1


@pytest.mark.parametrize(
    ("end", "is_told"),
    [
        ("", True),
        ("Question 4 was withdrawn by its author.", False),
        ("Number 14 was withdrawn by its author.", True),
    ],
)
def test_a_number_whose_absence_is_explained_is_not_left_out(end: str, is_told: bool) -> None:
    text = "".join(f"Q{n} What of the work in town {n} then?\n\n" for n in (1, 2, 3, 5, 6))
    assert bool(told(f"{text}{end}\n", "misordered-reference")) is is_told


@pytest.mark.parametrize(("second", "is_told"), [("", False), ("Appendix 2  Equality\n", True)])
def test_an_appendix_on_the_list_that_does_not_follow_is_told(second: str, is_told: bool) -> None:
    text = (
        f"Contents\n1  Why\n2  How\nAppendix 1  Grants\n{second}\n1  Why\n\nIt is told.\n\n"
        "2  How\n\nIt is told.\n\nAppendix 1: Grants\n\nRoads 12\n"
    )
    assert bool(told(text, "broken-reference")) is is_told
    later = text.replace("Equality", "Equality (available here)")
    assert told(later, "broken-reference") == []


def test_an_annex_at_the_beginning_of_a_line_may_end_a_sentence() -> None:
    parts = "Annex A: Money\n\nIt is told.\n\n"
    text = "2.4  Robbery is down from 38 to 29. The details of each are at\n     Annex C.\n"
    assert len(told(parts + text, "broken-reference")) == 1


def test_a_line_that_leads_on_to_a_number_gives_none() -> None:
    text = "".join(f"5.{n}  The hostel has room for {n} men.\n\n" for n in (1, 2, 3))
    text += (
        "5.4  The hostel is told of more fully, with all its costs, in\n5.3.\n\n5.5  It is full.\n"
    )
    assert told(text, "duplicate-reference", "misordered-reference") == []


ROWS = (
    "2.1 Roads\nBetter roads.\n\n2.2 Calls\n{one}\n\n2.3 Desks\n{two}\n\n"
    "2.4 Dogs\nMore dogs.\n\n2.5 Vans\nNew vans.\n"
)


@pytest.mark.parametrize(
    ("one", "two", "sure"),
    [
        ("See 2.3.", "Refer to 2.5.", ["likely"]),
        ("As 2.3.", "See 2.5.", ["likely"]),
        ("The towns have had 40 more. See 2.3.", "See 2.5 for the work on cost.", ["likely"]),
        ("The towns have had 40 more. See 2.3.", "There were 12. See 2.5.", []),
        ("See 2.4.", "See 2.5.", []),
    ],
)
def test_a_reference_to_what_only_refers_is_a_chain(one: str, two: str, sure: list[str]) -> None:
    found = told(ROWS.format(one=one, two=two), "chained-reference")
    assert [each.confidence.value for each in found] == sure
