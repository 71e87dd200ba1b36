"""The processes that are declared in ``rules/processes/``, for this installation."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from peelian.duties.events import event_kinds
from peelian.duties.rulebook import office, rules
from peelian.law.dates import FinancialYear, financial_year
from peelian.law.process import Declared, load_processes
from peelian.record import clock

YEARS_BACK, YEARS_AHEAD = 3, 1


@cache
def processes() -> tuple[Declared, ...]:
    """Return every declared process, by name, read once. Raises RulePackError."""
    known = frozenset(rule.id for rule in rules())
    events = frozenset(event.id for event in event_kinds())
    return load_processes(known, events, settings.RULES, settings.OWN_RULES)


def process_named(name: str) -> Declared | None:
    """Return the declared process of this id, or None."""
    return next((one for one in processes() if one.id == name), None)


def choices() -> list[tuple[str, str]]:
    """Return the processes as a field offers them."""
    return [(one.id, one.name) for one in processes()]


def binding() -> list[Declared]:
    """Return the processes of which at least one step's rule binds this office."""
    bound = {rule.id for rule in rules() if office().is_ever_bound(rule)}
    return [one for one in processes() if any(step.rule in bound for step in one.steps)]


def entitled(declared: Declared, year: FinancialYear | None, subject: str) -> str:
    """Return what one of them is called: `Police precept for 2027/28`."""
    return filled(declared.title, year, subject).strip().rstrip(":")


def filled(words: str, year: FinancialYear | None, subject: str) -> str:
    """Return words with the years and the subject put in for what stands in braces."""
    says = {"subject": subject}
    if year:
        says |= {
            "year": year.label,
            "next_year": year.shifted(1).label,
            "previous_year": year.shifted(-1).label,
        }
    for name, value in says.items():
        words = words.replace(f"{{{name}}}", value)
    return words


def years() -> list[FinancialYear]:
    """Return the financial years for which one can be begun, the one of today first."""
    now = financial_year(clock.today())
    later = [now.shifted(n) for n in range(1, YEARS_AHEAD + 1)]
    return [now, *later, *(now.shifted(-n) for n in range(1, YEARS_BACK + 1))]
