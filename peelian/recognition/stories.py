"""Case stories, and whether the people in them are named.

A story is told of a victim, a client or an offender. A name said to be changed, an initial, or the
name of someone at work ("her support worker, …") gives nobody away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, Passage
from peelian.recognition.described import described, named_in_private
from peelian.recognition.private_lives import PUBLIC_RECORD, aged, at_home, people

_HEADED = expression(
    r"\b(?:case\s+(?:stud(?:y|ies)|examples?|stor(?:y|ies))|(?:client|survivor|victim|personal|"
    r"service\s+user)(?:[’']s)?\s+stor(?:y|ies)|good\s+news\s+stor(?:y|ies)|real[- ]life\s+\w+|"
    r"lived\s+experience)\b",
    re.IGNORECASE,
)
_CUES = expression(
    r"\b(?:abus\w+|arrest\w*|assault\w*|attacked|bail|bullied|burgled|client|court|custody|"
    r"depress\w+|domestic|drugs?|ex-?(?:partner|husband|wife|boyfriend|girlfriend)|exploit\w+|grooming|"
    r"harass\w+|heroin|homeless|idva|isva|offen[cd]\w+|overdose|perpetrator|police|prison|probation|"
    r"raped?|refuge|safeguarding|self-harm\w*|service\s+user|sexual\w*|stalk\w+|suicid\w+|support\w*|"
    r"survivor|trauma\w*|victim|violen\w+)\b",
    re.IGNORECASE,
)
_CHANGED = expression(
    r"\bnames?\b.{0,40}\b(?:changed|anonymi[sz]ed|altered|withheld)\b|\bnot\s+(?:her|his|their)\s+real\s+"
    r"name|\bpseudonym|\banonymi[sz]ed\b|\breal\s+name\b",
    re.IGNORECASE,
)
_NAME = expression(
    r"(?<![\w@.’'-])(?P<first>[A-Z][a-z]{2,14}(?:-[A-Z][a-z]{2,14})?)"
    r"(?:\s+(?P<last>(?:Mc|Mac|O[’'])?[A-Z][a-z]{2,18}(?:-[A-Z][a-z]{2,18})?))?(?:['’]s)?(?![\w@])"
)
# What people do, and what places and bodies do too.
_DOES = expression(
    r",?\s+\(?(?:aged\s+)?\d{1,2}\b\)?"
    r"|,?\s+(?:who\s+)?(?:also\s+|now\s+|then\s+|first\s+)?"
    r"(?:felt|feels|said|told|disclosed|lives?|lived|suffered|fled|spoke|wanted|struggled|moved|went|"
    r"left|described|explained|contacted|"
    r"(?:was|is|had\s+been|has\s+been)\s+(?:\w+ly\s+|now\s+|being\s+)?(?:a\s+victim|abused|afraid|"
    r"arrested|assaulted|at\s+risk|attacked|bullied|burgled|convicted|diagnosed|drinking|exploited|"
    r"feeling|frightened|groomed|harassed|helped|homeless|living|married|placed|pregnant|raped|"
    r"referred|released|scared|sentenced|sleeping|stalked|struggling|suffering|supported|targeted|"
    r"threatened|using))\b"
)
_MAY_DO = expression(
    r",?\s+(?:who\s+)?(?:also\s+|now\s+|then\s+|first\s+)?(?:was|is|has|had|reported|attended|engaged|"
    r"met|received|became|began|started|did|could|would|presented|came|returned|remains?|accessed|"
    r"completed|needed|found|got|stated|called|made|took|worked|experienced)\b"
)
_BEFORE = expression(
    r"\b(?:named|called|client|survivor|victim|mother|father|daughter|son|mum|dad|sister|brother|"
    r"partner|husband|wife|boyfriend|girlfriend|ex|service\s+user|Mr|Mrs|Ms|Miss|supported|helped|"
    r"visited|met\s+with)\s+$"
)
_AT_WORK_BEFORE = expression(
    r"\b(?:PC|PCSO|DC|DS|DI|DCI|Sgt|Sergeant|Insp|Inspector|Supt|Superintendent|Constable|Councillor|"
    r"Cllr|Dr|Doctor|Professor|Prof|Commissioner|Minister|Sir|Dame|Lord|Lady|Judge|Rev|Officer|worker|"
    r"adviser|advisor|manager|chair\w*|member|nurse|teacher|mentor|coach),?\s+(?:M(?:rs?|iss|s)\s+)?$",
    re.IGNORECASE,
)
_AT_WORK_AFTER = expression(
    r"(?:\s+[A-Z]\w+)?,?\s+\(?(?:the|an?|our|her|his|their|from)?\s*(?:[\w’'-]+\s+){0,5}?"
    r"(?:officer|worker|advis[eo]r|manager|lead|co-?ordinator|nurse|teacher|counsellor|inspector|"
    r"constable|commissioner|director|idva|isva|chair\w*|trustee|volunteer|mentor|MP|practitioner)\b",
)
# The letter first: what can begin a match is then found quickly.
_PRONOUN = expression(
    r"[SsHh](?<!\w[SsHh])(?:(?<=[Ss])he|(?<=[Hh])(?:e|ers?|is|im|erself|imself))\b"
)
_HEADING_WORDS = ("case", "stor", "life", "lived")
# What begins sentences, or is a body, a day or a month.
_NO_NAME = expression(
    r"Act|Action|Care|Code|Commissioners|Liaison|Management|Satisfaction|Statement|Survey|Assistant|Deputy|Detective|Operation|Sergeant|After|All|Also|Although|And|Another|Any|April|August|Board|Both|Branch|But|"
    r"Case|Centre|Chief|Children|City|Client|Commissioner|Council|County|Court|December|"
    r"Domestic|Drive|During|Each|Early|England|February|Following|For|Force|Friday|From|Good|"
    r"Having|Her|His|Home|Hospital|Housing|However|Independent|Its|January|July|June|Later|"
    r"Local|March|May|Mental|Monday|Mum|National|Not|November|Now|October|Office|Officer|"
    r"Officers|Once|One|Other|Our|Panel|Partner|Plan|Police|Prior|Probation|Programme|Project|"
    r"Public|Recently|Road|Saturday|School|September|Service|Services|She|Since|Social|Some|"
    r"Staff|Street|Such|Sunday|Support|Survivor|Team|That|The|Their|Then|There|These|They|"
    r"This|Those|Through|Thursday|Town|Tuesday|Unit|University|Victim|Victims|Wales|Wednesday|"
    r"What|When|Where|While|Who|With|Without|Women|Work|Worker|You|Young|Your"
)
_BODY = (
    r"(?:Academy|Act|Aid|Association|Board|Campaign|Centre|City|Close|Council|County|Court|Foundation|"
    r"Fund|Group|Hospital|House|Inquiry|Law|Limited|Ltd|Network|Partnership|Police|Programme|Project|"
    r"Road|Scheme|School|Service|Services|Street|Team|Town|Trust|Unit|University|Worker)"
)
_AFTERWARDS = 6  # blocks after a heading that may belong to its story

_APART = 3  # blocks between two stories


@dataclass(frozen=True)
class Named:
    """A person named in a case story: where in the passage, and whether with the surname."""

    start: int
    end: int
    name: str
    is_full: bool
    is_headed: bool


def stories(blocks: Sequence[Block]) -> dict[int, bool]:
    """Return which blocks tell a case story, and whether a heading or caption says so."""
    found: dict[int, bool] = {}
    for place, block in enumerate(blocks):
        headed = _is_headed(block.text)
        if headed and len(block.text) < 200:
            for near in range(max(place - 2, 0), min(place + _AFTERWARDS + 1, len(blocks))):
                if _CUES.search(blocks[near].text):
                    found[near] = True
        if headed or (_PRONOUN.search(block.text) and _has_cues(block.text)):
            found.setdefault(place, headed)
    return found


def _is_headed(text: str) -> bool:
    small = text.casefold()
    return any(word in small for word in _HEADING_WORDS) and bool(_HEADED.search(text))


def _has_cues(text: str) -> bool:
    return len({match[0].casefold() for match in _CUES.finditer(text)}) >= 3


_SOMEONE = expression(
    r"\b(?:aged\s+)?(?P<age>\d{1,2})[ -]years?[ -]olds?\s+(?:man|woman|boy|girl|male|"
    r"female|child|client|victim|survivor|mother|father|lady|gentleman)\b"
    r"|\b(?:[Tt]he|[Tt]his|[Oo]ur|[Aa])\s+(?:client|young\s+person|service\s+user|survivor)\s+"
    r"(?:was|is|has|had|who|felt|said|disclosed|lives?)\b|\b(?:Client|Case|M[rs]s?)\s+[A-Z]\b"
    r"|(?<![\w.-])[B-HJ-Z]\s+(?:was|had|has|felt|said)\b"
)


def individuals(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the blocks that tell of one person in some detail, each with where it does.

    Of blocks that follow one another, which are one story, the first is returned.
    """
    found: list[tuple[int, int]] = []
    last = -_APART
    for place, block in enumerate(blocks):
        at = aged(block.text) if "year" in block.text or "aged" in block.text else None
        told_of = described(block.text) if at is None else None
        at = told_of.start if told_of else at
        if at is not None:
            if place - last >= _APART:
                found.append((place, at))
            last = place
            continue
        pronouns = len(_PRONOUN.findall(block.text))
        if pronouns < 3 and "year" not in block.text:
            continue
        someone = _SOMEONE.search(block.text)
        if not someone or not (someone["age"] or pronouns >= 3):
            continue
        cues = _CUES.search(block.text) or _HEADED.search(block.text)
        if PUBLIC_RECORD.search(block.text, someone.end(), someone.end() + 120):
            continue
        if (cues or pronouns >= 3) and not _is_count(block.text, someone):
            if place - last >= _APART:
                found.append((place, someone.start()))
            last = place
    return found


