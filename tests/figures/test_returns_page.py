"""A return brought in on screen: seen before anything is stored, then loaded whole or cancelled."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.config.uploads import MOST_BYTES
from peelian.figures import waiting
from peelian.figures.models import Assessment, Observation, Return
from peelian.intake.layouts import LAYOUTS
from peelian.record.access import ROLES
from tests.figures.test_assess import observe
from tests.intake.files import grid, ods, ods_rows
from tests.intake.test_police_uk import packed, street
from tests.makers import make, make_user

pytestmark = pytest.mark.django_db
HERE = "/office/performance/returns/"
OCTOBER, NOVEMBER = dt.date(2019, 10, 1), dt.date(2019, 11, 1)
SAID = {"as_at": "20/1/2020", "source": "Force return"}
WIDE = "measure,area,2019-11,2019-12\nrobbery,north,13,14\nrobbery,south,7,..\n"


def know(measure, area, values, known=dt.date(2019, 12, 5)):
    observe(measure, area, values, known=known, source="Force return")


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A folder of data of one's own, and a day."""
    settings.DATA = tmp_path
    settings.OFFICE = settings.OFFICE | {"today": "2020-01-28"}
    return tmp_path


@pytest.fixture
def office(db):
    """A force with two areas in it, robberies of October and November, and Ana the analyst."""
    force = make("area", reference="force", title="The force")
    made = {"force": force, "robbery": make("measure", reference="robbery", title="Robbery")}
    for name in ("north", "south"):
        made[name] = make("area", reference=name, title=name.capitalize(), parent=force)
        know(made["robbery"], made[name], {OCTOBER: 10.0, NOVEMBER: 12.0})
    made["ana"] = make_user("ana", "analyst")
    return made


@pytest.fixture
def ana(office, client):
    client.force_login(office["ana"])
    return client


def send(client, content: str | bytes, name: str = "december.csv", **said: str):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return client.post(HERE, {"file": file} | SAID | said)


def words(response) -> str:
    return re.sub(r"(<[^>]+>|\s)+", " ", response.content.decode())


def preview(client, content: str | bytes, name: str = "december.csv", **said: str):
    """Send a file and return the address of its preview."""
    sent = send(client, content, name, **said)
    assert sent.status_code == 302, words(sent)
    return sent["Location"]


def held(data: Path) -> list[str]:
    return [path.name for path in (data / "waiting").glob("*/file/*")]


# ---- the way through ----


def test_before_anything_is_stored_one_sees_what_the_return_would_do(ana):
    before = Observation.objects.count()
    said = words(ana.get(preview(ana, WIDE)))
    assert "Nothing is stored yet." in said
    assert "New 1 No value is stored" in said
    assert "Changed 2 " in said
    assert "Left out 1 " in said
    assert "Robbery North November 2019 12 13 2 " in said
    assert "Robbery South November 2019 12 7 3 " in said
    assert "Robbery, December 2019: nothing for South." in said
    assert "1 cell is empty or marked as not available." in said
    assert "20 January 2020, unless a row says otherwise" in said
    assert Observation.objects.count() == before
    assert not Return.objects.exists()


def test_totals_stand_against_last_time_in_the_areas_that_have_both(ana):
    said = words(ana.get(preview(ana, WIDE)))
    assert "14 1 area none 20 November 2019, 2 areas +7.7% in the 1 area with both" in said


def test_an_area_within_another_is_not_counted_twice(ana):
    text = "measure,area,2019-11,2019-12\nrobbery,force,20,30\nrobbery,north,8,12\n"
    said = words(ana.get(preview(ana, text)))
    assert "Robbery December 2019 30 2 areas none 20 November 2019, 3 areas +50.0%" in said


def test_a_share_is_compared_by_its_average_and_in_points(office, ana):
    share = make("measure", reference="calls", title="Calls answered", unit="%")
    know(share, office["north"], {NOVEMBER: 80.0})
    text = "measure,area,period,value\ncalls,north,2019-12,82.5\ncalls,south,2019-12,90\n"
    said = words(ana.get(preview(ana, text)))
    assert "86.2% average of 2 areas" in said
    assert "+2.5 points in the 1 area with both" in said


