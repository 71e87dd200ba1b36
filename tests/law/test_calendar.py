"""One office's calendar: every duty once, on the day the law says, with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law.calendar import Fact, Occurrence, Office, occurrences, plan_back
from peelian.law.dates import Nation, financial_year
from peelian.law.packs import BodyModel, Rule, all_rules, load_packs

RULES = all_rules(load_packs())
BY_ID = {rule.id: rule for rule in RULES}
ENGLAND = Office("england", "pcc")
WALES = Office("wales", "pcc")
MEETING = Fact("meeting", "2020-02-05", "Panel meeting, 5 February 2020", date(2020, 2, 5))
REPORT = Fact("inspection_report", "peel-2026", "PEEL 2026", date(2026, 10, 1))


def in_years(
    first: int, last: int, *facts: Fact, office: Office = ENGLAND, rules: tuple[Rule, ...] = RULES
) -> list[Occurrence]:
    start, end = date(first, 4, 1), date(last, 3, 31)
    return occurrences(rules, office=office, facts=facts, start=start, end=end)


def only(rule: str, *facts: Fact, office: Office = ENGLAND) -> Occurrence:
    found = in_years(2012, 2040, *facts, office=office, rules=(BY_ID[rule],))
    assert len(found) == 1
    return found[0]


# Each precept date with its working deadline, read off a wall calendar.
PRECEPT = {
    2020: [("01-31", "02-01"), ("02-07", "02-08"), ("02-14", "02-15"), ("02-21", "02-22"),
           ("02-28", "02-29"), ("02-28", "03-01")],
    2024: [("02-01", "02-01"), ("02-08", "02-08"), ("02-15", "02-15"), ("02-22", "02-22"),
           ("02-29", "02-29"), ("03-01", "03-01")],
    2026: [("01-30", "02-01"), ("02-06", "02-08"), ("02-13", "02-15"), ("02-20", "02-22"),
           ("02-27", "02-28"), ("02-27", "03-01")],
    2027: [("02-01", "02-01"), ("02-08", "02-08"), ("02-15", "02-15"), ("02-22", "02-22"),
           ("02-26", "02-28"), ("03-01", "03-01")],
    2031: [("01-31", "02-01"), ("02-07", "02-08"), ("02-14", "02-15"), ("02-21", "02-22"),
           ("02-28", "02-28"), ("02-28", "03-01")],
}  # fmt: skip
STEPS = (
    "notify-panel", "panel-report", "respond-to-veto", "second-report", "issue",
    "respond-and-issue",
)  # fmt: skip


@pytest.mark.parametrize("year", PRECEPT)
def test_the_precept_dates_of_a_year(year: int) -> None:
    found = [one for one in in_years(year - 1, year) if one.rule.pack == "precept"]
    season = f"{year - 1}-{year % 100}"
    assert [one.key for one in found] == [f"precept/{season}/{step}" for step in STEPS]
    assert [(f"{one.working_due:%m-%d}", f"{one.due:%m-%d}") for one in found] == PRECEPT[year]
    assert {one.occasion for one in found} == {f"Police precept for {year}/{year % 100 + 1}"}


def test_a_date_on_a_saturday_warns_and_gives_the_friday() -> None:
    report = next(one for one in in_years(2019, 2020) if one.rule.name == "panel-report")
    assert (report.due, report.working_due) == (date(2020, 2, 8), date(2020, 2, 7))
    assert "Saturday 8 February 2020 falls at a weekend" in report.warning
    assert "Friday 7 February 2020" in report.warning


def test_a_date_on_a_working_day_has_no_warning() -> None:
    assert only("inspections/response", REPORT).warning == ""


def test_a_date_on_a_bank_holiday_says_so() -> None:
    published = replace(REPORT, on=date(2027, 2, 2))
    answer = only("inspections/response", published)
    assert (answer.due, answer.working_due) == (date(2027, 3, 29), date(2027, 3, 25))
    assert "Monday 29 March 2027 is a bank holiday" in answer.warning


def test_the_papers_of_the_meeting_of_5_february_2020() -> None:
    papers = only("meetings/papers-england", MEETING)
    assert papers.due == date(2020, 1, 28)
    assert papers.key == "meetings/2020-02-05/papers-england"
    assert papers.occasion == MEETING.title
    assert papers.fact == MEETING


def test_a_report_of_1_october_2026_is_answered_by_25_november() -> None:
    answer = only("inspections/response", REPORT)
    assert answer.due == date(2026, 11, 25)
    assert "Day 1 is 1 October 2026, so the last day is 25 November 2026" in answer.because


def test_a_report_known_only_by_its_month_counts_from_the_last_day() -> None:
    answer = only("inspections/response", replace(REPORT, on=date(2026, 9, 1), latest=True))
    assert answer.due == date(2026, 11, 24)
    assert "gives only September 2026, so its last day, 30 September 2026" in answer.because


def test_an_undated_event_yields_nothing() -> None:
    facts = (replace(REPORT, on=None), replace(MEETING, on=None))
    assert in_years(2012, 2040, *facts) == in_years(2012, 2040)


def test_wales_has_three_clear_days_and_a_note_within_seven_working_days() -> None:
    meeting = Fact("meeting", "m", "Meeting", date(2026, 4, 1))
    found = in_years(2025, 2027, meeting, office=WALES)
    meetings = {one.rule.name: one.due for one in found if one.rule.pack == "meetings"}
    assert meetings == {
        "papers-wales": date(2026, 3, 26),
        "decision-note-wales": date(2026, 4, 13),
    }


def test_a_plan_is_issued_in_the_financial_year_of_the_election() -> None:
    election = Fact("ordinary_election", "2024", "Election of 2 May 2024", date(2024, 5, 2))
    assert only("plan-and-report/issue-plan", election).due == date(2025, 3, 31)


def test_the_budget_is_published_before_its_year_begins() -> None:
    budget = next(one for one in in_years(2019, 2020) if one.rule.name == "budget-information")
    assert (budget.due, budget.occasion) == (date(2020, 3, 31), "Financial year 2020/21")


def test_as_soon_as_practicable_is_a_local_standard_never_law() -> None:
    standards = {one.rule.name for one in in_years(2019, 2020) if one.rule.local_standard}
    assert standards == {"annual-report-draft", "annual-report-meeting"}


@pytest.mark.parametrize(("on", "known"), [(date(2017, 5, 1), False), (date(2017, 5, 2), True)])
def test_an_event_before_the_law_began_starts_no_clock(on: date, *, known: bool) -> None:
    found = in_years(2016, 2019, replace(REPORT, on=on))
    assert any(one.rule.pack == "inspections" for one in found) == known


def test_a_rule_that_has_ended_yields_nothing_more() -> None:
    ended = replace(BY_ID["precept/panel-report"], effective_to=date(2028, 2, 8))
    assert [one.due.year for one in in_years(2024, 2035, rules=(ended,))] == [
        2025,
        2026,
        2027,
        2028,
    ]


@pytest.mark.parametrize("model", ["board", "mayor"])
def test_a_body_that_a_rule_does_not_name_has_no_such_duty(model: BodyModel) -> None:
    found = in_years(2019, 2020, office=Office("england", model))
    assert not any(one.rule.pack == "precept" for one in found)


def test_the_same_event_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'2020-02-05' is given twice"):
        in_years(2019, 2020, MEETING, replace(MEETING, title="Again"))


def test_references_with_awkward_characters_keep_their_own_keys() -> None:
    references = ("PEEL 2026/27", "PEEL-2026-27", "peel 2026/27")
    found = in_years(2026, 2027, *(replace(REPORT, reference=name) for name in references))
    keys = [one.key for one in found if one.rule.pack == "inspections"]
    assert len(set(keys)) == 3
    assert all(key.count("/") == 2 for key in keys)


def test_the_founding_precept_planned_back_from_8_february_2020() -> None:
    report = next(one for one in in_years(2019, 2020) if one.rule.name == "panel-report")
    steps = plan_back(report, RULES, office=ENGLAND)
    assert [step.on for step in steps] == [date(2020, 1, 24), date(2020, 1, 28), date(2020, 2, 5)]
    assert [step.rule.id if step.rule else None for step in steps] == [
        None,
        "meetings/papers-england",
        None,
    ]


def test_a_duty_without_steps_has_no_plan() -> None:
    assert plan_back(only("inspections/response", REPORT), RULES, office=ENGLAND) == []


a_fact = st.builds(
    Fact,
    kind=st.sampled_from(("meeting", "inspection_report", "ordinary_election", "unheard_of")),
    reference=st.text(min_size=1, max_size=6),
    title=st.just("Event"),
    on=st.none() | st.dates(date(2010, 1, 1), date(2035, 12, 31)),
    latest=st.booleans(),
)
some_facts = st.lists(a_fact, max_size=6, unique_by=lambda fact: (fact.kind, fact.reference))
an_office = st.builds(
    Office,
    jurisdiction=st.sampled_from(("england", "wales")),
    body_model=st.sampled_from(("pcc", "pfcc", "mayor", "board", "panel")),
)
NATION_MODELS: tuple[tuple[Nation, BodyModel], ...] = (("england", "pcc"), ("wales", "panel"))


@given(
    facts=some_facts,
    office=an_office,
    days=st.lists(st.dates(date(2011, 1, 1), date(2036, 1, 1)), min_size=3, max_size=3),
)
def test_a_window_shows_each_duty_once_in_order_and_windows_join_up(
    facts: list[Fact], office: Office, days: list[date]
) -> None:
    start, middle, end = sorted(days)
    whole = occurrences(RULES, office=office, facts=facts, start=start, end=end)
    keys = [one.key for one in whole]
    assert len(set(keys)) == len(keys)
    assert [one.due for one in whole] == sorted(one.due for one in whole)
    assert all(start <= one.due <= end and one.working_due <= one.due for one in whole)
    assert all(bool(one.warning) == (one.working_due < one.due) for one in whole)
    backwards = occurrences(RULES[::-1], office=office, facts=facts[::-1], start=start, end=end)
    assert backwards == whole
    first = occurrences(RULES, office=office, facts=facts, start=start, end=middle)
    rest = occurrences(RULES, office=office, facts=facts, start=middle, end=end)
    assert {one.key for one in first} | {one.key for one in rest} == set(keys)


@pytest.mark.parametrize(("nation", "model"), NATION_MODELS)
def test_ten_years_hold_every_yearly_duty_once_a_year(nation: Nation, model: BodyModel) -> None:
    found = in_years(2024, 2034, office=Office(nation, model))
    yearly = [rule for rule in RULES if rule.trigger == "financial_year"]
    for rule in yearly:
        years = [financial_year(one.due).begins_in for one in found if one.rule == rule]
        assert years == (list(range(2024, 2034)) if rule.applies_to(nation, model) else [])
