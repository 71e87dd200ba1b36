"""What the checks notice about promises, by rule and on the worked example."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from peelian.checks import findings as checks
from peelian.checks.findings import Finding
from peelian.promises.checks import looks_like_a_body
from peelian.recognition.references import only_refers
from peelian.record.models import Snapshot
from peelian.record.querysets import write_path
from peelian.record.scope import PUBLIC
from tests.makers import make, make_all, make_tree
from tests.worked_example import Example, standing_on

DAY = dt.date(2020, 1, 28)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"
FILES = (
    *("areas", "bodies", "oversight-mechanisms", "people", "roles"),
    *("plans", "objectives", "delivery-plan"),
)


def found(*names: str, day: dt.date = DAY) -> list[Finding]:
    return checks.run(PUBLIC, day, only=names)


def lines(*texts: str, **of_each: Any) -> list[Any]:
    """Return activities of one plan, numbered 1.1.1, 1.1.2, … with an update of each text."""
    make("plan", reference="2016")
    make("objective", reference="2016-1", parent="2016")
    [commitment] = make_all(
        "commitment", {"reference": "2016-1.1", "printed_reference": "1.1", "parent": "2016-1"}
    )
    numbers = [f"1.1.{n}" for n in range(1, len(texts) + 1)]
    activities = make_all(
        "activity",
        *(
            {
                "reference": f"2016-{number}",
                "printed_reference": number,
                "title": f"Activity {number}",
                "parent": commitment,
                "oversight_as_printed": "Some oversight",
                **of_each,
            }
            for number in numbers
        ),
    )
    updates = [
        {"parent": activity, "as_at": "2019-12-31", "text": text}
        for activity, text in zip(activities, texts, strict=True)
        if text
    ]
    make_all("update", *updates)
    return activities


# ---- references ----


@pytest.mark.django_db
def test_an_announced_reference_that_names_nothing_is_told_with_its_words() -> None:
    lines("Refer to 1.1.2 and to 9.9, on the A5.", "Costs 9.9 more than 8.8.")
    [one] = found("unresolved-reference")
    assert one.where == "Activity 1.1.1, progress update as at 31 December 2019"
    assert one.found == (
        "“9.9” names nothing on the record: “Refer to 1.1.2 and to 9.9, on the A5.”"
    )
    assert [record.kind for record in one.records] == ["activity", "update"]


@pytest.mark.django_db
def test_a_range_is_unresolved_where_a_line_in_it_is_missing() -> None:
    lines("Refer to 1.1.1 - 1.1.4", "", "")
    assert [f.found.split()[0] for f in found("unresolved-reference")] == ["“1.1.4”"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See A4 (Needs Assessment)", "A.2 has these words"),
        ("See A4 (Support Services)", ""),  # it is what the brackets say
        ("See A4 (Complete)", ""),  # a word alone may be a remark
        ("See A4 (Ambulance Helicopters)", ""),  # nothing else is called so
        ("See A4", ""),
    ],
)
def test_a_reference_is_misdirected_where_its_label_fits_only_another_line(
    text: str, expected: str
) -> None:
    make("plan", reference="2016")
    make("objective", reference="2016-1", parent="2016")
    make_all(
        "commitment",
        *(
            {
                "reference": f"2016-{number}",
                "printed_reference": number,
                "title": title,
                "parent": "2016-1",
            }
            for number, title in (
                ("A.2", "Carry out a full assessment of what victims need"),
                ("A.4", "See that support services work"),
                ("B.1", text),
            )
        ),
    )
    assert [f.mend.partition(":")[0] for f in found("misdirected-reference")] == (
        [expected] if expected else []
    )


@pytest.mark.django_db
def test_a_number_printed_twice_in_a_plan_is_told_and_in_two_plans_is_not() -> None:
    first, _second = lines("", "")
    make("activity", printed_reference="1.1.1")
    assert found("duplicate-reference") == []
    make_all(
        "activity",
        {"reference": "2016-1.1.1~2", "printed_reference": "1.1.1", "parent": first.parent},
    )
    [one] = found("duplicate-reference")
    assert len(one.records) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("texts", "circles"),
    [
        (["Refer to 1.1.2", "Refer to 1.1.1"], {"1.1.1 → 1.1.2 → 1.1.1": "error"}),
        (["Refer to 1.1.1"], {"1.1.1 → 1.1.1": "error"}),
        (
            ["Refer to 1.1.2", "Refer to 1.1.3", "Work is done; see 1.1.1"],
            {"1.1.1 → 1.1.2 → 1.1.3 → 1.1.1": "notice"},
        ),
        (["Refer to 1.1.2", "Refer to 1.1.3", "Work is done."], {}),
    ],
)
def test_a_circle_is_an_error_where_nobody_in_it_says_anything(
    texts: list[str], circles: dict[str, str]
) -> None:
    lines(*texts)
    assert {f.found: f.severity for f in found("circular-reference")} == circles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refer to 3.5, 1.2 & 2.1.2", True),
        ("Refer to 3.1 - 3.8", True),
        ("Refer to D2 and D5.", True),
        ("Work has begun; refer to 3.5", False),
        ("Completed", False),
        ("", False),
    ],
)
def test_what_only_refers_elsewhere_is_known(text: str, expected: bool) -> None:
    assert only_refers(text) is expected


# ---- oversight ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "text", "severity"),
    [
        ({"oversight_as_printed": ""}, "Work has begun.", "warning"),
        ({"oversight_as_printed": ""}, "Refer to 1.1", "notice"),
        ({"oversight_as_printed": "", "progress": "complete"}, "Done.", "notice"),
        ({"oversight_as_printed": "Some Board"}, "Work has begun.", None),
    ],
)
def test_an_activity_that_nobody_oversees_is_told(
    values: dict[str, str], text: str, severity: str | None
) -> None:
    lines(text, **values)
    assert [f.severity for f in found("without-oversight")] == ([severity] if severity else [])


@pytest.mark.django_db
def test_oversight_may_be_a_link_and_may_stand_on_the_commitment() -> None:
    make_tree()
    assert found("without-oversight") == []
    commitment = make("commitment", oversight_as_printed="Some Board")
    make("activity", parent=commitment)
    assert found("without-oversight") == []
    lonely = make("commitment")
    assert [f.record for f in found("without-oversight")] == [lonely]


@pytest.mark.django_db
def test_a_body_in_no_register_is_told_once_with_all_its_uses() -> None:
    make("oversight-mechanism", title="Victims’ Board", also_known_as="Crime Board; IJB")
    make("body", title="Safer Roads Partnership", also_known_as="SRP")
    known = "victims' board; IJB; Crime Boards; The Safer Roads Partnership meetings; SRP"
    first, second = lines("", "", oversight_as_printed=f"{known}; KPI monitoring; IPCAC")
    [one] = found("oversight-not-registered")
    assert one.found == "“IPCAC” is named as oversight and is in no register."
    assert one.where == "Activity 1.1.1, Activity 1.1.2"
    assert one.records == [first, second]


@pytest.mark.django_db
def test_a_name_like_a_registered_one_is_suggested() -> None:
    make("oversight-mechanism", title="Transformation Board")
    lines("", oversight_as_printed="Transformaton Board")
    [one] = found("oversight-not-registered")
    assert "“Transformation Board”" in one.mend


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Strategic Vulnerability Board", True),
        ("Communities and Partners Boards", True),
        ("Custody Users Group (CUG)", True),
        ("Quarterly tactical meetings", True),
        ("IPCAC", True),
        ("Briefings", False),
        ("KPI monitoring", False),
        ("Strategic Estate Manager", False),
        ("Attendance by officers at CSP meetings", False),
        ("Scrutiny via the Crime Board", False),
        ("Minutes and actions arising", False),
    ],
)
def test_a_body_is_told_from_a_description(name: str, expected: bool) -> None:
    assert looks_like_a_body(name) is expected


# ---- dates and silence ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "progress", "is_late"),
    [
        ("2020-01-27", "on_track", True),
        ("2020-01-28", "on_track", False),
        ("2020-01-27", "complete", False),
        ("2020-01-27", "on_hold", True),
        (None, "on_track", False),
    ],
)
def test_an_open_promise_is_late_the_day_after_it_was_due(
    due: str | None, progress: str, is_late: bool
) -> None:
    make("undertaking", due=due, progress=progress)
    assert bool(found("past-due")) is is_late


@pytest.mark.django_db
def test_a_stale_date_is_a_warning_where_it_was_stale_when_written_and_else_a_note() -> None:
    lines("Training will start in November.", "It ends on 21 January.", "It ends on 2 March.")
    said = [(f.severity, f.why) for f in found("stale-date")]
    assert said == [
        ("warning", "30 November 2019 had passed on the day this was said to be true."),
        ("notice", "21 January 2020 has passed since this was written."),
    ]


@pytest.mark.django_db
def test_what_is_closed_or_said_only_later_is_not_stale() -> None:
    [activity] = lines("It will end in November 2019.", progress="complete")
    assert found("stale-date") == []
    make("update", parent=activity, as_at="2020-03-01", text="It will end in December 2019.")
    assert found("stale-date") == []


@pytest.mark.django_db
def test_a_newer_update_puts_an_older_ones_stale_date_right() -> None:
    [activity] = lines("It will end in November 2019.")
    assert len(found("stale-date")) == 1
    make("update", parent=activity, as_at="2020-01-20", text="It ended in December.")
    assert found("stale-date") == []


@pytest.mark.django_db
def test_an_update_that_repeats_the_one_before_is_no_news() -> None:
    same, other, refers, silent = lines("Work  goes on.", "Work goes on.", "Refer to 1.1", "")
    for activity, text in (
        (same, "Work goes\non."),
        (other, "Half done."),
        (refers, "Refer to 1.1"),
    ):
        make("update", parent=activity, as_at="2020-01-20", text=text)
    told = {f.record and f.record.pk: f.found for f in found("no-change")}
    assert told == {
        same.pk: "The update says the same, word for word, as that of 31 December 2019.",
        silent.pk: "No update has been recorded for “Activity 1.1.4”.",
    }


@pytest.mark.django_db
def test_an_update_older_than_the_last_pack_is_no_news() -> None:
    lines("Work goes on.")
    pack = make("pack")
    with write_path():
        snapshot = Snapshot(record_id=pack.pk, number=1, content="", sha256="", made_by="pat")
        snapshot.made_at = dt.datetime(2020, 1, 10, tzinfo=dt.UTC)
        snapshot.save()
    [one] = found("no-change")
    assert "a pack has been issued since, on 10 January 2020" in one.found
    assert found("no-change", day=dt.date(2020, 1, 9)) == []


# ---- the worked example ----


@pytest.fixture(scope="module")
def example(_example_database: Example, django_db_blocker: Any) -> dict[str, list[Finding]]:
    """What the checks find on the worked example, by check."""
    by_check: dict[str, list[Finding]] = {}
    with django_db_blocker.unblock(), standing_on(_example_database):
        for finding in checks.run(PUBLIC, DAY):
            by_check.setdefault(finding.check, []).append(finding)
    return by_check


def test_example_the_double_3_2_3_is_found(example: dict[str, list[Finding]]) -> None:
    [one] = example["duplicate-reference"]
    assert "Telematics" in one.found
    assert "Hereford" in one.found


def test_example_what_b1_meant_by_a4_is_found(example: dict[str, list[Finding]]) -> None:
    [one] = example["misdirected-reference"]
    assert (one.where, one.mend[:3]) == ("Commitment B.1", "A.2")


def test_example_b2_15_has_no_oversight(example: dict[str, list[Finding]]) -> None:
    severities = {f.where: f.severity for f in example["without-oversight"]}
    assert severities["Activity B2.15"] == "warning"
    assert severities["Activity 3.5"] == "notice"
    assert severities["Activity A4.8"] == "notice"


def test_example_bodies_that_the_register_lacks_are_found(
    example: dict[str, list[Finding]],
) -> None:
    names = {f.found.split("”")[0][1:] for f in example["oversight-not-registered"]}
    assert names >= {
        "IPCAC",
        "Strategic Vulnerability Board",
        "Strategic Diversity Board",
        "Local Policing Strategic Board",
        "Communities and Partners Boards",
    }
    assert len(names) <= 8


def test_example_stale_dates_are_found_and_hardly_more(example: dict[str, list[Finding]]) -> None:
    stale = example["stale-date"]
    warned = Counter(
        f.record.reference for f in stale if f.severity == "warning" and f.record is not None
    )
    assert warned.keys() >= {
        "2016-4.6-activity-1",
        "2016-4.8-activity-1",
        "2016-4.9-activity-1",
        "2016-4.10-activity-1",
        "2016-D9-activity-1",
        "2016-D10-activity-1",
        "2016-D10-activity-2",
        "2016-4.3-activity-1",
        "2016-C2.2",
    }
    assert len(stale) <= 16
    assert "past-due" not in example


def test_example_every_reference_leads_somewhere(example: dict[str, list[Finding]]) -> None:
    assert "unresolved-reference" not in example
    assert "circular-reference" not in example
