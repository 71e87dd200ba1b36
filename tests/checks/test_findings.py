"""How checks are declared and run, and what it takes to acknowledge a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.checks import findings as checks
from peelian.checks.findings import Finding, Severity
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Record
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_all

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 1, 28)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No checks but those that a test declares."""
    monkeypatch.setattr(checks, "_checks", {})


def finding(record: Record, found: str = "It says “x”.", *others: Record, **more: str) -> Finding:
    return Finding(record, f"Plan {record.reference}", found, "Because.", "Do it.", others, **more)


def test_every_check_of_the_product_says_what_it_is() -> None:
    names = [one.name for one in checks.checks()]
    assert len(names) == len(set(names)) >= 12
    assert {"conflicting-figure", "stale-date", "lost-undertaking"} <= set(names)
    for one in checks.checks():
        assert str(one.title)
        assert one.severity in Severity.values
        assert all(rule.__doc__ for rule in one.rules)


def test_findings_stand_in_one_order_gravest_check_first(registry: None) -> None:
    second, first = make_all("plan", {"reference": "p-10"}, {"reference": "p-9"})

    @checks.check("b-warning", "Warnings", Severity.WARNING)
    def warns(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
        yield finding(second)
        yield finding(first)

    @checks.check("a-warning", "Errors", Severity.ERROR)
    def errs(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
        yield finding(second, severity=Severity.NOTE)
        yield finding(second)

    found = checks.run(PUBLIC, DAY)
    said = [(f.check, f.severity, f.record and f.record.reference) for f in found]
    assert said == [
        ("a-warning", "error", "p-10"),
        ("a-warning", "notice", "p-10"),
        ("b-warning", "warning", "p-9"),
        ("b-warning", "warning", "p-10"),
    ]
    assert checks.run(PUBLIC, DAY) == found
    assert [f.check for f in checks.run(PUBLIC, DAY, only=["b-warning"])] == ["b-warning"] * 2
    with pytest.raises(KeyError):
        checks.run(PUBLIC, DAY, only=["no such check"])


def test_two_areas_bring_rules_of_one_check(registry: None) -> None:
    plan = make("plan")
    for word in ("one", "other"):

        @checks.check("same", "Same", Severity.ERROR)
        def rule(scope: Scope, as_at: dt.date, word: str = word) -> Iterator[Finding]:
            yield finding(plan, word)

    assert len(checks.checks()) == 1
    assert [f.found for f in checks.run(PUBLIC, DAY)] == ["one", "other"]


def test_what_all_checks_need_is_read_once_in_a_run(registry: None) -> None:
    read: list[int] = []

    def rule(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
        checks.once("plans", lambda: read.append(1))
        yield from ()

    checks.check("one", "One", Severity.NOTE)(rule)
    checks.check("two", "Two", Severity.NOTE)(rule)
    checks.run(PUBLIC, DAY)
    assert len(read) == 1
    checks.run(PUBLIC, DAY)
    assert len(read) == 2


def test_the_number_of_queries_does_not_grow_with_the_record() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            checks.run(PUBLIC, DAY)
        return len(made)

    activity = make("activity", reference="2016-1.1", oversight_as_printed="No such Board")
    make("update", parent=activity, as_at="2019-12-31", text="Refer to 9.9. It will end in March.")
    before = queries()
    for n in range(2, 8):
        another = make("activity", parent=activity.parent, reference=f"2016-1.{n}")
        make("update", parent=another, as_at="2019-12-31", text="Refer to 9.9; due in May 2019.")
    assert queries() <= before


# ---- acknowledging ----


def test_a_finding_is_acknowledged_with_a_reason_and_by_whom() -> None:
    found = finding(make("plan"), check="some-check")
    made = checks.acknowledge(found, by=PAT, reason="  Agreed with the chair  ")
    assert (made.by, made.reason, made.check_name) == ("pat", "Agreed with the chair", "some-check")
    assert checks.acknowledged([found]) == {found.fingerprint: made}


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 1001])
def test_an_acknowledgement_needs_a_reason_that_can_be_kept(reason: str) -> None:
    with pytest.raises(Invalid):
        checks.acknowledge(finding(make("plan")), by=PAT, reason=reason)


def test_a_finding_is_acknowledged_once() -> None:
    found = finding(make("plan"))
    checks.acknowledge(found, by=PAT, reason="Known")
    with pytest.raises(Refused):
        checks.acknowledge(found, by=CHRIS, reason="Known to me too")


def test_a_finding_comes_back_when_a_record_it_is_about_changes() -> None:
    plan, other = make("plan"), make("plan")
    found = finding(plan, "x", other)
    checks.acknowledge(found, by=PAT, reason="Known")
    amend(other, title="Another title")
    changed = approve_change(other)
    assert checks.acknowledged([replace(found, others=(changed,))]) == {}
    assert checks.acknowledged([found]) != {}


def test_findings_differ_by_check_records_and_what_was_found() -> None:
    plan, other = make("plan"), make("plan")
    every = [
        finding(plan),
        finding(other),
        finding(plan, "Something else"),
        finding(plan, "It says “x”.", other),
        finding(plan, check="another"),
    ]
    assert len({one.fingerprint for one in every}) == len(every)
    swapped = finding(other, "It says “x”.", plan)
    assert swapped.fingerprint == every[3].fingerprint


# ---- as text ----


def test_a_report_counts_by_severity_and_says_why_and_how_to_mend_once(registry: None) -> None:
    first, second = make("plan", reference="p-1"), make("plan", reference="p-2")

    @checks.check("twice", "Said twice", Severity.ERROR)
    def rule(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
        yield finding(first)
        yield finding(second, "A long sentence. " * 12, severity=Severity.NOTE)

    text = checks.findings_text(checks.run(PUBLIC, DAY))
    assert text.startswith("2 findings: error 1, note 1\n")
    assert "Said twice (2)" in text
    assert text.count("Because.") == 1
    assert "Error: Plan p-1\n    It says “x”." in text
    assert all(len(line) <= 98 for line in text.splitlines())
    assert checks.findings_text([]) == "Nothing found."
