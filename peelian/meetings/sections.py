"""How meetings look, once: agenda, attendance and minutes as blocks for page and pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Facts, Heading, Paragraph, Run, Runs, Table, plain
from peelian.meetings.beside import read_beside
from peelian.meetings.declarations import Declared, declared
from peelian.meetings.exemption import in_brief
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, DECLARATION, MEETING, MINUTE
from peelian.meetings.minutes_words import corrections_of, named_in, standing_of
from peelian.meetings.models import AgendaItem, Attendance, Meeting, Minute
from peelian.meetings.participation import participation_blocks
from peelian.meetings.rhythm import rhythms_of
from peelian.meetings.votes import taken_under
from peelian.pages.sections import Section
from peelian.record import clock
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope


def next_meeting(body: str, day: dt.date, scope: Scope) -> Meeting | None:
    """Return the first meeting of a body, by its reference, still to be held on or after a day."""
    of_body = scope.of(MEETING).filter(body__kind="body", body__reference=body)
    planned = of_body.filter(held_on__gte=day, state=Meeting.State.PLANNED)
    return planned.order_by("held_on", "pk").first()


def meeting_before(meeting: Meeting, scope: Scope) -> Meeting | None:
    """Return the last meeting of the same body that was held before this one."""
    earlier = scope.of(MEETING).filter(body_id=meeting.body_id, held_on__lt=meeting.held_on)
    return earlier.filter(state="held").order_by("-held_on").first()


def agenda_items(meeting: Meeting, scope: Scope) -> list[Any]:
    """Return a meeting's agenda in order, each item with whether a vote was taken under it."""
    items = scope.of(AGENDA_ITEM).filter(parent=meeting).order_by("number", "pk")
    return list(items.annotate(has_votes=taken_under(scope)))


def agenda_blocks(items: Sequence[AgendaItem]) -> list[Block]:
    """Return the agenda as a table of items with who presents them."""
    head = tuple(plain(h) for h in (_("Item"), _("Subject"), _("Presented by")))
    rows = tuple((plain(str(i.number)), _subject(i), plain(i.presenter)) for i in items)
    if not rows:
        return [Paragraph(plain(_("The agenda has not been published yet.")))]
    return [Table(_("Agenda"), head, rows, (0.6, 5, 2.4))]


def _subject(item: AgendaItem) -> Runs:
    """Return an item's title, that it is exempt, and of one that came late why it is taken."""
    said = [in_brief(item)]
    if item.late_reason:
        said.append(_("Late item: %(reason)s") % {"reason": item.late_reason})
    return (*plain(item.title), *(Run(f" ({one})") for one in said if one))


def minutes_of(meeting: Meeting, scope: Scope) -> list[Minute]:
    """Return a meeting's minutes in order."""
    return list(scope.of(MINUTE).filter(parent=meeting).order_by("number", "pk"))


def attendance_of(meeting: Meeting, scope: Scope) -> dict[str, list[str]]:
    """Return the names of those at a meeting by capacity, each with the role they came in."""
    rows = attendance_rows(meeting, scope)
    return names_of(rows, scope.by_id(people_of(rows)))


def attendance_rows(meeting: Meeting, scope: Scope) -> list[Attendance]:
    """Return who was at a meeting. One query."""
    return list(scope.of(ATTENDANCE).filter(parent=meeting).order_by("pk"))


def people_of(rows: Sequence[Attendance]) -> list[int | None]:
    """Return the ids of those who were there and of those they stood in for."""
    return [pk for row in rows for pk in (row.person_id, row.for_person_id)]


