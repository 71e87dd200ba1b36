"""Delivery plans in tables whose rows are known."""

from __future__ import annotations

from peelian.intake.document import Document
from peelian.recognition.plan_drafts import PlanDraft


def table_plans(document: Document) -> list[PlanDraft]:
    """Return the plans in a document's tables."""
    return []
