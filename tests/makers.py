"""Builders of records for tests: plain functions that go through the record's real operations.

`make("activity")` is a published activity with all that it needs above it; every value may be
given. Nothing here is random, and references count up: activity-1, activity-2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from peelian.people.models import User
from peelian.record import operations
from peelian.record.access import Actor, Command
from peelian.record.kinds import Kind, kind_named
from peelian.record.models import Change, Record, Snapshot, Status, ToRecord

# Three people, as actors without a database row; the fixtures of the same names are real users.
PAT = Command("pat", ("policy_officer",))
CHRIS = Command("chris", ("chief_executive",))
ROBIN = Command("robin", ("reader",))

PASSWORD = "correct horse battery staple"
DAY = dt.date(2020, 2, 5)

# What a kind cannot do without, beside its reference, title and other records.
NEEDED: dict[str, dict[str, Any]] = {
    "area": {"level": "force_area"},
    "body": {"form": "policing_body"},
    "role": {"standing": "member"},
    "oversight-mechanism": {"purpose": "Holds the force to account.", "frequency": "monthly"},
    "objective": {"number": 1},
    "round": {"as_at": DAY},
    "update": {"as_at": DAY, "progress": "on_track", "text": "Work has begun."},
    "succession": {"became": "ended", "day": DAY, "reason": "Done by another programme."},
    "allocation": {"year": 2019, "amount": "12,500.00", "source": "Policing grant"},
    "topic": {"order": 1},
    "measure": {"definition": "Offences recorded.", "unit": "offences", "source": "The force"},
    "standard": {"standard_is": "at_least", "value": 90.0},
    "phase": {"starts": DAY.replace(day=1), "reason": "Recording changed."},
    "chart-setting": {"reason": "Agreed with the force."},
    "quoted-figure": {"stated_in": "Monitoring report, page 3"},
    "edition": {"period": DAY.replace(day=1), "known": DAY},
    "statement": {"data": "Decreased on the previous month."},
    "meeting": {"held_on": DAY, "state": "held"},
    "agenda-item": {"number": 1},
    "standing-item": {"number": 1},
    "paper": {
        "author": "Policy team",
        "text": "Work has begun.",
        "background_is": "listed",
        "background_papers": "The minutes of the last meeting.",
    },
    "sign-off": {"signatory": "Chair", "signed_on": DAY},
    "process": {"process": "precept", "year": 2019, "recommendation": "To support it."},
    "vote": {"motion": "That the proposed precept be vetoed."},
    "minute": {"number": 315, "text": "The panel noted the report."},
    "minute-correction": {"said": "noted", "says": "noted and welcomed"},
    "attendance": {"capacity": "present"},
    "declaration": {"form": "registrable", "interest": "A friend is a trustee."},
    "webcast": {"address": "https://www.youtube.com/watch?v=example"},
    "reach": {"form": "live", "number": 800, "as_at": DAY, "source": "The channel’s own count"},
    "challenge": {
        "asked_on": DAY,
        "question": "How fast are calls answered?",
        "respond_by": DAY.replace(day=19),
    },
    "public-question": {
        "received_on": DAY,
        "question": "When are calls answered?",
        "state": "accepted",
    },
    "petition": {
        "received_on": DAY,
        "signatures": 300,
        "prayer": "Keep the front counter open.",
        "state": "accepted",
    },
    "work-programme-item": {"form": "routine"},
    "clock": {"event": "plan_issued", "opened_on": DAY, "audience": "public"},
    "pause": {"form": "clarification", "starts_on": DAY},
    "proof": {"key": "precept/2018-19/panel-report", "met_on": dt.date(2019, 2, 1), "letter": "L"},
    "duty-owner": {"covers": "chief_executive", "audience": "public"},
    "inspection": {"form": "force"},
    "election": {"form": "commissioner", "poll_on": DAY.replace(month=5, day=7)},
    "routine-publication": {"covers": "body", "is_routine": True, "reason": "Due every month."},
    "publication-place": {"rule": "publication-money/expenditure", "url": "/calendar/"},
    "grade": {"question": "Effectiveness", "grade": "Good"},
    "finding": {"form": "recommends"},
    "finding-answer": {"answer": "accepted", "text": "It will be done by March."},
    "inspection-response": {
        "invited_on": DAY,
        "chief_comments": "The report is fair.",
        "comments": "We agree.",
        "reply": "We thank the chief constable.",
    },
    "monitoring": {"level": "scan", "begins_on": DAY},
    "report": {"since": DAY.replace(month=1), "until": DAY},
    "report-section": {"text": "What the plan is for."},
    "report-example": {"reason": "Many ask about it."},
    "decision": {"decided_on": DAY - dt.timedelta(days=16), "decision": "Approved."},
    "spending-month": {"month": DAY.replace(day=1)},
    "contract": {"supplier": "Northshire Cleaning Ltd", "value": "12,500.00"},
    "interest": {"form": "land", "declared_on": DAY},
    "gift": {
        "form": "gift",
        "offered_on": DAY,
        "offered_by": "A parish council",
        "outcome": "refused",
    },
    "allowance": {"quarter": dt.date(2020, 1, 1), "category": "Travel", "amount": "120.50"},
    "staff-count": {"as_at": DAY},
    "theme": {"month": DAY.replace(day=1)},
    "enquiry": {"number": 1},
    "answer": {"text": "Nine in ten.", "outcome": "assured"},
    "evidence": {
        "note": "Nine reviews.",
        "source": "Complaint reviews",
        "as_at": DAY,
        "audience": "public",
    },
    "original": {"address": "https://democracy.example.org/ieListDocuments.aspx?CId=1&MId=2"},
    "disclosure": {"asked": "How many patrol cars there are.", "received_on": DAY},
}


def make_user(username: str, *roles: str, full_name: str = "") -> User:
    """Return a user who signs in with `PASSWORD`."""
    user = User(username=username, full_name=full_name or username.title(), roles=list(roles))
    user.set_password(PASSWORD)
    user.save()
    return user


def make(
    kind: str | Kind,
    *,
    status: str = Status.PUBLISHED,
    by: Actor = PAT,
    approver: Actor = CHRIS,
    why: str = "",
    **values: Any,
) -> Any:
    """Return a new record of a kind, brought to `status` by the steps people would take."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    record = operations.create(kind, _completed(kind, values), by=by, why=why)
    return bring_to(record, status, by=by, approver=approver)


