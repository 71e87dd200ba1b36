"""Figures that say neither of what time they are nor where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin
from peelian.proofreading.figure_pairs import around
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.results import (
    DURATIONS,
    is_estimated,
    is_headline,
    is_measure,
    is_own,
    is_set,
    is_surveyed,
)
from peelian.proofreading.sections import Section, sections, time_in
from peelian.proofreading.sourcing import (
    Cover,
    asked_then,
    is_dated,
    is_noted,
    is_of_now,
    is_period,
    is_sampled,
    is_shown,
    loosely_timed,
    named_source,
    names_sources,
    says_time,
)
from peelian.proofreading.unsourced_words import (
    AGAINST_OTHERS,
    ALWAYS,
    ATTENDANCE,
    BUDGETED,
    CITED_MIDWAY,
    CLAUSE_BEGINS,
    HABIT,
    IN_BRACKETS,
    IN_NO_BOOKS,
    OF_ONE,
    OF_THEM,
    PAST,
    PERHAPS_PAST,
    PRICED,
    REPORTS,
    SAID_OF_BOTH,
    SAID_WHOLE,
    SEE_AFTER,
    SPENT,
    STANDARD,
)
from peelian.recognition.circumstances import source_of
from peelian.recognition.figures import Figure

_MOST_NAMED, _MOST_OTHERS = 6, 5
_FEW_WORDS, _SENTENCE = 4, expression(r"[.!?]['\"”’)]*\s*$")
_NUMBERS, _MOST_NUMBERS = expression(r"\d+"), 10
_NEAR, _MOST_READ = 1_200, 60  # letters beside a sentence, figures of a passage
_WORDS_OF_A_CLAUSE = 6
_SHORT_WORDS = 16  # an infographic's line, a bullet of headline figures
_Placed = dict[Origin, list[Figure]]


@dataclass(frozen=True)
class _Lack:
    """A figure with what it lacks: `both`, `period` or `source`; less sure where it may be said."""

    figure: Figure
    missing: str
    is_sure: bool


@dataclass
class _Passage:
    """The figures of a passage: results that lack something, and the office's own things."""

    words: int
    lacking: list[_Lack] = field(default_factory=list)
    own: list[Figure] = field(default_factory=list)


@check("figure-without-source", gettext_lazy("Figure without source, period or as-at"))
def unsourced(proof: Proof) -> Iterator[Finding]:
    """Yield each paragraph, group of lines or table whose figures do not say of when or whence."""
    for document in proof.documents:
        found = _by_origin(proof.figures, document)
        covered = Cover(document)
        for section in sections(document):
            covered.enter(section)
            yield from _of_section(section, found, covered)


def _by_origin(found: Sequence[Figure], document: Document) -> _Placed:
    placed: _Placed = {}
    for figure in found:
        if figure.origin.file == document.file:
            placed.setdefault(figure.origin, []).append(figure)
    return placed


def _of_section(section: Section, placed: _Placed, covered: Cover) -> Iterator[Finding]:
    run: list[_Lack] = []
    own: list[Figure] = []
    tables: dict[int, list[Block]] = {}
    dated: set[int] = set()  # tables that a caption or heading above them dates
    before = section.heading
    for block in (piece for whole in section.blocks for piece in _told(whole)):
        covered.read(block)
        if block.kind == BlockKind.ROW and block.table is not None:
            if not (before.endswith(":") and says_time(before)):  # what leads to it dates it
                tables.setdefault(block.table, []).append(block)
                if covered.period:
                    dated.add(block.table)
            continue
        lead = before if block.kind == BlockKind.BULLET and before.rstrip().endswith(":") else ""
        passage = _read(block, placed, covered, lead)
        if STANDARD.fullmatch(before):
            passage = _Passage(passage.words)
        if not passage.lacking or passage.words > _SHORT_WORDS:
            yield from _finding(run)
            run = []
        if passage.words > _SHORT_WORDS:
            yield from _finding(passage.lacking)
        else:
            run += passage.lacking
        if not passage.lacking:
            own += passage.own
        before = block.text if block.kind != BlockKind.BULLET else before
    yield from _finding(run)
    yield from _finding_of_own(own)
    for number, rows in tables.items():
        if number not in dated:
            yield from _of_table(rows, placed, covered)


def _told(row: Block) -> Iterator[Block]:
    """Yield what a row's cells tell in sentences as paragraphs, a row of words alone as it is."""
    cells = [c for c in row.cells if len(c.text.split()) > _FEW_WORDS and _SENTENCE.search(c.text)]
    yield from [Block(cell.text, cell.marks) for cell in cells] or [row]


