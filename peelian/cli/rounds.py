"""`peelian rounds`: ask for updates and take them in, without the office's pages."""

from __future__ import annotations

from pathlib import Path

import click

from peelian.cli.running import fail, refuse, set_up


@click.group()
def rounds() -> None:
    """Update rounds: what is asked of owners by e-mail, and what comes back."""


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
    click.echo(f"{counts.total():,} mails read.")
    for came, number in sorted(counts.items()):
        click.echo(f"  {came}: {number:,}")
