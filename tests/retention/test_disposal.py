"""Nothing held or not yet due goes; what goes leaves one certificate and no trace of its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

import peelian
from peelian.blocks import Document
from peelian.documents import pdf
from peelian.elections.models import Clearance
from peelian.record import files, search
from peelian.record import operations as record
from peelian.record.access import Command
from peelian.record.disposal import contents_of
from peelian.record.errors import Invalid, RecordError, Refused, Stale, WriteRefused
from peelian.record.kinds import kind_of
from peelian.record.models import Attachment, Change, Link, Record, Snapshot
from peelian.record.querysets import write_path
from peelian.retention import operations
from peelian.retention.models import Certificate, Disposed, Proposal
from tests.makers import CHRIS, DAY, PAT, ROBIN, amend, make
from tests.retention.conftest import traces

pytestmark = pytest.mark.django_db
WORD = "quagzebrun"
OLD = dt.date(2012, 3, 1)
LAST = dt.date(2014, 1, 27)  # six years later is the day before the office's today
DAY_LONG = dt.timedelta(days=1)
BOSS = Command("boss", ("chief_executive",))
HOLD = {"title": "A claim", "why": "Not settled", "starts_on": dt.date(2020, 1, 2)}


def _over(kind: str = "clock", **values: Any) -> Any:
    """Return a record whose time is over."""
    dated = {"clock": "opened_on", "proof": "met_on", "undertaking": "closed_on"}[kind]
    closed = {"progress": "complete"} if kind == "undertaking" else {}
    return make(kind, **closed | {dated: OLD} | values)


def _gone(*records: Any, by: Any = PAT, disposer: Any = CHRIS) -> list[Certificate]:
    return operations.dispose_of(operations.propose(records, by=by, why="Over"), by=disposer)


def _a_pdf(text: str) -> files.NewFile:
    return files.NewFile(f"{text}.pdf", pdf.render(Document(text, "O", DAY, ())), text, text)


# ---- the property ----

EVENTS = st.sampled_from(["none", "draft", "attachment", "edit", "part"])
HELD = st.sampled_from(["", "record", "part", "kind", "class", "lifted"])
DAYS = st.sampled_from([OLD, LAST, LAST + DAY_LONG, dt.date(2019, 5, 1)])


@settings(max_examples=15)
@given(day=DAYS, held=HELD, referred=st.booleans(), event=EVENTS, same=st.booleans())
def test_only_what_is_due_free_and_decided_by_two_goes_and_it_goes_whole(
    day: dt.date, held: str, referred: bool, event: str, same: bool
) -> None:
    with transaction.atomic():
        _try_one(day, held, referred, event, same)
        transaction.set_rollback(True)


def _try_one(day: dt.date, held: str, referred: bool, event: str, same: bool) -> None:
    one = _over("undertaking", closed_on=day, title=WORD, text=f"Said {WORD}.", why=WORD)
    part = make("update", parent=one, as_at=OLD, text=f"More {WORD}")
    _happens(event, one)
    if referred:
        make("quoted-figure", promise=one, title="Quoted")
    _hold(held, one, part)
    free = day <= LAST and held in ("", "lifted") and not referred and not same
    before = traces(WORD)
    assert {"record_record", "record_change", "promises_promise"} <= before
    try:
        _gone(one, disposer=Command(PAT.name, ("chief_executive",)) if same else CHRIS)
    except RecordError:
        assert not free
        assert Record.objects.filter(pk__in=[one.pk, part.pk]).count() == 2
        assert before <= traces(WORD)
        assert Certificate.objects.count() == 0
        return
    assert free
    [certificate] = Certificate.objects.all()
    assert certificate.reference == one.reference
    assert traces(WORD) == set()
    assert not Record.objects.filter(pk__in=[one.pk, part.pk]).exists()
    assert {gone.reference for gone in certificate.records.all()} >= {one.reference, part.reference}


def _happens(event: str, one: Any) -> None:
    steps: dict[str, Callable[[], Any]] = {
        "draft": lambda: amend(one, text=f"Drafted {WORD}", why=WORD),
        "attachment": lambda: files.attach(one, files.NewFile("a.png", _png(), WORD, WORD), by=PAT),
        "edit": lambda: record.withdraw(one, by=CHRIS, why=WORD),
        "part": lambda: make("update", parent=one, as_at=DAY, text=WORD, status="draft"),
    }
    steps.get(event, lambda: None)()


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"no word of it"


def _hold(held: str, one: Any, part: Any) -> None:
    on: dict[str, tuple[dict[str, Any], list[Any]]] = {
        "record": ({}, [one]),
        "lifted": ({}, [one]),
        "part": ({}, [part]),
        "kind": ({"kind": "update"}, []),
        "class": ({"rule": "retention/undertakings"}, []),
    }
    if held:
        values, records = on[held]
        hold = operations.place_hold(HOLD | values, records, by=PAT)
        if held == "lifted":
            operations.lift_hold(hold, by=CHRIS, why="Settled")


# ---- what goes ----


def test_files_go_when_nobody_else_holds_them(
    django_capture_on_commit_callbacks: Any,
) -> None:
    one, other = _over(title=WORD), make("plan")
    own = files.attach(one, _a_pdf(WORD), by=PAT)
    shared = files.NewFile("b.png", _png(), "Shared")
    kept = files.attach(one, shared, by=PAT)
    files.attach(other, shared, by=PAT)
    with django_capture_on_commit_callbacks(execute=True):
        [certificate] = _gone(one)
    assert not files.path_of(own.sha256).exists()
    assert files.path_of(kept.sha256).exists()
    assert (certificate.files, Attachment.objects.count()) == (2, 1)
    assert traces(WORD) == set()


def test_words_to_search_and_links_go() -> None:
    one = _over("undertaking", title=WORD)
    part = make("update", parent=one, as_at=OLD, text=WORD)
    with write_path():
        Link(source_id=one.pk, target_id=make("plan").pk, form="overseen_by").save()
        Link(source_id=part.pk, target_id=one.pk, form="overseen_by").save()
    assert set(search.find(WORD, Record.objects.all())) == {one.pk, part.pk}
    _gone(one)
    assert search.find(WORD, Record.objects.all()) == []
    assert Link.objects.count() == 0
    assert traces(WORD) == set()


def test_why_it_went_out_before_a_poll_goes_too_and_who_let_it_out_stays() -> None:
    make("election", form="general", poll_on="2020-02-20", notice_on="2020-01-10")
    one = _over(title=WORD, status="approved")
    answers = {"is_statutory": True, "is_routine": False, "can_wait": False}
    record.publish(one, by=CHRIS, why=f"Asked for by {WORD}", answers=answers)
    assert "elections_clearance" in traces(WORD)
    _gone(one)
    assert traces(WORD) == set()
    [kept] = Clearance.objects.all()
    assert (kept.record_id, kept.by, kept.why) == (one.pk, CHRIS.name, "")


def test_a_certificate_says_what_when_why_and_who_and_nothing_of_the_content() -> None:
    one = _over(title=WORD, note=WORD, opened_on=OLD)
    steps = Change.objects.filter(record_id=one.pk).count()
    [made] = _gone(one)
    made.refresh_from_db()
    assert (made.kind, made.reference, made.rule) == ("clock", one.reference, "retention/duties")
    assert (made.counted_from, made.kept_until) == (OLD, dt.date(2018, 3, 1))
    assert (made.proposed_by, made.by, made.proposed_why) == ("pat", "chris", "Over")
    assert made.changes == steps + 1  # the proposal is one too
    assert "UK GDPR" in made.citation
    assert len(made.sha256) == 64
    with pytest.raises(WriteRefused):
        made.delete()


def test_the_history_keeps_who_did_what_and_when_and_says_nothing() -> None:
    one = _over(title=WORD)
    before = list(Change.objects.filter(record_id=one.pk).values_list("action", "by", "at"))
    [certificate] = _gone(one)
    after = Change.objects.filter(record_id=one.pk)
    assert list(after.values_list("action", "by", "at"))[: len(before)] == before
    assert [c.action for c in after][-2:] == ["disposal_proposed", "disposed"]
    assert {(c.title, str(c.values), str(c.proposed)) for c in after} == {("", "{}", "{}")}
    assert [c.why for c in after if c.why] == [f"Certificate {certificate.pk}"]


def test_a_reference_is_never_used_again() -> None:
    one = _over()
    _gone(one)
    with pytest.raises(Refused, match="never used twice"):
        make("clock", reference=one.reference)


# ---- what does not go ----


def test_what_refers_to_a_record_is_named_and_keeps_it() -> None:
    one = _over("undertaking", reference="u-1")
    make("quoted-figure", promise=one, reference="q-1", title="Quoted on page 3")
    with pytest.raises(Refused, match="q-1, “Quoted on page 3”"):
        operations.propose([one], by=PAT, why="Over")


def test_a_waiting_draft_that_names_a_record_keeps_it() -> None:
    one = _over("undertaking", reference="u-1")
    quoted = make("quoted-figure", reference="q-1")
    amend(quoted, promise=one)
    with pytest.raises(Refused, match="q-1"):
        operations.propose([one], by=PAT, why="Over")


def test_what_was_issued_stays() -> None:
    one = _over()
    with write_path():
        Snapshot(record_id=one.pk, number=1, content="As issued", sha256="0", made_by="x").save()
    with pytest.raises(Refused, match="issued"):
        operations.propose([one], by=PAT, why="Over")


def test_what_changed_since_it_was_proposed_is_looked_at_again() -> None:
    one = _over(status="draft")
    proposals = operations.propose([one], by=PAT, why="Over")
    amend(one, note="There is more to it.")
    with pytest.raises(Stale):
        operations.dispose_of(proposals, by=CHRIS)
    operations.keep_after_all(proposals, by=PAT, why="There is more to it")
    assert Proposal.objects.count() == 0
    assert len(_gone(Record.objects.get(pk=one.pk))) == 1


def test_all_of_several_go_or_none() -> None:
    first, second = _over(), _over("proof")
    proposals = operations.propose([first, second], by=PAT, why="Over")
    operations.place_hold(HOLD, [second], by=PAT)
    with pytest.raises(Refused, match="hold"):
        operations.dispose_of(proposals, by=CHRIS)
    assert Record.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    assert Certificate.objects.count() == Disposed.objects.count() == 0


WRONG: dict[str, tuple[Callable[[Any], Any], type[Exception]]] = {
    "a reader proposes": (lambda one: operations.propose([one], by=ROBIN, why="Over"), Refused),
    "without a reason": (lambda one: operations.propose([one], by=PAT, why=" "), Invalid),
    "a long reason": (lambda one: operations.propose([one], by=PAT, why="x" * 1001), Invalid),
    "twice": (lambda one: [operations.propose([one], by=PAT, why="Over") for _ in "ab"], Refused),
    "who may not approve": (lambda one: _gone(one, disposer=Command("kim", ("analyst",))), Refused),
    "the same person": (lambda one: _gone(one, by=BOSS, disposer=BOSS), Refused),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_takes_two_who_may_and_a_reason(name: str, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"approver_may_be_author": True}
    act, error = WRONG[name]
    one = _over()
    with pytest.raises(error):
        act(one)
    assert Record.objects.filter(pk=one.pk).exists()
    assert Certificate.objects.count() == 0


def test_an_analyst_proposes_no_clock() -> None:
    with pytest.raises(Refused, match="role"):
        operations.propose([_over()], by=Command("kim", ("analyst",)), why="Over")


# ---- the one way ----


def test_history_is_emptied_by_a_disposal_and_nothing_else() -> None:
    make("plan")
    with write_path(), pytest.raises(WriteRefused):
        Change.objects.all().blank(values={})
    with write_path(), pytest.raises(WriteRefused):
        Attachment.objects.all().destroy()


def test_only_a_disposal_by_two_calls_what_destroys() -> None:
    package = Path(peelian.__file__).parent
    said = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    calls = {str(p.relative_to(package)) for p, text in said.items() if "destroy(" in text}
    assert calls == {
        "record/disposal.py",
        "record/querysets.py",
        "retention/operations.py",
    }
    opens = {str(p.relative_to(package)) for p, text in said.items() if "disposal_path()" in text}
    assert opens == {"record/disposal.py", "record/querysets.py"}
    callers = {str(p.relative_to(package)) for p, text in said.items() if "dispose_of(" in text}
    assert callers == {
        "demo/northshire.py",  # of a made-up record, in the demonstration's own data
        "retention/operations.py",
        "retention/disposal_views.py",
    }


def test_sqlite_writes_over_what_it_deletes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's vacuum does it")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    _gone(_over())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_kinds_with_parts_are_known_by_their_own_models() -> None:
    one = _over("undertaking")
    part = make("update", parent=one, as_at=OLD)
    found = contents_of(Record.objects.get(pk=one.pk)).records
    assert [(type(r), r.pk) for r in found] == [
        (kind_of(one).model, one.pk),
        (kind_of(part).model, part.pk),
    ]
