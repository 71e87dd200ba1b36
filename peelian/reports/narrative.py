"""The officer's own words: no figure without its source and its time goes into a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.intake.text import read_text
from peelian.proofreading.proof import Proof
from peelian.proofreading.sourcing import named_source, says_time
from peelian.recognition.figures import Figure
from peelian.recognition.references import mentions
from peelian.record.references import Resolved, resolve
from peelian.record.scope import PUBLIC
from peelian.reports.models import ReportSection

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Lack:
    """A figure that nobody could check: in which section, what stands there, what was expected."""

    section: ReportSection
    found: str
    sentence: str
    expected: str

    def __str__(self) -> str:
        words = _("Section “%(section)s”: found %(found)s in “%(said)s”; expected %(expected)s.")
        return words % {
            "section": self.section.title,
            "found": self.found,
            "said": self.sentence,
            "expected": self.expected,
        }


def lacking(sections: Sequence[ReportSection], plan: str) -> list[Lack]:
    """Return every figure in the sections that names no source, or says not of what time it is.

    A source is one named in the same paragraph, or a reference that leads to the public record,
    such as “Performance summary, December 2019, line 5”. Figures in words are not asked for one.
    """
    texts = [section.text for section in sections]
    resolved = resolve(texts, PUBLIC, within=plan)
    return [lack for section in sections for lack in _lacking(section, resolved)]


def _lacking(section: ReportSection, resolved: Resolved) -> Iterator[Lack]:
    for paragraph in re.split(r"\n\s*\n", section.text.replace("\r\n", "\n")):
        found = [f for f in _figures(section.title, paragraph) if _DIGIT.search(f.printed)]
        cited = _leads_somewhere(paragraph, resolved)
        sourced = cited or bool(named_source(paragraph))
        for sentence, some in _by_sentence(found).items():
            timed = cited or bool(says_time(paragraph)) or all(f.period for f in some)
            if not (sourced and timed):
                figures = ", ".join(dict.fromkeys(f.printed for f in some))
                yield Lack(section, figures, sentence, _expected(sourced, timed))


def _figures(heading: str, paragraph: str) -> Iterable[Figure]:
    document = read_text(heading, f"{heading}\n\n{paragraph}".encode())
    return Proof([document]).figures


def _by_sentence(found: Iterable[Figure]) -> dict[str, list[Figure]]:
    sentences: dict[str, list[Figure]] = {}
    for figure in found:
        sentences.setdefault(figure.quotation, []).append(figure)
    return sentences


def _leads_somewhere(text: str, resolved: Resolved) -> bool:
    return any(
        name in resolved.by_form.get(mention.form, {})
        for mention in mentions(text)
        if mention.form != "plan"  # a promise is no source of a figure
        for name in mention.names()
    )


def _expected(sourced: bool, timed: bool) -> str:
    if sourced:
        return _("the period or the day it is of")
    source = _("a source, such as “Performance summary, December 2019, line 5”")
    if timed:
        return source
    return _("%(source)s, and the period or the day it is of") % {"source": source}
