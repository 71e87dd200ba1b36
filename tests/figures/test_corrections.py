"""What was issued is corrected in the open, with a reason; what is quoted leads to its edition."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from peelian.blocks import Table
from peelian.checks.findings import run
from peelian.figures.corrections import correction_blocks, corrections_of
from peelian.figures.edition import statements_of, summary_blocks
from peelian.figures.kinds import STATEMENT
from peelian.figures.operations import issue_edition, publish_edition, submit_edition
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC, Scope
from tests.figures.test_assess import observe
from tests.makers import CHRIS, make, make_user

pytestmark = pytest.mark.django_db
ANALYST = Command("ana", ("analyst",))
JULY = dt.date(2020, 7, 1)
PAGE = "/editions/2020-07-monthly/"


@pytest.fixture
def robbery(db):
    force = make("area", reference="force", title="The force", level="force_area")
    topic = make("topic", reference="robbery", title="Robbery")
    measure = make("measure", reference="robbery", title="Robbery", parent=topic)
    observe(measure, force, [*[90.0, 110.0] * 9, 100.0], known=dt.date(2020, 8, 20))
    return measure


@pytest.fixture
def edition(robbery):
    return issue_edition(JULY, form="monthly", known=dt.date(2020, 8, 20), by=ANALYST)


def release(edition):
    submit_edition(edition, by=ANALYST)
    edition.refresh_from_db()
    publish_edition(edition, by=CHRIS)
    edition.refresh_from_db()


def the_line():
    return STATEMENT.all().get()


def correct(data, why="A force total was typed wrongly."):
    line = the_line()
    operations.edit(line, {"data": data}, version=line.version, by=ANALYST, why=why)


def approve():
    line = operations.submit(the_line(), by=ANALYST)
    operations.approve(line, by=CHRIS)


def corrections(edition):
    return corrections_of(statements_of(edition, PUBLIC))


def test_before_it_is_issued_a_line_is_written_freely(edition, client):
    correct("Said otherwise", why="")
    release(edition)
    assert corrections(edition) == []
    assert "orrection" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("why", ["", "  "])
def test_what_was_issued_is_not_corrected_without_a_reason(edition, why):
    release(edition)
    with pytest.raises(Invalid, match="Say what is corrected"):
        correct("Said otherwise", why=why)


def test_a_correction_is_shown_with_what_it_said_and_why_once_it_is_approved(edition, client):
    release(edition)
    before = the_line().data
    correct("Said otherwise")
    waiting = client.get(PAGE).content.decode()
    assert before in waiting
    assert "Said otherwise" not in waiting
    assert "typed wrongly" not in waiting
    approve()
    (one,) = corrections(edition)
    assert (one.before, one.after, one.why) == (
        f"{before}. No exceptional volumes",
        "Said otherwise. No exceptional volumes",
        "A force total was typed wrongly.",
    )
    page = client.get(PAGE).content.decode()
    assert "1 correction since this was issued" in page
    assert f"<del>{before}. No" in page
    assert "<ins>Said otherwise. No" in page
    assert "A force total was typed wrongly." in page


def test_each_correction_stays_the_newest_first(edition):
    release(edition)
    for data in ("Once", "Twice"):
        correct(data, why=f"Because: {data}")
        approve()
    newest, oldest = corrections(edition)
    assert newest.before.startswith("Once")
    assert newest.after.startswith("Twice")
    assert (newest.why, oldest.why) == ("Because: Twice", "Because: Once")


def test_the_document_tells_them_too(edition):
    release(edition)
    assert correction_blocks(corrections(edition)) == []
    correct("Said otherwise")
    approve()
    tables = [b for b in summary_blocks(edition, PUBLIC) if isinstance(b, Table)]
    (told,) = (t for t in tables if t.caption == "What was corrected since this was issued")
    said = [run.text for cell in told.rows[0] for run in cell]
    assert said[1] == "Robbery"
    assert said[3].startswith("Said otherwise")


def test_a_change_that_says_the_same_is_no_correction(edition):
    release(edition)
    line = the_line()
    operations.edit(line, {"title": "Other"}, version=line.version, by=ANALYST, why="Title")
    approve()
    assert corrections(edition) == []


@pytest.mark.parametrize(
    ("role", "may_write"),
    [("reader", False), ("policy_officer", False), ("analyst", True), ("panel_officer", False)],
)
def test_only_who_may_write_it_is_led_to_the_commentary(edition, client, role, may_write):
    client.force_login(make_user("who", role))
    page = client.get(f"/office{PAGE}").content.decode()
    assert ("Add commentary" in page) is may_write
    release(edition)
    assert ("Correct this" in client.get(f"/office{PAGE}").content.decode()) is may_write


def test_the_form_asks_what_is_corrected(edition, client):
    release(edition)
    client.force_login(make_user("ana2", "analyst"))
    address = f"{the_line().get_office_url()}edit/"
    assert "What is corrected, and why?" in client.get(address).content.decode()
    line = the_line()
    values = {"parent": line.parent_id, "topic": line.topic_id, "title": line.title,
              "data": "Other.", "version": line.version, "audience": line.audience}  # fmt: skip
    refused = client.post(address, values).content.decode()
    assert "This has been issued. Say what is corrected, and why." in refused
    assert client.post(address, values | {"why": "Typed wrongly"}).status_code == 302


# ---- what is quoted ----


def quote(measure, edition, value, **more):
    area = Area.objects.get(reference="force")
    made = {"measure": measure, "area": area, "period": "2020-07", "value": value}
    made |= {"edition": edition, "stated_in": "Annual report", "title": ""}
    return make("quoted-figure", **made | more)


def test_a_quoted_figure_and_its_edition_lead_to_each_other(robbery, edition, client):
    release(edition)
    quote(robbery, edition, 100.0)
    assert "Annual report" in client.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in client.get("/measures/robbery/").content.decode()


def test_what_is_not_public_leads_nowhere(robbery, edition, client):
    quote(robbery, edition, 100.0)
    assert PAGE not in client.get("/measures/robbery/").content.decode()
    release(edition)
    quote(robbery, edition, 101.0, stated_in="Secret report", status="draft")
    assert "Secret report" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("value", "period", "found"),
    [(100.0, "2020-07", 0), (103.0, "2020-07", 1), (103.0, "2031-07", 0), (103.0, "no month", 0)],
)
def test_a_figure_quoted_otherwise_than_its_edition_has_it_is_found(
    robbery, edition, value, period, found
):
    release(edition)
    quote(robbery, edition, value, period=period)
    told = [f for f in run(Scope(CHRIS), dt.date(2020, 9, 1)) if f.check == "misquoted-edition"]
    assert len(told) == found
    if found:
        assert "is quoted as 103" in told[0].found
        assert "has 100" in told[0].found


def test_an_edition_is_frozen_in_the_language_of_the_site(robbery):
    with translation.override("de"):
        made = issue_edition(JULY, form="monthly", known=dt.date(2020, 8, 20), by=ANALYST)
    assert made.title == "Performance summary, July 2020"
