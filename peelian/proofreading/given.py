"""What shows that a thing promised has been given or is in hand.

To name its subject is not enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression

SETTLED = expression(
    r"\b(?:closed?|completed?|done|discharged|held|(?:went|gone)\s+(?:out|to)|sent|circulated|provided|"
    r"received|e-?mailed|forwarded|supplied|tabled|visited|drafted|shared|answered|given|issued|arranged|"
    r"took\s+place|carried\s+forward|in\s+hand|on-?going|(?:is|are|remains?|still)\s+open)\b"
    r"|[.;:]\s*open\b\W*$",
    re.IGNORECASE,
)
# What shows that a thing has been given or is in hand, besides what settles it.
_IN_HAND = expression(
    r"\b(?:attached|appended|annex\w*|appendix|published|set\s+out|enclosed|presented|reported|replied|"
    r"wrote|written|await\w+|booked|told|heard|informed|considered|discussed|briefed|shown|met|planned|"
    r"scheduled|agreed|under\s*way|in\s+progress|work\s+is|asked|(?:is|are|will|to)\s+be(?:ing)?|"
    r"as\s+(?:follows|requested|promised))\b",
    re.IGNORECASE,
)
# Figures that are promised, and the way in which they are to be cut: `a breakdown by station`.
_FIGURES = expression(
    r"\b(?:numbers?|figures?|breakdown|rates?|share|proportion|percentage|statistics|data|costs?|totals?|"
    r"times|how\s+(?:many|much|long|often))\b",
    re.IGNORECASE,
)
_CUT = expression(r"\b(?:by|per|for\s+each|in\s+each)\s+(?:each\s+)?(?P<by>[a-z][\w’'-]+)")
_FIGURE = expression(
    r"(?<![\w/.])(?!(?:19|20)\d\d\b)\d[\d,.]*(?!\d|st|nd|rd|th|/|\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|"
    r"Oct|Nov|Dec))"
)
_PART = expression(r"[A-Z][\w’'-]+[:\s(]{1,3}[£\d]")
_TITLE_LENGTH = 120
_SEVERAL = 3  # parts of a whole with their figures, by whatever they are named
# What any news of the subject answers.
_NEWS = expression(
    r"\b(?:updates?|updated|progress|developments|report\s+back|come\s+back)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Promise:
    """What kind of thing is promised: figures, cut by whatever `cut` names, or news."""

    figures: bool = False
    cut: str = ""
    news: bool = False

    def is_given(self, text: str, *, is_cut: bool) -> bool:
        """Return whether a passage on the subject gives the thing, or says that it is in hand.

        A title is that of a paper, and figures are those that were promised. `is_cut` says that the
        passage has the word by which they are to be cut.
        """
        if self.news or says_it_is_given(text):
            return True
        is_short = len(text) < _TITLE_LENGTH
        if not self.figures or (is_short and not _FIGURE.search(text)):
            return is_short and not text.rstrip().endswith(".")
        if self.cut and not is_cut and len(_PART.findall(text)) < _SEVERAL:
            return False
        return has_figures(text)


OF_ANY_KIND = Promise()


def promise_of(sentence: str) -> Promise:
    """Return what kind of thing a sentence promises."""
    asked = _FIGURES.search(sentence)
    cut = _CUT.search(sentence, asked.end()) if asked else None
    return Promise(bool(asked), cut["by"] if cut else "", bool(_NEWS.search(sentence)))


def says_it_is_given(text: str) -> bool:
    """Return whether a text says of something that it is given, settled or in hand."""
    return bool(SETTLED.search(text) or _IN_HAND.search(text))


def has_figures(text: str) -> bool:
    """Return whether a text has a figure, besides years and days."""
    return bool(_FIGURE.search(text))
