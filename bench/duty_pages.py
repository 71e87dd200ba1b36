"""How long the office's calendar of a year takes, with every rule there is, and what it asks.

Run: python -m bench.duty_pages, on a database that holds the worked example.
"""

from __future__ import annotations

import os
import statistics
import time

RUNS = 9


def main() -> None:
    """Print queries and milliseconds of the office's calendar, read and as a page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
    os.environ.setdefault("PEELIAN_TODAY", "2020-01-28")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from peelian.duties import calendar
    from peelian.people.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="chris"))
    print(f"{len(calendar.rules())} rules")
    for address in ("/office/duties/", "/office/duties/month/", "/calendar/", "/calendar.ics"):
        client.get(address)
        times: list[float] = []
        asked = 0
        for _run in range(RUNS):
            with CaptureQueriesContext(connection) as queries:
                started = time.perf_counter()
                assert client.get(address).status_code == 200
                times.append((time.perf_counter() - started) * 1000)
            asked = len(queries)
        print(f"{address}: {asked} queries, {statistics.median(times):.0f} ms")


if __name__ == "__main__":
    main()
