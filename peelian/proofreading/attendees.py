"""Who is said to have been at a meeting, and to have sent apologies for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Passage
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.recognition.attendance import says_present
from peelian.recognition.minutes import Minutes

_TITLES = frozenset(
    {
        *(
            "acc",
            "aco",
            "cc",
            "ch",
            "cllr",
            "councillor",
            "cynghorydd",
            "dame",
            "dcc",
            "dpcc",
            "dr",
        ),
        *("insp", "lord", "lady", "miss", "mr", "mrs", "ms", "pcc", "pfcc", "prof", "professor"),
        *("rev", "reverend", "sgt", "sir", "supt", "t", "the"),
        *("assistant", "chief", "commissioner", "constable", "deputy", "detective", "inspector"),
        *("sergeant", "superintendent"),
    }
)
_APOLOGIES = expression(r"\bapol|\bymddiheur", re.IGNORECASE)
# Who was there for a part, or late, may well have sent apologies for the rest.
_IN_PART = expression(
    r"\b(?:arriv\w+|early|from|items?|join\w+|late\w*|left|part|remote\w*|substitut\w+|until|up\s+to)\b",
    re.IGNORECASE,
)


@check("contradiction", gettext_lazy("Contradiction"))
def present_and_absent(proof: Proof) -> Iterator[Finding]:
    """Find those whom minutes name among the present and among the apologies."""
    for minutes in proof.minutes:
        here = {_bare(one.name): one.name for one in (*minutes.present, *minutes.in_attendance)}
        both = [(one.name, _same(_bare(one.name), here)) for one in minutes.apologies]
        for absent, present in both:
            if present and (found := _places(proof, minutes, absent, present)):
                first, second = found
                yield Finding(
                    place(first[0], 0, None, first[1]),
                    _("%(name)s is named among those present, and sent apologies.")
                    % {"name": absent},
                    _("See in the notes of the meeting which is right, and correct the other."),
                    Confidence.LIKELY,
                    (place(second[0], 0, None, second[1]),),
                )


def _bare(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without titles and ranks."""
    words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", name.casefold())
    return tuple(word for word in words if word not in _TITLES)


def _same(name: tuple[str, ...], others: dict[tuple[str, ...], str]) -> str:
    """Return who of others has this name: alike, or with an initial for the first; else nobody.

    A surname alone beside a whole name may be two people's, but not beside one with its initial.
    """
    if len(name) == 1:
        initialled = [o for o in others if o[-1:] == name and len(o) > 1 and len(o[0]) == 1]
        return others[initialled[0]] if len(initialled) == 1 else others.get(name, "")
    for other, printed in others.items():
        if len(other) < 2 or other[-1] != name[-1]:
            continue
        shorter, longer = sorted((name[0], other[0]), key=len)
        if shorter == longer or (len(shorter) == 1 and longer.startswith(shorter)):
            return printed
    return ""


def _places(
    proof: Proof, minutes: Minutes, absent: str, present: str
) -> tuple[tuple[Passage, int], tuple[Passage, int]] | None:
    """Return where someone is said to be present and where to be absent; None for a part of it."""
    here: tuple[Passage, int] | None = None
    away: tuple[Passage, int] | None = None
    for document in proof.documents:
        if document.file != minutes.origin.file:
            continue
        apologies = False
        for passage in document.passages():
            if not minutes.origin.order <= passage.origin.order <= minutes.last:
                continue
            begins = _APOLOGIES.search(passage.text)
            goes_on = apologies and len(passage.text) < 80 and not says_present(passage.text)
            apologies = bool(begins) or goes_on
            at = _find(passage.text, absent, begins.start() if begins else 0)
            if apologies and at >= 0:
                away = away or (passage, at)
            elif (at := passage.text.find(present)) >= 0:
                here = here or (passage, at)
    if here is None or away is None:
        return None
    in_part = _IN_PART.search(_line(*here)) or re.search(
        r"\b(?:early|late\w*|leav\w+)\b", _line(*away), re.IGNORECASE
    )
    return None if in_part else (here, away)


def _find(text: str, name: str, start: int) -> int:
    """Return where a text has someone's name, or else their initials alone; -1 where neither."""
    short = "".join(word[0] for word in _bare(name)).upper()
    initials = expression(rf"(?<!\w){short}(?!\w)").search(text, start) if len(short) > 1 else None
    at = text.find(name, start)
    return initials.start() if at < 0 and initials else at


def _line(passage: Passage, at: int) -> str:
    """Return the words near an offset, up to the next name or sentence."""
    end = expression(r"[\n;.]\s|\n").search(passage.text, at)
    return passage.text[at : end.start() if end else at + 120]
