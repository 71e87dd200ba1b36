"""Lines, places and visits as the pages and downloads tell them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.law.dates import plain
from peelian.law.packs import Rule
from peelian.publication import words
from peelian.publication.models import Visit
from peelian.publication.scheme import Line, PlaceLine
from peelian.publication.verdicts import BAD
from peelian.publication.visits import oddities_of
from peelian.record.scope import Scope

DOWNLOAD = (
    gettext_lazy("Line"),
    gettext_lazy("What must be published"),
    gettext_lazy("How often"),
    gettext_lazy("How it stands"),
    gettext_lazy("Where"),
    gettext_lazy("Last published on"),
    gettext_lazy("Covers the time to"),
    gettext_lazy("Next due"),
    gettext_lazy("Why this date"),
    gettext_lazy("Last visited"),
    gettext_lazy("What the visit found"),
    gettext_lazy("Newest date found"),
    gettext_lazy("Law"),
    gettext_lazy("How sure"),
    gettext_lazy("Rule"),
)


def cadence(rule: Rule) -> words.Text:
    """Return how often a line is to be published; its own law where there is no code."""
    return words.CADENCES.get(rule.cadence or "", _("When it comes up"))


def why(line: PlaceLine, today: dt.date) -> str:
    """Return in a sentence why a place stands as it does."""
    visit, due = line.visit, line.due
    if visit and visit.verdict in BAD:
        return _("The visit of %(when)s found: %(what)s.") % {
            "when": moment(visit.at),
            "what": str(words.VERDICTS[visit.verdict]).lower(),
        }
    if due and due.due < today:
        return _("It was due by %(day)s for %(what)s.") % {
            "day": plain(due.due),
            "what": due.occasion,
        }
    if line.standing == "met":
        return _("Published, and found there on %(when)s.") % {
            "when": moment(visit.at) if visit else ""
        }
    if visit is None:
        return _("Nobody has visited it yet.")
    if line.unshown:
        return line.unshown
    if not line.basis:
        return _("No day of publication is known.")
    return _("The last visit, of %(when)s, was long ago or could not tell.") % {
        "when": moment(visit.at)
    }


def to_do(line: PlaceLine, today: dt.date) -> str:
    """Return what the office can do next about a place, or nothing."""
    said = []
    if line.visit and line.visit.verdict in words.REMEDIES:
        said.append(str(words.REMEDIES[line.visit.verdict]))
    if line.due and line.due.due < today:
        said.append(
            _("Publish it for %(what)s, then enter the day here.") % {"what": line.due.occasion}
        )
    if line.unshown and line.standing == "not_checked":
        said.append(_("If it was published in time, record the proof of it among the duties."))
    if not line.basis or line.basis == "found":
        said.append(_("Enter when it was last published."))
    if line.visit is None:
        said.append(_("Run the watchdog, or wait for its next round."))
    if line.bears_out is False:
        said.append(_("See whether what is there is the newest: no late enough date was found."))
    return " ".join(said)


def moment(at: dt.datetime) -> str:
    """Return a day and time as people read it."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def place_rows(line: Line, scope: Scope, today: dt.date) -> list[dict[str, Any]]:
    """Return what is told of each place of a line."""
    return [
        {
            "line": one,
            "place": one.place,
            "url": scope.url(one.place),
            "verdict": words.VERDICTS[one.visit.verdict] if one.visit else "",
            "tone": words.tone(one.visit.verdict) if one.visit else "",
            "why": why(one, today),
            "to_do": "" if scope.is_public else to_do(one, today),
            "standing": words.STANDINGS[one.standing],
            "standing_tone": words.TONES[one.standing],
        }
        for one in line.places
    ]


def line_rows(found: Iterable[Line], scope: Scope, today: dt.date) -> list[dict[str, Any]]:
    """Return what the score page tells of each line."""
    name = scope.name("publication-line")
    return [
        {
            "line": line,
            "rule": line.rule,
            "url": reverse(name, args=[line.rule.pack, line.rule.name]),
            "cadence": cadence(line.rule),
            "standing": words.STANDINGS[line.standing],
            "tone": words.TONES[line.standing],
            "is_late": bool(line.due and line.due.due < today),
            "places": place_rows(line, scope, today),
        }
        for line in found
    ]


def download_rows(found: Iterable[Line], confidence: dict[str, Any]) -> list[list[Any]]:
    """Return a row for each place of each line, and one for a line without any."""
    rows = []
    for line in found:
        rule = line.rule
        for one in line.places or (None,):
            visit, due = (one.visit, one.due) if one else (None, None)
            rows.append(
                [
                    rule.item,
                    rule.title,
                    str(cadence(rule)),
                    str(words.STANDINGS[one.standing if one else line.standing]),
                    one.place.url if one else "",
                    one.published.on if one else None,
                    one.published.until if one else None,
                    due.due if due else None,
                    due.because if due else "",
                    moment(visit.at) if visit else "",
                    str(words.VERDICTS[visit.verdict]) if visit else "",
                    visit.newest if visit else None,
                    rule.citation,
                    str(confidence[rule.confidence]),
                    rule.id,
                ]
            )
    return rows


def visit_rows(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """Return what is told of each visit."""
    return [
        {
            "visit": visit,
            "verdict": words.VERDICTS[visit.verdict],
            "tone": words.tone(visit.verdict),
            "oddities": [words.oddity(code) for code in oddities_of(visit)],
            "files": [
                {
                    "url": one["url"],
                    "title": one["title"] or one["url"].rpartition("/")[2],
                    "verdict": words.VERDICTS[one["verdict"]],
                    "newest": dt.date.fromisoformat(one["newest"]) if one["newest"] else None,
                    "oddities": [words.oddity(code) for code in one["oddities"]],
                }
                for one in visit.files
            ],
        }
        for visit in visits
    ]
