"""What is remarked on an update before it is saved: the checks of the pack, on one text."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.promises import operations as promises
from peelian.promises.models import Progress, Promise
from peelian.promises.plain_english import JARGON, hints
from peelian.promises.quality import Unsaved, remarks_on, remarks_on_each
from peelian.record.access import ROLES, may
from peelian.record.scope import PUBLIC
from tests.makers import PAT, make, make_user

MARCH = dt.date(2020, 3, 31)
SILENT = Promise(kind="activity", reference="2016-A4.6", title="Hold a board")


def found(text, progress="on_track", promise=SILENT) -> list[str]:
    said = remarks_on(promise, progress=progress, text=text, as_at=MARCH, scope=PUBLIC)
    return [remark.check for remark in said]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "progress", "checks"),
    [
        ("Two boards met in March 2020.", "on_track", []),
        ("The next board will be held on 5 March 2020.", "on_track", ["stale-date"]),
        ("The next board will be held on 5 April 2020.", "on_track", []),
        ("The pilot has not yet started.", "complete", ["status-contradicts"]),
        ("The pilot has not yet started.", "not_started", []),
        ("Refer to Z9.9.", "on_track", ["unresolved-reference"]),
        ("Confidence is 80%.", "on_track", ["figure-without-source"]),
        (
            "Confidence was 80% in the year to March 2020 (Crime Survey for England and Wales).",
            "on_track",
            [],
        ),
        ("Going forward the board meets.", "on_track", ["plain-english"]),
        ("", "on_track", []),
        (" \n ", "complete", []),
    ],
)
def test_an_update_is_remarked_on_as_the_pack_would(text, progress, checks) -> None:
    assert found(text, progress) == checks


@pytest.mark.django_db
def test_a_reference_is_looked_up_in_the_plan_and_as_its_reader_may_see_it() -> None:
    plan = make("plan", reference="2016")
    over = make("commitment", parent=make("objective", parent=plan))
    seen = {"printed_reference": "A4.6", "parent": over, "reference": "2016-A4.6"}
    activity = make("activity", **seen)
    make("activity", printed_reference="A4.7", parent=over, reference="2016-A4.7", status="draft")
    assert found("Refer to A4.6.", promise=activity) == []
    assert found("Refer to A4.7.", promise=activity) == ["unresolved-reference"]


@pytest.mark.django_db
def test_a_hundred_updates_are_read_in_as_many_queries_as_one() -> None:
    written = [Unsaved(SILENT, "on_track", f"Refer to A{n}.1.") for n in range(1, 100)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said = remarks_on_each(written, as_at=MARCH, scope=PUBLIC)
    assert len(asked) == 1
    assert [len(one) for one in said] == [1] * 99


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from([*Progress.values, "", "none such"]))
def test_whatever_is_typed_is_read_without_a_fault(text, progress) -> None:
    text = text.replace("inute", "").replace("summary", "")
    plain = "".join(c for c in text if not c.isdigit())  # no reference, so no database
    remarks = remarks_on(SILENT, progress=progress, text=plain, as_at=MARCH, scope=PUBLIC)
    assert all(remark.found and remark.mend for remark in remarks)


def test_hints_are_few_and_kind() -> None:
    short = "It met. " * 50
    assert list(hints(short)) == []
    long = "We met and " * 30 + "went home. "
    assert len(list(hints(long * 6))) == 3
    officials = " and ".join(["utilise", "prior to", "deep dive", "buy-in", "synergy"])
    assert len(list(hints(officials))) == 3
    assert len(JARGON) > 20


# ---- while typing ----


def remarks_page(user, round_, activity, **typed):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("office-round-remarks", args=[round_.reference, activity.reference])
    return client.post(address, {"progress": "on_track", "text": "Fine."} | typed)


@pytest.fixture
def asked(db):
    plan = make("plan", reference="2016")
    over = make("commitment", parent=make("objective", parent=plan))
    activity = make("activity", parent=over, reference="2016-A4.6", printed_reference="A4.6")
    return promises.open_round(plan, as_at=MARCH, closes_on=MARCH, by=PAT), activity


@pytest.mark.parametrize("role", ROLES)
def test_the_words_are_looked_at_while_they_are_typed_by_those_who_may_edit(asked, role) -> None:
    user = make_user("somebody", role)
    page = remarks_page(user, *asked, text="The board will be held on 5 March 2020. <b>")
    assert page.status_code == (200 if may(user, "edit", "promises") else 403)
    if page.status_code == 200:
        assert "5 March 2020" in page.text
        assert "<b>" not in page.text
        assert "<html" not in page.text


def test_nothing_is_saved_by_looking(asked, pat) -> None:
    round_, activity = asked
    assert remarks_page(pat, round_, activity).text.strip() == ""
    assert promises.update_for(activity, MARCH) is None


def test_what_is_saved_is_answered_with_its_remarks(asked, pat) -> None:
    round_, activity = asked
    client = Client()
    client.force_login(pat, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("office-round-row", args=[round_.reference, activity.reference])
    typed = {"progress": "complete", "text": "It has not yet started.", "version": "0"}
    page = client.post(address, typed, follow=True)
    assert "has not yet started”" in page.text
    script = client.post(address, typed, headers={"Accept": "application/json"})
    assert "has not yet started”" in script.json()["html"]
