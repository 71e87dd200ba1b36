"""Wholes of which a text says what became of each: so many are done, the rest are to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.arithmetic import Wrong, written
from peelian.proofreading.times import date_spans
from peelian.recognition.future import sentence_at, sentences
from peelian.recognition.numbers import Number, numbers

_N = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)"
)
# `38 of 60 cars replaced. The remaining 12 are on order.`
_REST = expression(
    rf"\b(?P<some>{_N})\s+(?:out\s+)?of\s+(?:(?:the|our|its|their|a\s+total\s+of|all)\s+)*(?P<all>{_N})\b"
    rf"(?:(?!\b{_N}\b)[^%£])"
    r"{0,120}?"
    rf"\b(?:the|our|its|their)\s+(?:(?:remaining|other|outstanding)\s+(?P<rest>{_N})|(?P<last>{_N})\s+(?:remaining|outstanding|others?))\b"
    r"(?!\s?%|[.,]?\d)",
    re.IGNORECASE,
    needs="remaining|other|outstanding",
)
# `… were received. Two were resolved, one was referred and one remains open.`
_RECEIVED = expression(
    r"\b(?:dealt\s+with|handled|took|completed|closed)\s+(?:a\s+total\s+of\s+)?\d[^.;:]{0,60}[.:;]?\s*$|"
    r"\b(?:received|recorded|made|considered|lodged|submitted|logged|reported|opened|heard|reviewed|"
    r"determined|issued|examined)\b[^.;:]{0,60}[.:;]?\s*$|^[^.;:]*\bthere\s+(?:were|have\s+been)\b"
)
_OPENS = expression(rf"\W*{_N}\b", re.IGNORECASE)
_BECAME = expression(
    r"(?:\s+(?!of\b)[a-z-]+){0,2}?\s+(?:(?:was|were|is|are|has|have|had|did|will)\b|remains?\b|led\b|"
    r"resulted\b|went\b|ended\b|arrived\b|came\b|await\w*\b)"
)
# `12 led to a conference, 9 to an exchange of letters`: the verb is that of the part before.
_AS_BEFORE = expression(r"\s+(?:(?:to|in|by|as|with|not)\b|[a-z]+(?:ed|wn|en)\b)")
_COMPARED = expression(
    r"\b(?:compared\s+(?:with|to)|against|from|than|up\s+on|down\s+on)\s+(?:just\s+)?$"
)
# `Four arrived by March; the other three are due`: with the rest of them, they are all.
_THE_REST = expression(
    r"\b(?:the|our|its)\s+(?:other|remaining|rest|last|final|outstanding)\s+$", re.IGNORECASE
)
_WITHIN = expression(r"\bof\s+(?:which|these|those|whom|them)\b", re.IGNORECASE)
# `adequate in six areas, good in two and requires improvement in two`
_GRADE = r"(?:outstanding|good|adequate|requir(?:es|ing)\s+improvement|inadequate)"
_GRADED = expression(
    rf"\b{_GRADE}['”’\"]?\s+(?:in|at|for)\s+(?P<count>{_N})\b(?!\s+(?:of|years?|months?))",
    re.IGNORECASE,
    needs="outstanding|good|adequate|improvement",
)
_AREAS = expression(
    rf"\b(?:[Oo]f\s+(?:the|these|all)|[Aa]cross\s+(?:the|all)|[Ii]n\s+all)\s+(?P<count>{_N})\s+"
    r"(?:core\s+)?(?:areas|questions|categories|themes)\b|"
    rf"\b(?P<inspected>{_N})\s+(?:core\s+)?(?:areas|questions|categories)\s+(?:(?:were|was|are)\s+)?"
    r"(?:inspected|graded|assessed|examined|judged|of\s+policing)\b"
)
# `nine surgeries, three more than in the same quarter last year, when there were seven`
_MORE_THAN = expression(
    rf"\b(?P<now>{_N})\s+[a-z][^.;:£%]{{2,80}}?[,(]\s*(?P<by>{_N})\s+(?P<way>more|fewer|less|up|down)\s+"
    rf"(?:than|on)\b[^.;:]{{0,60}}?,?\s+(?:when|where)\s+(?:there\s+were|it\s+was|they\s+were|"
    rf"\w+\s+(?:held|had|made))\s+(?P<was>{_N})\b",
    re.IGNORECASE,
    needs="more|fewer|less|up|down",
)
# `204, a rise of 16 on the 198 of a year ago`
_RISE_ON = expression(
    rf"\b(?P<now>{_N}),?\s+(?:\(|which\s+is\s+)?an?\s+(?P<way>rise|increase|growth|fall|decrease|drop|reduction)\s+of\s+"
    rf"(?P<by>{_N})\s+(?:on|from|over)\s+(?:the\s+)?(?P<was>{_N})\b(?!\s?%)",
    re.IGNORECASE,
    needs="rise|increase|growth|fall|decrease|drop|reduction",
)
# `the scheme had 22 volunteers. Five joined and seven left in the year; there were 26`
_JOINED = expression(
    rf"\b(?P<joined>{_N})\s+(?:\w+\s+){{0,2}}(?:joined|started|were\s+(?:appointed|recruited))\s+and\s+"
    rf"(?P<left>{_N})\s+(?:\w+\s+){{0,2}}(?:left|resigned|retired)\b",
    re.IGNORECASE,
    needs="joined|started|appointed|recruited",
)
# `201 offences against 236, a reduction of 35 (17%)`
_CHANGED_BY = expression(
    rf"\b(?P<now>{_N})\b[^.;%£]{{0,60}}?\b(?:against|compared\s+(?:with|to)|(?:down|up)\s+from)\s+(?P<was>{_N})\b"
    rf"[^.;%£]{{0,40}}?,?\s+an?\s+(?:rise|increase|fall|decrease|drop|reduction)\s+of\s+(?P<by>{_N})\s+"
    r"\((?P<share>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per\s+cent)\)",
    re.IGNORECASE,
    needs="rise|increase|fall|decrease|drop|reduction",
)
# `by 41 offences in the north and by 23 in the south, 74 in all`
_TWO_IN_ALL = expression(
    rf"\b(?P<one>{_N})\b(?:(?!\b{_N}\b)[^.;%£]){{2,60}}?\band\s+(?:by\s+)?(?P<two>{_N})\b"
    rf"(?:(?!\b{_N}\b)[^.;%£]){{2,60}}?,\s+(?:or\s+|making\s+)?(?P<all>{_N})\s+(?:in\s+all|in\s+total|altogether)\b",
    re.IGNORECASE,
    needs="all|total|altogether",
)
_HELD = expression(r"\b(?:has|had|have|there\s+(?:are|were)|were|was)\s+$", re.IGNORECASE)
_FEWEST, _MOST, _LONGEST, _MOST_NUMBERS = 2, 6, 500, 60


def accounted_for(document: Document) -> Iterator[Wrong]:
    """Yield each whole that is not what its parts come to, told of one by one after it."""
    for block in document.blocks:
        for passage in block.passages():
            if len(passage.text) > 30:
                yield from _rests(passage)
                yield from _outcomes(passage)
                yield from _grades(passage)
                yield from _more_than(passage)
                yield from _joined_and_left(passage)
                yield from _changed_by(passage)
                yield from _two_in_all(passage)


def _numbers(text: str) -> dict[int, Number]:
    """Return the plain numbers of a text by where they begin; none of a flattened table."""
    found = [one for one in numbers(text, date_spans(text)) if not one.mark and not one.sign]
    return {one.start: one for one in found} if len(found) <= _MOST_NUMBERS else {}


def _rests(passage: Passage) -> Iterator[Wrong]:
    """Yield what is said to be left of a whole, with a part that is done, where it is not."""
    text = passage.text
    for match in _REST.finditer(text):
        found = _numbers(text)
        rest = found.get(max(match.start("rest"), match.start("last")))
        some, whole = (found.get(match.start(name)) for name in ("some", "all"))
        if some and whole and rest and some.value + rest.value != whole.value:
            span = sentence_at(text, match.start())[0], sentence_at(text, match.end() - 1)[1]
            yield _wrong(passage, span, whole, some.value + rest.value)


def _outcomes(passage: Passage) -> Iterator[Wrong]:
    """Yield a number of cases where what became of each adds up to more, or to fewer."""
    text = passage.text
    spans = [part for span in sentences(text) for part in _at_colon(text, span)]
    found: dict[int, Number] = {}
    for (first, end), (start, stop) in pairwise(spans):
        if stop - first > _LONGEST or not _OPENS.match(text, start):
            continue
        found = found or _numbers(text)
        wholes = [
            one
            for at, one in found.items()
            if first <= at < end and not _COMPARED.search(text, max(at - 30, first), at)
        ]
        parts = [one for at, one in found.items() if start <= at < stop]
        if len(wholes) != 1 or not _are_outcomes(text[start:stop], start, parts):
            continue
        last = parts[-1]
        are_all = bool(_THE_REST.search(text, max(last.start - 25, start), last.start))
        if not are_all and not _RECEIVED.search(text[first:end]):
            continue
        came = sum(one.value for one in parts)
        is_short = came < wholes[0].value
        told = are_all or (len(parts) > _FEWEST and "remain" in text[last.end : stop])
        if came > wholes[0].value or (is_short and told):
            yield _wrong(passage, (first, stop), wholes[0], came)


def _at_colon(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return a sentence, or what stands before and after its colon."""
    colon = text.find(": ", *span)
    if colon < 0 or text.find(": ", colon + 1, span[1]) >= 0:
        return [span]
    return [(span[0], colon + 1), (colon + 2, span[1])]


