"""What people declare at meetings, ask of them and bring to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Declaration(Citable):
    """An interest that somebody declared at a meeting, and whether they left for the item.

    The sorts are those of a members' code of conduct under the Localism Act 2011, sections 27 to
    31; what is sensitive (section 32) is declared without its details.
    """

    keeping: ClassVar = WITH_PARENT

    class Form(models.TextChoices):
        PECUNIARY = "pecuniary", _("Disclosable pecuniary interest")
        REGISTRABLE = "registrable", _("Other registrable interest")
        OTHER = "other", _("Non-registrable interest")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    form = models.CharField(_("Kind of interest"), max_length=11, choices=Form)
    interest = models.TextField(
        _("What is declared"),
        blank=True,
        help_text=_("This is public. Leave it empty where the interest is a sensitive one."),
    )
    left_room = models.BooleanField(_("Left the room for the item"), default=False)
    entry = ToRecord("interest", verbose_name=_("Entry in the register"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a declaration by where it was made and by whom, and entitle it by the person."""
        parts = [reference_of(values.get(name)) for name in ("parent", "person")]
        values["reference"] = values.get("reference") or ".".join((*parts, "declared"))
        values["title"] = values.get("title") or title_of(values.get("person"))
        return values
