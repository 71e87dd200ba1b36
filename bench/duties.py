"""How long the calendar of duties takes: one office for a year, 43 offices for ten years.

``python -m bench.duties [DIRECTORY]`` prints a table; the directory holds the rule packs and is
``rules/`` unless named. Every kind of event that a rule waits for happens, the common ones as often
as in a busy office.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from peelian.law.calendar import Fact, Occurrence, occurrences, plan_back
from peelian.law.dates import FinancialYear, Nation
from peelian.law.office import Office
from peelian.law.packs import RULES, Rule, all_rules, load_packs
from peelian.law.pauses import Pause
from peelian.law.rule import BodyModel

OFFICES = 43
YEARS = range(2024, 2034)
ONE_OFFICE_MS, ALL_OFFICES_S = 300, 20
# How often in a year; whatever else opens a clock happens twice.
OFTEN = {
    "meeting": 6,
    "inspection_report": 8,
    "foi_request": 120,
    "foi_internal_review": 10,
    "subject_access_request": 20,
    "review_application": 60,
    "complaint_outcome_letter": 60,
    "decision_made": 80,
    "contract_made": 40,
    "tender_issued": 20,
    "gift_or_hospitality_offer": 30,
    "public_meeting_of_office": 12,
    "custody_visit_made": 60,
}
_MODELS: tuple[BodyModel, ...] = ("pcc", "pcc", "pfcc", "mayor", "pcc")


def main() -> None:
    """Measure and print; exits with 1 where a limit is missed."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else RULES
    began = time.perf_counter()
    rules = all_rules(load_packs(directory))
    loaded = time.perf_counter() - began
    one, steps, first = _one_office(rules)
    again, _steps, _first = _one_office(rules)
    found, taken = _all_offices(rules)
    print(f"| {len(rules)} rules | time | limit |\n|---|---|---|")
    print(f"| packs read from their files | {1000 * loaded:.0f} ms | |")
    print(
        f"| one office, one year, the first time: {first} duties, {steps} planned steps "
        f"| {1000 * one:.0f} ms | {ONE_OFFICE_MS} ms |"
    )
    print(f"| the same again | {1000 * again:.0f} ms | {ONE_OFFICE_MS} ms |")
    print(f"| {OFFICES} offices, ten years: {found} duties | {taken:.1f} s | {ALL_OFFICES_S} s |")
    sys.exit(1000 * one > ONE_OFFICE_MS or taken > ALL_OFFICES_S)


def _one_office(rules: Sequence[Rule]) -> tuple[float, int, int]:
    """Seconds for a year's calendar with every step planned back, the steps and the duties."""
    office, year = Office.always("england", "pcc"), FinancialYear(2026)
    facts = list(_facts(rules, (2026,)))
    began = time.perf_counter()
    found = _calendar(rules, office, facts, year, year)
    steps = sum(len(plan_back(one, rules, office=office)) for one in found)
    return time.perf_counter() - began, steps, len(found)


def _all_offices(rules: Sequence[Rule]) -> tuple[int, float]:
    facts = list(_facts(rules, YEARS))
    began, found = time.perf_counter(), 0
    for number in range(OFFICES):
        nation: Nation = "wales" if number % 10 == 9 else "england"
        before, after = _MODELS[number % 5], _MODELS[3]
        office = Office(nation, ((None, before), (date(2028, 5, 8), after)))
        first, last = FinancialYear(YEARS[0]), FinancialYear(YEARS[-1])
        found += len(_calendar(rules, office, facts, first, last))
    return found, time.perf_counter() - began


def _calendar(
    rules: Sequence[Rule],
    office: Office,
    facts: Sequence[Fact],
    first: FinancialYear,
    last: FinancialYear,
) -> list[Occurrence]:
    polls = [date(year, 5, 4) for year in (2024, 2028, 2032)]
    pauses = [Pause("post_election_period", poll, poll + timedelta(days=7)) for poll in polls]
    return occurrences(
        rules, office=office, facts=facts, pauses=pauses, start=first.first, end=last.last
    )


def _facts(rules: Sequence[Rule], years: Sequence[int]) -> Iterator[Fact]:
    """The events of the years: one of each kind so often, evenly spread."""
    kinds = {rule.trigger for rule in rules if rule.recurs is None and not rule.continuous}
    for kind in sorted(kinds):
        often = OFTEN.get(kind, 2)
        for year in years:
            for number in range(often):
                on = date(year, 4, 1) + timedelta(days=number * 365 // often)
                yield Fact(kind, f"{year}-{number}", f"{kind} of {year}", on)


if __name__ == "__main__":
    main()
