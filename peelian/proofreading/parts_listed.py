"""Parts that a text lists right after the whole that they are of, added up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.arithmetic import Wrong, rounded_off, written
from peelian.proofreading.times import date_spans
from peelian.recognition.future import sentences
from peelian.recognition.numbers import Number, numbers

# What follows it is all that there is of it.
_ALL_OF_IT = expression(
    r"\b(?:(?:they|these|those|reasons|causes|grounds|parts|outcomes|results)\s+(?:are|were)\s*:|"
    r"(?:comprises?|comprised|comprising|consists?\s+of|consisted\s+of|consisting\s+of|made\s+up\s+of|"
    r"composed\s+of|broken\s+down\s+as|namely)\b\s*:?|as\s+follows\s*:)|"
    r":\s+(?=\d[\d,]*\s+(?:at|by|from|in|on)\s+[A-Z]|£\d[\d,.]*(?:m|k)?\s+(?:for|to)\s)",
    re.IGNORECASE,
    needs=":|compris|consist|made|composed|broken|namely",
)
_OF_THEM = expression(
    r"[,;(]\s*of\s+(?:which|whom|these|those)\s*,?\s+|\bof\s+(?:these|those)\s*,?\s+",
    re.I,
    needs="which|whom|these|those",
)
# With one of these a list is of a part, or its parts may overlap.
_SOME = expression(
    r"\b(?:includ\w+|mainly|mostly|main|chiefly|such\s+as|others?|at\s+least|each|per|both|also|"
    r"some|average|either|again|further|less|minus|net|offset|against|compared|than|"
    r"(?:over|about|around|nearly|almost)\s+£?\d)",
    re.IGNORECASE,
)
_AMONG_ALL = frozenset({"other", "others"})  # `grant, council tax and other income` are all of it
# Its own verb makes a part another statement of the same things, which may overlap.
_VERB = expression(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|did|do|does|came|took|gave|made|said|it|"
    r"they|who|that|which)\b"
)
_JOINED = expression(
    r"[^.;:]{1,120}?(?:,\s+(?:and\s+)?|;\s+(?:and\s+)?|\s+and\s+)(?:just\s+|only\s+)?"
)
_LAST_JOINED = expression(r"\band\s+(?:[\w’'-]+\s+){0,8}$|\band\s[^,;.]{0,80}\($")
# After a count: it is of the things named before, and not of others.
_OF_THE_SAME = expression(
    r"\s+(?:of|was|were|is|are|concern\w*|related?|involv\w+|came|come|went|led|had|about|from|in|on|for|"
    r"to|by|with|at|as|the|an?|because|after|[a-z]+ed)\b"
)
# A sentence may begin with an amount, where others would not be told apart.
_AMOUNT_OPENS = expression(r"[a-z\dm]\.\s+(?=£\d)")
_NEARLY = 0.01  # of a whole: so little is nobody's share
_MOST_APART, _FEWEST_LISTED, _MOST_LISTED, _MOST_NUMBERS, _LONGEST = 0.25, 3, 12, 200, 600


def parts_listed(document: Document) -> Iterator[Wrong]:
    """Yield each whole whose parts, listed right after it, come to something else."""
    for block in document.blocks:
        for passage in block.passages():
            if len(passage.text) > 40 and " and " in passage.text:
                yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Wrong]:
    text = passage.text
    spans = [span for span in sentences(text) if span[1] - span[0] <= _LONGEST]
    regions = list(_lists(text, spans))
    if not regions:
        return
    found = numbers(text, date_spans(text))
    if len(found) > _MOST_NUMBERS:
        return
    for first, start, end, is_all in regions:
        before = [one for one in found if first <= one.start < start]
        listed = [one for one in found if start <= one.start < end]
        opens = is_all or (listed and not text[start : listed[0].start].strip(" -•*,"))
        if before and opens and _FEWEST_LISTED <= len(listed) <= _MOST_LISTED:
            yield from _added(passage, (first, end), before, listed, is_all=is_all)
        elif before and opens and not is_all and len(listed) == 2:
            yield from _nearly(passage, (first, end), before[-1], listed)


def _lists(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, bool]]:
    """Yield where its whole may stand from, where a list begins and ends, and if it is all."""
    for n, (start, end) in enumerate(spans):
        earlier = spans[n - 1][0] if n and spans[n - 1][1] >= start - 1 else start
        if " and " not in text[start:end]:
            continue
        if every := _ALL_OF_IT.search(text, start, end):
            yield earlier, every.end(), end, True
        elif of_them := _OF_THEM.search(text, start, end):
            first = start if of_them.start() > start + 3 else earlier
            yield first, of_them.end(), end, False
        elif earlier < start:
            yield earlier, start, end, False
        for amount in _AMOUNT_OPENS.finditer(text, start, end):
            yield start, amount.end(), end, False


def _added(
    passage: Passage,
    span: tuple[int, int],
    before: Sequence[Number],
    listed: Sequence[Number],
    *,
    is_all: bool,
) -> Iterator[Wrong]:
    listed = _in_millions(before[-1], listed) if is_all else listed
    text, mark = passage.text, listed[0].mark
    wholes = [one for one in before if one.mark == mark and not one.more]
    if mark not in ("", "£") or any(one.mark != mark or one.sign for one in listed) or not wholes:
        return
    if not _is_list(text, listed, span[1], is_all=is_all):
        return
    came = round(sum(one.value for one in listed), 6)
    slack = rounded_off(len(listed), max(map(last_place, (*listed, wholes[-1]))))
    if any(abs(came - one.value) <= slack for one in wholes):
        return
    for whole in reversed(wholes):
        apart = came - whole.value
        is_near = abs(apart) <= _MOST_APART * whole.value
        is_one = max(one.value for one in listed) < whole.value
        if is_one and is_near and (is_all or apart > 0):
            shown = f"£{short(came)}" if mark else written(came)
            quotation = text[slice(*span)]
            yield Wrong(passage.at(whole.start), quotation, whole.printed, shown, "total")
            return


def _in_millions(whole: Number, listed: Sequence[Number]) -> Sequence[Number]:
    """Return the parts of an amount in millions as such, where they leave out `£` and `m`."""
    plain = all(not one.mark and "." in one.printed for one in listed)
    if whole.mark != "£" or not whole.printed.endswith("m") or not plain:
        return listed
    return [replace(one, value=one.value * 1e6, mark="£") for one in listed]


def _nearly(
    passage: Passage, span: tuple[int, int], whole: Number, listed: Sequence[Number]
) -> Iterator[Wrong]:
    """Yield an amount of which two others, right after it, are nearly all: they are meant to be."""
    text = passage.text
    if any(one.mark != "£" or one.sign or one.more for one in (whole, *listed)):
        return
    if _SOME.search(text, listed[0].start, span[1]):
        return
    came = round(sum(one.value for one in listed), 6)
    slack = rounded_off(len(listed), max(map(last_place, (*listed, whole))))
    if slack < abs(came - whole.value) <= _NEARLY * whole.value:
        shown = f"£{short(came)}"
        yield Wrong(passage.at(whole.start), text[slice(*span)], whole.printed, shown, "total")


def _is_list(text: str, listed: Sequence[Number], end: int, *, is_all: bool) -> bool:
    """Return whether numbers are a list to the end of a sentence, each with its own words alone."""
    first, last = listed[0], listed[-1]
    some = [m[0].casefold() for m in _SOME.finditer(text, first.start, end)]
    if (some and not (is_all and set(some) <= _AMONG_ALL)) or not _LAST_JOINED.search(
        text[: last.start][-160:]
    ):
        return False
    if text[first.start - 1 : first.start] == "(":
        return is_all and all(text[one.start - 1] == "(" and text[one.end] == ")" for one in listed)
    if not all(_JOINED.fullmatch(text, a.end, b.start) for a, b in pairwise(listed)):
        return is_all and not _VERB.search(text, first.start, end)
    if _VERB.search(text, listed[1].end, end):
        return False
    return is_all or bool(first.mark) or all(_OF_THE_SAME.match(text, one.end) for one in listed)


def last_place(one: Number) -> float:
    """Return half of the last place that a number prints; a whole number is exact."""
    decimals = len(one.printed.partition(".")[2].rstrip("mbnk "))
    digits = re.sub(r"[^\d.]", "", one.printed)
    scale = (
        abs(one.value / float(digits))
        if re.fullmatch(r"\d+(?:\.\d+)?", digits) and float(digits)
        else 1.0
    )
    return 1e-6 if scale <= 1.0 and not decimals else 0.5 * 10**-decimals * scale + 1e-6


def short(pounds: float) -> str:
    """Return an amount as a report writes it."""
    return f"{pounds / 1e6:,.4g}m" if pounds >= 1e6 else f"{pounds:,.10g}"
