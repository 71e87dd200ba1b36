"""The demonstration: one command to a loaded record, safe to run again; and the pack command."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import connection

from peelian.cli.demonstrating import DEMO_USERS
from peelian.demo import steps, west_mercia
from peelian.meetings.kinds import MEETING
from peelian.packs.kinds import PACK
from peelian.people.models import User
from peelian.promises.kinds import ACTIVITY, ROUND
from peelian.record.kinds import kinds
from peelian.record.models import Change, Record, Snapshot
from tests.makers import amend, approve_change, make
from tests.test_cli import run, run_apart

pytestmark = pytest.mark.usefixtures("worked_example", "db")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own; the files of the example stay where they are."""
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setenv("PEELIAN_TODAY", "")
    return tmp_path


# ---- the demonstration ----


def test_a_bare_database_becomes_the_demonstration_and_a_second_time_changes_nothing(
    tmp_path: Path,
) -> None:
    env = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3",
        "PEELIAN_DATA": str(tmp_path),
    }
    first = run_apart("demo", "--no-serve", **env)
    assert first.returncode == 0, first.stderr
    assert "55 commitments, 110 activities, 12 undertakings" in first.stdout
    assert f"{tmp_path}/pack-2020-02-05.pdf" in first.stdout
    assert "http://localhost:8000/" in first.stdout
    with pikepdf.open(tmp_path / "pack-2020-02-05.pdf") as pack:
        assert len(pack.pages) >= 60
    second = run_apart("demo", "--no-serve", **env)
    assert second.returncode == 0
    passwords = [
        re.findall(r"^ +pat +(\S+)", said, re.MULTILINE) for said in (first.stdout, second.stdout)
    ]
    assert passwords[0] == passwords[1] != []


def test_a_second_time_adds_no_change_and_keeps_what_people_did() -> None:
    activity = ACTIVITY.all().get(reference="2016-A4.6")
    approve_change(amend(activity, title="Written by a visitor"))
    amend(ACTIVITY.all().get(reference="2016-A4.5"), title="Waiting for approval")
    before = (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())
    result = run("demo", "--no-serve")
    assert result.exit_code == 0
    assert "what was changed since is kept" in result.output
    assert before == (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())
    assert ACTIVITY.all().get(reference="2016-A4.6").title == "Written by a visitor"


def test_every_row_of_the_example_is_explained_by_who_loaded_it() -> None:
    assert set(Change.objects.values_list("by", flat=True)) <= {
        "peelian demo",
        "peelian demo --publish",
        "peelian pack",
        "peelian pack --publish",
    }


def test_the_demonstration_users_can_sign_in_and_cover_both_sides_of_an_approval(
    folder: Path,
) -> None:
    said = run("demo", "--no-serve").output
    password = (folder / "demo-password").read_text()
    assert (folder / "demo-password").stat().st_mode & 0o077 == 0
    for user in User.objects.filter(username__in=DEMO_USERS):
        assert user.check_password(password)
        assert user.username in said
    assert User.objects.filter(username__in=DEMO_USERS).count() == 4


def test_the_numbers_are_told_in_words_of_one_and_many() -> None:
    counts = steps.counts()
    assert (counts["plan"], counts["topics"], counts["oversight mechanisms"]) == (1, 30, 33)
    assert sum(counts.values()) == sum(kind.all().count() for kind in kinds())


def test_the_round_of_the_next_quarter_is_open_once() -> None:
    west_mercia.open_round()
    assert ROUND.all().get().as_at == dt.date(2020, 3, 31)


# ---- peelian pack ----


def test_a_pack_with_unexplained_figures_is_refused_with_the_findings() -> None:
    result = run("pack", "2020-02-05")
    assert result.exit_code == 1
    assert "unexplained findings about figures stop this pack." in result.stderr
    assert "Mend or acknowledge them, or give --reason." in result.stderr
    assert "onfidence" in result.stdout
    assert PACK.all().get().snapshots.count() == 1


def test_with_a_reason_it_is_built_and_written_where_asked(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    result = run("pack", "2020-02-05", "--changed", "--reason", "Agreed", "--out", str(out))
    assert result.exit_code == 0
    assert result.output.startswith(f"Built {out} in ")
    assert out.read_bytes().startswith(b"%PDF-")
    pack = PACK.all().get()
    assert (pack.issue, pack.waiting().number, pack.waiting().reason) == (1, 2, "Agreed")


def test_publishing_at_once_makes_it_the_issue_that_counts() -> None:
    make("meeting", reference="2020-09-01", held_on=dt.date(2020, 9, 1))
    assert run("pack", "2020-09-01", "--reason", "Agreed", "--publish").exit_code == 0
    pack = PACK.all().get(reference="2020-09-01")
    assert (pack.status, pack.issue) == ("published", 1)


def test_of_two_meetings_on_a_day_the_panels_own_is_meant() -> None:
    day = dt.date(2020, 9, 1)
    panel = MEETING.all().get(reference="2020-02-05").body
    make("meeting", reference="another", held_on=day)
    make("meeting", reference="the-panels", held_on=day, body=panel)
    assert run("pack", "2020-09-01", "--reason", "Agreed").exit_code == 0
    assert list(PACK.all().filter(parent__reference="the-panels")) != []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2020-02-06", "--reason", "Agreed"), "There is no meeting on 2020-02-06."),
        (("2020-02-05", "--reason", "x" * 1001), "Give the reason in at most 1,000 characters."),
    ],
)
def test_what_cannot_be_built_is_told_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    result = run("pack", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_place_that_cannot_be_written_is_told() -> None:
    make("meeting", reference="2020-09-01", held_on=dt.date(2020, 9, 1))
    result = run("pack", "2020-09-01", "--reason", "Agreed", "--out", "/no/such/folder/pack.pdf")
    assert result.exit_code == 1
    assert "/no/such/folder/pack.pdf cannot be used: No such file or directory." in result.stderr


def test_the_example_stands_on_its_own_database() -> None:
    assert "example" in str(connection.settings_dict["NAME"])
