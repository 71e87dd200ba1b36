"""What was corrected in an edition after it was issued: when, what it said before, and why.

Nothing is kept for it but the history, in which every step of a line stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from peelian.blocks import Block, Heading, Table, plain
from peelian.figures.models import DataStatement, Topic
from peelian.record.models import Change

SAID = ("data", "commentary")  # what of a line is read


@dataclass(frozen=True)
class Correction:
    """A line that says something else than it did, from a day on and for a reason."""

    topic: Topic
    at: dt.datetime
    before: str
    after: str
    why: str


def corrections_of(lines: Iterable[tuple[Topic, DataStatement]]) -> list[Correction]:
    """Return the corrections of an edition's public lines, the newest first, in one query.

    What changed before a line could be read is none.
    """
    by_line = {line.pk: (topic, line) for topic, line in lines}
    steps: dict[int, list[Change]] = {}
    for step in Change.objects.filter(record_id__in=by_line).order_by("record_id", "version"):
        steps.setdefault(step.record_id, []).append(step)
    found = [c for pk, own in steps.items() for c in _of_line(*by_line[pk], own)]
    return sorted(found, key=lambda c: c.at, reverse=True)


def _of_line(topic: Topic, line: DataStatement, steps: list[Change]) -> Iterator[Correction]:
    said: dict[str, str] = dict.fromkeys(SAID, "")
    issued, why = False, ""
    for step in steps:
        before = _text(said)
        said |= {name: pair[1] or "" for name, pair in step.values.items() if name in SAID}
        if step.action == "drafted":
            why = step.why  # the author's words: the approver may have added none
        readable = not line.embargo_until or step.at >= line.embargo_until
        if issued and readable and _text(said) != before:
            yield Correction(topic, step.at, before, _text(said), why or step.why)
        issued = issued or step.action in ("published", "brought_in")


def _text(said: dict[str, str]) -> str:
    return ". ".join(part for part in (said["data"], said["commentary"]) if part)


def correction_blocks(corrections: list[Correction]) -> list[Block]:
    """Return the corrections as a table of a document, nothing where there are none."""
    if not corrections:
        return []
    head = (
        _("Day"),
        _("Topic"),
        pgettext("before a correction", "It said"),
        pgettext("after a correction", "It says"),
        _("Why"),
    )
    rows = tuple(
        tuple(
            plain(cell or "–")
            for cell in (date_format(c.at, "j F Y"), c.topic.title, c.before, c.after, c.why)
        )
        for c in corrections
    )
    caption = _("What was corrected since this was issued")
    heads = tuple(plain(h) for h in head)
    return [Heading(2, _("Corrections")), Table(caption, heads, rows, (1.2, 1.5, 3, 3, 2), True)]
