"""What the parts of a document are called: its items, appendices, tables and headed sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Passage
from peelian.proofreading.document_parts import CALLED
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.proofreading.references import MISDIRECTED, fits, misdirected_references
from peelian.proofreading.spoken import Minuted
from peelian.recognition.numbering import codes
from peelian.recognition.pointers import KINDS, Pointer, part_pointers, pointers
from peelian.recognition.references import mentions, normal, significant

_STEM = 6  # letters
_MOST = 1_000  # titles of a document, and references with a label: more are a list
_FEW = 3  # others that a label may fit
_TITLE = 160  # characters
_CAPTIONED = frozenset(["appendix", "chart", "figure", "table"])
_TITLED = _CAPTIONED | {"item"}
Titles = dict[tuple[str, str], str]

_CAPTION = expression(
    r"\s*(?P<what>appendix|annex|table|figure|chart)\s+(?P<number>\d{1,3}|[A-Z])\s*[.:–-]?\s+"
    r"(?P<title>[A-Z“‘][^\n]{3,90}?)\s*$",
    re.IGNORECASE,
)
_ITEM = expression(r"\s*item\s+(?P<number>\d{1,2})\s*[.:–-]\s*(?P<title>[^\n]{4,90})$", re.I)
_LABEL = expression(
    r"\s*\(([^()\d]{4,60})\)|,\s+(?:the|on)\s+([^.,;()\n\d]{4,60})(?=[,.;]|\s*$)|"
    r"\s+[–-]\s+([^.,;()\n\d]{4,60})(?=[,.;)]|\s*$)"
)
# "the fleet report at item 6", "the estates strategy (Appendix 2)": all of it must be a title's.
_BEFORE = expression(
    r"\bthe\s+(?P<label>(?:[A-Za-z’'-]+\s+){1,4})(?:(?:is|are)\s+)?"
    r"(?:(?:\(|at|in|under)\s*(?:see\s+)?)(?:agenda\s+)?(?:items?\s+)?$",
    re.IGNORECASE,
)
# "The monthly figures for calls to 101 are set out in Table 3"
_TOLD_IN = expression(
    r"\b(?:breakdown|details|figures?|numbers|position|results?|trends?)\s+(?:for|of|on)\s+(?:the\s+)?"
    r"(?P<label>[a-z][^.,;:()\n]{3,60}?)\s+(?:is|are)\s+(?:given|listed|set\s+out|shown|told)\s+(?:at|in)\s+"
    r"(?:table\s+|appendix\s+|annex\s+|figure\s+|chart\s+)?$",
    re.IGNORECASE,
)
_SHOWN = expression(
    r"\s+(?:shows?|gives?|lists?|sets?\s+out|summarises?|has|breaks\s+down|compares)\s+"
    r"(?:the\s+)?(?P<label>[a-z][^.,;:()\n\d]{4,60})(?=[.,;:()]|\s*$|\d)"
)
# "As set out at paragraph 2.2, knife crime remains a concern": what is said to be told there.
_TOLD_AT = expression(
    r"\b[Aa]s\s+(?:(?:described|discussed|explained|mentioned|noted|outlined|reported|set\s+out|"
    r"shown|stated)\s+)?(?:above\s+)?(?:at|in|under)\s+$"
)
_SUBJECT = expression(
    r",\s+(?P<label>(?:the\s+)?[a-z][^.,;:()\n\d]{3,50}?)\s+(?:is|are|was|were|has|have|had|remains?|"
    r"continues?|rose|fell|will|increased|decreased|stands?|stood)\b"
)
# "See 2.1 for the mental health triage scheme"
_SENT = expression(r"\b(?:see|refer\s+to)\s+(?:also\s+)?$", re.IGNORECASE)
_SENDS = expression(r"\b(?:see|refer\s+to)\s+(?:also\s+)?\w{0,4}\d", re.IGNORECASE)
_FOR_IT = expression(
    r"\s+(?:for|on)\s+(?:(?:details|more|the|an?\s+update)\s+)*(?:(?:of|on|about)\s+)?(?:the\s+)?"
    r"(?P<label>[a-z][^.,;:()\n\d]{5,60}?)(?=[.,;)]|\s*$)"
)
_NAMED = expression(r"\b(?:item|appendix|annexe?|table|figure|chart)\s+[\dA-Z]", re.IGNORECASE)
_ANY_WORK = significant("work scheme programme project service services activity training")
_TELLING = 2  # words that tell which of the others is meant
_GENERIC = significant("report paper plan strategy register update table list summary details more")


def titles(proof: Proof, document: Document) -> Titles:
    """Return the titles of a document's parts by what they are and their number."""
    made: Titles = {}
    for entry in proof.contents(document):
        made.setdefault(("item", entry.number.strip(". ")), entry.title)
    lines = [line.text for line in document.lines]
    lines = lines or [b.text for b in document.blocks if b.kind != BlockKind.ROW]
    for line in lines:
        if item := _ITEM.match(line):
            made.setdefault(("item", item["number"]), item["title"])
        elif (caption := _CAPTION.match(line)) and caption["title"][0].isupper():
            what = caption["what"].casefold()
            key = KINDS.get(what, what), caption["number"].upper()
            made.setdefault(key, caption["title"])
    made.update(_numbered_titles(proof, document))
    return made


def _numbered_titles(proof: Proof, document: Document) -> Titles:
    """Return the first words of numbered parts and lines of plans; doubtful numbers left out."""
    words: dict[str, str] = {}
    for plan in proof.plans:
        for commitment in plan.commitments if plan.origin.file == document.file else ():
            words[normal(commitment.reference)] = commitment.text
            for activity in commitment.activities:
                words.setdefault(normal(activity.reference), activity.text)
    for one in proof.numbered(document):
        if one.head:
            words.setdefault(normal(one.number), one.text)
    return {("", number): text[:_TITLE] for number, text in words.items() if number and text}


