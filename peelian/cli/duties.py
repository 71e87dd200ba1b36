"""`peelian remind`: tell the owners of duties by e-mail what has come near."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from peelian.cli.running import fail, set_up

if TYPE_CHECKING:
    from peelian.duties.reminders import Outcome


@click.command(epilog="Example:  peelian remind --dry-run")
@click.option("--dry-run", is_flag=True, help="Print the letters; send and keep nothing.")
def remind(dry_run: bool) -> None:
    """Remind the owners of duties by e-mail, and tell the monitoring officer what is late.

    Meant for every morning. Nobody has more than one message a day, and nobody is told the same
    twice. Ends with status 1 where a message could not be sent.
    """
    set_up()
    from django.core.exceptions import ImproperlyConfigured

    from peelian.duties import reminders

    try:
        outcome = reminders.remind(dry_run=dry_run)
    except ImproperlyConfigured as error:
        fail(str(error))
    for letter in outcome.letters:
        if dry_run:
            click.echo(f"To: {letter.user.email}\nSubject: {letter.subject}\n\n{letter.body}\n---")
    _say(outcome, "would be sent" if dry_run else "sent")
    sys.exit(1 if outcome.failed else 0)


def _say(outcome: Outcome, done: str) -> None:
    count = len(outcome.letters)
    click.echo(f"{count} message{'' if count == 1 else 's'} {done}.")
    for title in outcome.without_address:
        click.echo(f"Nobody with an e-mail address acts for: {title}.")
    if outcome.unsure:
        click.echo(f"{outcome.unsure} reminders may not have left an earlier run that was cut off.")
    for failure in outcome.failed:
        click.echo(f"Not sent to {failure}", err=True)
