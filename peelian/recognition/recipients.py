"""Whether whoever was paid is an organisation, a person, or may be either; words without people.

In doubt it is a doubt: a person taken for an organisation is published, and cannot be taken back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from peelian.recognition.personal import personal_data
from peelian.recognition.stories import members_of_the_public

MASK = "[withheld]"


class RecipientKind(StrEnum):
    """What a recipient is taken for."""

    BODY = "body"
    PERSON = "person"
    DOUBTFUL = "doubtful"


class Sign(StrEnum):
    """By what a recipient is taken for what it is."""

    LEGAL_FORM = "legal form"
    BODY_WORD = "word of a body"
    TRADING_AS = "trading as"
    TITLE = "title"
    INITIALS = "initials and surname"
    FIRST_NAME = "first name"
    NO_SIGN = "no sign"


@dataclass(frozen=True)
class Recipient:
    """What a recipient is taken for, and by what sign."""

    kind: RecipientKind
    sign: Sign


_LEGAL = re.compile(
    r"\b(?:ltd|limited|plc|p\.l\.c|llp|l\.l\.p|lp|c\.?i\.?c|c\.?i\.?o|inc|incorporated|llc|gmbh|"
    r"s\.?a\.?r\.?l|b\.?v|pty|cyf|cyfyngedig|ccc)\b",
    re.IGNORECASE,
)
# What people are not called, and trade under their own name less often than not.
_BODY = re.compile(
    r"\b(?:academy|agency|association|authority|bank|board|borough|castle|cathedral|centre|chamber|"
    r"charity|church|citizens|club|college|commission(?:er)?|committee|company|constabulary|"
    r"consortium|co-?operative|corporation|council|county|court|cyngor|department|diocese|district|"
    r"federation|force|forum|foundation|fund|government|heddlu|hm|hmcts|hmrc|hospital|hotels?|"
    r"inspectorate|institute|international|library|ministry|museum|national|network|nhs|ombudsman|"
    r"office|panel|parish|partnerships?|pension|police|prison|prifysgol|probation|project|railways?|"
    r"royal|school|society|tribunal|trust|trustees|uk|union|universit(?:y|ies)|victim\s+support|"
    r"water|women[’']?s)\b|\.(?:com|co\.uk|org|uk|net)\b|\d[^\W\d_]",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:of|for|the|in|on|at)\b")
_TRADING = re.compile(r"\bt/?a\b|\btrading\s+as\b|\bsole\s+trader\b|\bself[\s-]employed\b", re.I)
_TRADES_AS = re.compile(r"\bt/?a\b|\btrading\s+as\b", re.IGNORECASE)
# Words that stand before the name of a person, whatever else there is.
_OF_PERSON = re.compile(
    r"\b(?:estate|executors?|administrators?|parents?|family|mother|father|widow|guardians?|kin|"
    r"representatives?|beneficiar(?:y|ies))\s+of\b|\bthe\s+late\b|\bfoster\s+carers?\b|\bc/o\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:the\s+)?(?:mr|mrs|ms|miss|mx|dr|doctor|prof(?:essor)?|sir|dame|lord|lady|baroness|rev|"
    r"reverend|cllr|councillor|capt(?:ain)?|col(?:onel)?|major|master)\b\.?(?:\s|$)"
    r"|,\s*(?:mr|mrs|ms|miss|mx|dr)\b\.?|\b(?:mr|mrs|ms|miss)\.?(?:\s|$)"
    r"|\b(?:qc|kc|mbe|obe|cbe|esq)\.?$",
    re.IGNORECASE,
)
_SURNAME = r"(?:mc|mac|o[’']|van\s|de\s|ap\s)?[a-z][a-z’']{2,20}(?:-[a-z’']{2,20})?"
# `BT Group` is none: letters that stand together are as often a firm's.
_INITIALS = re.compile(
    rf"(?:[a-z](?:\.\s?|\s)){{1,3}}{_SURNAME}|{_SURNAME},\s*(?:[a-z]\.?\s?){{1,3}}"
    rf"|{_SURNAME}\s[a-z]\.?(?:\s[a-z]\.?)?",
    re.IGNORECASE,
)
# A person as a finance system lists them: `J Smith 1234`, `Smith J (2)`, `A Church`, `J Smith UK`.
_NUMBERS = re.compile(r"\b\d+\b|[()#]")
_BEGINS_AS_PERSON = re.compile(
    rf"(?:[a-z](?:\.\s?|\s)){{1,3}}{_SURNAME}\b|{_SURNAME},?\s[a-z](?:\.|\s|$)", re.IGNORECASE
)
# `Patel BV` may be a firm, and may be a person by initials that look like its form.
_INITIALS_OR_FORM = re.compile(rf"{_SURNAME},?\s(?:lp|b\.?v)\.?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# Given names that are common in England and Wales; short forms among them.
_FIRST_NAMES = frozenset(
    Path(__file__).with_name("first_names.txt").read_text(encoding="utf-8").split()
)


def recipient(name: str) -> Recipient:
    """Return what a recipient is taken for: one with no sign of either is doubtful."""
    bare = " ".join(name.split())
    words = _WORDS.findall(bare)
    has_first_name = any(word.casefold() in _FIRST_NAMES for word in words)
    if _has_legal_form(bare):
        return Recipient(RecipientKind.BODY, Sign.LEGAL_FORM)
    for sign, pattern in ((Sign.TRADING_AS, _TRADING), (Sign.TITLE, _TITLE)):
        if pattern.search(bare):
            return Recipient(RecipientKind.PERSON, sign)
    if _BODY.search(bare) or (_SMALL.search(bare) and not has_first_name):
        if has_first_name:
            return Recipient(RecipientKind.DOUBTFUL, Sign.FIRST_NAME)
        if _may_be_person(bare):
            return Recipient(RecipientKind.DOUBTFUL, Sign.INITIALS)
        is_of_person = bool(_OF_PERSON.search(bare))
        kind = RecipientKind.DOUBTFUL if is_of_person else RecipientKind.BODY
        return Recipient(kind, Sign.NO_SIGN if is_of_person else Sign.BODY_WORD)
    if _INITIALS.fullmatch(bare):
        return Recipient(RecipientKind.PERSON, Sign.INITIALS)
    if has_first_name:
        is_name = 2 <= len(words) <= 4 and _starts_or_ends_with_first(words) and "&" not in bare
        kind = RecipientKind.PERSON if is_name else RecipientKind.DOUBTFUL
        return Recipient(kind, Sign.FIRST_NAME)
    return Recipient(RecipientKind.DOUBTFUL, Sign.NO_SIGN)


def _has_legal_form(bare: str) -> bool:
    """Return whether it has a legal form: never its first word, nor of what a person trades as."""
    owner = _TRADES_AS.split(bare)[0].strip()
    is_form = _LEGAL.search(owner, owner.find(" ") + 1)
    return bool(is_form) and not _INITIALS_OR_FORM.fullmatch(owner)


def _may_be_person(bare: str) -> bool:
    """Return whether initials and a surname begin it, or are all of it but for numbers."""
    plain = " ".join(_NUMBERS.sub(" ", bare).split())
    return bool(_INITIALS.fullmatch(plain) or _BEGINS_AS_PERSON.match(plain))


def _starts_or_ends_with_first(words: list[str]) -> bool:
    """Return whether the first name stands where one does: `John Smith`, `Smith, John`."""
    return any(word.casefold() in _FIRST_NAMES for word in (words[0], words[-1]))


def masked(text: str) -> str:
    """Return a text in which personal data and the names of private people are blacked out."""
    found = [(one.start, one.end) for one in personal_data(text)]
    found += [(one.start, one.end) for one in members_of_the_public(text)]
    found += [match.span("name") for match in _NAMED.finditer(text)]
    kept, place = "", 0
    for start, end in sorted(found):
        if end > place:
            kept += text[place : max(start, place)] + MASK
            place = end
    return kept + text[place:]


def without_name(text: str, name: str) -> str:
    """Return a text in which a name is blacked out: whole, or any word of it that stands as one.

    What somebody trades as is left; a word of it in small letters may be an ordinary word.
    """
    words = [w for w in _WORDS.findall(_TRADES_AS.split(name)[0]) if not _TITLE.match(w)]
    long = [word for word in words if len(word) > 2]
    if not long:
        return text
    forms = {form for word in long for form in (word, word.capitalize(), word.upper())}
    one = "|".join(map(_either_mark, sorted(forms - {word.lower() for word in long})))
    orders = (words, words[1:] + words[:1])
    whole = "|".join(r"[\s,.]+".join(map(_either_mark, order)) for order in orders)
    unit = rf"(?:{one or whole})"
    found = rf"(?:\b[A-Z]\b\.?\s*)*\b{unit}\b(?:[\s,.'&-]+(?:{unit}|[A-Z])\b)*"
    return re.sub(rf"\b(?i:{whole})\b|{found}", MASK, text)


def _either_mark(word: str) -> str:
    """Return a word as an expression that takes either apostrophe."""
    return re.sub(r"['’]", "['’]", re.escape(word))


# A title and a name anywhere in the words: payments have no public office-holders in them.
_NAMED = re.compile(
    r"(?P<name>\b(?:[Mm](?:r|rs|s|iss|R|RS|S|ISS)|Dr|DR)\b\.?\s+(?:[A-Z]\.?\s+){0,3}"
    r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)"
)
