"""A month's spending: read whole or refused, people held back, released by two, kept by loads."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.tables import Rejected, as_amount, read
from peelian.pages.tables import pounds
from peelian.people.models import User
from peelian.record.errors import Invalid, Refused
from peelian.record.load import load_file
from peelian.transparency.kinds import SPENDING_MONTH
from peelian.transparency.models import Payment
from peelian.transparency.spending import decide_recipients, difference
from peelian.transparency.spending_file import as_body, as_money, as_paid_on, read_export
from tests.every.world import person
from tests.makers import CHRIS, PAT

MONTH = dt.date(2026, 1, 1)
WITHHELD = "Individual (name withheld)"
HEAD = "Supplier,Net Amount,Payment Date,Description,Value for money,Body,Cost centre"
ROWS = [
    'Northshire Cleaning Ltd,"£1,250.00",05/01/2026,Cleaning,Three quotations,PCC,A1',
    "Mrs Ann Zqlee,900.50,2026-01-09,Counselling for victims,Framework price,Chief Constable,A2",
    "Zqbright Consulting,600,12-Jan-2026,Advice,Lowest of two,OPCC,A3",
    "Northshire Cleaning Ltd,500.00,05/01/2026,Cleaning,Three quotations,PCC,A1",
    "Northshire County Council,(700.00),06/01/2026,Refund,None needed,PCC,A1",
]
COMPLETE = [row for row in ROWS if "Zqbright" not in row]


def _csv(folder: Path, *rows: str, head: str = HEAD, name: str = "spending-2026-01.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def _month() -> Any:
    return SPENDING_MONTH.all().get(reference="2026-01")


# ---- amounts and days ----


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234.5", "1234.50"),
        ("£1,234.50", "1234.50"),
        ("(12.00)", "-12.00"),
        ("-£12", "-12.00"),
        ("£-12", "-12.00"),
        ("−0.99", "-0.99"),
        ("1,23.00", None),
        ("12.345", None),
        ("12p", None),
        ("", None),
        ("1e5", None),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(written: str, amount: str | None) -> None:
    assert as_amount(written) == (Decimal(amount) if amount else None)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_an_amount_shown_is_read_back_as_the_same(amount: Decimal) -> None:
    assert as_amount(pounds(amount)) == amount


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("05/01/2026", dt.date(2026, 1, 5)),
        ("2026-01-05", dt.date(2026, 1, 5)),
        ("2026-01-05 00:00:00", dt.date(2026, 1, 5)),
        ("5-Jan-26", dt.date(2026, 1, 5)),
        ("5 January 2026", dt.date(2026, 1, 5)),
        ("05/01/26", dt.date(2026, 1, 5)),
        ("05/01/2026 0:00", dt.date(2026, 1, 5)),
        ("2026-01-05T00:00:00.000", dt.date(2026, 1, 5)),
        ("5 Sept 2026", dt.date(2026, 9, 5)),
        ("05/01/226", None),
        ("05/01/2026 10:30", None),
        ("31/02/2026", None),
        ("2026", None),
        ("01/2026", None),
    ],
)
def test_a_day_is_read_day_before_month(written: str, day: dt.date | None) -> None:
    assert as_paid_on(written) == day


@pytest.mark.parametrize(
    ("written", "body"),
    [
        *((name, "commissioner") for name in ("PCC", "OPCC", "Police and Crime Commissioner")),
        *((name, "chief_officer") for name in ("Chief Constable", "Force", "Northshire Police")),
        ("Office of the Police & Crime Commissioner for Northshire", "commissioner"),
        *((name, "commissioner") for name in ("Northshire OPCC", "The Mayor of Northshire")),
        ("Chief Constable of Northshire", "chief_officer"),
        *((name, "") for name in ("Information Commissioner", "Lord Mayor", "Chief Executive")),
        ("Somebody else", ""),
        ("", ""),
    ],
)
def test_whose_payment_it_is(written: str, body: str) -> None:
    assert as_body(written) == body


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,234.50-", "-1234.50"),
        ("£1,234.50 CR", "-1234.50"),
        ("- £20.00", "-20.00"),
        ("1234.5000", "1234.50"),
        ("1234.5678", None),
        ("--5", None),
        ("-", None),
        ("CR", None),
        ("-5-", None),
    ],
)
def test_an_amount_is_read_as_ledgers_write_it(written: str, amount: str | None) -> None:
    assert as_money(written) == (Decimal(amount) if amount else None)


# ---- the file ----


def test_a_supplier_whose_name_begins_like_a_total_is_none(tmp_path: Path) -> None:
    file = _csv(tmp_path, GOOD.replace("Northshire Cleaning", "Total Energy"))
    assert len(read_export(read(file), MONTH, 500).lines) == 1


def test_an_export_is_read_by_what_its_columns_are_usually_called(tmp_path: Path) -> None:
    export = read_export(read(_csv(tmp_path, *ROWS)), MONTH, Decimal(500))
    assert [line.recipient for line in export.lines] == [
        "Northshire Cleaning Ltd",
        "Mrs Ann Zqlee",
        "Zqbright Consulting",
    ]
    assert [line.amount for line in export.lines] == [Decimal(1250), Decimal("900.5"), Decimal(600)]
    assert (export.below, export.unused) == (2, ("cost_centre",))


def test_a_workbook_is_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(str(file), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Payee", "Amount", "Date", "Purpose", "Reasons"])
        sheet.write_row(1, 0, ["Northshire Cleaning Ltd", 1250.1 + 0.2])
        sheet.write_datetime(1, 2, dt.datetime(2026, 1, 5))
        sheet.write_row(1, 3, ["Cleaning", "Three quotations"])
    [line] = read_export(read(file), MONTH, Decimal(500), paid_by="commissioner").lines
    assert (line.amount, line.paid_on) == (Decimal("1250.30"), dt.date(2026, 1, 5))


GOOD = "Northshire Cleaning Ltd,1250,05/01/2026,Cleaning,Cheap,PCC,A1"
MALFORMED = [
    (HEAD, GOOD.replace("1250", "lots"), r"row 2, column “net_amount”: found “lots”; expected an"),
    (HEAD, GOOD.replace("1250", "1.2345"), r"row 2, column “net_amount”: found “1.2345”"),
    (HEAD, GOOD.replace("05/01", "05/02"), r"row 2, column “payment_date”.*January 2026"),
    (HEAD, GOOD.replace("05/01/2026", "soon"), r"column “payment_date”: found “soon”; expected a"),
    (HEAD, GOOD.replace("PCC", "Someone"), r"column “body”: found “Someone”; expected commiss"),
    (HEAD, GOOD.replace("Northshire Cleaning Ltd", ""), r"column “supplier”: found nothing"),
    (HEAD, GOOD.replace("Cleaning,Ch", ",Ch"), r"column “description”: found nothing"),
    *(
        (HEAD, GOOD.replace("Northshire Cleaning Ltd", said), r"column “supplier”.*row of a total")
        for said in ("Total", "GRAND TOTAL:", "Total for January")
    ),
    (HEAD, "A" * 301 + GOOD[23:], r"column “supplier”.*at most 300 characters"),
    (HEAD.replace("Supplier", "Who"), GOOD, r"row 1.*expected a column for the recipient"),
    (HEAD.replace("Cost centre", "Payee"), GOOD, r"“supplier” and “payee”; expected one column"),
    (HEAD, GOOD.replace("1250", "12"), r"found 1 payments, none of more than £500"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("head", "row", "expected"), MALFORMED)
def test_a_wrong_export_is_refused_whole(
    tmp_path: Path, head: str, row: str, expected: str
) -> None:
    rows = [row] if "none of" in expected else [row, GOOD]
    with pytest.raises(Rejected) as refused:
        load_file(_csv(tmp_path, *rows, head=head), by=PAT)
    assert re.search(rf"spending-2026-01\.csv.*{expected}", str(refused.value))
    assert not Payment.objects.exists()
    assert not SPENDING_MONTH.all().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["spending.csv", "spending-2026.csv", "spending-2026-13.csv"])
def test_the_name_of_a_file_says_the_month(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected, match="a name that says the month"):
        load_file(_csv(tmp_path, GOOD, name=name), by=PAT)


# ---- from load to release ----


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _step(user: User, step: str) -> Any:
    address = reverse("office-spending-publish", args=["2026-01"])
    return _client(user).post(address, {"step": step, "why": "Seen"}, follow=True)


def _released(pat: User, chris: User) -> None:
    for user, step in ((pat, "submit"), (chris, "approve"), (chris, "publish")):
        _step(user, step)
    assert _month().status == "published"


def _public() -> str:
    page = Client().get("/spending/2026-01/")
    files = [Client().get(f"/spending/2026-01/payments.{form}") for form in ("csv", "xlsx")]
    assert len({r.status_code for r in (page, *files)}) == 1
    return "".join(r.content.decode("utf-8", "replace") for r in (page, files[0]))


@pytest.mark.django_db
def test_a_load_is_public_only_when_a_second_person_released_it(
    tmp_path: Path, pat: User, chris: User
) -> None:
    load_file(_csv(tmp_path, *COMPLETE), by=pat)
    assert "Northshire Cleaning" not in _public()
    _step(pat, "submit")
    _step(pat, "approve")
    assert "Northshire Cleaning" not in _public()
    _step(chris, "approve")
    _step(chris, "publish")
    said = _public()
    for words in ("Northshire Cleaning Ltd", "£1,250.00", WITHHELD, "Framework price"):
        assert words in said
    assert "Zqlee" not in said
    assert "Refund" not in said


@pytest.mark.django_db
def test_a_month_is_not_released_while_a_name_is_in_doubt(
    tmp_path: Path, pat: User, chris: User
) -> None:
    load_file(_csv(tmp_path, *ROWS), by=pat)
    for user, step in ((pat, "submit"), (chris, "approve"), (chris, "publish")):
        assert "Decide first" in _step(user, step).content.decode()
    assert _month().status == "draft"
    decide_recipients(_month(), {"Zqbright Consulting": "shown"}, by=pat)
    _released(pat, chris)
    assert "Zqbright Consulting" in _public()


@pytest.mark.django_db
def test_a_doubtful_name_is_withheld_however_the_month_gets_out(tmp_path: Path) -> None:
    from peelian.record.operations import release

    load_file(_csv(tmp_path, *ROWS), by=PAT)
    release(_month(), by=CHRIS)
    said = _public()
    assert ("Northshire Cleaning" in said, "Zqbright" in said) == (True, False)


@pytest.mark.django_db
def test_people_in_the_purpose_are_blacked_out(tmp_path: Path) -> None:
    from peelian.record.operations import release

    row = "Northshire Cleaning Ltd,800,05/01/2026,Cleaning for Mr Zqvictim,Cheap,PCC,A1"
    load_file(_csv(tmp_path, row), by=PAT)
    release(_month(), by=CHRIS)
    said = _public()
    assert ("Cleaning for [withheld]" in said, "Zqvictim" in said) == (True, False)


@pytest.mark.django_db
def test_a_name_withheld_is_in_no_words_of_the_payment_until_it_is_shown(tmp_path: Path) -> None:
    row = "Zqbright Consulting,800,05/01/2026,Advice of Zqbright,Zqbright was cheapest,PCC,A1"
    load_file(_csv(tmp_path, row), by=PAT)
    payment = _month().payments(1).get()
    assert (payment.purpose, payment.reasons) == ("Advice of [withheld]", "[withheld] was cheapest")
    for decided, purpose in (("shown", "Advice of Zqbright"), ("withheld", "Advice of [withheld]")):
        decide_recipients(_month(), {"Zqbright Consulting": decided}, by=PAT)
        assert _month().payments(1).get().purpose == purpose


@pytest.mark.django_db
def test_a_month_loaded_again_shows_the_difference_and_keeps_the_earlier(
    tmp_path: Path, pat: User, chris: User
) -> None:
    load_file(_csv(tmp_path, *COMPLETE), by=pat)
    _released(pat, chris)
    first = _public()
    added = "Zqnew Windows Ltd,2000,20/01/2026,Windows,Tender,PCC,A1"
    load_file(_csv(tmp_path, COMPLETE[1], added), by=pat)
    assert _public() == first, "what waits is not public"
    changes = difference(_month())
    assert changes is not None
    assert [p.original for p in changes.added] == ["Zqnew Windows Ltd"]
    assert [p.original for p in changes.gone] == ["Northshire Cleaning Ltd"]
    assert (changes.same, changes.total_before, changes.total_after) == (
        1,
        Decimal("2150.50"),
        Decimal("2900.50"),
    )
    review = _client(pat).get(reverse("office-spending-review", args=["2026-01"]))
    assert "Zqnew Windows Ltd" in review.content.decode()
    _step(pat, "submit")
    _step(chris, "approve")
    second = _public()
    assert ("Zqnew Windows" in second, "Northshire Cleaning" in second) == (True, False)
    assert _month().payments(1).count() == 2, "the earlier load is kept"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_of_what_is_said(tmp_path: Path) -> None:
    for _time in range(2):
        load_file(_csv(tmp_path, *ROWS), by=PAT)
    changes = difference(_month())
    assert changes is not None
    assert (len(changes.added), len(changes.gone), changes.same) == (0, 0, 3)


@pytest.mark.django_db
def test_a_name_decided_once_is_known_in_the_next_load(tmp_path: Path) -> None:
    load_file(_csv(tmp_path, *ROWS), by=PAT)
    decide_recipients(_month(), {"Zqbright Consulting": "withheld"}, by=PAT)
    later = [row.replace("/01/2026", "/02/2026").replace("-Jan-", "-Feb-") for row in ROWS[2:3]]
    load_file(_csv(tmp_path, *later, name="spending-2026-02.csv"), by=PAT)
    [payment] = Payment.objects.filter(month__reference="2026-02")
    assert (payment.naming, payment.recipient) == ("withheld", WITHHELD)


@pytest.mark.django_db
def test_names_are_decided_only_while_the_load_is_open(
    tmp_path: Path, pat: User, chris: User
) -> None:
    load_file(_csv(tmp_path, *COMPLETE), by=pat)
    with pytest.raises(Invalid):
        decide_recipients(_month(), {"Mrs Ann Zqlee": "body"}, by=pat)
    for user, step in ((pat, "submit"), (chris, "approve"), (chris, "publish")):
        _step(user, step)
        with pytest.raises(Refused):
            decide_recipients(_month(), {"Mrs Ann Zqlee": "shown"}, by=pat)
    assert "Zqlee" not in _public()


@pytest.mark.django_db
def test_a_month_in_review_is_not_loaded_over(tmp_path: Path, pat: User) -> None:
    load_file(_csv(tmp_path, *COMPLETE), by=pat)
    _step(pat, "submit")
    with pytest.raises(Rejected, match="in review"):
        load_file(_csv(tmp_path, GOOD), by=pat)


# ---- the pages of the office ----

MAY_EDIT = {"policy_officer", "chief_executive", "administrator"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role",
    ["reader", "policy_officer", "analyst", "panel_officer", "chief_executive", "administrator"],
)
def test_who_reads_the_names_that_are_withheld(tmp_path: Path, role: str) -> None:
    load_file(_csv(tmp_path, *ROWS), by=PAT)
    client = _client(person("somebody", role))
    review = client.get(reverse("office-spending-review", args=["2026-01"]))
    assert review.status_code == (200 if role in MAY_EDIT else 403)
    assert ("Mrs Ann Zqlee" in review.content.decode()) == (role in MAY_EDIT)
    for name in ("office-spending-show", "office-payments-csv", "office-spending-history"):
        said = client.get(reverse(name, args=["2026-01"])).content.decode()
        assert "Zqlee" not in said, name


@pytest.mark.django_db
def test_an_export_is_loaded_and_reviewed_on_screen(pat: User) -> None:
    client = _client(pat)
    content = "\n".join([HEAD, *ROWS]).encode()
    sent = {"month": "2026-01", "file": SimpleUploadedFile("export.csv", content)}
    page = client.post(reverse("office-spending-load"), sent, follow=True)
    said = page.content.decode()
    assert "2 payments of £500 or less were left out" in said
    doubtful = Payment.objects.get(original="Zqbright Consulting")
    address = reverse("office-spending-review", args=["2026-01"])
    assert f'name="p{doubtful.pk}"' in said
    client.post(address, {f"p{doubtful.pk}": "shown"})
    doubtful.refresh_from_db()
    assert (doubtful.naming, doubtful.decided_by) == ("shown", "pat")


@pytest.mark.django_db
def test_the_review_shows_a_payment_that_is_there_twice(tmp_path: Path, pat: User) -> None:
    address = reverse("office-spending-review", args=["2026-01"])
    for rows, is_told in ((COMPLETE, False), ([*COMPLETE, COMPLETE[0]], True)):
        load_file(_csv(tmp_path, *rows), by=pat)
        page = _client(pat).get(address)
        assert ("In this load more than once" in page.content.decode()) is is_told
    assert [row[0] for row in page.context["repeated"]] == ["Northshire Cleaning Ltd"]


@pytest.mark.django_db
def test_a_wrong_export_is_explained_on_screen(pat: User) -> None:
    wrong = f"{HEAD}\n{GOOD.replace('1250', 'lots')}\n".encode()
    sent = {"month": "2026-01", "file": SimpleUploadedFile("export.csv", wrong)}
    said = _client(pat).post(reverse("office-spending-load"), sent).content.decode()
    assert all(words in said for words in ("The file is refused", "net_amount", "“lots”"))
    assert not Payment.objects.exists()
