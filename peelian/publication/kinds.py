"""What the generic views and loaders need to know of places of publication."""

from django.utils.translation import gettext_lazy as _

from peelian.publication import models
from peelian.record.kinds import Kind

PLACE = Kind(
    name="publication-place",
    slug="publication-places",
    label=_("Place of publication"),
    plural=_("Places of publication"),
    model=models.PublicationPlace,
    fields=(
        "reference",
        "title",
        "rule",
        "url",
        "form",
        "owner",
        "published_on",
        "covers_until",
        "note",
    ),
    columns=("title", "url", "published_on", "covers_until", "owner"),
    filters=("owner", "form"),
    text=("note",),
)
KINDS = (PLACE,)
