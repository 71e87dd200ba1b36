"""Findings that stand dismissed: a small YAML file beside the document, to be read and edited.

`pack.pdf` has `pack.pdf.dismissed.yaml`, a list of entries with `finding`, `reason` and, for who
reads the file, `on` and `says`. A finding is known by its words, so it stays dismissed when the
page is set anew, and comes back when the words change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.tables import Problem, Rejected, quoted
from peelian.proofreading.findings import Finding

ENDING = ".dismissed.yaml"
MOST_BYTES = 1024 * 1024
_FINGERPRINT = expression(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Dismissal:
    """Why a finding need not be told again; `says` reminds the reader of what it was."""

    finding: str
    reason: str
    on: str = ""
    says: str = ""


def beside(document: Path) -> Path:
    """Return where the dismissals of a document are kept."""
    return document.with_name(document.name + ENDING)


def read_dismissals(document: Path) -> dict[str, Dismissal]:
    """Return the dismissals beside a document by the finding's fingerprint; none without a file.

    Raises Rejected, naming the entry, where the file is not as it should be.
    """
    path = beside(document)
    if not path.is_file():
        return {}
    entries = _entries(path)
    made = [_dismissal(path.name, number, entry) for number, entry in enumerate(entries, 1)]
    return {one.finding: one for one in made}


def _entries(path: Path) -> list[object]:
    import yaml  # few documents have such a file

    if path.stat().st_size > MOST_BYTES:
        raise Rejected([Problem(path.name, _("more than 1 MB"), _("a short list of findings"))])
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise Rejected([Problem(path.name, _("no YAML"), _("a list of findings"), row)]) from error
    if found is None:
        return []
    if not isinstance(found, list):
        raise Rejected([Problem(path.name, quoted(str(found)), _("a list of findings"))])
    return found


def _dismissal(file: str, number: int, entry: object) -> Dismissal:
    what = _("entry %(n)s") % {"n": number}
    if not isinstance(entry, dict):
        raise Rejected([Problem(file, f"{what}: {quoted(str(entry))}", _("finding and reason"))])
    name, reason = str(entry.get("finding") or ""), str(entry.get("reason") or "").strip()
    if not _FINGERPRINT.fullmatch(name):
        expected = _("the twelve characters that the report gives a finding, in quotation marks")
        raise Rejected([Problem(file, f"{what}: {quoted(name)}", expected, column="finding")])
    if not reason:
        raise Rejected([Problem(file, f"{what}: {quoted('')}", _("why"), column="reason")])
    return Dismissal(name, reason, str(entry.get("on") or ""), str(entry.get("says") or ""))


def dismiss(document: Path, finding: Finding, reason: str, on: dt.date) -> None:
    """Add a dismissal to the file beside a document; one that is there already is replaced.

    Raises Rejected where the file cannot be read as it stands: nothing of it is lost.
    """
    kept = read_dismissals(document)
    says = " ".join(f"{finding.check}: {finding.place.quotation}".split())[:160]
    kept[finding.fingerprint] = Dismissal(finding.fingerprint, reason, on.isoformat(), says)
    path = beside(document)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(_written(document.name, kept.values()), encoding="utf-8")
    fresh.replace(path)


def _written(name: str, dismissals: Iterable[Dismissal]) -> str:
    import yaml

    head = _("# Findings about %(name)s that stand dismissed.") % {"name": name}
    data = [{key: value for key, value in vars(one).items() if value} for one in dismissals]
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=96)
    return f"{head}\n{body}"
