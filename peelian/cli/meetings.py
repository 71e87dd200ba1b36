"""`peelian news`: mail what is new of bodies and promises to those who asked for it."""

from __future__ import annotations

import click

from peelian.cli.running import set_up


@click.command(epilog="Example:  peelian news --dry-run")
@click.option("--dry-run", is_flag=True, help="Say how many would be sent, and send nothing.")
def news(dry_run: bool) -> None:
    """Mail what is new of a body's meetings, or of a promise or plan, to those who asked for it.

    Each is told once. Safe to run as often as one likes; meant for every morning.
    """
    set_up()
    from peelian.meetings.news import send_news
    from peelian.promises.telling import send_news as send_news_of_promises

    told = (send_news(dry_run=dry_run), send_news_of_promises(dry_run=dry_run))
    counts = {name: sum(one[name] for one in told) for name in told[0]}
    would = "would be " if dry_run else ""
    click.echo(f"{counts['mails']:,} mails {would}sent, of {counts['news']:,} news.")
    if counts["unsure"]:
        click.echo(
            f"{counts['unsure']:,} news were cut off while being sent, earlier. They may have "
            "arrived or not, and are not sent again."
        )
