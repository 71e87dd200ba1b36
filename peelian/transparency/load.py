"""Tables of the registers that are more than one record for each row."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from django.utils.translation import gettext as _

from peelian.intake.tables import Problem, Rejected, Sheet, quoted
from peelian.record.access import Actor
from peelian.record.errors import RecordError
from peelian.record.load import Outcome, load_sheet
from peelian.record.models import Status
from peelian.transparency.kinds import DECISION
from peelian.transparency.models import Decision
from peelian.transparency.operations import issue_notice
from peelian.transparency.spending import load_spending
from peelian.transparency.spending_file import read_export
from peelian.transparency.thresholds import SPENDING, threshold

_MONTH = re.compile(r"spending-(\d{4})-(0[1-9]|1[0-2])$", re.IGNORECASE)


def load_decisions(sheet: Sheet, by: Actor, why: str) -> Outcome:
    """Bring in decisions, and issue the notice of each that is new or changed."""
    outcome = load_sheet(DECISION, sheet, by=by, why=why)
    if outcome["new"] or outcome["changed"]:
        for decision in DECISION.all().filter(status=Status.PUBLISHED):
            if isinstance(decision, Decision):
                issue_notice(decision, by=by, why=why)
    return outcome


def load_spending_sheet(sheet: Sheet, by: Actor, why: str) -> Outcome:
    """Keep a month's export, named `spending-2026-01.csv`; it waits for release."""
    stem = Path(sheet.file).stem
    found = _MONTH.match(stem)
    if not found:
        expected = "a name that says the month, such as spending-2026-01.csv"
        raise Rejected([Problem(sheet.file, quoted(stem), expected)])
    month = dt.date(int(found[1]), int(found[2]), 1)
    export = read_export(sheet, month, threshold(SPENDING, month))
    try:
        load_spending(export, month, file=sheet.file, by=by)
    except RecordError as error:
        raise Rejected([Problem(sheet.file, quoted(stem), str(error))]) from error
    counts = {
        _("payments that wait for release"): len(export.lines),
        _("left out, not above the threshold"): export.below,
    }
    return Counter({what: count for what, count in counts.items() if count})
