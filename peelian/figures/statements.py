"""What the statistics say, in plain English: a clause for the summary, a sentence for the page.

Every phrase is chosen by rule and says no more than was found. Nothing here reads the database:
`peelian.figures.readings` holds what a sentence needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from peelian.figures.readings import Form, Measured, Part, Reading, is_judged, is_rare

CHANGES = {
    (1, False): lazy("increased on the previous %(period)s"),
    (1, True): lazy("increased slightly on the previous %(period)s"),
    (0, False): lazy("unchanged from the previous %(period)s"),
    (-1, False): lazy("decreased on the previous %(period)s"),
    (-1, True): lazy("decreased slightly on the previous %(period)s"),
}
LEVELS = {
    (1, False): lazy("above the monthly average"),
    (1, True): lazy("significantly above the monthly average"),
    (0, False): lazy("in line with the monthly average"),
    (-1, False): lazy("below the monthly average"),
    (-1, True): lazy("significantly below the monthly average"),
}
BESIDE = {
    (1, False): lazy("above the %(line)s of %(value)s"),
    (1, True): lazy("significantly above the %(line)s of %(value)s"),
    (0, False): lazy("in line with the %(line)s of %(value)s"),
    (-1, False): lazy("below the %(line)s of %(value)s"),
    (-1, True): lazy("significantly below the %(line)s of %(value)s"),
}
STANDARDS = {
    1: lazy("above the standard of %(standard)s"),
    0: lazy("at the standard of %(standard)s"),
    -1: lazy("below the standard of %(standard)s"),
}
UNUSUAL = {
    ("outside", 1): lazy("exceptionally high %(where)s"),
    ("outside", -1): lazy("exceptionally low %(where)s"),
    ("trend", 1): lazy("rising for seven months or more %(where)s"),
    ("trend", -1): lazy("falling for seven months or more %(where)s"),
    ("two_of_three", 1): lazy("unusually high in two of the last three months %(where)s"),
    ("two_of_three", -1): lazy("unusually low in two of the last three months %(where)s"),
    ("shift", 1): lazy("increase in the monthly average %(where)s"),
    ("shift", -1): lazy("decrease in the monthly average %(where)s"),
}
UNUSUAL_VOLUMES = {
    ("outside", 1): lazy("exceptional volumes %(where)s"),
    ("outside", -1): lazy("exceptionally low volumes %(where)s"),
}
NOTES = {
    ("outside", 1): lazy("exceptionally high, above the upper limit of %(upper)s"),
    ("outside", -1): lazy("exceptionally low, below the lower limit of %(lower)s"),
    ("trend", 1): lazy("rising for seven months or more"),
    ("trend", -1): lazy("falling for seven months or more"),
    ("two_of_three", 1): lazy("two of the last three months unusually high"),
    ("two_of_three", -1): lazy("two of the last three months unusually low"),
    ("shift", 1): lazy("the last seven months or more all above the average"),
    ("shift", -1): lazy("the last seven months or more all below the average"),
}


@dataclass(frozen=True)
class Statement:
    """A topic's line in the summary: the data statement and what is unusual about it."""

    data: str
    commentary: str


def state(parts: Sequence[Part], period: date) -> Statement:
    """Return the line of a topic of one or more measures; ``period`` is the month's first day.

    A topic without measures is not included, and says so.
    """
    if not parts:
        return Statement(_("Not included: no measure is defined for this topic yet"), "")
    clauses: dict[str, list[str]] = {}
    for part in parts:
        clauses.setdefault(_clause(part, period, among=len(parts)), []).append(part.measured.title)
    lone = len(parts) == 1 and (parts[0].measured.form is Form.VOLUME or not parts[0].force)
    if lone and not (parts[0].force and is_rare(parts[0].measured, parts[0].force)):
        data = _capital(next(iter(clauses)))
    else:
        data = "; ".join(_named(_listed(titles), said) for said, titles in clauses.items())
    return Statement(data, "; ".join(_commentary(parts)))


def page_summary(measured: Measured, found: Reading, period: date) -> str:
    """Return one sentence on a measure in an area: value, change, average, what is unusual.

    ``period`` is the first day of the month, quarter or twelve months that was read.
    """
    name = measured.title
    if not found.whole:
        name = _("%(measure)s in %(area)s") % {"measure": name, "area": found.area}
    if found.value is None:
        return _named(name, _no_data(measured)) + "."
    value = _in_period(measured, found.value, period)
    compared = _comparisons(measured, found, period)
    said = ", ".join(filter(None, [value, compared]))
    return _named(name, "; ".join([said, *_notes(measured, found)])) + "."