def _read(block: Block, placed: _Placed, covered: Cover, lead: str) -> _Passage:
    """Return what the figures of a passage lack; `lead` is the line that leads to its list."""
    made = _Passage(len(block.text.split()))
    text = f"{lead} {block.text}"
    origins = dict.fromkeys(at for one in block.passages() for _offset, at in one.marks)
    found = chain.from_iterable(placed.get(origin, ()) for origin in origins)
    for figure in islice(found, _MOST_READ):
        is_result = is_headline(figure)
        if not is_result and (is_period(figure.period) or not is_own(figure, made.words)):
            continue
        if is_set(figure) or is_noted(figure.quotation) or _is_shown(figure, text):
            continue
        if figure.unit in DURATIONS and OF_ONE.search(figure.quotation):
            continue
        if is_result:
            missing, is_sure = _missing(figure, text, covered)
            made.lacking += [_Lack(figure, missing, is_sure)] if missing else []
        else:
            made.own.append(figure)
    if ATTENDANCE.match(block.text) or PRICED.search(block.text):
        made.own = []
    titled = covered.opening and SAID_WHOLE.search(block.text)
    if made.own and (
        covered.period
        or covered.source
        or titled
        or covered.dates(text)
        or says_time(block.text)
        or named_source(block.text)
    ):
        made.own = []
    return made


def _missing(figure: Figure, text: str, covered: Cover) -> tuple[str, bool]:
    """Return what a result lacks, empty where nothing, and whether that is sure."""
    sentence = figure.quotation
    if is_noted(sentence) or figure.printed in figure.comparator or covered.of_survey(sentence):
        return "", False
    if figure.unit == "%" and not _is_in_words(figure) and covered.shows(figure.value):
        return "", False
    in_books = not IN_NO_BOOKS.search(sentence)  # else no line for all the figures is of this one
    has_source = (covered.source and in_books) or _is_sourced(figure, text) or covered.asked(text)
    own, of_now = is_dated(sentence, figure.period), _is_standing(figure)
    if of_now:
        dated = own or (in_books and covered.as_at) or _goes_on_from_a_time(figure, text)
    else:
        dated = own or _dated_around(figure, text, covered) or covered.asked(text)
    if not dated:
        titled = covered.opening and not _is_told_in_the_present(figure)
        is_sure = not (covered.period or titled or loosely_timed(text))
        return ("period" if has_source else "both"), is_measure(figure) and is_sure
    needs_source = is_surveyed(figure) or (not own and _is_of_others(figure))
    return ("source" if needs_source and not has_source else ""), False


def _beside(figure: Figure, text: str) -> tuple[str, str]:
    """Return what stands before and after the sentence of a figure, as far as it may bear on it."""
    before, _found, after = text.partition(figure.quotation)
    return before[-_NEAR:], after[:_NEAR]


def _is_shown(figure: Figure, text: str) -> bool:
    """Return whether the sentence of a figure, or the next, says where in the document it is."""
    before, after = _beside(figure, text)
    if is_shown(figure.quotation) or is_sampled(before + figure.quotation):
        return True
    goes_on = before.rstrip().endswith(":") or OF_THEM.match(figure.quotation)
    leads = bool(goes_on) and is_shown(before)
    return leads or bool((see := SEE_AFTER.match(after)) and is_shown(see[0]))


def _is_sourced(figure: Figure, text: str) -> bool:
    """Return whether a source is named for a figure.

    One in brackets holds for its own sentence, and for what goes on in the past after it.
    """
    sentence = figure.quotation
    before, after = _beside(figure, text)
    told = IN_BRACKETS.sub(" ", before) if _is_told_in_the_present(figure) else before
    parts = (sentence, told, CITED_MIDWAY.sub(" ", after))
    return any(map(named_source, parts)) or any(asked_then(p, text) for p in (sentence, before))


def _goes_on_from_a_time(figure: Figure, text: str) -> bool:
    """Return whether a figure told in the present goes on from one whose time is told.

    The source, named after them, is of both.
    """
    before, after = _beside(figure, text)
    of_both = SAID_OF_BOTH.search(after) and names_sources(after)
    return bool(of_both) and not is_of_now(figure.quotation) and bool(says_time(before))


def _dated_around(figure: Figure, text: str, covered: Cover) -> bool:
    """Return whether what stands above a sentence, or beside it, says of what time it is."""
    if covered.period or covered.dates(text):
        return True
    before, after = _beside(figure, text)
    beside = says_time(before) and not _is_told_in_the_present(figure)
    return bool(beside) or bool(SAID_OF_BOTH.search(after) and says_time(after))


