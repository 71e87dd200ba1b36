"""Addresses visited politely: one request at a time to a host, with pauses, as robots.txt asks.

Redirects are followed by hand, so that every hop goes through the same gate. No Django.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import logging
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpcore
from protego import Protego

from peelian.publication.addresses import Gate, Place, place_of
from peelian.publication.asking import AGENT, MEGABYTE, Answer, Client, Limits
from peelian.publication.reading import Linked, Reading, last_modified, promised_form, read
from peelian.publication.verdicts import GOOD, Failed, Form, Verdict

log = logging.getLogger(__name__)

MOST_ROBOTS = MEGABYTE // 2
LONGEST_PAUSE = 10.0  # seconds; what robots.txt may ask for at most
READERS = 2  # documents read at the same time
# Where sites keep the page that they lead to for want of another, in English or Welsh.
_HOME = re.compile(
    r"/?(?:(?:en(?:-gb)?|cy)/?)?(?:(?:home|index|default|hafan)(?:\.\w{2,5})?/?)?", re.I
)
_REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}


@dataclass(frozen=True)
class Manners:
    """How the watchdog goes about. The pause is between two requests to one host."""

    pause: float = 1.0
    hosts: int = 16  # visited at the same time
    seconds: float = 1_800.0  # for all addresses together
    files: int = 2  # read of those that a page leads to
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Target:
    """An address to be visited, and what it promises to be."""

    url: str
    form: Form = Form.PAGE


@dataclass(frozen=True)
class Found:
    """What a visit found. `final_url` is where it ended, `moved_to` where it has moved for good."""

    url: str
    verdict: Verdict
    at: dt.datetime
    detail: str = ""
    status: int | None = None
    final_url: str = ""
    moved_to: str = ""
    seconds: float = 0.0
    size: int = 0
    media_type: str = ""
    sha256: str = ""
    modified: dt.date | None = None
    reading: Reading | None = None
    files: tuple[Found, ...] = ()

    @property
    def newest(self) -> dt.date | None:
        """Return the newest day found in the page or file, its header, or a file it leads to."""
        own = self.reading.newest if self.reading else None
        days = [own, self.modified, *(one.newest for one in self.files)]
        return max((day for day in days if day), default=None)


@dataclass
class _Way:
    """How far the way from one address has led."""

    url: str
    moved_to: str = ""
    spent: float = 0.0
    hops: list[str] = field(default_factory=list)
    for_good: bool = True


class _Turns:
    """Lets one request at a time go to a host, and none before its pause is over."""

    def __init__(self) -> None:
        self.locks: dict[str, asyncio.Lock] = {}
        self.free_at: dict[str, float] = {}

    @asynccontextmanager
    async def of(self, host: str, pause: float) -> AsyncIterator[None]:
        async with self.locks.setdefault(host, asyncio.Lock()):
            await asyncio.sleep(max(self.free_at.get(host, 0.0) - time.monotonic(), 0))
            try:
                yield
            finally:
                self.free_at[host] = time.monotonic() + pause


class Visitor:
    """Visits addresses for one run."""

    def __init__(
        self,
        gate: Gate,
        manners: Manners,
        today: dt.date,
        sockets: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self.gate, self.manners, self.today = gate, manners, today
        self.client = Client(gate, sockets)
        self.turns = _Turns()
        self.robots: dict[str, asyncio.Task[Protego | Failed]] = {}
        self.hosts = asyncio.Semaphore(manners.hosts)
        self.readers = asyncio.Semaphore(READERS)

    async def visit(self, target: Target) -> Found:
        """Return what is at an address; never raises for what the other side does."""
        way = _Way(target.url)
        at = dt.datetime.now(dt.UTC)
        try:
            answer, place = await self._followed(way)
            found = await self._judged(target, way, answer, place, at)
        except Failed as failed:
            return Found(
                target.url,
                failed.verdict,
                at,
                failed.detail,
                final_url=way.url,
                moved_to=way.moved_to,
                seconds=round(way.spent, 2),
            )
        return found

    # ---- one address, hop by hop ----

    async def _followed(self, way: _Way) -> tuple[Answer, Place]:
        """Return the answer at the end of all redirects. Raises Failed."""
        for _hop in range(self.manners.limits.hops + 1):
            place = place_of(way.url, self.gate.ports)
            way.url = place.url
            if way.url in way.hops:
                raise Failed(Verdict.ENDLESS, "redirects in a circle")
            way.hops.append(way.url)
            answer = await self._asked(place, way)
            to = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not to:
                return answer, place
            way.url = urljoin(place.url, to).partition("#")[0]
            # It has moved for good only as far as every step so far said so.
            way.for_good = way.for_good and _REDIRECTS[answer.status]
            if way.for_good:
                way.moved_to = way.url[:2_000]
        raise Failed(Verdict.ENDLESS, f"more than {self.manners.limits.hops} redirects")

    async def _asked(self, place: Place, way: _Way) -> Answer:
        """Return the answer to one request, made when it is this host's turn. Raises Failed."""
        robots = await self._robots_of(place)
        if isinstance(robots, Failed):
            raise Failed(robots.verdict, robots.detail)
        if not robots.can_fetch(place.url, AGENT):
            raise Failed(Verdict.ROBOTS, "robots.txt asks not to be visited there")
        pause = min(robots.crawl_delay(AGENT) or 0.0, LONGEST_PAUSE)
        left = self.manners.limits.seconds - way.spent
        return await self._in_turn(place, max(left, 0.1), max(pause, self.manners.pause), way)

    async def _in_turn(
        self, place: Place, seconds: float, pause: float, way: _Way, part: int | None = None
    ) -> Answer:
        async with self.turns.of(place.host, pause), self.hosts:
            started = time.monotonic()
            try:
                return await self.client.ask(
                    place, seconds=seconds, limits=self.manners.limits, part=part
                )
            finally:
                way.spent += time.monotonic() - started

    # ---- robots.txt ----

    async def _robots_of(self, place: Place) -> Protego | Failed:
        """Return a host's rules for visitors, or why nothing there can be visited. Asked once."""
        if place.origin not in self.robots:
            self.robots[place.origin] = asyncio.create_task(self._read_robots(place))
        return await asyncio.shield(self.robots[place.origin])

    async def _read_robots(self, place: Place) -> Protego | Failed:
        way = _Way(f"{place.origin}/robots.txt")
        limits = self.manners.limits
        try:
            for _hop in range(limits.hops):
                at = place_of(way.url, self.gate.ports)
                left = max(limits.seconds - way.spent, 0.1)
                answer = await self._in_turn(at, left, self.manners.pause, way, MOST_ROBOTS)
                to = answer.headers.get("location", "")
                if answer.status not in _REDIRECTS or not to:
                    return _rules(answer)
                way.url = urljoin(at.url, to).partition("#")[0]
        except Failed as failed:
            # A robots.txt that leads astray forbids nothing; a host that is not there has no pages.
            is_own = way.url == f"{place.origin}/robots.txt"
            return failed if is_own else Protego.parse("")
        return Protego.parse("")

    # ---- what it comes to ----

    async def _judged(
        self, target: Target, way: _Way, answer: Answer, place: Place, at: dt.datetime
    ) -> Found:
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()[:100]
        reading: Reading | None = None
        files: tuple[Found, ...] = ()
        verdict, detail = _of_status(answer.status)
        if verdict in GOOD:
            reading = await self._read(answer.body, place.url, media_type)
            verdict, detail = _of_content(target, way, place, reading)
        if verdict in GOOD and reading is not None:
            files = await self._files(reading.linked)
        return Found(
            url=target.url,
            verdict=verdict,
            at=at,
            detail=detail,
            status=answer.status,
            final_url=place.url,
            moved_to=way.moved_to,
            seconds=round(way.spent, 2),
            size=len(answer.body),
            media_type=media_type,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            modified=self._day(answer.headers.get("last-modified", ""), reading),
            reading=reading,
            files=files,
        )

    async def _read(self, body: bytes, url: str, media_type: str) -> Reading:
        """Return what can be read; what breaks a reader is logged and taken for nothing to read."""
        async with self.readers:
            try:
                return await asyncio.to_thread(read, body, url, media_type, self.today)
            except Exception:  # whatever a stranger serves, the other addresses are still visited
                log.exception("%s could not be read", url)
                return Reading(Form.OTHER)

    async def _files(self, linked: Sequence[Linked]) -> tuple[Found, ...]:
        """Return what is at the newest documents that a page leads to."""
        wanted = linked[: self.manners.files]
        return tuple([await self.visit(Target(one.url, promised_form(one.url))) for one in wanted])

    def _day(self, said: str, reading: Reading | None) -> dt.date | None:
        """Return the day of a file's Last-Modified; that of a page tells when it was sent."""
        day = last_modified(said)
        is_file = reading is not None and reading.form != Form.PAGE
        return day if day is not None and is_file and day <= self.today else None