def _is_count(text: str, someone: re.Match[str]) -> bool:
    """Return whether people of an age are counted, or an offence is told as the news do."""
    before = text[max(someone.start() - 20, 0) : someone.start()]
    return bool(re.search(r"\d\s*$|\b(?:all|for|of|to|by|with|most)\s+$|[A-Z][a-z]+\s+$", before))


def are_changed(around: str) -> bool:
    """Return whether a text says that the names in it are changed."""
    return bool(_CHANGED.search(around))


def named(passage: Passage, around: str, whole: str, is_headed: bool) -> list[Named]:
    """Return the people that a passage of a story names, each once.

    `around` is the story, `whole` the document: a name said to be changed in the one, or a place or
    body in the other, is none. Where no heading says that it is a story, more must speak for it.
    """
    if _CHANGED.search(around):
        return []
    text = passage.text
    made: dict[str, Named] = {}
    for match in _NAME.finditer(text):
        first, last = match["first"], match["last"]
        if _NO_NAME.fullmatch(first) or first in made or _is_at_work(text, match):
            continue
        is_full = last is not None and not _NO_NAME.fullmatch(last)
        again = is_full or len(re.findall(rf"\b{re.escape(first)}\b", around)) > 1
        does, may_do = _is_spoken_of(text, match)
        told = (does or (may_do and again)) if is_headed else (does and again)
        if told and not _is_no_person(first, last, whole):
            end = match.end("last") if is_full else match.end("first")
            made[first] = Named(match.start(), end, text[match.start() : end], is_full, is_headed)
    return list(made.values())


