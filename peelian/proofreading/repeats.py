"""Paragraphs that stand in a document more than once, copied from one line to another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import Block, BlockKind, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.spoken import Minuted
from peelian.recognition.copies import BEGINNING, Copy, Word, copies, words

SHORTEST = 24  # words
LIKE = 0.9
_STANDING = 4  # what stands oftener is a standing text, not a copy
_DIFFERENT_WORDS = 16
_BETWEEN = 40  # words of one's own between two parts of one copy
# Contact blocks, legal notices and forms are meant to be the same everywhere.
_STANDARD = re.compile(
    r"@|\b(?:act\s+(?:19|20)\d\d|regulations\s+(?:19|20)\d\d|access\s+to\s+information|"
    r"background\s+papers|contact\s+(?:points?|details|officer|us)|copyright|data\s+protection|"
    r"exempt\s+information|for\s+further\s+information|freedom\s+of\s+information|hereby|"
    r"proper\s+officer|protective(?:ly)?\s+mark\w+|pursuant|tel(?:ephone)?\s*(?:no\.?)?\s*:)",
    re.IGNORECASE,
)


@check("copied-paragraph", gettext_lazy("Paragraphs copied from one place to another"))
def copied_paragraphs(proof: Proof) -> Iterator[Finding]:
    """Find runs of words that stand twice or three times: an update pasted under another line.

    Standing texts, contact blocks and legal notices are left alone, and so are minutes.
    """
    passages = list(_passages(proof))
    stream = words(passages)
    references = _References(proof)
    found = [c for c in copies(stream, SHORTEST) if c.likeness >= LIKE]
    found = [c for c in found if not _is_standard(passages, stream, c)]
    for group in _grouped(_merged(found)):
        if len(group) < _STANDING - 1:
            yield _finding(passages, stream, group, references)


def _merged(found: list[Copy]) -> list[Copy]:
    """Return copies with those that go on, after words of one's own, made one."""
    made: list[Copy] = []
    for copy in found:
        last = made[-1] if made else None
        if (
            last
            and -BEGINNING < copy.first - last.first_end < _BETWEEN
            and copy.second - last.second_end < _BETWEEN
        ):
            agreeing = last.agreeing + copy.agreeing
            made[-1] = replace(
                last, first_end=copy.first_end, second_end=copy.second_end, agreeing=agreeing
            )
        else:
            made.append(copy)
    return made


def _grouped(found: list[Copy]) -> list[list[Copy]]:
    """Return copies by what they are copies of: a third place is one more of the first."""
    groups: list[list[Copy]] = []
    starts: dict[int, list[Copy]] = {}
    for copy in found:
        near = range(copy.first - _BETWEEN, copy.first + _BETWEEN)
        known = next((starts[n] for n in near if n in starts), None)
        if known is None:
            known = starts[copy.first] = []
            groups.append(known)
        known.append(copy)
    return groups


def _passages(proof: Proof) -> Iterator[Passage]:
    minuted = Minuted(proof)
    for document in proof.documents:
        known: Counter[str] = Counter(" ".join(b.text.split()) for b in document.blocks)
        for block in document.blocks:
            is_standing = known[" ".join(block.text.split())] >= _STANDING
            if not (is_standing or _is_head(block) or minuted.holds(block)):
                yield from block.passages()


def _is_head(block: Block) -> bool:
    return block.is_head or block.kind == BlockKind.HEADING


def _is_standard(passages: list[Passage], stream: list[Word], copy: Copy) -> bool:
    run = stream[copy.second : copy.second_end]
    if len({one.word for one in run}) < _DIFFERENT_WORDS:
        return True
    return bool(_STANDARD.search(_text(passages, stream, copy.second, copy.second_end)))


def _text(passages: list[Passage], stream: list[Word], start: int, end: int) -> str:
    """Return the words of a run as they are printed, over all its passages."""
    first, last = stream[start], stream[end - 1]
    stop = last.offset + len(last.word)
    if first.passage == last.passage:
        return passages[first.passage].text[first.offset : stop]
    inner = [passages[n].text for n in range(first.passage + 1, last.passage)]
    begins = passages[first.passage].text[first.offset :]
    return " ".join([begins, *inner, passages[last.passage].text[:stop]])


class _References:
    """Under which line of a plan something stands."""

    def __init__(self, proof: Proof) -> None:
        self._lines: dict[str, list[tuple[int, str]]] = {}
        self._ends: dict[str, int] = {}
        for plan in proof.plans:
            for commitment in plan.commitments:
                number = commitment.reference
                self._add(commitment.origin, number)
                for activity in commitment.activities:
                    self._add(activity.origin, activity.reference or number)
        for lines in self._lines.values():
            lines.sort(key=lambda line: line[0])

    def _add(self, origin: Origin, number: str) -> None:
        self._lines.setdefault(origin.file, []).append((origin.order, number))

    def of(self, origin: Origin) -> str:
        """Return the number of the line under which a place stands; empty where it is none."""
        lines = self._lines.get(origin.file, [])
        at = bisect_right(lines, origin.order, key=lambda line: line[0])
        return lines[at - 1][1] if at else ""


def _finding(
    passages: list[Passage], stream: list[Word], group: list[Copy], references: _References
) -> Finding:
    runs = [(group[0].first, group[0].first_end), *((c.second, c.second_end) for c in group)]
    places = []
    for start, end in runs:
        first = stream[start]
        origin = passages[first.passage].at(first.offset)
        places.append(Place(origin, shortened(_text(passages, stream, start, end))))
    under = list(dict.fromkeys(filter(None, (references.of(p.origin) for p in places))))
    says = {"count": group[0].agreeing, "under": _(" and ").join(under)}
    differ = len(under) > 1
    return Finding(
        places[0],
        _("The same %(count)s words stand under %(under)s.") % says
        if differ
        else _("The same %(count)s words stand here and elsewhere.") % says,
        _("Say it once and refer to it, or say under each what is its own."),
        Confidence.LIKELY if differ else Confidence.POSSIBLE,
        tuple(places[1:]),
    )