def test_missing_months_and_measures_are_told_and_never_taken_for_noughts(office, ana):
    make("measure", reference="arson", title="Arson")
    text = "measure,area,period,value\n{}robbery,north,2019-12,1\nrobbery,south,2019-12,1\n"
    ana.post(preview(ana, text.format("arson,north,2019-12,3\n")), {"step": "load"})
    later = text.replace("2019-12", "2020-03").format("")
    said = words(ana.get(preview(ana, later, "march.csv")))
    assert "Robbery: nothing at all for January 2020, February 2020." in said
    assert "In the last return and not in this one: Arson." in said


def test_confirmed_it_is_loaded_by_who_confirmed_it_and_nothing_waits(ana, data):
    ana.post(preview(ana, WIDE), {"step": "load"})
    came_in = Return.objects.get()
    assert (came_in.file, came_in.loaded_by) == ("december.csv", "ana")
    assert (came_in.new, came_in.revised) == (1, 2)
    newest = Observation.objects.filter(came_in=came_in)
    assert {one.known for one in newest} == {dt.date(2020, 1, 20)}
    assert Assessment.objects.get(area__reference="north").period == dt.date(2019, 12, 1)
    assert held(data) == []
    said = words(ana.get(HERE))
    assert "december.csv is loaded: 1 new, 2 revised" in said


def test_cancelled_nothing_is_stored_and_nothing_waits(ana, data):
    where = preview(ana, WIDE)
    assert held(data) == ["december.csv"]
    ana.post(where, {"step": "cancel"})
    assert held(data) == []
    assert not Return.objects.exists()
    assert "no longer waits" in words(ana.get(where, follow=True))


def test_a_record_that_moved_on_is_shown_again_and_nothing_is_loaded(office, ana):
    where = preview(ana, WIDE)
    know(office["robbery"], office["north"], {NOVEMBER: 99.0}, known=dt.date(2020, 1, 10))
    again = ana.post(where, {"step": "load"}, follow=True)
    assert "The stored figures have changed since you looked. Nothing was loaded." in words(again)
    assert "Robbery North November 2019 99 13" in words(again)
    assert not Return.objects.exists()
    ana.post(where, {"step": "load"})
    assert Return.objects.get().revised == 2


def test_pressed_twice_it_is_loaded_once(ana):
    where, other = preview(ana, WIDE), preview(ana, WIDE)
    ana.post(where, {"step": "load"})
    again = ana.post(other, {"step": "load"}, follow=True)
    assert "The very same file came in on" in words(again)
    assert "no longer waits" in words(ana.post(where, {"step": "load"}, follow=True))
    assert Return.objects.count() == 1


def test_what_was_known_earlier_than_what_is_shown_does_not_replace_it(office, ana):
    know(office["robbery"], office["north"], {NOVEMBER: 50.0}, known=dt.date(2020, 1, 25))
    said = words(ana.get(preview(ana, WIDE)))
    assert "Known earlier 1 " in said
    assert "Changed 1 " in said


def test_what_is_stored_already_leaves_nothing_to_load(ana):
    ana.post(preview(ana, WIDE), {"step": "load"})
    page = ana.get(preview(ana, WIDE.replace("north,13", "north,13.0"), "again.csv"))
    assert "There is nothing to load." in words(page)
    assert "Load these figures" not in words(page)


@pytest.mark.parametrize("layout", ["", "wide"])
def test_a_workbook_is_taken_as_a_csv_is(ana, layout):
    content = grid(["measure", "area", "2019-12"], ["Robbery", "North", 14])
    said = words(ana.get(preview(ana, content, "december.xlsx", layout=layout)))
    assert "New 1 " in said


def test_a_published_workbook_is_taken_as_it_is_and_says_how_it_was_read(office, ana):
    make("measure", title="Police officers", reference="officers", unit="officers")
    table = [["Table 1: Police officers"], ["Force", "Nov-19", "%"], ["The force", 41, 2.5]]
    content = ods({"Contents": ods_rows(["Contents"]), "T1": ods_rows(*table)})
    said = words(ana.get(preview(ana, content, "officers.ods")))
    assert "New 1 " in said
    assert "How the file was read Sheets read: T1." in said
    assert "Columns without a period: %." in said


