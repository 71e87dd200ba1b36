"""The verbs of duties: record what shows that one was met, or let a public record show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from peelian.duties.kinds import PROOF
from peelian.record import files, operations
from peelian.record.access import Actor
from peelian.record.models import Record, Status
from peelian.record.writing import operation


@operation
def record_proof(
    values: Mapping[str, Any], *, by: Actor, document: files.NewFile | None = None, why: str = ""
) -> Record:
    """Return a new draft proof, with the letter or document that goes with it.

    The public sees neither before the proof is approved and published. Raises Invalid or Refused.
    """
    made = operations.create(PROOF, values, by=by, why=why)
    if document:
        files.attach(made, document, by=by, why=why)
    return made


@operation
def prove_by(evidence: Record, met: Mapping[str, dt.date], *, by: Actor, why: str) -> None:
    """Let a record that is public show duties met, by their keys, each on its day.

    What is shown by something else already stays so. Raises Invalid or Refused.
    """
    known = PROOF.all().filter(key__in=met).exclude(status=Status.WITHDRAWN)
    shown = set(known.values_list("key", flat=True))
    for key in sorted(met.keys() - shown):
        values = {"key": key, "met_on": met[key], "evidence": evidence}
        operations.bring_in(PROOF, values, by=by, why=why)
