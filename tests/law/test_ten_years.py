"""Ten years of every kind of office: each duty once for each occasion, none missed, none astray."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from peelian.law.calendar import Fact, Occurrence, occurrences
from peelian.law.dates import Nation
from peelian.law.office import Models, Office
from peelian.law.packs import RULES, all_rules, load_packs
from peelian.law.pauses import Pause
from tests.law import oracle

START, END = date(2024, 4, 1), date(2034, 3, 31)
ALL = all_rules(load_packs())
WRITTEN = oracle.rules_in(RULES)
DAY = timedelta(days=1)

# Every kind of event happens now and again through the years, and on the days where counting
# goes wrong: leap days, the ends of months, Christmas, Easter, the change of the body model.
AWKWARD = (
    *(date(2024, 2, 29), date(2025, 1, 31), date(2025, 12, 24), date(2026, 4, 2)),
    *(date(2027, 12, 31), date(2028, 2, 29), date(2028, 5, 7), date(2028, 5, 8)),
    *(date(2031, 2, 28), date(2032, 5, 6), date(2034, 3, 31)),
)
REGULAR = tuple(date(2023, 9, 4) + n * 251 * DAY for n in range(16))
DAYS = sorted({*AWKWARD, *REGULAR})
KINDS = sorted({rule.trigger for rule in ALL if rule.recurs is None and not rule.continuous})
FACTS = [Fact(kind, f"e{n}", kind, on) for kind in KINDS for n, on in enumerate(DAYS)]
EVENTS = {kind: [(f"e{n}", on) for n, on in enumerate(DAYS)] for kind in KINDS}
# From the day of the poll to the declaration of acceptance of office.
ELECTIONS = [
    Pause("post_election_period", poll, poll + 7 * DAY)
    for poll in (date(2024, 5, 2), date(2028, 5, 4), date(2032, 5, 6))
]
POST_ELECTION = frozenset(pause.start + n * DAY for pause in ELECTIONS for n in range(8))

CHANGE = date(2028, 5, 8)
OFFICES: Mapping[str, Models] = {
    "pcc": ((None, "pcc"),),
    "pfcc": ((None, "pfcc"),),
    "mayor": ((None, "mayor"),),
    "board": ((None, "board"),),
    "panel": ((None, "panel"),),
    "pcc, then mayor": ((None, "pcc"), (CHANGE, "mayor")),
    "pfcc, then board": ((None, "pfcc"), (CHANGE, "board")),
}
NATIONS: tuple[Nation, ...] = ("england", "wales")


def calendar(
    nation: Nation, models: Models, start: date = START, end: date = END
) -> list[Occurrence]:
    office = Office(nation, models)
    return occurrences(ALL, office=office, facts=FACTS, pauses=ELECTIONS, start=start, end=end)


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("models", OFFICES.values(), ids=OFFICES)
def test_ten_years_hold_every_duty_once_and_none_besides(nation: Nation, models: Models) -> None:
    found = calendar(nation, models)
    wanted = oracle.expected(
        WRITTEN,
        nation=nation,
        models=models,
        events=EVENTS,
        post_election=POST_ELECTION,
        start=START,
        end=END,
    )
    assert max(Counter(one.key for one in found).values(), default=1) == 1
    assert {one.key: one.due for one in found} == dict(wanted)
    assert len(found) == len(wanted)
    for due, working_due in {(one.due, one.working_due) for one in found}:
        assert oracle.works(working_due, nation)
        between = oracle.days(working_due + DAY, due)
        assert not any(oracle.works(on, nation) for on in between)


def test_no_rule_is_left_out_of_the_simulation() -> None:
    dated = {rule.id for rule in ALL if rule.form is not None}
    long_after = END + 15 * 366 * DAY  # what is to be kept for years falls due late
    seen = {
        one.rule.id
        for models in OFFICES.values()
        for nation in NATIONS
        for one in calendar(nation, models, END - 366 * DAY, long_after)
    }
    assert seen == dated


def test_ten_years_at_once_are_the_ten_years_one_after_another() -> None:
    models = OFFICES["pcc, then mayor"]
    years = [
        one
        for year in range(2024, 2034)
        for one in calendar("england", models, date(year, 4, 1), date(year + 1, 3, 31))
    ]
    assert years == calendar("england", models)


@pytest.mark.parametrize("after", ["mayor", "board"])
def test_from_the_change_on_the_new_body_has_its_own_duties(after: str) -> None:
    models = OFFICES["pcc, then mayor" if after == "mayor" else "pfcc, then board"]
    before = models[0][1]
    changed = calendar("england", models)
    old = {one.key: one for one in calendar("england", ((None, before),))}
    new = {one.key: one for one in calendar("england", ((None, models[1][1]),))}
    for one in changed:
        if one.fact is None and one.due < CHANGE:
            assert old[one.key] == one
        if one.fact is not None and one.fact.on is not None:
            # A clock that was opened before the change runs on; one opened after is the new body's.
            assert (old if one.fact.on < CHANGE else new)[one.key] == one
    later = [one for one in changed if one.fact is None and one.due > CHANGE + 400 * DAY]
    assert later == [new[one.key] for one in later]
    yearly = [one for one in changed if one.rule.recurs == "financial_year"]
    assert all((new if one.due >= CHANGE else old)[one.key] == one for one in yearly)
