"""Who owes and who is owed: posts, bodies and people as minutes name them; initials spelled out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.recognition.attendance import TITLED

_POST = (
    r"Commissioner|Constable|Executive|Chair(?:man|woman|person)?|Clerk|Secretary|Treasurer|"
    r"Director|Manager|Lead|Head|Superintendent|Inspector|Sergeant|Mayor|Solicitor|Auditors?|"
    r"Officers?|Adviser|Advisor|Analyst|PCC|PFCC|DPCC|DPFCC|CFO|CEO|ACC|DCC|CC|ACO|Co-?ordinator|"
    r"Accountant|Comisiynydd|Cadeirydd|Gomisiynydd"
)
_BODY = (
    r"Panel|Board|Committee|OPCC|OPFCC|Force|Constabulary|Secretariat|Office|Group|Council|Team|"
    r"Members|Councillors|Partnership|Service|Sub-Group|Task\s+Group|Inspectorate|Scrutineers"
)
_NAMED = (
    r"(?:Cllrs?|Councillors?|Cynghorydd|Mrs?|Ms|Miss|Dr|Prof|Col|Supt|Sgt|Insp|Sir|Dame|Ch\s?Supt|"
    r"T/ACC|ACC|DCC|CC|ACO|PFCC|PCC|DPCC)\.?\s+(?:[A-Z]\.?\s?){0,3}[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}"
)
_WORD = r"[A-Z][\w’'&-]*"
ACTOR = expression(
    rf"(?P<named>\b{_NAMED})(?:\s+\([^()]{{1,60}}\))?"
    rf"|(?:\b[Tt]he\s+)?\b(?P<post>(?:{_WORD}\s+(?:(?:and|of|for|&|the|,)\s+)?){{0,5}}"
    rf"(?:(?:Vice|Deputy|Co)[\s-]+)?(?:{_POST}|{_BODY})\b(?:\s+(?:of|for)\s+(?:the\s+)?{_WORD}(?:\s+(?:and\s+)?{_WORD}){{0,4}})?"
    rf"(?:\s+\({_WORD}(?:\s+(?:and\s+)?{_WORD}){{0,5}}\))?)"
    r"|\b(?P<small>officers|the\s+(?:force|chair(?:man|woman|person)?|clerk|office|commissioner))\b"
)
PRONOUN = expression(r"(?:he|she|they|he\s*/\s*she|s/he|it|we|I)", re.IGNORECASE)
_SEVERAL = expression(
    r"\b(?:officers|members|councillors|cllrs|auditors|scrutineers|force|office|team|group|council|"
    r"panel|board|committee|constabulary|secretariat|OPCC|OPFCC|partnership|service)$",
    re.IGNORECASE,
)
_RECIPIENT = expression(
    r"(?:\b(?:to|for)|\bshared?\b(?:\s+[\w’'-]+){0,8}?\s+with)\s+(?:all\s+)?(?:the\s+)?(?P<who>(?:Panel|Board|Committee|Sub-Committee|"
    r"Forum|Group)(?:\s+[Mm]embers|['’]s)?|[Mm]embers(?:\s+of\s+the\s+\w+)?|[Aa]ttendees|[Cc]olleagues|"
    rf"{_NAMED}|(?:Police(?:,?\s+Fire)?\s+and\s+Crime\s+)?Commissioner|PCC|PFCC|Chief\s+Constable|"
    r"OPCC|OPFCC|Chair(?:man|woman|person)?)\b"
)
_GIVEN = expression(
    r"\b(?P<who>(?:the\s+)?(?:Panel|Board|Committee|Members|Forum|Group))\s+(?:would|will|should|to|"
    r"shall)\s+be\s+(?:provided|given|sent|supplied|updated|informed|notified|kept|advised|briefed)",
    re.IGNORECASE,
)
_GAVE = expression(
    rf"\b(?:provide|give|send|supply|update|inform|notify|brief|e-?mail|advise)\s+"
    rf"(?:the\s+|all\s+)?(?P<who>Panel|Board|Committee|[Mm]embers|{_NAMED}|PCC|PFCC|Commissioner)\b"
)
_BEHALF = expression(
    r"\bon\s+behalf\s+of\b.{0,60}?\bto\s+(?P<who>(?:the\s+)?[A-Z][\w’'.]*(?:\s+[A-Z][\w’'.]*){0,5})"
)
_ASKED = expression(
    rf"\b(?:question|query|request|enquiry|suggestion|point)s?\s+(?:raised\s+|put\s+)?(?:from|by)\s+"
    rf"(?P<by>{_NAMED})|(?P<who>{_NAMED})\s+(?:also\s+|then\s+)?(?:asked|requested|enquired|inquired|"
    r"queried|sought|questioned|wanted\s+to\s+know)\b"
)
_ASKS = expression(r"\b(?:asked|requested|queried|questioned|enquired|sought|wondered)\b")
_NAMES = expression(r"(?:[\s,&]|and\b|of\b|the\b|for\b|\([^()]{0,60}\)|[A-Z][\w’'.-]*)*")
_OUTSIDE = expression(r"\b(?:write|writ\w+|speak|talk\w*|refer\w*|lobby\w*)\s+$")
_BY = expression(r"\b(?:by|from)\s+(?P<who>(?:the\s+)?.{3,60})")
_SHORT = expression(r"[A-Z](?:[a-z]?[A-Z]){1,3}\d?")
_PARTS = expression(r"\s*(/|,|&|\band\b|\+|;)\s*")
_OPENING = expression(
    r"\s*(?P<who>[A-Z][\w.’'()&/, -]{1,70}?)\s*(?:\bto\b|\bwill\b|\bwould\b|\bagreed\s+to\b|"
    r"\bshall\b|[:–—]|\s-)\s+(?P<rest>\S.*)$",
    re.DOTALL,
)


@dataclass(frozen=True)
class Meeting:
    """What minutes say of their meeting: its body and day, and whose initials are whose."""

    body: str = ""
    held_on: dt.date | None = None
    initials: Mapping[str, str] = field(default_factory=dict)


def actor_in(text: str, *, one_person: bool = False) -> str:
    """Return the last post, body or person that a text names, empty where none; `one_person`
    passes over bodies and numbers of people."""
    found = ""
    for match in ACTOR.finditer(text[-600:]):
        words = " ".join(match[0].split())
        if not (one_person and _SEVERAL.search(words)):
            found = words
    return _plain(found)


def first_actor(text: str) -> str:
    """Return the first post, body or person that a text names, empty where none."""
    match = ACTOR.search(text[:600])
    return _plain(" ".join(match[0].split())) if match else ""


def named_in(text: str, meeting: Meeting) -> str:
    """Return the attendee whom a text names last, as printed, empty where none."""
    places = {text.rfind(TITLED.sub("", name)): name for name in meeting.initials.values()}
    last = max(places, default=-1)
    return places[last] if last >= 0 else ""


def subject_of(clause: str) -> str:
    """Return the one person a clause begins with, empty where they but ask: another will answer."""
    match = ACTOR.match(clause.lstrip())
    if match is None or _SEVERAL.search(match[0]) or _ASKS.search(clause):
        return ""
    return _plain(" ".join(match[0].split()))


def is_actor(words: str) -> bool:
    """Return whether words are nothing but someone who can owe something."""
    words = words.strip(" ,.:")
    match = ACTOR.match(words)
    return bool(match and len(words) - match.end() <= 45 and _NAMES.fullmatch(words[match.end() :]))


def expanded(owner: str, meeting: Meeting) -> str:
    """Return an owner whose initials are spelled out by the list of those who were there."""
    words = " ".join(owner.split()).strip(" .:–-()")
    pieces = _PARTS.split(words)
    names = pieces[::2]
    if not any(n in meeting.initials for n in names):
        return words
    spelled = [meeting.initials.get(n, n) for n in names]
    return ", ".join(s for s in spelled if s)


def is_party(words: str, meeting: Meeting) -> bool:
    """Return whether words are someone: initials of those present, a post, a body, a person."""
    words = words.strip(" .:–-()")
    names = [n for n in _PARTS.split(words)[::2] if n]
    if not names or len(words) > 80:
        return False
    return all(
        n in meeting.initials
        or _SHORT.fullmatch(n)
        or is_actor(n)
        or re.fullmatch(r"(?:[A-Z]\.?\s?){1,3}\s?[A-Z][a-z’'-]+|(?:[A-Z][\w’'-]+\s?){2,3}|All", n)
        for n in names
    )


def opening_owner(text: str, meeting: Meeting) -> tuple[str, str]:
    """Return who an action opens with and what they are to do: `TS/SC to review` is both.

    The owner is empty, and the text whole, where it opens with nobody.
    """
    match = _OPENING.match(text[:4000])
    if match and is_party(match["who"], meeting):
        return expanded(match["who"], meeting), match["rest"]
    return "", text


def owed_to(sentence: str, before: str, owner: str, meeting: Meeting) -> str:
    """Return who is owed: whom the sentence names, who asked for it before, else the meeting."""
    if behalf := _BEHALF.search(sentence):
        return behalf["who"].strip().rstrip(".")
    for pattern in (_RECIPIENT, _GIVEN, _GAVE):
        match = pattern.search(sentence)
        if match is None or match["who"].casefold() in owner.casefold():
            continue
        party = _body_named(match["who"], meeting)
        # A letter to somebody outside is owed to those who were promised it.
        outside = _OUTSIDE.search(sentence[: match.start()])
        if not outside or TITLED.match(party) or party == meeting.body:
            return party
    asked = [m["by"] or m["who"] for m in _ASKED.finditer(f"{before[-800:]} {sentence}")]
    if asked and asked[-1] not in owner:
        return asked[-1]
    return meeting.body


def done_by(clause: str) -> str:
    """Return who a passive clause says will do it: `by the Clerk`; empty where it does not."""
    named = (ACTOR.match(match["who"]) for match in _BY.finditer(clause[:600]))
    return next((_plain(" ".join(match[0].split())) for match in named if match), "")


def _body_named(who: str, meeting: Meeting) -> str:
    """Return the meeting's body in full where the words mean it."""
    words = re.sub(r"^the\s+", "", who, flags=re.IGNORECASE)
    kind = re.split(r"\s|['’]", words)[0]
    means = kind.casefold() in meeting.body.casefold().split() or kind.casefold() in (
        "members",
        "attendees",
        "colleagues",
    )
    return meeting.body if meeting.body and means else words


def _plain(owner: str) -> str:
    return re.sub(r"^the\s+", "the ", owner.strip(" ,."), flags=re.IGNORECASE)
