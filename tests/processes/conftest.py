"""A panel of six with its meeting, votes and proofs, as a process needs them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings as django_settings

from peelian.processes.gathering import gather
from peelian.processes.steps import Run, run_of
from peelian.record.access import Command
from peelian.record.scope import Scope
from tests.makers import make, make_all

OFFICE = Scope(Command("sam", ("panel_officer",)))
MEETING = dt.date(2020, 2, 5)


def run(process: Any, scope: Scope = OFFICE) -> Run:
    """Return a process's steps as they stand."""
    process.refresh_from_db()
    return run_of(gather(process, scope))


def stands(process: Any, scope: Scope = OFFICE) -> dict[str, str]:
    """Return how each step of a process stands, by its id."""
    return {step.declared.id: str(step.stand) for step in run(process, scope).steps}


def prove(key: str, day: dt.date, **values: Any) -> Any:
    """Return a proof that a duty was met on a day."""
    return make("proof", key=key, met_on=day, **{"letter": "Letter", **values})


class Panel:
    """The office's own panel of so many members, with a meeting and an item on the precept."""

    def __init__(self, members: int, day: dt.date = MEETING) -> None:
        self.body = make("body", form="panel", reference=django_settings.OFFICE["panel"])
        role = make("role", body=self.body, standing="member")
        named = ({"reference": f"m{n}", "title": f"Member {n:02}"} for n in range(members))
        self.people = make_all("person", *named)
        seated = ({"reference": f"s{p.pk}", "person": p, "role": role} for p in self.people)
        make_all("membership", *seated)
        self.meeting = make("meeting", body=self.body, held_on=day, title="Precept meeting")
        self.item = make("agenda-item", parent=self.meeting, number=6)

    def vote(self, for_: int) -> Any:
        """Return a vote on a veto: so many for it, nobody against."""
        return make("vote", parent=self.item, majority="two_thirds", voted_for=self.people[:for_])


@pytest.fixture
def panel(db: None) -> Panel:
    """Six members, of whom four are two-thirds, and a meeting on 5 February 2020."""
    return Panel(6)