# Who came to the police, or the police to them; in capitals ("Victim Satisfaction") it is a title.
_CAME = (
    r"(?:complainant|complaint\s+(?:from|by|of|made\s+by)|review\s+(?:requested|sought)\s+by|applicant|"
    r"appellant|victim|witness|detainee|suspect|defendant|injured\s+party|deceased|offender|"
    r"missing\s+person|resident|member\s+of\s+the\s+public|petitioner|claimant|survivor|caller|tenant|"
    r"householder|buyer|purchaser|patient|pupil|grievant|service\s+user|employee)"
)
_FROM = r"(?:\s+(?:of|in|from|at)\s+[^,.;:()]{2,40}?,)"
_PUBLIC = expression(
    rf"(?:\b{_CAME}(?:{_FROM}|,)?\s+(?:was\s+|is\s+|named\s+|called\s+|an?\s+)?|\b(?i:{_CAME})\s*[:(–-]\s*)"
    r"(?P<name>(?P<title>M(?:rs?|iss|s)\.?\s+)?(?P<first>[A-Z][a-z]{1,18})"
    r"(?:[ -](?P<last>[A-Z][a-z]{2,18}))?)(?![\w-])",
    needs="complain|review|applicant|appellant|victim|witness|detainee|suspect|defendant|"
    "injured|deceased|offender|missing|resident|public|petitioner|claimant|survivor|"
    "caller|tenant|householder|buyer|purchaser|patient|pupil|grievant|service|employee",
)
# "Mr Bright's complaint": whoever has one is no official.
_THEIR_OWN = expression(
    r"(?P<name>\bM(?:rs?|iss|s)\.?\s+(?:[A-Z]\.?\s+)?(?:(?P<first>[A-Z][a-z]{1,18})\s+)?"
    r"(?P<last>[A-Z][a-z]{2,18}))[’']s\s+(?:complaint|claim|grievance|arrest|appeal|petition|injur(?:y|ies)|"
    r"conviction|detention|burglary|assault)\b"
)