def _is_of_others(figure: Figure) -> bool:
    """Return whether a figure cannot be from the office's own books, nor be looked up in them."""
    if figure.unit == "rank" or is_estimated(figure) or AGAINST_OTHERS.search(figure.quotation):
        return True
    return _is_in_words(figure) and not OF_THEM.search(figure.quotation)


def _is_standing(figure: Figure) -> bool:
    """Return whether a figure is told as holding now, or at all times: of no report's period."""
    told_for_all = _is_in_words(figure) or _is_subject(figure) or figure.unit == "£"
    if figure.unit in DURATIONS | {"times"}:
        told_for_all = bool(figure.period or HABIT.search(figure.quotation))
    if len(_NUMBERS.findall(figure.quotation)) > _MOST_NUMBERS:  # a table whose columns were lost
        return False
    return is_of_now(figure.quotation) or (told_for_all and _is_told_in_the_present(figure))


def _is_subject(figure: Figure) -> bool:
    """Return whether a share is what a clause begins with: `only 40% of crime is ever reported`."""
    before, _after = around(figure)
    return figure.unit == "%" and bool(CLAUSE_BEGINS.search(before))


def _is_in_words(figure: Figure) -> bool:
    return figure.unit == "%" and figure.printed[-1:].isalpha() and "cent" not in figure.printed


def _is_told_in_the_present(figure: Figure) -> bool:
    told = REPORTS.sub("", figure.quotation)
    if PAST.search(told):
        return False
    whole = told[-1:] == "." and len(told.split()) >= _WORDS_OF_A_CLAUSE
    return bool(ALWAYS.search(told)) or (whole and not PERHAPS_PAST.search(told))


def _of_table(rows: Sequence[Block], placed: _Placed, covered: Cover) -> Iterator[Finding]:
    """Yield the finding for a table none of whose headings, labels and cells names a period."""
    figures = [f for row in rows for f in _cells(row, placed) if not f.period]
    text = " ".join(row.text for row in rows)
    shares = any(figure.unit == "%" for figure in figures)
    titled = covered.opening and not shares
    if not figures or covered.period or titled or time_in(text) or _is_of_money(rows):
        return
    missing = "period" if covered.source or source_of(text) else "both"
    yield _said(figures, missing, Confidence.LIKELY if shares else Confidence.POSSIBLE)


def _is_of_money(rows: Sequence[Block]) -> bool:
    """Return whether a table sets what was spent beside its budget: the office's own books."""
    head = rows[0].text
    return bool(BUDGETED.search(head) and SPENT.search(head))


def _cells(row: Block, placed: _Placed) -> Iterator[Figure]:
    for origin in dict.fromkeys(at for cell in row.cells for _offset, at in cell.marks):
        yield from placed.get(origin, ())


def _finding(run: Sequence[_Lack]) -> Iterator[Finding]:
    if run:
        kinds = {one.missing for one in run}
        missing = "both" if "both" in kinds else "period" if "period" in kinds else "source"
        sure = any(one.is_sure and one.missing == missing for one in run)
        yield _said(
            [one.figure for one in run],
            missing,
            Confidence.LIKELY if sure else Confidence.POSSIBLE,
        )


def _finding_of_own(figures: Sequence[Figure]) -> Iterator[Finding]:
    if figures:
        yield _said(figures, "both", Confidence.POSSIBLE)


def _named(figure: Figure) -> str:
    """Return a figure as printed, with its unit where it is no number: `an extra hour`."""
    is_number = figure.unit not in DURATIONS or figure.value != 1 or figure.printed[:1].isdigit()
    return figure.printed if is_number else f"{figure.printed} {figure.unit.removesuffix('s')}"


def _said(figures: Sequence[Figure], missing: str, sure: Confidence) -> Finding:
    named = ", ".join(dict.fromkeys(_named(figure) for figure in figures[:_MOST_NAMED]))
    if len(figures) > _MOST_NAMED:
        named = _("%(figures)s and others") % {"figures": named}
    reasons = {
        "both": _("Neither a period or day nor a source is named for: %(figures)s."),
        "period": _("No period or day is named for: %(figures)s."),
        "source": _("No source, such as the name of a survey, is named for: %(figures)s."),
    }
    mends = {
        "both": _(
            "Say of what period, or as at what day, and where they come from; once is enough."
        ),
        "period": _("Say of what period, or as at what day; once for all of them is enough."),
        "source": _("Say where they come from; once for all of them is enough."),
    }
    places = {f.quotation: Place(f.origin, f.quotation) for f in reversed(figures)}
    first, *others = reversed(places.values())
    return Finding(
        first,
        reasons[missing] % {"figures": named},
        mends[missing],
        sure,
        tuple(others[:_MOST_OTHERS]),
    )
