"""The day that documents speak for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.as_at import as_at
from tests.documents_in_words import printed, written

OLD_MINUTES = """Northshire Police and Crime Panel
Wednesday, 27 November 2019

Minutes

Present: Mr A Ash

1. Plan

It was noted.

The meeting ended at 1.20 pm

"""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # the day of the meeting, on the agenda or the cover
        ("AGENDA\n\nNorthshire Panel\n\nDate: Wednesday 5 June 2024\n", "2024-06-05"),
        ("To:\nThe Board\nFrom:\nChief Constable\nDate:\n11 May 2017\nPurpose\n", "2017-05-11"),
        ("Police and Crime Plan Progress Police and Crime Panel ~ 4 October 2019\n", "2019-10-04"),
        ("NORTHSHIRE POLICE AND CRIME PANEL\n5 FEBRUARY 2020\n\nREPORT\n", "2020-02-05"),
        (
            "AGENDA\n\nA meeting of the Northshire Police and Crime Panel will be held at County "
            "Hall on Tuesday, 4 June 2024 at 10.00 am.\n",
            "2024-06-04",
        ),
        ("Tuesday, 4 June 2024 at 2.00 pm\nNorthshire Police and Crime Panel\n", "2024-06-04"),
        (
            "NORTHSHIRE\nACCOUNTABILITY BOARD\n\n"
            "Wednesday 23 June 2021, 09.30 to 12.15, Moor House and by video\n\nIn attendance\n",
            "2021-06-23",
        ),
        (
            "BEAT AND BEYOND\n\nIssue 14          Spring 2025          4 April 2025\n\n"
            "DATES FOR YOUR DIARY\n\n3 July 2025   Parish conference, Northshire Board\n",
            "2025-04-04",
        ),
        ("Decision 4\n\nSignature: ........ Date: 3rd March 2023\n", "2023-03-03"),
        # no title page: the foreword says before whom the document goes
        (
            "Annual Report\n\nForeword\n\nI took office on 13 May 2021. It covers the year to "
            "31 March 2022, and "
            "goes to the Police and Crime Panel on 14 July 2022 as it must.\n",
            "2022-07-14",
        ),
        (
            "Estates strategy\n\nThis strategy paper will be considered by the Joint Audit "
            "Committee at its meeting on 3 May 2023.\n",
            "2023-05-03",
        ),
        (
            "Report\n\nI submit this report to the Northshire Police and Crime Panel on "
            "9 June 2021.\n",
            "2021-06-09",
        ),
        # former minutes at the front, a meeting to come at the end
        (
            OLD_MINUTES + "Northshire Panel – 5 February 2020\n\nREPORT\n\nMuch is new.\n",
            "2020-02-05",
        ),
        (
            OLD_MINUTES.replace("The meeting", "2. Date of next meeting\n\nSoon.\n\nThe meeting")
            + "Northshire Panel\n\n5 February 2020\n\nREPORT\n\nMuch is new.\n" * 2,
            "2020-02-05",
        ),
        (
            "Northshire Panel – 5 February 2020\n\nDate of next meeting\n\n"
            "Northshire Panel – 16 June 2020\n",
            "2020-02-05",
        ),
        (
            "Northshire Panel – 5 February 2020\n\nNext meeting of the Panel: 16 June 2020\n",
            "2020-02-05",
        ),
        (
            "Northshire Panel – 5 February 2020\n\nmeeting planned for 17 February 2020\n",
            "2020-02-05",
        ),
        # whatever period the title names, whoever wrote it
        (
            "Progress report, October to December 2022\nReport by the Commissioner to the "
            "Police and Crime Panel, 2 February 2023\n\nPosition at 31 December 2022\n",
            "2023-02-02",
        ),
        (
            "Annual report for the year to 31 March 2021\n\nThis report was presented to the "
            "Northshire Conference on 8 June 2021.\n",
            "2021-06-08",
        ),
        # a log is of its last update, not of its entries
        (
            "Northshire Decision Log\nLast updated: 11 November 2022\n\nDecision 4\n"
            "Date of decision: 14 October 2022\n",
            "2022-11-11",
        ),
        ("Office of the PCC\nNotes of FAB 22, Tues 17/09/24, 09:30, Mill Street\n", "2024-09-17"),
        ("PANEL HEDDLU\n\nDydd Mercher 14 Mai 2025 / Wednesday 14 May 2025\n", "2025-05-14"),
        # minutes alone are of their own day
        (OLD_MINUTES, "2019-11-27"),
        # no meeting: the end of what is reported
        ("Performance summary\n\nThe figures are as at 31 December 2019.\n", "2019-12-31"),
        ("Plan\n\nThe extract has the latest update to the end of December 2019.\n", "2019-12-31"),
        ("Performance report\n\nPosition to the end of Quarter 3 2019/20.\n", "2019-12-31"),
        ("Report\n\nThe update covered the period April to June 2023.\n", "2023-06-30"),
        ("PERFORMANCE UPDATE – 12 MONTHS TO MARCH 2017\n\nMuch was done.\n", "2017-03-31"),
        ("Police performance summary December 2019\n\nTopics\n", "2019-12-31"),
        ("Delivery plan update as at 31 December 2019\n\nThe plan is new.\n", "2019-12-31"),
        # nothing else: the end of the month in which it was published
        ("Custody visitors\n\nThe scheme\n\nThey came.\n\nPublished: May 2021\n", "2021-05-31"),
    ],
)
def test_the_day_by_which_a_document_is_judged(text: str, day: str) -> None:
    assert as_at([printed(text)]) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "Quarter 4 Performance Report\n\nThe Panel considered a report.\n",
        "Police and Crime Plan 2017-2020\n\nThe plan will run to March 2020.\n",
        "Next meeting: Northshire Panel, 16 June 2020\n",
        "The Minutes of the Panel meeting held on 18 June 2019 were agreed.\n",
        "Forecast of reserves as at 31 March 2027\n\nThey will fall.\n",
        "The report was published in May 2021 and read widely.\n",
        "The report was considered by the Northshire Panel on 3 May 2022, as minuted.\n",
        "Money\n\nWe are short. The precept goes to the Northshire Panel on 3 February 2022, as "
        "it does in every year.\n",
        "The budget for 2026/27 was set. It will be reviewed by May 2027.\n",
        "",
    ],
)
def test_none_where_the_document_does_not_say(text: str) -> None:
    assert as_at([printed(text)]) is None


def test_the_first_page_and_what_is_repeated_say_more_than_a_stray_day() -> None:
    cover = "Northshire Panel\nTuesday, 4 June 2024\n" + "\nText that fills a page.\n" * 60
    assert as_at([printed(cover + "\nPolice Board – 9 July 2024\n")]) == dt.date(2024, 6, 4)
    filled = "\nText that fills a page.\n" * 60
    heads = "\nNorthshire Panel – 4 June 2024\n" * 2
    assert as_at([printed(f"{filled}{heads}\nPolice Board – 9 July 2024\n")]) == dt.date(2024, 6, 4)


def test_a_cover_may_be_a_table() -> None:
    cover = [("row", ["Meeting", "Northshire Panel"]), ("row", ["Date", "Tuesday 4 June 2024"])]
    assert as_at([written(cover)]) == dt.date(2024, 6, 4)


def test_of_several_documents_the_newest_day_counts() -> None:
    first = printed("Northshire Panel – 5 February 2020\n", "a.txt")
    second = printed("Northshire Panel – 9 June 2020\n", "b.txt")
    assert as_at([first, second]) == as_at([second, first]) == dt.date(2020, 6, 9)
    assert as_at([]) is None


PIECES = [
    "Panel ",
    "5 May 2020",
    "\n",
    "Date: ",
    "31 February 2020",
    "as at ",
    "Q3 2019/20",
    "next ",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_whatever_the_text_a_day_is_one_that_it_could_mean(parts: list[str]) -> None:
    day = as_at([printed("".join(parts))])
    assert day is None or 1990 <= day.year <= 2100
