"""Every kind lists, shows, edits, exports, keeps history, compares and publishes, by its pages."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from peelian.people.models import User
from peelian.record.kinds import Kind, kind_of, kinds
from peelian.record.models import Change, Draft, Record, Status, ToRecord
from peelian.record.values import dump
from peelian.record.writing import unexplained
from tests.every.world import person
from tests.makers import make

EVERY = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


@pytest.fixture
def author(db: None) -> Client:
    return _signed_in(person("author", "administrator"))


@pytest.fixture
def approver(db: None) -> Client:
    return _signed_in(person("approver", "chief_executive"))


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


def _rows(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# ---- reading ----


def test_every_kind_is_listed_shown_and_downloaded_alike(
    world: dict[str, Any], author: Client
) -> None:
    for kind in kinds():
        record = world[kind.name]
        for prefix, client in (("", Client()), ("office-", author)):
            listed = client.get(reverse(f"{prefix}{kind.slug}-list"))
            shown_at = reverse(f"{prefix}{kind.slug}-show", args=[record.reference])
            assert listed.status_code == 200
            assert shown_at in listed.content.decode()
            assert client.get(shown_at).status_code == 200
            table = _rows(client.get(reverse(f"{prefix}{kind.slug}-csv")).content)
            assert [row["Reference"] for row in table] == [record.reference]
            book = client.get(reverse(f"{prefix}{kind.slug}-xlsx")).content
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
            head, *rows = sheet.to_python()
            assert head == list(table[0])
            assert [row[0] for row in rows] == [record.reference]


def test_every_filter_narrows_the_list_and_both_downloads(world: dict[str, Any]) -> None:
    narrowed = 0
    for kind in kinds():
        record = world[kind.name]
        for name in kind.filters:
            field: Any = kind.model._meta.get_field(name)
            value = getattr(record, f"{name}_id" if isinstance(field, ToRecord) else name)
            if value in (None, ""):
                continue
            asked, other = {name: str(value)}, {name: "0-none"}
            if isinstance(value, dt.date):  # asked for by the days from and until
                asked = {f"{name}_from": dump(value), f"{name}_until": dump(value)}
                other = {f"{name}_until": "1900-01-01"}
            for page in ("list", "xlsx"):
                assert Client().get(reverse(f"{kind.slug}-{page}"), asked).status_code == 200
            kept = _rows(Client().get(reverse(f"{kind.slug}-csv"), asked).content)
            none = _rows(Client().get(reverse(f"{kind.slug}-csv"), other).content)
            assert ([row["Reference"] for row in kept], none) == ([record.reference], [])
            narrowed += 1
    assert narrowed > 25


# ---- writing ----

# What is more than one record begins on a page of its own.
STARTED_ELSEWHERE = {
    "round": "office-round-open",
    "edition": "office-edition-issue",
    "spending-month": "office-spending-load",
    "process": "office-processes-begin",
    "report": "office-report-start",
}

# What was issued as a document stays, withdrawn.
KEPT_ONCE_ISSUED = {"decision"}


@EVERY
def test_a_change_waits_is_compared_is_guarded_and_goes_out(
    world: dict[str, Any], kind: Kind, author: Client, approver: Client
) -> None:
    record, name = world[kind.name], _said_by(kind)
    before, address = _value(record, name), _office(kind, "edit", record.reference)
    sent = _typed(author.get(address).context["form"])
    response = author.post(address, sent | {name: "Newlysaid", "why": "It was out of date"})
    assert response.status_code == 302, response.context["form"].errors

    late = approver.post(address, sent | {name: "Typedtoolate"})
    said = late.content.decode()
    assert (late.status_code, "Typedtoolate" in said, "Newlysaid" in said) == (409, True, True)

    assert _value(record, name) == before
    assert Draft.objects.get(record=record.pk).values == {name: "Newlysaid"}
    compared = author.get(_office(kind, "compare", record.reference)).content.decode()
    assert "Newlysaid" in compared
    _step(author, record, "submit")
    _step(author, record, "approve")  # its own author may not
    assert _value(record, name) == before
    assert "Newlysaid" not in _read_of(kind, record)
    _step(approver, record, "approve")
    assert _value(record, name) == "Newlysaid"
    assert "Newlysaid" in _read_of(kind, record)

    history = author.get(_office(kind, "history", record.reference)).content.decode()
    for words in ("Change drafted", "Submitted for review", "Approved"):
        assert words in history
    assert "It was out of date" in history
    assert unexplained(record) == {}


def _read_of(kind: Kind, record: Record) -> str:
    """Return what anybody reads of a record: its page, and its line in the list's download."""
    own = Client().get(record.get_absolute_url()).content.decode()
    table = Client().get(reverse(f"{kind.slug}-csv")).content.decode()
    return own + table


@EVERY
def test_a_new_one_is_seen_by_two_before_the_public_and_its_history_outlives_it(
    world: dict[str, Any], kind: Kind, author: Client, approver: Client
) -> None:
    address = _office(kind, "new")
    if kind.name in STARTED_ELSEWHERE:
        assert author.get(address)["Location"] == reverse(STARTED_ELSEWHERE[kind.name])
        return
    like = author.get(_office(kind, "edit", world[kind.name].reference)).context["form"]
    assert author.get(address).status_code == 200
    sent = {name: value for name, value in _typed(like).items() if name != "version"}
    if kind.name == "membership":  # nobody sits twice, nor two in one seat
        sent |= {"person": str(make("person").pk), "seat": ""}
    if kind.name == "monitoring":  # a force is at one level a day
        sent |= {"begins_on": "2001-01-01", "ends_on": "2001-12-31"}

    before = Change.objects.count()
    refused = author.post(address, sent | {"reference": "not a reference!"})
    said = refused.content.decode()
    assert refused.status_code == 200
    assert ("govuk-error-message" in said, "not a reference!" in said) == (True, True)
    assert Change.objects.count() == before

    response = author.post(address, sent | {"reference": "entirely-new"})
    assert response.status_code == 302, response.context["form"].errors
    made = kind.all().get(reference="entirely-new")
    public = made.get_absolute_url()
    for client, step in (
        (author, "submit"),
        (author, "approve"),  # its own author may not
        (approver, "approve"),
        (approver, "publish"),
    ):
        made.refresh_from_db()
        assert (Client().get(public).status_code == 200) == (made.status == Status.PUBLISHED)
        assert (step == "submit") == (made.status == Status.DRAFT)
        _step(client, made, step)
    assert Client().get(public).status_code == 200
    _step(approver, made, "withdraw")
    assert Client().get(public).status_code == 404
    _step(author, made, "delete")
    if kind.name in KEPT_ONCE_ISSUED:
        assert kind.all().filter(reference="entirely-new").exists()
        return
    assert not kind.all().filter(reference="entirely-new").exists()
    history = author.get(_office(kind, "history", "entirely-new"))
    assert (history.status_code, "Deleted" in history.content.decode()) == (200, True)
    again = author.post(address, sent | {"reference": "entirely-new"})
    assert "never used twice" in again.content.decode()


def _step(client: Client, record: Record, step: str) -> None:
    address = _office(kind_of(record), "publish", record.reference)
    client.post(address, {"step": step, "why": "As agreed"})


def _value(record: Record, name: str) -> Any:
    return getattr(type(record)._base_manager.get(pk=record.pk), name)
