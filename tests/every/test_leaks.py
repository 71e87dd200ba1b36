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
from peelian.packs.compose import compose
from peelian.record.kinds import kind_of, kinds
from peelian.record.models import Record
from tests.every import secrets
from tests.every.addresses import is_public, patterns
from tests.every.crawl import Site, crawl, read
from tests.every.world import World, issued_pack, one_of_each
from tests.makers import make_all, make_user

TODAY = "2020-01-28"
SPOKEN = "Refer to A9.9, 9.9 and minute 999."
NOBODY = 987_654_321  # a number that no record has


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
    world, other = _public_world(), one_of_each(ending="-other")
    [unpacked] = make_all("meeting", {"body": world["body"], "reference": "unpacked"})
    secrets.observe(world["measure"], world["area"], 100)
    stranger = Client()
    public = [r.get_absolute_url() for r in Record.objects.public()]
    seen.public = {r.key for r in Record.objects.public()}
    seen.before = crawl(stranger, public)
    seen.pack_before = to_json(compose(world["meeting"], extract="all"))

    hidden = secrets.hide_some_of_each(world)
    hidden += secrets.publish_some_under(hidden)
    list(secrets.let_changes_wait(world, other))
    secrets.measure_in_secret(world, hidden)
    secrets.build_and_hold_back(world, unpacked)
    seen.hidden = {r.key for r in Record.objects.all()} - seen.public
    seen.words = {r.reference for r in hidden} | {secrets.word("draft", name) for name in world}
    seen.after = crawl(stranger, public)
    seen.pack_after = to_json(compose(world["meeting"], extract="all"))

    reader = Client()
    reader.force_login(make_user("chris", "chief_executive"))
    seen.signed_in = crawl(reader, public)
    _look_for(seen, stranger, hidden)

    pointed = secrets.hide_what_is_pointed_to(other)
    seen.words |= {r.reference for r in pointed}
    seen.pointed = crawl(stranger, public)
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
            "agenda-item": {"text": SPOKEN},
            "inspection": {"published_on": "2019-12-20"},
            "edition": {"known": "2020-01-20", "period": "2019-12-01"},
        }
    )


def _look_for(seen: Readings, client: Client, hidden: list[Record]) -> None:
    """Ask for each hidden record as one who knows of it would, and beside it for one never made."""
    for record in hidden:
        slug, said = kind_of(record).slug, record.reference
        for name in _of_one(slug):
            own, none = (read(client, reverse(name, args=[r]))[0] for r in (said, "nothing"))
            seen.own_pages[f"{name} {said}"] = own, none
        if secrets.MARK + "under" not in said:
            for name in ("search", "search-csv"):
                asked = reverse(name) + "?q="
                own, none = read(client, asked + said)[0], read(client, asked + "zzznone")[0]
                seen.found[f"{name} {said}"] = own.replace(said, "zzznone"), none
    for record in hidden[:: len(secrets.STATES)]:
        for kind in kinds():
            for column in kind.filters:
                asked = f"{reverse(f'{kind.slug}-csv')}?{column}="
                own, none = (read(client, f"{asked}{pk}")[0] for pk in (record.pk, NOBODY))
                seen.filtered[f"{kind.name} {column} {record.reference}"] = own, none


def _of_one(slug: str) -> list[str]:
    """Return the names of the public routes of one record of a kind."""
    return [
        str(p.name)
        for p in patterns()
        if is_public(p) and str(p.pattern).startswith(f"{slug}/<str:reference>")
    ]


def _differences(one: Site, other: Site) -> dict[str, Any]:
    """Return where two readings differ: the first lines that are not the same."""
    found: dict[str, Any] = {address: "only one of them" for address in one.keys() ^ other.keys()}
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
    assert len(readings.before) > 300
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
    assert _differences(readings.after, readings.signed_in) == {}


def test_the_page_of_a_hidden_record_is_the_page_of_nothing(readings: Readings) -> None:
    assert len(readings.own_pages) > 200
    assert {k: v for k, v in readings.own_pages.items() if v[0] != v[1]} == {}
    assert {pair[0].partition(" ")[0] for pair in readings.own_pages.values()} == {"404"}


def test_a_search_for_a_secret_finds_and_counts_nothing(readings: Readings) -> None:
    assert len(readings.found) > 300
    assert {k: v for k, v in readings.found.items() if v[0] != v[1]} == {}


def test_filtering_by_a_hidden_record_is_filtering_by_nothing(readings: Readings) -> None:
    assert len(readings.filtered) > 500
    assert {k for k, v in readings.filtered.items() if v[0] != v[1]} == set()


def test_a_pack_built_among_secrets_is_the_pack_built_without(readings: Readings) -> None:
    assert readings.pack_after == readings.pack_before
    assert len(readings.pack_after) > 3_000


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_public_pdf_says_nothing_secret(readings: Readings) -> None:
    pdfs = [text for address, text in readings.after.items() if address.endswith(".pdf")]
    assert len(pdfs) == 2
    for content in pdfs:
        read_out = subprocess.run(
            ["pdftotext", "-", "-"], input=bytes.fromhex(content), capture_output=True, check=True
        )
        text = read_out.stdout.decode()
        assert "A9.9" in text
        assert secrets.MARK not in text.casefold()


@pytest.mark.django_db
def test_the_pack_of_a_hidden_meeting_is_hidden_with_it(settings: Any, tmp_path: Any) -> None:
    from tests.every.secrets import STATES

    settings.MEDIA_ROOT = tmp_path
    for state in ("withdrawn", "office"):
        meeting = one_of_each(ending=f"-{state}")["meeting"]
        pack = issued_pack(meeting) if not meeting.children.filter(kind="pack") else None
        address = reverse("packs-pdf", args=[meeting.reference])
        assert pack is None
        assert Client().get(address).status_code == 200
        {"withdrawn": secrets._withdrawn, "office": secrets._narrowed}[state](meeting)
        assert state in STATES
        assert Client().get(address).status_code == 404
        assert Client().get(address.removesuffix("pack.pdf")).status_code == 404
