"""What a figure measures, and of what time and place: the words of its own clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_WORDS = 16
_CLAUSE_ENDS = re.compile(
    r",(?!\d)|[;:()]|(?<!\w)[–—-](?!\w)|\.(?:\s|$)|\b(?:while|whilst|whereas|versus|vs|but|compared|although|despite|"
    r"which\s+(?:is|was|has|have)|bringing|making|representing|and\s+(?:an?|the|we|I|it|they|this|he|she)(?=\s))\b",
    re.IGNORECASE,
)
_BEFORE_ENDS = re.compile(
    r",(?!\d)|[;:()]|(?<!\w)[–—-](?!\w)|\.(?:\s|$)|\b(?:while|whilst|whereas|but|although|despite|so|that)\b",
    re.IGNORECASE,
)
# After a number these begin something that says when, where or against what, not what is measured.
_CIRCUMSTANCE = re.compile(
    r"\s*(?:$|(?:in|during|since|on|at|by|from|to|over|within|between|across|compared|versus|vs|"
    r"when|which|and|or|as|this|last|per|after|before|until|throughout|nationally|for|now|today|"
    r"respectively|so|if|but|while|whereas|than|with)\b|\()",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3}){1,3}\)?\s+(?=[A-Z])")
_DONE_BEFORE = re.compile(r"\b(?P<done>[a-z]{3,15}ed|made|held|given)\s+(?:[a-z]+\s+){0,2}$")
_DETERMINER = re.compile(r"\b(?:the|our|its|my|their)\s+")
_JOINS = re.compile(
    r"(?i:in|of|for|to|at|on|by|with|from|and|or|across|within|that|over|than|through|into|"
    r"is|are|was|were|has|have|had|increase|increased|see|seen|saw|\w+ing|\w+ed)"
)
_PARTICIPLE = re.compile(r"\s*(?:[a-z]{3,15}ed|made|given|held|coming)\b")
_PURPOSE = re.compile(r"\s*(?:to|on|for|towards|into|in|of|from)\b", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\s+|^)(?:(?:versus|vs|compared|against|fairly|consistent|is|are|was|were|has|have|had|been|be|being|now|currently|also|at|to|by|of|from|a|an|the|just|only|over|around|"
    r"about|approximately|nearly|almost|more|less|than|up|total|stands|stood|standing|stand|remains|remained|remaining|"
    r"stable|increased|increasing|decreased|risen|rose|fell|fallen|dropped|reduced|figure|figures|averaging|averaged|reached|"
    r"achieved|was|with|and|some|well|significantly|slightly|estimated|in|for|amounted|grown|trebled|doubled|moving)\s*)+$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:the\s+|my\s+|our\s+)?(?:last|past|previous|latest|current|same|this|first|next|each|every)\s+"
    r"(?:few\s+|two\s+|three\s+|four\s+|five\s+|six\s+|nine\s+|\d{1,2}\s+|financial\s+|calendar\s+|reporting\s+|full\s+){0,2}"
    r"(?:years?|quarters?|months?|weeks?|periods?|terms?|days?)(?:\s+(?:of|in)\s+(?:my\s+|the\s+)?(?:office|term|year))?"
    r"|\byear[- ]to[- ]date\b|\brolling\s+\w+\s+months?\b|\bto\s+date\b"
    r"|\bwhen\s+(?:I|he|she|they|we)\s+(?:was|were)\s+(?:first\s+)?elected\b|\bwhen\s+\w+\s+took\s+office\b|\bbefore\s+(?:my|his|her|the)\s+election\b"
    r"|\bat\s+the\s+(?:start|beginning|end)\s+of\s+(?:my|his|her|the|this)\s+(?:term|year)\b"
    r"|\bduring\s+(?:my|his|her|the|this)\s+term(?:\s+of\s+office)?\b"
    r"|\b(?:[Ww]hen|[Uu]pon)\s+(?:my\s+)?elect(?:ed|ion)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:in|during|since|from|for|by|on|to|between|until|of|over|at|and|within)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_EACH = re.compile(r"(?:each|every)\b", re.IGNORECASE)
_RECORD = re.compile(r"\b(?:highest|lowest|best|worst|most|fewest|first)\b[\w\s]{0,25}\bsince\s+$")
LEAD_IN = re.compile(
    r"(?:\b(?:(?:rolling\s+)?(?:\d{1,2}|two|three|six|nine|twelve)[\s-]+(?:month|week|year|day)s?\s+(?:period\s+)?"
    r"(?:to|ending|ended|from|up\s+to)|(?:year|quarter|month|week|period)\s+(?:to|ending|ended)|as\s+at|as\s+of)\s+"
    r"(?:the\s+)?(?:end\s+of\s+)?)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Ww]ithin)\s+(?:the\s+)?(?P<place>[A-Z][\w’'-]+(?:(?:,?\s+(?:and|&|of|upon|on)\s+|,?\s+)"
    r"(?:[A-Z][\w’'-]+)){0,4})"
)
_NO_PLACE = re.compile(
    r"(?:Line|Board|Panel|Scheme|Strategy|Plan|Groups?|Project|Fund|Act|Report|Survey|Courts?|Partnerships?|Service|"
    r"Office|Programme|Network|Officers?|Commissioners?|Team|Initiative|Charter|Forum|Centre|Unit|Watch|Media|Facebook|"
    r"Order|Inspection|Framework|Agency|Database|System|Department|Committee|Council|Constable|[A-Z]{2,}s?|"
    r"Year|Quarter|Band|Grant|Award|Crime|Abuse|Violence|Justice|Meeting|Minister|Ministry|Government)(?:’s|'s)?$"
)
_NATION = re.compile(
    r"\b(?:nationally|nationwide|national(?=\s+(?:average|rate|figure|picture|level))|England\s+(?:and|&)\s+Wales"
    r"|across\s+the\s+country|the\s+UK|most\s+similar\s+(?:group|forces?)|MSG|force[- ]?wide|"
    r"across\s+the\s+force(?:\s+area)?|county[- ]?wide)\b",
    re.IGNORECASE,
)
_NAMED = (
    r"[A-Za-z][\w’'&-]*(?:\s+(?!shows?\b|showed\b|suggests?\b|indicates?\b|that\b|is\b|are\b|was\b|were\b|has\b|"
    r"have\b|in\b|since\b|will\b|and\b)[A-Za-z][\w’'&-]*){0,5}"
)
_SURVEYOR = (
    r"(?:(?!(?:The|Our|This|These|An?|In|My|Its|Their)\s)[A-Z][\w’'&-]+|public|perceptions?|"
    r"confidence|staff|residents?['’]?|online|national|crime|satisfaction|user|independent)"
)
_SOURCE = re.compile(
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
_WORDS = re.compile(r"[A-Za-z][A-Za-z’'&/-]*\d{0,2}|\b\d{1,3}\b")
_EMPTY_TEXT = """
a an the of in to for and or on at by from with without is are was were be been being has
have had it its our my their his her we i he she they you this that these those there which
who whom whose than then so as all now also just only over under around about approximately
nearly almost more most less up down out into onto through during since within between among
per each every year years month months week weeks quarter currently current total number
numbers figure figures rate level overall additional further new extra will would can could
should may might must do does did not no nor but if when while where what how both some any
such other same very well good last past previous latest next first recent term office
percentage percent proportion average across force police area areas county region
nationally national stand stands standing stood remain remains remained get gets given made
make us one two three including include includes included available provided provide
increase increased increases decrease decreased reduction reduced rise fall growth drop
lower higher change headline significantly amount already value stable pcc pccs commissioner
constabulary against via towards don’t don't
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


