"""The plain registers: amounts, what is over a threshold or overdue, who reports to whom."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.intake.tables import Rejected
from peelian.record.errors import Invalid
from peelian.record.load import load_file
from peelian.record.writing import draft_of
from peelian.transparency.kinds import CONTRACT, GIFT, KINDS
from tests.makers import CHRIS, DAY, PAT, amend, make

pytestmark = pytest.mark.django_db


def _said(address: str) -> str:
    return " ".join(Client().get(address).content.decode().split())


def test_an_empty_register_says_so_and_all_stand_on_one_page() -> None:
    page = _said(reverse("transparency"))
    for kind in KINDS:
        address = reverse(f"{kind.slug}-list")
        assert f'href="{address}"' in page
        assert "Nothing has been published here yet." in _said(address)
    assert page.count("Nothing published yet") == len(KINDS)


def test_the_overview_counts_what_is_public_and_nothing_else() -> None:
    before = _said(reverse("transparency"))
    make("gift", status="draft")
    make("gift", audience="office")
    assert _said(reverse("transparency")) == before
    make("gift")
    assert _said(reverse("transparency")) != before


def test_amounts_are_shown_in_pounds_and_kept_to_the_penny() -> None:
    contract = make("contract", value="£1,250,000.5")
    assert "£1,250,000.50" in _said(contract.get_absolute_url())
    table = Client().get(reverse("contracts-csv")).content.decode()
    assert "1250000.50" in table
    amend(contract, value="1250000.50")
    assert draft_of(contract) is None, "the same amount, written otherwise, is no change"


@pytest.mark.parametrize("value", ["10,000.00", "10,000.01"])
def test_contracts_stand_above_or_below_the_threshold(value: str) -> None:
    contract = make("contract", title="Zq contract", value=value)
    above, below = _said(reverse("contracts-by-value")).split("£10,000 or less</h2>")
    is_over = value == "10,000.01"
    assert (contract.title in above, contract.title in below) == (is_over, not is_over)


def test_the_office_is_told_of_a_contract_without_its_copy(chris: Any) -> None:
    client = Client()
    client.force_login(chris)
    for value, copy, is_told in (
        ("10,001", "", True),
        ("10,001", "https://x.org/c", False),
        ("9", "", False),
    ):
        contract = make("contract", value=value, copy=copy)
        page = client.get(contract.get_office_url()).content.decode()
        assert ("No copy is published" in page) == is_told
        assert "No copy is published" not in _said(contract.get_absolute_url())


def test_a_policy_is_overdue_the_day_after_its_review_was_due(settings: Any) -> None:
    policy = make("policy", review_by=DAY)
    for today, is_overdue in ((DAY, False), (DAY + dt.timedelta(1), True)):
        settings.OFFICE = settings.OFFICE | {"today": today.isoformat()}
        assert ("Overdue for review" in _said(policy.get_absolute_url())) == is_overdue
        assert ("1 policy is overdue for review" in _said(reverse("transparency"))) == is_overdue


def test_posts_stand_below_whom_they_report_to_and_a_hidden_one_lifts_those_below() -> None:
    head = make("post", title="Chief executive")
    middle = make("post", title="Head of policy", reports_to=head, status="draft")
    make("post", title="Policy officer", reports_to=middle)
    make("post", title="Finance officer", reports_to=head)
    page = _said(reverse("organisation"))
    assert re.search(r"Chief executive.*<ul[^>]*><li>.*Finance officer.*</ul>", page)
    assert ("Head of policy" in page, "Policy officer" in page) == (False, True)


def test_posts_in_a_ring_are_shown_once() -> None:
    one = make("post", title="Zq one")
    other = make("post", title="Zq other", reports_to=one)
    from peelian.record.operations import release

    release(amend(one, reports_to=other), by=CHRIS)
    page = _said(reverse("organisation"))
    assert (page.count("Zq one"), page.count("Zq other")) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "values", "column"),
    [
        ("gift", {"value": "-1"}, "__all__"),
        ("allowance", {"quarter": dt.date(2020, 2, 1)}, "__all__"),
        ("contract", {"made_on": DAY, "ends_on": DAY - dt.timedelta(1)}, "__all__"),
        ("interest", {"starts_on": DAY, "ends_on": DAY - dt.timedelta(1)}, "__all__"),
        ("disclosure", {"answered_on": DAY - dt.timedelta(1)}, "__all__"),
        ("contract", {"value": "ten"}, "value"),
        ("contract", {"copy": "not an address"}, "copy"),
    ],
)
def test_a_register_refuses_what_cannot_be(kind: str, values: dict[str, Any], column: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(kind, **values)
    assert column in refused.value.errors


GIFTS = "reference,title,form,offered_on,offered_to,offered_by,value,outcome\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("G1,Pen,gift,2020-01-06,lee,A firm,£5,accepted", ""),
        (
            "G1,Pen,gift,2020-01-06,lee,A firm,5 pounds,accepted",
            r"row 2, column “value”: found “5 p",
        ),
        ("G1,Pen,gift,6/1/2020,lee,A firm,5,accepted", r"row 2, column “offered_on”"),
        ("G1,Pen,gift,2020-01-06,nobody,A firm,5,accepted", r"row 2, column “offered_to”"),
        ("G1,Pen,present,2020-01-06,lee,A firm,5,accepted", r"row 2, column “form”.*one of gift"),
        ("G1,Pen,gift,2020-01-06,lee,,5,accepted", r"row 2, column “offered_by”"),
    ],
)
def test_a_register_is_loaded_whole_or_not_at_all(tmp_path: Path, row: str, expected: str) -> None:
    make("person", reference="lee", title="A. Lee")
    file = tmp_path / "gifts.csv"
    file.write_text(GIFTS + row + "\n", encoding="utf-8")
    if not expected:
        assert load_file(file, by=PAT).outcome == {"new": 1}
        assert load_file(file, by=PAT).outcome == {"same": 1}
        return
    with pytest.raises(Rejected) as refused:
        load_file(file, by=PAT)
    assert re.search(expected, str(refused.value))
    assert not GIFT.all().exists()


def test_a_contract_loaded_again_with_the_same_amount_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "contracts.csv"
    file.write_text(
        'reference,title,supplier,value\nC1,Vans,Vans Ltd,"£12,000"\n', encoding="utf-8"
    )
    load_file(file, by=PAT)
    file.write_text("reference,title,supplier,value\nC1,Vans,Vans Ltd,12000.00\n", encoding="utf-8")
    assert load_file(file, by=PAT).outcome == {"same": 1}
    assert CONTRACT.all().get().value == 12_000
