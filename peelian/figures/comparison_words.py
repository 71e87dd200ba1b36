"""What is said of areas beside one another: no more than the statistics say."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.analysis.funnel import FEWEST as ENOUGH_TO_TELL
from peelian.figures.comparison import FEWEST, POPULATION, Basis, Compared, Place
from peelian.figures.peer_groups import Group
from peelian.figures.wording import listed

POSITIONS = {
    2: gettext_lazy("Above the 99.8% limit"),
    1: gettext_lazy("Above the 95% limit"),
    0: gettext_lazy("Within the limits"),
    -1: gettext_lazy("Below the 95% limit"),
    -2: gettext_lazy("Below the 99.8% limit"),
}
MEANINGS = {"improvement": gettext_lazy("improvement"), "concern": gettext_lazy("concern")}


def number(compared: Compared, value: float | None, *, signed: bool = False) -> str:
    """Return a value in the unit of the comparison, without words; a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    sign = "+" if signed else ""
    text = f"{value:{sign},.{compared.decimals}f}".replace("-", "−")
    return text + "%" if compared.subject.measure.unit.startswith("%") else text


def interval(compared: Compared, lower: float | None, upper: float | None) -> str:
    """Return an interval in words, a dash where there is none."""
    if lower is None or upper is None:
        return "–"
    ends = {"lower": number(compared, lower), "upper": number(compared, upper)}
    return _("%(lower)s to %(upper)s") % ends


def position(compared: Compared, place: Place) -> str:
    """Return where an area stands against the limits for its size; a dash without limits."""
    return against(compared, place.beyond) if compared.funnel else "–"


def against(compared: Compared, beyond: int) -> str:
    """Return what it is to be above or below the limits, and whether that is good or bad."""
    meaning = compared.subject.meaning(beyond)
    said = str(POSITIONS[beyond])
    return f"{said} ({MEANINGS[meaning]})" if meaning in MEANINGS else said


def of_area(compared: Compared, place: Place) -> str:
    """Say an area's figure, its interval and where it stands against the limits."""
    said = {
        "area": place.area.title,
        "value": number(compared, place.value),
        "interval": interval(compared, place.lower, place.upper),
        "position": position(compared, place),
    }
    if place.lower is None:
        return _("%(area)s: %(value)s.") % said
    if compared.funnel is None or place.area.level != compared.level:
        return _("%(area)s: %(value)s (95%% interval %(interval)s).") % said
    return _("%(area)s: %(value)s (95%% interval %(interval)s). %(position)s.") % said


def outcome(compared: Compared) -> str:
    """Say how many areas lie beyond the limits, beside how many chance alone would put there."""
    many = len(compared.places)
    if compared.subject.basis is Basis.COUNT:
        return _(
            "It is not known what these are out of: areas of different size cannot be compared."
        )
    if compared.subject.basis is Basis.VALUE:
        return _("It is not known how many these rest on: what is chance cannot be told.")
    if compared.funnel is None:
        return ngettext(
            "Only %(many)d area has figures for this time: there are no limits below %(least)d.",
            "Only %(many)d areas have figures for this time: there are no limits below %(least)d.",
            many,
        ) % {"many": many, "least": FEWEST}
    if not compared.outside(1):
        return _(
            "All %(many)d areas lie within the 95%% limits, where chance alone would put "
            "%(by_chance)s outside: chance alone can account for how they differ."
        ) % {"many": many, "by_chance": _by_chance(compared.expected[0])}
    return " ".join(_beyond(compared))


