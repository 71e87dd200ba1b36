"""The watchdog tells what is wrong with an address, is polite, and goes nowhere it must not."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import pairwise
from typing import Any

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.misbehaving import SPENDING, Heard, serve
from bench.watchdog import EXPECTED, LOOPBACK, TODAY, Recording, resolve, run
from peelian.publication.addresses import Gate, is_public, place_of
from peelian.publication.asking import MEGABYTE, Limits, _broken
from peelian.publication.verdicts import Failed, Form, Verdict
from peelian.publication.visiting import Found, Manners, Target, visit_all

QUICK = Manners(pause=0.01, limits=Limits(seconds=2.0, size=MEGABYTE))


@pytest.fixture
def site() -> Iterator[tuple[int, Heard]]:
    robots: dict[str, bytes | int] = {"down.test": 503, "none.test": 404}
    robots["picky.test"] = b"User-agent: Peelian-Watchdog\nDisallow: /*.csv$\nCrawl-delay: 0.3\n"
    with serve(robots) as served:
        yield served


def visit(port: int, *urls: str, manners: Manners = QUICK, **options: Any) -> list[Found]:
    gate = Gate(frozenset({ip_address(LOOPBACK)}), frozenset({port, 80}), resolve)
    targets = [Target(f"http://{url}".replace(":port", f":{port}"), Form.OTHER) for url in urls]
    options = {"gate": gate} | options
    found = asyncio.run(visit_all(targets, manners=manners, today=TODAY, **options))
    return [found[target] for target in targets if target in found]


# ---- verdicts ----


def test_every_way_of_misbehaving_gets_its_verdict_and_nothing_else_is_reached() -> None:
    # All at once on a busy machine: what is quick has to be told from what is slow all the same.
    patient = replace(QUICK, limits=replace(QUICK.limits, seconds=6.0))
    found, expected, reached, _seconds = run(len(EXPECTED), len(EXPECTED), patient)
    assert {t.url: found[t].verdict for t in expected} == {t.url: v for t, v in expected.items()}
    assert set(reached) == {LOOPBACK}


def test_a_good_page_is_read_for_its_title_language_and_newest_date(
    site: tuple[int, Heard],
) -> None:
    [page] = visit(site[0], "a.test:port/good")
    assert page.reading is not None
    assert (page.reading.title, page.reading.language) == ("Spending over £500", "en")
    assert (page.newest, page.reading.said) == (
        dt.date(2020, 1, 14),
        "Published on 14 January 2020 for December 2019.",
    )
    assert (page.size, page.status, len(page.sha256)) == (len(SPENDING), 200, 64)


def test_a_file_tells_its_day_by_its_header_too(site: tuple[int, Heard]) -> None:
    [table] = visit(site[0], "a.test:port/table.csv")
    assert (table.reading.newest, table.modified) == (dt.date(2019, 12, 3), dt.date(2020, 1, 6))
    assert table.newest == dt.date(2020, 1, 6)


def test_a_move_for_good_says_where_to_and_one_for_today_does_not(
    site: tuple[int, Heard],
) -> None:
    twice, today = visit(site[0], "a.test:port/moved-twice", "a.test:port/away-today")
    assert (twice.verdict, twice.moved_to) == (
        Verdict.MOVED,
        f"http://a.test:{site[0]}/good",
    )
    assert (today.verdict, today.moved_to, today.final_url[-5:]) == (Verdict.ANSWERS, "", "/good")


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (ssl.SSLCertVerificationError("self-signed"), Verdict.CERTIFICATE),
        (ssl.SSLError("wrong version"), Verdict.CERTIFICATE),
        (ConnectionRefusedError(), Verdict.ERROR),
    ],
)
def test_trouble_with_a_certificate_is_told_apart(error: Exception, verdict: Verdict) -> None:
    if isinstance(error, ssl.SSLCertVerificationError):
        error.verify_message = "self-signed certificate"
    wrapped = httpcore.ConnectError()
    wrapped.__cause__ = error
    assert _broken(wrapped).verdict == verdict


# ---- politeness ----


def test_robots_are_heard_wildcards_and_pauses_included(site: tuple[int, Heard]) -> None:
    port, heard = site
    page, table, again = visit(port, *(f"picky.test:port/{p}" for p in ("good", "t.csv", "good?2")))
    assert (page.verdict, table.verdict, again.verdict) == (
        Verdict.ANSWERS,
        Verdict.ROBOTS,
        Verdict.ANSWERS,
    )
    times = [at for _host, path, at in heard.asked if path.startswith("/good")]
    assert times[1] - times[0] >= 0.3
    assert not any(path == "/t.csv" for _host, path, _at in heard.asked)


def test_a_failing_robots_file_forbids_all_and_a_missing_one_nothing(
    site: tuple[int, Heard],
) -> None:
    down, none = visit(site[0], "down.test:port/good", "none.test:port/good")
    assert (down.verdict, none.verdict) == (Verdict.ROBOTS, Verdict.ANSWERS)


def test_a_host_is_asked_for_one_thing_at_a_time_and_for_its_robots_once(
    site: tuple[int, Heard],
) -> None:
    port, heard = site
    manners = Manners(pause=0.1, limits=QUICK.limits)
    visit(port, *(f"one.test:port/good?{n}" for n in range(5)), manners=manners)
    times = [at for _host, _path, at in heard.asked]
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))
    assert [path for _host, path, _at in heard.asked].count("/robots.txt") == 1


def test_no_cookie_is_ever_sent_back(site: tuple[int, Heard]) -> None:
    visit(site[0], "a.test:port/good", "a.test:port/good?2")
    assert site[1].cookies == []


def test_time_for_all_ends_the_round_and_what_was_not_reached_is_left_out(
    site: tuple[int, Heard],
) -> None:
    manners = Manners(pause=0.4, seconds=1.0, limits=QUICK.limits)
    found = visit(site[0], *(f"a.test:port/good?{n}" for n in range(9)), manners=manners)
    assert 0 < len(found) < 9


# ---- where it must not go ----

NOT_PUBLIC = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.1"),
    *("192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
    *("2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "::127.0.0.1", "fec0::1"),
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_not_visited(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "51.140.0.1", "2606:4700::1", "::ffff:8.8.8.8"])
def test_a_public_address_is_visited(address: str) -> None:
    assert is_public(ip_address(address))


@settings(max_examples=60, deadline=None)
@given(st.ip_addresses(v=4))
def test_no_clothes_of_ipv6_let_an_ipv4_address_through(address: Any) -> None:
    mapped = ip_address(f"::ffff:{address}")
    assert is_public(mapped) == is_public(address)
    inner = any(address in ip_network(n) for n in ("10.0.0.0/8", "127.0.0.0/8", "0.0.0.0/8"))
    assert not (inner and is_public(address))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.test/", "file:///etc/passwd", "javascript:alert(1)", "//a.test/", "a.test"),
        *("http://me@a.test/", "http://me:pw@a.test/", "http://a.test:22/", "http://a.test:x/"),
        *("http:///path", "http://a b.test/", "http://a.test/\\..", "http://" + "a" * 300 + "/"),
        *("http://a.test/" + "p" * 3000, "http://[::1", "", "http://a.test\r\nHost: b/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(Failed) as refused:
        place_of(url)
    assert refused.value.verdict == Verdict.REFUSED


def test_a_name_that_changes_its_answer_is_connected_to_where_it_was_checked(
    site: tuple[int, Heard],
) -> None:
    answers = iter([[LOOPBACK], ["127.0.0.2"], ["10.0.0.1"]])

    async def rebinding(_host: str, _port: int) -> list[str]:
        return next(answers)

    port, sockets = site[0], Recording()
    gate = Gate(frozenset({ip_address(LOOPBACK)}), frozenset({port}), rebinding)
    [found] = visit(port, "a.test:port/good", gate=gate, sockets=sockets)
    assert (found.verdict, sockets.reached) == (Verdict.REFUSED, [LOOPBACK])


def test_a_name_with_a_public_and_an_inner_address_is_not_trusted(
    site: tuple[int, Heard],
) -> None:
    async def both(_host: str, _port: int) -> list[str]:
        return ["8.8.8.8", "10.0.0.1"]

    sockets = Recording()
    gate = Gate(ports=frozenset({site[0]}), resolve=both)
    [found] = visit(site[0], "a.test:port/good", gate=gate, sockets=sockets)
    assert (found.verdict, sockets.reached) == (Verdict.REFUSED, [])


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "017700000001", "localhost"])
def test_the_gate_that_offices_use_lets_nobody_reach_this_machine(
    site: tuple[int, Heard], host: str
) -> None:
    gate = Gate(ports=frozenset({site[0]}))
    [found] = visit(site[0], f"{host}:port/good", gate=gate)
    assert found.verdict in (Verdict.REFUSED, Verdict.ERROR)
    assert site[1].asked == []
