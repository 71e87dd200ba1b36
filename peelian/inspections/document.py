"""The response to a report as one document: both sets of comments, the reply, each answer."""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peelian.blocks import Block, Document, Facts, Heading, Notice, Paragraph, Run, plain
from peelian.inspections.findings import Found, flat, found_in
from peelian.inspections.models import Inspection, Response
from peelian.inspections.responses import asks_the_chief, lacks
from peelian.record.clock import today
from peelian.record.models import Record, Status
from peelian.record.scope import Scope


def response_document(response: Response, report: Inspection, scope: Scope) -> Document:
    """Return a response as a document, with its answers as the scope sees them. Four queries.

    What is not published says that it is a draft, and what it still lacks.
    """
    found = found_in(report, scope)
    body = scope.by_id([report.body_id]).get(report.body_id or 0)
    out = response.status == Status.PUBLISHED
    blocks: list[Block] = [] if out else _draft_notice(response, report, found)
    blocks.append(_facts(response, report, body))
    if asks_the_chief(report):
        said = response.chief_comments or (
            _("The chief officer was invited to comment and made no comments.")
            if response.no_comments
            else _("Not received yet.")
        )
        blocks += [Heading(2, _("The chief officer’s comments")), *_paragraphs(said)]
    blocks += [Heading(2, _("Our comments")), *_paragraphs(response.comments or _("None yet."))]
    if response.reply:
        blocks += [Heading(2, _("Our reply to the chief officer")), *_paragraphs(response.reply)]
    blocks += [Heading(2, _("What is done about each finding")), *_answers(found)]
    return Document(
        title=response.title,
        publisher=str(settings.OFFICE["name"]),
        date=response.published_on or today(),
        blocks=tuple(blocks),
        language="cy" if get_language() == "cy" else "en-GB",
        status="" if out else _("Draft"),
        cover=False,
    )


def _draft_notice(response: Response, report: Inspection, found: list[Found]) -> list[Block]:
    missing = lacks(response, report, found)
    if not missing:
        return [Notice(_("A draft. It is complete and can be approved."), "warning")]
    said = _("A draft. It still lacks: %(missing)s.") % {"missing": "; ".join(missing)}
    return [Notice(said, "warning")]


def _facts(response: Response, report: Inspection, body: Record | None) -> Facts:
    items = [(_("Report"), report.title)]
    if body:
        items.append((_("By"), body.title))
    for label, day in (
        (_("Report published on"), report.published_on),
        (_("Chief officer invited to comment on"), response.invited_on),
        (_("Comments received on"), response.received_on),
        (_("Response published on"), response.published_on),
    ):
        if day:
            items.append((label, date_format(day, "j F Y")))
    return Facts(tuple((label, plain(words)) for label, words in items))


def _paragraphs(words: str) -> list[Block]:
    parts = (part.strip() for part in words.replace("\r\n", "\n").split("\n\n"))
    return [Paragraph(plain(part)) for part in parts if part]


def _answers(found: list[Found]) -> list[Block]:
    every = flat(found)
    if not every:
        return [Paragraph(plain(_("No findings of this report are on the record.")))]
    blocks: list[Block] = []
    for one in every:
        blocks.append(Heading(3, one.finding.title, number=one.finding.printed_reference or None))
        form = Run(one.finding.get_form_display(), italic=True)
        answer = one.answer.get_answer_display() if one.answer else ""
        blocks.append(Paragraph((form, Run(f". {answer}", bold=True)) if answer else (form,)))
        blocks += _paragraphs(_answer(one))
    return blocks


def _answer(one: Found) -> str:
    if one.answer:
        return one.answer.text
    if one.under:
        return _("Answered by the recommendations under it.")
    return _("Not answered yet.") if one.is_to_be_answered else _("No answer is required.")
