"""Read the whole public site as a stranger does: follow every link, try every filter."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from peelian.pages.export import XLSX
from tests.every.addresses import is_public, patterns

Site = dict[str, str]
CHOICES = 5  # tried of each filter: the lists differ by which rows they leave out
# Addresses that no public page holds, or that lead out of the public site.
NOT_FOLLOWED = ("/office/", "/static/", "/sign-in/", "/sign-out/")
NOT_PAGES = re.compile(r"\.(csv|xlsx|pdf|txt|ics)$|^/(feed|health|performance)/$")
_HREF = re.compile(r'(?:href|src)="([^"#]*)')
_SELECT = re.compile(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option[^>]*? value="([^"]*)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
_PICTURE = re.compile(r'"data:image/svg\+xml;base64,([^"]+)"')


def fixed_addresses() -> list[str]:
    """Return every public address that needs no record."""
    return [
        reverse(str(p.name))
        for p in patterns()
        if is_public(p) and not p.pattern.converters and p.name != "sign-out"
    ]


def fixed_pages() -> list[str]:
    """Return those of them that are pages to be read."""
    return [address for address in fixed_addresses() if not NOT_PAGES.search(address)]


def crawl(
    client: Client, start: Iterable[str] = (), *, filtered: bool = True, like: Site | None = None
) -> Site:
    """Return the text of every public address that can be reached, an unreachable one's status.

    Every filter is tried by itself, as a page and as CSV; none at all without `filtered`. What
    reads as in an earlier reading, `like`, is that text, so that several fit into memory.
    """
    before = like or {}
    site: Site = {}
    waiting = [*fixed_addresses(), *start]
    while waiting:
        address = waiting.pop()
        if address in site or address.startswith(NOT_FOLLOWED):
            continue
        if address.count("=") > filtered or ".xlsx?" in address:
            continue
        text, found = read(client, address)
        site[address] = before[address] if before.get(address) == text else text
        waiting += found
    return site


def read(client: Client, address: str) -> tuple[str, list[str]]:
    """Return what an address says, as text, and the addresses that it names."""
    response = client.get(address)
    if response.status_code != 200:
        where = response.get("Location", "")
        return f"{response.status_code} {where}", [where] if where else []
    media = response["Content-Type"]
    if media == XLSX:
        return str(cells(response.content)), []
    if media.startswith(("application/pdf", "image/png")):
        return response.content.hex(), []
    text = _TOKEN.sub("", response.content.decode("utf-8-sig"))
    text = _PICTURE.sub(lambda found: b64decode(found[1]).decode(), text)
    return text, _named(address, text) if "html" in media or "xml" in media else []


def cells(workbook: bytes) -> list[list[Any]]:
    """Return the cells of a workbook's first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def _named(address: str, text: str) -> list[str]:
    links = (one for one in _HREF.findall(text) if not one.startswith("data:"))
    found = [urljoin(address, unescape(one)) for one in links]
    path = urlsplit(address).path
    if not urlsplit(address).query:
        for name, options in _SELECT.findall(text):
            values = [unescape(one) for one in _OPTION.findall(options)][:CHOICES]
            found += [f"{path}?{urlencode({name: value})}" for value in values if value]
    return [_local(one) for one in found if urlsplit(one).hostname in (None, "testserver")]


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
