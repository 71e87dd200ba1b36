"""Statements: each condition has its words, and no words claim more than was found."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis.change import latest
from peelian.analysis.xmr import xmr
from peelian.figures.readings import (
    Comparator,
    Form,
    Measured,
    Part,
    Reading,
    is_exceptional,
    reading,
)
from peelian.figures.sentences import page_summary
from peelian.figures.statements import state
from peelian.figures.wording import amount, period_name

DECEMBER = dt.date(2019, 12, 1)
NAN = float("nan")
CRIME = Measured("Violence with injury", "offences", polarity="lower")
RATE = Measured("Overall satisfaction", "%", decimals=1, polarity="higher")
CALLS = Measured("999 calls answered", "%", polarity="higher", standard=90)
TIME = Measured("Average response time", "minutes", decimals=1, polarity="lower")
STOCK = Measured("Outstanding submissions", "submissions outstanding", polarity="lower")
QUARTER = Measured("Complaints recorded in 10 days", "%", frequency="quarterly")
SURVEY = Measured("Confidence", "%", decimals=1, frequency="rolling_year")
STEADY = [90.0, 110.0] * 12  # average 100; limits 47 and 153, or nearly


def part(measured: Measured, months: list[float], *, places=None, comparators=()) -> Part:
    """The force's months, and those of places, judged as the figures area does it."""
    named = {"West Mercia": months, **(places or {})}
    judged = latest(xmr(list(named.values())))
    return Part(
        measured,
        [
            reading(name, judged, row, whole=row == 0, comparators=comparators)
            for row, name in enumerate(named)
        ],
    )


def said(*parts: Part) -> tuple[str, str]:
    statement = state(parts, DECEMBER)
    return statement.data, statement.commentary


@pytest.mark.parametrize(
    ("previous", "value", "data"),
    [
        (110, 88, "Decreased on the previous month and below the monthly average"),
        (88, 112, "Increased on the previous month and above the monthly average"),
        (130, 112, "Decreased on the previous month but above the monthly average"),
        (70, 88, "Increased on the previous month but below the monthly average"),
        (112, 100, "Decreased on the previous month and in line with the monthly average"),
        (88, 100, "Increased on the previous month and in line with the monthly average"),
        (112, 112, "Unchanged from the previous month and above the monthly average"),
        (118, 115, "Decreased slightly on the previous month but above the monthly average"),
        (80, 60, "Decreased on the previous month and significantly below the monthly average"),
        (120, 140, "Increased on the previous month and significantly above the monthly average"),
        (101, 99, "Stable on the previous month and within expected limits"),
        (NAN, 88, "No figure for the previous month and below the monthly average"),
    ],
)
def test_a_volume_is_set_beside_the_month_before_and_the_average(previous, value, data):
    found = part(CRIME, [*STEADY, previous, value])
    assert said(found) == (data, "No exceptional volumes")


RUN = [105.0, 112.0] * 4  # eight months above the average of what came before


@pytest.mark.parametrize(
    ("places", "commentary"),
    [
        ({"Herefordshire": [90, 180]}, "Exceptional volumes in Herefordshire"),
        ({"Herefordshire": [90, 20]}, "Exceptionally low volumes in Herefordshire"),
        (
            {"Herefordshire": [90, 180], "Shropshire": RUN},
            "Exceptional volumes in Herefordshire; increase in the monthly average in Shropshire",
        ),
        ({"Shropshire": [95.0, 88.0] * 4}, "Decrease in the monthly average in Shropshire"),
        (
            {"A": [90, 20], "B": [90, 20], "C": [90, 20]},
            "Exceptionally low volumes in A, B and C",
        ),
        (
            {"A": [85, 90, 94, 98, 103, 108, 113]},
            "Rising for seven months or more in A",
        ),
        (
            {"A": [103, 140, 142]},
            "Unusually high in two of the last three months in A",
        ),
    ],
)
def test_the_commentary_says_what_is_unusual_and_where(places, commentary):
    base = [90.0, 110.0] * 40
    longest = max(len(tail) for tail in places.values())
    force = base[: 48 + longest + longest % 2]
    full = {name: [*base[: len(force) - len(tail)], *tail] for name, tail in places.items()}
    assert said(part(CRIME, force, places=full))[1] == commentary


def test_the_force_itself_can_be_exceptional():
    found = part(CRIME, [*STEADY, 100, 180], places={"Shropshire": [*STEADY, 100, 180]})
    assert said(found) == (
        "Increased on the previous month and above the monthly average",
        "Exceptional volumes at force level and in Shropshire",
    )
    assert is_exceptional([found])


