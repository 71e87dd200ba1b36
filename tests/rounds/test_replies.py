"""What a reply says of each line, whatever a mail program made of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.rounds.mail_text import read_mail
from peelian.rounds.replies import read_reply

LINES = {"2016-A4.6": ("A4.6", "2016-A4.6"), "2016-A4.7": ("A4.7",), "2016-3.1": ("3.1",)}


def read(text, lines=LINES):
    reply = read_reply(text, lines)
    return {s.line: (s.progress, s.text, s.no_change) for s in reply.said}, reply.left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A4.6 On track. Two boards met.", {"2016-A4.6": ("on_track", "Two boards met.", False)}),
        ("A4.6: at risk - One left.", {"2016-A4.6": ("at_risk", "One left.", False)}),
        ("A4.6: At risk. One left.", {"2016-A4.6": ("at_risk", "One left.", False)}),
        ("Line A.4.6 – complete", {"2016-A4.6": ("complete", "complete", False)}),
        (
            "2016-A4.6\nDelayed.\nThe kit is late.",
            {"2016-A4.6": ("off_track", "The kit is late.", False)},
        ),
        ("A4.7: no change", {"2016-A4.7": ("", "", True)}),
        ("a4.7 - On track. No change since December.", {"2016-A4.7": ("on_track", "", True)}),
        (
            "Hi Pat,\n\nA4.6 On track. It met.\n\n3.1) On hold. No money.\n\nKind regards\nAlex\n",
            {
                "2016-A4.6": ("on_track", "It met.", False),
                "2016-3.1": ("on_hold", "No money.", False),
            },
        ),
        (
            "A4.6 We trained 30 officers.\n3 more follow.",
            {"2016-A4.6": ("", "We trained 30 officers.\n3 more follow.", False)},
        ),
        (
            "A4.6 It met.\n\nOn Tue, 3 Mar 2020 at 10:00, Pat <pat@office.example> wrote:\n"
            "> A4.7 Hold a board\n> A4.6 Recruit\n",
            {"2016-A4.6": ("", "It met.", False)},
        ),
        (
            "On Tue, 3 Mar 2020 at 10:00, Pat <pat@office.example> wrote:\n"
            "> A4.6 Hold a board\n>\nOn track. It met.\n> A4.7 Recruit\nno change\n",
            {"2016-A4.6": ("on_track", "It met.", False), "2016-A4.7": ("", "", True)},
        ),
        (
            "A4.6 It met.\n-----Original Message-----\nA4.7 Hold a board",
            {"2016-A4.6": ("", "It met.", False)},
        ),
        ("A4.6 It met.\n-- \nAlex\nA4.7 is my desk", {"2016-A4.6": ("", "It met.", False)}),
        ("A4.6 One.\nA4.6 Two.", {"2016-A4.6": ("", "One.\n\nTwo.", False)}),
        ("Best practice: A4.6 is fine.", {}),
    ],
)
def test_each_line_is_found_by_its_number_and_its_status_by_its_words(text, said) -> None:
    assert read(text)[0] == said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We are all fine here.", ["We are all fine here."]),
        ("A9.9 On track. It met.", ["A9.9 On track. It met."]),
        ("Best practice was shared.\nA4.6 It met.", ["Best practice was shared."]),
        ("7.2: It met.", ["7.2 It met."]),
        ("Hello Pat,\n\nThanks for your e-mail.\n\nRegards,\nAlex", []),
        ("", []),
    ],
)
def test_what_names_no_line_is_given_back_and_not_guessed(text, left) -> None:
    assert read(text)[1] == left


def test_a_number_that_two_lines_share_names_neither() -> None:
    said, left = read("4.1 It met.", {"a": ("4.1",), "b": ("4.1", "B2.1")})
    assert (said, left) == ({}, ["4.1 It met."])


def test_where_one_line_was_asked_about_its_number_is_not_needed() -> None:
    said, left = read("On track. It met.\n\nThanks\nAlex", {"a": ("4.1",)})
    assert (said, left) == ({"a": ("on_track", "It met.", False)}, [])


@pytest.mark.parametrize(
    ("words", "release"),
    [
        ("It met.", ""),
        ("It met. Not for publication.", "internal"),
        ("It met. (For the panel in private)", "panel"),
        ("The internal review ended.", ""),
        ("The contract is lost. Confidential.", "internal"),
    ],
)
def test_words_that_ask_for_silence_are_heeded(words, release) -> None:
    assert read_reply(f"A4.6 {words}", LINES).said[0].release == release


# ---- the mail itself ----


def mail(headers="", body="A4.6 It met.", kind="text/plain; charset=utf-8"):
    head = f"From: Alex <Alex@Force.example>\nMessage-ID: <1@x>\nContent-Type: {kind}\n{headers}"
    return read_mail(f"{head}\n{body}".encode())


def test_a_mail_is_read_by_its_sender_its_subject_and_its_text() -> None:
    found = mail(
        "Subject: Re: =?utf-8?q?Updates_=E2=80=93_one?=\nTo: a@b.example, <c+1@d.example>\n"
    )
    assert (found.sender, found.number) == ("alex@force.example", "<1@x>")
    assert (found.subject, found.addressed) == (
        "Re: Updates – one",
        ("a@b.example", "c+1@d.example"),
    )
    assert found.text.strip() == "A4.6 It met."
    assert not found.is_automatic


def test_html_is_read_as_text_and_its_quotations_stay_quotations() -> None:
    html = (
        "<html><head><style>p{}</style></head><body><p>A4.6 <b>On track.</b> It&nbsp;met.</p>"
        "<blockquote><div>A4.7 Recruit</div></blockquote><div>no change</div>"
        "<script>alert(1)</script></body></html>"
    )
    said, _left = read(mail(body=html, kind="text/html").text)
    assert said == {"2016-A4.6": ("on_track", "It met.", False), "2016-A4.7": ("", "", True)}


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: auto-generated; x=y\n",
        "Precedence: bulk\n",
        "X-Autoreply: yes\n",
        "List-Id: <a.b>\n",
        "Return-Path: <>\n",
    ],
)
def test_what_no_person_wrote_is_known(header) -> None:
    assert mail(header).is_automatic
    assert not mail("Auto-Submitted: no\n").is_automatic


def test_a_bounce_is_known() -> None:
    assert mail(kind='multipart/report; boundary="x"').is_automatic
    assert read_mail(b"From: MAILER-DAEMON@x.example\n\nIt failed").is_automatic


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=600))
def test_whatever_bytes_come_are_read_without_a_fault(raw) -> None:
    read_reply(read_mail(raw).text, LINES)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b'Content-Type: multipart/mixed; boundary="',
                b"Content-Type: text/plain; charset=none-such",
                b"Content-Transfer-Encoding: base64",
                b"From: =?utf-8?b?////?=",
                b"To: <<>>,,;:@",
                b"Message-ID: <",
                b"Subject: \xff\xfe",
                b"",
                b"A4.6 \xe4 On track.",
                b"--x",
            ]
        ),
        max_size=12,
    )
)
def test_a_broken_mail_is_read_without_a_fault(lines) -> None:
    read_reply(read_mail(b"\n".join(lines)).text, LINES)
