"""What a text says is still to come, though its date has passed.

A sentence counts when words for the future govern the date: "will be held on 18/11/19", "is due in
March", "the next meeting is on 6 November". A past tense, or a clause of its own, between the words
and the date means that the date belongs to something else.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from peelian.expressions import expression
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.festivals import festivals
from peelian.recognition.future_words import (
    ABOUT,
    AFTER_IT,
    CLAUSE_BEGINS,
    DATE_OF,
    FUTURE,
    GIVES,
    HAPPENS,
    IN_MIND,
    IS_DONE,
    ITS_VERB,
    LEADS_TO,
    MAY_END,
    MEETING,
    MEETING_FOLLOWS,
    NOT_PAST,
    NOT_WHEN,
    NOTE,
    NOTE_ENDS,
    NOUN_FOLLOWS,
    OF_A_MEETING,
    OF_A_TIME,
    OTHER_CLAUSE,
    PAST,
    PERFECT,
    SENTENCE_ENDS,
    TO_DO,
    WEAK,
    WEEK_OF,
    WHEN,
)
from peelian.recognition.timetables import Span, reported, timetabled

# A date without a year, this many days ago or more, may as well be the coming one.
NEARLY_PAST = 140
# What goes on longer without a stop is a table or a mishap, not a sentence.
LONGEST_SENTENCE = 2_500
# What is told in the present of longer ago is history.
_HISTORY = dt.timedelta(days=400)


@dataclass(frozen=True)
class FutureStatement:
    """A sentence that speaks of these dates as if they were still to come, and where it stands.

    `promised` are those of them that plain words for the future govern ("will", "is due"), not a
    timetable's present or a note without a verb.
    """

    start: int
    end: int
    text: str
    dates: tuple[DateMention, ...]
    promised: tuple[DateMention, ...] = ()


def future_statements(
    text: str, as_at: dt.date, written: dt.date | None = None, *, minuted: bool = False
) -> list[FutureStatement]:
    """Return the sentences that speak of the future about a date wholly before `as_at`.

    `written` is the day the text was written, from which "November" and "next month" are counted;
    `as_at` itself where it is not known. What is `minuted` may report the future: "would open".
    """
    found: list[FutureStatement] = []
    written = written or as_at
    every = sorted([*dates(text, written), *festivals(text, written)], key=lambda m: m.start)
    past = [m for m in every if m.last < as_at and _clearly_past(m, written)]
    if not past:
        return []
    starts = [m.start for m in past]
    for start, end in sentences(text):
        sentence = text[start:end]
        if end - start > LONGEST_SENTENCE:
            continue
        first = bisect_left(starts, start)
        within = [m for m in past[first : bisect_left(starts, end)] if m.end <= end]
        if not within:
            continue
        within = [m for m in within if m.has_year or not _follows(m, every, start, as_at)]
        promised = tuple(m for m in within if _is_promised(sentence, m, start))
        cues = list(reported(sentence)) if minuted else []
        stale = [
            m
            for m in within
            if m in promised
            or _is_told_ahead(sentence, m, start, as_at)
            or _is_governed(sentence, m, start, cues)
        ]
        if stale:
            found.append(FutureStatement(start, end, sentence, tuple(stale), promised))
    return found


@lru_cache(maxsize=8192)  # several checks read the same passages
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the span of each sentence or line, without the space around it."""
    if not MAY_END.search(text):
        matches: list[re.Match[str]] = []
    else:
        matches = list(SENTENCE_ENDS.finditer(text))
    start = 0
    found = []
    for end in (*(match.end() for match in matches), len(text)):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((start + lead, start + len(piece.rstrip())))
        start = end
    return tuple(found)


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return the span of the sentence in which a place stands, of the whole text where in none."""
    return next((span for span in sentences(text) if span[0] <= at < span[1]), (0, len(text)))


def _clearly_past(mention: DateMention, written: dt.date) -> bool:
    """Return whether a date without a year is not as likely next year's: July, in December."""
    return mention.has_year or (written - mention.last).days <= NEARLY_PAST


def _follows(mention: DateMention, every: list[DateMention], start: int, as_at: dt.date) -> bool:
    """Return whether a sentence names, before a date without a year, one that is yet to come."""
    return any(start <= m.start < mention.start and m.first >= as_at for m in every)


def _is_promised(sentence: str, mention: DateMention, offset: int) -> bool:
    """Return whether plain words of the future in the sentence govern the date."""
    return _is_governed(sentence, mention, offset, [m.span() for m in FUTURE.finditer(sentence)])


