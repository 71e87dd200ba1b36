"""The delivery plan as offices keep it becomes commitments, activities and dated updates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.tables import Rejected
from peelian.promises.kinds import ACTIVITY, COMMITMENT, UPDATE
from peelian.promises.load import shortened
from peelian.record.access import Command
from peelian.record.load import load_file
from peelian.record.models import Change, Record
from tests.makers import amend, make

pytestmark = pytest.mark.django_db

BY = Command("peelian load")
HEAD = (
    "objective,element,commitment_reference,commitment,activity_reference,activity,status,"
    "status_as_printed,as_at,update,oversight"
)
FIRST = "Putting victims first,policing,A4,Support victims.,A4.1,Train staff.,on_track,Ongoing,"
FIRST += "2020-01-28,Training began.,GB; Some Other Board"
SECOND = "Putting victims first,policing,A4,Support victims.,,Ask victims.,at_risk,,2020-01-28,,"
TABLE = f"{HEAD}\n{FIRST}\n{SECOND}\n"


@pytest.fixture(autouse=True)
def plan(db):
    plan = make("plan", reference="2016")
    make("objective", reference="2016-1", title="Putting victims first", parent=plan)
    make("oversight-mechanism", reference="gov", title="Governance Board", also_known_as="GB")
    make("role", reference="chief", title="Chief Constable")
    return plan


@pytest.fixture
def load(tmp_path):
    def loaded(text: str) -> dict[str, int]:
        path = tmp_path / "delivery-plan.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return dict(load_file(path, by=BY).outcome)

    return loaded


def refusal(load, text: str) -> str:
    before = sorted(Change.objects.values_list("record_id", "version"))
    with pytest.raises(Rejected) as refused:
        load(text)
    assert sorted(Change.objects.values_list("record_id", "version")) == before
    assert Record.objects.count() == len({record for record, _version in before})
    return str(refused.value)


def test_a_row_becomes_a_commitment_an_activity_and_its_update(load):
    assert load(TABLE) == {"new": 4}
    commitment = COMMITMENT.all().get()
    assert (commitment.reference, commitment.printed_reference) == ("2016-A4", "A4")
    assert (commitment.title, commitment.text, commitment.element) == (
        "Support victims",
        "",
        "policing",
    )
    assert commitment.parent.reference == "2016-1"
    second, first = ACTIVITY.all().in_order()
    assert (first.reference, first.parent_id, first.progress) == (
        "2016-A4.1",
        commitment.pk,
        "on_track",
    )
    assert first.progress_as_printed == "Ongoing"
    assert first.oversight_as_printed == "GB; Some Other Board"
    assert [link.target.reference for link in first.links_out.all()] == ["gov"]
    assert (second.reference, second.printed_reference) == ("2016-A4-activity-1", "")
    update = UPDATE.all().get()
    assert (update.parent_id, update.as_at) == (first.pk, dt.date(2020, 1, 28))
    assert (update.text, update.progress) == ("Training began.", "on_track")


def test_a_reference_printed_twice_is_kept_twice(load):
    twice = FIRST.replace("Train staff.", "Train others.").replace("Training began.", "")
    assert load(f"{HEAD}\n{FIRST}\n{twice}\n") == {"new": 4}
    assert [(a.reference, a.printed_reference) for a in ACTIVITY.all().in_order()] == [
        ("2016-A4.1", "A4.1"),
        ("2016-A4.1-2", "A4.1"),
    ]


def test_loading_again_changes_nothing_and_a_new_date_adds_an_update(load):
    load(TABLE)
    changes = Change.objects.count()
    assert load(TABLE) == {"same": 4}
    assert Change.objects.count() == changes

    later = TABLE.replace("2020-01-28,Training began.", "2020-04-28,Training is done.")
    assert load(later) == {"same": 3, "new": 1}
    assert [u.text for u in UPDATE.all().order_by("as_at")] == [
        "Training began.",
        "Training is done.",
    ]


def test_a_corrected_status_is_one_change_that_names_the_file(load):
    load(TABLE)
    changes = Change.objects.count()
    assert load(TABLE.replace("at_risk", "off_track")) == {"same": 3, "changed": 1}
    change = Change.objects.order_by("pk").last()
    assert Change.objects.count() == changes + 1
    assert change.values == {"progress": ["at_risk", "off_track"]}
    assert (change.why, change.by) == ("Loaded from delivery-plan.csv", "peelian load")


def test_a_column_that_is_not_there_leaves_what_the_office_has_put(load):
    with_owner = TABLE.replace(HEAD, HEAD + ",owner,due")
    load(with_owner.replace("Some Other Board", "Some Other Board,chief,2020-03-31"))
    assert load(TABLE) == {"same": 4}
    first = ACTIVITY.all().get(reference="2016-A4.1")
    assert (first.owner.reference, first.due) == ("chief", dt.date(2020, 3, 31))


def test_an_objective_and_a_status_are_taken_by_code_or_by_name(load):
    load(TABLE)
    named = TABLE.replace("Putting victims first", "2016-1").replace("on_track", "On track")
    assert load(named) == {"same": 4}


def test_an_objective_of_two_plans_is_named_by_its_reference(load):
    other = make("plan", reference="2021")
    make("objective", reference="2021-1", title="Putting victims first", parent=other)
    assert "column “objective”: found “Putting victims first”; expected the reference or" in (
        refusal(load, TABLE)
    )
    load(TABLE.replace("Putting victims first", "2021-1"))
    assert COMMITMENT.all().get().reference == "2021-A4"


WRONG = [
    ("Putting victims first", "Peace", "column “objective”: found “Peace”; expected the reference"),
    ("Putting victims first", "", "column “objective”: found nothing; expected an objective of"),
    (",A4,", ",,", "column “commitment_reference”: found nothing; expected a reference."),
    (
        ",A4,",
        ",A 4,",
        "column “commitment_reference”: found “A 4”. Use letters, digits, full stops",
    ),
    (
        "policing",
        "police",
        "column “element”: found “police”; expected one of policing, commissioner.",
    ),
    ("Support victims.", "", "column “commitment”: found nothing; expected a value."),
    ("on_track", "fine", "column “status”: found “fine”; expected one of not_started, on_track,"),
    ("on_track", "", "column “status”: found nothing; expected one of not_started, on_track,"),
    (
        "2020-01-28,T",
        "28/1/2020,T",
        "column “as_at”: found “28/1/2020”; expected a date like 2020-",
    ),
    ("2020-01-28,T", ",T", "column “as_at”: found nothing; expected a value."),
    ("Ongoing", "O" * 121, "column “status_as_printed”: found “OOO"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_cell_is_told_by_its_own_column_and_nothing_is_kept(load, old, new, said):
    wrong = f"{HEAD}\n{FIRST.replace(old, new)}\n"
    assert said in refusal(load, wrong)
    load(TABLE)
    later = f"{TABLE}{FIRST.replace('A4.1', 'A4.9').replace(old, new)}\n"
    found = refusal(load, later)
    assert "delivery-plan.csv, row 4" in found
    assert "row 2," not in found


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("owner", "nobody", "found “nobody”; expected the reference or title of one role or body"),
        ("due", "in spring", "column “due”: found “in spring”; expected a date like 2020-02-05."),
        ("onwer", "chief", "row 1, column “onwer”: found “onwer”; expected one of objective, el"),
    ],
)
def test_a_wrong_cell_of_a_column_that_may_be_there_is_told_too(load, column, cell, said):
    assert said in refusal(load, f"{HEAD},{column}\n{FIRST},{cell}\n")


def test_a_commitment_told_in_two_ways_is_refused_with_both_rows(load):
    other = SECOND.replace("Support victims.", "Support all victims.")
    assert refusal(load, f"{HEAD}\n{FIRST}\n{other}\n") == (
        "delivery-plan.csv, row 3, column “commitment”: found “Support all victims.”; "
        "expected the same as in row 2."
    )


def test_an_activity_whose_change_waits_for_approval_is_not_loaded_over(load):
    load(TABLE)
    amend(ACTIVITY.all().get(reference="2016-A4.1"), progress="complete")
    assert load(TABLE) == {"same": 4}
    assert refusal(load, TABLE.replace("on_track", "off_track")).startswith(
        "delivery-plan.csv, row 2: found “2016-A4.1”. “Train staff” has a draft waiting; approve or"
    )


@given(st.text(max_size=400))
def test_a_title_is_never_longer_than_its_text_or_than_a_title_may_be(text):
    assert len(shortened(text)) <= min(len(text) + 1, 181)


# ---- what a plan's life brings along ----


def test_who_made_a_commitment_may_stand_in_the_table(load):
    load(f"{HEAD},made_by\n{FIRST},joint\n{SECOND},joint\n")
    assert COMMITMENT.all().get().made_by == "joint"
    said = refusal(load, f"{HEAD},made_by\n{FIRST},everybody\n{SECOND},everybody\n")
    assert "everybody" in said


@pytest.fixture
def load_table(tmp_path, load):
    load(TABLE)

    def loaded(name: str, text: str) -> dict[str, int]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return dict(load_file(path, by=BY).outcome)

    return loaded


MONEY = "parent,year,amount,source,purpose\n"
WENT = "parent,became,day,to,reason\n"


def test_money_and_what_became_of_promises_are_loaded(load_table):
    assert load_table("allocations.csv", f'{MONEY}2016-A4,2019,"£1,200.50",Precept,\n') == {
        "new": 1
    }
    made = Record.objects.get(kind="allocation")
    assert (made.reference, made.title) == ("2016-A4-money-2019", "Money for 2016-A4, 2019/20")
    row = "activity/2016-A4.1,merged,2020-03-31,activity/2016-A4-activity-1,The same work.\n"
    assert load_table("successions.csv", f"{WENT}{row}") == {"new": 1}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("allocations.csv", f"{MONEY}2016-A4,2019,plenty,Precept,\n", "plenty"),
        ("allocations.csv", f"{MONEY}2016-A4,19,5,Precept,\n", "four digits"),
        ("allocations.csv", f"{MONEY}2016-A4,2019,-5,Precept,\n", "not below nothing"),
        ("allocations.csv", f"{MONEY}2016-B9,2019,5,Precept,\n", "2016-B9"),
        ("allocations.csv", "parent,year\n2016-A4,2019\n", "amount"),
        ("successions.csv", f"{WENT}2016-A4,vanished,2020-03-31,,Gone.\n", "vanished"),
        ("successions.csv", f"{WENT}2016-A4,merged,2020-03-31,,Gone.\n", "column “to”"),
        ("successions.csv", f"{WENT}2016-A4,merged,soon,2016-A4,Gone.\n", "soon"),
        ("successions.csv", f"{WENT}2016-A4,merged,2020-03-31,2016-A4,x\n", "cannot become itself"),
        ("successions.csv", f"{WENT}2016-A4,ended,2020-03-31,,\n", "reason"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_nothing_is_kept(load_table, name, text, found):
    before = Record.objects.count()
    with pytest.raises(Rejected) as refused:
        load_table(name, text)
    assert found in str(refused.value)
    assert name in str(refused.value)
    assert Record.objects.count() == before
