"""An office is run on one model at a time, and its rules and duties follow the model."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law.arithmetic import EndOf, OnDate, Period, Standard, UpToDate
from peelian.law.calendar import Fact, Occurrence, occurrences, standing
from peelian.law.office import Models, Office, models_from
from peelian.law.rule import Rule

CHANGE = date(2028, 5, 8)
PCC = Office.always("england", "pcc")
MAYOR_LATER = Office("england", ((None, "pcc"), (CHANGE, "mayor")))


def a_rule(name: str, trigger: str, **values: Any) -> Rule:
    given: dict[str, Any] = {
        "title": "Publish",
        "duty": "The body must publish.",
        "citation": "Tide Tables Act 1900, section 1",
        "jurisdictions": ("england",),
        "body_models": ("pcc",),
        "who": "office",
        "effective_from": date(2012, 11, 22),
        "effective_to": None,
        "confidence": "A",
        "done": "It is on the website.",
        "silence": "The law states none.",
    }
    return Rule(id=f"tides/{name}", trigger=trigger, **given | values)


TWENTY_DAYS = Standard(Period("days", 20, "day_after"))
SPENDING = a_rule("spending", "month", arithmetic=TWENTY_DAYS, occasion="Spending of {month}")
ALLOWANCES = a_rule("allowances", "quarter", arithmetic=TWENTY_DAYS)
BUDGET = a_rule("budget", "financial_year", arithmetic=OnDate(6, 30), occasion="For {next_year}")
ANSWER = a_rule("answer", "foi_request", arithmetic=Period("days", 28, "day_after"))
KEPT = a_rule("kept", "continuous", arithmetic=UpToDate())
REVIEWED = a_rule("reviewed", "continuous", arithmetic=UpToDate(EndOf("quarter")))
AUGUST = a_rule("august", "continuous", arithmetic=UpToDate(OnDate(8, 1)))


def due(
    *rules: Rule,
    office: Office = PCC,
    start: date = date(2026, 4, 1),
    end: date = date(2027, 3, 31),
    facts: tuple[Fact, ...] = (),
) -> list[Occurrence]:
    return occurrences(rules, office=office, facts=facts, start=start, end=end)


# ---- what recurs ----


def test_a_monthly_duty_falls_due_for_each_month_that_ended() -> None:
    found = due(SPENDING)
    assert len(found) == 12
    assert (found[0].key, found[0].due, found[0].occasion) == (
        "tides/2026-03/spending",
        date(2026, 4, 20),
        "Spending of March 2026",
    )
    assert found[-1].key == "tides/2027-02/spending"
    assert found[0].because.startswith("The law gives no date. By the office's own standard")


def test_a_quarterly_duty_is_named_by_the_quarter_of_the_financial_year() -> None:
    found = due(ALLOWANCES)
    assert [(one.key, one.due) for one in found] == [
        ("tides/2025-26-q4/allowances", date(2026, 4, 20)),
        ("tides/2026-27-q1/allowances", date(2026, 7, 20)),
        ("tides/2026-27-q2/allowances", date(2026, 10, 20)),
        ("tides/2026-27-q3/allowances", date(2027, 1, 20)),
    ]
    assert found[0].occasion == "Quarter 4 of 2025/26 (January to March 2026)"


def test_what_is_kept_up_to_date_falls_due_only_where_a_standard_reviews_it() -> None:
    assert due(KEPT) == []
    assert [(one.key, one.due) for one in due(REVIEWED)] == [
        ("tides/2026-27-q1/reviewed", date(2026, 6, 30)),
        ("tides/2026-27-q2/reviewed", date(2026, 9, 30)),
        ("tides/2026-27-q3/reviewed", date(2026, 12, 31)),
        ("tides/2026-27-q4/reviewed", date(2027, 3, 31)),
    ]
    (august,) = due(AUGUST)
    assert (august.key, august.due) == ("tides/2026-27/august", date(2026, 8, 1))
    assert "it must be up to date at all times" in august.because
    assert "the office's own standard, which is not law" in august.because


def test_continuous_duties_are_named_apart_from_dates() -> None:
    rules = (KEPT, REVIEWED, BUDGET)
    assert standing(rules, office=PCC, on=date(2026, 4, 1)) == [KEPT, REVIEWED]
    assert standing(rules, office=PCC, on=date(2012, 11, 21)) == []
    assert standing(rules, office=MAYOR_LATER, on=CHANGE) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (KEPT, "kept up to date at all times, with no date in law"),
        (REVIEWED, "the office's own standard for review: at the end of each quarter"),
        (AUGUST, "the office's own standard for review: by 1 August each financial year"),
        (
            SPENDING,
            "as soon as practicable, with no date in law; "
            "the office's own standard: within 20 days starting the day after",
        ),
        (BUDGET, "by 30 June each financial year"),
        (ANSWER, "within 28 days starting the day after"),
        (a_rule("m", "x", arithmetic=EndOf("month")), "by the end of the month it falls in"),
        (
            a_rule("y", "x", arithmetic=Period("years", 1, "with_event")),
            "within 1 year beginning with the day itself",
        ),
    ],
)
def test_arithmetic_says_in_words_what_is_law_and_what_is_not(rule: Rule, words: str) -> None:
    assert rule.arithmetic.words.endswith(words)
    assert rule.local_standard == ("the office's own standard" in words)


# ---- one model after another ----


def test_the_model_changes_on_its_day() -> None:
    assert MAYOR_LATER.model_on(date(2028, 5, 7)) == "pcc"
    assert MAYOR_LATER.model_on(CHANGE) == "mayor"
    assert PCC.model_on(date(1900, 1, 1)) == "pcc"


def theirs(rule: Rule) -> Rule:
    """The same duty in the mayor's pack."""
    return replace(rule, id=rule.id.replace("tides", "mayors"), body_models=("mayor",))


