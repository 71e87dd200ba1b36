"""What the generic views and loaders need to know of original addresses."""

from django.utils.translation import gettext_lazy as _

from peelian.originals import models
from peelian.record.kinds import Kind

ORIGINAL = Kind(
    name="original",
    slug="originals",
    label=_("Original address"),
    plural=_("Original addresses"),
    model=models.Original,
    fields=("reference", "title", "parent", "form", "address"),
    columns=("title", "parent", "address"),
    filters=("form",),
    text=("address",),
    parents=("meeting", "agenda-item", "body", "person"),
)
KINDS = (ORIGINAL,)
