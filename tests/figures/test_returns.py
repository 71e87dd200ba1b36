"""Returns: long or wide, recognised by their headings, all or nothing, and never twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.figures import load as loading
from peelian.figures.load import Given, load_return
from peelian.figures.models import Assessment, Measure, Observation, Return
from peelian.figures.staging import Stage
from peelian.intake.layouts import as_period, is_period
from peelian.intake.tables import Rejected
from peelian.people.models import Area
from peelian.record.access import Command
from tests.makers import make

BY = Command("peelian figures load")
GIVEN = Given(as_at=dt.date(2025, 12, 5), source="Force return")
LONG = "measure,area,period,value\nrobbery,north,2025-10,12\nrobbery,north,2025-11,15\n"
WIDE = "Measure,Area,Oct-25,2025-11,202512\nRobbery,North,12,..,1\nrobbery,south,7,8,-\n"
MET = (
    "MajorText,MinorText,BoroughName,202510,202511\n"
    "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Barnet,12,14\n"
    "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Bexley,3,0\n"
)


@pytest.fixture
def register(db):
    make("area", reference="north", title="North")
    make("area", reference="south", title="South")
    make("measure", reference="robbery", title="Robbery")


@pytest.fixture
def arrive(tmp_path):
    def arrived(text: str, given: Given = GIVEN, name: str = "return.csv"):
        path = Path(tmp_path, name)
        path.write_text(text, encoding="utf-8", newline="")
        return load_return(path, given, by=BY)

    return arrived


def stored():
    rows = Observation.objects.order_by("area__reference", "period", "known")
    return [(o.area.reference, f"{o.period:%Y-%m}", o.value) for o in rows.select_related("area")]


def refusal(arrive, text: str, given: Given = GIVEN) -> list[str]:
    before = stored(), Return.objects.count()
    with pytest.raises(Rejected) as refused:
        arrive(text, given)
    assert (stored(), Return.objects.count()) == before
    return str(refused.value).splitlines()


def test_the_day_and_the_source_may_be_said_once_for_the_whole_return(register, arrive):
    outcome = arrive(LONG)
    assert (outcome.layout, outcome.new, outcome.gaps) == ("long", 2, 0)
    one = Observation.objects.first()
    assert (one.known, one.source) == (dt.date(2025, 12, 5), "Force return")
    assert one.came_in == Return.objects.get()
    assert str(outcome) == "return.csv: 2 new"


def test_without_a_day_or_a_source_it_is_refused(register, arrive):
    assert refusal(arrive, LONG, Given()) == [
        "return.csv, row 1: found the columns measure, area, period, value; expected a column"
        " “as_at”.",
        "return.csv, row 1: found the columns measure, area, period, value; expected a column"
        " “source”.",
    ]


def test_a_wide_return_is_recognised_and_a_missing_value_is_a_gap_and_no_nought(register, arrive):
    outcome = arrive(WIDE)
    assert (outcome.layout, outcome.new, outcome.gaps) == ("wide", 4, 2)
    assert stored() == [
        ("north", "2025-10", 12.0),
        ("north", "2025-12", 1.0),
        ("south", "2025-10", 7.0),
        ("south", "2025-11", 8.0),
    ]


def test_a_wrong_cell_of_a_wide_return_is_named_by_its_row_and_its_month(register, arrive):
    [said] = refusal(arrive, WIDE.replace(",8,", ",eight,"))
    assert said == ("return.csv, row 3, column “2025-11”: found “eight”; expected a number.")


def test_the_published_file_of_boroughs_registers_what_an_empty_office_lacks(db, arrive):
    given = Given(as_at=dt.date(2025, 12, 20), source="MPS", register=True)
    outcome = arrive(MET, given)
    assert (outcome.layout, outcome.new) == ("met-boroughs", 4)
    assert Measure.objects.get().title == "Robbery: robbery of personal property"
    assert {a.reference for a in Area.objects.all()} == {"barnet", "bexley"}
    assert stored()[-1] == ("bexley", "2025-11", 0.0)


def test_without_leave_to_register_an_unknown_name_is_refused(register, arrive):
    said = refusal(arrive, MET, GIVEN)
    assert "the reference of a measure on the register" in said[0]


def test_the_next_file_may_call_a_category_otherwise_and_it_is_the_same_measure(db, arrive):
    given = Given(as_at=dt.date(2025, 12, 20), source="MPS", register=True)
    head = "MajorText,MinorText,BoroughName,{}\n"
    arrive(head.format(202510) + "BURGLARY,DOMESTIC BURGLARY,Barnet,5\n", given)
    arrive(head.format(202511) + "BURGLARY,BURGLARY - RESIDENTIAL,Barnet,6\n", given, "next.csv")
    assert Measure.objects.count() == 1
    assert Observation.objects.count() == 2


def test_a_map_says_what_the_file_calls_what(register, arrive):
    text = LONG.replace("robbery", "Robb. (all)").replace("north", "Area 1")
    names = {"Robb. (all)": "robbery", "area 1": "north"}
    given = Given(as_at=GIVEN.as_at, source="Force return", names=names)
    assert arrive(text, given).new == 2


def test_a_dry_run_says_what_would_be_and_keeps_nothing(register, arrive):
    outcome = arrive(LONG, Given(as_at=GIVEN.as_at, source="x", dry_run=True))
    assert outcome.new == 2
    [totals] = outcome.totals.values()
    assert [(f"{day:%Y-%m}", total, count) for day, total, count in totals] == [
        ("2025-10", 12.0, 1),
        ("2025-11", 15.0, 1),
    ]
    assert stored() == []
    assert not Return.objects.exists()


def test_the_very_same_file_is_known_again_and_nothing_is_done(register, arrive):
    arrive(LONG)
    again = arrive(LONG, name="renamed.csv")
    assert again.repeated == Return.objects.get()
    assert "very same file" in str(again)


def test_a_later_day_revises_and_what_was_known_stays(register, arrive):
    arrive(LONG)
    later = Given(as_at=dt.date(2026, 1, 5), source="Force return")
    outcome = arrive(LONG.replace(",12\n", ",13\n"), later)
    assert (outcome.new, outcome.revised, outcome.same) == (0, 2, 0)
    assert ("north", "2025-10", 12.0) in stored()
    assert ("north", "2025-10", 13.0) in stored()


def test_what_a_return_touches_is_assessed_with_it(register, arrive):
    months = "".join(f"robbery,north,2025-{n:02},{10 + n % 2}\n" for n in range(1, 13))
    arrive("measure,area,period,value\n" + months)
    assert Assessment.objects.get().period == dt.date(2025, 12, 1)


@pytest.mark.parametrize("moment", ["staged", "appended", "assessed"])
def test_cut_off_at_any_moment_nothing_is_half_loaded(register, arrive, monkeypatch, moment):
    def cut(*args, **kwargs):
        raise KeyboardInterrupt

    if moment == "staged":
        monkeypatch.setattr(Stage, "counts", cut)
    elif moment == "appended":
        monkeypatch.setattr("peelian.figures.assessments.refresh", cut)
    else:
        monkeypatch.setattr(loading, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        arrive(LONG)
    assert not Observation.objects.exists()
    assert not Return.objects.exists()
    assert not Assessment.objects.exists()
    monkeypatch.undo()
    assert arrive(LONG).new == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "a heading row"),
        ("measure,area,period,value\n", "at least one row"),
        ("a,b\n1,2\n", "a row for each value"),
        ("measure,area,period,value,colour\nrobbery,north,2025-10,1,red\n", "“colour”"),
        ("measure,area,2025-10,colour\nrobbery,north,1,red\n", "“colour”"),
        ("measure,area,period,value\nrobbery,north,2025-10,1,2\n", "5 cells"),
        ('measure,area,period,value\n"robbery,north,2025-10,1\n', "never closed"),
        ("measure;area;period;value\n", "semicolons"),
        (LONG + "robbery,north,2025-10,12\n", "each month of a series once (it is in row 2 too)"),
        (LONG.replace("12", "1e999"), "a number"),
    ],
)
def test_a_malformed_return_is_told_and_leaves_nothing(register, arrive, text, says):
    assert any(says in said for said in refusal(arrive, text))


@pytest.mark.parametrize("content", [b"measure,area\xff\n", b"measure,area\nx,\xe9\n", b"\x00\x00"])
def test_what_is_not_text_is_refused_with_its_row(register, tmp_path, content):
    path = tmp_path / "return.csv"
    path.write_bytes(content)
    with pytest.raises(Rejected):
        load_return(path, GIVEN, by=BY)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["north", "south"]), st.integers(1, 12)),
        st.integers(0, 10**6),
        min_size=1,
    )
)
def test_long_and_wide_say_the_same(register, tmp_path_factory, told):
    Assessment.objects.all().delete()
    Observation.objects.all().delete()
    Return.objects.all().delete()
    folder = tmp_path_factory.mktemp("returns")
    long = folder / "long.csv"
    rows = [f"robbery,{area},2025-{month:02},{value}" for (area, month), value in told.items()]
    long.write_text("\n".join(["measure,area,period,value", *rows]))
    load_return(long, GIVEN, by=BY)
    months = range(1, 13)
    wide = folder / "wide.csv"
    lines = [
        ",".join(["robbery", area, *(str(told.get((area, m), "..")) for m in months)])
        for area in ("north", "south")
    ]
    head = ",".join(["measure", "area", *(f"2025{m:02}" for m in months)])
    wide.write_text("\n".join([head, *lines]))
    again = load_return(wide, GIVEN, by=BY)
    assert (again.new, again.revised, again.same) == (0, 0, len(told))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019-12", "2019-12"),
        ("201912", "2019-12"),
        ("Dec-19", "2019-12"),
        ("december 2019", "2019-12"),
        ("2019/20-q3", "2019/20-Q3"),
        ("2019-w50", "2019-W50"),
        ("2019", "2019"),
    ],
)
def test_months_are_read_as_people_write_them(text, period):
    assert as_period(text) == period
    assert is_period(text)


@pytest.mark.parametrize("text", ["01/12/2019", "12/2019", "201913", "value", "area_2", ""])
def test_what_could_be_two_things_is_no_period(text):
    assert not is_period(text)