_LOOSE_TEXT = """
and or with to of by from in at on for the a an over that than is was were be are as
"""
_LOOSE = frozenset(_LOOSE_TEXT.split())


@dataclass(frozen=True)
class Room:
    """Where in a sentence a figure's own words may stand: between its neighbours."""

    before: int
    start: int
    end: int
    after: int


def measure_of(
    sentence: str, room: Room, *, money: bool, noun_start: int, counted: bool
) -> tuple[str, int]:
    """Return the words of a sentence that say what is measured, and where those after it end.

    The words are empty where the figure borrows another's. `counted`: a noun follows, that begins
    at `noun_start`.
    """
    after = _until(_CLAUSE_ENDS, sentence[room.end : room.after])
    before = _since(_BEFORE_ENDS, sentence[room.before : room.start])
    end = room.end + len(after)
    if counted:
        noun = sentence[noun_start:end]
        done = _DONE_BEFORE.search(before) if len(words_of(noun)) < 3 else None
        return _trimmed(f"{_trimmed(noun)} {done['done']}" if done else noun), end
    if money:
        lead = " ".join(_TAIL.sub("", before).split()[-4:])
        purpose = after if _PURPOSE.match(after) or not _CIRCUMSTANCE.match(after) else ""
        return _trimmed(f"{lead} {purpose}"), end if purpose else room.end
    said = _TAIL.sub("", before)
    if not _CIRCUMSTANCE.match(after) and words_of(after):
        subject = " ".join(said.split()[-6:]) if _PARTICIPLE.match(after) else ""
        return _trimmed(subject + re.sub(r"^\s*of\s+", " ", after)), end
    if words_of(said):
        return _trimmed(" ".join(_subject(said).split()[-_MOST_WORDS:])), room.end
    if words_of(after) and not before.strip(" ,;and"):
        return _trimmed(after), end
    return "", room.end


