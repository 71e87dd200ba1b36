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
from peelian.recognition.timetables import Span, reported, timetabled

# A date without a year, this many days ago or more, may as well be the coming one.
NEARLY_PAST = 140
# What goes on longer without a stop is a table or a mishap, not a sentence.
LONGEST_SENTENCE = 2_500
# What is told in the present of longer ago is history.
_HISTORY = dt.timedelta(days=400)

_MEETING = (
    r"(?:meeting|session|event|conference|board|panel|workshop|round|visit|inspection|election)s?"
)
_ADVERBS = r"(?:(?:\w+ly|not|all|now|still|also|next|then|only|both)\s+){0,2}"
_DUE_TO_SOMETHING = (
    r"(?!\s+to\s+(?:the|an?|this|that|its|our|their|\w+(?:tion|ment|ity|ing|[^s]s)\b))"
)
# Words that promise.
_FUTURE = expression(
    rf"""
    \b(?:will|shall)\b | ['’]ll\b | \b(?:can|may)\s+(?:still|yet)\b
  | (?:\b(?:is|are|being)|['’]s)\s+{_ADVERBS}(?:
        due{_DUE_TO_SOMETHING}
      | scheduled|planned|expected|intended|projected|forecast|anticipated|hoped|proposed
      | timetabled
      | (?:arranged|billed|booked|earmarked|fixed|lined\s+up|listed|pencilled\s+in|set\s+down|
          slated)(?=\s+(?:to|for|on)\b)
      | invited(?=\s+to\b) | (?:needed|requested|required|wanted)(?=\s+(?:by|on)\b)
      | (?:set|ready|going|likely|about)(?=\s+(?:to|for|on|in)\b)
      | (?:hoping|aiming|looking|seeking|preparing|working)(?=\s+(?:to|towards)\b)
      | to(?=\s+\w+)
      | taking\s+place | being\s+held )\b
  | (?<!our\s)(?<!the\s)(?<!its\s)(?<!his\s)(?<!her\s)(?<!heir\s)
    \b(?:(?:plans|aims|intends|hopes|expects)
      |(?:I|we|they|(?!as\b|has\b|his\b|is\b|its\b|this\b|was\b)[a-z]+s)\s+
        (?:plan|aim|intend|hope|expect))\s+
      (?:(?:a|an|its|our|the|their|this)\s+(?:\w+\s+){{1,5}}?)?to\b
  | \b(?:has|have)\s+been\s+(?:scheduled|arranged|planned|booked|timetabled)(?=\s+(?:for|to)\b)
  | (?:\b(?:is|are)|['’]s)\s+{_ADVERBS}on\s+(?:course|schedule|target|track)(?=\s+(?:to|for)\b)
  | \bready\s+to\s+\w+ | \blook(?:s|ing)?\s+forward\s+to\b
  | \b(?:will\s+)?(?:next\s+meets?|meets?\s+(?:\w+\s+)?next)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What may also tell of the past: "at its next meeting in May it agreed".
_WEAK = expression(
    rf"\b(?:next|upcoming|forthcoming)\s+(?:\w+\s+){{0,2}}?{_MEETING}\b|\bto\s+be\s+\w+(?:ed|n|t|d)\b"
    r"|\bshould\s+be\s+(?:complete|finished|ready|in\s+place|available|operational|live)\w*"
    r"|\bshould\s+(?:arrive|be\s+with|begin|come|conclude|end|finish|go\s+live|launch|open|receive|"
    r"reopen|report|return|start|have(?!\s+(?:been|begun|\w+ed)\b))\b",
    re.IGNORECASE,
)
# A note without a verb: "Launch planned for October 2019."
_NOTE = expression(
    r"\W{0,6}(?:due|expected|planned|scheduled)\s+(?:by|for|in|on)\s+(?:the\s+)?$|"
    r"(?:[^\w\n]{0,6})(?!(?:it|as)\b)(?:(?!(?:is|are|was|were|be|been|being|had|has|have|that|which|who|if|than)\b)"
    r"[\w’'/&-]+\s+){1,8}?(?:planned|scheduled|timetabled|due|expected|anticipated|forecast)\s+"
    r"(?:(?:for|in|on|by)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
# "Review to conclude by May 2019": what someone is to do, without a verb.
_TO_DO = expression(
    r"(?:[^\w\n]{0,6})(?:(?!(?:is|are|was|were|be|been|being|had|has|have|that|which|who|if|than)\b)"
    r"[\w’'/&()-]+\s+){0,6}?to\s+(?:attend|begin|bring|circulate|commence|complete|conclude|deliver|"
    r"draft|finalise|finish|follow|go\s+live|implement|launch|meet|open|present|provide|publish|recruit|"
    r"report|return|review|roll\s+out|send|start|submit|update|write)\b"
    r"(?:\s+[\w’'/&()-]+){0,9}?\s+(?:in|on|by|before|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "Target date: 3 May 2019", "with a go-live date of 3 May 2019", "Next review: May 2019".
_DATE_OF = expression(
    r"(?:^|\b(?:a|an|the|with|its?|is)\s+)(?:(?:revised|agreed|planned|expected|provisional)\s+)?"
    r"(?:closing|completion|delivery|due|end|go[- ]live|implementation|launch|review|start|target)"
    r"\s+date\s*(?:is|of|:|–|-)\s*$"
    r"|(?:^|[\s(|])(?:deadline|due(?:\s+by)?|target(?:\s+date)?|timescale|by\s+when|"
    r"next\s+(?:inspection|meeting|report|review|update)|"
    r"(?:anticipated|estimated|expected|forecast|planned|target)\s+(?:completion|delivery|end|finish|"
    r"go[- ]live|launch|start)(?:\s+date)?)\s*[:–-]\s*$",
    re.IGNORECASE,
)
_IS_DONE = expression(r"\b(?:complete|closed|done|met)\b", re.IGNORECASE)
_NOTE_ENDS = expression(
    r"[\s.,;:)]*(?:\d{1,3}|to\s(?:(?!\b(?:did|had|has|have|was|were)\b).)*)?",
    re.IGNORECASE | re.DOTALL,
)
_IN_MIND = expression(
    r"\s+(?:\w+\s+)?(?:be\s+aware|know|recall|remember|understand)\b", re.IGNORECASE
)
# Words that promise only to speak of a time.
_ABOUT = expression(
    r"\s+(?:also\s+)?(?:be\s+based|cover|compare|concern|contain|describe|detail|focus|"
    r"include|look|outline|reflect|relate|set\s+out|show|"
    r"summari[sz]e)\b",
    re.IGNORECASE,
)
_GIVES = expression(
    r"\s+(?:also\s+)?(?:give|present|provide|report)\s+(?!(?:in|on|by)\b)", re.IGNORECASE
)
# What a time belongs to, not when something is done: "performance in 2016/17".
_OF_A_TIME = expression(
    r"\b(?:accounts|activity|budget|crime|crimes|data|demand|events|figures?|incidents|levels?|month|"
    r"outturn|performance|period|position|quarter|results?|spend(?:ing)?|that|those|year)\s+"
    r"(?:in|at|on|during|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_IT = expression(
    r"(?:after|as\s+a\s+result\s+of|because\s+of|based\s+on|despite|following|further\s+to|given|"
    r"since|under)\b",
    re.IGNORECASE,
)
_PAST = expression(
    r"(?P<before>\b[\w’']+\s+)?\b(?:was|were|had|did|met|held|ran|began|went|took|came|gave|made|"
    r"found|formed|led|saw|sent|said|told|brought|won|left|became|got|set\s+up|\w{2,}ed)\b",
    re.IGNORECASE,
)
# In "will review completed files" the word in -ed is an adjective.
_ITS_VERB = expression(
    r"^(\s+(?:\w+ly\s+|also\s+)?(?!be\b|have\b|get\b)[a-z]+)\s+[a-z]{2,}ed\s+(?=[a-z])"
)
# In "will have passed by August" it is still to come.
_PERFECT = expression(r"^\s+(?:\w+ly\s+|also\s+|all\s+|by\s+then\s+)?have\s+(?:been\s+)?[a-z]+\b")
# After these, a word in -ed is a passive still to come, or an adjective.
_NOT_PAST = expression(
    r"(?:be|been|being|get|is|are|to|the|an?|its|our|their|his|her|as|and|or|of|with|more|\w+ly)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = expression(
    r";|\b(?:that|which|who|whom|whose|what|when|where|because|since|after|following|whether|if)\b"
    r"|,\s+\w+ing\b",
    re.IGNORECASE,
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_WEEK_OF = (
    r"(?:weekend|week|fortnight|month|days)\s+(?:of|beginning|commencing|starting|ending|before)\s+"
)
# What may stand before a date that says when something happens.
_WHEN = expression(
    r"\b(?:in|on|by|at|before|until|till|to|from|during|around|through|for|over)\s+(?:the\s+)?"
    rf"(?:{_WEEK_OF})?{_DAY}(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT_WHEN = expression(
    r"\b(?:since|after|following|of|than|last|previous|between|months?\s+to|year\s+to|against|with|"
    r"compared\s+to|ending|ended|as\s+at|as\s+of|dated)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CLAUSE_BEGINS = expression(r"(?:^|[,;:(–]|\b(?:and|but|so|now|or)\b)[\s•*-]*", re.IGNORECASE)
_NOUN_FOLLOWS = expression(
    rf"(?:['’]s?)?\s+(?!(?:and|or|but|to|at|in|on|by|for|from|with|when|where|which|who|that|so|as|"
    rf"if|until|before|after|across|into|will|shall|is|are|the|a|an|we|they|it|{_MEETING})\b)[a-z]"
)
_MEETING_FOLLOWS = expression(rf"(?:['’]s?)?\s+(?:\w+\s+){{0,1}}{_MEETING}\b", re.IGNORECASE)
_SENTENCE_ENDS = expression(
    # Each begins with a character that is quick to see.
    r"[.!?](?<![A-Z].)(?<!\b(?:Ch|St|Mr|Ms|Dr|vs|No).)(?<!\b(?:Mrs|Col|Det|Sgt|e\.g|i\.e|etc).)"
    r"(?<!\b(?:Supt|Insp|Cllr).)[\"”’)]*\s+(?=[A-Z0-9“‘\"(•-])"
    r"|[\s•](?:(?<=\n)\s*(?=\S)|[^\S\n]*\n\s*(?=\S)|(?<=•)\s*|(?<!•)\s*•\s*)"
)
_HAPPENS = expression(
    r"(?:\w+|['’]\w+)\s+(?:\w+ly\s+|also\s+|now\s+)?(?:be\s+(?:held|hosted|open)|begin|commence|"
    r"go\s+ahead|happen|open|run|start|take\s+place)\b",
    re.IGNORECASE,
)
# What comes of a day is to come after it.
_LEADS_TO = expression(
    r"(?:\w+|['’]\w+)\s+(?:\w+ly\s+|also\s+|now\s+|not\s+){0,2}(?:affect|allow|alter|bring|cause|change|"
    r"delay|determine|enable|have|help|hinder|inform|influence|lead|leave|make|mean|push|remain|result|"
    r"shape|slow|be\s+(?:followed|reflected|remembered|reported))\b",
    re.IGNORECASE,
)
# What a meeting left behind is not the meeting.
_OF_A_MEETING = expression(
    r"\b(?:actions?|attendance|decisions?|discussions?|minutes|notes|record|those\s+present)\s+"
    r"(?:at|from|of)\b",
    re.IGNORECASE,
)
_MAY_END = expression(r"[.!?\n•]")


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
    if not _MAY_END.search(text):
        matches: list[re.Match[str]] = []
    else:
        matches = list(_SENTENCE_ENDS.finditer(text))
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
    return _is_governed(sentence, mention, offset, [m.span() for m in _FUTURE.finditer(sentence)])


def _is_told_ahead(sentence: str, mention: DateMention, offset: int, as_at: dt.date) -> bool:
    """Return whether a timetable's present, or a note without a verb, gives the date."""
    begins, ends = mention.start - offset, mention.end - offset
    before = sentence[:begins]
    if _NOTE_ENDS.fullmatch(sentence[ends:]) and (_NOTE.match(before) or _is_to_do(before)):
        return True
    named = _DATE_OF.search(before)
    if named and not _IS_DONE.search(sentence):
        return not _tells_of_the_past(sentence[: named.start()] + sentence[ends:])
    cues = []
    if (mention.is_day or mention.has_year) and mention.last >= as_at - _HISTORY:
        cues += [cue for cue in timetabled(sentence) if _is_when(sentence, cue, mention, offset)]
    if not _tells_of_the_past(sentence):
        weak = (m.span() for m in _WEAK.finditer(sentence))
        cues += [(a, b) for a, b in weak if b <= begins or sentence[b : b + 1] != ":"]
    return _is_governed(sentence, mention, offset, cues)


def _is_when(sentence: str, cue: Span, mention: DateMention, offset: int) -> bool:
    """Return whether a date after a verb is when it happens: `on`, `in`, `by` stands before it."""
    begins = mention.start - offset
    return begins < cue[0] or _WHEN.search(sentence, cue[1], begins) is not None


def _is_to_do(before: str) -> bool:
    return bool(_TO_DO.match(before)) and not _tells_of_the_past(before)


def _is_governed(
    sentence: str, mention: DateMention, offset: int, cues: list[tuple[int, int]]
) -> bool:
    begins, ends = mention.start - offset, mention.end - offset
    if _is_not_when(sentence, begins) or _OF_A_TIME.search(sentence, 0, begins):
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
    week = expression(rf"\b(?:the\s+)?{_WEEK_OF}$", re.IGNORECASE).search(sentence, 0, begins)
    return _NOT_WHEN.search(sentence, 0, week.start() if week else begins) is not None


def _governs_after(
    sentence: str, cue_end: int, begins: int, ends: int, mention: DateMention
) -> bool:
    """Return whether the words promise what happens on the date after them."""
    between = _ITS_VERB.sub(r"\1 ", _PERFECT.sub(" ", sentence[cue_end:begins], count=1))
    if _OTHER_CLAUSE.search(between) or _tells_of_the_past(between) or _IN_MIND.match(between):
        return False
    when = _WHEN.search(between)
    aside = between.rpartition("(")[2] if "(" in between else ""
    if aside.strip() and ")" not in aside and not when:
        return False  # the day of a source: `will keep 900 officers (workforce plan, May 2025)`
    if _ABOUT.match(between) and not (mention.is_day and when and when[0].startswith("on")):
        return False
    if _GIVES.match(between) and not _is_short(mention):
        return False
    if when is None:
        return not _NOUN_FOLLOWS.match(sentence, ends)
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
    if _OTHER_CLAUSE.search(between) or _tells_of_the_past(between):
        return False
    when = _WHEN.search(sentence, 0, begins)
    lead = sentence[: when.start() if when else begins]
    clause = lead[[m.end() for m in _CLAUSE_BEGINS.finditer(lead)][-1] :]
    if _tells_of_the_past(clause) or _AFTER_IT.match(clause):
        return False
    if _MEETING_FOLLOWS.match(sentence, ends):
        return True
    if when is None:
        is_subject = not between.strip() or not _NOUN_FOLLOWS.match(sentence, ends)
        return clause.strip().casefold() in ("", "the") and is_subject
    if not clause.strip():
        return when[0].split()[0].casefold() not in ("for", "to")
    if _LEADS_TO.match(sentence, cue_start):
        return False
    if _OF_A_MEETING.search(clause):
        return False
    is_meeting = bool(re.search(rf"\b{_MEETING}\s*$", clause, re.IGNORECASE))
    if is_meeting:
        return _is_short(mention)
    on_the_day = mention.is_day and when[0].casefold().startswith("on")
    # Of "the walk on 3 May will lead to a report" only the report is promised.
    return on_the_day and bool(_HAPPENS.match(sentence, cue_start))


def _is_short(mention: DateMention) -> bool:
    return (mention.last - mention.first).days <= 31


def _tells_of_the_past(words: str) -> bool:
    return any(
        not (match["before"] and _NOT_PAST.fullmatch(match["before"].strip()))
        for match in _PAST.finditer(words)
    )
