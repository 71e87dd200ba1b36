"""The states that a document says it uses, and others that it uses besides."""

from __future__ import annotations

import pytest

from peelian.intake.text import read_text
from peelian.proofreading import every  # noqa: F401
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof

ENTRIES = """
Lead: Head of Assets
Status: In progress
Update: Tenders were opened on 3 March.

Lead: Head of Contact
Status: Paused
Update: The supplier has been asked for a new price.

Lead: Head of Crime
Status: Not started
Update: Work waits for the new system.

Lead: Head of People
Status: {last}
Update: The new course was run for forty people.
"""
IN_A_SENTENCE = "The status is one of four: Not started, In progress, Complete or Paused.\n"
BELOW_A_LINE = """We use four words for where a promise stands:

  * Not started - nobody has been given it
  * In progress - work goes on
  * Complete - nothing is left
  * Paused - work has stopped
"""


def strange(text: str) -> list[str]:
    """Return the reasons of the findings that a state is none of those declared."""
    proof = Proof([read_text("update.txt", text.encode())])
    reasons = (one.reason for one in run(proof, only=["status-wording"]))
    return [reason for reason in reasons if "is none of them" in reason]


@pytest.mark.parametrize("key", [IN_A_SENTENCE, BELOW_A_LINE])
def test_a_state_that_is_none_of_those_declared_is_told(key: str) -> None:
    assert strange(key + ENTRIES.format(last="Brought to an end")) == [
        "The document says that its states are “Not started”, “In progress”, “Complete”, “Paused”; "
        "“Brought to an end” is none of them."
    ]


@pytest.mark.parametrize(
    ("key", "last"),
    [
        (IN_A_SENTENCE, "Complete"),
        (IN_A_SENTENCE, "complete"),  # however it is spelled
        (IN_A_SENTENCE, "Complete - signed off in May"),  # declared, with a remark to it
        ("", "Brought to an end"),  # nothing is declared
        ("The status is Open or Closed.\n", "Brought to an end"),  # two are no key of these
        (IN_A_SENTENCE + "\nThe status is one of: Red, Amber or Green.\n", "Brought to an end"),
    ],
)
def test_what_is_declared_or_of_no_key_is_no_finding(key: str, last: str) -> None:
    assert strange(key + ENTRIES.format(last=last)) == []