def _rules(answer: Answer) -> Protego | Failed:
    """Return what a robots.txt says: everything is allowed without one, nothing while it fails."""
    if answer.status >= 500:
        return Failed(Verdict.ROBOTS, f"robots.txt answers with {answer.status}")
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    return Protego.parse(text.replace("\0", ""))


def _of_status(status: int) -> tuple[Verdict, str]:
    if status in (404, 410):
        return Verdict.GONE, str(status)
    if status == 200 or status == 203:
        return Verdict.ANSWERS, ""
    return Verdict.ERROR, str(status)


def _of_content(target: Target, way: _Way, place: Place, reading: Reading) -> tuple[Verdict, str]:
    """Return the verdict on what answered well, by what it is and what it was promised to be."""
    if reading.says_not_found:
        return Verdict.NOT_FOUND_PAGE, reading.title[:200]
    asked, led_to = urlsplit(target.url).path, place.target
    if len(way.hops) > 1 and _HOME.fullmatch(led_to) and not _HOME.fullmatch(asked):
        return Verdict.NOT_FOUND_PAGE, "leads to the home page"
    if target.form not in (reading.form, Form.OTHER):
        return Verdict.WRONG_TYPE, reading.form.value
    return (Verdict.MOVED if way.moved_to else Verdict.ANSWERS), ""


Told = Callable[[Found], None]


async def visit_all(
    targets: Iterable[Target],
    *,
    gate: Gate,
    manners: Manners,
    today: dt.date,
    sockets: httpcore.AsyncNetworkBackend | None = None,
    told: Told = lambda _found: None,
) -> dict[Target, Found]:
    """Return what each visit found, without those that time did not reach.

    `told` hears of each visit as it ends. Equal targets are visited once.
    """
    wanted = list(dict.fromkeys(targets))
    visitor = Visitor(gate, manners, today, sockets)
    tasks = [asyncio.create_task(_visit_and_tell(visitor, target, told)) for target in wanted]
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=manners.seconds)
        running = [*tasks, *visitor.robots.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    finally:
        await visitor.client.close()
    return {
        target: task.result()
        for target, task in zip(wanted, tasks, strict=True)
        if not task.cancelled()
    }


async def _visit_and_tell(visitor: Visitor, target: Target, told: Told) -> Found:
    found = await visitor.visit(target)
    told(found)
    return found
