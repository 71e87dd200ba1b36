"""Nothing that is not public shows: no word, no reference, no count, no order, no link.

The proof compares two readings of the whole public site, every page, filter, download, feed and
search: once before an office has any secrets, once when it has secrets of every kind and in every
state, and changes waiting on all that is public. The two readings are the same to the letter.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from peelian.blocks import to_json
from peelian.config.database import count_rows
from peelian.packs.compose import compose
from peelian.record.kinds import Kind, kind_named, kind_of, kinds
from peelian.record.models import Record, ToRecord
from tests.every import secrets
from tests.every.addresses import is_public, patterns
from tests.every.crawl import Site, crawl, read
from tests.every.world import World, one_of_each, person
from tests.makers import make_all

TODAY = "2020-01-28"
SPOKEN = "Refer to A9.9, 9.9 and minute 999."
NOBODY, NONE = 987_654_321, "zzznone"  # what no record has, and no record says


@dataclass
class Readings:
    """What was read, and of what was hidden by then."""

    before: Site = field(default_factory=dict)
    after: Site = field(default_factory=dict)
    signed_in: Site = field(default_factory=dict)
    pointed: Site = field(default_factory=dict)
    found: dict[str, tuple[str, str]] = field(default_factory=dict)
    own_pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    filtered: dict[str, tuple[str, str]] = field(default_factory=dict)
    pack_before: bytes = b""
    pack_after: bytes = b""
    public: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def readings(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Readings]:
    """The readings, all in one transaction that is gone afterwards."""
    files = tmp_path_factory.mktemp("files")
    office = settings.OFFICE | {"today": TODAY}
    with (
        django_db_blocker.unblock(),
        override_settings(OFFICE=office, MEDIA_ROOT=files),
        transaction.atomic(),
    ):
        yield _read_everything()
        transaction.set_rollback(True)


def _read_everything() -> Readings:
    seen = Readings()
    world = _public_world()
    other = one_of_each(of_each={"membership": {"starts_on": "2019-01-01"}}, ending="-other")
    [unpacked] = make_all("meeting", {"body": world["body"], "reference": "unpacked"})
    secrets.observe(world["measure"], world["area"], 100)
    stranger = Client()
    public = [r.get_absolute_url() for r in Record.objects.public()]
    seen.public = {r.key for r in Record.objects.public()}
    count_rows()
    seen.before = crawl(stranger, public)
    seen.pack_before = to_json(compose(world["meeting"], extract="all"))

    hidden = secrets.hide_some_of_each(world)
    hidden += secrets.publish_some_under(hidden, world)
    list(secrets.let_changes_wait(world, other))
    secrets.measure_in_secret(world, hidden)
    secrets.keep_what_is_exempt(world)
    secrets.build_and_hold_back(world, unpacked)
    secrets.spend_and_decide_in_secret(world)
    seen.hidden = {r.key for r in Record.objects.all()} - seen.public
    seen.words = {r.reference for r in hidden} | {secrets.word("draft", name) for name in world}
    count_rows()
    seen.after = crawl(stranger, public, like=seen.before)
    seen.pack_after = to_json(compose(world["meeting"], extract="all"))

    reader = Client()
    reader.force_login(person("chris", "chief_executive"))
    seen.signed_in = crawl(reader, public, filtered=False, like=seen.after)
    _look_for(seen, stranger, hidden)

    pointed = secrets.hide_what_is_pointed_to(other)
    seen.words |= {r.reference for r in pointed}
    seen.pointed = crawl(stranger, public, filtered=False, like=seen.after)
    return seen


def _public_world() -> World:
    """Return the public records: their words speak of what will be hidden."""
    return one_of_each(
        of_each={
            "body": {"reference": settings.OFFICE["panel"], "form": "panel"},
            "meeting": {"held_on": "2020-02-05", "state": "planned"},
            "activity": {"text": SPOKEN, "oversight_as_printed": "The Printed Board"},
            "update": {"text": SPOKEN},
            "minute": {"text": SPOKEN},
            "agenda-item": {"text": SPOKEN, "section": "monitoring_report"},
            "inspection": {"published_on": "2019-12-20"},
            "edition": {"known": "2020-01-20", "period": "2019-12-01"},
            "theme": {"meeting": None},
        }
    )


def _look_for(seen: Readings, client: Client, hidden: list[Record]) -> None:
    """Ask for each hidden record as one who knows of it would, and for one that never was."""
    no_page = {name: _said(client, name, "nothing") for k in kinds() for name in _of_one(k.slug)}
    nothing_found = {name: _searched(client, name, NONE) for name in ("search", "search-csv")}
    for number, record in enumerate(hidden):
        said = record.reference
        for name in _of_one(kind_of(record).slug):
            seen.own_pages[f"{name} {said}"] = _said(client, name, said), no_page[name]
        name = ("search", "search-csv")[number % 2]
        seen.found[f"{name} {said}"] = _searched(client, name, said), nothing_found[name]
    for kind in kinds():
        for column in kind.filters:
            asked = f"{reverse(f'{kind.slug}-csv')}?{column}="
            allowed = getattr(kind.model._meta.get_field(column), "kinds", ()) or kind.parents
            none = read(client, f"{asked}{NOBODY}")[0]
            for name in allowed if is_pointer(kind, column) else ():
                record = next(r for r in hidden if r.kind == name)
                own = read(client, f"{asked}{record.pk}")[0]
                seen.filtered[f"{kind.name} {column} {record.reference}"] = own, none


def is_pointer(kind: Kind, column: str) -> bool:
    return isinstance(kind.model._meta.get_field(column), ToRecord)


def _said(client: Client, name: str, reference: str) -> str:
    return read(client, reverse(name, args=[reference]))[0]


def _searched(client: Client, name: str, said: str) -> str:
    return read(client, f"{reverse(name)}?q={said}")[0].replace(said, NONE)


def _of_one(slug: str) -> list[str]:
    """Return the names of the public routes of one record of a kind."""
    return [
        str(p.name)
        for p in patterns()
        if is_public(p)
        and re.match(rf"{slug}/<\w+:reference>", str(p.pattern))
        and set(p.pattern.converters) == {"reference"}
    ]


def _differences(one: Site, other: Site) -> dict[str, Any]:
    """Return where two readings differ: the first lines that are not the same."""
    found: dict[str, Any] = dict.fromkeys(one.keys() ^ other.keys(), "only one of them")
    for address in one.keys() & other.keys():
        if one[address] != other[address]:
            lines = zip(one[address].split("\n"), other[address].split("\n"), strict=False)
            found[address] = next((pair for pair in lines if pair[0] != pair[1]), "one is longer")
    return found


# ---- that the proof proves something ----


def test_the_whole_site_was_read(readings: Readings) -> None:
    read_of = {reverse(f"{k.slug}-list") for k in kinds()} | {"/feed/", "/calendar/", "/robots.txt"}
    assert read_of <= readings.before.keys()
    assert len(readings.public) >= 2 * len(kinds())
    assert len(readings.before) > 400
    assert not [a for a, text in readings.before.items() if text.startswith(("403", "500"))]
    lost = {a for a, text in readings.before.items() if text.startswith("404")}
    assert lost == set(), "a public page links to nothing"


def test_there_was_something_to_hide(readings: Readings) -> None:
    assert len(readings.words) > len(kinds()) * (len(secrets.STATES) + 1)
    assert len(readings.hidden) > len(kinds()) * len(secrets.STATES)
    assert {key.partition("/")[0] for key in readings.hidden} == {k.name for k in kinds()}


def test_a_word_that_is_public_would_have_been_noticed(readings: Readings) -> None:
    assert len([text for text in readings.before.values() if "Refer to A9.9" in text]) > 5


# ---- the proof ----


def test_secrets_change_no_public_page_download_feed_or_filter(readings: Readings) -> None:
    assert _differences(readings.before, readings.after) == {}


def test_no_secret_word_is_anywhere(readings: Readings) -> None:
    said = re.compile(secrets.MARK + "[a-z]+", re.IGNORECASE)
    for site in (readings.after, readings.signed_in, readings.pointed):
        assert {a: said.findall(text) for a, text in site.items() if said.search(text)} == {}


def test_who_has_signed_in_reads_the_same_public_site(readings: Readings) -> None:
    strangers = {a: text for a, text in readings.after.items() if "?" not in a}
    assert _differences(strangers, readings.signed_in) == {}


def test_the_page_of_a_hidden_record_is_the_page_of_nothing(readings: Readings) -> None:
    assert len(readings.own_pages) > 200
    assert {k: v for k, v in readings.own_pages.items() if v[0] != v[1]} == {}
    assert {pair[0].partition(" ")[0] for pair in readings.own_pages.values()} == {"404"}


def test_a_search_for_a_secret_finds_and_counts_nothing(readings: Readings) -> None:
    assert len(readings.found) > 200
    assert {k: v for k, v in readings.found.items() if v[0] != v[1]} == {}


def test_filtering_by_a_hidden_record_is_filtering_by_nothing(readings: Readings) -> None:
    assert len(readings.filtered) > 20
    assert {k for k, v in readings.filtered.items() if v[0] != v[1]} == set()


def test_a_pack_built_among_secrets_is_the_pack_built_without(readings: Readings) -> None:
    assert readings.pack_after == readings.pack_before
    assert len(readings.pack_after) > 5_000


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_public_pdf_says_nothing_secret(readings: Readings) -> None:
    pdfs = [text for address, text in readings.after.items() if address.endswith(".pdf")]
    assert len(pdfs) == 4
    said = ""
    for content in pdfs:
        read_out = subprocess.run(
            ["pdftotext", "-", "-"], input=bytes.fromhex(content), capture_output=True, check=True
        )
        said += read_out.stdout.decode()
    assert "A9.9" in said
    assert secrets.MARK not in said.casefold()


@pytest.mark.django_db
def test_the_pack_of_a_hidden_meeting_is_hidden_with_it(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    for number, hide in enumerate(secrets.WAYS):
        meeting = one_of_each(kind_named("pack"), ending=f"-{number}")["meeting"]
        pages = [reverse(name, args=[meeting.reference]) for name in ("packs-pdf", "packs-show")]
        assert [Client().get(page).status_code for page in pages] == [200, 200]
        hide(meeting)
        assert [Client().get(page).status_code for page in pages] == [404, 404]
