"""The rule packs that ship: nothing left out, nothing passed off as sure, and the dates right."""

import re
from collections import Counter
from datetime import date

import pytest

from peelian.law.arithmetic import Standard, UpToDate
from peelian.law.calendar import Fact, Occurrence, occurrences
from peelian.law.dates import FinancialYear, Nation
from peelian.law.office import Office
from peelian.law.packs import RULES, BodyModel, Rule, load_packs
from peelian.law.pauses import Pause

PACKS = load_packs()
ALL = tuple(rule for pack in PACKS for rule in pack.rules)
BY_ID = {rule.id: rule for rule in ALL}
ENGLAND = Office.always("england", "pcc")
WALES = Office.always("wales", "pcc")

# Each subject with rules that it cannot do without.
SUBJECTS = {
    "what the panel does and may ask": (
        "panel/scrutinise-decisions", "panel/publish-reports", "panel/send-copies",
        "panel/attend-when-required", "panel/respond-by-panel-date", "panel/information",
        "panel/request-chief-constable", "panel/suspend-charged-commissioner",
        "panel/acting-commissioner", "panel/fill-vacancy", "panel/balanced-appointments",
    ),
    "precept": (
        "precept/views-on-spending", "precept/excessive-increase", "precept/notify-panel",
        "precept/panel-report", "precept/veto-decision", "precept/publish-panel-report",
        "precept/respond-without-veto", "precept/respond-to-veto", "precept/second-report",
        "precept/respond-and-issue", "precept/issue",
    ),
    "senior appointments": (
        "hearings/notify-panel", "hearings/hearing", "hearings/report", "hearings/publish-report",
        "hearings/decision",
    ),
    "chief constable": (
        "chief-constable/notify-panel", "chief-constable/hearing", "chief-constable/report",
        "chief-constable/veto", "chief-constable/reserve-candidate",
        "chief-constable/reserve-report", "chief-constable/suspension",
        "chief-constable/call-to-resign", "chief-constable/scrutiny-of-removal",
        "chief-constable/removal-decision",
    ),
    "plan": (
        "plan-and-report/issue-plan", "plan-and-report/consult-chief-constable",
        "plan-and-report/views-on-plan", "plan-and-report/plan-contents",
        "plan-and-report/send-draft-plan", "plan-and-report/review-draft-plan",
        "plan-and-report/respond-on-plan", "plan-and-report/copies-of-plan",
        "plan-and-report/keep-plan-under-review",
    ),
    "annual report": (
        "plan-and-report/annual-report-draft", "plan-and-report/annual-report-meeting",
        "plan-and-report/attend-annual-report-meeting", "plan-and-report/respond-on-annual-report",
        "plan-and-report/publish-annual-report",
    ),
    "inspections": (
        "inspections/response", "inspections/invite-comments",
        "inspections/answer-recommendations", "inspections/send-copies",
        "inspections/super-complaint", "inspections/prevention-of-future-deaths",
    ),
    "publication beyond the order": (
        "publication-wider/section-11", "publication-wider/publication-scheme",
        "publication-wider/reserves-strategy", "publication-wider/modern-slavery",
        "publication-wider/new-office-holder", "finance/draft-accounts", "finance/audited-accounts",
    ),
    "complaints": (
        "complaints/refer-to-iopc", "complaints/preserve-evidence", "complaints/disapply",
        "complaints/resolve-informally", "complaints/keep-informed", "complaints/chief-constable",
        "complaints/apply-for-review", "complaints/decide-review", "complaints/long-investigations",
        "complaints/review-model",
    ),
    "meetings": (
        "meetings/papers-england", "meetings/papers-wales", "meetings/decision-note-wales",
        "meetings/background-papers", "meetings/exclude-public-england",
        "meetings/exclude-public-wales", "meetings/minutes-six-years",
        "meetings/background-papers-four-years", "meetings/allow-recording",
        "meetings/meet-in-person",
    ),
    "pre-election period": (
        "elections/notice", "elections/care-in-period", "elections/panel-care-in-period",
        "elections/end-of-period",
    ),
    "consultation": (
        "consultation/record-why-now", "consultation/allow-time",
        "consultation/take-answers-into-account", "consultation/equality-evidence",
    ),
    "information law": (
        "information/foi-answer", "information/foi-internal-review", "information/eir-answer",
        "information/subject-access", "information/data-complaints",
        "publication-wider/accessible-documents", "publication-wider/welsh-language",
        "retention/schedule",
    ),
    "other duties": (
        "community/custody-arrangements", "community/community-remedy", "community/asb-case-review",
        "community/victims-code-compliance", "community/joint-victims-strategy",
        "community/serious-violence", "community/equality-objectives",
        "community/grants-conditions", "finance/budget-advice", "finance/treasury-strategy",
        "finance/unlawful-spending", "finance/audit-committee",
    ),
    "retention": (
        "retention/casework", "retention/reviews", "retention/complaints",
        "retention/custody-visits", "retention/unsuccessful-bids", "retention/grants",
        "retention/background-papers", "retention/minutes",
        "retention/plans", "retention/reports", "retention/measures", "retention/registers",
        "retention/undertakings", "retention/duties", "retention/quoted-figures",
    ),
    "what comes in May 2028": ("boards/papers", "boards/minutes-six-years"),
    "the office's year": (
        "house-calendar/year-end-delivery-plan", "house-calendar/panel-annual-meeting",
        "house-calendar/custody-annual-report", "house-calendar/provisional-settlement",
        "house-calendar/budget-task-group", "house-calendar/final-settlement",
        "house-calendar/open-precept-consultation", "house-calendar/close-grants",
        "house-rounds/delivery-plan-updates", "house-rounds/crime-figures",
        "house-rounds/holding-to-account", "house-rounds/decision-log",
    ),
}  # fmt: skip

