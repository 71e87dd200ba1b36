"""Of what time and place a figure is, and where it comes from, as its sentence says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelian.expressions import expression
from peelian.recognition.measures import Room, clause_after

_RELATIVE = expression(
    r"\b(?:the\s+|my\s+|our\s+)?(?:last|past|previous|latest|current|same|this|first|next|each|"
    r"every)\s+"
    r"(?:few\s+|two\s+|three\s+|four\s+|five\s+|six\s+|nine\s+|\d{1,2}\s+|financial\s+|"
    r"calendar\s+|reporting\s+|full\s+){0,2}"
    r"(?:years?|quarters?|months?|weeks?|periods?|terms?|days?)\b(?:\s+(?:of|in)\s+(?:my\s+|"
    r"the\s+)?(?:office|term|year))?"
    r"|\byear[- ]to[- ]date\b|\brolling\s+\w+\s+months?\b|\bto\s+date\b"
    r"|\bwhen\s+(?:I|he|she|they|we)\s+(?:was|were)\s+(?:first\s+)?elected\b|"
    r"\bwhen\s+\w+\s+took\s+office\b|\bbefore\s+(?:my|his|her|the)\s+election\b"
    r"|\bat\s+the\s+(?:start|beginning|end)\s+of\s+(?:my|his|her|the|this)\s+(?:term|year)\b"
    r"|\bduring\s+(?:my|his|her|the|this)\s+term(?:\s+of\s+office)?\b"
    r"|\b(?:[Ww]hen|[Uu]pon)\s+(?:my\s+)?elect(?:ed|ion)\b",
    re.IGNORECASE,
)
_PREPOSITION = expression(
    r"\b(?:in|during|since|from|for|by|on|to|between|until|of|over|at|and|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AGAINST = expression(r"\b(?:against|above|below|than|compared)\b", re.IGNORECASE)
_EACH = expression(r"(?:each|every)\b", re.IGNORECASE)
_RECORD = expression(r"\b(?:highest|lowest|best|worst|most|fewest|first)\b[\w\s]{0,25}\bsince\s+$")
_LEAD_IN = expression(
    r"(?:\b(?:(?:rolling\s+)?(?:\d{1,2}|two|three|six|nine|twelve)[\s-]+(?:month|week|year|"
    r"day)s?\s+(?:period\s+)?"
    r"(?:to|ending|ended|from|up\s+to)|(?:year|quarter|month|week|period)\s+(?:to|ending|ended)|"
    r"as\s+at|as\s+of)\s+"
    r"(?:the\s+)?(?:end\s+of\s+)?)$",
    re.IGNORECASE,
)
_PLACE = expression(
    r"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|"
    r"[Ww]ithin)\s+(?:the\s+)?(?P<place>[A-Z][\w’'-]+(?:(?:,?\s+(?:and|&|of|upon|on)\s+|,?\s+)"
    r"(?:[A-Z][\w’'-]+)){0,4})"
)
_NO_PLACE = expression(
    r"(?:Line|Board|Panel|Scheme|Strategy|Plan|Groups?|Project|Fund|Act|Report|Survey|Courts?|"
    r"Partnerships?|Service|"
    r"Office|Programme|Network|Officers?|Commissioners?|Team|Initiative|Charter|Forum|Centre|"
    r"Unit|Watch|Media|Facebook|"
    r"Order|Inspection|Framework|Agency|Database|System|Department|Committee|Council|Constable|"
    r"[A-Z]{2,}s?|"
    r"Year|Quarter|Band|Grant|Award|Crime|Abuse|Violence|Justice|Meeting|Minister|Ministry|"
    r"Government)(?:’s|'s)?$"
)
_NATION = expression(
    r"\b(?:nationally|nationwide|national(?=\s+(?:average|rate|figure|picture|level))|"
    r"England\s+(?:and|&)\s+Wales"
    r"|across\s+the\s+country|the\s+UK|most\s+similar\s+(?:group|forces?)|MSG|force[- ]?wide|"
    r"across\s+the\s+force(?:\s+area)?|county[- ]?wide)\b",
    re.IGNORECASE,
)
_NAMED = (
    r"[A-Za-z][\w’'&-]*(?:\s+(?!shows?\b|showed\b|suggests?\b|indicates?\b|that\b|is\b|are\b|"
    r"was\b|were\b|has\b|"
    r"have\b|in\b|since\b|will\b|and\b)[A-Za-z][\w’'&-]*){0,5}"
)
_SURVEYOR = (
    r"(?:(?!(?:The|Our|This|These|An?|In|My|Its|Their)\s)[A-Z][\w’'&-]+|public|perceptions?|"
    r"confidence|staff|residents?['’]?|online|national|crime|satisfaction|user|independent)"
)
_SOURCE = expression(
    rf"\b(?:[Aa]ccording\s+to\s+(?:the\s+|an?\s+)?{_NAMED}"
    r"|(?:[Dd]ata|[Ff]igures|[Ss]tatistics|[Rr]esults|[Ii]nformation|[Aa]nalysis|[Ee]vidence)"
    rf"\s+(?:from|by|of|published\s+by|provided\s+by)\s+(?:the\s+|an?\s+)?{_NAMED}"
    rf"|[Ss]ource\s*:\s*{_NAMED}"
    rf"|(?:{_SURVEYOR}\s+(?:and\s+)?){{0,5}}"
    r"(?:[Ss]urveys?|[Cc]ensus|study|audit|evaluation|poll|polling|questionnaire|dashboard|"
    r"analysis)\b(?:\s+for\s+England\s+and\s+Wales)?"
    r"|CSEW|ONS(?:\s+(?:figures|data|statistics))?|IOPC\s+(?:figures|data|statistics)"
    r"|police\.uk|[Rr]ecorded\s+crime\s+statistics)\b"
)


def periods_in(sentence: str, dated: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where a sentence names periods: its dates with what leads in to them, `last year`."""
    spans = [_led_in(sentence, span) for span in dated]
    spans += [m.span() for m in _RELATIVE.finditer(sentence) if not _within(m.span(), spans)]
    return sorted(spans)


