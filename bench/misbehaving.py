"""A web site on this machine that misbehaves in every way a watchdog has to live with.

Served by threads on one port of loopback under many names. `serve` yields its port; what it heard
is kept, so that a test can tell which addresses were asked for.
"""

from __future__ import annotations

import datetime as dt
import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MEGABYTE = 1024 * 1024
MODIFIED = format_datetime(dt.datetime(2020, 1, 6, tzinfo=dt.UTC), usegmt=True)


def page(title: str, words: str, links: str = "") -> bytes:
    """Return a page as a site might serve it."""
    text = f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{words}</p>"
    return (text + links).encode()


SPENDING = page("Spending over £500", "Published on 14 January 2020 for December 2019.")
NOT_FOUND = page("Page not found", "Sorry. 14 January 2020.")
HOME = page("Home", "Welcome. Latest news of 14 January 2020.")
# path: status, headers, body
PLAIN: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/good": (200, {"Content-Type": "text/html"}, SPENDING),
    "/table.csv": (
        200,
        {"Content-Type": "text/csv", "Last-Modified": MODIFIED},
        b"Paid on,Amount\r\n2019-12-03,750\r\n",
    ),
    "/gone": (404, {"Content-Type": "text/html"}, page("Not here", "Sorry")),
    "/gone-for-good": (410, {}, b""),
    "/broken": (500, {}, b"oops"),
    "/login": (403, {}, b"no"),
    "/soft": (
        200,
        {"Content-Type": "text/html"},
        NOT_FOUND,
    ),
    "/promised.pdf": (200, {"Content-Type": "application/pdf"}, page("Sign in", "First")),
    "/moved": (301, {"Location": "/good"}, b""),
    "/moved-twice": (308, {"Location": "/moved"}, b""),
    "/away-today": (302, {"Location": "/good"}, b""),
    "/to-the-front": (302, {"Location": "/"}, b""),
    "/circle": (302, {"Location": "/circle-back"}, b""),
    "/circle-back": (302, {"Location": "/circle"}, b""),
    "/to-loopback": (302, {"Location": "http://127.0.0.9/secret"}, b""),
    "/to-metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/to-private": (301, {"Location": "http://10.0.0.1/"}, b""),
    "/to-mapped": (302, {"Location": "http://[::ffff:192.168.0.1]/"}, b""),
    "/to-inside": (302, {"Location": "http://inside.example/"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-nowhere": (302, {"Location": "http://[nonsense/"}, b""),
    "/to-home": (302, {"Location": "/cy/hafan.html"}, b""),
    "/": (200, {"Content-Type": "text/html"}, HOME),
    "/cy/hafan.html": (200, {"Content-Type": "text/html"}, HOME),
    "/private/page": (200, {"Content-Type": "text/html"}, SPENDING),
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
    "/huge": (200, {"Content-Length": str(900 * MEGABYTE)}, b"x" * 1000),
}


@dataclass
class Heard:
    """What a site was asked: host and path of each request, and when it came."""

    asked: list[tuple[str, str, float]] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


class _Site(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, heard: Heard, robots: dict[str, bytes | int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard, self.robots = heard, robots
        self.over = threading.Event()

    def handle_error(self, *_args: Any) -> None:
        """Say nothing: that a visitor hangs up is what is tried here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        self.server.heard.asked.append((host, self.path, time.monotonic()))
        self.server.heard.cookies += self.headers.get_all("Cookie") or []
        path = self.path.partition("?")[0]
        special = getattr(self, "_" + path.strip("/").replace("-", "_").replace(".", "_"), None)
        if path == "/robots.txt" and host in self.server.robots:
            said = self.server.robots[host]
            self._send(*((said, {}, b"") if isinstance(said, int) else (200, {}, said)))
        elif special:
            special()
        else:
            self._send(*PLAIN.get(path, PLAIN["/gone"]))

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        sent = {"Content-Length": str(len(body)), "Set-Cookie": "who=you"} | headers
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _slow(self) -> None:
        self.server.over.wait(300)

    def _stalled(self) -> None:
        self._head({"Content-Length": "5000"})
        self.wfile.write(b"x" * 100)
        self.wfile.flush()
        self.server.over.wait(300)

    def _slow_headers(self) -> None:
        """Send one letter of the headers at a time, for ever."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.over.wait(0.2):
            self.wfile.write(b"a")
            self.wfile.flush()

    def _endless(self) -> None:
        """Send a little at a time, for ever."""
        self._head({"Content-Type": "text/html"})
        while not self.server.over.wait(0.1):
            self.wfile.write(b"<p>and so on</p>")
            self.wfile.flush()

    def _flood(self) -> None:
        """Send as much as can be sent, for ever."""
        self._head({"Content-Type": "text/html"})
        while not self.server.over.is_set():
            self.wfile.write(b"x" * 65536)

    def _bomb(self) -> None:
        """Send little that unpacks to much."""
        self._send(200, {"Content-Encoding": "gzip"}, _bomb())

    def _packed(self) -> None:
        headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
        self._send(200, headers, gzip.compress(SPENDING))

    def _nonsense(self) -> None:
        self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")

    def _hangs_up(self) -> None:
        self.close_connection = True

    def _chain(self) -> None:
        """Redirect to ever another address."""
        self._send(302, {"Location": f"{self.path}-"}, b"")

    def _head(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@cache
def _bomb() -> bytes:
    return gzip.compress(b"\0" * (64 * MEGABYTE), 9)


@contextmanager
def serve(robots: dict[str, bytes | int] | None = None) -> Iterator[tuple[int, Heard]]:
    """Serve the site until the block ends; yield its port and what it hears.

    `robots` gives hosts a robots.txt, or its status, of their own.
    """
    _bomb()
    heard = Heard()
    site = _Site(heard, robots or {})
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site.server_address[1], heard
    finally:
        site.over.set()
        site.shutdown()
        site.server_close()
        thread.join()
