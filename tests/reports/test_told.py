"""What a report says, part by part: as a document, as Word, as a workbook, and in a pack."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from peelian.blocks import Document, Heading, Table, from_data, text
from peelian.documents import docx as word
from peelian.figures.models import Observation
from peelian.packs.compose import compose
from peelian.promises.stood import Said, State
from peelian.record import operations as record
from peelian.reports.extract import extract_head
from peelian.reports.operations import build, choose_examples, frozen, start_report
from peelian.reports.term import outcome_of
from peelian.reports.workbook import workbook_of
from tests.makers import CHRIS, PAT, amend, approve_change, make
from tests.reports.conftest import Q2, Q3

pytestmark = pytest.mark.django_db


def content(plan: Any, **values: Any) -> dict[str, Any]:
    made = {"form": "monitoring", "since": Q2, "until": Q3} | values
    report = start_report(plan, by=PAT, **made)
    issue = build(report, by=PAT).issued()
    assert issue
    return frozen(issue)


def document(plan: Any, **values: Any) -> Document:
    return from_data(content(plan, **values)["document"])


def under(whole: Document, title: str) -> str:
    """Return the words of a chapter."""
    said: list[str] = []
    inside = False
    for block in whole.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == title
        if inside:
            said.append(text(block))
    return "\n".join(said)


@pytest.fixture
def edition(plan: Any, lines: Any) -> Any:
    made = make("edition", period="2019-08-01", known="2019-09-20", title="Summary, August 2019")
    objective = plan.children.get()
    topic = make("topic", order=7, title="Collisions", objective=objective)
    words = {"data": "Rose on July.", "commentary": "Higher than for two years."}
    make("statement", parent=made, topic=topic, **words)
    later = make("edition", period="2019-09-01", known="2019-10-08", title="Summary, September")
    make("statement", parent=later, topic=topic, data="Fell.", commentary="Not known yet.")
    return made


# ---- the monitoring report ----


def test_what_changed_comes_first_and_what_did_not_is_a_list_of_numbers(
    plan: Any, lines: Any
) -> None:
    whole = document(plan)
    chapters = [b.text for b in whole.blocks if isinstance(b, Heading) and b.level == 1]
    assert chapters == [
        "Summary",
        "What changed, by objective",
        "Late or stuck",
        "Closed, with evidence",
        "Unchanged",
        "What the figures say",
        "Inspections",
        "Appendix: delivery plan extract",
    ]
    changed = under(whole, "What changed, by objective")
    assert "On track → At risk\tThing 2 is slow. (As at 30 September 2019.)" in changed
    assert "Do thing 3" not in changed
    assert under(whole, "Unchanged").splitlines()[1:] == [
        "2 lines of the plan are as they were.",
        "Safer roads: 1.1.3, 1.1.4",
    ]
    assert "Thing 1 is done." in under(whole, "Closed, with evidence")


def test_the_counts_of_the_summary_are_those_of_the_lists(plan: Any, lines: Any) -> None:
    counts = [row.split("\t")[:2] for row in under(document(plan), "Summary").splitlines()[4:]]
    assert counts == [
        ["New", "0"],
        ["Changed", "1"],
        ["Closed", "1"],
        ["Late", "0"],
        ["Stuck", "0"],
        ["Superseded", "0"],
        ["Unchanged", "2"],
    ]


def test_figures_stand_beside_their_objective_with_the_edition_known_then(
    plan: Any, edition: Any
) -> None:
    whole = document(plan)
    changed = under(whole, "What changed, by objective")
    source = "(Summary, August 2019, line 7)"
    assert f"Collisions: Rose on July. Higher than for two years. {source}" in changed
    assert "with figures known on 20 September 2019: 1 of 1 topics" in under(
        whole, "What the figures say"
    )
    assert "Not known yet" not in text(whole)


def test_inspections_published_in_this_time_stand_with_their_grades(plan: Any, lines: Any) -> None:
    for day in ("2019-03-01", "2019-08-01", "2019-12-01"):
        one = make("inspection", title=f"Inspection of {day}", published_on=day)
        make("grade", parent=one, question="Effectiveness", grade="Good", previous_grade="Poor")
    said = under(document(plan), "Inspections")
    assert "Inspection of 2019-08-01\t1 August 2019\tEffectiveness: Good (before: Poor)" in said
    assert "1 earlier inspection is on the record." in said
    assert "2019-12-01" not in said


def test_late_and_stuck_lines_say_why(plan: Any, lines: Any, at: Any) -> None:
    at(dt.date(2019, 7, 20))
    approve_change(amend(lines[3], due="2019-08-15"))
    at(dt.date(2019, 10, 10))
    make("update", parent=lines[2], as_at=Q2 - dt.timedelta(days=91), text="Thing 3 begun.")
    said = under(document(plan), "Late or stuck")
    assert "Late: it was due on 15 August 2019" in said
    assert "Stuck: on track, the same words since 31 March 2019" in said


def test_a_chosen_line_is_told_in_full_with_why(plan: Any, lines: Any) -> None:
    report = start_report(plan, form="monitoring", since=Q2, until=Q3, by=PAT)
    choose_examples(report, {lines[1]: "Many ask about it."}, by=PAT)
    issue = build(report, by=PAT).issued()
    assert issue
    said = under(from_data(frozen(issue)["document"]), "In full")
    assert "1.1.2 Do thing 2\nWhy it is told here: Many ask about it." in said
    assert "At risk. Thing 2 is slow. (As at 30 September 2019.)" in said


def test_the_extract_has_the_five_columns_and_every_line_once(plan: Any, lines: Any) -> None:
    whole = document(plan)
    tables = [b for b in whole.blocks if isinstance(b, Table) and b.caption.startswith("Delivery")]
    (table,) = tables
    assert tuple(runs[0].text for runs in table.head) == extract_head()
    rows = text(table).splitlines()[2:]
    assert [row.split("\t")[0] for row in rows] == ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert rows[1].split("\t") == [
        "1.1.2",
        "1.1 Fewer hurt",
        "Do thing 2",
        "At risk. Thing 2 is slow. (As at 30 September 2019.)",
        "Roads board",
    ]


# ---- files ----


def test_the_word_file_has_headings_tables_with_heads_and_a_language(plan: Any, lines: Any) -> None:
    made = docx.Document(BytesIO(word.render(document(plan), site="https://example.org/")))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings[:2] == ["Summary", "What changed, by objective"]
    assert made.core_properties.language == "en-GB"
    language = made.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    assert made.tables
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    links = [rel.target_ref for rel in made.part.rels.values() if rel.is_external]
    assert "https://example.org/activities/2016-1.1.2/" in links
    assert made.sections[-1].page_width > made.sections[-1].page_height


def test_the_workbook_has_every_line_and_the_extract(plan: Any, lines: Any) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_of(content(plan))))
    rows = book.get_sheet_by_name("Lines").to_python()
    assert [row[0] for row in rows] == ["Ref", "1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert rows[2][3:8] == ["Changed", "", "On track", "At risk", dt.date(2019, 9, 30)]
    (name,) = (n for n in book.sheet_names if n.startswith("Appendix"))
    assert tuple(book.get_sheet_by_name(name).to_python()[0][1:]) == extract_head()


def test_the_pack_of_its_meeting_holds_the_issued_report(plan: Any, lines: Any) -> None:
    meeting = make("meeting", held_on="2019-10-21")
    make("agenda-item", parent=meeting, number=1, section="monitoring_report", title="Monitoring")
    before = text(compose(meeting, extract="all"))
    report = start_report(plan, form="monitoring", since=Q2, until=Q3, meeting=meeting, by=PAT)
    built = build(report, by=PAT)
    assert text(compose(meeting, extract="all")) == before
    record.release(built, by=CHRIS)
    pack = compose(meeting, extract="all")
    heads = [(b.level, b.text) for b in pack.blocks if isinstance(b, Heading)]
    assert (2, "What changed, by objective") in heads
    assert (1, "Appendix: delivery plan extract") in heads
    assert "How the plan stands" not in text(pack)


# ---- annual and end-of-term ----


def state(progress: str, *, told: bool = True) -> State:
    said = Said("u", Q3, progress, "Told.") if told else None
    return State("t", "", "1", "", "", None, "", progress, None, "", said, None)


@pytest.mark.parametrize(
    ("progress", "told", "outcome"),
    [
        ("complete", True, "kept"),
        ("complete", False, "kept"),
        ("on_track", True, "partly"),
        ("at_risk", True, "partly"),
        ("on_track", False, "not_kept"),
        ("off_track", True, "not_kept"),
        ("on_hold", True, "not_kept"),
        ("not_started", True, "not_kept"),
        ("", False, "not_kept"),
        ("superseded", True, "superseded"),
    ],
)
def test_a_promise_is_judged_by_the_rule_that_is_printed(
    progress: str, told: bool, outcome: str
) -> None:
    assert outcome_of(state(progress, told=told)) == outcome


def test_the_end_of_term_report_counts_the_outcomes_and_prints_the_rule(
    plan: Any, lines: Any
) -> None:
    whole = document(plan, form="end_of_term")
    said = under(whole, "What was promised, and what became of it")
    assert "Safer roads\t1\t3\t0\t0\t4" in said
    assert "Kept: reported complete by the last day." in said
    promises = under(whole, "Safer roads").splitlines()
    assert promises[3].startswith("1.1.1\tDo thing 1\tKept (complete)\tThing 1 is done.")


def test_grades_at_the_start_and_the_end_are_told_as_given(plan: Any, lines: Any) -> None:
    body = make("body")
    for day, grade in (("2019-03-01", "Poor"), ("2019-08-01", "Requires improvement")):
        one = make("inspection", title=f"Report of {day}", published_on=day, body=body)
        make("grade", parent=one, question="Effectiveness", grade=grade)
    said = under(document(plan, form="end_of_term"), "Inspections at the start and the end")
    assert "Effectiveness\tPoor (Report of 2019-03-01, 1 March 2019)\tRequires improvement" in said


def test_a_grade_before_the_term_may_be_told_by_a_later_report(plan: Any, lines: Any) -> None:
    one = make("inspection", title="A report", published_on=None, published_as_printed="In May")
    make("grade", parent=one, question="Effectiveness", grade="Good", previous_grade="Poor")
    make("grade", parent=one, question="Legitimacy", grade="Good")
    said = under(document(plan, form="annual"), "Inspections at the start and the end")
    assert "Effectiveness\tPoor (A report, In May)\tGood (A report, In May)" in said
    assert "Legitimacy\tNone on the record\tGood" in said


def test_figures_stand_at_both_ends_with_their_period_and_source(plan: Any, lines: Any) -> None:
    topic = make("topic", objective=plan.children.get())
    measure = make("measure", parent=topic, title="Collisions", unit="collisions")
    area = make("area", level="force_area")
    for period, known, value in (
        ("2019-07-01", "2019-08-10", 100),
        ("2018-09-01", "2018-10-10", 1204),
        ("2019-09-01", "2019-10-08", 900),
        ("2019-09-01", "2019-10-12", 950),
    ):
        row = {"period": period, "known": known, "value": value, "source": f"Return of {known}"}
        Observation(measure=measure, area=area, **row).save()
    whole = document(
        plan, form="end_of_term", since=dt.date(2018, 6, 30), until=dt.date(2019, 10, 10)
    )
    said = under(whole, "Safer roads")
    assert (
        "Collisions (collisions)\t1,204 (September 2018)\t900 (September 2019)"
        "\tReturn of 2018-10-10; Return of 2019-10-08"
    ) in said


def test_what_the_record_counts_in_the_term_leads_to_its_register(plan: Any, lines: Any) -> None:
    make("decision", decided_on="2019-08-01")
    make("decision", decided_on="2019-05-01")
    make("contract", made_on="2019-07-01", value="12500.50")
    said = text(document(plan, form="annual"))
    assert "Decisions: 1. See the register." in said
    assert "Contracts: 1 (£12,500.50). See the register." in said
