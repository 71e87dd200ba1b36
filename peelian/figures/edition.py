"""The performance summary: which topics stand in an edition, and what is said of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Figure, Heading, Notice, Paragraph, Run, Table, plain
from peelian.figures.assess import Assessed, Series, assess, measured_of, part_of
from peelian.figures.charts import chart_of, meanings_of
from peelian.figures.corrections import corrections_blocks
from peelian.figures.kinds import EDITION, MEASURE, STATEMENT, TOPIC
from peelian.figures.models import DataStatement, Edition, InclusionRule, Measure, Topic
from peelian.figures.periods import period_label
from peelian.figures.readings import Part, is_exceptional
from peelian.figures.sentences import page_summary
from peelian.figures.snapshot import frozen_of
from peelian.figures.statements import state
from peelian.record.scope import Scope


@dataclass(frozen=True)
class TopicLine:
    """A topic with its measures, as assessed for one month."""

    topic: Topic
    measures: list[Measure]
    parts: list[Part]
    data: str
    commentary: str
    illustrative: bool
    known: dt.date | None

    @property
    def exceptional(self) -> bool:
        """Return whether any of its areas is outside its limits."""
        return is_exceptional(self.parts)

    @property
    def unusual(self) -> bool:
        """Return whether any rule speaks of any of its areas."""
        return any(found.signals for part in self.parts for found in part.judged)


def assess_topics(
    period: dt.date, scope: Scope, *, known: dt.date | None = None
) -> tuple[list[TopicLine], Assessed]:
    """Return every topic's line for a month, and the assessments under them, in four queries."""
    topics = list(scope.of(TOPIC).in_order())
    measures = list(scope.of(MEASURE).order_by("order", "pk"))
    assessed = assess(measures, scope, period=period, known=known)
    by_reference = {m.reference: m for m in measures}
    return [_line(topic, measures, assessed, by_reference, period) for topic in topics], assessed


def _line(
    topic: Topic,
    measures: list[Measure],
    assessed: Assessed,
    by_reference: dict[str, Measure],
    period: dt.date,
) -> TopicLine:
    own = [m for m in measures if m.parent_id == topic.pk]
    parts = [part_of(m, assessed, by_reference) for m in own]
    said = state(parts, period)
    series = [s for (pk, _area), s in assessed.items() if pk in {m.pk for m in own}]
    made_up = any(s.illustrative for s in series)
    known = max((s.known for s in series), default=None)
    return TopicLine(topic, own, parts, said.data, said.commentary, made_up, known)


def is_included(rule: str, form: str, *, exceptional: bool, updated: bool) -> bool:
    """Return whether a topic stands in a `monthly` or `quarterly` edition.

    `exceptional` is whether any of its areas is outside its limits, `updated` whether its figures
    are new since the last edition. A topic without a rule always stands.
    """
    quarterly = form == Edition.Form.QUARTERLY
    match rule:
        case InclusionRule.QUARTER_UNLESS_EXCEPTIONAL:
            return quarterly or exceptional
        case InclusionRule.QUARTER_UNLESS_UPDATED:
            return quarterly or updated
        case InclusionRule.QUARTER_REPORT:
            return quarterly
        case InclusionRule.EXCEPTIONAL_ONLY:
            return exceptional
    return True


def latest_edition(day: dt.date, scope: Scope) -> Edition | None:
    """Return the newest edition whose figures were known by a day."""
    return scope.of(EDITION).filter(known__lte=day).order_by("-period", "-known").first()


def statements_of(edition: Edition, scope: Scope) -> list[tuple[Topic, DataStatement]]:
    """Return an edition's lines with their topics, in the order of the summary, in two queries."""
    lines = list(scope.of(STATEMENT).filter(parent=edition))
    topics = scope.see(Topic.objects.filter(pk__in={line.topic_id for line in lines})).in_bulk()
    pairs = [(topics[line.topic_id], line) for line in lines if line.topic_id in topics]
    return sorted(pairs, key=lambda pair: (pair[0].order, pair[0].sort_key))


def summary_blocks(edition: Edition, scope: Scope) -> list[Block]:
    """Return the one-page summary by objective, then a chart and table for each force measure."""
    lines = statements_of(edition, scope)
    objectives = scope.by_id(topic.objective_id for topic, _line in lines)
    blocks: list[Block] = []
    if any(line.illustrative for _topic, line in lines):
        words = _("Monthly series marked “illustrative” were made to agree with the summary.")
        blocks.append(Notice(words, "illustrative"))
    head = tuple(
        plain(h) for h in (_("Topic"), _("Included"), _("What the figures say"), _("Commentary"))
    )
    seen: dict[int | None, list[tuple[Topic, DataStatement]]] = {}
    for pair in lines:
        seen.setdefault(pair[0].objective_id, []).append(pair)
    for objective, some in seen.items():
        record = objectives.get(objective or 0)
        title = record.title if record else _("Other topics")
        rows = tuple(_row(topic, line) for topic, line in some)
        blocks += [Heading(2, title), Table(title, head, rows, (1.8, 1.5, 3.6, 3), True)]
    blocks += corrections_blocks(lines)
    return [*blocks, Heading(2, _("Charts")), *_charts(edition, scope)]


