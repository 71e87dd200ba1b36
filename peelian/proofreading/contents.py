"""The agenda or contents page held against the papers that follow it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lettered_papers import lettered_lines
from peelian.recognition.contents import Entry, Paper, item_number
from peelian.recognition.dates import dates
from peelian.recognition.programme import ProgrammeItem, WorkProgramme

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

# What no paper is expected for, whatever stands beside it.
_WITHOUT = expression(
    r"\b(?:apolog|substitut|declaration|disclosure|public\s+(?:participation|question|speaking)"
    r"|questions?\s+from|any\s+other\s+(?:urgent\s+)?business|urgent\s+(?:items?|business)|welcome"
    r"|introductions?|election\s+of|appointment\s+of\s+(?:the\s+)?(?:chair|vice)|announcements?"
    r"|(?:date|time)s?\s+of\s+(?:the\s+)?(?:next|future)|next\s+meeting|exclusion\s+of|petitions?"
    r"|exempt|confidential|close\s+of|webcast|fire\s+evacuation|housekeeping|break|lunch|quorum)",
    re.IGNORECASE,
)
_MINUTES = expression(r"\bminutes\b", re.IGNORECASE)
_WORD = expression(r"[^\W\d_]{2,}")
_NEAR = dt.date(2020, 1, 1)  # only dates that say their year are read
_FEWEST = 4  # titles of a list of contents that can be held against headings
_LONG_TITLE = 16  # words
_HEAD = 8  # blocks at the beginning of a document that may say its day
_SMALL = {"of", "and", "the", "for", "in", "to", "on", "with", "a", "an", "at", "by", "report"}
_SMALL |= {"attached", "enclosed"}  # at the end of a line of an agenda: no word of the title


@check("item-without-paper", gettext_lazy("Items of the agenda without their paper"))
def items_without_paper(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each item that promises a paper of which there is no trace."""
    lettered = {d.file: lettered_lines(proof, d) for d in proof.documents}
    entries = [entry for entry in _contents(proof) if entry.number]
    numbered = {item_number(paper.number) for paper in _papers(proof) if paper.number}
    expected = [e for e in entries if e.promises_paper and not _WITHOUT.search(e.title)]
    titles = _headings(proof, entries)
    missing = [e for e in expected if not _has_paper(e, numbered, titles)]
    # What an item has attached follows with the item's own paper.
    there = {e.number for e in expected if e not in missing}
    missing = [e for e in missing if e.number not in there]
    # Where no paper says its number, their titles have to.
    most = len(expected) / (2 if numbered else 3)
    if len(missing) > most or (not numbered and not _is_agenda(entries)):
        return  # no papers, or none told by headings that can be read, or a report's chapters
    for entry in missing:
        if entry.origin.order in lettered[entry.origin.file]:
            continue  # told by its letter
        yield Finding(
            Place(entry.origin, quoted(entry)),
            _("Item %(number)s, “%(title)s”, should have a paper, and none follows.")
            % {"number": entry.number, "title": entry.title},
            _("Put the paper in, or say on the agenda that it is to follow or will be spoken."),
            Confidence.LIKELY if len(numbered) > 1 else Confidence.POSSIBLE,
        )


