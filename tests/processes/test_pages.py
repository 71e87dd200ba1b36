"""The pages of processes: what the office does there, and what the public may read."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.blocks import text
from peelian.intake.tables import Rejected
from peelian.processes.declared import binding, process_named
from peelian.processes.kinds import PROCESS
from peelian.processes.letters import letter_of
from peelian.processes.operations import begin
from peelian.record.access import Command
from peelian.record.load import load_paths
from peelian.record.operations import release
from tests.makers import CHRIS, PAT, make, make_user
from tests.processes.conftest import Panel, prove, run
from tests.reading import read

pytestmark = pytest.mark.django_db
AT_MOST = 12
LOADER = Command("load", ("administrator",))


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-01-20")


def hearing() -> Any:
    declared = process_named("confirmation-hearing")
    assert declared
    said = {"subject": "Chief executive", "person": "Aster Wychwood"}
    day = dt.date(2020, 1, 15)
    event = "senior_appointment_notified"
    return begin(declared, event=event, on=day, by=PAT, **said)


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role, role))
    return client


# ---- the office ----


def test_an_officer_begins_a_hearing_and_sees_what_is_next() -> None:
    client = signed_in("panel_officer")
    listed = client.get(reverse("office-processes-begin")).content.decode()
    assert reverse("office-processes-begin-one", args=["confirmation-hearing"]) in listed
    address = reverse("office-processes-begin-one", args=["confirmation-hearing"])
    sent = {
        "event": "senior_appointment_notified",
        "on": "15/1/2020",
        "subject": "Chief executive",
        "person": "Aster Wychwood",
    }
    page = client.post(address, sent, follow=True)
    words = page.content.decode()
    assert "Next: Call the hearing and tell the candidate" in words
    assert "Tuesday 4 February 2020" in words
    assert "Aster Wychwood, Chief executive" in words
    made = PROCESS.all().get()
    assert (made.status, made.audience) == ("draft", "public")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"subject": "Chief executive", "person": "A"}, "on"),
        ({"on": "15/1/2020", "person": "A"}, "subject"),
        ({"on": "15/1/2020", "subject": "Chief executive"}, "person"),
        ({"on": "32/1/2020", "subject": "Chief executive", "person": "A"}, "on"),
    ],
)
def test_a_form_that_is_not_filled_in_begins_nothing(sent: dict[str, str], told: str) -> None:
    client = signed_in("panel_officer")
    address = reverse("office-processes-begin-one", args=["confirmation-hearing"])
    page = client.post(address, sent | {"event": "senior_appointment_notified"})
    assert page.status_code == 200
    assert told in page.context["form"].errors
    assert not PROCESS.all().exists()


def test_a_second_precept_of_a_year_is_refused_with_a_sentence() -> None:
    client = signed_in("panel_officer")
    address = reverse("office-processes-begin-one", args=["precept"])
    assert client.post(address, {"year": "2019"}).status_code == 302
    page = client.post(address, {"year": "2019"})
    assert "Another record of this kind has this reference" in page.content.decode()


def test_the_day_of_a_further_event_is_recorded_on_a_page_of_its_own() -> None:
    process = hearing()
    address = reverse(
        "office-processes-event", args=[process.reference, "senior_appointment_reported"]
    )
    client = signed_in("panel_officer")
    assert client.get(address).status_code == 200
    page = client.post(address, {"on": "20/1/2020"}, follow=True)
    assert "Monday 27 January 2020" in page.content.decode()
    for event in ("foi_request", "nothing"):
        lost = reverse("office-processes-event", args=[process.reference, event])
        assert client.get(lost).status_code == 404


def test_the_meeting_is_chosen_from_those_of_the_panel(panel: Panel) -> None:
    process = hearing()
    other = make("meeting", title="Of another body")
    address = reverse("office-processes-meeting", args=[process.reference, "first"])
    client = signed_in("panel_officer")
    asked = client.get(address).content.decode()
    assert "Precept meeting" in asked
    assert other.title not in asked
    page = client.post(address, {"meeting": panel.meeting.pk}, follow=True)
    assert "The hearing is called: Precept meeting." in page.content.decode()


def test_what_came_of_a_published_process_waits_and_is_shown_to_the_office() -> None:
    process = make("process", process="precept", year=2019)
    address = reverse("office-processes-outcome", args=[process.reference])
    client = signed_in("panel_officer")
    sent = {"finding": "support", "recommendation": "That it be issued.", "proposal": "£12 more"}
    page = client.post(address, sent, follow=True)
    assert "£12 more" in page.content.decode()
    assert "£12 more" not in read(process.get_absolute_url()).words
    process.refresh_from_db()
    assert process.finding == ""


@pytest.mark.parametrize(
    ("role", "may_do"), [("panel_officer", True), ("policy_officer", True), ("reader", False)]
)
def test_buttons_are_for_those_who_may(role: str, may_do: bool) -> None:
    process = make("process", process="precept", year=2019)
    page = read(process.get_office_url(), role)
    prove_it = [href for href in page.links.values() if href.startswith("/office/duties/prove/")]
    assert bool(prove_it) == may_do
    assert ("Record what came of it" in page.links) == may_do
    assert "Next:" in page.words


# ---- letters ----


def test_a_report_says_how_the_vote_fell_and_marks_what_is_missing(panel: Panel) -> None:
    panel.vote(4)
    process = make(
        "process",
        process="precept",
        year=2019,
        meeting=panel.meeting,
        finding="too_high",
        proposal="£12 more a year",
        recommendation="",
    )
    address = reverse("office-processes-letter", args=[process.reference, "report"])
    words = read(address, "panel_officer").words
    assert "Report on the proposed police precept for 2020/21" in words
    assert "The panel vetoes the proposed precept." in words
    assert "when it decided: 6. Two-thirds of all members is 4 votes." in words
    assert "4 voted for it, 0 against, and 0 abstained." in words
    assert "due by 15 February 2020" in words
    assert "[to be filled in: what the panel recommends, and why]" in words
    assert "£12 more a year" in words


def test_a_response_lists_what_the_meeting_recommended(panel: Panel) -> None:
    minute = make("minute", parent=panel.meeting)
    make("recommendation", made_at=minute, title="Say what it buys", text="Say what it buys.")
    process = make("process", process="precept", year=2019, meeting=panel.meeting)
    address = reverse("office-processes-letter", args=[process.reference, "respond"])
    page = read(address, "reader")
    assert "<ol" in page.html
    assert "Say what it buys." in page.words


def test_every_letter_of_every_process_is_whole_and_every_gap_is_marked() -> None:
    seen = 0
    for declared in binding():
        values: dict[str, Any] = {"year": 2019} if declared.yearly else {}
        event = "" if declared.yearly else declared.events[0]
        on = None if declared.yearly else dt.date(2020, 1, 15)
        if event == "inspection_report":
            values["record"] = make("inspection", published_on=on)
        course = run(begin(declared, event=event, on=on, by=PAT, **values))
        for step in (one for one in course.steps if one.declared.letter):
            document = letter_of(step, course)
            assert document
            words = text(document)
            assert not re.search(r"[{}]", words), words
            assert "[to be filled in: signature]" in words
            seen += 1
    assert seen > 30


def test_a_letter_is_a_pdf_too() -> None:
    process = hearing()
    address = reverse("office-processes-letter-pdf", args=[process.reference, "report"])
    sent = signed_in("reader").get(address)
    assert sent.content.startswith(b"%PDF")
    assert sent["Content-Disposition"].endswith(f'{process.reference}-report.pdf"')


def test_a_step_without_a_letter_has_none() -> None:
    process, client = hearing(), signed_in("reader")
    for name in ("publish-report", "nothing"):
        for route in ("office-processes-letter", "office-processes-letter-pdf"):
            assert client.get(reverse(route, args=[process.reference, name])).status_code == 404


# ---- everyone ----


def test_a_candidate_is_named_in_public_once_the_notification_is() -> None:
    process = release(hearing(), by=CHRIS)
    page = read(process.get_absolute_url())
    assert "Chief executive" in page.words
    assert "Wychwood" not in page.html
    clock = process.links_out.get(form="begun_by").target
    shown = make(
        "clock",
        event="senior_appointment_notified",
        opened_on=dt.date(2020, 1, 15),
        title="Aster Wychwood",
    )
    make("process", process="confirmation-hearing", year=None, reference="named", begun_by=[shown])
    assert "Aster Wychwood" in read("/processes/named/").words
    assert clock.status == "draft"
    for address in ("/processes/", "/processes.csv", "/search/?q=Wychwood"):
        body = Client().get(address).content.decode()
        assert clock.reference not in body, address


def test_dates_that_a_hidden_clock_opens_stay_in_the_office() -> None:
    process = release(hearing(), by=CHRIS)
    words = read(process.get_absolute_url()).words
    assert "4 February 2020" not in words
    assert "No date published" in words
    assert "Its time has not begun" not in words


def test_a_draft_and_a_private_process_have_no_public_page() -> None:
    draft = hearing()
    private = begin_private()
    for process in (draft, private):
        assert read(process.get_absolute_url()).status == 404
        assert process.title not in read("/processes/").words


def begin_private() -> Any:
    declared = process_named("call-to-resign")
    assert declared
    made = begin(declared, event="call_to_resign_notified", on=dt.date(2020, 1, 15), by=PAT)
    return release(made, by=CHRIS)


def test_a_private_hearing_stays_private_where_its_process_is_public(panel: Panel) -> None:
    quiet = make("meeting", body=panel.body, title="Behind doors", audience="office")
    make(
        "process",
        process="call-to-resign",
        year=None,
        reference="open",
        meeting=quiet,
        audience="public",
    )
    page = read("/processes/open/")
    assert page.status == 200
    assert "Behind doors" not in page.html


def test_letters_are_never_public() -> None:
    process = release(hearing(), by=CHRIS)
    address = reverse("office-processes-letter", args=[process.reference, "report"])
    answer = Client().get(address)
    assert answer.status_code == 302
    assert "letters" not in read(process.get_absolute_url()).html


def test_the_public_page_asks_little_however_much_there_is(panel: Panel) -> None:
    panel.vote(4)
    prove("precept/2019-20/panel-report", dt.date(2020, 1, 20), evidence=panel.meeting)
    process = make("process", process="precept", year=2019, meeting=panel.meeting)
    assert read(process.get_absolute_url()).queries <= AT_MOST
    clock = make(
        "clock", event="chief_constable_appointment_notified", opened_on=dt.date(2020, 1, 15)
    )
    appointment = make(
        "process",
        process="chief-constable-appointment",
        year=None,
        reference="chief",
        begun_by=[clock],
        meeting=panel.meeting,
    )
    key = f"chief-constable/{clock.reference}/report"
    prove(key, dt.date(2020, 1, 20), evidence=panel.meeting)
    page = read(appointment.get_absolute_url())
    assert "On 20 January 2020, in time." in page.words
    assert page.queries <= AT_MOST


# ---- a file of processes ----

HEAD = "reference,title,process,year,begun_by,finding\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,A,parade,2019,,", "row 2, column “process”: found “parade”; expected one of"),
        ("a,A,precept,next,,", "row 2, column “year”: found “next”; expected a whole number"),
        ("a,A,precept,,,", "row 2, column “year”: found nothing"),
        (
            "a,A,confirmation-hearing,2019,,",
            "row 2, column “year”: found “2019”. Leave the year empty",
        ),
        ("a,A,precept,2019,nowhere,", "row 2, column “begun_by”: found “nowhere”"),
        ("a,A,precept,2019,,delighted", "row 2, column “finding”: found “delighted”"),
        (
            "a,A,confirmation-hearing,,,veto",
            "row 2, column “finding”: found “veto”. The panel has no veto",
        ),
    ],
)
def test_a_malformed_file_of_processes_is_refused_whole(
    tmp_path: Path, row: str, told: str
) -> None:
    file = tmp_path / "processes.csv"
    file.write_text(f"{HEAD}{row}\ngood,Good,precept,2018,,\n", encoding="utf-8")
    with pytest.raises(Rejected, match=told):
        list(load_paths([file], by=LOADER))
    assert not PROCESS.all().exists()


def test_a_file_of_processes_is_loaded_and_loading_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "processes.csv"
    file.write_text(f"{HEAD}good,Good,precept,2018,,\n", encoding="utf-8")
    first, again = (next(iter(load_paths([file], by=LOADER))).outcome for _ in range(2))
    assert (first, again) == ({"new": 1}, {"same": 1})