def amount(measured: Measured, value: float, *, finer: int = 0) -> str:
    """Return a value with its thousands, decimals and unit; a count stands without a unit."""
    number = f"{value:,.{measured.decimals + finer}f}"
    if measured.unit.startswith("%"):
        return number + measured.unit
    return f"{number} {measured.unit}" if measured.form in (Form.RATE, Form.DURATION) else number


def period_name(frequency: str, period: date) -> str:
    """Name the month, the quarter that it is in, or the twelve months that begin with it."""
    if frequency == "monthly":
        return _month(period)
    if frequency == "rolling_year":
        return _("the 12 months to %(month)s") % {"month": _month(_months_on(period, 11))}
    first = _months_on(period, -((period.month - 1) % 3))
    ends = {"first": str(MONTHS[first.month]), "last": _month(_months_on(first, 2))}
    return _("%(first)s to %(last)s") % ends


def _clause(part: Part, period: date, *, among: int) -> str:
    """Say of one measure, in the summary, what its form allows; among others, say less."""
    measured, found = part.measured, part.force
    if found is None or found.value is None:
        return _no_data(measured)
    if measured.form is Form.SNAPSHOT or is_rare(measured, found):
        return _in_period(measured, found.value, period)
    if measured.standard is not None:
        return _against_standard(measured, found.value)
    if measured.form is Form.DURATION and found.enough and not found.outside:
        return _("not exceptional")
    if measured.form is Form.ROLLING:
        moved = _change(replace(found, slight=False), _("period"))
        return ", ".join(filter(None, [moved, _listed(_others(measured, found))]))
    if measured.form is not Form.VOLUME or not found.enough or among > 1:
        return _change(found, _("month"))
    if (found.slight or found.value == found.previous) and not found.level and not found.signals:
        return _("stable on the previous month and within expected limits")
    # A month outside its limits has its own word, in the commentary.
    level = str(LEVELS[found.level, found.significant and not found.outside])
    if found.change * found.level < 0:
        return _("%(change)s but %(level)s") % {
            "change": _change(found, _("month")),
            "level": level,
        }
    return _joined(_change(found, _("month")), level)


def _change(found: Reading, period: str) -> str:
    if found.previous is None:
        return _("no figure for the previous %(period)s") % {"period": period}
    return CHANGES[found.change, found.slight] % {"period": period}


def _against_standard(measured: Measured, value: float) -> str:
    standard = measured.standard if measured.standard is not None else value
    side = (value > standard) - (value < standard)
    whole = measured.decimals if standard == round(standard) else 0
    return STANDARDS[side] % {"standard": amount(measured, standard, finer=-whole)}


def _others(measured: Measured, found: Reading) -> list[str]:
    """Say how a value stands beside those of others."""
    value = found.value or 0.0
    sides = [((value > other.value) - (value < other.value), other) for other in found.comparators]
    return [
        BESIDE[side, False] % {"line": other.title, "value": amount(measured, other.value)}
        for side, other in sides
    ]


def _commentary(parts: Sequence[Part]) -> list[str]:
    """Return what is unusual and where; for one measure also what could not be judged."""
    lines: list[str] = []
    for part in parts:
        found = _unusual(part)
        title = part.measured.title
        lines += found if len(parts) == 1 else [_named(title, line) for line in found]
    if len(parts) == 1:
        volume = parts[0].measured.form is Form.VOLUME
        if volume and not lines and parts[0].judged:
            lines.append(_("no exceptional volumes"))
        lines += _caveats(parts[0])
    return [_capital(line) for line in lines[:1]] + lines[1:]


def _unusual(part: Part) -> list[str]:
    """Return each rule that speaks with the areas it speaks of, the weightiest rule first."""
    words = {key: str(text) for key, text in UNUSUAL.items()}
    if part.measured.form is Form.VOLUME:
        words |= {key: str(text) for key, text in UNUSUAL_VOLUMES.items()}
    where = {key: [r for r in part.judged if r.signals.get(key[0]) == key[1]] for key in words}
    return [words[key] % {"where": _where(areas)} for key, areas in where.items() if areas]


