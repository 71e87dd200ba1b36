"""Personal data in what goes out. A finding tells where it stands and does not spread it itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import Document, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.recognition.described import Detail, described
from peelian.recognition.future import sentences
from peelian.recognition.personal import Personal, PersonalKind, personal_data
from peelian.recognition.stories import (
    Named,
    are_changed,
    individuals,
    members_of_the_public,
    named,
    stories,
)

_TITLE = gettext_lazy("Personal data")
MASK = "*"
_MOST = 40  # told of one passage; all is covered that is quoted
LABELS = {
    PersonalKind.PRIVATE_EMAIL: gettext_lazy("A private e-mail address"),
    PersonalKind.WORK_EMAIL: gettext_lazy("An e-mail address of a person by name"),
    PersonalKind.MOBILE: gettext_lazy("A mobile telephone number"),
    PersonalKind.TELEPHONE: gettext_lazy("A private telephone number"),
    PersonalKind.ADDRESS: gettext_lazy("What may be a home address"),
    PersonalKind.BIRTH: gettext_lazy("A date of birth"),
    PersonalKind.INSURANCE: gettext_lazy("A National Insurance number"),
    PersonalKind.HEALTH: gettext_lazy("An NHS number"),
    PersonalKind.VEHICLE: gettext_lazy("A vehicle’s registration"),
    PersonalKind.DOCUMENT: gettext_lazy("The number of a passport or licence, or of a prisoner"),
    PersonalKind.BANK: gettext_lazy("Bank details"),
    PersonalKind.NAME: gettext_lazy("What may be the real name of a victim, complainant or client"),
}
DETAILS = {
    Detail.AGE: gettext_lazy("age"),
    Detail.HOME: gettext_lazy("home"),
    Detail.WORK: gettext_lazy("work"),
    Detail.FAMILY: gettext_lazy("family"),
    Detail.HEALTH: gettext_lazy("health"),
}


@dataclass(frozen=True)
class _Hit:
    personal: Personal
    value: str
    sure: Confidence


@check("personal-data", _TITLE)
def personal(proof: Proof) -> Iterator[Finding]:
    """Find personal data: private addresses and numbers, and names of people in case stories."""
    found: dict[tuple[PersonalKind, str], list[tuple[Place, Confidence]]] = {}
    for document in proof.documents:
        for passage, hits in _hits(document):
            quoted = replace(passage, text=_masked(passage.text, hits))
            for hit in hits[:_MOST]:
                key = hit.personal.kind, re.sub(r"[\W_]", "", hit.value.casefold())
                where = _place(quoted, hit.personal.start)
                found.setdefault(key, []).append((where, hit.sure))
    for (kind, _value), given in found.items():
        places = list(dict.fromkeys(where for where, _sure in given))
        yield Finding(
            places[0],
            _("%(what)s can be read here.") % {"what": LABELS[kind]},
            _mend(kind),
            min((sure for _where, sure in given), key=list(Confidence).index),
            tuple(places[1:]),
        )


@check("personal-data", _TITLE)
def recognisable(proof: Proof) -> Iterator[Finding]:
    """Find case stories told with so much detail that someone may be recognised without a name."""
    for document in proof.documents:
        for number, start in individuals(document.blocks):
            block = document.blocks[number]
            hits = [
                _Hit(one, block.text[one.start : one.end], _sure(one))
                for one in personal_data(block.text)
            ]
            one = described(block.text)
            details = ", ".join(str(DETAILS[detail]) for detail in one.details) if one else ""
            yield Finding(
                _place(replace(block, text=_masked(block.text, hits)), start),
                _("This tells of one person’s %(details)s.") % {"details": details}
                if details
                else _("This tells of one person in some detail."),
                _("See that nobody who knows them could recognise them, or that they have agreed."),
                Confidence.POSSIBLE,
            )


def _mend(kind: PersonalKind) -> str:
    if kind == PersonalKind.NAME:
        return _("Change the name and say so, or see that the person has agreed to be named.")
    if kind == PersonalKind.WORK_EMAIL:
        return _(
            "Give the office’s own mailbox, unless this person’s address is meant to be public."
        )
    return _("Take it out, unless this person has agreed that it be published.")


def _hits(document: Document) -> Iterator[tuple[Passage, list[_Hit]]]:
    """Yield the passages of a document that hold personal data, with what they hold."""
    told = stories(document.blocks)
    whole = "\n".join(block.text for block in document.blocks) if told else ""
    for number, block in enumerate(document.blocks):
        for passage in block.passages():
            hits = [
                _Hit(one, passage.text[one.start : one.end], _sure(one))
                for one in personal_data(passage.text)
            ]
            for one in _public(passage.text, document, number):
                sure = Confidence.LIKELY if one.is_full else Confidence.POSSIBLE
                what = Personal(one.start, one.end, PersonalKind.NAME, one.is_full)
                hits.append(_Hit(what, one.name, sure))
            if number in told:
                near = document.blocks[max(number - 3, 0) : number + 4]
                around = " ".join(b.text for b in near)
                hits += _names(passage, around, whole, told[number])
            if hits:
                yield passage, hits


def _public(text: str, document: Document, number: int) -> list[Named]:
    """Return the members of the public that a text names, unless the text around changed them."""
    found = members_of_the_public(text)
    near = document.blocks[max(number - 3, 0) : number + 4] if found else ()
    return [] if are_changed(" ".join(block.text for block in near)) else found


def _sure(one: Personal) -> Confidence:
    if one.kind == PersonalKind.WORK_EMAIL or not one.is_sure:
        return Confidence.POSSIBLE
    return Confidence.LIKELY


def _names(passage: Passage, around: str, whole: str, is_headed: bool) -> Iterator[_Hit]:
    for one in named(passage, around, whole, is_headed):
        likely = one.is_full or (one.is_headed and around.count(one.name) > 1)
        sure = Confidence.LIKELY if likely else Confidence.POSSIBLE
        yield _Hit(Personal(one.start, one.end, PersonalKind.NAME, likely), one.name, sure)


# ---- not spreading it ----


def _place(quoted: Passage, start: int) -> Place:
    spans = list(sentences(quoted.text)) or [(0, len(quoted.text))]
    begins, ends = next((s for s in spans if s[0] <= start < s[1]), spans[0])
    return place(quoted, begins, ends, start)


def _masked(text: str, hits: list[_Hit]) -> str:
    """Return a text of the same length in which the middle of what was found is covered."""
    letters = list(text)
    for hit in hits:
        where = slice(hit.personal.start, hit.personal.end)
        letters[where] = masked(hit.value, hit.personal.kind)
    named_so = {h.value for h in hits if h.personal.kind == PersonalKind.NAME}
    parts = {part for name in named_so for part in name.split()}
    covered = "".join(letters)
    if not parts:
        return covered
    pattern = rf"\b(?:{'|'.join(map(re.escape, sorted(parts)))})\b"  # wherever they stand
    return re.sub(pattern, lambda match: masked(match[0], PersonalKind.NAME), covered)


def masked(value: str, kind: PersonalKind) -> str:
    """Return what was found with its middle covered, as long as it was: `07*******23`."""
    end = value.find("@") if kind in (PersonalKind.PRIVATE_EMAIL, PersonalKind.WORK_EMAIL) else -1
    hidden, rest = (value[:end], value[end:]) if end >= 0 else (value, "")
    places = [n for n, char in enumerate(hidden) if char.isalnum()]
    keep = 2 if len(places) >= 10 else 1
    shown = {*places[:keep], *(places[-keep:] if len(places) > 3 * keep else ())}
    if kind == PersonalKind.BIRTH:  # an end of it would tell the age
        shown = set(places[:1])
    if kind == PersonalKind.NAME:
        shown = {n for n in places if n == 0 or not hidden[n - 1].isalnum()}
    covered = "".join(MASK if n in places and n not in shown else c for n, c in enumerate(hidden))
    return covered + rest
