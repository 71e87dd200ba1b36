"""A measure in an area in plain English: a paragraph for its page, a line for the dashboard.

Every phrase is chosen by rule and says no more than was found.
"""

from datetime import date

from django.utils.translation import gettext as _

from peelian.figures import wording
from peelian.figures.readings import Form, Measured, Reading, is_judged, is_rare
from peelian.figures.wording import amount, listed, named

UNJUDGED = (Form.STOCK, Form.SNAPSHOT, Form.ROLLING)


def page_summary(measured: Measured, found: Reading, period: date) -> str:
    """Return one sentence on a measure in an area: value, change, average, what is unusual.

    ``period`` is the first day of the month, quarter or twelve months that was read.
    """
    name = _place(measured, found)
    if found.value is None:
        return named(name, wording.no_data(measured)) + "."
    value = wording.in_period(measured, found.value, period)
    compared = _comparisons(measured, found, period)
    said = ", ".join(filter(None, [value, compared]))
    return named(name, "; ".join([said, *_notes(measured, found)])) + "."


def page_paragraph(measured: Measured, found: Reading, period: date) -> str:
    """Return the sentence on a measure in an area, and then how its limits were made."""
    return " ".join([page_summary(measured, found, period), *how_limits_were_made(measured, found)])


def dashboard_line(measured: Measured, found: Reading, period: date) -> str:
    """Return the shortest that can be said: the value, and what is unusual or that nothing is.

    The measure and area stand beside it on a dashboard, and are not named again.
    """
    if found.value is None:
        return wording.capital(wording.no_data(measured)) + "."
    value = wording.in_period(measured, found.value, period)
    notes = _notes(measured, found)
    return "; ".join([value, *notes]) + "."


def how_limits_were_made(measured: Measured, found: Reading) -> list[str]:
    """Return a sentence for each thing about the limits that a reader should know."""
    if not is_judged(measured, found):
        return []
    said: list[str] = []
    if found.since:
        since = wording.period_name(measured.frequency, date.fromisoformat(found.since))
        said.append(_("The average and limits are those since %(period)s.") % {"period": since})
    if found.seasonal:
        said.append(_("The limits follow the season: they differ by the month of the year."))
    if found.widened:
        said.append(
            _("The limits allow for one %(period)s resembling the next, and are wider for it.")
            % {"period": wording.ONE[measured.frequency]}
        )
    if found.method == "poisson":
        said.append(_("The limits are exact ones for small numbers."))
    return said


def _place(measured: Measured, found: Reading) -> str:
    if found.whole:
        return measured.title
    return _("%(measure)s in %(area)s") % {"measure": measured.title, "area": found.area}


def _comparisons(measured: Measured, found: Reading, period: date) -> str:
    """Beside the period before, the average and others: "up from 580 in November and …"."""
    said: list[str] = []
    if found.value is not None and found.previous is not None:
        words = {
            "value": amount(measured, found.previous),
            "period": wording.period_before(measured.frequency, period),
        }
        if found.change > 0:
            said.append(_("up from %(value)s in %(period)s") % words)
        elif found.change < 0:
            said.append(_("down from %(value)s in %(period)s") % words)
        else:
            said.append(_("the same as in %(period)s") % words)
    if is_judged(measured, found) and found.centre is not None:
        small = measured.decimals == 0 and abs(found.centre) < 10
        average = amount(measured, found.centre, finer=int(small))
        line = _("average for the time of year") if found.seasonal else _("average")
        beside = wording.BESIDE[found.level, found.significant and not found.outside]
        said.append(beside % {"line": line, "value": average})
    return listed(said + wording.beside_others(measured, found))


def _notes(measured: Measured, found: Reading) -> list[str]:
    """Beside the standard; then the signals, that there are none, or why that is not known."""
    notes: list[str] = []
    if measured.standard is not None and found.value is not None:
        notes.append(wording.against_standard(measured, found.value))
    if measured.form in UNJUDGED:
        return notes
    if is_rare(measured, found) and not is_judged(measured, found):
        return [*notes, _("numbers are too small to say what is usual")]
    if not found.enough:
        return notes + wording.reservations(measured, found)
    limits = {
        "lower": amount(measured, found.lower or 0.0),
        "upper": amount(measured, found.upper or 0.0),
        **wording.rule_words(measured, found),
    }
    signals = [wording.NOTES[signal] % limits for signal in found.signals.items()]
    calm = _("within its limits") if found.significant else _("nothing unusual")
    notes += signals or [calm]
    return notes + _judgement(measured, found) + wording.reservations(measured, found)


def _judgement(measured: Measured, found: Reading) -> list[str]:
    """Say whether what is unusual is good or bad, where the measure has a better way."""
    ways = found.ways
    if len(ways) != 1 or measured.polarity not in ("higher", "lower"):
        return []
    better = ways == {1 if measured.polarity == "higher" else -1}
    return [_("a change for the better") if better else _("a change for the worse")]
