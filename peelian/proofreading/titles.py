"""What the parts of a document are called: its items, appendices, tables and headed sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.intake.document import BlockKind, Document, Passage
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.proofreading.references import MISDIRECTED, fits
from peelian.proofreading.spoken import Minuted
from peelian.recognition.numbering import KINDS, Pointer, part_pointers, pointers
from peelian.recognition.references import significant

Titles = dict[tuple[str, str], str]

_CAPTION = re.compile(
    r"\s*(?P<what>appendix|annex|table|figure|chart)\s+(?P<number>\d{1,3}|[A-Z])\s*[.:–-]?\s+"
    r"(?P<title>[A-Z“‘][^\n]{3,90}?)\s*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*item\s+(?P<number>\d{1,2})\s*[.:–-]\s*(?P<title>[^\n]{4,90})$", re.I)
_LABEL = re.compile(
    r"\s*\(([^()\d]{4,60})\)|,\s+(?:the|on)\s+([^.,;()\n\d]{4,60})(?=[,.;]|\s*$)|"
    r"\s+[–-]\s+([^.,;()\n\d]{4,60})(?=[,.;)]|\s*$)"
)


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
    return made


@check(*MISDIRECTED)
def miscalled_parts(proof: Proof) -> Iterator[Finding]:
    """Find items, appendices and tables that are called by the title of another of their kind."""
    minuted = Minuted(proof)
    for document in proof.documents:
        known = titles(proof, document)
        if len(known) < 2:
            continue
        for passage in document.passages():
            for pointer in (*pointers(passage.text), *part_pointers(passage.text)):
                if (pointer.what, pointer.number) in known and not minuted.holds(passage):
                    yield from _miscalled(passage, pointer, known)


def _miscalled(passage: Passage, pointer: Pointer, known: Titles) -> Iterator[Finding]:
    said = _LABEL.match(passage.text, pointer.end)
    label = next(filter(None, said.groups()), "") if said else ""
    wanted, title = significant(label), known[pointer.what, pointer.number]
    if pointer.start == 0 or not wanted or wanted & significant(title):
        return
    alike = [
        f"{what} {number}"
        for (what, number), other in known.items()
        if what == pointer.what and fits(wanted, significant(other))
    ]
    if len(alike) != 1:
        return
    says = {"printed": pointer.printed, "label": label, "target": title, "meant": alike[0]}
    start = passage.text.rfind("\n", 0, pointer.start) + 1
    yield Finding(
        place(passage, max(start, pointer.start - 120), pointer.end + 120, pointer.start),
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("%(meant)s has these words: if that is meant, correct the reference.") % says,
        Confidence.LIKELY,
    )
