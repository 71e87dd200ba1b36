"""Every kind lists, shows, edits, exports, keeps its history, compares and publishes, by its pages.

The list of a kind asks the database as often for thirty records as for three.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from peelian.people.models import User
from peelian.record.kinds import Kind, kinds
from peelian.record.models import Change, Draft, Record, Status, ToRecord
from peelian.record.values import dump
from peelian.record.writing import unexplained
from tests.every.world import days, in_order_of_need, one_of_each, target_of
from tests.makers import make_all, make_user

EVERY = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
FEW, MANY = 3, 30


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    return one_of_each()


@pytest.fixture
def author(db: None) -> Client:
    return _signed_in(make_user("author", "administrator"))


@pytest.fixture
def approver(db: None) -> Client:
    return _signed_in(make_user("approver", "chief_executive"))


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _office(kind: Kind, page: str, *args: str) -> str:
    return reverse(f"office-{kind.slug}-{page}", args=args)


def _typed(form: Any) -> dict[str, Any]:
    """Return what a browser sends when a form is sent as it came."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list | tuple | QuerySet):
            sent[bound.html_name] = [_plain(bound, one) for one in value]
        elif value is not None and value is not False:
            sent[bound.html_name] = _plain(bound, value)
    return sent


def _plain(bound: Any, value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dt.date | dt.time):
        return dump(value)
    return "on" if value is True else bound.field.prepare_value(value)


def _said_by(kind: Kind) -> str:
    """Return the column of a kind that a person writes words into."""
    wordy = ("title", "text", "note", "data")
    return next(name for name in wordy if name in kind.fields)


