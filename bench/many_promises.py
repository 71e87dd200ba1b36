"""How long the lists take, and how often they ask, with 5,000 promises of 40 updates each.

Run: python -m bench.many_promises. It works in a folder of its own and removes it. The first
records are made as an office makes them, the others are copied from them row by row. On SQLite
the time is what the process works, database included, so that a busy machine measures like an
idle one. DATABASE_URL names an empty PostgreSQL database to measure instead: its server works in
processes of its own, so there the time is the clock's, and the machine must be idle.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from typing import Any

PROMISES, UPDATES, COMMITMENTS = 5_000, 40, 50
QUERIES, MILLISECONDS, ROUNDS = 12, 150, 7
# The lists that hold many; every other list of the area is asked for too.
LISTS = (
    "/activities/?progress=at_risk",
    "/activities/?page=40",
    "/activities/?q=farm",
    "/updates/?progress=at_risk",
    "/updates/?progress=off_track",
    "/updates/?as_at_from=2020-01-01&as_at_until=2020-03-31",
    "/updates/?page=100",
    "/updates/?q=visited",
    "/updates/?q=zebra",
)
# The pages of records under which, or beside which, stand many.
PAGES = (
    "/plans/p/",
    "/objectives/o/",
    "/objectives/o/?page=50",
    "/commitments/c-7/",
    "/activities/a-17/",
    "/roles/r/",
    "/roles/r/?page=50",
    "/bodies/b/",
    "/oversight-mechanisms/m/",
)
# Measured and held to nothing: it is no list of records.
OTHERS = ("/search/?q=farm",)


def main() -> None:
    """Print queries and milliseconds of each page, for the public and for the office.

    Ends with 1 where one is over its limit.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "PEELIAN_DATA": folder,
            "PEELIAN_SECRET_KEY": "for-measuring-only",
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "peelian.config.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        _fill()
        client = _client()
        public = [*_lists(), *LISTS, *PAGES]
        within = [_told(client, address) for address in public]
        within += [_told(client, f"/office{address}") for address in public]
        for address in OTHERS:
            _told(client, address, held=False)
        print(f"{sum(within)} of {len(within)} within {QUERIES} queries and {MILLISECONDS} ms")
        if not all(within):
            raise SystemExit(1)


def _lists() -> list[str]:
    """Return the list of every kind of the area."""
    from peelian.promises.kinds import KINDS

    return [f"/{kind.slug}/" for kind in KINDS]


def _fill() -> None:
    """Make the plan, and copy one activity and one update until there are enough."""
    from peelian.config.database import count_rows
    from peelian.people.kinds import BODY, OVERSIGHT_MECHANISM, ROLE
    from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, PLAN, UPDATE
    from peelian.record.access import Command
    from peelian.record.kinds import Kind
    from peelian.record.models import Record
    from peelian.record.operations import bring_in

    def make(kind: Kind, values: dict[str, Any]) -> Record:
        return bring_in(kind, values, by=Command("bench"), why="To measure")[0]

    body = make(BODY, {"reference": "b", "title": "Commissioner", "form": "policing_body"})
    role = make(ROLE, {"reference": "r", "title": "Lead", "body": body, "standing": "member"})
    board = {"reference": "m", "title": "Board", "purpose": "Watches.", "frequency": "monthly"}
    mechanism = make(OVERSIGHT_MECHANISM, board)
    plan = make(PLAN, {"reference": "p", "title": "Plan", "body": body})
    objective = make(
        OBJECTIVE,
        {"reference": "o", "title": "Safer", "number": 1, "parent": plan},
    )
    commitments = [
        make(
            COMMITMENT,
            {"reference": f"c-{n}", "title": f"Commitment {n}", "parent": objective},
        )
        for n in range(COMMITMENTS)
    ]
    first = make(
        ACTIVITY,
        {"reference": "a", "title": "Visit farms", "parent": commitments[0], "owner": role},
    )
    update = make(
        UPDATE,
        {
            "parent": first,
            "as_at": dt.date(2015, 3, 31),
            "progress": "on_track",
            "text": "Twelve farms were visited in the quarter, and four asked for a second visit.",
        },
    )
    above = [one.pk for one in commitments]
    made = _copy(
        first.pk,
        "promises_promise",
        [
            (
                {
                    "reference": f"a-{n}",
                    "sort_key": f"a-{n:06}",
                    "parent_id": above[n % len(above)],
                },
                {"progress": _progress(n)},
            )
            for n in range(PROMISES - 1)  # the first is there already
        ],
    )
    _copy(
        update.pk,
        "promises_progressupdate",
        [
            (
                {"reference": f"u-{n}-{q}", "sort_key": f"u-{n:06}-{q:02}", "parent_id": pk},
                {"progress": _progress(n + q), "as_at": dt.date(2015, 3, 31) + q * _QUARTER},
            )
            for n, pk in enumerate(made)
            for q in range(UPDATES)
        ],
    )
    _oversee(mechanism.pk, made)
    count_rows()  # as after every load


_QUARTER = dt.timedelta(days=91)


def _progress(number: int) -> str:
    return ("on_track", "at_risk", "complete")[number % 3]


def _copy(pk: int, table: str, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[int]:
    """Copy a record and what its table adds to it, with these changes; return the new keys."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM record_record")
        first = cursor.fetchone()[0] + 1
        keys = list(range(first, first + len(rows)))
        parts = [("record_record", "id", 0), (table, "record_ptr_id", 1)]
        for name, key, part in parts:
            cursor.execute(f"SELECT * FROM {name} WHERE {key} = %s", [pk])
            columns = [one[0] for one in cursor.description]
            held = dict(zip(columns, cursor.fetchone(), strict=True))
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {name} VALUES ({marks})",
                [
                    tuple((held | row[part] | {key: new}).values())
                    for new, row in zip(keys, rows, strict=True)
                ],
            )
    return keys


def _oversee(mechanism: int, promises: list[int]) -> None:
    """Let one mechanism oversee all of these promises."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record_link (source_id, target_id, form) VALUES (%s, %s, 'overseen_by')",
            [(promise, mechanism) for promise in promises],
        )


def _client() -> Any:
    """Return somebody who is signed in, for the office's lists."""
    from django.test import Client

    from peelian.people.models import User

    user = User(username="pat", full_name="Pat", roles=["policy_officer"])
    user.set_unusable_password()
    user.save()
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _told(client: Any, address: str, *, held: bool = True) -> bool:
    """Print what a page takes; return whether it is within the limits of a list."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(address).status_code == 200, address
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _round in range(ROUNDS):
        started = clock()
        client.get(address)
        times.append((clock() - started) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    took = statistics.median(times)
    within = len(queries) <= QUERIES and took <= MILLISECONDS
    verdict = (", pass" if within else ", fail") if held else ""
    print(f"{address}: {len(queries)} queries, {took:.0f} ms{verdict}", flush=True)
    return within


if __name__ == "__main__":
    main()