def _are_outcomes(sentence: str, start: int, parts: Sequence[Number]) -> bool:
    """Return whether a sentence begins with a part and says of each what became of it."""
    if not _FEWEST <= len(parts) <= _MOST or parts[0].start - start > 1:
        return False
    if _WITHIN.search(sentence):
        return False
    became = [bool(_BECAME.match(sentence, one.end - start)) for one in parts]
    as_before = [bool(_AS_BEFORE.match(sentence, one.end - start)) for one in parts]
    return became[0] and all(a or b for a, b in zip(became, as_before, strict=True))


def _grades(passage: Passage) -> Iterator[Wrong]:
    """Yield a number of inspected areas that those of each grade do not come to."""
    text = passage.text
    for start, end in sentences(text) if _GRADED.search(text) else ():
        graded = list(_GRADED.finditer(text, start, end))
        said = _AREAS.search(text, max(start - _LONGEST, 0), end + _LONGEST)
        if len(graded) < _FEWEST or said is None:
            continue
        found = _numbers(text)
        parts = [found[one.start("count")] for one in graded if one.start("count") in found]
        whole = found.get(max(said.start("count"), said.start("inspected")))
        came = sum(one.value for one in parts)
        if whole and len(parts) == len(graded) and came != whole.value:
            yield _wrong(passage, (start, end), whole, came)