# Every line of SI 2011/3050 as amended, with how often it is asked for.
ORDER = {
    "1(a)": "U", "1(b)": "U", "1(c)": "U", "1(d)": "Q", "1(e)": "U", "1(f)": "U",
    "2(a)": "U", "2(b)": "U", "2(c)": "U", "2(d)": "U", "2(e)": "U", "2A": "U",
    "3(a)": "FY", "3(b)": "FY", "3(c)": "FY", "3(d)": "FY", "3(e)": "FY",
    "3(f)": "M", "3(g)": "M", "3(h)": "Q",
    "4(a)": "U", "4(b)": "U", "4(c)": "U", "4(d)": "Q",
    "5(a)": "U", "5(b)": "U", "5(c)": "U", "5(d)": "U",
    "6(a)": "U", "6(b)": "U", "6(c)": "U", "6(d)": "U", "7": "U",
    "7A(a)": "Q", "7A(b)": "U", "7B(a)": "U", "7B(b)": "U", "7C(a)": "U", "7C(b)": "FY", "8": "U",
}  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_its_rules(subject: str) -> None:
    assert set(SUBJECTS[subject]) <= set(BY_ID)


def test_every_line_of_the_publication_order_is_there_once() -> None:
    items = Counter(rule.item for rule in ALL if rule.item)
    assert items == Counter(ORDER.keys())
    assert {rule.item: rule.cadence for rule in ALL if rule.item} == ORDER


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_is_short_enough_to_be_read(pack: object) -> None:
    name = getattr(pack, "name", "")
    assert len((RULES / f"{name}.yaml").read_text(encoding="utf-8").splitlines()) <= 400


# ---- nothing is passed off as law, or as sure ----


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_date_that_is_not_law_says_so_in_the_duty(rule: Rule) -> None:
    said = re.search(r"a local (standard|default)|a standard and not law", rule.duty)
    says = said is not None or rule.citation.startswith("Local standard")
    if isinstance(rule.arithmetic, Standard | UpToDate):
        assert says
    else:
        assert not rule.citation.startswith("Local standard")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_names_its_source(rule: Rule) -> None:
    source = r"\b(Act|SI|Measure|Order|Regulations|UKSC)\b|UK GDPR|^Local standard"
    assert re.search(source, rule.citation)
    assert re.search(r"\d|^Local standard", rule.citation)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_what_is_still_to_be_verified_is_no_better_than_c_or_says_what(rule: Rule) -> None:
    """A rule that was read may leave a part open; then its own words name that part."""
    assert rule.to_verify == (rule.confidence == "C")
    if rule.item and rule.confidence == "A":
        assert rule.item[0] == "3"  # the only lines whose item and timing were both read


def test_that_the_law_states_no_consequence_is_said_only_where_it_was_read() -> None:
    said = {rule.confidence for rule in ALL if rule.silence == "The law states none."}
    assert said == {"A"}


