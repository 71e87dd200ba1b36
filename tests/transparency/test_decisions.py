"""Decisions: numbered, published with their notice, corrected by versions, exempt parts apart."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peelian.exempt.apart import newest_part
from peelian.exempt.models import ExemptPart
from peelian.exempt.operations import keep_exempt_part
from peelian.people.models import User
from peelian.record import operations
from peelian.record.errors import Invalid, Refused, WriteRefused
from peelian.record.load import load_file
from peelian.record.models import Change
from peelian.record.scope import PUBLIC
from peelian.transparency.kinds import DECISION
from peelian.transparency.notices import publication
from peelian.transparency.operations import issue_notice
from tests.every.addresses import is_public, kind_of_route, patterns
from tests.every.crawl import read
from tests.every.world import person
from tests.makers import CHRIS, DAY, PAT, ROBIN, amend, approve_change, make

pytestmark = pytest.mark.django_db

SECRET = "zqinformant"
SAID = {
    "title": "Fund a new custody suite",
    "decision": "To buy the site at the old works.",
    "reasons": "The present one is full.",
    "significance": "It costs more than any other this year.",
    "decided_on": DAY,
}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.OFFICE = settings.OFFICE | {"today": ""}


def _decision(**values: Any) -> Any:
    return make("decision", **SAID | values)


# ---- its number, and how soon it was published ----


def test_decisions_are_numbered_within_their_year_and_no_number_comes_twice() -> None:
    first = operations.create(DECISION, SAID, by=PAT)
    second = operations.create(DECISION, SAID, by=PAT)
    operations.delete(second, by=PAT, why="Entered twice")
    third = operations.create(DECISION, SAID, by=PAT)
    of_next_year = operations.create(DECISION, SAID | {"decided_on": dt.date(2021, 1, 4)}, by=PAT)
    made = [first, third, of_next_year]
    assert [d.reference for d in made] == ["2020-001", "2020-003", "2021-001"]


@pytest.mark.parametrize(
    ("published", "said"),
    [
        (DAY, "Published on the day it was made."),
        (DAY + dt.timedelta(1), "Published on 6 February 2020, 1 day after it was made."),
        (DAY + dt.timedelta(9), "Published on 14 February 2020, 9 days after it was made."),
        (None, "The day of first publication is not on the record."),
    ],
)
def test_a_notice_says_how_soon_it_was_published(published: Any, said: str) -> None:
    decision = _decision(published_on=published)
    assert publication(decision) == said
    page = Client().get(decision.get_absolute_url()).content.decode()
    assert said in page


@pytest.mark.parametrize("column", ["published_on", "signed_on"])
def test_nothing_is_published_or_signed_before_it_is_decided(column: str) -> None:
    with pytest.raises(Invalid):
        _decision(**{column: DAY - dt.timedelta(1)})


# ---- the notice ----


@pytest.fixture
def approver(chris: User) -> Client:
    client = Client()
    client.force_login(chris)
    return client


def _step(client: Client, decision: Any, step: str, why: str = "") -> None:
    address = reverse("office-decisions-publish", args=[decision.reference])
    assert client.post(address, {"step": step, "why": why}).status_code == 302


def _published(approver: Client, **values: Any) -> Any:
    decision = _decision(status="approved", **values)
    _step(approver, decision, "publish")
    decision.refresh_from_db()
    return decision


def test_publishing_a_decision_issues_its_notice_and_notes_the_day(approver: Client) -> None:
    decision = _published(approver)
    assert decision.published_on == timezone.localdate()
    pdf = Client().get(reverse("decision-pdf", args=[decision.reference]))
    assert pdf["Content-Type"] == "application/pdf"
    page = Client().get(decision.get_absolute_url()).content.decode()
    assert reverse("decision-pdf", args=[decision.reference]) in page
    issue_notice(decision, by=CHRIS)
    assert decision.snapshots.count() == 1, "a notice that says nothing new is not issued again"


def test_the_notice_is_a_tagged_pdf_with_every_part(approver: Client, tmp_path: Any) -> None:
    decision = _published(approver)
    content = Client().get(reverse("decision-pdf", args=[decision.reference])).content
    path = tmp_path / "notice.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == f"Decision notice {decision.reference}"
    if shutil.which("pdftotext"):
        words = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        text = " ".join(words.stdout.decode().split())
        assert [
            part for part in (*list(SAID.values())[:4], decision.reference) if part not in text
        ] == []


def test_a_correction_adds_a_version_with_its_reason_and_the_first_stays(approver: Client) -> None:
    decision = _published(approver)
    first = Client().get(reverse("decision-version-pdf", args=[decision.reference, 1])).content
    amend(decision, decision="To lease the site.", why="The site is leased, not bought")
    assert decision.snapshots.count() == 1, "a draft issues nothing"
    operations.submit(decision, by=PAT)
    _step(approver, decision, "approve")
    numbers = [s.number for s in decision.snapshots.order_by("number")]
    assert numbers == [1, 2]
    page = Client().get(decision.get_absolute_url()).content.decode()
    assert "The site is leased, not bought" in page
    kept = Client().get(reverse("decision-version-pdf", args=[decision.reference, 1])).content
    assert kept == first != Client().get(reverse("decision-pdf", args=[decision.reference])).content
    decision.refresh_from_db()
    issue_notice(decision, by=CHRIS)
    assert decision.snapshots.count() == 2


def test_what_is_yet_to_be_decided_is_not_published_and_the_page_says_why(approver: Client) -> None:
    ahead = timezone.localdate() + dt.timedelta(days=3)
    decision = _decision(status="approved", decided_on=ahead)
    address = reverse("office-decisions-publish", args=[decision.reference])
    page = approver.post(address, {"step": "publish"}, follow=True).content.decode()
    assert "A decision cannot be published before it is made." in page
    assert Client().get(decision.get_absolute_url()).status_code == 404
    approver.post(address, {"step": "publish", "embargo_until": f"{ahead} 09:00"})
    decision.refresh_from_db()
    assert decision.published_on == ahead


def test_a_day_of_publication_that_never_came_is_noted_anew(approver: Client) -> None:
    decision = _decision(status="approved")
    address = reverse("office-decisions-publish", args=[decision.reference])
    approver.post(address, {"step": "publish", "embargo_until": "2040-01-02 09:00"})
    operations.withdraw(decision, by=CHRIS, why="Too early")
    operations.submit(operations.reopen(decision, by=PAT), by=PAT)
    for step in ("approve", "publish"):
        _step(approver, decision, step)
    decision.refresh_from_db()
    assert decision.published_on == timezone.localdate()


def test_a_decision_whose_notice_was_issued_is_withdrawn_but_not_deleted(approver: Client) -> None:
    decision = _published(approver)
    operations.withdraw(decision, by=CHRIS, why="Wrong")
    assert Client().get(reverse("decision-pdf", args=[decision.reference])).status_code == 404
    with pytest.raises(Refused, match="stays, withdrawn"):
        operations.delete(decision, by=CHRIS, why="Wrong")


def test_no_notice_is_issued_before_publication() -> None:
    for status in ("draft", "in_review", "approved"):
        assert issue_notice(_decision(status=status), by=CHRIS) is None


def test_a_decision_considers_what_may_be_seen_and_no_more(approver: Client) -> None:
    meeting, hidden = make("meeting", title="Panel in May"), make("meeting", title="Zq meeting")
    decision = _decision(status="approved", considers=[meeting, hidden])
    operations.withdraw(hidden, by=CHRIS, why="Wrong")
    _step(approver, decision, "publish")
    decision.refresh_from_db()
    page = Client().get(decision.get_absolute_url()).content.decode()
    assert ("Panel in May" in page, "Zq meeting" in page) == (True, False)
    assert "Zq meeting" not in decision.issued().content
    assert decision.title in Client().get(meeting.get_absolute_url()).content.decode()


# ---- the exempt part ----


def _kept(decision: Any) -> ExemptPart:
    return keep_exempt_part(decision, text=f"The source is {SECRET}.", ground="s.30", by=CHRIS)


def _read(decision: Any) -> dict[str, str]:
    """Read whatever may speak of a decision: its own addresses, and those of no one kind.

    The pages of all other kinds are read in tests/every/test_leaks.py, by whoever follows a link.
    """
    parts: dict[str, Any] = {"reference": decision.reference, "number": 1}
    return {
        address: read(Client(), address)[0]
        for p in patterns()
        if is_public(p)
        and kind_of_route(p) in ("", "decision")
        and p.pattern.converters.keys() <= parts.keys()
        for address in [reverse(str(p.name), kwargs={n: parts[n] for n in p.pattern.converters})]
    }


def test_an_exempt_part_changes_nothing_that_is_public(approver: Client) -> None:
    decision = _published(approver)
    before = _read(decision)
    _kept(decision)
    after = _read(decision)
    named = {a for a, text in before.items() if str(SAID["title"]) in text}
    assert named >= {decision.get_absolute_url(), "/decisions/", "/decisions.csv", "/feed/"}
    assert {a for a in before.keys() | after.keys() if before.get(a) != after.get(a)} == set()
    assert [a for a, text in after.items() if SECRET in text] == []
    for name in ("search", "search-csv"):
        # The answer names what was asked for, and finds nothing.
        answer = Client().get(reverse(name), {"q": SECRET}).content.decode()
        assert decision.title not in answer


def test_an_exempt_part_is_in_no_notice_and_no_history(approver: Client) -> None:
    decision = _published(approver)
    _kept(decision)
    approve_change(amend(decision, reasons="It is too small."))
    issue_notice(decision, by=CHRIS, why="Put right")
    assert not [s for s in decision.snapshots.all() if SECRET in s.content]
    changes = Change.objects.filter(record_id=decision.pk)
    assert "exempt_part_kept" in changes.values_list("action", flat=True)
    assert not [c for c in changes if SECRET in f"{c.values}{c.proposed}{c.why}{c.title}"]
    history = approver.get(reverse("office-decisions-history", args=[decision.reference]))
    assert (SECRET in history.content.decode(), "Exempt part kept" in history.content.decode()) == (
        False,
        True,
    )


@pytest.mark.parametrize(
    ("role", "may_read"),
    [
        ("reader", False),
        ("policy_officer", False),
        ("analyst", False),
        ("panel_officer", False),
        ("chief_executive", True),
        ("administrator", True),
    ],
)
def test_who_reads_an_exempt_part(role: str, may_read: bool) -> None:
    decision = _decision()
    _kept(decision)
    client = Client()
    client.force_login(person("somebody", role))
    own = client.get(reverse("office-decisions-exempt", args=[decision.reference]))
    assert own.status_code == (200 if may_read else 403)
    assert (SECRET in own.content.decode()) == may_read
    page = client.get(decision.get_office_url()).content.decode()
    assert (SECRET in page, "Exempt part and files" in page) == (False, may_read)


def test_only_who_may_read_it_keeps_an_exempt_part_and_what_was_kept_stays() -> None:
    decision = _decision()
    for actor in (PAT, ROBIN):
        with pytest.raises(Refused):
            keep_exempt_part(decision, text="x", ground="y", by=actor)
    with pytest.raises(Invalid) as refused:
        keep_exempt_part(decision, text=" ", ground="", by=CHRIS)
    assert set(refused.value.errors) == {"text", "ground"}
    _kept(decision)
    keep_exempt_part(decision, text="Less", ground="s.31", by=CHRIS)
    assert newest_part(decision).text == "Less"
    assert ExemptPart.objects.count() == 2
    with pytest.raises((WriteRefused, IntegrityError)):
        ExemptPart.objects.first().delete()


# ---- from a file ----


def test_decisions_come_from_a_file_with_their_notices(tmp_path: Any) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        "title,decision,decided_on,published_on\nBuy a van,Approved.,2020-01-06,2020-01-08\n",
        encoding="utf-8",
    )
    load_file(file, by=CHRIS)
    [decision] = PUBLIC.of(DECISION)
    assert (decision.reference, decision.days_to_publication) == ("2020-001", 2)
    assert decision.issued() is not None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("title,decision,decided_on\nA,B,soon", r"row 2, column “decided_on”: found “soon”"),
        ("title,decision,decided_on\nA,B,", r"row 2, column “decided_on”"),
        ("title,decision,made\nA,B,2020-01-06", r"row 1, column “made”: found “made”"),
        (
            "title,decision,decided_on,published_on\nA,B,2020-01-06,2020-01-05",
            r"row 2.*before it is made",
        ),
    ],
)
def test_a_wrong_file_of_decisions_is_refused_whole(
    tmp_path: Any, rows: str, expected: str
) -> None:
    from peelian.intake.tables import Rejected

    file = tmp_path / "decisions.csv"
    file.write_text(f"{rows}\n", encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        load_file(file, by=CHRIS)
    assert re.search(expected, str(refused.value))
    assert not DECISION.all().exists()
