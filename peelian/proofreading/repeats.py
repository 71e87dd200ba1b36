"""Paragraphs that stand in a document more than once, copied from one line to another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.spoken import Minuted
from peelian.recognition.copies import BEGINNING, Copy, Word, copies, words

SHORTEST = 24  # words
LIKE = 0.9
_RENUMBERED = 30  # words that must agree where a number does not
STANDING = 4  # what stands oftener is a standing text, not a copy
_DIFFERENT_WORDS = 16
_BETWEEN = 40  # words of one's own between two parts of one copy
# Contact blocks, legal notices and forms are meant to be the same everywhere.
_STANDARD = expression(
    r"@|\b(?:act\s+(?:19|20)\d\d|regulations\s+(?:19|20)\d\d|access\s+to\s+information|"
    r"background\s+papers|contact\s+(?:points?|details|officer|us)|copyright|data\s+protection|"
    r"exempt\s+information|for\s+further\s+information|freedom\s+of\s+information|hereby|"
    r"proper\s+officer|protective(?:ly)?\s+mark\w+|pursuant|tel(?:ephone)?\s*(?:no\.?)?\s*:)",
    re.IGNORECASE,
)


@check("copied-paragraph", gettext_lazy("Paragraphs copied from one place to another"))
def copied_paragraphs(proof: Proof) -> Iterator[Finding]:
    """Find runs of words that stand twice or three times: an update pasted under another line.

    Standing texts, titles, contact blocks and legal notices are left alone, and what a paper and
    the minutes of a meeting both say.
    """
    minuted = Minuted(proof)
    passages = list(_passages(proof))
    stream = words(passages)
    references = _References(proof)
    found = []
    for copy in copies(stream, SHORTEST):
        one, other = (passages[stream[n].passage] for n in (copy.first, copy.second))
        alike = copy.likeness >= LIKE and minuted.holds(one) == minuted.holds(other)
        if copy.is_renumbered and copy.agreeing < _RENUMBERED:
            continue  # two lines of a table in words
        if alike and not _is_standard(passages, stream, copy):
            found.append(copy)
    for group in _grouped(_chains(found)):
        if len(group) < STANDING - 1:
            yield _finding(passages, stream, group, references)


def _chains(found: list[Copy]) -> list[list[Copy]]:
    """Return copies, those together that are parts of one, with words of its own between them."""
    made: list[list[Copy]] = []
    for copy in found:
        last = made[-1][-1] if made else None
        if (
            last
            and -BEGINNING < copy.first - last.first_end < _BETWEEN
            and copy.second - last.second_end < _BETWEEN
        ):
            made[-1].append(copy)
        else:
            made.append([copy])
    return made


def _grouped(chains: list[list[Copy]]) -> list[list[list[Copy]]]:
    """Return copies by what they are copies of: a third place is one more of the first."""
    groups: list[list[list[Copy]]] = []
    owner: dict[int, int] = {}
    for chain in chains:
        middle = (chain[0].first + chain[0].first_end) // 2
        if middle not in owner:
            owner.update(dict.fromkeys(range(chain[0].first, chain[-1].first_end), len(groups)))
            groups.append([])
        groups[owner[middle]].append(chain)
    return groups


def _passages(proof: Proof) -> Iterator[Passage]:
    for document in proof.documents:
        known: Counter[str] = Counter(" ".join(b.text.split()) for b in document.blocks)
        for block in document.blocks:
            is_standing = known[" ".join(block.text.split())] >= STANDING
            if not (is_standing or _is_head(block)):
                yield from block.passages()


def _is_head(block: Block) -> bool:
    return block.is_head or block.kind == BlockKind.HEADING


def _is_standard(passages: list[Passage], stream: list[Word], copy: Copy) -> bool:
    run = stream[copy.second : copy.second_end]
    text = _text(passages, stream, copy.second, copy.second_end)
    is_title = sum(word[0].isupper() for word in text.split()) * 2 > len(run)
    is_poor = len({one.word for one in run}) < _DIFFERENT_WORDS
    return is_title or is_poor or bool(_STANDARD.search(text))


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
    passages: list[Passage],
    stream: list[Word],
    group: list[list[Copy]],
    references: _References,
) -> Finding:
    runs = [(group[0][0].first, group[0][0].first_end)]
    runs += [(chain[0].second, chain[0].second_end) for chain in group]
    for part in group[0][1:]:
        runs += [(part.first, part.first_end), (part.second, part.second_end)]
    places = []
    for start, end in runs:
        first = stream[start]
        origin = passages[first.passage].at(first.offset)
        places.append(Place(origin, shortened(_text(passages, stream, start, end))))
    under = list(dict.fromkeys(filter(None, (references.of(p.origin) for p in places))))
    count = sum(part.agreeing for part in group[0])
    says = {"count": count, "under": _(" and ").join(under)}
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
