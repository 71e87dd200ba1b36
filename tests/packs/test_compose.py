"""What stands in a pack: everything public that belongs before the panel, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from peelian.blocks import Block, Document, Heading, Notice, Table, from_json, text, to_json
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs.compose import compose
from peelian.packs.kinds import PACK
from peelian.record import operations
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from tests.makers import CHRIS, make

pytestmark = pytest.mark.usefixtures("worked_example", "db")

FEBRUARY = dt.date(2020, 2, 5)


def the_meeting() -> Meeting:
    meeting = MEETING.all().get(reference="2020-02-05")
    assert isinstance(meeting, Meeting)
    return meeting


def composed(meeting: Meeting | None = None, extract: str = "all") -> Document:
    return compose(meeting or the_meeting(), extract=extract)


@pytest.fixture
def issued() -> Document:
    """The pack of 5 February 2020 as it was issued."""
    return from_json(PACK.all().get().issued().content.encode())


def under(document: Document, title: str) -> list[Any]:
    """Return the blocks from the heading of this title to the next of level one."""
    found: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and (block.text.startswith(title) or block.level == 1):
            inside = block.text.startswith(title) or (bool(found) and block.level > 1)
            if found and not inside:
                break
            if inside:
                found.append(block)
        elif found:
            found.append(block)
    return found


def tables(blocks: list[Block], caption: str = "") -> Iterator[Any]:
    return (b for b in blocks if isinstance(b, Table) and b.caption.startswith(caption))


def first_cells(table: Any) -> list[str]:
    return ["".join(run.text for run in row[0]) for row in table.rows]


# ---- the pack of 5 February 2020 ----


def test_the_agenda_has_nine_items(issued: Document) -> None:
    (agenda,) = tables(under(issued, "Agenda"))
    assert first_cells(agenda) == [str(n) for n in range(1, 10)]


def test_the_last_meetings_eleven_minutes_stand_under_their_item(issued: Document) -> None:
    blocks = under(issued, "Confirmation of the minutes")
    numbers = [b.number for b in blocks if isinstance(b, Heading) and b.level == 2]
    assert numbers == [str(n) for n in range(315, 326)]
    assert "Minutes of the meeting held on Wednesday 27 November 2019." in map(text, blocks)


def test_matters_arising_are_the_twelve_undertakings(issued: Document) -> None:
    blocks = under(issued, "Matters arising")
    (table,) = tables(blocks, "Matters arising")
    assert first_cells(table) == [f"U{n}" for n in range(1, 13)]
    (notice,) = (b for b in blocks if isinstance(b, Notice))
    assert notice.text == "9 of 12 open matters have no update yet."


def test_each_of_the_twelve_says_when_where_by_whom_and_what_was_reported(
    issued: Document,
) -> None:
    (table,) = tables(under(issued, "Matters arising"))
    rows = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    ago = "10 weeks ago (70 days), at the meeting of 27 November 2019, minute "
    assert [row[2].removeprefix(ago) for row in rows] == (
        ["318"] * 2 + ["321"] * 4 + ["322"] * 2 + ["323"] * 3 + ["324"]
    )
    assert rows[0][3].endswith("; due: no date given")
    assert rows[6][3].startswith("Nobody is named")
    assert [row[0] for row in rows if row[4] != "No update has been given."] == ["U4", "U5", "U10"]
    assert rows[3][4].startswith("On track as at 28 January 2020: ")
    anchors = {b.anchor for b in issued.blocks if isinstance(b, Heading)}
    assert all({run.href[1:] for run in row[2] if run.href} & anchors for row in table.rows)


def test_the_plan_extract_has_all_commitments_and_their_110_activities(issued: Document) -> None:
    blocks = under(issued, "Appendix 1")
    found = list(tables(blocks, "Activities under commitment"))
    assert len(found) == 55
    assert sum(len(table.rows) for table in found) == 110
    assert [b.text for b in blocks if isinstance(b, Heading) and b.level == 2] == [
        "Putting victims and survivors first",
        "Building a more secure West Mercia",
        "Reforming West Mercia",
        "Reassuring West Mercia’s communities",
    ]
    assert "(As at 31 December 2019.)" in text(found[0])


def test_the_summary_has_thirty_topics_and_a_chart_for_every_measure_with_figures(
    issued: Document,
) -> None:
    blocks = under(issued, "Appendix 2")
    summary = [table for table in tables(blocks) if len(table.head) == 4]
    assert sum(len(table.rows) for table in summary) == 30
    figures = [b for b in blocks if type(b).__name__ == "Figure"]
    assert len(figures) == len([t for t in tables(blocks) if "newest first" in t.caption]) >= 30
    assert all(figure.alt.strip() for figure in figures)


def test_the_glossary_has_33_oversight_mechanisms(issued: Document) -> None:
    found = list(tables(under(issued, "Glossary")))
    assert sum(len(table.rows) for table in found) == 33


def test_the_work_programme_has_ten_scheduled_and_two_potential_items(issued: Document) -> None:
    found = list(tables(under(issued, "Work programme")))
    assert [table.caption for table in found] == [
        "Panel meeting, 5 February 2020",
        "Panel meeting, 15 June 2020",
        "Panel meeting, 21 September 2020",
        "Panel meeting, 27 November 2020",
        "No date yet",
    ]
    kinds = ["".join(run.text for run in row[1]) for table in found for row in table.rows]
    assert len(kinds) == 12
    assert kinds.count("Potential") == 2
    assert kinds[-2:] == ["Potential", "Potential"]


def test_the_reason_to_go_on_is_printed_on_the_first_page(issued: Document) -> None:
    notices = [b for b in issued.blocks[:4] if isinstance(b, Notice)]
    assert [n.tone for n in notices] == ["warning"]
    assert "The contradictions are those of the document" in notices[0].text


def test_a_worked_example_says_what_it_is_and_a_real_pack_does_not(settings: Any) -> None:
    assert "Worked example" in composed().status
    settings.OFFICE = settings.OFFICE | {"today": ""}
    assert composed().status == ""


def test_references_in_the_extract_lead_to_their_commitment_in_the_pack(issued: Document) -> None:
    anchors = {b.anchor for b in issued.blocks if isinstance(b, Heading)}
    runs = [
        run
        for table in tables(under(issued, "Appendix 1"))
        for row in table.rows
        for cell in row
        for run in cell
        if run.href
    ]
    assert len(runs) > 20
    assert {run.href[1:] for run in runs} <= anchors


def test_the_same_record_gives_the_same_bytes() -> None:
    assert to_json(composed()) == to_json(composed())


# ---- another meeting ----


@pytest.fixture
def small() -> dict[str, Any]:
    """A panel with a plan of its own, a meeting in January and one in March with a report."""
    operations.withdraw(kind_named("edition").all().get(), by=CHRIS, why="Not of this panel")
    body = make("body", form="panel", title="Small panel")
    plan = make("plan", reference="2019", starts_on="2019-06-01")
    commitment = make(
        "commitment",
        parent=make("objective", parent=plan),
        element="policing",
        printed_reference="7.1",
    )
    meetings = {
        day.month: make(
            "meeting", body=body, held_on=day, title=f"Meeting of {day:%B}", state=state
        )
        for day, state in ((dt.date(2020, 1, 15), "held"), (dt.date(2020, 3, 16), "planned"))
    }
    make("agenda-item", parent=meetings[3], section="monitoring_report", title="Report")
    return {"body": body, "commitment": commitment, "last": meetings[1], "next": meetings[3]}


def tell(small: Any, name: str, *updates: tuple[str, str, str]) -> Record:
    activity = make("activity", parent=small["commitment"], title=name, printed_reference=name)
    for day, progress, words in updates:
        make("update", parent=activity, as_at=day, progress=progress, text=words)
    return activity


def test_only_what_changed_since_the_last_meeting_stands_in_a_short_extract(small: Any) -> None:
    before, after, too_late = "2020-01-10", "2020-03-01", "2020-03-20"
    tell(small, "7.1.1", (before, "on_track", "As it was."), (after, "on_track", "As it was."))
    tell(small, "7.1.2", (before, "on_track", "As it was."), (after, "on_track", "New words."))
    tell(small, "7.1.3", (before, "on_track", "As it was."), (after, "at_risk", "As it was."))
    tell(small, "7.1.4", (after, "on_track", "The first."))
    tell(small, "7.1.5", (before, "on_track", "Nothing since."))
    tell(small, "7.1.6", (before, "on_track", "Old."), (too_late, "at_risk", "After the meeting."))
    tell(small, "7.1.7")
    document = composed(small["next"], "changed")
    (table,) = tables(list(document.blocks), "Activities under")
    assert first_cells(table) == ["7.1.2", "7.1.3", "7.1.4"]
    said = text(document)
    assert "the 3 of 7 activities that changed after 15 January 2020" in said
    assert "After the meeting." not in said


def test_the_whole_extract_tells_the_newest_update_up_to_the_meeting(small: Any) -> None:
    tell(small, "7.1.1", ("2020-01-10", "on_track", "Old."), ("2020-03-20", "at_risk", "Late."))
    said = text(composed(small["next"]))
    assert "Old. (As at 10 January 2020.)" in said
    assert "Late." not in said
    assert "On track" in said


def test_a_change_counts_from_the_last_meeting_that_had_a_pack(small: Any) -> None:
    """A meeting between, without a pack, was not told; another body's pack was not theirs."""
    december = make(
        "meeting", body=small["body"], held_on=dt.date(2019, 12, 4), state="held", title="December"
    )
    make("pack", reference=december.reference, parent=december)
    tell(small, "7.1.1", ("2019-12-01", "on_track", "Old."), ("2020-01-02", "on_track", "New."))
    assert "the 1 of 1 activities that changed after 4 December 2019" in text(
        composed(small["next"], "changed")
    )
    assert PACK.all().filter(reference="2020-02-05").exists()  # the other body's, of February


