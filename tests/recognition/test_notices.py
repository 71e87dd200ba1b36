"""Decision notices and logs: reference, title, decision, reasons, day, signature."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.notices import notices
from tests.documents_in_words import printed, written

NOTICE = """OPCC DECISION NOTICE

Decision Reference: NPCC 2023/017
Title: Contract for victim services
Date of decision: 12 May 2023

Executive summary

The Commissioner is asked to award the contract.

Decision:
To award the contract to Northshire Support
for three years.

Reasons for decision:
The bid scored highest.

Alternative options considered: None.

Signed: A. Ash     Date: 14/05/2023
"""
BY_APPROVAL = """Decision Log 044/2020 – Safety Fund – October 2020

Decision number: 44/2020

Author and Job Role: Bea Beech, Policy Lead

Recommendation

The Commissioner awards £2,500 to the Junior Citizen scheme.

Police and Crime Commissioner Approval

I approve the recommendation(s):

Signature: Ann Ash (wet signature on hard copy)

Date: 16 October 2020
"""


def test_a_notice_is_read_by_its_labels() -> None:
    (one,) = notices(printed(NOTICE))
    assert (one.reference, one.title) == ("NPCC 2023/017", "Contract for victim services")
    assert one.decision == "To award the contract to Northshire Support for three years."
    assert one.reasons == "The bid scored highest."
    assert (one.decided_on, one.signed_by) == (dt.date(2023, 5, 12), "A. Ash")


def test_an_approved_recommendation_is_the_decision() -> None:
    (one,) = notices(printed(BY_APPROVAL))
    assert (one.reference, one.title) == ("44/2020", "Safety Fund – October 2020")
    assert one.decision == "The Commissioner awards £2,500 to the Junior Citizen scheme."
    assert (one.decided_on, one.signed_by) == (dt.date(2020, 10, 16), "Ann Ash")


def test_a_log_holds_several_decisions() -> None:
    text = """DECISION LOG 2022

Decision Reference: 2022/001
Decision: Approve the treasury strategy
Date: 4 January 2022

Decision Reference: 2022/002
Decision: Sell the station
Date: 20 January 2022
Reason: It is empty.
"""
    assert [(n.reference, n.decision, n.reasons, n.decided_on) for n in notices(printed(text))] == [
        ("2022/001", "Approve the treasury strategy", "", dt.date(2022, 1, 4)),
        ("2022/002", "Sell the station", "It is empty.", dt.date(2022, 1, 20)),
    ]


def test_a_table_of_decisions_and_a_notice_that_is_a_table() -> None:
    log = written(
        [
            ("row", ["Reference", "Title", "Decision", "Date"]),
            ("row", ["D001", "Estates", "Sell the station", "4 January 2022"]),
            ("row", ["D002", "Cars", "Buy twelve", ""]),
        ]
    )
    assert [(n.reference, n.title, n.decision) for n in notices(log)] == [
        ("D001", "Estates", "Sell the station"),
        ("D002", "Cars", "Buy twelve"),
    ]
    form = written(
        [
            ("heading", "Decision record"),
            ("row", ["Decision number", "17/2023"]),
            ("row", ["Title", "Cars"]),
            ("row", ["Decision", "Buy twelve cars"]),
        ]
    )
    (one,) = notices(form)
    assert (one.reference, one.title, one.decision) == ("17/2023", "Cars", "Buy twelve cars")


@pytest.mark.parametrize(
    "text",
    [
        "The decision log is on the website.\n\nDate: 5 May 2023\n",
        "Reference: 12\n\nTitle: A paper\n\nRecommendation\n\nTo note it.\n",
        "Decision:\n\nRESOLVED that the report be noted.\n",
    ],
)
def test_what_is_no_notice(text: str) -> None:
    assert notices(printed(text)) == []


PIECES = ["Decision notice 1/2020\n", "Decision: ", "Reference: 2/20\n", "Date: ", "Signed: "]
PIECES += ["Title: x\n", "\n\n", "I approve ", "5 May 2020", "31 June 2020", "Other:\n"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40))
def test_whatever_the_text_a_notice_says_what_was_decided(parts: list[str]) -> None:
    assert all(one.decision for one in notices(printed("".join(parts))))
