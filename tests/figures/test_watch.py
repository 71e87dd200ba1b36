"""A folder that is watched: each complete return once, whole or not at all, with a report."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from peelian.figures.load import Given
from peelian.figures.models import Observation, Return
from peelian.figures.watch import Busy, Watch, alone, run
from peelian.record.access import Command
from tests.makers import make

PEELIAN = Path(sys.executable).with_name("peelian")
GIVEN = Given(source="Force return")
TEXT = "measure,area,period,value\nrobbery,north,2019-11,12\nrobbery,north,2019-12,14\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def register(db):
    make("area", reference="north", title="North")
    make("measure", reference="robbery", title="Robbery")


class Watched:
    """A watch, what it said, and its looks without the pauses between them."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.watch = Watch(
            folder, GIVEN, by=Command("peelian figures watch"), tell=self.said.append
        )

    def pass_by(self, looks: int = 2) -> list[str]:
        before = len(self.said)
        for _look in range(looks):
            for path in self.watch.look():
                self.watch.take(path)
        return self.said[before:]


@pytest.fixture
def watched(register, folder):
    return Watched(folder)


def tree(folder: Path) -> list[str]:
    """Return what lies in a folder and the folders in it, but for the lock."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != ".peelian-watch")
    return sorted(str(p.relative_to(folder)) for p in found)


# ---- what becomes of a file ----


def test_a_complete_return_is_loaded_and_moved_with_its_report(watched, folder):
    (folder / "december.csv").write_text(TEXT)
    assert watched.pass_by() == ["loaded: december.csv: 2 new"]
    assert tree(folder) == ["loaded/december.csv", "loaded/december.csv.report.txt"]
    report = (folder / "loaded/december.csv.report.txt").read_text()
    assert "december.csv: 2 new\nLayout: long. As at: " in report
    came_in = Return.objects.get()
    assert (came_in.file, came_in.loaded_by) == ("december.csv", "peelian figures watch")


def test_a_wrong_return_is_moved_with_all_that_is_wrong_and_nothing_is_kept(watched, folder):
    (folder / "december.csv").write_text(TEXT.replace("14", "many").replace("12\n", "few\n"))
    [said] = watched.pass_by()
    assert said == "refused: december.csv was not loaded: 2 problems. Nothing of it was kept."
    assert tree(folder) == ["refused/december.csv", "refused/december.csv.report.txt"]
    report = (folder / "refused/december.csv.report.txt").read_text()
    assert "december.csv, row 3, column “value”: found “many”; expected a number." in report
    assert not Observation.objects.exists()
    assert watched.watch.troubles


def test_the_very_same_file_is_never_loaded_twice(watched, folder):
    for name in ("december.csv", "december.csv", "renamed.csv"):
        (folder / name).write_text(TEXT)
        watched.pass_by()
    assert Return.objects.count() == 1
    assert Observation.objects.count() == 2
    files = [name for name in tree(folder) if not name.endswith(".report.txt")]
    assert files == ["loaded/december-2.csv", "loaded/december.csv", "loaded/renamed.csv"]
    assert "the very same file" in (folder / "loaded/renamed.csv.report.txt").read_text()


def test_a_file_that_grows_is_left_until_it_rests(watched, folder):
    path = folder / "december.csv"
    path.write_text(TEXT[:60])
    watched.watch.look()
    path.write_text(TEXT)
    assert watched.pass_by(1) == []
    assert watched.pass_by(1) == ["loaded: december.csv: 2 new"]


def test_a_file_that_grows_while_it_is_read_leaves_nothing(watched, folder, monkeypatch):
    path = folder / "december.csv"
    path.write_text(TEXT)
    from peelian.figures import assessments

    real = assessments.refresh

    def meanwhile(measures):
        with path.open("a") as more:
            more.write("robbery,north,2020-01,9\n")
        monkeypatch.undo()
        return real(measures)

    monkeypatch.setattr(assessments, "refresh", meanwhile)
    assert watched.pass_by() == []
    assert not Observation.objects.exists()
    assert watched.pass_by() == ["loaded: december.csv: 3 new"]


@pytest.mark.parametrize("name", [".december.csv", "~$december.xlsx", "december.csv.part", "x.tmp"])
def test_what_is_hidden_or_not_yet_whole_is_left_alone(watched, folder, name):
    (folder / name).write_text(TEXT)
    (folder / "folder.csv").mkdir()
    assert watched.pass_by(3) == []
    assert tree(folder) == [name]


def test_an_empty_file_waits_and_is_told_once(watched, folder):
    (folder / "december.csv").touch()
    assert watched.pass_by(4) == ["waiting: december.csv: it is empty"]
    (folder / "december.csv").write_text(TEXT)
    assert watched.pass_by() == ["loaded: december.csv: 2 new"]
    assert watched.watch.troubles == {}


def test_a_file_that_vanishes_is_no_matter(watched, folder):
    path = folder / "december.csv"
    path.write_text(TEXT)
    watched.watch.look()
    [ready] = watched.watch.look()
    path.unlink()
    watched.watch.take(ready)
    assert watched.said == []
    assert not Return.objects.exists()


def test_a_file_that_cannot_be_moved_waits_and_is_not_loaded_twice(watched, folder):
    (folder / "december.csv").write_text(TEXT)
    (folder / "loaded").symlink_to(folder / "nowhere")
    assert [said[:30] for said in watched.pass_by(4)] == ["waiting: december.csv: [Errno "]
    (folder / "loaded").unlink()
    assert "the very same file" in watched.pass_by()[0]
    assert Return.objects.count() == 1
    assert (folder / "loaded/december.csv").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_is_locked_waits_until_it_can_be_read(watched, folder):
    path = folder / "december.csv"
    path.write_text(TEXT)
    path.chmod(0)
    assert len(watched.pass_by(4)) == 1
    path.chmod(0o600)
    assert watched.pass_by() == ["loaded: december.csv: 2 new"]


def test_a_folder_that_is_away_is_told_once_and_awaited(watched, folder):
    away = folder.rename(folder.with_name("away"))
    assert len(watched.pass_by(3)) == 1
    away.rename(folder)
    (folder / "december.csv").write_text(TEXT)
    assert watched.pass_by() == ["loaded: december.csv: 2 new"]


def test_where_nothing_names_the_day_it_is_the_day_of_loading(watched, folder, settings):
    settings.OFFICE = settings.OFFICE | {"today": "2020-01-28"}
    (folder / "a.csv").write_text(TEXT)
    own = TEXT.replace("value", "value,as_at").replace("12\n", "12,2020-01-20\n")
    (folder / "b.csv").write_text(own.replace("14\n", "14,2020-01-20\n"))
    watched.pass_by()
    known = set(Observation.objects.values_list("known", flat=True))
    assert known == {dt.date(2020, 1, 28), dt.date(2020, 1, 20)}


# ---- the watch itself ----


def test_nobody_else_watches_the_same_folder(folder):
    with alone(folder), pytest.raises(Busy), alone(folder):
        pass
    with alone(folder):
        pass


# The watch lets go of stale connections, and with one a transaction of the test's own.
@pytest.mark.django_db(transaction=True)
def test_once_takes_what_is_there_and_a_stop_takes_nothing_more(watched, folder):
    (folder / "december.csv").write_text(TEXT)
    stop = Event()
    stop.set()
    run(watched.watch, stop, once=False, pause=0.01)
    assert tree(folder) == ["december.csv"]
    run(watched.watch, Event(), once=True, pause=0.01)
    assert watched.said == ["loaded: december.csv: 2 new"]


# ---- killed ----

KILLED = """
import os, signal, sys
import django
django.setup()
from peelian.figures import staging, watch
from peelian.figures.load import Given
from peelian.record.access import Command
from pathlib import Path
from threading import Event
moments = {"stored": (staging.Stage, "append"), "committed": (watch.Watch, "_move")}
place, name = moments[sys.argv[2]]
real = getattr(place, name)
def die(*args):
    if name == "append":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(place, name, die)
