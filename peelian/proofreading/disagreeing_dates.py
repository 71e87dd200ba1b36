"""Dates that cannot be, and dates that differ where the same thing is meant."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import DIGITS, expression
from peelian.intake.document import Document, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.recognition.contents import Entry, Paper, item_number
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.printed import filled_lines

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3}
_DAYS |= {"fri": 4, "sat": 5, "sun": 6}
_WEEKDAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_DAY_MONTH = expression(
    rf"(?<![\w./£:-])(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?(?P<month>{_MONTH})\b"
    r"(?:,?\s+(?P<year>(?:19|20)\d{2})(?![\d/]))?",
    re.IGNORECASE,
)
_NUMERIC = expression(
    r"(?<![\w./£-])(?P<day>\d{1,2})(?P<s>[./])(?P<month>\d{1,2})(?P=s)(?P<year>(?:19|20)\d{2}|"
    r"(?<=\b\d\d.\d\d.)\d{2})(?![\w/-]|\.\d)"
)
_WEEKDAY_BEFORE = expression(
    rf"\b(?P<weekday>{_WEEKDAY})\b\.?\s*,?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+"
    rf"(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:\s*,?\s+(?P<year>(?:19|20)\d{{2}})(?!\d))?",
    re.IGNORECASE,
)
_WEEKDAY_NUMERIC = expression(
    rf"\b(?P<weekday>{_WEEKDAY})\b\.?\s*,?\s+{_NUMERIC.pattern}",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = expression(
    rf"(?<!\w)(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d{{2}})"
    rf"\s*\(\s*(?:a\s+)?(?P<weekday>{_WEEKDAY})\s*\)",
    re.IGNORECASE,
)
_DAY_LIKE = expression(
    r"\d\s?(?:[./]\d|\s[A-Za-z]|st\b|nd\b|rd\b|th\b|[A-Z][a-z]{2})", re.IGNORECASE
)
_THROUGH = expression(r"\s*(?:-|–|—|to|until|till)\s*(?:the\s+)?")
_BETWEEN = expression(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_YEARS = expression(r"(?<![\d/.£-])(?P<first>20\d\d)\s*[-–]\s*(?P<last>20\d\d)(?![\d/-])")
_YEARLIKE = expression(
    r"(?:19|20)\d\d(?!\d)|[/.’'-]\d\d(?!\d)|[A-Za-z]\s\d\d(?!\d)",
    needs=DIGITS,
)
_COMPARED = expression(
    r"\b(?:compar|versus|vs\b|against|relative|back\s+to|rather\s+than|chang|differ|varia|increas"
    r"|decreas|reduc|r[io]se|fell|fall)",
    re.IGNORECASE,
)
_ON = expression(
    rf"\b(?:on|by|from|to|until|till|before|after|the|{_WEEKDAY}),?\s+$", re.IGNORECASE
)
_OTHER_MONTH = expression(rf"\b(?:{_MONTH})\.?\s+$", re.IGNORECASE)
_WORD = expression(r"[^\W\d_]{2,}")
_TIME_WORDS = {
    *_MONTHS,
    *_DAYS,
    *(
        "quarter",
        "year",
        "to",
        "from",
        "the",
        "of",
        "and",
        "at",
        "am",
        "pm",
        "page",
        "st",
        "nd",
        "th",
    ),
}
_NEAR = dt.date(2020, 1, 1)  # only dates that say their year are compared
_BODY = expression(
    r"\b(?:panel|board|committee|council|authority)\b",
    re.IGNORECASE,
    needs="panel|board|committee|council|authority",
)


@check("disagreeing-dates", gettext_lazy("Dates that disagree with each other or the calendar"))
def impossible_days(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each date that the calendar does not have."""
    for passage, match in _matches(proof, _DAY_MONTH, _NUMERIC):
        printed = match["month"]
        month = _month(printed)
        if not 1 <= month <= 12 or printed.islower():  # "may" and "march" are words
            continue
        # A leap year where none is said; of two digits, one of this century.
        year = int(match["year"] or 2020) % 100 + 2000 if match["year"] else 2020
        longest = calendar.monthrange(year, month)[1]
        if not longest < int(match["day"]) <= 31:
            continue
        said = passage.text[max(match.start() - 16, 0) : match.start()]
        if _OTHER_MONTH.search(said):  # a row of numbers with the names of months
            continue
        reason = _("There is no such day: %(month)s has %(days)d days.")
        if month == 2 and match["year"]:
            reason = _("There is no such day: %(month)s had %(days)d days that year.")
        yield Finding(
            Place(passage.at(match.start()), match[0]),
            reason % {"month": _(calendar.month_name[month]), "days": longest},
            _("Put the day that is meant."),
            Confidence.CERTAIN if _ON.search(said) or match["year"] else Confidence.LIKELY,
        )


