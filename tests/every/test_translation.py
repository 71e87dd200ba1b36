"""Every word the software says itself goes through translation: Welsh needs no code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from peelian.record.kinds import kinds
from tests.every.crawl import fixed_pages

pytestmark = pytest.mark.usefixtures("worked_example", "db")

OPEN, CLOSE = "⟦", "⟧"
TRANSLATED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
BETWEEN = re.compile(r"[^a-z ]+")
SILENT = ("script", "style", "code", "textarea")
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label")
OF_EACH = 2  # records of each kind are read
# The law shows its working in its own words: it is pure, and knows no translation. A pack is kept
# as it was issued.
KEPT = re.compile("^/(calendar|clocks|duties|packs|proofs)/|^/$")
NAMES = {"peelian", "csv", "xlsx", "svg", "png"}
RULES = Path(__file__).resolve().parents[2] / "rules"


class Bracketed:
    """A language in which everything that was translated stands in brackets."""

    plural = staticmethod(lambda number: int(number != 1))

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"{OPEN}{one if number == 1 else many}{CLOSE}"

    def language(self) -> str:
        return settings.LANGUAGE_CODE

    def to_language(self) -> str:
        return settings.LANGUAGE_CODE


class Said(HTMLParser):
    """The words of a page, those that are only read aloud too."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.aloud: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.aloud += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.append(data)


def _phrases(text: str) -> list[str]:
    """Return what stands between figures and punctuation, in small letters."""
    return [phrase.strip() for phrase in BETWEEN.split(" ".join(text.lower().split()))]


@pytest.fixture
def on_record() -> str:
    """Every word of the database and of the rules, phrase by phrase."""
    found = [rule.read_text(encoding="utf-8") for rule in RULES.rglob("*.yaml")]
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*names):
            found += [str(value) for value in row if isinstance(value, str | dict | list)]
    return "|".join(phrase for text in found for phrase in _phrases(text))


def _untranslated(html: str, on_record: str) -> set[str]:
    said = Said(html)
    found = set()
    for text in ("|".join(said.text), *said.aloud):
        before = ""
        while before != text:
            before, text = text, TRANSLATED.sub("|", text)
        found |= {phrase for phrase in _phrases(text) if len(phrase) > 1 and phrase not in NAMES}
    return {phrase for phrase in found if phrase not in on_record}


def _pages() -> list[str]:
    found = fixed_pages()
    for kind in kinds():
        shown = kind.all().public().in_order()[:OF_EACH]
        found += [record.get_absolute_url() for record in shown]
    return [address for address in dict.fromkeys(found) if not KEPT.search(address)]


@pytest.fixture
def pages() -> list[str]:
    """Every page that is proved, found before its words are bracketed."""
    found = _pages()
    assert len(found) > 80
    return found


@pytest.fixture
def bracketed() -> Iterator[None]:
    """Speak in brackets, and forget it afterwards: Django keeps what it last spoke."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(trans_real._translations, settings.LANGUAGE_CODE, Bracketed())
        patched.setattr(trans_real, "_default", None)
        yield
    translation.deactivate()


def test_what_is_not_on_the_record_is_translated(
    on_record: str, pages: list[str], bracketed: None
) -> None:
    client = Client()
    found = {address: client.get(address).content.decode() for address in pages}
    wrong = {address: _untranslated(html, on_record) for address, html in found.items()}
    assert sorted((a, sorted(p)) for a, p in wrong.items() if p) == []
