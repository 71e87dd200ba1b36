"""What has happened in one place, and is still to happen in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(*paragraphs: str) -> list[Finding]:
    document = read_text("report.txt", "\n\n".join(paragraphs).encode())
    return run(Proof([document]), ["contradiction"])


@pytest.mark.parametrize(
    ("done", "to_do"),
    [
        (
            "A new system for command and control went live on 12 November 2019, three weeks late.",
            "The control room's new system for command and control will go live in spring 2020.",
        ),
        (
            "The sale of Castle Street police station was completed on 20 November 2018.",
            "Castle Street is to be sold in the spring, subject to contract.",
        ),
        (
            "The Harbour Road custody suite opened in October.",
            "The Harbour Road custody suite will open in November, when staff have moved.",
        ),
        (
            "The body-worn video contract was signed in May.",
            "The contract for body-worn video is due to be signed in June.",
        ),
        (
            "The victims' hub at Tarn Street has been launched.",
            "We expect to launch the victims' hub at Tarn Street in the autumn.",
        ),
        (
            "Number plate cameras have been installed on the A66.",
            "Number plate cameras on the A66 are yet to be installed.",
        ),
        (
            "The stalking pilot ended in March.",
            "The stalking pilot will end in September and will then be evaluated.",
        ),
        (
            "A Head of Estates was appointed in July.",
            "The Head of Estates has yet to be appointed.",
        ),
        (
            "The Mill Lane front counter closed on 30 June.",
            "The front counter at Mill Lane will close at the end of the year.",
        ),
    ],
)
def test_what_has_happened_is_not_still_to_come(done, to_do):
    for first, second in ((done, to_do), (to_do, done)):
        assert len(found(first, "The weather was fine.", second)) == 1


@pytest.mark.parametrize(
    ("done", "to_do"),
    [
        (
            "The Harbour Road custody suite opened in October.",
            "The Mill Lane custody suite will open in November.",
        ),
        (
            "The first phase of the control room system went live in May.",
            "The second phase of the control room system will go live in June.",
        ),
        ("The system went live in the north.", "The system will go live in the south in May."),
        ("The pilot was launched in Easton.", "The pilot will be launched in Weston."),
        ("The consultation on the precept opened in May.", "The new station will open in May."),
        ("Work on the hub began in June.", "The hub will open in September."),
        (
            "The Commissioner opened the new Harbour Road station.",
            "The gym at the new Harbour Road station will open in May.",
        ),
        ("The survey of residents closed in May.", "The survey of staff will close in June."),
        ("The fund opened in April.", "The fund will open again in October for the next round."),
        ("The Panel met in May.", "The Panel will meet in June."),
        ("Twelve officers joined in May.", "Ten officers will join in June."),
        ("A lease for the depot was signed.", "A lease for the garage is to be signed."),
    ],
)
def test_another_thing_may_still_be_to_come(done, to_do):
    for first, second in ((done, to_do), (to_do, done)):
        assert found(first, "The weather was fine.", second) == []


_PIECES = [
    "The new",
    "hub",
    "at Mill Lane",
    "opened",
    "will open",
    "went live",
    ".",
    "is to be sold",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_text_can_be_read_for_what_happened(pieces):
    for finding in found(" ".join(pieces)):
        assert finding.reason
