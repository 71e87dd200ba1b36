"""The `peelian` command: what an office runs, each with an example in its help."""

from __future__ import annotations

import datetime as dt
import errno
import os
import secrets
import socket
import sys
import time
from pathlib import Path
from typing import Any

import click

from peelian.cli.running import PORT, fail, refuse, set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")


class Commands(click.Group):
    """The commands; what the database, a disk or a rule pack refuses is told in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what is printed has seen enough
                raise
            fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}.")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if said := _said(error):
                fail(said)
            raise


def _said(error: Exception) -> str:
    """Return in a sentence what is refused; empty for what nobody expects."""
    # Only now: a command that needs neither does not wait for the database's modules.
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    from peelian.law.packfile import RulePackError

    said = str(error).strip().partition("\n")[0]
    if isinstance(error, ProgrammingError) or (
        isinstance(error, OperationalError) and said.startswith("no such")
    ):
        return f"The database is not up to date ({said}). Run: peelian migrate"
    if isinstance(error, OperationalError):
        return f"The database that DATABASE_URL names cannot be used: {said}."
    return str(error) if isinstance(error, ImproperlyConfigured | RulePackError) else ""


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="peelian")
def main() -> None:
    """Promises, figures and duties of policing on one dated record.

    Load the files an office has, check the record, build the pack, serve the site.
    """


@main.command(epilog="Example:  peelian migrate")
def migrate() -> None:
    """Make or update the database's tables. Safe to run again."""
    set_up()
    from django.core.management import call_command

    from peelian.config.database import count_rows

    call_command("migrate", verbosity=0)
    count_rows()
    click.echo("The database is up to date.")


@main.command(epilog="Example:  peelian load examples/west-mercia-2020")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "name", default="peelian load", help="Who the history names as loading.")
def load(paths: tuple[Path, ...], name: str) -> None:
    """Load CSV and XLSX files, or folders of them, into the record.

    A file is named after what it holds (commitments.csv, measures.xlsx, delivery-plan.csv,
    observations-2020.csv). It is taken whole or not at all; every row that is wrong is told.
    Loading a file again changes only what differs.
    """
    if not 0 < len(name) <= 150:
        fail("--as: a name has at most 150 characters.")
    set_up()
    from peelian.intake.tables import Rejected
    from peelian.record.access import Command
    from peelian.record.load import load_paths

    done = 0
    try:
        for loaded in load_paths(paths, by=Command(name)):
            click.echo(str(loaded))
            done += 1
    except Rejected as error:
        refuse(error.problems)
    if not done:
        fail(f"There is no CSV or XLSX file in {', '.join(map(str, paths))}.")


@main.command(epilog="Example:  peelian verify")
def verify() -> None:
    """Compare every record with its history and tell each row that its changes do not explain.

    Meant for every night. Ends with status 1 where something went round the one write path.
    """
    set_up()
    from peelian.record.kinds import kinds
    from peelian.record.writing import unexplained

    looked, wrong = 0, 0
    for kind in kinds():
        for record in kind.all().iterator(chunk_size=500):
            looked += 1
            if differences := unexplained(record):
                wrong += 1
                click.echo(f"{record.key}: {', '.join(differences)}")
    click.echo(f"{looked:,} records compared with their history; {wrong} are not explained by it.")
    sys.exit(1 if wrong else 0)


@main.command(epilog='Example:  peelian pack 2020-02-05 --changed --reason "Agreed with the chair"')
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--changed", is_flag=True, help="Only what changed in the plan since the last pack.")
@click.option("--reason", default="", help="Go on despite findings about figures, for this reason.")
@click.option("--publish", is_flag=True, help="Publish the pack once it is built.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write the PDF here.")
def pack(date: dt.datetime, changed: bool, reason: str, publish: bool, out: Path | None) -> None:
    """Build the agenda pack of the panel's meeting on DATE, as a page and as a tagged PDF."""
    set_up()
    from peelian.checks import findings as checks
    from peelian.packs.operations import Stopped
    from peelian.record.errors import RecordError

    started = time.perf_counter()
    try:
        path = _build(date.date(), "changed" if changed else "all", reason, publish)
    except Stopped as error:
        click.echo(checks.findings_text(error.findings))
        fail(f"{error} Mend or acknowledge them, or give --reason.")
    except RecordError as error:
        fail(str(error))
    if out:
        out.write_bytes(path.read_bytes())
    click.echo(f"Built {out or path} in {time.perf_counter() - started:.1f} s.")


