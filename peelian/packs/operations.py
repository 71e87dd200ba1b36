"""Building and issuing packs."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peelian.blocks import Document
from peelian.checks.findings import Finding, acknowledged, run
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs.compose import compose
from peelian.packs.kinds import PACK
from peelian.packs.models import SUPPLEMENT, Pack
from peelian.packs.supplement import supplement
from peelian.pages.issues import attach_pdf, document_of, keep_document, put_forward
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Status
from peelian.record.scope import PUBLIC

# A pack with one of these unexplained would put a wrong or unsourced figure before the panel.
STOPPING = ("conflicting-figure", "opposite-claims", "misquoted-edition", "unsourced-figure")


class Stopped(Refused):
    """A pack was not built, because of findings that nobody has explained."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(
            _("%(count)s unexplained findings about figures stop this pack.")
            % {"count": len(self.findings)}
        )


def stopping(meeting: Meeting) -> list[Finding]:
    """Return the findings that stop a meeting's pack: those nobody has acknowledged."""
    found = run(PUBLIC, meeting.held_on, only=STOPPING)
    known = acknowledged(found)
    return [finding for finding in found if finding.fingerprint not in known]


@writing.operation
def build(
    meeting: Meeting,
    *,
    by: Actor,
    extract: str = Pack.Extract.ALL,
    reason: str = "",
    two_sided: bool = False,
) -> Pack:
    """Build a meeting's pack and keep it as a snapshot with its PDF; return the pack record.

    A first build is a draft pack; a new issue of a published pack waits as its draft, with a
    supplement of what changed since. Raises Stopped where findings stand unexplained and no reason
    to go on is given, Refused where the meeting itself is not public or the PDF cannot be set, and
    Invalid for a reason that is too long to keep.
    """
    reason = reason.strip()
    if len(reason) > writing.MOST_WHY:
        raise Invalid({"reason": [_("Give the reason in at most 1,000 characters.")]})
    if not PUBLIC.of(MEETING).filter(pk=meeting.pk).exists():
        raise Refused(_("Publish the meeting first: its pack is made of what is public."))
    findings = stopping(meeting)
    if findings and not reason:
        raise Stopped(findings)
    told = reason if findings else ""
    document = compose(meeting, extract=extract, reason=told, two_sided=two_sided)
    pack = _pack_of(meeting, extract, by, reason)
    snapshot = keep_document(pack, document, by=by, why=reason)
    attach_pdf(pack, snapshot, document, "pack", by=by, why=reason)
    if more := _supplement(pack, document):
        attach_pdf(pack, snapshot, more, SUPPLEMENT, by=by, why=reason)
    return put_forward(pack, snapshot, by=by, why=reason, extract=extract)


def _supplement(pack: Pack, document: Document) -> Document | None:
    """Return what changed since the issue that the public reads; None before there is one."""
    issued = pack.issued() if pack.status == Status.PUBLISHED else None
    if issued is None:
        return None
    day = date_format(localtime(issued.made_at), "j F Y")
    said = _("What changed since issue %(number)s of %(day)s.")
    return supplement(document_of(issued), document, said % {"number": issued.number, "day": day})


def _pack_of(meeting: Meeting, extract: str, by: Actor, reason: str) -> Pack:
    existing = PACK.all().filter(reference=meeting.reference).first()
    if existing is None:
        title = _("Pack for the %(meeting)s") % {"meeting": meeting.title}
        values = {"parent": meeting, "title": title, "extract": extract}
        existing = operations.create(PACK, values, by=by, why=reason)
    held = writing.lock(existing)  # two builds at once wait for each other
    if not isinstance(held, Pack):
        raise TypeError(held.kind)
    return held
