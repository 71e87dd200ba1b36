"""What the generic views and loaders need to know of papers."""

from django.utils.translation import gettext_lazy as _

from peelian.papers import models
from peelian.record.kinds import Kind

PAPER = Kind(
    name="paper",
    slug="papers",
    label=_("Paper"),
    plural=_("Papers"),
    model=models.Paper,
    fields=(
        "reference",
        "title",
        "parent",
        "number",
        "author",
        "contact",
        "recommendation",
        "background",
        "text",
        "support",
        "background_is",
        "background_papers",
        "late_reason",
    ),
    columns=("title", "parent", "author"),
    filters=("parent",),
    text=(
        "recommendation",
        "background",
        "text",
        "support",
        "background_papers",
        "file_words",
    ),
    parents=("agenda-item",),
    views={"show": "peelian.papers.views.show_paper"},
)
SIGN_OFF = Kind(
    name="sign-off",
    slug="sign-offs",
    label=_("Sign-off"),
    plural=_("Sign-offs"),
    model=models.SignOff,
    fields=(
        "reference",
        "title",
        "parent",
        "number",
        "signatory",
        "due_on",
        "signed_on",
        "note",
    ),
    columns=("title", "parent", "due_on", "signed_on"),
    filters=("parent",),
    parents=("paper",),
)
KINDS = (PAPER, SIGN_OFF)