def relative_period(text: str) -> str:
    """Return the first period that a text names in words: `last year`, `to date`; else nothing."""
    return next((m[0] for m in _RELATIVE.finditer(text) if not _EACH.match(m[0])), "")


def without(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a sentence with spaces where these spans stand, and the preposition before each."""
    for start, end in spans:
        lead = _PREPOSITION.search(sentence, max(start - 16, 0), start)
        start = lead.start() if lead else start
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    return sentence


def period_of(
    sentence: str, room: Room, spans: Sequence[tuple[int, int]], compared: Sequence[int]
) -> str:
    """Return the time a figure is of, as printed; empty where its sentence does not say.

    `spans` are the periods in the sentence, `compared` where comparisons begin: what follows one
    is the time of something else. One in the figure's own room comes first, then the only one of
    the sentence, unless another figure stands between.
    """
    usable = [s for s in spans if not _RECORD.search(sentence, max(s[0] - 40, 0), s[0])]
    stop = min([c for c in compared if room.end <= c < room.after], default=room.after)
    own = [s for s in usable if room.end <= s[0] and s[1] <= stop]
    own = own or [s for s in usable if room.before <= s[0] and s[1] <= room.start][::-1]
    if not own and len(usable) == 1 and usable[0][1] <= room.start:
        own = usable
    rates = [s for s in own if _EACH.match(sentence, s[0])]
    if rates and len(usable) == 2:  # `when elected ... 38% each year`
        own = [s for s in usable if s not in rates]
    return sentence[own[0][0] : own[0][1]].strip(" .") if own else ""


def _led_in(sentence: str, span: tuple[int, int]) -> tuple[int, int]:
    lead = _LEAD_IN.search(sentence, max(span[0] - 50, 0), span[0])
    return (lead.start(), span[1]) if lead else span


def _within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(one[0] < span[1] and span[0] < one[1] for one in spans)


def area_of(sentence: str, room: Room) -> str:
    """Return the place a figure is of, as printed; empty where its own words name none."""
    after_it = clause_after(sentence, room)
    against = _AGAINST.search(after_it)
    clause = room.end + (against.start() if against else len(after_it))
    after = _places(sentence, room.end, clause)
    before = _places(sentence, room.before, room.start)
    return after[0] if after else before[-1] if before else ""


def _places(sentence: str, start: int, end: int) -> list[str]:
    found = [(m.start(), m[0]) for m in _NATION.finditer(sentence, start, end)]
    for match in _PLACE.finditer(sentence, start, end):
        place = match["place"]
        if not _NO_PLACE.search(place) and place.split()[0] not in _MONTHS:
            found.append((match.start(), place))
    return [place for _at, place in sorted(found)]


_MONTHS_TEXT = """
January February March April May June July August September October November December
"""
_MONTHS = frozenset(_MONTHS_TEXT.split())


def source_of(text: str) -> str:
    """Return where a text says its figures come from, as printed; empty where it does not."""
    match = _SOURCE.search(text)
    return " ".join(match[0].split()) if match else ""
