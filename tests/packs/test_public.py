"""Nothing that is not public stands in a pack, whatever it is and however it is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from peelian.blocks import text, to_json
from peelian.meetings.kinds import MEETING
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from tests.makers import CHRIS, PAT, bring_to, make
from tests.packs.test_compose import FEBRUARY, composed, the_meeting, under

pytestmark = pytest.mark.usefixtures("worked_example", "db")


def _variants() -> dict[str, Callable[[str, str], Record]]:
    """Return for each kind how to make one that the pack would show, marked by a word."""
    last = MEETING.all().get(reference="2019-11-27")
    held = the_meeting()
    objective = kind_named("objective").all().get(reference="2016-1")
    mechanism = {"theme": "Cross cutting / other"}
    edition = kind_named("edition").all().get()
    minute = kind_named("minute").all().get(reference="2019-11-27-318")
    activity = kind_named("activity").all().get(reference="2016-A4.6")

    def one(kind: str, **values: Any) -> Callable[[str, str], Record]:
        return lambda word, status: make(kind, title=word, status=status, **values)

    def update(word: str, status: str) -> Record:
        return make("update", parent=activity, text=word, as_at=FEBRUARY, status=status)

    def commitment(word: str, status: str) -> Record:
        made = make("commitment", title=word, parent=objective, status=status)
        make("activity", title="An activity", parent=made)
        return made

    def objective_(word: str, status: str) -> Record:
        made = make("objective", title=word, parent=objective.parent, number=9, status=status)
        make("activity", parent=make("commitment", parent=made))
        return made

    def statement(word: str, status: str) -> Record:
        own = make("topic", title="A topic", order=99)
        return make("statement", parent=edition, topic=own, data=word, status=status)

    def person(word: str, status: str) -> Record:
        made = make("person", title=word, status=status)
        make("attendance", parent=last, person=made, capacity="present")
        return made

    def attendance(word: str, status: str) -> Record:
        there = make("person", title=word)
        return make(
            "attendance", parent=last, person=there, capacity="in_attendance", status=status
        )

    inspection = make("inspection", title="An inspection")
    parent = kind_named("commitment").all().filter(parent=objective).first()
    return {
        "agenda-item": one("agenda-item", parent=held, number=20),
        "minute": one("minute", parent=last, number=400),
        "attendance": attendance,
        "person": person,
        "undertaking": one("undertaking", made_at=minute),
        "objective": objective_,
        "commitment": commitment,
        "activity": one("activity", parent=parent),
        "update": update,
        "oversight-mechanism": one("oversight-mechanism", **mechanism),
        "statement": statement,
        "inspection": one("inspection"),
        "grade": lambda word, status: make(
            "grade", parent=inspection, question=word, reference=word, status=status
        ),
        "work-programme-item": one("work-programme-item"),
    }


def _hide(record: Record, state: str) -> None:
    """Bring a draft to a state in which the public must not see it, or to one in which it may."""
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    gone = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    options = {
        "embargoed": {"embargo_until": soon},
        "expired": {"expires_at": gone},
        "for the office": {},
    }
    if state == "for the office":
        record = operations.edit(record, {"audience": "office"}, version=record.version, by=CHRIS)
    if state in options:
        bring_to(record, "published", by=CHRIS, approver=_OTHER, **options[state])
    else:
        bring_to(record, state)


_OTHER = Command("sam", ("administrator",))


def _shown(state: str) -> set[str]:
    words = {}
    for number, (kind, of) in enumerate(_variants().items()):
        words[kind] = f"Zyx{number:03}"
        _hide(of(words[kind], "draft"), state)
    said = to_json(composed()).decode()
    return {kind for kind, word in words.items() if word in said}


def test_what_is_published_stands_in_the_pack() -> None:
    assert _shown("published") == set(_variants())


@pytest.mark.parametrize(
    "state",
    ["draft", "withdrawn", "embargoed", "expired", "for the office"],
)
def test_what_is_not_public_never_stands_in_the_pack(state: str) -> None:
    assert _shown(state) == set()


def test_a_change_that_waits_for_approval_does_not_show() -> None:
    before = to_json(composed())
    for kind, reference, field in (
        ("activity", "2016-A4.6", "title"),
        ("minute", "2019-11-27-318", "text"),
        ("oversight-mechanism", "alliance-governance-group", "purpose"),
        ("undertaking", "U3", "text"),
        ("agenda-item", "2020-02-05-item-7", "text"),
    ):
        record = kind_named(kind).all().get(reference=reference)
        operations.edit(record, {field: "Not yet official."}, version=record.version, by=PAT)
    assert to_json(composed()) == before


def test_all_under_a_withdrawn_objective_is_gone() -> None:
    objective = kind_named("objective").all().get(reference="2016-4")
    operations.withdraw(objective, by=CHRIS, why="Superseded")
    said = text(composed())
    assert "Activities under commitment 4.6" not in said
    assert "Activities under commitment 1.1" in said


def test_oversight_that_is_withdrawn_is_named_as_printed_but_not_in_the_glossary() -> None:
    mechanism = kind_named("oversight-mechanism").all().get(reference="alliance-governance-group")
    operations.withdraw(mechanism, by=CHRIS, why="Ended")
    document = composed()
    glossary = "".join(map(text, under(document, "Glossary")))
    assert mechanism.title not in glossary
    assert "Independent Joint Audit and Standards Committee" in glossary
    activity = kind_named("activity").all().get(reference="2016-3.2.1")
    extract = "".join(map(text, under(document, "Appendix 1")))
    assert "; ".join(activity.oversight_names()) in extract
