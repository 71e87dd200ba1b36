"""What is told as still to come though its date has passed, in a document."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.proofreading import overdue, stale  # noqa: F401
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.recognition.contents import Paper
from peelian.recognition.minutes import Minute, Minutes
from peelian.recognition.plan import Activity, Commitment, Plan
from tests.documents_in_words import written
from tests.proofreading.conftest import MakeProof

UNREAD = {"plans": [], "minutes": [], "days": {}}
DAY = "2020-02-05"


def found(
    proof: MakeProof, *given: str | Document, as_at: str = DAY, **read: object
) -> list[Finding]:
    return run(proof(*given, as_at=as_at, **{**UNREAD, **read}), only=["stale-future"])


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("The hearing will be held on 18/11/19.", Confidence.CERTAIN),
        ("The hearing will be held in November 2019.", Confidence.LIKELY),
        ("The hearing will be held on 18 November.", Confidence.LIKELY),  # of which year
        ("The consultation ends on 8 November 2019.", Confidence.LIKELY),  # or told as history
        ("Launch planned for 8 November 2019.", Confidence.LIKELY),
        ("Members were told that it will open on 8 November 2019.", Confidence.LIKELY),  # then
        ("All of this will be done by 2018.", Confidence.POSSIBLE),
    ],
)
def test_how_sure_a_stale_future_is_depends_on_its_date_and_words(
    proof: MakeProof, text: str, confidence: Confidence
) -> None:
    [one] = found(proof, text)
    assert one.confidence == confidence
    assert "before 5 February 2020" in one.reason


def test_a_text_given_twice_is_one_finding_with_both_places(proof: MakeProof) -> None:
    text = "They will be in post\nby 8 November 2019."
    [one] = found(proof, f"{text}\n\nOther words stand here.\n\n{text}")
    assert [p.origin.line for p in (one.place, *one.others)] == [2, 7]
    assert one.place.quotation == "They will be in post by 8 November 2019."


def test_without_a_day_nothing_is_stale(proof: MakeProof) -> None:
    undated = proof("It will end on 8 November 1999.", **UNREAD)
    vars(undated)["as_at"] = None
    assert run(undated, only=["stale-future"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We will hold an open day on 3 March 2019,” said the Chair.",
        'The letter said: "The unit will open on 3 March 2019."',
        "The unit opened on 3 March 2019.",
        "The unit will open on 5 February 2020.",
        # in a log, with what became of it
        "A1 The Clerk will write to the council by 3 March 2019. Closed.",
        "A1 The Clerk will send the table by 3 March 2019 (sent on 2 March 2019).",
    ],
)
def test_quotations_the_past_and_the_day_itself_are_left_alone(proof: MakeProof, text: str) -> None:
    assert found(proof, text) == []


@pytest.mark.parametrize(("state", "count"), [("Closed", 0), ("Open", 1)])
def test_a_row_whose_state_is_closed_is_left_alone(
    proof: MakeProof, state: str, count: int
) -> None:
    row = ("row", ["The Clerk will write to the council by 3 March 2019.", state])
    assert len(found(proof, written([row], "pack.docx"))) == count


def test_what_minutes_say_was_said_then(proof: MakeProof) -> None:
    said = "The next meeting will be held on 4 December 2019."
    text = f"Minutes\n\n{said}\n\nReport\n\nA review will start on 4 December 2019.\n"
    origin = Origin("pack-1.txt", line=1, order=0)
    item = Minute("1", "Dates", said, Origin("pack-1.txt", line=2, order=1))
    for held_on, lines in (
        (None, [7]),
        (dt.date(2019, 12, 4), [7]),
        (dt.date(2019, 12, 5), [3, 7]),
    ):
        minutes = Minutes("Panel", held_on, origin, items=(item,))
        told = found(proof, text, minutes=[minutes], papers=lambda _document: [])
        assert [f.place.origin.line for f in told] == lines


def test_minutes_end_where_the_next_paper_begins(proof: MakeProof) -> None:
    said = "A review will start on 4 December 2019."
    text = f"Minutes\n\n1 Dates\n\nReport\n\n{said}\n"
    origin = Origin("pack-1.txt", order=0)
    item = Minute("1", "Dates", f"Report {said}", Origin("pack-1.txt", order=2))
    minutes = [Minutes("Panel", None, origin, items=(item,))]
    assert found(proof, text, minutes=minutes, papers=lambda _document: []) == []
    paper = Paper("2", "Report", Origin("pack-1.txt", order=4))
    assert len(found(proof, text, minutes=minutes, papers=lambda _document: [paper])) == 1


def test_the_next_month_is_counted_from_the_day_of_the_plan_or_the_document(
    proof: MakeProof,
) -> None:
    text = "1.1 Roads\nThe pilot will start next month.\n"
    origin = Origin("pack-1.txt", line=1, order=0)
    line = Activity("1.1", "", "", (), Origin("pack-1.txt", line=2, order=1))
    plan = Plan("", (Commitment("1", "", "", "", origin, (line,)),), origin, dt.date(2019, 12, 31))
    assert found(proof, text) == []
    [one] = found(proof, text, plans=[plan])
    assert "“next month”" in one.reason
    assert len(found(proof, text, days={"pack-1.txt": dt.date(2019, 12, 31)})) == 1


def _row(order: int, *texts: str, is_head: bool = False) -> Block:
    origin = Origin("log.docx", table=1, order=order)
    cells = tuple(Cell(text, ((0, origin),), column=n) for n, text in enumerate(texts))
    return Block(
        "\t".join(texts), ((0, origin),), BlockKind.ROW, table=1, cells=cells, is_head=is_head
    )


@pytest.mark.parametrize(
    ("heading", "due", "status", "is_told"),
    [
        ("Due date", "30 November 2019", "Open", True),
        ("By when", "30/11/2019", "", True),
        ("Due date", "30 November 2019", "Completed", False),
        ("Due date", "30 March 2020", "Open", False),
        ("Due date", "30 November", "Open", False),
        ("Date raised", "30 November 2019", "Open", False),
    ],
)
def test_an_open_row_whose_due_date_has_passed_is_told(
    proof: MakeProof, heading: str, due: str, status: str, is_told: bool
) -> None:
    rows = (_row(0, "Action", heading, "Status", is_head=True), _row(1, "Write", due, status))
    assert bool(found(proof, Document("log.docx", "docx", rows))) is is_told


def test_several_dates_are_told_in_the_plural_and_only_those_promised(proof: MakeProof) -> None:
    [one] = found(proof, "Days will be held on 3 March 2019 and 4 April 2019.")
    assert "“3 March 2019” and “4 April 2019” are before" in one.reason
    [one] = found(proof, "The day will be held on 3 March 2019.")
    assert "“3 March 2019” is before" in one.reason


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The walk on 3 March 2019 will lead to a report in 2021.", False),
        ("The walk on 3 March 2019 will take place in the park.", True),
        ("He said that the scheme had come into effect on 3 March 2019.", False),
        ("The scheme comes into effect on 3 March 2019.", True),
    ],
)
def test_the_date_of_a_thing_is_not_the_date_of_what_comes_of_it(
    proof: MakeProof, text: str, is_told: bool
) -> None:
    assert bool(found(proof, text)) is is_told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Due: 30 November 2019", "State: Open"], True),
        (["Due: 30 November 2019", "State: Closed"], False),
        (["Status: Implemented", "Owner: Clerk", "Due: 30 November 2019"], False),
        # the state of the next card is not its own
        (["Due: 30 November 2019", "Deadline: 3 May 2020", "State: Closed"], True),
    ],
)
def test_the_due_date_of_a_card_is_over_when_its_state_is(
    proof: MakeProof, lines: list[str], told: bool
) -> None:
    assert bool(found(proof, "\n\n".join(lines))) is told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("R3 Clear the backlog Superintendent 30/09/19 In progress See R9.", True),
        ("R3 Clear the backlog Superintendent 30/09/19 Ongoing", True),
        ("R3 Clear the backlog Superintendent 30/09/19 Implemented", False),
        ("R3 Clear the backlog Superintendent 30/09/20 In progress", False),
    ],
)
def test_a_row_whose_columns_were_lost_is_read_by_its_headings(
    proof: MakeProof, row: str, told: bool
) -> None:
    assert bool(found(proof, f"No. Recommendation Owner Due Status Position\n\n{row}")) is told
    assert found(proof, row) == []


@pytest.mark.parametrize(
    ("heading", "step", "told"),
    [
        ("Next steps", "Draft strategy out to consultation | 30 November 2019", True),
        ("7. Next steps", "Letters to groups | 30 November 2019 - sent", False),
        ("Next steps", "Round table with districts | 30 March 2020", False),
        ("How we came here", "Draft strategy out to consultation | 30 November 2019", False),
    ],
)
def test_a_step_of_before_that_is_listed_as_next_is_told(
    proof: MakeProof, heading: str, step: str, told: bool
) -> None:
    rows = [("row", step.split(" | ")), ("row", ["Report to the board", "May 2020"])]
    assert bool(found(proof, written([("heading", heading), *rows], "pack.docx"))) is told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The clerk said that the outcome would be known on 4 November 2019.", True),
        ("The suite was to open to detainees on Tuesday, 15th October, 2019.", True),
        ("It would be on the road by the end of October 2019.", True),
        ("It was to open on 15 October 2019 but had been delayed.", False),
        ("It would have opened on 15 October 2019.", False),
        ("The suite had opened on 15 October 2019.", False),
    ],
)
def test_minutes_report_the_future_in_words_of_the_past(
    proof: MakeProof, said: str, told: bool
) -> None:
    origin = Origin("pack-1.txt", line=1, order=0)
    item = Minute("1", "Dates", said, Origin("pack-1.txt", line=2, order=1))
    minutes = Minutes("Panel", dt.date(2019, 12, 5), origin, items=(item,))
    text = f"Minutes\n\n{said}\n"
    findings = found(proof, text, minutes=[minutes], papers=lambda _document: [])
    assert bool(findings) is told
    assert all(one.confidence == Confidence.POSSIBLE for one in findings)
    assert found(proof, said) == []


def test_a_day_that_is_past_but_whose_effect_is_not_is_left_alone(proof: MakeProof) -> None:
    assert found(proof, "The general election on 12 December 2019 will delay the figures.") == []
    [one] = found(proof, "The meeting on 12 December 2019 will be held in the hall.")
    assert one.confidence == Confidence.CERTAIN
