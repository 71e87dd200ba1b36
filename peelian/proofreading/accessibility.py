"""Whether everyone can read a document: its tags, headings, pictures and colours, and its links.

What a format cannot tell is not held against the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, NoteKind, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened

_FILE_NAME = expression(
    r"microsoft\s+\w+\s+-\s.*|untitled.*|document\s?\d*|.{0,200}\.(?:docx?|pdf|xlsx?|pptx?|odt)",
    re.IGNORECASE,
)
_BARE_LINK = expression(
    r"\b(?:click|press|tap)\s+(?:on\s+(?:this\s+link|the\s+link)|here|below)\b"
    r"|\b(?:available|found|read|see|view|download\w*|accessed|listed)\s+(?P<here>here)\b(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
    needs="click|press|tap|here",
)
_CAPITALS = 12  # words


def _whole(document: Document) -> Place:
    return Place(Origin(document.file), "")


def _places(document: Document, origins: Sequence[Origin]) -> list[Place]:
    """Return places with the words that stand there, where the document has any."""
    texts = {block.origin: block.text for block in reversed(document.blocks)}
    return [Place(o, shortened(texts.get(o, "").replace("\t", " | "))) for o in origins]


def _together(places: list[Place], reason: str, mend: str, sure: Confidence) -> Iterator[Finding]:
    """Yield one finding for all places, none where there are none."""
    if places:
        yield Finding(places[0], reason, mend, sure, tuple(places[1:]))


# ---- what the file says of itself ----


@check("untagged", gettext_lazy("Not tagged for assistive technology"))
def untagged(proof: Proof) -> Iterator[Finding]:
    """Find documents without tags: a screen reader cannot tell a heading from a paragraph."""
    for document in proof.documents:
        if document.accessibility.tagged is False:
            yield Finding(
                _whole(document),
                _("%(file)s has no tags: its headings and tables mean nothing to a screen reader.")
                % {"file": document.file},
                _("Make the PDF anew from the source, with “document structure tags” chosen."),
                Confidence.CERTAIN,
            )


@check("no-language", gettext_lazy("No language given"))
def without_language(proof: Proof) -> Iterator[Finding]:
    """Find documents that do not say in which language they are."""
    for document in proof.documents:
        if document.accessibility.language is not None and not document.accessibility.language:
            yield Finding(
                _whole(document),
                _("%(file)s does not say in which language it is.") % {"file": document.file},
                _("Set the language in the document’s properties, so that it is read aloud well."),
                Confidence.CERTAIN,
            )


@check("no-title", gettext_lazy("No title given"))
def without_title(proof: Proof) -> Iterator[Finding]:
    """Find documents whose properties give no title, or a file’s name for one."""
    for document in proof.documents:
        title = document.accessibility.title
        says = {"file": document.file, "title": title}
        mend = _("Set a title in the document’s properties: it is what a reader’s window shows.")
        if title is not None and not title.strip():
            reason = _("%(file)s has no title in its properties.") % says
            yield Finding(_whole(document), reason, mend, Confidence.CERTAIN)
        elif title and _FILE_NAME.fullmatch(title.strip()):
            reason = _("The title of %(file)s is a file’s name: “%(title)s”.") % says
            yield Finding(_whole(document), reason, mend, Confidence.LIKELY)


@check("no-alternative-text", gettext_lazy("Pictures without a description"))
def undescribed(proof: Proof) -> Iterator[Finding]:
    """Find pictures without alternative text, one finding for each document."""
    for document in proof.documents:
        missing = document.accessibility.undescribed
        says = {"count": len(missing), "all": document.accessibility.pictures or len(missing)}
        yield from _together(
            _places(document, missing),
            ngettext(
                "%(count)s of %(all)s pictures has no description.",
                "%(count)s of %(all)s pictures have no description.",
                len(missing),
            )
            % says,
            _("Say in a sentence what each shows, or mark it as decoration."),
            Confidence.LIKELY,
        )


@check("table-without-headings", gettext_lazy("Tables without headings"))
def unheaded(proof: Proof) -> Iterator[Finding]:
    """Find tables of which no row is marked as headings, one finding for each document."""
    for document in proof.documents:
        missing = document.accessibility.unheaded
        yield from _together(
            _places(document, missing),
            ngettext(
                "%(count)s table has no row marked as headings.",
                "%(count)s tables have no row marked as headings.",
                len(missing),
            )
            % {"count": len(missing)},
            _("Mark the first row as a heading row: it is then read out with each cell."),
            Confidence.LIKELY,
        )


@check("heading-levels", gettext_lazy("Headings that skip a level"))
def skipping(proof: Proof) -> Iterator[Finding]:
    """Find headings that skip a level, one finding for each document."""
    for document in proof.documents:
        skips = document.accessibility.skipping
        yield from _together(
            _places(document, skips),
            ngettext(
                "%(count)s heading skips a level.",
                "%(count)s headings skip a level.",
                len(skips),
            )
            % {"count": len(skips)},
            _("Give each heading the level below the one it stands under."),
            Confidence.CERTAIN,
        )


@check("faint-text", gettext_lazy("Words too faint to read"))
def faint(proof: Proof) -> Iterator[Finding]:
    """Find words that stand out too little from their ground, one finding for each contrast."""
    for document in proof.documents:
        by_ratio: dict[str, list[Place]] = {}
        for one in document.accessibility.faint:
            where = Place(one.origin, shortened(one.text))
            by_ratio.setdefault(f"{one.ratio:.1f}", []).append(where)
        for ratio, places in by_ratio.items():
            yield from _together(
                places,
                _("The contrast of these words is %(ratio)s to 1; small text needs 4.5 to 1.")
                % {"ratio": ratio},
                _("Choose a darker colour for the words, or a lighter one behind them."),
                Confidence.LIKELY,
            )


# ---- what was left in it, or cannot be read ----


def _noted(proof: Proof, *kinds: NoteKind) -> Iterator[tuple[Document, list[Place]]]:
    for document in proof.documents:
        notes = [note for note in document.notes if note.kind in kinds]
        yield document, [Place(note.origin, shortened(note.text)) for note in notes]


@check("scanned-page", gettext_lazy("Pages that are pictures"))
def scanned(proof: Proof) -> Iterator[Finding]:
    """Find pages that are pictures: nobody can search them, and no screen reader reads them."""
    for _document, places in _noted(proof, NoteKind.SCANNED):
        reason = ngettext(
            "%(count)s page is a picture without text; it is not checked either.",
            "%(count)s pages are pictures without text; they are not checked either.",
            len(places),
        ) % {"count": len(places)}
        mend = _("Put in the document itself, or run text recognition over it.")
        yield from _together(places, reason, mend, Confidence.CERTAIN)


@check("left-over-change", gettext_lazy("Changes and comments left in"))
def left_over(proof: Proof) -> Iterator[Finding]:
    """Find tracked changes and comments that would go out with a document, each kind together."""
    for _document, places in _noted(proof, NoteKind.TRACKED_CHANGE):
        reason = ngettext(
            "The document still holds %(count)s tracked change.",
            "The document still holds %(count)s tracked changes.",
            len(places),
        ) % {"count": len(places)}
        mend = _("Accept or reject every change before it goes out.")
        yield from _together(places, reason, mend, Confidence.CERTAIN)
    for _document, places in _noted(proof, NoteKind.COMMENT):
        reason = ngettext(
            "The document still holds %(count)s comment.",
            "The document still holds %(count)s comments.",
            len(places),
        ) % {"count": len(places)}
        mend = _("Answer each comment and delete it before it goes out.")
        yield from _together(places, reason, mend, Confidence.CERTAIN)


@check("hidden-content", gettext_lazy("Content that does not show"))
def hidden(proof: Proof) -> Iterator[Finding]:
    """Find hidden text, rows and sheets: whoever opens the file can make them show."""
    for _document, places in _noted(proof, NoteKind.HIDDEN):
        for where in places:
            yield Finding(
                where,
                _("This does not show, but goes out with the file."),
                _("Delete it if it is not meant for readers; else let it show."),
                Confidence.LIKELY,
            )


# ---- how it is written ----


@check("unclear-link", gettext_lazy("Links that do not say where they lead"))
def bare_links(proof: Proof) -> Iterator[Finding]:
    """Find “click here” and its kin: read out by themselves, such links say nothing."""
    for document in proof.documents:
        for passage in document.passages():
            for match in _BARE_LINK.finditer(passage.text):
                yield _bare_link(passage, match)


def _bare_link(passage: Passage, match: re.Match[str]) -> Finding:
    return Finding(
        place(passage, max(match.start() - 60, 0), match.end() + 60, match.start()),
        _("“%(words)s” does not say where the link leads.") % {"words": match[0]},
        _("Let the link’s words name what is there: “the work programme for 2020”."),
        Confidence.POSSIBLE if match["here"] else Confidence.LIKELY,
    )


@check("all-capitals", gettext_lazy("Paragraphs in capitals"))
def capitals(proof: Proof) -> Iterator[Finding]:
    """Find paragraphs written in capitals throughout, one finding for each document."""
    for document in proof.documents:
        shouted = [
            place(block)
            for block in document.blocks
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET) and _is_shouted(block.text)
        ]
        yield from _together(
            shouted,
            _("This is written in capitals throughout, which is harder to read."),
            _("Write it as a sentence; make it bold where it must stand out."),
            Confidence.POSSIBLE,
        )


def _is_shouted(text: str) -> bool:
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > 1]
    return len(words) >= _CAPITALS and text.upper() == text
