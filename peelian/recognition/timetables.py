"""The present as a timetable speaks: `it ends on 8 November`, `a ninth officer joins in May`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelian.expressions import expression

Span = tuple[int, int]

_GOES = r"(?:ahead|back|before|in|into|live|on\s+(?:display|sale|show)|out|to|up)"
_BODY = (
    r"(?:(?:the|this|its|our)\s+)?(?:\w+\s+){0,3}?"
    r"(?:board|cabinet|committee|council|meeting|panel)"
)
_COMES = (
    rf"(?:to\s+{_BODY}|back|before|in|into\s+(?:effect|force|use)|off|on\s+stream|out|"
    r"to\s+an\s+end|up)"
)
_TAKES = r"(?:effect|office|over|place|up)"
# Of one thing, of several; each is something that happens once.
_EVENTS = (
    rf"arrives?|begins?|ceases?|clos(?:e|es)|com(?:e|es)\s+{_COMES}|commences?|completes?|concludes?|"
    rf"departs?|ends?|expires?|falls?\s+due|finish(?:es)?|go(?:es)?\s+{_GOES}|hands?\s+over|joins?|"
    rf"laps(?:e|es)|launch(?:es)?|leaves?|meets?|moves?\s+(?:in|into|out|to)|opens?|publish(?:es)?|"
    rf"reopens?|resumes?|retires?|returns?\s+(?:from|to)|runs?\s+out|sits?|stands?\s+down|starts?|steps?\s+down|"
    rf"switch(?:es)?\s+(?:over|to)|takes?\s+{_TAKES}|transfers?\s+to|gets?\s+(?:going|started|under\s*way)|"
    r"gives?\s+(?:her|his|its|their)\s+(?:judgment|judgement|reply|response|ruling)"
)
_HAPPENS = expression(
    rf"(?:(?P<before>[\w’')]+)\s+)?\b(?P<verb>{_EVENTS})\b(?=[\s,])", re.IGNORECASE
)
# These are nouns as often as verbs, and count only right before the date.
_MAYBE_NOUN = expression(
    r"(?P<before>[\w’')]+)\s+(?P<verb>reports?|returns?|visits?|votes?|moves?|runs|changes?)\s+"
    r"(?=(?:on|in|at|until|till|from|by|early|mid|late)\b)",
    re.IGNORECASE,
)
# After such a verb and its date, the clause is at its end.
_ENDS = expression(r"[^.;,()]{0,30}?(?:19|20)\d\d(?:[.,;)]|$|\s+(?:and|with|when|so)\b)")
_IS_ON = expression(
    r"\b(?:is|are)\s+(?=on\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?\d)"
    r"|\b(?:is|are|remains?)\s+(?:being\s+)?(?:closed|extended|on\s+display|open|out|suspended)\s+"
    r"(?=(?:till|to|until)\b)|\b(?:has|have)\s+(?:been\s+given\s+)?(?=until\b)"
    r"|\bmarks\s+(?=(?:\w+\s+){1,2}(?:years?|months?|anniversary)\b)",
    re.IGNORECASE,
)
# What is expected, promised or allowed until a day, and what was put off to one.
_SET_FOR = expression(
    r"\b(?:(?:I|we|they)\s+(?:now\s+|still\s+)?(?:expect|await|plan)|"
    r"(?:is|are)\s+(?:still\s+|now\s+)?awaited)\b|"
    r"\b(?<!as )(?<!its )(?<!the )(?<!our )(?<!their )(?:expects|awaits|plans)\s+"
    r"(?=(?:an?|its|our|the|their|two|three)\s)|"
    r"\b(?:has|have)\s+(?:promised|undertaken|pledged|committed\s+to)\b(?=[^.;,]{0,60}\bby\s)|"
    r"\b(?:is|are)\s+(?:asked|invited)\b(?=[^.;,]{0,60}\bby\s)|"
    r"\b(?:can|may)\s+(?:still\s+)?(?:apply|be\s+(?:given|made|sent)|comment|give|have\s+(?:their|your)|reply|"
    r"respond|send|write)\b"
    r"(?=[^.;,]{0,40}\b(?:before|by|till|to|until)\s)|"
    r"\b(?:has|have|is|are)\s+(?:now\s+|been\s+){0,2}(?:brought\s+forward|deferred|delayed|extended|moved|"
    r"postponed|put\s+(?:back|off)|rearranged|rescheduled|slipped)"
    r"(?=\s+(?:till|to|until)\s+(?:\d|(?-i:[A-Z])|early|late|mid|next|spring|summer|the\s+(?:end|spring|"
    r"start|summer|autumn|week|\d)|autumn|winter))|"
    r"\b(?:is|are)\s+(?:still\s+)?being\s+\w+(?=\s+(?:till|until)\s)",
    re.IGNORECASE,
)
_OF_WHICH, _WAS = frozenset(["who", "which", "that"]), expression(r"\b(?:did|had|was|were)\b")
# The future as minutes report it.
_REPORTED = expression(
    r"\b(?:would|['’]d)\s+(?!have\b)|\b(?:was|were)\s+(?:now\s+|then\s+)?(?:to\s+(?!have\b)|"
    r"(?:due|going|likely|set)\s+to\s+(?!have\b))",
    re.IGNORECASE,
)
_CAME_OTHERWISE = expression(
    r"\b(?:but|however|although|cancelled|delayed|instead|moved|overdue|postponed|slipped|yet)\b",
    re.IGNORECASE,
)
# Before a verb these make it another form of it, or a noun.
_NO_VERB = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "our",
        "their",
        "my",
        "your",
        "no",
        "some",
        "any",
        "each",
        "every",
        "to",
        "not",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "did",
        "do",
        "does",
        "let",
        "help",
        "helps",
        "had",
        "has",
        "have",
        "of",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "and",
        "or",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
_PLURAL = expression(
    r"(?!(?:as|does|has|his|is|its|less|this|thus|us|was|yes)$)\w*[^s’']s|people|staff|we|they|i|you|who|which|that|all|both|men|women|children",
    re.IGNORECASE,
)
# With a verb before it, `open` says how something was: `it had 842 cases open at the end of March`.
_HAS_A_VERB = expression(
    r"\b(?:are|had|has|have|is|keeps?|kept|leaves?|left|was|were|with)\b[^.;,]*$", re.IGNORECASE
)
_NEAR = 60
# Where these begin or end, it is told of what time something is.
_SPANS_TIME = frozenset(
    [
        "year",
        "years",
        "period",
        "periods",
        "quarter",
        "half-year",
        "month",
        "months",
        "data",
        "figures",
        "series",
        "table",
        "chart",
        "graph",
        "record",
        "records",
    ]
)


def reported(sentence: str) -> Iterator[Span]:
    """Yield where a sentence of minutes reports that something was then still to come."""
    if not _CAME_OTHERWISE.search(sentence):
        yield from (match.span() for match in _REPORTED.finditer(sentence))


def timetabled(sentence: str) -> Iterator[Span]:
    """Yield where a sentence tells in the present what happens once."""
    for match in _HAPPENS.finditer(sentence):
        before, verb = match["before"] or "", match["verb"].split()[0]
        if before.casefold() in _NO_VERB - {"and", "or"} or before.casefold() in _SPANS_TIME:
            continue
        lead = sentence[: match.start("verb")][-_NEAR:]
        of_several = _PLURAL.fullmatch(before) and not _HAS_A_VERB.search(lead)
        if not verb.endswith("s") and not of_several:
            continue
        if before.casefold() in _OF_WHICH and _WAS.search(sentence, match.end()):
            continue  # `the officers who start in May were sworn in`
        yield match.span("verb")
    for match in _MAYBE_NOUN.finditer(sentence):
        before, verb = match["before"].casefold(), match["verb"]
        one = verb.endswith("s") and not _PLURAL.fullmatch(before)
        if (
            one
            and before not in _NO_VERB
            and not before.isdigit()
            and _ENDS.match(sentence, match.end())
        ):
            yield match.span("verb")
    for words in (_IS_ON, _SET_FOR):
        yield from (match.span() for match in words.finditer(sentence))
