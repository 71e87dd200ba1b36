"""Checks: rules that read the record and say what a careful reader would notice.

Each area declares its own; a check is a generator over a scope and a day. A finding says where,
what was found, why it matters and how to mend it. Someone may acknowledge it with a reason; the
acknowledgement holds until one of the records involved changes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.recognition.references import Mention
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import Text
from peelian.record.models import Acknowledgement, Record
from peelian.record.references import Resolved
from peelian.record.scope import Scope
from peelian.record.writing import operation


class Severity(models.TextChoices):
    """How much a finding matters: an error must not go out unexplained."""

    ERROR = "error", gettext_lazy("Error")
    WARNING = "warning", gettext_lazy("Warning")
    NOTE = "notice", gettext_lazy("Note")


_RANK = {severity: rank for rank, severity in enumerate(Severity.values)}


@dataclass(frozen=True)
class Finding:
    """One thing found: `where` in words, `found` quotes; `record` is where it is mended.

    A check leaves `check` and, mostly, `severity` to be filled in from its declaration.
    """

    record: Record | None
    where: str
    found: str
    why: str
    mend: str
    others: tuple[Record, ...] = ()
    severity: str = ""
    check: str = ""

    @property
    def records(self) -> list[Record]:
        """Return the records involved, the one to mend first."""
        return [*([self.record] if self.record else []), *self.others]

    @property
    def severity_label(self) -> str:
        """Return the severity in words."""
        return str(Severity(self.severity).label)

    @property
    def where_url(self) -> str:
        """Return the back office's address of the record to mend, if there is one."""
        return self.record.get_office_url() if self.record else ""

    @property
    def fingerprint(self) -> str:
        """Return what tells this finding from any other, and changes when its records do."""
        involved = sorted(f"{record.key} {record.version}" for record in self.records)
        said = "\n".join([self.check, *involved, self.found])
        return hashlib.sha256(said.encode()).hexdigest()


Rule = Callable[[Scope, dt.date], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A check as declared: several areas may each bring a rule of the same check."""

    name: str
    title: Text
    severity: str
    rules: list[Rule] = field(default_factory=list, compare=False)


T = TypeVar("T")
_checks: dict[str, Check] = {}
_already_read: ContextVar[dict[str, Any] | None] = ContextVar("already_read", default=None)


def check(name: str, title: Text, severity: str) -> Callable[[Rule], Rule]:
    """Declare a rule of the check `name`; a second area's rule joins the first's."""

    def declare(rule: Rule) -> Rule:
        _checks.setdefault(name, Check(name, title, severity)).rules.append(rule)
        return rule

    return declare


def checks() -> list[Check]:
    """Return every check there is, the gravest first."""
    return sorted(_checks.values(), key=lambda c: (_RANK[c.severity], c.name))


def check_named(name: str) -> Check:
    """Return the check of this name. Raises KeyError."""
    return _checks[name]


def run(scope: Scope, as_at: dt.date, only: Iterable[str] | None = None) -> list[Finding]:
    """Return what all checks, or those named, find on the record as seen in a scope on a day.

    Always in the same order: by gravity of the check, then by record. Raises KeyError for a name
    that is no check's.
    """
    wanted = checks() if only is None else [check_named(name) for name in only]
    token = _already_read.set({})
    try:
        found = [
            replace(finding, check=one.name, severity=finding.severity or one.severity)
            for one in wanted
            for rule in one.rules
            for finding in rule(scope, as_at)
        ]
    finally:
        _already_read.reset(token)
    return sorted(found, key=_order)


def once(name: str, read: Callable[[], T]) -> T:
    """Return what `read` gives, read once for all the checks of a run."""
    already = _already_read.get()
    if already is None:
        return read()
    if name not in already:
        already[name] = read()
    made: T = already[name]
    return made


def _order(finding: Finding) -> tuple[Any, ...]:
    one = _checks[finding.check]
    record = finding.record
    place = (record.kind, record.sort_key) if record else ("", "")
    severities = (_RANK[one.severity], one.name, _RANK[finding.severity])
    return (*severities, *place, finding.where, finding.found)


def grouped(findings: Iterable[Finding]) -> list[tuple[Check, list[Finding]]]:
    """Return findings that stand in order as `(check, its findings)`."""
    return [(_checks[name], list(g)) for name, g in groupby(findings, key=lambda f: f.check)]


# ---- acknowledging ----


def acknowledged(findings: Sequence[Finding]) -> dict[str, Acknowledgement]:
    """Return the acknowledgements that still hold, by fingerprint, in one query."""
    prints = [finding.fingerprint for finding in findings]
    held = Acknowledgement.objects.filter(fingerprint__in=prints)
    return {one.fingerprint: one for one in held}


@operation
def acknowledge(finding: Finding, *, by: Actor, reason: str) -> Acknowledgement:
    """Say why a finding may stand. Raises Invalid without a reason, Refused if done before."""
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": [_("Say why this may stand as it is.")]})
    if len(reason) > 1000:
        raise Invalid({"reason": [_("Use at most 1,000 characters.")]})
    if Acknowledgement.objects.filter(fingerprint=finding.fingerprint).exists():
        raise Refused(_("This finding has been acknowledged already."))
    made = Acknowledgement(
        fingerprint=finding.fingerprint, check_name=finding.check, by=by.name, reason=reason
    )
    made.save()
    return made


# ---- what several areas' checks share ----


def unresolved(found_in_text: Iterable[Mention], resolved: Resolved) -> list[str]:
    """Return the references that words announce in a text and that lead nowhere."""
    found: dict[str, None] = {}
    for mention in found_in_text:
        names = resolved.by_form.get(mention.form, {})
        if mention.announced:
            prefix = "minute " if mention.form == "minute" else ""
            found |= {prefix + name: None for name in mention.names() if name not in names}
    return list(found)


def excerpt(text: str, around: str, width: int = 160) -> str:
    """Return the part of a text round some words, cut at spaces, short enough to quote."""
    text = " ".join(text.split())
    place = max(text.find(around), 0)
    start = max(0, place - width // 2)
    if start:
        start = text.find(" ", start) + 1
    piece = textwrap.shorten(text[start:], width=width, placeholder="…")
    return f"…{piece}" if start else piece


def findings_text(findings: Sequence[Finding]) -> str:
    """Return findings as plain text for a terminal: by check, with the numbers of each."""
    if not findings:
        return _("Nothing found.")
    lines = [_counts(findings), ""]
    for one, group in grouped(findings):
        lines += [f"{one.title} ({len(group)})", "=" * len(f"{one.title} ({len(group)})")]
        lines += [f"  {group[0].why}", f"  {group[0].mend}", ""] if _alike(group) else [""]
        for finding in group:
            lines += _wrapped(f"{finding.severity_label}: {finding.where}", "  ", "    ")
            lines += _wrapped(finding.found, "    ", "    ")
            if not _alike(group):
                lines += _wrapped(finding.why, "    ", "    ")
                lines += _wrapped(finding.mend, "    ", "    ")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _alike(group: Sequence[Finding]) -> bool:
    return len({(finding.why, finding.mend) for finding in group}) == 1


def _counts(findings: Sequence[Finding]) -> str:
    numbers = Counter(finding.severity for finding in findings)
    said = [f"{Severity(s).label.lower()} {numbers[s]}" for s in Severity.values if numbers[s]]
    text = ngettext("%(count)s finding: %(said)s", "%(count)s findings: %(said)s", len(findings))
    return text % {"count": len(findings), "said": ", ".join(said)}


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, 98, initial_indent=first, subsequent_indent=rest)
