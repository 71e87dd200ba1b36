"""West Mercia, the office of the worked example: its summary, its round and its pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from peelian.demo.steps import BY, PUBLISHER
from peelian.duties.kinds import PROOF
from peelian.duties.operations import record_proof
from peelian.figures.kinds import EDITION
from peelian.figures.operations import issue_edition as issue
from peelian.packs.kinds import PACK
from peelian.promises.kinds import PLAN, ROUND
from peelian.promises.models import Plan
from peelian.promises.operations import open_round as open_
from peelian.record import clock, files
from peelian.record.operations import release

MONTH = dt.date(2019, 12, 1)
KNOWN = dt.date(2020, 1, 20)
MEETING = dt.date(2020, 2, 5)
ROUND_AS_AT = dt.date(2020, 3, 31)


def is_set_up() -> bool:
    """Return whether the example was loaded whole before: what people did since must stay."""
    return EDITION.all().filter(period=MONTH).exists()


def issue_edition() -> None:
    """Issue the December 2019 performance summary, once."""
    if not is_set_up():
        issue(MONTH, form="quarterly", known=KNOWN, by=BY, publish=True)


def open_round() -> None:
    """Open the next quarter's update round, once."""
    plan = PLAN.all().first()
    if isinstance(plan, Plan) and not ROUND.all().filter(as_at=ROUND_AS_AT).exists():
        open_(plan, as_at=ROUND_AS_AT, closes_on=dt.date(2020, 4, 17), by=BY)


def build_pack(build: Callable[[dt.date, str, str, bool], Path], reason: str) -> Path:
    """Build and publish the pack of 5 February 2020, once; return where its PDF is kept."""
    pack = PACK.all().filter(reference=MEETING.isoformat()).first()
    snapshot = pack.snapshots.order_by("-number").first() if pack else None
    attachment = snapshot.attachments.first() if snapshot else None
    if attachment and files.path_of(attachment.sha256).exists():
        return files.path_of(attachment.sha256)
    return build(MEETING, "all", reason, True)


def prove_papers() -> None:
    """Show that the papers of 5 February 2020 were public in time, once: the pack is there."""
    pack = PACK.all().filter(reference=MEETING.isoformat()).first()
    key = f"meetings/{MEETING.isoformat()}/papers-england"
    if pack and not PROOF.all().filter(key=key).exists():
        values = {"key": key, "met_on": clock.today(), "evidence": pack}
        release(record_proof(values, by=BY), by=PUBLISHER)
