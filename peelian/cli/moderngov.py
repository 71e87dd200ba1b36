"""`peelian moderngov`: committees, members, meetings and documents from a council's Modern.Gov."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from peelian.cli.running import fail, refuse, set_up

BY = "peelian moderngov load"
_SITE = click.option(
    "--site",
    required=True,
    help="The address of the Modern.Gov site, as https://democracy.example.org.",
)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    epilog="Example:  peelian moderngov load saved/ --site https://democracy.example.org",
)
def moderngov() -> None:
    """Bring in a panel's past from the Modern.Gov site of its council, and keep its addresses."""


@moderngov.command(
    epilog="Example:  peelian moderngov load saved/ --site https://democracy.example.org"
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@_SITE
def load(paths: tuple[Path, ...], site: str) -> None:
    """Load saved responses of Modern.Gov's web service, and documents that lie beside them.

    Takes responses to GetCommittees, GetCouncillorsByWard, GetMeetings and GetMeeting, as XML
    files or folders of them. Where a file cannot be read nothing is kept; a meeting that the record
    refuses is left out whole and told, and ends with status 1. Loading again changes what differs.
    """
    set_up()
    from peelian.intake.tables import Rejected
    from peelian.originals.moderngov import load_responses
    from peelian.record.access import Command

    try:
        arrival = load_responses(paths, site, by=Command(BY))
    except Rejected as error:
        refuse(error.problems)
    for what, count in sorted(arrival.outcome.items()):
        click.echo(f"{what}: {count:,}")
    for what, count in sorted(arrival.left_out.items()):
        click.echo(f"Left out, {what}: {count:,}")
    for problem in arrival.problems:
        click.echo(str(problem), err=True)
    sys.exit(1 if arrival.problems else 0)


@moderngov.command(
    epilog="Example:  peelian moderngov fetch --site https://democracy.example.org --committee 412 "
    "--from 2019-01-01 --into saved/"
)
@_SITE
@click.option("--committee", required=True, help="Its number: CId in the address of a meeting.")
@click.option("--from", "first", type=_DAY, required=True, help="The first day of meetings.")
@click.option("--to", "last", type=_DAY, help="The last day; else a year from today.")
@click.option("--documents", is_flag=True, help="Documents too, not only where they stand.")
@click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to save in; made if it is not there.",
)
def fetch(
    site: str,
    committee: str,
    first: dt.datetime,
    last: dt.datetime | None,
    documents: bool,
    folder: Path,
) -> None:
    """Save what a Modern.Gov site says of one committee, to be looked at and then loaded.

    One request a second, to public addresses only.
    """
    if not committee.isdecimal():
        fail(f"--committee: found “{committee}”; expected a number.")
    set_up()
    from peelian.intake.tables import Rejected
    from peelian.originals.fetching import Wanted, fetch
    from peelian.record.clock import today

    until = last.date() if last else today() + dt.timedelta(days=365)
    wanted = Wanted(site.strip().rstrip("/"), committee, first.date(), until, documents)
    try:
        fetch(wanted, folder, tell=click.echo)
    except Rejected as error:
        fail(str(error))
