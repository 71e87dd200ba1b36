"""Shares, parts and rises that the numbers beside them do not bear out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(text: str) -> list[Finding]:
    return run(Proof([read_text("report.txt", text.encode())]), ["contradiction"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # a share of a whole
        ("Of the 120 files that we read, 30 (35%) were poor.", "25%"),
        ("We found that 30 of the 120 files, or 35%, were poor.", "25%"),
        ("Grounds were missing from 46 (18%) of the 200 forms.", "23%"),
        (
            "Our sample was of 200 forms. In 46 of them, 18% of the sample, grounds were poor.",
            "23%",
        ),
        ("The office decided 71 reviews. Fourteen were upheld, which is 30%.", "19.7%"),
        ("Of 64 complaints 48 were closed in time (60 per cent).", "75%"),
        ("In all 12 of the 15 stations, that is 75%, have been surveyed.", "80%"),
        ("Of 212 women who asked, 120 were turned away for want of room. That is 43%.", "56.6%"),
        (
            "Refuges had 46 places. Of 212 women who asked for one, 120 were turned away. "
            "That is 43%.",
            "56.6%",
        ),
        ("£1.2m of the £4.8m budget (35%) has been spent.", "25%"),
        ("Of 310 visits made, 248, or 90%, were in the evening.", "80%"),
        # parts of a whole
        ("Of 41 recommendations, 33 had been closed and ten were still open.", "43"),
        ("Of the 60 actions, 48 are complete and 14 outstanding.", "62"),
        ("We asked 500 people: of the 500, 320 were in favour and 190 were against.", "510"),
        ("Of the 18 indicators ten are green, six amber and three red.", "19"),
        ("There are 20 measures: nine are green, seven are amber and three are red.", "19"),
        ("Of the nine posts, five have been filled and five are vacant.", "10"),
        # the words say which way it went
        ("The wait was 4.1 months on 30 April 2023, down from 2.6 months a year before.", "down"),
        ("Satisfaction was 81%, up from 84% in the last quarter.", "up"),
        ("There were 118 fires in the quarter, a fall from 109 in the quarter before.", "fall"),
        ("Reserves stand at £6.1m, an increase on the £6.4m of last year.", "increase"),
        ("We had 212 vacancies, compared with 180 a year ago, a fall of 18%.", "fall"),
        # a change between two values that are compared
        ("There were 150 fires, compared with 120 the year before, a rise of 40%.", "25.0%"),
        ("Complaints numbered 90 in 2023 against 120 in 2022, a reduction of 10%.", "25.0%"),
        ("The budget is £110m (2022/23: £100m), an increase of 15%.", "10.0%"),
    ],
)
def test_what_the_numbers_do_not_bear_out_is_found(text, says):
    (finding,) = found(text)
    assert says in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Of the 120 files that we read, 30 (25%) were poor.",
        "Of 310 visits made, 250, or about 80%, were in the evening.",
        "Grounds were missing from 46 (23%) of the 200 forms.",
        "The office decided 71 reviews. Fourteen were upheld, which is 20%.",
        "There were 118 fires (15%).",
        "Of 212 women who asked, 120 were turned away. That is 57%.",
        "Of 212 women who asked, 120 were turned away, 40 of them twice. That is 33%.",
        "We spent £212. That is 43% of the grant.",
        "Of the 120 files, 30 were poor; 18% of forms were late.",
        "There were 46 more (18%) than a year ago, and 200 in all.",
        "Burglaries fell to 310 (down 8%) of the 900 thefts.",
        "Of 400 people asked, 120 answered (35% of them women).",
        "Officers attended 1,200 of the 2,000 calls, 85% of them within the hour.",
        "A rise of 12 to 140 (9%) was seen among the 300 members.",
        "Two thirds of the 90 answers were from women and 40% from the towns.",
        "Of 41 recommendations, 33 had been closed and eight were still open.",
        "Of 41 recommendations, 30 had been closed, six had lapsed and five were open.",
        "Of 41 recommendations made since 2018, ten were closed and nine were opened in 2021.",
        "Of the 60 actions 48 are complete, and two of the rest are red.",
        "Of the 18 indicators ten are green and six amber.",
        "The wait was 2.6 months on 30 April 2023, down from 4.1 months a year before.",
        "Satisfaction was 84%, up from 81% in the last quarter.",
        "The force went up from 24th to 23rd.",
        "The target went up from 60% and satisfaction was 58%.",
        "There were 150 fires, compared with 120 the year before, a rise of 25%.",
        "There were 150 fires and 12 floods, compared with 120 fires in 2021, a rise of 25%.",
        "Precept income is £84m, up from £79m, and grant is £91m, down from £92m.",
        "It costs 14p, down from £1.10.",
        "Half of the 60 posts (30) are filled, 20% more than last year.",
    ],
)
def test_what_they_bear_out_or_do_not_tell_is_left_alone(text):
    assert found(text) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "of",
                "the",
                "40",
                "12",
                "(30%)",
                "which is 20%",
                ",",
                "Of",
                "ten",
                "files",
                "closed",
                "open",
                "down from",
                "green",
                "red",
                ".",
                "compared with",
                "a rise of 9%",
                "£3m",
            ]
        ),
        max_size=40,
    )
)
def test_any_text_can_be_added_up(words):
    for finding in found(" ".join(words)):
        assert finding.reason
