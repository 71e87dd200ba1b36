"""The notice of a decision: the same blocks are its page and its PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Run, Runs, plain
from peelian.record.models import Link, Record, Snapshot, Status
from peelian.record.scope import PUBLIC, Scope
from peelian.transparency.models import Decision


@dataclass(frozen=True)
class Correction:
    """A version after the first: its number, its day in words, and why it was made."""

    number: int
    day: str
    reason: str


def corrections(snapshots: Sequence[Snapshot]) -> list[Correction]:
    """Return what was corrected, of the notices that were issued, oldest first."""
    return [
        Correction(s.number, date_format(localtime(s.made_at), "j F Y"), s.reason)
        for s in snapshots[1:]
    ]


def notice(decision: Decision, corrected: Sequence[Correction]) -> Document:
    """Return the notice of a decision as the public may read it."""
    by = PUBLIC.by_id([decision.decided_by_id])
    publisher = _title(by.get(decision.decided_by_id or 0)) or str(settings.OFFICE["name"])
    blocks = facts(decision, PUBLIC) + body(decision, PUBLIC)
    if corrected:
        blocks += [Heading(2, _("Corrections")), Bullets(tuple(map(_corrected, corrected)))]
    number = corrected[-1].number if corrected else 1
    return Document(
        title=_("Decision notice %(number)s") % {"number": decision.reference},
        subtitle=decision.title,
        publisher=publisher,
        date=decision.decided_on,
        blocks=tuple(blocks),
        status=_("Version %(number)s") % {"number": number} if number > 1 else "",
        cover=False,
    )


def _corrected(one: Correction) -> Runs:
    said = _("Version %(number)s, %(day)s: %(reason)s") % {
        "number": one.number,
        "day": one.day,
        "reason": one.reason or _("no reason was given"),
    }
    return plain(said)


def facts(decision: Decision, scope: Scope) -> list[Block]:
    """Return who decided, when, who signed, and how soon it was published. One query."""
    others = scope.by_id([decision.decided_by_id, decision.signed_by_id])
    said = {
        _("Number"): decision.reference,
        _("Decided by"): _title(others.get(decision.decided_by_id or 0)),
        _("Decided on"): date_format(decision.decided_on, "j F Y"),
        _("Signed"): _signed(decision, _title(others.get(decision.signed_by_id or 0))),
        _("Published"): publication(decision),
    }
    return [Facts(tuple((term, plain(words)) for term, words in said.items() if words))]


def _title(record: Record | None) -> str:
    return record.title if record else ""


def _signed(decision: Decision, by: str) -> str:
    if not decision.signed_on:
        return by
    day = date_format(decision.signed_on, "j F Y")
    return _("%(who)s, on %(day)s") % {"who": by, "day": day} if by else day


def publication(decision: Decision) -> str:
    """Return in words how soon after it was made a decision was published."""
    days = decision.days_to_publication
    if days is None and decision.status != Status.PUBLISHED:
        return _("Not published yet.")
    if days is None or decision.published_on is None:
        return _("The day of first publication is not on the record.")
    if days == 0:
        return _("Published on the day it was made.")
    said = ngettext(
        "Published on %(day)s, %(days)s day after it was made.",
        "Published on %(day)s, %(days)s days after it was made.",
        days,
    )
    return said % {"day": date_format(decision.published_on, "j F Y"), "days": days}


def body(decision: Decision, scope: Scope) -> list[Block]:
    """Return the decision in its parts, and what it considered as far as it may be seen.

    Two queries.
    """
    blocks: list[Block] = []
    for name in ("decision", "significance", "reasons", "options", "advice", "withheld"):
        if said := getattr(decision, name).strip():
            field = decision._meta.get_field(name)
            blocks.append(Heading(2, str(getattr(field, "verbose_name", name))))
            blocks += [Paragraph(plain(part.strip())) for part in said.split("\n\n")]
    if considered := _considered(decision, scope):
        items = tuple((Run(record.title, href=scope.url(record)),) for record in considered)
        blocks += [Heading(2, _("Considered with it")), Bullets(items)]
    return blocks


def _considered(decision: Decision, scope: Scope) -> list[Record]:
    links = Link.objects.filter(source_id=decision.pk, form="considers")
    found = scope.by_id(links.values_list("target_id", flat=True))
    return sorted(found.values(), key=lambda record: (record.kind, record.sort_key))
