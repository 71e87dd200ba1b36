"""The command line: what each command promises, and that nobody ever meets a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from peelian import cli
from peelian.checks import findings as checks
from peelian.duties import rulebook
from peelian.people.kinds import PERSON
from peelian.people.models import User
from peelian.record.access import ROLE_LABELS
from peelian.record.models import Change
from peelian.record.scope import Scope
from tests.makers import DAY, PAT, make

PEELIAN = Path(sys.executable).with_name("peelian")


def run(*arguments: str) -> Result:
    """Run a command in this process; whatever it raises beside an exit is the test's failure."""
    result = CliRunner().invoke(cli.main, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_apart(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does, in a process of its own."""
    return subprocess.run(
        [PEELIAN, *arguments], env=os.environ | env, capture_output=True, text=True
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


# ---- help ----


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.output
    assert result.output.count(f"peelian {name}") + result.output.count(f"make {name}") >= 1


def test_the_list_of_commands_says_what_each_does() -> None:
    said = run("--help").output
    for name, command in cli.main.commands.items():
        assert f"  {name}" in said
        assert command.help


# ---- load ----


@pytest.mark.django_db
def test_a_file_is_loaded_and_what_was_done_is_told(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("reference,title\npat,Pat Lane\nsam,Sam Hill\n", encoding="utf-8")
    assert run("load", str(file)).output == "people.csv: 2 new\n"
    assert run("load", str(tmp_path)).output == "people.csv: 2 same\n"
    change = Change.objects.filter(kind="person").first()
    assert change is not None
    assert (change.by, change.why) == ("peelian load", "Loaded from people.csv")


@pytest.mark.django_db
def test_the_history_names_who_loaded(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("reference,title\npat,Pat Lane\n", encoding="utf-8")
    run("load", str(file), "--as", "Sam Hill")
    assert Change.objects.get(kind="person").by == "Sam Hill"


@pytest.mark.django_db
def test_a_wrong_file_is_refused_whole_with_row_and_column(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("reference,title\npat,Pat Lane\nno spaces,Sam\n,Robin\n", encoding="utf-8")
    result = run("load", str(file))
    assert result.exit_code == 1
    assert "people.csv, row 3, column “reference”: found “no spaces”" in result.stderr
    assert "people.csv, row 4, column “reference”: found nothing" in result.stderr
    assert "people.csv was not loaded: 2 problems. Nothing of it was kept." in result.stderr
    assert not PERSON.all().exists()
    assert not Change.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("people.csv", "no file to read"),
        ("missing", "no file to read"),
        ("biscuits.csv", "a name among: activities"),
    ],
)
def test_what_cannot_be_loaded_is_told_in_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "biscuits.csv").write_text("kind,crumbs\ntea,3\n")
    result = run("load", str(tmp_path / name))
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.django_db
def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing to load here.")
    result = run("load", str(tmp_path))
    assert result.exit_code == 1
    assert f"There is no CSV or XLSX file in {tmp_path}." in result.stderr


@pytest.mark.django_db
@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_one_may_not_read_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    result = run("load", str(closed))
    assert result.exit_code == 1
    assert "cannot be used: Permission denied." in result.stderr


def test_a_name_that_no_system_takes_is_told() -> None:
    result = run("load", "x" * 5000 + ".csv")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


# ---- check ----


def conflict() -> None:
    """Two documents give one measure two values for one period."""
    measure = make("measure")
    for value in (71.0, 75.0):
        make(
            "quoted-figure",
            measure=measure,
            period="2019-12",
            value=value,
            as_at=DAY,
            source="A survey",
            stated_in=f"Report with {value}",
        )


@pytest.mark.django_db
def test_a_record_without_faults_passes() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "Nothing found.\n")


@pytest.mark.django_db
def test_an_error_fails_the_check_until_somebody_says_why_it_stands() -> None:
    conflict()
    result = run("check", "--only", "conflicting-figure")
    assert result.exit_code == 1
    assert "error 1" in result.output
    for finding in checks.run(Scope(PAT), DAY, only=["conflicting-figure"]):
        checks.acknowledge(finding, by=PAT, reason="Two surveys")
    assert run("check", "--only", "conflicting-figure").exit_code == 0


@pytest.mark.django_db
def test_a_warning_alone_does_not_fail_the_check() -> None:
    make("commitment")
    result = run("check", "--only", "without-oversight")
    assert result.exit_code == 0
    assert "Warning" in result.output


@pytest.mark.django_db
def test_only_what_is_published_can_be_looked_at() -> None:
    make("commitment", status="draft")
    assert "Nothing found." not in run("check", "--only", "without-oversight").output
    assert run("check", "--only", "without-oversight", "--public").output == "Nothing found.\n"


@pytest.mark.django_db
def test_the_day_to_judge_by_can_be_given() -> None:
    make("undertaking", due="2020-01-31")
    early, late = (run("check", "--as-at", day, "--only", "past-due") for day in _DAYS)
    assert early.output == "Nothing found.\n"
    assert late.output != "Nothing found.\n"


_DAYS = ("2020-01-30", "2020-02-01")


@pytest.mark.django_db
def test_a_check_that_does_not_exist_is_named_with_those_that_do() -> None:
    result = run("check", "--only", "spelling", "--only", "past-due")
    assert result.exit_code == 1
    assert "There is no check called spelling." in result.stderr
    assert "conflicting-figure" in result.stderr


@pytest.mark.parametrize("command", [["check", "--as-at", "5 February"], ["pack", "tomorrow"]])
def test_a_date_must_be_one(command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert "does not match the format" in result.output


# ---- user ----


@pytest.mark.django_db
def test_a_user_is_created_with_a_password_that_works() -> None:
    result = run("user", "pat", "--name", "Pat Jones", "--role", "policy_officer")
    assert result.exit_code == 0
    pat = User.objects.get(username="pat")
    assert (pat.full_name, pat.roles) == ("Pat Jones", ["policy_officer"])
    assert pat.check_password(result.output.split()[-1])


@pytest.mark.django_db
def test_a_user_who_is_there_gets_new_roles_and_a_new_password() -> None:
    first = run("user", "pat", "--name", "Pat", "--role", "reader").output.split()[-1]
    second = run("user", "pat", "--name", "Pat", "--role", "analyst", "--role", "reader")
    pat = User.objects.get()
    assert pat.roles == ["analyst", "reader"]
    assert not pat.check_password(first)
    assert pat.check_password(second.output.split()[-1])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pat", "--name", "Pat", "--role", "king"), "There is no role called king."),
        (("", "--name", "Pat", "--role", "reader"), "username: This field cannot be blank."),
        (("pat", "--name", "", "--role", "reader"), "full_name: This field cannot be blank."),
        (("p" * 151, "--name", "Pat", "--role", "reader"), "at most 150 characters"),
    ],
)
def test_a_user_who_cannot_be_is_refused_with_the_reason(
    arguments: tuple[str, ...], said: str
) -> None:
    result = run("user", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_roles_there_are_are_told() -> None:
    said = run("user", "pat", "--name", "Pat", "--role", "king").stderr
    assert all(role in said for role in ROLE_LABELS)


# ---- serve, and what stands in the way of any command ----


def test_a_port_that_is_taken_is_told_with_what_to_do(taken: int) -> None:
    for command, other in (("serve", "peelian serve --port"), ("demo", "make demo PORT=")):
        result = run(command, "--port", str(taken))
        assert result.exit_code == 1
        assert f"Port {taken} is taken. Choose another: {other}" in result.stderr


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """An office's own rules with a tab where YAML has none."""
    path = tmp_path / "ours.yaml"
    path.write_text("pack: ours\ntitle: Ours\nrules:\n\t- id: ours/a\n", encoding="utf-8")
    return path


def test_a_broken_rule_pack_stops_the_site_before_it_is_served(broken: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    env = {"PEELIAN_RULES": str(broken.parent), "PEELIAN_DATA": str(broken.parent)}
    result = run_apart("serve", "--port", port, **env)
    assert result.returncode == 1
    assert f"{broken}, line 4: found " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.django_db
def test_a_broken_rule_pack_is_told_by_a_command_with_its_line(broken: Path, settings: Any) -> None:
    settings.OWN_RULES = broken.parent
    rulebook.packs.cache_clear()
    try:
        result = run("remind", "--dry-run")
    finally:
        rulebook.packs.cache_clear()
    assert result.exit_code == 1
    assert f"{broken}, line 4: found " in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_must_be_one(port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


@pytest.mark.parametrize(
    "command",
    [("check",), ("pack", "2020-02-05"), ("user", "pat", "--name", "Pat", "--role", "reader")],
    ids=lambda command: command[0],
)
def test_a_database_without_tables_leads_to_migrate(tmp_path: Path, command: Any) -> None:
    database = f"sqlite:///{tmp_path}/empty.sqlite3"
    result = run_apart(*command, DATABASE_URL=database, PEELIAN_DATA=str(tmp_path))
    assert result.returncode == 1
    assert "Run: peelian migrate" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("sqlite:////no/such/folder/peelian.sqlite3", "unable to open database file"),
        ("postgresql://nobody:x@127.0.0.1:1/none", "connection"),
        ("mysql://127.0.0.1/peelian", "expected sqlite:/// or postgresql://"),
    ],
)
def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, database: str, said: str) -> None:
    result = run_apart("check", DATABASE_URL=database, PEELIAN_DATA=str(tmp_path))
    assert result.returncode == 1
    assert said in result.stderr
    assert "DATABASE_URL" in result.stderr
    assert "Traceback" not in result.stderr


def test_migrating_makes_the_tables_and_may_be_done_again(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3", "PEELIAN_DATA": str(tmp_path)}
    for _time in range(2):
        result = run_apart("migrate", **env)
        assert (result.returncode, result.stdout) == (0, "The database is up to date.\n")
    assert run_apart("check", **env).stdout == "Nothing found.\n"
