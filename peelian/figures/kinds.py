"""What the generic views and loaders need to know of topics, measures, editions and quotations."""

from django.utils.translation import gettext_lazy as _

from peelian.figures import models
from peelian.record.kinds import Kind

TOPIC = Kind(
    name="topic",
    slug="topics",
    label=_("Topic"),
    plural=_("Topics"),
    model=models.Topic,
    fields=(
        "reference",
        "title",
        "objective",
        "order",
        "inclusion_rule",
        "inclusion_as_printed",
        "page",
    ),
    columns=("order", "title", "objective", "inclusion_rule"),
    filters=("objective", "inclusion_rule"),
    views={"show": "peelian.figures.views.show_topic"},
)
MEASURE = Kind(
    name="measure",
    slug="measures",
    label=_("Measure"),
    plural=_("Measures"),
    model=models.Measure,
    fields=(
        "reference",
        "title",
        "parent",
        "definition",
        "unit",
        "decimals",
        "polarity",
        "frequency",
        "source",
        "owner",
        "standard",
        "standard_is",
        "order",
    ),
    columns=("title", "parent", "unit", "polarity", "frequency", "source"),
    filters=("parent", "polarity", "frequency"),
    text=("definition", "source"),
    parents=("topic",),
    alone=True,
    views={"show": "peelian.figures.views.show_measure"},
)
QUOTED_FIGURE = Kind(
    name="quoted-figure",
    slug="quoted-figures",
    label=_("Quoted figure"),
    plural=_("Quoted figures"),
    model=models.QuotedFigure,
    fields=(
        "reference",
        "title",
        "measure",
        "area",
        "period",
        "value",
        "claim",
        "comparator",
        "stated_in",
        "promise",
        "as_at",
        "source",
        "note",
    ),
    columns=("reference", "measure", "period", "value", "claim", "comparator", "stated_in"),
    filters=("measure", "claim"),
    text=("stated_in", "note"),
)
EDITION = Kind(
    name="edition",
    slug="editions",
    label=_("Performance summary"),
    plural=_("Performance summaries"),
    model=models.Edition,
    fields=("reference", "title", "period", "form", "known"),
    columns=("title", "period", "form", "known"),
    views={
        "show": "peelian.figures.views.show_edition",
        "edit": "peelian.figures.issue.edit_edition",
    },
)
STATEMENT = Kind(
    name="statement",
    slug="statements",
    label=_("Data statement"),
    plural=_("Data statements"),
    model=models.DataStatement,
    fields=("reference", "title", "parent", "topic", "data", "commentary", "illustrative"),
    columns=("parent", "topic", "data", "commentary"),
    filters=("parent", "topic"),
    text=("data", "commentary"),
    parents=("edition",),
)
KINDS = (TOPIC, MEASURE, QUOTED_FIGURE, EDITION, STATEMENT)
