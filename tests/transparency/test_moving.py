"""What of the registers goes over when a mayor or board follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.duties.moving import open_records
from peelian.record import operations
from peelian.record.scope import Scope
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db


def test_contracts_that_run_and_decisions_not_yet_out_go_over(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": "2028-04-01"}
    make("contract", title="Ended", ends_on=dt.date(2028, 3, 31))
    make("contract", title="Runs on", ends_on=dt.date(2028, 4, 1))
    make("contract", title="Without an end")
    operations.withdraw(make("contract", title="Entered twice"), by=CHRIS, why="Twice")
    make("decision", title="Waits for approval", status="in_review")
    make("decision", title="Out already")
    found = {(str(one.what), one.title, one.due) for one in open_records(Scope(CHRIS))}
    assert found == {
        ("Contract", "Runs on", dt.date(2028, 4, 1)),
        ("Contract", "Without an end", None),
        ("Decision", "Waits for approval", None),
    }
