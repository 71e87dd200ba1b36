"""A Word document in: its text in order, what is tracked, hidden or fetched, and for whom it reads.

The text is as it would be with all changes accepted. Heads and feet of pages are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from peelian.intake.document import (
    Accessibility,
    Block,
    Cell,
    Document,
    Note,
    NoteKind,
    Origin,
)
from peelian.intake.docx_blocks import Comment, Walk
from peelian.intake.docx_numbering import Numbering
from peelian.intake.docx_paragraphs import finished
from peelian.intake.docx_styles import Styles, W
from peelian.intake.packages import Element, Package
from peelian.intake.properties import Properties, properties, warnings
from peelian.intake.tables import Problem, Rejected

KIND = "a Word document"
_MAIN = "word/document.xml"
_RELATION = "/relationships/officeDocument"


def read_docx(
    path: Path, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Document:
    """Return the document in a DOCX file. Raises Rejected where it cannot be read."""
    try:
        with Package(path, KIND) as package:
            return _read(package, progress)
    except RecursionError as error:
        found = "tables or boxes nested too deep"
        raise Rejected([Problem(path.name, found, KIND)]) from error


def _read(package: Package, progress: Callable[[int, int], None]) -> Document:
    main = main_part(package)
    folder = main.rpartition("/")[0]
    root = package.tree(main)
    if root is None or root.tag != W + "document":
        raise package.refused("a package without a document", KIND)
    known = properties(package)
    walk = Walk(
        package.name,
        Styles(package.tree(f"{folder}/styles.xml")),
        Numbering(package.tree(f"{folder}/numbering.xml")),
        _comments(package.tree(f"{folder}/comments.xml")),
        {
            (kind, note.get(W + "id", "")): note
            for kind in ("footnote", "endnote")
            for note in _children(package.tree(f"{folder}/{kind}s.xml"), kind)
        },
    )
    body = root.find(W + "body")
    if body is not None:
        walk.body(body)
    walk.end()
    progress(1, 1)
    return _document(package, walk, known)


def _document(package: Package, walk: Walk, known: Properties) -> Document:
    blocks = tuple(finished(walk.found))
    loose = [
        Note(NoteKind.COMMENT, f"{c.author} {c.day}: “{c.text}”", Origin(package.name))
        for c in walk.comments.values()
    ]
    notes = (*warnings(package), *walk.notes, *loose)
    seen = Accessibility(
        language=walk.styles.language or known.language,
        title=known.title,
        pictures=walk.pictures,
        undescribed=tuple(walk.undescribed),
        unheaded=tuple(walk.unheaded),
        skipping=tuple(walk.skipping),
        faint=tuple(walk.faint),
    )
    made = Document(
        package.name, "docx", blocks, notes=notes, accessibility=seen, modified=known.modified
    )
    if walk.pages.any:
        return replace(made, pages=walk.pages.page)
    return _pageless(made)


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text. Raises Rejected."""
    relations = package.tree("_rels/.rels")
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith(_RELATION):
            target = relation.get("Target", "").lstrip("/")
            if target in package.names:
                return target
    return _MAIN


def _children(root: Element | None, kind: str) -> list[Element]:
    return [] if root is None else list(root.iterfind(W + kind))


def _comments(root: Element | None) -> dict[str, Comment]:
    made = {}
    for comment in _children(root, "comment"):
        text = " ".join("".join(t.text or "" for t in comment.iter(W + "t")).split())
        day = comment.get(W + "date", "")[:10]
        made[comment.get(W + "id", "")] = Comment(comment.get(W + "author", ""), day, text)
    return made


def _pageless(document: Document) -> Document:
    """Return a document whose places name no page, as nothing in it tells where pages begin."""

    def bare(origin: Origin) -> Origin:
        return replace(origin, page=None)

    def cell(one: Cell) -> Cell:
        return replace(one, marks=tuple((at, bare(origin)) for at, origin in one.marks))

    def block(one: Block) -> Block:
        marks = tuple((at, bare(origin)) for at, origin in one.marks)
        return replace(one, marks=marks, cells=tuple(map(cell, one.cells)))

    seen = document.accessibility
    return replace(
        document,
        blocks=tuple(map(block, document.blocks)),
        notes=tuple(replace(note, origin=bare(note.origin)) for note in document.notes),
        accessibility=replace(
            seen,
            undescribed=tuple(map(bare, seen.undescribed)),
            unheaded=tuple(map(bare, seen.unheaded)),
            skipping=tuple(map(bare, seen.skipping)),
            faint=tuple(replace(one, origin=bare(one.origin)) for one in seen.faint),
        ),
    )
