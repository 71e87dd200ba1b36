"""The back office: due, late, changed; and the pages on which a record is written and compared."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from peelian.pages.comparison import Pair
from peelian.record.models import Record
from tests.makers import amend, make, make_all

TODAY = "2020-01-28"


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": TODAY}


def _desk(client: Client, user: Any) -> Any:
    client.force_login(user)
    return client.get(reverse("office-home")).context


def test_promises_are_due_or_late_by_the_day_of_the_office(client: Client, robin: Any) -> None:
    soon = make("undertaking", title="Soon", due="2020-02-14")
    late = make("undertaking", title="Late", due="2020-01-27")
    make("undertaking", title="Far", due="2020-12-01")
    make("undertaking", title="Kept", due="2020-01-01", progress="complete")
    desk = _desk(client, robin)
    assert [p.pk for p in desk["promises_due"]] == [soon.pk]
    assert [p.pk for p in desk["promises_late"]] == [late.pk]


def test_what_is_due_by_law_names_no_standard_of_the_office(client: Client, robin: Any) -> None:
    by_law = [duty.rule for duty in _desk(client, robin)["duties"]]
    assert "precept/panel-report" in {rule.id for rule in by_law}
    assert [rule.id for rule in by_law if rule.local_standard] == []


def test_a_closed_round_with_missing_lines_is_late(client: Client, robin: Any) -> None:
    plan = make("plan")
    commitment = make("commitment", parent=make("objective", parent=plan))
    answered, missing = (make("activity", parent=commitment) for _n in range(2))
    make("activity", parent=commitment, progress="complete")
    make("round", parent=plan, as_at="2019-12-31", closes_on="2020-01-15")
    make("update", parent=answered, as_at="2019-12-31")
    (late,) = _desk(client, robin)["rounds_late"]
    assert (late.missing, late.asked) == (1, 2)
    make("update", parent=missing, as_at="2019-12-31")
    assert _desk(client, robin)["rounds_late"] == []


def test_an_open_round_is_due_and_leads_to_its_grid(client: Client, pat: Any) -> None:
    plan = make("plan")
    make("activity", parent=make("commitment", parent=make("objective", parent=plan)))
    asked = make("round", parent=plan, as_at="2020-01-31", closes_on="2020-02-10")
    (due,) = _desk(client, pat)["rounds_due"]
    assert (due.missing, due.url) == (1, f"/office/rounds/{asked.reference}/grid/")
    assert _desk(client, pat)["rounds_late"] == []


def test_reviews_wait_for_those_who_may_approve_and_did_not_write(
    client: Client, pat: Any, chris: Any
) -> None:
    make("plan", title="By Pat", status="in_review", by=pat)
    make("plan", title="By Chris", status="in_review", by=chris)
    changed = make("plan", title="Changed", by=pat, approver=chris)
    Record.objects.get(pk=changed.pk)
    amend(changed, by=pat, title="To be")
    waiting = {one.record.title: str(one.what) for one in _desk(client, chris)["waiting"]}
    assert waiting == {"By Pat": "New, to approve"}
    own = {one.record.title: str(one.what) for one in _desk(client, pat)["waiting"]}
    assert own == {"Changed": "Your draft, to submit"}


def test_changes_say_who_when_and_what_and_a_load_is_one_line(client: Client, robin: Any) -> None:
    make_all("plan", *({"title": f"Plan {n}"} for n in range(30)))
    record = make("plan", title="One more", status="draft")
    changed = _desk(client, robin)["changed"]
    assert [(e.title, e.count) for e in changed] == [("One more", 1), ("Plan 29", 30)]
    assert (changed[0].by, changed[0].action) == ("pat", "Created")
    assert changed[0].url == record.get_office_url()


def test_a_record_is_told_once_by_its_last_change(client: Client, robin: Any) -> None:
    first = make("plan", title="First")
    make("plan", title="Second", status="in_review")
    amend(first, title="First, amended", why="A slip")
    changed = _desk(client, robin)["changed"]
    told = [(entry.title, entry.action, entry.count) for entry in changed]
    assert told == [("First", "Change drafted", 1), ("Second", "Submitted for review", 1)]


def test_a_change_of_a_deleted_record_leads_to_its_history(client: Client, robin: Any) -> None:
    from peelian.record import operations
    from tests.makers import CHRIS

    operations.delete(make("plan", status="draft"), by=CHRIS, why="Twice")
    entry = _desk(client, robin)["changed"][0]
    assert (entry.action, entry.url) == ("Deleted", "/office/plans/plan-1/history/")
    assert client.get(entry.url).status_code == 200


def test_a_stale_save_keeps_the_text_and_shows_what_changed(client: Client, pat: Any) -> None:
    record = make("undertaking", status="draft", title="Write a letter", text="To the mayor.")
    client.force_login(pat)
    address = f"{record.get_office_url()}edit/"
    form = client.get(address).context["form"].initial | {"why": "", "title": "Write two letters"}
    typed = {name: value for name, value in form.items() if value is not None}
    amend(record, text="To the bishop.", why="She asked first")
    response = client.post(address, typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Write two letters" in html
    assert "She asked first" in html
    labels = {pair.label for pair in response.context["conflict"]}
    assert labels == {"Title", "In full"}
    assert Record.objects.get(pk=record.pk).title == "Write a letter"
    again = typed | {"version": response.context["form"].data["version"]}
    assert client.post(address, again).status_code == 302


def test_an_error_is_summed_up_and_the_text_kept(client: Client, pat: Any) -> None:
    client.force_login(pat)
    response = client.post(
        reverse("office-undertakings-new"), {"reference": "bad reference", "title": "Kept text"}
    )
    html = response.content.decode()
    assert "There is a problem" in html
    assert "Kept text" in html


def test_a_draft_is_told_on_the_record_and_compared_word_by_word(client: Client, pat: Any) -> None:
    record = make("undertaking", title="Write to the mayor", text="In March.")
    amend(record, by=pat, title="Write to the bishop")
    client.force_login(pat)
    assert "waits as a draft" in client.get(record.get_office_url()).content.decode()
    html = client.get(f"{record.get_office_url()}compare/").content.decode()
    assert "mayor</del>" in html
    assert "bishop</ins>" in html
    assert "Official now" in html


def test_history_reads_in_words(client: Client, pat: Any) -> None:
    body = make("body", title="The Panel")
    record = make("undertaking", status="draft", progress="on_track")
    amend(record, progress="at_risk", made_to=body, due=dt.date(2020, 3, 1), why="The date moved")
    client.force_login(pat)
    response = client.get(f"{record.get_office_url()}history/")
    pairs = {pair.label: (pair.before, pair.after) for pair in response.context["entries"][0][1]}
    assert pairs["Status"] == ("On track", "At risk")
    assert pairs["Promised to" if "Promised to" in pairs else "Made to"] == ("", "The Panel")
    assert pairs["Due"] == ("", "1 March 2020")
    assert "The date moved" in response.content.decode()


def test_the_steps_lead_through_publication(client: Client, pat: Any, chris: Any) -> None:
    record = make("undertaking", status="draft", by=pat)
    address = f"{record.get_office_url()}publish/"
    for user, step in ((pat, "submit"), (chris, "approve"), (chris, "publish")):
        client.force_login(user)
        assert f"publish/?step={step}" in client.get(record.get_office_url()).content.decode()
        assert client.get(address, {"step": step}).status_code == 200
        assert client.post(address, {"step": step}).status_code == 302
    assert Record.objects.get(pk=record.pk).status == "published"
    asked = client.post(address, {"step": "withdraw"}).content.decode()
    assert "There is a problem" in asked


def test_a_reader_is_offered_nothing_to_change(client: Client, robin: Any) -> None:
    record = make("undertaking")
    client.force_login(robin)
    html = client.get(record.get_office_url()).content.decode()
    assert "/edit/" not in html
    assert "publish/?step" not in html
    assert "/new/" not in client.get(reverse("office-undertakings-list")).content.decode()


@pytest.mark.django_db
def test_the_public_page_says_nothing_of_a_draft(client: Client, pat: Any) -> None:
    record = make("role", title="Chair")
    before = client.get(record.get_absolute_url()).content
    amend(record, title="Convenor")
    assert client.get(record.get_absolute_url()).content == before


@pytest.mark.django_db
def test_the_oversight_page_lists_what_it_oversees_and_only_what_is_public(client: Client) -> None:
    board = make("oversight-mechanism", purpose="Watches over roads.", in_public=True)
    seen = make("activity", title="Mend the road", overseen_by=[board])
    make("activity", title="A secret road", overseen_by=[board], status="draft")
    response = client.get(board.get_absolute_url())
    html = response.content.decode()
    assert [row.record.pk for row in response.context["rows"]] == [seen.pk]
    assert "Watches over roads." in html
    assert "A secret road" not in html
    assert ("Meets in public", "Yes") in response.context["facts"]
    assert ("Notes published", "No") in response.context["facts"]


TEXTS = st.text(alphabet="ab<>& \n.", max_size=60)


@given(TEXTS, TEXTS)
def test_marked_words_add_up_to_both_texts(old: str, new: str) -> None:
    import re

    def said(html: str, without: str) -> str:
        html = re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", html)
        html = re.sub(rf"<{without}>.*?</{without}>", "", html, flags=re.DOTALL)
        return unescape(strip_tags(html))

    pair = Pair("", old, new)
    assert said(pair.merged, "ins") == old
    assert said(pair.merged, "del") == new
    assert said(pair.old, "ins") == old
    assert said(pair.new, "del") == new


@pytest.mark.django_db
def test_a_public_filter_offers_only_what_public_records_use(client: Client) -> None:
    quiet, spoken = make("role", title="Quiet role"), make("role", title="Spoken role")
    make("undertaking", owner=spoken)
    make("undertaking", owner=quiet, status="draft")
    html = client.get(reverse("undertakings-list")).content.decode()
    assert "Spoken role" in html
    assert "Quiet role" not in html
