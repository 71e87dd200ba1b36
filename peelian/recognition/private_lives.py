"""People outside their work, as prose tells of them: with an age, a family, a home.

A name said to be changed is judged by whoever asks; here only the words of one text are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelian.expressions import expression

_FIRST = r"[A-Z][a-z]{1,14}"
_LAST = r"(?:Mc|Mac|O[’'])?[A-Z][a-z]{2,18}(?:-[A-Z][a-z]{2,18})?"
_CHILD = r"(?:son|daughter|grandson|granddaughter|nephew|niece|baby|twins?)"
_YOUNG = r"(?:child|boy|girl|pupil|schoolboy|schoolgirl|toddler|teenager)"
_OF_AGE = (
    r"(?:(?:eldest|elder|youngest|younger|little|teenage|disabled|[\w-]{1,12}[ -]year[ -]old)\s+)?"
)
# "her daughter Ann", "his son, Ben", "a pupil called Ann".
_CHILDREN = expression(
    rf"\b(?:[Hh]er|[Hh]is|[Tt]heir|whose|’s|'s)\s+{_OF_AGE}(?:{_CHILD}|{_YOUNG}),?\s+"
    rf"(?:called\s+|named\s+)?(?P<own>{_FIRST})\b"
    rf"|\b(?:{_CHILD}|{_YOUNG})\s+(?:called|named)\s+(?P<called>{_FIRST})\b"
    rf"|\b(?P<aged>{_FIRST})(?:,\s+|\s+\()aged\s+(?:\d|1[0-7])\b"
    rf"|\b(?P<when>{_FIRST})\s+was\s+(?:only\s+|just\s+)?\d{{1,2}}\s+when\s+(?:she|he|her|his)\b"
)
# "Ann, a survivor of abuse": not "…, a victim support charity".
_APPOSED = expression(
    rf"(?P<name>\b(?P<first>{_FIRST})(?:\s+(?P<last>{_LAST}))?)"
    r"(?:,\s+|\s+\()(?:aged\s+)?(?:\d{1,2},?\s+)?(?:an?|the|our)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:survivor|victim|client|service\s+user|complainant|widow(?:er)?|pensioner|bereaved)\b"
    r"(?!\s+(?:advoca|and|aid|based|care|charit|commission|contact|engagement|focused|group|liaison|"
    r"manage|organi|representat|service|support|worker)|[-/’'])"
)
# "Jane Bright, 82, of …", "Mrs Bright (aged 82)".
_WITH_AGE = expression(
    rf"(?P<name>\b(?P<title>M(?:rs?|iss|s)\.?\s+)?(?P<first>{_FIRST})(?:\s+(?P<last>{_LAST}))?)"
    r"(?:,\s+(?:(?:aged\s+|then\s+|now\s+)?\d{1,2}|who\s+is\s+\d{1,2}),?|\s+\((?:aged\s+)?\d{1,2}\),?)\s+"
    r"(?:of|from|who|whose|lives|living|told|said|was|has|had)\b"
)
# "Mrs Bright, whose son was arrested": what befell a family is told of somebody by name.
# "Ann Bright, of Mill Fold, was attacked by her husband"
_BEFALLEN = expression(
    rf"(?P<name>\b(?P<first>{_FIRST})\s+(?P<last>{_LAST})),\s+(?:of|from)\s+[A-Z][^.;()]{{2,60}},\s+(?:was|had\s+been)\s+"
    r"(?:\w+ly\s+)?(?:abused|assaulted|attacked|groomed|raped|robbed|stabbed|stalked)\b"
)
_KIN_BEFALLEN = expression(
    rf"(?P<name>\b(?P<title>M(?:rs?|iss|s)\.?)\s+(?:(?P<first>{_FIRST})\s+)?(?P<last>{_LAST})),?\s+whose\s+"
    r"(?:\w+\s+)?(?:brother|child|daughter|father|husband|mother|partner|sister|son|wife)s?\s+"
    r"(?:has\s+been|had\s+been|is|was|were)\s+(?:\w+ly\s+)?(?:abused|arrested|assaulted|attacked|bullied|charged|"
    r"detained|groomed|hurt|injured|killed|missing|murdered|raped|robbed|searched|stabbed|stopped)\b"
)
_PERSON_BEFORE = expression(
    rf"(?:\bM(?:rs?|iss|s)\.?\s+(?:[A-Z]\.?\s+)?{_LAST}(?:\s+{_LAST})?|(?P<first>\b{_FIRST})\s+"
    rf"(?P<last>{_LAST})|\b(?:resident|complainant|victim|witness|appellant|applicant)s?)"
    r",?\s+(?:\(?(?:aged\s+)?\d{1,2}\)?,\s+)?(?:of|at|from|who\s+lives?\s+(?:at|in))\s+$"
)
_RELATIVE = (
    r"(?:mother|father|mum|dad|parents|wife|husband|partner|son|daughter|brother|sister|aunt|uncle|"
    r"children|grand\w+|carer)s?"
)
_AGED = expression(
    r"\b\d{1,3}[ -]years?[ -]old(?:\s+[a-z]+){1,2}?\s+"
    r"(?:from|of|living\s+(?:in|at|near)|who\s+lives\s+\w+(?:\s+\w+){0,4}?|in|at)\s+(?:the\s+)?"
    rf"(?:[a-z]+\s+of\s+)?[A-Z][a-z]+"
    rf"|\b\d{{1,3}}[ -]years?[ -]old\b[^.\n]{{1,90}}\b(?:her|his)\s+(?:\w+\s+)?{_RELATIVE}\b"
    r"|\b(?:woman|man|mother|father|girl|boy)\s+of\s+\d{1,2},\s+[a-z][^.;]{3,60}\bin\s+[A-Z]"
    r"|\b[A-Za-z]+\s+of\s+\d{2}\s+who\s+(?:lives|works|teaches)\s+(?:above|at|beside|in|near|next)\b"
    r"|\baged\s+\d{1,2},?\s+(?:and\s+|who\s+)?(?:from|of|lives|living|attends)\b"
)
NEWS = expression(
    r"\b(?:arrests?|death|killing|manslaughter|murder|rape|stabbing|attack|convict\w*|sentenc\w*|"
    r"charg\w*)\b[^.]{0,30}$",
    re.IGNORECASE,
)
# What the courts and the news have told already.
PUBLIC_RECORD = expression(
    r"\b(?:sentenced|jailed|convicted|imprisoned|pleaded\s+guilty|charged\s+with|found\s+guilty|"
    r"dismissed\s+without\s+notice|was\s+arrested)\b"
)
_MANY = expression(r"(?:\d|\b(?:all|for|most|to|with))\s*$")

# "Mr Ivor Bright, of the Old Forge": of a house, not of a firm.
_AT_HOME = expression(
    rf"(?P<name>\bM(?:rs?|iss|s)\.?\s+(?:[A-Z]\.?\s+){{0,3}}(?:(?P<first>{_FIRST})\s+)?(?P<last>{_LAST}))"
    r"(?:,?\s+(?:of|who\s+lives?\s+(?:at|in)|living\s+(?:at|in)|at)|(?P<sign>,))\s+"
    r"(?P<home>[^.;()\n]{3,90})"
)
_ENGLISH = (
    r"(?:Cottages?|Farm(?:house)?|Lodge|Forge|Barn|Mill|Grange|Villas?|Terrace|Manse|Rectory|Vicarage|"
    r"Bungalow|Flat|Gardens|Close|Road|Street|Lane|Avenue|Drive|Crescent|Bank|Row|View|Croft)"
)
_WELSH = r"(?:Heol|Ffordd|Rhes|Bryn|Stryd|T[yŷ]|Maes|Pen)"
_HOUSE = expression(
    rf"\b(?=[A-Z])(?:(?:{_ENGLISH}|{_WELSH})\b|[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b)"
)
# Not `Mrs Bright, Road Safety Lead`.
_WHOLE_HOUSE = expression(
    rf"(?:[A-Z][\w’'-]*\s+){{0,4}}{_ENGLISH}\s*(?:,|$)|{_WELSH}(?:\s+[A-Zy][\w’'-]*){{1,3}}\s*(?:,|$)"
)


_KIN = (
    *("son", "daughter", "nephew", "niece", "baby", "twin", "child", "boy", "girl", "pupil"),
    *("toddler", "teenager", "aged", "when she", "when he"),
)
_SUFFERED = (
    *("survivor", "victim", "client", "service", "complainant", "widow", "pensioner", "bereaved"),
)


def _has(words: Sequence[str], small: str) -> bool:
    return any(word in small for word in words)


def people(text: str) -> Iterator[tuple[int, int, list[str], bool]]:
    """Yield the names of children, survivors and people with their age: where, parts, how sure."""
    small = text.lower()
    for match in _CHILDREN.finditer(text) if _has(_KIN, small) else ():
        group = match.lastgroup or "own"
        yield *match.span(group), [match[group]], group not in ("called", "when")
    for pattern, is_worth in (
        (_APPOSED, _has(_SUFFERED, small)),
        (_WITH_AGE, _has("0123456789", small)),
        (_KIN_BEFALLEN, "whose" in small),
        (_BEFALLEN, ", was " in small or ", had been " in small),
    ):
        for match in pattern.finditer(text) if is_worth else ():
            parts = [part for part in (match["first"], match["last"]) if part]
            if len(parts) > 1 or pattern is _APPOSED or match.groupdict().get("title"):
                yield *match.span("name"), parts, len(parts) > 1


def at_home(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the names beside which a text gives a house by its name: where, and their parts."""
    for match in _AT_HOME.finditer(text) if _HOUSE.search(text) else ():
        home = match["home"]
        numbered = re.match(r"(?:Flat\s+)?\d", home)  # an address, told as such
        whole = not match["sign"] or _WHOLE_HOUSE.match(home)  # not `Mrs Bright, Road Safety Lead`
        if not numbered and whole and _HOUSE.search(home):
            yield *match.span("name"), [p for p in (match["first"], match["last"]) if p]


def names_person(before: str) -> re.Match[str] | None:
    """Return where the words before an address say whose it is: `Mrs Bright of …`."""
    return _PERSON_BEFORE.search(before)


def aged(text: str) -> int | None:
    """Return where a text tells someone's age with a place or family; None where it does not.

    What the news tell, and what is counted, is left alone.
    """
    for match in _AGED.finditer(text):
        before = text[max(match.start() - 60, 0) : match.start()]
        public = PUBLIC_RECORD.search(text, match.end(), match.end() + 120)
        if not public and not NEWS.search(before) and not _MANY.search(before):
            return match.start()
    return None
