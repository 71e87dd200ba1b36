"""The office's pages for sheets and for replies by e-mail."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from peelian.promises.operations import record_update, update_for
from peelian.record.access import ROLES, may
from peelian.rounds import incoming
from peelian.rounds.models import Answer, EmailReply
from tests.makers import CHRIS, make, make_user
from tests.rounds.invited import MARCH, an_invitation
from tests.rounds.test_sheets import STATUS, WORDS, rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db):
    return an_invitation()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(name, round_, *more):
    return reverse(f"office-round-{name}", args=[round_.reference, *more])


def upload(client, round_, path):
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(page("sheets", round_), {"file": file})


@pytest.mark.parametrize("role", ROLES)
def test_sheets_and_replies_are_for_those_who_edit_promises(asked, role) -> None:
    client = signed_in(make_user("somebody", role))
    round_ = asked[0].round
    owner = asked[1].owner.reference
    allowed = 200 if may(make_user("again", role), "edit", "promises") else 403
    for address in (page("sheets", round_), page("sheet", round_, owner), page("replies", round_)):
        assert client.get(address).status_code == allowed


def test_an_owner_s_sheet_comes_back_as_drafts_in_the_officer_s_name(asked, pat, tmp_path) -> None:
    invitation, activity = asked
    client = signed_in(pat)
    sent = client.get(page("sheet", invitation.round, activity.owner.reference))
    assert sent["Content-Disposition"].endswith('.xlsx"')
    cells = {(2, STATUS): "At risk", (2, WORDS): "One post is empty."}
    shown = upload(client, invitation.round, rewritten(sent.content, tmp_path, cells))
    assert "1 line kept." in shown.text
    assert update_for(activity, MARCH).text == "One post is empty."
    assert Answer.objects.get().by == "pat"


def test_a_conflict_is_shown_with_both_sides(asked, pat, tmp_path) -> None:
    invitation, activity = asked
    client = signed_in(pat)
    sent = client.get(page("sheet", invitation.round, activity.owner.reference)).content
    record_update(activity, as_at=MARCH, progress="on_track", text="Ours.", version=None, by=CHRIS)
    shown = upload(client, invitation.round, rewritten(sent, tmp_path, {(2, WORDS): "Theirs."}))
    assert "Ours</del>" in shown.text
    assert "Theirs</ins>" in shown.text
    assert update_for(activity, MARCH).text == "Ours."


def test_a_fault_is_shown_by_row_and_column_and_nothing_is_kept(asked, pat, tmp_path) -> None:
    invitation, activity = asked
    client = signed_in(pat)
    sent = client.get(page("sheet", invitation.round, activity.owner.reference)).content
    shown = upload(client, invitation.round, rewritten(sent, tmp_path, {(2, STATUS): "rosy"}))
    assert shown.status_code == 400
    assert "rosy" in shown.text
    assert update_for(activity, MARCH) is None
    assert client.post(page("sheets", invitation.round)).status_code == 400


def test_an_owner_sends_their_own_sheet_by_their_link(asked, tmp_path) -> None:
    invitation, _activity = asked
    cells = {(2, WORDS): "Two boards met."}
    path = rewritten(incoming.sheet_for(invitation), tmp_path, cells)
    made = incoming.take_own_sheet(invitation, path.name, path.read_bytes())
    assert len(made.saved) == 1
    assert "alex@force.example" in Answer.objects.get().by


def test_who_owns_nothing_has_no_sheet(asked, pat) -> None:
    client = signed_in(pat)
    assert client.get(page("sheet", asked[0].round, "nobody-else")).status_code == 404


def test_lines_without_an_owner_have_a_sheet_too(asked, pat) -> None:
    invitation, activity = asked
    make("activity", parent=activity.parent)
    client = signed_in(pat)
    assert "Nobody yet" in client.get(page("sheets", invitation.round)).text
    assert client.get(page("sheet", invitation.round, "none")).status_code == 200


def test_replies_are_listed_until_somebody_has_seen_to_them(asked, pat) -> None:
    invitation, _activity = asked
    left = EmailReply.objects.create(
        invitation=invitation, number="1", sender="alex@force.example", left="<b>Who knows?</b>"
    )
    EmailReply.objects.create(invitation=invitation, number="2", sender="a@b.example", kept=3)
    client = signed_in(pat)
    assert incoming.to_look_at(invitation.round) == 1
    assert "1 mail needs a look" in client.get(invitation.round.get_office_url()).text
    shown = client.get(page("replies", invitation.round)).text
    assert "&lt;b&gt;Who knows?" in shown
    client.post(page("replies", invitation.round), {"seen": str(left.pk)})
    client.post(page("replies", invitation.round), {"seen": "none such"})
    left.refresh_from_db()
    assert (left.seen_by, incoming.to_look_at(invitation.round)) == ("pat", 0)


def test_a_round_without_replies_says_so(asked, pat) -> None:
    assert "None yet" in signed_in(pat).get(page("replies", asked[0].round)).text
