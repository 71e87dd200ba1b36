"""Reading a page as a test does: its words, its links, and what it asked of the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from tests.makers import make_user


@dataclass(frozen=True)
class Page:
    """What a page shows between its `<main>` tags."""

    status: int
    html: str
    queries: int

    @property
    def words(self) -> str:
        """Return the words as they are read, with single spaces."""
        return re.sub(r"\s+", " ", unescape(strip_tags(self.html.replace("><", "> <")))).strip()

    @property
    def links(self) -> dict[str, str]:
        """Return the addresses by the words that lead there."""
        found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.html, re.DOTALL)
        return {unescape(strip_tags(words)).strip(): href for href, words in found}


def read(address: str, *roles: str) -> Page:
    """Return a page as the public sees it, or as a user with these roles does."""
    client = Client()
    if roles:
        user = make_user("-".join(roles), *roles)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    text = response.content.decode()
    html = text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return Page(response.status_code, html, len(asked))
