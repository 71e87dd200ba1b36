"""`peelian rounds`: ask for updates and take them in, without the office's pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from peelian.cli.running import fail, refuse, set_up


@click.group(epilog="Example:  peelian rounds remind --dry-run")
def rounds() -> None:
    """Update rounds: what is asked of owners by e-mail, and what comes back."""


@rounds.command(epilog="Example:  peelian rounds remind --dry-run")
@click.option("--dry-run", is_flag=True, help="Say who would be written to; send and keep nothing.")
def remind(dry_run: bool) -> None:
    """Remind owners of lines that are open, and tell the office of those that stay open.

    Meant for every morning; nobody is told the same twice. Ends with status 1 where a message could
    not be sent.
    """
    set_up()
    from django.core.exceptions import ImproperlyConfigured

    from peelian.rounds import reminders

    try:
        outcome = reminders.remind(dry_run=dry_run)
    except ImproperlyConfigured as error:
        fail(str(error))
    would = "would be " if dry_run else ""
    click.echo(f"{len(outcome.reminded)} reminders {would}sent to owners.")
    click.echo(f"{len(outcome.escalated)} messages {would}sent to the office.")
    for title in outcome.nobody:
        click.echo(f"Nobody in the office with an e-mail address can be told of: {title}.")
    if outcome.unsure:
        click.echo(f"{outcome.unsure} messages may not have left an earlier run that was cut off.")
    for failure in outcome.failed:
        click.echo(f"Not sent to {failure}", err=True)
    sys.exit(1 if outcome.failed else 0)


@rounds.command(epilog="Example:  peelian rounds inbox replies.mbox")
@click.argument("place")
def inbox(place: str) -> None:
    """Take in the answers in PLACE: a mail, an mbox, a Maildir, a folder, or the word imap.

    With imap the unread mails of the mailbox in PEELIAN_INBOX are read. Every answer becomes a
    draft for an officer to look at. The same mail is taken once: safe to run as often as one likes.
    """
    set_up()
    from django.conf import settings

    from peelian.intake.tables import Rejected
    from peelian.rounds.inbox import Unreachable, mails_by_imap, mails_in
    from peelian.rounds.mail_answers import take_mails

    if place == "imap" and not settings.INBOX:
        fail("Set PEELIAN_INBOX to imaps://user:password@host/folder first.")
    mails = mails_by_imap(settings.INBOX) if place == "imap" else mails_in(Path(place))
    try:
        counts = take_mails(mails)
    except Rejected as error:
        refuse(error.problems)
    except Unreachable as error:
        fail(str(error))
    read = counts.total()
    click.echo(f"{read:,} mail{'' if read == 1 else 's'} read.")
    for came, number in sorted(counts.items()):
        click.echo(f"  {came}: {number:,}")
