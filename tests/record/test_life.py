"""Whatever two people do to the record, in whatever order: nothing leaks, is lost or unexplained.

A plain model of what each record should be is kept beside the real one and compared after every
step: its columns, its waiting draft, who wrote it, and what the public sees of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from peelian.record import operations, search, writing
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.kinds import kind_named
from peelian.record.models import Change, Draft, Record
from peelian.record.values import replay
from tests.makers import CHRIS, NEEDED, PAT, make_all

LEVELS = ("plan", "objective", "commitment", "activity")
KINDS = (*LEVELS, "oversight-mechanism")
# Hours from now at which an embargo or an expiry ends; none is near enough to pass meanwhile.
HOURS = st.sampled_from([None, -48, -24, 24, 48])
WHICH = st.integers(0, 63)
# Somebody who approves and never writes.
SAM = Command("sam", ("chief_executive",))

# How far each record has come before anybody acts, from published.
BEGINNINGS = (
    "",
    "edit",
    "edit submit",
    "withdraw",
    "withdraw reopen edit submit",
    "withdraw reopen edit submit approve",
    "edit submit withdraw",
)

Content = tuple[str, str | None, frozenset[str]]


@dataclass
class Expected:
    """What a record should be."""

    kind: str
    pk: int
    content: Content
    authors: set[str]
    status: str = "draft"
    version: int = 1
    embargo: int | None = None
    expiry: int | None = None
    draft: Content | None = None
    draft_authors: set[str] = field(default_factory=set)
    in_review: bool = False
    approved: set[Content] = field(default_factory=set)
    deleted: bool = False

    @property
    def is_out(self) -> bool:
        begun = self.embargo is None or self.embargo < 0
        ended = self.expiry is not None and self.expiry < 0
        return self.status == "published" and begun and not ended and not self.deleted

    def open_to(self, step: str, name: str) -> bool:
        """Return whether somebody may take this step now."""
        if self.deleted:
            return False
        waits = self.draft is not None
        in_review = self.in_review if waits else self.status == "in_review"
        return {
            "edit": True,
            "submit": not in_review and (waits or self.status == "draft"),
            "approve": in_review and name not in (self.draft_authors if waits else self.authors),
            "send_back": in_review or (not waits and self.status == "approved"),
            "discard": waits,
            "publish": self.status == "approved",
            "withdraw": self.status == "published",
            "reopen": self.status == "withdrawn",
        }[step]


def draws(*wanted: Any) -> Callable[..., Any]:
    """Return a rule over any record, either person, and what else is wanted."""
    return rule(which=WHICH, by=st.sampled_from([PAT, CHRIS]), **dict(*wanted))


class LifeOfTheRecord(RuleBasedStateMachine):
    """Two people at work on a plan, its objective, commitment and activity, and their oversight."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.expected: dict[str, Expected] = {}
        self.touched = "board"
        self.words = 0

    def teardown(self) -> None:
        try:
            for reference in self.expected:
                self.changes_explain(reference)
            for kind in KINDS:
                found = kind_named(kind).all().public().values_list("reference", flat=True)
                assert set(found) == {
                    r for r, e in self.expected.items() if e.kind == kind and self.is_public(r)
                }
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # ---- the world before anybody acts ----

    @initialize(begun=st.tuples(*[st.sampled_from(BEGINNINGS)] * 4))
    def a_plan_under_way(self, begun: tuple[str, ...]) -> None:
        self.bring_in_a_published_plan()
        for name, steps in zip(LEVELS, begun, strict=True):
            for step in steps.split():
                if step == "edit":
                    self.edit(name, 0, PAT)
                else:
                    getattr(self, step)(name, CHRIS if step == "approve" else PAT)

    def bring_in_a_published_plan(self) -> None:
        parent: Any = None
        [board] = make_all("oversight-mechanism", {"reference": "board", "title": "board"})
        self.expected["board"] = self.brought_in(board, "oversight-mechanism", None)
        for name in LEVELS:
            values = {"reference": name, "title": name, "parent": parent}
            if name == "activity":
                values["overseen_by"] = [board]
            if parent is None:
                del values["parent"]
            above = parent and parent.reference
            [parent] = make_all(name, values)
            self.expected[name] = self.brought_in(parent, name, above)

    def brought_in(self, record: Record, kind: str, above: str | None) -> Expected:
        boards = frozenset({"board"} if kind == "activity" else ())
        content = (record.title, above, boards)
        return Expected(kind, record.pk, content, {"load"}, status="published", approved={content})

    # ---- helpers that choose and predict ----

    def pick(self, which: int | str, step: str = "", by: Any = None) -> tuple[str, Expected, Any]:
        """Return a record, in three of four cases one for which this step is open."""
        if isinstance(which, str):
            return self.chosen(which)
        every = sorted(self.expected)
        if step and which % 4:
            every = [r for r in every if self.expected[r].open_to(step, by.name)] or every
        return self.chosen(every[which // 4 % len(every)])

    def chosen(self, reference: str) -> tuple[str, Expected, Any]:
        self.touched = reference
        expected = self.expected[reference]
        model = kind_named(expected.kind).model
        return reference, expected, model(pk=expected.pk, kind=expected.kind, title=reference)

    def living(self, kind: str) -> list[str]:
        return sorted(r for r, e in self.expected.items() if e.kind == kind and not e.deleted)

    def word(self) -> str:
        self.words += 1
        return f"word{self.words}"

    def new_content(self, kind: str, which: int, old: Content | None) -> Content | None:
        """Return other content, changed in its title, place or oversight as `which` says."""
        title, parent, boards = old or ("", None, frozenset())
        part = which % 3 if old else 0
        if part == 0:
            title = self.word()
        if kind in LEVELS[1:] and (part == 1 or not old):
            choices = self.living(LEVELS[LEVELS.index(kind) - 1])
            if not choices:
                return None
            parent = choices[which % len(choices)]
        if kind == "activity" and (part == 2 or not old):
            choices = self.living("oversight-mechanism")
            boards = frozenset(choices[: which % (len(choices) + 1)])
        return title, parent, boards

    def as_values(self, kind: str, content: Content) -> dict[str, Any]:
        title, parent, boards = content
        values: dict[str, Any] = {"title": title}
        if kind in LEVELS[1:]:
            above = LEVELS[LEVELS.index(kind) - 1]
            values["parent"] = f"{above}/{parent}"
        if kind == "activity":
            values["overseen_by"] = [f"oversight-mechanism/{b}" for b in boards]
        return values

    def refers_to_the_deleted(self, content: Content) -> bool:
        _title, parent, boards = content
        return any(self.expected[r].deleted for r in (parent, *boards) if r)

    def attempt(
        self,
        reference: str,
        allowed: bool,
        act: Callable[[], Any],
        error: type[Exception] = Refused,
    ) -> bool:
        """Do something that should succeed, or else raise `error` and leave no trace."""
        if not allowed:
            with pytest.raises(error):
                act()
            return False
        act()
        self.expected[reference].version += 1
        return True

    # ---- what people do ----

    @rule(kind=st.sampled_from(KINDS), which=st.integers(0, 30), by=st.sampled_from([PAT, CHRIS]))
    def create(self, kind: str, which: int, by: Any) -> None:
        content = self.new_content(kind, which, None)
        if content is None:
            return
        reference = f"{kind}-{self.word()}"
        values = NEEDED.get(kind, {}) | {"reference": reference} | self.as_values(kind, content)
        record = operations.create(kind_named(kind), values, by=by)
        self.expected[reference] = Expected(kind, record.pk, content, {by.name})
        self.touched = reference

    @draws({"what": st.integers(0, 30)})
    def edit(self, which: int | str, what: int, by: Any) -> None:
        reference, expected, record = self.pick(which, "edit", by)
        current = expected.draft or expected.content
        content = self.new_content(expected.kind, what, current)
        if content is None or expected.deleted:
            return
        values = self.as_values(expected.kind, content)
        allowed = not self.refers_to_the_deleted(content)
        edit = operations.edit
        version = expected.version
        if not self.attempt(
            reference, allowed, lambda: edit(record, values, version=version, by=by), Invalid
        ):
            return
        if expected.status == "published" or expected.draft:
            expected.draft, expected.in_review = content, False
            expected.draft_authors |= {by.name}
            if content == expected.content:  # back to what is official: nothing waits
                expected.draft, expected.draft_authors = None, set()
        else:
            expected.content = content
            if expected.status != "withdrawn":
                expected.status = "draft"
        expected.authors |= {by.name}

    @draws({"late": st.integers(1, 3)})
    def edit_what_has_changed_since(self, which: int, late: int, by: Any) -> None:
        _reference, expected, record = self.pick(which)
        if expected.deleted:
            return
        values = {"title": self.word()}
        with pytest.raises(Stale) as refusal:
            operations.edit(record, values, version=expected.version - late, by=by)
        assert refusal.value.values == values, "what was typed is kept"

    @draws({})
    def submit(self, which: int | str, by: Any) -> None:
        reference, expected, record = self.pick(which, "submit", by)
        waits = expected.draft is not None
        allowed = expected.open_to("submit", by.name)
        if self.attempt(reference, allowed, lambda: operations.submit(record, by=by)):
            if waits:
                expected.in_review = True
            else:
                expected.status = "in_review"

    @rule(which=WHICH, by=st.sampled_from([PAT, CHRIS, SAM]))
    def approve(self, which: int | str, by: Any) -> None:
        reference, expected, record = self.pick(which, "approve", by)
        draft = expected.draft
        allowed = expected.open_to("approve", by.name)
        error: type[Exception] = Refused
        if allowed and draft and self.refers_to_the_deleted(draft):
            allowed, error = False, Invalid
        if self.attempt(reference, allowed, lambda: operations.approve(record, by=by), error):
            if draft:
                self.take_draft(expected)
            else:
                expected.status = "approved"
            expected.authors = set()
            expected.approved.add(expected.content)

    def take_draft(self, expected: Expected) -> None:
        expected.content = expected.draft or expected.content
        expected.draft, expected.draft_authors, expected.in_review = None, set(), False

    @draws({})
    def send_back(self, which: int, by: Any) -> None:
        reference, expected, record = self.pick(which, "send_back", by)
        waits = expected.draft is not None
        allowed = expected.open_to("send_back", by.name)
        if self.attempt(reference, allowed, lambda: operations.send_back(record, by=by, why="No")):
            if waits:
                expected.in_review = False
            else:
                expected.status = "draft"

    @draws({})
    def discard(self, which: int, by: Any) -> None:
        reference, expected, record = self.pick(which, "discard", by)
        allowed = expected.open_to("discard", by.name)
        if self.attempt(reference, allowed, lambda: operations.discard(record, by=by)):
            expected.draft, expected.draft_authors, expected.in_review = None, set(), False

    @draws({"embargo": HOURS, "expiry": HOURS})
    def publish(self, which: int, by: Any, embargo: int | None, expiry: int | None) -> None:
        reference, expected, record = self.pick(which, "publish", by)
        allowed = expected.open_to("publish", by.name)
        error: type[Exception] = Refused
        if allowed and embargo is not None and expiry is not None and expiry <= embargo:
            allowed, error = False, Invalid
        now = timezone.now()
        times: dict[str, Any] = {
            name: None if hours is None else now + dt.timedelta(hours=hours)
            for name, hours in (("embargo_until", embargo), ("expires_at", expiry))
        }
        publish = operations.publish
        if self.attempt(reference, allowed, lambda: publish(record, by=by, **times), error):
            expected.status, expected.authors = "published", set()
            expected.embargo, expected.expiry = embargo, expiry

    @draws({})
    def withdraw(self, which: int | str, by: Any) -> None:
        reference, expected, record = self.pick(which, "withdraw", by)
        allowed = expected.open_to("withdraw", by.name)
        if self.attempt(reference, allowed, lambda: operations.withdraw(record, by=by, why="No")):
            expected.status = "withdrawn"

    @draws({})
    def reopen(self, which: int | str, by: Any) -> None:
        reference, expected, record = self.pick(which, "reopen", by)
        allowed = expected.open_to("reopen", by.name)
        error: type[Exception] = Refused
        if allowed and expected.draft and self.refers_to_the_deleted(expected.draft):
            allowed, error = False, Invalid
        if self.attempt(reference, allowed, lambda: operations.reopen(record, by=by), error):
            self.take_draft(expected)
            expected.status = "draft"

    @draws({})
    def delete(self, which: int, by: Any) -> None:
        reference, expected, record = self.pick(which)
        referred_to = any(
            reference == other.content[1] or reference in other.content[2]
            for other in self.expected.values()
            if not other.deleted
        )
        allowed = not expected.deleted and not referred_to and expected.status != "published"
        if self.attempt(reference, allowed, lambda: operations.delete(record, by=by, why="No")):
            expected.deleted = True

    @draws({})
    def use_a_reference_again(self, which: int, by: Any) -> None:
        reference, expected, _record = self.pick(which)
        values = NEEDED.get(expected.kind, {}) | {"reference": reference, "title": "again"}
        with pytest.raises((Refused, Invalid)):
            operations.create(kind_named(expected.kind), values, by=by)

    # ---- what must hold ----

    def seen(self, records: Any) -> dict[str, Content]:
        return {
            r.reference: (
                r.title,
                r.parent and r.parent.reference,
                frozenset(link.target.reference for link in r.links_out.all()),
            )
            for r in records.select_related("parent").prefetch_related("links_out__target")
        }

    @invariant()
    def columns_hold_official_values_and_drafts_wait_beside_them(self) -> None:
        living = {r: e for r, e in self.expected.items() if not e.deleted}
        assert self.seen(Record.objects.all()) == {r: e.content for r, e in living.items()}
        rows = Record.objects.values_list("reference", "status", "version")
        assert set(rows) == {(r, e.status, e.version) for r, e in living.items()}
        waiting = dict(Draft.objects.values_list("record__reference", "in_review"))
        assert waiting == {r: e.in_review for r, e in living.items() if e.draft}

    @invariant()
    def the_public_sees_only_what_was_approved_and_is_out(self) -> None:
        public = self.seen(Record.objects.public())
        assert set(public) == {r for r in self.expected if self.is_public(r)}
        for reference, content in public.items():
            assert content in self.expected[reference].approved

    def is_public(self, reference: str | None) -> bool:
        if reference is None:
            return True
        expected = self.expected[reference]
        return expected.is_out and self.is_public(expected.content[1])

    @invariant()
    def search_knows_no_word_of_a_draft_or_of_the_deleted(self) -> None:
        for expected in self.expected.values():
            hidden = expected.draft if expected.draft else expected.deleted and expected.content
            if hidden and hidden[0] != expected.content[0]:
                assert expected.pk not in search.find(hidden[0], Record.objects.all())
            if expected.deleted:
                assert expected.pk not in search.find(expected.content[0], Record.objects.all())

    @invariant()
    def the_record_just_acted_on_is_explained(self) -> None:
        self.changes_explain(self.touched)

    def changes_explain(self, reference: str) -> None:
        """Check the history: whole, in step with the row, and no approval by an author."""
        expected = self.expected[reference]
        changes = list(Change.objects.filter(record_id=expected.pk))
        assert [c.version for c in changes] == list(range(1, expected.version + 1))
        if expected.deleted:
            assert changes[-1].action == "deleted"
            assert replay(changes[:-1])["title"] == expected.content[0]
            assert set(replay(changes).values()) == {None}
        else:
            row = kind_named(expected.kind).model.objects.get(pk=expected.pk)
            assert writing.unexplained(row) == {}
        authors: set[str] = set()
        for change in changes:
            if change.action == "approved":
                assert change.by not in authors
                authors = set()
            elif change.action == "discarded" and not change.values:
                authors = set()
            elif change.values.keys() | change.proposed.keys() and change.action in (
                "created",
                "edited",
                "drafted",
            ):
                authors |= {change.by}


@pytest.mark.django_db
def test_no_interleaving_leaks_loses_or_leaves_anything_unexplained() -> None:
    run_state_machine_as_test(
        LifeOfTheRecord,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            phases=[Phase.generate],  # making a failure shorter would take minutes
        ),
    )
