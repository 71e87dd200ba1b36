"""The verb of duties: record what shows that one was met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peelian.duties.kinds import PROOF
from peelian.record import files, operations
from peelian.record.access import Actor
from peelian.record.models import Record
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
