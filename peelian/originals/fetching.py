"""A committee's responses and documents, asked of a Modern.Gov site and saved as files."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from peelian.intake.moderngov import Document, Meeting, read_response
from peelian.intake.tables import Problem, Rejected
from peelian.originals.addresses import document_page
from peelian.originals.papers import file_name
from peelian.publication.addresses import Gate, place_of
from peelian.publication.asking import Client, Limits
from peelian.publication.verdicts import Failed

SERVICE = "mgWebService.asmx"
PAUSE = 1.0  # seconds between two requests


@dataclass(frozen=True)
class Wanted:
    """What to fetch: a committee's meetings from a day to a day, with their documents or not."""

    site: str
    committee: str
    first: dt.date
    last: dt.date
    documents: bool


@dataclass
class Fetcher:
    """Asks one site, one request at a time, and saves what it answers in a folder."""

    wanted: Wanted
    folder: Path
    client: Client
    pause: float
    tell: Callable[[str], None]

    async def response(self, name: str, method: str, **said: str) -> Path:
        """Save the response to a method of the service; return the file. Raises Rejected."""
        query = f"?{urlencode(said)}" if said else ""
        return await self.save(name, f"{self.wanted.site}/{SERVICE}/{method}{query}")

    async def save(self, name: str, url: str) -> Path:
        """Save what is at an address under a name. Raises Rejected where it cannot be had."""
        limits = Limits()
        try:
            place = place_of(url, self.client.gate.ports)
            answer = await self.client.ask(place, seconds=limits.seconds, limits=limits)
        except Failed as failed:
            raise Rejected(
                [Problem(url, failed.detail or failed.verdict.value, "an answer")]
            ) from (failed)
        await asyncio.sleep(self.pause)
        if answer.status != 200:
            to = answer.headers.get("location", "")
            found = f"the answer {answer.status}" + (f", which leads to {to}" if to else "")
            raise Rejected([Problem(url, found, "the answer 200")])
        path = self.folder / name
        path.write_bytes(answer.body)
        self.tell(name)
        return path

    async def everything(self) -> None:
        """Save the committees, the members, the meetings of the committee and their documents."""
        wanted = self.wanted
        await self.response("GetCommittees.xml", "GetCommittees")
        await self.response("GetCouncillorsByWard.xml", "GetCouncillorsByWard")
        days = {"sFromDate": _day(wanted.first), "sToDate": _day(wanted.last)}
        listed = await self.response(
            f"GetMeetings-{wanted.committee}.xml",
            "GetMeetings",
            lCommitteeId=wanted.committee,
            **days,
        )
        for meeting in read_response(listed).meetings:
            name = f"GetMeeting-{meeting.id}.xml"
            whole = await self.response(name, "GetMeeting", lMeetingId=meeting.id)
            if wanted.documents:
                for told in read_response(whole).meetings:
                    await self._documents(told)

    async def _documents(self, meeting: Meeting) -> None:
        """Save a meeting's documents; one that cannot be had is told, and the others are saved."""
        for document in _public(meeting):
            name = file_name(document)
            if name and not (self.folder / name).exists():
                try:
                    await self.save(name, document_page(self.wanted.site, document.address))
                except Rejected as error:
                    self.tell(str(error))


def _public(meeting: Meeting) -> list[Document]:
    items = [item for item in meeting.items if not item.is_restricted]
    found = [*meeting.documents, *(one for item in items for one in item.documents)]
    return [one for one in found if not one.is_restricted]


def _day(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def fetch(
    wanted: Wanted,
    folder: Path,
    *,
    gate: Gate | None = None,
    pause: float = PAUSE,
    tell: Callable[[str], None] = lambda _said: None,
) -> None:
    """Save what is wanted in a folder. Raises Rejected for what the site does not answer."""

    async def asked() -> None:
        client = Client(gate or Gate())
        try:
            await Fetcher(wanted, folder, client, pause, tell).everything()
        finally:
            await client.close()

    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(asked())
