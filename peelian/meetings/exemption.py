"""What the public is told of an agenda item that is exempt: the paragraph, the reason, the motion.

The paragraphs are those of Schedule 12A to the Local Government Act 1972: 1 to 7 in England (Part
1, as substituted by SI 2006/88), 12 to 18 in Wales (Part 4, SI 2007/969). A meeting excludes the
public by a resolution that names the item and the paragraph (section 100A(4) and (5)), and only
while the public interest in keeping the exemption outweighs that in disclosure (paragraphs 10 and
21).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from peelian.blocks import Block, Paragraph, Run, plain
from peelian.duties.rulebook import office
from peelian.law.dates import Nation

if TYPE_CHECKING:
    from peelian.meetings.models import AgendaItem

_DESCRIBED: tuple[Any, ...] = (
    gettext_lazy("an individual"),
    gettext_lazy("what is likely to reveal who an individual is"),
    gettext_lazy("the financial or business affairs of a person or body, this one included"),
    gettext_lazy("consultations or negotiations on labour relations"),
    gettext_lazy("legal advice or proceedings that legal professional privilege protects"),
    gettext_lazy("a statutory notice, order or direction that is proposed"),
    gettext_lazy("the prevention, investigation or prosecution of crime"),
)
_FIRST: dict[Nation, int] = {"england": 1, "wales": 12}
_PART: dict[Nation, int] = {"england": 1, "wales": 4}
MOST_REASON = 1000


def paragraph_choices() -> list[tuple[int, str]]:
    """Return the paragraphs of the office's nation, each by its number and in words."""
    first = _FIRST[office().jurisdiction]
    return [(number, f"{number}: {words}") for number, words in enumerate(_DESCRIBED, first)]


def _nation_of(number: int) -> Nation:
    return "wales" if number >= _FIRST["wales"] else "england"


def paragraph_in_words(number: int) -> str:
    """Return which paragraph of the Schedule a number is, and what it is about."""
    nation = _nation_of(number)
    says = {"number": number, "part": _PART[nation], "about": _DESCRIBED[number - _FIRST[nation]]}
    said = _(
        "paragraph %(number)s of Part %(part)s of Schedule 12A to the Local Government Act 1972 "
        "(%(about)s)"
    )
    return said % says


@dataclass(frozen=True)
class Statement:
    """What the public is told of an exempt item: that it is, why, and what the meeting must say."""

    exempt: str
    reason: str
    resolution: str


def statement_of(item: AgendaItem) -> Statement | None:
    """Return what the public is told of an item that is exempt, or None of any other."""
    number = item.exempt_paragraph
    if number is None:
        return None
    words = paragraph_in_words(number)
    exempt = _("The paper of this item is not published. It is exempt under %(paragraph)s.")
    resolution = _(
        "That the public be excluded from the meeting for item %(item)s, “%(title)s”, because "
        "information that is exempt under %(paragraph)s is likely to be disclosed, and the public "
        "interest in keeping it exempt outweighs the public interest in disclosing it."
    )
    says = {"paragraph": words, "item": item.number, "title": item.title}
    return Statement(exempt % says, item.exempt_reason, resolution % says)


def statement_blocks(item: AgendaItem) -> list[Block]:
    """Return what the public is told of an exempt item as paragraphs; none of any other item."""
    statement = statement_of(item)
    if statement is None:
        return []
    return [
        _said(_("Exempt item."), statement.exempt),
        _said(_("Why the public interest is in keeping it exempt:"), statement.reason),
        _said(_("Before this item the meeting is asked to resolve:"), statement.resolution),
    ]


def _said(bold: str, words: str) -> Paragraph:
    return Paragraph((Run(f"{bold} ", bold=True), *plain(words)))


def in_brief(item: AgendaItem) -> str:
    """Return for the table of an agenda that an item is exempt, or nothing."""
    if item.exempt_paragraph is None:
        return ""
    said = pgettext("an agenda item", "Exempt: paragraph %(number)s of Schedule 12A")
    return said % {"number": item.exempt_paragraph}
