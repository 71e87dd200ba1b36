"""There is one way to write the record; every other is refused and changes nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import models, transaction

from peelian.promises.models import Plan, Promise
from peelian.record.errors import WriteRefused
from peelian.record.models import Attachment, Change, Draft, Link, Record, Snapshot
from peelian.record.querysets import require_write_path, write_path
from tests.makers import amend, make, make_tree
from tests.tables import kept_for_a_module

pytestmark = pytest.mark.django_db

Made = dict[str, Any]


@pytest.fixture(scope="module")
def _shared_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    with kept_for_a_module(django_db_blocker):
        yield _with_everything()


@pytest.fixture
def made(_shared_made: Made, db: None) -> Iterator[Made]:
    """A record with everything that can belong to one; nothing of it may move in the test."""
    before = everything()
    yield deepcopy(_shared_made)
    assert everything() == before


def _with_everything() -> Made:
    made = make_tree()
    amend(made["plan"], title="Proposed")
    with write_path():
        snapshot = Snapshot(record=made["plan"], number=1, content="Issued", sha256="0" * 64)
        snapshot.save()
        attachment = Attachment(
            record=made["plan"], sha256="1" * 64, name="plan.pdf", media_type="x", size=1, title="x"
        )
        attachment.save()
    return made | {"snapshot": snapshot, "attachment": attachment}


def everything() -> dict[str, list[Any]]:
    kept: tuple[type[models.Model], ...] = (
        Record,
        Plan,
        Promise,
        Change,
        Draft,
        Link,
        Snapshot,
        Attachment,
    )
    return {m.__name__: list(m._base_manager.order_by("pk").values()) for m in kept}


def link(made: Made) -> Link:
    return Link.objects.get(source=made["activity"])


def unsaved(made: Made) -> Plan:
    return Plan(kind="plan", reference="round-the-back", title="Round the back")


ROUTES: dict[str, Callable[[Made], Any]] = {
    # a record, and a row of a child table
    "save": lambda made: made["plan"].save(),
    "save new": lambda made: unsaved(made).save(),
    "save as plain record": lambda made: Record.objects.get(pk=made["plan"].pk).save(),
    "save of the base class": lambda made: models.Model.save(made["plan"]),
    "save_base, as fixtures do": lambda made: models.Model.save_base(made["plan"], raw=True),
    "asave": lambda made: async_to_sync(made["plan"].asave)(),
    "delete": lambda made: made["plan"].delete(),
    "create": lambda made: Plan.objects.create(reference="x"),
    "get_or_create": lambda made: Plan.objects.get_or_create(reference="x"),
    "get_or_create, there": lambda made: Plan.objects.get_or_create(reference="plan-1"),
    "update_or_create": lambda made: Plan.objects.update_or_create(reference="x"),
    "bulk_create": lambda made: Plan.objects.bulk_create([unsaved(made)]),
    "bulk_update": lambda made: Plan.objects.bulk_update([made["plan"]], ["title"]),
    "update": lambda made: Plan.objects.update(title="x"),
    "update when filtered": lambda made: Record.objects.filter(pk=1).exclude(pk=2).update(title=""),
    "update what is public": lambda made: Record.objects.public().update(title="x"),
    "update through the base manager": lambda made: Promise._base_manager.update(title="x"),
    "update of plain records": lambda made: Record._default_manager.update(title="x"),
    "delete many": lambda made: Promise.objects.filter(pk=made["update"].pk).delete(),
    "delete plain records": lambda made: Record.objects.all().delete(),
    "aupdate": lambda made: asyncio.run(Plan.objects.aupdate(title="x")),
    "adelete": lambda made: asyncio.run(Plan.objects.all().adelete()),
    "acreate": lambda made: asyncio.run(Plan.objects.acreate(reference="x")),
    "abulk_create": lambda made: asyncio.run(Plan.objects.abulk_create([unsaved(made)])),
    # related managers
    "children.create": lambda made: made["plan"].children.create(reference="x"),
    "children.update": lambda made: made["plan"].children.update(title="x"),
    "children.add": lambda made: made["plan"].children.add(made["activity"]),
    "children.add one by one": lambda made: made["plan"].children.add(made["update"], bulk=False),
    "children.remove": lambda made: made["plan"].children.remove(made["objective"]),
    "children.clear": lambda made: made["plan"].children.clear(),
    "children.set": lambda made: made["plan"].children.set([]),
    "children.delete": lambda made: made["activity"].children.all().delete(),
    "owned.update": lambda made: made["plan"].owned.update(title="x"),
    # what belongs to a record
    "draft.save": lambda made: Draft.objects.get().save(),
    "draft.delete": lambda made: made["plan"].draft.delete(),
    "drafts update": lambda made: Draft.objects.update(values={"title": "x"}),
    "drafts delete": lambda made: Draft.objects.all().delete(),
    "drafts bulk_update": lambda made: Draft.objects.bulk_update([made["plan"].draft], ["values"]),
    "draft create": lambda made: Draft.objects.create(record=made["activity"]),
    "draft bulk_create": lambda made: Draft.objects.bulk_create([Draft(record=made["activity"])]),
    "link.save": lambda made: link(made).save(),
    "link.delete": lambda made: link(made).delete(),
    "links_out.create": lambda made: made["plan"].links_out.create(target_id=1, form="x"),
    "links_out.update": lambda made: made["activity"].links_out.update(form="x"),
    "links_out.delete": lambda made: made["activity"].links_out.all().delete(),
    "links_out.add": lambda made: made["plan"].links_out.add(link(made)),
    "links_in.update": lambda made: made["oversight-mechanism"].links_in.update(form="x"),
    "links bulk_create": lambda made: Link.objects.bulk_create(
        [Link(source=made["plan"], target=made["activity"], form="x")]
    ),
    # what is only ever added
    "change.save": lambda made: Change.objects.first().save(),  # type: ignore[union-attr]
    "change.delete": lambda made: Change.objects.first().delete(),  # type: ignore[union-attr]
    "change create": lambda made: Change.objects.create(record_id=1, version=99),
    "change bulk_create": lambda made: Change.objects.bulk_create(
        [Change(record_id=1, version=99)]
    ),
    "changes update": lambda made: Change.objects.update(by="nobody"),
    "changes delete": lambda made: Change.objects.all().delete(),
    "changes through the base manager": lambda made: Change._base_manager.all().delete(),
    "snapshot.save": lambda made: made["snapshot"].save(),
    "snapshot.delete": lambda made: made["snapshot"].delete(),
    "snapshots.create": lambda made: made["plan"].snapshots.create(number=2),
    "snapshots.update": lambda made: made["plan"].snapshots.update(content="x"),
    "snapshots.add": lambda made: made["activity"].snapshots.add(made["snapshot"]),
    "attachment.save": lambda made: made["attachment"].save(),
    "attachment.delete": lambda made: made["attachment"].delete(),
    "attachments.create": lambda made: made["plan"].attachments.create(name="x", size=1),
    "attachments.update": lambda made: made["plan"].attachments.update(audience="public"),
    "attachments delete": lambda made: Attachment.objects.all().delete(),
}


@pytest.mark.parametrize("way", ROUTES)
def test_every_way_round_the_write_path_is_refused(way: str, made: Made) -> None:
    with pytest.raises(WriteRefused), transaction.atomic():
        ROUTES[way](made)


def test_a_fixture_file_cannot_write_round_the_write_path(made: Made, tmp_path: Path) -> None:
    fields = {"kind": "plan", "reference": "plan-1", "title": "Round the back"}
    row = {"model": "record.record", "pk": made["plan"].pk, "fields": fields}
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([row]), encoding="utf-8")
    with pytest.raises(WriteRefused):
        call_command("loaddata", str(file), verbosity=0)


ADDED_ONLY: dict[str, Callable[[Made], Any]] = {
    name: ROUTES[name]
    for name in (
        "change.save",
        "change.delete",
        "changes update",
        "changes delete",
        "changes through the base manager",
        "snapshot.save",
        "snapshot.delete",
        "snapshots.update",
        "snapshots.add",
        "attachment.save",
        "attachment.delete",
        "attachments.update",
        "attachments delete",
    )
}


@pytest.mark.parametrize("way", ADDED_ONLY)
def test_not_even_an_operation_changes_what_was_kept(way: str, made: Made) -> None:
    with pytest.raises(WriteRefused), transaction.atomic(), write_path():
        ADDED_ONLY[way](made)


@pytest.mark.parametrize("way", ["update", "delete many", "create", "bulk_create", "bulk_update"])
def test_not_even_an_operation_writes_records_in_bulk(way: str, made: Made) -> None:
    with pytest.raises(WriteRefused), transaction.atomic(), write_path():
        ROUTES[way](made)


def test_the_write_path_closes_behind_an_operation_that_fails() -> None:
    with pytest.raises(ValueError, match="failed"), write_path():
        raise ValueError("failed")
    with pytest.raises(WriteRefused):
        require_write_path()


def test_an_operation_leaves_the_write_path_closed() -> None:
    plan = make("plan")
    with pytest.raises(WriteRefused):
        plan.save()
