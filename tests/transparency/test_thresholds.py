"""A threshold is said in a rule and nowhere else: changing it there changes the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from peelian.law.packfile import RulePackError
from peelian.record.load import load_file
from peelian.transparency.thresholds import CONTRACTS, SPENDING, STAFF, threshold
from tests.makers import PAT, make

Own = Callable[[str], None]
CHANGE = "  - {{id: {rule}, why: Agreed in May., threshold: {amount}}}\n"
EXPORT = "Supplier,Net Amount,Payment Date,Description,Value for money,Body\n"


def _changes(**amounts: int) -> str:
    lines = (
        CHANGE.format(rule=f"publication-money/{name}", amount=amount)
        for name, amount in amounts.items()
    )
    return "changes:\n" + "".join(lines)


def _said(address: str) -> str:
    return " ".join(Client().get(address).content.decode().split())


def test_the_rules_that_ship_say_the_amounts_of_the_order() -> None:
    assert (threshold(SPENDING), threshold(CONTRACTS), threshold(STAFF)) == (500, 10_000, 5)


@pytest.mark.django_db
def test_an_export_is_read_by_the_amount_in_the_rule(own_rules: Own, tmp_path: Path) -> None:
    own_rules(_changes(expenditure=250))
    file = tmp_path / "spending-2026-01.csv"
    rows = [
        f"Northshire Cleaning Ltd,{n},05/01/2026,Cleaning,Cheapest,PCC"
        for n in ("250", "250.01", "600")
    ]
    file.write_text(EXPORT + "\n".join(rows) + "\n", encoding="utf-8")
    outcome = load_file(file, by=PAT).outcome
    assert sorted(outcome.values()) == [1, 2]


@pytest.mark.django_db
def test_contracts_and_the_rules_page_follow_the_amount_in_the_rule(own_rules: Own) -> None:
    contract = make("contract", title="Zq contract", value="12,500")
    page = reverse("contracts-by-value")
    assert contract.title in _said(page).split("£10,000 or less</h2>")[0]
    assert "£10,000" in _said("/duties/rules/publication-money/contracts/")
    own_rules(_changes(contracts=20_000))
    assert contract.title in _said(page).split("£20,000 or less</h2>")[1]
    assert "£20,000" in _said("/duties/rules/publication-money/contracts/")
    assert "5 people" in _said("/duties/rules/publication-people/staff-diversity/")


def test_the_amount_of_a_day_is_that_of_the_rule_in_force(own_rules: Own) -> None:
    ended = (
        "changes:\n  - {id: publication-money/expenditure, why: The law changed.,"
        " effective_to: 2027-03-31}\n"
    )
    later = """\
rules:
  - id: ours/expenditure
    title: Publish each item of expenditure over £1,000
    duty: Each item over £1,000 must be published.
    citation: A made-up order
    jurisdictions: [england]
    body_models: [pcc]
    who: office
    effective_from: 2027-04-01
    trigger: month
    arithmetic: {standard: {days: 30, beginning: day_after}}
    confidence: C
    done: It is published.
    silence: The law states none.
    item: 3(g)
    threshold: 1000
"""
    own_rules(ended + later)
    days = (dt.date(2011, 1, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    assert [threshold(SPENDING, day) for day in days] == [500, 500, 1_000]


def test_a_paragraph_without_an_amount_is_told() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"paragraph 9\(z\) of the publication order"):
        threshold("9(z)")


def test_an_amount_that_is_none_is_refused_with_its_line(own_rules: Own) -> None:
    own_rules("changes:\n  - {id: publication-money/expenditure, why: No., threshold: a lot}\n")
    with pytest.raises(RulePackError, match=r"ours\.yaml, line 4: found .*'a lot'.*whole number"):
        threshold(SPENDING)
