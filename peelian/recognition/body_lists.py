"""Glossaries of oversight bodies as lists: `Name – what it does. Meets quarterly.`, or by labels.

By labels is a name on a line of its own, with `Purpose: ...` and `Frequency: ...` below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelian.intake.document import Block, BlockKind, Document, Line
from peelian.recognition.bodies import MEETS, PURPOSE, key_of, looks_like_a_body
from peelian.recognition.body_lines import printed_lines
from peelian.recognition.mechanisms import RHYTHM, Glossary, Key, Mechanism, unmarked

_LABEL = re.compile(
    rf"\s*(?:(?P<purpose>{PURPOSE})|(?P<meets>{MEETS})|[A-Z][a-z]+(?:\s[a-z]+){{0,2}})"
    r"\s*(?::|\s[–—-])\s*(?P<said>.*)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r".*\b(?:governance\s+(?:structure|arrangements?|framework|boards?|meetings?)"
    r"|(?:boards?|meetings?|groups?|forums?)\s+and\s+(?:boards?|meetings?|groups?|forums?)"
    r"|oversight\s+(?:mechanisms?|meetings?|boards?|bodies|arrangements?)"
    r"|terms\s+of\s+reference\s+summary|glossary|accountability\s+(?:structure|meetings?)"
    r"|meetings?\s+structure)\b.*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"(?P<name>[A-Z][^:–—.]{3,90}?)\s*(?::|\s[–—-]\s|–|—)\s*(?P<said>\S.*)", re.DOTALL
)
_SAID = re.compile(
    rf"(?:\bmeets?\s+(?:in\s+\w+\s+)?|\bheld\s+|\(|(?:^|[.;,]\s+))"
    rf"(?P<meets>{RHYTHM})\s*(?:[.;,)]|$)",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST = 3


def list_glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of bodies that a document has as lists, in order."""
    marks = key_of(document.blocks)
    labelled = list(_labelled([ln for ln in printed_lines(document) if ln.text.strip()], marks))
    bodies = [m for m in labelled if looks_like_a_body(m.name)]
    if len(bodies) >= _FEWEST and len(bodies) * 2 > len(labelled):
        return [Glossary("", tuple(labelled), labelled[0].origin)]
    return [
        glossary
        for n, block in enumerate(document.blocks)
        if _is_title(block)
        and (glossary := _listed(block, document.blocks[n + 1 : n + 121], marks))
    ]


def _labelled(lines: Sequence[Line], marks: Key) -> Iterator[Mechanism]:
    """Yield the bodies whose name stands above a line that a label of purpose or rhythm begins."""
    labels = [_LABEL.match(line.text[:400]) for line in lines]
    starts = [
        n
        for n, line in enumerate(lines[:-1])
        if labels[n] is None
        and (label := labels[n + 1])
        and (label["purpose"] or label["meets"])
        and len(line.text) <= 100
        and line.text.strip()[0].isupper()
        and not line.text.rstrip().endswith((".", ";", ","))
    ]
    for n, start in enumerate(starts):
        end = min(starts[n + 1] if n + 1 < len(starts) else len(lines), start + 30)
        said = {"purpose": "", "meets": ""}
        under = ""
        for line, label in zip(lines[start + 1 : end], labels[start + 1 : end], strict=True):
            if label:
                under = next((name for name in said if label[name]), "")
            if under:
                more = label["said"] if label else line.text
                said[under] = " ".join(f"{said[under]} {more}".split())
        name, own = unmarked(lines[start].text)
        notes, public = marks.of(own)
        meets = re.split(r"(?<=\w)\.\s", said["meets"])[0][:80].rstrip(".")
        yield Mechanism(name, said["purpose"], meets, lines[start].origin, "", notes, public)


def _is_title(block: Block) -> bool:
    short = block.kind != BlockKind.ROW and len(block.text) <= 100
    return short and bool(_TITLE.fullmatch(block.text))


def _listed(title: Block, following: Sequence[Block], marks: Key) -> Glossary | None:
    found: list[Mechanism] = []
    for block in following:
        match = _ENTRY.fullmatch(block.text[:1200])
        if not match or not looks_like_a_body(match["name"]):
            if found:
                break
            continue
        rhythm = _SAID.search(match["said"])
        name, own = unmarked(match["name"])
        notes, public = marks.of(own)
        purpose = " ".join(match["said"].split())
        meets = rhythm["meets"] if rhythm else ""
        found.append(Mechanism(name, purpose, meets, block.origin, "", notes, public))
    timed = sum(bool(m.meets) for m in found)
    if len(found) < _FEWEST or not timed:
        return None
    return Glossary(title.text, tuple(found), title.origin)
