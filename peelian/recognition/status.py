"""Words of status into the record's vocabulary: `Action complete.`, `put on hold`, `RAG: Amber`.

A status is a statement about the action itself: it leads a sentence, or stands alone, or follows
what the action is called ("this action is now"). "A web audit has been completed" says something
of a part, "not yet complete" and "once complete" deny it: neither is a status of the action, but
what is denied is under way or has not begun.
"""

from __future__ import annotations

import re

from peelian.expressions import expression

Found = tuple[str, str, int]

# The words for each status, the denials first: what is "not yet complete" is not complete.
_WORDS = (
    (
        "not_started",
        r"(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:started|begun|commenced)|"
        r"yet\s+to\s+(?:be\s+)?(?:start|begin|commence)(?:ed)?|unstarted|not\s+due\s+to\s+start",
    ),
    (
        "superseded",
        r"no\s+longer\s+(?:required|needed|applicable|relevant|being\s+pursued|pursued)|"
        r"superseded|discontinued|cancelled|withdrawn|not\s+being\s+taken\s+forward",
    ),
    (
        "off_track",
        r"off[\s-]+track|not\s+on\s+(?:track|target|schedule)|behind\s+(?:schedule|target|plan)|"
        r"overdue|delayed|slipped",
    ),
    (
        "at_risk",
        r"at\s+risk|(?:some|slight|slightly|minor)\s+(?:delays?|delayed|slippage)",
    ),
    (
        "on_track",
        r"(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:fully\s+)?(?:complete|finished|closed)d?|"
        r"incomplete|outstanding|"
        r"(?:part(?:ly|ially)?|nearly|almost|largely|mostly|substantially|\d{1,2}\s?%)[\s-]+"
        r"completed?|"
        r"(?:to\s+be|will\s+be|due\s+(?:to\s+be|for)|should\s+be|expected\s+to\s+be)\s+complet\w+",
    ),
    ("on_hold", r"(?:put\s+|placed\s+)?on\s+hold|paused|postponed|deferred|suspended|halted"),
    (
        "complete",
        r"completed?|finished|closed|discharged|achieved|(?:fully\s+)?implemented(?:\s+in\s+full)?",
    ),
    (
        "on_track",
        r"on[\s-]?going|on[\s-]+(?:track|target|schedule)|in\s+progress|progressing(?:\s+well)?|"
        r"under\s?way|continuing|in\s+hand",
    ),
)
# A text without one of these states nothing in words: most texts are done with there.
_STEMS = (
    "start", "begun", "begin", "commenc", "longer", "supersed", "discontinu", "cancel", "withdraw",
    "forward", "track", "target", "schedule", "behind", "overdue", "delay", "slip", "risk",
    "complet", "finish", "clos", "outstanding", "hold", "paus", "postpon", "defer", "suspend",
    "halt", "discharg", "achiev", "implement", "going", "progress", "way", "continu", "hand",
)  # fmt: skip
_RATINGS = ("rag", "status", "rating")
_COLOURS = {
    "red": "off_track",
    "amber": "at_risk",
    "yellow": "at_risk",
    "green": "on_track",
    "blue": "complete",
    "r": "off_track",
    "a": "at_risk",
    "g": "on_track",
    "b": "complete",
}
_LEAD = r"(?:^|(?<=[.!?;:•·–—|\n])|(?<=\s-))\s*"
_NOUN = (
    r"(?:actions?|activit(?:y|ies)|work|projects?|tasks?|milestones?|commitments?|objectives?|"
    r"programmes?|initiatives?|deliverables?|items?|schemes?|monitoring|status|progress|"
    r"(?:transformation|improvement|development|implementation)\s+"
    r"(?:activity|work|project|programme))"
)
_SUBJECT = rf"(?:(?:this|the|these|that|our|all|it)\s+)?(?:{_NOUN}\s*[:–-]?\s*)?"
_VERB = (
    r"(?:(?:is|are|was|were|has|have|had|been|being|remains?|now|currently|also|fully|all|still|"
    r"already|just)\s+){0,5}"
)
_STOPS = r"(?=\s*(?:$|[.,;:!()\n–—-]|[A-Z0-9])|\s+(?:{after})\b)"
_AFTER = (
    r"and|but|with|as|in|on|by|for|to|at|due|following|since|from|within|pending|subject|related|"
    r"until|through|this|it|we|all|now|ahead|while|whilst|during|after|via|where|because|between"
)
# "Complete the pilot" asks; "complete and published" and "Complete Charter in place" state.
_STATEMENT = expression(
    rf"{_LEAD}(?P<said>(?i:{_SUBJECT}{_VERB}(?:"
    + "|".join(f"(?P<w{n}>{words})" for n, (_value, words) in enumerate(_WORDS))
    + ")))"
    + _STOPS.format(after=_AFTER)
)
# A cell that is one sentence speaks of the action, whatever its subject.
_WHOLE = expression(
    r"[^.!?;\n]{1,160}?\b(?P<said>(?:has|have)\s+(?:now\s+)?(?:been|is)\s+"
    r"(?P<word>completed|finished|paused|postponed|put\s+on\s+hold|cancelled|withdrawn|superseded))"
    r"\b[^.!?;\n]{0,160}[.!]?",
    re.IGNORECASE,
)
_WHOLE_VALUES = {"completed": "complete", "finished": "complete", "cancelled": "superseded"}
_WHOLE_VALUES |= {"withdrawn": "superseded", "superseded": "superseded"}
_HOLD = expression(
    r"\b(?P<said>(?:has|have)\s+been\s+(?:put|placed)\s+on\s+hold|remains?\s+(?:paused|on\s+hold))\b",
    re.IGNORECASE,
)
_RAG = expression(
    r"\b(?P<said>(?:B?RAG|BRAG|status|rating)(?:\s+(?:status|rating))?\s*(?:[:=–-]|is)?\s*"
    r"(?P<colour>red|amber|yellow|green|blue|[RAGB]))(?![\w/-])",
    re.IGNORECASE,
)
_ALONE = expression(
    r"\s*(?P<said>(?P<colour>red|amber|yellow|green|blue|[RAGB])"
    r"(?:\s*[–/-]?\s*(?:on|off|at)\s+(?:track|risk|target))?)\s*[.)]?\s*",
    re.IGNORECASE,
)
_LONGEST = 20_000