def test_habits_of_the_house_are_never_graded_as_read_in_the_law() -> None:
    habits = [rule for rule in ALL if rule.citation.startswith("Local standard")]
    assert len(habits) > 30
    assert not [rule.id for rule in habits if rule.confidence == "A"]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_model_left_out_is_named_in_the_note(rule: Rule) -> None:
    if "board" in rule.body_models:
        assert rule.effective_from >= date(2028, 5, 1)
        assert rule.to_verify
    else:
        assert "oards are left out" in rule.note
        assert ("mayor" in rule.body_models) != ("Mayors" in rule.note)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_no_duty_is_older_than_the_first_commissioners(rule: Rule) -> None:
    assert rule.effective_from >= date(2012, 11, 22)


# ---- dates worked out by hand from the words ----

# (rule, day of the event, last day; the office in Wales where it says so)
BY_HAND = [
    ("hearings/hearing", "2026-10-05", "2026-10-25"),
    ("hearings/report", "2020-01-06", "2020-01-26"),
    ("chief-constable/report", "2020-02-28", "2020-03-19"),
    ("chief-constable/veto", "2026-12-24", "2027-01-13"),
    ("chief-constable/reserve-report", "2027-02-08", "2027-02-28"),
    ("chief-constable/scrutiny-of-removal", "2027-01-01", "2027-02-11"),
    ("plan-and-report/issue-plan", "2021-05-06", "2022-03-31"),
    ("plan-and-report/issue-plan", "2024-05-02", "2025-03-31"),
    ("panel/respond-by-panel-date", "2020-03-14", "2020-03-14"),
    ("inspections/response", "2019-09-27", "2019-11-21"),
    ("inspections/response", "2026-10-01", "2026-11-25"),
    ("inspections/super-complaint", "2026-10-01", "2026-11-26"),
    ("inspections/prevention-of-future-deaths", "2026-12-31", "2027-02-24"),
    ("complaints/apply-for-review", "2020-02-03", "2020-03-02"),
    ("complaints/decide-review", "2026-11-02", "2026-12-10"),
    ("meetings/papers-england", "2020-02-05", "2020-01-28"),
    ("meetings/papers-england", "2026-12-29", "2026-12-17"),
    ("meetings/background-papers", "2020-02-05", "2020-01-27"),
    ("meetings/minutes-six-years", "2020-02-05", "2026-02-05"),
    ("meetings/background-papers-four-years", "2024-02-29", "2028-02-29"),
    ("elections/notice", "2027-05-06", "2027-03-31"),
    ("information/foi-answer", "2019-12-09", "2020-01-10"),
    ("information/eir-answer", "2027-03-01", "2027-04-01"),
    ("information/subject-access", "2020-01-31", "2020-02-29"),
    ("information/subject-access-extended", "2026-11-30", "2027-02-28"),
    ("community/equality-objectives", "2022-04-06", "2026-04-06"),
    ("retention/grants", "2020-03-31", "2027-03-31"),
    ("retention/casework", "2024-02-29", "2026-02-28"),
    ("publication-people/gifts", "2020-01-06", "2020-01-20"),
]
IN_WALES = [
    ("meetings/papers-wales", "2026-04-01", "2026-03-26"),
    ("meetings/decision-note-wales", "2026-04-01", "2026-04-13"),
]
# (rule, financial year, last day)
EACH_YEAR = [
    ("precept/notify-panel", 2019, "2020-02-01"),
    ("precept/panel-report", 2019, "2020-02-08"),
    ("precept/respond-without-veto", 2019, "2020-02-29"),
    ("precept/respond-to-veto", 2019, "2020-02-15"),
    ("precept/second-report", 2019, "2020-02-22"),
    ("precept/issue", 2019, "2020-02-29"),
    ("precept/respond-and-issue", 2019, "2020-03-01"),
    ("precept/panel-report", 2026, "2027-02-08"),
    ("precept/issue", 2026, "2027-02-28"),
    ("publication-money/total-budget", 2019, "2020-03-31"),
    ("publication-money/investment-strategy", 2026, "2027-03-31"),
]


def last_days(
    rule: str, *facts: Fact, year: int | None = None, office: Office = ENGLAND
) -> list[Occurrence]:
    span = FinancialYear(year) if year else None
    start, end = (span.first, span.last) if span else (date(2012, 1, 1), date(2045, 1, 1))
    return occurrences((BY_ID[rule],), office=office, facts=facts, start=start, end=end)


