"""How long a round takes to open, to be sent and to be answered: 110 lines, 20 owners.

Run: python -m bench.rounds, where the site has been served once. All of it is rolled back.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

LINES, OWNERS, UPDATES, RUNS = 110, 20, 8, 5
AS_AT = dt.date(2026, 9, 30)


def main() -> None:
    """Print queries and milliseconds of each step."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
    os.environ["PEELIAN_TODAY"] = "2026-10-01"
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()  # mail stays in memory
    from django.db import transaction

    with transaction.atomic():
        _measure(_round_of_many())
        transaction.set_rollback(True)


def _round_of_many() -> Any:
    """Return a round of a plan with many lines, each with updates of earlier quarters."""
    from peelian.promises.operations import open_round
    from peelian.record.access import Command
    from peelian.record.kinds import kind_named
    from peelian.record.operations import bring_in

    by = Command("bench")

    def add(kind: str, reference: str, **values: Any) -> Any:
        made = {"reference": reference, "title": f"{kind} {reference}", **values}
        return bring_in(kind_named(kind), made, by=by, why="A bench")[0]

    body = add("body", "bench", form="policing_body")
    owners = [add("role", f"bench-{n}", body=body) for n in range(OWNERS)]
    plan = add("plan", "bench")
    objective = add("objective", "bench", parent=plan, number=1)
    commitment = add("commitment", "bench", parent=objective)
    for n in range(LINES):
        owner = owners[n % OWNERS]
        line = add("activity", f"bench-{n}", parent=commitment, owner=owner)
        for quarter in range(1, UPDATES + 1):
            day = AS_AT - dt.timedelta(days=91 * quarter)
            said = {"as_at": day, "progress": "on_track", "text": "It went on. " * 30}
            add("update", f"bench-{n}-{day}", parent=line, **said)
    return open_round(plan, as_at=AS_AT, closes_on=AS_AT + dt.timedelta(days=14), by=by)


def _measure(round_: Any) -> None:
    from django.core import mail
    from django.test import Client

    from peelian.record.access import Command
    from peelian.record.scope import Scope
    from peelian.rounds import inviting
    from peelian.rounds.asking import plan_of
    from peelian.rounds.standing import standing_of

    by = Command("bench")
    scope = Scope(by)
    for number, one in enumerate(plan_of(round_, scope).asked):
        inviting.keep_contact(one.owner, email=f"{number}@force.example", name="", by=by)
    _time("what is asked of whom", lambda: plan_of(round_, scope))
    started = time.perf_counter()
    sent = inviting.ask_owners(round_, plan_of(round_, scope).asked, by=by)
    print(f"asking {len(sent.asked)} owners: {(time.perf_counter() - started) * 1000:.0f} ms")
    link = re.search(r"http://[^/]+(/answer/\S+)", str(mail.outbox[0].body))
    assert link
    client = Client(headers={"host": "localhost"})
    client.post(link[1], {"step": "send"})
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code
    client.post(link[1], {"step": "enter", "code": code[0]})
    _time("an owner's page", lambda: client.get(link[1]))
    _time("how far it is", lambda: standing_of(round_, scope))


def _time(what: str, do: Callable[[], Any]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, asked = [], 0
    for _run in range(RUNS):
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            do()
            times.append((time.perf_counter() - started) * 1000)
        asked = len(queries)
    print(f"{what}: {asked} queries, {statistics.median(times):.0f} ms")


if __name__ == "__main__":
    main()
