"""One office's calendar: every duty once, on the day the law says, with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law.arithmetic import BeforeDate
from peelian.law.calendar import Fact, Occurrence, occurrences, plan_back, slot_title
from peelian.law.office import Office
from peelian.law.packs import BodyModel, Rule, all_rules, load_packs

RULES = all_rules(load_packs())
BY_ID = {rule.id: rule for rule in RULES}
ENGLAND = Office.always("england", "pcc")
WALES = Office.always("wales", "pcc")
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
    2025: [("01-31", "02-01"), ("02-07", "02-08"), ("02-14", "02-15"), ("02-21", "02-22"),
           ("02-28", "02-28"), ("02-28", "03-01")],
    2026: [("01-30", "02-01"), ("02-06", "02-08"), ("02-13", "02-15"), ("02-20", "02-22"),
           ("02-27", "02-28"), ("02-27", "03-01")],
    2027: [("02-01", "02-01"), ("02-08", "02-08"), ("02-15", "02-15"), ("02-22", "02-22"),
           ("02-26", "02-28"), ("03-01", "03-01")],
    2028: [("02-01", "02-01"), ("02-08", "02-08"), ("02-15", "02-15"), ("02-22", "02-22"),
           ("02-29", "02-29"), ("03-01", "03-01")],
    2031: [("01-31", "02-01"), ("02-07", "02-08"), ("02-14", "02-15"), ("02-21", "02-22"),
           ("02-28", "02-28"), ("02-28", "03-01")],
    2032: [("01-30", "02-01"), ("02-06", "02-08"), ("02-13", "02-15"), ("02-20", "02-22"),
           ("02-27", "02-29"), ("03-01", "03-01")],
}  # fmt: skip
STEPS = (
    "notify-panel", "panel-report", "respond-to-veto", "second-report", "issue",
    "respond-and-issue",
)  # fmt: skip


@pytest.mark.parametrize("year", PRECEPT)
def test_the_precept_dates_of_a_year(year: int) -> None:
    rules = tuple(BY_ID[f"precept/{step}"] for step in STEPS)
    found = in_years(year - 1, year, rules=rules)
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
    events = ("meeting", "meeting_decisions")
    meeting = [Fact(event, "m", "Meeting", date(2026, 4, 1)) for event in events]
    found = in_years(2025, 2027, *meeting, office=WALES)
    dues = {one.rule.id: one.due for one in found}
    assert dues["meetings/papers-wales"] == date(2026, 3, 26)
    assert dues["meetings/decision-note-wales"] == date(2026, 4, 13)
    assert "meetings/papers-england" not in dues


def test_a_plan_is_issued_in_the_financial_year_of_the_election() -> None:
    election = Fact("ordinary_election", "2024", "Election of 2 May 2024", date(2024, 5, 2))
    assert only("plan-and-report/issue-plan", election).due == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("year", "working_day"),
    [
        (2020, date(2020, 3, 31)),
        (2024, date(2024, 3, 28)),  # 31 March is Easter Sunday
        (2029, date(2029, 3, 29)),  # a Saturday after Good Friday
        (2030, date(2030, 3, 29)),  # a Sunday
    ],
)
def test_what_must_be_published_before_the_year_is_due_on_31_march(
    year: int, working_day: date
) -> None:
    rules = tuple(rule for rule in RULES if rule.arithmetic == BeforeDate(4, 1))
    assert "total-budget" in {rule.name for rule in rules}
    dues = {(one.due, one.working_due) for one in in_years(year - 1, year, rules=rules)}
    assert dues == {(date(year, 3, 31), working_day)}


def test_a_standard_says_that_it_is_no_law_and_law_that_it_is() -> None:
    facts = [Fact(rule.trigger, "e", "Event", date(2026, 5, 6)) for rule in RULES]
    found = in_years(2025, 2036, *dict.fromkeys(facts))
    standards = {one.rule.id for one in found if one.rule.local_standard}
    assert {"plan-and-report/annual-report-draft", "precept/views-on-spending"} <= standards
    assert not standards & {f"precept/{step}" for step in STEPS}
    for one in found:
        standard = one.because.startswith("The law gives no date")
        assert standard == one.rule.local_standard == (not one.rule.dated_by_law)
        assert ("the office's own standard, which is not law" in one.because) == standard


@pytest.mark.parametrize(("on", "known"), [(date(2017, 5, 1), False), (date(2017, 5, 2), True)])
def test_an_event_before_the_law_began_starts_no_clock(on: date, *, known: bool) -> None:
    found = in_years(2016, 2019, replace(REPORT, on=on))
    assert any(one.rule.id == "inspections/response" for one in found) == known


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
    found = in_years(2019, 2020, office=Office.always("england", model))
    assert not any(one.rule.pack == "precept" for one in found)


def test_the_same_event_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'2020-02-05' is given twice"):
        in_years(2019, 2020, MEETING, replace(MEETING, title="Again"))


def test_references_with_awkward_characters_keep_their_own_keys() -> None:
    references = ("PEEL 2026/27", "PEEL-2026-27", "peel 2026/27")
    found = in_years(2026, 2027, *(replace(REPORT, reference=name) for name in references))
    keys = [one.key for one in found if one.rule.id == "inspections/response"]
    assert len(set(keys)) == len(keys) == 3
    assert all(key.count("/") == 2 for key in keys)


def test_the_founding_precept_planned_back_from_8_february_2020() -> None:
    report = next(one for one in in_years(2019, 2020) if one.rule.id == "precept/panel-report")
    steps = plan_back(report, RULES, office=ENGLAND)
    assert [(step.on, step.rule.id if step.rule else None) for step in steps] == [
        (date(2019, 12, 17), None),  # who acts when is agreed
        (date(2020, 1, 17), None),  # the draft is settled
        (date(2020, 1, 24), None),  # the papers arrive
        (date(2020, 1, 28), "meetings/papers-england"),
        (date(2020, 2, 5), None),  # the panel meets
    ]
    assert "so the last day to publish is Tuesday 28 January 2020" in steps[3].because


def test_a_step_brings_in_only_the_notice_of_its_own_nation() -> None:
    report = next(one for one in in_years(2023, 2024) if one.rule.id == "precept/panel-report")
    steps = plan_back(report, RULES, office=WALES)
    named = {step.rule.id for step in steps if step.rule}
    assert named == {"meetings/papers-wales"}


def test_a_duty_without_steps_has_no_plan() -> None:
    assert plan_back(only("inspections/send-copies", REPORT), RULES, office=ENGLAND) == []


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
    Office.always,
    jurisdiction=st.sampled_from(("england", "wales")),
    model=st.sampled_from(("pcc", "pfcc", "mayor", "board", "panel")),
)
# One rule of every trigger and form; how many packs ship does not matter here.
SOME = tuple({(rule.trigger, type(rule.form)): rule for rule in RULES}.values())


@given(
    facts=some_facts,
    office=an_office,
    days=st.lists(st.dates(date(2011, 1, 1), date(2036, 1, 1)), min_size=3, max_size=3),
)
def test_a_window_shows_each_duty_once_in_order_and_windows_join_up(
    facts: list[Fact], office: Office, days: list[date]
) -> None:
    start, middle, end = sorted(days)
    whole = occurrences(SOME, office=office, facts=facts, start=start, end=end)
    keys = [one.key for one in whole]
    assert len(set(keys)) == len(keys)
    assert [one.due for one in whole] == sorted(one.due for one in whole)
    assert all(start <= one.due <= end and one.working_due <= one.due for one in whole)
    assert all(bool(one.warning) == (one.working_due < one.due) for one in whole)
    backwards = occurrences(SOME[::-1], office=office, facts=facts[::-1], start=start, end=end)
    assert backwards == whole
    first = occurrences(SOME, office=office, facts=facts, start=start, end=middle)
    rest = occurrences(SOME, office=office, facts=facts, start=middle, end=end)
    assert {one.key for one in first} | {one.key for one in rest} == set(keys)


def test_a_place_on_the_work_programme_is_called_by_its_year_or_its_event() -> None:
    (report,) = in_years(2026, 2027, rules=(BY_ID["precept/panel-report"],))
    assert slot_title(report) == "Proposed police precept for 2027/28"
    told = Fact("senior_appointment_notified", "cfo", "Chief finance officer", date(2026, 10, 1))
    assert slot_title(only("hearings/hearing", told)) == (
        "Confirmation hearing: Chief finance officer"
    )
    assert slot_title(only("inspections/response", REPORT)) == ""


def test_what_has_to_follow_another_rule_names_one_that_falls_due_in_the_same_year() -> None:
    waiting = [rule for rule in RULES if rule.programme and rule.programme.after]
    assert [rule.id for rule in waiting] == ["precept/panel-report"]
    for rule in waiting:
        assert BY_ID[rule.programme.after].trigger == rule.trigger
