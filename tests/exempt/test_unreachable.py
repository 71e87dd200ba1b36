"""An exempt paper cannot be reached without the right: by address, search, feed, pack or cache.

The whole public site is read with and without exempt papers in tests/every/test_leaks.py. Here one
of everything exempt is planted, and looked for where somebody would who knows that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, reverse

from peelian.blocks import Document, Paragraph, plain
from peelian.documents import pdf
from peelian.exempt.models import ExemptFile, Reading
from peelian.exempt.operations import keep_exempt_file, keep_exempt_part
from peelian.packs.operations import build
from peelian.record import files
from peelian.record.access import ROLES, Command
from peelian.record.operations import release
from tests.every.addresses import kind_of_route, needs, patterns
from tests.every.crawl import XLSX, cells
from tests.every.world import person
from tests.makers import DAY, make

SAM = Command("sam", ("panel_officer",))
SECRET = "zqexempt"
RIGHT = ("manage", "meetings")
WITHOUT = [role for role in ROLES if RIGHT not in ROLES[role]]
OWN = ("meeting", "agenda-item", "minute", "pack")
# Where else something of a meeting stands; test_leaks.py reads every other page.
AREAS = ("meetings", "packs", "record", "retention")
ANYTHING = (
    *("home", "feed", "programme", "meetings-diary", "meetings-by-body", "office-home"),
    *(
        f"{slug}-{form}"
        for slug in ("agenda-items", "minutes", "packs")
        for form in ("csv", "xlsx")
    ),
)
SAID = {"exempt_paragraph": 3, "exempt_reason": "The price would be lost.", "text": "In brief."}


@dataclass(frozen=True)
class Planted:
    """A meeting with an exempt item, minute and file, and the issues of its pack."""

    records: dict[str, Any]
    file: ExemptFile


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """Everything exempt, kept before the pack was built and between its two issues."""
    folder = tmp_path_factory.mktemp("files")
    office = django_settings.OFFICE | {"today": "2020-01-28"}
    with (
        django_db_blocker.unblock(),
        override_settings(OFFICE=office, MEDIA_ROOT=folder),
        transaction.atomic(),
    ):
        yield _plant()
        transaction.set_rollback(True)


def _plant() -> Planted:
    body = make("body", form="panel")
    before = make("meeting", body=body, held_on=DAY.replace(month=1))
    minute = make("minute", parent=before, text="The panel was told of the offers in private.")
    meeting = make("meeting", body=body, held_on=DAY, state="planned")
    make("agenda-item", parent=meeting, number=1, section="minutes")
    item = make("agenda-item", parent=meeting, number=2, title="Sale of a house", **SAID)
    for record in (item, minute):
        keep_exempt_part(record, text=f"{SECRET} {record.kind}", ground=f"{SECRET} ground", by=SAM)
    _issue(meeting)
    content = pdf.render(Document(SECRET, SECRET, DAY, (Paragraph(plain(SECRET)),)))
    file = keep_exempt_file(
        item, files.NewFile(f"{SECRET}.pdf", content, f"{SECRET} offers"), by=SAM
    )
    pack = _issue(meeting)
    return Planted({"meeting": meeting, "agenda-item": item, "minute": minute, "pack": pack}, file)


def _issue(meeting: Any) -> Any:
    pack = build(meeting, by=Command("build"), reason="A test")
    release(pack, by=Command("release"))
    pack.refresh_from_db()
    return pack


@pytest.fixture
def planted_here(planted: Planted, db: None) -> Planted:
    """The planted records; what a test does to the database is gone after it."""
    return planted


def _signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(person("somebody", *roles))
    return client


def _words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))


def _address(pattern: URLPattern, records: dict[str, Any]) -> str | None:
    """Return the address of a route that needs nothing, or one of the planted records."""
    parts = set(pattern.pattern.converters)
    if parts == {"reference"} and kind_of_route(pattern) in OWN:
        return reverse(str(pattern.name), args=[records[kind_of_route(pattern)].reference])
    near = kind_of_route(pattern) in OWN or pattern.name in ANYTHING
    near |= not kind_of_route(pattern) and needs(pattern)[1] in AREAS
    return reverse(str(pattern.name)) if near and not parts else None


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    content: bytes = response.content
    media = response.get("Content-Type", "")
    if media == XLSX:
        return str(cells(content))
    if media.startswith("application/pdf"):
        return _words(content)
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("roles", [[], WITHOUT], ids=["public", "all who lack the right"])
def test_no_page_feed_list_file_or_search_says_it(planted_here: Planted, roles: list[str]) -> None:
    """One person who has every role without the right reads more than any of them alone."""
    client = _signed_in(*roles) if roles else Client()
    found = [p for p in patterns() if roles or needs(p) == "public"]
    addresses = {a for p in found if (a := _address(p, planted_here.records))}
    searches = {f"{reverse(name)}?q={SECRET}" for name in ("search", "search-csv")}
    if roles:
        searches |= {f"{reverse(f'office-{n}')}?q={SECRET}" for n in ("search", "search-csv")}
    assert len(addresses) > (60 if roles else 18)
    said = {address: _read(client, address) for address in sorted(addresses)}
    assert [address for address, words in said.items() if SECRET in words] == []
    for address in searches:  # the answer repeats what was asked for, and nothing else
        assert "Sale of a house" not in _read(client, address), address


def test_no_issue_of_the_public_pack_holds_it_and_each_says_why(planted_here: Planted) -> None:
    pack = planted_here.records["pack"]
    issues = list(pack.snapshots.order_by("number"))
    assert len(issues) == 2
    for issue in issues:
        said = [issue.content, *(_words(files.read(one)) for one in issue.attachments.all())]
        assert [words for words in said if SECRET in words] == []
        assert [words for words in said[:2] if "Schedule 12A" not in words] == []
    page = _read(Client(), pack.get_absolute_url())
    public_pdf = _read(Client(), reverse("packs-pdf", args=[pack.reference]))
    for words in (page, public_pdf):
        assert SECRET not in words
        assert "That the public be excluded from the meeting for item 2" in " ".join(words.split())


def test_no_table_but_its_own_holds_it(planted_here: Planted) -> None:
    """Whatever reads another table, an API or a search to come too, cannot find it."""
    holding = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(SECRET in str(row) for row in cursor.fetchall()):
                holding.append(table)
    assert sorted(holding) == ["exempt_exemptfile", "exempt_exemptpart"]


def _guesses(planted: Planted) -> list[str]:
    """Return the addresses that somebody would try who knows what there is."""
    item, minute = planted.records["agenda-item"], planted.records["minute"]
    digest = planted.file.sha256
    at_root = [
        f"/{d}/{x}" for d in ("media", "files", "static", "attachments") for x in _of(digest)
    ]
    return [
        *at_root,
        f"/agenda-items/{item.reference}/exempt/",
        f"/agenda-items/{item.reference}/exempt/{planted.file.pk}/",
        f"/agenda-items/{item.reference}/{planted.file.name}",
        f"/meetings/{planted.records['meeting'].reference}/exempt-pack/",
        f"/packs/{planted.records['pack'].reference}/exempt.pdf",
        f"/minutes/{minute.reference}/exempt/",
    ]


def _of(digest: str) -> list[str]:
    return [digest, f"{digest[:2]}/{digest}", f"{digest}.pdf", f"..%2F{digest[:2]}%2F{digest}"]


def test_a_guessed_public_address_is_the_address_of_nothing(planted_here: Planted) -> None:
    for client in (Client(), _signed_in("panel_officer")):
        assert {a: client.get(a).status_code for a in _guesses(planted_here)} == dict.fromkeys(
            _guesses(planted_here), 404
        )


def _closed(planted: Planted) -> list[str]:
    item, minute = planted.records["agenda-item"], planted.records["minute"]
    return [
        reverse("office-agenda-items-exempt", args=[item.reference]),
        reverse("office-agenda-items-exempt-file", args=[item.reference, planted.file.pk]),
        reverse("office-minutes-exempt", args=[minute.reference]),
        reverse("office-exempt-pack", args=[planted.records["meeting"].reference]),
    ]


@pytest.mark.parametrize("role", ["public", *WITHOUT])
def test_the_addresses_that_there_are_let_in_nobody_without_the_right(
    planted_here: Planted, role: str
) -> None:
    client = Client() if role == "public" else _signed_in(role)
    for address in _closed(planted_here):
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == (302 if role == "public" else 403), address
            assert SECRET not in response.content.decode()
    assert not Reading.objects.exists()


def test_with_the_right_a_file_is_reached_by_its_own_record_only(planted_here: Planted) -> None:
    client, minute = _signed_in("panel_officer"), planted_here.records["minute"]
    wrong = reverse("office-minutes-exempt-file", args=[minute.reference, planted_here.file.pk])
    assert client.get(wrong).status_code == 404
    for address in _closed(planted_here):
        response = client.get(address)
        assert response.status_code == 200, "the right opens what the others were refused"
        assert response["Cache-Control"] == "no-store, private", "no browser or proxy keeps it"


def test_the_right_is_held_by_the_panel_support_officer_alone() -> None:
    assert set(ROLES) - set(WITHOUT) == {"panel_officer"}
