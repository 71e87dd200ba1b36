"""What “Performance summary, December 2019, line 5” names, and where an edition is quoted."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict

from peelian.figures.kinds import EDITION, STATEMENT
from peelian.figures.models import DataStatement, Edition, Topic
from peelian.figures.periods import months_on, parse_period
from peelian.recognition.references import Mention, mentions
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.record.search import find

_QUARTER = re.compile(r"quarter\s+([1-4])\s+(?:of\s+)?(20\d\d/\d\d)", re.IGNORECASE)
_MONTH = re.compile(r"([a-z]+)\s+(20\d\d)(?!/)", re.IGNORECASE)
_LINE = re.compile(r"\blines?\s+(\d+)$", re.IGNORECASE)
_NAMES = tuple(calendar.month_name)
# So many places are read to say where an edition is quoted.
MOST_PLACES = 200


def named_in(name: str) -> tuple[dt.date | None, str, int]:
    """Return what a printed reference names: the edition's month, its form if told, its line or 0.

    A quarter names the quarterly edition of its last month. The month is None where there is none
    of that name.
    """
    line = _LINE.search(name)
    number = int(line[1]) if line else 0
    if quarter := _QUARTER.search(name):
        first = parse_period(f"{quarter[2]}-Q{quarter[1]}", "quarterly")
        return (months_on(first, 2) if first else None), Edition.Form.QUARTERLY, number
    month = _MONTH.search(name)
    if month is None or month[1].capitalize() not in _NAMES:
        return None, "", number
    return dt.date(int(month[2]), _NAMES.index(month[1].capitalize()), 1), "", number


def resolve_summaries(names: set[str], scope: Scope, within: str) -> dict[str, list[Record]]:
    """Return the editions, or their lines, of these printed references, in three queries at most.

    Where a month has two editions the quarterly comes first: it holds every topic. A line is
    numbered as its topic is. `within` is of no use here.
    """
    wanted = {name: named_in(name) for name in names}
    months = {month for month, _form, _line in wanted.values() if month}
    editions = list(scope.of(EDITION).filter(period__in=months).order_by("-form", "pk"))
    numbers = {line for _month, _form, line in wanted.values() if line}
    lines = _numbered(editions, numbers, scope) if numbers and editions else {}
    resolved: dict[str, list[Record]] = {}
    for name, (month, form, number) in wanted.items():
        own = [e for e in editions if e.period == month and form in ("", e.form)]
        found = [x for e in own for x in lines.get((e.pk, number), [])] if number else own
        if found:
            resolved[name] = found
    return resolved


def _numbered(
    editions: list[Edition], numbers: set[int], scope: Scope
) -> dict[tuple[int, int], list[DataStatement]]:
    topics = dict(scope.see(Topic.objects.filter(order__in=numbers)).values_list("pk", "order"))
    lines: dict[tuple[int, int], list[DataStatement]] = defaultdict(list)
    for line in scope.of(STATEMENT).filter(parent__in=editions, topic__in=topics).in_order():
        lines[line.parent_id, topics[line.topic_id]].append(line)
    return lines


def quoted_in(edition: Edition, scope: Scope) -> list[tuple[Record, str]]:
    """Return the records that may be seen whose words name an edition, with the words that do.

    The search finds what may; the words are then read. Three queries, one more for each kind found.
    """
    others = scope.see(Record.objects.exclude(kind__in=(EDITION.name, STATEMENT.name)))
    words = [f"{edition.period:%B %Y}"]
    if edition.form == Edition.Form.QUARTERLY and edition.period.month % 3 == 0:
        words.append(_quarter_of(edition.period))
    ids = [pk for said in words for pk in find(f"performance summary {said}", others)]
    by_kind: dict[str, list[int]] = defaultdict(list)
    for record in scope.by_id(ids[:MOST_PLACES]).values():
        by_kind[record.kind].append(record.pk)
    found: list[tuple[Record, str]] = []
    for name, own in by_kind.items():
        kind = kind_named(name)
        columns = ("title", *kind.text)
        for record in scope.of(kind).filter(pk__in=own).in_order():
            text = "\n".join(str(getattr(record, name, "") or "") for name in columns)
            said = [m.printed for m in mentions(text) if _names(m, edition)]
            found += [(record, printed) for printed in dict.fromkeys(said)]
    return found


def _quarter_of(month: dt.date) -> str:
    year = months_on(month, -3).year
    return f"quarter {(month.month // 3 + 2) % 4 + 1} {year}/{(year + 1) % 100:02}"


def _names(mention: Mention, edition: Edition) -> bool:
    if mention.form != "summary":
        return False
    month, form, _line = named_in(mention.printed)
    return month == edition.period and form in ("", edition.form)
