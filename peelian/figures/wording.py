"""The words that statements and sentences are made of: amounts, periods, levels, rules.

Each is a message of its own, so that a translation can put it in its own order.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.figures.periods import holding, months_on
from peelian.figures.readings import Form, Measured, Reading

ONE = {
    "weekly": gettext_lazy("week"),
    "monthly": gettext_lazy("month"),
    "quarterly": gettext_lazy("quarter"),
    "yearly": gettext_lazy("year"),
    "rolling_year": gettext_lazy("period"),
}
MANY = {
    "weekly": gettext_lazy("weeks"),
    "monthly": gettext_lazy("months"),
    "quarterly": gettext_lazy("quarters"),
    "yearly": gettext_lazy("years"),
    "rolling_year": gettext_lazy("periods"),
}
AVERAGE = {
    "weekly": gettext_lazy("weekly average"),
    "monthly": gettext_lazy("monthly average"),
    "quarterly": gettext_lazy("quarterly average"),
    "yearly": gettext_lazy("yearly average"),
    "rolling_year": gettext_lazy("average"),
}
CHANGES = {
    (1, False): gettext_lazy("increased on the previous %(period)s"),
    (1, True): gettext_lazy("increased slightly on the previous %(period)s"),
    (0, False): gettext_lazy("unchanged from the previous %(period)s"),
    (-1, False): gettext_lazy("decreased on the previous %(period)s"),
    (-1, True): gettext_lazy("decreased slightly on the previous %(period)s"),
}
LEVELS = {
    (1, False): gettext_lazy("above the %(average)s"),
    (1, True): gettext_lazy("significantly above the %(average)s"),
    (0, False): gettext_lazy("in line with the %(average)s"),
    (-1, False): gettext_lazy("below the %(average)s"),
    (-1, True): gettext_lazy("significantly below the %(average)s"),
}
BESIDE = {
    (1, False): gettext_lazy("above the %(line)s of %(value)s"),
    (1, True): gettext_lazy("significantly above the %(line)s of %(value)s"),
    (0, False): gettext_lazy("in line with the %(line)s of %(value)s"),
    (-1, False): gettext_lazy("below the %(line)s of %(value)s"),
    (-1, True): gettext_lazy("significantly below the %(line)s of %(value)s"),
}
STANDARDS = {
    1: gettext_lazy("above the standard of %(standard)s"),
    0: gettext_lazy("at the standard of %(standard)s"),
    -1: gettext_lazy("below the standard of %(standard)s"),
}
# What a rule says of an area in the summary; the weightiest rule first.
UNUSUAL = {
    ("outside", 1): gettext_lazy("exceptionally high %(where)s"),
    ("outside", -1): gettext_lazy("exceptionally low %(where)s"),
    ("trend", 1): gettext_lazy("rising for %(trend)s %(periods)s or more %(where)s"),
    ("trend", -1): gettext_lazy("falling for %(trend)s %(periods)s or more %(where)s"),
    ("two_of_three", 1): gettext_lazy(
        "unusually high in two of the last three %(periods)s %(where)s"
    ),
    ("two_of_three", -1): gettext_lazy(
        "unusually low in two of the last three %(periods)s %(where)s"
    ),
    ("shift", 1): gettext_lazy("increase in the %(average)s %(where)s"),
    ("shift", -1): gettext_lazy("decrease in the %(average)s %(where)s"),
    ("four_of_five", 1): gettext_lazy("high in four of the last five %(periods)s %(where)s"),
    ("four_of_five", -1): gettext_lazy("low in four of the last five %(periods)s %(where)s"),
    ("hugging", 1): gettext_lazy("closer to the average than chance allows %(where)s"),
    ("mixture", 1): gettext_lazy("further from the average than chance allows %(where)s"),
    ("alternating", 1): gettext_lazy(
        "up and down by turns for longer than chance allows %(where)s"
    ),
    ("runs", 1): gettext_lazy("more on one side of the average than chance allows %(where)s"),
}
UNUSUAL_VOLUMES = {
    ("outside", 1): gettext_lazy("exceptional volumes %(where)s"),
    ("outside", -1): gettext_lazy("exceptionally low volumes %(where)s"),
}
# What a rule says on the page of a measure.
NOTES = {
    ("outside", 1): gettext_lazy("exceptionally high, above the upper limit of %(upper)s"),
    ("outside", -1): gettext_lazy("exceptionally low, below the lower limit of %(lower)s"),
    ("trend", 1): gettext_lazy("rising for %(trend)s %(periods)s or more"),
    ("trend", -1): gettext_lazy("falling for %(trend)s %(periods)s or more"),
    ("two_of_three", 1): gettext_lazy("two of the last three %(periods)s unusually high"),
    ("two_of_three", -1): gettext_lazy("two of the last three %(periods)s unusually low"),
    ("shift", 1): gettext_lazy("the last %(shift)s %(periods)s or more all above the average"),
    ("shift", -1): gettext_lazy("the last %(shift)s %(periods)s or more all below the average"),
    ("four_of_five", 1): gettext_lazy("four of the last five %(periods)s well above the average"),
    ("four_of_five", -1): gettext_lazy("four of the last five %(periods)s well below the average"),
    ("hugging", 1): gettext_lazy("closer to the average for longer than chance allows"),
    ("mixture", 1): gettext_lazy("away from the average for longer than chance allows"),
    ("alternating", 1): gettext_lazy("up and down by turns for longer than chance allows"),
    ("runs", 1): gettext_lazy("more on one side of the average than chance allows"),
}
_NUMBERS = {
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
    9: gettext_lazy("nine"),
}


def spelled(number: int) -> str:
    """Return a small number in words, another in figures."""
    return str(_NUMBERS.get(number, number))


def rule_words(measured: Measured, found: Reading) -> dict[str, str]:
    """Return what the words of a rule are filled with: its lengths, and the periods' names."""
    return {
        "trend": spelled(found.trend_points),
        "shift": spelled(found.shift_points),
        "periods": str(MANY[measured.frequency]),
        "average": str(AVERAGE[measured.frequency]),
    }