def test_a_short_extract_in_which_nothing_changed_says_so(small: Any) -> None:
    tell(small, "7.1.1", ("2020-01-10", "on_track", "As it was."))
    document = composed(small["next"], "changed")
    assert not list(tables(list(document.blocks), "Activities under"))
    assert "the 0 of 1 activities that changed" in text(document)


def test_a_meeting_without_agenda_or_minutes_has_a_pack_all_the_same(small: Any) -> None:
    said = text(composed(small["last"]))
    assert "The agenda has not been published yet." in said
    assert "There are no open undertakings or recommendations." in said


@pytest.mark.parametrize(("before", "said"), [(True, "No minutes"), (False, "no earlier meeting")])
def test_minutes_that_are_not_there_are_said_to_be_missing(
    small: Any, before: bool, said: str
) -> None:
    meeting = small["next"] if before else small["last"]
    make("agenda-item", parent=meeting, number=9, section="minutes", title="Minutes")
    assert said in text(composed(meeting))


def test_an_undertaking_given_at_a_meeting_without_a_minute_is_not_forgotten(small: Any) -> None:
    make("undertaking", title="Write to the Minister", made_at=small["last"])
    told = make("minute", parent=small["last"])
    closed = {"progress": "complete", "closed_at": told, "closed_on": "2020-01-15"}
    make("undertaking", title="Kept long ago", made_at=small["last"], **closed)
    make("undertaking", title="Given later", made_at=small["next"])
    said = text(composed(small["next"]))
    assert "Write to the Minister" in said
    assert "Kept long ago" not in said
    assert "Given later" not in said


