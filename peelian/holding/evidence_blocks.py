"""How the evidence for a theme looks: the same on its page and in its PDF."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.blocks import Block, Document, Figure, Heading, Notice, Paragraph, Run, Table, plain
from peelian.figures.assessments import assessment_of
from peelian.figures.lines import Line, line_of
from peelian.figures.small_chart import render_small, small_data
from peelian.holding.asked import Asked, Taken, now_words
from peelian.holding.evidence import (
    FIGURES,
    INSPECTIONS,
    OTHERS,
    PROMISES,
    UNDERTAKINGS,
    Bundle,
    Piece,
)

VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)" width="\d+"')
GROUPS = {
    FIGURES: gettext_lazy("Figures"),
    PROMISES: gettext_lazy("Promises of the plan"),
    UNDERTAKINGS: gettext_lazy("Undertakings and recommendations"),
    INSPECTIONS: gettext_lazy("Inspections"),
    OTHERS: gettext_lazy("Other records"),
}


def bundle_document(
    bundles: Sequence[Bundle], asked: Sequence[Taken], *, about: str, day: dt.date
) -> Document:
    """Return the evidence bundle of themes, `asked` with what is asked under each of them."""
    questions = {one.theme.pk: one.asked for one in asked}
    said = _("For the office: it holds drafts. Figures and updates as known on %(day)s.")
    blocks: list[Block] = [Notice(said % {"day": date_format(day, "j F Y")})]
    for bundle in bundles:
        blocks += _bundle(bundle, questions.get(bundle.theme.pk, ()))
    if not bundles:
        blocks.append(Paragraph(plain(_("No theme is taken at this meeting."))))
    return Document(
        title=_("Evidence bundle"),
        subtitle=about,
        publisher=str(settings.OFFICE["name"]),
        date=day,
        blocks=tuple(blocks),
        cover=False,
    )


def _bundle(bundle: Bundle, asked: Sequence[Asked]) -> list[Block]:
    blocks: list[Block] = [Heading(1, bundle.theme.title, anchor=f"theme-{bundle.theme.pk}")]
    if bundle.theme.why:
        blocks.append(Paragraph(plain(bundle.theme.why)))
    if asked:
        blocks += [Heading(2, _("Key lines of enquiry")), *questions_table(asked)]
    if figures := bundle.taken(FIGURES):
        blocks.append(Heading(2, str(GROUPS[FIGURES])))
        blocks += [block for piece in figures for block in _figure(piece)]
    for group in (PROMISES, UNDERTAKINGS, INSPECTIONS, OTHERS):
        if pieces := bundle.taken(group):
            blocks += [Heading(2, str(GROUPS[group])), _table(str(GROUPS[group]), pieces)]
    if bundle.written:
        blocks += [Heading(2, _("Themes of casework, in words")), _written(bundle)]
    if not bundle.count:
        blocks.append(Paragraph(plain(_("The record has nothing on this theme yet."))))
    return blocks


def questions_table(asked: Sequence[Asked]) -> list[Block]:
    """Return what is asked, with what was said the last time and the figure then and now."""
    if not asked:
        return []
    head = (_("Enquiry"), _("Said the last time"), _("The figure then"), _("The figure now"))
    rows = []
    for one in asked:
        last = next(iter(one.before), None)
        then = last.then if last and last.then else "–"
        now = now_words(one.line) if one.line else "–"
        said = (
            f"{last.day}, {last.answer.get_outcome_display()}: {last.answer.text}" if last else "–"
        )
        cells = (f"{one.enquiry.number}. {one.enquiry.title}", said, then, now)
        rows.append(tuple(map(plain, cells)))
    caption = _("What was said the last time beside what the figures say now")
    return [Table(caption, tuple(map(plain, head)), tuple(rows), (3, 4, 1.4, 1.4), True)]


def _figure(piece: Piece) -> list[Block]:
    series = piece.series
    title = piece.record.title if series is None else f"{piece.record.title}: {series.area.title}"
    blocks: list[Block] = [Heading(3, title), Paragraph(plain(piece.words))]
    if series is not None:
        line = line_of(assessment_of(series), series.measure, series.area)
        blocks.append(Figure(_small(line), line.sentence, title))
    return [*blocks, Paragraph((Run(_("Source: "), bold=True), Run(piece.source)))]


def _small(line: Line) -> SafeString:
    """Return the chart with room beside it: a figure of a document is as wide as its page."""
    chart = str(render_small(small_data(line)))
    return SafeString(VIEW.sub(_twice_as_wide, chart, count=1))


def _twice_as_wide(box: re.Match[str]) -> str:
    wide = 2 * int(box[1])
    return f'viewBox="0 0 {wide} {box[2]}" width="{wide}"'


def _table(caption: str, pieces: Sequence[Piece]) -> Table:
    head = (_("Record"), _("What it says"), _("Source and day"))
    rows = tuple((_name(one), plain(one.words or "–"), plain(one.source or "–")) for one in pieces)
    return Table(caption, tuple(map(plain, head)), rows, (2.6, 4.4, 2), True)


def _name(piece: Piece) -> tuple[Run, ...]:
    record = piece.record
    is_numbered = record.kind in ("commitment", "activity", "undertaking", "recommendation")
    number = getattr(record, "printed_reference", "") or record.reference
    words = f"{number} {record.title}" if is_numbered else record.title
    return (Run(words, href=record.get_office_url()),)


def _written(bundle: Bundle) -> Table:
    head = (_("Theme"), _("What it says"), _("Source and day"))
    rows = tuple(
        (
            plain(one.title),
            plain(one.note),
            plain(f"{one.source}, {date_format(one.as_at, 'j F Y')}" if one.as_at else one.source),
        )
        for one in bundle.written
    )
    return Table(_("Themes of casework"), tuple(map(plain, head)), rows, (2.6, 4.4, 2), True)