def packs_due(rule: Rule, start: date, end: date, facts: tuple[Fact, ...] = ()) -> list[str]:
    found = due(rule, theirs(rule), office=MAYOR_LATER, start=start, end=end, facts=facts)
    return [one.key for one in found]


def test_a_yearly_duty_due_after_the_change_is_the_new_bodys() -> None:
    assert packs_due(BUDGET, date(2027, 4, 1), date(2029, 3, 31)) == [
        "tides/2027-28/budget",
        "mayors/2028-29/budget",
    ]
    on_the_day = replace(BUDGET, arithmetic=OnDate(5, 8))
    day_before = replace(BUDGET, arithmetic=OnDate(5, 7))
    year = (date(2028, 4, 1), date(2029, 3, 31))
    assert packs_due(on_the_day, *year) == ["mayors/2028-29/budget"]
    assert packs_due(day_before, *year) == ["tides/2028-29/budget"]


def test_a_month_is_the_body_s_that_had_it_at_its_end() -> None:
    assert packs_due(SPENDING, date(2028, 5, 1), date(2028, 6, 30)) == [
        "tides/2028-04/spending",  # due on 20 May
        "mayors/2028-05/spending",
    ]


def test_a_clock_opened_before_the_change_runs_on() -> None:
    facts = tuple(Fact("foi_request", f"r{day}", "Request", date(2028, 5, day)) for day in (7, 8))
    assert packs_due(ANSWER, date(2028, 5, 1), date(2028, 8, 1), facts) == [
        "tides/r7/answer",  # due on 4 June
        "mayors/r8/answer",
    ]


@given(change=st.dates(date(2026, 4, 1), date(2030, 3, 31)))
def test_whenever_the_model_changes_nothing_is_lost_and_nothing_comes_twice(change: date) -> None:
    rules = (SPENDING, ALLOWANCES, BUDGET, ANSWER, REVIEWED, AUGUST)
    facts = tuple(
        Fact("foi_request", f"{year}-{month}", "Request", date(year, month, 7))
        for year in (2026, 2028, 2030)
        for month in range(1, 13)
    )
    start, end = date(2026, 4, 1), date(2030, 3, 31)
    changing = Office("england", ((None, "pcc"), (change, "mayor")))
    both = (*rules, *map(theirs, rules))
    found = occurrences(both, office=changing, facts=facts, start=start, end=end)
    before = occurrences(rules, office=PCC, facts=facts, start=start, end=end)
    occasions = [one.key.partition("/")[2] for one in found]
    assert sorted(occasions) == sorted(one.key.partition("/")[2] for one in before)


# ---- saying which ----


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("pcc", ((None, "pcc"),)),
        ("PCC", ((None, "pcc"),)),
        ("pcc, 2028-05-08 mayor", ((None, "pcc"), (CHANGE, "mayor"))),
        (
            " pfcc ,2027-05-10  mayor, 2028-05-08 board",
            ((None, "pfcc"), (date(2027, 5, 10), "mayor"), (CHANGE, "board")),
        ),
    ],
)
def test_the_models_are_read_from_a_line(text: str, models: Models) -> None:
    assert models_from(text) == models
    assert Office("wales", models_from(text)).models == models


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("king", "“king”", "one of pcc, pfcc, mayor, board, panel"),
        ("", "“”", "a body model"),
        ("2028-05-08 mayor", "“2028-05-08 mayor”", "a body model"),
        ("pcc, mayor", "“mayor”", "a date and a body model"),
        ("pcc, 2028-02-30 mayor", "“2028-02-30”", "a date as YYYY-MM-DD"),
        ("pcc, 2028-05-08 king", "“king”", "one of pcc"),
        ("pcc,", "“”", "a date and a body model"),
        ("pcc, 8 May 2028 mayor", "“8 may 2028 mayor”", "a date and a body model"),
    ],
)
def test_a_line_that_names_no_models_is_refused(text: str, found: str, expected: str) -> None:
    with pytest.raises(ValueError, match=f"found {found}, expected {expected}"):
        models_from(text)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Office("england", ()), "holds from ever"),
        (lambda: Office("england", ((CHANGE, "pcc"),)), "holds from ever"),
        (lambda: Office("england", ((None, "pcc"), (None, "mayor"))), "the day it holds from"),
        (
            lambda: Office("england", ((None, "pcc"), (CHANGE, "mayor"), (CHANGE, "board"))),
            "follow one another",
        ),
        (lambda: Office("england", models_from("pcc, 2028-05-08 mayor, 2027-05-08 board")),
         "follow one another"),
    ],
)  # fmt: skip
def test_models_that_do_not_follow_one_another_are_refused(
    make: Callable[[], Office], what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        make()
