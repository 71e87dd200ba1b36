"""Coming from Modern.Gov: what stands on the record then, and by which address it is found."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from peelian.cli.moderngov import moderngov
from peelian.intake.tables import Rejected
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, MEETING, MINUTE
from peelian.originals import moderngov as loading
from peelian.originals.addresses import key_of
from peelian.originals.kinds import ORIGINAL
from peelian.originals.moderngov import Arrival, load_responses
from peelian.people.kinds import BODY, MEMBERSHIP, PERSON
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.errors import Refused
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from tests.makers import make

SAVED = Path(__file__).parent / "saved"
SITE = "https://democracy.southmarch.example"
BY = Command("peelian moderngov load")
MEETING_PAGE = f"{SITE}/ieListDocuments.aspx?CId=412&MId=5001&Ver=4"

pytestmark = pytest.mark.django_db


def arrive(folder: Path = SAVED) -> Arrival:
    return load_responses([folder], SITE, by=BY)


def panel_meeting() -> Any:
    return MEETING.all().get(held_on="2019-11-12")


def test_a_panels_past_stands_on_the_record() -> None:
    arrival = arrive()
    assert not arrival.problems
    meeting = panel_meeting()
    assert meeting.title == "Southmarch Police and Crime Panel, 12 November 2019"
    assert meeting.body.title == "Southmarch Police and Crime Panel"
    states = dict(MEETING.all().values_list("held_on", "state"))
    assert sorted(states.values()) == ["cancelled", "held", "planned"]
    items = AGENDA_ITEM.all().filter(parent=meeting).order_by("number")
    assert [one.title for one in items] == [
        "Apologies",
        "Delivery plan & performance",
        "Exempt item: a complaint",
    ]
    minutes = MINUTE.all().filter(parent=meeting).order_by("number")
    assert [(one.number, one.item.title) for one in minutes] == [
        (31, "Apologies"),
        (32, "Delivery plan & performance"),
    ]
    assert meeting.minutes_stage == "published"


def test_who_was_there_and_who_sits_on_the_panel() -> None:
    arrival = arrive()
    there = {row.person.title: row.capacity for row in ATTENDANCE.all()}
    assert there == {
        "Councillor Ada Quill": "present",
        "Councillor Bram O'Dell": "apologies",
        "Dr Dov Ferry": "substitute",
        "Eli Gantry": "in_attendance",
    }
    members = {one.person.title: (one.role.reference, one.party) for one in MEMBERSHIP.all()}
    panel = "southmarch-police-and-crime-panel"
    assert members == {
        "Councillor Ada Quill": (f"{panel}-chair", "Harbour Independents"),
        "Councillor Bram O'Dell": (f"{panel}-member", "Hill Party"),
        "Cllr Cleo Fen": (f"{panel}-member", ""),
    }
    assert arrival.left_out["people absent, or of whom nothing is said"] == 1


def test_nothing_that_the_site_calls_restricted_is_taken() -> None:
    arrive()
    for kind in (AGENDA_ITEM, MINUTE, ORIGINAL):
        for record in kind.all():
            said = " ".join(str(getattr(record, name)) for name in (*kind.text, "title"))
            assert "HERON-SECRET" not in said
            assert "complainants" not in said


def test_only_committees_whose_meetings_came_are_brought_in() -> None:
    arrive()
    assert [body.title for body in BODY.all()] == ["Southmarch Police and Crime Panel"]


def test_loading_again_changes_nothing_and_a_correction_changes_one_record(tmp_path: Path) -> None:
    arrive()
    versions = dict(Record.objects.values_list("pk", "version"))
    again = arrive()
    assert not [what for what in again.outcome if not what.endswith(", same")]
    assert dict(Record.objects.values_list("pk", "version")) == versions
    shutil.copytree(SAVED, tmp_path / "saved")
    file = tmp_path / "saved" / "GetMeeting-5001.xml"
    file.write_text(file.read_text().replace("presented the report", "presented a report"))
    corrected = arrive(tmp_path / "saved")
    changed = [what for what in corrected.outcome if what.endswith(", changed")]
    assert changed == ["Minutes, changed"]


def test_what_the_office_entered_itself_stays_as_it_is() -> None:
    body = make("body", title="The Panel", also_known_as="Southmarch Police and Crime Panel")
    own = make("meeting", title="Our meeting", body=body, held_on="2019-11-12", place="Town Hall")
    make("agenda-item", parent=own, number=1, title="Our first item")
    quill = make("person", title="Ada Quill")
    arrive()
    own.refresh_from_db()
    assert (own.title, own.place) == ("Our meeting", "Town Hall")
    titles = AGENDA_ITEM.all().filter(parent=own).values_list("title", flat=True)
    assert list(titles) == ["Our first item"]
    assert ATTENDANCE.all().get(person=quill, parent=own).capacity == "present"
    assert PERSON.all().filter(title__contains="Quill").count() == 1
    assert BODY.all().count() == 1


def test_members_that_the_office_entered_are_not_doubted() -> None:
    body = make("body", title="Southmarch Police and Crime Panel")
    make("membership", role=make("role", body=body))
    arrive()
    assert MEMBERSHIP.all().count() == 1


def test_a_document_beside_the_responses_is_kept_once(tmp_path: Path, pdf: bytes) -> None:
    shutil.copytree(SAVED, tmp_path / "saved")
    (tmp_path / "saved" / "s9001.pdf").write_bytes(pdf)
    (tmp_path / "saved" / "s9002.pdf").write_bytes(pdf)  # restricted: nobody asks for it
    assert arrive(tmp_path / "saved").outcome["Documents kept"] == 1
    assert arrive(tmp_path / "saved").outcome["Documents kept"] == 0
    original = ORIGINAL.all().get(title="Monitoring report")
    (kept,) = original.attachments.all()
    assert (kept.name, kept.title) == ("Monitoring report.pdf", "Monitoring report")


@pytest.fixture
def pdf() -> bytes:
    return (Path(__file__).parents[2] / "examples" / "northshire" / "panel-pack.pdf").read_bytes()


# ---- refused ----


def test_an_unreadable_file_keeps_everything_out(tmp_path: Path) -> None:
    shutil.copytree(SAVED, tmp_path / "saved")
    (tmp_path / "saved" / "GetMeeting-6.xml").write_text("<meeting>")
    with pytest.raises(Rejected, match=r"GetMeeting-6\.xml"):
        arrive(tmp_path / "saved")
    assert not Record.objects.exists()


def test_a_meeting_that_the_record_refuses_is_left_out_whole(tmp_path: Path) -> None:
    arrive()
    meeting = panel_meeting()
    operations.edit(meeting, {"place": "Moved"}, version=meeting.version, by=BY)  # a draft waits
    shutil.copytree(SAVED, tmp_path / "saved")
    file = tmp_path / "saved" / "GetMeeting-5001.xml"
    changed = file.read_text().replace("Council Chamber", "Guildhall").replace("a complaint", "two")
    file.write_text(changed)
    arrival = arrive(tmp_path / "saved")
    (problem,) = arrival.problems
    assert str(problem).startswith("GetMeeting-5001.xml: found the meeting of 12 November 2019.")
    assert "has a draft waiting" in str(problem)
    assert not AGENDA_ITEM.all().filter(title__endswith="two").exists()


@pytest.mark.parametrize("site", ["", "democracy.example", "ftp://a.example", "https://"])
def test_a_site_needs_an_address(site: str) -> None:
    with pytest.raises(Rejected, match="--site"):
        load_responses([SAVED], site, by=BY)


def test_a_folder_without_meetings_is_refused(tmp_path: Path) -> None:
    shutil.copy(SAVED / "GetCommittees.xml", tmp_path)
    with pytest.raises(Rejected, match="no meeting"):
        arrive(tmp_path)


def test_a_meeting_of_no_committee_is_refused(tmp_path: Path) -> None:
    said = "<meeting><meetingid>1</meetingid><meetingdate>12/11/2019</meetingdate></meeting>"
    (tmp_path / "GetMeeting.xml").write_text(said)
    with pytest.raises(Rejected, match="no committee"):
        arrive(tmp_path)


def test_the_command_says_what_it_did() -> None:
    done = CliRunner().invoke(moderngov, ["load", str(SAVED), "--site", SITE])
    assert done.exit_code == 0, done.output
    assert "Meetings, new: 3" in done.output
    assert "Left out, restricted documents: 1" in done.output
    refused = CliRunner().invoke(moderngov, ["load", str(SAVED), "--site", "nowhere"])
    assert refused.exit_code == 1
    assert "expected an address" in refused.output


# ---- old addresses ----


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MEETING_PAGE, f"{SITE}/ielistdocuments.aspx?MId=5001&CId=412"),
        (f"{SITE}/mgAi.aspx?ID=7001", f"{SITE}/mgAi.aspx?ID=7001#mgDocuments"),
        (f"{SITE}/documents/s9001/Report.pdf?T=10", f"{SITE}/documents/s9001/Renamed%20report.pdf"),
        ("https://a.example/mgAi.aspx?ID=1", "HTTPS://A.EXAMPLE/mgAi.aspx?ID=1"),
    ],
)
def test_two_ways_to_write_one_address(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_two_pages_or_sites_are_two_addresses() -> None:
    pages = [MEETING_PAGE, MEETING_PAGE.replace("5001", "5002"), MEETING_PAGE.replace("march", "")]
    assert len({key_of(page) for page in pages}) == 3


def test_an_old_address_leads_to_the_record(client: Any) -> None:
    arrive()
    meeting = panel_meeting()
    found = client.get("/originals/find/", {"address": MEETING_PAGE})
    assert found.status_code == 302
    assert found.url == meeting.get_absolute_url()
    # Where the old name leads to this site, the old page does.
    led = client.get("/ieListDocuments.aspx?CId=412&MId=5001")
    assert led.status_code == 301
    assert led.url == meeting.get_absolute_url()
    document = client.get("/documents/s9001/Monitoring%20report.pdf")
    assert document.status_code == 301
    assert "agenda-items" in document.url
    person = client.get("/mgUserInfo.aspx?UID=201")
    assert person.status_code == 301
    assert "people" in person.url


def test_an_address_that_nobody_knows_says_so(client: Any) -> None:
    arrive()
    unknown = client.get("/originals/find/", {"address": f"{SITE}/mgAi.aspx?ID=1"})
    assert unknown.status_code == 404
    assert "No page here is known" in unknown.content.decode()
    assert client.get("/mgAi.aspx?ID=1").status_code == 404
    assert client.get("/documents/s1/").status_code == 404


def test_an_old_address_does_not_lead_to_what_is_not_public(client: Any) -> None:
    arrive()
    meeting = panel_meeting()
    operations.withdraw(meeting, by=Command("chris", ("chief_executive",)), why="Made in error")
    assert client.get("/ieListDocuments.aspx?CId=412&MId=5001").status_code == 404
    assert client.get("/originals/find/", {"address": MEETING_PAGE}).status_code == 404
    assert not PUBLIC.of(ORIGINAL).filter(parent=meeting).exists()


def test_the_page_of_a_meeting_leads_to_where_it_stood(client: Any) -> None:
    arrive()
    page = client.get(panel_meeting().get_absolute_url()).content.decode()
    assert "Where this meeting first stood" in page
    assert "documents/s9001/Monitoring%20report.pdf" in page
    assert "Names.pdf" not in page


def test_what_was_left_out_of_a_meeting_that_is_refused_counts_for_nothing() -> None:
    arrival = Arrival(SITE, BY, {})
    arrival.left_out["headings"] = 1
    told: Any = SimpleNamespace(held_on=dt.date(2019, 11, 12), file="GetMeeting.xml")
    with arrival.whole(told):
        arrival.left_out["headings"] += 2
        arrival.people["7", "Ann Ash"] = make("person")
        raise Refused("It cannot be.")
    assert dict(arrival.left_out) == {"headings": 1}
    assert arrival.people == {}
    assert len(arrival.problems) == 1


def test_a_person_is_looked_up_once_in_a_run(monkeypatch: Any) -> None:
    asked: list[str] = []

    def found(arrival: Arrival, one: Any) -> Record:
        asked.append(one.id)
        return _found(arrival, one)

    _found = loading._found_person
    monkeypatch.setattr(loading, "_found_person", found)
    arrival = arrive()
    assert arrival.people
    assert len(asked) == len(set(asked)) == len(arrival.people)
