"""`peelian watchdog`: the places where the office publishes, visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from peelian.cli.running import set_up

if TYPE_CHECKING:
    from peelian.publication.visiting import Found

BY = "peelian watchdog"


@click.command(epilog="Example:  peelian watchdog --most-minutes 30")
@click.option("--here", is_flag=True, help="Look at pages of this site only, without the network.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0.5, max=60),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option(
    "--most-minutes",
    type=click.FloatRange(min=0.1, max=600),
    default=30.0,
    show_default=True,
    help="How long the whole round may take.",
)
def watchdog(here: bool, pause: float, most_minutes: float) -> None:
    """Visit every place where the office publishes, and keep what was found.

    One request at a time to a host, as robots.txt allows, and to public addresses only. Meant for
    every night or every week.
    """
    set_up()
    from peelian.publication.operations import watch
    from peelian.publication.visiting import Manners
    from peelian.record.access import Command

    manners = Manners(pause=pause, seconds=most_minutes * 60)
    kept, left = watch(by=Command(BY), manners=manners, only_here=here, told=_tell)
    click.echo(f"{len(kept):,} visited" + (f", {left:,} not reached in time." if left else "."))


def _tell(found: Found) -> None:
    detail = f" ({found.detail})" if found.detail else ""
    click.echo(f"{found.verdict.value:15} {found.url}{detail}")
