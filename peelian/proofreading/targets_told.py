"""Times that a text sets on the wrong side of the standard that it gives with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.arithmetic import Wrong
from peelian.recognition.future import sentence_at, sentences
from peelian.recognition.pointers import NUMBER_WORDS

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_UNIT = r"(?:second|minute|hour|day|week)s?"
_LASTING = rf"\d{{1,4}}(?:\.\d)?\s+{_UNIT}(?:\s+(?:and\s+)?\d{{1,2}}\s+{_UNIT})?"
_STANDARD = r"(?:standard|target|limit)"
_INSIDE = (
    r"in\s+line\s+with|inside|within|better\s+than|below|under|met|meets|meeting|achieved|hit|"
    r"quicker\s+than"
)
_OUTSIDE = (
    r"outside|beyond|above|over|worse\s+than|missed|misses|missing|breached|slower\s+than|"
    r"longer\s+than|short\s+of"
)
_NUMBERS = dict(zip(NUMBER_WORDS, range(1, 11), strict=True))
_WORDS = "|".join(NUMBER_WORDS)
_SIDE = rf"(?:(?P<inside>{_INSIDE})|(?P<outside>{_OUTSIDE}))"
# `was 94 days, outside the standard of 120 days`
_BESIDE = expression(
    rf"(?P<took>{_LASTING})\b[^.;:()\d]{{0,40}}?\b{_SIDE}\s+(?:the|its|our|their)\s+(?:\w+\s+){{0,2}}?"
    rf"{_STANDARD}(?:\s+time)?\s*(?:of|:|\()\s*(?P<standard>{_LASTING})",
    re.IGNORECASE,
    needs="standard|target|limit",
)
# `The average was 19 days. The standard is 15 days and was met.`
_THEN_MET = expression(
    rf"(?P<took>{_LASTING})\.?\s+[Tt]he\s+{_STANDARD}\s+(?:is|was)\s+(?P<standard>{_LASTING}),?\s+(?:and|which)\s+"
    r"(?:it\s+|this\s+)?(?:was|has\s+been|is)\s+(?:therefore\s+)?(?:(?P<inside>met|achieved|kept)|(?P<outside>missed|not\s+met))\b",
    needs="standard|target|limit",
)
# `The average wait is 11 weeks, which is inside the eight-week limit`
_HYPHENED = expression(
    rf"(?P<took>{_LASTING})\b[^.;:()\d]{{0,40}}?\b{_SIDE}\s+(?:the|its|our|their)\s+"
    rf"(?P<number>\d{{1,3}}|{_WORDS})-(?P<unit>second|minute|hour|day|week)\s+"
    rf"(?:waiting\s+time\s+)?{_STANDARD}\b",
    re.IGNORECASE,
    needs="standard|target|limit",
)
# `8 minutes 12 seconds on average (target: 8 minutes). The service therefore met the target.`
_GIVEN = expression(
    rf"(?P<took>{_LASTING})\b[^.;:()\d]{{0,40}}?(?:[\d/]{{4,9}}\s*)?"
    rf"(?:\(\s*(?:the\s+)?{_STANDARD}\s*(?:of|is|was|:)?\s*|"
    rf"[\s,]+(?:against|with)\s+an?\s+{_STANDARD}\s+of\s+)(?P<standard>{_LASTING})\)?",
    re.IGNORECASE,
    needs="standard|target|limit",
)
_SAID = expression(
    rf"\b{_SIDE}\s+(?:the|its|our|this|that|their)\s+{_STANDARD}\b(?!\s*(?:of|:))", re.IGNORECASE
)
_DENIED = expression(
    r"\b(?:not|never|nor|no|if|unless|until|should|would|will|aim|nearly|almost|hardly)\b(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
_OTHER = expression(r"\d")
_HALF = 50  # per cent
# `7.9% in the year (Niche). The target is 8% or better. SA: target achieved for the first time.`
_SHARE_TOLD = expression(
    r"(?P<took>\d{1,3}(?:\.\d{1,2})?)\s?%[^%]{0,90}?\b[Tt]he\s+(?:target|standard)\s+(?:is|was)\s+"
    r"(?P<standard>\d{1,3}(?:\.\d{1,2})?)\s?%(?P<least>\s+or\s+(?:better|higher|more|over))?[^%]{0,60}?"
    r"\b(?:target|standard)\s+(?:has\s+been\s+|is\s+|was\s+)?(?:(?P<inside>achieved|exceeded|met|passed|reached)|"
    r"(?P<outside>missed|not\s+(?:achieved|met|reached)))\b",
    needs="target|standard",
)
# `62% were reviewed, against a target of 95%, which has therefore been met`
_SHARE_AGAINST = expression(
    r"(?P<took>\d{1,3}(?:\.\d{1,2})?)\s?%[^%;]{0,90}?\b(?:against|compared\s+with|and)\s+(?:a|the|our|its)\s+"
    r"(?:target|standard|goal)\s+(?:is\s+|of\s+)?(?P<standard>\d{1,3}(?:\.\d{1,2})?)\s?%[.,)]?\s*"
    r"(?:(?:so\s+|and\s+|,)?\s*(?:which|this|the\s+(?:target|standard|goal)|it))\s+"
    r"(?:(?:has|have|was|is)\s+)?(?:therefore\s+|thus\s+|now\s+)?(?:been\s+)?(?:therefore\s+)?"
    r"(?P<inside>met|achieved|exceeded|reached)\b",
    re.IGNORECASE,
    needs="target|standard|goal",
)
# `the abandonment rate was 11%. This was within the 5% target`
_SHARE_BESIDE = expression(
    r"(?P<took>\d{1,3}(?:\.\d{1,2})?)\s?%[^%\d;]{0,60}?\b(?:(?P<most>within|inside|under|below)|"
    r"(?P<least>above|exceeding|exceeded|over|ahead\s+of|better\s+than|beating|met|meeting))\s+"
    r"(?:the|its|our|their)\s+(?:\w+\s+){0,2}?"
    r"(?:(?P<standard>\d{1,3}(?:\.\d{1,2})?)\s?%\s+(?:\w+\s+)?(?:target|standard|limit|threshold|ceiling)\b|"
    r"(?:target|standard|limit|threshold|ceiling)\s+of\s+(?:no\s+more\s+than|at\s+most|up\s+to|under|below|"
    r"less\s+than)\s+(?P<ceiling>\d{1,3}(?:\.\d{1,2})?)\s?%)",
    re.IGNORECASE,
    needs="target|standard|limit|threshold|ceiling",
)


def targets_told(document: Document) -> Iterator[Wrong]:
    """Yield each length of time said to keep to a standard that is shorter, or the reverse."""
    for block in document.blocks:
        for passage in block.passages():
            text = passage.text
            told = [(m, m) for m in (*_BESIDE.finditer(text), *_THEN_MET.finditer(text))]
            told += [
                (match, said)
                for match in _GIVEN.finditer(text)
                if (said := _after(text, match.end()))
            ]
            for given, said in told:
                if _wrong_side(given, said, text):
                    at = said.start()
                    quotation = text[slice(*sentence_at(text, at))]
                    times = given["took"], given["standard"]
                    yield Wrong(passage.at(at), quotation, *times, "standard")
            yield from _hyphened(passage)
            yield from _shares_told(passage)
            yield from _shares_beside(passage)
            yield from _shares_against(passage)


def _hyphened(passage: Passage) -> Iterator[Wrong]:
    """Yield each length of time on the wrong side of `the eight-week limit`."""
    text = passage.text
    for match in _HYPHENED.finditer(text):
        number = _NUMBERS.get(match["number"].casefold()) or int(match["number"])
        standard = number * _SECONDS[match["unit"].casefold()]
        at = match.start("inside") if match["inside"] else match.start("outside")
        took = _lasts(match["took"])
        wrong = took > standard if match["inside"] else took <= standard
        if wrong and not _DENIED.search(text, max(at - 40, 0), at):
            quotation = text[slice(*sentence_at(text, at))]
            limit = f"{match['number']} {match['unit']}s"
            yield Wrong(passage.at(at), quotation, match["took"], limit, "standard")


def _shares_told(passage: Passage) -> Iterator[Wrong]:
    """Yield each share said to have reached a target of at least so much that it is below."""
    text = passage.text
    for match in _SHARE_TOLD.finditer(text):
        took, standard = float(match["took"]), float(match["standard"])
        is_wrong = took < standard if match["inside"] else took >= standard
        if match["least"] and is_wrong:
            at = match.end() - 1
            quotation = text[slice(*sentence_at(text, at))]
            times = f"{match['took']}%", f"{match['standard']}%"
            yield Wrong(passage.at(at), quotation, *times, "standard")


def _shares_beside(passage: Passage) -> Iterator[Wrong]:
    """Yield each share said to keep within a target of at most so much, or above another."""
    text = passage.text
    for match in _SHARE_BESIDE.finditer(text):
        limit = match["standard"] or match["ceiling"]
        took, standard = float(match["took"]), float(limit)
        if match["ceiling"] and not match["most"]:
            continue
        at = match.start("most") if match["most"] else match.start("least")
        wrong = took > standard if match["most"] else took < standard
        if wrong and not _DENIED.search(text, max(at - 40, 0), at):
            quotation = text[slice(*sentence_at(text, at))]
            yield Wrong(passage.at(at), quotation, f"{match['took']}%", f"{limit}%", "standard")


def _shares_against(passage: Passage) -> Iterator[Wrong]:
    """Yield each share said to have met a target given with it that is far above it."""
    text = passage.text
    for match in _SHARE_AGAINST.finditer(text):
        took, standard = float(match["took"]), float(match["standard"])
        if took < standard and standard > _HALF:  # of less, fewer may be better
            at = match.start("inside")
            quotation = text[sentence_at(text, match.start())[0] : sentence_at(text, at)[1]]
            times = f"{match['took']}%", f"{match['standard']}%"
            yield Wrong(passage.at(match.start()), quotation, *times, "standard")


def _after(text: str, start: int) -> re.Match[str] | None:
    """Return what the rest of the sentence, or the next, says of a standard just given."""
    ends = [end for _start, end in sentences(text) if end > start][:2]
    said = _SAID.search(text, start, ends[-1]) if ends else None
    return None if said is None or _OTHER.search(text, start, said.start()) else said


def _wrong_side(given: re.Match[str], said: re.Match[str], text: str) -> bool:
    """Return whether a time is not on the side of the standard on which it is said to be."""
    took, standard = _lasts(given["took"]), _lasts(given["standard"])
    at = said.start("inside") if said["inside"] else said.start("outside")
    if _DENIED.search(text, max(at - 40, 0), at):
        return False
    return took > standard if said["inside"] else took <= standard


def _lasts(printed: str) -> float:
    """Return a length of time in seconds."""
    parts = re.findall(r"([\d.]+)\s+(second|minute|hour|day|week)", printed.casefold())
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
