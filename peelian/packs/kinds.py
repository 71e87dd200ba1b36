"""What the generic views need to know of packs."""

from django.utils.translation import gettext_lazy as _

from peelian.packs import models
from peelian.record.kinds import Kind

PACK = Kind(
    name="pack",
    slug="packs",
    label=_("Pack"),
    plural=_("Packs"),
    model=models.Pack,
    fields=("reference", "title", "parent", "extract", "issue"),
    columns=("title", "parent", "extract", "issue"),
    parents=("meeting",),
    views={"show": "peelian.packs.views.show_pack"},
)
KINDS = (PACK,)
