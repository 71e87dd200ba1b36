"""A written paper: numbered by itself, true to what it quotes, signed off, in time or excused."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.blocks import Bullets, Heading, Paragraph, Table, text
from peelian.papers.kinds import SIGN_OFF
from peelian.papers.operations import ask_for_sign_offs, sign
from peelian.papers.printing import paper_blocks, printed
from peelian.record import operations
from peelian.record.access import ROLES, Command, may
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Status
from peelian.record.scope import PUBLIC
from tests.documents.test_supplied import supplied
from tests.makers import CHRIS, PAT, amend, approve_change, bring_to, make, make_tree, make_user

pytestmark = pytest.mark.django_db
SAM = Command("sam", ("panel_officer",))
FAR, FAR_TOO_LATE = "2040-02-08", "2040-02-01"


def read(response: Any) -> str:
    """Return the words of a page."""
    shown = response.content.decode().partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", shown)).split())


def blocks_of(paper: Any) -> list[Any]:
    paper.refresh_from_db()
    return paper_blocks(paper, printed([paper], PUBLIC), level=2)


def item_of(**values: Any) -> Any:
    body = make("body", form="panel", reference=settings.OFFICE["panel"])
    meeting = make("meeting", body=body, held_on=dt.date.fromisoformat(FAR), state="planned")
    return make("agenda-item", parent=meeting, **values)


# ---- its words ----


def test_paragraphs_are_numbered_through_and_headings_and_bullets_are_not() -> None:
    paper = make(
        "paper",
        background="The plan was issued in March.",
        text="It goes well.\n\n# Calls\n\nCalls are answered.\n\n- in ten seconds\n- by people",
        support="Tables are at the end.",
    )
    made = blocks_of(paper)
    said = [text(block) for block in made if isinstance(block, Paragraph)]
    assert said[:4] == [
        "1. The plan was issued in March.",
        "2. It goes well.",
        "3. Calls are answered.",
        "4. Tables are at the end.",
    ]
    assert Heading(4, "Calls") in made
    bullets = next(block for block in made if isinstance(block, Bullets))
    assert text(bullets) == "in ten seconds\nby people"


def test_background_papers_are_listed_or_said_to_be_none() -> None:
    listed = make("paper", background_papers="The survey of 2026")
    none = make("paper", background_is="none", background_papers="")
    assert "The survey of 2026" in "\n".join(map(text, blocks_of(listed)))
    assert "There are no background papers to this paper." in map(text, blocks_of(none))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"background_is": "listed", "background_papers": " "}, "List the background papers"),
        ({"background_is": "none", "background_papers": "A survey"}, "Papers are listed"),
        ({"background_is": ""}, "background_is"),
        ({"author": ""}, "author"),
    ],
)
def test_a_paper_that_leaves_out_what_the_law_asks_is_refused(
    values: dict[str, str], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        make("paper", **values)


def test_what_a_paper_quotes_is_as_the_record_has_it_when_the_pack_is_built() -> None:
    tree = make_tree(activity={"printed_reference": "A4.6", "title": "Visit every farm"})
    paper = make("paper", text="See A4.6.")

    def said() -> list[str]:
        (table,) = [block for block in blocks_of(paper) if isinstance(block, Table)]
        return [cell[0].text for cell in table.rows[0]]

    assert said()[0] == "Activity A4.6"
    assert said()[1].startswith("Visit every farm (")
    before = said()
    approve_change(amend(tree["activity"], title="Visit each farm twice"))
    assert said()[1].startswith("Visit each farm twice (")
    assert said() != before
    (run,) = [r for b in blocks_of(paper) if isinstance(b, Paragraph) for r in b.runs if r.href]
    assert (run.text, run.href) == ("A4.6", tree["activity"].get_absolute_url())


def test_a_paper_quotes_nothing_that_is_not_public() -> None:
    make_tree(
        activity={"printed_reference": "A4.6", "title": "Visit every farm", "status": "draft"}
    )
    paper = make("paper", text="See A4.6.")
    assert not [block for block in blocks_of(paper) if isinstance(block, Table)]


# ---- sign-off ----


def test_a_paper_goes_out_once_all_have_signed_it_off_each_once_and_in_order() -> None:
    paper = make("paper", status="approved")
    author, monitoring, chair = ask_for_sign_offs(paper, by=SAM)
    with pytest.raises(Refused, match="signed off by: Author, Monitoring officer, Chair"):
        operations.publish(paper, by=CHRIS)
    with pytest.raises(Refused, match="Author signs off first"):
        sign(chair, by=SAM)
    for one in (author, monitoring, chair):
        assert sign(one, by=SAM, on=dt.date(2026, 11, 3)).signed_on == dt.date(2026, 11, 3)
        with pytest.raises(Refused, match="once"):
            sign(one, by=SAM)
    assert operations.publish(paper, by=CHRIS).status == Status.PUBLISHED


def test_a_sign_off_stays_as_it_was_given() -> None:
    one = make("sign-off", status="draft")
    for day in (None, "2020-02-06"):
        with pytest.raises(Invalid, match="stays so"):
            amend(one, signed_on=day)
    assert amend(one, note="By telephone").note == "By telephone"


def test_a_change_of_a_public_paper_waits_for_an_open_sign_off_too() -> None:
    paper = make("paper")
    [author, *_others] = ask_for_sign_offs(paper, by=SAM)
    operations.submit(amend(paper, text="Another report."), by=PAT)
    with pytest.raises(Refused, match="has still to be signed off"):
        operations.approve(paper, by=CHRIS)
    operations.delete(SIGN_OFF.all().get(pk=_others[0].pk), by=CHRIS, why="On leave")
    assert [one.title for one in SIGN_OFF.all().in_order()] == [author.title, _others[1].title]


def test_the_usual_sign_offs_are_asked_for_once() -> None:
    paper = make("paper")
    ask_for_sign_offs(paper, by=SAM)
    with pytest.raises(Refused, match="asked for already"):
        ask_for_sign_offs(paper, by=SAM)


# ---- in time, or with a reason; never beside an exempt item ----


@pytest.mark.parametrize(
    ("item", "paper", "goes_out"),
    [
        ({}, {}, False),
        ({}, {"late_reason": "The grant was announced on Monday."}, True),
        ({"late_reason": "The force lost its accreditation."}, {}, True),
    ],
    ids=["late", "late with a reason", "under an urgent item"],
)
def test_a_late_paper_says_why_or_waits(
    on_day: Any, item: dict[str, str], paper: dict[str, str], goes_out: bool
) -> None:
    under = item_of(**item)
    on_day(FAR_TOO_LATE)
    made = make("paper", parent=under, status="approved", title="Reserves", **paper)
    if goes_out:
        assert operations.publish(made, by=CHRIS).status == Status.PUBLISHED
    else:
        with pytest.raises(Refused, match="“Reserves” had to be public by Tuesday 31 January 2040"):
            operations.publish(made, by=CHRIS)


def test_the_reason_of_a_late_paper_is_printed() -> None:
    made = make("paper", late_reason="The grant was announced on Monday.")
    assert "Late paper: The grant was announced on Monday." in "\n".join(map(text, blocks_of(made)))


# ---- its pages ----


def test_the_public_page_of_a_paper_asks_little_and_says_all(client: Client) -> None:
    paper = make("paper", text="See minute 315.", contact="Pat Lane, 01905 000000")
    make("minute", number=315)
    with CaptureQueriesContext(connection) as queries:
        page = read(client.get(paper.get_absolute_url()))
    assert len(queries) <= 12
    for words in ("1. See minute 315.", "Background papers", "Pat Lane, 01905 000000"):
        assert words in page
    assert "Sign-off" not in page
    assert paper.title in read(client.get(paper.parent.get_absolute_url()))
    assert paper.title in read(client.get(paper.parent.parent.get_absolute_url()))


def test_the_office_signs_off_on_the_page_and_sees_what_was_changed_after(client: Client) -> None:
    paper = make("paper", status="draft")
    client.force_login(make_user("sam", "panel_officer"))
    base = f"/office/papers/{paper.reference}/"
    assert "Nobody has to sign this paper off" in read(client.get(base))
    client.post(f"{base}ask-for-sign-offs/")
    first = SIGN_OFF.all().in_order().first()
    assert first is not None
    answer = client.post(f"/office/sign-offs/{first.reference}/sign/", follow=True)
    assert "Signed off by: Author." in read(answer)
    assert "Monitoring officer: has still to sign off" in read(client.get(base))
    amend(SIGN_OFF.all().get(pk=first.pk), note="Seen")
    late = make("sign-off", parent=paper, status="draft", number=9, signed_on=dt.date(2020, 1, 1))
    assert "The paper was changed after that" not in read(client.get(base))
    amend(paper, text="Another report.")
    assert "The paper was changed after that" in read(client.get(base))
    assert late.signed_on == dt.date(2020, 1, 1)


def test_a_file_is_uploaded_on_its_page_and_a_bad_one_is_refused_in_a_sentence(
    client: Client,
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = make("paper", status="draft")
    client.force_login(make_user("pat", "policy_officer"))
    address = f"/office/papers/{paper.reference}/upload/"

    def send(content: bytes | None, **more: str) -> Any:
        sent: dict[str, Any] = {"language": "en-GB", **more}
        if content is not None:
            sent["file"] = SimpleUploadedFile("scan.pdf", content)
        return client.post(address, sent, follow=True)

    assert "Choose a file." in read(send(None))
    assert "This is not really a .pdf file." in read(send(b"nothing"))
    page = read(send(supplied(1)))
    assert "Saved." in page
    assert "The PDF has no tags" in page
    assert "The PDF has no tags" not in read(send(None, drop="on"))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_edit_papers_may_upload_and_sign(client: Client, role: str) -> None:
    one = make("sign-off", status="draft")
    client.force_login(make_user("somebody", role))
    expected = {True: 200, False: 403}[may(Command("x", (role,)), "edit", "papers")]
    assert client.get(f"/office/papers/{one.parent.reference}/upload/").status_code == expected
    signs = client.post(f"/office/sign-offs/{one.reference}/sign/").status_code
    assert signs == (302 if expected == 200 else 403)


def test_a_paper_under_a_hidden_item_is_hidden() -> None:
    paper = make("paper", parent=make("agenda-item", status="draft"), status="draft")
    assert bring_to(paper, "published").status == Status.PUBLISHED
    assert Client().get(paper.get_absolute_url()).status_code == 404


# ---- exempt items ----

EXEMPT = {"exempt_paragraph": 3, "exempt_reason": "The price would be lost."}


def test_no_paper_is_published_under_an_exempt_item() -> None:
    item = item_of(title="Sale of the house", **EXEMPT)
    paper = make("paper", parent=item, status="approved")
    with pytest.raises(Refused, match="“Sale of the house” is exempt"):
        operations.publish(paper, by=CHRIS)


def test_an_item_with_a_public_paper_does_not_become_exempt() -> None:
    item = item_of(title="Sale of the house")
    paper = make("paper", parent=item, title="The offers")
    changed = amend(item, **EXEMPT)
    with pytest.raises(Refused, match="withdraw first: The offers"):
        approve_change(changed)
    operations.withdraw(paper, by=CHRIS, why="It is exempt")
    assert operations.approve(changed, by=CHRIS).exempt_paragraph == 3


@pytest.mark.parametrize(("status", "leads"), [("published", True), ("draft", False)])
def test_the_agenda_leads_to_an_item_for_its_paper_once_that_is_public(
    client: Client, status: str, leads: bool
) -> None:
    item = item_of(title="Reserves", text="")
    make("paper", parent=item, status=status)
    page = client.get(item.parent.get_absolute_url()).content.decode()
    assert (f'<strong><a class="govuk-link" href="{item.get_absolute_url()}"' in page) == leads
