"""Answers that come in for the lines of a round, and who may hear what they say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.promises import operations as promises
from peelian.promises.kinds import ACTIVITY, UPDATE
from peelian.promises.models import Release
from peelian.record import operations
from peelian.record.access import ROLES, may
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Audience, Change, Status
from peelian.record.scope import PUBLIC
from peelian.rounds.models import Answer
from peelian.rounds.operations import Holder, decline, holder_of, take_answer
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_all
from tests.rounds.invited import MARCH, an_invitation

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "progress": "at_risk",
    "text": "Two posts are empty.",
    "version": None,
    "way": "link",
}


def answered(invitation, activity, **values):
    values = SAID | {"release": "public", "by": holder_of(invitation)} | values
    return take_answer(invitation, activity, **values)


def the_update(activity):
    return UPDATE.all().get(parent=activity.pk)


def test_an_answer_waits_for_another_pair_of_eyes_and_says_who_gave_it() -> None:
    invitation, activity = an_invitation()
    answer = answered(invitation, activity)
    update = the_update(activity)
    assert (update.status, update.as_at, update.text) == ("in_review", MARCH, SAID["text"])
    assert {c.by for c in Change.objects.filter(record_id=update.pk)} == {
        "Alex Reed (by link), alex@force.example"
    }
    assert (answer.form, answer.way, answer.said_by) == ("update", "link", "alex@force.example")
    assert ACTIVITY.all().get().progress == "on_track"


def test_who_answers_by_link_has_no_right_of_any_role() -> None:
    holder = holder_of(an_invitation()[0])
    assert not any(may(holder, *permission) for given in ROLES.values() for permission in given)


def test_a_long_name_and_address_still_fit_the_history() -> None:
    invitation, activity = an_invitation(name="A" * 100, email=f"{'b' * 60}@{'c' * 150}.example")
    assert answered(invitation, activity).by.startswith(f"{'A' * 60} (by link), bb")


def test_a_colleague_who_saved_first_is_not_overwritten() -> None:
    invitation, activity = an_invitation()
    said: dict[str, Any] = {"progress": "on_track", "text": "Mine."}
    promises.record_update(activity, as_at=MARCH, version=None, by=PAT, **said)
    with pytest.raises(Stale):
        answered(invitation, activity)
    assert the_update(activity).text == "Mine."
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
    ],
)
def test_a_link_that_has_ended_takes_nothing(values) -> None:
    invitation, activity = an_invitation(**values)
    with pytest.raises(Refused):
        answered(invitation, activity)
    with pytest.raises(Refused):
        decline(invitation, activity, reason="No", way="link", by=Holder("x"))


def test_nobody_answers_for_a_line_they_were_not_asked_about() -> None:
    invitation, _activity = an_invitation()
    other = make("activity")
    with pytest.raises(Refused):
        answered(invitation, other)
    assert not UPDATE.all().filter(parent=other.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"progress": "fine"}, "progress"), ({"text": " "}, "text"), ({"release": "all"}, "release")],
)
def test_what_is_no_answer_is_told_by_its_field(wrong, field) -> None:
    invitation, activity = an_invitation()
    with pytest.raises(Invalid) as refused:
        answered(invitation, activity, **wrong)
    assert list(refused.value.errors) == [field]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_declining_needs_a_reason_that_can_be_kept(reason) -> None:
    invitation, activity = an_invitation()
    with pytest.raises(Invalid):
        decline(invitation, activity, reason=reason, way="link", by=Holder("x"))


# ---- who may hear it ----


def released(activity, release, progress="off_track"):
    """Return the update, taken all the way to publication."""
    said: dict[str, Any] = {"progress": progress, "text": "Said.", "release": release}
    update = promises.record_update(activity, as_at=MARCH, version=None, by=PAT, **said)
    [sent] = promises.submit_updates([update], by=PAT)
    return promises.approve_updates([sent], by=CHRIS)[0]


@pytest.mark.parametrize(
    ("release", "is_public", "status_follows"),
    [("public", True, True), ("panel", False, False), ("internal", False, False)],
)
def test_only_what_is_for_the_public_is_ever_public(release, is_public, status_follows) -> None:
    activity = make("activity")
    update = released(activity, release)
    assert update.status == Status.PUBLISHED
    assert PUBLIC.of(UPDATE).filter(pk=update.pk).exists() is is_public
    # Its status would tell what it says.
    assert (ACTIVITY.all().get().progress == "off_track") is status_follows


@settings(max_examples=12)
@given(st.sampled_from(["panel", "internal"]), st.sampled_from(["load", "make", "edit", "draft"]))
@pytest.mark.django_db
def test_no_way_of_writing_makes_public_what_is_not_for_the_public(release, way) -> None:
    """Whoever writes it, and whatever they say of the audience."""
    told = {"release": release, "audience": "public"}
    if way == "load":
        [update] = make_all("update", {"parent": make("activity"), **told})
    elif way == "make":
        update = make("update", parent=make("activity"), **told)
    elif way == "edit":
        update = amend(make("update", parent=make("activity"), status="draft"), **told)
        update = operations.release(operations.submit(update, by=PAT), by=CHRIS)
    else:
        update = approve_change(amend(make("update", parent=make("activity")), **told))
    update = UPDATE.all().get(pk=update.pk)
    assert (update.status, update.audience) == (Status.PUBLISHED, Audience.OFFICE)
    assert not PUBLIC.of(UPDATE).filter(pk=update.pk).exists()


def test_an_update_that_was_internal_can_be_given_to_the_public_and_back() -> None:
    activity = make("activity")
    update = released(activity, Release.INTERNAL)
    said: dict[str, Any] = {"progress": "off_track", "text": "Said."}
    for release, is_public in (("public", True), ("panel", False)):
        kept: dict[str, Any] = {
            "as_at": MARCH,
            "version": update.version,
            "release": release,
            "by": PAT,
        }
        waiting = promises.record_update(activity, **said, **kept)
        [sent] = promises.submit_updates([waiting], by=PAT)
        update = promises.approve_updates([sent], by=CHRIS)[0]
        assert PUBLIC.of(UPDATE).exists() is is_public


def test_words_changed_without_saying_who_may_hear_them_stay_internal() -> None:
    activity = make("activity")
    update = released(activity, Release.INTERNAL)
    said: dict[str, Any] = {"progress": "on_track", "text": "Better."}
    kept: dict[str, Any] = {"as_at": MARCH, "version": update.version, "by": PAT}
    waiting = promises.record_update(activity, **said, **kept)
    [sent] = promises.submit_updates([waiting], by=PAT)
    assert promises.approve_updates([sent], by=CHRIS)[0].release == Release.INTERNAL
    assert not PUBLIC.of(UPDATE).exists()


def test_a_later_internal_update_does_not_keep_the_public_status_back() -> None:
    activity = make("activity")
    later = MARCH + dt.timedelta(days=90)
    make("update", parent=activity, as_at=later, release="internal", progress="off_track")
    released(activity, Release.PUBLIC, progress="at_risk")
    assert ACTIVITY.all().get().progress == "at_risk"
