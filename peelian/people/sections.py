"""How oversight mechanisms look in a pack: the glossary."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import gettext as _

from peelian.blocks import Block, Heading, Paragraph, Table, plain
from peelian.people.kinds import OVERSIGHT_MECHANISM
from peelian.record.scope import Scope


def glossary_blocks(scope: Scope) -> list[Block]:
    """Return the register of oversight mechanisms by theme: purpose, frequency, and the marks."""
    register = list(scope.of(OVERSIGHT_MECHANISM).order_by("theme", "sort_key"))
    key = _("Notes: the notes of the meeting are published. Public: the meeting is in public.")
    blocks: list[Block] = [Paragraph(plain(key))]
    head = tuple(plain(h) for h in (_("Name"), _("Purpose"), _("How often"), _("Marks")))
    for theme, some in groupby(register, key=lambda m: m.theme):
        rows = tuple(
            (
                plain(m.title),
                plain(m.purpose),
                plain(m.meets or str(m.get_frequency_display()) or _("Not stated")),
                plain(", ".join(_marks(m))),
            )
            for m in some
        )
        title = theme or _("Other")
        blocks += [Heading(2, title), Table(title, head, rows, (2.2, 5, 1.4, 1.2), True)]
    return blocks


def _marks(mechanism: object) -> list[str]:
    marks = (("notes_published", _("Notes")), ("in_public", _("Public")))
    return [words for name, words in marks if getattr(mechanism, name)]
