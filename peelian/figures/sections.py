"""What figures have to say on the pages of promises, objectives and roles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.figures.kinds import MEASURE, QUOTED_FIGURE, TOPIC
from peelian.pages.sections import Section, offer
from peelian.record.models import Record
from peelian.record.scope import Scope


def quoted_section(record: Record, scope: Scope) -> Section | None:
    """Return the figures quoted in a promise's words, each beside its measure. Two queries."""
    quoted = list(scope.of(QUOTED_FIGURE).filter(promise=record).in_order())
    measures = scope.by_id(quote.measure_id for quote in quoted)
    pairs = [(q, measures[q.measure_id]) for q in quoted if q.measure_id in measures]
    if not pairs:
        return None
    return Section(_("Related figures"), "figures/quoted_section.html", {"pairs": pairs})


def topics_section(record: Record, scope: Scope) -> Section | None:
    """Return the topics and measures that show how an objective goes. Two queries."""
    topics = list(scope.of(TOPIC).filter(objective=record).in_order())
    measures = scope.of(MEASURE).filter(parent__in=topics).order_by("order", "pk")
    own: dict[int | None, list[Record]] = {}
    for measure in measures:
        own.setdefault(measure.parent_id, []).append(measure)
    if not topics:
        return None
    pairs = [(topic, own.get(topic.pk, [])) for topic in topics]
    return Section(_("How it is measured"), "figures/topics_section.html", {"pairs": pairs})


def register() -> None:
    """Offer these sections to the pages they belong on."""
    offer(("commitment", "activity", "undertaking"), quoted_section)
    offer(("objective",), topics_section)
