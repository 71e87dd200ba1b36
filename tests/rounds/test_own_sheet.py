"""An owner who answers by their link, and would rather fill in a sheet or answer the mail."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peelian.promises.operations import update_for
from peelian.record.models import Status
from peelian.rounds import letters
from peelian.rounds.mail_answers import Came, take_mail
from peelian.rounds.models import Answer
from tests.rounds.invited import MARCH, an_invitation
from tests.rounds.test_links import address_of, let_in, send
from tests.rounds.test_sheets import STATUS, WORDS, rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db):
    return an_invitation()


def bring(client, address, path, **typed):
    key = re.search(r'name="key" value="(\w+)"', client.get(address).content.decode())
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(f"{address}sheet/", {"key": key[1], "file": file} | typed)


def test_an_owner_gets_and_sends_the_sheet_of_their_lines(asked, tmp_path) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    client = let_in(address)
    assert f"{address}sheet/" in client.get(address).text
    sent = client.get(f"{address}sheet/")
    assert "no-store" in sent["Cache-Control"]
    path = rewritten(sent.content, tmp_path, {(2, WORDS): "Two posts are empty."})
    shown = bring(client, address, path)
    assert "1 line kept." in shown.text
    assert update_for(activity, MARCH).status == Status.IN_REVIEW
    assert Answer.objects.get().way == Answer.Way.SPREADSHEET


def test_a_fault_of_the_sheet_is_told_by_row_and_column(asked, tmp_path) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    client = let_in(address)
    path = rewritten(client.get(f"{address}sheet/").content, tmp_path, {(2, STATUS): "rosy"})
    shown = bring(client, address, path)
    assert shown.status_code == 400
    assert "rosy" in shown.text
    assert update_for(activity, MARCH) is None


def test_neither_a_stranger_nor_a_forged_form_gets_or_sends_a_sheet(asked, tmp_path) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    client = let_in(address)
    sheet = client.get(f"{address}sheet/").content
    path = rewritten(sheet, tmp_path, {(2, WORDS): "Two posts are empty."})
    assert bring(client, address, path, key="forged").status_code == 400
    stranger = Client()
    assert not stranger.get(f"{address}sheet/").content.startswith(b"PK")
    stranger.post(f"{address}sheet/", {"file": SimpleUploadedFile("a.xlsx", sheet)})
    assert Client().get("/answer/none-of-ours/sheet/").status_code == 404
    assert client.post(f"{address}sheet/", {"key": ""}).status_code == 400
    assert update_for(activity, MARCH) is None


def test_an_owner_reads_what_is_worth_a_second_look(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    client = let_in(address)
    saved = send(client, address, activity, progress="complete", text="It has not yet started.")
    assert "has not yet started”" in client.get(saved["Location"].partition("#")[0]).text


def test_the_mail_can_be_answered_where_the_office_fetches_answers(asked, settings) -> None:
    invitation, activity = asked
    letters.ask(invitation)
    assert "no change" not in mail.outbox[0].body
    assert mail.outbox[0].reply_to == []
    settings.REPLY_TO = "updates@office.example"
    letters.ask(invitation)
    sent = mail.outbox[1]
    assert "no change" in sent.body
    raw = (
        f"From: {invitation.email}\nTo: {sent.reply_to[0]}\nSubject: Re: {sent.subject}\n\n"
        f"{activity.reference} At risk. One post is empty."
    )
    assert take_mail(raw.encode()) is Came.TAKEN
    assert update_for(activity, MARCH).progress == "at_risk"