def exceptional_blocks(edition: Edition, scope: Scope, *, place: str = "") -> list[Block]:
    """Return the edition's topics that are unusual, or of which an analyst says more, as a list.

    Each ends with the edition and line it is taken from, a link where the document holds the
    edition: `place` is its anchor there.
    """
    frozen = frozen_of(edition)
    ordinary = frozen.ordinary if frozen else {}
    unusual = [
        (
            Run(f"{topic.title}: {line.commentary} ("),
            Run(line_note(edition, topic), href=f"#{place}" if place else None),
            Run(")"),
        )
        for topic, line in statements_of(edition, scope)
        if line.commentary and line.commentary != ordinary.get(topic.reference)
    ]
    words = _("%(edition)s: %(some)s of its topics have something unusual to report.") % {
        "edition": edition.title,
        "some": len(unusual),
    }
    blocks: list[Block] = [Paragraph(plain(words))]
    return [*blocks, Bullets(tuple(unusual))] if unusual else blocks


def line_note(edition: Edition, topic: Topic) -> str:
    """Return where a line stands as it is printed, which the finder of references reads."""
    return _("%(edition)s, line %(line)s") % {"edition": edition.title, "line": topic.order}


def _row(topic: Topic, line: DataStatement) -> tuple[Any, ...]:
    return (
        plain(f"{topic.order}. {topic.title}"),
        plain(str(topic.get_inclusion_rule_display()) or "–"),
        plain(line.data + (" " + _("(illustrative)") if line.illustrative else "")),
        plain(line.commentary or "–"),
    )


def _charts(edition: Edition, scope: Scope) -> list[Block]:
    """Return the charts as the edition froze them; drawn anew only where it froze none."""
    frozen = frozen_of(edition)
    if frozen and frozen.charts is not None:
        source = _("From the edition %(edition)s, whose figures have the fingerprint %(sha256)s.")
        words = source % {"edition": edition.reference, "sha256": frozen.sha256[:12]}
        visible = set(scope.of(MEASURE).values_list("reference", flat=True))
        return [Paragraph(plain(words)), *_of_visible(frozen.charts, visible)]
    return chart_blocks(*assess_topics(edition.period, scope, known=edition.known))


def _of_visible(charts: Iterable[Block], visible: set[str]) -> Iterator[Block]:
    """Yield the charts of measures that may be seen: one may have been withdrawn since."""
    shown = False
    for block in charts:
        if isinstance(block, Heading):
            shown = block.anchor in visible
        if shown:
            yield block


def chart_blocks(lines: list[TopicLine], assessed: Assessed) -> list[Block]:
    """Return for each measure of each topic the force's sentence, chart, table and source."""
    blocks: list[Block] = []
    for line in lines:
        for measure in line.measures:
            series = [s for (pk, _a), s in assessed.items() if pk == measure.pk]
            force = next((s for s in series if s.reading.whole), None)
            if force:
                _heading, *rest = measure_blocks(force)
                title = f"{measure.title}: {force.area.title}"
                blocks += [Heading(3, title, anchor=measure.reference), *rest]
    return blocks


def measure_blocks(series: Series, *, level: int = 3) -> list[Block]:
    """Return a measure in an area: sentence, chart, table, source. The same on page and in pack."""
    measure = series.measure
    sentence = page_summary(
        measured_of(measure, series.standard), series.reading, series.periods[-1]
    )
    title = f"{measure.title}: {series.area.title}"
    source = _("Source: %(sources)s. Known on %(day)s.") % {
        "sources": "; ".join(series.sources),
        "day": date_format(series.known, "j F Y"),
    }
    return [
        Heading(level, title),
        Paragraph(plain(sentence)),
        Figure(str(chart_of(series, sentence)), sentence, title),
        values_table(series, last=12),
        Paragraph(plain(source)),
    ]


def values_table(series: Series, *, last: int) -> Table:
    """Return the newest values of a series as a table, newest first."""
    judged = list(zip(series.periods, series.values, meanings_of(series), strict=True))[-last:]
    unit = series.measure.unit
    rows = tuple(
        (
            plain(period_label(series.measure.frequency, period)),
            plain("–" if value is None else f"{value:,.{series.measure.decimals}f}"),
            plain(meaning),
        )
        for period, value, meaning in reversed(judged)
    )
    head = (_("Period"), _("Value (%(unit)s)") % {"unit": unit}, _("Signal"))
    caption = _("%(measure)s in %(area)s, newest first") % {
        "measure": series.measure.title,
        "area": series.area.title,
    }
    return Table(caption, tuple(plain(h) for h in head), rows, (2, 2, 3), True)
