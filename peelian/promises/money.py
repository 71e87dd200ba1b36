"""Money set aside for commitments: each year of one, and the totals of objectives and of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from peelian.law.dates import FinancialYear
from peelian.pages.tables import number, pounds
from peelian.promises.kinds import ALLOCATION
from peelian.promises.models import Allocation, Objective, Plan, Promise
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Totals:
    """What is set aside by objective and year, in pounds; `rows` holds the ids of objectives."""

    years: list[int]
    rows: dict[int, dict[int, Decimal]]

    def head(self) -> list[Any]:
        """Return the years as headings."""
        return [number(FinancialYear(year).label) for year in self.years]

    def cells(self, objective: int) -> list[Any]:
        """Return an objective's amounts by year, a dash where there is none."""
        own = self.rows.get(objective, {})
        return [number(pounds(own[year]) if year in own else "–") for year in self.years]

    def foot(self) -> list[Any]:
        """Return the total of each year."""
        return [
            number(pounds(sum((own.get(year, Decimal()) for own in self.rows.values()), Decimal())))
            for year in self.years
        ]


def money_for(promise: Promise, scope: Scope) -> list[Allocation]:
    """Return what is set aside for a commitment, the newest year first. One query."""
    own = scope.of(ALLOCATION).filter(parent=promise.pk)
    return list(own.order_by("-year", "sort_key", "pk"))


def total_of(money: Iterable[Allocation]) -> str:
    """Return a sum as people read it."""
    return pounds(sum((one.amount for one in money), Decimal()))


def totals(of: Plan | Objective, scope: Scope) -> Totals:
    """Return what is set aside under each objective of a plan, or under one, by year. One query."""
    above = "parent__parent__parent" if isinstance(of, Plan) else "parent__parent"
    found = scope.of(ALLOCATION).filter(**{above: of.pk})
    summed = found.values_list("parent__parent", "year").annotate(Sum("amount")).order_by()
    rows: dict[int, dict[int, Decimal]] = {}
    years = set()
    for pk, year, amount in summed:
        rows.setdefault(pk, {})[year] = amount
        years.add(year)
    return Totals(sorted(years), rows)
