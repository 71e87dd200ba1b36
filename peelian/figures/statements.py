"""The performance summary's clause on a topic: what its figures say, and what is unusual.

Every phrase is chosen by rule and says no more than was found. Nothing here reads the database:
`peelian.figures.readings` holds what a statement needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from peelian.figures import wording
from peelian.figures.readings import Form, Measured, Part, Reading, is_judged, is_rare
from peelian.figures.wording import capital, joined, listed, named


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
        data = capital(next(iter(clauses)))
    else:
        data = "; ".join(named(listed(titles), said) for said, titles in clauses.items())
    return Statement(data, "; ".join(_commentary(parts)))


def _clause(part: Part, period: date, *, among: int) -> str:
    """Say of one measure, in the summary, what its form allows; among others, say less."""
    measured, found = part.measured, part.force
    if found is None or found.value is None:
        return wording.no_data(measured)
    if measured.form is Form.SNAPSHOT or is_rare(measured, found):
        return wording.in_period(measured, found.value, period)
    if measured.standard is not None:
        return wording.against_standard(measured, found.value)
    if measured.form is Form.DURATION and found.enough and not found.outside:
        return _("not exceptional")
    if measured.form is Form.ROLLING:
        moved = _change(measured, replace(found, slight=False))
        return ", ".join(filter(None, [moved, listed(wording.beside_others(measured, found))]))
    if measured.form is not Form.VOLUME or not found.enough or among > 1:
        return _change(measured, found)
    if (found.slight or found.value == found.previous) and not found.level and not found.signals:
        return _("stable on the previous %(period)s and within expected limits") % {
            "period": wording.ONE[measured.frequency]
        }
    # A month outside its limits has its own word, in the commentary.
    level = wording.LEVELS[found.level, found.significant and not found.outside] % {
        "average": usual(measured, found)
    }
    if found.change * found.level < 0:
        words = {"change": _change(measured, found), "level": level}
        return _("%(change)s but %(level)s") % words
    return joined(_change(measured, found), level)


def usual(measured: Measured, found: Reading) -> str:
    """Return what a value is set beside: the average, or what is usual where there is a season."""
    if found.seasonal:
        return _("average for the time of year")
    return str(wording.AVERAGE[measured.frequency])


def _change(measured: Measured, found: Reading) -> str:
    words = {"period": wording.ONE[measured.frequency]}
    if found.previous is None:
        return _("no figure for the previous %(period)s") % words
    return wording.CHANGES[found.change, found.slight] % words


def _commentary(parts: Sequence[Part]) -> list[str]:
    """Return what is unusual and where; for one measure also what could not be judged."""
    lines: list[str] = []
    for part in parts:
        found = _unusual(part)
        title = part.measured.title
        lines += found if len(parts) == 1 else [named(title, line) for line in found]
    if len(parts) == 1:
        volume = parts[0].measured.form is Form.VOLUME
        if volume and not lines and parts[0].judged:
            lines.append(_("no exceptional volumes"))
        lines += _caveats(parts[0])
    return [capital(line) for line in lines[:1]] + lines[1:]


def _unusual(part: Part) -> list[str]:
    """Return each rule that speaks with the areas it speaks of, the weightiest rule first."""
    words = wording.UNUSUAL
    if part.measured.form is Form.VOLUME:
        words = words | wording.UNUSUAL_VOLUMES
    where = {key: [r for r in part.judged if r.signals.get(key[0]) == key[1]] for key in words}
    return [
        words[key] % {"where": _where(areas), **wording.rule_words(part.measured, areas[0])}
        for key, areas in where.items()
        if areas
    ]


def _where(areas: Sequence[Reading]) -> str:
    local = [found.area for found in areas if not found.whole]
    places = [_("in %(areas)s") % {"areas": listed(local)}] if local else []
    return joined(_("at force level") if len(local) < len(areas) else "", "".join(places))


def _caveats(part: Part) -> list[str]:
    """Say why there is no average, why limits may move, and which areas were not judged."""
    measured, force = part.measured, part.force
    if measured.form in (Form.STOCK, Form.SNAPSHOT, Form.ROLLING) or force is None:
        return []
    present = [r for r in part.readings if r.value is not None]
    missing = [r.area for r in part.readings if r.value is None]
    small = [r for r in present if is_rare(measured, r) and not is_judged(measured, r)]
    lines = [] if force in small else wording.reservations(measured, force)
    few = [r.area for r in present if not r.whole and not r.enough and r not in small]
    if small and len(small) == len(present):
        lines.append(_("numbers too small to say what is usual"))
    elif small:
        lines.append(_("numbers too small to judge %(where)s") % {"where": _where(small)})
    if few and force.enough:
        words = {"areas": listed(few), "periods": wording.MANY[measured.frequency]}
        lines.append(_("too few %(periods)s to judge in %(areas)s") % words)
    if missing:
        words = {"areas": listed(missing), "period": wording.ONE[measured.frequency]}
        lines.append(_("no data this %(period)s for %(areas)s") % words)
    return lines
