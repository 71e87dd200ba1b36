"""Visit five hundred addresses of a site that misbehaves, with the watchdog's own manners.

Prints the time, and every verdict that was not the right one. Traffic goes to loopback only.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import time
from collections import Counter
from ipaddress import ip_address
from typing import Any

import httpcore

from bench.misbehaving import serve
from peelian.publication.addresses import Gate
from peelian.publication.asking import Limits
from peelian.publication.verdicts import Form, Verdict
from peelian.publication.visiting import Found, Manners, Target, visit_all

ADDRESSES, HOSTS = 500, 50
TODAY = dt.date(2020, 1, 28)
LOOPBACK = "127.0.0.1"
# What is at each path, in the order in which the hosts are given them.
EXPECTED = (
    ("/good", Form.PAGE, Verdict.ANSWERS),
    ("/table.csv", Form.SHEET, Verdict.ANSWERS),
    ("/packed", Form.PAGE, Verdict.ANSWERS),
    ("/away-today", Form.PAGE, Verdict.ANSWERS),
    ("/moved", Form.PAGE, Verdict.MOVED),
    ("/moved-twice", Form.PAGE, Verdict.MOVED),
    ("/gone", Form.PAGE, Verdict.GONE),
    ("/gone-for-good", Form.PAGE, Verdict.GONE),
    ("/soft", Form.PAGE, Verdict.NOT_FOUND_PAGE),
    ("/to-the-front", Form.PAGE, Verdict.NOT_FOUND_PAGE),
    ("/to-home", Form.PAGE, Verdict.NOT_FOUND_PAGE),
    ("/promised.pdf", Form.PDF, Verdict.WRONG_TYPE),
    ("/broken", Form.PAGE, Verdict.ERROR),
    ("/login", Form.PAGE, Verdict.ERROR),
    ("/nonsense", Form.PAGE, Verdict.ERROR),
    ("/hangs-up", Form.PAGE, Verdict.ERROR),
    ("/slow", Form.PAGE, Verdict.SLOW),
    ("/stalled", Form.PAGE, Verdict.SLOW),
    ("/slow-headers", Form.PAGE, Verdict.SLOW),
    ("/huge", Form.PAGE, Verdict.TOO_LARGE),
    ("/flood", Form.PAGE, Verdict.TOO_LARGE),
    ("/bomb", Form.PAGE, Verdict.TOO_LARGE),
    ("/endless", Form.PAGE, Verdict.ENDLESS),
    ("/circle", Form.PAGE, Verdict.ENDLESS),
    ("/chain", Form.PAGE, Verdict.ENDLESS),
    ("/private/page", Form.PAGE, Verdict.ROBOTS),
    ("/to-loopback", Form.PAGE, Verdict.REFUSED),
    ("/to-metadata", Form.PAGE, Verdict.REFUSED),
    ("/to-private", Form.PAGE, Verdict.REFUSED),
    ("/to-mapped", Form.PAGE, Verdict.REFUSED),
    ("/to-inside", Form.PAGE, Verdict.REFUSED),
    ("/to-file", Form.PAGE, Verdict.REFUSED),
    ("http://127.0.0.9/", Form.PAGE, Verdict.REFUSED),
    ("http://[::1]/", Form.PAGE, Verdict.REFUSED),
    ("http://169.254.169.254/", Form.PAGE, Verdict.REFUSED),
    ("http://somebody:secret@h1.test/", Form.PAGE, Verdict.REFUSED),
    ("http://h1.test:22/", Form.PAGE, Verdict.REFUSED),
    ("http://inside.example/", Form.PAGE, Verdict.REFUSED),
    ("https://h2.test:{port}/", Form.PAGE, Verdict.CERTIFICATE),
)


class Recording(httpcore.AnyIOBackend):
    """Connects, and keeps to which address."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[str] = []

    async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> Any:
        """Return the connection, having written down where it goes."""
        self.reached.append(host)
        return await super().connect_tcp(host, port, *rest, **more)


async def resolve(host: str, _port: int) -> list[str]:
    """Return this machine for the made-up hosts of the test, and an inner address for one."""
    if host.endswith(".test"):
        return [LOOPBACK]
    return ["192.168.1.5"] if host == "inside.example" else [str(ip_address(host))]


def targets(port: int, count: int = ADDRESSES, hosts: int = HOSTS) -> dict[Target, Verdict]:
    """Return addresses with the verdict that is right for each, spread over the hosts."""
    made: dict[Target, Verdict] = {}
    for nth in range(count):
        path, form, verdict = EXPECTED[nth % len(EXPECTED)]
        here = f"http://h{nth % hosts}.test:{port}" if path.startswith("/") else ""
        made[Target(f"{here}{path}?n={nth}".format(port=port), form)] = verdict
    return made


def run(count: int, hosts: int, manners: Manners) -> tuple[dict[Target, Found], Any, Any, float]:
    """Return what was found, what was expected, where connections went, and the seconds it took."""
    with serve() as (port, _heard):
        expected, sockets = targets(port, count, hosts), Recording()
        gate = Gate(frozenset({ip_address(LOOPBACK)}), frozenset({port, 80}), resolve)
        started = time.perf_counter()
        visits = visit_all(expected, gate=gate, manners=manners, today=TODAY, sockets=sockets)
        found = asyncio.run(visits)
        return found, expected, sockets.reached, time.perf_counter() - started


def main() -> None:
    """Run it with the manners that offices use, but for the time that a dead address is given."""
    manners = Manners(limits=Limits(seconds=5.0))
    found, expected, reached, seconds = run(ADDRESSES, HOSTS, manners)
    wrong = [(t.url, v, found.get(t)) for t, v in expected.items() if not _is(found.get(t), v)]
    for url, verdict, got in wrong:
        print(f"{url}: {got.verdict if got else 'not reached'}, expected {verdict}")
    elsewhere = {address for address in reached if address != LOOPBACK}
    counts = Counter(one.verdict.value for one in found.values())
    print("| The watchdog on misbehaving addresses | Measured |\n|---|---:|")
    print(f"| {ADDRESSES} addresses on {HOSTS} hosts | {seconds:.1f} s |")
    print(f"| Wrong verdicts | {len(wrong)} |")
    print(
        f"| Connections, and those to an address not allowed | {len(reached)}, {len(elsewhere)} |"
    )
    print(f"| Kinds of verdict | {len(counts)} |")
    sys.exit(bool(wrong or elsewhere or seconds > 120))


def _is(found: Found | None, verdict: Verdict) -> bool:
    return found is not None and found.verdict == verdict


if __name__ == "__main__":
    main()