def status_of(text: str) -> Found | None:
    """Return the status a text states, the words that state it as printed, and their offset.

    The first statement counts. None where the text states none; never raises.
    """
    text = text[:_LONGEST]
    small = text.casefold()
    found = _colours(text, small)
    if any(map(small.__contains__, _STEMS)):
        if match := _STATEMENT.search(text):
            # Where two begin together the denial, which is tried first, has it.
            value = next(v for n, (v, _words) in enumerate(_WORDS) if match[f"w{n}"])
            found.append(_found(value, match))
        found = found or _in_sentences(text)
    return min(found, key=lambda one: one[2], default=None)


def wording(text: str) -> str:
    """Return the words by which a text states its status, in small letters; empty for none."""
    found = status_of(text)
    return " ".join(found[1].split()).casefold() if found else ""


def _found(value: str, match: re.Match[str]) -> Found:
    said = match["said"]
    blank = len(said) - len(said.lstrip())
    return value, said.strip(), match.start("said") + blank


def _colours(text: str, small: str) -> list[Found]:
    """Return the red, amber or green that a text states."""
    rated = any(word in small for word in _RATINGS)
    match = _ALONE.fullmatch(text) or (_RAG.search(text) if rated else None)
    return [_found(_COLOURS[match["colour"].casefold()], match)] if match else []


def _in_sentences(text: str) -> list[Found]:
    """Return what is said of the action in the middle of a sentence, where that is certain."""
    if match := _HOLD.search(text):
        return [_found("on_hold", match)]
    if match := _WHOLE.fullmatch(text.rstrip()):
        return [_found(_WHOLE_VALUES.get(match["word"].casefold(), "on_hold"), match)]
    return []