def names_of(rows: Sequence[Attendance], people: Mapping[int, Record]) -> dict[str, list[str]]:
    """Return names by capacity; those of people who may not be seen are left out."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.person_id in people:
            label = str(Attendance.Capacity(row.capacity).label)
            stood_in = people.get(row.for_person_id or 0)
            name = people[row.person_id].title
            role = "" if row.in_role in ("", "Member") else row.in_role
            if stood_in:
                role = _("for %(name)s") % {"name": stood_in.title}
            said = "; ".join(part for part in (role, row.times) if part)
            found.setdefault(label, []).append(f"{name} ({said})" if said else name)
    return found


def minutes_blocks(meeting: Meeting, scope: Scope, *, level: int = 2) -> list[Block]:
    """Return the attendance and minutes of a meeting."""
    minutes = minutes_of(meeting, scope)
    if not minutes:
        return [Paragraph(plain(_("No minutes have been published.")))]
    attendance = attendance_of(meeting, scope)
    references = resolve((m.text for m in minutes), scope)
    corrections = corrections_of(meeting, scope)
    blocks: list[Block] = []
    if standing := standing_of(meeting, scope.by_id(named_in(meeting)), corrections):
        blocks.append(Paragraph((Run(standing.words, bold=True),)))
    if attendance:
        blocks.append(Facts(tuple((k, plain(", ".join(v))) for k, v in attendance.items())))
    blocks += declared_blocks(meeting, scope, level)
    if asked := participation_blocks(meeting, scope, level + 1):
        blocks += [Heading(level, _("Public participation")), *asked]
    for minute in minutes:
        anchor, number = minute_anchor(minute), str(minute.number)
        blocks.append(Heading(level, minute.title, anchor=anchor, number=number))
        blocks += prose(minute.text, references)
        if minute.decision:
            words = " ".join(minute.decision.split())
            blocks.append(Paragraph((Run(_("Decided: "), bold=True), Run(words))))
        for correction in corrections.get(minute.pk, []):
            blocks.append(Paragraph((Run(_("Correction: "), bold=True), Run(correction.title))))
    return blocks


def declared_blocks(meeting: Meeting, scope: Scope, level: int) -> list[Block]:
    """Return what was declared at a meeting, or nothing. Three queries."""
    found = read_beside(meeting, scope, (DECLARATION,))
    rows = declared(found.declarations, agenda_items(meeting, scope), scope.by_id(found.named))
    if not rows:
        return []
    lines = tuple(
        (Run(row.person.title, bold=True), *plain(f"{_of_item(row)}: {row.words}")) for row in rows
    )
    return [Heading(level, _("Declarations of interest")), Bullets(lines)]


def _of_item(row: Declared) -> str:
    return f" ({row.about})" if row.about else ""


def minute_anchor(minute: Minute) -> str:
    """Return where a minute stands in a document; a reference may have a tilde, an anchor not."""
    return f"minute-{minute.reference}".replace("~", ".")


def prose(text: str, references: Resolved | None = None) -> list[Block]:
    """Return plain text as blocks: blank lines part paragraphs, lines after “- ” are bullets."""

    def runs(words: str) -> Runs:
        return references.runs(words, {}) if references else plain(words)

    blocks: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        bullets: list[Runs] = []
        sentence: list[str] = []
        for line in part.split("\n"):
            if line.startswith("- "):
                bullets.append(runs(line[2:].strip()))
            elif bullets:
                bullets[-1] = (*bullets[-1], *plain(" " + line.strip()))
            elif line.strip():
                sentence.append(line.strip())
        if sentence:
            blocks.append(Paragraph(runs(" ".join(sentence))))
        if bullets:
            blocks.append(Bullets(tuple(bullets)))
    return blocks


def meetings_section(record: Record, scope: Scope) -> Section | None:
    """Return when a body last met, meets next and is due to, for its own page. Two queries."""
    rhythm = rhythms_of([record], scope, clock.today())[0]
    if not (rhythm.last or rhythm.next or rhythm.is_counted):
        return None
    context = {
        "rhythm": rhythm,
        "unrecorded": rhythm.unrecorded_words,
        "list_url": f"{reverse(scope.name('meetings-list'))}?{urlencode({'body': record.pk})}",
        "diary_url": reverse(f"{record.kind}-diary", args=[record.reference]),
        "feed_url": reverse(f"{record.kind}-feed", args=[record.reference]),
        "news_url": reverse(f"{record.kind}-news", args=[record.reference]),
        "attendance_url": _attendance_url(record, scope) if rhythm.last else "",
    }
    return Section(_("When it meets"), "meetings/body_section.html", context)


def _attendance_url(record: Record, scope: Scope) -> str:
    """Return where a body's attendance is; an oversight mechanism has no members of its own."""
    if record.kind != "body":
        return ""
    return reverse(scope.name("body-attendance"), args=[record.reference])
