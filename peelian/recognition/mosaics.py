"""Details that together give one private person away, though each alone would not.

A woman from a named village, who is a midwife at its hospital, and who reported a rape, is known to
everybody there. What counts is that somebody is told of as one person, in a private role or by
name, with a home, a work, an age or a family, and with what they would keep to themselves: an
offence done to them, an illness, a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.recognition.future import sentences

_ROLE = (
    r"(?:applicant|appellant|boy|caller|client|complainant|certificate\s+holder|detainee|employee|"
    r"father|girl|grandmother|grandfather|householder|lady|man|mother|patient|pensioner|petitioner|"
    r"pupil|resident|shopkeeper|student|suspect|survivor|teenager|tenant|victim|volunteer|widow(?:er)?|"
    r"witness|woman|youth|young\s+(?:man|woman|person|mother|father))"
)
# One person: "a woman from", "the boy of seven", "the lead petitioner, a Mrs …".
_ONE = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]his|[Aa]nother)\s+(?:[a-z’'-]+\s+){{0,2}}?(?P<role>{_ROLE})\b"
    r"(?:[’']s)?(?![’'\w-])(?!\s+(?:and|or|of\s+(?:a|an|any|each|every)|in\s+(?:each|every|all|any))\b)"
    r"(?!\s+(?:advoca|aid|based|care|charit|code|commission|contact|engagement|focus|forum|group|"
    r"liaison|manage|panel|satisf|service|support\s+(?:serv|work|org|cent)|survey|voice|work))"
)
_WORD = r"[A-Z][a-z’']+"
_TITLED = re.compile(
    rf"\b(?P<name>(?:Mr|Mrs|Ms|Miss)\.?\s+(?:(?:[A-Z]\.?|{_WORD})\s+){{0,2}}?{_WORD}(?:-{_WORD})?)"
    rf"(?!\s+{_WORD})"
)
_NAMED_HERE = re.compile(
    rf"(?:,\s+(?:an?\s+)?|\bcalled\s+|\bnamed\s+)(?P<name>{_WORD}\s+{_WORD})\s*[,;]"
)
_ESTATE = (
    r"(?:Avenue|Barn|Close|Cottages?|Court|Crescent|Croft|Drive|Farm|Flats?|Forge|Gardens|Green|Grove|"
    r"House|Lane|Lodge|Mews|Mill|Place|Rectory|Road|Row|Street|Terrace|View|Villas?|Way|Yard)"
)
_HOME = re.compile(
    rf"\b(?:from|in|of|at)\s+(?:the\s+(?:village|town|hamlet|estate)\s+of\s+|the\s+\w+\s+(?:on|in)\s+)?"
    rf"(?:Upper\s+|Lower\s+|Great\s+|Little\s+|St\s+)?{_WORD}(?:[\s-](?:{_WORD}|on|the|le|under)){{0,3}}"
    r"|\b(?:lives?|living|lived|resides?)\s+(?:alone\b|in|at|near|on)\b"
)
_ADDRESS = re.compile(
    rf"\b(?:of|at)\s+(?:Flat\s+)?(?:\d{{1,4}}[A-Za-z]?,?\s+)?(?:The\s+)?(?:{_WORD}\s+){{1,3}}?{_ESTATE}\b"
    rf"|\b(?:of|at)\s+\d{{1,4}}[A-Za-z]?,?\s+{_WORD}|\b[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b"
)
_AGE = re.compile(
    r"\baged?\s+\d{1,2}\b|\b\d{1,2}[ -]years?[ -]old\b|,\s+\d{1,2},\s|\bI\s+was\s+\d{1,2}\b"
    r"|\b(?:of|who\s+(?:is|was))\s+(?:\d{1,2}|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen)\b(?!\s+(?:the|in|whom|which|%|per|[A-Z]))"
)
_WORK = re.compile(
    r"\bworks?\s+(?:at|as|for|in)\b|\bworked\s+(?:at|as)\b|\bemployed\s+(?:at|as|by)\b"
    r"|\b(?:is|was|am|I\s+was)\s+(?:an?|the)\s+(?:\w+\s+){0,2}?(?:midwife|nurse|teacher|assistant|"
    r"postman|postmistress|postmaster|driver|baker|butcher|farmer|governor|magistrate|carer|cook|"
    r"caretaker|librarian|landlord|landlady|doctor|dentist|vicar|councillor|shopkeeper|mechanic|"
    r"manager|clerk|head|head\s*teacher|cleaner|sergeant|constable|officer)\b"
    r"|\b(?:retired|former)\s+(?:\w+\s+){0,2}?(?:teacher|nurse|officer|soldier|doctor|driver|head|"
    r"sergeant|constable|postman|farmer|vicar)\b|\bthe\s+only\s+(?:\w+\s+){1,3}(?:at|in|on)\b"
)
_KIN = re.compile(
    r"\b(?:her|his|whose|my|their)\s+(?:\w+[\s-]){0,2}?(?:mother|father|son|daughter|brother|sister|"
    r"husband|wife|partner|(?:sister|brother|mother|father|son|daughter)-in-law|twins?|uncle|aunt|"
    r"cousin|children|boys?|girls?)\b|\b(?:has|had)\s+(?:two|three|four|\d)\s+(?:boys|girls|sons|"
    r"daughters|children)\b|\b\w+[’']s\s+(?:brother|sister|son|daughter|husband|wife)\b"
)
_HEALTH = re.compile(
    r"\b(?:autis\w+|bipolar|cancer|dementia|depress(?:ed|ion)|diabet\w+|diagnos\w+|disab(?:led|ility)|"
    r"epilep\w+|heart\s+(?:attack|operation|condition)|hospital\s+(?:after|with|for)|learning\s+"
    r"(?:difficult|disabilit)\w+|lost\s+the\s+use\s+of|mental\s+(?:ill\w*|breakdown)|miscarr\w+|"
    r"multiple\s+sclerosis|overdos\w+|pregnan\w+|psych(?:osis|otic)|registered\s+blind|"
    r"schizophren\w+|sectioned|self-harm\w*|stroke|suicid\w+|wheelchair)\b",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"\b(?:abus(?:e|ed|er|ive)|assault(?:ed)?|attacked|blackmail\w*|burgled|burglary|"
    r"complain(?:ed|t)|domestic|ex-(?:husband|partner|wife)|exploit\w+|followed\s+home|"
    r"former\s+(?:husband|partner|wife)|groom(?:ed|ing)|grievance|harass\w+|hate\s+crime|injur\w+|"
    r"missing|rap(?:e|ed)|robbed|stalk\w+|threaten\w+|victim|survivor|known\s+offender|"
    r"shotguns?|firearms?|tribunal)\b",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:[Cc]ouncillor|[Cc]hair\w*|[Cc]ommissioner|[Cc]onstable|[Ss]uperintendent|[Ii]nspector|"
    r"[Ss]ergeant|[Oo]fficer|[Dd]irector|[Mm]anager|[Ss]olicitor|[Tt]reasurer|[Mm]inister|MP|"
    r"[Mm]embers?|[Cc]hief\s+\w+|[Dd]eputy|[Hh]ead\s+of|[Ll]eader|[Ss]ecretary|[Cc]lerk|"
    r"[Cc]o-?ordinator|[Aa]uditor|[Bb]oard|[Cc]ouncil|[Pp]artner|[Ii]ndependent)"
)
_OFFICE_BEFORE = re.compile(rf"\b(?:{_OFFICE}|Cllr)\b[^.;,:]{{0,25}}[,:(]?\s*$")
_OFFICE_AFTER = re.compile(rf",?\s+\(?(?:[\w’'&-]+\s+){{0,5}}?{_OFFICE}\b")
# What holds of anybody, or is to come, tells of nobody.
_MANY = re.compile(r"\b(?:each|every|any|if|whether|when(?:ever)?|where)\b")
_ANYBODY = re.compile(r"\b(?:can|could|may|might|must|should|will|would)\b")
# Courts sit in public, and the news tell of what they decide.
_NEWS = re.compile(
    r"\b(?:arrested|charged|convicted|found\s+guilty|jailed|manslaughter|murder\w*|pleaded|"
    r"sentenced|trial)\b",
    re.IGNORECASE,
)
_HINTS = (
    *("applica", "appella", "boy", "caller", "client", "complainant", "holder", "detainee"),
    *("employee", "father", "girl", "lady", "man", "mother", "mr", "ms", "miss", "patient"),
    *("pensioner", "petitioner", "pupil", "resident", "shopkeeper", "student", "suspect"),
    *(
        "survivor",
        "teenager",
        "tenant",
        "victim",
        "volunteer",
        "widow",
        "witness",
        "youth",
        "young",
    ),
)
# What follows is about the same person still.
_GOES_ON = re.compile(r"\s*(?:[A-Z][a-z]+\s+)?(?:She|He|They|Her|His|It|I|I[’']d|My)\b")
_MORE = 2  # sentences that may go on about the same person
_LONGEST = 4_000


@dataclass(frozen=True)
class Mosaic:
    """A private person whom details give away: where, and which kinds of detail.

    `details` are of `name`, `home`, `age`, `work`, `family`, `health` and `offence`.
    """

    start: int
    end: int
    details: tuple[str, ...]
    name: str = ""


def mosaics(text: str) -> Iterator[Mosaic]:
    """Yield the private people whom a text gives away, in order. Never raises."""
    text = text[:_LONGEST]
    if not any(map(text.casefold().__contains__, _HINTS)):
        return
    spans = list(sentences(text))
    done = -1
    for n, (start, end) in enumerate(spans):
        last = min(n + _MORE, len(spans) - 1)
        details, name = _of(text[start:end], text[end : spans[last][1]]) if n > done else ((), "")
        if details:
            done = last
            yield Mosaic(start, end, details, name)


def _of(sentence: str, after: str) -> tuple[tuple[str, ...], str]:
    """Return the kinds of detail that give a person in a sentence away, and the name if told.

    `after` are the sentences that follow.
    """
    titled = next((m for m in _TITLED.finditer(sentence) if not _is_public(sentence, m)), None)
    one = _ONE.search(sentence)
    if not titled and (not one or _is_nobody(sentence, one)):
        return (), ""
    place = min(m.start() for m in (titled, one) if m)
    told = sentence[place:]
    own = told + after if _GOES_ON.match(after) else told
    address = bool(_ADDRESS.search(told))
    open_ = {
        "home": address or bool(_HOME.search(told[:160])),
        "age": bool(_AGE.search(own)),
        "work": bool(_WORK.search(own)),
        "family": bool(_KIN.search(own)),
    }
    close = {"health": bool(_HEALTH.search(own)), "offence": bool(_SUFFERED.search(own))}
    details = tuple(name for name, has in (open_ | close).items() if has)
    told_close = any(close.values())
    named = titled or (_NAMED_HERE.search(told[:120]) if one else None)
    if named:
        private = told_close or one is not None
        enough = address or (private and (open_["home"] or close["health"])) or len(details) > 2
        return (("name", *details) if enough else ()), named["name"]
    return (details if sum(open_.values()) > 1 and told_close else ()), ""


def _is_nobody(sentence: str, one: re.Match[str]) -> bool:
    """Return whether words tell of anybody in that role, or of what a court heard."""
    after = sentence[one.end() : one.end() + 60]
    many = _MANY.search(sentence[: one.start()]) or _ANYBODY.search(after)
    return bool(many or _NEWS.search(sentence))


def _is_public(sentence: str, name: re.Match[str]) -> bool:
    """Return whether somebody named has a public office, or speaks for a body."""
    before = sentence[max(name.start() - 50, 0) : name.start()]
    return bool(_OFFICE_BEFORE.search(before) or _OFFICE_AFTER.match(sentence, name.end()))
