"""Parts and shares of a whole, and rises and falls, as a text says them beside the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.arithmetic import Wrong, written
from peelian.proofreading.times import date_spans
from peelian.recognition.future import sentences
from peelian.recognition.numbers import Number, numbers

_MAY_SAY = expression(
    r"%|per\s?cent|\b(?:down|up|fall|rise|increase|reduction|drop)\s+(?:from|on)\b|\b[Oo]f\s|"
    r"\bamber\b|compared|against|\bso\s+(?:up|down)\b",
    re.IGNORECASE,
)
# What stands between a part and its share: `46 of them, 18%`, `30 files (25%)`, `14, which is 20%`.
_BESIDE = expression(
    r"(?:\s+[\w’'-]+){0,7}?\s*(?:\(|[,–-]\s*(?:or|which\s+(?:is|was)|that\s+is|representing|some)?\s+|"
    r"\s+or\s+|\s+[–-]\s+)(?:about\s+|around\s+|just\s+(?:over|under)\s+|nearly\s+|some\s+)?"
)
_OF = expression(r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+|these\s+|all\s+)*(?:\w+\s+)?")
_THEN_OF = expression(r"\s*\)\s*(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+|these\s+|all\s+)*")
_OF_BEFORE = expression(r"\b[Oo]f\s+(?:the\s+|our\s+|its\s+|these\s+|all\s+)*$")
_OF_THEM = expression(
    r"\b(?:of\s+(?:them|these|those|whom|which)|(?:of\s+)?the\s+(?:sample|total)|"
    r"were\s+(?:upheld|closed|accepted|rejected|successful)|which\s+(?:is|was))\b"
)
# After a share these make it one of something else, or a change.
_OTHERWISE = expression(
    r"\s*(?:of\s+(?!the\s+(?:sample|total|whole)\b|all\s+of\s+them)|more|fewer|less|higher|lower|up\b|"
    r"down\b|increase|rise|reduction|fall|above|below|since|from|on\s|women|men)"
)
_CHANGED = expression(
    r"\b(?:by|increase|rise|fall|drop|reduction|up|down|another|further)\s+(?:of\s+)?(?:just\s+)?$"
)
_ABOUT = expression(
    r"\b(?:about|around|nearly|almost|over|under|some|more\s+than|less\s+than|roughly|"
    r"approximately)\s+$"
)
_DONE = (
    r"closed|completed?|implemented|done|finished|discharged|accepted|upheld|agreed|in\s+favour|met|"
    r"filled|delivered"
)
_UNDONE = (
    r"open|outstanding|remain(?:s|ed|ing)?|rejected|refused|against|missed|vacant|incomplete|"
    r"not\s+(?:been\s+)?(?:yet\s+)?(?:" + _DONE + r")"
)
_STATE = expression(rf"(?P<undone>\b(?:{_UNDONE})\b)|(?P<done>\b(?:{_DONE})\b)", re.IGNORECASE)
_COLOUR = expression(
    r"(?:\s+\w+){0,3}?\s+(?:green|amber|red|blue|yellow|complete|on\s+track|off\s+track|at\s+risk)\b",
    re.IGNORECASE,
)
_SO_MOVED = expression(
    r"\b[Ww]as\s+(?P<was>\d[\d,]*)\b[^.;\d]{0,40},?\s+so\s+(?:up|down)\s+(?:by\s+)?(?P<by>\d[\d,]*)\b"
)
_HAVE_NONE, _HAVE = (
    expression(r"\s+(?:have|has|had)\s+(?:none|not|no)\b"),
    expression(r"\s+(?:have|has|had)\s"),
)
_IS_SAID = expression(r"\s+(?:has|have|had|was|were|is|are)\s")
_DECIDED = expression(
    r"\b(?:were|was|are|is)\s+not\b|\b(?:withdrawn|upheld|pending|still\s+open)\b"
)
_THERE_ARE = expression(r"\b(?:[Tt]here\s+(?:are|were)|has|have)\s+$")
_WENT = expression(
    r"[^.;:()]{0,60}?[\s,(]+(?:an?\s+)?(?P<way>down|up|fall|rise|reduction|increase|drop|decrease)\s+"
    r"(?:from|on)\s+(?:the\s+|just\s+|about\s+|over\s+|around\s+)?"
)
_THAT_IS = expression(r"\b(?:That|This)\s+is\s+(?P<about>about\s+|nearly\s+|over\s+|some\s+)?")
_DOWN = frozenset({"down", "fall", "reduction", "drop", "decrease"})
_REACH = 220  # how far before its share a whole may stand
_LONGEST, _MOST_NUMBERS = 1200, 200


def parts_of_wholes(document: Document) -> Iterator[Wrong]:
    """Yield the shares, parts, rises and falls that the numbers beside them do not bear out."""
    for block in document.blocks:
        for passage in block.passages():
            if len(passage.text) > 20 and _MAY_SAY.search(passage.text):
                yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Wrong]:
    text = passage.text
    found = numbers(text, date_spans(text))
    if len(found) > _MOST_NUMBERS:
        return  # a flattened table
    yield from _share_after(passage, found)
    for start, end in sentences(text):
        if end - start > _LONGEST:
            continue
        inside = [one for one in found if start <= one.start < end]
        for n, share in enumerate(inside):
            if share.mark == "%" and n + len(found) > 1:
                before = [one for one in found if share.start - _REACH <= one.start < share.start]
                yield from _share(passage, (start, end), share, before, inside[n + 1 : n + 2])
        yield from _parts(passage, (start, end), inside)
        yield from _so_moved(passage, (start, end), found)
        yield from _moves(passage, (start, end), inside)


def _wrong(passage: Passage, span: tuple[int, int], at: int, *said: str) -> Wrong:
    stated, came, kind = said
    return Wrong(passage.at(at), passage.text[slice(*span)], stated, came, kind)


def _share(
    passage: Passage,
    span: tuple[int, int],
    share: Number,
    before: Sequence[Number],
    after: Sequence[Number],
) -> Iterator[Wrong]:
    """Yield a share that is not that of the part it stands beside, in any whole it may be of."""
    text = passage.text
    if not before or before[-1].start < span[0] or share.in_words or share.sign:
        return
    last = before[-1]
    if last.mark not in ("", "£") or not _BESIDE.fullmatch(text, last.end, share.start):
        return
    if _CHANGED.search(text[max(last.start - 25, 0) : last.start]):
        return
    part, wholes = last, []
    alike = [one for one in before[:-1] if one.mark == last.mark]
    if alike and alike[-1] is before[-2] and _OF.fullmatch(text, alike[-1].end, last.start):
        if re.match(r"\s+of\b", text[share.end :]):
            return
        part, wholes = alike[-1], [last]
    elif (
        after and after[0].mark == last.mark and _THEN_OF.fullmatch(text, share.end, after[0].start)
    ):
        wholes = [after[0]]
    elif _OTHERWISE.match(text, share.end):
        return
    else:
        of_them = re.match(r"\s+of\s+(?:them|these|those|whom|which)\b", text[last.end :])
        wholes = [o for o in alike if _OF_BEFORE.search(text[max(o.start - 30, 0) : o.start])]
        wholes = [] if of_them else wholes
        said = text[last.end : share.end + 25] if not wholes else ""
        wholes = wholes or (alike if _OF_THEM.search(said) else [])
    wholes = [one for one in wholes if one.value >= part.value > 0]
    about = bool(_ABOUT.search(text[max(share.start - 25, 0) : share.start]))
    if wholes and not any(_is_share(share, part, one, about) for one in wholes):
        came = f"{written(round(100 * part.value / wholes[-1].value, 1))}%"
        yield _wrong(passage, span, share.start, share.printed, came, "share")


def _share_after(passage: Passage, found: Sequence[Number]) -> Iterator[Wrong]:
    """Yield a share that is a sentence of its own, `That is 43%.`, not that of what goes before."""
    text = passage.text
    for match in _THAT_IS.finditer(text):
        shares = [one for one in found if one.start == match.end() and one.mark == "%"]
        # the numbers of the sentence right before it
        begins = max(text.rfind(". ", 0, max(match.start() - 2, 0)) + 1, match.start() - _REACH)
        before = [one for one in found if begins <= one.start < match.start()]
        before = [one for one in before if not (one.in_words and one.value == 1)]
        if len(shares) != 1 or len(before) != 2 or any(one.mark for one in before):
            continue
        part, whole = sorted(before, key=lambda one: one.value)
        about = bool(match["about"])
        of_it = _OF_BEFORE.search(text[max(whole.start - 30, 0) : whole.start])
        if of_it and part.value > 0 and not _is_share(shares[0], part, whole, about):
            came = f"{written(round(100 * part.value / whole.value, 1))}%"
            span = match.start(), min(shares[0].end + 1, len(text))
            yield _wrong(passage, span, shares[0].start, shares[0].printed, came, "share")


def _is_share(share: Number, part: Number, whole: Number, about: bool) -> bool:
    decimals = share.printed.partition(".")[2].rstrip("% ")
    slack = 0.1 if decimals and not about else 5.0 if about else 1.0
    if part.mark == "£":
        slack += 1.0
    return abs(100 * part.value / whole.value - share.value) <= slack


def _parts(passage: Passage, span: tuple[int, int], inside: Sequence[Number]) -> Iterator[Wrong]:
    """Yield a whole whose parts, said to be all that there are of it, come to something else."""
    plain = [one for one in inside if not one.mark]
    for n, whole in enumerate(plain):
        text, rest = passage.text, plain[n + 1 :]
        lead = text[max(whole.start - 30, span[0]) : whole.start]
        is_of = _OF_BEFORE.search(lead)
        if not (is_of or _THERE_ARE.search(lead)) or not rest or len(rest) != len(inside) - n - 1:
            continue
        ends = [*(one.start for one in rest[1:]), span[1]]
        said = [text[one.end : end] for one, end in zip(rest, ends, strict=True)]
        coloured = len(rest) > 2 and all(_COLOUR.match(words) for words in said)
        decided = is_of and len(rest) > 2 and _decided(said)
        if not (coloured or decided) and not (is_of and len(rest) == 2 and _opposed(said)):
            continue
        came = sum(one.value for one in rest)
        if came != whole.value:
            yield _wrong(passage, span, whole.start, whole.printed, written(came), "total")
        return


def _decided(said: Sequence[str]) -> bool:
    """Return whether of each part it is told how it was decided: `46 were upheld, 51 were not`."""
    return all(map(_IS_SAID.match, said)) and any(map(_DECIDED.search, said))


def _opposed(said: Sequence[str]) -> bool:
    """Return whether of two parts one is done and the other is not, with nothing between."""
    if _HAVE.match(said[0]) and not _HAVE_NONE.match(said[0]) and _HAVE_NONE.match(said[1]):
        return True  # `97 have a name, and 31 have none yet`
    states = [list(_STATE.finditer(words)) for words in said]
    if any(len(found) != 1 for found in states):
        return False
    return {found[0].lastgroup for found in states} == {"done", "undone"}


def _so_moved(passage: Passage, span: tuple[int, int], found: Sequence[Number]) -> Iterator[Wrong]:
    """Yield a change that the values now and then do not come to: `Was 260, so down 58`."""
    text = passage.text
    for match in _SO_MOVED.finditer(text, *span):
        numbered = {one.start: one for one in found if not one.mark}
        was, by = numbered.get(match.start("was")), numbered.get(match.start("by"))
        before = [one for at, one in numbered.items() if at < match.start()]
        now = next((one for one in before if one.start >= match.start() - _REACH), None)
        if was and by and now and abs(now.value - was.value) != by.value:
            came = written(abs(now.value - was.value))
            yield _wrong(passage, span, by.start, by.printed, came, "total")


def _moves(passage: Passage, span: tuple[int, int], inside: Sequence[Number]) -> Iterator[Wrong]:
    """Yield a rise or a fall that two values do not show: `4.1 months, down from 2.6 months`."""
    text = passage.text
    for new, old in pairwise(inside):
        if new.mark != old.mark or new.mark in ("rank", "times", "points") or not old.value:
            continue
        if went := _WENT.fullmatch(text, new.end, old.start):
            fell = went["way"] in _DOWN
            if new.value != old.value and fell != (new.value < old.value):
                shown = f"{old.printed} – {new.printed}"
                yield _wrong(passage, span, new.start, went["way"], shown, "direction")
