"""What changed, as people read it: old and new values in words, with the words that differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages.tables import display, label
from peelian.record.kinds import Kind
from peelian.record.models import Record, ToRecord
from peelian.record.scope import Scope
from peelian.record.values import Values, differences, dump

# Longer texts are shown whole, old and new: finding every word would take seconds.
MOST_WORDS = 4_000

_WORDS = re.compile(r"\s+|\w+(?:[’'.-]\w+)*|.", re.DOTALL)
ACTIONS: dict[str, Any] = {
    "created": gettext_lazy("Created"),
    "edited": gettext_lazy("Edited"),
    "drafted": gettext_lazy("Change drafted"),
    "submitted": gettext_lazy("Submitted for review"),
    "approved": gettext_lazy("Approved"),
    "sent_back": gettext_lazy("Sent back"),
    "published": gettext_lazy("Published"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "reopened": gettext_lazy("Reopened"),
    "discarded": gettext_lazy("Draft discarded"),
    "deleted": gettext_lazy("Deleted"),
    "brought_in": gettext_lazy("Brought in"),
    "updated": gettext_lazy("Brought up to date"),
    "attached": gettext_lazy("File attached"),
    "disposal_proposed": gettext_lazy("Proposed for disposal"),
    "kept_after_all": gettext_lazy("Kept after all"),
    "disposed": gettext_lazy("Disposed of"),
    "minutes_sent": gettext_lazy("Minutes sent to the chair"),
    "minutes_returned": gettext_lazy("Minutes sent back by the chair"),
    "minutes_published": gettext_lazy("Minutes published as a draft"),
    "minutes_confirmed": gettext_lazy("Minutes confirmed"),
    "minutes_signed": gettext_lazy("Minutes signed"),
}
_LABELS: dict[str, Any] = {
    "status": gettext_lazy("Publication"),
    "embargo_until": gettext_lazy("Not before"),
    "expires_at": gettext_lazy("Not after"),
}


@dataclass(frozen=True)
class Pair:
    """One value, before and after, in words. The HTML marks the words that differ."""

    label: str
    before: str
    after: str

    @property
    def is_short(self) -> bool:
        """Return whether both values are read at a glance."""
        return len(self.before) + len(self.after) < 120

    @property
    def old(self) -> SafeString:
        """Return the old text with what went away marked."""
        return _marked(_steps(self.before, self.after), "del")

    @property
    def new(self) -> SafeString:
        """Return the new text with what came marked."""
        return _marked(_steps(self.before, self.after), "ins")

    @property
    def merged(self) -> SafeString:
        """Return one text with both what went and what came marked."""
        return _marked(_steps(self.before, self.after), "del", "ins")


def pairs(kind: Kind, changed: Mapping[str, list[Any]], titles: Mapping[str, str]) -> list[Pair]:
    """Return changed values in the order of the kind's fields; `titles` names records by key."""
    places = {name: place for place, name in enumerate(kind.fields)}
    names = sorted(changed, key=lambda name: places.get(name, len(places)))
    said = ((n, *(in_words(kind, n, raw, titles) for raw in changed[n])) for n in names)
    return [Pair(heading(kind, n), old, new) for n, old, new in said if old != new]


def heading(kind: Kind, name: str) -> str:
    """Return what a column is called; a column that has since gone keeps its name."""
    if name in _LABELS:
        return str(_LABELS[name])
    try:
        return str(label(kind, name))
    except (FieldDoesNotExist, KeyError):
        return name


def in_words(kind: Kind, name: str, raw: Any, titles: Mapping[str, str]) -> str:
    """Return a kept value as people read it: a status in words, a record by its title."""
    if raw is None or raw == "":
        return ""
    if isinstance(raw, list):
        return "; ".join(titles.get(str(key), str(key)) for key in raw)
    try:
        field = kind.model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(raw)
    if isinstance(field, ToRecord):
        return titles.get(str(raw), str(raw))
    if choices := getattr(field, "choices", None):
        return str(dict(choices).get(raw, raw))
    form = field.get_internal_type()
    if form == "DecimalField":
        return display(Decimal(str(raw)))
    return display(_moment(raw) if "Date" in form else raw)


def _moment(raw: Any) -> Any:
    text = str(raw)
    if "T" in text or ":" in text:
        moment = parse_datetime(text)
        return localtime(moment) if isinstance(moment, dt.datetime) and moment.tzinfo else moment
    return parse_date(text) or raw


def titles_of(values: Iterable[Any], scope: Scope) -> dict[str, str]:
    """Return the title of every record that kept values name by `kind/reference`. One query."""
    keys = {
        str(key)
        for raw in values
        for key in (raw if isinstance(raw, list) else [raw])
        if isinstance(key, str) and re.fullmatch(r"[a-z-]+/\S+", key)
    }
    if not keys:
        return {}
    references = {key.partition("/")[2] for key in keys}
    seen = scope.see(Record.objects.filter(reference__in=references))
    return {record.key: record.title for record in seen if record.key in keys}


def between(kind: Kind, old: Values, new: Values, scope: Scope) -> list[Pair]:
    """Return what differs between two states of a record."""
    changed = differences(old, new)
    return pairs(kind, changed, titles_of(_all(changed), scope))


def conflict(kind: Kind, newest: Values, typed: Mapping[str, Any], scope: Scope) -> list[Pair]:
    """Return where what somebody typed differs from what the record says now."""
    mine = {name: _dumped(value) for name, value in typed.items()}
    theirs = {name: newest.get(name) for name in mine}
    return between(kind, theirs, mine, scope)


def _dumped(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(record.key for record in value)
    return dump(value)


def _all(changed: Mapping[str, list[Any]]) -> list[Any]:
    return [raw for pair in changed.values() for raw in pair]


def _steps(before: str, after: str) -> list[tuple[str, str]]:
    """Return `(equal | del | ins, text)` pieces that turn one text into the other, by words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS or not old or not new:
        return [(tag, text) for tag, text in (("del", before), ("ins", after)) if text]
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:  # two texts with little in common: words would be confetti
        return [("del", before), ("ins", after)]
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(("equal", "".join(old[i1:i2])))
        else:
            found.append(("del", "".join(old[i1:i2])))
            found.append(("ins", "".join(new[j1:j2])))
    return [(tag, text) for tag, text in found if text]


def _marked(steps: list[tuple[str, str]], *wanted: str) -> SafeString:
    shown = {
        "del": ("<del>{}{}</del>", _("removed:")),
        "ins": ("<ins>{}{}</ins>", _("added:")),
    }
    pieces: list[str] = []
    for tag, text in steps:
        if tag == "equal":
            pieces.append(text)
        elif tag in wanted:
            markup, spoken = shown[tag]
            hidden = format_html('<span class="govuk-visually-hidden">{} </span>', spoken)
            pieces.append(format_html(markup, hidden, text))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