def _more_than(passage: Passage) -> Iterator[Wrong]:
    """Yield a difference between two counts that they do not have."""
    text = passage.text
    for match in (*_MORE_THAN.finditer(text), *_RISE_ON.finditer(text)):
        found = _numbers(text)
        now, by, was = (found.get(match.start(name)) for name in ("now", "by", "was"))
        if not (now and by and was):
            continue
        more = match["way"].casefold() in ("more", "up", "rise", "increase", "growth")
        if now.value - was.value != (by.value if more else -by.value):
            span = sentence_at(text, match.start())
            came = written(abs(now.value - was.value))
            yield Wrong(passage.at(now.start), text[slice(*span)], by.printed, came, "change")


def _changed_by(passage: Passage) -> Iterator[Wrong]:
    """Yield a share in brackets that a change between two counts is not of the first."""
    text = passage.text
    for match in _CHANGED_BY.finditer(text):
        found = _numbers(text)
        by, was = found.get(match.start("by")), found.get(match.start("was"))
        if by and was and was.value and abs(100 * by.value / was.value - float(match["share"])) > 1:
            came, span = f"{100 * by.value / was.value:.1f}%", sentence_at(text, match.start())
            said = f"{match['share']}%"
            yield Wrong(passage.at(match.start("by")), text[slice(*span)], said, came, "change")


def _two_in_all(passage: Passage) -> Iterator[Wrong]:
    """Yield a sum of two numbers, told with them, that they do not come to."""
    text = passage.text
    for match in _TWO_IN_ALL.finditer(text):
        found = _numbers(text)
        one, two, every = (found.get(match.start(name)) for name in ("one", "two", "all"))
        span = sentence_at(text, match.start())
        others = [at for at in found if span[0] <= at < match.start()]
        if one and two and every and not others and one.value + two.value != every.value:
            yield _wrong(passage, span, every, one.value + two.value)


def _joined_and_left(passage: Passage) -> Iterator[Wrong]:
    """Yield how many there are where those of before, with who joined and left, come to others."""
    text = passage.text
    for match in _JOINED.finditer(text):
        found = _numbers(text)
        joined, left = found.get(match.start("joined")), found.get(match.start("left"))
        held = [one for at, one in found.items() if _HELD.search(text, max(at - 12, 0), at)]
        if not (joined and left) or len(held) != _FEWEST:
            continue
        change = joined.value - left.value
        now, was = held  # the newer is told first, or the other way round
        if change not in (now.value - was.value, was.value - now.value):
            came = written(was.value + change)
            span = sentence_at(text, now.start)
            yield Wrong(passage.at(now.start), text[slice(*span)], now.printed, came, "total")


def _wrong(passage: Passage, span: tuple[int, int], whole: Number, came: float) -> Wrong:
    quotation = passage.text[slice(*span)]
    return Wrong(passage.at(span[0]), quotation, whole.printed, written(came), "total")
