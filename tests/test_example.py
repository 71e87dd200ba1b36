"""The worked example comes in by the loaders an office has, holds what it promises, in our words.

The facts are those of the founding pack of 5 February 2020; the counts below are its counts.
"""

from __future__ import annotations

import csv
import re
import runpy
from collections import Counter
from pathlib import Path

import pytest

from peelian.figures.kinds import MEASURE, QUOTED_FIGURE, TOPIC
from peelian.figures.models import Observation
from peelian.inspections.kinds import GRADE, INSPECTION
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, MEETING, MINUTE, WORK_PROGRAMME
from peelian.people.kinds import AREA, BODY, MEMBERSHIP, OVERSIGHT_MECHANISM, PERSON, ROLE
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, PLAN, UNDERTAKING, UPDATE
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.load import load_paths
from peelian.record.models import Change, Link, Record, Status
from peelian.record.writing import unexplained

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples/west-mercia-2020"
PACK = ROOT / "../shared/seed/pack-2020-02-05.txt"
BY = Command("peelian load")
FILES = sorted(path.name for path in EXAMPLE.glob("*.csv"))


# Without it this file, run by itself, has no database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    """The whole folder, loaded once for the tests below, and gone after them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield {one.file: dict(one.outcome) for one in load_paths([EXAMPLE], by=BY)}
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def rows_of(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(kind, field: str) -> Counter[str]:
    return Counter(kind.all().values_list(field, flat=True))


# ---- as loaded ----


def test_every_file_is_loaded_and_every_row_is_new(example):
    assert sorted(example) == FILES
    assert all(set(outcome) == {"new"} for outcome in example.values())
    for name, outcome in example.items():
        made = 55 + 110 + 110 if name == "delivery-plan.csv" else len(rows_of(name))
        assert outcome["new"] == made, name


def test_everything_is_published_and_explained_by_its_file(example):
    assert set(Record.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
    changes = Change.objects.all()
    assert changes.count() == Record.objects.count()
    assert {(c.action, c.by) for c in changes} == {("brought_in", "peelian load")}
    assert {c.why.removeprefix("Loaded from ") for c in changes} == {
        name for name in FILES if not name.startswith("observations")
    }
    assert {tuple(unexplained(record)) for record in ACTIVITY.all()[:20]} == {()}


def test_loading_it_again_changes_nothing(example):
    def state() -> tuple[int, ...]:
        return tuple(m.objects.count() for m in (Record, Change, Link, Observation))

    before = state()
    again = {one.file: dict(one.outcome) for one in load_paths([EXAMPLE], by=BY)}
    assert again == {name: {"same": outcome["new"]} for name, outcome in example.items()}
    assert state() == before


def test_people_bodies_and_areas(example):
    assert PERSON.all().count() == len(rows_of("people.csv"))
    assert BODY.all().count() == len(rows_of("bodies.csv"))
    assert ROLE.all().count() == len(rows_of("roles.csv"))
    assert MEMBERSHIP.all().count() == len(rows_of("memberships.csv"))
    areas = AREA.all()
    assert counts(AREA, "level") == {"force_area": 1, "local_policing_area": 5}
    assert {a.parent.reference for a in areas if a.parent} == {"west-mercia"}


# ---- promises ----


def test_the_plan_has_four_objectives_and_fifty_five_commitments(example):
    assert PLAN.all().count() == 1
    assert {o.number: o.title for o in OBJECTIVE.all()} == {
        1: "Putting victims and survivors first",
        2: "Building a more secure West Mercia",
        3: "Reforming West Mercia",
        4: "Reassuring West Mercia’s communities",
    }
    assert counts(COMMITMENT, "element") == {"policing": 30, "commissioner": 25}


def test_it_has_a_hundred_and_ten_activities_with_their_printed_references(example):
    printed = counts(ACTIVITY, "printed_reference")
    assert sum(printed.values()) == 110
    assert sum(n for reference, n in printed.items() if reference) == 70
    assert {reference: n for reference, n in printed.items() if n > 1} == {"": 40, "3.2.3": 2}


def test_every_activity_has_its_status_and_its_update_as_printed(example):
    assert counts(ACTIVITY, "progress") == {"on_track": 68, "complete": 38, "on_hold": 4}
    printed = Counter(row["status_as_printed"] for row in rows_of("delivery-plan.csv"))
    assert counts(ACTIVITY, "progress_as_printed") == printed
    assert sum(n for words_, n in printed.items() if words_) == 56
    added = rows_of("updates.csv")
    assert UPDATE.all().count() == 110 + len(added)
    updated = Counter(UPDATE.all().values_list("parent__reference", flat=True))
    activities = set(ACTIVITY.all().values_list("reference", flat=True))
    assert activities <= set(updated)
    assert sum(updated.values()) - 110 == len(added)


def test_its_oversight_names_lead_to_the_register(example):
    links = Link.objects.filter(form="overseen_by")
    assert {link.target.kind for link in links.select_related("target")} == {"oversight-mechanism"}
    overseen = set(links.values_list("source__reference", flat=True))
    assert len(overseen) > 30
    assert overseen <= set(
        ACTIVITY.all().exclude(oversight_as_printed="").values_list("reference", flat=True)
    )


def test_thirty_three_oversight_mechanisms(example):
    register = OVERSIGHT_MECHANISM.all()
    assert register.count() == 33
    assert register.filter(notes_published=True).count() == 6
    assert register.filter(in_public=True).count() == 1
    assert register.filter(meets="").count() == 2
    assert not register.filter(purpose="").exists()


# ---- figures ----


def test_thirty_topics_in_twenty_eight_rows_under_inclusion_rules(example):
    assert TOPIC.all().count() == 30
    assert len(counts(TOPIC, "order")) == 28
    assert set(counts(TOPIC, "inclusion_rule")) >= {
        "month_and_quarter",
        "quarter_unless_exceptional",
        "quarter_unless_updated",
        "quarter_report",
        "exceptional_only",
    }


def test_figures_that_the_pack_does_not_print_are_marked_as_illustrative(example):
    for name in ("illustrative", "recorded-crime-2025"):
        assert Observation.objects.filter(
            came_in__file=f"observations-{name}.csv", row__gt=1
        ).count() == len(rows_of(f"observations-{name}.csv"))
    real = Observation.objects.filter(illustrative=False)
    assert real.filter(measure__reference__startswith="street-").count() == 1080
    assert not real.filter(source__icontains="illustrative").exists()
    made_up = Observation.objects.filter(illustrative=True)
    assert made_up.count() > 4000
    assert made_up.exclude(source__icontains="illustrative").count() == 0


def test_measures_and_quoted_figures(example):
    assert MEASURE.all().count() == len(rows_of("measures.csv"))
    assert QUOTED_FIGURE.all().count() == len(rows_of("quoted-figures.csv"))
    confidence = {
        figure.value
        for figure in QUOTED_FIGURE.all()
        if figure.measure.reference.startswith("confidence") and figure.value
    }
    assert len(confidence) > 1  # they contradict each other, as in the pack


# ---- meetings and inspections ----


def test_the_meeting_of_27_november_2019_has_eleven_minutes_and_twelve_undertakings(example):
    minutes = MINUTE.all().in_order()
    assert [minute.number for minute in minutes] == list(range(315, 326))
    assert {minute.parent.reference for minute in minutes} == {"2019-11-27"}
    made_at = {u.reference: u.made_at for u in UNDERTAKING.all().in_order()}
    assert list(made_at) == [f"U{number}" for number in range(1, 13)]
    assert {minute.parent.reference for minute in map(whole, made_at.values())} == {"2019-11-27"}
    assert ATTENDANCE.all().count() == 21


def whole(record: Record) -> Record:
    """Return a record as its own kind has it."""
    return kind_named(record.kind).all().get(pk=record.pk)


def test_the_agenda_of_5_february_2020_has_nine_items(example):
    items = AGENDA_ITEM.all().in_order()
    assert [(i.parent.reference, i.number) for i in items] == [
        ("2020-02-05", number) for number in range(1, 10)
    ]
    assert MEETING.all().get(reference="2020-02-05").held_on.isoformat() == "2020-02-05"


def test_the_work_programme_has_ten_items_and_two_that_may_come(example):
    forms = counts(WORK_PROGRAMME, "form")
    assert forms.pop("potential") == 2
    assert sum(forms.values()) == 10


def test_seven_inspections_with_their_grades(example):
    assert INSPECTION.all().count() == 7
    assert GRADE.all().count() == 7
    graded = {(g.parent.reference, g.question): g.grade for g in GRADE.all()}
    assert graded["peel-2018-19", "effectiveness"] == "requires improvement"
    assert "inadequate" in graded.values()


# ---- the three quarters before, made up ----


def test_the_script_makes_the_committed_quarters():
    made = runpy.run_path(str(EXAMPLE / "make_quarters.py"))["made"]
    assert made() == (EXAMPLE / "earlier/updates.csv").read_text(encoding="utf-8")


def test_every_activity_has_three_earlier_updates_that_say_they_are_made_up(example):
    outcomes = [dict(one.outcome) for one in load_paths([EXAMPLE / "earlier"], by=BY)]
    assert outcomes == [{"new": 330}]
    earlier = UPDATE.all().filter(as_at__lt="2019-12-31")
    assert set(Counter(earlier.values_list("parent_id", flat=True)).values()) == {3}
    assert {text.split(":")[0] for text in earlier.values_list("text", flat=True)} == {
        "Illustrative"
    }
    # The plan still stands where the pack left it.
    assert counts(ACTIVITY, "progress") == {"on_track": 68, "complete": 38, "on_hold": 4}


# ---- the sentences are our own ----

RUN = 12
# What stands as it is printed: the titles of reports.
NAMES = (
    "PEEL: Police effectiveness, efficiency and legitimacy 2018/19 – An inspection of West Mercia"
    " Police",
    "Her Majesty’s Inspectorate of Constabulary and Fire and Rescue Services (HMICFRS) Inspection"
    " Report, PEEL: Police effectiveness, efficiency and legitimacy 2018/19 – An inspection of West"
    " Mercia",
)


def words(text: str) -> list[str]:
    """Return the words of a text without case, punctuation or line breaks."""
    joined = re.sub(r"(?<=\w)[-‐]\s*\n\s*(?=[a-z])", "", text)
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", joined.casefold()))


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[n : n + RUN]) for n in range(len(said) - RUN + 1)}


@pytest.mark.skipif(not PACK.exists(), reason="The founding pack is not on this machine.")
def test_no_sentence_is_copied_from_the_pack():
    printed = runs(PACK.read_text(encoding="utf-8", errors="replace"))
    assert len(printed) > 10_000
    printed -= set().union(*(runs(name) for name in NAMES))
    copied = {
        f"{path.name}: {' '.join(run)}"
        for path in sorted(EXAMPLE.glob("*.csv"))
        for row in rows_of(path.name)
        for column, cell in row.items()
        for text in (cell.split(";") if column == "oversight" else [cell])  # a list of names
        for run in runs(text) & printed
    }
    assert sorted(copied) == []
