"""Saving what a Modern.Gov site says: asked of a server on this machine, then loaded."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from peelian.intake.tables import Rejected
from peelian.originals.fetching import Wanted, fetch
from peelian.originals.moderngov import load_responses
from peelian.publication.addresses import Gate
from peelian.record.access import Command

SAVED = Path(__file__).parent / "saved"
PACK = (Path(__file__).parents[2] / "examples" / "northshire" / "panel-pack.pdf").read_bytes()


class _Site(BaseHTTPRequestHandler):
    """Answers as the web service does; one document is not there."""

    asked: list[str]

    def do_GET(self) -> None:
        path, said = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        body = b""
        if path.startswith("/mgWebService.asmx/"):
            method = path.rsplit("/", 1)[-1]
            mark = said.get("lCommitteeId") or said.get("lMeetingId") or [""]
            file = SAVED / (f"{method}-{mark[0]}.xml" if mark[0] else f"{method}.xml")
            body = self._own(file.read_bytes()) if file.exists() else b""
        elif path.startswith("/documents/s9001/"):
            body = PACK
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _own(self, body: bytes) -> bytes:
        own = f"http://127.0.0.1:{self.server.server_port}".encode()  # type: ignore[attr-defined]
        return body.replace(b"https://democracy.southmarch.example", own)

    def log_message(self, *_args: Any) -> None: ...


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _fetch(site: HTTPServer, folder: Path, *, committee: str = "412", documents: bool) -> list[str]:
    said: list[str] = []
    first, last = dt.date(2019, 1, 1), dt.date(2020, 12, 31)
    wanted = Wanted(f"http://127.0.0.1:{site.server_port}", committee, first, last, documents)
    gate = Gate(frozenset({ip_address("127.0.0.1")}), frozenset({site.server_port}))
    fetch(wanted, folder, gate=gate, pause=0, tell=said.append)
    return said


@pytest.mark.django_db
def test_what_was_fetched_can_be_loaded(site: HTTPServer, tmp_path: Path) -> None:
    # Two of the listed meetings have no response of their own on this server.
    with pytest.raises(Rejected, match=r"the answer 404; expected the answer 200"):
        _fetch(site, tmp_path, documents=True)
    assert (tmp_path / "s9001.pdf").read_bytes() == PACK
    assert not (tmp_path / "s9002.pdf").exists()
    asked = " ".join(site.asked)  # type: ignore[attr-defined]
    assert "sFromDate=01%2F01%2F2019" in asked
    assert "s9002" not in asked and "s9003" not in asked  # noqa: PT018 (both are restricted)
    by = Command("peelian moderngov load")
    arrival = load_responses([tmp_path], f"http://127.0.0.1:{site.server_port}", by=by)
    assert arrival.outcome["Meetings, new"] == 3
    assert arrival.outcome["Documents kept"] == 1


def test_without_documents_none_is_asked_for(site: HTTPServer, tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        _fetch(site, tmp_path, documents=False)
    assert not any("/documents/" in one for one in site.asked)  # type: ignore[attr-defined]


def test_an_address_inside_the_office_is_not_asked(tmp_path: Path) -> None:
    wanted = Wanted("http://127.0.0.1:80", "1", dt.date(2019, 1, 1), dt.date(2020, 1, 1), False)
    with pytest.raises(Rejected, match="not public"):
        fetch(wanted, tmp_path)
