"""Number forms in prose: `£1.2m`, `85 per cent`, `three`, `a third`, `one in five`, `+165`.

What is written in digits and measures nothing is left out: dates, references, telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from peelian.expressions import expression

_ONES_TEXT = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TENS_TEXT = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: n for n, word in enumerate(_ONES_TEXT.split())}
_TENS = {word: n * 10 for n, word in enumerate(_TENS_TEXT.split(), 2)}
_WORDS = _ONES | _TENS
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_TIMES = {"halv": 0.5, "doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "twice": 2}

_WORD = "|".join(_WORDS)
_UNITS = "|".join(list(_ONES)[1:10])
_PART = "|".join(_PARTS)
_RANKS_TEXT = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_RANKS = {word: n for n, word in enumerate(_RANKS_TEXT.split(), 1)}
_NTH = "|".join(_RANKS)
# Of people `four out of five` is a share; of events or stations it is a tally.
_ASKED = (
    "(?:adults|agreed?|are|children|clients|feel|felt|men|parents|patients|people|pupils|"
    "residents|respondents|said|say|students|suspects|think|thought|users|victims|visitors|"
    "witnesses|women|would|(?!letters|members|numbers|orders|papers|posters|quarters|registers)"
    "[a-z]{3,15}(?:ants|ees|ers|ors))"
)
# Verbs that may follow `one victim in eight`; any other word in -s there is a thing counted.
_SINGULARS = (
    "(?:is|was|has|does|goes|says|waits|takes|comes|needs|gets|feels|knows|ends|leads|results|"
    "involves|concerns|reports|withdraws|lives|fails|remains|stays|lasts|receives|sees|thinks|"
    "believes|agrees|leaves|relates|moves)"
)
# `a third` is a share only with these words after it, or after a rise or a fall of it.
_SHARE_OF = expression(
    r"\s+(?:of|majority|more|less|fewer|higher|lower|increase|reduction|fall|rise|drop|longer|"
    r"quicker|faster|slower|cheaper|dearer|as\s+(?:many|much|long|likely|often))\b",
    re.IGNORECASE,
)
_HALF_OF = expression(
    r"\s+(?:of|the|a|as\s+(?:many|much|long|likely|often)|are|were|have|had|say|said|feel|felt)\b",
    re.IGNORECASE,
)
_HALF_LARGE = expression(r"\s+a\s+(million|billion)\b", re.IGNORECASE)
_WHICH_HALF = expression(r"\b(?:first|second|latter|last|other|this)\s+$", re.IGNORECASE)
_CHANGED_BY = expression(
    r"\b(?:by|up|down|(?:cut|decrease|drop|fall|growth|improvement|increase|reduction|rise)\s+of)\s+"
    r"(?:(?:a|about|almost|around|just|more|less|nearly|only|over|roughly|than|well)\s+){0,4}$",
    re.IGNORECASE,
)
_SHARE_ENDS = expression(
    r"\s*(?:$|[.,;:)]|(?:across|after|and|as|at|between|but|compared|during|for|from|in|last|on|or|"
    r"over|since|this|to|when|while|within)\b)",
    re.IGNORECASE,
)
# After a verb: `one pupil in seven carries a blade`, but `one officer in seven forces was hurt`.
_OBJECT = (
    r"\s+(?:alone|an?|away|back|down|her|his|home|it|little|never|no|nothing|off|our|out|that|the|"
    r"their|them|to|too|up|us|whether)\b"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_FORMS = expression(
    rf"""
    (?<![\w.,/\#&])(?<![A-Za-z]-)
    (?=[\d£+−–-]|an?[\s-]|every\s|zero|one|tw|th[ri]|ten|tr[ei]|fi[rfv]|fo(?:u|rt)|six|se[cv]|eig
      |ele|nin|hal[fv]|doub|quad)  # how any of these begins, quick to see
    (?:(?P<n>\d{{1,3}}|{_UNITS}|ten|nineteen)\s+(?:in|in\s+every|out\s+of\s+every
          |out\s+of(?=\s+(?:ten|twenty|10|100)\b)|(?<=[a-z]\s)out\s+of(?=\s+(?:{_UNITS})\s+{_ASKED}\b))\s+(?P<of>[2-9]|1[0-2]|20|25|50|100|{_WORD})
        (?![\w,.%]{{0,9}}\d|[\w-])
        (?!\s+(?:months?|years?|weeks?|days?|hours?|minutes?|seconds?|[ap]m)\b)
        (?=\s+[a-z]|[.,;:)]|$)
    | (?P<few>{_UNITS})\s+(?!(?:or|and|to|of)\b)(?:[a-z]{{2,20}}\s+){{1,2}}
        (?:in|out\s+of)\s+(?:every\s+)?
        (?P<each>{_UNITS}|ten|twenty)(?!\s+(?!{_SINGULARS}\b)\w{{1,20}}s\b(?!{_OBJECT}))(?=\s+[a-z]|[.,;:)]|$)
    | (?P<parts>an?|{_UNITS})[\s-]+(?P<part>{_PART})s?\b
    | (?P<half>half)\b
    | (?P<times>doubl(?:ed|ing)|treb(?:led|ling)|tripl(?:ed|ing)|quadrupl(?:ed|ing)|halv(?:ed|ing)
        |double(?=\s+(?:the|that|what|those)\b)|twice(?=\s+(?:a|an|each|per|every|as)\b))\b
    | (?P<sign>(?<![\w%)]\s)(?<![\w%)])[+−–-](?=[£\d]))?(?P<money>£\s?)?(?P<digits>{_DIGITS})
        (?P<ordinal>(?:st|nd|rd|th)\b)?
        (?:(?:\s?(?P<scale>million|billion|thousand|bn|mn)|(?P<small>[mMkK]))(?![A-Za-z]))?
        (?P<percent>\s?(?:%|per\s?cent(?:age\s+points?)?\b|percentage\s+points?\b|p\.?p\.?t?s?\b))?
        (?P<plus>\+)?
        (?![A-Za-z](?!ins?\b|onths?\b)|\.\d|,\d|/\d)
    | (?P<nth>{_NTH})(?=\s+(?:highest|lowest|best|worst|safest|fastest|slowest|quickest|
        nationally|out\s+of\s+\d|(?:out\s+)?of\s+(?:the\s+|all\s+)?(?:\w+\s+){{0,2}}forces|in\s+
        (?:the\s+)?(?:country|region|England|nation)))\b
    | (?P<extra>an?\s+(?:additional|extra)(?=\s+(?:hour|day)\b)
        |an(?=\s+hour\s+(?:on\s+|per\s+)?(?:an?\s+|each\s+|every\s+)?(?:shift|officer|patrol)\b))
    | every\s+(?P<every>second|third|fourth|fifth|tenth)(?=\s+
        (?!(?:day|meeting|month|night|week|year)\b)[a-z]{{3,20}}\s+(?:that|which|who
        |is|was|has|had|comes|came|goes|went|takes|took|needs|ends|fails|says)\b)
    | (?P<word>{_WORD})(?:[\s-](?P<second>{_UNITS})\b)?
        (?:\s+(?P<big>hundred|thousand|million|billion))?\b
        (?P<wpercent>\s+(?:per\s?cent|percentage\s+points?)\b)?
        (?![\w’']|-(?!year|month|week|day|hour|minute))
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABELS = (
    "page|pages|pp?|para|paras|paragraphs?|sections?|ss?|items?|minute|appendix|appendices|annex|"
    "table|chart|figure|fig|part|chapter|article|volume|vol|issue|version|v|schedule|regulations?|"
    "reg|rule|clause|phase|tier|level|grade|grades|band|stage|step|wave|lot|cohort|option|scenario|"
    "question|note|footnote|objective|objectives|priority|strand|theme|pillar|outcome|"
    "recommendation|recommendations|activity|commitment|line|row|column|"
    "room|unit|floor|junction|box|form|code|group|category|class|area|"
    "zone|ward|site|action|actions|ref|reference|no|number|nos|exempt|kpi|afi|aim|exercise|level|"
    "question|slide|bullet|point|reach|channel|radio|studio|house|flat|suite|court|gate|type|"
    "model|generation|windows|office|report|paper|key"
)
_PLACES = (
    "Street|Road|Lane|Avenue|Close|Drive|Way|Place|Square|Terrace|Gardens|Crescent|Court|Row|Hill|"
    "Park|Quay|Wharf|House|Buildings|Parade|Walk|Mews"
)
# What is written in digits and counts nothing: by its first character, which is quick to see.
_ADDRESS = expression(r"(?<!\S)[^\s@]{1,64}@\S{1,100}|\b(?:https?://|www\.)\S{1,300}")
_NO_QUANTITY = expression(
    rf"""
    \b(?=[A-Za-z]{{1,15}}+[.:]{{0,2}}\s*\(?[\d+,])(?:  # a word and a digit after it, quick to see
        (?i:tel|telephone|phone|fax|mobile|call|text|ring)\b\.?:?\s*\(?[\d+][\d\s()]{{4,20}}
      | [A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b
      | (?i:per)\s+[\d,]{{1,9}}(?=\s+[a-z])
      | (?i:grade|tier|level|category|priority|phase|type|class|band|stage|group)\s+
          \d(?![\d,.%])
      | (?i:quarter|week|month|day|year)\s+\d(?![\d,.%]|\s?%|\s?per\scent|\s+[a-z]+s\b)
      | (?i:{_LABELS})\.?\s+\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}(?:\([\w]{{1,4}}\)){{0,3}}
          (?:\s?(?:-|–|to|and|,|&)\s?\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}
              (?![\d,%]|\s?per\scent|\s[a-z]))*
          (?![,.]?\d|\s?%|\s?per\scent|m\b|k\b|\s+[a-z]+s\b)
    )
  | (?=[\d(+])(?:
        (?<![\d,.£])\(?\+?0\d{{1,4}}\)?[\s-]?\d{{2,6}}(?:[\s-]?\d{{2,6}}){{0,2}}(?![\d,.%]\d|%)
      | \b\d{{1,2}}(?:[.:]\d{{2}})?\s?(?i:[ap]\.?m\b|noon\b|o['’]clock\b|hrs\b(?=\s+on))
      | (?<![\d£.,])\d{{1,2}}:\d{{1,2}}\b
      | (?<![\d£.,])\b\d{{1,7}}/\d{{1,7}}(?:/\d{{1,4}})?\b
      | \b\d{{1,3}}(?:\.\d{{1,3}}){{2,4}}\b
      | (?<![\d£.,+])\b(?:19|20)\d\d\b(?!,\d|\.\d|\s?%|\s?per\scent)(?:\s?[-–]\s?\d{{2,4}}\b)?
      | (?<![\d£.,])\b(?:999|101|111)\b(?!,\d|\.\d|\s?%)
          (?!\s(?!calls|callers|services|lines|numbers|operators|handlers|systems)[a-z]{{4,20}}s\s)
      | (?<=@\s)\d{{1,4}} | \d+\+\d+\+\d+
      | (?<![\d£,.])\d{{1,4}}[A-Za-z]?,?\s+(?:[A-Z][a-z’']+\s+){{1,3}}(?:{_PLACES})\b
      | \b\d{{1,5}}\s?(?:KB|MB|GB|kb|mb|mph|MPH)\b
      | (?:^|(?<=[.;:)]\s)|(?<=[.;:)])(?<!\d\.))\(?\d{{1,3}}(?:\.\d{{1,2}})?[.)]\)?(?=\s*[A-Z‘“'"(])
      | (?:^|(?<=[.;)]\s)|(?<=[.;)])(?<!\d\.))\(?\d{{1,3}}(?:\.\d{{1,2}})?[.)]\)?(?=\s*$)
      | \(\d{{1,2}}\)(?=\s*[A-Z])
      | (?<![\d,.£(–-])\b\d{{1,2}}\)
      | (?<=[A-Za-z]\s)\d{{1,2}}\.(?=\s?[A-Z][a-z])
          (?<!\b(?:of|to|at|by|is)\s\d\.)(?<!\b(?:of|to|at|by|is)\s\d\d\.)
          (?<!\band\s\d\.)(?<!\band\s\d\d\.)
      | (?<=%)\d{{1,2}}\b
      | (?<!\w)24[\s-]hours?(?=\s+(?!a\b|per\b)[a-z])
    )
  | \#\w{{1,60}}
  | ^\s*\d{{1,3}}\s+(?:Welcome|Apologies|Declarations?\s+of|Minutes\s+of|Matters\s+arising|
      Public\s+questions|Questions\s+from|Actions?\s+(?:log|from|arising)|Any\s+other|
      Dates?\s+of|Exclusion\s+of|Announcements|Introductions?|(?:Forward\s+)?Work\s+programme|
      Chair(?:['’]s|man['’]s)?\s+(?:announcements|update))\b
  | ^\s*\(?[A-Z]?\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}\)?(?=\s*[•·A-Z(‘“])
    """,
    re.VERBOSE,
)
_DIGIT = expression(r"\d")
_ONE_TO_ONE = expression(
    r"\b[Oo]ne[\s-](?:to|by|on)[\s-]one\b",
    needs="one",
)
_JOINED = expression(r"\s*(?:-|–|—|to|(?P<either>or)|(?P<both>and))\s*", re.IGNORECASE)
_BETWEEN = expression(r"\b(?:between|from|ages?|aged)\s+$", re.IGNORECASE)
# Beyond this no report counts anything; it only keeps arithmetic safe.
_LARGEST = 1e13


@dataclass(frozen=True)
class Number:
    """A number in a text: where it stands, what it comes to, and its mark.

    `mark` is `%`, `points`, `£`, `times`, `rank` or nothing; `sign` a printed plus or minus;
    `more` is true of `700+`; `joined` where it continues a range that the number before begins.
    """

    start: int
    end: int
    value: float
    printed: str
    mark: str = ""
    sign: str = ""
    more: bool = False
    in_words: bool = False
    joined: bool = False


def numbers(text: str, dated: Sequence[tuple[int, int]]) -> list[Number]:
    """Return the numbers in a text that may measure something, in order. Never raises.

    `dated` are the spans of the dates in it.
    """
    return list(_numbers(text, tuple(dated)))


@lru_cache(maxsize=4096)  # several checks read the same passages
def _numbers(text: str, dated: tuple[tuple[int, int], ...]) -> tuple[Number, ...]:
    taken = _taken(text, dated)
    found: list[Number] = []
    match, place = _FORMS.search(text), 0
    while match:
        free = not any(taken[match.start() : match.end()])
        # of `Schedule 3 in 10 days` the 10 may still count
        place = match.end() if free or not match["of"] else match.start("of")
        number = _read(match) if free else None
        place = number.end if number else place
        match = _FORMS.search(text, place)
        if number is not None and abs(number.value) < _LARGEST:
            found.append(number)
    for n, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.start]
        joined = _JOINED.fullmatch(between) if len(between) < 8 else None
        if joined and _is_range(text, first, second, joined):
            found[n] = _of_range(first, second)
            found[n + 1] = replace(second, joined=True)
    return tuple(found)


def _is_range(text: str, first: Number, second: Number, joined: re.Match[str]) -> bool:
    """Return whether two numbers are the ends of a range: `and` needs `between`, `or` one mark."""
    if joined["either"]:  # `an increase of 38 or 2.4%` is said twice
        return first.mark == second.mark
    lead = _BETWEEN.search(text, max(first.start - 30, 0), first.start)
    return not joined["both"] or bool(lead)


def _taken(text: str, dated: Sequence[tuple[int, int]]) -> bytearray:
    """Return, for each character, whether a date or another thing that counts nothing has it."""
    taken = bytearray(len(text))
    spans = [*dated, *(match.span() for match in _ONE_TO_ONE.finditer(text))]
    if _DIGIT.search(text):
        spans += [match.span() for match in _NO_QUANTITY.finditer(text)]
        if "@" in text or "://" in text or "www." in text:
            spans += [match.span() for match in _ADDRESS.finditer(text)]
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return taken


def _of_range(first: Number, second: Number) -> Number:
    """Return the first of two numbers with the mark and the scale that only the second prints."""
    if first.mark and first.mark != second.mark:
        return first
    mark, value = first.mark or second.mark, first.value
    scale = re.search(r"(million|billion|thousand|bn|mn|[mk])\b", second.printed, re.IGNORECASE)
    alone = not re.search(r"[a-zA-Z]", first.printed) and not first.in_words
    if scale and alone and value < second.value / (scaled := _SCALES[scale[1].casefold()]) + 1000:
        value = value * scaled if value < scaled else value
    return replace(first, mark=mark, value=value)


def _read(match: re.Match[str]) -> Number | None:
    """Return the number of a match; None where its form is none: `one` alone, `21st`."""
    got = match.groupdict()
    start, end, printed = match.start(), match.end(), match[0]
    if got["of"]:
        whole = _plain(got["of"])
        if not whole > 1 or _plain(got["n"]) > whole:
            return None
        return Number(start, end, 100 * _plain(got["n"]) / whole, printed, "%", in_words=True)
    if got["few"]:
        return _of_each(match)
    if got["part"]:
        return _of_part(match)
    if got["half"]:
        return _of_half(match)
    if got["times"]:
        value = next(v for stem, v in _TIMES.items() if got["times"].casefold()[:4] == stem[:4])
        return Number(start, end, float(value), printed, "times", in_words=True)
    if got["nth"]:
        nth = _RANKS[got["nth"].casefold()]
        return Number(start, end, float(nth), printed, "rank", in_words=True)
    if got["every"]:
        share = 100 / _RANKS[got["every"].casefold()]
        return Number(start, end, share, printed, "%", in_words=True)
    if got["extra"]:
        return Number(start, end, 1.0, printed, in_words=True)
    if got["word"]:
        return _in_words(match)
    return _in_digits(match)


def _of_each(match: re.Match[str]) -> Number:
    """Return the share that `one victim in eight` is, else the count: `four officers in two`."""
    few, each = _plain(match["few"]), _plain(match["each"])
    if few < each:
        share = 100 * few / each
        return Number(*match.span(), share, match[0], "%", in_words=True)
    return Number(*match.span("few"), few, match["few"], in_words=True)


def _of_part(match: re.Match[str]) -> Number | None:
    """Return the share that `two thirds of` is, else the count before it; None of `a third`."""
    part, count = match["part"].casefold(), _plain(match["parts"])
    share = 100 * count / _PARTS[part]
    of_a_year = part == "quarter" and count == 2
    if (_SHARE_OF.match(match.string, match.end()) or _changes_by(match)) and share < 100:
        return None if of_a_year else Number(*match.span(), share, match[0], "%", in_words=True)
    if match["parts"].casefold() in _ONES:
        return Number(*match.span("parts"), count, match["parts"], in_words=True)
    return None


def _of_half(match: re.Match[str]) -> Number | None:
    """Return the share, or half a million; None for the half of a year and half an hour."""
    text, (start, end) = match.string, match.span()
    if large := _HALF_LARGE.match(text, end):
        value = _SCALES[large[1].casefold()] / 2
        return Number(start, large.end(), value, text[start : large.end()], in_words=True)
    if _WHICH_HALF.search(text, max(start - 12, 0), start):
        return None
    is_share = _HALF_OF.match(text, end) or _changes_by(match)
    return Number(start, end, 50.0, match[0], "%", in_words=True) if is_share else None


def _changes_by(match: re.Match[str]) -> bool:
    """Return whether a part is how far something rose or fell: `down by a fifth`."""
    lead = _CHANGED_BY.search(match.string, max(match.start() - 40, 0), match.start())
    return bool(lead) and bool(_SHARE_ENDS.match(match.string, match.end()))


def _plain(printed: str) -> float:
    word = printed.casefold()
    return float(word) if word.isdecimal() else float(_WORDS.get(word, 1))


def _in_words(match: re.Match[str]) -> Number:
    value = _plain(match["word"]) + (_plain(match["second"]) if match["second"] else 0)
    if match["big"]:
        value *= _SCALES[match["big"].casefold()]
    mark = _percent(match["wpercent"])
    return Number(match.start(), match.end(), value, match[0], mark, in_words=True)


def _in_digits(match: re.Match[str]) -> Number | None:
    digits = match["digits"].replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":  # a code
        return None
    value = float(digits)
    scale = (match["scale"] or match["small"] or "").casefold()
    if scale == "m" and not match["money"] and "." not in digits and value >= 100:
        return None  # metres
    value *= _SCALES.get(scale, 1)
    mark = "£" if match["money"] else _percent(match["percent"])
    mark = mark or ("rank" if match["ordinal"] else "")
    sign = {"+": "+", "": ""}.get(match["sign"] or "", "-")
    return Number(
        match.start(), match.end(), value, match[0].strip(), mark, sign, bool(match["plus"])
    )


def _percent(printed: str | None) -> str:
    """Return the mark of a percentage or of percentage points (`pp`), nothing where neither is."""
    if not printed:
        return ""
    word = printed.strip().casefold()
    points = "point" in word or (word[0] == "p" and not word.startswith("per"))
    return "points" if points else "%"
