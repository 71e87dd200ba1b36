"""Figures that say neither of what time they are nor where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import Block, BlockKind, Document, Origin
from peelian.proofreading.figure_pairs import Claim, around
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.sections import Section, sections, time_in
from peelian.proofreading.times import days_of
from peelian.recognition.circumstances import source_of
from peelian.recognition.figures import Figure

_MOST_NAMED, _MOST_OTHERS = 6, 5
_INFOGRAPHIC = 8  # words of a line that is a number with its label
_SHORT_WORDS = 16  # an infographic's line, a bullet of headline figures
# Words that say of what time the figures under them are; with the second, those of a whole paper.
_STATEMENT = re.compile(
    r"\b(?:figures|data|statistics|results|information|performance|report|paper|summary|extract|"
    r"updates?|position)\b[^.]{0,60}\b(?:as\s+at|up\s+to|to\s+the\s+end\s+of|covers?|covering|"
    r"relates?\s+to|for\s+the\s+(?:period|year|quarter|month|\w+\s+months)|between|from|"
    r"(?:is|are)\s+(?:for|of)|to)\s+(?P<when>[^.]{3,60})",
    re.IGNORECASE,
)
_OF_THE_PAPER = re.compile(
    r"\b(?:th(?:is|e)\s+(?:report|paper|document|summary|extract|update)|(?:all|these|"
    r"the)\s+(?:figures|data)|"
    r"unless\s+(?:otherwise\s+)?stated|performance\s+(?:report|update|summary))\b",
    re.IGNORECASE,
)
# What is wanted, offered or decided is of no period.
_NO_RESULT = re.compile(
    r"\b(?:target|standard|threshold|majority|offer|fund|costs|proposal|proposed|precept|limit|"
    r"vat|interest|discount|match|will|would(?!-)|should|could|never|if)\b",
    re.IGNORECASE,
)
_SURVEYED = re.compile(
    r"\b(?:confidence|confident|satisf\w+|trust|perception\w*|feel|felt|agreed?|said|think|"
    r"supported|respondents)\b",
    re.IGNORECASE,
)
# Money that was given or set aside is a decision, of which the document itself is the record.
_GIVEN = re.compile(
    r"\b(?:award(?:s|ed|ing)?|provid\w+|allocat\w+|allotted|giv\w+|gave|given|invest\w*|commit\w*|"
    r"ring[- ]?fenc\w+|fund(?:s|ed|ing)?|grant(?:s|ed)?|budget(?:s|ed)?|precept|approved|agreed|"
    r"contribut\w+|precept|support\w*|financial|scheme|project)\b",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:estimated|costing|costs?|sav(?:es|ed|ings?)|worth|return|loss(?:es)?|lost|for\s+every|"
    r"average|seized)\b",
    re.IGNORECASE,
)
# A share or a bound that a law or a rule sets.
_RULE = re.compile(
    r"\b(?:majority|quorum|statut\w+|legislation|regulations?|threshold|must|may|shall|required?|"
    r"entitled|trigger\w*|referendum|risk|tolerance)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:above|below|at\s+least|over|under|exceed\w*|more\s+than|less\s+than|within|up\s+to|by)"
    r"\s+$",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"\W*(?:to\s+)?(?:ensure|increase|reduce|achieve|improve|maintain|deliver|reach|raise|recruit|"
    r"complete|respond|cut|keep|meet|aim|answer|halve|bring|secure)\b",
    re.IGNORECASE,
)
# These name a time, but not that of a figure that holds now.
_OTHER_TIMES = re.compile(
    r"\b(?:versus|vs|compared\s+(?:to|with)|than|since)\b[^.;,)]{0,80}|"
    r"\bfrom\s+\S{1,12}\s+(?:\([^)]{1,20}\)|in\s+\S{1,12})",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\bwhen\s+(?:I|he|she|they|we)\s+(?:was|were)\s+(?:first\s+)?elected\b|"
    r"\b(?:during|at\s+the\s+(?:start|beginning)\s+of)\s+(?:my|his|her|the)\s+term"
    r"(?:\s+of\s+office)?\b|\bbefore\s+(?:my|his|her|the)\s+election\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"[A-Z][a-z]{2,8}(?:\s+(?:19|20)\d\d)?")
_OF_FIGURES = re.compile(
    r"^\W*[A-Z][a-z]{2,8}\s+(?:19|20)\d\d|\b(?:performance|data|figures|statistics|report|results|"
    r"summary|update|position|to|ending|month|crime|at)\b",
    re.IGNORECASE,
)
_AS_AT = re.compile(r"\b(?:as\s+(?:at|of)|at|to|until|ending|position)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|currently|current|today|at\s+present|to\s+date)\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:each|every|per|a)\s+(?:\w+\s+)?(?:year|annum|month|week|day|quarter|shift|night)|"
    r"(?:during|at\s+the\s+(?:start|end)\s+of)\s+(?:my|his|her|the)\s+term(?:\s+of\s+office)?|"
    r"before\s+(?:my|his|her|the)\s+election",
    re.IGNORECASE,
)
# Of a year that only the day of writing could tell.
_UNNAMED = re.compile(
    r"(?:(?:in|over|during|for|within)\s+)?(?:the\s+)?(?:last|past|latest|previous|this)\s+"
    r"(?:(?:\w+|\d+)\s+)?(?:years?|quarter|months?|weeks?|period)|(?:year\s+)?to\s+date",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:average|mean|median|typically|waits?|waited|waiting|longest|takes|took)\b", re.IGNORECASE
)
# A study that nobody can look up is no source.
_STUDY = re.compile(
    r"(?:(?:results?|analysis|evidence|data|findings)\s+(?:of|from|by)\s+)?(?:an?\s+|the\s+)?"
    r"(?:independent\s+|recent\s+|national\s+|external\s+|internal\s+)*"
    r"(?:study|analysis|evaluation|audit|poll|polling|research|survey|questionnaire)",
    re.IGNORECASE,
)
_NEW_PAPER = re.compile(r"(?:agenda\s+item|item\s+\d|appendix|annex)\b", re.IGNORECASE)
_NOTED = re.compile(r"[a-z)%]\d{1,2}\W*$")
_PROMISED = re.compile(
    r"\b(?:commitment|pledge[ds]?|promise[ds]?|planned|plans?|expected|proposed|will|"
    r"within\s+(?:\d|an?\b|the\s+\w+\s+(?:years?|months?|weeks?|days?))|would(?!-))\b",
    re.IGNORECASE,
)
_NO_COUNT = frozenset(
    {"", "times", "rank", "seconds", "minutes", "days", "weeks", "months", "years"}
)
_OWN_RATES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months"})


_Placed = dict[Origin, list[Figure]]


@dataclass
class _Block:
    """A passage or table with the figures in it that name no period or no source."""

    figures: list[Figure]
    has_period: bool
    has_source: bool
    words: int
    surveyed: bool = False

    @property
    def missing(self) -> str:
        """Return `both`, `period` or `source`; empty where nothing is missing."""
        if self.has_period:
            return "source" if self.surveyed and not self.has_source else ""
        return "period" if self.has_source else "both"


@dataclass
class _Sorted:
    """The figures of a block: those of performance, and those of the office's own things."""

    headline: list[Figure] = field(default_factory=list)
    own: list[Figure] = field(default_factory=list)


