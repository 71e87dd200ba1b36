"""One request for one address, bounded in size and time. No Django.

No cookies, no credentials, no proxies, no retries; redirects are told, never followed here.
"""

from __future__ import annotations

import asyncio
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpcore

from peelian.publication.addresses import Connections, Gate, Place
from peelian.publication.verdicts import Failed, Verdict

MEGABYTE = 1024 * 1024
AGENT = "Peelian-Watchdog"
USER_AGENT = f"{AGENT}/1.0 (checks that what an office must publish can be found)"
_HEADERS = (
    ("User-Agent", USER_AGENT),
    ("Accept", "*/*"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)
_STILL_SENDING = 3.0  # seconds since the last piece, at most


@dataclass(frozen=True)
class Limits:
    """How much of one address is waited for and read."""

    seconds: float = 20.0  # for an address, all its redirects included
    connecting: float = 8.0
    size: int = 20 * MEGABYTE
    hops: int = 6


@dataclass(frozen=True)
class Answer:
    """What a server sent: header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class _Coming:
    """What has come so far, so that the clock running out can be told apart."""

    started: bool = False
    length: int | None = None
    last: float = 0.0
    pieces: list[bytes] = field(default_factory=list)
    size: int = 0


class Client:
    """Asks for addresses through one gate."""

    def __init__(self, gate: Gate, sockets: httpcore.AsyncNetworkBackend | None = None) -> None:
        self.gate = gate
        self.pool = httpcore.AsyncConnectionPool(
            network_backend=Connections(gate, sockets),
            max_connections=64,
            max_keepalive_connections=0,
        )

    async def close(self) -> None:
        """Let go of every connection."""
        await self.pool.aclose()

    async def ask(
        self, place: Place, *, seconds: float, limits: Limits, part: int | None = None
    ) -> Answer:
        """Return what is at an address, at most `part` bytes of it where only a part is wanted.

        Raises Failed when it does not answer in time, is too large, or cannot be reached.
        """
        coming = _Coming()
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(place, coming, limits, part)
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise _out_of_time(coming, seconds) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _broken(error) from error
        except (OSError, ValueError) as error:  # a redirect to what is no address at all
            raise Failed(Verdict.ERROR, type(error).__name__) from error

    async def _ask(self, place: Place, coming: _Coming, limits: Limits, part: int | None) -> Answer:
        wait = {"connect": limits.connecting, "read": limits.seconds, "write": limits.connecting}
        url = httpcore.URL(place.url)
        headers = [("Host", place.origin.partition("://")[2]), *_HEADERS]
        async with self.pool.stream("GET", url, headers=headers, extensions={"timeout": wait}) as r:
            said = {
                name.decode("ascii", "replace").lower(): value.decode("latin-1").strip()
                for name, value in r.headers
            }
            length = said.get("content-length", "")
            coming.started = True
            coming.length = int(length) if length.isdecimal() else None
            if part is None and coming.length is not None and coming.length > limits.size:
                raise Failed(Verdict.TOO_LARGE, f"{coming.length / MEGABYTE:,.0f} MB")
            await _receive(r, coming, limits.size if part is None else part, whole=part is None)
        body = _unpacked(b"".join(coming.pieces), said.get("content-encoding", ""), limits.size)
        return Answer(r.status, said, body)


async def _receive(r: httpcore.Response, coming: _Coming, most: int, *, whole: bool) -> None:
    """Take the body in pieces. Raises Failed where more comes than is wanted whole."""
    async for piece in r.aiter_stream():
        coming.pieces.append(piece)
        coming.size += len(piece)
        coming.last = time.monotonic()
        if coming.size > most:
            if whole:
                raise Failed(Verdict.TOO_LARGE, f"more than {most / MEGABYTE:,.0f} MB")
            return


def _out_of_time(coming: _Coming, seconds: float) -> Failed:
    """Return why time ran out: a file that goes on and on, or a server that does not answer."""
    is_coming = coming.last > time.monotonic() - _STILL_SENDING
    if coming.started and coming.length is None and is_coming:
        return Failed(Verdict.ENDLESS, f"still sending after {seconds:.0f} seconds")
    what = "not all of it came" if coming.started else "no answer"
    return Failed(Verdict.SLOW, f"{what} in {seconds:.0f} seconds")


def _broken(error: BaseException) -> Failed:
    """Return what was wrong with a connection, a certificate apart from the rest."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failed(Verdict.CERTIFICATE, cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return Failed(Verdict.CERTIFICATE, "no secure connection could be made")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.ProtocolError):
        return Failed(Verdict.ERROR, "an answer that is not HTTP")
    if isinstance(error, httpcore.ConnectError):
        return Failed(Verdict.ERROR, "no connection")
    return Failed(Verdict.ERROR, "the connection broke off")


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """Return the body as it was before it was packed. Raises Failed where it is too large then."""
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        whole = unpack.decompress(body, most + 1)
    except zlib.error as error:
        raise Failed(Verdict.ERROR, "packed in a way that cannot be read") from error
    if len(whole) > most:
        raise Failed(Verdict.TOO_LARGE, f"more than {most / MEGABYTE:,.0f} MB")
    return whole