def _fits(wanted: set[str], words: set[str]) -> bool:
    stems = _stems(words)
    return fits(wanted, words | {word for word in wanted if word[:_STEM] in stems})


@check(*MISDIRECTED)
def miscalled_parts(proof: Proof) -> Iterator[Finding]:
    """Find items, appendices and tables that are called by the title of another of their kind."""
    minuted = Minuted(proof)
    told: set[str] | None = None  # by the lines of plans, read only when there is need
    for document in proof.documents:
        known = dict(islice(titles(proof, document).items(), _MOST))
        if len(known) < 2:
            continue
        words = {key: significant(title) for key, title in known.items()}
        heads = {re.sub(r"\d+$", "", number) for what, number in known if not what}
        count = 0
        for passage in document.passages():
            for pointer in _pointers(passage.text, known, heads):
                label = label_of(passage.text, pointer)
                count += 1
                other = _other(passage.text, pointer, label, words) if count <= _MOST else None
                if other and not minuted.holds(passage):
                    if told is None:
                        told = {finding.reason for finding in misdirected_references(proof)}
                    if not any(f"“{other[0]}”" in reason for reason in told):
                        yield miscalled(passage, pointer, other[0], known, other[1])


def _other(
    text: str, pointer: Pointer, label: str, words: dict[tuple[str, str], set[str]]
) -> tuple[str, str] | None:
    """Return what a part is called, and the other that is called so; None where it is its own."""
    if label:
        other = meant(pointer, label, words)
        return (label, other) if other else None
    lead = text[max(pointer.start - 120, 0) : pointer.start]
    before = _BEFORE.search(lead[-90:]) or _TOLD_IN.search(lead)
    shown = _SHOWN.match(text, pointer.end) if pointer.what in _CAPTIONED else None
    said = before or shown
    if said is None or pointer.what not in _TITLED:
        return None
    label = " ".join(said["label"].split())
    wanted = significant(label) - _GENERIC
    if not wanted or (len(wanted) == 1 and max(map(len, wanted)) < _STEM):
        return None
    stems = _stems(wanted)
    alike = [
        number
        for (what, number), other in words.items()
        if what == pointer.what and stems <= _stems(other)
    ]
    own = words[pointer.what, pointer.number]
    if len(alike) != 1 or stems & _stems(own):
        return None
    return label, f"{pointer.what} {alike[0]}"


def _pointers(text: str, known: Titles, heads: set[str]) -> Iterator[Pointer]:
    """Yield the pointers to parts with a title: by what they are, by their number, or by a code.

    `heads` are what the codes begin with.
    """
    marked = "(" in text or " – " in text or " - " in text or "," in text
    if not marked and not _NAMED.search(text) and not _SENDS.search(text):
        return
    seen: set[int] = set()
    for pointer in (*pointers(text), *part_pointers(text)):
        for what in (pointer.what, ""):
            number = pointer.number
            if not what and pointer.what in CALLED:
                number = f"{pointer.what.upper()} {number}"
            if (what, number) in known and pointer.end not in seen:
                seen.add(pointer.end)
                yield replace(pointer, what=what, number=number)
                break
    spans = [(m.start, m.end) for m in mentions(text) if m.form == "plan" and not m.through]
    for start, end in (*spans, *codes(text, heads)):
        number = normal(text[start:end])
        if ("", number) in known and end not in seen:
            seen.add(end)
            yield Pointer(start, end, text[start:end], "", number)


def _stems(words: set[str]) -> set[str]:
    return {word[:_STEM] for word in words}


def label_of(text: str, pointer: Pointer) -> str:
    """Return what words after a pointer say it is: `(fleet)`, `, on fleet,`; else nothing."""
    before = text[max(pointer.start - 40, 0) : pointer.start]
    if _TOLD_AT.search(before) and (subject := _SUBJECT.match(text, pointer.end)):
        return str(subject["label"])
    if _SENT.search(before) and (subject := _FOR_IT.match(text, pointer.end)):
        told = significant(subject["label"]) - _GENERIC - _ANY_WORK
        return str(subject["label"]) if len(told) >= _TELLING else ""
    said = _LABEL.match(text, pointer.end)
    return next(filter(None, said.groups()), "") if said else ""


def meant(pointer: Pointer, label: str, words: dict[tuple[str, str], set[str]]) -> str:
    """Return the others that a label fits; empty where it fits this one, none, or many."""
    wanted = significant(label)
    if not wanted or _stems(wanted) & _stems(words[pointer.what, pointer.number]):
        return ""
    alike = [
        f"{what} {number}".strip()
        for (what, number), other in words.items()
        if what == pointer.what and _fits(wanted, other)
    ]
    return _(" or ").join(alike) if len(alike) <= _FEW else ""


def miscalled(passage: Passage, pointer: Pointer, label: str, known: Titles, other: str) -> Finding:
    """Return the finding that a part is called by the title of another."""
    title = known[pointer.what, pointer.number]
    says = {"printed": pointer.printed, "label": label, "target": title, "meant": other}
    start = passage.text.rfind("\n", 0, pointer.start) + 1
    return Finding(
        place(passage, max(start, pointer.start - 120), pointer.end + 120, pointer.start),
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("%(meant)s has these words: if that is meant, correct the reference.") % says,
        Confidence.LIKELY,
    )
