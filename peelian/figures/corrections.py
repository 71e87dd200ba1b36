"""What was corrected in an edition after it was published, read from the history of its lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Heading, plain
from peelian.figures.models import DataStatement, Topic
from peelian.pages.comparison import Pair
from peelian.record.models import Audience, Change, Status
from peelian.record.values import Values

Lines = Iterable[tuple[Topic, DataStatement]]
# What gives the reason of a correction; what reviewers say to authors is not for the public.
_WRITES = ("edited", "drafted", "brought_in")
Words = tuple[str, str]  # what the figures say, and the commentary


@dataclass(frozen=True)
class Correction:
    """A line that said something else: when it was corrected, why, and both wordings."""

    topic: Topic
    at: dt.datetime
    why: str
    before: Words
    after: Words

    @property
    def pair(self) -> Pair:
        """Return both wordings, to show with the words that differ."""
        return Pair(self.topic.title, _said(self.before), _said(self.after))

    @property
    def heading(self) -> str:
        """Return the day, the line and the reason in a sentence."""
        return _("Corrected on %(day)s, line %(line)s, %(topic)s: %(why)s") % {
            "day": date_format(localtime(self.at), "j F Y"),
            "line": self.topic.order,
            "topic": self.topic.title,
            "why": self.why or _("no reason was given"),
        }


@dataclass(frozen=True)
class Past:
    """What was published of an edition: its corrections by day, and the first words by line."""

    corrections: list[Correction]
    first: dict[int, Words]


def past_of(lines: Lines) -> Past:
    """Return the past of the lines given, which the caller may see, in one query.

    Only what was public counts: a draft, or words that were replaced before their embargo ended,
    never shows. A reason is the newest its authors gave.
    """
    topics = {line.pk: topic for topic, line in lines}
    changes = Change.objects.filter(record_id__in=topics).order_by("record_id", "version")
    corrections: list[Correction] = []
    first: dict[int, Words] = {}
    for pk, own in groupby(changes, key=lambda change: change.record_id):
        issued = _issued(own)
        if issued:
            first[pk] = issued[0][0]
        corrections += [
            Correction(topics[pk], at, why, before, after)
            for (before, _at, _why), (after, at, why) in pairwise(issued)
        ]
    return Past(sorted(corrections, key=lambda c: (c.at, c.topic.order)), first)


def _issued(changes: Iterable[Change]) -> list[tuple[Words, dt.datetime, str]]:
    """Return every wording of a line that was public: words, since when, and why."""
    values: Values = {}
    issued: list[tuple[Words, dt.datetime, str]] = []
    why = ""
    for change in changes:
        values |= {name: pair[1] for name, pair in change.values.items()}
        if change.action in _WRITES:
            why = change.why or why
        elif change.action == "discarded":
            why = ""
        words = (str(values.get("data") or ""), str(values.get("commentary") or ""))
        is_out = values.get("status") == Status.PUBLISHED
        if not is_out or values.get("audience", Audience.PUBLIC) != Audience.PUBLIC:
            continue
        if issued and issued[-1][1] > change.at:
            issued.pop()  # its embargo had not ended: nobody read it
        if not issued or issued[-1][0] != words:
            issued.append((words, _since(change, values), why))
            why = ""
    return issued


def _since(change: Change, values: Values) -> dt.datetime:
    embargo = parse_datetime(str(values.get("embargo_until") or ""))
    return max(change.at, embargo) if embargo else change.at


def _said(words: Words) -> str:
    return ". ".join(part.removesuffix(".") for part in words if part)


def corrections_blocks(lines: Lines) -> list[Block]:
    """Return what was corrected, for a document: each with what the line said before."""
    said = [
        plain(f"{c.heading}. " + _("It said: “%(words)s”.") % {"words": c.pair.before})
        for c in past_of(lines).corrections
    ]
    return [Heading(2, _("Corrections")), Bullets(tuple(said))] if said else []
