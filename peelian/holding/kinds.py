"""What the generic views and loaders need to know of holding to account."""

from django.utils.translation import gettext_lazy as _

from peelian.holding import models
from peelian.record.kinds import Kind

LED_TO = "led_to"

THEME = Kind(
    name="theme",
    slug="themes",
    label=_("Theme of holding to account"),
    plural=_("Themes of holding to account"),
    model=models.Theme,
    fields=("reference", "title", "month", "meeting", "objective", "why"),
    columns=("month", "title", "meeting", "objective"),
    filters=("objective",),
    text=("why",),
    views={"show": "peelian.holding.theme_views.show_theme"},
)
ENQUIRY = Kind(
    name="enquiry",
    slug="enquiries",
    label=_("Key line of enquiry"),
    plural=_("Key lines of enquiry"),
    model=models.Enquiry,
    fields=(
        "reference",
        "title",
        "parent",
        "number",
        "why",
        "answerer",
        "follows",
        "measure",
        "area",
    ),
    columns=("parent", "number", "title", "answerer"),
    filters=("parent",),
    text=("why",),
    parents=("theme",),
)
ANSWER = Kind(
    name="answer",
    slug="answers",
    label=_("Answer"),
    plural=_("Answers"),
    model=models.Answer,
    fields=(
        "reference",
        "parent",
        "meeting",
        "answered_by",
        "text",
        "outcome",
        "finding",
        "measure",
        "area",
        "quoted_period",
        "quoted_value",
        LED_TO,
    ),
    columns=("parent", "meeting", "outcome", "answered_by"),
    filters=("meeting", "outcome"),
    text=("text", "finding"),
    links={LED_TO: ("undertaking",)},
    parents=("enquiry",),
)
EVIDENCE = Kind(
    name="evidence",
    slug="evidence",
    label=_("Evidence"),
    plural=_("Evidence"),
    model=models.Evidence,
    fields=("reference", "title", "parent", "about", "left_out", "note", "source", "as_at"),
    columns=("title", "parent", "source", "as_at", "left_out"),
    filters=("parent",),
    text=("note",),
    parents=("theme",),
)
NOTE = Kind(
    name="holding-note",
    slug="holding-notes",
    label=_("Note of holding to account"),
    plural=_("Notes of holding to account"),
    model=models.HoldingNote,
    fields=("reference", "title", "parent", "introduction", "issue"),
    columns=("title", "parent", "issue"),
    text=("introduction",),
    parents=("meeting",),
    views={
        "show": "peelian.holding.note_views.show_note",
        "publish": "peelian.holding.note_views.publish_note_step",
    },
)
KINDS = (THEME, ENQUIRY, ANSWER, EVIDENCE, NOTE)