def amount(measured: Measured, value: float, *, finer: int = 0) -> str:
    """Return a value with its thousands, decimals and unit; a count stands without a unit."""
    number = f"{value:,.{max(measured.decimals + finer, 0)}f}"
    if measured.unit.startswith("%"):
        return number + measured.unit
    return f"{number} {measured.unit}" if measured.form in (Form.RATE, Form.DURATION) else number


def period_name(frequency: str, period: date) -> str:
    """Name a period in a sentence: the month, the quarter it is in, twelve months from it."""
    if frequency == "weekly":
        return _("the week of %(day)s") % {"day": date_format(period, "j F Y")}
    if frequency == "yearly":
        return str(period.year)
    if frequency == "rolling_year":
        return _("the 12 months to %(month)s") % {"month": month(months_on(period, 11))}
    if frequency == "quarterly":
        first = holding("quarterly", period)
        ends = {"first": str(MONTHS[first.month]), "last": month(months_on(first, 2))}
        return _("%(first)s to %(last)s") % ends
    return month(period)


def period_before(frequency: str, period: date) -> str:
    """Name the period before one, as short as is clear."""
    if frequency == "monthly":
        before = months_on(period, -1)
        return str(MONTHS[before.month]) if before.year == period.year else month(before)
    return _("the %(period)s before") % {"period": ONE[frequency]}


def in_period(measured: Measured, value: float, period: date) -> str:
    """Return "1,120 in December 2019"."""
    words = {"value": amount(measured, value), "period": period_name(measured.frequency, period)}
    return _("%(value)s in %(period)s") % words


def no_data(measured: Measured) -> str:
    """Say that a period has no value."""
    if measured.frequency == "monthly":
        return _("no data this month")
    return _("no data for this period")


def against_standard(measured: Measured, value: float) -> str:
    """Say on which side of its standard a value is."""
    standard = measured.standard if measured.standard is not None else value
    side = (value > standard) - (value < standard)
    whole = measured.decimals if standard == round(standard) else 0
    return STANDARDS[side] % {"standard": amount(measured, standard, finer=-whole)}


def beside_others(measured: Measured, found: Reading) -> list[str]:
    """Say how a value stands beside those of others."""
    value = found.value or 0.0
    sides = [((value > other.value) - (value < other.value), other) for other in found.comparators]
    return [
        BESIDE[side, False] % {"line": other.title, "value": amount(measured, other.value)}
        for side, other in sides
    ]


def reservations(measured: Measured, found: Reading) -> list[str]:
    """Say that points are too few for an average, or limits provisional; else nothing."""
    words = {"count": found.count, "periods": MANY[measured.frequency]}
    if not found.enough:
        text = ngettext(
            "too few %(periods)s (%(count)d) to say what is usual",
            "too few %(periods)s (%(count)d) to say what is usual",
            found.count,
        )
        return [text % words]
    provisional = _("limits are provisional (%(count)d %(periods)s)") % words
    return [provisional] if found.provisional else []


def month(day: date) -> str:
    """Return "December 2019"."""
    return f"{MONTHS[day.month]} {day.year}"


def named(name: str, said: str) -> str:
    """Return "Robbery: 12 in December 2019"."""
    return _("%(name)s: %(said)s") % {"name": name, "said": said}


def joined(first: str, second: str) -> str:
    """Return "A and B", or the one there is."""
    if not (first and second):
        return first or second
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def listed(words: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return joined(", ".join(words[:-1]), "".join(words[-1:]))


def capital(text: str) -> str:
    """Return a clause as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