def test_matters_arising_stand_under_the_item_that_carries_them_and_only_there(small: Any) -> None:
    make("undertaking", title="Write to the Minister", made_at=small["last"])
    make(
        "agenda-item",
        parent=small["next"],
        number=6,
        section="matters_arising",
        title="What became of it",
    )
    document = composed(small["next"])
    assert "Write to the Minister" in "".join(text(b) for b in under(document, "What became"))
    assert text(document).count("Write to the Minister") == 1


def test_an_undertaking_is_told_as_it_stood_at_the_meeting(small: Any) -> None:
    given = make("undertaking", title="Write", made_at=small["last"], progress="not_started")
    make("update", parent=given, as_at="2020-03-01", text="Drafted.", progress="on_track")
    make("update", parent=given, as_at="2020-04-01", text="Sent in April.", progress="on_track")
    said = text(composed(small["next"]))
    assert "Drafted." in said
    assert "Sent in April." not in said


def test_any_reference_that_the_record_takes_can_stand_in_a_pack(small: Any) -> None:
    commitment = make("commitment", reference="Z~1._-", parent=small["commitment"].parent)
    make("activity", reference="Z~2", parent=commitment)
    make("minute", reference="Z~3", parent=small["last"], title="Tilde")
    make("agenda-item", parent=small["next"], number=9, section="minutes", title="Minutes")
    assert "Tilde" in text(composed(small["next"]))


def test_a_commitment_of_neither_half_stands_under_the_others(small: Any) -> None:
    loose = make("commitment", parent=small["commitment"].parent, title="A loose one")
    make("activity", parent=loose, title="Do it")
    tell(small, "7.1.1")
    headings = [(b.level, b.text) for b in composed(small["next"]).blocks if isinstance(b, Heading)]
    place = headings.index((3, "Other commitments"))
    assert headings[place + 1] == (4, "A loose one")


@pytest.mark.parametrize(
    ("starts_on", "stands"), [("2020-03-16", True), ("2020-03-17", False), (None, False)]
)
def test_the_plan_is_the_newest_that_had_begun(
    small: Any, starts_on: str | None, stands: bool
) -> None:
    plan = make("plan", title="The next plan", reference="2021", starts_on=starts_on)
    make("activity", parent=make("commitment", parent=make("objective", parent=plan)))
    assert ("The next plan" in text(composed(small["next"]))) is stands
