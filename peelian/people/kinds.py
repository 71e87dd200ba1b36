"""What the generic views and loaders need to know of bodies, areas, people and roles."""

from django.utils.translation import gettext_lazy as _

from peelian.people import models
from peelian.record.kinds import Kind

AREA = Kind(
    name="area",
    slug="areas",
    label=_("Area"),
    plural=_("Areas"),
    model=models.Area,
    fields=("reference", "title", "parent", "level", "ons_code"),
    columns=("title", "level", "parent", "ons_code"),
    filters=("level",),
    parents=("area",),
    alone=True,
)
BODY = Kind(
    name="body",
    slug="bodies",
    label=_("Body"),
    plural=_("Bodies"),
    model=models.Body,
    fields=("reference", "title", "parent", "form", "also_known_as", "area", "description"),
    columns=("title", "form", "also_known_as", "area"),
    filters=("form",),
    text=("also_known_as", "description"),
    parents=("body",),
    views={"show": "peelian.people.body_views.show_body"},
    alone=True,
)
OVERSIGHT_MECHANISM = Kind(
    name="oversight-mechanism",
    slug="oversight-mechanisms",
    label=_("Oversight mechanism"),
    plural=_("Oversight mechanisms"),
    model=models.OversightMechanism,
    fields=(
        "reference",
        "title",
        "purpose",
        "meets",
        "frequency",
        "theme",
        "notes_published",
        "in_public",
        "also_known_as",
    ),
    columns=("title", "frequency", "theme", "notes_published", "in_public"),
    filters=("frequency", "theme", "notes_published", "in_public"),
    text=("purpose", "also_known_as"),
    views={"show": "peelian.people.views.show_oversight"},
)
PERSON = Kind(
    name="person",
    slug="people",
    label=_("Person"),
    plural=_("People"),
    model=models.Person,
    fields=("reference", "title"),
)
ROLE = Kind(
    name="role",
    slug="roles",
    label=_("Role"),
    plural=_("Roles"),
    model=models.Role,
    fields=("reference", "title", "body", "standing"),
    columns=("title", "body", "standing"),
    filters=("body", "standing"),
)
SEAT = Kind(
    name="seat",
    slug="seats",
    label=_("Seat"),
    plural=_("Seats"),
    model=models.Seat,
    fields=(
        "reference",
        "title",
        "body",
        "basis",
        "nominated_by",
        "starts_on",
        "ends_on",
        "note",
    ),
    columns=("title", "body", "basis", "nominated_by", "starts_on", "ends_on"),
    filters=("body", "basis", "nominated_by"),
    text=("note",),
)
MEMBERSHIP = Kind(
    name="membership",
    slug="memberships",
    label=_("Membership"),
    plural=_("Memberships"),
    model=models.Membership,
    fields=(
        "reference",
        "title",
        "person",
        "role",
        "seat",
        "party",
        "starts_on",
        "ends_on",
        "term_ends_on",
        "note",
    ),
    columns=("person", "role", "seat", "party", "starts_on", "ends_on", "term_ends_on", "note"),
    filters=("role", "party"),
    text=("note",),
)
KINDS = (AREA, BODY, OVERSIGHT_MECHANISM, PERSON, ROLE, SEAT, MEMBERSHIP)
