"""The workbook by which an owner answers: what goes out, what comes back, what is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
import xlsxwriter

from peelian.intake.formulas import formula_cells
from peelian.intake.tables import Rejected, read
from peelian.promises.operations import record_update, submit_updates, update_for
from peelian.record.models import Status
from peelian.rounds.merging import merge_sheet
from peelian.rounds.models import Answer
from peelian.rounds.operations import holder_of
from peelian.rounds.own_lines import rows_of
from peelian.rounds.sheet_reading import read_sheet
from peelian.rounds.sheets import columns, workbook
from tests.makers import CHRIS, PAT, make
from tests.rounds.invited import MARCH, an_invitation, invite_to

pytestmark = pytest.mark.django_db
DECEMBER = dt.date(2019, 12, 31)
NO_CHANGE, STATUS, WORDS, RELEASE, SEAL = 3, 4, 5, 6, 7


@pytest.fixture
def asked(db):
    """Return an invitation for two activities, and both."""
    invitation, one = an_invitation()
    two = make("activity", owner=one.owner, parent=one.parent)
    make("update", parent=two, as_at=DECEMBER, progress="at_risk", text="=1+1 and more")
    other = invitation.round
    both = invite_to(other, one, two, email="both@force.example", after=invitation)
    return both, one, two


def sent_out(invitation) -> bytes:
    rows = rows_of(invitation)
    return workbook(invitation.round, rows.values(), invitation.called)


def rewritten(content: bytes, tmp_path, cells=(), name="filled.xlsx", formulas=()):
    """Return the workbook's path after somebody filled in cells `{(row, column): text}`."""
    (tmp_path / "sent.xlsx").write_bytes(content)
    sheet = read(tmp_path / "sent.xlsx")
    rows = [columns(), *([row[c] for c in sheet.columns] for row in sheet.rows)]
    for (row, column), text in dict(cells).items():
        rows[row - 1][column] = text
    path = tmp_path / name
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        out = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if (number + 1, column) in formulas:
                    out.write_formula(number, column, text, None, "a result")
                else:
                    out.write_string(number, column, text)
    return path


def merged(invitation, path, by=None, **options):
    rows = rows_of(invitation)
    given = {"invitation_of": lambda row: invitation, "submit": True} | options
    actor = by or holder_of(invitation, Answer.Way.SPREADSHEET)
    return merge_sheet(path, invitation.round, rows, by=actor, **given)


def said(activity):
    update = update_for(activity, MARCH)
    return (update.progress, update.text) if update else None


def test_a_sheet_locks_all_but_four_columns_and_hides_what_was_read(asked) -> None:
    with zipfile.ZipFile(io.BytesIO(sent_out(asked[0]))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<sheetProtection" in sheet
    assert re.search(r'<col min="8" max="8"[^>]*hidden="1"', sheet)
    assert sheet.count("<dataValidation ") == 3
    assert 'quotePrefix="1"' in styles
    assert "<f>" not in sheet


def test_no_cell_goes_out_as_a_formula(asked, tmp_path) -> None:
    invitation, _one, two = asked
    for mark in "=+-@":
        record_update(
            two,
            as_at=MARCH,
            progress="on_track",
            text=f"{mark}1+1",
            version=getattr(update_for(two, MARCH), "version", None),
            by=PAT,
        )
        assert formula_cells(sent_out(invitation)) == set()


def test_a_sheet_that_nobody_touched_changes_nothing(asked, tmp_path) -> None:
    invitation, one, two = asked
    made = merged(invitation, rewritten(sent_out(invitation), tmp_path))
    assert (made.saved, made.unchanged, made.conflicts) == ([], 2, [])
    assert (said(one), said(two)) == (None, None)


def test_what_is_filled_in_is_kept_and_sent_for_review(asked, tmp_path) -> None:
    invitation, one, two = asked
    cells = {
        (2, STATUS): "off track",
        (2, WORDS): "Two left.",
        (2, RELEASE): "The office only",
        (3, NO_CHANGE): "No change",
    }
    made = merged(invitation, rewritten(sent_out(invitation), tmp_path, cells))
    assert (len(made.saved), made.unchanged) == (2, 0)
    assert said(one) == ("off_track", "Two left.")
    assert said(two) == ("at_risk", "=1+1 and more")
    assert update_for(one, MARCH).status == Status.IN_REVIEW
    assert update_for(one, MARCH).release == "internal"
    forms = {a.promise_id: (a.form, a.way) for a in Answer.objects.all()}
    assert forms == {one.pk: ("update", "spreadsheet"), two.pk: ("no_change", "spreadsheet")}


def test_the_same_sheet_twice_is_the_same_as_once(asked, tmp_path) -> None:
    invitation, one, _two = asked
    path = rewritten(sent_out(invitation), tmp_path, {(2, WORDS): "Two boards met."})
    merged(invitation, path)
    version = update_for(one, MARCH).version
    assert merged(invitation, path).conflicts == []
    assert update_for(one, MARCH).version == version


def test_a_line_that_a_colleague_saved_since_is_shown_and_not_overwritten(asked, tmp_path) -> None:
    invitation, one, two = asked
    cells = {(2, WORDS): "Theirs.", (3, WORDS): "Also theirs."}
    path = rewritten(sent_out(invitation), tmp_path, cells)
    record_update(one, as_at=MARCH, progress="on_track", text="Ours.", version=None, by=PAT)
    made = merged(invitation, path)
    assert said(one) == ("on_track", "Ours.")
    assert said(two) == ("on_track", "Also theirs.")
    (conflict,) = made.conflicts
    assert [(p.before, p.after) for p in conflict.pairs] == [("Ours.", "Theirs.")]


def test_being_sent_for_review_since_is_no_conflict(asked, tmp_path) -> None:
    invitation, one, _two = asked
    made = record_update(one, as_at=MARCH, progress="on_track", text="Ours.", version=None, by=PAT)
    path = rewritten(sent_out(invitation), tmp_path, {(2, WORDS): "Better."})
    submit_updates([made], by=PAT)
    assert merged(invitation, path).conflicts == []
    assert said(one) == ("on_track", "Better.")


@pytest.mark.parametrize(
    ("cells", "row", "column", "expected"),
    [
        ({(2, STATUS): "rosy", (2, WORDS): "x"}, 2, "Status", "one of: Not started"),
        ({(2, NO_CHANGE): "perhaps"}, 2, "No change", "No change"),
        ({(2, STATUS): "At risk"}, 2, "New update", "what has happened"),
        ({(2, WORDS): "x", (2, STATUS): ""}, 2, "Status", "a status"),
        ({(2, NO_CHANGE): "No change"}, 2, "No change", "none was made before"),
        ({(3, SEAL): ""}, 3, "Leave as it is", "this office sent"),
        ({(3, SEAL): "forged:word"}, 3, "Leave as it is", "this office sent"),
        ({(3, RELEASE): "Everybody"}, 3, "Who may hear it", "Public"),
    ],
)
def test_one_fault_and_nothing_is_kept(asked, tmp_path, cells, row, column, expected) -> None:
    invitation, one, two = asked
    with pytest.raises(Rejected) as refused:
        merged(invitation, rewritten(sent_out(invitation), tmp_path, {(3, WORDS): "Fine."} | cells))
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column) == ("filled.xlsx", row, column)
    assert expected in problem.expected
    assert (said(one), said(two)) == (None, None)