@pytest.mark.parametrize(
    ("measured", "months", "data"),
    [
        (RATE, [110, 112], "Overall satisfaction: increased slightly on the previous month"),
        (RATE, [90, 112], "Overall satisfaction: increased on the previous month"),
        (STOCK, [112, 90], "Outstanding submissions: decreased on the previous month"),
        (CALLS, [110, 91], "999 calls answered: above the standard of 90%"),
        (CALLS, [110, 88], "999 calls answered: below the standard of 90%"),
        (CALLS, [110, 90], "999 calls answered: at the standard of 90%"),
        (TIME, [110, 91], "Average response time: not exceptional"),
        (TIME, [110, 190], "Average response time: increased on the previous month"),
        (QUARTER, [90, 91], "Complaints recorded in 10 days: 91% in October to December 2019"),
        (SURVEY, [75, 73.6], "Confidence: decreased on the previous period"),
    ],
)
def test_every_form_of_measure_has_its_own_way_of_speaking(measured, months, data):
    assert said(part(measured, [*STEADY, *months]))[0] == data


def test_a_rolling_survey_is_set_beside_others_and_never_judged_by_limits():
    others = (Comparator("national average", 74.0), Comparator("most similar group", 60.0))
    found = part(SURVEY, [*STEADY, 5.0, 73.6], comparators=others)
    assert said(found) == (
        "Confidence: increased on the previous period, below the national average of 74.0%"
        " and above the most similar group of 60.0%",
        "",
    )


def test_measures_of_one_topic_are_told_apart_or_together():
    officers = part(Measured("Officer sickness rate", "%"), [*STEADY, 90, 112])
    staff = part(Measured("Staff sickness rate", "%"), [*STEADY, 112, 90])
    assert said(officers, staff)[0] == (
        "Officer sickness rate: increased on the previous month;"
        " Staff sickness rate: decreased on the previous month"
    )
    volume = part(Measured("Repeat victims", "people"), [*STEADY, 112, 90])
    assert said(volume, staff)[0] == (
        "Repeat victims and Staff sickness rate: decreased on the previous month"
    )


def test_an_unusual_measure_among_others_is_named():
    quiet, loud = part(RATE, [*STEADY, 90]), part(CALLS, [*STEADY, 190])
    assert said(quiet, loud)[1] == "999 calls answered: exceptionally high at force level"


def test_a_few_events_a_month_are_only_counted():
    deaths = Measured("Road deaths", "deaths", polarity="lower")
    found = part(deaths, [*[3.0, 4.0, 5.0, 4.0] * 6, 4.0, 12.0])
    assert said(found) == (
        "Road deaths: 12 in December 2019",
        "Numbers too small to say what is usual",
    )
    assert not is_exceptional([found])


@pytest.mark.parametrize(
    ("parts", "data", "commentary"),
    [
        ([], "Not included: no measure is defined for this topic yet", ""),
        ([part(CRIME, [*STEADY, NAN])], "No data this month", ""),
        (
            [part(CRIME, [100.0, 90.0, 120.0])],
            "Increased on the previous month",
            "Too few months (3) to say what is usual",
        ),
        (
            [part(CRIME, [*STEADY[:9], 112.0])],
            "Increased on the previous month and above the monthly average",
            "No exceptional volumes; limits are provisional (10 months)",
        ),
        (
            [part(CRIME, [*STEADY, 88, 112], places={"A": [NAN] * 24 + [9, 10], "B": [NAN] * 26})],
            "Increased on the previous month and above the monthly average",
            "No exceptional volumes; too few months to judge in A; no data this month for B",
        ),
    ],
)
def test_what_cannot_be_said_is_said_so(parts, data, commentary):
    assert said(*parts) == (data, commentary)


def line(measured: Measured, months: list[float], place: str = "") -> str:
    found = part(measured, months, places={place: months} if place else {})
    return page_summary(measured, found.readings[-1], DECEMBER)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            line(CRIME, [value * 10 for value in [*STEADY, 88, 112]]),
            "Violence with injury: 1,120 in December 2019, up from 880 in November and above the"
            " average of 1,000; nothing unusual.",
        ),
        (
            line(CRIME, [*STEADY, 100, 180], "Shropshire"),
            "Violence with injury in Shropshire: 180 in December 2019, up from 100 in November"
            " and above the average of 103; exceptionally high, above the upper limit of 162;"
            " a change for the worse.",
        ),
        (
            line(CALLS, [*STEADY, 91, 88]),
            "999 calls answered: 88% in December 2019, down from 91% in November and below the"
            " average of 99%; below the standard of 90%; nothing unusual.",
        ),
        (
            line(CRIME, [5.0, 90.0]),
            "Violence with injury: 90 in December 2019, up from 5 in November;"
            " too few months (2) to say what is usual.",
        ),
        (
            line(CRIME, [*STEADY, 80, 60]),
            "Violence with injury: 60 in December 2019, down from 80 in November and significantly"
            " below the average of 98; within its limits.",
        ),
        (line(CRIME, [*STEADY, NAN]), "Violence with injury: no data this month."),
        (
            line(QUARTER, [90.0, 91.0]),
            "Complaints recorded in 10 days: 91% in October to December 2019, up from 90% in the"
            " quarter before.",
        ),
        (
            line(TIME, [13.0, 13.4] * 6 + [13.2, 13.2]),
            "Average response time: 13.2 minutes in December 2019, the same as in November and in"
            " line with the average of 13.2 minutes; nothing unusual.",
        ),
    ],
)
def test_the_page_has_one_sentence(sentence, expected):
    assert sentence == expected


