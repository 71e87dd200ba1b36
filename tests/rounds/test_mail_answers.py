"""An answer by e-mail: whose it must be, what is kept of it, and who is told."""

from __future__ import annotations

import datetime as dt
import mailbox

import pytest
from click.testing import CliRunner
from django.core import mail
from django.utils import timezone

from peelian.cli import main
from peelian.intake.tables import Rejected
from peelian.promises.models import Release
from peelian.promises.operations import record_update, update_for
from peelian.record.models import Status
from peelian.rounds.inbox import Unreachable, mails_by_imap, mails_in
from peelian.rounds.mail_answers import Came, take_mail, take_mails
from peelian.rounds.mail_tags import invitation_of, reply_tag, reply_to, tagged
from peelian.rounds.models import Answer, EmailReply
from tests.makers import PAT, make
from tests.rounds.invited import MARCH, an_invitation, invite_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db):
    return an_invitation()


def reply(invitation, text, *, sender="alex@force.example", subject="", number="1", head=""):
    subject = subject or f"Re: {tagged('Updates', invitation)}"
    return (
        f"From: Alex <{sender}>\nTo: updates@office.example\nSubject: {subject}\n"
        f"Message-ID: <{number}@force.example>\n{head}\n{text}"
    ).encode()


def said(activity):
    update = update_for(activity, MARCH)
    return (update.progress, update.text) if update else None


def test_an_answer_becomes_a_draft_in_the_name_of_whoever_was_asked(asked) -> None:
    invitation, activity = asked
    words = f"{activity.reference} At risk. One post is empty."
    assert take_mail(reply(invitation, words)) is Came.TAKEN
    update = update_for(activity, MARCH)
    assert said(activity) == ("at_risk", "One post is empty.")
    assert update.status == Status.DRAFT
    answer = Answer.objects.get()
    assert (answer.way, answer.said_by) == (Answer.Way.EMAIL, "alex@force.example")
    assert "alex@force.example" in answer.by
    (sent,) = mail.outbox
    assert sent.to == ["alex@force.example"]
    assert "At risk" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    ("change", "came"),
    [
        ({"sender": "sam@elsewhere.example"}, Came.STRANGER),
        ({"subject": "Re: Updates"}, Came.NOT_OURS),
        ({"subject": "Re: Updates [1-000000000000000000000000]"}, Came.NOT_OURS),
        ({"head": "Auto-Submitted: auto-replied\n"}, Came.AUTOMATIC),
    ],
)
def test_neither_the_sender_nor_the_tag_alone_is_enough(asked, change, came) -> None:
    invitation, activity = asked
    words = f"{activity.reference} Complete. All is done."
    assert take_mail(reply(invitation, words, **change)) is came
    assert said(activity) is None
    assert mail.outbox == []
    stranger = EmailReply.objects.filter(outcome=EmailReply.Outcome.STRANGER)
    assert [r.left.strip() for r in stranger] == ([words] if came is Came.STRANGER else [])


def test_the_tag_may_stand_in_the_address_that_was_answered(asked, settings) -> None:
    settings.REPLY_TO = "updates@office.example"
    (address,) = reply_to(asked[0])
    assert address.startswith("updates+")
    assert invitation_of([address]) == asked[0]
    assert invitation_of(["Re: x", address.upper()]) == asked[0]
    settings.REPLY_TO = ""
    assert reply_to(asked[0]) == []


def test_a_tag_made_elsewhere_opens_nothing(asked, settings) -> None:
    tag = reply_tag(asked[0])
    settings.SECRET_KEY = "another office"
    assert invitation_of([tag]) is None


def test_the_same_mail_is_taken_once(asked) -> None:
    invitation, activity = asked
    raw = reply(invitation, f"{activity.reference} It met.")
    assert [take_mail(raw), take_mail(raw)] == [Came.TAKEN, Came.AGAIN]
    assert Answer.objects.count() == len(mail.outbox) == 1


def test_what_was_not_understood_goes_back_and_stays_for_the_officer(asked) -> None:
    invitation, _activity = asked
    take_mail(reply(invitation, "A9.9 It met.\n"))
    assert EmailReply.objects.get().left == "A9.9 It met."
    assert "It met." in mail.outbox[0].body
    assert Answer.objects.count() == 0


def test_what_a_colleague_has_saved_meanwhile_is_left_and_both_are_told(asked) -> None:
    invitation, activity = asked
    record_update(activity, as_at=MARCH, progress="on_track", text="Ours.", version=None, by=PAT)
    take_mail(reply(invitation, f"{activity.reference} Off track. Theirs."))
    assert said(activity) == ("on_track", "Ours.")
    assert "Theirs." in EmailReply.objects.get().left
    assert "colleague" in mail.outbox[0].body


def test_whoever_answered_may_correct_themselves_by_another_mail(asked) -> None:
    invitation, activity = asked
    take_mail(reply(invitation, f"{activity.reference} On track. One."))
    take_mail(reply(invitation, f"{activity.reference} At risk. Two.", number="2"))
    assert said(activity) == ("at_risk", "Two.")


def test_no_change_says_the_last_update_again(asked) -> None:
    invitation, activity = asked
    take_mail(reply(invitation, f"{activity.reference}: no change"))
    assert said(activity) is None
    assert "no earlier update" in mail.outbox[0].body
    december = dt.date(2019, 12, 31)
    make("update", parent=activity, as_at=december, progress="at_risk", text="As it was.")
    take_mail(reply(invitation, f"{activity.reference}: no change", number="2"))
    assert said(activity) == ("at_risk", "As it was.")
    assert Answer.objects.get().form == Answer.Form.NO_CHANGE