@check("item-without-paper")
def chapters_that_are_missing(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each title on a page of contents that no heading comes near."""
    for document in proof.documents:
        entries = [e for e in proof.contents(document) if e.page is not None and not e.number]
        headings = [words for words in _headings(proof, entries) if 0 < len(words) < _LONG_TITLE]
        there = [any(_is_near(words_of(e.title), words) for words in headings) for e in entries]
        if len(entries) < _FEWEST or there.count(True) * 4 < len(entries) * 3:
            continue
        for entry, is_there in zip(entries, there, strict=True):
            if not is_there:
                yield Finding(
                    Place(entry.origin, entry.title),
                    _("“%(title)s” should begin on page %(page)d, and nothing has this heading.")
                    % {"title": entry.title, "page": entry.page},
                    _("Put it in, or take it off the list."),
                    Confidence.POSSIBLE,
                )


@check("paper-without-item", gettext_lazy("Papers that are for no item of the agenda"))
def papers_without_item(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each paper that is for an item which the agenda does not have."""
    entries = _contents(proof)
    numbers = {item_number(entry.number) for entry in entries if entry.number}
    if len(numbers) < 3:
        return
    whole = {number.split(".")[0].rstrip("abcdefgh") for number in numbers}
    titles = [words_of(entry.title) for entry in entries]
    first = min(entry.origin.order for entry in entries)
    for paper in _papers(proof):
        if paper.origin.file == entries[0].origin.file and paper.origin.order < first:
            continue  # the contents are those of the paper itself
        number = item_number(paper.number)
        if paper.is_reported and not any(_alike(words_of(paper.title), title) for title in titles):
            yield Finding(
                Place(paper.origin, paper.title),
                _("The agenda has no item for this paper."),
                _("Add the item, or take the paper out."),
                Confidence.LIKELY,
            )
        if not number or number in numbers or re.split(r"[.a-z]", number)[0] in whole:
            continue
        alike = any(_alike(words_of(paper.title), title) for title in titles)
        yield Finding(
            Place(paper.origin, paper.title or paper.number),
            _("This paper says that it is for item %(number)s, which the agenda does not have.")
            % {"number": paper.number},
            _("Give the paper the number that its item has, or add the item."),
            Confidence.LIKELY if not alike else Confidence.POSSIBLE,
        )


@check("item-without-paper")
def items_due_by_the_programme(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each item that the programme has for this meeting and is not there."""
    for document in proof.documents:
        made = proof.programmes(document)
        if not made:
            continue
        day = _meeting_day(document, made) or proof.days.get(document.file) or proof.as_at
        if day is None:
            continue
        orders = [item.origin.order for programme in made for item in programme.items]
        titles = [words_of(entry.title) for entry in proof.contents(document)]
        titles += [words_of(paper.title) for paper in proof.papers(document)]
        there = [*titles, *_short_texts(document, min(orders), max(orders))]
        for item, title in _due(made, day):
            is_part = any(words_of(title) <= words for words in titles)
            if not is_part and not any(_is_there(title, words) for words in there):
                yield Finding(
                    Place(item.origin, title),
                    _("The work programme has this for the meeting of %(meeting)s; it is not here.")
                    % {"meeting": item.meeting},
                    _("Put it on the agenda with its paper, or say where it went."),
                    Confidence.LIKELY,
                )


def _meeting_day(document: Document, made: Sequence[WorkProgramme]) -> dt.date | None:
    """Return the day at the document's head whose month the programme has a meeting in."""
    months = {item.month for programme in made for item in programme.items}
    head = [block.text[:200] for block in document.blocks[:_HEAD]]
    days = [m.first for text in head for m in dates(text, _NEAR) if m.is_day and m.has_year]
    return next((day for day in days if day.replace(day=1) in months), None)


def _due(made: Sequence[WorkProgramme], day: dt.date) -> Iterator[tuple[ProgrammeItem, str]]:
    """Yield what is meant for the meeting of a day: of its month, and its day where printed."""
    for programme in made:
        for item in programme.items:
            whole = re.match(r"\D{0,12}(\d{1,2})(?:st|nd|rd|th)?\s+[A-Za-z]", item.meeting)
            same_day = whole is None or int(whole[1]) == day.day
            if item.month != day.replace(day=1) or not same_day:
                continue
            for title in map(str.strip, item.title.split(";")):
                if len(title) > 3 and not _WITHOUT.search(title):
                    yield item, title


def _short_texts(document: Document, first: int, last: int) -> list[frozenset[str]]:
    """Return the words of what may be a heading outside the lines of a work programme."""
    return [
        words_of(block.text)
        for block in document.blocks
        if len(block.text) <= 160
        and block.kind != BlockKind.ROW
        and not first <= block.origin.order <= last + 1
    ]


def _is_there(title: str, words: frozenset[str]) -> bool:
    """Return whether words are a title's, or those of its part before a dash or bracket."""
    whole = words_of(title)
    lead = words_of(re.split(r"\s[–—-]\s|\(|:", title)[0])
    return _alike(whole, words) or (len(lead) > 1 and _alike(lead, words))


@check("item-without-paper")
def numbers_out_of_order(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each number that an agenda leaves out, or gives to two items."""
    for document in proof.documents:
        entries = [e for e in proof.contents(document) if e.number.isdecimal()]
        if len(entries) < 4 or entries[0].number != "1":
            continue
        for before, entry in pairwise(entries):
            step = int(entry.number) - int(before.number)
            if step == 0 and entry.title != before.title:
                reason = _("Two items have the number %(number)s.") % {"number": entry.number}
            elif step > 1:
                reason = _("Between items %(before)s and %(after)s a number is missing.") % {
                    "before": before.number,
                    "after": entry.number,
                }
            else:
                continue
            yield Finding(
                Place(entry.origin, quoted(entry)),
                reason,
                _("Number the items anew, or put in the one that was left out."),
                Confidence.LIKELY,
                (Place(before.origin, quoted(before)),),
            )


def _contents(proof: Proof) -> list[Entry]:
    return [entry for document in proof.documents for entry in proof.contents(document)]


def _papers(proof: Proof) -> list[Paper]:
    """Return the papers, without what the agenda itself has in their form."""
    return [paper for document in proof.documents for paper in papers_of(proof, document)]


def papers_of(proof: Proof, document: Document) -> list[Paper]:
    """Return the papers of a document, without what its agenda has in their form."""
    orders = [entry.origin.order for entry in proof.contents(document)]
    first, last = (min(orders), max(orders)) if any(orders) else (1, 0)
    return [p for p in proof.papers(document) if not first <= p.origin.order <= last]


def _headings(proof: Proof, entries: Sequence[Entry]) -> list[frozenset[str]]:
    """Return the words of the short texts that are not listed: any may be a paper's heading."""
    orders: dict[str, list[int]] = {}
    for entry in entries:
        orders.setdefault(entry.origin.file, []).append(entry.origin.order)
    spans = [(file, min(some), max(some)) for file, some in orders.items()]
    # What is meant for a meeting is listed in a work programme as well.
    for document in proof.documents:
        for programme in proof.programmes(document):
            listed = [item.origin.order for item in programme.items]
            spans.append((document.file, min(listed), max(listed)))
    return [
        words_of(block.text)
        for document in proof.documents
        for block in document.blocks
        if len(block.text) <= 240
        and not any(
            file == document.file and first <= block.origin.order <= last
            for file, first, last in spans
        )
    ]


def _has_paper(entry: Entry, numbered: set[str], headings: Sequence[frozenset[str]]) -> bool:
    """Return whether a paper has an item's number, or a heading elsewhere its title."""
    number = item_number(entry.number)
    if number and (number in numbered or re.split(r"[.a-z]", number)[0] in numbered):
        return True
    if _MINUTES.search(entry.title) and any("minutes" in h and len(h) < 9 for h in headings):
        return True
    words = words_of(entry.title)
    return any(_alike(words, heading) for heading in headings)


def words_of(title: str) -> frozenset[str]:
    """Return the words by which titles are told apart."""
    return frozenset(w for w in _WORD.findall(title.casefold()) if w not in _SMALL)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether titles share two thirds of the words of the longer, or all of a long one's."""
    shared = len(one & other)
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    return bool(shared) and (shared * 3 >= longer * 2 or (shorter >= 3 and shared == shorter))


def _is_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether titles share half of the words of the shorter."""
    return len(one & other) * 2 >= min(len(one), len(other))


def _is_agenda(entries: Sequence[Entry]) -> bool:
    """Return whether there is an item that only a meeting has, such as apologies."""
    return any(_WITHOUT.search(entry.title) for entry in entries)


def quoted(entry: Entry) -> str:
    """Return an item as the agenda prints it."""
    return f"{entry.number} {entry.title}".strip()
