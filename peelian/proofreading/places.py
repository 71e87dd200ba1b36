"""Places in words: page 12, line 4; sheet Plan, cell B7; table 3, cell C2."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.intake.document import Origin


def place_words(origin: Origin, *, with_file: bool = False) -> str:
    """Return where something stands, as a reader would look for it."""
    parts = [origin.file] if with_file else []
    parts += [template % {"n": number} for template, number in _numbered(origin) if number]
    if origin.sheet:
        parts.append(_("sheet %(name)s") % {"name": origin.sheet})
    if origin.cell:
        parts.append(_("cell %(name)s") % {"name": origin.cell})
    return ", ".join(parts) or _("the document as a whole")


def _numbered(origin: Origin) -> list[tuple[str, int | None]]:
    return [
        (_("page %(n)s"), origin.page),
        (_("line %(n)s"), origin.line),
        (_("paragraph %(n)s"), origin.paragraph if not origin.cell else None),
        (_("table %(n)s"), origin.table),
    ]