def make_all(kind: str | Kind, *every: dict[str, Any]) -> list[Any]:
    """Return published records, one for each of the values given, as a loader brings them in."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    loader = Command("load", ("administrator",))
    why = f"Loaded from {kind.slug}.csv"
    return [
        operations.bring_in(kind, _completed(kind, values), by=loader, why=why)[0]
        for values in every
    ]


def bring_to(
    record: Record, status: str, *, by: Actor = PAT, approver: Actor = CHRIS, **options: Any
) -> Any:
    """Return the record after the steps from draft to `status`; `options` go to publishing."""
    if status == Status.DRAFT:
        return record
    record = operations.submit(record, by=by)
    if status == Status.IN_REVIEW:
        return record
    record = operations.approve(record, by=approver)
    if status == Status.APPROVED:
        return record
    record = operations.publish(record, by=approver, **options)
    if status == Status.PUBLISHED:
        return record
    return operations.withdraw(record, by=approver, why="Made in error")


def amend(record: Record, *, by: Actor = PAT, why: str = "Put right", **values: Any) -> Any:
    """Return the record after an edit of its newest version."""
    newest = Record.objects.get(pk=record.pk).version
    why = why or ("Mistyped" if record.needs_reason else "")
    return operations.edit(record, values, version=newest, by=by, why=why)


def approve_change(record: Record, *, by: Actor = PAT, approver: Actor = CHRIS) -> Any:
    """Return a published record after its waiting change was submitted and approved."""
    return operations.approve(operations.submit(record, by=by), by=approver)


def make_tree(**of_each: Any) -> dict[str, Any]:
    """Return a published plan, objective, commitment, activity, update and oversight mechanism.

    `of_each` are values for a kind by its name, for example `activity={"title": "Visit"}`.
    """
    made: dict[str, Any] = {"oversight-mechanism": make("oversight-mechanism")}
    parent = None
    for name in ("plan", "objective", "commitment", "activity", "update"):
        values: dict[str, Any] = {} if parent is None else {"parent": parent}
        if name == "activity":
            values["overseen_by"] = [made["oversight-mechanism"]]
        parent = made[name] = make(name, **values | of_each.get(name, {}))
    return made


def _completed(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with a default, made where need be, for whatever the kind requires."""
    nth = Change.objects.filter(kind=kind.name, version=1).count() + 1
    made = {"reference": f"{kind.name}-{nth}", "title": f"{kind.label} {nth}"}
    made |= NEEDED.get(kind.name, {}) | values
    for name in kind.fields:
        field = None if name in kind.links else kind.model._meta.get_field(name)
        if name not in made and isinstance(field, ToRecord):
            if name == "parent" and kind.parents and kind.name != kind.parents[0]:
                [made[name]] = make_all(kind.parents[0], {})
            elif not field.blank:
                [made[name]] = make_all(field.kinds[0], {})
    if made.get("progress") in ("complete", "superseded") and "to_report" in kind.fields:
        made = {"closed_on": DAY, "evidence": "Seen.", "to_report": True} | made
    if kind.name == "recommendation" and "made_at" not in made:
        [made["made_at"]] = make_all("minute", {})
    if kind.name == "duty-owner" and "owner" not in made:
        [made["owner"]] = make_all("role", {})
    return made


def going_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Return what lets all that is done from then on be done at noon of a day."""

    def go(day: dt.date) -> None:
        noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
        for model, name in ((Change, "at"), (Snapshot, "made_at")):
            field: Any = model._meta.get_field(name)
            monkeypatch.setitem(field.__dict__, "_get_default", lambda: noon)

    return go
