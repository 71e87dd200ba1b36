"""`peelian demo`: a worked example loaded, its pages prepared, and served."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from peelian.cli import _build, _require_free, _serve, _set_user
from peelian.cli.running import PORT, set_up

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Example:
    """A worked example: its folder, and how the office that it shows is set."""

    folder: str
    settings: Mapping[str, str]
    has_own_data: bool


# Each is seen from a day of its own, so that what is due is due; nobody kept proofs of the months
# before.
EXAMPLES = {
    "west-mercia": Example(
        "west-mercia-2020",
        {"PEELIAN_TODAY": "2020-01-28", "PEELIAN_DUTIES_SINCE": "2020-01-01"},
        has_own_data=False,
    ),
    "northshire": Example(
        "northshire",
        {
            "PEELIAN_TODAY": "2026-10-14",
            "PEELIAN_DUTIES_SINCE": "2026-09-14",
            "PEELIAN_OFFICE": "Northshire",
            "PEELIAN_PANEL": "northshire-pcp",
            "PEELIAN_JURISDICTION": "England",
            "PEELIAN_BODY_MODEL": "pcc, 2028-05-11 board",
            "PEELIAN_MADE_UP": "yes",
            "PEELIAN_RULES": "",
            "PEELIAN_APPROVER_MAY_BE_AUTHOR": "",
        },
        has_own_data=True,
    ),
}
DEMO_REASON = (
    "Worked example. The contradictions are those of the document it is taken from; they are kept "
    "so that the checks have something to find."
)
DEMO_USERS = {
    "pat": ("Policy officer", ["policy_officer"]),
    "ana": ("Performance analyst", ["analyst"]),
    "sam": ("Panel support officer", ["panel_officer"]),
    "chris": ("Chief executive", ["chief_executive"]),
}


@click.command(epilog="Example:  make demo PORT=8001 EXAMPLE=northshire")
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option(
    "--example", "name", type=click.Choice(list(EXAMPLES)), default="west-mercia", show_default=True
)
@click.option("--no-serve", is_flag=True, help="Prepare everything and stop.")
def demo(port: int, name: str, no_serve: bool) -> None:
    """Load a worked example, prepare its pages and serve it. Safe to run twice.

    west-mercia is a real panel's pack of 2020; northshire is made up, and its registers are full.
    Northshire is kept in a folder of its own, northshire/ in the data folder, whatever database
    this installation has.
    """
    if not no_serve:
        _require_free(port, "make demo PORT={}")
    example = EXAMPLES[name]
    _choose(name, example)
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    folder = settings.EXAMPLES / example.folder
    if name == "northshire":
        _load_northshire(folder)
    else:
        _load_west_mercia(folder, settings.DATA / "pack-2020-02-05.pdf")
    _say_how_to_enter(port, _demo_password(settings.DATA / "demo-password"))
    if not no_serve:
        _serve(port, 2)


def _choose(name: str, example: Example) -> None:
    """Set this process, and those that serve, to an example's office and to its own data."""
    os.environ.update(example.settings)
    if example.has_own_data:
        data = Path(os.environ.get("PEELIAN_DATA") or ROOT / "var") / name
        data.mkdir(parents=True, exist_ok=True)
        os.environ.update({"PEELIAN_DATA": str(data), "DATABASE_URL": ""})


def _say_how_to_enter(port: int, password: str) -> None:
    click.echo(f"The site:   http://localhost:{port}/")
    click.echo(f"The office: http://localhost:{port}/office/")
    for username, what in DEMO_USERS.items():
        click.echo(f"            {username:8} {password}   ({what[0]})")
    click.echo("\nStop it with Ctrl+C.")


def _demo_password(kept: Path) -> str:
    """Return the demonstration's password, made once, and let the demonstration users have it."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    password = kept.read_text(encoding="utf-8")
    from peelian.people.models import User

    for username, (name, roles) in DEMO_USERS.items():
        person = User.objects.filter(username=username).first()
        if person is None or not person.check_password(password):
            _set_user(username, name, roles, password, f"{username}@office.example")
    return password


def _timed(what: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    click.echo(f"{what} ({time.perf_counter() - started:.1f} s)")
    return result


def _load_west_mercia(folder: Path, kept: Path) -> None:
    """Load the example, issue its edition, open a round, build its pack and keep the PDF."""
    from peelian.demo import steps, west_mercia

    _load_once(west_mercia.is_set_up(), lambda: steps.load(folder, folder / "earlier"))
    _timed("The performance summary is issued", west_mercia.issue_edition)
    _timed("The update round is open", west_mercia.open_round)
    _timed("Its own pages are looked at", steps.look_at_own_pages)
    document = folder.parent / "northshire" / "panel-pack.pdf"
    _timed("A document is checked", lambda: steps.receive_document(document))
    built = _timed("The pack is built", lambda: west_mercia.build_pack(_build, DEMO_REASON))
    west_mercia.prove_papers()
    kept.write_bytes(Path(built).read_bytes())
    click.echo(f"\nThe pack:   {kept}")


def _load_northshire(folder: Path) -> None:
    """Load the made-up office, and do what its people did since."""
    from peelian.demo import northshire, steps

    _load_once(northshire.is_set_up(), lambda: northshire.set_up(folder))
    _timed("Its own pages are looked at", steps.look_at_own_pages)
    click.echo()


def _load_once(is_here: bool, load: Callable[[], Any]) -> None:
    """Load an example that is not here yet, and say what there is now."""
    from peelian.demo import steps

    if is_here:
        click.echo("The worked example is here already; what was changed since is kept.")
    else:
        _timed("The worked example is loaded", load)
    counts = steps.counts().items()
    click.echo("  " + ", ".join(f"{count:,} {what}" for what, count in counts))
