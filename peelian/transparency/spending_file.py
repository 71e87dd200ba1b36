"""The finance system's export as payments: columns by what they are usually called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from peelian.intake.tables import Problem, Rejected, Row, Sheet, as_amount, as_day, quoted

MOST_PROBLEMS = 200
# What each column is called in exports; the first is our own name for it.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "recipient": (
        *("recipient", "supplier", "supplier_name", "payee", "payee_name", "vendor"),
        *("vendor_name", "beneficiary", "beneficiary_name", "paid_to", "merchant", "creditor"),
        *("creditor_name", "supplier/payee", "recipient_name"),
    ),
    "amount": (
        *("amount", "amount_(£)", "amount_£", "amount_gbp", "net_amount", "net_amount_(£)"),
        *("net_amount_£", "amount_paid", "amount_paid_(£)", "amount_paid_£", "net_amount_gbp"),
        *("payment_amount", "value", "value_(£)", "total", "net", "net_value", "line_amount"),
        *("amount_excl_vat", "amount_excluding_vat", "invoice_amount"),
    ),
    "date": (
        *("date", "payment_date", "date_paid", "paid_on", "date_of_payment", "paid_date"),
        *("transaction_date", "posting_date", "posted_date", "effective_date"),
    ),
    "purpose": (
        *("purpose", "description", "purpose_of_expenditure", "purpose_of_spend", "narrative"),
        *("expense_type", "expenditure_type", "spend_description", "summary", "details"),
    ),
    "reasons": (
        *("reasons", "reason", "good_value", "value_for_money", "reasons_good_value"),
        *("reasons_good_value_expected", "why_good_value", "justification", "best_value"),
        *("value_for_money_reason", "reasons_good_value_was_expected"),
    ),
    "body": (
        *("body", "paid_by", "organisation", "entity", "budget_holder", "body_name"),
        *("paying_body", "directorate"),
    ),
    "contract": (
        *("contract", "contract_reference", "contract_ref", "contract_number", "contract_no"),
    ),
}
REQUIRED = ("recipient", "amount", "date", "purpose", "reasons", "body")
MOST_LETTERS = {"recipient": 300, "purpose": 1000, "reasons": 1000, "contract": 80}
_COMMISSIONER = re.compile(
    r"(?:the\s+)?(?:office\s+of\s+the\s+)?(?:commissioner|mayor|policing\s+body|"
    r"(?:(?!office|chief|deputy)[\w’' -]{2,40}\s)?"
    r"(?:o?p(?:f|,\s*f)?cc|police(?:,?\s+fire)?\s+(?:and|&)\s+crime\s+commissioner))"
    r"(?:\s+(?:for|of)\s+[\w’' -]{2,40})?",
    re.IGNORECASE,
)
_CHIEF_OFFICER = re.compile(
    r"(?:the\s+)?(?:chief[\s_](?:constable|officer)(?:\s+(?:for|of)\s+[\w’' -]{2,40})?|cc|force|"
    r"police|constabulary|.{2,40}\s"
    r"(?:police|constabulary))",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})[\s-]([A-Za-z]{3,9})[\s-](\d{4}|\d{2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
# A row below the payments that adds them up.
_TOTAL = re.compile(
    r"(?:grand|sub|overall)?[\s-]*totals?"
    r"(?:\s*[:(£].*|\s+(?:for|of|paid|spend|spending|payments?|expenditure|amount)\b.*)?",
    re.IGNORECASE,
)
# Less than nothing as ledgers write it, and more decimals than pence where they say nothing.
_CREDIT = re.compile(r"-\s+(.+)|(.+?)\s*(?:-|\bCR|(?<=\d)CR)", re.IGNORECASE)
_NO_MORE = re.compile(r"(\.\d\d)0+$")


@dataclass(frozen=True)
class Line:
    """One payment above the threshold, as the export has it."""

    row: int
    recipient: str
    amount: Decimal
    paid_on: dt.date
    purpose: str
    reasons: str
    paid_by: str
    contract: str


@dataclass(frozen=True)
class Export:
    """An export read whole: its payments above the threshold, and what was left out of it."""

    lines: list[Line]
    below: int
    unused: tuple[str, ...]


def read_export(sheet: Sheet, month: dt.date, threshold: int, *, paid_by: str = "") -> Export:
    """Return the payments of a month above a threshold.

    `paid_by` says whose they are where the file has no column for that. Raises Rejected with every
    problem found, up to two hundred.
    """
    columns = _columns(sheet, paid_by)
    lines: list[Line] = []
    below, problems = 0, []
    for row in sheet.rows:
        try:
            line = _line(sheet, row, columns, month, paid_by)
        except Rejected as error:
            problems += error.problems
            if len(problems) >= MOST_PROBLEMS:
                break
            continue
        if line.amount > threshold:
            lines.append(line)
        else:
            below += 1
    if not problems and not lines:
        found = f"{below} payments, none of more than £{threshold:,.0f}"
        problems = [Problem(sheet.file, found, f"at least one of more than £{threshold:,.0f}")]
    if problems:
        raise Rejected(problems[:MOST_PROBLEMS])
    unused = tuple(c for c in sheet.columns if c not in columns.values())
    return Export(lines, below, unused)


def _columns(sheet: Sheet, paid_by: str) -> dict[str, str]:
    """Return which column of the file holds what. Raises Rejected for none, or two for one."""
    columns: dict[str, str] = {}
    problems = []
    for name, known in SYNONYMS.items():
        found = [c for c in sheet.columns if c.rstrip(":*") in known]
        own = [c for c in found if c == name]
        if len(found) > 1 and not own:
            said = " and ".join(quoted(c) for c in found)
            problems.append(Problem(sheet.file, said, f"one column for the {name}", 1, found[1]))
        elif found:
            columns[name] = (own or found)[0]
        elif name in REQUIRED and not (name == "body" and paid_by):
            said = f"the columns {', '.join(sheet.columns)[:300]}"
            expected = f"a column for the {name}, called {', '.join(known[:6])} or the like"
            problems.append(Problem(sheet.file, said, expected, 1))
    if problems:
        raise Rejected(problems)
    return columns


def _line(sheet: Sheet, row: Row, columns: Mapping[str, str], month: dt.date, paid_by: str) -> Line:
    cells = {name: " ".join(row[column].split()) for name, column in columns.items()}
    amount, day = as_money(cells["amount"]), as_paid_on(cells["date"])
    body = paid_by or as_body(cells["body"])
    problems = [
        sheet.problem(row, columns[name], cells.get(name, ""), expected)
        for name, is_wrong, expected in (
            ("recipient", not cells["recipient"], "who was paid"),
            (
                "recipient",
                bool(_TOTAL.fullmatch(cells["recipient"])),
                "a payment (take out the row of a total)",
            ),
            ("amount", amount is None, "an amount in pounds like 1,234.50"),
            ("date", day is None, "a day like 31/01/2026 or 2026-01-31"),
            (
                "date",
                day is not None and (day.year, day.month) != (month.year, month.month),
                f"a day in {month:%B %Y}",
            ),
            ("purpose", not cells["purpose"], "what it was for"),
            ("body", not body, "commissioner or chief officer"),
        )
        if is_wrong
    ]
    problems += [
        sheet.problem(row, columns[name], cells[name], f"at most {most} characters")
        for name, most in MOST_LETTERS.items()
        if len(cells.get(name, "")) > most
    ]
    if problems or amount is None or day is None:
        raise Rejected(problems)
    return Line(
        row.number,
        cells["recipient"],
        amount,
        day,
        cells["purpose"],
        cells["reasons"],
        body,
        cells.get("contract", ""),
    )


def as_money(text: str) -> Decimal | None:
    """Return an amount of an export; a workbook's 12.340000000000001 is 12.34. None for others."""
    if credit := _CREDIT.fullmatch(text.strip()):
        less = as_amount(credit[1] or credit[2])
        return -less if less is not None and less >= 0 else None
    text = _NO_MORE.sub(r"\1", text)
    amount = as_amount(text)
    if amount is None and re.fullmatch(r"-?\d{1,11}\.\d{9,20}", text):
        whole = Decimal(text)
        near = round(whole, 2)
        return near if abs(whole - near) < Decimal("0.0000001") else None
    return amount if amount is None or abs(amount) < Decimal("1e11") else None


def as_paid_on(text: str) -> dt.date | None:
    """Return the day of an export's cell, day before month as written here; None for others."""
    text = _MIDNIGHT.sub("", text)
    if day := as_day(text):
        return day
    if found := _DAY.fullmatch(text):
        parts = tuple(map(int, found.groups()))
        try:
            return dt.date(parts[2] + (2000 if parts[2] < 100 else 0), parts[1], parts[0])
        except ValueError:
            return None
    if found := _WORDED.fullmatch(text):
        number, name, year = found.groups()
        name = "Sep" if name.casefold() == "sept" else name
        for form in ("%d %b %Y", "%d %B %Y"):
            try:
                full = year if len(year) == 4 else f"20{year}"
                return dt.datetime.strptime(f"{number} {name} {full}", form).date()  # noqa: DTZ007
            except ValueError:
                continue
    return None


def as_body(text: str) -> str:
    """Return whose payment it is by how an export names the body; nothing for neither."""
    if _COMMISSIONER.fullmatch(text):
        return "commissioner"
    if _CHIEF_OFFICER.fullmatch(text):
        return "chief_officer"
    return ""