def _subject(said: str) -> str:
    """Return the words from where a new noun begins: not what an opening phrase says before it."""
    for match in reversed(list(_DETERMINER.finditer(said))):
        before = said[: match.start()].split()[-1:]
        if before and not _JOINS.fullmatch(before[0]) and words_of(said[match.end() :]):
            return said[match.end() :]
    return said


def _until(ends: re.Pattern[str], text: str) -> str:
    match = ends.search(text)
    return text[: match.start()] if match else text


def _since(ends: re.Pattern[str], text: str) -> str:
    last = 0
    for match in ends.finditer(text):
        if words_of(text[match.end() :]):
            last = match.end()
    return text[last:]


def _trimmed(text: str) -> str:
    words = _NUMBERED.sub("", text).split()[:_MOST_WORDS]
    while words and words[-1].casefold() in _LOOSE:
        words.pop()
    return re.sub(r"(?<=[a-z])\d$", "", " ".join(words).strip(" ,;:.–—-‘’“”\"'"))


def words_of(measure: str) -> frozenset[str]:
    """Return the words of a measure that tell it from others, each by its stem."""
    made = set()
    for match in _WORDS.finditer(measure):
        for piece in re.split(r"[/-]", match[0].casefold()):
            word = re.sub(r"(?<=[a-z])\d+$|[’']s?$", "", piece)
            if (len(word) > 1 or word.isdigit()) and word not in _EMPTY:
                made.add(_stem(word))
    return frozenset(made)


def _stem(word: str) -> str:
    for end in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ies",
        "ied",
        "ions",
        "ion",
        "ed",
        "es",
        "s",
        "e",
        "y",
    ):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def periods_in(sentence: str, dated: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where a sentence names periods: its dates with what leads in to them, `last year`."""
    spans = [_led_in(sentence, span) for span in dated]
    spans += [m.span() for m in _RELATIVE.finditer(sentence) if not _within(m.span(), spans)]
    return sorted(spans)


def names_period(text: str) -> bool:
    """Return whether a text names a period in words: `last year`, `to date`."""
    return any(not _EACH.match(match[0]) for match in _RELATIVE.finditer(text))


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
    lead = LEAD_IN.search(sentence, max(span[0] - 50, 0), span[0])
    return (lead.start(), span[1]) if lead else span


def _within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(one[0] < span[1] and span[0] < one[1] for one in spans)


def area_of(sentence: str, room: Room) -> str:
    """Return the place a figure is of, as printed; empty where its own words name none."""
    clause = room.end + len(_until(_CLAUSE_ENDS, sentence[room.end : room.after]))
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
