"""Contradictions: two values of one thing, standings, sums and changes; and what only looks so."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from peelian.proofreading.times import days_of
from tests.tabled import document

AS_AT = dt.date(2024, 6, 1)


def found(*documents: Document) -> list[Finding]:
    return run(Proof(documents, as_at=AS_AT), ["contradiction"])


def apart(*paragraphs: str) -> list[Finding]:
    return found(read_text("report.txt", "\n\n".join(paragraphs).encode()))


@pytest.mark.parametrize(
    ("earlier", "later", "sure"),
    [
        (
            "In the year to March 2024, 78% of burglary victims were satisfied with us.",
            "A total of 81% of burglary victims were satisfied in the year to March 2024.",
            Confidence.CERTAIN,
        ),
        (
            "The rape conviction rate stands at 86%.",
            "75% rape conviction rate",
            Confidence.LIKELY,
        ),
        (
            "In total more than 28,500 homes are now protected.",
            "28,000 homes protected",
            Confidence.LIKELY,
        ),
        (
            "General reserves stood at £6.1m at 31 March 2024.",
            "General reserves are £6.4m at 31 March 2024, or 3.9% of the budget.",
            Confidence.LIKELY,
        ),
        (
            "We took part in around 2,500 community engagements.",
            "2,359 community engagement events",
            Confidence.POSSIBLE,
        ),
        (
            "Overall confidence in the force is 77% (12 months to September 2023).",
            "The public confidence figure stands at 79%.",
            Confidence.POSSIBLE,
        ),
    ],
)
def test_two_values_of_the_same_thing_contradict_each_other(earlier, later, sure):
    (finding,) = apart(earlier, later)
    assert finding.confidence == sure
    assert finding.place.quotation in later
    assert [place.quotation for place in finding.others] == [earlier]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # another time, place, group or thing
        ("In 2022/23 the charge rate was 11%.", "In 2023/24 the charge rate was 12%."),
        ("In Easton 81% of callers were satisfied.", "In Weston 74% of callers were satisfied."),
        ("The conviction rate for rape is 86%.", "The conviction rate for hate crime is 84%."),
        ("62% of 101 calls were answered.", "90% of 999 calls were answered."),
        ("90% of calls are answered in 10 seconds.", "86% of calls are answered in 20 minutes."),
        ("12,240 violence with injury offences", "14,006 violence without injury offences"),
        ("There are 216 police support volunteers.", "There are 300 special constables."),
        ("The charge rate is 12%.", "The charge rate nationally is 9%."),
        # what is wanted, was before, or is a part
        ("We aim for a satisfaction rate of 90%.", "The satisfaction rate is 84%."),
        ("Victim satisfaction is 84%, compared with 90% before.", "Victim satisfaction is 84%."),
        ("We made 138 custody visits.", "Of these custody visits, 12 found a concern."),
        ("The grants budget rose by 31%.", "The grants budget rose by 66% for young people."),
        ("Grants of £4.2m were awarded.", "Each provider was awarded grants of £20,000."),
        # both can be true
        ("Over 52,000 crimes were recorded.", "52,340 crimes were recorded."),
        ("Nearly 53,000 volunteer hours were given.", "52,800 volunteer hours were given."),
        ("The victim satisfaction rate is 77%.", "The victim satisfaction rate is 76.8%."),
        ("We spent £1.2m on road safety work.", "We spent £1,214,000 on road safety work."),
        # entries of a series
        ("North district: 78% of callers satisfied", "South district: 71% of callers satisfied"),
        (
            "Safe Haven. The project helped 230 victims.",
            "New Leaf. The project helped 120 victims.",
        ),
        ("Two officers joined the rural team.", "Five officers joined the cyber team."),
    ],
)
def test_two_values_that_may_both_be_true_are_left_alone(earlier, later):
    assert apart(earlier, later) == []


def test_the_same_contradiction_is_said_once():
    text = "The rape conviction rate is {}."
    assert len(apart(text.format("86%"), text.format("75%"), text.format("86%"))) == 1


def test_a_thing_with_many_values_is_a_list():
    assert apart(*(f"{n} burglary offences were recorded." for n in range(101, 110))) == []


def test_above_a_standard_here_and_below_it_there():
    (finding,) = apart(
        "The charge rate for burglary is higher than the national average.",
        "The charge rate for burglary remains below the national average.",
    )
    assert finding.confidence == Confidence.LIKELY
    assert apart("Answering of 999 calls is above target.", "Burglary is below target.") == []
    assert apart("Burglary is above the MSG average.", "Burglary is below the target.") == []


def test_a_rise_here_and_a_fall_there_since_the_same_time():
    rise = "Residential burglary increased compared with the previous year."
    fall = "There was a decrease in residential burglary compared with the previous year."
    (finding,) = apart(rise, fall)
    assert finding.confidence == Confidence.POSSIBLE
    assert apart(rise, fall.replace("previous year", "previous month")) == []
    assert apart(rise, fall.replace("residential burglary", "vehicle crime")) == []


def test_a_row_says_of_its_target_what_its_values_show():
    head = ["Measure", "Target", "Result", "Commentary"]
    row = ["999 calls answered in 10 seconds", "90%", "88%", "Above the target again."]
    (finding,) = found(document([head, row]))
    assert finding.place.origin.cell == "D2"
    assert found(document([head, [*row[:3], "Below the target again."]])) == []


def test_standings_of_different_times_are_no_contradiction():
    head, row = ["Topic", "Data"], ["Robbery charge rate", "Above the national average."]
    other = [row[0], "Below the national average."]
    assert len(found(document([head, row], [head, other]))) == 1
    assert found(document("# April 2023", [head, row], "# May 2023", [head, other])) == []


def test_the_topic_of_a_row_is_what_its_cells_speak_of():
    (finding,) = found(
        document(
            "Confidence in the force is higher than the average for England and Wales.",
            [
                ["Topic", "Data"],
                ["Confidence", "Decrease on last period and below MSG and national average."],
            ],
        )
    )
    assert "national average" in finding.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Public confidence fell from 62% to 66%.", "62% – 66%"),
        ("The wait rose from 74 days to 91 days, an increase of 12%.", "23.0%"),
        ("It rose from 350 cases to 1,100 cases, a rise of 50%.", "214.3%"),
        ("Personal robbery doubled from 120 to 180.", "1.5"),
        ("Satisfaction stood at 72%, above the national average of 75%.", "75%"),
        ("116% of victims were offered a needs assessment.", "100%"),
        ("62% were for drugs, 18% for weapons and the remaining 25% for theft.", "105%"),
        ("A total of 412 reviews came in: 201 from the north and 120 from the south.", "321"),
    ],
)
def test_a_sum_that_does_not_come_out_is_found(text, says):
    (finding,) = apart(text)
    assert says in finding.reason
    assert finding.confidence == Confidence.LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "Vehicle crime rose from 1,400 to 1,540 offences, a rise of 10%.",
        "Burglary decreased by 14%, from 2,910 offences to 2,503 offences.",
        "The budget rose from £207.5m to £224.6m, up 8%.",
        "Groups more than trebled from 11 to 34.",
        "Satisfaction stood at 78%, above the national average of 75%.",
        "The target is 110% of establishment.",
        "62% were for drugs, 18% for weapons and the remaining 20% for theft.",
        "A total of 321 reviews came in: 201 from the north and 120 from the south.",
        "We moved from 3 sites to 2 sites to cut costs by 10%.",
    ],
)
def test_a_sum_that_comes_out_is_left_alone(text):
    assert apart(text) == []


def test_the_total_of_a_table_is_the_sum_of_its_rows():
    head = ["Item", "2023/24 £m", "2024/25 £m", "% of budget"]
    rows = [["Pay", "92.1", "96.4", "64%"], ["Other", "47.0", "48.8", "32%"]]
    (finding,) = found(document([head, *rows, ["Total", "139.1", "146.2", "100%"]]))
    assert finding.confidence == Confidence.CERTAIN
    assert finding.place.origin.cell == "C4"
    assert "145.2" in finding.reason
    assert found(document([head, *rows, ["Total", "139.1", "145.2", "100%"]])) == []


@pytest.mark.parametrize(
    "rows",
    [
        [["Pay", "9"], ["Sub-total", "9"], ["Other", "4"], ["Total", "13"]],
        [["Pay", "100"], ["officers", "70"], ["staff", "30"], ["Other", "50"], ["Total", "150"]],
        [["999 calls", "12"], ["101 calls", "30"], ["Total recorded crime", "412"]],
        [["North", "12"], ["South", "n/a"], ["Total", "30"]],
        [["Pay", "£101"], ["Other", "£50"], ["Total", "£152"]],  # each is rounded
    ],
)
def test_a_total_of_other_than_the_rows_above_is_left_alone(rows):
    assert found(document([["Item", "2023/24"], *rows])) == []


def test_tables_under_other_headings_are_of_other_things():
    easton = [["Crime", "2023/24"], ["Residential burglary", "120"]]
    weston = [["Crime", "2023/24"], ["Residential burglary", "98"]]
    assert found(document("# Easton", easton, "# Weston", weston)) == []
    (finding,) = found(document("# Easton", easton, weston))
    assert finding.place.origin.table == 2


def test_a_row_of_one_area_is_no_contradiction_of_the_whole():
    table = [["Area", "Complaints received"], ["North", "120"], ["South", "98"]]
    assert found(document(table, "The force has 218 complaints received.")) == []


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_checked(paragraphs):
    for finding in apart(*paragraphs):
        assert finding.reason


_CELLS = st.sampled_from(["Total", "12", "£1.2m", "85%", "(4)", "", "above target", "North", "-"])


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_table_can_be_checked(rows):
    for finding in found(document([["Target", "Result", "2023/24"], *rows])):
        assert finding.reason


@pytest.mark.parametrize(
    ("earlier", "later", "sure"),
    [
        (
            "There were 1,240 burglaries in the year to December 2023, according to our records, "
            "against 1,310 in the year before.",
            "There were 1,290 burglaries in the year to 31 December 2023.",
            Confidence.LIKELY,
        ),
        (
            "At 31/03/2024 police officer headcount stood at 2,298.",
            "On 31 March 2024 the force had 2,310 police officers.",
            Confidence.LIKELY,
        ),
        (
            "The average time to answer a 101 call was 4 minutes 20 seconds in Q2 2023/24.",
            "In quarter 2 of 2023/24, callers to 101 waited on average 5 minutes 10 seconds.",
            Confidence.LIKELY,
        ),
        (
            "Twelve custody visits were made in September 2023.",
            "In September 2023 our volunteers made fifteen visits to custody suites.",
            Confidence.LIKELY,
        ),
        (
            "In 2022/23, the office received 61 complaint reviews.",
            "Complaint reviews received in 2022-23: fifty-eight.",
            Confidence.CERTAIN,
        ),
        (
            "The scheme has 38 trained independent custody visitors.",
            "There are 31 independent custody visitors on the scheme.",
            Confidence.POSSIBLE,
        ),
        (
            "The panel has 14 members, of whom two are independent.",
            "The panel is made up of twelve members.",
            Confidence.POSSIBLE,
        ),
        (
            "The Ethics Committee meets quarterly.",
            "The Ethics Committee meets six times a year in public.",
            Confidence.LIKELY,
        ),
        (
            "The Road Safety Strategy has been consulted on.",
            "The draft strategies on hate crime and road safety will be issued for consultation.",
            Confidence.POSSIBLE,
        ),
        (
            "The Serious Violence Plan was published in May.",
            "The Serious Violence Plan has yet to be published.",
            Confidence.POSSIBLE,
        ),
    ],
)
def test_the_same_said_in_other_words_with_another_value_contradicts(earlier, later, sure):
    for first, second in ((earlier, later), (later, earlier)):
        (finding,) = apart(first, "The weather was fine.", second)
        assert finding.confidence == sure


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("In 2022/23 we received 61 reviews.", "In 2022/23 we upheld 12 reviews."),
        (
            "In 2022/23 we received 210 complaints about the chief constable.",
            "In 2022/23 we closed 190 complaints about the chief constable.",
        ),
        (
            "In March 2024 the panel held 3 meetings about the budget.",
            "In March 2024 the board held 2 meetings about the budget.",
        ),
        ("In 2023 there were 412 hate crimes.", "In 2023 there were 430 knife crimes."),
        ("The Willow project helped 120 victims.", "The Rowan project helped 115 victims."),
        ("There were 412 hate crimes in 2022/23.", "There were 398 hate crimes in 2021/22."),
        (
            "The force had 50 officers in the rural crime team in 2023.",
            "The force had 60 officers in the roads policing team in 2023.",
        ),
        (
            "Overall confidence in the force is 77% (12 months to September 2023).",
            "The public confidence figure stands at 85%.",
        ),
        ("The Ethics Panel meets quarterly.", "The Audit Panel meets monthly."),
        ("The Ethics Panel meets quarterly.", "The Ethics Panel will meet monthly."),
        ("The Ethics Panel meets quarterly.", "The Ethics Panel meets every three months."),
        (
            "The draft Rural Crime Strategy was published for consultation.",
            "The Rural Crime Strategy has yet to be published.",
        ),
        (
            "The Rural Crime Strategy was published.",
            "The Hate Crime Strategy has yet to be published.",
        ),
    ],
)
def test_other_things_of_one_time_do_not_contradict(one, two):
    assert apart(one, "The weather was fine.", two) == []


def test_a_performance_table_may_contradict_the_text():
    rows = [
        ["Topic", "Performance statement", "Commentary"],
        ["Confidence", "Decrease on the last period and below the national average.", "None"],
        ["Robbery", "Decreased volumes on the previous month.", "None"],
        ["Cyber crime", "Increased volumes on the previous month.", "None"],
    ]
    text = "Confidence is higher than the average for England and Wales."
    (finding,) = found(document(text, "# Performance summary", rows))
    assert "below the national average" in finding.reason


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Q2 2023/24", "2023-07-01", "2023-09-30"),
        ("July to September 2023", "2023-07-01", "2023-09-30"),
        ("three months to September 2023", "2023-07-01", "2023-09-30"),
        ("year to 31 March 2024", "2023-04-01", "2024-03-31"),
        ("2023/2024", "2023-04-01", "2024-03-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("31/03/2024", "2024-03-31", "2024-03-31"),
        ("end of March 2024", "2024-03-31", "2024-03-31"),
    ],
)
def test_a_period_is_known_by_its_days(printed, first, last):
    assert days_of(printed) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("printed", ["", "last year", "Q2", "2022/23 and 2023/24", "year 9999"])
def test_a_period_without_a_year_of_its_own_has_no_days(printed):
    assert days_of(printed) is None


@given(st.text(alphabet="yearto 1290/-–QMarchmonths", max_size=60))
def test_any_period_is_read_or_left(printed):
    days = days_of(printed)
    assert days is None or days[0] <= days[1]


@pytest.mark.parametrize(
    ("head", "row", "text"),
    [
        ("2022/23", ["Burglaries recorded", "1,240"], "In 2022/23 we recorded 1,290 burglaries."),
        (
            "2022/23",
            ["999 calls answered within 10 seconds", "88%"],
            "In 2022/23 91% of 999 calls were answered within ten seconds.",
        ),
        ("Number", ["Upheld", "14"], "Of the 54 complaint reviews, 17 were upheld."),
    ],
)
def test_a_row_of_a_table_is_set_against_a_sentence(head, row, text):
    rows = [["Measure", head], row, ["Stalking offences", "12%" if "%" in row[1] else "33"]]
    (finding,) = found(document("# Complaint reviews and crime", rows, "# Summary", text))
    assert row[1] in finding.reason