def test_a_count_of_many_rows_is_revised_and_stands_in_none(office, ana):
    drugs = make("measure", title="Drugs (police.uk)", reference="drugs", unit="incidents")
    know(drugs, office["force"], {NOVEMBER: 1.0})
    rows = [("", "", "Drugs")] * 3
    archive = packed(
        {"2019-11-force-street.csv": street(*rows, month="2019-11", force="The force")}
    )
    said = words(ana.get(preview(ana, archive, "crime.zip")))
    assert "Drugs (police.uk) The force November 2019 1 3 – " in said
    assert "The force: 3 rows name no place: in its total only." in said


def test_every_layout_can_be_chosen_and_none_need_be(ana):
    page = ana.get(HERE).content.decode()
    assert "Work it out from the columns" in page
    assert all(f'value="{name}"' in page for name in LAYOUTS)


def test_before_the_first_return_the_page_says_so(ana):
    assert "None yet." in words(ana.get(HERE))


def test_a_late_measure_is_told_where_its_return_is_brought_in(office, ana):
    late = make("measure", title="Burglary", lag=10)
    know(late, office["north"], {OCTOBER: 3.0})
    assert "Burglary, expected by 10 December 2019" in words(ana.get(HERE))


# ---- wrong files ----

HEAD = "measure,area,period,value\n"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("measure,area,value\nrobbery,north,1\n", "x.csv", "a column “period”"),
        (f"{HEAD}robbery,north,12/2019,1\n", "x.csv", "a month like 2019-12"),
        (f"{HEAD}burglary,north,2019-12,1\n", "x.csv", "2 measure “burglary” the reference of a"),
        (f"{HEAD}robbery,atlantis,2019-12,1\n", "x.csv", "2 area “atlantis” the reference of an"),
        (f"{HEAD}robbery,north,2019-12,many\n", "x.csv", "2 value “many” a number"),
        (f"{HEAD}robbery,north,2019-12,1\n" * 2, "x.csv", "3 "),
        (f"{HEAD}robbery,north,2019-12,1\nrobbery,North,2019-12,1\n", "x.csv", "in row 2 too"),
        (f"{HEAD}robbery,n\xf6rd,2019-12,1\n".encode("latin-1"), "x.csv", "UTF-8 text"),
        (HEAD, "x.csv", "at least one row"),
        (b"PK\x03\x04 no workbook", "x.xlsx", "an XLSX workbook, whole"),
        ("anything", "x.pdf", "a file that ends in"),
        ("anything", "x", "a file that ends in"),
        ("anything", "../../etc/pass<w>d\n.csv", "a row for each value"),
    ],
)
def test_a_wrong_file_is_told_on_the_page_and_nothing_of_it_stays(ana, data, content, name, says):
    before = Observation.objects.count()
    page = send(ana, content, name)
    assert page.status_code == 200
    assert says in words(page)
    assert "Nothing of it was stored." in words(page)
    assert 'value="Force return"' in page.content.decode(), "what was typed stays"
    assert held(data) == []
    assert (Observation.objects.count(), Return.objects.count()) == (before, 0)


def test_many_problems_are_told_up_to_a_bound(ana):
    text = HEAD + "".join(f"robbery,north,2019-12,x{n}\n" for n in range(80))
    said = words(send(ana, text))
    assert "80 things are wrong with it" in said
    assert "And 30 more." in said


def test_one_wrong_name_in_a_wide_row_is_one_problem(ana):
    said = words(send(ana, "measure,area,2019-11,2019-12\nrobbery,atlantis,1,2\n"))
    assert "1 thing is wrong with it" in said


