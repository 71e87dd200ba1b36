"""Words that a document explains, other than short forms: `“Novice” means …`, lists of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin
from peelian.recognition.abbreviations import is_short_form, lines_of

_QUOTED = expression(
    r"[“\"‘'](?P<term>[A-Za-z][\w’ -]{2,40}?)[”\"’']\s+(?:here\s+)?"
    r"(?:means?|refers\s+to|has\s+the\s+(?:same\s+)?meaning|(?:is\s+(?:a\s+person|one)|are\s+those)\s+who|"
    r"is\s+used\s+for|stands\s+for)\b",
    needs="mean|refers|used|stands|who",
)
_HEADS = expression(
    r"\W*(?:\d{1,2}[.)]?\s+|(?:annexe?|appendix|part)\s+\w{1,2}\W+)?(?:(?:a|the|our|some|short)\s+)?"
    r"(?:glossary(?:\s+of\s+(?:terms|words))?|definitions?|terms(?:\s+(?:used|explained))?|"
    r"(?:what\s+)?(?:the|these|our|some)?\s*words\s+(?:explained|mean|used|we\s+use)|"
    r"meanings?\s+of\s+(?:terms|words)|explanation\s+of\s+terms)"
    r"(?:\s+(?:in|used\s+in)\s+this\s+\w+)?\W*",
    re.IGNORECASE,
)
_LISTED = expression(
    r"\W{0,3}(?P<term>[A-Z][\w’'-]*(?: [\w’'()&-]+){0,4}?)\s*"
    r"(?::|\s[–—-]|\s=|\s{2,})\s*(?=[A-Za-z“])"
)
_MOST_LINES = 60


@dataclass(frozen=True)
class Term:
    """A term that a document explains, and where. `block` is the passage that explains it."""

    words: str
    origin: Origin
    block: Block


def terms(document: Document) -> list[Term]:
    """Return the terms that a document explains, short forms aside, in order."""
    found: dict[str, Term] = {}
    for block in document.blocks:
        for passage in block.passages():
            for match in _QUOTED.finditer(passage.text):
                words = match["term"].strip()
                found.setdefault(words.casefold(), Term(words, passage.at(match.start()), block))
    for term in _listed(document):
        found.setdefault(term.words.casefold(), term)
    return sorted(found.values(), key=lambda term: term.origin.order)


def _listed(document: Document) -> Iterator[Term]:
    """Yield the terms of a list that a heading calls a glossary, an entry to a line or a row."""
    left = 0
    for block in document.blocks:
        is_row = block.kind == BlockKind.ROW
        found = list(_entries(block)) if left else []
        if not is_row and _HEADS.fullmatch(block.text[:80]):
            left = _MOST_LINES
        elif found:
            left -= 1
            yield from found
        elif not is_row or not block.is_head:
            left = 0


def _entries(block: Block) -> Iterator[Term]:
    """Yield the terms that a block of a glossary explains; short forms are judged as such."""
    if block.kind == BlockKind.ROW:
        cells = [cell.text.strip() for cell in block.cells if cell.text.strip()]
        said = [(cells[0], block.origin)] if len(cells) == 2 and " " in cells[1] else []
    else:
        matches = [(_LISTED.match(line), origin) for line, origin in lines_of(block)]
        said = [(match["term"], origin) for match, origin in matches if match]
    for words, origin in said:
        plain = words.strip(" .:")
        if len(plain) > 2 and not is_short_form(plain):
            yield Term(plain, origin, block)


def is_used(term: Term, document: Document) -> bool:
    """Return whether a document has a term's words outside of the passage that explains them."""
    stems = [
        re.escape(word[: max(4, len(word) - 2)]) for word in re.findall(r"[\w’']+", term.words)
    ]
    form = re.compile(r"(?<!\w)" + r"\w*[\s-]+".join(stems), re.IGNORECASE)
    for block in document.blocks:
        for passage in block.passages():
            if block is term.block:
                if len(form.findall(passage.text)) > 1:
                    return True
            elif form.search(passage.text):
                return True
    return False
