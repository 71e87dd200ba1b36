"""Whether an update reads easily: long sentences, and words that a resident would not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.recognition.future import sentences

LONGEST_SENTENCE = 35  # words
_BEGINS_WITH = 6
_WORD = expression(r"[^\W_]+(?:[’'.-][^\W_]+)*")
# What officials write, and what people say instead.
JARGON = {
    r"going forward": gettext_lazy("from now on"),
    r"utilis(?:e|es|ed|ing|ation)": gettext_lazy("use"),
    r"leverag(?:e|es|ed|ing)": gettext_lazy("use"),
    r"facilitat(?:e|es|ed|ing)": gettext_lazy("help"),
    r"operationalis(?:e|es|ed|ing)": gettext_lazy("put to work"),
    r"embed(?:s|ded|ding)?": gettext_lazy("make part of everyday work"),
    r"commenc(?:e|es|ed|ing|ement)": gettext_lazy("begin"),
    r"in the process of": gettext_lazy("now"),
    r"key (?:stakeholders|deliverables|learnings)": gettext_lazy("who or what is meant, by name"),
    r"(?:stakeholder )?buy[- ]in": gettext_lazy("agreement"),
    r"synerg(?:y|ies)": gettext_lazy("what is done together"),
    r"holistic(?:ally)?": gettext_lazy("as a whole"),
    r"robust(?:ly)?": gettext_lazy("what makes it strong"),
    r"(?:multi-agency|cross-cutting) approach": gettext_lazy("who works together, by name"),
    r"prior to": gettext_lazy("before"),
    r"in respect of": gettext_lazy("about"),
    r"with regards? to": gettext_lazy("about"),
    r"subsequent to": gettext_lazy("after"),
    r"in order to": gettext_lazy("to"),
    r"at this (?:moment|point) in time": gettext_lazy("now"),
    r"business as usual": gettext_lazy("everyday work"),
    r"deep dive": gettext_lazy("close look"),
    r"drill(?:ed|ing)? down": gettext_lazy("look closely"),
    r"low[- ]hanging fruit": gettext_lazy("what is easily done"),
    r"direction of travel": gettext_lazy("how it is changing"),
    r"task and finish group": gettext_lazy("a group that ends when its work is done"),
    r"workstreams?": gettext_lazy("part of the work"),
    r"upskill(?:s|ed|ing)?": gettext_lazy("train"),
}
_JARGON = expression(
    r"\b(?:" + "|".join(f"(?P<w{n}>{words})" for n, words in enumerate(JARGON)) + r")\b",
    re.IGNORECASE,
)
_MOST = 3  # hints of a sort: more would be a telling-off


def hints(text: str) -> Iterator[tuple[str, str]]:
    """Yield what in a text could be said more plainly, and how, the first of each sort."""
    yield from list(_long(text))[:_MOST]
    yield from list(_officials_words(text))[:_MOST]


def _long(text: str) -> Iterator[tuple[str, str]]:
    for start, end in sentences(text):
        words = _WORD.findall(text[start:end])
        if len(words) > LONGEST_SENTENCE:
            says = {"begins": " ".join(words[:_BEGINS_WITH]), "count": len(words)}
            yield (
                _("The sentence that begins “%(begins)s” has %(count)d words.") % says,
                _("Two shorter sentences would read more easily."),
            )


def _officials_words(text: str) -> Iterator[tuple[str, str]]:
    plainer = list(JARGON.values())
    seen: set[int] = set()
    for match in _JARGON.finditer(text):
        number = int(str(match.lastgroup)[1:])
        if number not in seen:
            seen.add(number)
            yield (
                _("“%(words)s” is an office word.") % {"words": match[0]},
                _("Plainer: %(words)s.") % {"words": plainer[number]},
            )