def _beyond(compared: Compared) -> list[str]:
    near, far = len(compared.outside(1)), len(compared.outside(2))
    words = {
        "many": len(compared.places),
        "near": near,
        "far": far,
        "by_chance": _by_chance(compared.expected[0]),
        "far_by_chance": _by_chance(compared.expected[1]),
    }
    said = [
        ngettext(
            "Of %(many)d areas, %(near)d lies beyond the 95%% limits, where chance alone would put "
            "%(by_chance)s.",
            "Of %(many)d areas, %(near)d lie beyond the 95%% limits, where chance alone would put "
            "%(by_chance)s.",
            near,
        ),
        ngettext(
            "Of those, %(far)d lies beyond the 99.8%% limits, where it puts %(far_by_chance)s.",
            "Of those, %(far)d lie beyond the 99.8%% limits, where it puts %(far_by_chance)s.",
            far,
        )
        if far
        else _("None lies beyond the 99.8%% limits."),
    ]
    if not far and compared.may_be_chance:
        said.append(_("So many can well come about by chance."))
    return [one % words for one in said]


def _by_chance(expected: float) -> str:
    """Return how many, as exactly as is of use."""
    if expected < 0.05:
        return _("fewer than 0.1")
    return _("about %(number)s") % {"number": f"{expected:.{0 if expected >= 10 else 1}f}"}


def limits_made(compared: Compared) -> list[str]:
    """Say what the limits allow for, and what the values are out of."""
    found, subject = compared.funnel, compared.subject
    said = []
    if found and found.between:
        said.append(
            _(
                "The variance of these areas is %(times)s times what chance gives, as places do "
                "differ, and the limits are widened for that: an area beyond them differs even "
                "from so varied a lot."
            )
            % {"times": f"{found.dispersion:.1f}"}
        )
    elif found and len(compared.places) < ENOUGH_TO_TELL:
        said.append(
            _(
                "With fewer than eight areas it cannot be told how much places differ anyway, so "
                "the limits allow for chance alone, and do not say why an area lies beyond them."
            )
        )
    elif found:
        said.append(
            _(
                "Taken together, the areas do not vary so much that the limits would have to be "
                "widened: they allow for chance alone."
            )
        )
    if subject.is_of_people and subject.out_of:
        years = [place.size_of.year for place in compared.places if place.size_of]
        if years:
            title, span = subject.out_of.title, sorted({min(years), max(years)})
            out_of = _("Out of: %(title)s of %(years)s.") % {
                "title": title,
                "years": f"{span[0]}–{span[1]}" if span[1:] else span[0],
            }
            residents = _("That is who lives there, not who works there or comes to visit.")
            is_people = subject.out_of.reference == POPULATION
            said.append(f"{out_of} {residents}" if is_people else out_of)
    return said


def without_figures(compared: Compared) -> list[tuple[str, str]]:
    """Return, for each reason, the areas that are left out: they are named, and count for none."""
    by_reason: dict[str, list[str]] = {}
    for one in compared.left_out:
        by_reason.setdefault(one.why, []).append(one.area.title)
    return [(why, listed(names)) for why, names in by_reason.items()]


def beside(compared: Compared, own: Place, group: Group) -> str:
    """Say how an area stands beside its most similar group, or beside the nation."""
    found = group.beside
    if found is None:
        return _("None of the most similar group has figures for this time.")
    words = {
        "area": own.area.title,
        "value": number(compared, found.value),
        "nation": group.members[0].area.title,
        "many": len(group.members),
        "level": number(compared, found.level),
        "step": number(compared, found.difference, signed=True),
        "lower": number(compared, found.difference_lower, signed=True),
        "upper": number(compared, found.difference_upper, signed=True),
    }
    if group.group is None:
        said = _("%(area)s: %(value)s, beside %(level)s in %(nation)s") % words
    else:
        said = (
            ngettext(
                "%(area)s: %(value)s, beside %(level)s in the %(many)d other area of its most "
                "similar group that has figures",
                "%(area)s: %(value)s, beside an average of %(level)s over the %(many)d other areas "
                "of its most similar group that have figures, each counted once",
                len(group.members),
            )
            % words
        )
    if math.isnan(found.difference_lower):
        return said + _("; whether that is chance cannot be told, as the counts are not known.")
    by = _("; the difference is %(step)s (95%% interval %(lower)s to %(upper)s)") % words
    if found.sign == 0:
        return said + by + _(", which chance alone can account for.")
    return said + by + _(", more than chance alone is likely to give; that does not say why.")
