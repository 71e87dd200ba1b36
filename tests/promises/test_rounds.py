"""The grid of an update round: who may use it, and what becomes of what they type."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.promises import operations as promises
from peelian.promises.kinds import ACTIVITY, UPDATE
from peelian.promises.round_views import publish_update
from peelian.promises.rounds import State, read_grid, round_section
from peelian.record import operations
from peelian.record.access import ROLES, may
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_all, make_user

pytestmark = pytest.mark.django_db

MARCH = dt.date(2020, 3, 31)
DECEMBER = dt.date(2019, 12, 31)


@pytest.fixture
def plan(db):
    return make("plan", reference="2016")


@pytest.fixture
def commitment(plan):
    return make("commitment", printed_reference="A.4", parent=make("objective", parent=plan))


@pytest.fixture
def activity(commitment):
    made = make(
        "activity",
        reference="2016-A4.6",
        printed_reference="A4.6",
        title="Hold a board",
        parent=commitment,
    )
    make("update", parent=made, as_at=DECEMBER, text="It met in\nDecember.", progress="at_risk")
    return made


@pytest.fixture
def round_(plan):
    return promises.open_round(plan, as_at=MARCH, closes_on=dt.date(2020, 4, 14), by=PAT)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def grid(round_, **filters) -> str:
    return reverse("office-round-grid", args=[round_.reference], query=filters or None)


def save(client, round_, activity, *, script=False, **typed):
    address = reverse("office-round-row", args=[round_.reference, activity.reference])
    headers = {"Accept": "application/json"} if script else {}
    typed = {"progress": "on_track", "text": "Two boards met.", "version": "0"} | typed
    return client.post(address, typed, headers=headers)


def review(client, round_, step, *updates, why=""):
    picked = [f"{u.parent.reference}:{u.version}" for u in updates]
    address = reverse("office-round-review", args=[round_.reference])
    return client.post(address, {"step": step, "update": picked, "why": why}, follow=True)


def waiting(activity, by=PAT):
    update = promises.record_update(
        activity, as_at=MARCH, progress="off_track", text="Late.", version=0, by=by
    )
    return promises.submit_updates([update], by=by)[0]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_sees_the_pages_its_permissions_say(round_, activity, role):
    user = make_user("someone", role)
    client = signed_in(user)
    pages = {
        grid(round_): "edit",
        reverse("office-round-review", args=[round_.reference]): "approve",
    }
    for address, action in pages.items():
        expected = 200 if may(user, action, "promises") else 403
        assert client.get(address).status_code == expected, address
    answer = save(client, round_, activity)
    assert answer.status_code == (302 if may(user, "edit", "promises") else 403)
    assert UPDATE.all().filter(as_at=MARCH).exists() == may(user, "edit", "promises")


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(round_, activity, client):
    for answer in (client.get(grid(round_)), save(client, round_, activity)):
        assert answer.status_code == 302
        assert "sign-in" in answer.headers["Location"]
    assert not UPDATE.all().filter(as_at=MARCH).exists()


def test_a_saved_row_comes_back_to_its_place_and_says_so(round_, activity, pat):
    client = signed_in(pat)
    answer = save(client, round_, activity)
    assert answer.headers["Location"].endswith("saved=2016-A4.6#row-2016-A4.6")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Two boards met." in page
    assert "1 of 1 updated" in page
    assert "Saved." in page


def test_the_filters_in_use_are_still_there_after_saving(round_, activity, pat):
    address = reverse(
        "office-round-row", args=[round_.reference, activity.reference], query={"state": "not_yet"}
    )
    typed = {"progress": "on_track", "text": "Two boards met.", "version": "0"}
    answer = signed_in(pat).post(address, typed, follow=True)
    assert "state=not_yet" in answer.redirect_chain[-1][0]
    assert "Two boards met." in answer.content.decode()  # though it is no longer “not yet”


def test_the_script_gets_the_row_and_how_far_the_round_is(round_, activity, pat):
    answer = save(signed_in(pat), round_, activity, script=True)
    told = answer.json()
    assert (answer.status_code, told["state"], told["version"]) == (200, "saved", 1)
    assert (told["progress"], told["to_submit"]) == ("1 of 1 updated", 1)
    assert 'id="row-2016-A4.6"' in told["html"]


@pytest.mark.parametrize("script", [False, True])
def test_two_people_the_same_row_both_texts_are_shown_and_either_can_stay(
    round_, activity, pat, chris, script
):
    ours, theirs = signed_in(pat), signed_in(chris)
    save(theirs, round_, activity, text="Theirs & more.", progress="off_track")
    answer = save(ours, round_, activity, text="Mine, typed at length.", script=script)
    assert answer.status_code == 409
    shown = answer.json()["html"] if script else answer.content.decode()
    assert "Theirs &amp; more." in shown
    assert "Mine, typed at length." in shown
    assert "Chris Moor" in shown
    assert "Off track" in shown
    assert 'name="version" value="1"' in shown
    assert UPDATE.all().get(as_at=MARCH).text == "Theirs & more."
    merged = save(ours, round_, activity, text="Both.", version="1", script=script)
    assert merged.status_code == (200 if script else 302)
    assert UPDATE.all().get(as_at=MARCH).text == "Both."


@pytest.mark.parametrize("version", ["", "0", "7", "abc", "9" * 5000])
def test_a_version_nobody_can_have_read_is_a_conflict(round_, activity, pat, version):
    promises.record_update(
        activity, as_at=MARCH, progress="on_track", text="Theirs.", version=0, by=CHRIS
    )
    answer = save(signed_in(pat), round_, activity, version=version)
    assert answer.status_code == 409
    assert UPDATE.all().get(as_at=MARCH).text == "Theirs."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "  "}, "Write what has happened since the last update."),
        ({"progress": "splendid"}, "Choose a status."),
    ],
)
def test_a_row_that_cannot_be_saved_says_why_in_a_sentence(round_, activity, pat, typed, sentence):
    client = signed_in(pat)
    page = save(client, round_, activity, **typed)
    row = save(client, round_, activity, script=True, **typed)
    assert (page.status_code, row.status_code) == (400, 400)
    assert sentence in page.content.decode()
    assert row.json()["message"] == sentence
    assert sentence in row.json()["html"]


def test_no_change_since_copies_the_last_text_and_saves_nothing(round_, activity, pat):
    answer = save(signed_in(pat), round_, activity, copy="previous", text="")
    page = answer.content.decode()
    assert ">\nIt met in\nDecember.</textarea>" in page
    assert '<option value="at_risk" selected>' in page
    assert not UPDATE.all().filter(as_at=MARCH).exists()


def test_a_row_that_is_not_in_the_round_is_not_found(round_, pat):
    other = make("activity", reference="2030-1")
    assert save(signed_in(pat), round_, other).status_code == 404


def test_complete_activities_hide_until_asked_for(round_, activity, commitment, pat):
    done = make(
        "activity",
        reference="2016-D2",
        title="Already done",
        parent=commitment,
        progress="complete",
    )
    client = signed_in(pat)
    assert "Already done" not in client.get(grid(round_)).content.decode()
    page = client.get(grid(round_, complete="on")).content.decode()
    assert "Already done" in page
    assert "0 of 1 updated" in page
    save(client, round_, done)
    assert "1 of 2 updated" in client.get(grid(round_)).content.decode()


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        ({"q": "BOARD"}, {"A4.6"}),
        ({"q": "december"}, {"A4.6"}),
        ({"state": "saved"}, {"A4.7"}),
        ({"state": "not_yet"}, {"A4.6", "A.4"}),
        ({"owner": "none"}, {"A4.6", "A4.7", "A.4"}),
        ({"q": "nothing says this"}, set()),
    ],
)
def test_the_grid_is_narrowed_by_words_state_and_owner(
    round_, activity, commitment, pat, filters, seen
):
    second = make(
        "activity",
        reference="2016-A4.7",
        printed_reference="A4.7",
        parent=commitment,
        title="Visit",
    )
    make("activity", reference="2016-A4-activity-1", parent=commitment, title="Unnumbered")
    promises.record_update(
        second, as_at=MARCH, progress="on_track", text="Visited.", version=0, by=PAT
    )
    rows = signed_in(pat).get(grid(round_, **filters)).context["rows"]
    assert {row.printed for row in rows} == seen


def test_all_saved_rows_are_sent_for_review_at_once(round_, activity, commitment, pat):
    client = signed_in(pat)
    other = make("activity", reference="2016-A4.7", parent=commitment)
    for one in (activity, other):
        save(client, round_, one)
    address = reverse("office-round-submit", args=[round_.reference])
    answer = client.post(address, follow=True)
    assert "2 updates sent for review." in answer.content.decode()
    assert len(read_grid(round_, Scope(pat)).in_state(State.IN_REVIEW)) == 2
    assert "0 updates sent for review." in client.post(address, follow=True).content.decode()


def test_the_reviewer_reads_old_and_new_and_publishes(round_, activity, chris):
    update = waiting(activity)
    client = signed_in(chris)
    page = client.get(reverse("office-round-review", args=[round_.reference])).content.decode()
    assert "Late." in page
    assert "It met in" in page
    answer = review(client, round_, "approve", update)
    assert "1 update approved and published." in answer.content.decode()
    assert UPDATE.all().public().get(as_at=MARCH).text == "Late."
    assert ACTIVITY.all().public().get().progress == "off_track"


def test_the_reviewer_of_a_correction_reads_what_is_official_now(round_, activity, chris):
    client = signed_in(chris)
    review(client, round_, "approve", waiting(activity))
    corrected = amend(UPDATE.all().get(as_at=MARCH), text="Very late.")
    operations.submit(corrected, by=PAT)
    page = client.get(reverse("office-round-review", args=[round_.reference])).content.decode()
    assert "Late</del>" in page
    assert "Very late</ins>" in page
    assert "It met in" not in page


def test_one_refusal_does_not_hold_up_the_rest(round_, activity, commitment, chris):
    own = make("activity", reference="2016-A4.7", printed_reference="A4.7", parent=commitment)
    updates = [waiting(activity), waiting(own, by=chris)]
    page = review(signed_in(chris), round_, "approve", *updates).content.decode()
    assert "1 update approved and published." in page
    assert "A4.7: Someone other than the author must approve this." in page
    assert [u.parent.reference for u in UPDATE.all().public().filter(as_at=MARCH)] == ["2016-A4.6"]


def test_what_changed_after_it_was_read_is_not_published(round_, activity, chris):
    read = waiting(activity)
    newer = promises.record_update(
        activity, as_at=MARCH, progress="on_track", text="Fine!", version=read.version, by=PAT
    )
    promises.submit_updates([newer], by=PAT)
    page = review(signed_in(chris), round_, "approve", read).content.decode()
    assert "It was changed after you read it" in page
    assert not UPDATE.all().public().filter(as_at=MARCH).exists()


def test_what_is_sent_back_says_why_in_its_row(round_, activity, pat, chris):
    client = signed_in(chris)
    update = waiting(activity)
    assert "Say why you are sending" in review(client, round_, "send-back", update).content.decode()
    review(client, round_, "send-back", update, why="Which boards?")
    assert "Sent back: Which boards?" in signed_in(pat).get(grid(round_)).content.decode()


def test_the_reviewer_must_select_something(round_, activity, chris):
    waiting(activity)
    answer = review(signed_in(chris), round_, "approve")
    assert answer.status_code == 400
    assert "Select at least one update." in answer.content.decode()


def test_nothing_of_a_round_is_public_before_its_approval(round_, activity, client):
    public = lambda: list(UPDATE.all().public().values_list("as_at", "text"))  # noqa: E731
    before = public()
    update = waiting(activity)
    assert public() == before
    downloaded = b"".join(client.get("/updates.csv"))
    assert b"Late." not in downloaded
    assert b"It met in" in downloaded
    assert client.get(f"/updates/{update.reference}/").status_code == 404
    assert client.get(f"/rounds/{round_.reference}/").status_code == 404
    assert ACTIVITY.all().public().get().progress == "on_track"


def test_a_withdrawn_activity_is_not_asked_about(round_, activity, chris):
    operations.withdraw(activity, by=CHRIS, why="Merged")
    assert read_grid(round_, Scope(chris)).asked == 0


def test_an_activity_without_owner_has_its_commitments(round_, activity, commitment, chris):
    role = make("role", title="Head of Policy")
    approve_change(amend(commitment, owner=role))
    [row] = read_grid(round_, Scope(chris)).rows
    assert row.owner
    assert row.owner.title == "Head of Policy"


def test_a_hundred_and_ten_rows_take_a_bounded_number_of_queries(round_, commitment, chris):
    made = make_all(
        "activity", *({"reference": f"2016-9.{n}", "parent": commitment} for n in range(110))
    )
    for one in made[:30]:
        waiting(one)
    client = signed_in(chris)
    for address in (grid(round_), reverse("office-round-review", args=[round_.reference])):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 15, address


@pytest.mark.parametrize(
    ("role", "buttons"),
    [("reader", []), ("policy_officer", ["grid"]), ("chief_executive", ["grid", "review"])],
)
def test_a_rounds_own_page_leads_to_its_rows(round_, activity, role, buttons):
    scope = Scope(make_user("someone", role))
    section = round_section(round_, scope)
    assert section
    shown = render_to_string(section.template, {"section": section.context})
    assert "0 of 1 updated" in shown
    assert [name for name in ("grid", "review") if f"/{name}/" in shown] == buttons
    assert round_section(round_, PUBLIC) is None


@pytest.mark.parametrize("role", ["policy_officer", "chief_executive"])
def test_an_update_made_official_on_its_own_page_takes_its_promise_along(
    round_, activity, rf, role
):
    update = waiting(activity)
    request = rf.post("/", {"step": "approve"})
    request.user = make_user("someone", role)
    request.session = {}
    request._messages = FallbackStorage(request)
    publish_update(request, UPDATE, update.reference)
    official = role == "chief_executive"
    assert UPDATE.all().public().filter(as_at=MARCH).exists() == official
    assert ACTIVITY.all().get().progress == ("off_track" if official else "on_track")


def test_no_update_of_the_round_is_public_at_once_where_an_embargo_is_asked_for(
    round_, activity, chris, rf
):
    update = operations.approve(waiting(activity), by=CHRIS)
    request = rf.post("/", {"step": "publish", "embargo_until": "2999-01-01 09:00"})
    request.user, request.session = chris, {}
    request._messages = FallbackStorage(request)
    publish_update(request, UPDATE, update.reference)
    assert not UPDATE.all().public().filter(as_at=MARCH).exists()
