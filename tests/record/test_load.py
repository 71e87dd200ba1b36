"""A file becomes records whole or not at all, says why when not, and changes nothing twice."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from peelian.figures.models import Observation
from peelian.intake.tables import Rejected, read
from peelian.pages import tables
from peelian.pages.export import as_csv, as_xlsx
from peelian.people.kinds import AREA, BODY, OVERSIGHT_MECHANISM
from peelian.people.models import Area
from peelian.promises.kinds import ACTIVITY
from peelian.record import operations, writing
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.load import load_file, load_paths
from peelian.record.models import Change, Link, Record, Status
from peelian.record.scope import PUBLIC
from tests.makers import amend, make, make_all
from tests.record.wrong_rows import WRONG_ROWS

pytestmark = pytest.mark.django_db

BY = Command("peelian load")


@pytest.fixture
def load(tmp_path):
    """Load text or bytes as a file of this name; return what became of its rows."""

    def loaded(name: str, content: str | bytes) -> dict[str, int]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return dict(load_file(path, by=BY).outcome)

    return loaded


@pytest.fixture
def refused(load):
    """Load a file that must be refused; return why, having seen that nothing of it was kept."""

    def why(name: str, content: str | bytes) -> str:
        before = everything()
        with pytest.raises(Rejected) as error:
            load(name, content)
        assert everything() == before
        return str(error.value)

    return why


def everything() -> dict[str, Any]:
    """Return all that a loader could have written."""
    return {
        "records": sorted(
            (r.kind, r.reference, r.title, r.version, r.status) for r in Record.objects.all()
        ),
        "areas": sorted((a.reference, a.level, a.ons_code) for a in Area.objects.all()),
        "changes": sorted((c.record_id, c.version, c.action) for c in Change.objects.all()),
        "links": sorted((k.source_id, k.target_id, k.form) for k in Link.objects.all()),
        "observations": sorted(
            Observation.objects.values_list("measure_id", "area_id", "period", "known", "value")
        ),
    }


@pytest.fixture
def world(db):
    """A little of everything that the three tables below stand on, published."""
    plan = make("plan", reference="2016")
    make("objective", reference="2016-1", title="Putting victims first", parent=plan)
    make("oversight-mechanism", reference="gov", title="Governance Board", also_known_as="GB")
    make("area", reference="north", title="North", level="local_policing_area")
    make("measure", reference="robbery", title="Robbery")
    return plan


AREAS = """reference,title,level,parent,ons_code
north,The North,local_policing_area,,
south,South,local_policing_area,,E07000001
"""
PLAN = """objective,element,commitment_reference,commitment,activity_reference,activity,status,\
as_at,update,oversight
Putting victims first,policing,A4,Support victims.,A4.1,Train staff.,on_track,2020-01-28,Begun.,GB
Putting victims first,policing,A4,Support victims.,A4.2,Ask victims.,at_risk,2020-01-28,Late.,GB
"""
OBSERVATIONS = """measure,area,period,value,as_at,source,illustrative
robbery,north,2019-11,12,2019-12-05,The force,no
robbery,north,2019-12,15,2020-01-05,The force,no
"""
IMPORTERS = {
    "areas.csv": (AREAS, "title"),
    "delivery-plan.csv": (PLAN, "oversight"),
    "observations-2019.csv": (OBSERVATIONS, "source"),
}


def without(text: str, column: str) -> str:
    """Return the table without one column."""
    rows = list(csv.reader(io.StringIO(text)))
    place = rows[0].index(column)
    out = io.StringIO()
    csv.writer(out).writerows(row[:place] + row[place + 1 :] for row in rows)
    return out.getvalue()


def spoiled(text: str) -> dict[str, tuple[str | bytes, str]]:
    """Return each way of spoiling a whole file, with what must be said of it."""
    head, *rows = text.splitlines(keepends=True)
    first = head.partition(",")[0]
    tail = ",".join("x" for _ in head.split(","))
    return {
        "empty": ("", "row 1: found nothing; expected a heading row."),
        "heading only": (head, "row 1: found a heading and no rows; expected at least one row."),
        "column twice": (
            head.strip() + f",{first}\n" + "".join(rows),
            f"row 1, column “{first}”: found “{first}” twice; expected each column once.",
        ),
        "unknown column": (
            text.replace(head, head.strip() + ",surprise\n"),
            "row 1, column “surprise”: found “surprise”; expected one of ",
        ),
        "Latin-1": (text.encode() + b"caf\xe9" + tail.encode(), "row 4: found the byte 0xE9;"),
        "UTF-16": (text.encode("utf-16"), "row 1: found the byte 0xFF; expected UTF-8 text"),
        "zero byte": (text + "x\0" + tail, "row 4, column "),
        "unclosed quotation mark": (text + '"' + tail, "row 4: found a quotation mark that is"),
        "too many cells": (text + tail + ",x\n", "one for each column."),
        "vast cell": (text + "y" * 200_000 + "\n", "row 4: found a cell of more than 131,072"),
        "semicolons": (text.replace(",", ";"), "row 1: found columns parted by semicolons;"),
    }


@pytest.mark.parametrize("fault", sorted(spoiled("a,b\n")))
@pytest.mark.parametrize("name", IMPORTERS)
def test_no_importer_keeps_anything_of_a_spoiled_file(world, refused, name, fault):
    content, said = spoiled(IMPORTERS[name][0])[fault]
    found = refused(name, content)
    assert said in found
    assert all(line.startswith(f"{name}, row ") for line in found.splitlines())


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_column_that_is_needed_is_named_once(world, refused, name):
    text, column = IMPORTERS[name]
    said = refused(name, without(text.replace("north,The", "west,The"), column))
    assert said.startswith(f"{name}, row 1: found the columns ")
    assert said.endswith(f"; expected a column “{column}”.")
    assert "\n" not in said


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_office_loads_the_same_table_as_csv_with_a_mark_or_crlf_and_as_a_workbook(
    world, load, name
):
    text = IMPORTERS[name][0]
    assert "new" in load(name, "\ufeff" + text)
    changes = Change.objects.count()
    rows = list(csv.reader(io.StringIO(text)))
    assert set(load(name, text.replace("\n", "\r\n"))) == {"same"}
    assert set(load(name.replace(".csv", ".xlsx"), as_xlsx(rows[0], rows[1:]))) == {"same"}
    assert Change.objects.count() == changes


# ---- one table of one kind ----

GOOD_CELL = {
    "title": "Good",
    "reference": "good",
    "level": "country",
    "plan": "2016",
    "objective": "2016-1",
    "number": "2",
    "purpose": "All of it",
    "definition": "d",
    "unit": "u",
    "source": "s",
    "body": "gov",
    "held_on": "2020-02-05",
    "measure": "robbery",
    "standard_is": "at_least",
    "value": "80",
}


@pytest.mark.parametrize(
    ("slug", "head", "row", "said"), WRONG_ROWS, ids=[f"{r[0]} {r[2]}" for r in WRONG_ROWS]
)
def test_a_wrong_row_is_told_and_the_good_rows_before_it_are_not_kept(
    world, refused, slug, head, row, said
):
    good = ",".join(GOOD_CELL.get(column, "") for column in head.split(","))
    found = refused(f"{slug}.csv", f"{head}\n{good}\n{row}\n")
    assert found.startswith(f"{slug}.csv, row 3")
    assert said in found


def test_a_reference_that_the_kind_makes_is_not_used_twice_in_a_file_either(world, refused):
    """Minutes are named by meeting and number: the second 315 would replace the first."""
    make("meeting", reference="2020-02-05")
    text = "meeting,number,title,text\n2020-02-05,315,One,First.\n2020-02-05,315,Two,Second.\n"
    expected = "expected each Minute once (it is in row 2 too)."
    assert refused("minutes.csv", text) == f"minutes.csv, row 3: found “2020-02-05-315”; {expected}"


def test_two_columns_cannot_fill_the_same_field(world, refused):
    text = "reference,title,number,plan,parent\nx,X,2,2016,2016\n"
    assert "column “parent”: found “parent”; expected one column for “parent”." in refused(
        "objectives.csv", text
    )


def test_every_wrong_row_is_told_up_to_two_hundred(world, refused):
    rows = "".join(f"r{n},R,nowhere\n" for n in range(300))
    said = refused("areas.csv", f"reference,title,level\n{rows}").splitlines()
    assert len(said) == 200
    assert said[199].startswith("areas.csv, row 201, column “level”")


def test_a_file_that_no_kind_is_called_after_is_refused(world, refused):
    assert "found “shopping”; expected a name among: " in refused("shopping.csv", AREAS)


def test_loading_twice_changes_nothing_and_a_correction_changes_what_differs(world, load):
    make("area", reference="good")  # north is on the record, with another title; south is not
    assert load("areas.csv", AREAS) == {"changed": 1, "new": 1}
    changes = Change.objects.count()
    assert load("areas.csv", AREAS) == {"same": 2}
    assert Change.objects.count() == changes

    assert load("areas.csv", AREAS.replace("E07000001", "E07000002")) == {"same": 1, "changed": 1}
    south = AREA.all().get(reference="south")
    change = Change.objects.get(record_id=south.pk, version=south.version)
    assert change.values == {"ons_code": ["E07000001", "E07000002"]}
    assert (change.action, change.by, change.why) == (
        "brought_in",
        "peelian load",
        "Loaded from areas.csv",
    )
    assert south.status == Status.PUBLISHED
    assert writing.unexplained(south) == {}


def test_a_table_with_some_of_the_columns_leaves_the_others_as_they_are(world, load):
    load("areas.csv", AREAS)
    assert load("areas.csv", "reference,ons_code\nsouth,E07000009\n") == {"changed": 1}
    south = AREA.all().get(reference="south")
    assert (south.title, south.level, south.ons_code) == (
        "South",
        "local_policing_area",
        "E07000009",
    )


def test_an_empty_cell_empties_what_may_be_empty(world, load):
    load("areas.csv", AREAS)
    assert load("areas.csv", AREAS.replace("E07000001", "")) == {"same": 1, "changed": 1}
    assert AREA.all().get(reference="south").ons_code == ""


def test_a_published_record_with_a_waiting_draft_is_not_loaded_over(world, load, refused):
    load("areas.csv", AREAS)
    amend(AREA.all().get(reference="south"), title="Deep South")
    assert load("areas.csv", AREAS) == {"same": 2}  # it holds nothing that is new
    said = refused("areas.csv", AREAS.replace("E07000001", "E07000002"))
    assert said == (
        "areas.csv, row 3: found “south”. “South” has a draft waiting; approve or discard it first."
    )


def test_a_reference_of_something_deleted_is_not_used_again(world, load, refused):
    load("areas.csv", AREAS)
    south = operations.withdraw(AREA.all().get(reference="south"), by=BY, why="Never existed")
    operations.delete(south, by=BY, why="Never existed")
    assert "row 3: found “south”. “south” belonged to a deleted record" in refused(
        "areas.csv", AREAS
    )


def test_others_are_named_by_reference_or_by_a_title_that_is_theirs_alone(world, load, refused):
    load("areas.csv", AREAS)
    head = "reference,title,level,parent\n"
    assert load("areas.csv", f"{head}east,East,local_authority,SOUTH\n") == {"new": 1}
    assert load("areas.csv", f"{head}east,East,local_authority,south\n") == {"same": 1}
    load("areas.csv", "reference,title,level\nsouth-2,South,country\n")
    said = refused("areas.csv", f"{head}east,East,local_authority,SOUTH\n")
    assert "column “parent”: found “SOUTH”; expected the reference or title of one area" in said


def test_choices_are_taken_by_code_or_by_label_and_booleans_in_words(world, load):
    text = "reference,title,purpose,frequency,in_public,notes_published\n"
    text += "b,Board,All,Every six weeks,YES,False\n"
    assert load("oversight-mechanisms.csv", text) == {"new": 1}
    board = OVERSIGHT_MECHANISM.all().get(reference="b")
    assert board.frequency == "every_six_weeks"
    assert (board.in_public, board.notes_published) == (True, False)


def test_a_folder_is_loaded_in_the_order_its_files_need_one_another(world, tmp_path):
    (tmp_path / "roles.csv").write_text("reference,title,body\nchief,Chief,force\n")
    (tmp_path / "bodies.csv").write_text("reference,title,form,area\nforce,Force,force,west\n")
    (tmp_path / "areas.csv").write_text("reference,title,level\nwest,West,force_area\n")
    (tmp_path / "~$areas.xlsx").write_bytes(b"the lock of an open spreadsheet")
    (tmp_path / "SOURCES.md").write_text("Where it comes from")
    loaded = list(load_paths([tmp_path], by=BY))
    assert [one.file for one in loaded] == ["areas.csv", "bodies.csv", "roles.csv"]
    assert str(loaded[0]) == "areas.csv: 1 new"


def test_of_several_files_those_before_a_refused_one_are_kept(world, tmp_path):
    (tmp_path / "areas.csv").write_text("reference,title,level\nwest,West,force_area\n")
    (tmp_path / "bodies.csv").write_text("reference,title,form,area\nforce,Force,force,nowhere\n")
    with pytest.raises(Rejected, match=r"bodies\.csv, row 2, column “area”: found “nowhere”"):
        list(load_paths([tmp_path], by=BY))
    assert AREA.all().filter(reference="west").exists()
    assert not BODY.all().filter(reference="force").exists()


@pytest.mark.parametrize("form", [as_csv, as_xlsx])
@pytest.mark.parametrize("name", ["area", "oversight-mechanism", "measure", "activity"])
def test_what_is_downloaded_can_be_loaded_again_and_is_the_same(tmp_path, tree, name, form):
    kind = kind_named(name)
    if kind is not ACTIVITY:
        make(kind, title="Board of the “Quoted” & Round; Ltd" if kind.links else "Two, three")
    columns = tables.export_columns(kind)
    rows = tables.rows(kind, list(kind.all().public()), columns, PUBLIC)
    body = [[cell.value for cell in row.cells] for row in rows]
    path = tmp_path / f"{kind.slug}.{'csv' if form is as_csv else 'xlsx'}"
    path.write_bytes(form([tables.label(kind, column) for column in columns], body))
    changes = Change.objects.count()
    assert load_file(path, by=BY).outcome == {"same": len(rows)}
    assert Change.objects.count() == changes


SAFE = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(SAFE, SAFE), min_size=1, max_size=4))
def test_any_text_that_is_exported_as_a_workbook_is_read_as_it_was(tmp_path, rows):
    path = tmp_path / "t.xlsx"
    path.write_bytes(as_xlsx(["a", "b"], rows))
    kept = [[cell.strip() for cell in row] for row in rows]
    kept = [row for row in kept if any(row)]
    found = [[row["a"], row["b"]] for row in read(path).rows] if kept else []
    assert found == kept


@given(st.lists(st.lists(SAFE, min_size=5, max_size=5), min_size=1, max_size=3))
def test_any_cells_are_loaded_or_refused_and_then_nothing_is_kept(db, tmp_path, rows):
    path = tmp_path / "areas.csv"
    out = io.StringIO()
    csv.writer(out).writerows([["reference", "title", "level", "parent", "ons_code"], *rows])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    before = everything()
    try:
        load_file(path, by=BY)
    except Rejected:
        assert everything() == before


def test_many_published_records_are_loaded_as_one_set(world, load):
    make_all("area", *({"reference": f"a{n}", "title": f"A {n}"} for n in range(3)))
    text = "reference,title,level\n" + "".join(f"a{n},A {n},force_area\n" for n in range(5))
    assert load("areas.csv", text) == {"same": 3, "new": 2}


COUNTED = {
    "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'record_record'",
    "sqlite": "SELECT MAX(stat + 0) FROM sqlite_stat1 WHERE tbl = 'record_record'",
}


def test_the_database_has_counted_what_was_loaded(tmp_path) -> None:
    rows = "".join(f"counted-{number},Counted {number},panel\n" for number in range(30))
    (tmp_path / "bodies.csv").write_text(f"reference,title,form\n{rows}")
    list(load_paths([tmp_path], by=BY))
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor])
        assert cursor.fetchone()[0] >= 30
