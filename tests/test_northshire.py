"""The made-up office: its registers are full in public, and what must not be seen is not."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client

from peelian.cli import demonstrating
from peelian.cli.demonstrating import EXAMPLES
from peelian.demo import northshire, steps
from peelian.exempt.models import ExemptFile, ExemptPart
from peelian.record.access import Command
from peelian.record.kinds import kind_named, kinds
from peelian.record.models import Change, Record, Snapshot
from peelian.record.scope import Scope
from peelian.record.writing import unexplained
from peelian.retention import holds, registers
from peelian.retention.models import Certificate
from peelian.transparency.kinds import DECISION, KINDS, SPENDING_MONTH
from peelian.transparency.models import Payment, StaffReturn
from tests.test_cli import run
from tests.worked_example import copy_of, standing_on

FOLDER = django_settings.EXAMPLES / "northshire"
DRAFT = "2026-011"
SEEN = Scope(Command("peelian demo"))
PEOPLE = (
    *("Oakapple", "Bracken", "Pennywort", "Sedge", "Willowby", "Larkham", "Moorside"),
    *("Teasel", "07700"),
)

pytestmark = pytest.mark.usefixtures("northshire_office", "db")


@pytest.fixture(scope="module")
def northshire_office(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Every test of the module stands on Northshire, on its day."""
    said = EXAMPLES["northshire"].settings
    office = {
        "name": said["PEELIAN_OFFICE"],
        "panel": said["PEELIAN_PANEL"],
        "body_model": said["PEELIAN_BODY_MODEL"],
        "duties_since": said["PEELIAN_DUTIES_SINCE"],
        "today": said["PEELIAN_TODAY"],
        "is_made_up": said["PEELIAN_MADE_UP"] == "yes",
    }
    changed = {
        "OFFICE": django_settings.OFFICE | office,
        "MEDIA_ROOT": tmp_path_factory.mktemp("northshire"),
    }
    own = connections["default"]
    with django_db_blocker.unblock():
        example = (copy_of(own, "northshire"), changed)
        with standing_on(example):
            northshire.set_up(FOLDER)
    with standing_on(example):
        yield
    with django_db_blocker.unblock():
        example[0].close()
        if own.vendor != "sqlite":
            own.creation.destroy_test_db(suffix="northshire", verbosity=0)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def download(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(read(client, address).removeprefix("\ufeff"))))


# ---- the registers ----


@pytest.mark.parametrize(
    ("slug", "least"),
    [
        *(("decisions", 16), ("spending", 2), ("contracts", 15), ("interests", 11), ("gifts", 13)),
        *(("allowances", 20), ("posts", 7), ("staff", 3), ("premises", 7), ("policies", 11)),
        ("disclosures", 12),
    ],
)
def test_every_register_shows_its_entries_to_the_public(
    client: Client, slug: str, least: int
) -> None:
    assert slug in {kind.slug for kind in KINDS}
    rows = download(client, f"/{slug}.csv")
    assert len(rows) >= least
    page = read(client, f"/{slug}/")
    assert f"<strong>{len(rows)}</strong> records" in page
    for row in (rows[0], rows[-1]):
        assert f'href="/{slug}/{row["Reference"]}/"' in page
        assert row["Reference"] in read(client, f"/{slug}/{row['Reference']}/")


def test_the_register_of_every_kind_is_among_those_that_are_shown() -> None:
    empty = [kind.slug for kind in KINDS if not kind.all().public().exists()]
    assert empty == []


@pytest.mark.parametrize(
    "address", ["/", "/transparency/", "/publication/", "/calendar/", "/retention/"]
)
def test_what_leads_to_the_registers_answers(client: Client, address: str) -> None:
    assert "Northshire" in read(client, address)


def test_the_home_page_says_first_that_everything_is_made_up(client: Client) -> None:
    assert "Everything in it is made up" in read(client, "/")


def test_the_newest_decision_stands_first_and_a_superseded_one_names_what_supersedes_it(
    client: Client,
) -> None:
    page = read(client, "/decisions/")
    assert page.index("2026-010") < page.index("2025-001")
    page = read(client, "/decisions/2025-003/")
    assert "A later decision is about this one" in page
    assert page.count("2026-007 Giving up the lease of Harbour House") == 1


def test_the_staff_are_counted_and_small_counts_withheld(client: Client) -> None:
    newest, *_others = download(client, "/staff.csv")
    assert (newest["Staff"], newest["Women"], newest["Disabled"]) == ("29", "18", "fewer than 5")
    assert StaffReturn.objects.count() == 3


# ---- what must not be seen ----


def test_the_draft_decision_leaks_nowhere(client: Client) -> None:
    draft = DECISION.all().get(reference=DRAFT)
    assert draft.status == "draft"
    for address in (
        *("/", "/decisions/", "/decisions.csv", "/feed/", "/calendar/", "/transparency/"),
        *("/search/?q=contact+centre+Saltmere", "/decisions/?q=Saltmere", "/publication/"),
    ):
        page = read(client, address)
        assert DRAFT not in page, address
        assert draft.title not in page, address
    read(client, f"/decisions/{DRAFT}/", 404)
    read(client, f"/decisions/{DRAFT}/notice.pdf", 404)


def test_exempt_parts_are_kept_and_shown_to_nobody_outside(client: Client) -> None:
    assert (ExemptPart.objects.count(), ExemptFile.objects.count()) == (3, 1)
    for reference, words in (("2026-006", "1.31"), ("2026-009", "148,000")):
        assert words not in read(client, f"/decisions/{reference}/")
    assert "148,000" not in read(client, "/decisions.csv")


