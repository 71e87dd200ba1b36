"""`peelian figures`: returns in, unattended or by hand; assessments anew."""

from __future__ import annotations

import csv
import datetime as dt
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from peelian.cli.running import fail, refuse, set_up

if TYPE_CHECKING:
    from peelian.figures.load import Given

BY = "peelian figures load"


@click.group(
    epilog="Example:  peelian figures load 2025-11.csv --as-at 2025-12-05 --source 'Force return'"
)
def figures() -> None:
    """Bring in returns of figures and assess them: signal or noise, everywhere at once."""


_SAID_OF_RETURNS = (
    click.option(
        "--as", "layout", default="", help="The layout of the file; else its columns tell."
    ),
    click.option(
        "--as-at", type=click.DateTime(["%Y-%m-%d"]), help="The day the figures were known."
    ),
    click.option("--source", default="", help="Where the figures come from."),
    click.option(
        "--map",
        "names",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A CSV with the columns name and reference: what the file calls what.",
    ),
    click.option("--register", is_flag=True, help="Register measures and areas that are missing."),
    click.option("--sheet", default="", help="The sheet of a workbook; else all that can be read."),
)


def _said_of_returns(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say of a return what its rows leave out."""
    for option in reversed(_SAID_OF_RETURNS):
        command = option(command)
    return command


@figures.command(
    epilog="Example:  peelian figures load 2025-11.csv --as-at 2025-12-05 --source 'Force return'"
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_said_of_returns
@click.option("--dry-run", is_flag=True, help="Say what would be done, and keep nothing.")
def load(paths: tuple[Path, ...], dry_run: bool, **said: Any) -> None:
    """Load returns of figures, each whole or not at all, and assess every series they touch.

    The layout is recognised by the columns, or named: long (measure, area, period, value in each
    row), wide (a column for each period), met-boroughs (the Metropolitan Police's file), police-uk
    (street-level crime: a CSV, a folder or the zip archive), force-table (a published table by
    police force). The day and the source may be columns of the file, or be given here once. A
    figure that was known before stays; one with a later day revises it.
    """
    set_up()
    from peelian.figures.load import load_return
    from peelian.intake.tables import Rejected
    from peelian.record.access import Command

    given = _given(**said, dry_run=dry_run)
    for path in paths:
        started = time.perf_counter()
        size = path.stat().st_size if path.is_file() else 0
        try:
            with click.progressbar(length=size, label=path.name) as bar:
                outcome = load_return(path, given, by=Command(BY), progress=bar.update)
        except Rejected as error:
            refuse(error.problems)
        would = "would be: " if dry_run else ""
        click.echo(f"{would}{outcome} ({time.perf_counter() - started:.1f} s)")
        for note in outcome.notes:
            click.echo(f"  {note}")


@figures.command(epilog="Example:  peelian figures watch /srv/returns --source 'Force return'")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_said_of_returns
@click.option("--once", is_flag=True, help="Load what is there, then stop: for cron.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0.1),
    default=10,
    show_default=True,
    help="Seconds between two looks. A file that changed between them is not complete.",
)
def watch(folder: Path, once: bool, pause: float, **said: Any) -> None:
    """Load each complete return that appears in FOLDER, and move it to `loaded` or `refused`.

    A report stands beside each file there. A file counts as complete when it has not changed for
    the length of a pause; one whose name begins with a dot or ends in .part or .tmp is left alone.
    Where neither the file nor --as-at names the day, it is the day of loading. Stopped, killed or
    run again, it loads no file twice and none by half. With --once it ends with status 1 where a
    file was refused, or could not be read or moved.
    """
    set_up()
    from peelian.figures.watch import Busy, Watch, alone, run
    from peelian.record.access import Command

    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda _signal, _frame: stop.set())
    watched = Watch(folder, _given(**said), by=Command("peelian figures watch"), tell=click.echo)
    try:
        with alone(folder):
            run(watched, stop, once=once, pause=pause)
    except Busy:
        fail(f"{folder} is being watched already.")
    sys.exit(1 if once and watched.troubles else 0)


def _given(
    layout: str,
    as_at: dt.datetime | None,
    source: str,
    names: Path | None,
    register: bool,
    sheet: str,
    dry_run: bool = False,
) -> Given:
    """Return what the options say of a return. Fails where they name a layout there is not."""
    from peelian.figures.load import Given
    from peelian.intake.layouts import LAYOUTS

    if layout and layout not in LAYOUTS:
        fail(f"There is no layout called {layout}. There are: {', '.join(LAYOUTS)}.")
    day = as_at.date() if as_at else None
    known = _names(names) if names else {}
    return Given(layout, day, source, known, register, dry_run, sheet=sheet)


def _names(path: Path) -> dict[str, str]:
    """Return what a file of names calls what. Fails where it has not the two columns."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        if not {"name", "reference"} <= set(table.fieldnames or ()):
            fail(f"{path.name}, row 1: expected the columns “name” and “reference”.")
        return {row["name"].strip(): row["reference"].strip() for row in table}


@figures.command(epilog="Example:  peelian figures assess")
def assess() -> None:
    """Assess every measure in every area anew, as after a new version of the software."""
    set_up()
    from peelian.figures.assessments import refresh

    started = time.perf_counter()
    made = refresh()
    click.echo(f"{made:,} series assessed in {time.perf_counter() - started:.1f} s.")


@figures.command(epilog="Example:  peelian figures returns")
def returns() -> None:
    """List the returns that came in, the newest first, and the measures that are late."""
    set_up()
    from peelian.figures.lateness import late_measures
    from peelian.figures.models import Return
    from peelian.record import clock
    from peelian.record.access import Command
    from peelian.record.scope import Scope

    for one in Return.objects.order_by("-loaded_at")[:20]:
        counts = f"{one.new:,} new, {one.revised:,} revised, {one.same:,} the same"
        click.echo(f"{one.loaded_at:%Y-%m-%d %H:%M}  {one.file}  {counts}  ({one.loaded_by})")
    late = late_measures(Scope(Command("peelian figures returns")), clock.today())
    for measure, expected in late:
        click.echo(f"Late: {measure.title}, expected by {expected:%Y-%m-%d}")


@figures.command(epilog="Example:  peelian figures alerts --dry-run")
@click.option("--dry-run", is_flag=True, help="Say how many would be sent, and send nothing.")
def alerts(dry_run: bool) -> None:
    """Mail those who asked for it what signals are new. Safe to run as often as one likes.

    A signal is told once, when it begins. Meant for every morning, after the returns came in.
    """
    set_up()
    from peelian.figures.alerts import send_alerts

    counts = send_alerts(dry_run=dry_run)
    would = "would be " if dry_run else ""
    click.echo(f"{counts['mails']:,} mails {would}sent, of {counts['signals']:,} new signals.")
    if counts["unsure"]:
        click.echo(
            f"{counts['unsure']:,} alerts were cut off while being sent, earlier. They may have "
            "arrived or not, and are not sent again."
        )