@pytest.mark.parametrize(
    ("frequency", "begins", "name"),
    [
        ("monthly", DECEMBER, "December 2019"),
        ("quarterly", dt.date(2019, 10, 1), "October to December 2019"),
        ("quarterly", DECEMBER, "October to December 2019"),
        ("rolling_year", dt.date(2018, 7, 1), "the 12 months to June 2019"),
    ],
)
def test_periods_have_their_names(frequency, begins, name):
    assert period_name(frequency, begins) == name


def test_january_is_compared_with_december_of_the_year_before():
    found = part(CRIME, [*STEADY, 90, 110]).readings[0]
    assert "in December 2019" in page_summary(CRIME, found, dt.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("unit", "frequency", "form"),
    [
        ("offences", "monthly", Form.VOLUME),
        ("%", "monthly", Form.RATE),
        ("days per person", "monthly", Form.RATE),
        ("minutes", "monthly", Form.DURATION),
        ("submissions outstanding", "monthly", Form.STOCK),
        ("%", "quarterly", Form.SNAPSHOT),
        ("%", "rolling_year", Form.ROLLING),
    ],
)
def test_the_form_follows_from_unit_and_frequency(unit, frequency, form):
    assert Measured("A", unit, frequency=frequency).form is form


def test_values_are_written_with_their_unit():
    assert amount(CRIME, 12345.0) == "12,345"
    assert amount(RATE, 77.5) == "77.5%"
    assert amount(TIME, 13.0) == "13.0 minutes"


month = st.one_of(st.just(NAN), st.integers(0, 300).map(float))
months = st.lists(month, min_size=1, max_size=30)


@given(st.sampled_from([CRIME, RATE, CALLS, TIME, STOCK, QUARTER, SURVEY]), st.data())
def test_nothing_is_called_unusual_that_no_rule_flagged(measured, data):
    size = data.draw(st.integers(1, 30))
    same = st.lists(month, min_size=size, max_size=size)
    found = part(measured, data.draw(same), places={"Shropshire": data.draw(same)})
    statement = state([found], DECEMBER)
    spoken = f"{statement.data} {statement.commentary}".replace("No exceptional", "")
    spoken = spoken.replace("not exceptional", "").lower()
    flagged = {
        "exceptional": any(r.outside for r in found.judged),
        "in the monthly average": any(r.shift for r in found.judged),
        "seven months": any(r.trend for r in found.judged),
        "two of the last": any(r.two_of_three for r in found.judged),
    }
    for words, is_so in flagged.items():
        assert (words in spoken) is is_so
    for words in ("monthly average", "exceptional", "limits"):
        if not any(r.enough for r in found.readings):
            assert words not in spoken


@given(st.sampled_from([CRIME, RATE, CALLS, TIME, STOCK, QUARTER, SURVEY]), months)
def test_a_missing_latest_month_is_never_given_a_value(measured, before):
    found = part(measured, [*before, NAN])
    assert state([found], DECEMBER).data.lower().startswith("no data")
    assert "no data" in page_summary(measured, found.readings[0], DECEMBER)


@given(months)
def test_a_word_about_direction_agrees_with_the_numbers(before):
    found = part(CRIME, before)
    told = found.readings[0]
    sentence = page_summary(CRIME, told, DECEMBER)
    if told.value is not None and told.previous is not None:
        assert ("up from" in sentence) is (told.value > told.previous)
        assert ("down from" in sentence) is (told.value < told.previous)
    else:
        assert "from" not in sentence


def test_a_reading_without_statistics_is_only_a_value():
    bare = Part(CRIME, [Reading("West Mercia", whole=True, value=7.0)])
    assert state([bare], DECEMBER).data == "No figure for the previous month"
    assert page_summary(CRIME, bare.readings[0], DECEMBER).startswith(
        "Violence with injury: 7 in December 2019"
    )
