"""Personal data by its form: e-mail addresses, telephone numbers, addresses, numbers of people.

What belongs to an office is not personal: its mailboxes, its switchboard, its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from peelian.expressions import DIGITS, expression
from peelian.recognition.private_lives import names_person


class PersonalKind(StrEnum):
    """What a piece of personal data is."""

    PRIVATE_EMAIL = "private e-mail address"
    WORK_EMAIL = "work e-mail address"  # of an officer by name
    MOBILE = "mobile number"
    TELEPHONE = "telephone number"
    ADDRESS = "home address"
    BIRTH = "date of birth"
    INSURANCE = "National Insurance number"
    HEALTH = "NHS number"
    VEHICLE = "vehicle registration"
    DOCUMENT = "number of a document"
    BANK = "bank details"
    NAME = "name in a case story"


@dataclass(frozen=True)
class Personal:
    """A piece of personal data in a text. `is_sure` where the words around it say what it is."""

    start: int
    end: int
    kind: PersonalKind
    is_sure: bool


_EMAIL = expression(
    r"(?<![\w.+-])(?P<local>[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,4})@"
    r"(?P<domain>[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,40}){1,5})(?![\w-])",
    re.IGNORECASE,
)
# Providers of private mailboxes.
_PROVIDER = expression(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|aol|icloud|me|mac|"
    r"proton(?:mail)?|gmx|mail|btinternet|btopenworld|sky|talktalk|tiscali|virgin(?:media)?|"
    r"ntlworld|blueyonder|orange|freeserve|plus|zoho|fastmail|pm)\.(?:com|co\.uk|net|me|org|uk|fr)",
    re.IGNORECASE,
)
_OFFICE = expression(
    r"(?:^|\.)(?:gov\.(?:uk|wales|scot)|police\.uk|nhs\.(?:uk|net)|ac\.uk|mod\.uk|parliament\.uk|"
    r"cjsm\.net|llyw\.cymru|cps\.gov\.uk)$",
    re.IGNORECASE,
)
_PERSON = expression(r"[a-z]{1,20}[._-](?:[a-z][._-])?[a-z]{2,25}\d{0,3}", re.IGNORECASE)
_ROLE = expression(
    r"(?:^|[._-])(?:access|admin|advice|appeals?|business|care|cctv|centre|chief|clerk|commission\w*|"
    r"committees?|comms|communications|community|complaints?|consult\w*|contact(?:s|us)?|control|"
    r"council|crime|data|democrat\w*|desk|disclosure|engagement|enquir\w+|events?|finance|foi|force|"
    r"general|governance|grants?|headquarters|hello|help(?:desk|line)?|hr|hub|info\w*|legal|mail\w*|"
    r"media|member\w*|news|no|office\w*|opcc|panel|pcc|pfcc|pcp|performance|police|policy|post|press|"
    r"privacy|procurement|protection|public|recruitment|reply|reports?|request\w*|safety|scrutiny|"
    r"secretar\w+|service\w*|standards|strategy|support|team|volunteer\w*|web\w*|youth)(?:$|[._-])",
    re.IGNORECASE,
)
_CONTACT = expression(
    r"\b(?:call|contacts?|direct|duty|e-?mail|enquir\w+|fax|helpline|information|line|media|office|"
    r"phone|press|ring|switchboard|tel(?:ephone)?|text|whatsapp)\b",
    re.IGNORECASE,
)
_MOBILE = expression(
    r"(?<![\w.+])(?:(?:\+44|0044)\s?(?:\(0\)\s?)?|\(?0)7\d{3}\)?(?:[ -]?\d){6}(?!\d)"
)
_LANDLINE = expression(
    r"(?<![\w./+-])(?:(?:\+44|0044)\s?(?:\(0\)\s?)?|\(?0)[12]\d{1,3}\)?(?:[ -]?\d){6,8}"
    r"(?![\d./-]\d|\d)"
)
_HOME = expression(
    r"\b(?:home|landline|personal|private|evenings?|next\s+of\s+kin|"
    r"(?:her|his|my|own|their)\s+(?:direct\s+|own\s+)?(?:number|(?:tele)?phone))\b",
    re.IGNORECASE,
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent|Court|Way|Gardens|Grove|Terrace|"
    r"Walk|Rise|Mews|Hill|Green|View|Row|Place|Square|Parade|Park|Croft|Wharf|Chase|Cottages|Mount|"
    r"Circus|Meadows?|Fields?|Bank|Gate|Path|Yard)"
)
_ADDRESS = expression(
    rf"\b(?:(?:Flat|Apartment)\s+\w{{1,4}},?\s+)?\d{{1,4}}[A-Za-z]?,?\s+"
    rf"(?:[A-Z][a-z’'-]{{1,20}}\s+){{1,3}}{_STREET}\b(?:,?\s+(?:[A-Z][\w’'-]{{1,20}},?\s+){{0,5}}{_POSTCODE})?",
    needs=DIGITS,
)
# A house by its number in a street of whatever name, where the words before say whose it is.
_NUMBERED = expression(
    r"(?:,|\b(?:of|at|from|in))\s+(?P<it>\d{1,4}[A-Za-z]?,?\s+"
    r"(?!(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)"
    r"[A-Z][a-z’'-]{1,20}(?:\s+[A-Z][a-z’'-]{1,20}){1,3})(?=\s*[,.;(]|\s+[a-z]|\s*$)"
)
_NAME_BEFORE = expression(
    r"(?P<title>\bM(?:rs?|iss|s)\.?\s+)?(?:[A-Z]\.?\s+){0,2}(?:[A-Z][a-z]{1,14}\s+)?"
    r"[A-Z][a-z]{2,18},\s+$"
)
_RINGS = expression(r"[^.;]{0,40}?\b(?:tel|telephone|phone|mobile|ring)\b", re.IGNORECASE)
_LIVES = expression(
    r"\b(?:home\s+address|home|lives?|lived|living|resid(?:es?|ed|ing|ent)|of|address(?:\s+is)?)\s*"
    r"(?:at|in)?\s*:?\s*$",
    re.IGNORECASE,
)
_PREMISES = expression(
    r"\b(?:building|centre|chamber|church|club|council|court|hall|headquarters|hotel|house|incident|"
    r"library|limited|ltd|meeting|museum|office|police|prison|pub|school|shop|station|store|suite|"
    r"trust|venue)s?\b",
    re.IGNORECASE,
)
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8},?"
    r"\s+(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})"
)
_BIRTH = expression(
    rf"\b(?i:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|born(?:\s+on)?)\W{{0,6}}(?P<it>{_DAY})"
)
_INSURANCE = expression(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"
)
_HEALTH = expression(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_VEHICLE = expression(r"\b[A-Z]{2}\d{2}\s?[A-HJ-PR-Z]{3}\b")
_CAR = expression(
    r"\b(?:car|lorry|motorcycle|number\s+plate|reg(?:istration)?|van|vehicle|vrm)\b", re.I
)
_SORT_CODE = expression(r"(?i:sort\s*code)\W{0,6}(?P<it>\d{2}[ -]?\d{2}[ -]?\d{2})\b")
_ACCOUNT = expression(r"(?i:account\s*(?:no\.?|number)?)\W{0,6}(?P<it>\d{8})\b")
# Announced by words, a number need not have its right form: one digit may be mistyped.
_NAMED = expression(
    r"\b(?:(?P<nhs>NHS)|(?P<ni>N\.?I\.?|National\s+Insurance)|(?i:passport|driving\s+licen[cs]e|"
    r"driver\s+number|prison(?:er)?|custody\s+record))\s+(?i:number|no\.?)\s*(?:[:(–-]|is|was)?\s*"
    r"(?P<it>[A-Z0-9](?:[ -]?[A-Z0-9]){5,17})(?!\w)"
)
_IBAN = expression(r"\bGB\d{2}\s?[A-Z]{4}(?:\s?\d{4}){3}\s?\d{2}\b")


_DIGIT = expression(r"\d")


def personal_data(text: str) -> list[Personal]:
    """Return the personal data in a text by its form, in order, no two at one place."""
    found: list[Personal] = []
    has_digit = bool(_DIGIT.search(text))
    readers = (_emails, _birth_and_bank, _numbers, _telephones, _addresses, _numbered)
    for reader in readers if has_digit else (_emails,) if "@" in text else ():
        for one in reader(text):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _before(text: str, start: int, width: int = 60) -> str:
    return text[max(start - width, 0) : start]


def _emails(text: str) -> Iterator[Personal]:
    for match in _EMAIL.finditer(text) if "@" in text else ():
        local, domain = match["local"], match["domain"]
        if _ROLE.search(local):
            continue
        if _PROVIDER.fullmatch(domain):
            yield Personal(*match.span(), PersonalKind.PRIVATE_EMAIL, True)
        elif _PERSON.fullmatch(local):
            yield Personal(*match.span(), PersonalKind.WORK_EMAIL, bool(_OFFICE.search(domain)))


def _telephones(text: str) -> Iterator[Personal]:
    for match in _MOBILE.finditer(text):
        is_sure = not _CONTACT.search(_before(text, match.start()))
        yield Personal(*match.span(), PersonalKind.MOBILE, is_sure)
    for match in _LANDLINE.finditer(text):
        before = _before(text, match.start())
        if _HOME.search(before):
            yield Personal(*match.span(), PersonalKind.TELEPHONE, True)


def _addresses(text: str) -> Iterator[Personal]:
    for match in _ADDRESS.finditer(text):
        lives = _LIVES.search(_before(text, match.start()))
        person = names_person(_before(text, match.start())) or _beside(text, match)
        if person and not _PREMISES.search(person[0]):
            yield Personal(*match.span(), PersonalKind.ADDRESS, True)
            continue
        home = lives and (not lives[0].casefold().startswith("of") or _has_postcode(match[0]))
        if _PREMISES.search(_before(text, match.start(), 100)) and not _is_home(lives):
            continue
        if home or _has_postcode(match[0]):
            yield Personal(*match.span(), PersonalKind.ADDRESS, bool(home))


def _numbered(text: str) -> Iterator[Personal]:
    """Yield houses by number beside the names of their people, whatever the street is called."""
    for match in _NUMBERED.finditer(text):
        before = _before(text, match.start("it"))
        person = names_person(before) or _titled(before)
        if person and not _PREMISES.search(f"{person[0]} {match['it']}"):
            yield Personal(*match.span("it"), PersonalKind.ADDRESS, True)


def _titled(before: str) -> re.Match[str] | None:
    name = _NAME_BEFORE.search(before)
    return name if name and name["title"] else None


def _beside(text: str, address: re.Match[str]) -> re.Match[str] | None:
    """Return the name that stands before an address by a comma: titled, or with a telephone."""
    name = _NAME_BEFORE.search(_before(text, address.start()))
    rings = _RINGS.match(text, address.end())
    return name if name and (name["title"] or rings) else None


def _is_home(lives: re.Match[str] | None) -> bool:
    return bool(lives) and bool(re.match(r"home|liv|resid", lives[0], re.IGNORECASE))  # type: ignore[index]


def _has_postcode(address: str) -> bool:
    return bool(re.search(_POSTCODE, address))


def _birth_and_bank(text: str) -> Iterator[Personal]:
    for pattern, kind in (
        (_BIRTH, PersonalKind.BIRTH),
        (_SORT_CODE, PersonalKind.BANK),
        (_ACCOUNT, PersonalKind.BANK),
    ):
        for match in pattern.finditer(text):
            yield Personal(*match.span("it"), kind, True)
    for match in _IBAN.finditer(text):
        yield Personal(*match.span(), PersonalKind.BANK, True)


def _numbers(text: str) -> Iterator[Personal]:
    for match in _NAMED.finditer(text):
        if sum(c.isdecimal() for c in match["it"]) >= 4:
            kind = PersonalKind.HEALTH if match["nhs"] else PersonalKind.DOCUMENT
            kind = PersonalKind.INSURANCE if match["ni"] else kind
            yield Personal(*match.span("it"), kind, True)
    for match in _INSURANCE.finditer(text):
        is_sure = bool(re.search(r"\b(?:NI|National Insurance)\b", _before(text, match.start())))
        yield Personal(*match.span(), PersonalKind.INSURANCE, is_sure)
    for match in _HEALTH.finditer(text):
        if re.search(r"\bNHS\b", _before(text, match.start(), 30)) and is_health_number(match[0]):
            yield Personal(*match.span(), PersonalKind.HEALTH, True)
    for match in _VEHICLE.finditer(text):
        is_sure = bool(_CAR.search(_before(text, match.start())))
        yield Personal(*match.span(), PersonalKind.VEHICLE, is_sure)


def is_health_number(printed: str) -> bool:
    """Return whether ten digits are an NHS number: the last one checks the others."""
    digits = [int(c) for c in printed if c.isdecimal()]
    if len(digits) != 10:
        return False
    check = (
        11 - sum(d * weight for d, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    )
    return digits[9] == check % 11 and check != 10