def _build(day: dt.date, extract: str, reason: str, publish: bool) -> Path:
    """Build the pack of the panel's meeting on a day and return where its PDF is kept."""
    from django.conf import settings

    from peelian.meetings.kinds import MEETING
    from peelian.packs.operations import build
    from peelian.record import files, operations
    from peelian.record.access import Command
    from peelian.record.errors import Refused

    meetings = MEETING.all().filter(held_on=day)
    panel = settings.OFFICE["panel"]
    meeting = meetings.filter(body__reference=panel).first() or meetings.first()
    if meeting is None:
        raise Refused(f"There is no meeting on {day:%Y-%m-%d}.")
    made = build(meeting, by=Command("peelian pack"), extract=extract, reason=reason)
    if publish:
        operations.release(made, by=Command("peelian pack --publish"), why=reason)
        made.refresh_from_db()
    snapshot = made.snapshots.order_by("-number").first()
    attachment = snapshot.attachments.first() if snapshot else None
    if attachment is None:
        raise Refused("The pack has no PDF.")
    return files.path_of(attachment.sha256)


@main.command(epilog="Example:  peelian edition 2019-12 --known 2020-01-20")
@click.argument("month", type=click.DateTime(["%Y-%m"]))
@click.option("--form", type=click.Choice(["quarterly", "monthly"]), default="quarterly")
@click.option("--known", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Figures known by.")
@click.option("--publish", is_flag=True, help="Publish it and its statements at once.")
def edition(month: dt.datetime, form: str, known: dt.datetime, publish: bool) -> None:
    """Issue the performance summary of MONTH: include topics by rule, write each statement.

    It and its statements are drafts for an analyst to add to, unless --publish is given.
    """
    set_up()
    from peelian.figures.operations import issue_edition
    from peelian.record.access import Command
    from peelian.record.errors import RecordError

    by = Command("peelian edition")
    try:
        made = issue_edition(month.date(), form=form, known=known.date(), by=by, publish=publish)
    except RecordError as error:
        fail(str(error))
    click.echo(f"Issued {made.title} ({made.reference}).")


@main.command(epilog="Example:  peelian user pat --name 'Pat Jones' --role policy_officer")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, required=True, help="A role; may be given again.")
@click.option("--email", default="", help="Where reminders go; an address that is known stays.")
def user(username: str, full_name: str, roles: tuple[str, ...], email: str) -> None:
    """Create a user, or give an existing one new roles and a new password, which is printed."""
    set_up()
    from django.core.exceptions import ValidationError

    from peelian.record.access import ROLE_LABELS

    if unknown := [role for role in roles if role not in ROLE_LABELS]:
        known = ", ".join(ROLE_LABELS)
        fail(f"There is no role called {', '.join(unknown)}. There are: {known}.")
    password = secrets.token_urlsafe(12)
    try:
        _set_user(username, full_name, list(roles), password, email)
    except ValidationError as error:
        fail("\n".join(f"{n}: {' '.join(said)}" for n, said in error.message_dict.items()))
    click.echo(f"{username} can sign in with the password {password}")


def _set_user(username: str, name: str, roles: list[str], password: str, email: str = "") -> None:
    from peelian.people.models import User

    person = User.objects.filter(username=username).first() or User(username=username)
    person.full_name, person.roles, person.email = name, roles, email or person.email
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()


@main.command(epilog="Example:  peelian serve --port 8000")
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True)
def serve(port: int, workers: int) -> None:
    """Serve the site on this machine."""
    _require_free(port, "peelian serve --port {}")
    set_up()
    _require_rules()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    _serve(port, workers)


def _require_rules() -> None:
    """Read the rules before anybody asks for a page. Raises as the rulebook does."""
    from peelian.duties import rulebook

    rulebook.packs()
    rulebook.office()


def _require_free(port: int, other: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else "cannot be used here"
            fail(f"Port {port} {why}. Choose another: {other.format(port % 65535 + 1)}")


def _serve(port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "peelian.config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()


from peelian.cli.checking import check  # noqa: E402 - they stand on the group above
from peelian.cli.demonstrating import demo  # noqa: E402
from peelian.cli.duties import remind  # noqa: E402
from peelian.cli.figures import figures  # noqa: E402
from peelian.cli.meetings import news  # noqa: E402
from peelian.cli.moderngov import moderngov  # noqa: E402
from peelian.cli.rounds import rounds  # noqa: E402
from peelian.cli.watching import watchdog  # noqa: E402

main.add_command(check)
main.add_command(demo)
main.add_command(figures)
main.add_command(watchdog)
main.add_command(remind)
main.add_command(news)
main.add_command(rounds)
main.add_command(moderngov)
