"""Addresses elsewhere at which a record, or a document of it, has stood since before it came."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.originals.addresses import key_of, site_of
from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable


class Original(Citable):
    """The address of a page or document elsewhere: whoever has it finds the record by it."""

    keeping: ClassVar = WITH_PARENT

    class Form(models.TextChoices):
        PAGE = "page", _("Page")
        DOCUMENT = "document", _("Document")

    form = models.CharField(_("Form"), max_length=10, choices=Form, default=Form.PAGE)
    address = models.URLField(_("Address"), max_length=1000)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an original by its address, and entitle it by its site."""
        address = str(values.get("address") or "")
        digest = hashlib.sha256(key_of(address).encode()).hexdigest()[:16]
        values["reference"] = values.get("reference") or digest
        made = _now("Page at %(site)s") % {"site": site_of(address)}
        values["title"] = values.get("title") or made
        return values

    @property
    def is_document(self) -> bool:
        """Return whether it is the address of a document, not of a page."""
        return self.form == self.Form.DOCUMENT

    def make_sort_key(self) -> str:
        """Return what it is looked up by, which keeps the addresses of a site together."""
        return key_of(self.address)
