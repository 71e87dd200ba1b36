"""Building a report: frozen as it was, made again from the history, its words held to account."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pikepdf
import pytest

from peelian.record import files
from peelian.record import operations as record
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Status
from peelian.reports.kinds import REPORT, SECTION
from peelian.reports.models import Report
from peelian.reports.operations import (
    Unsourced,
    build,
    choose_examples,
    examples_of,
    frozen,
    made_again,
    sections_of,
    start_report,
)
from tests.makers import CHRIS, PAT, amend, approve_change, make
from tests.reports.conftest import Q2, Q3, Q4

pytestmark = pytest.mark.django_db


def begun(plan: Any, **values: Any) -> Report:
    made = {"form": "monitoring", "since": Q2, "until": Q3} | values
    return start_report(plan, by=PAT, **made)


def write(report: Any, text: str, title: str = "Foreword", **values: Any) -> Any:
    values = {"parent": report, "title": title, "text": text} | values
    return record.create(SECTION, values, by=PAT)


def heaps(report: Report) -> dict[str, list[str]]:
    issue = report.issued()
    assert issue
    found: dict[str, list[str]] = {}
    for entry in frozen(issue)["data"]["changes"]["entries"]:
        if entry["is_line"]:
            found.setdefault(entry["heap"], []).append(entry["after"]["number"])
    return found


# ---- draft, approved, issued ----


def test_a_report_is_a_draft_until_somebody_else_has_approved_it(plan: Any, lines: Any) -> None:
    built = build(begun(plan), by=PAT)
    assert (built.status, built.issue) == (Status.DRAFT, 1)
    record.submit(built, by=PAT)
    with pytest.raises(Refused, match="other than the author"):
        record.approve(built, by=PAT)
    record.publish(record.approve(built, by=CHRIS), by=CHRIS)
    assert REPORT.all().get().status == Status.PUBLISHED


def test_it_sorts_the_lines_and_keeps_its_pdf(plan: Any, lines: Any, typeset: None) -> None:
    built = build(begun(plan), by=PAT)
    assert heaps(built) == {
        "closed": ["1.1.1"],
        "changed": ["1.1.2"],
        "unchanged": ["1.1.3", "1.1.4"],
    }
    issue = built.issued()
    assert issue
    (pdf,) = issue.attachments.all()
    assert (pdf.media_type, pdf.audience) == ("application/pdf", "public")
    with pikepdf.open(io.BytesIO(files.read(pdf))) as opened:
        assert (str(opened.Root.Lang), bool(opened.Root.MarkInfo.Marked)) == ("en-GB", True)


def test_a_new_issue_of_a_published_report_waits_while_the_public_reads_the_old(
    plan: Any, lines: Any
) -> None:
    first = build(begun(plan), by=PAT)
    record.release(first, by=CHRIS)
    build(Report._base_manager.get(), by=PAT)
    report = Report._base_manager.get()
    waiting, issued = report.waiting(), report.issued()
    assert waiting
    assert issued
    assert (issued.number, waiting.number) == (1, 2)


def test_days_the_wrong_way_round_are_refused(plan: Any) -> None:
    with pytest.raises(Invalid, match="before the first"):
        begun(plan, since=Q4)
    assert not REPORT.all().exists()


def test_a_report_on_an_unpublished_plan_is_not_built(plan: Any, lines: Any) -> None:
    report = begun(plan)
    record.withdraw(plan, by=CHRIS, why="A new one is made")
    with pytest.raises(Refused, match="Publish the plan first"):
        build(report, by=PAT)


# ---- made again ----


def test_every_past_issue_is_made_again_byte_for_byte(plan: Any, lines: Any, at: Any) -> None:
    report = begun(plan)
    section = write(report, "What we did.")
    choose_examples(report, {lines[0]: "It was asked about."}, by=PAT)
    build(report, by=PAT)
    for n, day in enumerate((dt.date(2019, 10, 20), dt.date(2019, 11, 3), dt.date(2020, 1, 20))):
        at(day)
        amend(section, text=f"What we did, told for the {n}th time.", why="Better")
        approve_change(amend(lines[2], title=f"Do thing 3 in way {n}"))
        make("update", parent=lines[3], as_at=Q3 - dt.timedelta(days=n), text=f"Late news {n}.")
        build(Report._base_manager.get(), by=PAT)
    at(dt.date(2020, 2, 1))
    record.withdraw(lines[1], by=CHRIS, why="Not ours")
    record.delete(SECTION.all().get(), by=PAT, why="No longer told")
    choose_examples(report, {}, by=PAT)
    report = Report._base_manager.get()
    issues = list(report.snapshots.order_by("number"))
    assert len({issue.sha256 for issue in issues}) == 4
    assert [made_again(report, issue) for issue in issues] == [True] * 4


def test_what_came_in_after_a_report_is_news_in_the_next(plan: Any, lines: Any, at: Any) -> None:
    record.release(build(begun(plan), by=PAT), by=CHRIS)
    at(dt.date(2019, 10, 25))
    make("update", parent=lines[3], as_at=Q3, text="Thing 4 goes well.")
    at(dt.date(2020, 1, 10))
    after = build(begun(plan, since=Q3, until=Q4), by=PAT)
    assert heaps(after)["changed"] == ["1.1.4"]


def test_a_report_says_nothing_that_was_true_only_later(plan: Any, lines: Any) -> None:
    make("update", parent=lines[3], as_at=Q4, text="Said for December.")
    built = build(begun(plan), by=PAT)
    issue = built.issued()
    assert issue
    assert "Said for December" not in issue.content


def test_nothing_that_is_not_public_is_in_a_public_report(plan: Any, lines: Any) -> None:
    make("update", parent=lines[3], as_at=Q3, text="For the office.", audience="office")
    make("update", parent=lines[2], as_at=Q3 - dt.timedelta(1), text="A draft.", status="draft")
    public, office = build(begun(plan), by=PAT), build(begun(plan, audience="office"), by=PAT)
    said, inside = public.issued(), office.issued()
    assert said
    assert inside
    assert "For the office" not in said.content
    assert "For the office" in inside.content
    assert "A draft" not in said.content + inside.content


# ---- words of its own ----


def test_sections_are_carried_on_and_said_to_be_as_before_until_edited(
    plan: Any, lines: Any
) -> None:
    first = begun(plan)
    write(first, "We look after the roads.")
    write(first, "More is to come.", "Looking ahead", place="closing")
    following = begun(plan, since=Q3, until=Q4)
    one, other = sections_of(following)
    assert [one.title, other.title] == ["Foreword", "Looking ahead"]
    assert one.is_as_before
    amend(one, text="We look after the roads and the lanes.", why="")
    assert [s.is_as_before for s in sections_of(following)] == [False, True]
    words = frozen_words(build(following, by=PAT))
    assert words == [("Foreword", False), ("Looking ahead", True)]


def frozen_words(report: Report) -> list[tuple[str, bool]]:
    issue = report.issued()
    assert issue
    sections = json.loads(issue.content)["data"]["sections"]
    return [(s["heading"], s["as_before"]) for s in sections]


def test_reports_of_another_form_do_not_share_their_words(plan: Any) -> None:
    write(begun(plan), "We look after the roads.")
    assert sections_of(begun(plan, form="annual")) == []


SOURCED = [
    "We look after the roads.",
    "Three boards met.",
    "See 1.1.2 and minute 12.",
    "Collisions fell by 12% in 2019 (Source: the force’s return).",
    "Collisions fell by 12% (Performance summary, December 2019, line 1).",
]
UNSOURCED = [
    ("Collisions fell by 12%.", "12%", "source"),
    ("Collisions fell by 12% in 2019.", "12%", "source"),
    ("The fund paid £1.2 million to services.", "£1.2 million", "source"),
    ("Fewer hurt.\n\n- 1,204 people were hurt", "1,204", "source"),
    ("Collisions fell by 12% (Performance summary, May 2018, line 9).", "12%", "source"),
    ("Collisions fell by 12% (see 1.1.2).", "12%", "source"),
    ("Source: the force’s return. Satisfaction is 84%.", "84%", "period"),
]


@pytest.fixture
def edition(plan: Any) -> Any:
    made = make("edition", period="2019-12-01", known="2020-01-20", title="Performance summary")
    make("statement", parent=made, topic=make("topic", order=1))
    return made


@pytest.mark.parametrize("text", SOURCED)
def test_words_with_sources_are_built(plan: Any, edition: Any, text: str) -> None:
    report = begun(plan, form="end_of_term")
    write(report, text)
    assert build(report, by=PAT).issue == 1


@pytest.mark.parametrize(("text", "found", "expected"), UNSOURCED)
def test_a_figure_without_source_or_time_stops_the_build(
    plan: Any, edition: Any, text: str, found: str, expected: str
) -> None:
    report = begun(plan, form="end_of_term")
    write(report, text)
    with pytest.raises(Unsourced) as refused:
        build(report, by=PAT)
    assert str(refused.value).startswith(f"Section “Foreword”: found {found} in “")
    assert expected in str(refused.value).partition("expected")[2]
    assert not report.snapshots.exists()


# ---- examples ----


def test_examples_are_chosen_changed_and_taken_back(plan: Any, lines: Any) -> None:
    report = begun(plan)
    assert choose_examples(report, {lines[0]: "Done.", lines[1]: "At risk."}, by=PAT) == 2
    assert choose_examples(report, {lines[0]: "Done early."}, by=PAT) == 2
    assert [(e.promise_id, e.reason) for e in examples_of(report)] == [(lines[0].pk, "Done early.")]
    assert choose_examples(report, {lines[0]: "Done early."}, by=PAT) == 0


def test_an_example_may_be_chosen_again_after_it_was_taken_back(plan: Any, lines: Any) -> None:
    report = begun(plan)
    for chosen in ({lines[0]: "Done."}, {}, {lines[0]: "Asked about."}):
        choose_examples(report, chosen, by=PAT)
    assert [e.reason for e in examples_of(report)] == ["Asked about."]


def test_two_reports_of_the_same_days_stand_side_by_side(plan: Any, lines: Any) -> None:
    assert len({begun(plan).reference, begun(plan).reference}) == 2


def test_an_example_without_a_reason_is_refused_and_nothing_is_kept(plan: Any, lines: Any) -> None:
    report = begun(plan)
    with pytest.raises(Invalid):
        choose_examples(report, {lines[0]: "Done.", lines[1]: " "}, by=PAT)
    assert examples_of(report) == []