def members_of_the_public(text: str) -> list[Named]:
    """Return the complainants, victims, witnesses and others whom a text names."""
    named_there = (*at_home(text), *named_in_private(text))
    homes = ((start, end, parts, True) for start, end, parts in named_there)
    made = [
        Named(start, end, text[start:end], is_sure, False)
        for start, end, parts, is_sure in (*people(text), *homes)
        if not any(_NO_NAME.fullmatch(p) or re.fullmatch(_BODY, p) for p in parts)
        and not _AT_WORK_BEFORE.search(text[max(start - 30, 0) : start])
    ]
    for match in _THEIR_OWN.finditer(text) if "’s " in text or "'s " in text else ():
        made.append(Named(*match.span("name"), match["name"], bool(match["first"]), False))
    for match in _PUBLIC.finditer(text):
        parts = [part for part in (match["first"], match["last"]) if part]
        if any(_NO_NAME.fullmatch(p) or re.fullmatch(_BODY, p) for p in parts):
            continue
        is_full = len(parts) > 1
        if (match["title"] or is_full) and not _AT_WORK_AFTER.match(text, match.end("name")):
            made.append(Named(*match.span("name"), match["name"], is_full, False))
    return made


def _is_at_work(text: str, match: re.Match[str]) -> bool:
    end = match.end("first")
    return bool(
        _AT_WORK_BEFORE.search(text[max(match.start() - 30, 0) : match.start()])
        or _AT_WORK_AFTER.match(text, end)
    )


def _is_spoken_of(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    """Return whether the words around surely, and maybe, tell what a person did, he or she."""
    near = text[max(match.start() - 100, 0) : match.end() + 160]
    if not _PRONOUN.search(near):
        return False, False
    before = _BEFORE.search(text[max(match.start() - 30, 0) : match.start()])
    does = bool(before or _DOES.match(text, match.end()))
    return does, does or bool(_MAY_DO.match(text, match.end()))


def _is_no_person(first: str, last: str | None, whole: str) -> bool:
    """Return whether the word is a body, a place or a law elsewhere in the document."""
    name = re.escape(first)
    if last and re.fullmatch(_BODY, last):
        return True
    pattern = rf"\b(?:[Tt]he|in|at|across|near|around)\s+{name}\b|\b{name}(?:[’']s)?\s+{_BODY}\b"
    return bool(re.search(pattern, whole))