def test_a_wrong_row_is_told_with_its_sheet_or_the_file_it_is_in(ana):
    table = [["Force", "Nov-19"], ["The force", "many"]]
    said = words(send(ana, ods({"T1": ods_rows(*table, ["", 3])}), "officers.ods"))
    assert "Sheet or file Row Column Found Expected" in said
    assert "T1 3 Force nothing the name of a force" in said
    archive = packed({"2019-11/2019-11-force-street.csv": street(("", "", ""), month="2019-11")})
    said = words(send(ana, archive, "crime.zip"))
    assert "2019-11/2019-11-force-street.csv 2 Crime type nothing a type of crime" in said
    assert "Sheet or file" not in words(send(ana, f"{HEAD}robbery,north,2019-12,many\n"))


def test_an_empty_file_no_file_and_a_day_to_come_are_told(ana, data):
    assert "Return: The file is empty." in words(send(ana, ""))
    assert "Return: Choose a file." in words(ana.post(HERE, SAID))
    assert "This day is still to come." in words(send(ana, WIDE, as_at="29/1/2020"))
    assert "a column “as_at”" in words(send(ana, WIDE, as_at=""))
    assert held(data) == []


def test_a_file_too_large_is_refused_before_it_is_kept(ana, data):
    for more in (1, 2 * 1024 * 1024):
        page = send(ana, b"x" * (MOST_BYTES + more))
        assert "Choose a file of at most 20 MB." in words(page)
    assert held(data) == []


def test_a_workbook_that_unpacks_to_far_more_is_refused(ana, data):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert "a workbook of ordinary size" in words(send(ana, out.getvalue(), "bomb.xlsx"))
    assert held(data) == []


# ---- who, and for how long ----


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_figures_brings_a_return_in(office, ana, client, role):
    where = preview(ana, WIDE)
    other = Client()
    other.force_login(make_user("other", role))
    may = ("edit", "figures") in ROLES[role]
    for address in (HERE, where):
        assert other.get(address).status_code in ((200, 302) if may else (403,))
        assert other.post(address, {"step": "load"}).status_code in ((200, 302) if may else (403,))
    dashboard = other.get("/office/performance/dashboard/").content.decode()
    assert (HERE in dashboard) == may
    assert not Return.objects.exists()


def test_what_waits_is_for_nobody_but_who_sent_it(office, ana):
    where = preview(ana, WIDE)
    other = Client()
    other.force_login(make_user("ben", "analyst"))
    for step in ("load", "cancel"):
        assert "no longer waits" in words(other.post(where, {"step": step}, follow=True))
    assert ana.get(where).status_code == 200
    for token in ("none-of-ours", "..", "a" * 32):
        assert other.get(f"{HERE}{token}/").status_code in (302, 404)


def test_what_waits_is_readable_by_the_server_alone(ana, data):
    preview(ana, WIDE)
    assert (data / "waiting").stat().st_mode & 0o077 == 0


def test_what_has_waited_for_a_day_is_swept_and_of_many_the_newest_stay(ana, data):
    where = preview(ana, WIDE)
    yesterday = time.time() - waiting.KEPT_FOR - 1
    os.utime(data / "waiting" / where.split("/")[-2], (yesterday, yesterday))
    ana.get(HERE)
    assert held(data) == []
    for n in range(waiting.MOST_EACH + 3):
        newest = preview(ana, WIDE, f"{n}.csv")
    assert len(held(data)) == waiting.MOST_EACH
    assert ana.get(newest).status_code == 200


# ---- large ones ----


def test_a_large_return_is_shown_in_bounds_and_asks_no_more_of_the_database(
    office, ana, monkeypatch
):
    monkeypatch.setattr("peelian.figures.preview.MOST_MEASURES", 3)
    monkeypatch.setattr("peelian.figures.preview.MOST_REVISIONS", 4)
    for n in range(8):
        measure = make("measure", reference=f"m{n}", title=f"Measure {n}")
        know(measure, office["north"], {NOVEMBER: 1.0})

    def asked(count: int) -> tuple[int, str]:
        text = HEAD + "".join(f"m{n},north,2019-11,2\n" for n in range(count))
        with CaptureQueriesContext(connection) as queries:
            where = preview(ana, text, f"{count}.csv")
        return len(queries), words(ana.get(where))

    few, _said = asked(3)
    many, said = asked(8)
    assert many == few
    assert "And 5 more measures." in said
    assert "Changed 8 " in said
    assert "And 4 more." in said
