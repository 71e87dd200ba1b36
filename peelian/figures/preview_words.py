"""The preview of a return in words: plain text and numbers, to be kept until it is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.figures.assess import measured_of
from peelian.figures.load import Outcome
from peelian.figures.models import Measure
from peelian.figures.periods import period_label, step_on
from peelian.figures.preview import MOST_MISSING, Line, Preview, Sum
from peelian.figures.readings import Form
from peelian.figures.wording import amount
from peelian.pages.tables import number
from peelian.people.models import Area

MOST_NAMES = 12
SUMMED = (Form.VOLUME, Form.STOCK)
Words = dict[str, Any]


class Names:
    """The measures and areas that a preview speaks of."""

    def __init__(self, preview: Preview) -> None:
        measures = {one.measure_id for one in preview.revisions} | set(preview.absent)
        measures |= {line.measure for line in preview.lines}
        areas = {one.area_id for one in preview.revisions}
        areas |= {pk for line in preview.lines for pk in line.missing_areas}
        self.measures = Measure.objects.in_bulk(measures)
        self.areas = Area.objects.in_bulk(areas)


def preview_words(outcome: Outcome) -> Words:
    """Return what a return would do, as the page of the preview shows it.

    Raises ValueError for an outcome without a preview.
    """
    preview = outcome.preview
    if preview is None:
        raise ValueError("only a dry run has a preview")
    names = Names(preview)
    return {
        "file": outcome.file,
        "mark": preview.mark,
        "adds": outcome.new + outcome.revised,
        "counts": _counts(outcome, preview),
        "lines": [_line(line, names) for line in preview.lines],
        "more_lines": preview.measures - len(preview.lines),
        "revisions": _revisions(preview, names),
        "more_revisions": preview.effects.get("changed", 0) - len(preview.revisions),
        "gaps": list(_gaps(outcome, preview, names)),
        "notes": list(outcome.notes),
    }


def _counts(outcome: Outcome, preview: Preview) -> list[list[Any]]:
    said = (
        ("new", _("New"), _("No value is stored for these yet.")),
        (
            "changed",
            _("Changed"),
            _("Shown from then on in place of another value, which is kept."),
        ),
        ("confirmed", _("Same value, later day"), _("The value does not change; the day does.")),
        ("older", _("Known earlier"), _("Kept, but the value known later is still shown.")),
        ("same", _("Stored already"), _("Nothing is done.")),
    )
    rows = [(words, preview.effects.get(effect, 0), what) for effect, words, what in said]
    rows.append(
        (_("Left out"), outcome.gaps, _("Empty, or marked as not available. Never a zero."))
    )
    rows.append((_("Refused"), 0, _("One wrong row and the whole file would be refused.")))
    return [_row(words, number(f"{count:,}"), what) for words, count, what in rows]


def _row(*cells: Any) -> list[Any]:
    return list(cells)


def _line(line: Line, names: Names) -> list[Any]:
    """Return a measure's row: now, as shown today, the period before, and the change on that."""
    measure = names.measures[line.measure]
    period = period_label(measure.frequency, line.period)
    earlier = ""
    if line.before.areas:
        earlier = period_label(measure.frequency, step_on(measure.frequency, line.period, -1))
    return _row(
        {"text": measure.title, "note": period},
        _total(measure, line.now),
        _total(measure, line.stored),
        _total(measure, line.before, earlier),
        _change(measure, *line.alike),
    )


def _total(measure: Measure, found: Sum, when: str = "") -> Words:
    """Return the sum of a measure's values, or their average where a sum would mean nothing."""
    if not found.areas:
        return number(_("none"))
    measured = measured_of(measure)
    areas = _areas(found)
    if measured.form in SUMMED:
        text = amount(measured, found.total)
    else:
        text = amount(measured, found.total / found.counted, finer=1)
        areas = _("average of %(areas)s") % {"areas": areas} if found.counted > 1 else areas
    return number(text, ", ".join(filter(None, (when, areas))))


def _areas(found: Sum) -> str:
    return ngettext("%(count)s area", "%(count)s areas", found.areas) % {"count": found.areas}


def _change(measure: Measure, now: Sum, before: Sum) -> Words:
    """Return the change of a sum in per cent, of an average as it is, in the areas with both."""
    measured = measured_of(measure)
    if not now.areas or (measured.form in SUMMED and not before.total):
        return number("–")
    if measured.form in SUMMED:
        said = f"{now.total / before.total - 1:+.1%}"
    else:
        by = now.total / now.counted - before.total / before.counted
        said = f"{by:+,.{measure.decimals + 1}f}"
        if measured.unit.startswith("%"):
            said = _("%(change)s points") % {"change": said}
    return number(said, _("in the %(areas)s with both") % {"areas": _areas(now)})


def _revisions(preview: Preview, names: Names) -> list[list[Any]]:
    return [
        _row(
            {"text": measure.title, "note": names.areas[one.area_id].title},
            period_label(measure.frequency, one.period),
            number(f"{one.before:,.15g}"),
            number(f"{one.after:,.15g}"),
            number(f"{one.row:,}" if one.row else "–"),
        )
        for one in preview.revisions
        for measure in [names.measures[one.measure_id]]
    ]


def _gaps(outcome: Outcome, preview: Preview, names: Names) -> Iterable[str]:
    """Yield what one would expect in the return and does not find."""
    for line in preview.lines:
        measure = names.measures[line.measure]
        if line.missing_areas:
            titles = sorted(names.areas[pk].title for pk in line.missing_areas)
            yield _("%(measure)s, %(period)s: nothing for %(areas)s.") % {
                "measure": measure.title,
                "period": period_label(measure.frequency, line.period),
                "areas": _listed(titles),
            }
        if line.missing_periods:
            periods = [period_label(measure.frequency, p) for p in line.missing_periods]
            yield _("%(measure)s: nothing at all for %(periods)s.") % {
                "measure": measure.title,
                "periods": _listed(periods[:MOST_MISSING], more=len(periods) > MOST_MISSING),
            }
    if preview.absent:
        titles = sorted(names.measures[pk].title for pk in preview.absent)
        yield _("In the last return and not in this one: %(measures)s.") % {
            "measures": _listed(titles)
        }
    if outcome.gaps:
        yield ngettext(
            "%(count)s cell is empty or marked as not available.",
            "%(count)s cells are empty or marked as not available.",
            outcome.gaps,
        ) % {"count": f"{outcome.gaps:,}"}


def _listed(names: list[str], *, more: bool = False) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMES])
    if more:
        return _("%(names)s and others") % {"names": shown}
    if (left := len(names) - MOST_NAMES) > 0:
        return _("%(names)s and %(count)s more") % {"names": shown, "count": left}
    return shown


def given_words(layout: str, as_at: dt.date | None, source: str) -> list[tuple[str, str]]:
    """Return what was said of a return as a whole, as names and values."""
    in_file = _("As each row says")
    unless = _("%(said)s, unless a row says otherwise")
    day = date_format(as_at, "j F Y") if as_at else ""
    return [
        (_("Layout"), layout),
        (_("As at"), unless % {"said": day} if day else in_file),
        (_("Source"), unless % {"said": source} if source else in_file),
    ]