@check("disagreeing-dates")
def weekdays_that_do_not_fit(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each weekday printed with a date that falls on another.

    Of a date without its year, in the document's own and in those before and after it.
    """
    for passage, match in _matches(proof, _WEEKDAY_BEFORE, _WEEKDAY_AFTER, _WEEKDAY_NUMERIC):
        now = proof.days.get(passage.origin.file) or proof.as_at
        years = [int(match["year"]) % 100 + 2000] if match["year"] else _years_about(now)
        days = list(_days_of(match, years))
        if not days or any(day.weekday() == _DAYS[match["weekday"].casefold()] for day in days):
            continue
        day = days[len(days) // 2]
        yield Finding(
            Place(passage.at(match.start()), match[0]),
            _("%(day)s %(month)s %(year)s is a %(weekday)s.")
            % {
                "day": match["day"],
                "month": match["month"]
                if match["month"].isalpha()
                else _(calendar.month_name[day.month]),
                "year": day.year,
                "weekday": _(calendar.day_name[day.weekday()]),
            },
            _("Mend the weekday or the date, whichever is wrong."),
            Confidence.CERTAIN if match["year"] else Confidence.LIKELY,
        )


def _month(printed: str) -> int:
    """Return which month a name or a number is; a number may be that of none."""
    return int(printed) if printed.isdecimal() else _MONTHS[printed.casefold()]


def _years_about(now: dt.date | None) -> list[int]:
    return [now.year - 1, now.year, now.year + 1] if now else []


def _days_of(match: re.Match[str], years: list[int]) -> Iterator[dt.date]:
    month = _month(match["month"])
    for year in years:
        with contextlib.suppress(ValueError):
            yield dt.date(year, month, int(match["day"]))


@check("disagreeing-dates")
def periods_that_end_before_they_begin(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each period whose end lies before its beginning."""
    for document in proof.documents:
        for passage in document.passages():
            for start, end in _backwards(passage.text):
                around = passage.text[max(start - 60, 0) : end + 40]
                if not _COMPARED.search(around):
                    yield Finding(
                        Place(passage.at(start), passage.text[start:end]),
                        _("This period ends before it begins."),
                        _("Mend the date that is wrong, or put the earlier first."),
                        Confidence.LIKELY,
                    )


def _backwards(text: str) -> Iterator[tuple[int, int]]:
    # Two dates that say their years are needed.
    if len(_YEARLIKE.findall(text)) < 2:
        return
    for match in _YEARS.finditer(text):
        if int(match["first"]) > int(match["last"]):
            yield match.span()
    found = dates(text, _NEAR)
    for before, after in pairwise(found):
        if not (before.has_year and after.has_year and before.first > after.last):
            continue
        between = text[before.end : after.start]
        both = between.strip() == "and" and _BETWEEN.search(text, 0, before.start)
        if _THROUGH.fullmatch(between) or both:
            yield before.start, after.end


def _matches(proof: Proof, *forms: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for document in proof.documents:
        for passage in document.passages():
            if not _DAY_LIKE.search(passage.text):
                continue
            for form in forms:
                for match in form.finditer(passage.text):
                    yield passage, match


@check("disagreeing-dates")
def items_and_papers_that_differ(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each item whose title gives another date or period than its paper's."""
    found = [paper for document in proof.documents for paper in proof.papers(document)]
    for document in proof.documents:
        for entry in proof.contents(document):
            paper = _paper_of(entry, found)
            if paper and _differ(entry.title, paper.title):
                yield _differing(Place(entry.origin, entry.title), Place(paper.origin, paper.title))
        yield from _bookmarks_that_differ(document, found)


def _paper_of(entry: Entry, found: list[Paper]) -> Paper | None:
    """Return the paper that an entry announces: of its number or title, and of the same words."""
    words = _bare_words(entry.title)
    for paper in found:
        other = _bare_words(paper.title)
        same = bool(words) and len(words & other) * 4 >= len(words | other) * 3
        if same and (not entry.number or not paper.number or _same_number(entry, paper)):
            return paper
    return None


def _same_number(entry: Entry, paper: Paper) -> bool:
    return item_number(entry.number) == item_number(paper.number)


def _bookmarks_that_differ(document: Document, found: list[Paper]) -> Iterator[Finding]:
    for mark in document.bookmarks[:500]:
        words = _bare_words(mark.title[:300])
        for paper in found:
            other = _bare_words(paper.title)
            near = mark.page is None or abs((paper.origin.page or mark.page) - mark.page) <= 1
            alike = len(words) > 1 and len(words & other) * 4 >= len(words | other) * 3
            if near and alike and _differ(mark.title, paper.title):
                place = Place(Origin(document.file, mark.page), mark.title)
                yield _differing(place, Place(paper.origin, paper.title))


def _differing(place: Place, other: Place) -> Finding:
    return Finding(
        place,
        _("The contents say “%(one)s”, the heading “%(other)s”.")
        % {"one": _printed(place.quotation), "other": _printed(other.quotation)},
        _("Put the date that is right in both."),
        Confidence.LIKELY,
        (other,),
    )


def _dated(text: str) -> list[DateMention]:
    return [mention for mention in dates(text[:400], _NEAR) if mention.has_year]


def _printed(text: str) -> str:
    return ", ".join(mention.printed for mention in _dated(text))


def _differ(one: str, other: str) -> bool:
    """Return whether two titles both give dates, and no date of one can be one of the other's."""
    mine, theirs = _dated(one), _dated(other)
    return bool(mine and theirs) and not any(
        a.first <= b.last and b.first <= a.last for a in mine for b in theirs
    )


def _bare_words(text: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(text.casefold()) if w not in _TIME_WORDS)


@check("disagreeing-dates")
def heads_that_differ(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each head of a page, or of a paper, with another date than the others.

    The head of minutes has the date of the meeting before.
    """
    for document in proof.documents:
        groups: dict[frozenset[str], list[tuple[str, Origin]]] = {}
        for text, origin in _heads(document):
            groups.setdefault(_bare_words(text), []).append((text, origin))
        for heads in groups.values():
            days = Counter((m.first, m.last) for text, _o in heads for m in _dated(text))
            if len(days) != 2:
                continue
            (usual, times), (odd, once) = days.most_common(2)
            outvoted = once == 1 and times >= 2
            # The wrong year, as happens in January, shows itself even where there are but two.
            wrong_year = [d.timetuple()[1:3] for d in odd] == [d.timetuple()[1:3] for d in usual]
            if (outvoted or wrong_year) and not (odd[0] <= usual[1] and usual[0] <= odd[1]):
                yield _odd_head(heads, usual, odd)


def _odd_head(
    heads: list[tuple[str, Origin]], usual: tuple[dt.date, dt.date], odd: tuple[dt.date, dt.date]
) -> Finding:
    def place(which: tuple[dt.date, dt.date]) -> tuple[Place, str]:
        return next(
            (Place(origin, text), mention.printed)
            for text, origin in heads
            for mention in _dated(text)
            if (mention.first, mention.last) == which
        )

    (where, printed), (other, others_printed) = place(odd), place(usual)
    return Finding(
        where,
        _("This head says “%(one)s”, the others “%(other)s”.")
        % {"one": printed, "other": others_printed},
        _("Put the date that is right in all."),
        Confidence.LIKELY,
        (other,),
    )


def _heads(document: Document) -> Iterator[tuple[str, Origin]]:
    """Yield the first lines of pages, and a body's name with the day below it, but of minutes."""
    lines = document.once(filled_lines)
    page: int | None = None
    for n, line in enumerate(lines):
        begins = line.origin.page is not None and line.origin.page != page
        page = line.origin.page
        text = line.text.strip()
        if len(text) > 120:
            continue
        if not begins and not _BODY.search(text):
            continue
        following = lines[n + 1].text.strip() if n + 1 < len(lines) else ""
        near = " ".join(one.text for one in lines[max(n - 2, 0) : n + 5]).casefold()
        if "minutes" in near or "notes of" in near:
            continue
        names_body = bool(_BODY.search(text))
        days = len(_dated(text))
        if days and (begins or days == 1):
            yield text, line.origin
        elif names_body and len(following) < 40 and _dated(following):
            yield f"{text} {following}", line.origin
