"""Short updates that stand word for word under more than one line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.repeats import SHORTEST, STANDING
from peelian.proofreading.said_twice import NEAR
from peelian.proofreading.stated_rows import of_cards
from peelian.proofreading.statuses import Said, told

_FEWEST, _FEWEST_OF_BULLET = 9, 14  # words: fewer may be told of many lines
_SENDS_ON = expression(r"\W*(?:please\s+)?(?:refer|see|as\s+(?:above|for|at))\b", re.IGNORECASE)


@check("copied-paragraph")
def updates_said_twice(proof: Proof) -> Iterator[Finding]:
    """Find updates, too short to be found as copies, that two or three lines have alike."""
    groups = [*told(proof), *(list(of_cards(document)) for document in proof.documents)]
    groups += map(_bullets, proof.documents)
    for group in groups:
        same: dict[str, dict[int, Said]] = defaultdict(dict)
        for said in group:
            words = said.text.casefold().split()
            if _FEWEST <= len(words) < SHORTEST and not _SENDS_ON.match(said.text):
                same[" ".join(words)].setdefault(said.origin.order, said)
        for alike in same.values():
            first, *others = alike.values()
            if others and len(alike) < STANDING:
                yield Finding(
                    Place(first.origin, shortened(first.text)),
                    _("The same %(count)s words stand here and elsewhere.")
                    % {"count": len(first.text.split())},
                    _("Say it once and refer to it, or say under each what is its own."),
                    Confidence.LIKELY,
                    tuple(Place(one.origin, shortened(one.text)) for one in others),
                )


def _bullets(document: Document) -> list[Said]:
    """Return the longer bullets of a document, without one said again a few lines further on.

    Of that its sentences tell.
    """
    kept: list[Said] = []
    last: dict[str, int] = {}
    for block in document.blocks:
        if block.kind == BlockKind.BULLET and len(block.text.split()) >= _FEWEST_OF_BULLET:
            before = last.get(block.text)
            last[block.text] = block.origin.order
            if before is None or block.origin.order - before > NEAR:
                kept.append(Said(block.text, "", block.origin))
    return kept
