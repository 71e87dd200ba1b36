"""Dates in prose, and what a text still promises for a date that has passed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.dates import dates
from peelian.recognition.future import future_statements, sentences

WRITTEN = dt.date(2019, 12, 31)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "printed", "first", "last"),
    [
        # a day
        ("It ended on 8 November 2019.", "8 November 2019", "2019-11-08", "2019-11-08"),
        ("on 6th November", "6th November", "2019-11-06", "2019-11-06"),
        ("November 13th will be", "November 13th", "2019-11-13", "2019-11-13"),
        ("on November 14 2019 it", "November 14 2019", "2019-11-14", "2019-11-14"),
        ("since April 1st 2019", "April 1st 2019", "2019-04-01", "2019-04-01"),
        ("held on 18/11/19", "18/11/19", "2019-11-18", "2019-11-18"),
        ("(for the week ending 20.10.19)", "20.10.19", "2019-10-20", "2019-10-20"),
        ("on 2019-11-18.", "2019-11-18", "2019-11-18", "2019-11-18"),
        ("27 November", "27 November", "2019-11-27", "2019-11-27"),
        ("the 21 january", "21 january", "2020-01-21", "2020-01-21"),
        # a month, and a part of one
        ("in December 2019", "December 2019", "2019-12-01", "2019-12-31"),
        ("due in March", "March", "2020-03-01", "2020-03-31"),
        ("by 31-Mar-19", "31-Mar-19", "2019-03-31", "2019-03-31"),
        ("on 03-May-2019.", "03-May-2019", "2019-05-03", "2019-05-03"),
        ("Sep ‘19", "Sep ‘19", "2019-09-01", "2019-09-30"),
        ("the audit in Jan-19.", "Jan-19", "2019-01-01", "2019-01-31"),
        ("from 2017 to 2021", "2017 to 2021", "2017-01-01", "2021-12-31"),
        ("December’s election", "December", "2019-12-01", "2019-12-31"),
        ("in place early November, and", "early November", "2019-11-01", "2019-11-10"),
        ("will be in mid November;", "mid November", "2019-11-11", "2019-11-20"),
        ("at the end of October 2019.", "end of October 2019", "2019-10-22", "2019-10-31"),
        ("at the beginning of April.", "beginning of April", "2020-04-01", "2020-04-10"),
        ("by the end of February", "end of February", "2020-02-21", "2020-02-29"),
        # longer
        ("to start in Spring 2017.", "Spring 2017", "2017-03-01", "2017-05-31"),
        ("in the winter of 2019", "winter of 2019", "2019-12-01", "2020-02-29"),
        ("starts in Q4 2019/20", "Q4 2019/20", "2020-01-01", "2020-03-31"),
        ("starts in Q4 201920", "Q4 201920", "2020-01-01", "2020-03-31"),
        ("in 2019/20-Q2", "2019/20-Q2", "2019-07-01", "2019-09-30"),
        ("after Q1 2020", "Q1 2020", "2020-04-01", "2020-06-30"),
        ("in quarter 3", "quarter 3", "2019-10-01", "2019-12-31"),
        ("the third quarter of 2019", "third quarter of 2019", "2019-10-01", "2019-12-31"),
        ("from 18/19", "18/19", "2018-04-01", "2019-03-31"),
        ("by 2021", "2021", "2021-01-01", "2021-12-31"),
        ("early 2020", "early 2020", "2020-01-01", "2020-05-01"),
        ("over the next month", "next month", "2020-01-01", "2020-01-31"),
        ("over the next year", "next year", "2020-01-01", "2020-12-31"),
        # from a day to a day
        (
            "ran from 10 October to 8 November 2019",
            "10 October to 8 November 2019",
            "2019-10-10",
            "2019-11-08",
        ),
        ("5-7 November", "5-7 November", "2019-11-05", "2019-11-07"),
        ("in March/April", "March/April", "2020-03-01", "2020-04-30"),
        ("for August - October", "August - October", "2019-08-01", "2019-10-31"),
        ("between November and March", "November and March", "2019-11-01", "2020-03-31"),
    ],
)
def test_a_date_is_read_with_the_days_it_covers(
    text: str, printed: str, first: str, last: str
) -> None:
    [found] = dates(text, WRITTEN)
    assert (found.printed, found.first, found.last) == (printed, day(first), day(last))


@pytest.mark.parametrize(
    "text",
    [
        "They may go, and march on.",
        "May I ask Jan?",
        "The spring of the door",
        "Refer to 2.1.2 and 3.1 - 3.8",
        "31 November 2019",
        "£2019 was spent on 2019 kits",
        "1,200 of 2.01 million; 73.6% and 24/7",
        "the 2+1+1 model, in 3 out of 4 weeks",
        "telephone 01905 2019",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates(text, WRITTEN) == []


@pytest.mark.parametrize(
    ("near", "expected"),
    [("2019-12-31", "2019-11-01"), ("2020-03-01", "2019-11-01"), ("2020-07-01", "2020-11-01")],
)
def test_a_date_without_a_year_is_in_the_year_nearest_to_the_writing(
    near: str, expected: str
) -> None:
    [found] = dates("in November", day(near))
    assert found.first == day(expected)
    assert not found.has_year


PIECES = (
    *("8", "November", "2019", "31/02/20", "29 February", "mid", "end of", "the", "Q4 2019/20"),
    *("Spring", "next month", "will be", "is due", "ended", "on", "May", "9999", "0001", "-"),
    *("/", "to", ".", "\n", "•"),
)


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES)).map(" ".join)),
    st.dates(),
    st.dates(),
)
def test_any_text_can_be_read(text: str, near: dt.date, as_at: dt.date) -> None:
    end = 0
    for mention in dates(text, near):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.printed
        assert mention.first <= mention.last
        end = mention.end
    for statement in future_statements(text, as_at, near):
        assert text[statement.start : statement.end] == statement.text
        assert all(mention.last < as_at for mention in statement.dates)


@given(st.text(st.sampled_from("ab .!\n•A1"), max_size=40))
def test_no_word_falls_between_sentences(text: str) -> None:
    kept = "".join(text[start:end] for start, end in sentences(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), st.dates())
def test_a_day_written_out_in_full_is_that_day(one: dt.date, near: dt.date) -> None:
    for form in (f"{one.day} {one:%B %Y}", f"{one:%B} {one.day}, {one.year}", f"{one:%d/%m/%Y}"):
        [found] = dates(f"on {form}.", near)
        assert (found.first, found.last, found.has_year) == (one, one, True)


# ---- statements ----

STALE = [
    "The next meeting will be at the end of October 2019.",
    "They will be in place in every area early November, and will support the others.",
    "A draft is out for consultation, which will end on 8 November 2019.",
    "The consultation ends on 8 November 2019",
    "Training is being developed and is scheduled to start in Spring 2017.",
    "On 18/11/19 interviews will be held, so that the post is filled by 01/02/20.",
    "Work began before the next quarterly meeting, which will be in mid November; there we decide.",
    "Phase 2 is all ready to go on 18th November.",
    "New restrictions, which come into effect on 6th November 2019.",
    "November 13th marks one year since the change, and comms are planned.",
    "November 13th will be one year from the introduction of the law.",
    "The results are due at the end of November.",
    "The new service is to go live in October.",
    "The November meeting will consider it.",
    "Upcoming session: 6 November.",
    "The first event is taking place at the hub, on the 21 November.",
    "A rise is projected for August - October.",
    "By the end of November, it is expected, a provider will be named.",
    "- Interviews to be held on 18 November 2019",
    "The fund is open until it closes on 31 October 2019.",
    "The programme is due to start in November 2019.",
    "All officers will be trained by the end of 2018.",
    "The review will report in Quarter 2 2019/20, we hope.",
    "The team will provide an update in November 2019.",
    "Launch planned for October 2019.",
    "Report expected November 2019",
    "Meeting with academics planned for January 22nd to see what helps.",
    "We are hoping to open the unit in Autumn 2019.",
    "A first meeting has been arranged for 14 January 2020.",
    "It should be completed by December 2019.",
    "The inspection takes place in November 2019.",
    "It is forecast to be done by Sep-19.",
    "The unit is on course to open in October 2019.",
    "The survey is open until 31 October 2019.",
    "The new desk should open in October 2019.",
    "Review to conclude by May 2019.",
    "Target date: 3 May 2019",
    "Owner: Chief Executive Due: 31-Mar-19",
    "Next review: May 2019",
    "Expected completion - May 2019",
    "This has a go-live date of 3 May 2019.",
    "It will be in place by Christmas.",
    "Next update expected end December 4",
    # the present as a timetable speaks
    "The draft report on vetting goes to the Deputy Chief Constable on 11 October 2019.",
    "A second review officer takes up post on 4 October 2019.",
    "Three enquiry officers join on 4 November 2019, and the backlog will be gone by the spring.",
    "A ninth joins on 16 September 2019, when evening hours will start.",
    "The review reports in October 2019, and its findings will shape the plan.",
    "Gates go up in the week of 14 October 2019 and then only planting remains.",
    "A release of the software goes in over the weekend of 12 October 2019.",
    "An interim report goes to the Standards Board in October 2019.",
    "The sale of the old station completes on 19 December 2019.",
    "The trial comes to an end on 31 December 2019, unless ministers extend it.",
    "The lease lapses at the end of November 2019.",
    "She leaves the force on 30 November 2019.",
    "We move to the new station on Monday 2 December 2019.",
    "The vans arrive in November 2019.",
    "Interviews are on 18 November 2019.",
    # other words that promise
    "Handover is pencilled in for the week of 9 December 2019.",
    "The trial is listed for 2 December 2019.",
    "Delivery is booked for the week commencing 4 November 2019.",
    "It is to open to detainees on Tuesday, 15th October, 2019.",
    "Officers expect to receive the letter by the end of November 2019.",
    "I expect the next intake to be on the floor in November 2019.",
    "The centre will open in the first week of January 2020.",
    "The lease runs out on 31 December 2019.",
    "Training gets under way in November 2019.",
    "The tender is out until 15 November 2019.",
    "The force has been given until 30 November 2019 to reply.",
    "Replies are wanted by 30 November 2019.",
    "Members are invited to a visit on 14 November 2019.",
    "We look forward to welcoming her on 2 December 2019.",
    "A decision should come by the end of October 2019.",
    "Expected by 30 November 2019.",
    "We shall review completed files by 30 November 2019.",
]
NOT_STALE = [
    # the past told as the past
    "The meeting was held on 8 November 2019.",
    "The consultation ended on 8 November 2019.",
    "The report was published in September 2019.",
    "In October the group met for the first time.",
    "Data went to the panel in September and then to a consultation, which ended on 8th November.",
    # a past date beside a promise
    "It will address concerns from the inspection that HMICFRS published in September 2019.",
    "The board will build on the pilot it ran in October 2019.",
    "The strategy launched in November 2019 will guide this work.",
    "Since November 2019 calls have risen, and they will be watched.",
    "The panel will study the September 2019 figures.",
    "The rise is due to the changes of October 2019.",
    "It will report after November 2019.",
    "He set out his plan to build on it in 2016.",
    "Q2 data on confidence is expected within days.",
    "This report will cover the period 1 April 2019 to 30 June 2019.",
    "The Panel will receive the report on performance in 2018/19.",
    "Following the election on 12 December 2019, a bill will be brought.",
    "Progress will be measured against 2018/19 and compared to the same period in 2017/18.",
    "An update will be given on the position at 31 December 2019.",
    "Members will recall the discussion at the meeting on 4 December 2019.",
    "The plan will run from 2017 to 2021.",
    "Reports to the Panel in 2019 are below and will be archived.",
    "We expect to see levels similar to those in 2018.",
    "A meeting was planned for 3 October 2019 but was cancelled.",
    "The review due in November 2019 was postponed.",
    "Anyone born after 1 January 2000 will be eligible.",
    "Support offered to victims in March 2019",
    "The closing date was 3 May 2019.",
    "Due: 3 May 2019 Status: complete",
    "Review: May 2019",
    "The officer went to present the award in March 2019",
    "The Christmas campaign will be repeated.",
    "The fund opened on 1 November 2018 and runs until 31 March 2020.",
    "The meeting in October was told that the next would follow.",
    # still to come
    "The new service will start in April 2020.",
    "The strategic panel is to start again in February.",
    "Interviews will be held on 18/02/20.",
    "Ten officers will begin their training in July.",
    # told in the present, but not of what happens once
    "The reporting period ends on 30 September 2019.",
    "The figures end in October 2019.",
    "Custody visits in October 2019 are in table 3.",
    "The two reports in October 2019 are alike.",
    "The series begins in April 2015.",
    "The report goes to the heart of what was found in October 2019.",
    "It returns to a matter that was raised on 3 October 2019.",
    "The graph goes from April 2018 to October 2019.",
    "The team had 842 cases open at the end of October 2019.",
    "A trial will start in April and end in September.",
    "The consultation was open from 1 to 9 October 2019.",
    "Membership is lower than on 3 October 2019.",
    # what comes of a day is to come after it
    "The general election on 12 December 2019 will delay the figures.",
    "The review of 3 October 2019 will shape the plan.",
    "The minutes of the meeting on 4 December 2019 are to be agreed.",
    "Attendance at the meeting on 4 December 2019 is shown below.",
    "A decision was due in November 2019 and was taken.",
    "Officers recruited by November 2019 will be on patrol in the spring.",
    # no date
    "It will be done in the coming weeks.",
    "",
]


@pytest.mark.parametrize("text", STALE)
def test_a_future_that_has_passed_is_noticed(text: str) -> None:
    [found] = future_statements(text, day("2020-01-28"), WRITTEN)
    assert found.text == text.strip()
    assert found.dates


@pytest.mark.parametrize("text", NOT_STALE)
def test_what_has_happened_or_may_yet_happen_is_left_alone(text: str) -> None:
    assert future_statements(text, day("2020-01-28"), WRITTEN) == []


def test_each_sentence_and_bullet_is_judged_by_itself() -> None:
    text = (
        "The pilot ended on 8 November 2019. The review will start on 18 November 2019. It helps.\n"
        "- Ch Supts will meet on 6 November\n- done in October"
    )
    found = future_statements(text, day("2020-01-28"), WRITTEN)
    assert [statement.text for statement in found] == [
        "The review will start on 18 November 2019.",
        "- Ch Supts will meet on 6 November",
    ]


def test_a_date_is_stale_only_once_its_last_day_is_over() -> None:
    text = "It will be done in November 2019."
    assert future_statements(text, day("2019-11-30"), WRITTEN) == []
    assert len(future_statements(text, day("2019-12-01"), WRITTEN)) == 1


def test_plain_words_of_the_future_are_told_from_a_timetable() -> None:
    text = "It will open on 8 November 2019.\nThe consultation ends on 9 November 2019."
    promised = [s.promised == s.dates for s in future_statements(text, day("2020-01-28"), WRITTEN)]
    assert promised == [True, False]


@pytest.mark.parametrize(
    "piece",
    [
        "will be ",
        "the a b ",
        "planned ",
        "- x ",
        "1 May ",
        "is to ",
        "(",
        "is 3 May 2019 ",
        "s",
        "goes to ",
    ],
)
def test_long_repeated_text_is_read_to_its_end(piece: str) -> None:
    text = piece * 4_000
    assert future_statements(
        text + ".\nIt will end on 8 November 2019.", day("2020-01-28"), WRITTEN
    )
