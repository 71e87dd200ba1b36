"""All of them in one place, and only some in another; a level reached, and still to be reached."""

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
    ("one", "two"),
    [
        (
            "All nine of the recommendations have been closed.",
            "Seven of the nine recommendations have been closed.",
        ),
        (
            "Three of the four districts saw a fall in burglary.",
            "Burglary fell in all four districts.",
        ),
        (
            "Every station has a charging point.",
            "Five of the eight stations have a charging point.",
        ),
        (
            "All recommendations have been implemented.",
            "Four recommendations are still outstanding.",
        ),
        ("All the actions of the audit are complete.", "Two actions of the audit remain open."),
        (
            "Each of the five hubs has a named sergeant.",
            "Four of the five hubs have a named sergeant.",
        ),
        ("All schools have been visited.", "We have visited 40 of the 52 schools."),
        (
            "The inspectorate graded the force good in all areas.",
            "It was graded as requiring improvement in how it answers the public.",
        ),
        (
            "The force had 1,874 officers on 31 March 2023.",
            "The force will reach 1,860 officers by 31 March 2023.",
        ),
        (
            "There are now 96 special constables.",
            "The number of special constables will rise to 90 by the summer.",
        ),
    ],
)
def test_all_here_and_only_some_there_contradict_each_other(one, two):
    for first, second in ((one, two), (two, one)):
        assert len(found(first, "The weather was fine.", second)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "Three of the four districts saw a fall in burglary.",
            "All four districts saw a fall in fraud.",
        ),
        ("All nine recommendations have been accepted.", "Seven of the nine have been closed."),
        ("All recommendations of 2021 have been closed.", "Two recommendations of 2023 are open."),
        ("Not all recommendations have been closed.", "Two recommendations are still open."),
        ("All recommendations will be closed by May.", "Two recommendations are still open."),
        ("All but two of the recommendations are closed.", "Two recommendations are still open."),
        ("All stations have a charging point.", "Five of the eight stations have a front counter."),
        ("All calls are recorded.", "Nine of ten calls were answered."),
        ("All hubs in Easton have a sergeant.", "Two of the three hubs in Weston have a sergeant."),
        (
            "The force is good in all areas that were inspected in 2019.",
            "In 2022 it required improvement.",
        ),
        ("The force had 1,874 officers on 31 March 2023.", "It will reach 1,960 officers by 2024."),
        ("The force had 96 specials in 2010.", "The force will reach 90 specials again by 2025."),
    ],
)
def test_what_may_both_be_true_is_left_alone(one, two):
    for first, second in ((one, two), (two, one)):
        assert found(first, "The weather was fine.", second) == []


_ONE_WORD = ["all", "every", "nine", "ten", "stations", "are", "open", "closed", "have", "visited"]
_MORE = [*_ONE_WORD, "each of the", "of the", ".", "not", "will reach", "12", "officers"]


@given(st.lists(st.sampled_from(_MORE), max_size=40))
def test_any_text_can_be_held_against_itself(words):
    for finding in found(" ".join(words)):
        assert finding.reason