def _where(areas: Sequence[Reading]) -> str:
    local = [found.area for found in areas if not found.whole]
    places = [_("in %(areas)s") % {"areas": _listed(local)}] if local else []
    return _joined(_("at force level") if len(local) < len(areas) else "", "".join(places))


def _caveats(part: Part) -> list[str]:
    """Say why there is no average, why limits may move, and which areas were not judged."""
    measured, force = part.measured, part.force
    if measured.form in (Form.STOCK, Form.SNAPSHOT, Form.ROLLING) or force is None:
        return []
    lines = [] if is_rare(measured, force) else _reserve(force)
    present = [r for r in part.readings if r.value is not None]
    missing = [r.area for r in part.readings if r.value is None]
    small = [r for r in present if is_rare(measured, r)]
    few = [r.area for r in present if not r.whole and not r.enough and r not in small]
    if small and len(small) == len(present):
        lines.append(_("numbers too small to say what is usual"))
    elif small:
        lines.append(_("numbers too small to judge %(where)s") % {"where": _where(small)})
    if few and force.enough:
        lines.append(_("too few months to judge in %(areas)s") % {"areas": _listed(few)})
    if missing:
        lines.append(_("no data this month for %(areas)s") % {"areas": _listed(missing)})
    return lines


def _reserve(found: Reading) -> list[str]:
    """Say that points are too few for an average, or limits provisional."""
    months = {"count": found.count}
    if not found.enough:
        text = ngettext(
            "too few months (%(count)d) to say what is usual",
            "too few months (%(count)d) to say what is usual",
            found.count,
        )
        return [text % months]
    return [_("limits are provisional (%(count)d months)") % months] if found.provisional else []


def _comparisons(measured: Measured, found: Reading, period: date) -> str:
    """Beside the period before, the average and others: "up from 580 in November and …"."""
    said: list[str] = []
    if found.value is not None and found.previous is not None:
        words = {
            "value": amount(measured, found.previous),
            "period": _period_before(measured.frequency, period),
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
        beside = BESIDE[found.level, found.significant and not found.outside]
        said.append(beside % {"line": _("average"), "value": average})
    return _listed(said + _others(measured, found))


def _notes(measured: Measured, found: Reading) -> list[str]:
    """Beside the standard; then the signals, that there are none, or why that is not known."""
    notes: list[str] = []
    if measured.standard is not None and found.value is not None:
        notes.append(_against_standard(measured, found.value))
    if measured.form in (Form.STOCK, Form.SNAPSHOT, Form.ROLLING):
        return notes
    if is_rare(measured, found):
        return [*notes, _("numbers are too small to say what is usual")]
    if not found.enough:
        return notes + _reserve(found)
    limits = {
        "lower": amount(measured, found.lower or 0.0),
        "upper": amount(measured, found.upper or 0.0),
    }
    signals = [NOTES[signal] % limits for signal in found.signals.items()]
    calm = _("within its limits") if found.significant else _("nothing unusual")
    notes += signals or [calm]
    ways = set(found.signals.values())
    if len(ways) == 1 and measured.polarity in ("higher", "lower"):
        better = ways == {1 if measured.polarity == "higher" else -1}
        notes.append(_("a change for the better") if better else _("a change for the worse"))
    return notes + _reserve(found)


def _in_period(measured: Measured, value: float, period: date) -> str:
    words = {"value": amount(measured, value), "period": period_name(measured.frequency, period)}
    return _("%(value)s in %(period)s") % words


def _no_data(measured: Measured) -> str:
    if measured.frequency == "monthly":
        return _("no data this month")
    return _("no data for this period")


def _period_before(frequency: str, period: date) -> str:
    if frequency == "quarterly":
        return _("the quarter before")
    if frequency == "rolling_year":
        return _("the period before")
    before = _months_on(period, -1)
    return str(MONTHS[before.month]) if before.year == period.year else _month(before)


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _month(day: date) -> str:
    return f"{MONTHS[day.month]} {day.year}"


def _named(name: str, said: str) -> str:
    return _("%(name)s: %(said)s") % {"name": name, "said": said}


def _joined(first: str, second: str) -> str:
    if not (first and second):
        return first or second
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _listed(words: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return _joined(", ".join(words[:-1]), "".join(words[-1:]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