@check("figure-without-source", gettext_lazy("Figure without source, period or as-at"))
def unsourced(proof: Proof) -> Iterator[Finding]:
    """Yield each paragraph, group of lines or table whose figures do not say of when or whence."""
    for document in proof.documents:
        found = _by_origin(proof.figures, document)
        covered = _Cover()
        for section in sections(document):
            covered.enter(section)
            yield from _of_section(section, found, covered)


def _by_origin(found: Sequence[Figure], document: Document) -> _Placed:
    placed: _Placed = {}
    for figure in found:
        if figure.origin.file == document.file:
            placed.setdefault(figure.origin, []).append(figure)
    return placed


class _Cover:
    """Whether the headings and statements above a passage say of what time its figures are."""

    def __init__(self) -> None:
        self._stated = False
        self._of_paper = False
        self._titled = False
        self._headed = False
        self._sourced = False

    def enter(self, section: Section) -> None:
        """Begin a section: its headings may name a period, and one in capitals begins a paper."""
        heading = section.heading
        self._stated = False
        self._headed = any(_heads_period(one) for one in section.headings)
        self._sourced = any(source_of(one) for one in section.headings)
        if (heading.isupper() and len(heading) > 8) or _NEW_PAPER.match(heading):
            self._titled = _heads_period(heading)
            self._of_paper = False

    def read(self, block: Block) -> None:
        """Take in a passage: it may say of what time the figures after it are."""
        for match in _STATEMENT.finditer(block.text):
            if time_in(match["when"]):
                self._stated = True
                self._of_paper = self._of_paper or bool(_OF_THE_PAPER.search(block.text))

    @property
    def period(self) -> bool:
        """Return whether what is above names a period."""
        return self._stated or self._of_paper or self._titled or self._headed

    @property
    def source(self) -> bool:
        """Return whether the headings name a source."""
        return self._sourced


def _of_section(section: Section, placed: _Placed, covered: _Cover) -> Iterator[Finding]:
    run: list[_Block] = []
    own: list[Figure] = []
    tables: dict[int, list[Block]] = {}
    before = ""
    for block in section.blocks:
        covered.read(block)
        if block.kind == BlockKind.ROW and block.table is not None:
            tables.setdefault(block.table, []).append(block)
            continue
        sorted_out = _sorted(block, placed)
        passage = _read(block, sorted_out, covered, before)
        if passage is None or not passage.missing or passage.words > _SHORT_WORDS:
            yield from _finding(run)
            run = []
        if passage and passage.missing:
            if passage.words > _SHORT_WORDS:
                yield from _finding([passage])
            else:
                run.append(passage)
        elif sorted_out.own and not covered.period and not _time_said(block.text):
            own += [] if _named_source(block.text) else sorted_out.own
        before = block.text if block.kind != BlockKind.BULLET else before
    yield from _finding(run)
    yield from _finding_of_own(own)
    for rows in tables.values():
        yield from _of_table(rows, placed, covered)


