"""The pages on which an agenda, or a list of contents, says that papers begin."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.intake.document import Document, Origin
from peelian.proofreading.contents import papers_of, quoted, words_of
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.recognition.contents import Entry, item_number, printed_feet, printed_pages

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_FEWEST = 3  # papers that show how pages are counted
_TITLE = 120  # letters of a heading


@check("item-without-paper")
def pages_that_do_not_fit(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each item whose paper begins on another page than the agenda says."""
    for document in proof.documents:
        begins = list(_begins(proof, document))
        offsets = Counter(page - said for _entry, said, page, _place in begins)
        if len(begins) < _FEWEST:
            continue
        usual, times = offsets.most_common(1)[0]
        if times * 3 < len(begins) * 2:
            continue
        for entry, said, page, place in begins:
            if page - said != usual:
                reason = _("“%(title)s” should begin on page %(said)d and begins on page %(page)d.")
                yield Finding(
                    Place(entry.origin, quoted(entry)),
                    reason % {"title": entry.title, "said": said, "page": page - usual},
                    _("Put page %(page)d.") % {"page": page - usual},
                    Confidence.LIKELY,
                    (place,),
                )


def _begins(proof: Proof, document: Document) -> Iterator[tuple[Entry, int, int, Place]]:
    """Yield the entries with the page they name, the one where their paper begins, and its head."""
    entries = [entry for entry in proof.contents(document) if entry.page is not None]
    page_of = _pages(document) if entries else None
    if page_of is None:
        return
    numbered: dict[str, Place] = {}
    for paper in papers_of(proof, document):
        if paper.number:
            numbered.setdefault(item_number(paper.number), Place(paper.origin, paper.title))
    titled = _headings(document, max(entry.origin.order for entry in entries))
    for entry in entries:
        number = item_number(entry.number)
        own = numbered.get(number) or titled.get(words_of(entry.title))
        page = page_of(own.origin) if own else None
        if own and page is not None and entry.page is not None:
            yield entry, entry.page, page, own


def _pages(document: Document) -> Callable[[Origin], int | None] | None:
    """Return what tells on which page something stands, as printed if most pages have a number."""
    if document.pages:
        printed = printed_pages(document)
        return lambda origin: printed.get(origin.page or 0) if printed else origin.page
    feet = printed_feet(document)
    orders = [order for order, _number in feet]

    def page_of(origin: Origin) -> int | None:
        before = bisect_left(orders, origin.order)
        return feet[before - 1][1] + 1 if before else None

    return page_of if feet else None


def _headings(document: Document, after: int) -> dict[frozenset[str], Place]:
    """Return the short texts after a list of contents that stand there once, by their words."""
    found: dict[frozenset[str], list[Place]] = {}
    for block in document.blocks:
        if block.origin.order > after and len(block.text) <= _TITLE and not block.cells:
            found.setdefault(words_of(block.text), []).append(Place(block.origin, block.text))
    return {words: places[0] for words, places in found.items() if words and len(places) == 1}
