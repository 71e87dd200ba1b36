"""Figures in prose, in tables and on pages of large numbers: what each of them says."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.recognition.figures import Figure, figures
from tests.tabled import document

WRITTEN = dt.date(2024, 6, 1)


def found(text: str) -> list[Figure]:
    return figures(read_text("report.txt", text.encode()), WRITTEN)


def one(text: str) -> Figure:
    (figure,) = found(text)
    return figure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # money
        ("The grant was £1.2m in all.", [(1_200_000, "£")]),
        ("I awarded £500,000 to the scheme.", [(500_000, "£")]),
        ("It costs an estimated £6 to £8m a year.", [(6_000_000, "£"), (8_000_000, "£")]),
        ("A £30k fund is open.", [(30_000, "£")]),
        # shares
        ("85% of callers were satisfied.", [(85, "%")]),
        ("85 per cent of callers were satisfied.", [(85, "%")]),
        ("Half of the calls need no officer.", [(50, "%")]),
        ("Two thirds of victims agreed.", [(200 / 3, "%")]),
        ("One in five victims withdrew.", [(20, "%")]),
        ("Satisfaction is between 83% and 85%.", [(83, "%"), (85, "%")]),
        ("It rose by 1.5 percentage points.", [(1.5, "percentage points")]),
        # counts
        ("It protects 28,000 homes.", [(28_000, "homes")]),
        ("There were 1.2 million visits.", [(1_200_000, "visits")]),
        ("There are three local policing areas.", [(3, "areas")]),
        ("We received 12,251 rape and other sexual offences.", [(12_251, "offences")]),
        ("We received 464,597 999 calls.", [(464_597, "calls")]),
        ("In October 101 complaints were made.", [(101, "complaints")]),
        ("125 police support volunteers joined.", [(125, "volunteers")]),
        ("Between 10 and 20 officers will join.", [(10, "officers"), (20, "officers")]),
        ("Officers rose by 38 or 2.4%.", [(38, "Officers"), (2.4, "%")]),
        ("We have 24 visitors, of whom 14 are women.", [(24, "visitors"), (14, "visitors")]),
        ("Under Schedule 3 in 118 days.", [(118, "days")]),
        ("Easton was visited 52 times.", [(52, "times")]),
        ("Cases rose from 350 to 1,100.", [(350, "Cases"), (1_100, "Cases")]),
        ("+165 police officers vs May 2016", [(165, "officers")]),
        ("There is only one mapped gang.", [(1, "gang")]),
        ("Of 33 targets, 22 were met.", [(33, "targets"), (22, "targets")]),
        ("There were 48 visits in Easton, 51 in Weston.", [(48, "visits"), (51, "visits")]),
        ("700+ public comments were read.", [(700, "comments")]),
        ("The number of likes has tripled.", [(3, "times")]),
        # durations, and what a smaller unit adds
        ("The wait was 12 minutes 30 seconds.", [(12.5, "minutes")]),
        ("It ran for a four week period.", [(4, "weeks")]),
        ("The wait rose from 74 days to 91 days.", [(74, "days"), (91, "days")]),
        # ages are figures where they are a range
        ("It helps young people aged 16 to 24.", [(16, "years"), (24, "years")]),
        ("It is ranked 23rd of all forces.", [(23, "rank")]),
    ],
)
def test_a_number_that_measures_something_is_a_figure(text, expected):
    assert [(f.value, f.unit) for f in found(text)] == [
        (pytest.approx(value), unit) for value, unit in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The panel meets on 8 November 2019 at 10.30 am.",
        "It was agreed in 2019, as in 2018/19 and Quarter 3.",
        "See A4.6, 2.1.2, minute 321, paragraph 12, page 14 and Appendix 2.",
        "Section 28(4) of the 2011 Act and Regulation 5(3)(b) apply.",
        "Telephone 01632 960 001 or write to 3 Spring Street, Easton EA1 2BC.",
        "The cameras are on the A449; call 999 or 101.",
        "(1) Carry out a review. 2. Publish it. 3) Tell the panel.",
        "In the last 12 months and over the next two years there was more.",
        "In the 12 months to March 2019 it fell.",
        "A 25 year old man came to us.",
        "The Kick Off @ 3 programme, Tier 2 and phase 3, went on.",
        "Incidents in the 21st century differ.",
        "One of the officers spoke; the two forces agreed.",
        "A 24 hour helpline and one to one support are there.",
        "Item 5.0 PERFORMANCE UPDATE",
        "315 Welcome and Introductions",
        "End of Term Report 3",
        "Write to help1@example.org or see https://example.org/2019/12.",
    ],
)
def test_a_number_that_measures_nothing_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("Over 500 people came.", "qualifier", "Over"),
        ("Around 500 people came.", "qualifier", "Around"),
        ("Up to 500 people came.", "qualifier", "Up to"),
        ("Nearly 500 people came.", "qualifier", "Nearly"),
        ("Calls rose by 15% last year.", "change", "percentage change"),
        ("There was a 15% increase in calls.", "change", "percentage change"),
        ("Confidence rose to 77%.", "change", ""),
        ("Pay makes up 81% of spending.", "change", ""),
        ("We recruited an additional 215 officers.", "change", "change"),
        ("85% of people trust us (12 months to June 2019).", "period", "12 months to June 2019"),
        ("In 2018/19 the rate was 62%.", "period", "2018/19"),
        ("We made 48 visits in the last year.", "period", "the last year"),
        ("In Easton 120 complaints were received.", "area", "Easton"),
        ("Burglary fell 3% across England and Wales.", "area", "England and Wales"),
        (
            "According to the Crime Survey 77% have confidence.",
            "source",
            "According to the Crime Survey",
        ),
        ("Our perception survey shows that 80% feel safe.", "source", "perception survey"),
        ("The rate is 86%, well above the national average.", "comparator", "national average"),
        ("It was 88%, a fall compared to the previous month.", "comparator", "previous month"),
    ],
)
def test_the_words_about_a_figure_say_more_of_it(text, field, expected):
    value = getattr(one(text), field)
    assert expected in value if field == "comparator" else value == expected


def test_a_fall_is_below_nought_and_a_rise_is_not():
    assert one("Burglary fell by 6%.").value == -6
    assert one("Burglary rose by 6%.").value == 6


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("85% public confidence1", "public confidence"),
        ("The rape conviction rate stands at 86%.", "The rape conviction rate"),
        ("It means that 51% of our budget is spent on pay.", "our budget is spent on pay"),
        ("We received 1,732 complaints.", "complaints received"),
        ("Calls rose, with 94% answered in 10 seconds.", "answered in 10 seconds"),
    ],
)
def test_the_measure_is_what_is_counted_or_rated(text, measure):
    assert measure in one(text).measure


def test_what_a_value_is_compared_with_is_of_the_same_measure():
    first, second = found("The charge rate was 11.2%, above the national average (8.9%).")
    assert (first.measure, first.area) == ("The charge rate", "")
    assert (second.measure, second.area) == ("The charge rate", "national average")


def test_a_number_alone_takes_its_words_from_the_next_line():
    figure = one("85%\n\nof victims were satisfied\n")
    assert (figure.value, figure.unit, figure.measure) == (85, "%", "victims were satisfied")
    assert figure.origin.line == 1
    assert found("Green\n\n7\n\n9\n\nAmber\n") == []  # of which is not said


def test_a_figure_knows_its_line_and_its_sentence():
    first, second = found("First we say this.\nThen 85% of\npeople and 12 forces.\n")
    assert (first.origin.line, second.origin.line) == (2, 3)
    assert first.quotation == "Then 85% of people and 12 forces."


def test_the_cells_of_a_table_take_unit_and_period_from_its_headings():
    made = figures(
        document(
            [["Item", "2023/24 £m", "Change %"], ["Police pay", "92.1", "4.7"]],
            "# Performance to 31 March 2024",
            [["Area", "% answered in time", "Ref"], ["North", "84", "12"], ["Total", "91", "13"]],
            [["Measure", "Target", "Result"], ["Calls answered", "90%", "92.1%"]],
            [["Crime", "Apr", "This year"], ["Robbery", "31", "208"]],
        ),
        WRITTEN,
    )
    said = [(f.measure, f.value, f.unit, f.period, f.area, f.change) for f in made]
    assert said == [
        ("Police pay", 92_100_000, "£", "2023/24", "", ""),
        ("Police pay, Change %", 4.7, "%", "", "", "percentage change"),
        ("% answered in time", 84, "%", "31 March 2024", "North", ""),
        ("% answered in time", 91, "%", "31 March 2024", "", ""),
        ("Calls answered, Target", 90, "%", "31 March 2024", "", ""),
        ("Calls answered", 92.1, "%", "31 March 2024", "", ""),
        ("Robbery", 31, "", "Apr", "", ""),
        ("Robbery", 208, "", "This year", "", ""),
    ]
    assert made[2].origin.cell == "B2"


def test_a_table_without_marked_headings_has_them_in_its_first_row_of_words():
    (table,) = [document([["x"], ["Ref", "Measure", "2023/24"], ["A1.1", "Robbery", "412"]])]
    rows = tuple(block for block in table.blocks if not block.is_head)
    made = figures(Document("made.docx", "docx", rows), WRITTEN)
    assert [(f.measure, f.value, f.period) for f in made] == [("Robbery", 412, "2023/24")]


_PIECES_TEXT = """85%|£1.2m|from 1|to 2|one in|five|12 months|to March 2019|of|,|.|(|)|increase of
|999|officers|A4.6|½|٣|1,1,1|-|+7|compared with the average|£000|Table 1"""
_PIECES = st.sampled_from(_PIECES_TEXT.split("|"))


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join)))
def test_any_text_can_be_read(text):
    for figure in found(text):
        assert figure.printed
        assert figure.value == figure.value


@given(st.lists(st.lists(_PIECES | st.text(max_size=12), min_size=3, max_size=3), min_size=1))
def test_any_table_can_be_read(rows):
    for figure in figures(document(rows), WRITTEN):
        assert figure.printed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We came fourth highest in the country.", 4, "rank"),
        ("Seven out of ten offenders offend again.", 70, "%"),
        ("Complaint reviews received: fifty-eight.", 58, "reviews"),
        ("Public events attended in 2024: 11.", 11, "events"),
    ],
)
def test_ranks_shares_and_labelled_numbers_are_read(text, value, unit):
    (figure,) = figures(read_text("a.txt", text.encode()), dt.date(2024, 6, 1))
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize("text", ["41 Welcome and apologies", "12 Declarations of interest"])
def test_the_number_of_an_item_of_an_agenda_is_no_figure(text):
    assert figures(read_text("a.txt", text.encode()), dt.date(2024, 6, 1)) == []