def _sorted(block: Block, placed: _Placed) -> _Sorted:
    made = _Sorted()
    least = 10 if len(block.text.split()) <= _INFOGRAPHIC else 50
    for origin in dict.fromkeys(at for one in block.passages() for _offset, at in one.marks):
        for figure in placed.get(origin, ()):
            if _says_enough(figure) or _is_set(figure):
                continue
            if _is_headline(figure):
                made.headline.append(figure)
            elif (
                abs(figure.value) >= least
                and figure.unit not in _NO_COUNT
                and not figure.change
                and not _PROMISED.search(figure.quotation)
                and (figure.unit != "£" or _WORTH.search(figure.quotation))
                and (figure.unit != "£" or not _GIVEN.search(figure.quotation))
            ):
                made.own.append(figure)
    return made


def _is_headline(figure: Figure) -> bool:
    """Return whether a figure is a share, a mean time or a rank: a measure of performance."""
    if figure.unit in ("%", "percentage points"):
        return figure.value not in (0, 100)
    if figure.unit in _OWN_RATES:
        return bool(_WAITS.search(figure.quotation))
    return figure.unit == "rank"


def _is_set(figure: Figure) -> bool:
    """Return whether a value is wanted, decided, or a bound that a law or a rule sets."""
    if (Claim(figure).is_wanted and "estimate" not in figure.qualifier) or _NO_RESULT.search(
        figure.measure
    ):
        return True
    if _TASK.match(figure.quotation):
        return True
    before, _after = around(figure)
    bound = _BOUND.search(before) or _BOUND.search(f"{figure.qualifier} ")
    return bool(_RULE.search(figure.quotation)) and (bool(bound) or figure.printed[:1].isalpha())


def _says_enough(figure: Figure) -> bool:
    """Return whether a figure names its time itself, has a footnote or is another's standard."""
    if _NOTED.search(figure.quotation) or figure.printed in figure.comparator:
        return True
    if not figure.period or _RATE.fullmatch(figure.period) or _UNNAMED.fullmatch(figure.period):
        return False
    return not (_SURVEYED.search(figure.measure) and not figure.source)


def _time_said(text: str) -> str:
    """Return the time that a passage names for its figures, not for what they were before."""
    if _NOW.search(text):
        text = _OTHER_TIMES.sub(" ", text)
    return time_in(_UNNAMED.sub(" ", _TERM.sub(" ", text)))


def _heads_period(heading: str) -> bool:
    """Return whether a heading names a period: the day of a meeting is none."""
    time = time_in(heading)
    if not time or (_MONTH.fullmatch(time) and not _OF_FIGURES.search(heading)):
        return False
    days = days_of(time)
    return bool(time) and (days is None or days[0] != days[1] or bool(_AS_AT.search(heading)))


def _named_source(text: str) -> str:
    """Return the source that a text names; a study without a name is none."""
    source = source_of(text)
    return "" if _STUDY.fullmatch(source) else source


def _read(block: Block, found: _Sorted, covered: _Cover, before: str) -> _Block | None:
    """Return a passage with its headline figures and what it names; None where it has none."""
    if not found.headline:
        return None
    lead = before if block.kind == BlockKind.BULLET and before.rstrip().endswith(":") else ""
    text = f"{lead} {block.text}"
    period = covered.period or bool(_time_said(text))
    source = covered.source or bool(_named_source(text))
    surveyed = any(_SURVEYED.search(figure.quotation) for figure in found.headline)
    return _Block(found.headline, period, source, len(block.text.split()), surveyed)


def _of_table(rows: Sequence[Block], placed: _Placed, covered: _Cover) -> Iterator[Finding]:
    """Yield the finding for a table none of whose headings, labels and cells names a period."""
    figures = [f for row in rows for f in _cells(row, placed) if not f.period]
    text = " ".join(row.text for row in rows)
    if not figures or covered.period or time_in(text):
        return
    missing = "period" if covered.source or source_of(text) else "both"
    sure = any(figure.unit == "%" for figure in figures)
    yield _said(figures, missing, Confidence.LIKELY if sure else Confidence.POSSIBLE)


def _cells(row: Block, placed: _Placed) -> Iterator[Figure]:
    for origin in dict.fromkeys(at for cell in row.cells for _offset, at in cell.marks):
        yield from placed.get(origin, ())


def _finding(run: Sequence[_Block]) -> Iterator[Finding]:
    if run:
        figures = [figure for block in run for figure in block.figures]
        kinds = {block.missing for block in run}
        missing = "both" if "both" in kinds else "period" if "period" in kinds else "source"
        sure = Confidence.POSSIBLE if missing == "source" else Confidence.LIKELY
        yield _said(figures, missing, sure)


def _finding_of_own(figures: Sequence[Figure]) -> Iterator[Finding]:
    if figures:
        yield _said(figures, "both", Confidence.POSSIBLE)


def _said(figures: Sequence[Figure], missing: str, sure: Confidence) -> Finding:
    named = ", ".join(dict.fromkeys(figure.printed for figure in figures[:_MOST_NAMED]))
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