def event(rule: str, on: str) -> Fact:
    return Fact(BY_ID[rule].trigger, "e", "An event", date.fromisoformat(on))


@pytest.mark.parametrize(("rule", "on", "last"), BY_HAND)
def test_the_last_day_after_an_event(rule: str, on: str, last: str) -> None:
    (found,) = last_days(rule, event(rule, on))
    assert found.due == date.fromisoformat(last)


@pytest.mark.parametrize(("rule", "on", "last"), IN_WALES)
def test_the_last_day_after_an_event_in_wales(rule: str, on: str, last: str) -> None:
    (found,) = last_days(rule, event(rule, on), office=WALES)
    assert found.due == date.fromisoformat(last)
    assert not last_days(rule, event(rule, on))


@pytest.mark.parametrize(("rule", "year", "last"), EACH_YEAR)
def test_the_last_day_of_a_year(rule: str, year: int, last: str) -> None:
    (found,) = last_days(rule, year=year)
    assert found.due == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("rule", "year", "count", "last"),
    [
        ("publication-money/grants", 2019, 12, "2020-03-30"),
        ("publication-money/grants", 2026, 12, "2027-03-30"),
        ("publication-people/allowances", 2026, 4, "2027-01-30"),
        ("publication-people/interests", 2019, 4, "2020-03-31"),
    ],
)
def test_what_is_published_each_month_or_quarter(
    rule: str, year: int, count: int, last: str
) -> None:
    found = last_days(rule, year=year)
    assert len(found) == count
    assert found[-1].due == date.fromisoformat(last)


def test_the_three_weeks_of_a_hearing_stand_still_after_an_election() -> None:
    pause = Pause("post_election_period", date(2024, 5, 2), date(2024, 5, 8))
    notified = event("hearings/report", "2024-05-01")
    (found,) = occurrences(
        (BY_ID["hearings/report"],), office=ENGLAND, facts=(notified,), pauses=(pause,),
        start=date(2024, 5, 1), end=date(2024, 12, 31),
    )  # fmt: skip
    assert found.due == date(2024, 5, 28)


def test_a_request_begins_again_when_its_clarification_comes() -> None:
    pause = Pause("clarification", date(2026, 11, 6), date(2026, 11, 16), "foi_request", "e")
    received = event("information/foi-answer", "2026-11-02")
    (found,) = occurrences(
        (BY_ID["information/foi-answer"],), office=ENGLAND, facts=(received,), pauses=(pause,),
        start=date(2026, 11, 1), end=date(2027, 12, 31),
    )  # fmt: skip
    assert found.due == date(2026, 12, 15)  # 30 November is a bank holiday in Scotland


# ---- whole years ----


@pytest.mark.parametrize("year", [2019, 2026])
@pytest.mark.parametrize("nation", ["england", "wales"])
def test_a_year_of_an_office_has_every_recurring_duty_once(year: int, nation: Nation) -> None:
    span, office = FinancialYear(year), Office.always(nation, "pcc")
    found = occurrences(ALL, office=office, facts=(), start=span.first, end=span.last)
    assert len({one.key for one in found}) == len(found)
    times = Counter(one.rule.id for one in found)
    for rule in ALL:
        held = all(office.is_bound(rule, on) for on in (span.shifted(-1).first, span.last))
        if held and rule.recurs:
            assert times[rule.id] == {"month": 12, "quarter": 4, "financial_year": 1}[rule.recurs]


def test_the_founding_year_knows_nothing_of_later_law() -> None:
    span = FinancialYear(2019)
    found = occurrences(ALL, office=ENGLAND, facts=(), start=span.first, end=span.last)
    packs = {one.rule.pack for one in found}
    assert "precept" in packs
    assert "publication-performance" in packs  # paragraph 8 is older than 7A to 7C
    assert {one.rule.item for one in found if one.rule.pack == "publication-performance"} == {"8"}
    assert not [one for one in found if one.rule.effective_from > span.last]


@pytest.mark.parametrize("model", ["mayor", "board"])
def test_no_precept_or_appointment_is_put_on_a_body_whose_law_was_not_read(
    model: BodyModel,
) -> None:
    bound = {rule.pack for rule in ALL if model in rule.body_models}
    assert not bound & {"precept", "hearings", "chief-constable", "plan-and-report", "complaints"}
    assert bound == {"boards"} if model == "board" else "meetings" in bound