def test_what_the_record_refuses_undoes_the_whole_sheet(asked, tmp_path) -> None:
    invitation, one, two = asked
    path = rewritten(sent_out(invitation), tmp_path, {(2, WORDS): "Fine.", (3, WORDS): "Fine."})
    alone = invite_to(invitation.round, one, email="alone@x.example", after=invitation)
    with pytest.raises(Rejected, match="row 3"):
        merged(invitation, path, invitation_of=lambda row: alone)
    assert (said(one), said(two)) == (None, None)


def test_a_formula_is_refused_and_never_run(asked, tmp_path) -> None:
    cells = {(2, WORDS): '=HYPERLINK("http://x.example")'}
    path = rewritten(sent_out(asked[0]), tmp_path, cells, formulas={(2, WORDS)})
    with pytest.raises(Rejected, match="a formula; expected words"):
        merged(asked[0], path)


def test_a_line_twice_or_of_somebody_else_is_refused(asked, tmp_path) -> None:
    invitation, one, _two = asked
    content = sent_out(invitation)
    seal = read_sheet(rewritten(content, tmp_path), invitation.round)
    assert [f.row for f in seal] == [2, 3]
    (tmp_path / "sent.xlsx").write_bytes(content)
    first = read(tmp_path / "sent.xlsx").rows[0]["leave_as_it_is"]
    with pytest.raises(Rejected, match="each line once"):
        merged(invitation, rewritten(content, tmp_path, {(3, SEAL): first}))
    alone = invite_to(invitation.round, one, email="alone@x.example", after=invitation)
    with pytest.raises(Rejected, match="asked of this owner"):
        merged(alone, rewritten(content, tmp_path))


def test_a_sheet_of_another_office_or_round_is_refused(asked, tmp_path, settings) -> None:
    invitation = asked[0]
    path = rewritten(sent_out(invitation), tmp_path)
    other, _activity = an_invitation()
    with pytest.raises(Rejected, match="a sheet of"):
        read_sheet(path, other.round)
    settings.SECRET_KEY = "another office"
    with pytest.raises(Rejected, match="this office sent"):
        read_sheet(path, invitation.round)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.docx", b"PK"),
        ("sheet.ods", b"PK"),
        ("empty.xlsx", b""),
        ("noise.xlsx", b"\x00\xff" * 400),
        ("csv.xlsx", b"Line,Status\nA4.6,On track\n"),
        ("no-sheet.xlsx", None),
    ],
)
def test_what_is_no_sheet_of_ours_is_refused_by_name(asked, tmp_path, name, content) -> None:
    path = tmp_path / name
    if content is None:
        with xlsxwriter.Workbook(str(path)) as book:
            book.add_worksheet().write_row(0, 0, ["Line", "Status"])
    else:
        path.write_bytes(content)
    with pytest.raises(Rejected, match=re.escape(name)):
        read_sheet(path, asked[0].round)


def test_an_officer_may_bring_in_what_an_owner_mailed(asked, tmp_path) -> None:
    invitation, one, _two = asked
    path = rewritten(sent_out(invitation), tmp_path, {(2, WORDS): "Two boards met."})
    merged(invitation, path, by=CHRIS, invitation_of=lambda row: None, submit=False)
    assert update_for(one, MARCH).status == Status.DRAFT
    assert Answer.objects.count() == 0