def test_a_status_that_is_not_named_stays_and_is_told(asked) -> None:
    invitation, activity = asked
    take_mail(reply(invitation, f"{activity.reference} Two boards met. Not for publication."))
    assert said(activity) == ("on_track", "Two boards met. Not for publication.")
    assert update_for(activity, MARCH).release == Release.INTERNAL
    assert "no status" in mail.outbox[0].body


@pytest.mark.parametrize("ended", [{"expires_at": timezone.now()}, {"revoked_at": timezone.now()}])
def test_after_the_end_nothing_is_kept_and_it_is_said_kindly(asked, ended) -> None:
    invitation, activity = asked
    for name, value in ended.items():
        setattr(invitation, name, value)
    invitation.save()
    assert take_mail(reply(invitation, f"{activity.reference} It met.")) is Came.CLOSED
    assert said(activity) is None
    assert "has ended" in mail.outbox[0].body


def test_a_reply_speaks_of_its_own_lines_only(asked) -> None:
    invitation, activity = asked
    place = {"parent": activity.parent, "reference": "2016-B1.1", "printed_reference": "B1.1"}
    other = make("activity", owner=make("role"), **place)
    invite_to(invitation.round, other, email="sam@force.example")
    take_mail(reply(invitation, "B1.1 Complete. Done."))
    assert (said(other), said(activity)) == (None, None)


# ---- where mails come from ----


def test_mails_are_read_from_a_file_a_folder_an_mbox_and_a_maildir(asked, tmp_path) -> None:
    invitation, activity = asked
    raws = [reply(invitation, f"{activity.reference} It met {n}.", number=n) for n in range(3)]
    (tmp_path / "one.eml").write_bytes(raws[0])
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "two.eml").write_bytes(raws[1])
    (folder / "notes.txt").write_text("no mail")
    box = mailbox.mbox(tmp_path / "box.mbox")
    box.add(raws[2])
    box.close()
    held = mailbox.Maildir(tmp_path / "maildir")
    held.add(raws[0])
    for path, number in (("one.eml", 1), ("folder", 1), ("box.mbox", 1), ("maildir", 1)):
        assert len(list(mails_in(tmp_path / path))) == number, path
    assert take_mails(mails_in(tmp_path / "one.eml")) == {Came.TAKEN: 1}
    assert take_mails(mails_in(tmp_path / "maildir")) == {Came.AGAIN: 1}


@pytest.mark.parametrize("name", ["missing.eml", "letter.docx", "empty"])
def test_what_holds_no_mail_is_refused_by_name(tmp_path, name) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Rejected, match=name):
        list(mails_in(tmp_path / name))


def test_an_mbox_that_is_none_holds_nothing(tmp_path) -> None:
    (tmp_path / "broken.mbox").write_bytes(b"\x00\xff no mbox at all\nFrom \n\n\nFrom nobody")
    assert set(take_mails(mails_in(tmp_path / "broken.mbox"))) <= {Came.NOT_OURS}


class Mailbox:
    """A mail server that holds some mails, as `imaplib` speaks to it."""

    def __init__(self, raws) -> None:
        self.raws, self.seen = raws, []

    def __call__(self, host, port, timeout):
        return self

    def login(self, user, password) -> None:
        self.who = (user, password)

    def select(self, folder):
        return ("OK", [b"1"])

    def uid(self, command, *args):
        if command == "SEARCH":
            return ("OK", [b" ".join(b"%d" % n for n in range(len(self.raws)))])
        if command == "STORE":
            self.seen.append(args[0])
            return ("OK", [])
        return ("OK", [(b"1 (BODY[]", self.raws[int(args[0])]), b")"])

    def logout(self) -> None:
        self.seen.append("out")


def test_by_imap_only_what_is_ours_is_marked_as_read(asked, monkeypatch) -> None:
    invitation, activity = asked
    server = Mailbox([b"Subject: lunch\n\n?", reply(invitation, f"{activity.reference} It met.")])
    monkeypatch.setattr("imaplib.IMAP4_SSL", server)
    counts = take_mails(mails_by_imap("imaps://pat:p%40ss@mail.example/Updates"))
    assert counts == {Came.NOT_OURS: 1, Came.TAKEN: 1}
    assert server.who == ("pat", "p@ss")
    assert server.seen == ["1", "out"]


@pytest.mark.parametrize("address", ["", "http://x.example", "imap://a:b@x.example"])
def test_a_mailbox_that_cannot_be_used_is_told_without_its_password(address) -> None:
    with pytest.raises(Unreachable, match="PEELIAN_INBOX"):
        list(mails_by_imap(address))


def test_the_command_says_what_came_and_refuses_in_a_sentence(asked, tmp_path) -> None:
    invitation, activity = asked
    (tmp_path / "one.eml").write_bytes(reply(invitation, f"{activity.reference} It met."))
    done = CliRunner().invoke(main, ["rounds", "inbox", str(tmp_path / "one.eml")])
    assert (done.exit_code, "taken: 1" in done.output) == (0, True), done.output
    refused = CliRunner().invoke(main, ["rounds", "inbox", str(tmp_path / "no.eml")])
    assert refused.exit_code == 1
    assert "no.eml" in refused.output
    off = CliRunner().invoke(main, ["rounds", "inbox", "imap"])
    assert off.exit_code == 1
    assert "PEELIAN_INBOX" in off.output