folder = Path(sys.argv[1])
one = watch.Watch(folder, Given(source="x"), by=Command("watch"), tell=print)
watch.run(one, Event(), once=True, pause=0.05)
"""


@pytest.fixture
def office(register, tmp_path):
    """Return the environment of an office on a file of its own, with the register in it."""
    if connection.vendor != "sqlite":
        pytest.skip("the tables of the tests are in memory on SQLite only")
    with closing(sqlite3.connect(tmp_path / "office.sqlite3")) as file:
        connection.connection.backup(file)
        file.commit()
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'office.sqlite3'}",
        "PEELIAN_DATA": str(tmp_path),
        "PEELIAN_SECRET_KEY": "x",
        "DJANGO_SETTINGS_MODULE": "peelian.config.settings",
    }


def stored(tmp_path: Path) -> tuple[int, ...]:
    """Return how many values, returns and assessments the office's file holds."""
    with closing(sqlite3.connect(tmp_path / "office.sqlite3")) as file:
        tables = ("observation", "return", "assessment")
        return tuple(
            file.execute(f"SELECT count(*) FROM figures_{t}").fetchone()[0] for t in tables
        )


@pytest.mark.django_db(transaction=True)  # so that the register is there to be copied
def test_killed_at_any_moment_it_is_loaded_whole_and_once(office, folder, tmp_path):
    (folder / "december.csv").write_text(TEXT)

    def kill(moment: str) -> None:
        ended = subprocess.run([sys.executable, "-c", KILLED, folder, moment], env=office)
        assert ended.returncode == -signal.SIGKILL

    kill("stored")
    assert stored(tmp_path) == (0, 0, 0), "what was stored and not committed is gone"
    kill("committed")
    assert stored(tmp_path) == (2, 1, 1), "what was committed is whole"
    assert tree(folder) == ["december.csv"]

    command = [PEELIAN, "figures", "watch", folder, "--source", "x", "--pause", "0.1"]
    going = subprocess.Popen(command, env=office, stdout=subprocess.PIPE, text=True)
    try:
        for _attempt in range(200):
            if (folder / "loaded/december.csv").exists():
                break
            time.sleep(0.05)
        going.send_signal(signal.SIGTERM)
        said, _nothing = going.communicate(timeout=20)
    finally:
        going.kill()
    assert going.returncode == 0
    assert "the very same file came in on" in said
    assert stored(tmp_path) == (2, 1, 1)
    assert tree(folder) == ["loaded/december.csv", "loaded/december.csv.report.txt"]