def _is_told_ahead(sentence: str, mention: DateMention, offset: int, as_at: dt.date) -> bool:
    """Return whether a timetable's present, or a note without a verb, gives the date."""
    begins, ends = mention.start - offset, mention.end - offset
    before = sentence[:begins]
    if NOTE_ENDS.fullmatch(sentence[ends:]) and (NOTE.match(before) or _is_to_do(before)):
        return True
    named = DATE_OF.search(before)
    if named and not IS_DONE.search(sentence):
        return not _tells_of_the_past(sentence[: named.start()] + sentence[ends:])
    cues = []
    if (mention.is_day or mention.has_year) and mention.last >= as_at - _HISTORY:
        cues += [cue for cue in timetabled(sentence) if _is_when(sentence, cue, mention, offset)]
    if not _tells_of_the_past(sentence):
        weak = (m.span() for m in WEAK.finditer(sentence))
        cues += [(a, b) for a, b in weak if b <= begins or sentence[b : b + 1] != ":"]
    return _is_governed(sentence, mention, offset, cues)


def _is_when(sentence: str, cue: Span, mention: DateMention, offset: int) -> bool:
    """Return whether a date after a verb is when it happens: `on`, `in`, `by` stands before it."""
    begins = mention.start - offset
    return begins < cue[0] or WHEN.search(sentence, cue[1], begins) is not None


def _is_to_do(before: str) -> bool:
    return bool(TO_DO.match(before)) and not _tells_of_the_past(before)


def _is_governed(
    sentence: str, mention: DateMention, offset: int, cues: list[tuple[int, int]]
) -> bool:
    begins, ends = mention.start - offset, mention.end - offset
    if _is_not_when(sentence, begins) or OF_A_TIME.search(sentence, 0, begins):
        return False
    return any(
        _governs_after(sentence, cue_end, begins, ends, mention)
        if cue_end <= begins
        else _governs_before(sentence, cue_start, begins, ends, mention)
        for cue_start, cue_end in cues
        if cue_end <= begins or ends <= cue_start
    )


def _is_not_when(sentence: str, begins: int) -> bool:
    """Return whether the words before a date make it another's: `the meeting of 3 May`."""
    week = expression(rf"\b(?:the\s+)?{WEEK_OF}$", re.IGNORECASE).search(sentence, 0, begins)
    return NOT_WHEN.search(sentence, 0, week.start() if week else begins) is not None


def _governs_after(
    sentence: str, cue_end: int, begins: int, ends: int, mention: DateMention
) -> bool:
    """Return whether the words promise what happens on the date after them."""
    between = ITS_VERB.sub(r"\1 ", PERFECT.sub(" ", sentence[cue_end:begins], count=1))
    if OTHER_CLAUSE.search(between) or _tells_of_the_past(between) or IN_MIND.match(between):
        return False
    when = WHEN.search(between)
    aside = between.rpartition("(")[2] if "(" in between else ""
    if ")" not in aside and WHEN.sub("", aside).strip():
        return False  # the day of a source: `will keep 900 officers (workforce plan, May 2025)`
    if ABOUT.match(between) and not (mention.is_day and when and when[0].startswith("on")):
        return False
    if GIVES.match(between) and not _is_short(mention):
        return False
    if when is None:
        return not NOUN_FOLLOWS.match(sentence, ends)
    if when[0].casefold().startswith("for"):
        return mention.is_day or not between[: when.start()].strip()
    return True


def _governs_before(
    sentence: str, cue_start: int, begins: int, ends: int, mention: DateMention
) -> bool:
    """Return whether what is promised happens on the date before it, or at the date's meeting."""
    between = sentence[ends:cue_start]
    if between.find(")") >= 0 > between.find("("):
        return False  # the day of a source, which brackets close: `eleven (return, May) and will`
    if OTHER_CLAUSE.search(between) or _tells_of_the_past(between):
        return False
    when = WHEN.search(sentence, 0, begins)
    lead = sentence[: when.start() if when else begins]
    clause = lead[[m.end() for m in CLAUSE_BEGINS.finditer(lead)][-1] :]
    if _tells_of_the_past(clause) or AFTER_IT.match(clause):
        return False
    if MEETING_FOLLOWS.match(sentence, ends):
        return True
    if when is None:
        is_subject = not between.strip() or not NOUN_FOLLOWS.match(sentence, ends)
        return clause.strip().casefold() in ("", "the") and is_subject
    if not clause.strip():
        return when[0].split()[0].casefold() not in ("for", "to")
    if LEADS_TO.match(sentence, cue_start):
        return False
    if OF_A_MEETING.search(clause):
        return False
    is_meeting = bool(re.search(rf"\b{MEETING}\s*$", clause, re.IGNORECASE))
    if is_meeting:
        return _is_short(mention)
    on_the_day = mention.is_day and when[0].casefold().startswith("on")
    # Of "the walk on 3 May will lead to a report" only the report is promised.
    return on_the_day and bool(HAPPENS.match(sentence, cue_start))


def _is_short(mention: DateMention) -> bool:
    return (mention.last - mention.first).days <= 31


def _tells_of_the_past(words: str) -> bool:
    return any(
        not (match["before"] and NOT_PAST.fullmatch(match["before"].strip()))
        for match in PAST.finditer(words)
    )
