"""How full registers are listed: the newest first, amounts to the right, days on one line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from peelian.record import operations
from peelian.record.errors import Invalid
from peelian.transparency.kinds import DECISION, KINDS
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db


def test_gifts_begin_with_the_newest_whatever_their_references(client: Client) -> None:
    for reference, day in (("a", 3), ("b", 9), ("c", 5)):
        make("gift", reference=reference, title=f"Gift {day}", offered_on=dt.date(2026, 9, day))
    page = client.get("/gifts/").content.decode()
    assert page.index("Gift 9") < page.index("Gift 5") < page.index("Gift 3")
    rows = client.get("/gifts.csv").content.decode().splitlines()[1:]
    assert [row[0] for row in rows] == ["b", "c", "a"]


def test_a_contract_without_its_day_stands_last(client: Client) -> None:
    make("contract", reference="none", title="No day known", made_on=None)
    make("contract", reference="old", title="An old one", made_on=dt.date(2011, 1, 1))
    page = client.get("/contracts/").content.decode()
    assert page.index("An old one") < page.index("No day known")


def test_an_amount_stands_to_the_right_below_its_heading_and_a_day_on_one_line(
    client: Client,
) -> None:
    make("contract", value=Decimal("1234.50"), made_on=dt.date(2026, 9, 12))
    page = client.get("/contracts/").content.decode()
    assert 'govuk-table__header--numeric">Value</th>' in page
    assert 'govuk-table__cell--numeric">£1,234.50</td>' in page
    assert 'app-table__whole">12 September 2026</td>' in page


@pytest.mark.parametrize("kind", [k for k in KINDS if k.model.newest], ids=lambda kind: kind.name)
def test_the_day_that_orders_a_list_is_a_day(kind: Any) -> None:
    assert kind.model._meta.get_field(kind.model.newest).get_internal_type() == "DateField"


def test_a_draft_decision_is_not_published_yet(client: Client, chris: Any) -> None:
    values = {"decided_on": dt.date(2026, 9, 1), "title": "A draft", "decision": "Yes."}
    made = operations.create(DECISION, values, by=CHRIS)
    client.force_login(chris)
    page = client.get(f"/office/decisions/{made.reference}/").content.decode()
    assert "Not published yet." in page
    assert "not on the record" not in page


@pytest.mark.parametrize(("today", "is_allowed"), [("2031-05-02", True), ("2019-05-02", False)])
def test_a_decision_is_made_by_the_day_on_which_the_office_works(
    settings: Any, today: str, is_allowed: bool
) -> None:
    """A worked example is set on a day of its own, whatever day the machine has."""
    settings.OFFICE = settings.OFFICE | {"today": today}
    decided_on = dt.date(2025, 5, 1) if not is_allowed else dt.date(2031, 5, 1)
    if is_allowed:
        assert make("decision", decided_on=decided_on).status == "published"
        return
    with pytest.raises(Invalid, match="before it is made"):
        make("decision", decided_on=decided_on)
