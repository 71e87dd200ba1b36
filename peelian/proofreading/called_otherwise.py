"""Pointers to a part by its number and its name, where the name is that of another part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.expressions import DIGITS, expression
from peelian.intake.document import Document, Origin
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
from peelian.proofreading.references import MISDIRECTED, misdirected_references
from peelian.proofreading.titles import miscalled_parts
from peelian.recognition.references import significant

_CAPTIONED = "table|figure|chart|appendix|annex|box|map"
_NAMED = "aim|objective|priority|chapter|promise|pledge|part|goal|theme|outcome|strand"
_COUNTED = "paragraph|para|section|minute|item|chapter|part|point"
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,4}|\([ivx]{1,4}\)|[A-H])"
# `Table 2 (Victims by district)`, `(Table 2, Victims by district)`, `promise (ii) (A youth panel)`
_POINTER = expression(
    rf"\b(?P<what>{_CAPTIONED}|{_NAMED}|{_COUNTED})\s+(?P<number>{_NUMBER})"
    r"(?:\s+\((?P<label>[^()]{3,60})\)|,\s+(?P<said>[A-Z][^().;]{5,60})(?=\)))",
    re.IGNORECASE,
    needs=f"{_CAPTIONED}|{_NAMED}|{_COUNTED}",
)
_CAPTION = expression(
    rf"\s*\[?(?P<what>{_CAPTIONED}|{_NAMED})\s+(?P<number>{_NUMBER})\b\s*(?:[:.–-]\s+|\s{{2,}})"
    r"(?P<title>[A-Z‘“].{2,90})",
    re.IGNORECASE,
)
_PART = expression(
    r"\s*(?P<number>\d{1,3}(?:\.\d{1,2})?|\([ivx]{1,4}\))[.)]?\s+(?P<title>[A-Z‘“].{2,90})",
    needs=f"{DIGITS}|(",
)
_DATED = expression(r"\b(?:19|20)\d\d\b")
_TITLE_ENDS = expression(r"[.:,;(]|\s{2,}")
_FEWEST_ALIKE = 2  # titles with a word: it tells none of them apart
_COLUMN = expression(r"\s{3,}")


@dataclass(frozen=True)
class _Part:
    what: str  # of what the text calls so; empty of what bears a number alone
    number: str
    title: str
    words: frozenset[str]
    origin: Origin


@check(*MISDIRECTED)
def parts_called_otherwise(proof: Proof) -> Iterator[Finding]:
    """Yield each pointer whose name is that of one other part, and not of the part it names.

    Beside those that bear the title of an item, an appendix, a table or a paragraph of a section:
    parts that a heading does not show to be such, and names that stand with them in brackets.
    """
    found = list(_of_documents(proof))
    titled = (*miscalled_parts(proof), *misdirected_references(proof)) if found else ()
    told = {(one.place.origin.file, one.place.origin.order) for one in titled}
    yield from (f for f in found if (f.place.origin.file, f.place.origin.order) not in told)


def _of_documents(proof: Proof) -> Iterator[Finding]:
    for document in proof.documents:
        parts = _parts(document)
        for passage in document.passages() if parts else ():
            for match in _POINTER.finditer(passage.text):
                label = match["label"] or match["said"]
                if _DATED.search(label):
                    continue  # `minute 7, October 2031`
                target, meant = _meant(parts, match["what"], match["number"], label)
                if target and meant:
                    says = {"number": match["number"], "what": match["what"], "label": label}
                    yield Finding(
                        place(passage, match.start(), match.end(), match.start()),
                        _("“%(what)s %(number)s” is called “%(label)s”, but it is “%(title)s”.")
                        % {**says, "title": shortened(target.title)[:80]},
                        _("%(meant)s has these words: if that is meant, correct the reference.")
                        % {"meant": meant.number},
                        Confidence.LIKELY,
                        (
                            Place(target.origin, f"{target.number} {target.title}"),
                            Place(meant.origin, f"{meant.number} {meant.title}"),
                        ),
                    )


def _parts(document: Document) -> list[_Part]:
    """Return the captions and the numbered titles of a document."""
    found = []
    for line in document.lines:
        text = line.text[:200]
        match = _CAPTION.match(text) or _PART.match(text)
        if match is None:
            continue
        what = match.groupdict().get("what") or ""
        title = _TITLE_ENDS.split(_COLUMN.split(match["title"])[0], maxsplit=1)[0].strip()
        if words := frozenset(significant(title)):
            found.append(_Part(what.casefold(), match["number"], title, words, line.origin))
    return found


def _meant(
    parts: Sequence[_Part], what: str, number: str, label: str
) -> tuple[_Part | None, _Part | None]:
    """Return the part that a number names and the one that its name fits; None for none."""
    wanted = frozenset(significant(label))
    kind = what.casefold()
    kind = kind if kind in _CAPTIONED.split("|") or any(p.what == kind for p in parts) else ""
    alike = [part for part in parts if part.what == kind]
    named = [part for part in alike if part.number == number]
    times = Counter(word for title in {part.words for part in alike} for word in title)
    telling = {word for word in wanted if times[word] < _FEWEST_ALIKE}
    if not telling or not named or any(telling & part.words for part in named):
        return None, None
    meant = [p for p in alike if p.number != number and wanted <= p.words | _own(label, p)]
    numbers = {part.number for part in meant}
    return (named[0], meant[0]) if len(numbers) == 1 else (None, None)


def _own(label: str, part: _Part) -> set[str]:
    """Return all words of a name that a title begins: `Victims by district, quarter 1`."""
    begins = part.title.casefold().startswith(label.casefold()[: len(part.title)])
    return significant(label) if begins else set()
