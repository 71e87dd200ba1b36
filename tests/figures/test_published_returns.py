"""Published files on the record: counted where they may be, left out where not, and said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from peelian.figures.load import Given, Outcome, load_return
from peelian.figures.models import Measure, Observation, Phase, Return
from peelian.intake.tables import Rejected
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.models import Change, Record
from tests.intake.test_police_uk import packed, street
from tests.makers import CHRIS, make

OPEN_DATA = Path(__file__).resolve().parents[2] / "../shared/data"
BY = Command("peelian figures load")
GIVEN = Given(as_at=dt.date(2026, 2, 1), source="Published")
REGISTER = replace(GIVEN, register=True)
DRUGS, ROBBERY = "drugs-police-uk", "robbery-police-uk"
TABLE = "PFA,2018/19,2019/20\n{}\n"
MET = "MajorText,MinorText,BoroughName,{}\nBURGLARY,{},Barnet,{}\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Area:
    """A force with two areas in it, another outside, and two measures of street-level crime."""
    force = make("area", reference="north", title="North", level="force_area")
    make("area", reference="eastby", title="Eastby", parent=force, level="local_policing_area")
    make("area", reference="hill", title="Hill", parent=force, level="local_policing_area")
    make("area", reference="far", title="Far", level="local_authority")
    for reference, title in ((DRUGS, "Drugs (police.uk)"), (ROBBERY, "Robbery (police.uk)")):
        make("measure", reference=reference, title=title, unit="incidents")
    return force


@pytest.fixture
def arrive(tmp_path: Path) -> Any:
    def arrived(name: str, content: str | bytes, given: Given = GIVEN) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_return(path, given, by=BY)

    return arrived


def stored(measure: str) -> dict[tuple[str, str], float]:
    rows = Observation.objects.filter(measure__reference=measure).select_related("area")
    return {(o.area.reference, f"{o.period:%Y-%m}"): o.value for o in rows}


EAST = ("E01000001", "Eastby 001A", "Drugs")
JANUARY = street(
    EAST, EAST, ("", "", "Drugs"), ("E01000009", "Far 001A", "Drugs"),
    ("E01000002", "Hill 001A", "Robbery"),
)  # fmt: skip
FEBRUARY = street(EAST, month="2025-02")
ARCHIVE = packed(
    {
        "2025-01/2025-01-north-street.csv": JANUARY,
        "2025-02/2025-02-north-street.csv": FEBRUARY,
        "2025-02/2025-02-south-street.csv": street(EAST, month="2025-02", force="South Police"),
    }
)


def test_a_row_counts_for_its_force_and_for_each_area_of_that_force_it_lies_in(north, arrive):
    outcome = arrive("crime.zip", ARCHIVE)
    assert stored(DRUGS) == {
        ("north", "2025-01"): 4.0,
        ("eastby", "2025-01"): 2.0,
        ("hill", "2025-01"): 0.0,
        ("north", "2025-02"): 1.0,
        ("eastby", "2025-02"): 1.0,
        ("hill", "2025-02"): 0.0,
    }
    assert outcome.notes == (
        "No file of south for 2025-01: left out, and not taken for noughts.",
        "North Police: 1 rows name no place: in its total only.",
        "North Police: 1 rows lie in places that are no area within it on the register: in its"
        " total only (Far 1).",
        "Left out, as the register has no such area: South Police.",
    )
    assert Return.objects.get().note.startswith("No file of south for 2025-01")


def test_a_rare_crime_that_a_file_lacks_is_a_nought_and_a_usual_one_is_a_gap(north, arrive):
    arrive("crime.zip", ARCHIVE)
    assert stored(ROBBERY)["north", "2025-02"] == 0.0
    many = street(*[("", "", "Robbery")] * 25, EAST, month="2024-11")
    few = street(EAST, month="2024-12")
    files = {"2024-11-north-street.csv": many, "2024-12-north-street.csv": few}
    outcome = arrive("more.zip", packed(files))
    assert ("north", "2024-12") not in stored(ROBBERY)
    assert (
        "North Police: no row of Robbery (police.uk) in 2024-12: left out, and not taken for"
        " noughts."
    ) in outcome.notes


def test_an_area_may_be_known_by_its_code_or_by_what_the_office_calls_it(north, arrive):
    code = make("area", parent=north, level="local_policing_area", ons_code="E01000009")
    given = replace(GIVEN, names={"Far": "hill"})
    arrive("2025-01-north-street.csv", JANUARY, given)
    counted = stored(DRUGS)
    assert counted[code.reference, "2025-01"] == counted["hill", "2025-01"] == 1.0


def test_places_that_no_area_is_called_by_are_told_so_that_they_can_be_mapped(north, arrive):
    content = street(("E01000009", "Far 001A", "Drugs"), ("E01000009", "Far 001A", "Drugs"))
    said = "2 rows lie in places that are no area within it on the register: in its total only"
    [note] = arrive("2025-01-north-street.csv", content).notes
    assert note == f"North Police: {said} (Far 2)."
    make("area", title="South", level="force_area")
    [note] = arrive("other.csv", content.replace("North Police", "South Police")).notes
    assert note.startswith("South Police: no area within is on the register")


def test_a_second_load_says_the_same_and_stores_nothing_and_takes_what_is_new(north, arrive):
    arrive("crime.zip", ARCHIVE)
    before = Observation.objects.count()
    again = arrive("again.zip", ARCHIVE)
    assert (again.new, again.revised, again.same) == (0, 0, before)
    assert Return.objects.count() == 1
    make("area", reference="south", title="South", level="force_area")
    assert arrive("crime.zip", ARCHIVE).new == 1  # both crimes, but this file has one of them


def test_another_count_for_the_same_day_is_refused_and_names_what_it_is_of(north, arrive):
    arrive("2025-01-north-street.csv", JANUARY)
    before = Observation.objects.count()
    with pytest.raises(Rejected) as refused:
        arrive("2025-01-north-street.csv", JANUARY.replace("Robbery", "Drugs"))
    assert (
        "found “5” for Drugs (police.uk), North, 2025-01; expected 4, as stored for this day; give"
        " a revision its own as_at." in str(refused.value)
    )
    assert Observation.objects.count() == before


def test_an_archive_with_one_bad_row_leaves_nothing(north, arrive):
    bad = {"2025-01-north-street.csv": JANUARY, "2025-02-north-street.csv": JANUARY}
    with pytest.raises(Rejected, match=r"2025-02-north-street.csv, row 2, column “Month”"):
        arrive("crime.zip", packed(bad))
    assert not Observation.objects.exists()
    assert not Return.objects.exists()


def test_an_empty_office_may_register_what_a_published_file_names(arrive):
    arrive("2025-01-north-street.csv", JANUARY, REGISTER)
    assert [a.level for a in Area.objects.all()] == ["force_area"]
    drugs = Measure.objects.get(reference=DRUGS)
    assert "Not police recorded crime" in drugs.definition
    arrive("deaths.csv", TABLE.format("Kent,4,5"), REGISTER)
    deaths = Measure.objects.get(reference="deaths")
    assert deaths.frequency == "rolling_year"
    assert stored("deaths") == {("kent", "2018-04"): 4.0, ("kent", "2019-04"): 5.0}


def test_of_a_national_table_an_office_takes_its_own_however_the_force_is_spelt(arrive):
    make("area", reference="dc", title="Devon and Cornwall", level="force_area")
    make("measure", reference="deaths", title="Deaths", frequency="rolling_year")
    text = TABLE.format("Devon & Cornwall,4,..\nKent,1,2")
    outcome = arrive("deaths.csv", text)
    assert stored("deaths") == {("dc", "2018-04"): 4.0}
    assert outcome.gaps == 1
    assert outcome.notes == ("Left out, as the register has no such area: Kent.",)


def test_what_is_on_the_register_is_never_renamed_by_a_file_and_what_it_names_twice_is_one(arrive):
    make("area", reference="kent", title="Kent and Medway", level="local_authority")
    text = "Force,Year,Count\nKent,2019,1\nDevon & Cornwall,2019,2\nDevon and Cornwall,2020,3\n"
    outcome = arrive("deaths.csv", text, REGISTER)
    assert Area.objects.get(reference="kent").title == "Kent and Medway"
    assert outcome.notes == ("Left out, as the register has no such area: Kent.",)
    assert stored("deaths") == {
        ("devon-cornwall", "2019-01"): 2.0,
        ("devon-cornwall", "2020-01"): 3.0,
    }


def test_long_names_that_begin_alike_are_measures_of_their_own(arrive):
    long = "Offences recorded by the police in the area of each force of England and Wales of the"
    text = f"Force,Year,{long} first kind,{long} second kind\nKent,2019,1,2\n"
    arrive("long.csv", text, REGISTER)
    assert sorted(o.value for o in Observation.objects.all()) == [1.0, 2.0]
    assert [len(m.reference) for m in Measure.objects.all()] == [80, 80]


@pytest.mark.parametrize(
    ("force", "why"), [("K" * 601, "at most 600 characters"), ("Ke\x03nt", r"cannot be shown \(U")]
)
def test_a_name_that_cannot_be_registered_is_told_by_its_place(arrive, force, why):
    with pytest.raises(Rejected, match=rf"odd.csv, row 3, column “area”: .*{why}"):
        arrive("odd.csv", f"Force,Year,Count\nKent,2019,1\n{force},2019,1\n", REGISTER)
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TABLE.format("Kent,4,5"), "found no measure on the register, only deaths; expected at"),
        (TABLE.format("Kent,4,5"), "found no area on the register, only Kent; expected at least"),
    ],
)
def test_a_table_of_which_nothing_is_ours_is_refused(north, arrive, text, said):
    with pytest.raises(Rejected) as refused:
        arrive("deaths.csv", text)
    assert said in str(refused.value)


def test_a_figure_of_ours_that_is_no_number_refuses_the_table_with_its_place(north, arrive):
    make("measure", title="deaths", frequency="rolling_year")
    with pytest.raises(Rejected) as refused:
        arrive("deaths.csv", TABLE.format("North,4,x"))
    assert (
        str(refused.value) == "deaths.csv, row 2, column “2019/20”: found “x”; expected a number."
    )
    assert not Observation.objects.exists()


def test_a_renamed_category_begins_a_phase_once_and_everybody_sees_why(arrive):
    old = arrive("old.csv", MET.format(202311, "DOMESTIC BURGLARY", 5), REGISTER)
    assert old.notes == ()
    outcome = arrive("new.csv", MET.format(202312, "BURGLARY - RESIDENTIAL", 9), REGISTER)
    phase = Phase.objects.get()
    assert (phase.starts, phase.cause, phase.decision, phase.area_id, phase.status) == (
        dt.date(2023, 12, 1), "definition", "accepted", None, "published",
    )  # fmt: skip
    assert outcome.notes == (
        "Burglary: domestic burglary: a new phase begins in December 2023, when the category was"
        " renamed.",
    )
    change = Change.objects.get(kind="phase")
    assert (change.action, change.by) == ("brought_in", BY.name)
    arrive("later.csv", MET.format(202401, "BURGLARY - RESIDENTIAL", 8), REGISTER)
    assert Phase.objects.count() == 1


@pytest.mark.parametrize("decided", ["rejected", "elsewhere", "draft", "deleted"])
def test_a_known_break_never_overrules_what_an_analyst_decided(arrive, decided):
    arrive("old.csv", MET.format(202311, "DOMESTIC BURGLARY", 5), REGISTER)
    values: dict[str, Any] = {"parent": Measure.objects.get(), "starts": dt.date(2023, 12, 1)}
    if decided == "rejected":
        values["decision"] = "rejected"
    if decided == "elsewhere":
        values |= {"area": Area.objects.get(), "starts": dt.date(2024, 1, 1)}
    status = "draft" if decided in ("draft", "deleted") else "published"
    phase: Record = make("phase", status=status, **values)
    if decided == "deleted":
        operations.delete(phase, by=CHRIS, why="Not so")
    before = list(Phase.objects.values_list("pk", "version"))
    arrive("new.csv", MET.format(202312, "BURGLARY - RESIDENTIAL", 9), REGISTER)
    assert list(Phase.objects.values_list("pk", "version")) == before


# ---- files as they are published ----


def published(path: str) -> Path:
    if not (OPEN_DATA / path).exists():
        pytest.skip(f"The open data ({path}) are not beside this project.")
    return OPEN_DATA / path


def test_a_year_of_a_real_force_adds_up_to_every_row_of_its_files():
    path = published("police-uk/city-of-london-2025-street.zip")
    outcome = load_return(path, REGISTER, by=BY)
    assert sum(total for of in outcome.totals.values() for _p, total, _n in of) == 8875
    assert outcome.new == 14 * 12
    assert stored("possession-of-weapons-police-uk")["city-of-london-police", "2025-08"] == 0.0


def test_a_real_workbook_gives_each_of_43_forces_and_the_transport_police_once():
    path = published("police-performance/police-workforce-sep19-tables.ods")
    outcome = load_return(path, REGISTER, by=BY)
    assert (len(outcome.measures), Area.objects.count()) == (12, 44)
    every = stored("police-officers-fte").items()
    officers = {place: count for (place, month), count in every if month == "2019-09"}
    assert officers["west-midlands"] == pytest.approx(6405.0636, abs=1e-4)
    # The workbook's own total, less the officers seconded to central services.
    assert sum(officers.values()) == pytest.approx(128149.0349 - 380.6321, abs=1e-3)