def test_an_exempt_item_says_in_public_why_and_not_what(client: Client) -> None:
    page = read(client, "/meetings/2026-11-17/")
    assert "paragraph 3 of Part 1 of Schedule 12A" in page
    assert "That the public be excluded from the meeting for item 6" in page
    for address in ("/meetings/2026-11-17/", "/agenda-items/2026-11-17-item-6/"):
        assert [w for w in ("151,000", "139,500", "offers.pdf") if w in read(client, address)] == []


def test_two_months_of_spending_are_out_and_one_waits_with_names_in_doubt(client: Client) -> None:
    status = dict(SPENDING_MONTH.all().values_list("reference", "status"))
    assert status == {"2026-07": "published", "2026-08": "published", "2026-09": "draft"}
    read(client, "/spending/2026-09/", 404)
    waiting = Payment.objects.filter(month__reference="2026-09")
    assert set(waiting.filter(naming="doubtful").values_list("original", flat=True)) == {
        "Whitlow and Teasel",
        "Withen Valley Hedgehogs",
    }
    decided = waiting.get(original="Larkham Moorside")
    assert (decided.naming, decided.why) == ("withheld", "decided before")


@pytest.mark.parametrize("month", ["2026-07", "2026-08"])
def test_payments_to_individuals_say_no_name(client: Client, month: str) -> None:
    rows = download(client, f"/spending/{month}/payments.csv")
    withheld = [row for row in rows if row["Recipient"] == "Individual (name withheld)"]
    assert len(rows) == 38
    assert len(withheld) == 6
    page = read(client, f"/spending/{month}/") + str(rows)
    assert [name for name in PEOPLE if name in page] == []


# ---- retention ----


def test_some_records_are_due_one_is_held_one_proposed_and_one_has_gone(client: Client) -> None:
    due = {one.record.reference: one for one in registers.due(SEEN)}
    assert len(due) == 9
    assert [hold.title for hold in due["CON-2014-06"].holds] == [
        "Claim about the yard at headquarters"
    ]
    assert due["G-2016-03"].proposed
    assert [proposal.record.reference for proposal in registers.proposals(SEEN)] == ["G-2016-03"]
    certificate = Certificate.objects.get()
    assert (certificate.reference, certificate.rule) == (
        "FOI-2017-004",
        "retention/register-entries",
    )
    assert certificate.proposed_by != certificate.by
    assert len(holds.running()) == 1
    assert "was disposed of" in read(client, "/disclosures/FOI-2017-004/", 410)


# ---- as files ----


def test_no_address_or_mail_in_the_files_is_anybodys() -> None:
    found = set()
    for path in FOLDER.rglob("*.csv"):
        found |= set(re.findall(r"https?://([^/,\s]+)|[\w.]+@([\w.]+)", path.read_text("utf-8")))
    assert {host or domain for host, domain in found} == {"www.northshire.example"}


def test_every_record_is_explained_by_its_history() -> None:
    assert [record.key for kind in kinds() for record in kind.all() if unexplained(record)] == []


def test_loading_the_files_again_changes_nothing() -> None:
    before = (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())
    steps.load(*(FOLDER / f"{slug}.csv" for slug in ("decisions", "delivery-plan", "proofs")))
    assert before == (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())
    assert northshire.is_set_up()


# ---- the command ----


def test_a_second_time_changes_nothing(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    monkeypatch.setattr(demonstrating, "_choose", lambda name, example: None)
    monkeypatch.setattr(steps, "look_at_own_pages", lambda: None)
    before = (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())
    said = run("demo", "--example", "northshire", "--no-serve").output
    assert "what was changed since is kept" in said
    assert "17 decisions, 3 spending, 16 contracts" in said
    assert before == (Change.objects.count(), Snapshot.objects.count(), Record.objects.count())


def test_it_keeps_to_a_folder_of_its_own_whatever_database_the_office_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = EXAMPLES["northshire"]
    for name in (*example.settings, "PEELIAN_DATA", "DATABASE_URL"):
        monkeypatch.setenv(name, "the office’s own")
    monkeypatch.setenv("PEELIAN_DATA", str(tmp_path))
    demonstrating._choose("northshire", example)
    assert os.environ["PEELIAN_DATA"] == str(tmp_path / "northshire")
    assert (tmp_path / "northshire").is_dir()
    assert os.environ["DATABASE_URL"] == ""
    assert {os.environ[name] for name in example.settings} == set(example.settings.values())


def test_the_other_example_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PEELIAN_TODAY", "PEELIAN_DUTIES_SINCE", "DATABASE_URL"):
        monkeypatch.setenv(name, "sqlite:///own")
    monkeypatch.setenv("PEELIAN_DATA", str(tmp_path))
    demonstrating._choose("west-mercia", EXAMPLES["west-mercia"])
    assert os.environ["PEELIAN_DATA"] == str(tmp_path)
    assert os.environ["DATABASE_URL"] == "sqlite:///own"


def test_the_chief_constable_was_asked_and_what_he_promised_is_followed(client: Client) -> None:
    page = read(client, "/holding-notes/hta-2026-09-29/")
    assert "Not assured" in page
    assert "Asked before, on 30 June 2026: Partly assured. The figure then was 68.4%" in page
    for reference in ("hta-2026-09-29-u1", "hta-2026-09-29-u2"):
        assert reference in page
        assert "Chief Constable" in read(client, f"/undertakings/{reference}/")
    year = read(client, "/holding-to-account/")
    assert "3 of 3 questions answered" in year
    assert ">Safer roads</a>: <strong>none taken</strong>, 1 to come" in year


def test_the_note_of_september_meets_the_duty_of_the_month() -> None:
    key = "house-rounds/2026-09/holding-to-account"
    proof = kind_named("proof").all().get(key=key)
    assert proof.evidence_id == kind_named("holding-note").all().get().pk
