"""Private people who are told of without a name, but with so much that somebody may know them.

One thing said of a person is usual in a report; two of age, home, work, family and health, told of
what happened to one person, are enough for a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from peelian.expressions import expression
from peelian.recognition.future import sentences
from peelian.recognition.private_lives import NEWS, PUBLIC_RECORD


class Detail(StrEnum):
    """What is told of a person."""

    AGE = "age"
    HOME = "home"
    WORK = "work"
    FAMILY = "family"
    HEALTH = "health"


@dataclass(frozen=True)
class Described:
    """Where a text begins to tell of somebody, and what it tells."""

    start: int
    details: tuple[Detail, ...]


_TRADES = (
    r"(?:midwife|nurse|teacher|head[\s-]?teacher|teaching\s+assistant|doctor|GP|dentist|postman|postwoman|"
    r"farmer|vicar|priest|imam|rabbi|curate|shopkeeper|baker|butcher|carer|driver|publican|landlady|"
    r"landlord|soldier|sergeant|constable|inspector|clerk|solicitor|librarian|caretaker|gamekeeper|"
    r"chemist|pharmacist|hairdresser|lifeguard|coach|lecturer|governor|warden|firefighter|paramedic|"
    r"journalist|cook|chef|cleaner|plumber|builder|electrician|organist|cashier|receptionist|secretary|"
    r"manager|assistant|apprentice|student|pupil|vet|civilian|licensee|owner|steward)"
)
_SOMEBODY = expression(
    r"\b(?:woman|man|lady|gentleman|boy|girl|child|baby|lad|lass|youth|toddler|teenager|pupil|student|mother|father|mum|dad|"
    r"grandmother|grandfather|widow(?:er)?|pensioner|victim|survivor|complainant|appellant|applicant|"
    r"petitioner|caller|resident|tenant|householder|neighbour|witness|detainee|prisoner|offender|client|"
    r"patient|service\s+user|young\s+person|person|employee|member\s+of\s+(?:staff|the\s+public)|claimant|"
    r"holder|motorist|cyclist|farmer|shopkeeper|buyer|purchaser|volunteer|couple|wife|husband|"
    r"respondent|correspondent|special\s+constable|"
    r"years?[- ]old(?=\s+(?:from|in|at|who|whose|was)\b)|"
    r"(?:former|retired|serving|only)\s+(?:[\w-]+\s+){0,2}"
    rf"(?:detective|officer|colleague|{_TRADES}))\b(?!-)"
)
_ONE = expression(
    r"\b(?:[Aa]n?|[Oo]ne|[Tt]he|[Tt]his|[Aa]nother|[Oo]ur)\s+(?:[a-z][\w-]*,?\s+){0,3}$"
    r"|\b(?:[Aa]n?|[Oo]ne|[Tt]he)\s+\d{1,3}[- ](?:years?[- ]old\s+(?:[a-z-]+\s+)?)?$"
    r"|\b(?:[Aa]n?|[Oo]ne)\s+[a-z]+[’']s\s+$"
)
# What happened: of anybody's rights or needs a text speaks otherwise.
_TOLD = expression(
    r"\b(?:was|were|had|told|said|complained|reported|rang|called|wrote|asked|felt|left|lost|came|went|"
    r"died|suffered|moved|disclosed|contacted|attended|telephoned|became|believed|stated|phoned|"
    r"retired|resigned|received|made|took|gave|waited|spoke|wrote|walked|helped|asked)\b"
)
_PLACE = (
    r"(?:the\s+)?(?!(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|England|Wales|Home\s+Office)\b)[A-Z][\w’'-]+(?:\s+(?:(?:of|on|upon|y|the)\s+)?[A-Z][\w’'-]+){0,3}"
)
_AGE = expression(
    r"\b\d{1,3}[- ]years?[- ]old\b|\b(?:aged?|age\s+of)\s+\d{1,3}\b|,\s(?:\d|[1-9]\d),\s"
    r"|\b(?:man|woman|boy|girl|child|lad|lass|son|daughter|boys|girls|sons|daughters|baby)\s+of\s+"
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)\b"
    r"|\b(?:I|she|he)\s+was\s+(?:only\s+|just\s+)?(?:\d|[1-9]\d)\b(?!\s*(?:%|per|of|th|st|nd|rd|miles))"
    r"|\bwho\s+is\s+[1-9]\d\b|\bin\s+(?:her|his)\s+(?:early\s+|late\s+|mid-?)?(?:\d0s|teens|\w+ties)\b"
)
_HOME = expression(
    rf"^[^.;]{{0,32}}?\b(?:of|from|in)\s+{_PLACE}"
    rf"|\b(?:lives?|lived|living|resid(?:es|ed|ing))\s+(?:alone\s+|with\s+\w+\s+\w+\s+)?(?:in|at|on|near)"
    rf"\s+(?:a\s+\w+\s+(?:in|at|on|near)\s+)?{_PLACE}"
    rf"|\b(?:caravan|farm|flat|house|cottage|home|bungalow|boat)\s+(?:on|at|in|near)\s+{_PLACE}"
    r"|\blives?\s+(?:above|over|opposite|next\s+to|behind)\s+(?:the|a)\s+[\w’'-]+"
    rf"|\bthe\s+only\s+(?:[\w-]+\s+){{1,4}}(?:in|on|at)\s+{_PLACE}"
    rf"|(?:,|\band)\s+from\s+{_PLACE}"
)
_WORK = expression(
    rf"\bteaches\s+\w+\s+(?:at|in)\s|\b(?:runs|ran|keeps)\s+(?:the|a)\s+[a-z]+"
    rf"|\b(?:works?|worked|working|employed|serves|served|teaches|taught)\s+"
    rf"(?:(?:as|at|for|behind)\s+(?:(?:an?|the|our)\s+)?|in\s+(?:an?|the|our)\s+)[\w’'-]+"
    rf"|\b(?:is|was|am|,)\s+(?:an?|the)\s+(?:[a-z-]+\s+){{0,2}}{_TRADES}\s+(?:at|in|of|on|for|with)\b"
    rf"|\b(?:retired|former|only|village|local)\s+(?:[\w-]+\s+){{0,2}}{_TRADES}\b"
    rf"|\battends?\s+{_PLACE}\s+(?:School|College|Academy)\b"
)
_KIN = (
    r"(?:mother|father|mum|dad|parents?|sons?|daughters?|brothers?|sisters?|(?:mother|father|sister|"
    r"brother)-in-law|step\w+|aunt|uncle|cousin|twins?|grand\w+)"
)
_FAMILY = expression(
    rf"\bwhose\s+(?:[a-z-]+\s+){{0,2}}(?:{_KIN}|wife|husband)\b|\b(?:her|his|my)\s+(?:[a-z-]+\s+){{0,2}}{_KIN}\b"
    rf"|[’']s\s+{_KIN}\b|\bmother\s+of\s+(?:\d|two|three|four|five|six)\b"
    r"|\b(?:has|had)\s+(?:\d|two|three|four|five|six)\s+(?:[a-z]+\s+)?(?:boys|girls|children|sons|daughters)\b"
)
_HEALTH = expression(
    r"\b(?:diagnos(?:is|ed)|Parkinson|autis(?:m|tic)|multiple\s+sclerosis|cancer|dementia|epilep\w+|diabet\w+|"
    r"registered\s+blind|(?:is|was)\s+(?:blind|deaf)|wheelchair|sectioned|operation\s+on|heart\s+\w+|stroke|"
    r"pregnan\w+|miscarr\w+|depression|bipolar|schizophreni\w+|suicid\w+|self-harm\w*|overdose|amputat\w+|"
    r"lost\s+the\s+use|learning\s+(?:difficult|disabilit)\w+|ADHD|PTSD|HIV|mental\s+(?:health|illness)|"
    r"psychiatric|alcoholi\w+|disabled|disability|terminal\w*|"
    r"ill[- ]health|breakdown|Down[’']?s\s+syndrome|hearing\s+loss|asthma|"
    r"cerebral\s+palsy|chemotherapy|(?:blind|deaf)(?=\s+(?:man|woman|boy|girl|child|veteran|person|resident))|"
    r"one-armed|one-legged|with\s+one\s+(?:arm|leg|eye|hand))\b",
    re.IGNORECASE,
)
# "Ann Bright of Mill Row, who is 13": somebody by name and place, with what is private.
_NAMED_OF = expression(
    r"(?P<name>\b(?P<title>M(?:rs?|iss|s)\.?\s+)?(?P<first>[A-Z][a-z]{1,14})"
    r"(?:\s+(?P<last>(?:Mc|Mac|O[’'])?[A-Z][a-z]{2,18}(?:-[A-Z][a-z]{2,18})?))?),?\s+"
    r"(?:of|from|living\s+(?:at|in)|who\s+lives?\s+(?:at|in))\s+(?=\d{1,4}[A-Za-z]?\s+[A-Z]|[A-Z][a-z])"
)
# "Ann Bright, whose son …", "Mr Bright, who lives alone": what needs no place beside it.
_TELLING = expression(
    r"(?P<name>\b(?P<title>M(?:rs?|iss|s)\.?\s+(?:[A-Z]\.?\s+){0,2})?(?P<first>[A-Z][a-z]{1,14})"
    r"(?:\s+(?P<last>[A-Z][a-z]{2,18}(?:-[A-Z][a-z]{2,18})?))?)(?P<age>,?\s+\(?(?:\d|[1-9]\d)\)?)?,?\s+"
    r"(?:[^.;,A-Z]{2,20},\s+)?(?:whose\s+(?:[a-z-]+\s+){0,2}"
    rf"(?:{_KIN}|wife|husband|children|partner)\b"
    r"|who\s+lives\s+(?:alone|above|over|opposite|next\s+to|behind|near)\b"
    r"|was\s+(?:only\s+|just\s+)?(?:\d|1[0-7])\s+when\b)"
)
_OF_PLACE = expression(r"\b(?:from|on|in|at|of|near|to)\s+(?:the\s+)?$")
_AT_WORK = expression(
    r"Councillor|Cllr|Alderman|Inspector|Superintendent|Sergeant|Constable|Commissioner|Dr|Professor|Sir|"
    r"Dame|Lord|Lady|Judge|Chief|Officer"
)
_PRIVATE = (_AGE, _FAMILY, _HEALTH)
_OF_THEIRS = expression(r"\b(?:whose|her|his|their|who\s+(?:attacked|abused|hurt))\b")
_GOES_ON = expression(r"\b(?:[Ss]he|[Hh]e|[Hh]er|[Hh]is|him|I|[Mm]y|me)\b|^[“\"‘]")
_DETAILS = (
    (Detail.AGE, _AGE),
    (Detail.HOME, _HOME),
    (Detail.WORK, _WORK),
    (Detail.FAMILY, _FAMILY),
    (Detail.HEALTH, _HEALTH),
)
_WINDOW, _FEWEST, _MOST = 420, 2, 12


def described(text: str) -> Described | None:
    """Return where a text first tells of one private person by two details or more, if it does."""
    for start, end in _people(text):
        window = _story(text[end : end + _WINDOW])
        told = _TOLD.search(text, max(start - 80, 0), end + len(window))
        if not told or _is_public(window[:160]):
            continue
        whole = text[start:end] + window
        found = tuple(
            detail
            for detail, form in _DETAILS
            if form.search(window if detail == Detail.HOME else whole)
        )
        if len(found) >= _FEWEST:
            return Described(start, found)
    return None


def named_in_private(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the people of whom a text tells family, age, home or health beside name or place.

    Where each name stands, and its parts.
    """
    for match in _NAMED_OF.finditer(text):
        parts = [part for part in (match["first"], match["last"]) if part]
        if len(parts) < 2 and not match["title"]:
            continue
        story = _story(text[match.end() : match.end() + _WINDOW])
        if any(form.search(story) for form in _PRIVATE) and not PUBLIC_RECORD.search(story):
            yield *match.span("name"), parts
    may_tell = "whose" in text or "who lives" in text or " when " in text
    for match in _TELLING.finditer(text) if may_tell else ():
        parts = [part for part in (match["first"], match["last"]) if part]
        before = text[max(match.start() - 12, 0) : match.start()]
        is_place = _OF_PLACE.search(before) or _AT_WORK.fullmatch(match["first"])
        named = match["title"] or match["age"] or (len(parts) > 1 and not is_place)
        if named and not PUBLIC_RECORD.search(text, match.end(), match.end() + 160):
            yield *match.span("name"), parts


def _is_public(window: str) -> bool:
    """Return whether a court or the news told of the person, not of somebody of theirs."""
    match = PUBLIC_RECORD.search(window)
    return bool(match) and not _OF_THEIRS.search(window, 0, match.start() if match else 0)


def _story(text: str) -> str:
    """Return the sentence that a text begins in, and those after it that go on with the person."""
    end = 0
    for nth, (start, stop) in enumerate(sentences(text)):
        if nth and not _GOES_ON.search(text, start, stop):
            break
        end = stop
    return text[:end]


def _people(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text speaks of somebody: from the word before to the end of the noun."""
    seen = 0
    for noun in _SOMEBODY.finditer(text):
        one = _ONE.search(text, max(noun.start() - 50, 0), noun.start())
        is_news = one and NEWS.search(text, max(one.start() - 60, 0), one.start())
        if one and not is_news and (seen := seen + 1) <= _MOST:
            yield one.start(), noun.end()
