"""Verbs of papers: keep the file that one came as, ask for its sign-offs, give one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.papers.kinds import SIGN_OFF
from peelian.papers.models import Paper, PaperFile, SignOff
from peelian.papers.reading import read, words_of
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Refused
from peelian.record.files import NewFile, attach, checked_type, clean_name
from peelian.record.models import Audience, Status
from peelian.record.values import Values
from peelian.record.writing import lock, operation

# Who reads a paper before it goes out, in order, unless the office names others.
USUAL = (gettext_lazy("Author"), gettext_lazy("Monitoring officer"), gettext_lazy("Chair"))


def keep_file(
    paper: Paper, name: str, content: bytes, *, by: Actor, language: str = "en-GB", why: str = ""
) -> Paper:
    """Read a PDF or Word document and let a paper consist of it; return the paper.

    Of a published paper it waits as a draft. A Word document is for the office only: the public
    gets its words, without comments and tracked changes. Raises Invalid, with a sentence, for what
    is not taken: another type, too large, locked, damaged, or with pages that no pack can set.
    """
    audience = Audience.PUBLIC if name.lower().endswith(".pdf") else Audience.OFFICE
    title = paper.title[:300]
    new = NewFile(clean_name(name), content, title, language=language, audience=audience)
    checked_type(new)
    reading = read(new.name, content, language)  # before the transaction: it takes its time

    @operation
    def kept() -> Paper:
        attachment = attach(paper, new, by=by, why=why)
        PaperFile(attachment=attachment, **asdict(reading)).save()
        return _with_file(paper, attachment.sha256, words_of(reading), by, why)

    return kept()


@operation
def drop_file(paper: Paper, *, by: Actor, why: str = "") -> Paper:
    """Let a paper be what is written in it again; the file stays in its history."""
    return _with_file(paper, "", "", by, why)


def _with_file(paper: Paper, digest: str, words: str, by: Actor, why: str) -> Paper:
    current = lock(paper)
    values: Values = {"file": digest, "file_words": words}
    edited = operations.edit(current, values, version=current.version, by=by, why=why)
    if not isinstance(edited, Paper):
        raise TypeError(edited.kind)
    return edited


@operation
def ask_for_sign_offs(paper: Paper, *, by: Actor) -> Sequence[SignOff]:
    """Return the usual sign-offs of a paper, each still open. Raises Refused if it has any."""
    lock(paper)
    if SIGN_OFF.all().filter(parent=paper).exists():
        raise Refused(_("Sign-offs are asked for already."))
    made = [
        operations.create(
            SIGN_OFF, {"parent": paper, "number": number, "signatory": str(name)}, by=by
        )
        for number, name in enumerate(USUAL, 1)
    ]
    return [one for one in made if isinstance(one, SignOff)]


@operation
def sign(one: SignOff, *, by: Actor, on: dt.date | None = None) -> SignOff:
    """Give a sign-off, on a day, once. Raises Refused where it was given or another comes first."""
    current = lock(one)
    if not isinstance(current, SignOff):
        raise TypeError(current.kind)
    if current.signed_on:
        raise Refused(_("It was signed off, once, and stays so."))
    open_ones = SIGN_OFF.all().filter(parent_id=current.parent_id, signed_on=None)
    first = open_ones.exclude(status=Status.WITHDRAWN).in_order().first()
    if first and first.pk != current.pk:
        raise Refused(_("%(name)s signs off first.") % {"name": first.title})
    values = {"signed_on": on or today()}
    signed = operations.edit(current, values, version=current.version, by=by)
    if not isinstance(signed, SignOff):
        raise TypeError(signed.kind)
    return signed
