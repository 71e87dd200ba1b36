"""Who sent apologies for a meeting, and is said to have spoken at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.recognition.future import sentences

_APOLOGIES = expression(
    r"apolog|ymddiheur",
    re.IGNORECASE,
    needs="apolog|ymddiheur",
)
_FROM = expression(
    r"\b[Aa]polog(?:ies|y)(?:\s+for\s+absence)?\s*(?:(?:were|was|had\s+been|have\s+been)\s+(?:\w+\s+){1,3}?)?"
    r"(?:from|by|for|:|on\s+behalf\s+of)\s+(?P<who>[^\n]{3,300})"
)
# Another meeting begins.
_BEGINS = expression(
    r"\s*(?:(?:draft\s+)?(?:minutes|notes)\s+of|present\s*:|attendees|in\s+attendance|agenda\b)",
    re.I,
)
_TITLE = r"(?:Councillors?|Cllrs?|Mrs?|Ms|Miss|Dr|Sir|Dame|Professor|Prof)\.?"
_PERSON = expression(
    rf"(?P<title>{_TITLE})\s+(?P<name>(?:[A-Z][\w’'-]*\.?\s+){{0,3}}?[A-Z][a-z][\w’'-]+)(?=\s*(?:[,;.(]|and\b|$))"
)
_NEXT = expression(r"(?:,|\s+and|,\s+and)\s+(?P<name>[A-Z][a-z][\w’'-]+)(?=\s*(?:[,;.(]|and\b|$))")
_SHORT = expression(r"\((?P<short>[A-Z]{2,3})\)")
_POSTS = frozenset(
    {
        "CC",
        "ACC",
        "DCC",
        "PCC",
        "ACO",
        "CEO",
        "CFO",
        "OPC",
        "MP",
        "JAC",
        "CE",
        "DI",
        "DS",
        "SC",
        "LPA",
    }
)
_SPOKE = (
    r"(?:said|asked|added|noted|reported|told|explained|replied|held|thought|advised|confirmed|queried|"
    r"raised|moved|seconded|proposed|welcomed|spoke|commented|suggested|updated|presented|introduced|"
    r"observed|stated|outlined|highlighted|expressed|enquired|answered|responded|thanked|declared|"
    r"took\s+the\s+chair|gave)\b"
)
_THERE_IN_PART = expression(
    r"\b(?:lateness|late|early|part|until|arriv\w+|join\w*|left|substitut\w*|deputis\w+|represented|online|"
    r"items?)\b",
    re.IGNORECASE,
)
_EARLIER = expression(
    r"\b(?:last\s+meeting|previous\s+meeting|earlier|email\w*|letter|writing|written|behalf|before\s+the\s+meeting)\b",
    re.IGNORECASE,
)
_MOST_PASSAGES, _MOST_PEOPLE, _BEFORE = 400, 12, 40


@check("contradiction", gettext_lazy("Contradiction"))
def absent_and_heard(proof: Proof) -> Iterator[Finding]:
    """Yield where somebody speaks at a meeting for which the notes have their apologies."""
    for document in proof.documents:
        passages = [one for block in document.blocks for one in block.passages()]
        for n, passage in enumerate(passages):
            if not _APOLOGIES.search(passage.text):
                continue
            said = _FROM.search(passage.text)
            if not said or _THERE_IN_PART.search(said["who"]):
                continue
            before = " ".join(one.text for one in passages[max(n - _BEFORE, 0) : n])
            ends = _last(proof, document, passage)
            after = [p for p in passages[n + 1 : n + 1 + _MOST_PASSAGES] if p.origin.order <= ends]
            for name, called in _absent(said["who"]):
                if not re.search(rf"\b{re.escape(name)}\b", before):
                    yield from _heard(name, called, passage, after)


def _last(proof: Proof, document: Document, passage: Passage) -> float:
    """Return up to where the notes go on that a passage is in."""
    order = passage.origin.order
    ends = [
        one.last
        for one in proof.minutes
        if one.origin.file == document.file and one.origin.order <= order <= one.last
    ]
    return min(ends, default=float("inf"))


def _absent(who: str) -> list[tuple[str, str]]:
    """Return the names or initials of those who sent apologies, each with how it is looked for."""
    sentence = re.split(r"(?<!\b[A-Z])(?<!Cllr)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)\.(?:\s|$)", who)[0]
    found: dict[str, str] = {}
    for match in _PERSON.finditer(sentence):
        names, at = [match["name"].split()[-1]], match.end()
        if match["title"].rstrip(".").endswith(("lors", "lrs")):
            while following := _NEXT.match(sentence, at):
                names.append(following["name"])
                at = following.end()
        for name in names:
            found[name] = rf"{_TITLE}\s+(?:[A-Z][\w’'-]*\.?\s+)?{re.escape(name)}"
    for match in _SHORT.finditer(sentence):
        if match["short"] not in _POSTS:
            found[match["short"]] = rf"(?<![\w/]){match['short']}"
    return list(found.items())[:_MOST_PEOPLE]


def _heard(
    name: str, called: str, apologies: Passage, after: Sequence[Passage]
) -> Iterator[Finding]:
    """Yield the first place where one who sent apologies speaks, unless one came in later."""
    spoke = expression(rf"(?:^|(?<=[.;:]\s)|(?<=\d\s)|(?<=\b(?:and|but)\s))\s*{called}\s+{_SPOKE}")
    came = expression(
        rf"\b{re.escape(name)}\b[^.;]{{0,40}}?\b(?:join|arriv|left|attend|was\s+present)"
    )
    for passage in after:
        if _APOLOGIES.search(passage.text) or _BEGINS.match(passage.text):
            return
        if name not in passage.text:
            continue
        if came.search(passage.text):
            return
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            found = spoke.search(sentence)
            if found and not _EARLIER.search(sentence):
                yield Finding(
                    Place(passage.at(start + found.start()), sentence),
                    _("%(name)s speaks here, and sent apologies for the meeting.")
                    % {"name": " ".join(found[0].split()[:-1])},
                    _("See in the notes of the meeting which is right, and correct the other."),
                    Confidence.LIKELY,
                    (Place(apologies.origin, apologies.text),),
                )
                return
