"""Which places on the network may be visited: public ones, by http or https, and no others.

A name is resolved once, every address it has is checked, and the connection goes to exactly the
address that was checked: a name that answers differently a moment later changes nothing. No Django.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import quote, urlsplit

import httpcore

from peelian.publication.verdicts import Failed, Verdict

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 2_000
MOST_ADDRESSES = 4  # of one name that are tried
# Not public though older Pythons take them for it, or ways by which an inner address is reached.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",  # where one cloud tells machines about themselves
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100:0:0:1::/64",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
    )
)


def is_public(address: Address) -> bool:
    """Return whether an address belongs to a machine that everyone can reach.

    An IPv4 address in the clothes of IPv6 is judged as what it is.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.scope_id is not None or address.is_site_local:
            return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _REFUSED)


@dataclass(frozen=True)
class Place:
    """An address taken apart: where to connect to, and what to ask for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Return scheme, host and port as one word: what one robots.txt speaks for."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = SCHEMES[self.scheme] == self.port
        return f"{self.scheme}://{shown}" + ("" if is_usual else f":{self.port}")

    @property
    def url(self) -> str:
        """Return the address in the one form that is asked for and shown."""
        return self.origin + self.target


def place_of(url: str, ports: Iterable[int] = PORTS) -> Place:
    """Return an address taken apart. Raises Failed for one that is not visited."""
    if len(url) > LONGEST or any(ord(letter) <= 32 or letter in '\\"<>' for letter in url):
        raise _refused("not an address")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:  # a port that is none, a name too long
        raise _refused("not an address") from error
    if parts.scheme not in SCHEMES:
        raise _refused(f"{parts.scheme or 'no scheme'}, neither http nor https")
    if "@" in parts.netloc:
        raise _refused("a name or password in the address")
    if not host:
        raise _refused("no host")
    port = SCHEMES[parts.scheme] if port is None else port
    if port not in ports:
        raise _refused(f"port {port}")
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    target = quote(asked or "/", safe="%/:=&?~+!$,;'@()*[]|")
    return Place(parts.scheme, host, port, target if target.startswith("/") else f"/{target}")


def _refused(detail: str) -> Failed:
    return Failed(Verdict.REFUSED, detail)


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that this machine knows for a name. Raises OSError for none."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Gate:
    """Decides what may be connected to.

    `allowed` are addresses let through though they are not public, and `ports` those to connect to:
    for tests, which serve from this machine. No setting or command fills them.
    """

    allowed: frozenset[Address] = frozenset()
    ports: frozenset[int] = PORTS
    resolve: Resolve = field(default=resolve)

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, each checked.

        Raises Failed if any of them is not public: a name that has both is not to be trusted.
        """
        if port not in self.ports:
            raise _refused(f"port {port}")
        try:
            found = [ip_address(one) for one in await self.resolve(host, port)]
        except (OSError, ValueError) as error:
            raise Failed(Verdict.ERROR, "no such host") from error
        for address in found:
            if not (is_public(address) or address in self.allowed):
                raise _refused(f"{host} is {address}, which is not public")
        return [str(address) for address in found[:MOST_ADDRESSES]]


class Connections(httpcore.AsyncNetworkBackend):
    """The one way to the network: through the gate, to exactly what it let through."""

    def __init__(self, gate: Gate, sockets: httpcore.AsyncNetworkBackend | None = None) -> None:
        self.gate = gate
        self.sockets = sockets or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to one of the checked addresses of a host. Raises Failed."""
        failure: Exception = Failed(Verdict.ERROR, "no such host")
        for address in await self.gate.addresses(host, port):
            try:
                return await self.sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure
