"""What the generic views and loaders need to know of clocks, pauses, proofs and owners."""

from django.utils.translation import gettext_lazy as _

from peelian.duties import models
from peelian.record.kinds import Kind

CLOCK = Kind(
    name="clock",
    slug="clocks",
    label=_("Clock"),
    plural=_("Clocks"),
    model=models.Clock,
    fields=("reference", "event", "title", "opened_on", "note"),
    columns=("title", "event", "opened_on"),
    filters=("event",),
    text=("note",),
    views={"edit": "peelian.duties.clock_views.edit_clock"},
)
PAUSE = Kind(
    name="pause",
    slug="pauses",
    label=_("Pause"),
    plural=_("Pauses"),
    model=models.Pause,
    fields=("reference", "title", "parent", "form", "starts_on", "ends_on", "note"),
    columns=("parent", "form", "starts_on", "ends_on"),
    filters=("form",),
    text=("note",),
    parents=("clock",),
    alone=True,
)
PROOF = Kind(
    name="proof",
    slug="proofs",
    label=_("Proof"),
    plural=_("Proofs"),
    model=models.Proof,
    fields=(
        "reference",
        "title",
        "key",
        "outcome",
        "met_on",
        "url",
        "evidence",
        "letter",
        "note",
    ),
    columns=("title", "key", "met_on", "outcome"),
    filters=("outcome",),
    text=("letter", "note"),
)
DUTY_OWNER = Kind(
    name="duty-owner",
    slug="duty-owners",
    label=_("Owner of duties"),
    plural=_("Owners of duties"),
    model=models.DutyOwner,
    fields=("reference", "title", "covers", "owner", "holder", "note"),
    columns=("title", "covers", "owner", "holder"),
    filters=("owner",),
    text=("note",),
    views={"edit": "peelian.duties.clock_views.edit_owner"},
)
KINDS = (CLOCK, PAUSE, PROOF, DUTY_OWNER)
