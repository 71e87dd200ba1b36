"""The feed tells of what is public, and does not move when a draft is begun."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.makers import amend, approve_change, bring_to, make

ATOM = "{http://www.w3.org/2005/Atom}"


def _entries(client: Client) -> list[dict[str, str]]:
    response = client.get("/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    names = ("title", "updated", "id", "summary")
    return [
        {name: entry.findtext(f"{ATOM}{name}") or "" for name in names}
        for entry in root.findall(f"{ATOM}entry")
    ]


@pytest.mark.django_db
def test_an_empty_record_is_an_empty_feed(client: Client) -> None:
    assert _entries(client) == []


@pytest.mark.django_db
def test_it_tells_of_what_was_published_newest_first(client: Client) -> None:
    make("plan", title="The older")
    make("plan", title="The newer", description="Its text.")
    entries = _entries(client)
    assert [entry["title"] for entry in entries] == ["Plan: The newer", "Plan: The older"]
    assert entries[0]["summary"] == "Its text."
    assert entries[0]["id"].startswith("http://testserver/plans/")


@pytest.mark.django_db
def test_a_character_that_xml_cannot_carry_does_not_break_it(client: Client) -> None:
    """The write path refuses it; a database filled before it did may hold one still."""
    plan: Any = make("plan", title="To be pasted over")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_record SET title = %s WHERE id = %s",
            ["Pasted\x0b from a letter\x07", plan.pk],
        )
    assert [entry["title"] for entry in _entries(client)] == ["Plan: Pasted� from a letter�"]


@pytest.mark.django_db
def test_nothing_that_is_not_public_is_in_it(client: Client) -> None:
    for status in ("draft", "in_review", "approved", "withdrawn"):
        make("plan", status=status, title=f"Hidden {status}")
    soon = timezone.now() + dt.timedelta(hours=1)
    bring_to(make("plan", status="draft", title="Hidden until"), "published", embargo_until=soon)
    make("objective", parent=make("plan", audience="office"), title="Hidden under")
    assert _entries(client) == []
    assert b"Hidden" not in client.get("/feed/").content


@pytest.mark.django_db
def test_beginning_a_draft_cannot_be_seen_in_it(client: Client) -> None:
    """Neither its words, nor that there is one: no new moment, no new place."""
    record: Any = make("plan", title="Changing")
    make("plan", title="Quiet")
    before = _entries(client)
    amend(record, title="What it will say")
    assert _entries(client) == before
    approve_change(record)
    assert _entries(client)[0]["title"] == "Plan: What it will say"
