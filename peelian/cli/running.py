"""What every command does: set the application up, and say in a sentence why it stops."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from peelian.intake.tables import Problem

MOST_TOLD = 50
PORT = click.IntRange(1, 65535)
# What reads documents, checks them and says what was found; it knows nothing of the record.
WITHOUT_RECORD = ("peelian.documents", "peelian.proofreading")


def set_up() -> None:
    """Make the application ready: from here on the record can be imported."""
    import django

    django.setup()


def set_up_without_record() -> None:
    """Make ready what documents need before any set-up, in a quarter of the time."""
    from django.apps import apps

    apps.populate(WITHOUT_RECORD)


def fail(message: str) -> NoReturn:
    """Say why the command stops, and stop with status 1."""
    click.secho(message, fg="red", err=True)
    sys.exit(1)


def refuse(problems: Sequence[Problem]) -> NoReturn:
    """Tell what is wrong with a file, the first fifty faults one by one, and stop."""
    for problem in problems[:MOST_TOLD]:
        click.echo(str(problem), err=True)
    if (more := len(problems) - MOST_TOLD) > 0:
        click.echo(f"… and {more} more.", err=True)
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
    fail(f"{problems[0].file} was not loaded: {count}. Nothing of it was kept.")
