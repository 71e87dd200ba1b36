"""Whether a text says of what time its figures are and where they come from."""

from __future__ import annotations

import re
from functools import lru_cache

from peelian.expressions import expression
from peelian.intake.document import Block, Document
from peelian.proofreading.sections import Section, time_in
from peelian.proofreading.times import days_of
from peelian.recognition.circumstances import source_of

_OPENING, _LONGEST_TITLE = 6, 120  # blocks, letters
_LONG_HEADING, _AT_THE_TOP, _AT_AN_END = 60, 16, 40
# Words that say of what time the figures under them are; with the second, those of a whole paper.
_STATEMENT = expression(
    r"\b(?:figures|numbers|percentages|data|statistics|results|information|performance|report|paper|"
    r"summary|extract|updates?|position)\b[^.]{0,60}\b(?:as\s+at|up\s+to|to\s+the\s+end\s+of|covers?|covering|"
    r"relates?\s+to|for\s+the\s+(?:period|year|quarter|month|\w+\s+months)|between|from|"
    r"(?:is|are)\s+(?:about|for|of)|to)\s+(?P<when>[^.]{3,60})",
    re.IGNORECASE,
    needs="figures|numbers|percentages|data|statistics|results|information|performance|report|"
    "paper|summary|extract|update|position",
)
# A paper that sends the reader to its title: `for the quarter named at the head of this report`.
_AS_TITLED = expression(
    r"\b(?:for|of)\s+the\s+(?:quarter|period|year|months?)\s+(?:given|named|shown|stated)\s+"
    r"(?:at\s+the\s+(?:head|top)|in\s+the\s+(?:heading|title)|on\s+the\s+(?:cover|first\s+page)|above)\b",
    re.IGNORECASE,
)
# A paper that says what it means by a quarter.
_MEANS = expression(
    r"(?:quarter|half[- ]year|year|period)[\"”’']?\s+(?:is|means|runs\s+from|was)\s+"
    r"(?P<when>[^.]{3,60})",
    re.IGNORECASE,
    needs="quarter|year|period",
)
_OF_THE_PAPER = expression(
    r"\b(?:th(?:is|e)\s+(?:report|paper|document|summary|extract|update)|(?:all|these|"
    r"the)\s+(?:figures|data)|"
    r"unless\s+(?:otherwise\s+)?stated|performance\s+(?:report|update|summary))\b",
    re.IGNORECASE,
)
# These name a time, but not that of a figure that holds now.
_OTHER_TIMES = expression(
    r"\b(?:versus|vs|compared\s+(?:to|with)|than|since)\b[^.;,)]{0,80}|"
    r"\bfrom\s+\S{1,12}\s+(?:\([^)]{1,20}\)|in\s+\S{1,12})",
    re.IGNORECASE,
)
# When something began is not of what time a figure about it is.
_EVENTS = expression(
    r"\b(?:began|begun|opened|launched|started|introduced|established|set\s+up|created|formed|elected|"
    r"appointed|adopted|joined|announced|published|came\s+into\s+force|went\s+live|moved|closed)\b"
    r"[^.;,)]{0,60}",
    re.IGNORECASE,
)
_TERM = expression(
    r"\bwhen\s+(?:I|he|she|they|we)\s+(?:was|were)\s+(?:first\s+)?elected\b|"
    r"\b(?:during|at\s+the\s+(?:start|beginning)\s+of)\s+(?:my|his|her|the)\s+term"
    r"(?:\s+of\s+office)?\b|\bbefore\s+(?:my|his|her|the)\s+election\b",
    re.IGNORECASE,
)
_MONTH = expression(r"[A-Z][a-z]{2,8}(?:\s+(?:19|20)\d\d)?")
_OF_FIGURES = expression(
    r"^\W*[A-Z][a-z]{2,8}\s+(?:19|20)\d\d|\b(?:performance|data|figures|statistics|report|results|"
    r"summary|update|position|ending|month|crime)\b|"
    r"\b(?:to|at)\s+(?:the\s+)?(?:\d{1,2}\w{0,2}\s+)?(?:end\s+(?:of\s+)?)?[A-Z][a-z]{2,8}\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
_TITLE = expression(
    r"^(?!minutes)[^.]{0,100}"
    r"\b(?:annual|monitoring|performance|position|progress|report|return|review|summary|update)\b[^.]*$",
    re.IGNORECASE,
)
# A paper of one quarter or month; what is of a whole year tells of much else.
_OF_A_QUARTER = expression(
    r"^(?!.*\b(?:annual|minutes|plan|strategy|budget|precept|programme)\b)[^.]{0,90}"
    r"\b(?:briefing|bulletin|monitoring|performance|report|return|update)\b[^.]*$",
    re.IGNORECASE,
)
_AS_AT = expression(r"\b(?:as\s+(?:at|of)|at|to|until|ending|position)\b", re.IGNORECASE)
_AS_AT_DAY = expression(
    r"\b(?:as\s+(?:at|of)|(?:correct|position)\s+(?:at|on|to)|snapshot)\b", re.IGNORECASE
)
_NOW = expression(
    r"\b(?:now|currently|current|today|at\s+present|to\s+date|these\s+days|nowadays)\b(?!\s+that\b)",
    re.IGNORECASE,
)
_RATE = expression(
    r"(?:each|every|per|a|an)\s+(?:[\w,]+\s+)?(?:year|annum|month|week|day|quarter|shift|night|hour)|"
    r"per\s+[\w,]+(?:\s+\w+)?|"
    r"(?:during|at\s+the\s+(?:start|end)\s+of)\s+(?:my|his|her|the)\s+term(?:\s+of\s+office)?|"
    r"before\s+(?:my|his|her|the)\s+election",
    re.IGNORECASE,
)
# Of a year that only the day of writing could tell.
_UNNAMED = expression(
    r"(?:(?:in|over|during|for|within)\s+)?(?:the\s+)?(?:last|past|latest|previous|this)\s+"
    r"(?:(?:\w+|\d+)\s+)?(?:years?|quarter|months?|weeks?|period)|(?:year\s+)?to\s+date",
    re.IGNORECASE,
)
# Of the time that a report as a whole names.
_ITS_PERIOD = expression(
    r"\b(?:in|over|during|for|throughout|of)\s+(?:the|this)\s+"
    r"(?:reporting\s+(?=period)|whole\s+|full\s+)?"
    r"(?:quarter|half[- ]year|year|(?<=reporting\s)period|month)\b(?!\s+(?:to|end\w+|before))",
    re.IGNORECASE,
)
# A study that nobody can look up is no source.
_STUDY = expression(
    r"(?:(?:results?|analysis|evidence|data|findings)\s+(?:of|from|by)\s+)?(?:an?\s+|the\s+)?"
    r"(?:independent\s+|recent\s+|national\s+|external\s+|internal\s+)*"
    r"(?:study|analysis|evaluation|audit|poll|polling|research|survey|questionnaire)",
    re.IGNORECASE,
)
_ASKED = expression(
    r"\b(?:survey|consultation|questionnaire|poll|census|audit|evaluation|"
    r"(?:exit|feedback)\s+forms?)\b",
    re.IGNORECASE,
    needs="survey|consultation|questionnaire|poll|census|audit|evaluation|form",
)
_WHO_ANSWERED = expression(
    r"\b(?:respondents|(?:who|people|residents|victims)\s+(?:answered|responded|replied|took\s+part)|"
    r"answered|responded)\b",
    re.IGNORECASE,
)
_SHARE_ALONE = expression(r"\s*(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?%\s*")
# The survey of which a document tells elsewhere.
_THE_SURVEY = expression(
    r"\b(?:answered|answering|responded\s+to|replied\s+to|in|of|by|from|to)\s+(?:the|that|our|this)\s+"
    r"(?:\w+\s+)?(?:survey|consultation|questionnaire|poll)\b",
    re.IGNORECASE,
)
# What the authors looked at themselves, and where in the document the reader can look.
_SAMPLED = expression(
    r"\bsamples?\s+of\s+\d|\b\d{1,4}\s+(?:[a-z]+\s+){0,2}(?:checked|examined|sampled|tested)\b|"
    r"\b(?:our|the)\s+(?:dip\s+)?sample\b|\bwe\s+(?:checked|examined|sampled|tested)\b",
    re.IGNORECASE,
)
_SHOWN = expression(
    r"\b(?:tables?|charts?|graphs?|figures?|appendix|appendices|annex|annexes|notes?|footnote)\s+"
    r"(?:[A-Z]?\d|[A-Z]\b)|\b(?:table|chart|graph|figures|dashboard)\s+(?:above|below|overleaf)\b|"
    r"\b(?:shown|set\s+out|given)\s+(?:above|below|overleaf)\b",
    re.IGNORECASE,
)
_CITED = expression(
    r"\((?=[^()]{0,90}\b(?:analysis|audit|bulletin|census|dashboard|data|figures|ledger|logs?|"
    r"publication|records?|register|reports?|returns?|statistics|study|surveys?|systems?|"
    r"Statistics|Office|Ministry|HMIC\w*|IOPC|ONS|CSEW|NPCC|CPS|HMCTS)\b)[^()]{4,90}\)|"
    r"(?:\(|\b)(?:[Ss]ources?)\s*:|\((?:the\s+same|as\s+above|ibid\.?|same\s+source)\b",
)
_FOUND = expression(
    r"\b(?:HMIC(?:FRS)?|IOPC|the\s+[Ii]nspectorate|(?:the\s+)?(?:inspectors|auditors?))(?:['’]s?)?\s+"
    r"(?:\w+\s+){0,4}?(?:found|finds|reports?|reported|says|said|showed|shows|estimates?d?|counted)\b|"
    r"\b(?:records|returns|logs|registers?)\s+(?:show|showed|say|of\s+the)\b",
    re.IGNORECASE,
)
_NEW_PAPER = expression(r"(?:agenda\s+item|item\s+\d|appendix|annex)\b", re.IGNORECASE)
_CAPTION = expression(r"\W*(?:table|chart|figure|graph)\s+[A-Z]?\d{0,2}[\s:.–-]", re.IGNORECASE)
_PART = expression(r"(?:part|section|chapter|theme|priority)\b", re.IGNORECASE)
_OF_TIME = expression(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|q[1-4]|(?:19|20)?\d\d",
    re.IGNORECASE,
)
_FEWEST_COLUMNS = 3
_SOURCE_LINE = expression(
    r"\W*(?:sources?\s*:|(?:all\s+|these\s+|the\s+)?(?:figures|data)\s+(?:are|is|come|from|for)\b|"
    r"notes?\s*:|(?:taken|drawn|extracted|supplied|provided)\s+(?:from|by)\b)",
    re.IGNORECASE,
)
_SOURCES = expression(
    r"\b(?:figures|data|statistics)\b[^.]{0,80}\b(?:comes?|taken|drawn|supplied|provided|extracted)\s+"
    r"(?:from|by)\b|\b(?:figures?|data)\b[^.]{0,60}\b(?:source\s+is|sources\s+are)\s+(?:given|named)\b|"
    r"\b(?:the\s+)?source\s+is\s+not\s+(?:given|named)\b[^.]{0,60}\b(?:is|are)\b|"
    r"\b(?:figures|data|statistics)\s+(?:(?:in|given|used|shown|quoted|below|here|this|the|report|paper)\s+)"
    r"{0,5}(?:are|is|comes?|were)\s+(?:(?:all|taken|drawn|supplied|provided|extracted)\s+)?"
    r"(?:from|by|those\s+of|the\s+\w+['’]s)\b",
    re.IGNORECASE,
    needs="figure|data|statistics|source",
)
# "the performance pack for Quarter 2, from which the figures in this item are taken"
# "Data correct at 20 April 2022; source: the performance portal unless stated."
_CORRECT_AT = expression(
    r"[^.]{0,60}\b(?:data|figures)\s+(?:are\s+|is\s+)?(?:correct|as)\s+(?:as\s+)?(?:at|of|on|to)\b",
    re.IGNORECASE,
)
_FROM_WHICH = expression(
    r"\bfrom\s+which\s+(?:the\s+|these\s+|all\s+)*figures\b[^.]{0,60}\b(?:are|were|is)\s+(?:all\s+)?(?:taken|drawn)",
    re.IGNORECASE,
    needs="figures",
)
_NOTED = expression(r"[a-z)%]\d{1,2}\W*$|[¹²³⁴⁵⁶⁷⁸⁹†‡]|[\w%)]\*|\[\d{1,2}\]")


@lru_cache(maxsize=256)  # a passage is asked once for each of its figures
def says_time(text: str) -> str:
    """Return the time that a text names for its figures, not for what they were before."""
    return time_in(_without_other_times(text))


def is_dated(sentence: str, period: str) -> bool:
    """Return whether a sentence says of what time its figure is, whose period was read so."""
    told = _without_other_times(sentence)
    return bool(time_in(told)) or (is_period(period) and period in told)


def _without_other_times(text: str) -> str:
    for other in (_OTHER_TIMES, _EVENTS, _TERM, _UNNAMED):
        text = other.sub(" ", text)
    return text


@lru_cache(maxsize=256)
def loosely_timed(text: str) -> str:
    """Return any time that a text names, be it of something else in it."""
    return time_in(_UNNAMED.sub(" ", _TERM.sub(" ", text)))


def is_period(period: str) -> bool:
    """Return whether a figure's own period is one: not `a year`, nor `the last year`."""
    return bool(period) and not (_RATE.fullmatch(period) or _UNNAMED.fullmatch(period))


def is_noted(text: str) -> bool:
    """Return whether the mark of a footnote stands in a sentence."""
    return bool(_NOTED.search(text))


@lru_cache(maxsize=256)
def is_sampled(text: str) -> bool:
    """Return whether a text tells of a sample that its authors looked at."""
    return bool(_SAMPLED.search(text))


@lru_cache(maxsize=256)
def is_shown(text: str) -> bool:
    """Return whether a text says where in the document its figures are: a table, an appendix."""
    return bool(_SHOWN.search(text))


def is_of_now(text: str) -> bool:
    """Return whether a sentence speaks of the day it is read: no period of a report dates it."""
    return bool(_NOW.search(text))


@lru_cache(maxsize=256)
def named_source(text: str) -> str:
    """Return the source that a text names; a study without a name is none."""
    source = source_of(text)
    if source and not _STUDY.fullmatch(source):
        return source
    cited = _CITED.search(text) or _FOUND.search(text)
    return cited[0] if cited else ""


def names_sources(text: str) -> bool:
    """Return whether a text says where figures that stand elsewhere come from."""
    return bool(_SOURCES.search(text))


def asked_then(sentence: str, text: str) -> bool:
    """Return whether a sentence is of a survey, and its text tells by a day or period of which."""
    return bool(_ASKED.search(sentence) and says_time(text))


def _are_columns(text: str) -> bool:
    """Return whether a line has nothing but months, quarters or years: columns that were lost."""
    words = re.split(r"[\s/–,-]+", text.strip()) if len(text) < _LONGEST_TITLE else []
    return len(words) >= _FEWEST_COLUMNS and all(_OF_TIME.fullmatch(word) for word in words)


def heads_period(heading: str) -> bool:
    """Return whether a heading names a period: the day of a meeting is none."""
    time = time_in(heading)
    if len(heading) > _LONG_HEADING and not heading.endswith(")"):
        ends = [heading[:_AT_THE_TOP], heading[-_AT_AN_END:]]  # a row may be read as a heading
        time = time if any(time in end for end in ends) else ""
    if not time or (_MONTH.fullmatch(time) and not _OF_FIGURES.search(heading)):
        return False
    days = days_of(time)
    return days is None or days[0] != days[1] or bool(_AS_AT.search(heading))


class Cover:
    """Whether the headings and statements above a passage say of what time its figures are."""

    def __init__(self, document: Document) -> None:
        self._opening = frozenset(one.text for one in document.blocks[:_OPENING])
        titles = [text for text in self._opening if len(text) < _LONGEST_TITLE]
        self._opened = any(_TITLE.search(text) and heads_period(text) for text in titles)
        self._asked = False
        self._shares: set[float] = set()
        self._tells_of_survey = any(
            _ASKED.search(block.text) and says_time(block.text) for block in document.blocks
        )
        self._stated = self._of_paper = self._titled = self._headed = False
        self._captioned = self._caption_sourced = self._as_titled = False
        self._sourced = self._sourced_paper = self._as_at = self._dated = False

    def enter(self, section: Section) -> None:
        """Begin a section: its headings may name a period, and one in capitals begins a paper."""
        heading = section.heading
        self._stated = self._as_at = self._asked = False
        self._captioned = self._caption_sourced = False
        self._headed = any(heads_period(one) for one in section.headings)
        self._sourced = any(source_of(one) for one in section.headings)
        begins = heading.isupper() and len(heading) > 8 and not _PART.match(heading)
        if begins or _NEW_PAPER.match(heading):
            self._titled = heads_period(heading)
            self._of_paper = self._sourced_paper = False
        self._as_at = any(heads_period(h) and _AS_AT_DAY.search(h) for h in section.headings)
        self._take_title(heading)
        for block in section.blocks:
            if _SOURCE_LINE.match(block.text):
                self._sourced = self._sourced or bool(named_source(block.text))
                time = time_in(block.text)
                self._stated = self._stated or bool(time)
                days = days_of(time) if time else None
                self._as_at = self._as_at or bool(days and days[0] == days[1])
        self._dated = self._dated or self.period

    def _take_title(self, text: str) -> None:
        """Take in the title of a paper of one quarter, be it a heading or a line of its own."""
        if len(text) < _LONGEST_TITLE and text not in self._opening and _OF_A_QUARTER.match(text):
            self._titled = self._titled or heads_period(text)

    def read(self, block: Block) -> None:
        """Take in a passage: it may say of what time the figures after it are."""
        if share := _SHARE_ALONE.fullmatch(block.text[:20]):
            self._shares.add(float(share["share"]))
        self._take_title(block.text)
        if block.number or _CAPTION.match(block.text):
            is_caption = bool(_CAPTION.match(block.text)) and len(block.text) < _LONGEST_TITLE
            self._captioned = is_caption and bool(time_in(block.text))
            self._caption_sourced = is_caption and bool(named_source(block.text))
        self._asked = self._asked or bool(_ASKED.search(block.text) and says_time(block.text))
        self._stated = self._stated or _are_columns(block.text)
        if names_sources(block.text):
            self._sourced_paper = True
        if _CORRECT_AT.match(block.text) and time_in(block.text):
            self._of_paper = self._dated = True
            self._sourced_paper = self._sourced_paper or "source" in block.text.casefold()
        if _FROM_WHICH.search(block.text):
            self._sourced = True
            self._stated = self._stated or bool(time_in(block.text))
        meant = _MEANS.search(block.text)
        self._as_titled = self._as_titled or bool(_AS_TITLED.search(block.text))
        if meant and time_in(meant["when"]):
            self._of_paper = self._dated = True
        for match in _STATEMENT.finditer(block.text):
            if time_in(match["when"]):
                self._stated = self._dated = True
                self._of_paper = self._of_paper or bool(_OF_THE_PAPER.search(block.text))
                self._as_at = self._as_at or bool(_AS_AT_DAY.search(block.text))

    @property
    def period(self) -> bool:
        """Return whether what is above names a period."""
        above = self._as_titled or self._stated or self._of_paper or self._titled or self._headed
        return above or self._captioned

    @property
    def as_at(self) -> bool:
        """Return whether what is above names the day as at which the figures stand."""
        return self._as_at

    @property
    def source(self) -> bool:
        """Return whether the headings, or a line for the sources, name a source."""
        return self._sourced or self._sourced_paper or self._caption_sourced

    @property
    def opening(self) -> bool:
        """Return whether the title of the whole document names a period, as an annual report's."""
        return self._opened

    def asked(self, text: str) -> bool:
        """Return whether a text tells of those who answered the survey that is told of above."""
        return self._asked and bool(_WHO_ANSWERED.search(text))

    def shows(self, share: float) -> bool:
        """Return whether a column of shares above has this one, in a document of a named time."""
        return share in self._shares and (self._opened or self._dated)

    def of_survey(self, sentence: str) -> bool:
        """Return whether a sentence is of the survey of which the document tells, and says when."""
        return self._tells_of_survey and bool(_THE_SURVEY.search(sentence))

    def dates(self, text: str) -> bool:
        """Return whether a text speaks of `the quarter`, and what is above says which."""
        return (self._dated or self._opened) and bool(_ITS_PERIOD.search(text))
