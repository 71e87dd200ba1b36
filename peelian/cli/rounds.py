"""`peelian rounds`: ask for updates and take them in, without the office's pages."""

from __future__ import annotations

import click


@click.group()
def rounds() -> None:
    """Update rounds: what is asked of owners by e-mail, and what comes back."""
