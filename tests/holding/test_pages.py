"""The pages: the year, the theme, the meeting, who may do what, and how often they ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.holding.answering import record_answer
from peelian.holding.kinds import ANSWER, NOTE, THEME
from peelian.holding.operations import publish_note, send_note
from peelian.promises.kinds import UNDERTAKING
from peelian.record.access import ROLES
from tests.holding.conftest import observe
from tests.makers import CHRIS, PAT, amend, make, make_user

EDITS = {"policy_officer", "chief_executive", "administrator"}
APPROVES = {"chief_executive", "administrator"}
SAID = {"text": "By the summer.", "outcome": "partly"}
MEETING = "/office/meetings/feb/"


@pytest.fixture(autouse=True)
def referenced(office: Any) -> None:
    """The addresses below name the meeting of February."""
    office.path = f"/office/meetings/{office.asked.reference}/"


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(
        make_user("-".join(roles) or "nobody", *roles),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def public(office: Any, enquiry: Any) -> Any:
    """A meeting whose note is out."""
    observe(office.measure, office.area, [70.0] * 26)
    promised = {"title": "Monthly figures", "due": dt.date(2020, 3, 31)}
    record_answer(enquiry, SAID, version=None, promised=promised, by=PAT)
    return publish_note(send_note(office.asked, by=PAT), by=CHRIS)


def test_the_year_has_twelve_months_and_tells_which_objective_had_none(
    office: Any, public: Any, client: Client
) -> None:
    make("objective", parent=office.plan, number=2, title="Safer roads")
    page = read(client, "/holding-to-account/")
    assert page.count('app-table__row-header">') == 12
    assert "1 of 1 questions answered" in page
    assert ">Safer roads</a>: <strong>none taken</strong>, none to come" in page
    assert ">Calls answered</a>: 1 theme taken, none to come" in page


def test_other_years_can_be_chosen_and_none_that_is_not_there(
    office: Any, public: Any, client: Client
) -> None:
    make("theme", month=dt.date(2018, 6, 1), title="Long ago")
    assert "Long ago" not in read(client, "/holding-to-account/")
    assert "Long ago" in read(client, "/holding-to-account/?year=2018-19")
    for wrong in ("2031-32", "x", "2018"):
        assert client.get(f"/holding-to-account/?year={wrong}").status_code == 404


def test_nothing_of_the_office_shows_before_the_note_is_out(
    office: Any, enquiry: Any, client: Client
) -> None:
    assert "No theme of this year has been published yet." in read(client, "/holding-to-account/")
    record_answer(enquiry, SAID, version=None, by=PAT)
    note = send_note(office.asked, by=PAT)
    for hidden in (
        f"/themes/{enquiry.parent.reference}/",
        f"/enquiries/{enquiry.reference}/",
        f"/holding-notes/{note.reference}/",
        f"/holding-notes/{note.reference}/note.pdf",
    ):
        assert client.get(hidden).status_code == 404, hidden


def test_the_public_reads_the_theme_the_note_and_its_pdf(
    office: Any, public: Any, client: Client
) -> None:
    theme = read(client, "/themes/2020-02-calls/")
    assert "By the summer." in theme
    assert "Monthly figures" in theme
    assert "The figure then: 70% (January 2020). Now: 70% (February 2020)." in theme
    assert "Partly assured" in read(client, f"/holding-notes/{public.reference}/")
    sent = client.get(f"/holding-notes/{public.reference}/note.pdf")
    assert sent.content.startswith(b"%PDF")
    assert public.title in read(client, f"/meetings/{office.asked.reference}/")
    assert "Calls" in read(client, f"/objectives/{office.objective.reference}/")


@pytest.mark.parametrize(
    "address",
    ["/holding-to-account/", "/themes/2020-02-calls/", "/holding-notes/{0}/", "/meetings/{0}/"],
)
def test_public_pages_ask_twelve_times_at_most(
    office: Any, public: Any, client: Client, address: str
) -> None:
    served = make("theme", meeting=office.before, objective=office.objective)
    earlier = make("enquiry", parent=served)
    for n in range(2, 6):
        one = make(
            "enquiry",
            parent=public_theme(),
            number=n,
            follows=earlier,
            measure=office.measure,
            answerer=office.chief,
        )
        made = make("undertaking", made_at=office.asked)
        make("answer", parent=one, meeting=office.asked, led_to=[made], answered_by=make("person"))
    client.get(address.format(public.reference))
    with CaptureQueriesContext(connection) as queries:
        read(client, address.format(public.reference))
    assert len(queries) <= 12


def public_theme() -> Any:
    return THEME.all().get(reference="2020-02-calls")


# ---- the office ----

PAGES = (
    ("/office/holding-to-account/", None),
    ("/office/holding-to-account/promises/", None),
    ("/office/themes/2020-02-calls/", None),
    ("/office/themes/2020-02-calls/evidence/", None),
    ("{}holding/", None),
    ("{}evidence/", None),
    ("{}commissioners-brief/", None),
    ("/office/enquiries/2020-02-calls.1/answer/", EDITS),
)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_sees_and_those_who_edit_answer(office: Any, enquiry: Any, role: str) -> None:
    client = signed_in(role)
    for address, only in PAGES:
        wanted = 200 if only is None or role in only else 403
        assert client.get(address.format(office.path)).status_code == wanted, address
    assert client.post(f"{office.path}holding/send/").status_code == (302 if role in EDITS else 403)


@pytest.mark.parametrize("address", [address for address, _only in PAGES])
def test_nobody_sees_the_office_without_signing_in(
    office: Any, enquiry: Any, client: Client, address: str
) -> None:
    assert client.get(address.format(office.path)).status_code in (302, 403)


def test_who_only_reads_picks_no_evidence(office: Any, enquiry: Any) -> None:
    observe(office.measure, office.area, [70.0] * 26)
    address = "/office/themes/2020-02-calls/evidence/"
    page = signed_in("reader").post(address, {}).content.decode()
    assert "Calls answered in time" in page
    assert 'class="app-small__chart"' in page  # drawn in the page, not a picture of it
    assert "Keep this choice" not in page
    assert signed_in("policy_officer").post(address, {}).status_code == 302
    assert 'name="take"' in read(signed_in("policy_officer", "reader"), address)


ANSWER_AT = "/office/enquiries/2020-02-calls.1/answer/"


def test_an_answer_and_its_promise_are_recorded_on_one_page(office: Any, enquiry: Any) -> None:
    client = signed_in("policy_officer")
    page = read(client, ANSWER_AT)
    assert f'<option value="{office.chief.pk}" selected>' in page
    sent = {**SAID, "promised": "Call back", "promised_by": office.chief.pk, "due": "31/3/2020"}
    response = client.post(ANSWER_AT, sent)
    assert response.headers["Location"] == f"{office.path}holding/#enquiry-{enquiry.pk}"
    assert UNDERTAKING.all().get().due == dt.date(2020, 3, 31)
    assert "Call back" in read(client, f"{office.path}holding/")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"version": ""}, "This field is required"),
        ({"text": "No.", "outcome": "follow_up"}, "Say what was promised"),
        ({**SAID, "due": "31/3/2020"}, "Say what was promised"),
        ({**SAID, "outcome": "perhaps"}, "perhaps"),
        ({**SAID, "promised": "x", "due": "when we can"}, "Enter a valid date"),
    ],
    ids=["empty", "follow up without a promise", "a day without a promise", "outcome", "day"],
)
def test_what_is_filled_in_badly_is_told_and_nothing_is_kept(
    office: Any, enquiry: Any, sent: dict[str, str], said: str
) -> None:
    page = signed_in("policy_officer").post(ANSWER_AT, sent).content.decode()
    assert said in page
    assert not ANSWER.all().exists()
    assert not UNDERTAKING.all().exists()


def test_who_saves_second_sees_what_the_first_wrote_and_can_save_then(
    office: Any, enquiry: Any
) -> None:
    client = signed_in("policy_officer")
    record_answer(enquiry, SAID, version=None, by=CHRIS)
    page = client.post(ANSWER_AT, {"text": "Mine.", "outcome": "assured"}).content.decode()
    assert "By the summer." in page
    assert "Mine.</textarea>" in page
    assert 'name="version" value="1"' in page
    client.post(ANSWER_AT, {"text": "Mine.", "outcome": "assured", "version": "1"})
    assert ANSWER.all().get().text == "Mine."


def test_an_answer_to_a_meeting_that_is_to_come_is_refused_in_words(
    office: Any, enquiry: Any
) -> None:
    amend(enquiry.parent, meeting=office.next)
    page = signed_in("policy_officer").post(ANSWER_AT, SAID).content.decode()
    assert "has not been held" in page


def test_the_note_is_written_by_one_and_let_out_by_another(office: Any, enquiry: Any) -> None:
    writer, other = signed_in("policy_officer"), signed_in("chief_executive")
    writer.post(ANSWER_AT, SAID)
    writer.post(f"{office.path}holding/send/", {"introduction": "The board met."})
    note = NOTE.all().get()
    let_out = f"/office/holding-notes/{note.reference}/let-out/"
    assert writer.post(let_out).status_code == 403
    assert "Publish the note" not in read(writer, f"{office.path}holding/")
    assert "Publish the note" in read(other, f"{office.path}holding/")
    other.get(let_out)
    assert Client().get(f"/holding-notes/{note.reference}/").status_code == 404
    other.post(let_out)
    assert "The board met." in read(Client(), f"/holding-notes/{note.reference}/")


def test_the_generic_step_lets_out_all_that_the_note_holds_too(office: Any, enquiry: Any) -> None:
    record_answer(enquiry, SAID, version=None, by=PAT)
    note = send_note(office.asked, by=PAT)
    address = f"/office/holding-notes/{note.reference}/publish/"
    signed_in("chief_executive").post(address, {"step": "approve"})
    assert Client().get(f"/answers/{ANSWER.all().get().reference}/").status_code == 200


def test_a_meeting_without_a_theme_says_so(office: Any) -> None:
    page = read(signed_in("policy_officer"), f"/office/meetings/{office.next.reference}/holding/")
    assert "No theme is taken at this meeting." in page
    assert "The note" not in page