def _rows(kind: Kind, content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# ---- reading ----


@EVERY
def test_it_is_listed_shown_and_downloaded_alike(
    kind: Kind, world: dict[str, Any], author: Client
) -> None:
    record = world[kind.name]
    for prefix, client in (("", Client()), ("office-", author)):
        listed = client.get(reverse(f"{prefix}{kind.slug}-list"))
        shown_at = reverse(f"{prefix}{kind.slug}-show", args=[record.reference])
        assert listed.status_code == 200
        assert shown_at in listed.content.decode()
        shown = client.get(shown_at)
        assert shown.status_code == 200
        table = _rows(kind, client.get(reverse(f"{prefix}{kind.slug}-csv")).content)
        assert [row["Reference"] for row in table] == [record.reference]
        book = client.get(reverse(f"{prefix}{kind.slug}-xlsx")).content
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
        head, *rows = sheet.to_python()
        assert head == list(table[0])
        assert [row[0] for row in rows] == [record.reference]


@EVERY
def test_its_filters_narrow_the_list_and_both_downloads(kind: Kind, world: dict[str, Any]) -> None:
    record = world[kind.name]
    for name in kind.filters:
        field: Any = kind.model._meta.get_field(name)
        value = getattr(record, f"{name}_id" if isinstance(field, ToRecord) else name)
        if value in (None, ""):
            continue
        asked = {name: dump(value) if isinstance(value, dt.date) else str(value)}
        for page in ("list", "csv", "xlsx"):
            assert Client().get(reverse(f"{kind.slug}-{page}"), asked).status_code == 200
        kept = _rows(kind, Client().get(reverse(f"{kind.slug}-csv"), asked).content)
        none = _rows(kind, Client().get(reverse(f"{kind.slug}-csv"), {name: "0-none"}).content)
        assert ([row["Reference"] for row in kept], none) == ([record.reference], [])


# ---- writing ----


@EVERY
def test_an_edit_of_what_is_public_waits_is_compared_and_goes_out(
    kind: Kind, world: dict[str, Any], author: Client, approver: Client
) -> None:
    record, name = world[kind.name], _said_by(kind)
    before, address = getattr(record, name), _office(kind, "edit", record.reference)
    sent = _typed(author.get(address).context["form"]) | {name: "Entirely newly said"}
    response = author.post(address, sent | {"why": "It was out of date"})
    assert response.status_code == 302, response.context["form"].errors
    assert _value(record, name) == before
    assert list(Draft.objects.get(record=record.pk).values) == [name]

    compared = author.get(_office(kind, "compare", record.reference)).content.decode()
    assert "newly said" in compared
    _step(author, record, "submit")
    assert _value(record, name) == before
    _step(approver, record, "approve")
    assert _value(record, name) == "Entirely newly said"
    assert "Entirely newly said" in _pages(record)

    history = author.get(_office(kind, "history", record.reference)).content.decode()
    for said in ("Brought in", "Change drafted", "Submitted for review", "Approved"):
        assert said in history
    assert "It was out of date" in history
    assert unexplained(record) == {}


def _pages(record: Record) -> str:
    """Return all that is read of a record in public: its page, and its parent's where it has one."""
    own = Client().get(record.get_absolute_url()).content.decode()
    above = record.parent.get_absolute_url() if record.parent else "/"
    return own + Client().get(above).content.decode()


@EVERY
def test_a_new_one_is_a_draft_until_two_people_have_seen_it(
    kind: Kind, world: dict[str, Any], author: Client, approver: Client
) -> None:
    address = _office(kind, "new")
    if kind.name == "round":
        assert author.get(address)["Location"] == reverse("office-round-open")
        return
    like = author.get(_office(kind, "edit", world[kind.name].reference)).context["form"]
    assert author.get(address).status_code == 200
    sent = _typed(like) | {"reference": "entirely-new"}
    sent.pop("version", None)
    response = author.post(address, sent)
    assert response.status_code == 302, response.context["form"].errors
    made = kind.all().get(reference="entirely-new")
    public = made.get_absolute_url()
    assert Client().get(public).status_code == 404
    for client, step, status in (
        (author, "submit", Status.IN_REVIEW),
        (author, "approve", Status.IN_REVIEW),  # its own author may not
        (approver, "approve", Status.APPROVED),
        (approver, "publish", Status.PUBLISHED),
    ):
        _step(client, made, step)
        made.refresh_from_db()
        # An update goes out as it is approved: its review is the last step.
        if kind.name != "update" or step == "submit":
            assert made.status == status, step
    assert Client().get(public).status_code == 200
    _step(approver, made, "withdraw")
    assert Client().get(public).status_code == 404


def _step(client: Client, record: Record, step: str) -> None:
    slug = next(kind.slug for kind in kinds() if kind.name == record.kind)
    address = reverse(f"office-{slug}-publish", args=[record.reference])
    client.post(address, {"step": step, "why": "As agreed"})


def _value(record: Record, name: str) -> Any:
    return getattr(type(record)._base_manager.get(pk=record.pk), name)


@EVERY
def test_a_stale_save_is_refused_and_what_was_typed_is_kept(
    kind: Kind, world: dict[str, Any], author: Client, approver: Client
) -> None:
    record, name = world[kind.name], _said_by(kind)
    address = _office(kind, "edit", record.reference)
    sent = _typed(author.get(address).context["form"])
    author.post(address, sent | {name: "Said first"})
    late = approver.post(address, sent | {name: "Said second"})
    assert late.status_code == 409
    assert "Said second" in late.content.decode()
    assert "Said first" in late.content.decode()
    assert Draft.objects.get(record=record.pk).values == {name: "Said first"}


@EVERY
def test_what_is_wrong_with_a_form_is_said_beside_what_was_typed(
    kind: Kind, author: Client
) -> None:
    if kind.name == "round":
        return
    before = Change.objects.count()
    response = author.post(_office(kind, "new"), {"reference": "not a reference!", "why": "Typed"})
    said = response.content.decode()
    assert response.status_code == 200
    assert "govuk-error-message" in said
    assert "not a reference!" in said
    assert Change.objects.count() == before


@EVERY
def test_a_deleted_one_keeps_its_history(
    kind: Kind, world: dict[str, Any], author: Client, approver: Client
) -> None:
    like = author.get(_office(kind, "edit", world[kind.name].reference)).context["form"]
    if kind.name == "round":
        record = world["round"]
        _step(approver, record, "withdraw")
        _step(author, record, "reopen")
    else:
        sent = _typed(like) | {"reference": "short-lived"}
        sent.pop("version", None)
        author.post(_office(kind, "new"), sent)
        record = kind.all().get(reference="short-lived")
    _step(author, record, "delete")
    assert not kind.all().filter(reference=record.reference).exists()
    history = author.get(_office(kind, "history", record.reference))
    assert history.status_code == 200
    assert "Deleted" in history.content.decode()


# ---- how often a list asks ----


def _more(count: int, so_far: int) -> None:
    """Bring in more records of every kind, each pointing to others of its own number."""
    made: dict[str, list[Any]] = {}
    for kind in in_order_of_need():
        every = []
        for nth in range(so_far, count):
            values: dict[str, Any] = {"reference": f"{kind.name}-n{nth}"}
            for column in kind.fields:
                if target := target_of(kind, column):
                    one = made[target][nth - so_far]
                    values[column] = [one] if column in kind.links else one
            if "as_at" in kind.fields:
                values["as_at"] = days(count)[nth]
            every.append(values)
        made[kind.name] = make_all(kind, *every)


def _asked(client: Client) -> dict[str, int]:
    found = {}
    for kind in kinds():
        for prefix in ("", "office-"):
            for page in ("list", "csv"):
                address = reverse(f"{prefix}{kind.slug}-{page}")
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                found[address] = len(queries)
    return found


def test_a_list_asks_as_often_for_thirty_as_for_three(author: Client) -> None:
    _more(FEW, 0)
    _asked(author)  # what is read once and kept
    few = _asked(author)
    _more(MANY, FEW)
    many = _asked(author)
    assert all(kind.all().count() == MANY for kind in kinds())
    assert {page: (few[page], many[page]) for page in few if many[page] != few[page]} == {}
    assert {page: n for page, n in many.items() if n > 12} == {}
