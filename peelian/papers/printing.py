"""A paper as blocks, for its own page and for the pack: numbered, with what it refers to kept true.

What a reference names is read from the record when the paper is shown or the pack is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from peelian.blocks import (
    Block,
    Facts,
    Heading,
    Notice,
    Pages,
    Paragraph,
    Run,
    Runs,
    Table,
    blocks_from_data,
    plain,
)
from peelian.figures.models import DataStatement
from peelian.meetings.models import AgendaItem, Minute
from peelian.meetings.sections import prose
from peelian.papers.accessible import politely
from peelian.papers.kinds import PAPER
from peelian.papers.models import Paper, PaperFile
from peelian.papers.words import UNDER
from peelian.promises.models import Promise
from peelian.recognition.references import mentions
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope

MOST_LETTERS = 300  # of a minute that is referred to
SPOKEN = ("recommendation", "background", "text", "support")


@dataclass(frozen=True)
class Linked(Resolved):
    """References that lead to the records' own pages."""

    def runs(self, text: str, places: Mapping[int, str]) -> Runs:
        """Return a text in which each reference leads to what it names."""
        return tuple(
            Run(piece, href=self.scope.url(record) if record else None)
            for piece, record in self.parts(text)
        )


@dataclass(frozen=True)
class Printed:
    """Papers with what is needed to print them: their files, and what their references name."""

    papers: list[Paper]
    files: Mapping[int, PaperFile]
    references: Linked
    scope: Scope

    def under(self, item: Record) -> list[Paper]:
        """Return the papers of an item, in order."""
        return [paper for paper in self.papers if paper.parent_id == item.pk]


def papers_under(items: Iterable[AgendaItem], scope: Scope) -> Printed:
    """Return the papers of some items that may be seen. Two queries, one more for each reference.

    Where nothing is under them, there is one.
    """
    found = scope.of(PAPER).filter(parent__in=[item.pk for item in items]).in_order()
    return printed(list(found), scope)


def printed(papers: list[Paper], scope: Scope) -> Printed:
    """Return some papers with what it takes to print them."""
    texts = [getattr(paper, name) for paper in papers for name in SPOKEN]
    known = resolve(texts, scope)
    return Printed(papers, _files(papers), Linked(known.by_form, scope), scope)


def _files(papers: Iterable[Paper]) -> dict[int, PaperFile]:
    """Return what was read in the file that counts of each paper, by the paper's id."""
    wanted = {paper.pk: paper.file for paper in papers if paper.file}
    if not wanted:
        return {}
    rows = PaperFile.objects.filter(attachment__record_id__in=wanted).select_related("attachment")
    return {
        row.attachment.record_id: row
        for row in rows.order_by("pk")
        if wanted[row.attachment.record_id] == row.attachment.sha256
    }


def anchor_of(paper: Paper) -> str:
    """Return where a paper stands in a document: for good, whatever its number is."""
    return f"paper-{paper.reference}".replace("~", ".")


def in_pack(paper: Paper, printed: Printed) -> list[Block]:
    """Return a paper as it stands in a pack, under the heading of its item."""
    heading = Heading(UNDER, paper.title, anchor=anchor_of(paper))
    return [heading, *paper_blocks(paper, printed, level=UNDER)]


def paper_blocks(paper: Paper, printed: Printed, *, level: int) -> list[Block]:
    """Return a paper below its heading of a level: what is asked, its paragraphs, its file."""
    file = printed.files.get(paper.pk)
    facts = [(_("Author"), plain(paper.author))]
    if paper.late_reason:
        facts.append((_("Late paper"), plain(paper.late_reason)))
    blocks: list[Block] = [Facts(tuple(facts))]
    if paper.recommendation:
        said = printed.references.runs(paper.recommendation, {})
        blocks.append(Paragraph((Run(_("Recommendation: "), bold=True), *said)))
    blocks += _paragraphs(paper, printed.references, level + 1)
    if file and not file.is_pdf:
        blocks += _converted(file, level)
    blocks += _ending(paper, printed.references, level + 1)
    if file and file.is_pdf:
        blocks += _pages(paper, file, printed.scope)
    return blocks


def _paragraphs(paper: Paper, references: Linked, level: int) -> list[Block]:
    """Return the written parts under their headings, their paragraphs numbered through."""
    blocks: list[Block] = []
    number = 0
    for title, text in (
        (_("Background"), paper.background),
        (_("Report"), paper.text),
        (_("Supporting information"), paper.support),
    ):
        if not text.strip():
            continue
        blocks.append(Heading(level, title))
        for part in text.replace("\r\n", "\n").split("\n\n"):
            if part.lstrip().startswith("#"):
                line, _newline, part = part.lstrip().partition("\n")
                if words := line.strip("# "):
                    blocks.append(Heading(min(level + 1, 4), words))
            for block in prose(part, references):
                if isinstance(block, Paragraph):
                    number += 1
                    block = Paragraph((Run(f"{number}. ", bold=True), *block.runs))
                blocks.append(block)
    return blocks


def _converted(file: PaperFile, level: int) -> list[Block]:
    """Return a Word document's blocks, as they were made of it, under a heading of a level."""
    return [
        replace(block, level=min(block.level + level - UNDER, 4))
        if isinstance(block, Heading)
        else block
        for block in blocks_from_data(file.blocks)
    ]


def _ending(paper: Paper, references: Linked, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, _("Background papers"))]
    if paper.background_is == Paper.Background.LISTED:
        blocks += prose(paper.background_papers)
    else:
        blocks.append(Paragraph(plain(_("There are no background papers to this paper."))))
    if paper.contact:
        blocks += [Heading(level, _("Contact points")), Paragraph(plain(paper.contact))]
    if said := _referred_to(paper, references):
        blocks += [Heading(level, said.caption), said]
    return blocks


def _referred_to(paper: Paper, references: Linked) -> Table | None:
    """Return what the record now says of each thing that a paper refers to, None for nothing."""
    rows: dict[int, tuple[str, Record]] = {}
    for name in SPOKEN:
        for mention in mentions(getattr(paper, name)):
            for record in references.of(mention):
                rows.setdefault(record.pk, (mention.printed, record))
    if not rows:
        return None
    return Table(
        _("What this paper refers to, as the record has it"),
        (plain(_("Reference")), plain(_("What it says"))),
        tuple(
            (plain(f"{kind_of(record).label} {printed}"), plain(_now(record)))
            for printed, record in rows.values()
        ),
        (1, 4),
        True,
    )


def _now(record: Record) -> str:
    """Return what a record says at this moment, in a line."""
    if isinstance(record, DataStatement):
        return " ".join(filter(None, (record.data, record.commentary)))
    if isinstance(record, Promise):
        said = {"title": record.title, "progress": record.get_progress_display()}
        return _("%(title)s (%(progress)s)") % said
    if isinstance(record, Minute):
        words = Truncator(record.text).chars(MOST_LETTERS)
        return _("%(title)s: %(words)s") % {"title": record.title, "words": words}
    return record.title


def _pages(paper: Paper, file: PaperFile, scope: Scope) -> list[Block]:
    kept = file.attachment
    blocks: list[Block] = []
    if words := politely(file):
        blocks.append(Notice(words))
    pages = Pages(
        kept.sha256,
        kept.name,
        paper.title,
        tuple(file.texts),
        tuple(file.landscape),
        kept.language,
        reverse(scope.name("paper-file"), args=[paper.reference]),
    )
    return [*blocks, pages]
